//! How to write a query: the page of the query language's own documentation.

use super::assets;
use super::highlights::TextSegment;
use super::url::{self, PageLink};
use crate::archive::GRAMMAR;
use askama::Template;

/// A way to write something, with a search of each example.
struct GrammarRow {
    examples: Vec<PageLink>,
    meaning: Vec<TextSegment>,
}

/// The page.
#[derive(Template)]
#[template(path = "help.html")]
pub(super) struct HelpPage {
    title: String,
    query: String,
    before: Vec<Vec<TextSegment>>,
    rows: Vec<GrammarRow>,
    after: Vec<Vec<TextSegment>>,
}

impl HelpPage {
    pub(super) fn new() -> Self {
        let paragraphs = |text: &str| -> Vec<Vec<TextSegment>> {
            let lines =
                text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '|']) && !line.ends_with('|'));
            lines.map(coded).collect()
        };
        let (before, after) = GRAMMAR.split_once("\n|").unwrap_or((GRAMMAR, ""));
        let table = GRAMMAR.lines().filter(|line| line.starts_with("| `"));
        Self {
            title: "怎样写检索式 · 报库".into(),
            query: String::new(),
            before: paragraphs(before),
            rows: table.filter_map(row).collect(),
            after: paragraphs(after),
        }
    }
}

/// A row of the table: `| examples | meaning |`.
fn row(line: &str) -> Option<GrammarRow> {
    // A bar inside a cell is written \|.
    let cells = line.replace("\\|", "\u{0}");
    let mut cells = cells.trim_matches('|').split('|').map(|cell| cell.replace('\u{0}', "|"));
    let (examples, meaning) = (cells.next()?, cells.next()?);
    let examples = coded(&examples).into_iter().filter(|part| part.marked);
    let link = |part: TextSegment| PageLink::new(url::search([("q", part.text.as_str())]), part.text.clone());
    Some(GrammarRow { examples: examples.map(link).collect(), meaning: coded(meaning.trim()) })
}

/// Text in parts; what stands between backticks is marked.
fn coded(text: &str) -> Vec<TextSegment> {
    let parts = text.split('`').enumerate();
    let part = |(at, text): (usize, &str)| TextSegment { text: text.to_owned(), marked: at % 2 == 1, graft: false };
    parts.map(part).filter(|part| !part.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_grammar_has_examples_and_a_meaning() {
        let help = HelpPage::new();
        assert!(help.rows.len() >= 11 && help.before.len() == 1 && help.after.len() >= 2);
        assert!(help.rows.iter().all(|row| !row.examples.is_empty() && !row.meaning.is_empty()));
        assert!(help.rows.iter().any(|row| row.examples.iter().any(|example| example.text == "下岗 | 失业")));
    }
}
