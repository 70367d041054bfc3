//! `baoku trends` and `baoku coverage`.

use super::search::given_options;
use super::{CommandResult, NOTHING, OK, archive_of, open, option, output};
use crate::archive::{CoverageReply, CoverageRequest, RequestKind, Series, TrendReply, TrendRequest};
use crate::config::Settings;
use crate::formats::{csv, trends_json};
use crate::messages;
use crate::ui;
use clap::ArgMatches;
use std::fmt::Write;
use std::time::Instant;

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let start = Instant::now();
    let queries = matches.get_many::<String>("q").into_iter().flatten().map(|query| ("q", query.clone()));
    let pairs: Vec<(&str, String)> = queries.chain(given_options(matches, RequestKind::Trends)).collect();
    let mut request = TrendRequest::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())))?;
    super::with_today(&mut request.selection);
    let reply = archive_of(open(settings)?, settings).now()?.trends(&request)?;
    let counts = option(matches, "show") == Some("counts");
    let text = match option(matches, "format") {
        Some("json") => trends_json::trends(&reply, start.elapsed()),
        Some("csv") => csv::trends(&reply),
        Some("svg") => ui::trend_svg(&reply, counts),
        _ => text(&reply),
    };
    super::warn(&reply.warnings);
    output(&text)?;
    let found = |series: &Series| series.sum().matched + series.undated.matched + series.coarse.matched > 0;
    Ok(if reply.series.iter().any(found) { OK } else { NOTHING })
}

fn text(reply: &TrendReply) -> String {
    let mut text = String::new();
    for series in &reply.series {
        let query = if series.query.is_empty() { "全部文章" } else { &series.query };
        let label = if series.label.is_empty() { String::new() } else { format!(" · {}", series.label) };
        let _ = writeln!(text, "{query}{label}");
        for at in 0..reply.slots.len() {
            write_slot(&mut text, reply, series, at);
        }
        for (name, point) in [("日期不详", series.undated), ("日期不够确切", series.coarse)] {
            if point.total > 0 {
                let _ = writeln!(text, "  {name}  {} / {}", point.matched, point.total);
            }
        }
    }
    let _ = writeln!(text, "编号 {}", reply.id);
    if let Some(replay) = &reply.replay {
        let same = match replay.same {
            Some(true) => "与当时相同",
            Some(false) => "与当时不同",
            None => "照当时的索引统计",
        };
        let (added, changed, gone) = (replay.added.count, replay.changed.count, replay.withdrawn.count);
        let _ = writeln!(text, "{same}；此后新增 {added} 篇，改动 {changed} 篇，撤下 {gone} 篇");
    }
    text
}

fn write_slot(text: &mut String, reply: &TrendReply, series: &Series, at: usize) {
    let (slot, cover) = (&reply.slots[at], reply.coverage(series, at));
    let year = slot.year.map(|year| format!("{year} ")).unwrap_or_default();
    let reason = cover.reason.as_ref().map(|reason| format!("：{}", messages::cover_reason(reason).zh));
    let reason = reason.unwrap_or_default();
    let state = messages::state(cover.state);
    let _ = match reply.point(series, at) {
        None => writeln!(text, "  {year}{}  —  {state}{reason}", slot.label),
        Some(point) => {
            let ratio = point.ratio().map(|ratio| format!("  {:.2}%", ratio * 100.0)).unwrap_or_default();
            writeln!(text, "  {year}{}  {} / {}{ratio}  {state}{reason}", slot.label, point.matched, point.total)
        }
    };
}

pub(super) fn coverage(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let start = Instant::now();
    let pairs: Vec<(&str, String)> = given_options(matches, RequestKind::Coverage).collect();
    let request = CoverageRequest::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())))?;
    let reply = archive_of(open(settings)?, settings).now()?.coverage(&request)?;
    let text = match option(matches, "format") {
        Some("json") => trends_json::coverage(&reply, request.breakdown.by.name(), start.elapsed()),
        Some("csv") => csv::coverage(&reply),
        _ => coverage_text(&reply),
    };
    output(&text)?;
    Ok(if reply.papers.is_empty() { NOTHING } else { OK })
}

fn coverage_text(reply: &CoverageReply) -> String {
    let mut text = String::new();
    for paper in &reply.papers {
        let (issues, pages, articles) = (paper.whole.issues, paper.whole.pages, paper.whole.articles);
        let _ = writeln!(text, "{}  {issues} 期，{pages} 版，{articles} 篇", paper.name);
        for (slot, cover) in reply.slots.iter().zip(&paper.periods) {
            let expected = cover.expected.map(|expected| format!(" / {expected}")).unwrap_or_default();
            let reason = cover.reason.as_ref().map(|reason| format!("：{}", messages::cover_reason(reason).zh));
            let reason = reason.unwrap_or_default();
            let _ = writeln!(
                text,
                "  {}  {}{expected} 期  {}{reason}",
                slot.label,
                cover.issues,
                messages::state(cover.state)
            );
        }
    }
    text
}
