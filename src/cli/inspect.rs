//! `baoku inspect`: what the stages make of one file.

use super::{CliError, NOTHING, OK, Outcome, dictionary, index_folder, ingest, message, option, output};
use super::{calibration, sheet};
use crate::corpus;
use crate::engine::Engine;
use crate::engine::embedded::Embedded;
use crate::http::{wire, wire_inspect};
use crate::ingest::{FilePreview, preview};
use crate::layout::FlowForm;
use crate::model::{IndexedArticle, SourceKey, TextField};
use clap::ArgMatches;
use std::fmt::Write;
use std::io::IsTerminal;
use std::path::Path;

pub(super) fn run(matches: &ArgMatches) -> Outcome {
    let file = option(matches, "file").unwrap_or_default();
    if let Some(gold) = option(matches, "calibration") {
        output(&calibration::table(Path::new(file), Path::new(gold), &ingest::read_options(matches)?)?)?;
        return Ok(OK);
    }
    let failed = |error: &dyn std::fmt::Display| CliError::Message(format!("{file}: {error}"));
    let path = Path::new(file).canonicalize().map_err(|error| failed(&error))?;
    let bytes = corpus::read(&path).map_err(|error| failed(&error))?;
    let options = ingest::read_options(matches)?;
    let key = key_of(matches, &path);
    let mut preview = preview(&bytes, &key, &options).map_err(|error| failed(&error))?;
    if let Some(page) = option(matches, "page") {
        preview.only_page(page_argument(page, &preview)?);
    }
    preview.problems.iter().for_each(|problem| {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        message(&format!("{file}{line}: {}: {}", problem.code, problem.message));
    });
    let json = option(matches, "format") == Some("json");
    let text = match (option(matches, "stage"), json) {
        (Some("lines"), true) => wire_inspect::inspected_lines(&preview),
        (Some("lines"), false) => lines(&preview),
        (Some("blocks" | "page"), true) => wire_inspect::inspected_blocks(&preview),
        (Some("blocks"), false) => blocks(&preview),
        (Some("page"), false) => sheet::text(&preview, is_coloured(matches)),
        (Some("tokens"), true) => wire::inspected_tokens(&preview.indexed()),
        (Some("tokens"), false) => tokens(&preview.indexed()),
        (_, true) => wire_inspect::inspected_articles(&preview),
        (_, false) => articles(&preview),
    };
    output(&text)?;
    Ok(if preview.articles.is_empty() { NOTHING } else { OK })
}

/// The page that was asked for.
fn page_argument(text: &str, preview: &FilePreview) -> Result<u32, CliError> {
    let number = text.parse().ok().filter(|number| preview.pages.iter().any(|page| page.0.number == *number));
    let known: Vec<String> = preview.pages.iter().map(|page| page.0.number.to_string()).collect();
    number.ok_or_else(|| {
        CliError::Message(format!("--page {text}: the file has no such page; it has {}", known.join(", ")))
    })
}

/// The lines of each page as its reader gave them, under what they were taken for.
fn lines(preview: &FilePreview) -> String {
    let mut text = String::new();
    for (page, flows) in &preview.pages {
        let _ = writeln!(text, "第{}页 {}行", page.number, page.lines.len());
        for flow in flows {
            let (from, to) = (flow.start + 1, flow.end);
            let _ = match flow.form {
                FlowForm::Paragraphs => writeln!(text, "第{from}–{to}行:每行是一段"),
                FlowForm::Lines => {
                    writeln!(text, "第{from}–{to}行:印刷行,满行{}字,{}%的行满行", flow.width / 2, flow.full)
                }
            };
        }
        for line in &page.lines {
            let area = line.area.map(|area| format!("  [{} {} {} {}]", area.left, area.top, area.right, area.bottom));
            let _ = writeln!(text, "{:>5}{}  {}", line.number, area.unwrap_or_default(), start(&line.text, 60));
        }
    }
    text
}

/// The file's name in the index, where the index knows it; else the path as it lies on this machine.
fn key_of(matches: &ArgMatches, path: &Path) -> SourceKey {
    let records =
        Embedded::open(&index_folder(matches), dictionary()).and_then(|engine| engine.sources()).unwrap_or_default();
    let known = records.into_iter().find(|record| Path::new(&record.folder).join(&record.key.path) == path);
    let parts = || path.iter().skip(1).map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    known.map_or_else(|| SourceKey { root: String::new(), path: parts() }, |record| record.key)
}

fn blocks(preview: &FilePreview) -> String {
    let mut text = String::new();
    for block in &preview.blocks {
        let (name, score) = (block.label.name(), block.score);
        let _ = writeln!(text, "{:>4}  {name:<12} {score:.2}  {}", block.number, start(&block.text, 50));
        let _ = writeln!(text, "      {}", block.features.join(" "));
    }
    text
}

/// Whether the page is shown in colour: as asked for, else on a terminal.
fn is_coloured(matches: &ArgMatches) -> bool {
    match option(matches, "color") {
        Some("always") => true,
        Some("never") => false,
        _ => std::io::stdout().is_terminal(),
    }
}

pub(super) fn start(text: &str, length: usize) -> String {
    let shown: String = text.chars().filter(|c| !super::is_steering(*c)).take(length).collect();
    if text.chars().count() > length { format!("{shown}…") } else { shown }
}

fn articles(preview: &FilePreview) -> String {
    let mut text = String::new();
    for article in &preview.articles {
        let (story, metadata) = (&article.story, &article.metadata);
        let _ = writeln!(text, "{}  {}  {}", article.id, story.kind.name(), start(&article.name(), 60));
        let date = metadata.date.span.map_or_else(|| "undated".to_owned(), |span| span.to_string());
        let region = metadata.regions.first().map(|region| region.path.join("/")).unwrap_or_default();
        let topics: Vec<&str> = metadata.topics.iter().map(|topic| topic.id.as_str()).collect();
        let names: Vec<String> =
            metadata.bylines.iter().map(|byline| format!("{} ({})", byline.name, byline.role.name())).collect();
        let _ = writeln!(text, "  {date} · {region} · {} · {}", topics.join(" "), names.join(", "));
        for passage in &story.body {
            let _ = writeln!(
                text,
                "  {:?} {}{}",
                passage.blocks,
                if passage.subhead { "# " } else { "" },
                start(&passage.text, 60)
            );
        }
        for passage in &story.captions {
            let _ = writeln!(text, "  {:?} [caption] {}", passage.blocks, start(&passage.text, 60));
        }
        for reason in &story.reasons {
            let _ = writeln!(text, "  - {reason}");
        }
    }
    if !preview.remainders.is_empty() {
        let _ = writeln!(text, "in no article: blocks {:?}", preview.remainders);
    }
    text
}

fn tokens(articles: &[IndexedArticle]) -> String {
    let mut text = String::new();
    for article in articles {
        let _ = writeln!(text, "{}", article.article.id);
        for field in TextField::ALL {
            let tokens = article.field(field);
            for (name, stream) in [("grams", &tokens.grams), ("lexicon", &tokens.lexicon), ("words", &tokens.words)] {
                if !stream.is_empty() {
                    let _ = writeln!(text, "  {} {name}: {stream}", field.name());
                }
            }
        }
    }
    text
}
