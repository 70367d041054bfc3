//! `baoku doctor`: what an archive lacks or is not sure of, and the command that mends it.

use super::terminal::terminal;
use super::{CommandResult, NOTHING, OK, archive_of, open, option, output, printable};
use crate::archive::Diagnosis;
use crate::config::Settings;
use crate::formats::check_json;
use crate::messages;
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
    let say = |words| terminal().say(words);
    let mut lines = vec![say(messages::files_known(found.files))];
    for one in &found.findings {
        lines.push(format!("\n{}", say(messages::finding(one))));
        lines.extend(one.examples.iter().map(|example| format!("    {example}")));
        lines.push(format!("  → {}", say(messages::remedy(one))));
    }
    lines.extend(found.findings.is_empty().then(|| say(messages::nothing_amiss())));
    lines.join("\n")
}
