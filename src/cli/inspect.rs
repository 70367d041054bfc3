//! `baoku inspect`: what the stages make of one file.

use super::file_reading::{FileReading, first_chars, key_of, page_heading, read};
use super::terminal::terminal;
use super::{CliError, CommandResult, NOTHING, OK, ingest, option, output};
use super::{calibration, doubtful, lines, page_text};
use crate::config::Settings;
use crate::corpus::FileStore;
use crate::formats::{article_json, page_json};
use crate::ingest::FilePreview;
use crate::messages::{self, cut_reason};
use crate::model::{IndexedArticle, TextField};
use clap::ArgMatches;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let options = ingest::read_options(matches)?;
    let limits = ingest::reading_limits(settings);
    let store = Arc::new(FileStore::new(limits.corpus));
    let how = FileReading { options: &options, limits, store, index: &settings.index };
    if matches.get_flag("doubtful") {
        return doubtful::run(matches, &how);
    }
    let file = only_path(matches)?;
    if let Some(gold) = option(matches, "calibration") {
        output(&calibration::table(Path::new(file), Path::new(gold), &how)?)?;
        return Ok(OK);
    }
    let mut preview = read(file, &how, |path| key_of(how.index, path))?;
    if let Some(number) = matches.get_one::<u32>("page") {
        preview.keep_page(*number);
    }
    output(&render_stage(&preview, matches))?;
    Ok(if preview.is_empty() { NOTHING } else { OK })
}

/// The one path that was given.
fn only_path(matches: &ArgMatches) -> Result<&str, CliError> {
    let mut paths = matches.get_many::<String>("path").into_iter().flatten();
    let first = paths.next().map_or("", String::as_str);
    let several = || CliError::Told(messages::one_file_only());
    if paths.next().is_some() { Err(several()) } else { Ok(first) }
}

/// The stage asked for, in the form asked for.
fn render_stage(preview: &FilePreview, matches: &ArgMatches) -> String {
    let json = option(matches, "format") == Some("json");
    match (option(matches, "stage"), json) {
        (Some("lines"), true) => page_json::inspected_lines(preview),
        (Some("lines"), false) => lines::text(preview),
        (Some("blocks" | "page"), true) => page_json::inspected_blocks(preview),
        (Some("blocks"), false) => blocks(preview),
        (Some("page"), false) => page_text::text(preview, is_coloured(matches)),
        (Some("tokens"), true) => article_json::inspected_tokens(&preview.indexed()),
        (Some("tokens"), false) => tokens(&preview.indexed()),
        (_, true) => page_json::inspected_articles(preview),
        (_, false) => articles(preview),
    }
}

fn blocks(preview: &FilePreview) -> String {
    let mut text = String::new();
    for page in &preview.pages {
        text.push_str(&page_heading(preview, page));
        for block in &page.sheet.blocks {
            let (name, score) = (block.label.name(), block.score);
            let _ = writeln!(text, "{:>4}  {name:<12} {score:.2}  {}", block.number, first_chars(&block.text, 50));
            let _ = writeln!(text, "      {}", block.features.join(" "));
        }
    }
    text
}

/// Whether the page is shown in colour: as asked for, else on a terminal.
fn is_coloured(matches: &ArgMatches) -> bool {
    match option(matches, "color") {
        Some("always") => true,
        Some("never") => false,
        _ => terminal().colours_stdout(),
    }
}

fn articles(preview: &FilePreview) -> String {
    let mut text = String::new();
    for article in &preview.articles {
        let (story, metadata) = (&article.story, &article.metadata);
        let _ = writeln!(text, "{}  {}  {}", article.id, story.kind.name(), first_chars(&article.name(), 60));
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
                first_chars(&passage.text, 60)
            );
        }
        for passage in &story.captions {
            let _ = writeln!(text, "  {:?} [caption] {}", passage.blocks, first_chars(&passage.text, 60));
        }
        for reason in &story.reasons {
            let _ = writeln!(text, "  - {}", cut_reason(reason));
        }
    }
    for page in preview.pages.iter().filter(|page| !page.remainders.is_empty()) {
        let heading = page_heading(preview, page);
        let _ = writeln!(text, "{heading}in no article: lines {:?}", page.remainders);
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
