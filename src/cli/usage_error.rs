//! What is wrong with a command line, told in the language of the process.

use super::message;
use super::terminal::terminal;
use crate::messages::{Language, USAGE_HINT_ZH, UsageDetail, UsageFault, usage_fault_zh};
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Tells an error of the parser, or the help that was asked for.
pub(super) fn tell(error: &clap::Error) {
    let is_fault = error.use_stderr() && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    if terminal().language == Language::English || !is_fault {
        let _ = error.print();
        return;
    }
    let told = usage_fault_zh(fault_of(error.kind()), &detail(error));
    message(&format!("错误：{told}\n{USAGE_HINT_ZH}"));
}

fn fault_of(kind: ErrorKind) -> UsageFault {
    match kind {
        ErrorKind::UnknownArgument => UsageFault::UnknownArgument,
        ErrorKind::InvalidSubcommand => UsageFault::UnknownCommand,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => UsageFault::BadValue,
        ErrorKind::NoEquals | ErrorKind::WrongNumberOfValues | ErrorKind::TooManyValues | ErrorKind::TooFewValues => {
            UsageFault::NoValue
        }
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => UsageFault::Missing,
        ErrorKind::ArgumentConflict => UsageFault::Conflict,
        ErrorKind::InvalidUtf8 => UsageFault::NotText,
        _ => UsageFault::Other,
    }
}

fn detail(error: &clap::Error) -> UsageDetail {
    let named = |kinds: &[ContextKind]| {
        let found = kinds.iter().find_map(|kind| error.get(*kind)).map(text_of);
        found.filter(|text| !text.is_empty()).unwrap_or_default()
    };
    UsageDetail {
        name: named(&[ContextKind::InvalidArg, ContextKind::InvalidSubcommand]),
        value: named(&[ContextKind::InvalidValue]),
        other: named(&[ContextKind::PriorArg]),
        likely: named(&[ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]),
        taken: named(&[ContextKind::ValidValue, ContextKind::ValidSubcommand]),
        reason: std::error::Error::source(error).map(ToString::to_string).unwrap_or_default(),
    }
}

fn text_of(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
