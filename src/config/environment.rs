//! The environment: `BAOKU_SERVE_LISTEN` sets `serve.listen`.

use super::error::ConfigError;
use super::file::CONFIG_VARIABLE;
use super::key::ConfigKey;
use super::key_kind::{RawValue, Written};
use super::origin::ValueOrigin;
use super::table::{config_keys, likely};
use super::terminal::LANGUAGE_VARIABLE;
use std::path::PathBuf;

/// What the variables of this program begin with.
pub const ENVIRONMENT_PREFIX: &str = "BAOKU_";

/// The variables that may set something. What is no text in a value is replaced by U+FFFD, and will not be found or understood.
pub fn environment() -> Vec<(String, String)> {
    let shared = |name: &str| config_keys().any(|key| key.shared_variable == Some(name));
    let ours = |name: &str| name.starts_with(ENVIRONMENT_PREFIX) || shared(name);
    let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
        Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
    };
    std::env::vars_os().filter_map(text).filter(|(name, _)| ours(name)).collect()
}

/// The arguments of this process, the program's name first.
pub fn arguments() -> Vec<std::ffi::OsString> {
    std::env::args_os().collect()
}

/// What a variable sets, and whether it belongs to this program alone.
pub(super) struct Assigned {
    pub(super) key: &'static ConfigKey,
    pub(super) origin: ValueOrigin,
    pub(super) given: RawValue,
    pub(super) shared: bool,
}

/// What the variables set, those that are shared with other programs first. Empty ones set nothing.
pub(super) fn assigned(variables: &[(String, String)]) -> Result<Vec<Assigned>, ConfigError> {
    let mut all = Vec::new();
    for (name, value) in variables.iter().filter(|(_, value)| !value.trim().is_empty()) {
        let shared = config_keys().find(|key| key.shared_variable == Some(name));
        let Some(key) = shared.or_else(|| config_keys().find(|key| key.variable() == *name)) else {
            check_unknown(name)?;
            continue;
        };
        let given = RawValue {
            written: Written::Untyped,
            texts: vec![value.clone()],
            shown: format!("`{value}`"),
            folder: PathBuf::new(),
        };
        all.push(Assigned { key, origin: ValueOrigin::Environment(name.clone()), given, shared: shared.is_some() });
    }
    all.sort_by_key(|assigned| !assigned.shared);
    Ok(all)
}

/// A variable that looks like one of ours is probably a mistake; others that begin like ours belong to tools around this program.
fn check_unknown(name: &str) -> Result<(), ConfigError> {
    let Some(own) =
        name.strip_prefix(ENVIRONMENT_PREFIX).filter(|_| ![CONFIG_VARIABLE, LANGUAGE_VARIABLE].contains(&name))
    else {
        return Ok(());
    };
    let in_table = ["SERVE_", "INGEST_", "LIMITS_"].iter().any(|table| own.starts_with(table));
    let variables = config_keys().map(|key| key.variable()).chain([CONFIG_VARIABLE.to_owned()]);
    let likely = likely(name, variables);
    if !in_table && likely.is_none() {
        return Ok(());
    }
    Err(ConfigError::UnknownKey { origin: ValueOrigin::Environment(name.to_owned()), name: name.to_owned(), likely })
}
