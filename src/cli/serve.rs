//! `baoku serve`.

use super::{CliError, OK, Outcome, dictionary, index_folder, ingest, log, message, option};
use crate::archive::Archive;
use crate::corpus::{Root, read_corrections};
use crate::engine::embedded::Embedded;
use crate::engine::{Engine, EngineError, Snapshot, all_sources};
use crate::http;
use crate::ingest::IngestOptions;
use clap::ArgMatches;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The corpus folder that is looked at without being named.
const CORPUS: &str = "corpus";

/// Memory for building the index before serving, in bytes.
const MEMORY: usize = 200_000_000;

pub(super) fn run(matches: &ArgMatches) -> Outcome {
    log::begin_as_asked(matches)?;
    let address = option(matches, "listen").unwrap_or("127.0.0.1:8080");
    let listener = http::bind(address)?;
    let folder = index_folder(matches);
    let engine = Embedded::open_or_create(&folder, dictionary())?;
    if let Some(root) = corpus(matches, &engine, &folder)? {
        update(&engine, root, ingest::threads(matches))?;
    }
    let archive = Archive::new(Arc::new(engine));
    let taken = listener.local_addr().ok();
    let hosts = matches.get_many::<String>("host").into_iter().flatten().map(String::as_str);
    let hosts = http::Hosts::new(taken, address, hosts);
    let limit = matches.get_one::<u64>("timeout").map_or(http::RUN, |seconds| Duration::from_secs(*seconds));
    let local = taken.map_or_else(|| address.to_owned(), |address| address.to_string());
    message(&format!("{} articles; open http://{local}/ (Ctrl-C ends)", archive.now()?.article_count()?));
    let completions = archive.now()?;
    // The first one who types should not wait; a failure shows when the completions are asked for.
    std::thread::spawn(move || completions.prepare());
    let proxies = matches.get_many::<IpAddr>("proxy").into_iter().flatten().copied().collect();
    http::serve(listener, http::router(archive, hosts, limit), http::Proxies::new(proxies))?;
    Ok(OK)
}

/// The corpus to look at: the one named, else `corpus` when the index is empty or was built from it.
fn corpus(matches: &ArgMatches, engine: &Embedded, folder: &Path) -> Result<Option<Root>, CliError> {
    if let Some(named) = option(matches, "corpus") {
        return Ok(Some(Root::parse(named)?));
    }
    let state = engine.snapshot()?;
    let here = Root::parse(CORPUS).ok();
    if !state.sources(None, None, 1)?.is_empty() {
        return match here {
            Some(root) => Ok(is_known(&*state, &root)?.then_some(root)),
            None => Ok(None),
        };
    }
    if here.is_none() {
        message(&format!(
            "the index in {} is empty and there is no folder `{CORPUS}` here; give one with --corpus DIR, or run `baoku ingest DIR`",
            folder.display()
        ));
    }
    Ok(here)
}

/// Whether the index was built from this folder.
fn is_known(state: &dyn Snapshot, root: &Root) -> Result<bool, CliError> {
    let mut known = false;
    all_sources(state, Some(&root.name), &mut |record| known |= Path::new(&record.folder) == root.folder)?;
    Ok(known)
}

/// Brings the index up to date. What stands in the way keeps an index that holds articles from nothing but the update.
fn update(engine: &Embedded, root: Root, threads: usize) -> Result<(), CliError> {
    let roots = vec![root];
    let report = ingest::corrections_place(None, &roots).and_then(|corrections_from| {
        let corrections = read_corrections(&corrections_from.file)?;
        let calendar = ingest::calendar(None, &roots)?;
        let options = IngestOptions {
            roots,
            corrections,
            corrections_from,
            calendar,
            threads,
            memory: MEMORY,
            ..IngestOptions::default()
        };
        ingest::update(engine, &options)
    });
    match report {
        Ok(report) => message(report.to_string().trim_end()),
        Err(CliError::Engine(EngineError::Locked(_))) => {
            message("another process is writing to the index; serving what it holds, new commits appear by themselves");
        }
        Err(error) if engine.snapshot()?.article_count()? > 0 => {
            message(&format!("not brought up to date: {error}"));
            message("serving what the index holds");
        }
        Err(error) => return Err(error),
    }
    Ok(())
}
