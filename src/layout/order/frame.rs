//! The frame of a page: its lines laid so that all text runs from left to right and down, whatever the direction of the
//! print, with the slant of a scan undone.

use super::frame_line::FrameLine;
use super::{pieces, skew};
use crate::model::{Area, Direction, Line, PAGE_WIDTH, ShapeKind, SourcePage};

/// How much longer than thick the box of a line of two characters or more is, at least, before its shape outweighs the
/// direction that the source states.
const LONG: f32 = 1.5;

/// No place on a page is farther than this from its corner: what a broken source states is brought here, so that sums
/// of places stay numbers.
const FARTHEST: i32 = 1_000_000;

/// A shape in the frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct FrameShape {
    /// What it is.
    pub(super) kind: ShapeKind,
    /// Its place in the frame.
    pub(super) area: Area,
}

/// A page in its frame.
#[derive(Clone, Debug)]
pub(super) struct PageFrame {
    /// Whether the page is set in vertical lines.
    pub(super) vertical: bool,
    /// Its lines that have a box.
    pub(super) strips: Vec<FrameLine>,
    /// Its shapes.
    pub(super) blocks: Vec<FrameShape>,
    /// The size of running text.
    pub(super) em: i32,
}

impl PageFrame {
    /// The frame of a page.
    pub(super) fn from_page(page: &SourcePage) -> Self {
        let vertical = is_vertical(page);
        let share = type_share(page, vertical);
        let strips = page.lines.iter().enumerate().filter_map(|(at, line)| strip(at, line, vertical, share));
        let mut strips = pieces::join_touching(strips.collect());
        let mut blocks: Vec<FrameShape> = page
            .shapes
            .iter()
            .map(|shape| FrameShape { kind: shape.kind, area: turned(&clamped(&shape.area), vertical) })
            .collect();
        let em = usual_size(&strips);
        let slant = skew::estimate(&strips, em);
        strips.iter_mut().for_each(|strip| strip.area = slant.deskewed(&strip.area));
        blocks.iter_mut().for_each(|block| block.area = slant.deskewed(&block.area));
        Self { vertical, strips, blocks, em }
    }

    /// The areas of the shapes of a kind.
    pub(super) fn areas_of(&self, kind: ShapeKind) -> impl Iterator<Item = Area> + '_ {
        self.blocks.iter().filter(move |block| block.kind == kind).map(|block| block.area)
    }
}

/// Length of a text in full-width characters.
pub(in crate::layout) fn ems(text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() || c == '·' { 0.5 } else { 1.0 }).sum()
}

/// Whether most of the text is set in vertical lines.
fn is_vertical(page: &SourcePage) -> bool {
    let (mut upright, mut flat) = (0.0, 0.0);
    for line in &page.lines {
        let Some(area) = line.area.as_ref().map(clamped) else { continue };
        *(if is_vertical_line(line, &area) { &mut upright } else { &mut flat }) += ems(&line.text);
    }
    upright > flat
}

/// Whether a line is vertical: by its box where that is clear, else as the source says.
fn is_vertical_line(line: &Line, area: &Area) -> bool {
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

/// The share of a box's height that the type takes: OCR leaves white above and below. Told by the lines whose type is
/// known by their length; 1 on a page without such lines.
fn type_share(page: &SourcePage, vertical: bool) -> f32 {
    let mut shares: Vec<f32> = page
        .lines
        .iter()
        .filter_map(|line| {
            let area = line.area.as_ref().map(clamped).filter(|area| is_vertical_line(line, area) == vertical)?;
            let (long, thick) = sides(&turned(&area, vertical), false);
            advance(&line.text, long, thick).map(|advance| advance / thick.max(1.0))
        })
        .collect();
    shares.sort_by(f32::total_cmp);
    shares.get(shares.len() / 2).map_or(1.0, |share| share.clamp(0.6, 1.0))
}

fn strip(at: usize, line: &Line, vertical: bool, share: f32) -> Option<FrameLine> {
    let area = clamped(line.area.as_ref()?);
    let short = ems(&line.text) < 2.0 && line.direction == Direction::Horizontal;
    let cross = !short && is_vertical_line(line, &area) != vertical;
    let area = turned(&area, vertical);
    Some(FrameLine {
        line: at,
        rest: Vec::new(),
        area,
        size: size(line, &area, cross, share),
        ems: ems(&line.text),
        cross,
        told: is_told(&line.text),
    })
}

/// Whether a text ends as sentences and captions do, or begins as captions do.
fn is_told(text: &str) -> bool {
    text.ends_with(['。', '摄', '；', '，']) || text.starts_with("图为") || text.starts_with('▲') || text.contains("。")
}

/// Length and thickness of a line.
fn sides(area: &Area, cross: bool) -> (f32, f32) {
    let (width, height) = (area.width() as f32, area.height() as f32);
    if cross { (height, width) } else { (width, height) }
}

/// Length for each character of a long line that is set evenly.
fn advance(text: &str, long: f32, thick: f32) -> Option<f32> {
    let ems = ems(text);
    let advance = long / ems.max(0.5);
    (ems >= 6.0 && advance < 1.25 * thick).then_some(advance)
}

/// The height of a character: as the source says, else the length of the line for each character, else, of short lines
/// and wide spacing, what the type takes of the height of the box.
fn size(line: &Line, area: &Area, cross: bool, share: f32) -> i32 {
    if let Some(known) = line.font.filter(|font| font.size > 0) {
        return i32::try_from(known.size).unwrap_or(PAGE_WIDTH).min(PAGE_WIDTH);
    }
    let (long, thick) = sides(area, cross);
    let ems = ems(&line.text);
    let by_height = if ems < 3.0 { thick * share } else { (thick * share).min(long / ems) };
    (advance(&line.text, long, thick).unwrap_or(by_height) as i32).max(1)
}

/// An area of the page in the frame: on a vertical page the frame's left is the page's top, its top the page's right.
fn turned(area: &Area, vertical: bool) -> Area {
    if !vertical {
        return *area;
    }
    Area { left: area.top, right: area.bottom, top: PAGE_WIDTH - area.right, bottom: PAGE_WIDTH - area.left }
}

/// An area with its sides in order and not farther than [`FARTHEST`].
fn clamped(area: &Area) -> Area {
    let side = |side: i32| side.clamp(-FARTHEST, FARTHEST);
    Area {
        left: side(area.left),
        top: side(area.top),
        right: side(area.right.max(area.left)),
        bottom: side(area.bottom.max(area.top)),
    }
}

/// The size that most text has: the median over characters.
fn usual_size(strips: &[FrameLine]) -> i32 {
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
