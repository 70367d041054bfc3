//! The frame of a page: its lines laid so that all text runs from left to right and down, whatever the direction of the
//! print, with the slant of a scan undone.

use super::slant;
use crate::model::{Area, Direction, Line, PAGE_WIDTH, ShapeKind, SourcePage};

/// How much longer than thick the box of a line of two characters or more is, at least, before its shape outweighs the
/// direction that the source states.
const LONG: f32 = 1.5;

/// A line in the frame.
#[derive(Clone, Debug)]
pub(super) struct Strip {
    /// Index of its line in the page.
    pub(super) line: usize,
    /// Its place in the frame.
    pub(super) area: Area,
    /// Height of a character, known or estimated.
    pub(super) size: i32,
    /// Length of its text in full-width characters.
    pub(super) ems: f32,
    /// Whether it runs across the text of the page: a vertical headline of a horizontal page.
    pub(super) cross: bool,
    /// Whether its words are those of a sentence or a caption, not of a headline.
    pub(super) told: bool,
}

/// A shape in the frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: ShapeKind,
    /// Its place in the frame.
    pub(super) area: Area,
}

/// A page in its frame.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Whether the page is set in vertical lines.
    pub(super) vertical: bool,
    /// Its lines that have a box.
    pub(super) strips: Vec<Strip>,
    /// Its shapes.
    pub(super) blocks: Vec<Block>,
    /// The size of running text.
    pub(super) em: i32,
}

impl Frame {
    /// The frame of a page.
    pub(super) fn of(page: &SourcePage) -> Self {
        let vertical = is_vertical(page);
        let mut strips: Vec<Strip> =
            page.lines.iter().enumerate().filter_map(|(at, line)| strip(at, line, vertical)).collect();
        let mut blocks: Vec<Block> = page
            .shapes
            .iter()
            .map(|shape| Block { kind: shape.kind, area: turned(&shape.area, vertical) })
            .collect();
        let em = usual_size(&strips);
        let slant = slant::of(&strips, em);
        strips.iter_mut().for_each(|strip| strip.area = slant.undone(&strip.area));
        blocks.iter_mut().for_each(|block| block.area = slant.undone(&block.area));
        Self { vertical, strips, blocks, em }
    }
}

/// Length of a text in full-width characters.
pub(in super::super) fn ems(text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() || c == '·' { 0.5 } else { 1.0 }).sum()
}

/// Whether most of the text is set in vertical lines.
fn is_vertical(page: &SourcePage) -> bool {
    let (mut upright, mut flat) = (0.0, 0.0);
    for line in &page.lines {
        let Some(area) = line.area else { continue };
        *(if stands(line, &area) { &mut upright } else { &mut flat }) += ems(&line.text);
    }
    upright > flat
}

/// Whether a line is vertical: by its box where that is clear, else as the source says.
fn stands(line: &Line, area: &Area) -> bool {
    let (width, height) = (area.width() as f32, area.height() as f32);
    if ems(&line.text) >= 2.0 {
        if height > LONG * width {
            return true;
        }
        if width > LONG * height {
            return false;
        }
    }
    line.direction == Direction::Vertical
}

fn strip(at: usize, line: &Line, vertical: bool) -> Option<Strip> {
    let box_ = line.area?;
    let short = ems(&line.text) < 2.0 && line.direction == Direction::Horizontal;
    let cross = !short && stands(line, &box_) != vertical;
    let area = turned(&box_, vertical);
    Some(Strip { line: at, area, size: size(line, &area, cross), ems: ems(&line.text), cross, told: is_told(&line.text) })
}

/// Whether a text ends as sentences and captions do, or begins as captions do.
fn is_told(text: &str) -> bool {
    text.ends_with(['。', '摄', '；', '，']) || text.starts_with("图为") || text.starts_with('▲') || text.contains("。")
}

/// The height of a character: as the source says, else the lesser of the line's height (boxes of OCR are taller than
/// the type) and of its length for each character (which wide spacing stretches).
fn size(line: &Line, area: &Area, cross: bool) -> i32 {
    if let Some(known) = line.font.filter(|font| font.size > 0) {
        return i32::try_from(known.size).unwrap_or(PAGE_WIDTH);
    }
    let (long, thick) = if cross { (area.height(), area.width()) } else { (area.width(), area.height()) };
    let ems = ems(&line.text);
    let advance = (long as f32 / ems.max(0.5)) as i32;
    let even = ems >= 6.0 && advance < thick + thick / 4;
    (if ems < 3.0 { thick } else if even { advance } else { thick.min(advance) }).max(1)
}

/// An area of the page in the frame: on a vertical page the frame's left is the page's top, its top the page's right.
fn turned(area: &Area, vertical: bool) -> Area {
    if !vertical {
        return *area;
    }
    Area {
        left: area.top,
        right: area.bottom,
        top: PAGE_WIDTH.saturating_sub(area.right),
        bottom: PAGE_WIDTH.saturating_sub(area.left),
    }
}

/// The size that most text has: the median over characters.
fn usual_size(strips: &[Strip]) -> i32 {
    let mut sizes: Vec<(i32, f32)> = strips.iter().map(|strip| (strip.size, strip.ems)).collect();
    sizes.sort_by_key(|&(size, _)| size);
    let half = sizes.iter().map(|&(_, ems)| ems).sum::<f32>() / 2.0;
    let mut seen = 0.0;
    let reached = |&(size, ems): &(i32, f32)| {
        seen += ems;
        (seen >= half).then_some(size)
    };
    sizes.iter().find_map(reached).unwrap_or(1).max(1)
}
