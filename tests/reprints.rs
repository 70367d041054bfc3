//! Clusters of reprints: found when articles come, right after every change, the same on every engine.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::{Archive, SearchRequest, TrendRequest};
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::engine::{ClusterLookup, Engine, Snapshot, Writer, each_match};
use baoku::model::{ArticleId, IndexedArticle, SourceKey};
use baoku::query::{Match, Plan};
use baoku::reprints::{Clustering, ReprintCandidate, components};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::Arc;
use support::{Draft, Random, dictionary, embedded_of, scan_of};

/// A text of its own for each seed.
fn text(seed: u32, length: u32) -> String {
    let char = |n: u32| char::from_u32(0x4E00 + (seed.wrapping_mul(7919) + n * 131 + n * n * 17) % 5000).unwrap();
    (0..length).map(char).collect()
}

/// Sets of the ids of printings, of texts that were printed more than once.
fn families(state: &dyn Snapshot) -> BTreeSet<Vec<u64>> {
    let mut by_cluster: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for one in each_match(state, &Plan::for_match(Match::All)).unwrap() {
        if one.cluster != 0 {
            by_cluster.entry(one.cluster).or_default().push(one.id.as_u64());
        }
    }
    sorted(by_cluster.into_values())
}

fn sorted(families: impl Iterator<Item = Vec<u64>>) -> BTreeSet<Vec<u64>> {
    let sorted = families.map(|mut family| {
        family.sort_unstable();
        family
    });
    sorted.filter(|family| family.len() > 1).collect()
}

/// The same, of all articles against all.
fn expected(articles: &BTreeMap<String, Vec<IndexedArticle>>) -> BTreeSet<Vec<u64>> {
    let members: Vec<ReprintCandidate> =
        articles.values().flatten().map(|one| ReprintCandidate::from_article(&one.article)).collect();
    let ids = |family: Vec<usize>| family.into_iter().map(|at| members[at].id.as_u64()).collect();
    sorted(components(&members).into_iter().map(ids))
}

#[test]
fn a_story_printed_three_hundred_times_is_one_family() {
    let story = text(1, 400);
    let printing = |n: u32| {
        let own: String = story.chars().take(300).chain(text(n + 2, 100).chars()).collect();
        Draft::new(u64::from(n), "通稿", &own).indexed()
    };
    let articles: Vec<IndexedArticle> = (0..300).map(printing).collect();
    for case in [embedded_of(&articles), support::Case { engine: scan_of(&articles), folder: None }] {
        let state = case.engine.snapshot().unwrap();
        assert_eq!(families(&*state).into_iter().map(|family| family.len()).collect::<Vec<_>>(), [300]);
        let view = Archive::new(case.engine.clone()).now().unwrap();
        let mut request = SearchRequest::default();
        request.selection.reading.once = true;
        assert_eq!(view.search(&request).unwrap().total, 1);
        let article = state.article(ArticleId::from_u64(7)).unwrap().unwrap();
        assert_eq!(view.family(&article).unwrap().unwrap().printings.len(), 300);
    }
}

/// One file of articles that are variants of a few texts, cut so that some are linked only by a third.
fn file(random: &mut Random, name: &str, texts: &[String]) -> Vec<IndexedArticle> {
    let article = |number: usize, random: &mut Random| {
        let story: Vec<char> = random.pick(texts).chars().collect();
        let (start, length) = (random.below(150), 150 + random.below(200));
        let body: String = story.into_iter().skip(start).take(length).collect();
        let mut one = Draft::new(number as u64, "题", &body).indexed();
        one.article.id = ArticleId::of_item(name, &number.to_string());
        one.article.place.source = SourceKey { root: "test".into(), path: name.into() };
        one
    };
    (0..1 + random.below(3)).map(|number| article(number, random)).collect()
}

#[test]
fn clusters_are_those_of_all_articles_whatever_came_and_went() {
    let texts: Vec<String> = (0..4).map(|n| text(n * 5 + 3, 350)).collect();
    let mut parted = 0;
    for seed in 0..12 {
        let mut random = Random::new(seed);
        let folder = tempfile::tempdir().unwrap();
        let engine = Embedded::open_or_create(folder.path(), dictionary()).unwrap();
        let mut writer = engine.writer(WriterOptions::default()).unwrap();
        let mut clustering = Clustering::new(&engine, &mut writer).unwrap();
        let mut stand: BTreeMap<String, Vec<IndexedArticle>> = BTreeMap::new();
        let mut before = 0;
        for round in 0..12 {
            for _ in 0..1 + random.below(4) {
                let name = format!("{}.txt", random.below(10));
                let key = SourceKey { root: "test".into(), path: name.clone() };
                clustering.remove_source(&key).unwrap();
                stand.remove(&name);
                if random.below(3) > 0 {
                    let articles = file(&mut random, &name, &texts);
                    articles.iter().for_each(|one| clustering.add(one.clone()).unwrap());
                    stand.insert(name, articles);
                }
            }
            clustering.commit().unwrap();
            let state = engine.newest().unwrap();
            let want = expected(&stand);
            assert_eq!(families(&*state), want, "{seed} {round}");
            parted += usize::from(want.len() > before);
            before = want.len();
            let ids: Vec<u64> = stand.values().flatten().map(|one| one.article.id.as_u64()).collect();
            assert_eq!(state.article_count().unwrap() as usize, ids.len(), "{seed} {round}");
        }
    }
    assert!(parted > 10, "{parted}");
}

#[test]
fn what_is_alike_is_the_same_on_every_engine() {
    let texts: Vec<String> = (0..3).map(|n| text(n * 5 + 3, 350)).collect();
    let mut random = Random::new(5);
    let articles: Vec<IndexedArticle> = (0..9).flat_map(|n| file(&mut random, &format!("{n}.txt"), &texts)).collect();
    let (scan, embedded) = (scan_of(&articles).snapshot().unwrap(), embedded_of(&articles));
    let embedded = embedded.engine.snapshot().unwrap();
    assert_eq!(families(&*scan), families(&*embedded));
    let ids: Vec<ArticleId> = articles.iter().map(|one| one.article.id).collect();
    let found = |state: &dyn Snapshot, alike: ClusterLookup<'_>| -> Vec<(u64, u32)> {
        let mut found: Vec<_> =
            state.cluster_members(alike).unwrap().into_iter().map(|one| (one.id.as_u64(), one.marks)).collect();
        found.sort_unstable();
        found
    };
    for article in &articles {
        let marks = ClusterLookup::Marks(&article.marks);
        assert_eq!(found(&*scan, marks), found(&*embedded, marks));
    }
    assert_eq!(found(&*scan, ClusterLookup::Ids(&ids[1..5])), found(&*embedded, ClusterLookup::Ids(&ids[1..5])));
    let named = |state: &dyn Snapshot| state.articles(&ids[2..6]).unwrap();
    assert_eq!(named(&*scan), named(&*embedded));
    assert_eq!(named(&*scan).iter().map(|one| one.id).collect::<Vec<_>>(), ids[2..6]);
}

/// Two printings are joined by a third that comes later, and are parted again when it goes: an answer that was given in
/// each state is told again in the last one.
#[test]
fn reprints_of_an_earlier_state_are_told_as_they_were() {
    let story: String = text(9, 600);
    let cut = |from: usize, to: usize| story.chars().skip(from).take(to - from).collect::<String>();
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    std::fs::create_dir(&corpus).unwrap();
    let put = |name: &str, day: &str, body: &str| {
        let item = format!("{{\"id\":\"{name}\",\"date\":\"2014-01-{day}\",\"body\":\"{body}\"}}\n");
        std::fs::write(corpus.join(format!("{name}.jsonl")), item).unwrap();
    };
    let asked = |pairs: &[(&str, &str)]| {
        let engine = Embedded::open(&index, dictionary()).unwrap();
        let view = Archive::new(Arc::new(engine)).now().unwrap();
        let pairs: Vec<(&str, &str)> =
            [("once", "true"), ("by", "year")].into_iter().chain(pairs.iter().copied()).collect();
        view.trends(&TrendRequest::from_pairs(pairs).unwrap()).unwrap()
    };
    let ingest = || {
        let done = Command::new(env!("CARGO_BIN_EXE_baoku"))
            .arg("ingest")
            .arg(&corpus)
            .arg("--index")
            .arg(&index)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let reply = asked(&[]);
        (reply.series[0].sum().matched, reply.id)
    };
    put("a", "01", &cut(0, 330));
    put("b", "02", &cut(270, 600));
    put("c", "03", "别的一篇");
    let apart = ingest();
    put("x", "04", &cut(40, 560));
    let joined = ingest();
    put("y", "05", "又一篇");
    let more = ingest();
    std::fs::remove_file(corpus.join("x.jsonl")).unwrap();
    let parted = ingest();
    assert_eq!([apart.0, joined.0, more.0, parted.0], [3, 2, 3, 4]);
    for (matched, id) in [apart, joined, more, parted] {
        let again = asked(&[("as_of", &id)]);
        assert_eq!(again.series[0].sum().matched, matched);
        assert_eq!(again.replay.unwrap().same, Some(true), "{id}");
    }
}
