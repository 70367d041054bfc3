//! The README's tour is real: each `$ baoku …` line is run over the sample archive, and what it prints is what stands
//! there. A line `…` stands for any lines, a line that ends in `…` for any rest of the line. A block of TOML is the
//! configuration file of the commands after it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../README.md");

/// A command, what the README says it prints, and the configuration file that it finds.
struct Step {
    command: String,
    output: Vec<String>,
    configuration: Option<&'static str>,
}

fn tour() -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut configuration = None;
    for block in README.split("```").skip(1).step_by(2) {
        if let Some(text) = block.strip_prefix("toml\n") {
            configuration = Some(text);
        }
        for line in block.strip_prefix("console\n").unwrap_or_default().lines() {
            match line.strip_prefix("$ baoku ") {
                Some(command) => steps.push(Step { command: command.to_owned(), output: Vec::new(), configuration }),
                None => steps.last_mut().expect("a command before its output").output.push(line.to_owned()),
            }
        }
    }
    steps
}

/// Words of a command line, with single quotes.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for (number, part) in command.split('\'').enumerate() {
        if number % 2 == 1 {
            words.last_mut().expect("a word").push_str(part);
            continue;
        }
        for (at, word) in part.split(' ').enumerate() {
            if at > 0 {
                words.push(String::new());
            }
            words.last_mut().expect("a word").push_str(word);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn fits(want: &[String], got: &[&str]) -> bool {
    match want.split_first() {
        None => got.is_empty(),
        Some((line, rest)) if line == "…" => (0..=got.len()).any(|skipped| fits(rest, &got[skipped..])),
        Some((line, rest)) => got.split_first().is_some_and(|(first, others)| {
            let same = line.strip_suffix('…').map_or(line == first, |start| first.starts_with(start));
            same && fits(rest, others)
        }),
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            std::fs::copy(&entry, target).expect("a copy");
        }
    }
}

#[test]
fn the_tour_prints_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&support::corpus(), &folder.path().join("corpus"));
    copy(&support::corpus().join("../tests/compat/format-7/index"), &folder.path().join("old"));
    let steps = tour();
    assert!(steps.len() >= 6);
    for Step { command, output: want, configuration } in steps {
        if let Some(text) = configuration {
            std::fs::write(folder.path().join("baoku.toml"), text).expect("a configuration");
        }
        let output = Command::new(env!("CARGO_BIN_EXE_baoku"))
            .args(words(&command))
            .current_dir(folder.path())
            .env("LC_ALL", "C")
            .env_remove("BAOKU_LANG")
            .output()
            .expect("the program");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let got: Vec<&str> = text.lines().collect();
        assert!(fits(&want, &got), "$ baoku {command}\nREADME says:\n{}\nit prints:\n{text}", want.join("\n"));
        assert_ne!(output.status.code(), Some(2), "{command}");
    }
}

#[test]
fn a_wrong_tour_would_be_seen() {
    let want = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    assert!(fits(&want(&["a", "…", "c…"]), &["a", "x", "y", "cd"]));
    assert!(!fits(&want(&["a", "b"]), &["a"]));
    assert!(!fits(&want(&["a", "…", "c"]), &["a", "b"]));
    assert_eq!(words("search '\"a b\" -c' --limit 2"), ["search", "\"a b\" -c", "--limit", "2"]);
}
