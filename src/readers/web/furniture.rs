//! Lines of a page that are no text of its article, and what they say of paper, page and day.

use super::days::day_in;
use super::shown::ShownLine;
use crate::tables::web_pages;

/// A line that begins or holds words of furniture is short: of at most this many characters.
const SHORT: usize = 80;

/// A line with a notice of copyright is at most this long.
const NOTICE: usize = 160;

/// Whether a line is furniture wherever it stands.
pub(super) fn is_furniture(line: &ShownLine) -> bool {
    let text = line.text.as_str();
    let is_sentence = text.ends_with(['。', '！', '？', '”']) && line.characters > 20;
    is_menu(text)
        || line.characters <= SHORT && !is_sentence && starts_so(text)
        || line.characters <= NOTICE && is_notice(text)
        || is_page_header(text)
        || line.is_link()
}

/// Whether a line is a notice of copyright and no sentence of a story about it.
fn is_notice(text: &str) -> bool {
    let parts = web_pages().line_parts.iter().filter(|part| text.contains(part.as_str())).count();
    parts > 1 || parts == 1 && (text.contains('©') || !text.ends_with(['。', '！', '？', '”']))
}

fn starts_so(text: &str) -> bool {
    let bare =
        text.trim_start_matches(['【', '[', '（', '(', '|', '>', '<', '«', '»', '■', '·', ' ', '\u{3000}', '\u{A0}']);
    web_pages().line_starts.iter().any(|start| bare.starts_with(start.as_str()) || text.starts_with(start.as_str()))
}

/// Whether a line has words of menus only.
fn is_menu(text: &str) -> bool {
    let words = text.split(|c: char| {
        c.is_whitespace() || matches!(c, '|' | '｜' | '【' | '】' | '[' | ']' | '(' | ')' | '（' | '）')
    });
    words.filter(|word| !word.is_empty()).all(|word| web_pages().menu_words.iter().any(|known| known == word))
}

/// Whether a line is the head of a list of other headlines.
pub(super) fn is_section_head(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        matches!(c, '：' | ':' | '>' | '»' | '【' | '】' | '[' | ']' | '更' | '多') || c.is_whitespace()
    });
    web_pages().section_heads.iter().any(|head| head == bare)
}

/// Whether a line names the page, the paper and the day and nothing else.
fn is_page_header(text: &str) -> bool {
    let characters = text.chars().count();
    let is_number = characters <= 3 && text.chars().all(|c| c.is_ascii_digit());
    is_number
        || characters <= 40 && page_in(text).is_some() && !text.contains('。') && is_header_form(text)
        || characters <= 60 && paper_header(text).is_some()
        || characters <= 30 && text.ends_with("数字报")
        || characters <= 30 && text.ends_with("数字报纸")
}

/// Whether a line that names a page is a label and no jump line in a story (下转第3版).
fn is_header_form(text: &str) -> bool {
    let begins = |c: char| {
        c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '第' | '当' | '头' | '《' | '(' | '（' | '本')
    };
    let behind = text.rsplit_once('版').map_or("", |(_, behind)| behind);
    let is_label = behind.starts_with(['：', ':', ' ', ')', '）', '\u{3000}', '\u{A0}']) || behind.chars().count() <= 4;
    text.starts_with(begins) && is_label && !["转", "接", "见"].iter().any(|word| text.contains(word))
}

/// Whether a line is about when and where the text was published: a day with labels and little else.
pub(super) fn is_dateline_of_page(line: &ShownLine) -> bool {
    if line.characters > 90 || line.text.contains('。') {
        return false;
    }
    let labels = web_pages().day_labels.iter().chain(&web_pages().source_labels);
    let labelled = labels.into_iter().any(|label| after_label(&line.text, label).is_some());
    let begins = line.text.chars().next().is_some_and(|c| c.is_ascii_digit() || "二一".contains(c));
    day_in(&line.text).is_some()
        && (labelled || begins && has_clock(&line.text) || beside_day(&line.text) <= MOST_BESIDE)
        || labelled && line.characters <= 40
}

/// Characters beside a day that may name paper, page or source.
const MOST_BESIDE: usize = 10;

/// Characters of a line that cannot be those of its day.
fn beside_day(text: &str) -> usize {
    let is_of_day = |c: &char| {
        c.is_ascii_digit()
            || c.is_ascii_punctuation()
            || c.is_whitespace()
            || "年月日星期一二三四五六七八九十〇".contains(*c)
    };
    text.chars().filter(|c| !is_of_day(c)).count()
}

/// Whether a text has a time of day.
pub(super) fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(5).any(|w| {
        w[0].is_ascii_digit() && w[1].is_ascii_digit() && w[2] == b':' && w[3].is_ascii_digit() && w[4].is_ascii_digit()
    })
}

/// What stands behind a label and its colon.
pub(super) fn after_label<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    text.match_indices(label).find_map(|(at, _)| text[at + label.len()..].trim_start().strip_prefix(['：', ':']))
}

/// The page that a line names: `第2版`, `头版`, `00002版:工会`, `当前版:02版`, `(2012年05月03日 002版)`, with its section.
pub(super) fn page_in(text: &str) -> Option<(String, String)> {
    text.match_indices('版').take(4).find_map(|(at, _)| page_before(text, at))
}

fn page_before(text: &str, at: usize) -> Option<(String, String)> {
    let before = &text[..at];
    let section =
        text[at + '版'.len_utf8()..].trim_start_matches(['：', ':', ')', '）', ' ', '\u{3000}', '\u{A0}']).trim();
    let section = section.chars().take(20).collect();
    let digits = before.trim_end().chars().rev().take_while(char::is_ascii_digit).count();
    let bare = before.trim_end();
    if digits == 0 {
        return bare.ends_with('头').then(|| ("1".to_owned(), section));
    }
    let number = bare.get(bare.len() - digits..)?;
    let front = &bare[..bare.len() - digits];
    let letter = front.chars().next_back().filter(char::is_ascii_uppercase).map(String::from).unwrap_or_default();
    let number = number.trim_start_matches('0');
    let page = format!("{letter}{}{number}", if letter.is_empty() || number.len() > 1 { "" } else { "0" });
    (!number.is_empty() && number.len() <= 3).then_some((page, section))
}

/// The paper of a line `《工人日报》(2012年05月03日 002版)` or `江城日报数字报`.
pub(super) fn paper_header(text: &str) -> Option<String> {
    let quoted = text.strip_prefix('《').and_then(|rest| rest.split_once('》'));
    if let Some((name, rest)) = quoted {
        return (day_in(rest).is_some() && rest.contains('版')).then(|| name.to_owned());
    }
    let name = ["多媒体数字报刊", "多媒体数字报", "数字报纸", "数字报", "电子报", "电子版"]
        .iter()
        .find_map(|end| text.strip_suffix(end))?;
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '—');
    (name.ends_with('报') && name.chars().count() <= 12).then(|| name.to_owned())
}

/// The names between two ideographic or wide spaces of a value with labels, up to the next label or bar.
pub(super) fn label_value(text: &str, labels: &[String]) -> Option<String> {
    let value = labels.iter().find_map(|label| after_label(text, label))?.trim_start();
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '【' | '责')).unwrap_or(value.len());
    let value = value[..end].trim();
    (!value.is_empty() && value.chars().count() <= 30).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown_lines;
    use super::super::tree::WebTree;
    use super::*;

    fn line(text: &str) -> ShownLine {
        shown_lines(&WebTree::parse(&format!("<p>{text}</p>"))).remove(0)
    }

    #[test]
    fn furniture_is_told_from_text() {
        for text in [
            "放大 缩小 默认",
            "上一版 下一版",
            "上一篇：职工之家",
            "【打印】【关闭】",
            "×",
            "责任编辑：林一鸣",
            "00002版:工会",
            "第2版",
            "头版",
            "02",
            "当前版:02版",
            "文章字数:460",
            "出版日期:1983年05月10日",
            "《江城工人报》(2012年05月03日 002版)",
            "江城日报数字报纸",
            "©2013-2014 江城日报社",
            "本报地址：江城市解放路1号",
            "当前位置：首页 > 新闻",
        ] {
            assert!(is_furniture(&line(text)), "{text}");
        }
        for text in [
            "厂工会把清凉送到车间。",
            "（下转第3版）",
            "版权所有者说，他们要维权。",
            "在第2版面试的职工很多",
            "上一条小路走到头，就是车间的后门，老师傅说。",
            "大",
            "编辑部的故事",
        ] {
            assert!(text == "大" || !is_furniture(&line(text)), "{text}");
        }
    }

    #[test]
    fn pages_are_read() {
        let page = |text: &str| page_in(text).map(|(page, section)| format!("{page} {section}")).unwrap_or_default();
        assert_eq!(
            (page("00002版:工会"), page("第 1 版：头版"), page("头版")),
            ("2 工会".into(), "1 头版".into(), "1 ".into())
        );
        assert_eq!((page("A02版"), page("当前版:02版"), page("版面")), ("A02 ".into(), "2 ".into(), String::new()));
    }

    #[test]
    fn values_stand_behind_labels() {
        let labels = ["来源".to_owned()];
        assert_eq!(label_value("来源：央视网 | 2014年01月28日 19:30", &labels).as_deref(), Some("央视网"));
        assert_eq!(label_value("来源不明", &labels), None);
        assert!(is_dateline_of_page(&line("2014年01月28日 19:30 来源：江城网")));
        assert!(!is_dateline_of_page(&line("2014年1月28日，厂工会把清凉送到车间，职工们都很高兴，老师傅们说心里踏实")));
    }
}
