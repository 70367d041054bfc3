//! `baoku review`.

use super::beside::beside_folder;
use super::terminal::terminal;
use super::{
    CliError, CommandResult, NOTHING, OK, archive_of, dictionary, log, message, open, option, output, remark,
    review_report,
};
use crate::archive::Archive;
use crate::config::Settings;
use crate::corpus::{self, LABELS, Labels, read_labels};
use crate::engine::embedded::Embedded;
use crate::engine::{Engine, EngineError};
use crate::http;
use crate::messages;
use crate::model::{Prediction, ReviewLabel, SampleReason};
use crate::review::{ReviewSession, Sample, SessionOptions, draw_sample, report};
use clap::ArgMatches;
use std::path::{Path, PathBuf};

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    if matches.get_flag("report") { print_report(matches, settings) } else { run_session(matches, settings) }
}

/// A sitting: draws, serves, and ends when it is told to.
fn run_session(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    log::begin_at("warn");
    let (listener, address) = http::bind_loopback(option(matches, "listen").unwrap_or("127.0.0.1:0"))?;
    let engine = open(settings)?;
    let file = labels_file(matches, Some(&engine))?;
    let labels = labels_of(&file)?;
    let archive = archive_of(engine, settings);
    let count = matches.get_one::<u16>("count").map_or(10, |count| usize::from(*count));
    let seed = matches.get_one::<u64>("seed").copied().unwrap_or_default();
    let drawn = draw_sample(&archive.now()?, &labels.reviews, count, seed)?;
    if drawn.drawings.is_empty() {
        message(&terminal().say(messages::nothing_to_label()));
        return Ok(NOTHING);
    }
    tell_drawn(&drawn);
    let by = option(matches, "by").unwrap_or_default().to_owned();
    let sitting = SessionOptions { drawings: drawn.drawings, labels: labels.reviews, file: file.clone(), by };
    let gate = http::AccessGate::new(address)?;
    message(&terminal().say(messages::labelling(&file, &gate.address())));
    let limits = &settings.limits.http;
    let router = http::review_router(ReviewSession::new(archive, sitting), gate, limits);
    http::serve(listener, router, http::Proxies::default(), limits)?;
    Ok(OK)
}

fn tell_drawn(drawn: &Sample) {
    let count = |part: SampleReason| drawn.drawings.iter().filter(|one| one.drawn == part).count();
    let (random, least) = (count(SampleReason::Random), count(SampleReason::LeastSure));
    remark(&terminal().say(messages::drawn([random, least], drawn.articles as u64, drawn.read as u64)));
}

/// The file that is named, else the one beside the folder of the corpus.
fn labels_file(matches: &ArgMatches, engine: Option<&Embedded>) -> Result<PathBuf, CliError> {
    if let Some(file) = option(matches, "labels") {
        return Ok(PathBuf::from(file));
    }
    let first = |engine: &Embedded| engine.snapshot()?.sources(None, None, 1);
    let sources = engine.map_or_else(|| Ok(Vec::new()), first)?;
    let folder = sources.first().map(|record| record.folder.clone());
    Ok(folder.map_or_else(|| PathBuf::from(LABELS), |folder| beside_folder(Path::new(&folder), LABELS)))
}

/// The labels of a file; lines that are none are named.
fn labels_of(file: &Path) -> Result<Labels, CliError> {
    let labels = read_labels(file)?;
    for spoilt in &labels.spoilt {
        message(&format!("{}:{}: {}; the line is passed over", file.display(), spoilt.line, spoilt.reason));
    }
    Ok(labels)
}

fn print_report(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    // Labels can be told about without the index: then what the program said when they were given is judged.
    let engine = match Embedded::open(&settings.index, dictionary()) {
        Ok(engine) => Some(engine),
        Err(EngineError::Missing(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let file = labels_file(matches, engine.as_ref())?;
    let labels = labels_of(&file)?;
    let archive = engine.map(|engine| archive_of(engine, settings));
    let mut failed = None;
    let now = |review: &ReviewLabel| {
        archive.as_ref().and_then(|archive| {
            said_now(archive, review).unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        })
    };
    let report = report(labels.reviews.values(), now);
    if let Some(error) = failed {
        return Err(error);
    }
    let text = match option(matches, "format") {
        Some("json") => review_report::json(&report, &file, &labels.spoilt),
        _ => review_report::text(&report, &file),
    };
    output(&text)?;
    Ok(if report.is_empty() { NOTHING } else { OK })
}

/// What the program says of a labelled article now; `None` where it is gone, or reads otherwise.
fn said_now(archive: &Archive, review: &ReviewLabel) -> Result<Option<Prediction>, CliError> {
    let article = archive.now()?.stored(&[review.article])?.pop();
    let same = article.filter(|article| corpus::hash(article.text_to_hash().as_bytes()) == review.text);
    Ok(same.map(|article| Prediction::from_article(&article)))
}
