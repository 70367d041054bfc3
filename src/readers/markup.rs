//! HTML in a text that should be plain: told by its tags, and made paragraphs.

use super::html::{HtmlToken, HtmlTokens, is_void, unescape};

/// Elements that end a paragraph.
const BLOCKS: [&str; 18] = [
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "blockquote",
    "hr",
];

/// Elements inside a paragraph.
const INLINE: [&str; 14] =
    ["span", "a", "b", "i", "u", "em", "strong", "font", "img", "sup", "sub", "center", "td", "th"];

/// The paragraphs of a text that holds HTML, a line each; `None` where it holds none. A single `<` or the name of a tag
/// without its end is no HTML.
pub(super) fn paragraphs(text: &str) -> Option<String> {
    if !text.contains('<') || !HtmlTokens::parse(text).any(|token| is_tag(token)) || !is_marked_up(text) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    for token in HtmlTokens::parse(text) {
        match token {
            HtmlToken::Text(text) => plain.push_str(&unescape(text)),
            HtmlToken::Open(name, _) | HtmlToken::Close(name) if is_of(name, &BLOCKS) => plain.push('\n'),
            HtmlToken::Open(..) | HtmlToken::Close(_) => {}
        }
    }
    Some(plain)
}

fn is_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn is_tag(token: HtmlToken<'_>) -> bool {
    match token {
        HtmlToken::Open(name, _) | HtmlToken::Close(name) => is_of(name, &BLOCKS) || is_of(name, &INLINE),
        HtmlToken::Text(_) => false,
    }
}

/// Whether there is an end tag, or an element that has none.
fn is_marked_up(text: &str) -> bool {
    HtmlTokens::parse(text).any(|token| match token {
        HtmlToken::Close(_) => is_tag(token),
        HtmlToken::Open(name, _) => is_void(name) && is_tag(token) || name.eq_ignore_ascii_case("p"),
        HtmlToken::Text(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces in every order: never more characters than there were, and what stands outside tags stays.
    #[test]
    fn text_outside_tags_stays() {
        let pieces = ["<p>", "</p>", "一二", "<br/>", "&amp;", "<", ">", "<b", "</b>", "<!--", "-->", "三"];
        let count = pieces.len();
        for number in 0..count.pow(4) {
            let mut at = number;
            let text: String = std::iter::repeat_with(|| {
                let piece = pieces[at % count];
                at /= count;
                piece
            })
            .take(4)
            .collect();
            let Some(plain) = paragraphs(&text) else { continue };
            assert!(plain.chars().count() <= text.chars().count(), "{text}: {plain}");
            if !text.contains("<!--") && !text.contains("<b") {
                let han = |text: &str| text.chars().filter(|c| "一二三".contains(*c)).collect::<String>();
                assert_eq!(han(&plain), han(&text), "{text}");
            }
        }
    }

    #[test]
    fn tags_are_taken_out_as_paragraphs() {
        let read = |text: &str| paragraphs(text).map(|text| text.split_whitespace().collect::<Vec<_>>().join("|"));
        for (written, want) in [
            ("<p>一。</p><p>二&nbsp;三。</p>", Some("一。|二|三。")),
            ("一。<br>二。<br/>三。", Some("一。|二。|三。")),
            ("<div><span style=\"color:red\">一</span>。</div>尾", Some("一。|尾")),
            ("<P CLASS=x>一。</P><script>var a = '<p>';</script>二", Some("一。|二")),
            ("产量<去年, 但>前年", None),
            ("a < b 和 <工会章程>", None),
            ("写作 <b 的", None),
            ("&lt;p&gt; 是标记", None),
            ("", None),
        ] {
            assert_eq!(read(written).as_deref(), want, "{written}");
        }
    }
}
