//! When newspapers appear.

use serde::de::DeserializeOwned;

pub(super) const TEXT: &str = include_str!("calendar.toml");

/// The table, read as the caller's type: that of `model`, which a file of an archive is read as too.
pub fn calendar_table<T: DeserializeOwned>() -> T {
    super::embedded(TEXT)
}
