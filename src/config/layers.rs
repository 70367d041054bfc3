//! The layers laid over each other: defaults, the file, the environment, flags.

use super::environment;
use super::error::ConfigError;
use super::file;
use super::key::ConfigKey;
use super::key_kind::{RawValue, Written};
use super::origin::ValueOrigin;
use super::settings::Settings;
use super::table::config_keys;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A flag that was given.
#[derive(Clone, Debug)]
pub struct FlagValue {
    /// Its key.
    pub key: &'static ConfigKey,
    /// Its values, as given.
    pub values: Vec<String>,
}

/// What configures a run.
#[derive(Clone, Debug, Default)]
pub struct ConfigSources {
    /// The file that a flag names.
    pub file: Option<PathBuf>,
    /// The folder that names of files begin at; empty: the working folder.
    pub working: PathBuf,
    /// Variables of the environment that may set something.
    pub variables: Vec<(String, String)>,
    /// The flags that were given.
    pub flags: Vec<FlagValue>,
}

/// Settings with the origin of each value.
#[derive(Debug, Default)]
pub struct Configuration {
    /// The values.
    pub settings: Settings,
    /// The file that was read.
    pub file: Option<PathBuf>,
    /// What was passed over: variables that all programs share, with a value that is not for this one.
    pub passed_over: Vec<ConfigError>,
    origins: BTreeMap<&'static str, ValueOrigin>,
}

/// A key with its value.
#[derive(Debug)]
pub struct ConfigRow<'a> {
    /// The key.
    pub key: &'static ConfigKey,
    /// Its value as JSON.
    pub value: serde_json::Value,
    /// Its value in words.
    pub text: String,
    /// Where it comes from.
    pub origin: &'a ValueOrigin,
}

impl Configuration {
    /// Reads all layers.
    ///
    /// # Errors
    /// [`ConfigError`]: the first that is wrong.
    pub fn load(sources: &ConfigSources) -> Result<Self, ConfigError> {
        let mut configuration = Self::default();
        if let Some((file, text)) = file::found(sources.file.as_deref(), &sources.variables, &sources.working)? {
            for (key, origin, given) in file::assigned(&file, &text)? {
                configuration.set(key, origin, &given)?;
            }
            configuration.file = Some(file);
        }
        for assigned in environment::assigned(&sources.variables)? {
            match configuration.set(assigned.key, assigned.origin, &assigned.given) {
                Err(error) if assigned.shared => configuration.passed_over.push(error),
                result => result?,
            }
        }
        for flag in &sources.flags {
            let origin = ValueOrigin::Flag(flag.key.flag.map_or("", |flag| flag.name).to_owned());
            let shown = flag.values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
            let given =
                RawValue { written: Written::Untyped, texts: flag.values.clone(), shown, folder: PathBuf::new() };
            configuration.set(flag.key, origin, &given)?;
        }
        Ok(configuration)
    }

    fn set(&mut self, key: &'static ConfigKey, origin: ValueOrigin, given: &RawValue) -> Result<(), ConfigError> {
        if key.kind.read(&mut self.settings, given).is_none() {
            let (takes, takes_zh, value) = (key.takes(), key.takes_zh(), given.shown.clone());
            return Err(ConfigError::BadValue { origin, key: key.name, takes, takes_zh, value });
        }
        self.origins.insert(key.name, origin);
        Ok(())
    }

    /// Where the value of a key comes from.
    pub fn origin(&self, key: &ConfigKey) -> &ValueOrigin {
        self.origins.get(key.name).unwrap_or(&ValueOrigin::Default)
    }

    /// All keys with their values, in the order of the table.
    pub fn rows(&self) -> impl Iterator<Item = ConfigRow<'_>> {
        config_keys().map(|key| ConfigRow {
            key,
            value: key.value(&self.settings),
            text: key.text(&self.settings),
            origin: self.origin(key),
        })
    }
}
