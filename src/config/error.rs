//! What is wrong with a configuration.

use super::origin::ValueOrigin;
use std::path::PathBuf;

/// What is wrong with a configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: {source}; give a file that can be read with --config, or take BAOKU_CONFIG out of the environment", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// The file is no TOML.
    #[error("{}:{line}: {message}", file.display())]
    NotToml {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What the parser said.
        message: String,
    },
    /// There is no such key.
    #[error("{}: {name} is no key{}; `baoku config show` lists all keys", place(origin), meant(likely))]
    UnknownKey {
        /// Where it stands.
        origin: ValueOrigin,
        /// The name, as given.
        name: String,
        /// The key that is probably meant, as it would be written there.
        likely: Option<String>,
    },
    /// A key does not take this value.
    #[error("{}: {key} takes {takes}, not {value}", place(origin))]
    BadValue {
        /// Where it stands.
        origin: ValueOrigin,
        /// The key.
        key: &'static str,
        /// What it takes.
        takes: String,
        /// The value, as given.
        value: String,
    },
}

fn place(origin: &ValueOrigin) -> String {
    match origin {
        ValueOrigin::Environment(name) => name.clone(),
        ValueOrigin::Flag(name) => format!("--{name}"),
        ValueOrigin::Default | ValueOrigin::File { .. } => origin.to_string(),
    }
}

fn meant(likely: &Option<String>) -> String {
    likely.as_ref().map_or_else(String::new, |likely| format!("; did you mean {likely}?"))
}
