//! `baoku search`.

use super::terminal::terminal;
use super::{CommandResult, NOTHING, OK, archive_of, open, option, output};
use crate::archive::{ChangeKind, Explanation, RequestKind, SearchHit, SearchReply, SearchRequest, parameters_of};
use crate::config::Settings;
use crate::formats::{article_json, csv};
use clap::ArgMatches;
use clap::parser::ValueSource;
use std::fmt::Write;
use std::time::Instant;

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let start = Instant::now();
    let pairs = request_pairs(matches, RequestKind::Search);
    let mut request = SearchRequest::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())))?;
    super::with_today(&mut request.selection);
    let reply = archive_of(open(settings)?, settings).now()?.search(&request)?;
    let text = match option(matches, "format") {
        Some("json") => article_json::search(&reply, &request.answer.fields, start.elapsed()),
        Some("csv") => csv::hits(&reply.hits),
        _ => text(&reply, terminal().colours_stdout()),
    };
    super::warn(&reply.warnings);
    output(&text)?;
    Ok(if reply.total == 0 { NOTHING } else { OK })
}

/// The query and the parameters of a request that were given.
pub(super) fn request_pairs(matches: &ArgMatches, request: RequestKind) -> Vec<(&'static str, String)> {
    let words: Vec<&str> = matches.get_many::<String>("q").into_iter().flatten().map(String::as_str).collect();
    let query = std::iter::once(("q", words.join(" "))).filter(|(_, query)| !query.is_empty());
    query.chain(given_options(matches, request)).collect()
}

/// The parameters of a request that were given as options, in the order of help.
pub(super) fn given_options(
    matches: &ArgMatches,
    request: RequestKind,
) -> impl Iterator<Item = (&'static str, String)> {
    parameters_of(request).filter(|row| !row.is_query()).flat_map(|row| {
        let given = matches.value_source(row.name) == Some(ValueSource::CommandLine);
        let values = matches.get_many::<String>(row.name).into_iter().flatten();
        values.filter(move |_| given).map(move |value| (row.name, value.clone())).collect::<Vec<_>>()
    })
}

fn place(found: &SearchHit) -> String {
    let metadata = &found.article.metadata;
    let date = metadata.date.span.map_or_else(|| "日期不详".to_owned(), |span| span.to_string());
    let numbered = metadata.page.starts_with(|c: char| c.is_ascii_digit());
    let page = match metadata.page.as_str() {
        "" => String::new(),
        page if numbered => format!("第{page}版"),
        page => format!("{page}版"),
    };
    let paper = if metadata.paper.name.is_empty() { "报名不详" } else { &metadata.paper.name };
    let region = metadata.regions.first().map(|region| region.path.concat()).unwrap_or_default();
    let topics: Vec<&str> = metadata.topics.iter().map(|topic| topic.id.as_str()).collect();
    [paper.to_owned(), date, page, region, topics.join("、")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A passage with its matches in red on a terminal, in 【】 elsewhere.
fn highlighted(text: &str, highlights: &[(usize, usize)], colour: bool) -> String {
    let (open, close) = if colour { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("【", "】") };
    let mut marked = String::new();
    for (at, c) in text.chars().enumerate() {
        if highlights.iter().any(|(start, _)| *start == at) {
            marked.push_str(open);
        }
        // Text of a newspaper must not inject terminal escapes.
        marked.push(if super::is_terminal_control(c) { ' ' } else { c });
        if highlights.iter().any(|(_, end)| *end == at + 1) {
            marked.push_str(close);
        }
    }
    marked
}

fn text(reply: &SearchReply, colour: bool) -> String {
    let mut text = format!("{} 篇\n", reply.total);
    for found in &reply.hits {
        write_hit(&mut text, found, colour);
    }
    if !reply.related.is_empty() {
        text.push_str("\n只含有查询中的部分词，不计入结果：\n");
        reply.related.iter().for_each(|found| write_hit(&mut text, found, colour));
    }
    if let Some(explanation) = &reply.explanation {
        write_explanation(&mut text, explanation);
    }
    if let Some(meant) = &reply.did_you_mean {
        let _ = writeln!(text, "\n要找的是不是：{}（{} 篇）", meant.query, meant.total);
    }
    if let Some(cursor) = &reply.next_cursor {
        let _ = writeln!(text, "\n下一页：--cursor {cursor}");
    }
    text
}

fn write_hit(text: &mut String, found: &SearchHit, colour: bool) {
    let name = highlighted(&found.article.name(), &[], colour);
    let _ = writeln!(text, "\n{name}\n  {}  [{}]", highlighted(&place(found), &[], colour), found.article.id);
    if !found.reprints.is_empty() {
        let _ = writeln!(text, "  同文 {} 篇", found.reprints.len());
    }
    for snippet in &found.snippets {
        let _ = writeln!(text, "  {}", highlighted(&snippet.text, &snippet.highlights, colour));
    }
}

fn write_explanation(text: &mut String, explanation: &Explanation) {
    let _ = writeln!(text, "\n检索式读作 {}", explanation.read_as);
    for part in explanation.clauses.iter().chain(&explanation.filters) {
        let _ = writeln!(text, "  {}：单独 {} 篇，去掉它 {} 篇", part.text, part.alone, part.without);
    }
    for term in &explanation.variants {
        let forms: Vec<String> = term.variants.iter().map(|form| format!("{} {}", form.text, form.hits)).collect();
        let _ = writeln!(text, "  {} 的各种说法：{}", term.text, forms.join("，"));
    }
    // The other query is offered below.
    if let Some(change) = explanation.change.as_ref().filter(|change| change.kind != ChangeKind::SoundsLike) {
        let what = match change.kind {
            ChangeKind::SoundsLike => format!("换成同音的 {}", change.text),
            ChangeKind::Expand => "同时查同义说法（--expand）".to_owned(),
            ChangeKind::Split => format!("拆成几个词：{}", change.query),
            ChangeKind::DropClause => format!("去掉 {}：{}", change.text, change.query),
            ChangeKind::DropFilter => format!("去掉条件 {}", change.text),
        };
        let _ = writeln!(text, "  {what}，有 {} 篇", change.total);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_around_matches_and_control_characters_are_taken_out() {
        assert_eq!(highlighted("送温暖\u{1b}[2J", &[(0, 3)], false), "【送温暖】 [2J");
    }
}
