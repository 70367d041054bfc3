//! The strokes that drawings are made of, the sheet that makes them a file, and the drawing that needs no more than strokes:
//! a small line for each province, laid out as the provinces lie. What was typed or printed gets into a drawing through
//! [`escaped`] only.

use super::chart::{Drawing, Plot, View, WIDTH};
use super::words;
use crate::archive::{Series, Slot};
use std::fmt::Write as _;

/// Classes in a page, and colours in a file (Okabe and Ito's, darkened to stand out from white), of the series.
const COLOURS: [(&str, &str); 8] = [
    (" class=\"s1\"", "#0072b2"),
    (" class=\"s2\"", "#b84a00"),
    (" class=\"s3\"", "#00795a"),
    (" class=\"s4\"", "#a8457f"),
    (" class=\"s5\"", "#9a6700"),
    (" class=\"s6\"", "#1f1b16"),
    (" class=\"s7\"", "#2a8ac4"),
    (" class=\"s8\"", "#6f6f00"),
];
const DASHES: [&str; 4] =
    ["", " stroke-dasharray=\"7 5\"", " stroke-dasharray=\"1.5 5\"", " stroke-dasharray=\"9 4 1.5 4\""];
const SHAPES: usize = 6;

/// Where a drawing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skin {
    /// In a page, whose style sheet colours it.
    Page,
    /// In a file of its own, with its colours inside.
    File,
}

/// A part of a drawing that is no series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A line of the grid.
    Grid,
    /// Text.
    Text,
    /// A surface behind something: time of which nothing is held, a tile.
    Ground,
    /// A line of the pattern on it.
    Hatch,
    /// A point that is not filled.
    Hollow,
}

impl Skin {
    /// The attributes that paint a part.
    pub(super) fn paint(self, part: Part) -> &'static str {
        match (self, part) {
            (Self::Page, Part::Grid) => " class=\"g-grid\"",
            (Self::Page, Part::Text) => " class=\"g-text\"",
            (Self::Page, Part::Ground) => " class=\"g-ground\"",
            (Self::Page, Part::Hatch) => " class=\"g-hatch\"",
            (Self::Page, Part::Hollow) => " class=\"g-hollow\"",
            (Self::File, Part::Grid) => " fill=\"none\" stroke=\"#cccccc\"",
            (Self::File, Part::Text) => " fill=\"#222222\"",
            (Self::File, Part::Ground) => " fill=\"#ececec\"",
            (Self::File, Part::Hatch) => " fill=\"none\" stroke=\"#8a8a8a\"",
            (Self::File, Part::Hollow) => " fill=\"#ffffff\"",
        }
    }

    /// The attribute of the group of a series, and the colour inside it.
    fn series(self, number: usize) -> (&'static str, &'static str) {
        let (class, colour) = COLOURS[number % COLOURS.len()];
        match self {
            Self::Page => (class, "currentColor"),
            Self::File => ("", colour),
        }
    }
}

/// Text for the inside of an element and of an attribute, without what XML does not allow.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control < ' ' => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// An element with a title and, where there is an address, a link. Tables beside the drawings hold the same links, so that
/// nobody has to step through hundreds of points.
pub(super) fn titled(title: &str, href: Option<&str>, inner: &str) -> String {
    let title = escaped(title);
    match href {
        Some(href) => format!("<a href=\"{}\" tabindex=\"-1\"><title>{title}</title>{inner}</a>", escaped(href)),
        None => format!("<g><title>{title}</title>{inner}</g>"),
    }
}

/// What is there in runs without a hole, each thing with its place.
pub(super) fn runs<T>(items: &[Option<T>]) -> Vec<Vec<(usize, &T)>> {
    let there = items.iter().enumerate().filter_map(|(at, item)| Some((at, item.as_ref()?)));
    let there: Vec<(usize, &T)> = there.collect();
    there.chunk_by(|one, next| one.0 + 1 == next.0).map(<[(usize, &T)]>::to_vec).collect()
}

/// Places as the value of `points`.
pub(super) fn points(places: &[(f64, f64)]) -> String {
    places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ")
}

/// A line through some places; one place alone is no line, but the round ends of a line without length make a dot.
pub(super) fn polyline(places: &[(f64, f64)], attributes: &str) -> String {
    let again = if places.len() == 1 { format!(" {}", points(places)) } else { String::new() };
    format!("<polyline points=\"{}{again}\"{attributes}/>", points(places))
}

/// How a line is told from others: by colour, shape and dashes, so that print may lose the colour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    colour: usize,
    shape: usize,
    opacity: f64,
}

impl Pen {
    /// The pen of a series by its number.
    pub(super) fn series(number: usize) -> Self {
        Self { colour: number, shape: number, opacity: 1.0 }
    }

    /// The pen of a year by its number among so many, the last the darkest.
    pub(super) fn year(number: usize, of: usize) -> Self {
        let age = (number + 1) as f64 / of.max(1) as f64;
        Self { colour: 0, shape: number, opacity: 0.35 + 0.65 * age }
    }

    /// The attribute that breaks its lines.
    pub(super) fn dash(self) -> &'static str {
        DASHES[self.shape % DASHES.len()]
    }

    /// The attribute that fills a surface of its colour.
    pub(super) fn fill(self, skin: Skin) -> String {
        format!(" fill=\"{}\"", skin.series(self.colour).1)
    }

    /// What is drawn with it.
    pub(super) fn group(self, skin: Skin, inner: &str) -> String {
        let (class, colour) = skin.series(self.colour);
        format!(
            "<g{class} fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\" \
             stroke-linecap=\"round\" opacity=\"{:.2}\">{inner}</g>",
            self.opacity
        )
    }

    /// Its point.
    pub(super) fn marker(self, skin: Skin, (x, y): (f64, f64), r: f64) -> String {
        let (left, right, high, low) = (x - r, x + r, y - r, y + r);
        let path = match self.shape % SHAPES {
            0 => format!("M{left:.1} {y:.1}A{r} {r} 0 1 0 {right:.1} {y:.1}A{r} {r} 0 1 0 {left:.1} {y:.1}z"),
            1 => format!("M{left:.1} {high:.1}H{right:.1}V{low:.1}H{left:.1}z"),
            2 => format!("M{x:.1} {high:.1}L{right:.1} {y:.1}L{x:.1} {low:.1}L{left:.1} {y:.1}z"),
            3 => format!("M{left:.1} {low:.1}H{right:.1}L{x:.1} {high:.1}z"),
            4 => format!("M{left:.1} {high:.1}H{right:.1}L{x:.1} {low:.1}z"),
            _ => format!("M{left:.1} {high:.1}L{right:.1} {low:.1}M{right:.1} {high:.1}L{left:.1} {low:.1}"),
        };
        // The second round of shapes is hollow.
        let hollow = self.shape / SHAPES % 2 == 1;
        let fill = if hollow { skin.paint(Part::Hollow).to_owned() } else { self.fill(skin) };
        format!("<path d=\"{path}\" stroke-width=\"1.5\"{fill}/>")
    }

    /// A sample for a legend, 34 wide and 14 high.
    pub(super) fn sample(self, skin: Skin) -> String {
        let line = polyline(&[(2.0, 7.0), (32.0, 7.0)], self.dash());
        self.group(skin, &format!("{line}{}", self.marker(skin, (17.0, 7.0), 4.5)))
    }
}

/// What stands around a point that is not sure.
pub(super) fn ring((x, y): (f64, f64), r: f64) -> String {
    format!(
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\" stroke-width=\"1.2\" stroke-dasharray=\"2 2.5\" pointer-events=\"none\"/>"
    )
}

/// Provinces by their codes (GB/T 2260): short name, column and row of the tile.
const PROVINCES: [(&str, &str, u8, u8); 34] = [
    ("110000", "北京", 6, 1),
    ("120000", "天津", 7, 2),
    ("130000", "河北", 6, 2),
    ("140000", "山西", 5, 2),
    ("150000", "内蒙古", 4, 1),
    ("210000", "辽宁", 8, 2),
    ("220000", "吉林", 8, 1),
    ("230000", "黑龙江", 8, 0),
    ("310000", "上海", 8, 4),
    ("320000", "江苏", 7, 4),
    ("330000", "浙江", 7, 5),
    ("340000", "安徽", 6, 4),
    ("350000", "福建", 6, 6),
    ("360000", "江西", 6, 5),
    ("370000", "山东", 6, 3),
    ("410000", "河南", 5, 3),
    ("420000", "湖北", 5, 4),
    ("430000", "湖南", 5, 5),
    ("440000", "广东", 5, 6),
    ("450000", "广西", 4, 6),
    ("460000", "海南", 4, 7),
    ("500000", "重庆", 4, 4),
    ("510000", "四川", 3, 4),
    ("520000", "贵州", 4, 5),
    ("530000", "云南", 3, 5),
    ("540000", "西藏", 1, 4),
    ("610000", "陕西", 4, 3),
    ("620000", "甘肃", 2, 2),
    ("630000", "青海", 2, 3),
    ("640000", "宁夏", 3, 2),
    ("650000", "新疆", 0, 2),
    ("710000", "台湾", 7, 6),
    ("810000", "香港", 6, 7),
    ("820000", "澳门", 5, 7),
];

/// Distance of tiles, and their size without the gap between them.
const ACROSS: f64 = 106.0;
const DOWN: f64 = 88.0;
const GAP: f64 = 4.0;
const ROWS: f64 = 8.0;

/// Whether a value of a split by province has a tile.
pub(super) fn has_tile(value: &str) -> bool {
    PROVINCES.iter().any(|(code, ..)| *code == value)
}

/// The heights of a series by slot, in the unit that is drawn.
fn heights(view: &View<'_>, series: &Series) -> Vec<Option<f64>> {
    let height = |at: usize| {
        let point = view.reply.point(series, at)?;
        if view.counts { Some(point.matched as f64) } else { point.ratio() }
    };
    (0..view.reply.slots.len()).map(height).collect()
}

/// A small line for each province, all on one scale.
pub(super) fn drawing(view: &View<'_>, plot: &Plot<'_>) -> Drawing {
    let tiled = || plot.series.iter().filter(|one| has_tile(one.value.as_deref().unwrap_or_default()));
    let top = tiled().flat_map(|one| heights(view, one)).flatten().fold(0.0, f64::max);
    let mut inner = String::new();
    for (code, name, column, row) in PROVINCES {
        let series = plot.series.iter().copied().find(|one| one.value.as_deref() == Some(code));
        let tile = Tile { name, x: f64::from(column) * ACROSS + 3.0, y: f64::from(row) * DOWN + 2.0, top };
        inner.push_str(&tile.drawn(view, series));
    }
    let (shown, most) = (tiled().count(), if view.counts { words::number(top as u64) } else { words::percent(top) });
    let what = if view.counts { "篇数" } else { "占比" };
    Drawing {
        inner,
        height: ROWS * DOWN + 2.0,
        summary: format!("各省{what}的小图，其中 {shown} 个省级单位有文章；各图纵轴相同，最高 {most}。数字见数据表。"),
        keys: Vec::new(),
        gaps: false,
    }
}

/// A tile: its corner, and the value that reaches its upper end.
struct Tile {
    name: &'static str,
    x: f64,
    y: f64,
    top: f64,
}

impl Tile {
    fn drawn(&self, view: &View<'_>, series: Option<&Series>) -> String {
        let (x, y, right) = (self.x, self.y, self.x + ACROSS - GAP);
        let sum = series.map(Series::sum).unwrap_or_default();
        let known = sum.total > 0 || sum.matched > 0;
        let count = if known { words::number(sum.matched) } else { "无".to_owned() };
        let (ground, text) = (view.skin.paint(Part::Ground), view.skin.paint(Part::Text));
        let mut inner = format!(
            "<rect{ground} x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\"/>",
            ACROSS - GAP,
            DOWN - GAP
        );
        // Writing to a string does not fail.
        let _ = write!(
            inner,
            "<text{text} x=\"{:.1}\" y=\"{:.1}\">{}</text><text{text} x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{count}</text>",
            x + 6.0,
            y + 18.0,
            self.name,
            right - 6.0,
            y + 18.0
        );
        if let Some(series) = series {
            inner.push_str(&self.line(view, series));
        }
        let peak = series.and_then(|series| peak(view, series));
        let peak = peak.map(|slot| format!("；最多在 {}", words::period(slot))).unwrap_or_default();
        let told = if known { words::point(sum) } else { "没有文章".to_owned() };
        let href = series.filter(|_| sum.matched > 0).and_then(|series| view.behind?.whole(series));
        titled(&format!("{}：{told}{peak}", self.name), href.as_deref(), &inner)
    }

    /// The line, from the left to the right end of the tile.
    fn line(&self, view: &View<'_>, series: &Series) -> String {
        let heights = heights(view, series);
        let step = (ACROSS - GAP - 12.0) / heights.len().max(1) as f64;
        let place = |(at, height): &(usize, &f64)| {
            let part = if self.top > 0.0 { **height / self.top } else { 0.0 };
            (self.x + 6.0 + (*at as f64 + 0.5) * step, self.y + DOWN - GAP - 8.0 - part * (DOWN - GAP - 36.0))
        };
        let line = |run: Vec<(usize, &f64)>| polyline(&run.iter().map(place).collect::<Vec<_>>(), "");
        Pen::series(0).group(view.skin, &runs(&heights).into_iter().map(line).collect::<String>())
    }
}

/// The slot with the most matching articles, the first of several.
fn peak<'a>(view: &View<'a>, series: &Series) -> Option<&'a Slot> {
    let most = series.points.iter().map(|point| point.matched).max().filter(|most| *most > 0)?;
    view.reply.slots.get(series.points.iter().position(|point| point.matched == most)?)
}

/// Drawings as a file of their own.
pub(super) struct Sheet {
    /// Its title.
    pub(super) title: String,
    /// What it shows, in full.
    pub(super) about: String,
    /// Lines below the title.
    pub(super) lines: Vec<String>,
    /// Drawings with their headings and remarks.
    pub(super) drawings: Vec<(String, Drawing, Vec<String>)>,
    /// Where the numbers are from.
    pub(super) source: String,
}

/// A sheet on its way: what stands on it, and how far down.
struct Strokes {
    body: String,
    y: f64,
}

impl Sheet {
    /// The file.
    pub(super) fn svg(&self) -> String {
        let mut strokes = Strokes { body: String::new(), y: 12.0 };
        strokes.write(&self.title, 20.0);
        self.lines.iter().for_each(|line| strokes.write(line, 13.0));
        for (heading, drawing, notes) in &self.drawings {
            strokes.write(heading, 16.0);
            strokes.draw(drawing);
            notes.iter().for_each(|note| strokes.write(note, 12.0));
        }
        strokes.write(&self.source, 12.0);
        let (body, height) = (strokes.body, (strokes.y + 14.0).ceil());
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
             font-family=\"'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif\" \
             font-size=\"13\" role=\"img\"><title>{}</title><desc>{}</desc>\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>{body}</svg>\n",
            escaped(&self.title),
            escaped(&self.about)
        )
    }
}

impl Strokes {
    /// A line of text, cut at the edge of the sheet: the description has it in full.
    fn write(&mut self, text: &str, size: f64) {
        if text.is_empty() {
            return;
        }
        self.y += size * 1.6;
        let (text, paint) = (escaped(&shortened(text, (900.0 / size) as usize)), Skin::File.paint(Part::Text));
        let _ = write!(self.body, "<text{paint} x=\"24\" y=\"{:.1}\" font-size=\"{size}\">{text}</text>", self.y);
    }

    /// A drawing with its legend.
    fn draw(&mut self, drawing: &Drawing) {
        const IN_A_ROW: usize = 3;
        let _ = write!(self.body, "<g transform=\"translate(0 {:.1})\">{}</g>", self.y + 12.0, drawing.inner);
        self.y += drawing.height + 16.0;
        for row in drawing.keys.chunks(IN_A_ROW) {
            for (x, (pen, name)) in [64.0, 352.0, 640.0].into_iter().zip(row) {
                let (sample, name) = (pen.sample(Skin::File), escaped(&shortened(name, 18)));
                let (paint, y) = (Skin::File.paint(Part::Text), self.y);
                let _ = write!(
                    self.body,
                    "<g transform=\"translate({x} {y:.1})\">{sample}<text{paint} x=\"42\" y=\"11.5\">{name}</text></g>"
                );
            }
            self.y += 22.0;
        }
    }
}

/// The beginning of a text, as wide as so many Han characters; a letter or digit is half as wide.
fn shortened(text: &str, most: usize) -> String {
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    if width(text) <= 2 * most {
        return text.to_owned();
    }
    let ends = text.char_indices().map(|(at, _)| at);
    let end = ends.take_while(|end| width(&text[..*end]) + 2 <= 2 * most).last().unwrap_or(0);
    text[..end].chars().chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_province_has_a_tile_of_its_own() {
        let codes: BTreeSet<&str> = PROVINCES.iter().map(|(code, ..)| *code).collect();
        let places: BTreeSet<(u8, u8)> = PROVINCES.iter().map(|(_, _, column, row)| (*column, *row)).collect();
        assert_eq!((codes.len(), places.len()), (34, 34));
        assert!(codes.iter().all(|code| code.len() == 6 && code.ends_with("0000")));
        assert!(places.iter().all(|(column, row)| f64::from(*column + 1) * ACROSS <= WIDTH && f64::from(*row) < ROWS));
        assert!(has_tile("350000") && !has_tile("") && !has_tile("350200"));
    }

    #[test]
    fn text_becomes_no_element() {
        let evil = "<script>alert('x')</script>&\"\u{1}";
        let drawn = titled(evil, Some(evil), "");
        assert!(!drawn.contains("<script") && !drawn.contains("alert('") && !drawn.contains('\u{1}'));
        assert_eq!(escaped("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
    }

    #[test]
    fn a_sheet_holds_its_drawings_and_all_of_its_text() {
        let keys = vec![(Pen::series(0), "甲".to_owned()), (Pen::series(7), "<乙>".to_owned())];
        let drawing = Drawing { inner: "<path/>".into(), height: 100.0, summary: String::new(), keys, gaps: false };
        let sheet = Sheet {
            title: "报库：<甲>".into(),
            about: "长".repeat(200),
            lines: vec!["长".repeat(200)],
            drawings: vec![(String::new(), drawing, Vec::new())],
            source: "来源".into(),
        };
        let svg = sheet.svg();
        assert!(svg.starts_with("<?xml") && svg.contains("xmlns=") && svg.ends_with("</svg>\n"));
        assert!(
            svg.contains("<title>报库：&lt;甲&gt;</title>") && svg.contains("&lt;乙&gt;") && svg.contains("<path/>")
        );
        assert_eq!((svg.matches(&"长".repeat(200)).count(), svg.matches('…').count()), (1, 1), "{svg}");
        assert!(!svg.contains("class=") && !svg.contains("currentColor"));
    }

    #[test]
    fn a_hole_parts_two_runs() {
        let parts = runs(&[Some(1), Some(2), None, None, Some(3)]);
        assert_eq!(parts, [vec![(0, &1), (1, &2)], vec![(4, &3)]]);
        assert!(runs::<u8>(&[None]).is_empty());
        assert_eq!(polyline(&[(1.0, 2.0)], ""), "<polyline points=\"1.0,2.0 1.0,2.0\"/>");
    }
}
