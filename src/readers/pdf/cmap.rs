//! CMaps that stand in the file: which codes a font has, which glyphs, and which characters they mean (ToUnicode).

use super::token::{Operand, Operation, Operations};
use std::collections::HashMap;

/// Entries that are kept of one CMap.
const MAX_ENTRIES: usize = 200_000;

/// A CMap of the file.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Length of codes, and the first and last of each part of the space of codes.
    spaces: Vec<(usize, u32, u32)>,
    /// Characters by code.
    texts: HashMap<u32, String>,
    /// First and last code, and the characters of the first; the last unit counts up.
    text_ranges: Vec<(u32, u32, Vec<u16>)>,
    /// First and last code, and the glyph of the first.
    glyph_ranges: Vec<(u32, u32, u32)>,
    /// The predefined CMap that it builds on.
    pub(super) base: Option<String>,
    /// Whether it writes from top to bottom.
    pub(super) vertical: bool,
}

impl CMap {
    /// Reads a CMap; damaged parts are left out.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        Operations::new(bytes).for_each(|step| map.apply_operation(&step));
        map.glyph_ranges.sort_unstable();
        map.text_ranges.sort_unstable();
        map
    }

    fn apply_operation(&mut self, step: &Operation) {
        match step.operator {
            b"endcodespacerange" => self.take_spaces(&step.operands),
            b"endbfchar" => step.operands.chunks_exact(2).for_each(|pair| self.take_character(pair)),
            b"endbfrange" => step.operands.chunks_exact(3).for_each(|part| self.take_range(part)),
            b"endcidchar" => step.operands.chunks_exact(2).for_each(|pair| self.take_glyphs(&pair[0], pair)),
            b"endcidrange" => step.operands.chunks_exact(3).for_each(|part| self.take_glyphs(&part[0], &part[1..])),
            b"usecmap" => self.base = step.operands.last().and_then(Operand::name).map(lossy),
            b"def" => self.take_definition(&step.operands),
            _ => {}
        }
    }

    fn take_definition(&mut self, operands: &[Operand]) {
        if let [.., Operand::Name(name), Operand::Number(mode)] = operands
            && name == b"WMode"
        {
            self.vertical = *mode == 1.0;
        }
    }

    fn take_spaces(&mut self, operands: &[Operand]) {
        for pair in operands.chunks_exact(2).take(1000) {
            if let (Some(first), Some((last, length))) = (code(&pair[0]), pair[1].text().and_then(code_of)) {
                self.spaces.push((length, first, last));
            }
        }
    }

    fn entries(&self) -> usize {
        self.texts.len() + self.text_ranges.len() + self.glyph_ranges.len()
    }

    fn take_character(&mut self, pair: &[Operand]) {
        if let (Some(code), Some(text)) = (code(&pair[0]), pair[1].text())
            && self.entries() < MAX_ENTRIES
        {
            self.texts.insert(code, String::from_utf16_lossy(&units(text)));
        }
    }

    fn take_range(&mut self, part: &[Operand]) {
        let (Some(first), Some(last)) = (code(&part[0]), code(&part[1])) else { return };
        match &part[2] {
            Operand::Text(text) if self.entries() < MAX_ENTRIES => self.text_ranges.push((first, last, units(text))),
            Operand::List(texts) => {
                for (code, text) in (first..=last).zip(texts) {
                    self.take_character(&[Operand::Text(code.to_be_bytes().to_vec()), text.clone()]);
                }
            }
            _ => {}
        }
    }

    /// The last code and the first glyph.
    fn take_glyphs(&mut self, first: &Operand, rest: &[Operand]) {
        if let (Some(first), Some(last), Some(glyph)) = (code(first), code(&rest[0]), rest[1].number())
            && self.entries() < MAX_ENTRIES
        {
            self.glyph_ranges.push((first, last, glyph as u32));
        }
    }

    /// Whether it says how long codes are.
    pub(super) fn has_spaces(&self) -> bool {
        !self.spaces.is_empty()
    }

    /// The length of the code that begins a string.
    pub(super) fn length(&self, text: &[u8]) -> usize {
        let fits = |length: usize| {
            let code = text.get(..length).and_then(code_of).map(|(code, _)| code);
            code.is_some_and(|code| self.spaces.iter().any(|space| in_space(space, length, code)))
        };
        let shortest = self.spaces.iter().map(|(length, ..)| *length).min().unwrap_or(2);
        (1..=4).find(|length| fits(*length)).unwrap_or(shortest)
    }

    /// The characters of a code; `None` where it names none or says that it does not know.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let text = match self.texts.get(&code) {
            Some(text) => text.clone(),
            None => self.in_range(code)?,
        };
        (!text.is_empty() && !text.contains(['\0', '\u{FFFD}'])).then_some(text)
    }

    fn in_range(&self, code: u32) -> Option<String> {
        let (first, _, units) = find(&self.text_ranges, code, |range| (range.0, range.1))?;
        let (last, rest) = units.split_last()?;
        let last = u32::from(*last) + (code - first);
        let moved: Vec<u16> = rest.iter().copied().chain(u16::try_from(last).ok()).collect();
        Some(String::from_utf16_lossy(&moved))
    }

    /// The glyph of a code.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        let (first, _, glyph) = find(&self.glyph_ranges, code, |range| (range.0, range.1))?;
        Some(glyph.saturating_add(code - first))
    }
}

/// The range that holds a code, of ranges in order.
fn find<T>(ranges: &[T], code: u32, ends: impl Fn(&T) -> (u32, u32)) -> Option<&T> {
    let after = ranges.partition_point(|range| ends(range).0 <= code);
    ranges[..after].iter().rev().take(8).find(|range| ends(range).1 >= code)
}

/// Whether each byte of a code lies between those of the ends.
fn in_space((length, first, last): &(usize, u32, u32), of: usize, code: u32) -> bool {
    let byte = |value: u32, at: usize| value >> (8 * at) & 0xFF;
    *length == of && (0..of).all(|at| (byte(*first, at)..=byte(*last, at)).contains(&byte(code, at)))
}

fn code(value: &Operand) -> Option<u32> {
    code_of(value.text()?).map(|(code, _)| code)
}

/// A code as a number, with its length.
pub(super) fn code_of(bytes: &[u8]) -> Option<(u32, usize)> {
    let number = bytes.iter().fold(0, |code: u32, byte| code << 8 | u32::from(*byte));
    (1..=4).contains(&bytes.len()).then_some((number, bytes.len()))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).take(64).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

fn lossy(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"/CIDInit /ProcSet findresource begin /WMode 1 def
        2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
        2 beginbfchar <01> <5DE5> <8141> <00660069> endbfchar
        2 beginbfrange <02> <04> <4F1A> <05> <06> [<4E00> <D840DC0B>] endbfrange
        1 begincidrange <8140> <8150> 100 endcidrange 1 begincidchar <07> 9 endcidchar";

    #[test]
    fn codes_have_texts_lengths_and_glyphs() {
        let map = CMap::read(TEXT);
        let text = |code| map.text(code);
        assert_eq!([text(1), text(0x8141), text(3)].map(Option::unwrap), ["工", "fi", "伛"]);
        assert_eq!([text(5), text(6)].map(Option::unwrap), ["一", "\u{2000B}"]);
        assert_eq!(text(9), None);
        assert_eq!([map.length(b"\x01\x02"), map.length(b"\x81\x41"), map.length(b"\xFF\xFF")], [1, 2, 1]);
        assert_eq!([map.glyph(0x8142), map.glyph(7), map.glyph(8)], [Some(102), Some(9), None]);
        assert!(map.vertical && map.has_spaces());
    }

    #[test]
    fn damage_is_left_out() {
        let map = CMap::read(b"1 beginbfrange <00> <FFFFFFFF> <FFFF> endbfrange <0102030405> <0041> endbfchar");
        assert_eq!((map.text(0), map.text(7), map.has_spaces()), (Some("\u{FFFF}".into()), None, false));
    }
}
