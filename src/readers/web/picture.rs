//! The map of a page picture: `<map name="PagePicMap">` with an `area` for each article, in the dots of the picture as it is
//! shown; or the corners as JSON in `xy`.

use super::furniture::page_in;
use super::page::WebPage;
use super::shown::tidy;
use crate::model::{LengthUnit, PagePictureMap, PageSize, PictureArea, Point};
use crate::readers::xml::{numbers, points};
use crate::tables::web_pages;
use std::collections::HashMap;

/// Areas of a map that are kept.
const MOST_AREAS: usize = 500;

/// Corners of an area that are kept.
const MOST_CORNERS: usize = 400;

/// Behind the outermost corner of a map whose picture states no size, in shares of what they reach over.
const MARGIN: f64 = 0.02;

type Corner = (f64, f64);

/// The map of a page, if it has one with places.
pub(super) fn picture_map(page: &WebPage) -> Option<PagePictureMap> {
    let tree = &page.tree;
    let is_of_page = |at: &usize| {
        let name = tree.nodes[*at].attribute("name").to_ascii_lowercase();
        web_pages().picture_maps.contains(&name)
    };
    let map = tree.named("map").find(is_of_page)?;
    let within = page.pieces_of(map);
    let areas = tree.named("area").filter(|at| within.contains(at)).take(MOST_AREAS);
    let areas: Vec<(usize, Vec<Corner>)> =
        areas.map(|at| (at, corners(page, at))).filter(|(_, c)| c.len() > 2).collect();
    let picture =
        tree.named("img").find(|at| tree.nodes[*at].attribute("usemap").to_ascii_lowercase().contains("pagepicmap"));
    let size = picture_size(page, picture, &areas)?;
    let titles = titles(page);
    let (number, section) = page_of(page);
    let area = |(at, corners): &(usize, Vec<Corner>)| {
        let link = tree.nodes[*at].attribute("href").trim().to_owned();
        let own = [tree.nodes[*at].attribute("title"), tree.nodes[*at].attribute("alt")].into_iter().map(tidy);
        let title = own.into_iter().find(|title| !title.is_empty()).or_else(|| titles.get(&link).cloned());
        let polygon: Vec<Point> = corners.iter().map(|(x, y)| size.point(*x, *y)).collect();
        PictureArea { polygon, title: title.unwrap_or_default(), link }
    };
    Some(PagePictureMap {
        paper: page.properties.get("papername").unwrap_or_default().to_owned(),
        page: number,
        section,
        day: page.address.day,
        picture: picture.map_or(String::new(), |at| tree.nodes[at].attribute("src").trim().to_owned()),
        size: Some(size),
        areas: areas.iter().map(area).filter(|area| !area.link.is_empty()).collect(),
    })
}

/// The corners of an area; of a rectangle all four.
fn corners(page: &WebPage, at: usize) -> Vec<Corner> {
    let node = &page.tree.nodes[at];
    let text = if node.attribute("coords").is_empty() { node.attribute("xy") } else { node.attribute("coords") };
    let values: Vec<f64> = numbers(text).into_iter().take(2 * MOST_CORNERS).collect();
    match values[..] {
        [x0, y0, x1, y1] => vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1)],
        _ => points(&values),
    }
}

/// The size of the picture: as it states it, else a little more than what the corners reach over.
fn picture_size(page: &WebPage, picture: Option<usize>, areas: &[(usize, Vec<Corner>)]) -> Option<PageSize> {
    let side =
        |name: &str| page.tree.nodes.get(picture?)?.attribute(name).trim().trim_end_matches("px").parse::<f64>().ok();
    let reach = |of: fn(&Corner) -> f64| areas.iter().flat_map(|(_, corners)| corners).map(of).fold(0.0, f64::max);
    let (right, bottom) = (reach(|corner| corner.0), reach(|corner| corner.1));
    let width = side("width").filter(|width| *width >= right).unwrap_or(right * (1.0 + MARGIN));
    let height = side("height").filter(|height| *height >= bottom).unwrap_or(bottom * (1.0 + MARGIN));
    PageSize::new(width, height, LengthUnit::Pixel)
}

/// The headlines of the list beside the map, by their addresses.
fn titles(page: &WebPage) -> HashMap<String, String> {
    let links = page.tree.named("a").take(MOST_AREAS);
    let of = |at: usize| {
        let text = tidy(&page.joined(page.lines_in(&page.pieces_of(at))));
        (page.tree.nodes[at].attribute("href").trim().to_owned(), text)
    };
    let mut found = HashMap::new();
    for (link, text) in links.map(of).filter(|(_, text)| !text.is_empty()) {
        found.entry(link).or_insert(text);
    }
    found
}

/// The number and name of the page.
fn page_of(page: &WebPage) -> (String, String) {
    let lines = page.lines.iter().filter(|line| line.characters <= 40 && !line.is_link());
    let shown = lines.filter_map(|line| page_in(&line.text)).next();
    let titled = || page.tree.named("title").next().and_then(|at| page_in(&page.tree.raw_text(at)));
    let (number, section) = shown.or_else(titled).unwrap_or_default();
    let stated = [page.address.page.as_str(), page.properties.get("pagenum").unwrap_or_default()];
    let stated = stated.into_iter().map(|page| page.trim_start_matches('0')).find(|page| !page.is_empty());
    (stated.map_or(number, str::to_owned), section)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(html: &str) -> Option<PagePictureMap> {
        picture_map(&WebPage::parse("html/2019-12/19/node_2.htm", html))
    }

    #[test]
    fn areas_are_polygons_on_the_page() {
        let found = map(
            "<html><title>江城工人报</title><map name=PagePicMap><area coords='0,0,175,0,175,275,0,275' href='content_1.htm'><Area shape=rect coords=175,0,350,550 href=content_2.htm alt='题二'>\
             <area coords='1,2' href=x><area coords='1,1,2,2,3,3'></map><img src=../p.jpg width=350 height=550 usemap='#pagepicmap'><p>第02版：工会</p><a href=content_1.htm>题一</a>",
        )
        .unwrap();
        assert_eq!((found.page.as_str(), found.section.as_str(), found.picture.as_str()), ("2", "工会", "../p.jpg"));
        assert_eq!(found.day.map(|day| day.to_string()).as_deref(), Some("2019-12-19"));
        let areas: Vec<(&str, &str, usize)> =
            found.areas.iter().map(|area| (area.link.as_str(), area.title.as_str(), area.polygon.len())).collect();
        assert_eq!(areas, [("content_1.htm", "题一", 4), ("content_2.htm", "题二", 4)]);
        assert_eq!(found.areas[0].polygon[2], Point { x: 5000, y: 7857 });
        assert_eq!(found.areas[1].polygon[2], Point { x: 10_000, y: 15_714 });
    }

    #[test]
    fn corners_may_be_json_and_the_size_unknown() {
        let found = map("<map name=pagepicmap><area xy='[{\"x\":\"10\",\"y\":\"10\"},{\"x\":\"90\",\"y\":\"10\"},{\"x\":\"100\",\"y\":\"200\"}]' href=a></map>").unwrap();
        assert_eq!(found.areas[0].polygon.len(), 3);
        assert!(found.areas[0].polygon.iter().all(|point| point.x < 10_000));
        assert!(map("<map name=other><area coords=1,2,3,4 href=a></map>").is_none());
        assert!(map("<map name=pagepicmap></map>").is_none());
    }
}
