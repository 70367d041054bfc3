//! `baoku terms`, `baoku concordance`, `baoku amounts` and `baoku suggest`: what the API answers, on the terminal.

use super::columns::{ending, padded, right_aligned, table, width};
use super::search::request_pairs;
use super::{CommandResult, NOTHING, OK, archive_of, open, option, output, printable};
use crate::archive::{
    AmountsReply, AmountsRequest, ConcordanceLine, ConcordanceReply, ConcordanceRequest, RequestKind, Suggestion,
    TermRow, TermsReply, TermsRequest,
};
use crate::config::Settings;
use crate::formats::{article_json, csv, trends_json};
use crate::ui;
use clap::ArgMatches;
use std::fmt::Write;
use std::time::Instant;

/// Parameters as requests read them.
fn as_pairs<'a>(pairs: &'a [(&'static str, String)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    pairs.iter().map(|(name, value)| (*name, value.as_str()))
}

pub(super) fn terms(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let start = Instant::now();
    let pairs = request_pairs(matches, RequestKind::Terms);
    let mut request = TermsRequest::from_pairs(as_pairs(&pairs))?;
    super::with_today(&mut request.selection);
    let reply = archive_of(open(settings)?, settings).now()?.terms(&request)?;
    let given: Vec<(String, String)> = pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let text = match option(matches, "format") {
        Some("json") => trends_json::terms(&reply, |word| ui::search_with_word(&given, word), start.elapsed()),
        Some("csv") => csv::terms(&reply),
        _ => terms_text(&reply),
    };
    super::warn(&reply.warnings);
    output(&text)?;
    Ok(if reply.more.is_empty() && reply.less.is_empty() { NOTHING } else { OK })
}

fn terms_text(reply: &TermsReply) -> String {
    let of = reply.read.unwrap_or(reply.one);
    if !reply.compared {
        return format!(
            "{of} 篇中检索词近旁的词，与全部 {} 篇相比\n{}",
            reply.other,
            term_table(&reply.more, of, reply.other)
        );
    }
    format!(
        "前者（{of} 篇）多用\n{}后者（{} 篇）多用\n{}",
        term_table(&reply.more, of, reply.other),
        reply.other,
        term_table(&reply.less, of, reply.other)
    )
}

fn term_table(rows: &[TermRow], one: u64, other: u64) -> String {
    let row = |row: &TermRow| {
        vec![
            format!("  {}", printable(&row.word)),
            format!("{} / {one}", row.one),
            format!("{} / {other}", row.other),
            format!("G² {:.1}", row.keyness.likelihood),
        ]
    };
    table(&rows.iter().map(row).collect::<Vec<_>>(), &[1, 2, 3])
}

pub(super) fn concordance(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let start = Instant::now();
    let pairs = request_pairs(matches, RequestKind::Concordance);
    let mut request = ConcordanceRequest::from_pairs(as_pairs(&pairs))?;
    super::with_today(&mut request.selection);
    let reply = archive_of(open(settings)?, settings).now()?.concordance(&request)?;
    let text = match option(matches, "format") {
        Some("json") => trends_json::concordance(&reply, start.elapsed()),
        Some("csv") => csv::concordance(&reply),
        _ => concordance_text(&reply, request.lines.width),
    };
    super::warn(&reply.warnings);
    output(&text)?;
    Ok(if reply.lines == 0 { NOTHING } else { OK })
}

/// The lines, the matches one below the other.
fn concordance_text(reply: &ConcordanceReply, characters: usize) -> String {
    let sign = if reply.complete { "" } else { "至少 " };
    let mut text = format!("{} 篇，{sign}{} 处\n", reply.articles, reply.lines);
    let side = characters.saturating_mul(2);
    let shown = |text: &str| printable(&text.replace('\n', " "));
    let left = reply.given.iter().map(|line| width(&ending(&shown(&line.left), side))).max().unwrap_or(0);
    let right = reply.given.iter().map(|line| width(&line.right) + width(&line.found)).max().unwrap_or(0);
    for line in &reply.given {
        let before = right_aligned(&ending(&shown(&line.left), side), left);
        let behind = padded(&format!("【{}】{}", shown(&line.found), shown(&line.right)), right + 4);
        let _ = writeln!(text, "{before}{behind}  {}", line_place(line));
    }
    text
}

fn line_place(line: &ConcordanceLine) -> String {
    let date = line.date.map_or_else(|| "日期不详".to_owned(), |date| date.to_string());
    format!("{} {date} [{}]", printable(&line.paper), line.id)
}

pub(super) fn amounts(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let start = Instant::now();
    let pairs = request_pairs(matches, RequestKind::Amounts);
    let mut request = AmountsRequest::from_pairs(as_pairs(&pairs))?;
    super::with_today(&mut request.selection);
    let reply = archive_of(open(settings)?, settings).now()?.amounts(&request)?;
    let text = match option(matches, "format") {
        Some("json") => trends_json::amounts(&reply, request.breakdown.split, start.elapsed()),
        Some("csv") => csv::amounts(&reply),
        _ => amounts_text(&reply),
    };
    super::warn(&reply.warnings);
    output(&text)?;
    Ok(if reply.numbers == 0 { NOTHING } else { OK })
}

fn amounts_text(reply: &AmountsReply) -> String {
    let sign = if reply.complete { "" } else { "至少 " };
    let mut text = format!("{} 篇，{sign}{} 个数\n", reply.articles, reply.numbers);
    let mut rows = vec![["时段", "", "篇数", "个数", "合计", "中位数", "最小", "最大"].map(str::to_owned).to_vec()];
    rows.extend(reply.rows.iter().map(|row| {
        let period = if row.period.is_empty() { "日期不详或不够确切" } else { &row.period };
        let figure = &row.figure;
        vec![
            period.to_owned(),
            printable(&row.label),
            row.articles.to_string(),
            figure.count.to_string(),
            figure.sum.to_string(),
            figure.median.to_string(),
            figure.least.to_string(),
            figure.most.to_string(),
        ]
    }));
    text.push_str(&table(&rows, &[2, 3, 4, 5, 6, 7]));
    for one in &reply.sentences {
        let date = one.date.map_or_else(|| "日期不详".to_owned(), |date| date.to_string());
        let _ = writeln!(text, "\n{}  {date} [{}]\n  {}", printable(&one.quote), one.id, printable(&one.sentence));
    }
    text
}

pub(super) fn suggest(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let start = option(matches, "start").unwrap_or_default();
    let limit = matches.get_one::<u64>("limit").and_then(|limit| usize::try_from(*limit).ok()).unwrap_or(10);
    let found = archive_of(open(settings)?, settings).now()?.suggest(start, limit)?;
    let text = match option(matches, "format") {
        Some("json") => article_json::suggestions(&found),
        _ => suggestions_text(&found),
    };
    output(&text)?;
    Ok(if found.is_empty() { NOTHING } else { OK })
}

fn suggestions_text(found: &[Suggestion]) -> String {
    let row = |one: &Suggestion| vec![printable(&one.text), one.kind.name().to_owned(), one.articles.to_string()];
    table(&found.iter().map(row).collect::<Vec<_>>(), &[2])
}
