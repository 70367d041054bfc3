//! What is wrong with a configuration.

use super::origin::ValueOrigin;
use crate::messages::Bilingual;
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
        /// What it takes, in English.
        takes: String,
        /// The same in Chinese.
        takes_zh: String,
        /// The value, as given.
        value: String,
    },
}

impl ConfigError {
    /// The error in both languages.
    pub fn told(&self) -> Bilingual {
        let zh = match self {
            Self::Unreadable { file, source } => {
                format!("{}：{source}；请用 --config 给出能读的文件，或去掉环境变量 BAOKU_CONFIG", file.display())
            }
            Self::NotToml { file, line, message } => format!("{}:{line}：不是 TOML：{message}", file.display()),
            Self::UnknownKey { origin, name, likely } => {
                let meant = likely.as_ref().map_or_else(String::new, |likely| format!("；是不是想写 {likely}？"));
                format!("{}：没有 {name} 这个键{meant}；baoku config show 列出全部的键", place(origin))
            }
            Self::BadValue { origin, key, takes_zh, value, .. } => {
                format!("{}：{key} 应为{takes_zh}，不能是 {value}", place(origin))
            }
        };
        Bilingual { en: self.to_string(), zh }
    }
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
