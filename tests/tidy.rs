//! Rules that the compiler does not know: layers, the world, sizes, documentation.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each module and the modules it may name, lowest first (DESIGN §3).
const MAY_USE: &[(&str, &[&str])] = &[
    ("tables", &[]),
    ("model", &[]),
    ("text", &["tables", "model"]),
    ("corpus", &["model", "tables", "text"]),
    ("readers", &["model", "text", "tables", "corpus"]),
    ("layout", &["model", "text", "tables"]),
    ("enrich", &["model", "text", "tables"]),
    ("indexing", &["model", "text", "tables", "enrich"]),
    ("query", &["model", "text", "tables"]),
    ("engine", &["model", "query"]),
    ("reprints", &["model", "text", "enrich", "indexing", "engine"]),
    (
        "ingest",
        &[
            "tables", "model", "text", "corpus", "readers", "layout", "enrich", "indexing", "query", "engine",
            "reprints",
        ],
    ),
    ("trends", &["model", "query", "engine", "tables"]),
    (
        "archive",
        &[
            "tables", "model", "text", "corpus", "readers", "layout", "enrich", "indexing", "query", "engine",
            "reprints", "trends",
        ],
    ),
    ("messages", &["tables", "model", "corpus", "engine", "ingest", "archive"]),
    ("formats", &["archive", "ingest", "messages", "model"]),
    ("review", &["tables", "model", "corpus", "enrich", "trends", "archive"]),
    ("ui", &["archive", "messages", "model", "review"]),
    ("http", &["corpus", "archive", "formats", "messages", "model", "review", "ui"]),
    ("config", &["corpus", "readers", "engine", "ingest", "archive", "messages", "http", "model"]),
    (
        "cli",
        &[
            "tables", "model", "text", "corpus", "readers", "layout", "enrich", "query", "engine", "reprints",
            "ingest", "trends", "archive", "messages", "formats", "review", "ui", "http", "config",
        ],
    ),
];

/// The rooms of `archive`, lowest first: a room names only itself and lower ones.
const ROOMS: &[&str] = &["request", "view", "reading", "search", "analysis", "history"];

/// Words that only some modules may write: crates, and what touches the world.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("jieba_rs", &["text"]),
    ("pinyin", &["text"]),
    ("quick_xml", &["readers"]),
    ("html5gum", &["readers"]),
    ("zstd", &["engine", "corpus"]),
    ("ZipArchive", &["corpus"]),
    ("glob", &["corpus"]),
    ("notify", &["corpus"]),
    ("postcard", &["engine"]),
    ("serde_reflection", &["engine"]),
    ("serde_path_to_error", &["engine"]),
    ("tantivy", &["engine"]),
    ("axum", &["http"]),
    ("tokio", &["http"]),
    ("hyper", &["http"]),
    ("hyper_util", &["http"]),
    ("tower_http", &["http"]),
    ("askama", &["ui", "formats"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("unicode_width", &["cli"]),
    ("indicatif", &["cli"]),
    ("walkdir", &["corpus"]),
    ("encoding_rs", &["corpus"]),
    ("chardetng", &["corpus"]),
    ("lopdf", &["readers"]),
    // Its crate has the name of a method of iterators.
    ("ZipArchive", &["corpus"]),
    ("StringRecord", &["corpus", "readers"]),
    ("toml_edit", &["corpus"]),
    ("tempfile", &["corpus", "engine"]),
    ("tracing", &["http", "cli"]),
    ("tracing_subscriber", &["cli", "config"]),
    ("flate2", &["ui", "corpus"]),
    ("regex", &["tables", "enrich", "corpus", "layout"]),
    ("unicode_properties", &["text"]),
    ("std::fs", &["corpus", "engine", "config", "cli"]),
    ("std::env", &["config"]),
    ("std::net", &["http", "cli", "config"]),
    ("SystemTime", &["corpus", "cli"]),
    ("Instant", &["corpus", "engine", "http", "cli"]),
];

/// Module and function names that say nothing.
const BANNED_FILES: &[&str] = &["util", "utils", "common", "helpers", "helper", "misc"];

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 60;
const MEDIAN_FUNCTION: usize = 10;
const NINE_TENTHS_OF_FUNCTIONS: usize = 25;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with one of the extensions.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if entry.extension().is_some_and(|e| e == extension) {
                found.push(entry);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(String, PathBuf, String)> {
    let src = root().join("src");
    let module = |path: &Path| {
        path.strip_prefix(&src).expect("in src").iter().next().expect("a part").to_string_lossy().into_owned()
    };
    files(&src, "rs")
        .into_iter()
        .map(|path| (module(&path), path.clone(), std::fs::read_to_string(&path).expect("text")))
        .collect()
}

/// Code without comments and without string literals.
fn code(text: &str) -> String {
    let no_comments = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    no_comments.map(|line| line.split('"').step_by(2).collect::<String>()).collect::<Vec<_>>().join("\n")
}

/// The code before the tests of a file.
fn shipped(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The modules that a text names after `crate::`, inside groups too.
fn named_modules(text: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for rest in code(text).split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split("};").next().unwrap_or_default();
            let mut depth = 0;
            for part in group.split_inclusive([',', '{', '}']) {
                if depth == 0 {
                    named.insert(part.trim().chars().take_while(|c| is_word_part(*c)).collect());
                }
                depth += part.matches('{').count() as i32 - part.matches('}').count() as i32;
            }
        } else {
            named.insert(rest.chars().take_while(|c| is_word_part(*c)).collect());
        }
    }
    named.remove("");
    named
}

fn layer_faults(module: &str, text: &str) -> Vec<String> {
    let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
        return vec![format!("module `{module}` has no row in MAY_USE")];
    };
    let modules: BTreeSet<&str> = MAY_USE.iter().map(|(name, _)| *name).collect();
    let mut faults: Vec<String> = named_modules(text)
        .into_iter()
        .filter(|name| modules.contains(name.as_str()) && name != module && !allowed.contains(&name.as_str()))
        .map(|name| format!("`{module}` must not use `{name}`"))
        .collect();
    if code(text).contains("super::super::super") {
        faults.push(format!("`{module}` reaches over two levels with super::super::super"));
    }
    faults
}

fn names_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(|c| !is_word_part(c));
        let after = text[at + word.len()..].chars().next().is_none_or(|c| !is_word_part(c));
        before && after
    })
}

#[test]
fn rooms_of_the_archive_name_only_lower_ones() {
    let mut faults = Vec::new();
    for (at, room) in ROOMS.iter().enumerate() {
        for file in files(&root().join("src/archive").join(room), "rs") {
            let text = code(&std::fs::read_to_string(&file).expect("text"));
            let above = ROOMS[at + 1..].iter().filter(|other| text.contains(&format!("archive::{other}::")));
            faults.extend(above.map(|other| format!("{} names {other}", file.display())));
            faults.extend(text.contains("archive::{").then(|| format!("{} names the whole archive", file.display())));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn layers_hold() {
    let mut faults = Vec::new();
    for (module, path, text) in sources().iter().filter(|(module, ..)| !module.ends_with(".rs")) {
        faults.extend(layer_faults(module, text).into_iter().map(|fault| format!("{}: {fault}", path.display())));
        for (word, modules) in ONLY_IN {
            // engine/error.rs may name tantivy's error, and so on: the row names the module.
            if !modules.contains(&module.as_str()) && names_word(&code(shipped(text)), word) {
                faults.push(format!("{}: only {modules:?} may name `{word}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_table_has_no_cycle() {
    let order: BTreeMap<&str, usize> = MAY_USE.iter().enumerate().map(|(at, (name, _))| (*name, at)).collect();
    for (name, allowed) in MAY_USE {
        assert!(
            allowed.iter().all(|used| order[used] < order[name]),
            "{name} may use something that stands below it in the table"
        );
    }
}

#[test]
fn the_check_sees_a_violation() {
    assert!(layer_faults("text", "use crate::text::Normal;\nuse crate::model::{Article, Block};").is_empty());
    assert!(layer_faults("text", "// crate::http is above\nlet x = \"crate::http\";").is_empty());
    assert_eq!(layer_faults("text", "use crate::http::router;").len(), 1);
    assert_eq!(layer_faults("model", "use crate::{tables::regions, model::Block};").len(), 1);
    assert_eq!(layer_faults("engine", "fn f() { crate::text::analyze(x) }").len(), 1);
    assert!(names_word("use tokio::net;", "tokio") && !names_word("my_tokio", "tokio"));
}

#[test]
fn every_file_begins_with_its_documentation_and_is_short() {
    for (_, path, text) in sources() {
        assert!(text.starts_with("//!") || text.starts_with("#![doc"), "{}: no module documentation", path.display());
        assert!(text.lines().count() <= LONGEST_FILE, "{}: over {LONGEST_FILE} lines", path.display());
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(!BANNED_FILES.contains(&stem.as_str()), "{}: a name that says nothing", path.display());
    }
}

#[test]
fn every_file_is_in_the_module_tree() {
    for (_, path, _) in sources() {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if matches!(stem.as_str(), "lib" | "main") {
            continue;
        }
        let folder = path.parent().expect("a folder");
        let (parent, name) = if stem == "mod" {
            (folder.parent().expect("a folder"), folder.file_name().expect("a name").to_string_lossy().into_owned())
        } else {
            (folder, stem)
        };
        let parents = [parent.join("mod.rs"), parent.join("lib.rs"), parent.with_extension("rs")];
        let declared = parents
            .iter()
            .filter_map(|file| std::fs::read_to_string(file).ok())
            .any(|text| text.contains(&format!("mod {name};")));
        assert!(declared, "{}: in no module tree", path.display());
    }
}

/// Lengths of the functions of a text formatted by rustfmt: from the `fn` line to the brace at its indent.
fn function_lengths(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut lengths = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let begins =
            ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "async fn ", "pub(super) async fn ", "const fn "];
        let in_archive = line.trim_start().strip_prefix("pub(in crate::archive) ");
        let declared = in_archive.unwrap_or(line.trim_start());
        if !begins.iter().any(|begin| declared.starts_with(begin)) || line.trim_end().ends_with([';', '}']) {
            continue;
        }
        let end = lines[at..].iter().position(|l| *l == format!("{}}}", " ".repeat(indent)));
        if let Some(length) = end {
            lengths.push((line.trim().to_owned(), length + 1));
        }
    }
    lengths
}

/// The files beside one that it names, by `super::` or by the path of their folder.
fn named_neighbours(folder: &str, text: &str, beside: &BTreeSet<String>) -> BTreeSet<String> {
    let here = format!("crate::{}::", folder.replace('/', "::"));
    let listed = |rest: &str| -> Vec<String> {
        let inside = rest.strip_prefix('{').map_or(rest, |list| list.split('}').next().unwrap_or_default());
        let several = if rest.starts_with('{') { inside.split(',').collect() } else { vec![inside] };
        let name = |part: &str| part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        several.into_iter().map(name).collect()
    };
    let named = ["super::", here.as_str()].into_iter().flat_map(|path| text.split(path).skip(1)).flat_map(listed);
    named.filter(|name| beside.contains(name)).collect()
}

/// Takes away what names nothing that is left, until nothing more can be: what is left names each other.
fn circles(mut names: BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    loop {
        let left: BTreeSet<String> = names.keys().cloned().collect();
        names.values_mut().for_each(|named| named.retain(|name| left.contains(name)));
        let before = names.len();
        names.retain(|_, named| !named.is_empty());
        if names.len() == before {
            return names;
        }
    }
}

#[test]
fn files_of_a_folder_name_each_other_in_no_circle() {
    let src = root().join("src");
    let mut folders: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (_, path, text) in sources() {
        let folder = path.parent().and_then(|parent| parent.strip_prefix(&src).ok()).expect("a folder of src");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if !["mod", "tests", "lib", "main"].contains(&name.as_str()) {
            folders.entry(folder.to_string_lossy().into_owned()).or_default().insert(name, code(shipped(&text)));
        }
    }
    for (folder, files) in &folders {
        let beside: BTreeSet<String> = files.keys().cloned().collect();
        let named = |(name, text): (&String, &String)| {
            let mut named = named_neighbours(folder, text, &beside);
            named.remove(name);
            (name.clone(), named)
        };
        let circles = circles(files.iter().map(named).collect());
        assert!(circles.is_empty(), "{folder}: {circles:#?}");
    }
}

#[test]
fn a_circle_is_found() {
    let named = |name: &str, others: &[&str]| (name.to_owned(), others.iter().map(|one| (*one).to_owned()).collect());
    let names = [named("a", &["b"]), named("b", &["c"]), named("c", &["b"]), named("d", &[])];
    assert_eq!(circles(names.into_iter().collect()).keys().collect::<Vec<_>>(), ["a", "b", "c"]);
    let beside = ["x", "y", "z"].map(str::to_owned).into_iter().collect();
    let text = "use super::{x, w::V};\nuse crate::m::n::y::T;";
    assert_eq!(named_neighbours("m/n", text, &beside).into_iter().collect::<Vec<_>>(), ["x", "y"]);
}

/// The name of a type that a line at the left edge declares.
fn declared_type(line: &str) -> Option<&str> {
    let unhidden = match line.strip_prefix("pub(") {
        Some(rest) => rest.split_once(") ")?.1,
        None => line.strip_prefix("pub ").unwrap_or(line),
    };
    let kinds = ["struct ", "enum ", "trait ", "type "];
    let rest = kinds.iter().find_map(|kind| unhidden.strip_prefix(kind))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().filter(|name| !name.is_empty())
}

#[test]
fn each_type_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (_, path, text) in sources() {
        for name in shipped(&text).lines().filter_map(declared_type) {
            places.entry(name.to_owned()).or_default().push(path.display().to_string());
        }
    }
    assert!(places.len() > 400, "{}", places.len());
    let several: Vec<_> = places.iter().filter(|(_, paths)| paths.len() > 1).collect();
    assert!(several.is_empty(), "{several:#?}");
}

#[test]
fn functions_are_short() {
    let mut all = Vec::new();
    for (_, path, text) in sources() {
        for (name, length) in function_lengths(shipped(&text)) {
            assert!(length <= LONGEST_FUNCTION, "{}: {name} has {length} lines", path.display());
            all.push(length);
        }
    }
    all.sort_unstable();
    assert!(all[all.len() * 9 / 10] <= NINE_TENTHS_OF_FUNCTIONS, "nine tenths: {}", all[all.len() * 9 / 10]);
    assert!(
        all.len() > 300 && all[all.len() / 2] < MEDIAN_FUNCTION,
        "{} functions, median {}",
        all.len(),
        all[all.len() / 2]
    );
}

#[test]
fn every_table_says_where_it_is_from() {
    let folder = root().join("src/tables");
    for path in ["tsv", "toml", "txt"].iter().flat_map(|extension| files(&folder, extension)) {
        let text = std::fs::read_to_string(&path).expect("text");
        let header: String = text.lines().take_while(|line| line.starts_with('#') || line.is_empty()).collect();
        assert!(
            header.contains("Licence:") && header.contains("Date:"),
            "{}: the header names no licence or date",
            path.display()
        );
        assert!(
            header.contains("Source:") || header.contains("Origin:"),
            "{}: the header names no source",
            path.display()
        );
    }
}

#[test]
fn the_documents_name_every_command_and_module() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("text");
    let (readme, map) = (read("README.md"), read("src/ARCHITECTURE.md"));
    for command in baoku::cli::command().get_subcommands() {
        assert!(
            readme.contains(&format!("baoku {}", command.get_name())),
            "README.md: no `baoku {}`",
            command.get_name()
        );
    }
    for (module, ..) in sources().iter().filter(|(module, ..)| !module.ends_with(".rs")) {
        assert!(
            map.contains(&format!("`{module}`")) || map.contains(&format!("[`{module}`]")),
            "ARCHITECTURE.md: no `{module}`"
        );
    }
    let samples = read("corpus/README.md");
    let corpus = root().join("corpus");
    for path in ["txt", "jsonl"].iter().flat_map(|extension| files(&corpus, extension)) {
        let name = path.strip_prefix(&corpus).expect("in corpus").to_string_lossy().into_owned();
        assert!(samples.contains(&name), "corpus/README.md: no {name}");
    }
}

#[test]
fn each_dependency_says_why_it_is_there() {
    let text = std::fs::read_to_string(root().join("Cargo.toml")).expect("text");
    let part = text.split("[dependencies]").nth(1).expect("dependencies").split("[lints").next().expect("a part");
    for line in part.lines().filter(|line| line.contains('=')) {
        assert!(line.contains(" # "), "Cargo.toml: no reason beside `{line}`");
    }
}

/// What is counted over labelled articles is counted apart for the half that no rule may look at.
#[test]
fn figures_on_the_invented_articles_tell_the_held_out_half_apart() {
    let labels = ["topics", ".tsv"].concat();
    let readers: Vec<PathBuf> = ["tests", "benches"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), "rs"))
        .filter(|path| std::fs::read_to_string(path).expect("text").contains(&format!("\"{labels}\"")))
        .collect();
    assert!(!readers.is_empty());
    for path in readers {
        let text = std::fs::read_to_string(&path).expect("text");
        assert!(names_word(&code(&text), "held_out"), "{}: reads {labels} and knows no held_out half", path.display());
    }
}
