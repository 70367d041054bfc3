//! What the address of a page says: its family, its day, its page.

use super::days::real_day;
use crate::model::Date;
use crate::tables::{WebFamily, web_pages};

/// What was read of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AddressFacts {
    /// Number of its family in the table, where the address tells it.
    pub(super) family: Option<usize>,
    /// Whether it is a list of articles.
    pub(super) is_index: bool,
    /// The day of the issue.
    pub(super) day: Option<Date>,
    /// The page, or empty.
    pub(super) page: String,
    /// The address itself, where the path holds a whole one; else empty.
    pub(super) url: String,
}

impl AddressFacts {
    /// Of a path, which may hold a whole address (`a.warc.gz!/http://host/path?query`).
    pub(super) fn parse(path: &str) -> Self {
        let inner = path.rsplit_once("!/").map_or(path, |(_, inner)| inner);
        let url = ["http://", "https://"].iter().find_map(|scheme| inner.find(scheme)).map_or("", |at| &inner[at..]);
        let bare = inner.split(['?', '#']).next().unwrap_or_default();
        // `wget` writes the query into the name: `content_1.htm@div=-1`.
        let bare = bare.split("@div=").next().unwrap_or_default();
        let mut facts = Self { url: url.to_owned(), ..Self::default() };
        let families = web_pages().family.iter().enumerate();
        if let Some((number, family, is_index, found)) = families.filter_map(|(at, one)| matched(at, one, bare)).next()
        {
            facts.family = Some(number).filter(|_| family.id != "plain");
            facts.is_index = is_index;
            facts.day = found.day();
            facts.page = found.page;
        }
        facts.day = facts.day.or_else(|| plain_day(bare));
        facts
    }

    /// With what another address of the same page says where this one is silent.
    pub(super) fn or_of(self, other: &str) -> Self {
        if other.is_empty() {
            return self;
        }
        let other = Self::parse(other);
        let is_silent = self.family.is_none() && self.day.is_none();
        let url = if self.url.is_empty() { other.url.clone() } else { self.url.clone() };
        if is_silent { Self { url, ..other } } else { Self { url, ..self } }
    }
}

/// The day that a path of any family names.
fn plain_day(bare: &str) -> Option<Date> {
    let plain = web_pages().family.last()?;
    plain.article.iter().find_map(|pattern| matches(pattern, bare)?.day())
}

type MatchedFamily<'a> = (usize, &'a WebFamily, bool, AddressParts);

fn matched<'a>(number: usize, family: &'a WebFamily, path: &str) -> Option<MatchedFamily<'a>> {
    let of = |patterns: &[String], is_index| {
        let found = patterns.iter().find_map(|pattern| matches(pattern, path));
        found.map(|found| (number, family, is_index, found))
    };
    of(&family.article, false).or_else(|| of(&family.index, true))
}

/// What the places of a pattern stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct AddressParts {
    year: String,
    month: String,
    day: String,
    page: String,
}

impl AddressParts {
    fn day(&self) -> Option<Date> {
        real_day(self.year.parse().ok()?, self.month.parse().ok()?, self.day.parse().ok()?)
    }
}

/// A pattern against the end of a path; it begins where a part begins.
fn matches(pattern: &str, path: &str) -> Option<AddressParts> {
    let starts = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
    let tail = |at: usize| path.get(at..).filter(|tail| tail.len() < 400);
    let mut found = starts.filter_map(tail).filter_map(|tail| match_here(pattern, tail, AddressParts::default(), 0));
    found.next_back()
}

/// Steps of one pattern against one text, at most: places that may be of any length are tried one by one.
const MOST_STEPS: usize = 12;

fn match_here(pattern: &str, text: &str, parts: AddressParts, depth: usize) -> Option<AddressParts> {
    if depth > MOST_STEPS {
        return None;
    }
    if pattern == "**" {
        let last = text.rsplit('.').next().unwrap_or_default();
        let is_page = web_pages().page_extensions.iter().any(|known| last.eq_ignore_ascii_case(known));
        return (is_page && text.contains('.') && !text.contains('/')).then_some(parts);
    }
    let place = pattern.find(['{', '*']).unwrap_or(pattern.len());
    let rest = text.strip_prefix(&pattern[..place])?;
    let pattern = &pattern[place..];
    if pattern.is_empty() {
        return rest.is_empty().then_some(parts);
    }
    if pattern == "**" {
        return match_here(pattern, rest, parts, depth + 1);
    }
    if let Some(after) = pattern.strip_prefix('*') {
        let within = rest.find('/').unwrap_or(rest.len()).min(80);
        let ends = (0..=within).filter(|end| rest.is_char_boundary(*end));
        return ends.filter_map(|end| match_here(after, &rest[end..], parts.clone(), depth + 1)).next();
    }
    let (name, after) = pattern.strip_prefix('{')?.split_once('}')?;
    lengths(name, rest).find_map(|length| {
        let value = rest.get(..length)?;
        match_here(after, &rest[length..], with(parts.clone(), name, value)?, depth + 1)
    })
}

/// The lengths that a place may have here.
fn lengths(name: &str, text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let letter = usize::from(name == "page" && bytes.first().is_some_and(u8::is_ascii_uppercase));
    let digits = bytes.iter().skip(letter).take(6).take_while(|byte| byte.is_ascii_digit()).count();
    let (least, most) = match name {
        "Y" => (4, 4),
        "M" | "D" | "y" => (2, 2),
        "page3" => (3, 3),
        _ => (1, 3),
    };
    let most = most.min(digits);
    (least..=most).rev().map(move |length| letter + length)
}

/// The parts with one more; `None` where it contradicts what stands before it.
fn with(mut parts: AddressParts, name: &str, value: &str) -> Option<AddressParts> {
    let century = format!("20{value}");
    let value = if name == "y" { century.as_str() } else { value };
    let place = match name {
        "Y" | "y" => &mut parts.year,
        "M" => &mut parts.month,
        "D" => &mut parts.day,
        _ => &mut parts.page,
    };
    if !place.is_empty() && place != value {
        return None;
    }
    value.clone_into(place);
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str) -> String {
        let facts = AddressFacts::parse(path);
        let family = facts.family.map_or("plain", |number| web_pages().family[number].id.as_str());
        let day = facts.day.map(|day| day.to_string()).unwrap_or_default();
        format!("{family}{} {day} {}", if facts.is_index { " index" } else { "" }, facts.page)
    }

    #[test]
    fn every_form_of_an_address() {
        let cases = [
            ("zjgr/html/2019-12/19/content_2691709.htm", "founder 2019-12-19 "),
            ("zjgr/html/2019-12/19/content_2691709.htm?div=-1", "founder 2019-12-19 "),
            ("html/2019-12/19/content_2691709.htm@div=-1", "founder 2019-12-19 "),
            ("html/2019-12/19/node_2.htm", "founder index 2019-12-19 "),
            ("dtrb/nw.D140200dtrb_20150125_3-04.htm", "founder 2015-01-25 04"),
            ("html/2015-01/25/nbs.D140200dtrb_04.htm", "founder index 2015-01-25 04"),
            ("rmrb/html/2019-01/26/nw.D110000renmrb_20190126_2-01.htm", "people 2019-01-26 01"),
            ("a.warc.gz!/http://h/rmrb/pc/content/202412/31/content_30.html", "people 2024-12-31 "),
            ("a.warc.gz!/http://h/rmrb/pc/layout/202412/31/node_07.html", "people index 2024-12-31 07"),
            ("yarb/20190126/html/content_20190126002006.htm", "joyhua 2019-01-26 002"),
            ("grrb/2014/01/28/2/news-9.html", "workercn 2014-01-28 2"),
            ("content/1987-12/05/12345.html", "53bk 1987-12-05 "),
            ("m/content/1987-12/05/12345.html", "53bk 1987-12-05 "),
            ("xpaper/news/142/679/6038-1.shtml", "xpaper  "),
            ("2014/01/28/ARTI1390880000000000.shtml", "plain 2014-01-28 "),
            ("x/2019/0126/c402812.html", "plain 2019-01-26 "),
            ("news-2019-01-26.html", "plain 2019-01-26 "),
            ("VIDEiidIveEEEw8eeFU09PJo180301.shtml", "plain 2018-03-01 "),
            ("2019-02-30.html", "plain  "),
            ("1970/01/01/a.html", "plain  "),
            ("", "plain  "),
            ("a.html", "plain  "),
        ];
        for (path, want) in cases {
            assert_eq!(told(path), want, "{path}");
        }
        assert_eq!(AddressFacts::parse("a.warc!/https://h/x?y").url, "https://h/x?y");
    }
}
