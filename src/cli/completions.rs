//! `baoku completions` and `baoku man`: what shells and man(1) need, made of the command line itself.

use super::terminal::terminal;
use super::{CliError, CommandResult, OK, args, message, option, output};
use crate::messages;
use clap::{ArgMatches, Command};
use clap_complete::Shell;
use clap_mangen::Man;
use std::path::Path;

pub(super) fn completions(matches: &ArgMatches) -> CommandResult {
    // The shell is required.
    let Some(shell) = matches.get_one::<Shell>("shell") else { return Ok(OK) };
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut args::command_in(terminal().language), "baoku", &mut script);
    output(&String::from_utf8_lossy(&script))?;
    Ok(OK)
}

pub(super) fn man(matches: &ArgMatches) -> CommandResult {
    let mut command = args::command_in(terminal().language);
    command.build();
    let Some(folder) = option(matches, "folder") else {
        output(&page(command)?)?;
        return Ok(OK);
    };
    let mut pages = vec![(command.get_name().to_owned(), command.clone())];
    pages.extend(command.get_subcommands().filter(|below| below.get_name() != "help").map(|below| {
        let name = format!("baoku-{}", below.get_name());
        (name.clone(), below.clone().name(name))
    }));
    for (name, command) in pages {
        write(Path::new(folder), &format!("{name}.1"), &page(command)?)?;
    }
    message(folder);
    Ok(OK)
}

fn page(command: Command) -> Result<String, CliError> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), CliError> {
    let failed = |error: std::io::Error| CliError::Message(format!("{}: {error}", folder.join(name).display()));
    std::fs::create_dir_all(folder).map_err(failed)?;
    std::fs::write(folder.join(name), text).map_err(failed)
}

/// `baoku help [COMMAND]`.
pub(super) fn help(matches: &ArgMatches) -> CommandResult {
    let mut command = args::command_in(terminal().language);
    command.build();
    let Some(name) = option(matches, "command") else {
        output(&command.render_help().to_string())?;
        return Ok(OK);
    };
    let known: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let unknown = || CliError::Told(messages::no_command(name, &names));
    let below = command.find_subcommand_mut(name).ok_or_else(unknown)?;
    output(&below.render_help().to_string())?;
    Ok(OK)
}
