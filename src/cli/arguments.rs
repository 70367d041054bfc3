//! What was typed, made ready for the parser: a switch with its value, a query that begins with a minus, the language.

use crate::archive::{PARAMETERS, ValueKind};
use std::ffi::OsString;

/// Commands whose arguments are queries.
const WITH_QUERIES: [&str; 6] = ["search", "trends", "export", "terms", "concordance", "amounts"];

/// The arguments as the parser takes them. `--expand true` becomes `--expand=true`, for a switch alone means true and must not
/// take a word of the query; `-演出` becomes `－演出`, which the query language reads as the same, for it is no option.
pub(super) fn prepared(given: Vec<OsString>) -> Vec<OsString> {
    let has_query = given.iter().any(|argument| WITH_QUERIES.iter().any(|command| argument == command));
    let mut ready = Vec::with_capacity(given.len());
    let mut rest = given.into_iter().peekable();
    while let Some(argument) = rest.next() {
        if argument == "--" {
            ready.push(argument);
            ready.extend(rest.by_ref());
        } else if let Some(value) = rest.next_if(|next| is_switch(&argument) && is_truth(next)) {
            ready.push([argument, value].join(&OsString::from("=")));
        } else {
            ready.push(excluded(&argument).filter(|_| has_query).unwrap_or(argument));
        }
    }
    ready
}

fn is_switch(argument: &OsString) -> bool {
    let name = argument.to_str().and_then(|text| text.strip_prefix("--")).map(|name| name.replace('-', "_"));
    let flags = || PARAMETERS.iter().filter(|row| row.kind() == ValueKind::Flag);
    name.is_some_and(|name| flags().any(|row| row.name == name))
}

fn is_truth(value: &OsString) -> bool {
    value == "true" || value == "false"
}

/// A word of a query that is excluded, so written that it is no option: what follows the minus is neither a letter nor a digit of
/// ASCII.
fn excluded(argument: &OsString) -> Option<OsString> {
    let word = argument.to_str()?.strip_prefix('-')?;
    let first = word.chars().next()?;
    (!first.is_ascii_alphanumeric() && first != '-').then(|| format!("－{word}").into())
}

/// The language that is named, which the help that may be printed needs before the rest is read.
pub(super) fn named_language(given: &[OsString]) -> Option<String> {
    let texts: Vec<&str> = given.iter().map_while(|argument| argument.to_str().filter(|text| *text != "--")).collect();
    let behind = texts.iter().position(|text| *text == "--lang").and_then(|at| texts.get(at + 1)).copied();
    let named = behind.or_else(|| texts.iter().find_map(|text| text.strip_prefix("--lang=")));
    named.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready(given: &[&str]) -> Vec<String> {
        let ready = prepared(given.iter().map(OsString::from).collect());
        ready.into_iter().map(|argument| argument.into_string().unwrap()).collect()
    }

    #[test]
    fn a_switch_takes_true_and_false_and_no_word() {
        assert_eq!(ready(&["search", "--expand", "工会"]), ["search", "--expand", "工会"]);
        assert_eq!(ready(&["search", "--expand", "true", "工会"]), ["search", "--expand=true", "工会"]);
        assert_eq!(ready(&["search", "--once=false", "true"]), ["search", "--once=false", "true"]);
        assert_eq!(ready(&["search", "--sort", "true"]), ["search", "--sort", "true"]);
        assert_eq!(ready(&["search", "--", "--expand", "true", "-词"]), ["search", "--", "--expand", "true", "-词"]);
    }

    #[test]
    fn a_query_could_not_begin_with_a_minus() {
        assert_eq!(
            ready(&["search", "-演出", "-\"文艺 演出\"", "-v", "--topic", "维权"]),
            ["search", "－演出", "－\"文艺 演出\"", "-v", "--topic", "维权"]
        );
        assert_eq!(ready(&["correct", "a", "--title", "-标题"]), ["correct", "a", "--title", "-标题"]);
    }

    #[test]
    fn the_language_is_known_before_the_rest() {
        let named = |given: &[&str]| named_language(&given.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(named(&["baoku", "--lang", "zh", "--help"]).as_deref(), Some("zh"));
        assert_eq!(named(&["baoku", "search", "--lang=en"]).as_deref(), Some("en"));
        assert_eq!(named(&["baoku", "search", "--", "--lang=zh"]), None);
    }
}
