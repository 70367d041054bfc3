//! The line at the end of a page that repeats paper, section, page, title and day: the most dependable of all.

use super::days::day_in;
use super::furniture::page_in;
use super::shown::ShownLine;
use crate::model::Date;

/// What the line at the end says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TailLine {
    /// Number of the line.
    pub(super) line: usize,
    /// The paper, or empty.
    pub(super) paper: String,
    /// The page, or empty.
    pub(super) page: String,
    /// The day.
    pub(super) day: Option<Date>,
}

/// Lines at the end that are looked at.
const LAST: usize = 12;

/// It is at most this many characters.
const LONGEST: usize = 300;

/// The line, if a page has one. It has a day in figures, and the same day with its weekday or a page as a number with zeros.
pub(super) fn tail_line(lines: &[ShownLine]) -> Option<TailLine> {
    let last = lines.iter().enumerate().rev().take(LAST);
    last.filter(|(_, line)| line.characters <= LONGEST).find_map(|(at, line)| parsed(at, &line.text))
}

fn parsed(line: usize, text: &str) -> Option<TailLine> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let day = words.iter().find(|word| is_iso_day(word)).and_then(|word| day_in(word));
    let weekday = text.contains("星期") && text.contains('年');
    let number = words.iter().find(|word| is_padded(word)).map(|word| word.trim_start_matches('0').to_owned());
    let labelled = words.iter().filter_map(|word| page_in(word)).map(|(page, _)| page).next();
    if day.is_none() || words.len() < 4 || !(weekday || number.is_some()) {
        return None;
    }
    let paper = words.first().filter(|word| word.ends_with('报') && word.chars().count() <= 12);
    Some(TailLine {
        line,
        paper: paper.map(|word| (*word).to_owned()).unwrap_or_default(),
        page: number.or(labelled).unwrap_or_default(),
        day,
    })
}

/// `2019-12-19`.
fn is_iso_day(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() })
}

/// A page as a number with zeros: `00002`.
fn is_padded(word: &str) -> bool {
    (3..=5).contains(&word.len()) && word.starts_with("00") && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown_lines;
    use super::super::tree::WebTree;
    use super::*;

    #[test]
    fn the_line_is_known_by_its_days() {
        let tail = |text: &str| tail_line(&shown_lines(&WebTree::parse(&format!("<p>正文</p><p>{text}</p>"))));
        let found = tail("江城工人报 工会 00002 亮出职工好声音 2019-12-19 2691709 2019年12月19日 星期四").unwrap();
        assert_eq!((found.paper.as_str(), found.page.as_str(), found.line), ("江城工人报", "2", 1));
        assert_eq!(found.day.map(|day| day.to_string()).as_deref(), Some("2019-12-19"));
        assert!(tail("江城工人报 工会 00002 亮出职工好声音 1970-01-01 7 1970年1月1日 星期四").is_none());
        assert!(tail("自2019-12-19起，职工可到工会领取。").is_none());
    }
}
