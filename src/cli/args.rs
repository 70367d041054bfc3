//! The whole command line, in a language.

use super::arg_words::ArgWriter;
use super::args_requests;
use crate::messages::Language;
use clap::{ArgAction, Command, value_parser};
use clap_complete::Shell;

/// The whole command line, in English.
pub fn command() -> Command {
    command_in(Language::English)
}

/// The whole command line, its help in a language.
pub(super) fn command_in(language: Language) -> Command {
    let words = |name| ArgWriter::new(name, language);
    let root = words("baoku");
    let version = root.flag("version").short('V').action(ArgAction::Version);
    root.command()
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(version)
        .args(root.common())
        .subcommand(words("serve").configured(words("serve").command().arg(words("serve").flag("watch"))))
        .subcommand(ingest(words("ingest")))
        .subcommand(inspect(words("inspect")))
        .subcommands(args_requests::commands(language))
        .subcommand(check(words("check")))
        .subcommand(doctor(words("doctor")))
        .subcommand(backup(words("backup")))
        .subcommand(restore(words("restore")))
        .subcommand(correct(words("correct")))
        .subcommand(review(words("review")))
        .subcommand(words("upgrade").configured(words("upgrade").command()))
        .subcommand(config(language))
        .subcommand(completions(words("completions")))
        .subcommand(words("man").command().arg(words("man").positional("folder", "DIR")))
        .subcommand(words("help").command().arg(words("help").positional("command", "COMMAND")))
}

/// What a person states about files.
fn with_read_options(words: ArgWriter, command: Command) -> Command {
    command
        .arg(words.value("paper", "NAME"))
        .arg(words.value("date", "DATE"))
        .arg(words.value("region", "CODE"))
        .arg(words.value("encoding", "NAME"))
}

fn ingest(words: ArgWriter) -> Command {
    let dirs = words.positional("dir", "DIR").required(true).num_args(1..);
    let command = with_read_options(words, words.command().arg(dirs))
        .arg(words.flag("rebuild"))
        .arg(words.flag("dry-run"))
        .arg(words.flag("watch").conflicts_with_all(["dry-run", "report", "rebuild"]))
        .arg(words.value("report", "FILE"))
        .arg(words.choice("report-format", &["text", "json", "html"], None).requires("report"))
        .arg(words.flag("allow-empty"))
        .arg(words.flag("withdraw-missing"))
        .arg(words.flag("forget-corrections"));
    words.configured(command)
}

fn check(words: ArgWriter) -> Command {
    let command = words.command().arg(words.flag("full")).arg(words.choice("format", &["text", "json"], Some("text")));
    words.configured(command)
}

fn doctor(words: ArgWriter) -> Command {
    words.configured(words.command().arg(words.choice("format", &["text", "json"], Some("text"))))
}

fn backup(words: ArgWriter) -> Command {
    words.configured(words.command().arg(words.positional("file", "FILE")))
}

fn restore(words: ArgWriter) -> Command {
    let file = words.positional("file", "FILE").required(true);
    words.configured(words.command().arg(file).arg(words.flag("replace")))
}

fn inspect(words: ArgWriter) -> Command {
    let stages = &["lines", "page", "blocks", "articles", "tokens"];
    let page = words.value("page", "N").value_parser(value_parser!(u32).range(1..)).conflicts_with("calibration");
    let paths = words.positional("path", "PATH").required(true).num_args(1..);
    let command = with_read_options(words, words.command().arg(paths))
        .arg(words.choice("stage", stages, Some("articles")))
        .arg(page)
        .arg(words.flag("doubtful").conflicts_with_all(["calibration", "stage"]))
        .arg(words.value("below", "X").value_parser(probability).requires("doubtful"))
        .arg(words.choice("color", &["auto", "always", "never"], Some("auto")))
        .arg(words.choice("format", &["text", "json"], Some("text")))
        .arg(words.value("calibration", "GOLD"));
    words.configured(command)
}

/// A number from 0 to 1.
fn probability(text: &str) -> Result<f32, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| format!("takes a number from 0 to 1, not `{text}`"))
}

fn correct(words: ArgWriter) -> Command {
    let command = words
        .command()
        .arg(words.positional("id", "ID").required(true))
        .arg(words.value("region", "CODE"))
        .arg(words.value("date", "DATE"))
        .arg(words.value("topic", "TOPIC").action(ArgAction::Append))
        .arg(words.value("title", "TEXT"))
        .arg(words.value("withdraw", "REASON"))
        .arg(words.flag("remove"));
    words.configured(command)
}

fn review(words: ArgWriter) -> Command {
    let command = words
        .command()
        .arg(words.value("labels", "FILE"))
        .arg(words.value_or("count", "N", "10").value_parser(value_parser!(u16).range(1..=500)))
        .arg(words.value_or("seed", "N", "0").value_parser(value_parser!(u64)))
        .arg(words.value("by", "NAME").value_parser(name))
        .arg(words.value_or("listen", "ADDRESS", "127.0.0.1:0"))
        .arg(words.flag("report").conflicts_with_all(["count", "seed", "by", "listen"]))
        .arg(words.choice("format", &["text", "json"], Some("text")).requires("report"));
    words.configured(command)
}

/// A name that is written beside labels.
fn name(text: &str) -> Result<String, String> {
    let text = text.trim();
    let is_name = text.chars().count() <= 64 && !text.chars().any(char::is_control);
    if is_name { Ok(text.to_owned()) } else { Err("takes a name of at most 64 characters".to_owned()) }
}

fn config(language: Language) -> Command {
    let (words, own) = (ArgWriter::new("config", language), ArgWriter::new("config show", language));
    let show = own
        .command()
        .arg(own.choice("format", &["text", "json"], Some("text")))
        .arg(own.flag("commented").conflicts_with("format"));
    // The flags of all commands, so that it can be asked what they would change.
    words.command().subcommand_required(true).arg_required_else_help(true).subcommand(own.configured(show))
}

fn completions(words: ArgWriter) -> Command {
    let shell = words.positional("shell", "SHELL").required(true).value_parser(value_parser!(Shell));
    words.command().arg(shell.hide_possible_values(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_filter_is_an_option_of_all_commands_that_take_it() {
        for name in ["search", "trends", "export", "terms", "concordance", "amounts"] {
            for (language, doc) in
                [(Language::English, "A filter that only tests have."), (Language::Chinese, "只有测试才有的条件")]
            {
                let mut command = command_in(language);
                let help = command.find_subcommand_mut(name).expect("a command").render_long_help().to_string();
                assert!(help.contains("--made_up") && help.contains(doc), "{name}: {help}");
            }
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        command_in(Language::English).debug_assert();
        command_in(Language::Chinese).debug_assert();
    }

    /// What a language says of a command and all its options and commands.
    fn told(command: &Command, path: &str, words: &mut Vec<(String, String)>) {
        let path = format!("{path} {}", command.get_name());
        words.push((path.clone(), command.get_about().map(ToString::to_string).unwrap_or_default()));
        for arg in command.get_arguments() {
            words.push((
                format!("{path} {}", arg.get_id()),
                arg.get_help().map(ToString::to_string).unwrap_or_default(),
            ));
        }
        command.get_subcommands().for_each(|below| told(below, &path, words));
    }

    #[test]
    fn every_command_and_option_has_words_in_both_languages() {
        let (mut english, mut chinese) = (Vec::new(), Vec::new());
        told(&command_in(Language::English), "", &mut english);
        told(&command_in(Language::Chinese), "", &mut chinese);
        assert_eq!(english.len(), chinese.len());
        assert!(english.len() > 200, "{}", english.len());
        for ((name, en), (_, zh)) in english.iter().zip(&chinese) {
            assert!(en.chars().any(|c| c.is_ascii_alphabetic()), "{name}: {en:?}");
            assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}: {zh:?}");
            assert_ne!(en, zh, "{name}");
        }
    }
}
