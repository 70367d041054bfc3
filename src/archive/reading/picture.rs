//! The map of a page picture: which article stands where. Links are followed when the page is shown, so that it does not
//! matter which file came first.

use crate::model::{Article, ArticleId, PageRecord, Point};

/// A place on the picture of a page, with the article that stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedArea {
    /// Its corners, in ten-thousandths of the page's width.
    pub polygon: Vec<Point>,
    /// Address of the article as the index writes it.
    pub link: String,
    /// The article; `None` where none of the page came from there.
    pub article: Option<ArticleId>,
}

/// The places of a page, each with its article among those of the page.
pub(in crate::archive) fn placed_areas(sheet: &PageRecord, articles: &[Article]) -> Vec<PlacedArea> {
    let areas = sheet.picture.iter().flat_map(|map| &map.areas);
    let of_root = |article: &&Article| article.place.source.root == sheet.source.root;
    areas
        .map(|area| {
            let paths = paths_of(&sheet.source.path, &area.link);
            let stands = |article: &&Article| paths.contains(&article.place.source.path);
            let article = articles.iter().filter(of_root).find(stands).map(|article| article.id);
            PlacedArea { polygon: area.polygon.clone(), link: area.link.clone(), article }
        })
        .collect()
}

/// Folders above a file that a link from the root of a site is looked for in.
const MOST_FOLDERS: usize = 24;

/// The paths of files that a link of a file may mean: beside it, or from a root of the site that is one of its folders; with
/// and without a query, which mirrors write into the name.
fn paths_of(file: &str, link: &str) -> Vec<String> {
    let link = link.split('#').next().unwrap_or_default().trim();
    let bare = link.split('?').next().unwrap_or_default();
    let named = link.replacen('?', "@", 1);
    let mut paths: Vec<String> = Vec::new();
    for link in [link, bare, named.as_str()] {
        for path in bases(file, link) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    paths
}

fn bases(file: &str, link: &str) -> Vec<String> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let site = link.split_once("://").map(|(_, rest)| rest);
    let rooted = site.map(|site| site.split_once('/').map_or("", |(_, path)| path)).or_else(|| link.strip_prefix('/'));
    let Some(rooted) = rooted else { return joined(folder, link).into_iter().collect() };
    let above = std::iter::successors(Some(folder), |folder| {
        Some(folder.rsplit_once('/').map_or("", |(above, _)| above)).filter(|_| !folder.is_empty())
    });
    let within =
        above.take(MOST_FOLDERS).flat_map(|base| [joined(base, rooted), site.and_then(|site| joined(base, site))]);
    // A member of a web archive has its whole address as its path.
    let whole = site.and_then(|_| Some(format!("{}!/{link}", file.split_once("!/")?.0)));
    within.flatten().chain(whole).collect()
}

/// A relative link from a folder; `None` where it leads out of it.
fn joined(folder: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = if folder.is_empty() { Vec::new() } else { folder.split('/').collect() };
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_means_a_file() {
        let node = "zj/html/2019-12/19/node_2.htm";
        let cases = [
            (node, "content_1.htm?div=-1", "zj/html/2019-12/19/content_1.htm"),
            (node, "content_1.htm?div=-1", "zj/html/2019-12/19/content_1.htm@div=-1"),
            (node, "./../19/content_1.htm#a", "zj/html/2019-12/19/content_1.htm"),
            (node, "/html/2019-12/19/content_1.htm", "zj/html/2019-12/19/content_1.htm"),
            ("p.cn/html/19/node_2.htm", "http://p.cn/html/19/content_1.htm", "p.cn/html/19/content_1.htm"),
            ("a.warc.gz!/http://p.cn/19/node_2.htm", "content_1.htm", "a.warc.gz!/http://p.cn/19/content_1.htm"),
            ("a.warc.gz!/http://p.cn/19/node_2.htm", "http://p.cn/19/c.htm", "a.warc.gz!/http://p.cn/19/c.htm"),
        ];
        for (file, link, path) in cases {
            let paths = paths_of(file, link);
            assert!(paths.iter().any(|one| one == path), "{link}: {paths:?}");
        }
        assert!(paths_of("node_2.htm", "../../x.htm").is_empty());
    }
}
