//! Configuration: layers and origins, what is said of bad values, what `config show` of the real program prints, and limits of a file
//! that hold.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::config::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use support::{Answer, Server};

const PROGRAM: &str = env!("CARGO_BIN_EXE_baoku");

/// Loads a file, variables and flags.
fn load(file: &str, variables: &[(&str, &str)], flags: &[(&str, &[&str])]) -> Result<Configuration, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    if !file.is_empty() {
        std::fs::write(folder.path().join(CONFIG_FILE), file).unwrap();
    }
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let flag = |(name, values): &(&str, &[&str])| {
        let (_, key) = flags_of("config").find(|(flag, _)| flag.name == *name).expect("a flag");
        FlagValue { key, values: values.iter().map(|value| (*value).to_owned()).collect() }
    };
    Configuration::load(&ConfigSources {
        file: None,
        working: folder.path().to_owned(),
        variables: variables.iter().map(pair).collect(),
        flags: flags.iter().map(flag).collect(),
    })
}

fn key(name: &str) -> &'static ConfigKey {
    config_keys().find(|key| key.name == name).expect("a key")
}

/// A file, variables, flags; the key that is asked for, its value and its origin.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [(&'a str, &'a [&'a str])], &'a str, &'a str, &'a str);

/// A file, variables; parts of the message.
type BadCase<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

const LISTEN: &str = "[serve]\nlisten = \"a:1\"\n";

#[test]
fn a_higher_layer_wins_and_is_named_as_the_origin() {
    let cases: &[Case] = &[
        ("", &[], &[], "serve.listen", "\"127.0.0.1:8080\"", "default"),
        (LISTEN, &[], &[], "serve.listen", "\"a:1\"", "baoku.toml:2"),
        (LISTEN, &[("BAOKU_SERVE_LISTEN", "b:2")], &[], "serve.listen", "\"b:2\"", "env BAOKU_SERVE_LISTEN"),
        (LISTEN, &[("BAOKU_SERVE_LISTEN", " ")], &[], "serve.listen", "\"a:1\"", "baoku.toml:2"),
        (LISTEN, &[("BAOKU_SERVE_LISTEN", "b:2")], &[("listen", &["c:3"])], "serve.listen", "\"c:3\"", "flag --listen"),
        ("serve = { hosts = [\"a\", \"b\"] }", &[], &[], "serve.hosts", "[\"a\",\"b\"]", "baoku.toml:1"),
        ("", &[("BAOKU_SERVE_HOSTS", "a, b")], &[], "serve.hosts", "[\"a\",\"b\"]", "env BAOKU_SERVE_HOSTS"),
        ("", &[], &[("host", &["a", "b"])], "serve.hosts", "[\"a\",\"b\"]", "flag --host"),
        ("", &[], &[], "serve.proxies", "none is believed", "default"),
        ("", &[], &[("proxy", &["::1"])], "serve.proxies", "[\"::1\"]", "flag --proxy"),
        ("", &[("RUST_LOG", "warn")], &[], "serve.log", "\"warn\"", "env RUST_LOG"),
        ("", &[("BAOKU_SERVE_LOG", "off"), ("RUST_LOG", "warn")], &[], "serve.log", "\"off\"", "env BAOKU_SERVE_LOG"),
        ("", &[("RUST_LOG", "x[y]=loud")], &[], "serve.log", "\"info\"", "default"),
        ("ingest.threads = 3", &[], &[], "ingest.threads", "3", "baoku.toml:1"),
        ("", &[], &[], "ingest.threads", "one for each core", "default"),
        ("limits.http.query_timeout = 0.5", &[], &[], "limits.http.query_timeout", "0.5", "baoku.toml:1"),
        ("\n[limits.http]\n\nquery_timeout = 7", &[], &[], "limits.http.query_timeout", "7", "baoku.toml:4"),
        ("", &[], &[("timeout", &["1.5"])], "limits.http.query_timeout", "1.5", "flag --timeout"),
        ("limits.http.connections = 1_000", &[], &[], "limits.http.connections", "1000", "baoku.toml:1"),
        (
            "",
            &[("BAOKU_LIMITS_HTTP_CONNECTIONS", "7")],
            &[],
            "limits.http.connections",
            "7",
            "env BAOKU_LIMITS_HTTP_CONNECTIONS",
        ),
        // What belongs to tools around the program is none of its business.
        ("", &[("BAOKU_KILLS", "300"), ("BAOKU_PRESS", "x")], &[], "index", "\"index\"", "default"),
    ];
    for (file, variables, flags, name, text, origin) in cases {
        let configuration = load(file, variables, flags).unwrap_or_else(|error| panic!("{file}: {error}"));
        let row = configuration.rows().find(|row| row.key.name == *name).expect("a row");
        assert_eq!((row.text.as_str(), row.origin.to_string().as_str()), (*text, *origin), "{file} {variables:?}");
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_what_is_taken() {
    let cases: &[BadCase] = &[
        (
            "[serve]\n# a\nlisen = \"a:1\"\n",
            &[],
            &["baoku.toml:3: serve.lisen is no key", "did you mean serve.listen?", "config show"],
        ),
        ("listen = \"a:1\"", &[], &["baoku.toml:1: listen is no key", "did you mean serve.listen?"]),
        ("nothing.like = 1", &[], &["baoku.toml:1: nothing is no key; `baoku config show` lists"]),
        ("serve = 3", &[], &["baoku.toml:1: serve is no key"]),
        ("[limits.http.connections]\nmost = 3", &[], &["baoku.toml:1: limits.http.connections takes a whole number"]),
        (
            "[limits.http]\nconnections = 0",
            &[],
            &["baoku.toml:2: limits.http.connections takes a whole number from 1 to 65535, not 0"],
        ),
        ("limits.http.connections = \"5\"", &[], &["from 1 to 65535, not \"5\""]),
        ("limits.http.connections = 1.5", &[], &["from 1 to 65535, not 1.5"]),
        ("limits.http.connections = 0x10", &[], &["from 1 to 65535, not 0x10"]),
        ("limits.http.query_timeout = inf", &[], &["takes a number of seconds from 0.1 to 3600, not inf"]),
        ("limits.http.query_timeout = \"20s\"", &[], &["takes a number of seconds from 0.1 to 3600, not \"20s\""]),
        ("serve.listen = \"8080\"", &[], &["serve.listen takes an address as HOST:PORT, not \"8080\""]),
        ("serve.hosts = \"a\"", &[], &["serve.hosts takes a list of names, not \"a\""]),
        ("serve.hosts = [1]", &[], &["serve.hosts takes a list of names, not [1]"]),
        ("serve.proxies = [\"a\"]", &[], &["serve.proxies takes a list of IP addresses, not [\"a\"]"]),
        ("serve.log = \"loud=very\"", &[], &["serve.log takes a level (off, error"]),
        ("index = \"\"", &[], &["index takes a path, not \"\""]),
        ("serve.listen = \"a:1\"\nserve.listen = \"b:1\"", &[], &["baoku.toml:2: "]),
        ("a = \n", &[], &["baoku.toml:1: "]),
        ("", &[("BAOKU_SERVE_LISTEN", "x")], &["BAOKU_SERVE_LISTEN: serve.listen takes an address", "not `x`"]),
        ("", &[("BAOKU_SERVE_LISEN", "x")], &["BAOKU_SERVE_LISEN is no key; did you mean BAOKU_SERVE_LISTEN?"]),
        ("", &[("BAOKU_INDX", "x")], &["did you mean BAOKU_INDEX?"]),
        ("", &[("BAOKU_LIMITS_WHAT", "x")], &["BAOKU_LIMITS_WHAT is no key"]),
        ("", &[("BAOKU_CONFIG", "missing.toml")], &["missing.toml: "]),
    ];
    for (file, variables, parts) in cases {
        let error = load(file, variables, &[]).expect_err(file).to_string();
        for part in *parts {
            assert!(error.contains(part), "{file} {variables:?}: {error}");
        }
    }
}

#[test]
fn what_a_shared_variable_says_wrongly_is_told_and_passed_over() {
    let configuration = load("", &[("RUST_LOG", "x[y]=loud")], &[]).unwrap();
    assert!(configuration.passed_over[0].to_string().starts_with("RUST_LOG: serve.log takes"));
    assert!(load("", &[("BAOKU_SERVE_LOG", "x[y]=loud")], &[]).is_err());
}

#[test]
fn paths_of_a_file_begin_at_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.toml");
    let text = "index = \"i\"\nserve.corpus = \"报=pages\"\ningest.calendar = \"/etc/calendar.toml\"";
    std::fs::write(&file, text).unwrap();
    let sources = ConfigSources { file: Some(file.clone()), ..ConfigSources::default() };
    let configuration = Configuration::load(&sources).unwrap();
    let settings = &configuration.settings;
    assert_eq!(settings.index, folder.path().join("i"));
    assert_eq!(settings.serve.corpus, Some(format!("报={}", folder.path().join("pages").display()).into()));
    assert_eq!(settings.ingest.calendar.as_deref(), Some(Path::new("/etc/calendar.toml")));
    assert_eq!(*configuration.origin(key("index")), ValueOrigin::File { file, line: 1 });
}

#[test]
fn a_named_file_stands_in_for_that_of_the_environment_and_the_working_folder() {
    let folder = tempfile::tempdir().unwrap();
    for (name, threads) in [(CONFIG_FILE, 1), ("variable.toml", 2), ("flag.toml", 3)] {
        std::fs::write(folder.path().join(name), format!("ingest.threads = {threads}")).unwrap();
    }
    let variable = (CONFIG_VARIABLE.to_owned(), "variable.toml".to_owned());
    for (file, variables, threads) in
        [(None, vec![], 1), (None, vec![variable.clone()], 2), (Some(PathBuf::from("flag.toml")), vec![variable], 3)]
    {
        let sources = ConfigSources { file, variables, working: folder.path().to_owned(), flags: Vec::new() };
        assert_eq!(Configuration::load(&sources).unwrap().settings.ingest.threads, Some(threads));
    }
}

#[test]
fn the_commented_file_sets_nothing_and_uncommented_it_sets_the_defaults() {
    let text = commented();
    let configuration = load(&text, &[], &[]).unwrap();
    assert_eq!(configuration.settings, Settings::default());
    assert!(configuration.rows().all(|row| *row.origin == ValueOrigin::Default));
    let is_value = |line: &str| {
        config_keys().any(|key| {
            let name = key.name.rsplit('.').next().unwrap_or_default();
            line.strip_prefix(&format!("# {name} = ")).is_some()
        })
    };
    let lines = text.lines().map(|line| if is_value(line) { line.trim_start_matches("# ") } else { line });
    let configuration = load(&lines.collect::<Vec<_>>().join("\n"), &[], &[]).unwrap();
    assert_eq!(configuration.settings, Settings::default());
    let set = configuration.rows().filter(|row| matches!(row.origin, ValueOrigin::File { .. })).count();
    let settable = config_keys().filter(|key| !key.value(&Settings::default()).is_null()).count();
    assert_eq!(set, settable);
}

#[test]
fn each_key_is_one_and_takes_its_default() {
    let (mut names, mut variables, mut flags) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for key in config_keys() {
        assert!(names.insert(key.name) && variables.insert(key.variable()), "{}", key.name);
        assert!(key.flag.is_none_or(|flag| flags.insert(flag.name)), "{}: a flag of two keys", key.name);
        assert!(key.doc.ends_with('.') && key.zh.ends_with('。'), "{}: a sentence", key.name);
        let value = key.value(&Settings::default());
        if !value.is_null() {
            let text = format!("{} = {value}", key.name);
            assert_eq!(load(&text, &[], &[]).unwrap().settings, Settings::default(), "{text}");
        }
    }
}

/// A limit that nobody can set would be a constant.
#[test]
fn each_limit_has_a_key() {
    let shown = format!("{:#?}", Limits::default());
    let fields: BTreeSet<&str> = shown
        .lines()
        .filter(|line| line.starts_with("        ") && !line.starts_with("         "))
        .filter_map(|line| line.trim().split_once(": ").map(|(name, _)| name))
        .collect();
    let limits = config_keys().filter_map(|key| key.name.strip_prefix("limits."));
    let keys: BTreeSet<&str> = limits.filter_map(|name| name.rsplit('.').next()).collect();
    assert_eq!(fields, keys);
}

#[test]
fn the_example_file_is_the_one_that_is_printed() {
    let example = include_str!("../baoku.example.toml");
    assert!(example == commented(), "write it again: baoku config show --commented > baoku.example.toml");
}

/// The program in a folder, with nothing of the environment that configures it.
fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env_remove("RUST_LOG").env_remove("BAOKU_INDEX");
    command
}

fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// A folder with a configuration file.
fn folder_with(configuration: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("baoku.toml"), configuration).unwrap();
    folder
}

#[test]
fn config_show_tells_each_value_and_its_origin() {
    let folder = folder_with("index = \"somewhere\"\n\n[limits.http]\nquery_timeout = 7\nconnections = 9\n");
    let mixed = |more: &[&str]| {
        let mut command = program(folder.path(), &["config", "show", "--listen", "127.0.0.1:9"]);
        command.args(more).env("BAOKU_LIMITS_HTTP_CONNECTIONS", "11");
        run(&mut command)
    };
    let (code, text, _) = mixed(&[]);
    assert_eq!(code, Some(0));
    for line in [
        "file: baoku.toml",
        "index = \"somewhere\"  (baoku.toml:1)",
        "serve.listen = \"127.0.0.1:9\"  (flag --listen)",
        "limits.http.query_timeout = 7 seconds  (baoku.toml:4)",
        "limits.http.connections = 11  (env BAOKU_LIMITS_HTTP_CONNECTIONS)",
        "limits.http.headers = 64  (default)",
        "ingest.threads = one for each core  (default)",
    ] {
        assert!(text.lines().any(|shown| shown == line), "{line}: {text}");
    }
    let (_, json, _) = mixed(&["--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let row = |name: &str| json["keys"].as_array().unwrap().iter().find(|row| row["key"] == name).unwrap().clone();
    assert_eq!(row("limits.http.query_timeout")["value"], 7);
    assert_eq!(row("limits.http.query_timeout")["origin"], "baoku.toml:4");
    assert_eq!(row("limits.http.connections")["origin"], "env BAOKU_LIMITS_HTTP_CONNECTIONS");
    assert_eq!(row("ingest.threads")["value"], Value::Null);
    for key in ["doc", "doc_zh", "takes", "variable", "default"] {
        assert!(row("serve.listen")[key].is_string(), "{key}");
    }
    assert_eq!(json["file"], "baoku.toml");
}

#[test]
fn a_bad_configuration_stops_every_command_but_the_printing_of_a_good_one() {
    let folder = folder_with("[serve]\nlisen = \"a:1\"\n");
    for command in [&["config", "show"][..], &["search", "a"], &["serve"], &["check"]] {
        let (code, _, told) = run(&mut program(folder.path(), command));
        let message = "error: baoku.toml:2: serve.lisen is no key; did you mean serve.listen?";
        assert!(code == Some(2) && told.contains(message), "{command:?}: {told}");
    }
    let (code, text, _) = run(&mut program(folder.path(), &["config", "show", "--commented"]));
    assert!(code == Some(0) && text.contains("# listen = \"127.0.0.1:8080\""), "{text}");
    let (code, _, told) = run(&mut program(folder.path(), &["check", "--config", "none.toml"]));
    assert!(code == Some(2) && told.contains("none.toml: "), "{told}");
    let (code, _, told) = run(program(folder.path(), &["check"]).env("BAOKU_CONFIG", "none.toml"));
    assert!(code == Some(2) && told.contains("none.toml: "), "{told}");
}

#[test]
fn commands_take_their_values_from_the_file() {
    let folder = folder_with("index = \"here\"\n[limits.readers]\npage_characters = 1000\n");
    let page = folder.path().join("pages");
    std::fs::create_dir(&page).unwrap();
    let text: String = (1..200).map(|n| format!("第{n}车间的工会给困难职工送去米面油和慰问金。\n")).collect();
    std::fs::write(page.join("a.txt"), format!("工会送温暖到车间\n{text}")).unwrap();
    let (_, text, told) = run(&mut program(folder.path(), &["ingest", "pages"]));
    assert!(text.contains("a page has at most 1000 in 20000"), "{text}{told}");
    assert!(folder.path().join("here").is_dir() && !folder.path().join("index").exists());
    // With other limits the file is read again, though it has not changed.
    let mut again = program(folder.path(), &["ingest", "pages"]);
    let (_, text, told) = run(again.env("BAOKU_LIMITS_READERS_PAGE_CHARACTERS", "2000000"));
    assert!(told.contains("from 1000 to 1500000"), "{text}{told}");
    let (_, text, told) = run(again.env("BAOKU_LIMITS_READERS_PAGE_CHARACTERS", "200000"));
    assert!(text.contains("indexed 1") && !text.contains("at most"), "{text}{told}");
    let (_, text, _) = run(&mut again);
    assert!(text.contains("unchanged 1"), "{text}");
}

/// A server over an article, configured by a file.
fn server(configuration: &str) -> (tempfile::TempDir, Server) {
    let folder = folder_with(configuration);
    std::fs::create_dir(folder.path().join("corpus")).unwrap();
    std::fs::write(folder.path().join("corpus/a.jsonl"), "{\"title\":\"劳模\",\"body\":\"劳模在车间。\"}\n").unwrap();
    let server = Server::of(&mut program(folder.path(), &["serve"]));
    (folder, server)
}

#[test]
fn limits_of_the_file_hold_on_the_real_server() {
    let (_folder, server) = server(
        "[serve]\nlisten = \"127.0.0.1:0\"\nlog = \"off\"\n[limits.http]\nheaders = 16\nheader_bytes = 8192\nheader_timeout = 0.2\n[limits.archive]\nanswer_rows = 100\n",
    );
    let with_headers = |count: usize| {
        let headers: String = (0..count).map(|n| format!("X-{n}: 1\r\n")).collect();
        let request = format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        Answer::of(&server.address, &request).status()
    };
    assert_eq!((with_headers(10), with_headers(30)), (200, 431));
    let series = |to: &str| server.get(&format!("/api/v1/trends?by=day&from=2014-01-01&to={to}")).status();
    assert_eq!((series("2014-02-01"), series("2014-12-31")), (200, 400));
    assert!(closes_a_slow_caller(&server.address));
}

/// Whether a connection on which nothing is sent is closed within three seconds; unconfigured it would take fifteen.
fn closes_a_slow_caller(address: &str) -> bool {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(3))).unwrap();
    stream.write_all(b"GET /healthz HT").unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).is_ok()
}

/// Whether a connection is answered by 503 before anything is asked.
fn is_told_to_come_back(address: &str) -> bool {
    use std::io::Read;
    let mut answer = Vec::new();
    let _ = std::net::TcpStream::connect(address).unwrap().read_to_end(&mut answer);
    answer.starts_with(b"HTTP/1.1 503 ")
}

#[test]
fn with_one_connection_and_no_queue_whoever_comes_second_is_told_to_come_back() {
    let (_folder, server) = server("serve.listen = \"127.0.0.1:0\"\nlimits.http.connections_per_client = 1\n");
    let first = std::net::TcpStream::connect(&server.address).unwrap();
    assert!(is_told_to_come_back(&server.address));
    drop(first);
    let (_folder, server) =
        self::server("serve.listen = \"127.0.0.1:0\"\n[limits.http]\ninteractive_permits = 1\nqueue_length = 0\n");
    let ask = || server.get("/api/v1/articles?q=%E5%8A%B3&explain=true").status();
    let collided = |_| {
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..32).map(|_| scope.spawn(ask)).collect();
            asked.into_iter().map(|asked| asked.join().unwrap()).collect()
        });
        assert!(statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
        statuses.contains(&503)
    };
    assert!((0..50).any(collided));
}
