//! Writes what was learned.

use baoku::tables::DateEvidence;
use std::collections::BTreeMap;
use std::path::Path;

/// The head of a table: its comment lines.
fn head(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("the table");
    text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

/// Replaces the learned tables, and prints the factors that stand in `date_evidence.toml`.
pub(crate) fn write(folder: &Path, table: &DateEvidence) {
    let path = folder.join("date_weights.tsv");
    let without_local: BTreeMap<String, Vec<f64>> = table
        .weights
        .iter()
        .filter(|(kind, _)| !table.stated.contains_key(*kind))
        .map(|(kind, weights)| (kind.clone(), less(weights, table.local.get(kind))))
        .collect();
    let row = |(kind, weights): (&String, &Vec<f64>)| {
        let weights: Vec<String> =
            weights.iter().map(|weight| format!("{}", (weight * 100.0).round() / 100.0)).collect();
        format!("{kind}\t{}\n", weights.join(" "))
    };
    std::fs::write(&path, head(&path) + &without_local.iter().map(row).collect::<String>()).expect("writing");
    let path = folder.join("date_words.tsv");
    let mut pairs: Vec<(&(char, char), &usize)> = table.pairs.iter().collect();
    pairs.sort();
    let row = |((a, b), number): (&(char, char), &usize)| {
        let row = &table.rows[*number];
        let present: String = row.present.iter().map(|weight| char::from((80 + i16::from(*weight)) as u8)).collect();
        let begun = row.begun.map_or_else(String::new, |begun| format!("\t{begun}"));
        format!("{a}{b}\t{present}{begun}\n")
    };
    std::fs::write(&path, head(&path) + &pairs.into_iter().map(row).collect::<String>()).expect("writing");
    println!(
        "[words] present = {:.4}, newer = [{:.2}, {:.2}]",
        table.words.present, table.words.newer[0], table.words.newer[1]
    );
}

fn less(weights: &[f64], local: Option<&Vec<f64>>) -> Vec<f64> {
    let zero = Vec::new();
    let more = local.unwrap_or(&zero).iter().copied().chain(std::iter::repeat(0.0));
    weights.iter().zip(more).map(|(weight, more)| weight - more).collect()
}
