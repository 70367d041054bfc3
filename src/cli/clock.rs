//! The time now, as names of folders and reports hold it.

use super::CliError;
use crate::model::Date;
use std::time::SystemTime;

/// A time of a day in universal time.
pub(super) struct UtcTime {
    day: Date,
    seconds: u64,
}

impl UtcTime {
    pub(super) fn now() -> Result<Self, CliError> {
        let wrong = || CliError::Message("the clock of this machine is wrong by centuries".to_owned());
        let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_err(|_| wrong())?.as_secs();
        let days = i64::try_from(seconds / 86_400).map_err(|_| wrong())?;
        let day = Date::new(1970, 1, 1).and_then(|first| first.plus(days)).ok_or_else(wrong)?;
        Ok(Self { day, seconds: seconds % 86_400 })
    }

    fn parts(&self) -> (u64, u64, u64) {
        (self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60)
    }

    /// `20261130T144501Z`.
    pub(super) fn compact(&self) -> String {
        let (hours, minutes, seconds) = self.parts();
        format!("{:08}T{hours:02}{minutes:02}{seconds:02}Z", self.day.number())
    }

    /// `2026-11-30 14:45:01 UTC`.
    pub(super) fn readable(&self) -> String {
        let (hours, minutes, seconds) = self.parts();
        format!("{} {hours:02}:{minutes:02}:{seconds:02} UTC", self.day)
    }
}
