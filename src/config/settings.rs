//! The values of all keys.

use crate::archive::ArchiveLimits;
use crate::corpus::CorpusLimits;
use crate::http::HttpLimits;
use crate::ingest::{IngestLimits, WatchOptions};
use crate::readers::ReaderLimits;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// The values of all keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The index folder.
    pub index: PathBuf,
    /// `serve.…`
    pub serve: ServeSettings,
    /// `ingest.…`
    pub ingest: IngestSettings,
    /// `limits.…`
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            index: PathBuf::from("index"),
            serve: ServeSettings::default(),
            ingest: IngestSettings::default(),
            limits: Limits::default(),
        }
    }
}

/// How the server is reached and what it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServeSettings {
    /// Where it listens, as HOST:PORT.
    pub listen: String,
    /// Names that it is asked under; empty: what the address allows.
    pub hosts: Vec<String>,
    /// Proxies before it.
    pub proxies: Vec<IpAddr>,
    /// What is logged, as levels by target.
    pub log: String,
    /// The folder to bring the index up to date with before serving.
    pub corpus: Option<PathBuf>,
}

impl Default for ServeSettings {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            hosts: Vec::new(),
            proxies: Vec::new(),
            log: "info".to_owned(),
            corpus: None,
        }
    }
}

/// How the index is brought up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IngestSettings {
    /// The file of corrections.
    pub corrections: Option<PathBuf>,
    /// The file of publishing days.
    pub calendar: Option<PathBuf>,
    /// Threads; `None`: one for each core.
    pub threads: Option<usize>,
    /// Memory for building the index, in MB.
    pub memory: usize,
    /// Source files after which a commit falls, in MB.
    pub commit_every: usize,
    /// Time without any file event after which watched folders are looked at again.
    pub rescan: Duration,
}

impl Default for IngestSettings {
    fn default() -> Self {
        Self {
            corrections: None,
            calendar: None,
            threads: None,
            memory: 200,
            commit_every: 64,
            rescan: WatchOptions::default().rescan,
        }
    }
}

/// The limits of all modules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// `limits.http.…`
    pub http: HttpLimits,
    /// `limits.archive.…`
    pub archive: ArchiveLimits,
    /// `limits.corpus.…`
    pub corpus: CorpusLimits,
    /// `limits.ingest.…`
    pub ingest: IngestLimits,
    /// `limits.readers.…`
    pub readers: ReaderLimits,
}
