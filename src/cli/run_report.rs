//! The file of `baoku ingest --report`.

use super::clock::UtcTime;
use super::terminal::terminal;
use super::{CliError, option};
use crate::formats::ingest_report::{self, ReportedRun};
use crate::ingest::{IngestOptions, IngestReport, RunFigures};
use crate::messages::{self, ReportDetail};
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReportForm {
    Text,
    Json,
    Html,
}

/// The file that a report goes to.
pub(super) struct ReportFile {
    file: PathBuf,
    form: ReportForm,
}

impl ReportFile {
    /// The file that was named, which can be written: a run of hours must not end with a report that cannot be.
    pub(super) fn named(matches: &ArgMatches) -> Result<Option<Self>, CliError> {
        let Some(file) = option(matches, "report").map(PathBuf::from) else { return Ok(None) };
        let form = match option(matches, "report-format") {
            Some("html") => ReportForm::Html,
            Some("text") => ReportForm::Text,
            Some(_) => ReportForm::Json,
            None => form_of(&file),
        };
        let opened = std::fs::OpenOptions::new().append(true).create(true).open(&file);
        opened.map_err(|error| failed(&file, &error))?;
        Ok(Some(Self { file, form }))
    }

    /// Writes the report.
    pub(super) fn write(
        &self,
        report: &IngestReport,
        figures: &RunFigures,
        options: &IngestOptions,
        dry_run: bool,
    ) -> Result<(), CliError> {
        let ended = UtcTime::now()?.readable();
        let run = ReportedRun { report, options, figures, dry_run, ended: &ended };
        let text = match self.form {
            ReportForm::Html => ingest_report::html(&run),
            ReportForm::Json => ingest_report::json(&run),
            ReportForm::Text => messages::ingest_report(report, figures, ReportDetail::All, terminal().language),
        };
        std::fs::write(&self.file, text).map_err(|error| failed(&self.file, &error))
    }
}

fn form_of(file: &Path) -> ReportForm {
    let extension = file.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "html" | "htm" => ReportForm::Html,
        "txt" | "text" | "log" => ReportForm::Text,
        _ => ReportForm::Json,
    }
}

fn failed(file: &Path, error: &std::io::Error) -> CliError {
    CliError::Told(messages::report_failed(file, error))
}
