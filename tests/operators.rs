//! The meaning of every operator and filter, at random: `embedded` against `scan`, in several segments and in one, after
//! deletes and reopening.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::parse_query;
use baoku::engine::embedded::{Embedded, WriterOptions};
use baoku::engine::{Engine, Writer};
use baoku::model::{Date, Facet, IndexedArticle, InferredField, Measure, TextField};
use baoku::query::{Filter, Match, Plan, Sort, match_of};
use baoku::text::{NormalForm, is_boundary, units};
use std::collections::{BTreeMap, BTreeSet};
use support::{Draft, Random, dictionary, embedded_of, sample_articles, scan_of};

const WORDS: &[&str] = &[
    "工会",
    "总工会",
    "困难职工",
    "送温暖",
    "维权",
    "的",
    "劳动模范",
    "GDP",
    "gdp",
    "Ａ4",
    "3,200",
    "12351",
    "3.5",
    "。",
    "，",
    "“",
    "”",
    " ",
    "2014",
    "帮扶",
    "职工",
    "x射线",
    "·",
    "工",
    "会",
    "covid",
    "19",
];

const REGIONS: &[&str] = &["350200", "350100", "350000", "410800", "330000"];
const TOPICS: &[&str] = &["送温暖", "维权", "帮扶"];
const DATES: &[&str] = &["2012", "2013-05", "2014-04-29", "2014-04", "2015-01-01", "2016"];

fn made_up(random: &mut Random, n: u64) -> IndexedArticle {
    let paragraph = |random: &mut Random| (0..1 + random.below(30)).map(|_| *random.pick(WORDS)).collect::<String>();
    let body: Vec<String> = (0..1 + random.below(4)).map(|_| paragraph(random)).collect();
    let title = *random.pick(&["", "工会送温暖", "维权GDP增长", "总工会3,200人"]);
    let mut draft = Draft::new(2_000_000 + n, title, &body.join("\n")).paper(random.pick::<&str>(&["甲报", "乙报"]));
    if random.below(4) > 0 {
        draft = draft.date(random.pick::<&str>(DATES));
    }
    if random.below(3) > 0 {
        draft = draft.region(random.pick::<&str>(REGIONS));
    }
    if random.below(2) > 0 {
        draft = draft.topics(&[*random.pick(TOPICS)]);
    }
    if random.below(3) == 0 {
        let sure = |random: &mut Random| [0.31, 0.7, 0.9, 1.0][random.below(4)];
        draft = draft.sure(sure(random), sure(random), sure(random));
    }
    if random.below(3) == 0 {
        draft = draft.amount((random.below(40) * 100) as f64, *random.pick(&Measure::ALL));
    }
    draft.indexed()
}

struct Asker {
    articles: Vec<IndexedArticle>,
    random: Random,
    /// How often each kind of clause was asked for.
    asked: BTreeMap<&'static str, usize>,
}

impl Asker {
    /// A run of an article, as a person would type it.
    fn run(&mut self, longest: usize) -> String {
        loop {
            let article = &self.articles[self.random.below(self.articles.len())];
            let field = if self.random.below(5) == 0 { TextField::Title } else { TextField::Body };
            let normal = NormalForm::from_paragraphs(article.article.paragraphs(field));
            let all: Vec<&str> = units(normal.encoded()).collect();
            if all.len() < 2 {
                continue;
            }
            let length = (1 + self.random.below(longest)).min(all.len());
            let start = self.random.below(all.len() - length + 1);
            let run = &all[start..start + length];
            if run.iter().any(|unit| is_boundary(unit))
                || run.windows(2).any(|two| two.iter().all(|u| u.starts_with('_')))
            {
                continue;
            }
            return run.iter().map(|unit| unit.trim_matches('_')).collect();
        }
    }

    fn counted(&mut self, kind: &'static str, text: String) -> String {
        *self.asked.entry(kind).or_default() += 1;
        text
    }

    fn clause(&mut self, depth: usize) -> String {
        match self.random.below(if depth > 2 { 6 } else { 13 }) {
            0 | 1 => {
                let run = self.run(3);
                self.counted("word", run)
            }
            2 => {
                let run = self.run(8);
                self.counted("phrase", format!("“{run}”"))
            }
            3 => {
                let stem = *self.random.pick(&["g", "GD", "3", "12", "cov", "2", "约3", "共约3", "送温暖3", "会G"]);
                self.counted("prefix", format!("{stem}*"))
            }
            4 => {
                let (field, run) = (*self.random.pick(&["标题", "正文", "图片", "作者", "栏目"]), self.run(3));
                self.counted("field", format!("{field}:{run}"))
            }
            5 => {
                let text = match self.random.below(5) {
                    0 => format!("金额>={}", self.random.below(4000)),
                    1 => format!("人数<{}", self.random.below(4000)),
                    2 => format!(
                        "日期:{}",
                        self.random.pick(&["2014年4月", "2013", "2012..2014-04-20", "2014年五一", ".. 2013"])
                    ),
                    3 => format!("地区:{}", self.random.pick(&["福建", "厦门市", "河南", "350100"])),
                    _ => format!("主题:{}", self.random.pick(TOPICS)),
                };
                self.counted("condition", text.replace(".. ", ".."))
            }
            6 | 7 => {
                let (left, right) = (self.run(2), self.run(3));
                let field = if self.random.below(4) == 0 { "标题:" } else { "" };
                let distance = self.random.below(12);
                self.counted("near", format!("{field}{left} NEAR/{distance} {right}"))
            }
            8 => {
                let clause = self.clause(depth + 1);
                self.counted("not", format!("-({clause})"))
            }
            9 | 10 => {
                let parts: Vec<String> = (0..2 + self.random.below(2)).map(|_| self.clause(depth + 1)).collect();
                self.counted("any", format!("({})", parts.join(" | ")))
            }
            _ => {
                let parts: Vec<String> = (0..2).map(|_| self.clause(depth + 1)).collect();
                self.counted("all", format!("({})", parts.join(" ")))
            }
        }
    }

    fn filters(&mut self) -> Vec<Filter> {
        let mut filters = Vec::new();
        let day = |text: &str| text.parse::<Date>().ok();
        if self.random.below(4) == 0 {
            let from = *self.random.pick(&["2013-01-01", "2014-04-20", ""]);
            let to = *self.random.pick(&["2014-04-29", "2015-12-31", ""]);
            filters.push(Filter::Dates { from: day(from), to: day(to) });
        }
        let lists = [
            (Facet::Region, REGIONS),
            (Facet::Topic, TOPICS),
            (Facet::Paper, &["甲报", "乙报"][..]),
            (Facet::Year, &["undated", "2014"]),
        ];
        for (facet, values) in lists {
            if self.random.below(5) == 0 {
                let value = vec![(*self.random.pick(values)).to_owned()];
                let (any, none) = if self.random.below(2) == 0 { (value, Vec::new()) } else { (Vec::new(), value) };
                filters.push(Filter::Value { facet, any, none });
            }
        }
        if self.random.below(5) == 0 {
            let (least, most) = *self.random.pick(&[(9_000, 10_000), (7_000, 10_000), (0, 6_999), (3_100, 3_100)]);
            let (field, values) = *self.random.pick(&[
                (InferredField::Date, &[][..]),
                (InferredField::Region, REGIONS),
                (InferredField::Region, &[]),
                (InferredField::Topic, TOPICS),
                (InferredField::Topic, &[]),
            ]);
            let values = values.iter().filter(|_| self.random.below(2) == 0).map(|value| (*value).to_owned()).collect();
            filters.push(Filter::Confidence { field, values, range: least..=most });
        }
        filters
    }

    fn check(&mut self, count: usize, engine: &dyn Engine, oracle: &dyn Engine) {
        let mut hits = 0;
        for number in 0..count {
            let clauses: Vec<String> = (0..1 + self.random.below(2)).map(|_| self.clause(0)).collect();
            let query = clauses.join(" ");
            let (ast, _) = parse_query(&query, None);
            let (matching, _) = match_of(&ast, engine.snapshot().unwrap().capabilities());
            let filters = self.filters();
            let got = answer(engine, &matching, &filters, number);
            let want = answer(oracle, &matching, &filters, number);
            assert_eq!(got, want, "{query:?} {filters:?} {matching:?}");
            hits += usize::from(want.0 > 0);
        }
        assert!(hits * 4 > count, "a fair share of the queries finds something: {hits} of {count}");
    }
}

/// Total, ids in order of date, and facet counts; a count alone now and then.
fn answer(
    engine: &dyn Engine,
    matching: &Match,
    filters: &[Filter],
    number: usize,
) -> (u64, Vec<u64>, Vec<(String, u64)>) {
    let plan = Plan {
        filters: filters.to_vec(),
        sort: [Sort::Newest, Sort::Oldest, Sort::LeastSure][number % 3],
        limit: if number.is_multiple_of(7) { 0 } else { 5_000 },
        facets: if number.is_multiple_of(3) { vec![Facet::Year, Facet::Topic] } else { Vec::new() },
        ..Plan::for_match(matching.clone())
    };
    let answer = engine.snapshot().unwrap().search(&plan).expect("an answer");
    let facets = answer.facets.into_iter().flat_map(|facet| facet.counts).collect();
    (answer.total, answer.hits.iter().map(|hit| hit.article.id.as_u64()).collect(), facets)
}

fn articles(random: &mut Random) -> Vec<IndexedArticle> {
    let mut articles = sample_articles();
    articles.extend((0..400).map(|n| made_up(random, n)));
    articles
}

#[test]
fn every_operator_and_filter_in_many_segments_and_in_one() {
    let mut random = Random::new(5);
    let articles = articles(&mut random);
    let oracle = scan_of(&articles);
    let mut asker = Asker { articles: articles.clone(), random, asked: BTreeMap::new() };
    let many = embedded_of(&articles);
    asker.check(8_000, &*many.engine, &*oracle);
    // All articles once more in one commit and one segment.
    let folder = tempfile::tempdir().expect("a folder");
    let one = Embedded::open_or_create(folder.path(), dictionary()).expect("an index");
    let mut writer = Box::new(one.writer(WriterOptions::default()).expect("a writer"));
    articles.iter().for_each(|article| writer.add(article.clone()).expect("adding"));
    writer.commit().expect("a commit");
    writer.finish().expect("merging");
    one.reload().expect("reloading");
    asker.check(8_000, &one, &*oracle);
    println!("{:?}", asker.asked);
    assert!(asker.asked.len() == 9 && asker.asked.values().all(|count| *count > 500), "{:?}", asker.asked);
}

#[test]
fn every_operator_and_filter_after_deletes_and_reopening() {
    let mut random = Random::new(11);
    let articles = articles(&mut random);
    let case = embedded_of(&articles);
    let folder = case.folder.as_ref().expect("a folder").path().to_owned();
    drop(case.engine);
    let engine = Embedded::open(&folder, dictionary()).expect("reopening");
    let mut writer = Box::new(engine.writer(WriterOptions::default()).expect("a writer"));
    let gone: BTreeSet<_> =
        articles.iter().step_by(4).map(|article| article.article.place.source.clone()).take(15).collect();
    gone.iter().for_each(|key| writer.remove_source(key).expect("removing"));
    writer.commit().expect("a commit");
    engine.reload().expect("reloading");
    let left: Vec<IndexedArticle> =
        articles.iter().filter(|article| !gone.contains(&article.article.place.source)).cloned().collect();
    assert!(left.len() < articles.len() && !left.is_empty());
    let oracle = scan_of(&left);
    let mut asker = Asker { articles: left, random, asked: BTreeMap::new() };
    asker.check(2_000, &engine, &*oracle);
    writer.finish().expect("merging");
    drop(engine);
    let engine = Embedded::open(&folder, dictionary()).expect("reopening");
    asker.check(2_000, &engine, &*oracle);
}
