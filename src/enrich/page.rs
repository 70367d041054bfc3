//! Mastheads, and the page 版.

use super::masthead_block::MastheadBlock;
use super::{FactConflict, PageOrigin, date, paper, path};
use crate::model::{page_name, page_number};
use crate::text::{chinese_number, fold};

/// Longest block that can be a masthead, in characters.
pub(super) const LONGEST: usize = 80;
/// The last block in which a date that stands alone is that of the issue: further down it signs a declaration or a letter.
const TOP: u32 = 3;
/// Characters beside a date that a line has at most which is a masthead by 出版 alone: longer ones are of books and adverts.
const PUBLISHED: usize = 24;
/// What stands before a number of 版 that is not this page's: it leads to another page or counts the pages.
const OTHER_PAGE: [&str; 7] = ["转", "接", "见", "今日", "共", "本期", "出"];

/// The blocks that look like a masthead, in page order.
pub(super) fn mastheads(blocks: &[(u32, String)]) -> Vec<MastheadBlock> {
    let short = blocks.iter().filter(|(_, text)| text.chars().count() <= LONGEST);
    short.filter_map(|(block, text)| read(*block, text)).collect()
}

fn read(block: u32, printed: &str) -> Option<MastheadBlock> {
    let folded: String = printed.chars().map(fold).collect();
    let text: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let dated = date::first_day(&folded);
    let number = page_mark(&folded);
    let paper = paper::paper_in_line(&text);
    let rest = dated.as_ref().map_or(text.chars().count(), |(_, rest)| *rest);
    let bare_paper = paper.is_some_and(|paper| is_only(&text, &paper.name));
    let bare_page = number.as_ref().is_some_and(|_| text.starts_with('第') && text.chars().count() <= 12);
    let sign = number.is_some() || paper.is_some() || text.contains("星期");
    let sign = sign || text.contains("出版") && rest <= PUBLISHED;
    let bare = rest == 0 && block <= TOP;
    let dated_head = dated.is_some() && (sign || bare);
    if !(dated_head || bare_paper || bare_page || (number.is_some() && paper.is_some())) {
        return None;
    }
    let day = dated.map(|(day, _)| day).filter(|_| !date::contradicts_itself(printed));
    Some(MastheadBlock { block, printed: printed.to_owned(), day, page: number, paper })
}

fn is_only(text: &str, name: &str) -> bool {
    text.trim_matches(|c| matches!(c, '《' | '》')) == name
}

/// The number of `第3版`, `03版`, `A02版`, `二版`; none where the mark leads to another page or counts the pages.
fn page_mark(text: &str) -> Option<String> {
    text.match_indices('版').find_map(|(at, _)| number_before(text[..at].trim_end()))
}

fn number_before(before: &str) -> Option<String> {
    let ascii = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let chinese = before.trim_end_matches(|c| "〇一二三四五六七八九十".contains(c));
    let lead = if ascii.len() < before.len() { ascii } else { chinese };
    let number = &before[lead.len()..];
    let number = if lead == ascii { number.to_owned() } else { chinese_number(number)?.to_string() };
    let lead = lead.trim_end().trim_end_matches('第').trim_end();
    let other = OTHER_PAGE.iter().any(|word| lead.ends_with(word));
    page_number(&number).filter(|_| !other)
}

/// The page of a file: from the path, else from a masthead.
pub(super) fn of_page(origin: &PageOrigin, heads: &[MastheadBlock]) -> String {
    let printed = || heads.iter().find_map(|head| head.page.clone());
    let stated = origin.stated.page.as_deref().map(page_name);
    stated.or_else(|| from_path(&origin.path)).or_else(printed).unwrap_or_default()
}

/// What contradicts the page of a file: that of a masthead with a day.
pub(super) fn conflict(page: &str, heads: &[MastheadBlock]) -> Option<FactConflict> {
    let printed = heads.iter().filter(|head| head.day.is_some()).find_map(|head| head.page.clone())?;
    // A letter before the number is often left out on one of both sides.
    let bare = |page: &str| page.trim_start_matches(|c: char| c.is_ascii_alphabetic()).to_owned();
    let has_letter = |page: &str| page.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_same = printed == page || has_letter(page) != has_letter(&printed) && bare(page) == bare(&printed);
    let differs = !page.is_empty() && !is_same;
    differs.then(|| FactConflict { field: "page", kept: page.to_owned(), other: printed })
}

/// The longest part of a path that is the mark of a page, in characters: 第十二版.
const MARKED: usize = 5;

/// `02`, `A02` as a name or as the folder after the day; `-02` or `_A02` after a day.
fn from_path(path: &str) -> Option<String> {
    let parts = path::parts(path);
    let short = |part: &str| part.len() <= 3 && part.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len() < 4;
    let marked = |part: &str| page_mark(part).filter(|_| part.ends_with('版') && part.chars().count() <= MARKED);
    let page = |part: &&str| page_number(part).filter(|_| short(part)).or_else(|| marked(part));
    let Some(found) = path::days(path).pop() else {
        return parts.last().and_then(page);
    };
    let suffix = found.end.and_then(|end| parts[found.parts.1 - 1].get(end..));
    let lettered = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let in_name = suffix.and_then(|rest| rest.strip_prefix(['-', '_']).or(Some(rest).filter(lettered)));
    let in_name = in_name.and_then(|rest| page(&rest)).or_else(|| suffix.and_then(marked));
    let after = parts.get(found.parts.1..).unwrap_or_default();
    in_name.or_else(|| after.first().and_then(page)).or_else(|| after.last().and_then(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_paths() {
        let cases = [
            ("grrb-20140128-02.txt", "2"),
            ("2014-01-28_A02.txt", "A2"),
            ("2014-04-29/01.txt", "1"),
            ("2014/01/28/2/news-9.html", "2"),
            ("grrb/2014-04-29/A02.txt", "A2"),
            ("1998年3月2日/第4版.txt", "4"),
            ("1998年03月/02日/二版.txt", "2"),
            ("1998-3-2_4.txt", "4"),
            ("19980302A1.txt", "A1"),
            ("grrb19980302b02.txt", "B2"),
            ("grrb19980302第3版.txt", "3"),
            ("1998年/新版/1.txt", "1"),
            ("2014-04/29.txt", ""),
            ("2014/04/29.txt", ""),
            ("20140429.txt", ""),
            ("1.txt", "1"),
            ("000_81e97eb5b8ef1b3b.txt", ""),
            ("000.txt", ""),
            ("story-12.txt", ""),
            ("2014-04-29/content_2691709.htm", ""),
        ];
        for (path, want) in cases {
            assert_eq!(from_path(path).unwrap_or_default(), want, "{path}");
        }
        for (given, want) in [("02", "2"), ("A02", "A2"), ("第3版", "3"), ("要闻", "要闻")] {
            assert_eq!(page_name(given), want);
        }
    }

    #[test]
    fn a_date_that_signs_a_declaration_was_taken_for_the_masthead() {
        let day = |block| mastheads(&[(block, "2019年10月15日".to_owned())]).first().and_then(|head| head.day);
        assert!(day(2).is_some() && day(15).is_none());
    }

    #[test]
    fn an_advert_of_a_publisher_was_taken_for_the_masthead() {
        let day = |text: &str| mastheads(&[(40, text.to_owned())]).first().and_then(|head| head.day);
        assert!(day("某某古籍出版社出版,全书十二册,定价5600元,优惠活动自2019年2月26日起,欲购者请与本社联系").is_none());
        assert!(day("2019年2月26日出版").is_some());
    }

    #[test]
    fn marks_of_mastheads() {
        let cases = [
            ("第3版", Some("3")),
            ("第03版:工会", Some("3")),
            ("2014年4月29日 星期二 03版", Some("3")),
            ("二版 2014年4月29日 星期二", Some("2")),
            ("工人日报 A02版", Some("A2")),
            ("第十二版", Some("12")),
            ("(下转第3版)", None),
            ("今日八版", None),
            ("新版教材出版", None),
        ];
        for (text, want) in cases {
            let heads = mastheads(&[(1, text.to_owned())]);
            assert_eq!(heads.first().and_then(|head| head.page.as_deref()), want, "{text}");
        }
    }
}
