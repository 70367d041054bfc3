//! `baoku serve`.

use super::config::tell_passed_over;
use super::terminal::terminal;
use super::{CliError, CommandResult, OK, archive_of, dictionary, ingest, log, message};
use crate::config::{Configuration, Settings};
use crate::corpus::Root;
use crate::engine::embedded::Embedded;
use crate::engine::{Engine, EngineError, Snapshot, all_sources};
use crate::http;
use crate::messages;
use clap::ArgMatches;
use std::path::Path;

/// The corpus folder that is looked at without being named.
const CORPUS: &str = "corpus";

pub(super) fn run(matches: &ArgMatches, configuration: &Configuration) -> CommandResult {
    let settings = &configuration.settings;
    let (serve, limits) = (&settings.serve, &settings.limits.http);
    log::begin_at(&serve.log);
    tell_passed_over(configuration);
    let listener = http::bind(&serve.listen)?;
    let engine = Embedded::open_or_create(&settings.index, dictionary())?;
    let root = corpus(settings, &engine)?;
    if let Some(root) = &root {
        update(&engine, root.clone(), settings)?;
    }
    if matches.get_flag("watch") {
        follow(root, settings)?;
    }
    let archive = archive_of(engine, settings);
    let taken = listener.local_addr().ok();
    let hosts = http::Hosts::new(taken, &serve.listen, serve.hosts.iter().map(String::as_str));
    let local = taken.map_or_else(|| serve.listen.clone(), |address| address.to_string());
    message(&terminal().say(messages::serving(archive.now()?.article_count()?, &local)));
    let completions = archive.now()?;
    // The first one who types should not wait; a failure shows when the completions are asked for.
    std::thread::spawn(move || completions.prepare());
    let proxies = http::Proxies::new(serve.proxies.clone());
    http::serve(listener, http::router(archive, hosts, limits), proxies, limits)?;
    Ok(OK)
}

/// Keeps the index up to date with the corpus on a thread of its own while the server runs.
fn follow(root: Option<Root>, settings: &Settings) -> Result<(), CliError> {
    let root = root.ok_or_else(|| CliError::Told(messages::nothing_to_follow()))?;
    let options = ingest::options_of(settings, vec![root])?;
    let settings = settings.clone();
    let engine = Embedded::open(&settings.index, dictionary())?;
    std::thread::spawn(move || {
        ingest::watch_folders(&engine, &options, &settings, &mut |text| message(text));
    });
    Ok(())
}

/// The corpus to look at: the one named, else `corpus` when the index is empty or was built from it.
fn corpus(settings: &Settings, engine: &Embedded) -> Result<Option<Root>, CliError> {
    if let Some(named) = &settings.serve.corpus {
        return Ok(Some(Root::parse(&named.to_string_lossy())?));
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
        message(&terminal().say(messages::nothing_to_serve(&settings.index, CORPUS)));
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
fn update(engine: &Embedded, root: Root, settings: &Settings) -> Result<(), CliError> {
    let report = ingest::options_of(settings, vec![root]).and_then(|options| ingest::update(engine, &options));
    match report {
        Ok(done) => message(done.text().trim_end()),
        Err(CliError::Engine(EngineError::Locked(_))) => {
            message(&terminal().say(messages::served_while_written()));
        }
        Err(error) if engine.snapshot()?.article_count()? > 0 => {
            messages::served_as_it_is(&error.told()).into_iter().for_each(|told| message(&terminal().say(told)));
        }
        Err(error) => return Err(error),
    }
    Ok(())
}
