//! Runs that follow the folders: a run is what tells the truth, a file event only says that one may be due.

use super::IngestOptions;
use crate::corpus::{FileEvents, FolderState, SettledFiles};
use crate::model::Outcome;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How folders are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchOptions {
    /// A run begins when nothing has changed for so long.
    pub quiet: Duration,
    /// A run begins so long after the first change, whatever goes on.
    pub longest: Duration,
    /// A file is read when it has not changed for so long.
    pub rest: Duration,
    /// A run begins after so long without any event: events may be missing.
    pub rescan: Duration,
}

impl Default for WatchOptions {
    fn default() -> Self {
        Self {
            quiet: Duration::from_millis(300),
            longest: Duration::from_secs(2),
            rest: Duration::from_secs(2),
            rescan: Duration::from_secs(300),
        }
    }
}

/// Between two looks at folders of which no events come.
const WITHOUT_EVENTS: Duration = Duration::from_secs(10);

/// Between two looks while files are being written.
const WHILE_WRITING: Duration = Duration::from_millis(500);

/// What a run of the watch ended in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchStep {
    /// All files were looked at.
    Done,
    /// So many files are still being written, or the index was busy: soon again.
    Unsettled,
    /// No more runs.
    Stop,
}

/// Follows the roots of `options` for as long as `run` wants: it is given the options of each run. `told`: hears that no file
/// events come, and why.
pub fn watch(
    options: &IngestOptions,
    how: WatchOptions,
    told: &dyn Fn(&str),
    run: &mut dyn FnMut(&IngestOptions) -> WatchStep,
) {
    let folders: Vec<PathBuf> = options.roots.iter().map(|root| root.folder.clone()).collect();
    let events = FileEvents::watch(&folders);
    if let Some(fault) = &events.fault {
        told(fault);
    }
    let rescan = if events.fault.is_some() { WITHOUT_EVENTS.min(how.rescan) } else { how.rescan };
    let settled = Arc::new(SettledFiles::after(how.rest));
    let options = IngestOptions { settled: Some(Arc::clone(&settled)), ..options.clone() };
    loop {
        let next = match run(&options) {
            WatchStep::Stop => return,
            WatchStep::Unsettled => WHILE_WRITING,
            WatchStep::Done => rescan,
        };
        if events.wait(next, how.quiet, how.longest) == FolderState::Quiet {
            settled.forget_old();
        }
    }
}

/// Whether a run of the watch has left files that are being written.
pub fn unsettled(report: &super::IngestReport) -> WatchStep {
    match report.outcomes().get(&Outcome::Changing) {
        Some(_) => WatchStep::Unsettled,
        None => WatchStep::Done,
    }
}
