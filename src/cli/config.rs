//! `baoku config`: what is configured, and where it comes from. And the way from the command line to the configuration.

use super::{CliError, CommandResult, OK, message, option, output, printable};
use crate::config::{ConfigRow, ConfigSources, Configuration, FlagValue, commented, environment, flags_of};
use clap::ArgMatches;
use clap::parser::ValueSource;
use serde_json::json;
use std::path::PathBuf;

/// The configuration of a command.
pub(super) fn load(command: &str, matches: &ArgMatches) -> Result<Configuration, CliError> {
    let was_given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
    let values = |name: &str| matches.get_many::<String>(name).into_iter().flatten().cloned().collect();
    let given = flags_of(command).filter(|(flag, _)| was_given(flag.name));
    let sources = ConfigSources {
        file: option(matches, "config").map(PathBuf::from),
        working: PathBuf::new(),
        variables: environment(),
        flags: given.map(|(flag, key)| FlagValue { key, values: values(flag.name) }).collect(),
    };
    Ok(Configuration::load(&sources)?)
}

/// Tells of variables with values that only other programs understand.
pub(super) fn tell_passed_over(configuration: &Configuration) {
    configuration.passed_over.iter().for_each(|error| message(&format!("{error}; passed over")));
}

pub(super) fn run(matches: &ArgMatches) -> CommandResult {
    // There is one subcommand.
    let Some((_, matches)) = matches.subcommand() else { return Ok(OK) };
    if matches.get_flag("commented") {
        output(&commented())?;
        return Ok(OK);
    }
    let configuration = load("config", matches)?;
    tell_passed_over(&configuration);
    let text = match option(matches, "format") {
        Some("json") => as_json(&configuration),
        _ => printable(&as_text(&configuration)),
    };
    output(&text)?;
    Ok(OK)
}

fn as_text(configuration: &Configuration) -> String {
    let file = configuration.file.as_ref().map_or_else(|| "none".to_owned(), |file| file.display().to_string());
    let row = |row: ConfigRow<'_>| {
        let unit = if row.key.unit.is_empty() { String::new() } else { format!(" {}", row.key.unit) };
        format!("{} = {}{unit}  ({})\n    {}\n", row.key.name, row.text, row.origin, row.key.doc)
    };
    format!("file: {file}\n{}", configuration.rows().map(row).collect::<String>())
}

fn as_json(configuration: &Configuration) -> String {
    let row = |row: ConfigRow<'_>| {
        json!({
            "key": row.key.name,
            "value": row.value,
            "text": row.text,
            "unit": row.key.unit,
            "origin": row.origin.to_string(),
            "default": row.key.default_text(),
            "takes": row.key.takes(),
            "variable": row.key.variable(),
            "flag": row.key.flag.map(|flag| flag.name),
            "doc": row.key.doc,
            "doc_zh": row.key.zh,
        })
    };
    let file = configuration.file.as_ref().map(|file| file.display().to_string());
    let whole = json!({ "file": file, "keys": configuration.rows().map(row).collect::<Vec<_>>() });
    format!("{whole:#}\n")
}
