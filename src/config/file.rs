//! The configuration file: which one, and what it sets.

use super::error::ConfigError;
use super::key::ConfigKey;
use super::key_kind::{RawValue, Written};
use super::origin::ValueOrigin;
use super::table::{config_keys, likely};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file in the working folder that is read without being named.
pub const CONFIG_FILE: &str = "baoku.toml";

/// The variable of the environment that names the file.
pub const CONFIG_VARIABLE: &str = "BAOKU_CONFIG";

/// The file that is named by a flag, else by the environment, else the one in the working folder, with its text.
pub(super) fn found(
    named: Option<&Path>,
    variables: &[(String, String)],
    working: &Path,
) -> Result<Option<(PathBuf, String)>, ConfigError> {
    let variable = variables.iter().find(|(name, value)| name == CONFIG_VARIABLE && !value.trim().is_empty());
    let named = named.map(Path::to_owned).or_else(|| variable.map(|(_, value)| PathBuf::from(value)));
    let is_named = named.is_some();
    let file = named.unwrap_or_else(|| PathBuf::from(CONFIG_FILE));
    match std::fs::read_to_string(working.join(&file)) {
        Ok(text) => Ok(Some((file, text))),
        Err(error) if error.kind() == ErrorKind::NotFound && !is_named => Ok(None),
        Err(source) => Err(ConfigError::Unreadable { file, source }),
    }
}

/// What a file sets.
pub(super) fn assigned(
    file: &Path,
    text: &str,
) -> Result<Vec<(&'static ConfigKey, ValueOrigin, RawValue)>, ConfigError> {
    let line = |at: usize| text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1;
    let document = DeTable::parse(text).map_err(|error| ConfigError::NotToml {
        file: file.to_owned(),
        line: line(error.span().map_or(0, |span| span.start)),
        message: error.message().trim_end().to_owned(),
    })?;
    let mut leaves = Vec::new();
    gather(document.get_ref(), "", &mut leaves);
    let folder = file.parent().unwrap_or(Path::new(""));
    let assigned = |leaf: Leaf| {
        let origin = ValueOrigin::File { file: file.to_owned(), line: line(leaf.at) };
        match config_keys().find(|key| key.name == leaf.name) {
            Some(key) => Ok((key, origin, given(leaf.value, &text[leaf.span], folder))),
            None => {
                let likely = likely(&leaf.name, config_keys().map(|key| key.name.to_owned()));
                Err(ConfigError::UnknownKey { origin, name: leaf.name, likely })
            }
        }
    };
    let mut all = leaves.into_iter().map(assigned).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|(key, ..)| key.name);
    Ok(all)
}

/// A name that has a value, and where it stands.
struct Leaf<'t, 'i> {
    name: String,
    at: usize,
    span: std::ops::Range<usize>,
    value: &'t DeValue<'i>,
}

/// The names below a table. A table that no key lies in is as a value.
fn gather<'t, 'i>(table: &'t DeTable<'i>, above: &str, leaves: &mut Vec<Leaf<'t, 'i>>) {
    for (key, value) in table.iter() {
        let name = format!("{above}{}", key.get_ref());
        let below = format!("{name}.");
        match value.get_ref() {
            DeValue::Table(inner) if config_keys().any(|key| key.name.starts_with(&below)) => {
                gather(inner, &below, leaves);
            }
            leaf => leaves.push(Leaf { name, at: key.span().start, span: value.span(), value: leaf }),
        }
    }
}

fn given(value: &DeValue<'_>, shown: &str, folder: &Path) -> RawValue {
    let one = |written, text: &str| (written, vec![text.to_owned()]);
    let (written, texts) = match value {
        DeValue::String(text) => one(Written::Text, text),
        DeValue::Integer(number) if number.radix() == 10 => one(Written::Number, number.as_str()),
        DeValue::Float(number) => one(Written::Number, number.as_str()),
        DeValue::Array(members) => {
            let texts: Option<Vec<String>> = members.iter().map(text_of).collect();
            texts.map_or((Written::Other, Vec::new()), |texts| (Written::List, texts))
        }
        _ => (Written::Other, Vec::new()),
    };
    let shown = shown.lines().next().unwrap_or_default().to_owned();
    RawValue { written, texts, shown, folder: folder.to_owned() }
}

fn text_of(value: &Spanned<DeValue<'_>>) -> Option<String> {
    value.get_ref().as_str().map(str::to_owned)
}
