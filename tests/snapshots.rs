//! A snapshot is one state: what is written, merged or taken out meanwhile changes nothing of it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::engine::{Engine, Snapshot, Writer, all_sources, each_match, scan::ScanEngine};
use baoku::model::{Holding, SourceKey};
use baoku::query::{Match, Plan, Sort};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use support::{Draft, dictionary, embedded_of, sample_articles, scan_of, source_record};

fn ids(state: &dyn Snapshot) -> Vec<u64> {
    let mut ids: Vec<u64> =
        each_match(state, &Plan::for_match(Match::All)).unwrap().iter().map(|one| one.id.as_u64()).collect();
    ids.sort_unstable();
    ids
}

fn key(n: u64) -> SourceKey {
    SourceKey { root: "test".into(), path: format!("{n}.txt") }
}

#[test]
fn a_snapshot_stays_what_it_was_while_others_write_and_merge() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Embedded::open_or_create(folder.path(), dictionary()).unwrap();
    let mut writer = Box::new(engine.writer(WriterOptions::default()).unwrap());
    let mut held = Vec::new();
    for n in 0..30 {
        writer.add(Draft::new(n * 10, "题", "送温暖").indexed()).unwrap();
        writer.put_source(&source_record(key(n))).unwrap();
        if n >= 5 {
            writer.remove_source(&key(n - 5)).unwrap();
        }
        writer.commit().unwrap();
        let state = engine.newest().unwrap();
        assert_eq!(state.commit_id().commit, n + 1);
        held.push((n, state));
    }
    writer.finish().unwrap();
    engine.reload().unwrap();
    for (n, state) in held {
        let want: Vec<u64> = (n.saturating_sub(4)..=n).map(|n| n * 10).collect();
        assert_eq!((ids(&*state), state.article_count().unwrap()), (want.clone(), want.len() as u64));
        assert_eq!(state.sources(None, None, 100).unwrap().len(), want.len());
        assert_eq!(state.search(&Plan { limit: 100, ..Plan::for_match(Match::All) }).unwrap().hits.len(), want.len());
    }
}

/// The name of a state was a hash of its segments: a merge made all cursors and answers of before expire.
#[test]
fn a_merge_does_not_change_the_generation() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Embedded::open_or_create(folder.path(), dictionary()).unwrap();
    let mut writer = Box::new(engine.writer(WriterOptions::default()).unwrap());
    for n in 0..20 {
        writer.add(Draft::new(n, "题", "送温暖").indexed()).unwrap();
        writer.commit().unwrap();
    }
    let before = engine.newest().unwrap();
    writer.finish().unwrap();
    let after = engine.newest().unwrap();
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    assert!(files.filter(|path| path.extension().is_some_and(|end| end == "store")).count() < 20, "nothing was merged");
    assert_eq!((before.commit_id(), ids(&*before)), (after.commit_id(), ids(&*after)));
    assert_eq!(after.commit_id().commit, 20);
}

/// Numbers and articles of one snapshot agree with each other while another thread commits.
#[test]
fn everything_of_a_snapshot_is_of_one_commit() {
    let folder = tempfile::tempdir().unwrap();
    let engine = Arc::new(Embedded::open_or_create(folder.path(), dictionary()).unwrap());
    let ended = Arc::new(AtomicBool::new(false));
    let (seen, end) = (Arc::clone(&engine), Arc::clone(&ended));
    let reader = std::thread::spawn(move || {
        let (mut looked, mut last) = (0, 0);
        while !end.load(Ordering::Relaxed) {
            let state = seen.newest().unwrap();
            let commit = state.commit_id().commit;
            // Each commit adds one article and one file.
            assert_eq!(state.article_count().unwrap(), commit);
            assert_eq!(state.sources(None, None, 1000).unwrap().len() as u64, commit);
            assert!(commit >= last);
            (looked, last) = (looked + 1, commit);
        }
        looked
    });
    let mut writer = engine.writer(WriterOptions::default()).unwrap();
    for n in 0..120 {
        writer.add(Draft::new(n * 10, "题", "送温暖").indexed()).unwrap();
        writer.put_source(&source_record(key(n))).unwrap();
        writer.commit().unwrap();
    }
    ended.store(true, Ordering::Relaxed);
    assert!(reader.join().unwrap() > 5);
}

#[test]
fn a_scroll_gives_what_pages_give_in_their_order() {
    let articles = sample_articles();
    for case in [embedded_of(&articles), support::Case { engine: scan_of(&articles), folder: None }] {
        let state = case.engine.snapshot().unwrap();
        for sort in [Sort::Oldest, Sort::Newest] {
            let plan = Plan { sort, limit: 1000, ..Plan::for_match(Match::All) };
            let pages: Vec<_> = state.search(&plan).unwrap().hits.into_iter().map(|hit| hit.article).collect();
            let mut scrolled = Vec::new();
            let take = &mut |article| {
                scrolled.push(article);
                true
            };
            state.scroll(&plan, take).unwrap();
            assert!(scrolled == pages && scrolled.len() == articles.len());
        }
        let mut few = 0;
        state
            .scroll(&Plan::for_match(Match::All), &mut |_| {
                few += 1;
                few < 3
            })
            .unwrap();
        assert_eq!(few, 3);
    }
}

#[test]
fn source_files_are_told_page_by_page_on_every_engine() {
    let folder = tempfile::tempdir().unwrap();
    let embedded = Embedded::open_or_create(folder.path(), dictionary()).unwrap();
    let mut writer = embedded.writer(WriterOptions::default()).unwrap();
    let mut scan = ScanEngine::new();
    let names = ["b/2", "a/1", "a-b/1", "a/11", "a/2/x", "b/10", "a/3"];
    for (number, name) in names.into_iter().enumerate() {
        let (root, path) = name.split_once('/').unwrap();
        let mut record = source_record(SourceKey { root: root.into(), path: path.into() });
        let articles = number as u64;
        record.holdings = vec![Holding { paper: "甲报".into(), span: None, page: "1".into(), articles }];
        writer.put_source(&record).unwrap();
        scan.put_source(&record).unwrap();
        if number % 3 == 0 {
            writer.commit().unwrap();
        }
    }
    for writer in [&mut writer as &mut dyn Writer, &mut scan] {
        writer.remove_source(&SourceKey { root: "a".into(), path: "3".into() }).unwrap();
        writer.commit().unwrap();
    }
    let states: [Arc<dyn Snapshot>; 2] = [embedded.newest().unwrap(), scan.snapshot().unwrap()];
    for state in states {
        let pages = |root: Option<&str>, limit| {
            let (mut all, mut after) = (Vec::new(), None);
            loop {
                let page = state.sources(root, after.as_ref(), limit).unwrap();
                let Some(last) = page.last() else { return all };
                assert!(page.len() <= limit);
                after = Some(last.key.clone());
                all.extend(page.into_iter().map(|record| record.key.to_string()));
            }
        };
        for limit in [1, 2, 100] {
            assert_eq!(pages(None, limit), ["a-b/1", "a/1", "a/11", "a/2/x", "b/10", "b/2"]);
            assert_eq!(pages(Some("a"), limit), ["a/1", "a/11", "a/2/x"]);
            assert!(pages(Some("c"), limit).is_empty());
        }
        let mut count = 0;
        all_sources(&*state, Some("b"), &mut |_| count += 1).unwrap();
        assert_eq!(count, 2);
        let held: u64 = state.holdings().unwrap().iter().map(|holding| holding.articles).sum();
        assert_eq!(held, 15);
        let known = |root: &str, path: &str| state.source(&SourceKey { root: root.into(), path: path.into() }).unwrap();
        assert!(known("a", "2/x").is_some() && known("a", "3").is_none() && known("a", "x").is_none());
    }
}
