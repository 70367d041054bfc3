//! `corrections.toml`: what editors correct. It is read as a whole; an entry is changed in place, so that an editor's
//! remarks, order and blank lines stay.

use super::CorpusLimits;
use super::sidecar::{SidecarError, SidecarFile};
use crate::model::{ArticleId, Correction, Corrections, DateSpan};
use std::collections::BTreeMap;
use std::path::Path;
use toml_edit::{ArrayOfTables, DocumentMut, Item, RawString, Table, TomlError, Value, value};

/// The name of the file, beside the folder of the corpus.
pub const CORRECTIONS: &str = "corrections.toml";

/// The name of the array of entries.
const ENTRIES: &str = "correction";

/// How a new file begins.
const HEAD: &str = "# Corrections by editors. `baoku correct` writes this file, `baoku ingest` reads it.\n";

/// What an entry looks like.
const FORM: &str = "an entry is [[correction]] with `id` and some of region, date, topics, title, withdraw";

/// One entry as it is written.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionEntry {
    id: ArticleId,
    region: Option<String>,
    date: Option<String>,
    topics: Option<Vec<String>>,
    title: Option<String>,
    withdraw: Option<String>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionsFile {
    #[serde(default)]
    correction: Vec<CorrectionEntry>,
}

/// The corrections of a file; none where there is no file.
///
/// # Errors
/// [`SidecarError`], which names the file, the line and a hint.
pub fn read_corrections(file: &Path, limits: &CorpusLimits) -> Result<Corrections, SidecarError> {
    let stated = SidecarFile { file, form: FORM, most: limits.stated_bytes };
    let mut corrections = BTreeMap::new();
    for entry in stated.read::<CorrectionsFile>()?.unwrap_or_default().correction {
        let id = entry.id;
        let correction =
            correction(entry).map_err(|reason| stated.malformed(format!("correction of {id}: {reason}")))?;
        if corrections.insert(id, correction).is_some() {
            return Err(stated.malformed(format!("{id} has two entries; make them one")));
        }
    }
    Ok(Corrections(corrections))
}

fn correction(entry: CorrectionEntry) -> Result<Correction, String> {
    let date = entry.date.map(|date| date.parse::<DateSpan>().map_err(|error| error.to_string())).transpose()?;
    if entry.withdraw.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        return Err("`withdraw` gives no reason; readers will be shown it".into());
    }
    let CorrectionEntry { region, topics, title, withdraw, .. } = entry;
    Ok(Correction { region, date, topics, title, withdraw })
}

/// Writes what a file says of one article, or takes it out. All else in the file stays as it stands.
///
/// # Errors
/// [`SidecarError`], as of [`read_corrections`], and where the file cannot be written.
pub fn write_correction(
    file: &Path,
    id: ArticleId,
    correction: Option<&Correction>,
    limits: &CorpusLimits,
) -> Result<(), SidecarError> {
    let stated = SidecarFile { file, form: FORM, most: limits.stated_bytes };
    let former = read_corrections(file, limits)?.0.remove(&id).unwrap_or_default();
    let text = stated.text()?.unwrap_or_else(|| HEAD.to_owned());
    let mut document: DocumentMut =
        text.parse().map_err(|error: TomlError| stated.malformed(error.to_string().trim().replace('\n', " ")))?;
    let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
    let mut entries = entries(&mut document);
    let place = entries.iter().position(|entry| id_of(entry) == Some(id));
    let trailing = match (place, correction) {
        (Some(at), Some(correction)) => {
            entries.get_mut(at).into_iter().for_each(|entry| change(entry, &former, correction));
            trailing
        }
        (Some(at), None) => remove(&mut entries, at, trailing),
        (None, Some(correction)) => {
            entries.push(entry(id, correction, &trailing));
            String::new()
        }
        (None, None) => return Ok(()),
    };
    document.insert(ENTRIES, Item::ArrayOfTables(entries));
    document.set_trailing(trailing);
    stated.replace(&document.to_string())
}

/// The entries, taken out of the document; an array of inline tables becomes one of tables.
fn entries(document: &mut DocumentMut) -> ArrayOfTables {
    let item = document.remove(ENTRIES).and_then(|item| item.into_array_of_tables().ok());
    item.unwrap_or_default()
}

fn id_of(entry: &Table) -> Option<ArticleId> {
    entry.get("id")?.as_str()?.parse().ok()
}

/// A new entry, below the remarks that end the file.
fn entry(id: ArticleId, correction: &Correction, above: &str) -> Table {
    let mut entry = Table::new();
    entry.insert("id", value(id.to_string()));
    change(&mut entry, &Correction::default(), correction);
    entry.decor_mut().set_prefix(format!("{above}\n"));
    entry
}

/// Writes the fields that differ from what the entry said.
fn change(entry: &mut Table, former: &Correction, correction: &Correction) {
    let strings = [
        ("region", &former.region, &correction.region),
        ("date", &former.date.map(|date| date.to_string()), &correction.date.map(|date| date.to_string())),
        ("title", &former.title, &correction.title),
        ("withdraw", &former.withdraw, &correction.withdraw),
    ];
    for (name, _, new) in strings.into_iter().filter(|(_, old, new)| old != new) {
        set(entry, name, new.as_ref().map(Value::from));
    }
    if former.topics != correction.topics {
        set(entry, "topics", correction.topics.as_ref().map(|topics| topics.iter().collect()));
    }
}

/// Sets a field, where it stands if it stands there, with the remark behind it.
fn set(entry: &mut Table, name: &str, new: Option<Value>) {
    match (entry.get_mut(name).and_then(Item::as_value_mut), new) {
        (Some(old), Some(mut new)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        (None, Some(new)) => _ = entry.insert(name, Item::Value(new)),
        (_, None) => _ = entry.remove(name),
    }
}

/// Takes an entry out, with the remark right above it; what is parted from it by a blank line stays. Gives what ends the
/// file.
fn remove(entries: &mut ArrayOfTables, at: usize, trailing: String) -> String {
    let above = |entry: &Table| entry.decor().prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
    let own = entries.get(at).map(above).unwrap_or_default();
    let kept = own.rfind("\n\n").map_or("", |end| &own[..=end]);
    entries.remove(at);
    match entries.get_mut(at) {
        Some(next) => {
            let below = above(next);
            next.decor_mut().set_prefix(format!("{kept}{below}"));
            trailing
        }
        None => format!("{kept}{trailing}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Corrections, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(CORRECTIONS);
        std::fs::write(&file, text).unwrap();
        read_corrections(&file, &CorpusLimits::default()).map_err(|error| error.to_string())
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
        let all = [(ArticleId::from_u64(7), one), (ArticleId::from_u64(9), two)];
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(CORRECTIONS);
        for (id, correction) in &all {
            write_correction(&file, *id, Some(correction), &CorpusLimits::default()).unwrap();
        }
        assert_eq!(read_corrections(&file, &CorpusLimits::default()).unwrap(), Corrections(all.clone().into()));
        for (id, _) in all {
            write_correction(&file, id, None, &CorpusLimits::default()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("{HEAD}"));
        assert_eq!(
            read_corrections(&folder.path().join("none.toml"), &CorpusLimits::default()).unwrap(),
            Corrections::default()
        );
    }

    /// A file as an editor keeps it.
    const KEPT: &str = "# 编辑部的订正，每周一由小张核对
# ----

[[correction]] # 电话里说的
title = '老会员'   # 原题排错
id = \"0000000000000009\"

topics = [
  \"帮扶\", # 总编定
]

# 还要问老王


# 这一条是周平和要求的
[[correction]]
id = \"0000000000000003\"
date = \"2014-01-02\" # 见报日
# 完
";

    fn changed(text: &str, id: u64, correction: Option<&Correction>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(CORRECTIONS);
        std::fs::write(&file, text).unwrap();
        write_correction(&file, ArticleId::from_u64(id), correction, &CorpusLimits::default()).unwrap();
        std::fs::read_to_string(&file).unwrap()
    }

    #[test]
    fn remarks_order_and_blank_lines_of_an_editor_stay() {
        let of = |id| read(KEPT).unwrap().0.remove(&ArticleId::from_u64(id)).unwrap_or_default();
        assert_eq!(changed(KEPT, 9, Some(&of(9))), KEPT, "nothing new");
        let redated = Correction { date: "2014-02".parse().ok(), ..of(3) };
        assert_eq!(changed(KEPT, 3, Some(&redated)), KEPT.replace("2014-01-02", "2014-02"));
        let retitled = Correction { title: Some("新题".into()), ..of(9) };
        assert_eq!(changed(KEPT, 9, Some(&retitled)), KEPT.replace("'老会员'", "\"新题\""));
        let added = Correction { region: Some("福建省".into()), ..of(5) };
        let entry = "\n[[correction]]\nid = \"0000000000000005\"\nregion = \"福建省\"\n";
        assert_eq!(changed(KEPT, 5, Some(&added)), format!("{KEPT}{entry}"));
        assert_eq!(changed("# 空\n", 5, Some(&added)), format!("# 空\n{entry}"));
        let own = KEPT.find("# 这一条是").unwrap();
        assert_eq!(changed(KEPT, 3, None), format!("{}# 完\n", &KEPT[..own - 1]));
        let (first, second) = (KEPT.find("\n[[").unwrap(), KEPT.find("\n# 还要问").unwrap());
        assert_eq!(changed(KEPT, 9, None), format!("{}{}", &KEPT[..first], &KEPT[second..]));
        assert_eq!(changed(KEPT, 5, None), KEPT, "there is none of it");
    }

    #[test]
    fn an_array_of_inline_tables_is_changed_too() {
        let inline = "correction = [{ id = \"0000000000000003\", title = \"一\" }]\n";
        let title = Correction { title: Some("二".into()), ..Correction::default() };
        for id in [3, 4] {
            let all = read(&changed(inline, id, Some(&title))).unwrap();
            assert_eq!(all.0[&ArticleId::from_u64(id)], title);
            assert_eq!(all.0.len(), id as usize - 2);
        }
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
