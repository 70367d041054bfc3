//! `corrections.toml`: what editors correct, read and written as a whole.

use super::stated::{Stated, StatedError};
use crate::model::{ArticleId, Correction, Corrections, DateSpan};
use std::collections::BTreeMap;
use std::path::Path;

/// The name of the file, beside the folder of the corpus.
pub const CORRECTIONS: &str = "corrections.toml";

/// What an entry looks like.
const FORM: &str = "an entry is [[correction]] with `id` and some of region, date, topics, title, withdraw";

/// One entry as it is written.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: ArticleId,
    region: Option<String>,
    date: Option<String>,
    topics: Option<Vec<String>>,
    title: Option<String>,
    withdraw: Option<String>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    correction: Vec<Entry>,
}

/// The corrections of a file; none where there is no file.
///
/// # Errors
/// [`StatedError`], which names the file, the line and the way out.
pub fn read_corrections(file: &Path) -> Result<Corrections, StatedError> {
    let stated = Stated { file, form: FORM };
    let mut corrections = BTreeMap::new();
    for entry in stated.read::<File>()?.unwrap_or_default().correction {
        let id = entry.id;
        let correction =
            correction(entry).map_err(|reason| stated.malformed(format!("correction of {id}: {reason}")))?;
        if corrections.insert(id, correction).is_some() {
            return Err(stated.malformed(format!("{id} has two entries; make them one")));
        }
    }
    Ok(Corrections(corrections))
}

fn correction(entry: Entry) -> Result<Correction, String> {
    let date = entry.date.map(|date| date.parse::<DateSpan>().map_err(|error| error.to_string())).transpose()?;
    if entry.withdraw.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        return Err("`withdraw` gives no reason; readers will be shown it".into());
    }
    let Entry { region, topics, title, withdraw, .. } = entry;
    Ok(Correction { region, date, topics, title, withdraw })
}

/// Writes a file of corrections: beside itself first, so that a cut leaves the old one whole. Remarks in the file are
/// not kept.
///
/// # Errors
/// [`StatedError::File`].
pub fn write_corrections(file: &Path, corrections: &Corrections) -> Result<(), StatedError> {
    Stated { file, form: FORM }.replace(&text(corrections))
}

fn text(corrections: &Corrections) -> String {
    let mut text =
        String::from("# Corrections by editors. `baoku correct` writes this file, `baoku ingest` reads it.\n");
    for (id, correction) in &corrections.0 {
        text.push_str(&format!("\n[[correction]]\nid = \"{id}\"\n"));
        let date = correction.date.map(|date| date.to_string());
        let fields = [
            ("region", &correction.region),
            ("date", &date),
            ("title", &correction.title),
            ("withdraw", &correction.withdraw),
        ];
        for (name, value) in fields.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
            text.push_str(&format!("{name} = {}\n", quoted(value)));
        }
        if let Some(topics) = &correction.topics {
            let topics: Vec<String> = topics.iter().map(|topic| quoted(topic)).collect();
            text.push_str(&format!("topics = [{}]\n", topics.join(", ")));
        }
    }
    text
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => format!("\\u{:04X}", c as u32),
            c => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Corrections, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(CORRECTIONS);
        std::fs::write(&file, text).unwrap();
        read_corrections(&file).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let one = Correction {
            region: Some(String::new()),
            date: "2014-01".parse().ok(),
            topics: Some(vec!["送温暖".into()]),
            title: Some("一\"二\\三\n四\u{1}".into()),
            withdraw: None,
        };
        let two = Correction { withdraw: Some("人名有误".into()), ..Correction::default() };
        let all = Corrections([(ArticleId::from_u64(7), one), (ArticleId::from_u64(9), two)].into());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(CORRECTIONS);
        write_corrections(&file, &all).unwrap();
        assert_eq!(read_corrections(&file).unwrap(), all);
        assert_eq!(read_corrections(&folder.path().join("none.toml")).unwrap(), Corrections::default());
    }

    #[test]
    fn every_fault_has_a_message() {
        let id = "[[correction]]\nid = \"000000000000000a\"\n";
        for (text, part) in [
            ("[[correction]\n", "line 1"),
            ("[[correction]]\nid = \"zz\"\n", "zz"),
            ("[[correction]]\nregion = \"x\"\n", "id"),
            (&format!("{id}colour = \"red\"\n"), "colour"),
            (&format!("{id}date = \"2014-13\"\n"), "2014-13"),
            (&format!("{id}withdraw = \" \"\n"), "no reason"),
            (&format!("{id}{id}"), "two entries"),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.contains(part) && error.contains(CORRECTIONS), "{text}: {error}");
        }
    }
}
