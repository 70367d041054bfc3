//! Articles whose topics and place are known, by source.

use baoku::enrich::{PlaceCase, TopicCase};
use baoku::model::{ArticleId, ArticleKind, Passage, Story};
use baoku::review::held_out;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Where an article is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Labelled, with an odd id: to learn from.
    Odd,
    /// Labelled, with an even id: only measured.
    Even,
    /// Invented, of the half that may be looked at.
    Invented,
    /// On the union pages read by hand.
    Union,
    /// Of the national daily, of which few articles are about workers.
    Daily,
}

impl Source {
    /// How much an article counts.
    pub(crate) fn weight(self) -> f64 {
        match self {
            Self::Odd | Self::Even => 3.0,
            Self::Invented => 1.0,
            Self::Union => 2.0,
            Self::Daily => 0.5,
        }
    }
}

/// What is known of the place of an article.
pub(crate) enum Known {
    /// Nothing.
    Nothing,
    /// The place it is about, empty for none, and other paths that are right as well.
    Path(String, BTreeSet<String>),
    /// The place that its paper or itself is of: right is also what is above or below it.
    Around(String),
    /// It was sent from another country or the seat of the country's organs, and is of no place that its headline does not name.
    SentFromNoPlace,
    /// The paper's own people sent it from another place of the country.
    SentFromPlace,
}

impl Known {
    /// Whether a path is right, empty for none; nothing where that is not known.
    pub(crate) fn is_right(&self, path: &str) -> Option<bool> {
        let above = |a: &str, b: &str| b.strip_prefix(a).is_some_and(|rest| rest.starts_with('/'));
        match self {
            Self::Path(main, also) => Some(path == main || also.contains(path)),
            Self::Around(known) if known.is_empty() || path.is_empty() => Some(known == path),
            Self::Around(known) => Some(known == path || above(known, path) || above(path, known)),
            Self::SentFromNoPlace => Some(path.is_empty()),
            _ => None,
        }
    }

    /// The provinces of what is right; one without a name where none is right.
    pub(crate) fn provinces(&self) -> BTreeSet<&str> {
        let first = |path: &'_ String| path.split('/').next().map(str::len).unwrap_or_default();
        match self {
            Self::Path(main, also) => also.iter().chain([main]).map(|path| &path[..first(path)]).collect(),
            Self::Around(known) => BTreeSet::from([&known[..first(known)]]),
            _ => BTreeSet::new(),
        }
    }
}

/// An article whose topics are known.
pub(crate) struct Labelled {
    pub(crate) source: Source,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) case: TopicCase,
    pub(crate) topics: Vec<String>,
    /// Topics that are neither right nor wrong.
    pub(crate) optional: BTreeSet<String>,
    /// Whether it is about workers; nothing where readers may differ.
    pub(crate) workers: Option<bool>,
    pub(crate) place: Option<PlaceCase>,
    pub(crate) known: Known,
}

/// All of them; nothing where `../shared` is missing.
pub(crate) fn load(root: &Path) -> Option<Vec<Labelled>> {
    let shared = root.join("../shared");
    let labels = std::fs::read_to_string(shared.join("corpora/labelled/labels.jsonl")).ok()?;
    let articles = std::fs::read_to_string(shared.join("corpora/labelled/articles.jsonl")).ok()?;
    let mut all = labelled(&articles, &labels);
    let known: BTreeSet<String> = all.iter().map(|one| one.title.clone()).collect();
    all.extend(invented(&root.join("tests/press")));
    all.extend(union(&shared.join("pages")));
    all.extend(daily(&shared.join("corpora/national"), &root.join("benches/topic_model/daily.tsv"), &known));
    Some(all)
}

fn rows(text: &str) -> impl Iterator<Item = Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON"))
}

fn strings(value: &Value) -> Vec<String> {
    let one = value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    value.as_array().map_or(one.into_iter().collect(), |items| items.iter().flat_map(strings).collect())
}

fn labelled(articles: &str, labels: &str) -> Vec<Labelled> {
    let stories: BTreeMap<String, Story> = rows(articles)
        .map(|row| {
            let mut story = Story::new(ArticleKind::News);
            story.title = row["title"].as_str().unwrap_or_default().to_owned();
            story.given.date = row["date"].as_str().and_then(|day| day.parse().ok());
            let body = row["body"].as_str().unwrap_or_default();
            story.body = body.lines().filter(|line| !line.trim().is_empty()).map(passage).collect();
            (row["id"].as_str().expect("an id").to_owned(), story)
        })
        .collect();
    let one = |row: Value| {
        let id = row["id"].as_str()?.to_owned();
        let odd = id.trim_start_matches('d').parse::<u32>().ok()? % 2 == 1;
        let also = row["region_accept"].as_array()?.iter().filter_map(|path| Some(path.as_str()?.to_owned()));
        let labels = Labels {
            topics: strings(&row["topics"]),
            optional: strings(&row["topics_optional"]).into_iter().collect(),
            workers: row["workers"].as_bool(),
            known: Known::Path(row["region"].as_str()?.to_owned(), also.collect()),
        };
        let story = stories.get(&id)?;
        Some(made(if odd { Source::Odd } else { Source::Even }, id, story, labels))
    };
    rows(labels).filter_map(one).collect()
}

fn passage(line: &str) -> Passage {
    Passage::new(line.trim(), Vec::new())
}

struct Labels {
    topics: Vec<String>,
    optional: BTreeSet<String>,
    workers: Option<bool>,
    known: Known,
}

fn made(source: Source, id: String, story: &Story, labels: Labels) -> Labelled {
    let Labels { topics, optional, workers, known } = labels;
    let (case, place) = (TopicCase::from_story(story), PlaceCase::from_story(story));
    Labelled { source, id, title: story.title.clone(), case, topics, optional, workers, place, known }
}

/// Invented articles of the half that is not [`held_out`]. Those of papers b and g that are not listed may be about workers.
fn invented(folder: &Path) -> Vec<Labelled> {
    let table = std::fs::read_to_string(folder.join("topics.tsv")).expect("labels");
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let labels: BTreeMap<&str, (Vec<String>, BTreeSet<String>)> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut columns = line.split('\t').chain(std::iter::repeat(""));
            let mut next = || columns.next().unwrap_or_default();
            let (id, topics): (&str, Vec<String>) = (next(), words(next()));
            (id, (topics, words(next()).into_iter().collect()))
        })
        .collect();
    let mut all = Vec::new();
    for name in ["a", "b", "c", "d", "e", "f", "g"] {
        let text = std::fs::read_to_string(folder.join(format!("articles/{name}.jsonl"))).expect("articles");
        let open = |row: &Value| !held_out(ArticleId::of_item("tests/press", row["id"].as_str().expect("an id")));
        for row in rows(&text).filter(open) {
            let id = row["id"].as_str().expect("an id").to_owned();
            let label = labels.get(id.as_str());
            let workers = match label {
                Some((topics, _)) => (!topics.is_empty()).then_some(true),
                None => (name != "b" && name != "g").then_some(false),
            };
            let (topics, optional) = label.cloned().unwrap_or_default();
            let known = Known::Around(row["region"].as_str().unwrap_or_default().to_owned());
            all.push(made(Source::Invented, id, &written(&row), Labels { topics, optional, workers, known }));
        }
    }
    all
}

fn written(row: &Value) -> Story {
    let mut story = Story::new(ArticleKind::News);
    story.given.date = row["year"].as_i64().and_then(|year| year.to_string().parse().ok());
    for part in row["parts"].as_array().expect("parts") {
        let text = part[1].as_str().expect("text");
        match part[0].as_str().expect("a label") {
            "kicker" => story.kicker = text.to_owned(),
            "title" => story.title = text.to_owned(),
            "subtitle" => story.subtitle = text.to_owned(),
            "caption" => story.captions.push(passage(text)),
            "body" => story.body.push(passage(text)),
            "subhead" => story.body.push(Passage { subhead: true, ..passage(text) }),
            _ => (),
        }
    }
    story
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    files
}

/// The articles of a page that has answers, and of which these are.
fn page(folder: &Path, gold: &Path) -> Vec<(String, Value, Story)> {
    let name = gold.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = [folder.join(format!("{name}.txt")), folder.join(format!("pages/{name}.txt"))];
    let Some(text) = text.iter().find_map(|path| std::fs::read_to_string(path).ok()) else { return Vec::new() };
    let blocks: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let answer: Value = serde_json::from_str(&std::fs::read_to_string(gold).expect("answers")).expect("JSON");
    let day = answer["printed_on"].as_str().and_then(|day| day.parse().ok());
    let story = |item: &Value| {
        let texts = |key: &str| {
            let rows = item[key].as_array().into_iter().flatten();
            rows.map(|row| numbers(row).iter().map(|n| blocks[*n as usize - 1]).collect::<String>()).collect::<Vec<_>>()
        };
        let mut story = Story::new(ArticleKind::News);
        story.given.date = day;
        (story.kicker, story.title) = (texts("kicker").join(" "), texts("headline").join(" "));
        story.subtitle = texts("subtitle").join(" ");
        story.body = texts("paras").iter().chain(&texts("subheads")).map(|text| passage(text)).collect();
        story.captions = texts("captions").iter().map(|text| passage(text)).collect();
        (format!("{name}#{}", item["n"]), item.clone(), story)
    };
    answer["articles"].as_array().into_iter().flatten().map(story).collect()
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().map_or(value.as_u64().into_iter().collect(), |rows| rows.iter().flat_map(numbers).collect())
}

/// The union pages read by hand.
fn union(folder: &Path) -> Vec<Labelled> {
    let articles = json_files(&folder.join("gold")).into_iter().flat_map(|gold| page(folder, &gold));
    let one = |(id, item, story): (String, Value, Story)| {
        let meta = &item["meta"];
        let main = strings(&meta["region"]).first().cloned().unwrap_or_default();
        let labels = Labels {
            topics: strings(&meta["topics"]),
            optional: strings(&meta["topics_optional"]).into_iter().collect(),
            workers: Some(true),
            known: Known::Path(main, strings(&meta["region_accept"]).into_iter().collect()),
        };
        made(Source::Union, id, &story, labels)
    };
    articles.map(one).collect()
}

/// The articles of the national daily that are not among the labelled ones. `table`: those that are about workers.
fn daily(folder: &Path, table: &Path, known: &BTreeSet<String>) -> Vec<Labelled> {
    let table = std::fs::read_to_string(table).expect("a table");
    let topics: BTreeMap<&str, Vec<String>> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(id, topics)| (id, topics.split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect()))
        .collect();
    let begins = |title: &str| title.chars().take(12).collect::<String>();
    let beginnings: BTreeSet<String> = known.iter().map(|title| begins(title)).collect();
    let articles = json_files(&folder.join("gold")).into_iter().flat_map(|gold| page(folder, &gold));
    let one = |(id, _, story): (String, Value, Story)| {
        let topics = topics.get(id.as_str());
        let open = topics.is_none_or(|topics| !topics.is_empty());
        let labels = Labels {
            topics: topics.cloned().unwrap_or_default(),
            optional: BTreeSet::new(),
            workers: open.then_some(topics.is_some()),
            known: sent_from(&story),
        };
        made(Source::Daily, id, &story, labels)
    };
    articles.filter(|(.., story)| !beginnings.contains(&begins(&story.title))).map(one).collect()
}

/// Where an article was sent from, by its dateline.
fn sent_from(story: &Story) -> Known {
    let pattern = regex::Regex::new(r"^[（(]?(本报|新华社)(\p{Han}{2,8}?)\d+月\d+日电").expect("a pattern");
    let text = story.body.first().map_or("", |passage| passage.text.as_str());
    let Some(found) = pattern.captures(text) else { return Known::Nothing };
    let foreign = baoku::tables::focus().abroad.iter().any(|word| found[2].starts_with(word.as_str()));
    match &found[1] {
        _ if foreign || found[2].starts_with("北京") => Known::SentFromNoPlace,
        "本报" => Known::SentFromPlace,
        _ => Known::Nothing,
    }
}
