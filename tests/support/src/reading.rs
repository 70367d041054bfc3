//! What readers find, written as text; and damaged files.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failure here is a failed test")]

use baoku::model::{Area, Direction, Line, SourcePage, Story};
use baoku::readers::{ReadFault, ReaderOutput};
use std::fmt::Write;

fn show_item(story: &Story, characters: u64) -> String {
    let given = &story.given;
    let fields = [
        ("id", given.id.clone().unwrap_or_default()),
        ("line", given.line.map(|line| line.to_string()).unwrap_or_default()),
        ("date", given.date.map(|date| date.to_string()).unwrap_or_default()),
        ("paper", given.paper.clone().unwrap_or_default()),
        ("page", given.page.clone().unwrap_or_default()),
        ("column", story.column.clone()),
        ("kicker", story.kicker.clone()),
        ("title", story.title.clone()),
        ("subtitle", story.subtitle.clone()),
        ("byline", story.byline.clone()),
        ("extra", given.extra.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")),
    ];
    let fields = fields.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!(" {name}={value}"));
    let body = story.body.iter().map(|p| format!("\n  {}{}", if p.subhead { "# " } else { "" }, p.text));
    let captions = story.captions.iter().map(|p| format!("\n  [{}]", p.text));
    let kind = story.kind.name();
    format!(
        "{kind} ({characters}){}{}{}",
        fields.collect::<String>(),
        body.collect::<String>(),
        captions.collect::<String>()
    )
}

fn show_area(area: Area) -> String {
    format!("[{} {} {} {}]", area.left, area.top, area.right, area.bottom)
}

fn show_line(line: &Line) -> String {
    let mark = line.mark.clone().unwrap_or_default();
    let mut out = format!("{} {}", line.number, line.area.map_or("[]".to_owned(), show_area));
    let mut add = |name: &str, value: String| {
        if !value.is_empty() {
            write!(out, " {name}={value}").unwrap();
        }
    };
    add("label", mark.label);
    add("group", if mark.group == 0 { String::new() } else { mark.group.to_string() });
    add("order", mark.order.map(|order| order.to_string()).unwrap_or_default());
    add("score", mark.score.map(|score| format!("{score:.3}")).unwrap_or_default());
    add("article", mark.article);
    add("direction", if line.direction == Direction::Vertical { "vertical".into() } else { String::new() });
    add("font", line.font.map(|font| format!("{}{}", font.size, if font.bold { "b" } else { "" })).unwrap_or_default());
    add("polygon", line.polygon.iter().map(|p| format!("{},{}", p.x, p.y)).collect::<Vec<_>>().join(";"));
    format!("{out} | {}", line.text)
}

/// What was found, as text: pages with their lines and shapes, items with their fields, problems in words.
pub fn show(all: &[ReaderOutput], result: &Result<(), ReadFault>) -> String {
    let mut out = String::new();
    for found in all {
        match found {
            ReaderOutput::Page(page) => {
                let size = page.size.map(|size| format!("{} × {} {:?}", size.width, size.height, size.unit));
                writeln!(out, "page {}: {}", page.number, size.unwrap_or_default()).unwrap();
                page.lines.iter().for_each(|line| writeln!(out, "{}", show_line(line)).unwrap());
                page.shapes.iter().for_each(|s| writeln!(out, "{:?} {}", s.kind, show_area(s.area)).unwrap());
            }
            ReaderOutput::Refused(problem) | ReaderOutput::Remark(problem) => {
                writeln!(out, "{}: {} ({})", problem.code, baoku::messages::problem(problem).en, problem.characters)
                    .unwrap();
            }
            ReaderOutput::Item(story, characters) => writeln!(out, "{}", show_item(story, *characters)).unwrap(),
            ReaderOutput::Blank(characters) => writeln!(out, "blank {characters}").unwrap(),
            ReaderOutput::Furniture(characters) => writeln!(out, "furniture {characters}").unwrap(),
            ReaderOutput::PictureMap(map) => writeln!(out, "picture {map:?}").unwrap(),
        }
    }
    if let Err(fault) = result {
        writeln!(out, "fault: {fault}").unwrap();
    }
    out
}

/// A small generator with a seed, the same on every machine.
#[derive(Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number below another one.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Deletes, doubles or overwrites something at random.
pub fn mutate(original: &[u8], dice: &mut Dice) -> Vec<u8> {
    const STRANGE: [&[u8]; 12] =
        [b"-1", b"1e308", b"null", b"\"", b"[", b"]", b"{}", b"<", b"&", b"</a>", b"\xFF\xFE", b"99999999999999999999"];
    let mut bytes = original.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        let end = (at + 1 + dice.roll(40)).min(bytes.len());
        match dice.roll(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..end)),
            3 => bytes.splice(at..at, original[..end.min(original.len())].iter().copied()).for_each(drop),
            4 => bytes.splice(at..end, STRANGE[dice.roll(STRANGE.len())].iter().copied()).for_each(drop),
            _ => overwrite_number(&mut bytes, at, dice),
        }
    }
    bytes
}

/// Overwrites the next number with another.
fn overwrite_number(bytes: &mut Vec<u8>, from: usize, dice: &mut Dice) {
    let Some(at) = bytes.iter().skip(from).position(u8::is_ascii_digit).map(|at| at + from) else { return };
    let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let numbers = ["0", "-7", "NaN", "1e400", "4294967296", "0.00001", "-0", "null"];
    bytes.splice(at..at + length, numbers[dice.roll(numbers.len())].bytes());
}

/// What holds of every page, whatever it was made of.
pub fn check_page(page: &SourcePage, what: &str) {
    let height = page.size.map_or(0, |size| size.height_in_widths());
    let areas = page.lines.iter().filter_map(|line| line.area).chain(page.shapes.iter().map(|shape| shape.area));
    for area in areas {
        let inside = 0 <= area.left && area.left <= area.right && area.right <= 10_000;
        assert!(inside && 0 <= area.top && area.top <= area.bottom && area.bottom <= height, "{what}: {area:?}");
    }
    for (number, line) in (1..).zip(&page.lines) {
        assert!(line.number == number && !line.text.trim().is_empty(), "{what}: {line:?}");
        let score = line.mark.as_ref().and_then(|mark| mark.score).unwrap_or(1.0);
        assert!((0.0..=1.0).contains(&score), "{what}: {line:?}");
    }
}
