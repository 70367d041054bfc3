//! Configuration: defaults, then a file, then the environment, then flags; each value with its origin. What can be set is one
//! table, [`config_keys`]: reading, checks, `baoku config show`, the commented file and the flags of commands are made of it.
//!
//! To add a key: a field of [`Settings`] and a row.

mod commented;
mod environment;
mod error;
mod file;
mod key;
mod key_kind;
mod layers;
mod limit_keys;
mod limit_keys_reading;
mod origin;
mod settings;
mod table;
mod terminal;

pub use commented::commented;
pub use environment::{ENVIRONMENT_PREFIX, arguments, environment};
pub use error::ConfigError;
pub use file::{CONFIG_FILE, CONFIG_VARIABLE};
pub use key::{CommandFlag, ConfigKey};
pub use layers::{ConfigRow, ConfigSources, Configuration, FlagValue};
pub use origin::ValueOrigin;
pub use settings::{IngestSettings, Limits, ServeSettings, Settings};
pub use table::{config_keys, flags_of};
pub use terminal::{LANGUAGE_VARIABLE, TerminalEnvironment};
