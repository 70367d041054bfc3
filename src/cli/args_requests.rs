//! The commands that ask the archive. Their options are made from its parameter table.

use super::arg_words::ArgWriter;
use crate::archive::{MOST_SUGGESTIONS, RequestKind};
use crate::messages::Language;
use clap::{Command, value_parser};

/// The forms of an answer that is a table.
const TABLE_FORMATS: &[&str] = &["text", "json", "csv"];

/// All of them, in the order of help.
pub(super) fn commands(language: Language) -> Vec<Command> {
    let table = |name, request| request_command(ArgWriter::new(name, language), request, TABLE_FORMATS, "text");
    vec![
        table("search", RequestKind::Search),
        trends(language),
        coverage(ArgWriter::new("coverage", language)),
        request_command(ArgWriter::new("export", language), RequestKind::Export, &["jsonl", "csv"], "jsonl"),
        table("terms", RequestKind::Terms),
        table("concordance", RequestKind::Concordance),
        table("amounts", RequestKind::Amounts),
        suggest(ArgWriter::new("suggest", language)),
    ]
}

/// A command with a query, the parameters of its request and the form of its answer.
fn request_command(
    words: ArgWriter,
    request: RequestKind,
    formats: &'static [&'static str],
    usual: &'static str,
) -> Command {
    let command = words.command().arg(words.query());
    words.configured(words.with_parameters(command, request).arg(words.choice("format", formats, Some(usual))))
}

fn trends(language: Language) -> Command {
    let words = ArgWriter::new("trends", language);
    request_command(words, RequestKind::Trends, &["text", "json", "csv", "svg"], "text").arg(words.choice(
        "show",
        &["ratio", "counts"],
        None,
    ))
}

fn coverage(words: ArgWriter) -> Command {
    let command = words.with_parameters(words.command(), RequestKind::Coverage);
    words.configured(command.arg(words.choice("format", TABLE_FORMATS, Some("text"))))
}

fn suggest(words: ArgWriter) -> Command {
    let most = u64::try_from(MOST_SUGGESTIONS).unwrap_or(u64::MAX);
    let command = words
        .command()
        .arg(words.positional("start", "TEXT").required(true))
        .arg(words.value_or("limit", "N", "10").value_parser(value_parser!(u64).range(1..=most)))
        .arg(words.choice("format", &["text", "json"], Some("text")));
    words.configured(command)
}
