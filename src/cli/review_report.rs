//! The report on labels, as text and as JSON.

use super::printable;
use crate::corpus::InvalidLine;
use crate::review::{Accuracies, Accuracy, AccuracyBySplit, ConfidenceBand, Metric, ReviewReport};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;

/// Columns that a figure's name takes.
const NAME: usize = 26;

/// Columns that a number takes.
const CELL: usize = 26;

/// What a person reads for a figure.
fn metric_label(figure: Metric) -> &'static str {
    match figure {
        Metric::Date => "日期在所述范围内",
        Metric::InferredDate => "　其中由文字推断的",
        Metric::Year => "年份",
        Metric::Region => "地区（到县）",
        Metric::Province => "地区（到省）",
        Metric::FirstTopic => "第一主题",
        Metric::NoTopic => "没有主题的判为没有",
        Metric::TopicsPrecision => "主题准确率",
        Metric::TopicsRecall => "主题召回率",
        Metric::Bylines => "署名全对",
        Metric::Border => "切分完整",
    }
}

/// The report for a person.
pub(super) fn text(report: &ReviewReport, file: &Path) -> String {
    let mut text = format!("{}\n", printable(&file.display().to_string()));
    if report.is_empty() {
        text.push_str("还没有标注；用 baoku review 标注\n");
        return text;
    }
    let _ = writeln!(
        text,
        "随机抽取 {}，最没把握 {}；{} 篇按现在的判断计，{} 篇原文已变或不在库中，按标注时的判断计",
        label_counts(&report.random.all),
        label_counts(&report.least_sure.all),
        report.now,
        report.then
    );
    write_section(&mut text, "随机抽取的部分：可以代表全库，括号内是 95% 区间", &report.random, interval);
    write_section(&mut text, "最没把握的部分：专挑难的，不能代表全库", &report.least_sure, |_| {
        String::new()
    });
    text.push_str("\n可信度与实际（随机抽取的部分）\n");
    for (figure, bands) in &report.calibration {
        bands.iter().for_each(|band| _ = writeln!(text, "  {}", band_line(*figure, band)));
    }
    text
}

fn label_counts(tallies: &Accuracies) -> String {
    let skipped = if tallies.skipped > 0 { format!("（另跳过 {} 篇）", tallies.skipped) } else { String::new() };
    format!("{} 篇{skipped}", tallies.labels)
}

fn write_section(text: &mut String, title: &str, halves: &AccuracyBySplit, after: fn(Accuracy) -> String) {
    let _ = writeln!(text, "\n{title}");
    if halves.all.labels == 0 {
        text.push_str("  无\n");
        return;
    }
    let heads = ["全部", "开放的一半", "留出的一半"].map(|head| padded(head, CELL)).concat();
    let _ = writeln!(text, "  {}{}", padded("", NAME), heads.trim_end());
    for figure in Metric::ALL.into_iter().filter(|figure| halves.all.accuracy_of(*figure).of > 0) {
        let cell = |half: &Accuracies| padded(&share(half.accuracy_of(figure), after), CELL);
        let cells = [&halves.all, &halves.open, &halves.held_out].map(cell).concat();
        let _ = writeln!(text, "  {}{}", padded(metric_label(figure), NAME), cells.trim_end());
    }
}

/// `5/6 .83 (.44–.97)`.
fn share(tally: Accuracy, after: fn(Accuracy) -> String) -> String {
    let share = tally.share().map(|share| format!("{}/{} {}{}", tally.right, tally.of, decimal(share), after(tally)));
    share.unwrap_or_else(|| "—".to_owned())
}

fn interval(tally: Accuracy) -> String {
    tally.interval().map(|(low, high)| format!("（{}–{}）", decimal(low), decimal(high))).unwrap_or_default()
}

/// A share with two digits and without the zero before the point: `.83`, `1.00`.
fn decimal(share: f64) -> String {
    let text = format!("{share:.2}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}

/// Text filled up to so many columns of a terminal, in which a Han character takes two.
fn padded(text: &str, columns: usize) -> String {
    let wide = |c: char| !c.is_ascii() && !matches!(c, '–' | '—');
    let taken: usize = text.chars().map(|c| 1 + usize::from(wide(c))).sum();
    format!("{text}{}", " ".repeat(columns.saturating_sub(taken)))
}

fn band_line(figure: Metric, band: &ConfidenceBand) -> String {
    let range = format!("{:.2}–{:.2}", band.from, band.to);
    let name = padded(calibrated(figure), NAME);
    format!("{name}{range}  所述 {}  实际 {}", decimal(band.stated), share(band.seen, interval))
}

/// What a person reads for a field whose confidence is set against what was seen.
fn calibrated(figure: Metric) -> &'static str {
    match figure {
        Metric::Date => "日期",
        Metric::Region => "地区",
        Metric::TopicsPrecision => "主题",
        Metric::Border => "切分",
        other => metric_label(other),
    }
}

/// The report for a program.
pub(super) fn json(report: &ReviewReport, file: &Path, spoilt: &[InvalidLine]) -> String {
    let line = |spoilt: &InvalidLine| json!({ "line": spoilt.line, "reason": spoilt.reason });
    let bands = report.calibration.iter().flat_map(|(figure, bands)| bands.iter().map(move |band| (figure, band)));
    let whole = json!({
        "labels_file": file.display().to_string(),
        "judged_now": report.now,
        "judged_as_labelled": report.then,
        "programs": report.programs,
        "spoilt_lines": spoilt.iter().map(line).collect::<Vec<_>>(),
        "random": halves(&report.random, true),
        "least_sure_not_representative": halves(&report.least_sure, false),
        "calibration": bands.map(|(figure, band)| band_json(*figure, band)).collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

fn halves(halves: &AccuracyBySplit, intervals: bool) -> Value {
    json!({
        "all": tallies(&halves.all, intervals),
        "open": tallies(&halves.open, intervals),
        "held_out": tallies(&halves.held_out, intervals),
    })
}

fn tallies(tallies: &Accuracies, intervals: bool) -> Value {
    let figures =
        tallies.figures.iter().map(|(figure, tally)| (figure.name().to_owned(), tally_json(*tally, intervals)));
    let figures: serde_json::Map<String, Value> = figures.collect();
    json!({ "labels": tallies.labels, "skipped": tallies.skipped, "figures": figures })
}

fn tally_json(tally: Accuracy, intervals: bool) -> Value {
    let mut value = json!({ "right": tally.right, "of": tally.of, "share": tally.share() });
    if let Some((low, high)) = tally.interval().filter(|_| intervals) {
        value["low"] = json!(low);
        value["high"] = json!(high);
    }
    value
}

fn band_json(figure: Metric, band: &ConfidenceBand) -> Value {
    let mut value =
        json!({ "figure": figure.name(), "from": round(band.from), "to": round(band.to), "stated": band.stated });
    if let (Value::Object(value), Value::Object(seen)) = (&mut value, tally_json(band.seen, true)) {
        value.extend(seen);
    }
    value
}

/// The number that was meant, as a double: 0.85, not 0.8500000238418579.
fn round(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}
