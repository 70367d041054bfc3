//! Characters → lines: what follows on one base line without a gap is a line; characters under each other are a vertical
//! one.

use super::glyph::Glyph;
use super::matrix::{Bounds, Vector};
use std::ops::RangeInclusive;

/// A gap of more than this share of the size parts two lines; columns stand at least so far apart.
const WIDEST_GAP: f64 = 0.8;

/// A gap with spaces in it may be this wide: two ideographic spaces.
const WIDEST_SPACE: f64 = 2.2;

/// Text may step back this far: marks that are set half wide.
const STEP_BACK: f64 = 0.7;

/// Characters on one base line may stand this far off it: exponents.
const OFF_LINE: f64 = 0.4;

/// A gap of this share between letters or digits is a space that was not written.
const WORD_GAP: f64 = 0.2;

/// Between characters that stand under each other, from middle to middle, in shares of the size.
const STACKED: RangeInclusive<f64> = 0.8..=1.6;

/// Between characters of a headline that is set wide.
const SPREAD: RangeInclusive<f64> = 1.7..=4.0;

/// A line in the space of the page.
#[derive(Clone, Debug)]
pub(in crate::readers) struct GlyphLine {
    /// Its characters, white space at its ends left out.
    pub(in crate::readers) glyphs: Vec<Glyph>,
    /// White space before the first character.
    pub(in crate::readers) before: String,
    /// Where the next character is expected.
    pen: Vector,
    /// White space since the last character.
    spaces: Vec<Glyph>,
    /// Whether it runs from top to bottom.
    pub(in crate::readers) vertical: bool,
}

impl GlyphLine {
    fn begin(glyph: Glyph, before: String) -> Self {
        let vertical = glyph.way.1.abs() > glyph.way.0.abs();
        Self { glyphs: vec![glyph], before, pen: glyph.end, spaces: Vec::new(), vertical }
    }

    /// The rectangle around its characters.
    pub(in crate::readers) fn bounds(&self) -> Bounds {
        let all = self.glyphs.iter().map(|glyph| glyph.bounds).reduce(|all, one| all.union(&one));
        all.unwrap_or_default()
    }

    /// The size of most of its characters.
    pub(in crate::readers) fn size(&self) -> f64 {
        let mut sizes: Vec<f64> = self.glyphs.iter().map(|glyph| glyph.size).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
    }

    /// Whether most of its characters are bold.
    pub(in crate::readers) fn is_bold(&self) -> bool {
        self.glyphs.iter().filter(|glyph| glyph.bold).count() * 2 > self.glyphs.len()
    }

    /// Whether a character goes on with this line.
    fn goes_on_with(&self, glyph: &Glyph) -> bool {
        let Some(last) = self.glyphs.last() else { return false };
        let same_way = last.way.0 * glyph.way.0 + last.way.1 * glyph.way.1 > 0.98;
        let (small, large) = (last.size.min(glyph.size), last.size.max(glyph.size));
        let (along, across) = split(self.pen, glyph.start, glyph.way);
        let (gap, _) = split(last.end, glyph.start, glyph.way);
        same_way
            && large <= 2.0 * small
            && across.abs() <= OFF_LINE * small
            && (-STEP_BACK * small..=WIDEST_GAP * small).contains(&along)
            && (self.spaces.is_empty() || gap <= WIDEST_SPACE * small)
    }

    fn push(&mut self, glyph: Glyph) {
        self.pen = glyph.end;
        if is_blank(glyph.character) {
            self.spaces.push(glyph);
        } else {
            self.glyphs.append(&mut self.spaces);
            self.glyphs.push(glyph);
        }
    }

    /// Whether it can be a link of a vertical line: one wide character, two or three digits side by side, or text that
    /// runs down anyway.
    fn is_link(&self) -> bool {
        let narrow = self.glyphs.len() <= 3 && self.glyphs.iter().all(|glyph| glyph.character.is_ascii_digit());
        self.runs_down() || self.is_upright() || narrow && self.bounds().width() <= 1.7 * self.size()
    }

    /// One wide character.
    fn is_upright(&self) -> bool {
        !self.vertical && matches!(self.glyphs.as_slice(), [glyph] if is_wide(glyph.character))
    }

    fn runs_down(&self) -> bool {
        self.vertical && self.glyphs.first().is_some_and(|glyph| glyph.way.1 > 0.0)
    }

    /// Whether another one stands right under this one, and both can be links of a vertical line.
    fn stands_over(&self, next: &Self) -> bool {
        if !self.is_link() || !next.is_link() {
            return false;
        }
        let (Some(last), size) = (self.glyphs.last(), self.size().min(next.size())) else { return false };
        let (above, below) = (last.bounds, next.bounds());
        let aside = (above.middle().0 - below.middle().0).abs();
        let step = below.y0 - above.y1 + size;
        aside <= 0.5 * size && STACKED.contains(&(step / size)) && self.size().max(next.size()) <= 1.3 * size
    }
}

/// The lines of a page, in the order of its content.
pub(in crate::readers) fn runs(glyphs: &[Glyph]) -> Vec<GlyphLine> {
    let mut runs: Vec<GlyphLine> = Vec::new();
    let (mut open, mut before) = (false, String::new());
    for glyph in glyphs {
        let blank = is_blank(glyph.character);
        match runs.last_mut().filter(|run| open && run.goes_on_with(glyph)) {
            Some(run) => run.push(*glyph),
            None if blank => {
                open = false;
                before.push(glyph.character);
            }
            None => {
                runs.push(GlyphLine::begin(*glyph, std::mem::take(&mut before)));
                open = true;
            }
        }
    }
    let stacked = chained(runs, |chain, run| chain.last().is_some_and(|last| last.stands_over(run)), close_stack);
    chained(stacked, is_spread, close_spread)
}

/// Joins lines that follow each other to chains: `fits` says whether one is the next link, `close` what a chain becomes.
fn chained(
    runs: Vec<GlyphLine>,
    fits: fn(&[GlyphLine], &GlyphLine) -> bool,
    close: fn(&mut Vec<GlyphLine>, &mut Vec<GlyphLine>),
) -> Vec<GlyphLine> {
    let (mut joined, mut chain) = (Vec::with_capacity(runs.len()), Vec::new());
    for run in runs {
        if !fits(&chain, &run) {
            close(&mut chain, &mut joined);
        }
        chain.push(run);
    }
    close(&mut chain, &mut joined);
    joined
}

/// Whether a character stands as far from the last link as that one from the link before: a headline set wide.
fn is_spread(chain: &[GlyphLine], next: &GlyphLine) -> bool {
    let Some(last) = chain.last().filter(|last| last.is_upright() && next.is_upright()) else { return false };
    let step = |from: &GlyphLine, to: &GlyphLine| {
        let ((x, y), (x1, y1)) = (from.bounds().middle(), to.bounds().middle());
        ((x1 - x) / next.size(), ((y1 - y) / next.size()).abs())
    };
    let (along, across) = step(last, next);
    let even = chain.len() < 2 || (step(&chain[chain.len() - 2], last).0 - along).abs() < 0.15 * along;
    (last.size() - next.size()).abs() < 0.1 && across < 0.2 && SPREAD.contains(&along) && even
}

/// Ends a chain of characters set wide: from three on, it is one line.
fn close_spread(chain: &mut Vec<GlyphLine>, joined: &mut Vec<GlyphLine>) {
    let enough = chain.len() >= 3;
    let mut links = chain.drain(..);
    if enough && let Some(mut first) = links.next() {
        first.glyphs.extend(links.flat_map(|link| link.glyphs));
        joined.push(first);
    } else {
        joined.extend(links);
    }
}

/// Ends a chain: it is one line if two of its links or more are Han characters or run down, else each link is one.
fn close_stack(chain: &mut Vec<GlyphLine>, joined: &mut Vec<GlyphLine>) {
    let sure = chain.iter().filter(|run| run.runs_down() || run.is_upright()).count();
    let mut links = chain.drain(..);
    if sure >= 2
        && let Some(mut first) = links.next()
    {
        first.vertical = true;
        first.glyphs.extend(links.flat_map(|link| link.glyphs));
        joined.push(first);
    } else {
        joined.extend(links);
    }
}

/// The text of a line. Spaces between wide characters go; where letters stand apart, one comes.
pub(in crate::readers) fn text(glyphs: &[Glyph]) -> String {
    let mut text = String::with_capacity(glyphs.len() * 3);
    let (mut before, mut spaced): (Option<&Glyph>, bool) = (None, false);
    for glyph in glyphs {
        if !is_text(glyph.character) || is_soft(glyph.character) {
            spaced |= is_soft(glyph.character);
            continue;
        }
        if before.is_some_and(|before| is_parted(before, glyph, spaced)) {
            text.push(' ');
        }
        text.push(glyph.character);
        (before, spaced) = (Some(glyph), false);
    }
    text
}

/// Whether a space belongs between two characters, with spaces written between them or without.
fn is_parted(before: &Glyph, after: &Glyph, spaced: bool) -> bool {
    let wide = (is_wide(before.character), is_wide(after.character));
    let words = before.character.is_alphanumeric() && after.character.is_alphanumeric();
    let (gap, _) = split(before.end, after.start, after.way);
    if spaced { wide != (true, true) } else { words && wide == (false, false) && gap > WORD_GAP * after.size }
}

/// A step along a way, and across it.
fn split(from: Vector, to: Vector, way: Vector) -> (f64, f64) {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    (x * way.0 + y * way.1, y * way.0 - x * way.1)
}

pub(in crate::readers) fn is_blank(c: char) -> bool {
    c.is_whitespace() || !is_text(c)
}

/// A space that typesetting may have put in: not the ideographic one, which is a character of the text.
fn is_soft(c: char) -> bool {
    c.is_whitespace() && c != '\u{3000}'
}

/// Whether a character is shown at all.
fn is_text(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}')
}

/// Characters as wide as high: Han, kana, radicals, full-width forms and their punctuation.
pub(in crate::readers) fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFF}' | '—' | '…' | '“' | '”' | '‘' | '’' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of size 10 that run right from a place, each as far from the next as `step` says.
    fn row(text: &str, x: f64, y: f64, step: f64) -> Vec<Glyph> {
        let width = |c: char| if is_wide(c) || c == '\u{3000}' { 10.0 } else { 5.0 };
        let mut left = x;
        let mut place = |character: char| {
            let start = (left, y);
            left += width(character) + step;
            Glyph {
                character,
                start,
                end: (start.0 + width(character), y),
                way: (1.0, 0.0),
                bounds: Bounds::from_corners((start.0, y - 8.8), (start.0 + width(character), y + 1.2)),
                size: 10.0,
                bold: false,
            }
        };
        text.chars().map(&mut place).collect()
    }

    fn read(glyphs: &[Glyph]) -> Vec<(String, bool)> {
        runs(glyphs).iter().map(|run| (text(&run.glyphs), run.vertical)).collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        read(glyphs).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn columns_are_never_joined() {
        let page = [row("本报讯", 0.0, 10.0, 0.0), row("工会", 40.0, 10.0, 0.0), row("活动", 0.0, 22.0, 0.0)].concat();
        assert_eq!(texts(&page), ["本报讯", "工会", "活动"]);
        assert_eq!(texts(&row("职工之家", 0.0, 10.0, 6.0)), ["职工之家"]);
        assert_eq!(texts(&row("甲   　　乙", 0.0, 10.0, 0.0)), ["甲", "乙"]);
    }

    #[test]
    fn spaces_stay_where_words_need_them() {
        assert_eq!(texts(&row(" 工 会 a b　　", 0.0, 10.0, 0.0)), ["工会 a b"]);
        assert_eq!(texts(&row("关爱　服务", 0.0, 10.0, 0.0)), ["关爱　服务"]);
        assert_eq!(texts(&[row("ab", 0.0, 10.0, 0.0), row("cd", 13.0, 10.0, 0.0)].concat()), ["ab cd"]);
        assert_eq!(runs(&row("　　工", 0.0, 10.0, 0.0))[0].before, "　　");
    }

    #[test]
    fn a_headline_set_wide_is_one_line() {
        assert_eq!(texts(&row("职工之家", 0.0, 10.0, 15.0)), ["职工之家"]);
        assert_eq!(texts(&row("简讯", 0.0, 10.0, 15.0)), ["简", "讯"]);
        let uneven = [row("甲", 0.0, 10.0, 0.0), row("乙", 20.0, 10.0, 0.0), row("丙", 55.0, 10.0, 0.0)].concat();
        assert_eq!(texts(&uneven), ["甲", "乙", "丙"]);
    }

    #[test]
    fn a_line_of_spaces_costs_no_more_than_others() {
        assert_eq!(texts(&row(&format!("a{}b", " ".repeat(100_000)), 0.0, 10.0, -5.0)), ["a b"]);
    }

    #[test]
    fn characters_under_each_other_are_a_vertical_line() {
        let stack = |text: &str, x: f64| -> Vec<Glyph> {
            (0..).zip(text.chars()).flat_map(|(at, c)| row(&c.to_string(), x, 12.0 * f64::from(at), 0.0)).collect()
        };
        let page = [stack("工会干部", 50.0), stack("下乡", 35.0), row("本报讯", 0.0, 90.0, 0.0)].concat();
        let expected = [("工会干部", true), ("下乡", true), ("本报讯", false)];
        assert_eq!(read(&page), expected.map(|(text, vertical)| (text.to_owned(), vertical)));
        assert_eq!(texts(&stack("123", 0.0)), ["1", "2", "3"]);
    }
}
