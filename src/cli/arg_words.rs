//! Commands, options and arguments with their words in a language.

use crate::archive::{Parameter, RequestKind, ValueKind, parameters_of};
use crate::config::{CommandFlag, ConfigKey, flags_of};
use crate::messages::{HelpHeadings, Language, after_help, choice_words, command_words, default_words, help_headings};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command};

/// Writes the options of one command in a language.
#[derive(Clone, Copy)]
pub(super) struct ArgWriter {
    command: &'static str,
    language: Language,
    headings: HelpHeadings,
}

impl ArgWriter {
    /// For the options of a command; of a command below another one, both names.
    pub(super) fn new(command: &'static str, language: Language) -> Self {
        Self { command, language, headings: help_headings(language) }
    }

    /// The command itself, without options.
    pub(super) fn command(self) -> Command {
        let name = self.command.rsplit(' ').next().unwrap_or_default();
        let template = format!(
            "{{before-help}}{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}",
            self.headings.usage
        );
        Command::new(name)
            .about(command_words(self.command, None, self.language))
            .after_help(after_help(self.command, self.language))
            .help_template(template)
            .subcommand_help_heading(self.headings.commands)
    }

    fn words(self, option: &str) -> &'static str {
        command_words(self.command, Some(option), self.language)
    }

    fn bare(self, name: &'static str) -> Arg {
        Arg::new(name).long(name).help_heading(self.headings.options)
    }

    /// Its values and its default are named in its words.
    fn own(self, name: &'static str) -> Arg {
        self.bare(name).hide_possible_values(true).hide_default_value(true)
    }

    /// An option with a value.
    pub(super) fn value(self, name: &'static str, placeholder: &'static str) -> Arg {
        self.own(name).value_name(placeholder).help(self.words(name)).action(ArgAction::Set)
    }

    /// An option with a value and a default.
    pub(super) fn value_or(self, name: &'static str, placeholder: &'static str, default: &'static str) -> Arg {
        let help = self.words(name).to_owned() + &default_words(default, self.language);
        self.own(name).value_name(placeholder).help(help).default_value(default)
    }

    /// A switch.
    pub(super) fn flag(self, name: &'static str) -> Arg {
        self.bare(name).help(self.words(name)).action(ArgAction::SetTrue)
    }

    /// An option that takes one of a few values.
    pub(super) fn choice(
        self,
        name: &'static str,
        values: &'static [&'static str],
        default: Option<&'static str>,
    ) -> Arg {
        let words = self.words(name);
        let named = if words.contains(values[0]) { String::new() } else { choice_words(values, self.language) };
        let usual = default.map_or_else(String::new, |default| default_words(default, self.language));
        let arg = self.own(name).help(format!("{words}{named}{usual}")).value_parser(PossibleValuesParser::new(values));
        let placeholder = if name == "format" { "FORMAT" } else { "WHICH" };
        let arg = arg.value_name(placeholder);
        if let Some(default) = default { arg.default_value(default) } else { arg }
    }

    /// An argument without a name.
    pub(super) fn positional(self, name: &'static str, placeholder: &'static str) -> Arg {
        Arg::new(name)
            .value_name(placeholder)
            .help(self.words(name))
            .help_heading(self.headings.arguments)
            .hide_possible_values(true)
    }

    /// The query of a request.
    pub(super) fn query(self) -> Arg {
        self.positional("q", "QUERY").action(ArgAction::Append)
    }

    /// The options that all commands have.
    pub(super) fn common(self) -> [Arg; 5] {
        let common = |arg: Arg| arg.help_heading(self.headings.common).global(true);
        let help = Arg::new("help").short('h').long("help").help(self.words("help")).action(ArgAction::Help);
        [
            common(self.value("config", "FILE")),
            common(self.value("lang", "LANGUAGE").value_parser(["zh", "en"])),
            common(self.flag("quiet").short('q').conflicts_with("verbose")),
            common(self.flag("verbose").short('v').action(ArgAction::Count)),
            common(help),
        ]
    }

    /// The flags that set keys of the configuration.
    pub(super) fn configured(self, command: Command) -> Command {
        let of = self.command.split(' ').next().unwrap_or_default();
        command.args(flags_of(of).map(|flag| self.configured_flag(flag)))
    }

    fn configured_flag(self, (flag, key): (CommandFlag, &'static ConfigKey)) -> Arg {
        let action = if key.is_list() { ArgAction::Append } else { ArgAction::Set };
        self.own(flag.name).value_name(key.placeholder()).help(key.help(self.language)).action(action)
    }

    /// The options of the parameters that a request takes; its queries are no options.
    pub(super) fn with_parameters(self, command: Command, request: RequestKind) -> Command {
        command.args(parameters_of(request).filter(|row| !row.is_query()).map(|row| self.parameter(row)))
    }

    fn parameter(self, row: &'static Parameter) -> Arg {
        let heading = if row.is_filter() { self.headings.filters } else { self.headings.options };
        let help = match self.language {
            Language::English => row.doc,
            Language::Chinese => row.zh,
        };
        let arg = self.own(row.name).help(help).help_heading(heading).value_name(placeholder(row.kind()));
        let arg = if row.name.contains('_') { arg.alias(row.name.replace('_', "-")) } else { arg };
        match row.kind() {
            // A switch alone means true; its value goes behind =, so that it never takes a word of the query.
            ValueKind::Flag => arg.num_args(0..=1).require_equals(true).default_missing_value("true"),
            _ if row.repeats() => arg.action(ArgAction::Append).allow_hyphen_values(true),
            _ => arg.action(ArgAction::Set).allow_hyphen_values(true),
        }
    }
}

/// What the value of a parameter is called in help.
fn placeholder(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::PeriodStart | ValueKind::PeriodEnd | ValueKind::Day => "DATE",
        ValueKind::Integer { .. } => "N",
        ValueKind::Flag => "true|false",
        ValueKind::Confidence(_) => "X",
        ValueKind::Choice(_) => "WHICH",
        ValueKind::Facets | ValueKind::Fields => "NAMES",
        ValueKind::Text | ValueKind::Token | ValueKind::Festival | ValueKind::List(_) | ValueKind::Region => "VALUE",
    }
}
