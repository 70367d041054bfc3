//! How well the rules do on pages read by hand, where those are at hand.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::enrich::{PageOrigin, enrich_item, enrich_page};
use baoku::model::*;
use baoku::review::{Accuracies, Accuracy, Metric, report};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Pages read by hand. Nothing of them is stated: date and home are inferred.
const PAGES: [&str; 3] = ["000_81e97eb5b8ef1b3b", "002_1298b6fdd72ad8b3", "003_ef5f017e08fb0770"];

fn numbers(value: &Value) -> Vec<u32> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        other => other.as_u64().and_then(|n| u32::try_from(n).ok()).into_iter().collect(),
    }
}

fn strings(value: &Value) -> Vec<String> {
    let one = value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    value.as_array().map_or(one.into_iter().collect(), |items| items.iter().flat_map(strings).collect())
}

fn passages(blocks: &[&str], item: &Value, subheads: &[u32]) -> Vec<Passage> {
    let one = |value: &Value| {
        let numbers = numbers(value);
        let text: String = numbers.iter().map(|n| blocks[*n as usize - 1]).collect();
        let subhead = numbers.iter().any(|n| subheads.contains(n));
        Passage { subhead, ..Passage::new(text, numbers) }
    };
    item.as_array().into_iter().flatten().map(one).collect()
}

fn story(blocks: &[&str], item: &Value) -> Story {
    let lines = |key: &str| numbers(&item[key]).iter().map(|n| blocks[*n as usize - 1]).collect::<Vec<_>>();
    let mut story = Story::new(ArticleKind::from_name(item["kind"].as_str().unwrap()).unwrap());
    story.kicker = lines("kicker").join(" ");
    story.title = lines("headline").join(" ");
    story.subtitle = lines("subtitle").join(" ");
    story.byline = lines("byline").join("\n");
    let subheads = numbers(&item["subheads"]);
    story.body = passages(blocks, &item["paras"], &subheads);
    story.body.extend(passages(blocks, &item["subheads"], &subheads));
    story.body.sort_by_key(|passage| passage.blocks.first().copied());
    story.captions = passages(blocks, &item["captions"], &[]);
    story
}

fn bylines(item: &Value) -> BTreeSet<(String, &'static str)> {
    let roles = [
        ("reporters", "reporter"),
        ("correspondents", "correspondent"),
        ("photographers", "photographer"),
        ("author", "author"),
    ];
    roles
        .into_iter()
        .flat_map(|(key, role)| strings(&item["meta"]["byline"][key]).into_iter().map(move |name| (name, role)))
        .collect()
}

#[derive(Default)]
struct Score {
    items: usize,
    region: usize,
    first_topic: usize,
    names: [usize; 3],
}

impl Score {
    fn add(&mut self, name: &str, item: &Value, found: &Metadata) {
        let meta = &item["meta"];
        let path = found.regions.first().map(|region| region.path.join("/")).unwrap_or_default();
        let accepted: Vec<String> = [strings(&meta["region"]), strings(&meta["region_accept"])].concat();
        let region = accepted.contains(&path) || accepted.is_empty() && path.is_empty();
        let topics: Vec<&str> = found.topics.iter().map(|topic| topic.id.as_str()).collect();
        let wanted = strings(&meta["topics"]);
        let topic = topics.first().map_or(wanted.is_empty(), |first| wanted.iter().any(|want| want == first));
        let names: BTreeSet<_> = found.bylines.iter().map(|b| (b.name.clone(), b.role.name())).collect();
        let (want, hits) = (bylines(item), names.intersection(&bylines(item)).count());
        self.items += 1;
        self.region += usize::from(region);
        self.first_topic += usize::from(topic);
        self.names = [self.names[0] + hits, self.names[1] + names.len(), self.names[2] + want.len()];
        if !(region && topic && names == want) {
            println!("{name}#{} {path} {accepted:?} {topics:?} {wanted:?} {names:?} {want:?}", item["n"]);
        }
    }
}

#[test]
fn pages_read_by_hand() {
    let shared = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/pages"));
    let mut score = Score::default();
    for name in PAGES {
        let text = std::fs::read_to_string(shared.join(format!("{name}.txt")));
        let gold = std::fs::read_to_string(shared.join(format!("gold/{name}.json")));
        let (Ok(text), Ok(gold)) = (text, gold) else { return };
        let blocks: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let gold: Value = serde_json::from_str(&gold).unwrap();
        let items = gold["articles"].as_array().unwrap();
        let stories: Vec<Story> = items.iter().map(|item| story(&blocks, item)).collect();
        let metadata = enrich_page(&stories, &PageOrigin::default(), &[]).stories;
        for (item, found) in items.iter().zip(&metadata) {
            score.add(name, item, found);
        }
        let window = strings(&gold["issue_date"]["window"]);
        // How sure the year of a page is depends on what else it tells: the best day is right, the span may be wide.
        for date in metadata.iter().map(|found| &found.date) {
            let (span, best) = (date.span.expect("a date"), date.best.as_ref().expect("a day").day.to_string());
            let (first, last) = (span.earliest.to_string(), span.latest.to_string());
            assert!(first <= window[1] && last >= window[0], "{name} {span:?}");
            assert!(window[0] <= best && best <= window[1], "{name} {best}");
        }
    }
    let share = |part: usize| part as f32 / score.items as f32;
    let f1 = 2.0 * score.names[0] as f32 / (score.names[1] + score.names[2]) as f32;
    println!("region {:.2}, first topic {:.2}, bylines F1 {f1:.2}", share(score.region), share(score.first_topic));
    assert!(share(score.region) >= 0.95 && share(score.first_topic) >= 0.90 && f1 >= 0.95);
}

/// An invented article as a story, with its id.
fn invented(line: &str) -> (String, Story) {
    let item: Value = serde_json::from_str(line).unwrap();
    let mut story = Story::new(ArticleKind::News);
    for part in item["parts"].as_array().unwrap() {
        let text = part[1].as_str().unwrap();
        match part[0].as_str().unwrap() {
            "kicker" => story.kicker = text.to_owned(),
            "title" => story.title = text.to_owned(),
            "subtitle" => story.subtitle = text.to_owned(),
            "caption" => story.captions.push(Passage::new(text, Vec::new())),
            "body" => story.body.push(Passage::new(text, Vec::new())),
            "subhead" => story.body.push(Passage { subhead: true, ..Passage::new(text, Vec::new()) }),
            _ => (),
        }
    }
    (item["id"].as_str().unwrap().to_owned(), story)
}

/// The labels of the invented articles: id, topics, topics that are neither right nor wrong.
fn topic_labels(text: &str) -> BTreeMap<&str, [BTreeSet<&str>; 2]> {
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| {
        let mut columns = line.split('\t');
        let id = columns.next().unwrap();
        let mut words = || columns.next().unwrap_or_default().split(' ').filter(|word| !word.is_empty()).collect();
        (id, [words(), words()])
    })
    .collect()
}

/// An invented article with its topics as a label: what the program says, and what a person says. Topics that are neither
/// right nor wrong are left out of both.
fn topic_label(id: &str, story: Story, [topics, optional]: &[BTreeSet<&str>; 2]) -> ReviewLabel {
    let mut metadata = enrich_item(&story, &PageOrigin::default());
    metadata.topics.retain(|topic| !optional.contains(topic.id.as_str()));
    let id = ArticleId::of_item("tests/press", id);
    let source = SourceKey { root: "tests".into(), path: "press".into() };
    let place = ArticlePosition { source: source.clone(), line: 1, order: 0, page_key: String::new() };
    let article = Article { id, story, metadata, place, former_ids: Vec::new(), since: 0 };
    let topics = topics.iter().map(|topic| (*topic).to_owned()).collect();
    ReviewLabel {
        article: id,
        source,
        text: String::new(),
        drawn: SampleReason::Random,
        said: Prediction::from_article(&article),
        verdict: Verdict { topics: Some(FieldVerdict::Is(topics)), ..Verdict::default() },
        by: String::new(),
        on: None,
        program: String::new(),
    }
}

/// Right first topics of articles with a topic, and articles without one that stay so.
fn topic_shares(half: &Accuracies) -> [f64; 2] {
    let (first, none) = (half.accuracy_of(Metric::FirstTopic), half.accuracy_of(Metric::NoTopic));
    let with = Accuracy { right: first.right - none.right, of: first.of - none.of };
    println!("first topic {with:?}, none stays none {none:?}, {:?}", half.accuracy_of(Metric::TopicsPrecision));
    [with, none].map(|tally| tally.share().expect("articles"))
}

/// The weights of topics and places are fitted on the open half among others (`benches/topic_model`); the half that is
/// `held_out` measures them.
#[test]
fn topics_of_the_invented_articles() {
    let press = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/press"));
    let text = std::fs::read_to_string(press.join("topics.tsv")).unwrap();
    let labels = topic_labels(&text);
    let none = [BTreeSet::new(), BTreeSet::new()];
    let mut reviews = Vec::new();
    for name in ["a", "b", "c", "d", "e", "f", "g"] {
        let text = std::fs::read_to_string(press.join(format!("articles/{name}.jsonl"))).unwrap();
        let stories = text.lines().map(invented);
        reviews.extend(stories.map(|(id, story)| topic_label(&id, story, labels.get(id.as_str()).unwrap_or(&none))));
    }
    let halves = report(reviews.iter(), |_| None).random;
    assert_eq!(halves.all.labels, halves.open.labels + halves.held_out.labels);
    let with = labels.values().filter(|[topics, _]| !topics.is_empty()).count() as u64;
    assert_eq!(with, halves.all.accuracy_of(Metric::FirstTopic).of - halves.all.accuracy_of(Metric::NoTopic).of);
    for (name, half, floors) in [("open", &halves.open, [0.86, 0.95]), ("held out", &halves.held_out, [0.82, 0.95])] {
        print!("{name} half, {} articles: ", half.labels);
        let found = topic_shares(half);
        assert!(found.iter().zip(floors).all(|(found, floor)| *found >= floor), "{name}: {found:?} {floors:?}");
    }
}
