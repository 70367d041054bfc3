//! Readings in brackets that a machine put behind characters when it converted a page to Traditional: 總工會(huì).

use super::byte_scan::places;
use super::readable::is_frequent;
use crate::text::is_reading;
use std::ops::Range;

/// Fewer readings than this are left alone.
const LEAST: usize = 3;

/// Text that was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BracketedReadings {
    /// How many readings.
    pub(super) count: u64,
    /// Where the first of them stood.
    pub(super) first: usize,
}

/// A reading in its brackets, behind a character.
struct BracketedReading {
    place: Range<usize>,
    character: char,
    has_tone: bool,
}

/// The text without them; `None` where there are none, or where they are a lesson.
pub(super) fn without_readings(text: &str) -> Option<(String, BracketedReadings)> {
    if toned(text).take(LEAST).count() < LEAST {
        return None;
    }
    let all = readings(text);
    let kept = if is_conversion(&all, text) { all } else { by_line(text, all) };
    let first = kept.first()?.place.start;
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for reading in &kept {
        out.push_str(&text[at..reading.place.start]);
        at = reading.place.end;
    }
    out.push_str(&text[at..]);
    Some((out, BracketedReadings { count: kept.len() as u64, first }))
}

/// The readings of those lines that were converted, in a file of many articles.
fn by_line(text: &str, all: Vec<BracketedReading>) -> Vec<BracketedReading> {
    let (mut kept, mut open) = (Vec::new(), all.into_iter().peekable());
    while let Some(next) = open.peek() {
        let start = text[..next.place.start].rfind('\n').map_or(0, |at| at + 1);
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[next.place.end..]).map_or(text.len(), |at| next.place.end + at);
        let mut line = Vec::new();
        while let Some(reading) = open.next_if(|reading| reading.place.end <= end) {
            line.push(reading);
        }
        if is_conversion(&line, &text[start..end]) {
            kept.append(&mut line);
        }
    }
    kept
}

/// Whether readings are a machine's: several, on frequent characters, neither on most characters of the text nor on hardly
/// any. A lesson tells rare characters, or each character of a word.
fn is_conversion(readings: &[BracketedReading], text: &str) -> bool {
    if readings.len() < LEAST {
        return false;
    }
    let frequent = readings.iter().filter(|reading| is_frequent(reading.character)).count();
    let toned = readings.iter().filter(|reading| reading.has_tone).count();
    let neighbours = readings.windows(2).filter(|pair| follows(&pair[0], &pair[1])).count();
    let han = text.chars().filter(|c| is_han(*c)).count();
    frequent * 3 >= readings.len() * 2
        && toned * 2 >= readings.len()
        && neighbours * 3 <= readings.len() * 2
        && readings.len() * 4 <= han
        && readings.len() * 400 >= han
}

/// Whether nothing but its character stands between a reading and the one before.
fn follows(before: &BracketedReading, after: &BracketedReading) -> bool {
    after.place.start == before.place.end + after.character.len_utf8()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Letters with tone marks that stand close behind a bracket.
fn toned(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    places(bytes, |byte| matches!(byte, 0xC3..=0xC7)).filter(move |at| {
        let before = &bytes[at.saturating_sub(NEAR)..*at];
        memchr::memchr(b'(', before).is_some() || memchr::memmem::find(before, "（".as_bytes()).is_some()
    })
}

/// Bytes from a bracket to the tone mark of a syllable, at most: the bracket and three letters.
const NEAR: usize = 6;

/// All readings in brackets that are those of the character before.
fn readings(text: &str) -> Vec<BracketedReading> {
    let opens = memchr::memchr2_iter(b'(', b'\xEF', text.as_bytes());
    opens.filter_map(|open| reading_at(text, open)).collect()
}

fn reading_at(text: &str, open: usize) -> Option<BracketedReading> {
    let inside = text.get(open..)?.strip_prefix(['(', '（'])?;
    let character = text[..open].chars().next_back().filter(|c| is_han(*c))?;
    let length: usize = inside.chars().take(8).take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
    let syllable = inside[..length].replace('ɡ', "g");
    let after = inside[length..].strip_prefix([')', '）'])?;
    let place = open..text.len() - after.len();
    let has_tone = !syllable.is_ascii();
    is_reading(character, &syllable).then_some(BracketedReading { place, character, has_tone })
}

/// Whether a character may stand in a syllable of pinyin.
fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿɡ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_of_a_conversion_are_taken_out() {
        let text = "全國(guó)總工會(huì)發(fā)出通知，要求各級工會(huì)關(guān)心困難職工的生活，做好送溫暖工作，把黨的關懷送到職工心\
                    上。";
        let (out, found) = without_readings(text).unwrap();
        assert_eq!(out, text.replace("(guó)", "").replace("(huì)", "").replace("(fā)", "").replace("(guān)", ""));
        assert_eq!(found, BracketedReadings { count: 5, first: "全國".len() });
    }

    #[test]
    fn lessons_and_other_brackets_stay() {
        for text in [
            "龘(dá)靐(bìng)齉(nàng)爩(yù)都是筆畫很多的字，平時很少用到，讀者可以查字典。",
            "我(wǒ)是(shì)工(gōng)人(rén)",
            "工會(huì)的會字怎麼讀，請看詞典，這裡只說一次。",
            "工會(bù)發(bù)國(bù)關(bù)，這些讀音都不對，所以不動它們，文章照原樣收錄。",
            "公司(ab)發(c)國(d)",
        ] {
            assert!(without_readings(text).is_none(), "{text}");
        }
    }

    #[test]
    fn one_article_of_a_file_is_enough() {
        let converted = "全國(guó)總工會(huì)發(fā)出通知，各級工會(huì)關(guān)心困難職工的生活，做好送溫暖工作。\n";
        let text = format!("{}{converted}", "市总工会举行送温暖活动，为困难职工送去慰问金。\n".repeat(200));
        assert_eq!(without_readings(&text).unwrap().1.count, 5);
    }
}
