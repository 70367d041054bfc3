//! `baoku doctor`: what an archive lacks or is not sure of, and the command that mends it.

use super::{CommandResult, NOTHING, OK, archive_of, open, option, output, printable};
use crate::archive::Diagnosis;
use crate::config::Settings;
use crate::formats::check_json;
use crate::messages::{finding, remedy};
use clap::ArgMatches;

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let archive = archive_of(open(settings)?, settings);
    let found = archive.now()?.diagnosis(&crate::ingest::rules())?;
    let text = if option(matches, "format") == Some("json") { check_json::diagnosis(&found) } else { text(&found) };
    output(&printable(&text))?;
    // As for a search: nothing was found.
    Ok(if found.findings.is_empty() { NOTHING } else { OK })
}

fn text(found: &Diagnosis) -> String {
    let mut text = format!("{} files\n", found.files);
    for one in &found.findings {
        text.push_str(&format!("\n{}\n", finding(one).en));
        one.examples.iter().for_each(|example| text.push_str(&format!("    {example}\n")));
        text.push_str(&format!("  → {}\n", remedy(one).en));
    }
    if found.findings.is_empty() {
        text.push_str("nothing is amiss\n");
    }
    text
}
