//! Writes the tables of the models.

use crate::trainer::NEVER;
use baoku::layout::{CalibratedOutput, Crf, LINE_STATES, Models, STATES};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Where what was stated against what was seen is kept between the two commands.
const CALIBRATION: &str = "benches/results/layout-calibration.tsv";

/// Writes all tables.
pub(crate) fn write(root: &Path, models: &Models, calibration: &[Seen], pairs: &BTreeMap<i32, Vec<String>>) {
    let states: Vec<&str> = STATES.iter().map(|state| state.name).collect();
    let tables = root.join("src/tables");
    let put = |name: &str, text: String| std::fs::write(tables.join(name), text).expect("a table is written");
    put("layout_lines.tsv", table("which printed lines are one block", &models.lines, &LINE_STATES, &[]));
    put("layout_blocks.tsv", table("labels and borders of blocks, first look", &models.blocks, &states, &[]));
    put(
        "layout_articles.tsv",
        table("labels and borders of blocks, second look", &models.articles, &states, calibration),
    );
    put("layout_pairs.tsv", pair_table(pairs));
}

fn heading(what: &str) -> String {
    format!(
        "# Weights: {what}.\n#\n# Made by `cargo bench --bench layout_models -- train` (benches/layout_models) from real and composed pages of several sources;\n# what they are worth on sources left out is in benches/results. Do not edit by hand.\n# Origin:  own work for baoku: weights learned; no text of the sources is kept.\n# Licence: MIT OR Apache-2.0\n# Date:    2026-11-30\n#\n# states   names of the states\n# start    hundredths of a point of each state where a page begins\n# after    the same of a state (column) after another (row); - where one never follows\n# seen     of what (border, label, join, a story begun by its form), stated probability, share that was right on pages left out\n# others   a feature, and what it gives to states, state:hundredths\n"
    )
}

fn hundredths(points: f32) -> String {
    if points <= NEVER / 2.0 { "-".into() } else { format!("{}", (points * 100.0).round() as i32) }
}

fn table(what: &str, chain: &Crf, states: &[&str], calibration: &[Seen]) -> String {
    let mut text = heading(what);
    let row = |values: &[f32]| values.iter().map(|points| hundredths(*points)).collect::<Vec<_>>().join("\t");
    let _ = writeln!(text, "states\t{}", states.join("\t"));
    let _ = writeln!(text, "start\t{}", row(&chain.start));
    for (name, values) in states.iter().zip(chain.transitions.chunks(chain.states)) {
        let _ = writeln!(text, "after\t{name}\t{}", row(values));
    }
    for (what, stated, seen) in calibration {
        let _ = writeln!(text, "seen\t{what}\t{stated:.3}\t{seen:.3}");
    }
    let mut features: Vec<(&String, &[f32])> = chain.names.iter().zip(chain.weights.chunks(chain.states)).collect();
    features.sort_by_key(|feature| feature.0);
    for (name, weights) in features {
        let cells = weights.iter().zip(states).filter(|cell| *cell.0 != 0.0);
        let cells: Vec<String> = cells.map(|(points, state)| format!("{state}:{}", hundredths(*points))).collect();
        let _ = writeln!(text, "{name}\t{}", cells.join("\t"));
    }
    text
}

fn pair_table(pairs: &BTreeMap<i32, Vec<String>>) -> String {
    let mut text = String::from(
        "# The 9,000 most frequent pairs of Han characters of Chinese news, by what one says of its text.\n#\n# Source:  counted over 15,000 items of television news, 2012-2026, by `cargo bench --bench layout_models -- train`. Facts (counts).\n# Licence: MIT OR Apache-2.0\n# Date:    2026-11-30\n#\n# tenths of the logarithm of (texts / texts with the pair), pairs\n",
    );
    for (tenths, list) in pairs {
        let _ = writeln!(text, "{tenths}\t{}", list.join(" "));
    }
    text
}

/// A row of what was stated: of what, stated, seen.
pub(crate) type Seen = (String, f32, f32);

/// Groups of what was stated, and the share that was right in each.
pub(crate) fn write_calibration(root: &Path, stated: &[(CalibratedOutput, f32, bool)]) {
    let mut text = String::from("# of what\tstated\tseen\tblocks\n");
    for what in CalibratedOutput::ALL {
        let mut own: Vec<(f32, bool)> = stated.iter().filter(|row| row.0 == what).map(|row| (row.1, row.2)).collect();
        own.sort_by(|a, b| a.0.total_cmp(&b.0));
        groups(&own).into_iter().for_each(|row| _ = writeln!(text, "{}\t{row}", what.name()));
    }
    println!("\n{text}");
    std::fs::write(root.join(CALIBRATION), text).expect("a table is written");
}

/// Rows of what was stated, ascending: mean, share that was right, number; small groups are left out.
fn groups(sorted: &[(f32, bool)]) -> Vec<String> {
    let mut rows = Vec::new();
    let mut from = 0;
    for end in [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.01] {
        let to = sorted.partition_point(|row| row.0 <= end);
        let group = &sorted[from..to];
        from = to;
        if group.len() >= 30 {
            let mean = group.iter().map(|row| row.0).sum::<f32>() / group.len() as f32;
            let right = group.iter().filter(|row| row.1).count() as f32 / group.len() as f32;
            rows.push(format!("{mean:.3}\t{right:.3}\t{}", group.len()));
        }
    }
    rows
}

/// What was seen last time.
pub(crate) fn calibration(root: &Path) -> Vec<Seen> {
    let text = std::fs::read_to_string(root.join(CALIBRATION)).unwrap_or_default();
    let row = |line: &str| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.next()?.parse().ok()?, cells.next()?.parse().ok()?))
    };
    text.lines().filter_map(row).collect()
}
