//! Writes what was learned.

use crate::model::Model;
use baoku::tables::{CalibrationTable, topics};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Replaces the learned parts of the tables.
pub(crate) fn write(folder: &Path, model: &Model) {
    let ids: Vec<&str> = topics().all().iter().map(|topic| topic.id.as_str()).collect();
    let table = &model.topics;
    let mut text = listed(&table.gate);
    text += "\n# Log odds of a topic.\n[field]\n";
    text += &listed(&table.field);
    text += "\n# What each topic needs more or less than the others.\n[topic]\n";
    ids.iter().for_each(|id| _ = writeln!(text, "\"{id}\" = {:.2}", table.topic[*id]));
    text += "\n# The probability that a topic needs as the first of an article, and as a further one.\n[least]\n";
    for id in ids {
        let [first, further] = table.least[id];
        let _ = writeln!(text, "\"{id}\" = [{first:.2}, {further:.2}]");
    }
    replace(&folder.join("topic_weights.toml"), "[gate]\n", &text);
    let focus = folder.join("focus.toml");
    replace(&focus, "[weights]\n", &listed(&model.focus.weights));
    let text = std::fs::read_to_string(&focus).expect("the table");
    let own = |line: &str| {
        if line.starts_with("least = ") { format!("least = {:.2}", model.focus.least) } else { line.to_owned() }
    };
    let lines: Vec<String> = text.lines().map(own).collect();
    std::fs::write(&focus, lines.join("\n") + "\n").expect("writing");
    replace(&folder.join("confidence.tsv"), "between theirs.\n", &shares(&model.confidence));
}

fn listed(weights: &BTreeMap<String, f32>) -> String {
    let worth = weights.iter().filter(|(_, weight)| weight.abs() >= 0.005);
    worth.map(|(name, weight)| format!("\"{name}\" = {weight:.2}\n")).collect()
}

fn shares(confidence: &CalibrationTable) -> String {
    let rows = |name: &str, rows: &[[f32; 2]]| -> String {
        rows.iter().map(|[at, share]| format!("{name}\t{at:.3}\t{share:.3}\n")).collect()
    };
    rows("region", &confidence.region) + &rows("topic", &confidence.topic)
}

/// Puts a text behind a mark of a file, in place of all that is there.
fn replace(path: &Path, mark: &str, text: &str) {
    let old = std::fs::read_to_string(path).expect("the table");
    let end = old.find(mark).expect("the mark") + mark.len();
    std::fs::write(path, format!("{}{text}", &old[..end])).expect("writing");
}
