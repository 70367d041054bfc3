//! A page on a terminal: its blocks in order, with labels, joins, grafts and articles in colour, and why each article
//! begins where it does.

use super::file_reading::{first_chars, page_heading};
use super::printable;
use crate::ingest::FilePreview;
use crate::layout::feature_words;
use crate::messages::cut_reason;
use crate::model::{ArticleId, Graft, PageRecordBlock};
use std::collections::HashMap;
use std::fmt::Write;

/// Colours of neighbouring articles (ECMA-48, foreground).
const COLOURS: [&str; 6] = ["36", "33", "32", "35", "34", "31"];

/// Reasons that are shown for a label.
const REASONS: usize = 4;

/// Paints text, or leaves it plain.
struct TerminalStyle(bool);

impl TerminalStyle {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The page as text.
pub(super) fn text(preview: &FilePreview, coloured: bool) -> String {
    let paint = TerminalStyle(coloured);
    let numbers: HashMap<ArticleId, usize> = preview.articles.iter().map(|article| article.id).zip(1..).collect();
    let mut text = String::new();
    for page in &preview.pages {
        text.push_str(&page_heading(preview, page));
        let mut before = None;
        for block in &page.sheet.blocks {
            if block.article != before {
                text.push('\n');
                before = block.article;
            }
            let number = block.article.and_then(|id| numbers.get(&id)).copied();
            write_block(&mut text, block, number, &paint);
        }
    }
    text.push('\n');
    for (number, article) in (1..).zip(&preview.articles) {
        let name = first_chars(&article.name(), 60);
        let heading = format!("[{number}] {} {name}", article.story.kind.name());
        let _ = writeln!(text, "{}  {}", paint.paint(colour(number), &heading), article.id);
        article.story.reasons.iter().for_each(|reason| _ = writeln!(text, "    {}", printable(&cut_reason(reason))));
    }
    text
}

fn colour(number: usize) -> &'static str {
    COLOURS[number % COLOURS.len()]
}

fn write_block(text: &mut String, block: &PageRecordBlock, article: Option<usize>, paint: &TerminalStyle) {
    let place = article.map_or_else(|| "[-]".to_owned(), |number| format!("[{number}]"));
    let joined = block.goes_on_from.map(|before| format!(" <- {before}")).unwrap_or_default();
    let reasons: Vec<String> =
        block.features.iter().map(|name| feature_words(name)).filter(|words| !words.is_empty()).take(REASONS).collect();
    let label = format!("{:>3} {place:<5}{:<12} {:.2}{joined}", block.number, block.label.name(), block.score);
    let code = article.map_or("2", colour);
    let _ = writeln!(text, "{}  {}", paint.paint(code, &label), paint.paint("2", &reasons.join("、")));
    let _ = writeln!(text, "      {}", runs(block, code, paint));
}

/// The text of a block; what was grafted in stands in braces, struck out where there is colour.
fn runs(block: &PageRecordBlock, code: &str, paint: &TerminalStyle) -> String {
    let parts = Graft::split(&block.text, &block.grafts);
    let shown = parts.into_iter().map(|(text, owner)| match owner {
        Some(owner) => paint.paint("9;2", &format!("{{= {owner}: {}}}", printable(text))),
        None => paint.paint(code, &printable(text)),
    });
    shown.collect()
}
