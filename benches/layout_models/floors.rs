//! The floors that no model may be under: what the plain rule and the plain CRF of `../shared/tools` make of the pages that the
//! models are asked about when their source is left out. The rule needs Python (`PYTHON` names it, else `python3`), the CRF
//! its package python-crfsuite; what is missing is skipped, and a line says so.

use crate::folders::write;
use crate::sources::{NATIONAL, Sources, TELEVISION};
use crate::{FORMS, Form, paragraph_pages, printed};
use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::composed::compose::{Composer, Dice};
use support::composed::pages::Page;

/// Pages that the CRF is trained on where it may not be trained on the national daily.
const COMPOSED: usize = 120;

/// Python, the programs, and a folder for what they read and write.
struct Tools {
    python: String,
    folder: PathBuf,
    work: tempfile::TempDir,
}

/// Tests of one form, by name, each in its folder.
type Tests = Vec<(String, PathBuf)>;

/// Prints the table of the floors.
pub(crate) fn floors(root: &Path, sources: &Sources) {
    let Some(tools) = Tools::found(root) else { return };
    let has_crf = tools.run("-c", ["import pycrfsuite"]).is_some();
    if !has_crf {
        println!("skipped: the CRF; {} has no python-crfsuite (PYTHON names another Python)", tools.python);
    }
    println!("| pages | rule, B³ / exact / title | CRF, B³ / exact / title |\n|---|---|---|");
    for left_out in [None, Some(TELEVISION), Some(NATIONAL)] {
        let own = (0..sources.names.len()).filter(|source| match left_out {
            Some(left_out) => *source == left_out,
            None => !matches!(*source, TELEVISION | NATIONAL),
        });
        let sets: Vec<(String, Vec<Page>)> = own.flat_map(|source| paragraph_pages(sources, source)).collect();
        let news = tools.news(root, left_out == Some(TELEVISION));
        let train = tools.lessons(root, sources, left_out == Some(NATIONAL));
        for form in &FORMS {
            let tests = tools.tests(&sets, None);
            let rows = if has_crf { tools.crf(&train, &news, &tests, form) } else { Vec::new() };
            for (at, (name, folder)) in tools.tests(&sets, Some(form)).iter().enumerate() {
                let crf = rows.get(at).map_or("-", String::as_str);
                println!("| {name}{} | {} | {crf} |", form.name, tools.rule(folder));
            }
        }
    }
}

impl Tools {
    /// The tools, if Python and the programs are there; a line says what is not.
    fn found(root: &Path) -> Option<Self> {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let folder = root.join("../shared/tools");
        let there =
            ["rule_baseline.py", "border_crf.py", "score_pages.py"].iter().all(|name| folder.join(name).is_file());
        let tools = Self { python, folder, work: tempfile::tempdir().expect("a folder") };
        match () {
            () if !there => println!("skipped: the floors; their programs are not in ../shared/tools"),
            () if tools.run("-c", ["import json"]).is_none() => {
                println!("skipped: the floors; {} does not run", tools.python)
            }
            () => return Some(tools),
        }
        None
    }

    /// What a program of Python prints; nothing where it fails.
    fn run<A: AsRef<OsStr>>(
        &self,
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Option<String> {
        let output = Command::new(&self.python).arg(program).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// The television news as plain JSON Lines; none of it where the CRF may not see it.
    fn news(&self, root: &Path, none: bool) -> PathBuf {
        let path = self.work.path().join(if none { "no-news.jsonl" } else { "news.jsonl" });
        if path.is_file() {
            return path;
        }
        let mut plain = std::fs::File::create(&path).expect("a file");
        if !none {
            let packed =
                std::fs::File::open(root.join("../shared/corpora/xwlb.jsonl.zst")).expect("the television news");
            let mut decoder = zstd::stream::Decoder::new(packed).expect("a packed file");
            std::io::copy(&mut decoder, &mut plain).expect("text");
        }
        path
    }

    /// Pages to train on: the national daily, or pages composed of the articles written for the press.
    fn lessons(&self, root: &Path, sources: &Sources, composed: bool) -> PathBuf {
        if !composed {
            return root.join("../shared/corpora/national");
        }
        let written = sources.stories.iter().flatten().filter(|story| !matches!(story.source, TELEVISION | NATIONAL));
        let composer = Composer { stories: written.collect(), furniture: &[], plain: true, spared: Vec::new() };
        let folder = self.work.path().join("lessons");
        write(&folder, &composer.pages(COMPOSED, &mut Dice(99)));
        folder
    }

    /// The sets as folders, as paragraphs or in a form.
    fn tests(&self, sets: &[(String, Vec<Page>)], form: Option<&Form>) -> Tests {
        let test = |(at, (name, pages)): (usize, &(String, Vec<Page>))| {
            let folder = self.work.path().join(format!("{}-{at}", if form.is_some() { "form" } else { "test" }));
            match form {
                Some(form) => write(&folder, &printed(pages, form)),
                None => write(&folder, pages),
            }
            (name.clone(), folder)
        };
        sets.iter().enumerate().map(test).collect()
    }

    /// The figures of the rule.
    fn rule(&self, folder: &Path) -> String {
        let out = folder.join("rule");
        let done = self.run(self.folder.join("rule_baseline.py"), [folder.join("pages"), out.clone()]);
        let score = || {
            let arguments = [folder.join("gold").into_os_string(), out.into_os_string(), "--json".into()];
            self.run(self.folder.join("score_pages.py"), arguments)
        };
        done.and_then(|_| score()).map_or_else(|| "failed".to_owned(), |text| figures(&text))
    }

    /// The figures of a CRF trained on a folder, for each test.
    fn crf(&self, train: &Path, news: &Path, tests: &Tests, form: &Form) -> Vec<String> {
        let mut arguments = vec![OsStr::new("--news").to_owned(), news.as_os_str().to_owned()];
        if let Some(print) = form.print {
            let indent = u8::from(print.indent).to_string();
            arguments.extend(["--lines", "--width", &print.width.to_string(), "--indent", &indent].map(Into::into));
        }
        arguments.push(train.as_os_str().to_owned());
        arguments.extend(tests.iter().map(|test| test.1.as_os_str().to_owned()));
        let text = self.run(self.folder.join("border_crf.py"), arguments).unwrap_or_default();
        let row =
            |line: &str| line.find('{').map(|at| figures(&line[at..].replace('\'', "\"").replace("None", "null")));
        let rows: Vec<String> = text.lines().filter_map(row).collect();
        if rows.len() == tests.len() { rows } else { vec!["failed".to_owned(); tests.len()] }
    }
}

/// B³, exact articles and titles of what `score_pages.py` prints.
fn figures(text: &str) -> String {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let cell = |key: &str| value[key].as_f64().map_or_else(|| "?".to_owned(), |figure| format!("{figure:.3}"));
    ["bcubed_f1", "exact_articles", "title"].map(cell).join(" / ")
}
