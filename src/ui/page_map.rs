//! The drawing of a newspaper page: where its articles, pictures and rules stand, in the order of reading. Areas are those of
//! lines; their text is not drawn.

use super::{url, words};
use crate::archive::PlacedArea;
use crate::model::{
    Area, ArticleId, Direction, LineGeometry, PageGeometry, PagePictureMap, PageRecord, PageRecordBlock, Shape,
    ShapeKind,
};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// Space around lines that belongs to their area.
const MARGIN: i32 = 35;

/// Radius of the disc with the number of an article.
const DISC: i32 = 130;

/// Height of the number of a block.
const NUMBER: i32 = 110;

/// Rules are drawn at least this thick.
const RULE: i32 = 12;

/// Characters of a block that are shown to recognise it by.
const FIRST_WORDS: usize = 24;

/// A picture, rule, frame or table.
pub(super) struct ShapeMark {
    pub(super) class: &'static str,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// The area of a block.
pub(super) struct AreaMark {
    /// Where it leads: to its block, or to its article.
    pub(super) href: String,
    /// The number of its block; empty where there is none.
    pub(super) number: String,
    /// Class of its colour: that of its article.
    pub(super) class: String,
    pub(super) title: String,
    pub(super) path: String,
    /// Where its number stands.
    pub(super) x: i32,
    pub(super) y: i32,
    /// Whether its border is doubtful.
    pub(super) doubtful: bool,
}

/// The number of an article, at its first line.
pub(super) struct ArticleDisc {
    pub(super) number: usize,
    pub(super) x: i32,
    pub(super) y: i32,
    /// Where the digits stand: below the middle by a third of their height.
    pub(super) baseline: i32,
}

/// The drawing, in ten-thousandths of the page's width.
pub(super) struct PageMap {
    pub(super) height: i32,
    pub(super) shapes: Vec<ShapeMark>,
    pub(super) areas: Vec<AreaMark>,
    pub(super) discs: Vec<ArticleDisc>,
}

impl PageMap {
    /// The drawing of a page that has boxes. `numbers`: the numbers of its articles; `colours`: how many there are.
    pub(super) fn from_record(sheet: &PageRecord, numbers: &HashMap<ArticleId, usize>, colours: usize) -> Option<Self> {
        let plan = sheet.plan.as_ref()?;
        let places: HashMap<u32, &LineGeometry> = plan.lines.iter().map(|place| (place.number, place)).collect();
        let (mut areas, mut discs, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        for block in &sheet.blocks {
            let pieces = pieces(block.lines.iter().filter_map(|line| places.get(line).copied()));
            let Some(first) = pieces.first() else { continue };
            let article = block.article.and_then(|id| numbers.get(&id)).copied();
            let begun = article.filter(|number| seen.insert(*number));
            discs.extend(begun.map(|number| disc(number, first)));
            areas.push(area(block, article, colours, &pieces, begun.is_some()));
        }
        Some(Self { height: height(plan), shapes: plan.shapes.iter().filter_map(shape).collect(), areas, discs })
    }

    /// The drawing of a page whose index says where its articles stand. `articles`: their numbers and names.
    pub(super) fn from_picture(
        map: &PagePictureMap,
        places: &[PlacedArea],
        articles: &HashMap<ArticleId, (usize, String)>,
        colours: usize,
    ) -> Option<Self> {
        let size = map.size.filter(|_| !places.is_empty())?;
        let areas = places.iter().map(|place| placed(place, articles, colours)).collect();
        let discs = places.iter().filter_map(|place| {
            let (number, _) = articles.get(&place.article?)?;
            Some(disc(*number, &Area::bounding_box(&place.polygon)?))
        });
        Some(Self { height: size.height_in_widths(), shapes: Vec::new(), discs: discs.collect(), areas })
    }
}

/// A place on a page picture: the outline of its polygon, and its article.
fn placed(place: &PlacedArea, articles: &HashMap<ArticleId, (usize, String)>, colours: usize) -> AreaMark {
    let mut path = String::new();
    for (at, point) in place.polygon.iter().enumerate() {
        // Writing to a string does not fail.
        let _ = write!(path, "{}{} {}", if at == 0 { 'M' } else { 'L' }, point.x, point.y);
    }
    path.push('z');
    let article = place.article.and_then(|id| Some((id, articles.get(&id)?)));
    let first = place.polygon.first().copied().unwrap_or_default();
    AreaMark {
        href: article.map_or_else(String::new, |(id, _)| url::permalink(id)),
        number: String::new(),
        class: article.map_or_else(|| "p-none".to_owned(), |(_, (number, _))| format!("p-area c{}", number % colours)),
        title: article.map_or_else(|| "未收录".to_owned(), |(_, (number, name))| format!("第 {number} 篇：{name}")),
        path,
        x: first.x,
        y: first.y,
        doubtful: false,
    }
}

/// Height of the page; no less than what stands on it.
fn height(plan: &PageGeometry) -> i32 {
    let lowest = plan.lines.iter().map(|line| line.area.bottom + MARGIN).max().unwrap_or(0);
    plan.size.height_in_widths().max(lowest)
}

/// A shape without area is drawn only where it is a rule.
fn shape(shape: &Shape) -> Option<ShapeMark> {
    let class = match shape.kind {
        ShapeKind::Picture => "p-picture",
        ShapeKind::Rule => "p-rule",
        ShapeKind::Frame => "p-frame",
        ShapeKind::Table => "p-table",
    };
    let (width, height) = (shape.area.width(), shape.area.height());
    let least = if shape.kind == ShapeKind::Rule { RULE } else { 0 };
    let (width, height) = (width.max(least), height.max(least));
    (width > 0 && height > 0).then_some(ShapeMark { class, x: shape.area.left, y: shape.area.top, width, height })
}

/// The areas of lines: those that follow each other in a column become one.
fn pieces<'a>(places: impl Iterator<Item = &'a LineGeometry>) -> Vec<Area> {
    let mut pieces: Vec<Area> = Vec::new();
    for place in places {
        match pieces.last_mut().filter(|piece| follows(piece, place)) {
            Some(piece) => *piece = piece.union(&place.area),
            None => pieces.push(place.area),
        }
    }
    pieces
}

/// Whether a line is the next one of a column: near, and beside most of it.
fn follows(piece: &Area, place: &LineGeometry) -> bool {
    let line = &place.area;
    match place.direction {
        Direction::Horizontal => {
            let shared = piece.overlap_x(line) * 2 >= piece.width().min(line.width());
            shared && -piece.overlap_y(line) <= line.height() && line.bottom >= piece.bottom
        }
        Direction::Vertical => {
            let shared = piece.overlap_y(line) * 2 >= piece.height().min(line.height());
            shared && -piece.overlap_x(line) <= line.width() && line.left <= piece.left
        }
    }
}

fn disc(number: usize, first: &Area) -> ArticleDisc {
    let x = first.left.clamp(DISC, 10_000 - DISC);
    let y = first.top.max(DISC);
    ArticleDisc { number, x, y, baseline: y + DISC / 2 }
}

fn area(block: &PageRecordBlock, article: Option<usize>, colours: usize, pieces: &[Area], disc: bool) -> AreaMark {
    let mut path = String::new();
    for piece in pieces {
        let (x, y) = (piece.left - MARGIN, piece.top - MARGIN);
        let (width, height) = (piece.width() + 2 * MARGIN, piece.height() + 2 * MARGIN);
        // Writing to a string does not fail.
        let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
    }
    let (left, top) = pieces.first().map_or((0, 0), |first| (first.left, first.top));
    AreaMark {
        href: format!("#b{}", block.number),
        number: block.number.to_string(),
        class: article.map_or_else(|| "p-none".to_owned(), |number| format!("p-area c{}", number % colours)),
        title: title(block, article),
        path,
        x: left + if disc { DISC + 20 } else { 0 },
        y: top + NUMBER * 3 / 4,
        doubtful: is_doubtful(block),
    }
}

/// What is said of a block where a pointer rests on it.
fn title(block: &PageRecordBlock, article: Option<usize>) -> String {
    let article = article.map_or_else(|| "不属于文章".to_owned(), |number| format!("第 {number} 篇"));
    let text: String = block.text.chars().take(FIRST_WORDS).collect();
    let cut = if block.text.chars().count() > FIRST_WORDS { "…" } else { "" };
    format!("{article}，第 {} 块，{}：{text}{cut}", block.number, words::label(block.label))
}

/// Whether it is doubtful that an article begins with a block, or that none does.
pub(super) fn is_doubtful(block: &PageRecordBlock) -> bool {
    block.border < PageRecord::SURE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(direction: Direction, [left, top, right, bottom]: [i32; 4]) -> LineGeometry {
        LineGeometry { number: 1, area: Area { left, top, right, bottom }, direction }
    }

    #[test]
    fn lines_of_a_column_are_one_piece() {
        let line = |box_| place(Direction::Horizontal, box_);
        let column = [line([0, 0, 900, 90]), line([0, 120, 900, 210]), line([0, 240, 300, 330])];
        assert_eq!(pieces(column.iter()).len(), 1);
        let two = [line([0, 900, 900, 990]), line([1000, 0, 1900, 90]), line([1000, 120, 1900, 210])];
        assert_eq!(pieces(two.iter()).len(), 2);
        let print = |box_| place(Direction::Vertical, box_);
        let vertical = [print([900, 0, 990, 900]), print([780, 0, 870, 900]), print([780, 1000, 870, 1900])];
        assert_eq!(pieces(vertical.iter()).len(), 2);
    }
}
