//! The place of a line: what the block splitter asks for.

use super::ReadingRegion;
use super::frame_line::FrameLine;
use super::run;
use super::scene::PageScene;
use crate::model::{Area, ShapeKind, SourcePage};

/// Distance of a line from a picture, in sizes of running text, up to which it may be its caption.
const NEAR: i32 = 3;

/// White at both ends of a centred line, at least, and how much the two differ, at most; in sizes.
const CENTRED: (f32, f32) = (1.5, 0.8);

/// Spacing above a line that has nothing above it, and the most that is told of any.
const MOST_GAP: f32 = 9.0;

/// The place of a line. Lengths are in ten-thousandths of the page's width, along the lines: on a vertical page from its
/// upper edge down.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::layout) struct LinePosition {
    /// Index of its region.
    pub(in crate::layout) region: usize,
    /// Left edge of its column.
    pub(in crate::layout) column_left: i32,
    /// Right edge of its column.
    pub(in crate::layout) column_right: i32,
    /// Distance from the line above, in usual distances of the region: 1 is usual; 0 for a line without a box.
    pub(in crate::layout) gap_above: f32,
    /// Where it begins, from the left edge of its column.
    pub(in crate::layout) indent: i32,
    /// Height of a character, known or estimated.
    pub(in crate::layout) size: i32,
    /// Whether it stands in the middle of its column with white at both ends.
    pub(in crate::layout) centred: bool,
    /// Text columns that it covers.
    pub(in crate::layout) span: u32,
    /// Whether a drawn frame is around it.
    pub(in crate::layout) in_frame: bool,
    /// Whether a picture is close to it.
    pub(in crate::layout) near_picture: bool,
    /// Whether the source has it before the line that it is read after.
    pub(in crate::layout) reversed_order: bool,
}

/// The places of all lines. `runs` are in reading order.
pub(super) fn places(
    page: &SourcePage,
    scene: &PageScene,
    runs: &[usize],
    regions: &[ReadingRegion],
) -> Vec<LinePosition> {
    let mut places = vec![LinePosition::default(); page.lines.len()];
    let pictures: Vec<Area> = scene.frame.areas_of(ShapeKind::Picture).take(64).collect();
    let above = lines_above(scene);
    for &run in runs {
        for (at, &strip) in scene.runs[run].strips.iter().enumerate() {
            let strip = &scene.frame.strips[strip];
            let before = at.checked_sub(1).map_or(above[run], |before| Some(scene.runs[run].strips[before]));
            let mut place = in_column(scene, run, strip);
            place.gap_above = gap(scene, run, strip, before.map(|before| &scene.frame.strips[before]));
            place.near_picture = pictures.iter().any(|picture| is_near(&strip.area, picture, NEAR * scene.frame.em));
            places[strip.line] = place;
            strip.rest.iter().for_each(|&line| places[line] = place);
        }
    }
    in_order(scene, regions, &mut places);
    places
}

/// The place of a strip in its column.
fn in_column(scene: &PageScene, run: usize, strip: &FrameLine) -> LinePosition {
    let (left, right) = scene.edges(run);
    let (before, after) = ((strip.area.left - left) as f32, (right - strip.area.right) as f32);
    let size = strip.size.max(1) as f32;
    let wide = (right - left).max(1);
    let merged = if strip.cross { 1 } else { (strip.area.width() + wide / 3) / wide };
    LinePosition {
        column_left: left,
        column_right: right,
        indent: strip.area.left - left,
        size: strip.size,
        centred: before.min(after) > CENTRED.0 * size && (before - after).abs() < CENTRED.1 * size,
        span: scene.stacks.spans[run].max(merged.unsigned_abs()).max(1),
        in_frame: scene.boxes[run].is_some(),
        ..LinePosition::default()
    }
}

/// For each run the lowest line that it sees directly above itself.
fn lines_above(scene: &PageScene) -> Vec<Option<usize>> {
    let bottom = |strip: &usize| scene.frame.strips[*strip].area.bottom;
    let mut above: Vec<Option<usize>> = vec![None; scene.runs.len()];
    for &(upper, lower) in &scene.sight {
        above[lower] = above[lower].into_iter().chain(scene.runs[upper].strips.last().copied()).max_by_key(bottom);
    }
    above
}

/// Distance from the middle of the line above, in usual distances.
fn gap(scene: &PageScene, run: usize, strip: &FrameLine, above: Option<&FrameLine>) -> f32 {
    let Some(above) = above else { return MOST_GAP };
    let usual = match scene.runs[run].pitch {
        // A single line: the closest usual spacing of print.
        0 => strip.size * 13 / 10,
        pitch => pitch,
    };
    (run::pitch(above, strip) as f32 / usual.max(1) as f32).clamp(0.0, MOST_GAP)
}

/// Whether two areas are apart by no more than `far`.
fn is_near(area: &Area, other: &Area, far: i32) -> bool {
    area.overlap_x(other) > -far && area.overlap_y(other) > -far
}

/// Adds what follows from the order.
fn in_order(scene: &PageScene, regions: &[ReadingRegion], places: &mut [LinePosition]) {
    let mut before = None;
    for (number, region) in regions.iter().enumerate() {
        for &line in &region.lines {
            let place = scene.source.place(line);
            places[line].region = number;
            places[line].reversed_order = before.is_some_and(|before| place < before);
            before = Some(place);
        }
    }
}
