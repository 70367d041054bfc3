//! The commands and their options. The options of a search are made from the parameter table of the archive.

use crate::archive::{Parameter, RequestKind, parameters_of};
use crate::config::{CONFIG_FILE, CONFIG_VARIABLE, CommandFlag, ConfigKey, flags_of};
use clap::{Arg, ArgAction, Command, value_parser};

fn value(name: &'static str, placeholder: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(placeholder).help(help).action(ArgAction::Set)
}

fn flag_arg(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).help(help).action(ArgAction::SetTrue)
}

/// A command with the flags that set keys of the configuration.
fn configured(command: Command) -> Command {
    let name = command.get_name().to_owned();
    command.args(flags_of(&name).map(configured_flag))
}

fn configured_flag((flag, key): (CommandFlag, &'static ConfigKey)) -> Arg {
    let action = if key.is_list() { ArgAction::Append } else { ArgAction::Set };
    Arg::new(flag.name).long(flag.name).value_name(key.placeholder()).help(key.help()).action(action)
}

fn read_options(command: Command) -> Command {
    command
        .arg(value("paper", "NAME", "The newspaper of all files"))
        .arg(value("date", "DATE", "The date of all files: YYYY, YYYY-MM or YYYY-MM-DD"))
        .arg(value("region", "CODE", "The home region of all files, by code or name"))
        .arg(value("encoding", "NAME", "The encoding of files without a byte order mark, such as gb18030"))
}

/// The whole command line.
pub fn command() -> Command {
    Command::new("baoku")
        .about("报库: search the back issues of Chinese trade-union newspapers")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(config_file())
        .subcommands(
            [
                serve(),
                ingest(),
                inspect(),
                search(),
                trends(),
                coverage(),
                export(),
                check(),
                doctor(),
                backup(),
                restore(),
                correct(),
                review(),
                upgrade(),
            ]
            .map(configured),
        )
        .subcommand(config())
}

fn config_file() -> Arg {
    let help = format!(
        "The configuration file (default: that of {CONFIG_VARIABLE}, else {CONFIG_FILE} in the working folder)"
    );
    Arg::new("config").long("config").value_name("FILE").help(help).global(true)
}

fn config() -> Command {
    let show = Command::new("show")
        .about("Print each key, its value and where it comes from: the default, a line of the file, the environment, a flag")
        .arg(value("format", "FORMAT", "text or json").value_parser(["text", "json"]).default_value("text"))
        .arg(
            flag_arg("commented", "Print a complete configuration file instead, everything in it commented out")
                .conflicts_with("format"),
        );
    // The flags of all commands, so that it can be asked what they would change.
    Command::new("config")
        .about("Tell what is configured")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(show.args(flags_of("config").map(configured_flag)))
}

fn check() -> Command {
    Command::new("check")
        .about(
            "Compare every file of the index with its checksum and the index with its sources; exit code 2 when a file is damaged, 3 when sources differ",
        )
        .arg(flag_arg("full", "Read the bytes of all source files, also of those with the same size and time of change"))
        .arg(value("format", "FORMAT", "text or json").value_parser(["text", "json"]).default_value("text"))
}

fn doctor() -> Command {
    Command::new("doctor")
        .about("Tell what the archive lacks or is not sure of, with examples and the command that mends it")
        .arg(value("format", "FORMAT", "text or json").value_parser(["text", "json"]).default_value("text"))
}

fn backup() -> Command {
    Command::new("backup")
        .about("Write the last commit of the index to one file with checksums, also while others read and write")
        .arg(Arg::new("file").value_name("FILE").help("The file (default: baoku-TIME.tar.zst)"))
}

fn restore() -> Command {
    Command::new("restore")
        .about("Put the index of a backup in its place, after every file was compared with its checksum")
        .arg(Arg::new("file").value_name("FILE").required(true).help("The file that `baoku backup` wrote"))
        .arg(flag_arg("replace", "Where an index stands, keep it under another name"))
}

fn correct() -> Command {
    Command::new("correct")
        .about("Correct an article: writes the file of corrections, which the next ingest applies")
        .arg(Arg::new("id").value_name("ID").required(true).help("The article's id, as search prints it"))
        .arg(value("region", "CODE", "The place it is about, by code or name; empty for the whole country"))
        .arg(value("date", "DATE", "The date of its issue: YYYY, YYYY-MM or YYYY-MM-DD"))
        .arg(value("topic", "TOPIC", "A field of union work, best first; empty for none").action(ArgAction::Append))
        .arg(value("title", "TEXT", "Its title"))
        .arg(value("withdraw", "REASON", "Take it out of the archive; its link answers with the reason"))
        .arg(flag_arg("remove", "Take the correction of this article back"))
}

fn review() -> Command {
    let whole = |name, placeholder, help| value(name, placeholder, help).value_parser(value_parser!(u64));
    Command::new("review")
        .about(
            "Label articles in the browser, half of them drawn at random; with --report, tell how right the program is",
        )
        .arg(value(
            "labels",
            "FILE",
            "The file that labels are added to (default: labels.jsonl beside the folder of the corpus)",
        ))
        .arg(
            value(
                "count",
                "N",
                "Articles of this sitting; the larger half at random, the others where the program is least sure",
            )
            .value_parser(value_parser!(u16).range(1..=500))
            .default_value("10"),
        )
        .arg(
            whole(
                "seed",
                "N",
                "What the drawing at random begins with; the same seed, index and labels draw the same articles",
            )
            .default_value("0"),
        )
        .arg(value("by", "NAME", "Who labels; written beside each label").value_parser(name))
        .arg(
            value("listen", "ADDRESS", "Where to listen, on this machine only; port 0 takes a free one")
                .default_value("127.0.0.1:0"),
        )
        .arg(
            flag_arg(
                "report",
                "Print how right the program is by the labels, with 95 % intervals; exit code 1 when there are none",
            )
            .conflicts_with_all(["count", "seed", "by", "listen"]),
        )
        .arg(
            value("format", "FORMAT", "text or json")
                .value_parser(["text", "json"])
                .default_value("text")
                .requires("report"),
        )
}

fn upgrade() -> Command {
    Command::new("upgrade")
        .about("Bring an index of an earlier format to that of this program, with all ids, versions and earlier states")
}

/// A name that is written beside labels.
fn name(text: &str) -> Result<String, String> {
    let text = text.trim();
    let is_name = text.chars().count() <= 64 && !text.chars().any(char::is_control);
    if is_name { Ok(text.to_owned()) } else { Err("takes a name of at most 64 characters".to_owned()) }
}

fn serve() -> Command {
    Command::new("serve")
        .about("Serve the pages and the API; with an empty index and a corpus, ingest first")
        .arg(flag_arg("watch", "Keep the index up to date with the corpus while serving"))
}

fn ingest() -> Command {
    read_options(Command::new("ingest"))
        .about("Bring the index up to date with folders of newspaper pages")
        .arg(
            Arg::new("dir")
                .value_name("DIR")
                .required(true)
                .num_args(1..)
                .help("Folders; NAME=DIR names one otherwise than by its last part"),
        )
        .arg(flag_arg("rebuild", "Forget what is in the index and read everything again"))
        .arg(flag_arg("watch", "Keep running, and bring the index up to date whenever the folders change"))
        .arg(flag_arg("dry-run", "Read everything, report, and change nothing"))
        .arg(value("report", "FILE", "Write the whole report as JSON"))
        .arg(flag_arg("allow-empty", "Accept that a folder whose files are in the index has become empty"))
        .arg(flag_arg(
            "withdraw-missing",
            "Withdraw the articles of files that are gone, though more than a fifth of a folder's files are",
        ))
        .arg(flag_arg("forget-corrections", "Undo corrections that the file of corrections no longer has"))
}

fn inspect() -> Command {
    read_options(Command::new("inspect"))
        .about("Show what is made of one file; with --doubtful, which pages were cut without being sure")
        .arg(
            Arg::new("path")
                .value_name("PATH")
                .required(true)
                .num_args(1..)
                .help("A page file or a JSON Lines file; with --doubtful, files and folders"),
        )
        .arg(
            value("stage", "STAGE", "lines (as read), page (blocks, joins and articles in colour), blocks, articles or tokens")
                .value_parser(["lines", "page", "blocks", "articles", "tokens"])
                .default_value("articles"),
        )
        .arg(
            value("page", "N", "Only this page of the file, from 1")
                .value_parser(value_parser!(u32).range(1..))
                .conflicts_with("calibration"),
        )
        .arg(
            flag_arg("doubtful", "List the pages that are less sure than --below, the least sure first, with their doubtful borders; exit code 1 when there are none")
                .conflicts_with_all(["calibration", "stage"]),
        )
        .arg(
            value("below", "X", "The confidence, 0 to 1, below which pages and borders are doubtful (default: 0.9)")
                .value_parser(probability)
                .requires("doubtful"),
        )
        .arg(
            value("color", "WHEN", "Colour of the page: auto, always or never")
                .value_parser(["auto", "always", "never"])
                .default_value("auto"),
        )
        .arg(value("format", "FORMAT", "text or json").value_parser(["text", "json"]).default_value("text"))
        .arg(value("calibration", "GOLD", "Print how often inferred values are right, by confidence, for a page or a folder of pages with answers in GOLD"))
}

/// A number from 0 to 1.
fn probability(text: &str) -> Result<f32, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| format!("takes a number from 0 to 1, not `{text}`"))
}

fn search() -> Command {
    let command = Command::new("search")
        .about("Search the index; exit code 1 when nothing is found")
        .arg(
            Arg::new("q")
                .value_name("QUERY")
                .help("The query; leave it out to list by the filters alone")
                .action(ArgAction::Append),
        )
        .arg(
            value("format", "FORMAT", "text, json or csv").value_parser(["text", "json", "csv"]).default_value("text"),
        );
    with_parameters(command, RequestKind::Search)
}

/// The option of a parameter.
fn parameter(row: &'static Parameter) -> Arg {
    let action = if row.repeats() { ArgAction::Append } else { ArgAction::Set };
    Arg::new(row.name).long(row.name).value_name("VALUE").help(row.doc).action(action).allow_hyphen_values(true)
}

/// A command with the options of the parameters that a request takes; its queries are no options.
fn with_parameters(command: Command, request: RequestKind) -> Command {
    command.args(parameters_of(request).filter(|row| !row.is_query()).map(parameter))
}

fn queries(help: &'static str) -> Arg {
    Arg::new("q").value_name("QUERY").help(help).action(ArgAction::Append)
}

fn trends() -> Command {
    let command = Command::new("trends")
        .about("Count matching articles over time, beside all articles and what is held; exit code 1 when nothing is found")
        .arg(queries("Queries, each in quotes, a series each; none counts all articles"))
        .arg(value("show", "WHAT", "What a chart shows: ratio or counts").value_parser(["ratio", "counts"]))
        .arg(
            value("format", "FORMAT", "text, json, csv or svg")
                .value_parser(["text", "json", "csv", "svg"])
                .default_value("text"),
        );
    with_parameters(command, RequestKind::Trends)
}

fn coverage() -> Command {
    let command = Command::new("coverage").about("Tell which issues of which paper are held, by period").arg(
        value("format", "FORMAT", "text, json or csv").value_parser(["text", "json", "csv"]).default_value("text"),
    );
    with_parameters(command, RequestKind::Coverage)
}

fn export() -> Command {
    let command = Command::new("export")
        .about("Print every matching article, by date; exit code 1 when nothing is found")
        .arg(queries("The query; leave it out to export by the filters alone"))
        .arg(value("format", "FORMAT", "jsonl or csv").value_parser(["jsonl", "csv"]).default_value("jsonl"));
    with_parameters(command, RequestKind::Export)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_made_up_filter_is_an_option_of_all_commands_that_take_it() {
        for name in ["search", "trends", "export"] {
            let mut command = super::command();
            let help = command.find_subcommand_mut(name).expect("a command").render_long_help().to_string();
            assert!(help.contains("--made_up") && help.contains("A filter that only tests have."), "{name}");
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        super::command().debug_assert();
    }
}
