//! What kinds of values keys take: reading, checking, and showing them.

use super::settings::Settings;
use serde_json::{Value, json};
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;
use tracing_subscriber::filter::Targets;

/// A field of the settings.
type At<T> = fn(&mut Settings) -> &mut T;

/// The kind of a key's value, and the field that holds it.
pub(super) enum KeyKind {
    /// A whole number.
    Count { least: usize, most: usize, at: At<usize> },
    /// A whole number, or what the program finds fit; `unset` says in English and Chinese what that is.
    OptionalCount { least: usize, most: usize, unset: [&'static str; 2], at: At<Option<usize>> },
    /// A whole number of 64 bits.
    Size { least: u64, most: u64, at: At<u64> },
    /// A time; its ends in milliseconds.
    Time { least: u64, most: u64, at: At<Duration> },
    /// HOST:PORT.
    Address(At<String>),
    /// Levels of the log by target.
    LogLevels(At<String>),
    /// Names of hosts.
    Hosts { unset: [&'static str; 2], at: At<Vec<String>> },
    /// Addresses of machines.
    Machines { unset: [&'static str; 2], at: At<Vec<IpAddr>> },
    /// A file or folder.
    Path(At<PathBuf>),
    /// A file or folder, or none.
    OptionalPath { unset: [&'static str; 2], at: At<Option<PathBuf>> },
    /// A folder of pages, as DIR or NAME=DIR, or none.
    OptionalRoot { unset: [&'static str; 2], at: At<Option<PathBuf>> },
}

/// How a value was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// As text that may be anything: in the environment, or after a flag.
    Untyped,
    /// As a text of TOML.
    Text,
    /// As a number of TOML.
    Number,
    /// As a list of texts of TOML.
    List,
    /// As something that no key takes.
    Other,
}

/// A value as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawValue {
    pub(super) written: Written,
    /// Its texts; one but for lists.
    pub(super) texts: Vec<String>,
    /// The value as it stands there, for messages.
    pub(super) shown: String,
    /// The folder that a relative path begins at; empty: the working folder.
    pub(super) folder: PathBuf,
}

impl fmt::Debug for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.takes(""))
    }
}

/// A number with one to three decimals at most, or none.
fn seconds(milliseconds: u64) -> Value {
    if milliseconds.is_multiple_of(1000) { json!(milliseconds / 1000) } else { json!(milliseconds as f64 / 1000.0) }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn time(text: &str) -> Option<Duration> {
    let seconds: f64 = text.parse().ok()?;
    // Longer times are beyond every range, and their milliseconds must not overflow.
    (0.0..=1e9).contains(&seconds).then(|| Duration::from_millis((seconds * 1000.0).round() as u64))
}

/// A text as HOST:PORT.
fn address(text: &str) -> Option<String> {
    let (host, port) = text.rsplit_once(':')?;
    let is_address = !host.is_empty() && port.parse::<u16>().is_ok();
    is_address.then(|| text.to_owned())
}

/// A folder of pages; what stands before `=` is its name, as for [`crate::corpus::Root::parse`].
fn root(text: &str, folder: &Path) -> PathBuf {
    let whole = folder.join(text);
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && !name.contains('/') && !whole.is_dir() => {
            format!("{name}={}", folder.join(path).display()).into()
        }
        _ => whole,
    }
}

fn number<T: FromStr + PartialOrd>(text: &str, least: T, most: T) -> Option<T> {
    text.parse().ok().filter(|number| (least..=most).contains(number))
}

impl KeyKind {
    /// Takes a value over; `None` where it is none of this kind or out of range.
    pub(super) fn read(&self, settings: &mut Settings, given: &RawValue) -> Option<()> {
        if !self.is_written_as(given.written) {
            return None;
        }
        let whole = if self.is_list() { "" } else { given.texts.first()?.as_str() };
        let (text, folder) = (whole.trim(), &given.folder);
        let path = |path: PathBuf| (!text.is_empty()).then_some(path);
        match self {
            Self::Count { least, most, at } => *at(settings) = number(text, *least, *most)?,
            Self::OptionalCount { least, most, at, .. } => *at(settings) = Some(number(text, *least, *most)?),
            Self::Size { least, most, at } => *at(settings) = number(text, *least, *most)?,
            Self::Time { least, most, at } => {
                *at(settings) = time(text).filter(|time| (*least..=*most).contains(&milliseconds(*time)))?;
            }
            Self::Address(at) => *at(settings) = address(text)?,
            Self::LogLevels(at) => {
                Targets::from_str(text).ok().filter(|_| !text.is_empty())?;
                text.clone_into(at(settings));
            }
            Self::Hosts { at, .. } => *at(settings) = listed(given, |text| Some(text.to_owned()))?,
            Self::Machines { at, .. } => *at(settings) = listed(given, |text| text.parse().ok())?,
            Self::Path(at) => *at(settings) = path(folder.join(whole))?,
            Self::OptionalPath { at, .. } => *at(settings) = Some(path(folder.join(whole))?),
            Self::OptionalRoot { at, .. } => *at(settings) = Some(path(root(whole, folder))?),
        }
        Some(())
    }

    fn is_written_as(&self, written: Written) -> bool {
        let typed = match self {
            Self::Count { .. } | Self::OptionalCount { .. } | Self::Size { .. } | Self::Time { .. } => Written::Number,
            Self::Hosts { .. } | Self::Machines { .. } => Written::List,
            Self::Address(_)
            | Self::LogLevels(_)
            | Self::Path(_)
            | Self::OptionalPath { .. }
            | Self::OptionalRoot { .. } => Written::Text,
        };
        written == typed || written == Written::Untyped
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::Hosts { .. } | Self::Machines { .. })
    }

    /// What stands in where nothing is set.
    pub(super) fn unset(&self) -> Option<[&'static str; 2]> {
        match self {
            Self::OptionalCount { unset, .. }
            | Self::Hosts { unset, .. }
            | Self::Machines { unset, .. }
            | Self::OptionalPath { unset, .. }
            | Self::OptionalRoot { unset, .. } => Some(*unset),
            _ => None,
        }
    }

    /// The value as JSON, which is a value of TOML as well; null where none is set.
    pub(super) fn value(&self, settings: &mut Settings) -> Value {
        match self {
            Self::Count { at, .. } => json!(at(settings)),
            Self::OptionalCount { at, .. } => json!(at(settings)),
            Self::Size { at, .. } => json!(at(settings)),
            Self::Time { at, .. } => seconds(milliseconds(*at(settings))),
            Self::Address(at) | Self::LogLevels(at) => json!(at(settings)),
            Self::Hosts { at, .. } => json!(at(settings)),
            Self::Machines { at, .. } => at(settings).iter().map(IpAddr::to_string).collect(),
            Self::Path(at) => json!(at(settings).to_string_lossy()),
            Self::OptionalPath { at, .. } | Self::OptionalRoot { at, .. } => {
                at(settings).as_ref().map_or(Value::Null, |path| json!(path.to_string_lossy()))
            }
        }
    }

    /// What is taken, in words.
    pub(super) fn takes(&self, unit: &str) -> String {
        let of = if unit.is_empty() { String::new() } else { format!(" of {unit}") };
        match self {
            Self::Count { least, most, .. } | Self::OptionalCount { least, most, .. } => {
                format!("a whole number{of} from {least} to {most}")
            }
            Self::Size { least, most, .. } => format!("a whole number{of} from {least} to {most}"),
            Self::Time { least, most, .. } => format!("a number{of} from {} to {}", seconds(*least), seconds(*most)),
            Self::Address(_) => "an address as HOST:PORT".to_owned(),
            Self::LogLevels(_) => {
                "a level (off, error, warn, info, debug, trace), or levels by target such as warn,access=info"
                    .to_owned()
            }
            Self::Hosts { .. } => "a list of names".to_owned(),
            Self::Machines { .. } => "a list of IP addresses".to_owned(),
            Self::Path(_) | Self::OptionalPath { .. } | Self::OptionalRoot { .. } => "a path".to_owned(),
        }
    }

    /// What is taken, in Chinese words.
    pub(super) fn takes_zh(&self, unit: &str) -> String {
        let of = if unit.is_empty() { String::new() } else { format!("（{unit}）") };
        match self {
            Self::Count { least, most, .. } | Self::OptionalCount { least, most, .. } => {
                format!(" {least} 到 {most} 的整数{of}")
            }
            Self::Size { least, most, .. } => format!(" {least} 到 {most} 的整数{of}"),
            Self::Time { least, most, .. } => format!(" {} 到 {} 的数{of}", seconds(*least), seconds(*most)),
            Self::Address(_) => "地址，写作 HOST:PORT".to_owned(),
            Self::LogLevels(_) => {
                "级别（off、error、warn、info、debug、trace），或分开定，如 warn,access=info".to_owned()
            }
            Self::Hosts { .. } => "名称的列表".to_owned(),
            Self::Machines { .. } => " IP 地址的列表".to_owned(),
            Self::Path(_) | Self::OptionalPath { .. } | Self::OptionalRoot { .. } => "路径".to_owned(),
        }
    }

    /// What a value is called in help.
    pub(super) fn placeholder(&self, unit: &str) -> &'static str {
        match self {
            Self::Time { .. } => "SECONDS",
            Self::Count { .. } | Self::OptionalCount { .. } | Self::Size { .. } if unit == "MB" => "MB",
            Self::Count { .. } | Self::OptionalCount { .. } | Self::Size { .. } => "N",
            Self::Address(_) | Self::Machines { .. } => "ADDRESS",
            Self::LogLevels(_) => "LEVELS",
            Self::Hosts { .. } => "NAME",
            Self::Path(_) | Self::OptionalPath { .. } | Self::OptionalRoot { .. } => "PATH",
        }
    }
}

/// The members of a list, each read. The environment separates them by commas.
fn listed<T>(given: &RawValue, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let separated = |text: &String| text.split(',').map(|text| text.trim().to_owned()).collect::<Vec<_>>();
    let texts: Vec<String> = match given.written {
        Written::Untyped => given.texts.iter().flat_map(separated).collect(),
        _ => given.texts.clone(),
    };
    texts.iter().map(|text| read(text).filter(|_| !text.is_empty())).collect()
}
