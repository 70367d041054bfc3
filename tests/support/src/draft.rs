//! Articles for tests: the only place that knows how they are put together.

use baoku::indexing::indexed;
use baoku::model::{
    Amount, Article, ArticleId, ArticleKind, ArticlePosition, DateInfo, DateSource, IndexedArticle, Measure, Metadata,
    PaperInfo, Passage, RegionInfo, SourceKey, Story, TopicInfo,
};

/// An article with the values that filters look at.
pub struct Draft {
    /// Its id, and where it stands.
    pub n: u64,
    /// Its title.
    pub title: &'static str,
    /// Its paragraphs.
    pub body: Vec<String>,
    /// The date of its issue.
    pub date: Option<&'static str>,
    /// The code of its place.
    pub region: Option<&'static str>,
    /// The ids of its topics.
    pub topics: Vec<&'static str>,
    /// The name of its paper.
    pub paper: &'static str,
    /// Its amounts.
    pub amounts: Vec<(f64, Measure)>,
    /// How sure date, place and topics are.
    pub sure: [f32; 3],
}

impl Draft {
    /// An article with a title and paragraphs, one a line, that states nothing else.
    pub fn new(n: u64, title: &'static str, body: &str) -> Self {
        let body = body.split('\n').map(str::to_owned).collect();
        Self {
            n,
            title,
            body,
            date: None,
            region: None,
            topics: Vec::new(),
            paper: "",
            amounts: Vec::new(),
            sure: [1.0; 3],
        }
    }

    /// Dated.
    pub fn date(mut self, date: &'static str) -> Self {
        self.date = Some(date);
        self
    }

    /// With a place, by its code.
    pub fn region(mut self, code: &'static str) -> Self {
        self.region = Some(code);
        self
    }

    /// With topics, by their ids.
    pub fn topics(mut self, topics: &[&'static str]) -> Self {
        self.topics = topics.to_vec();
        self
    }

    /// Of a paper.
    pub fn paper(mut self, paper: &'static str) -> Self {
        self.paper = paper;
        self
    }

    /// With one amount more.
    pub fn amount(mut self, value: f64, measure: Measure) -> Self {
        self.amounts.push((value, measure));
        self
    }

    /// As sure of date, place and topics as stated.
    pub fn sure(mut self, date: f32, region: f32, topic: f32) -> Self {
        self.sure = [date, region, topic];
        self
    }

    /// As engines take it.
    pub fn indexed(self) -> IndexedArticle {
        let mut story = Story::new(ArticleKind::News);
        story.title = self.title.into();
        story.body = self
            .body
            .into_iter()
            .map(|text| Passage { text, blocks: Vec::new(), subhead: false, grafts: Vec::new() })
            .collect();
        let span = self.date.map(|date| date.parse().expect("a date"));
        let [date, place, topic] = self.sure;
        let topics =
            self.topics.iter().map(|id| TopicInfo { id: (*id).into(), confidence: topic, evidence: Vec::new() });
        let metadata = Metadata {
            event_dates: Vec::new(),
            mentions: Vec::new(),
            no_place: None,
            bodies: Vec::new(),
            amounts: self.amounts.into_iter().map(|(value, measure)| amount(value, measure)).collect(),
            corrected: Vec::new(),
            paper: PaperInfo { id: self.paper.into(), name: self.paper.into(), home: String::new() },
            page: "1".into(),
            date: span
                .map_or_else(DateInfo::undated, |span| DateInfo::stated(span, DateSource::Item, date, Vec::new())),
            regions: self.region.into_iter().map(|code| region(code, place)).collect(),
            topics: topics.collect(),
            bylines: Vec::new(),
        };
        let source = SourceKey { root: "test".into(), path: format!("{}.txt", self.n / 10) };
        let place = ArticlePosition { page_key: source.to_string(), source, line: 1, order: self.n % 10 };
        indexed(Article { id: ArticleId::from_u64(self.n), story, metadata, place, former_ids: Vec::new(), since: 0 })
    }
}

fn amount(value: f64, measure: Measure) -> Amount {
    Amount { value, measure, what: String::new(), quote: String::new(), block: None, start: 0, end: 0 }
}

fn region(code: &'static str, confidence: f32) -> RegionInfo {
    let table = baoku::tables::regions();
    let path = table.path(code, None);
    let today: Vec<String> = table
        .present(code)
        .iter()
        .flat_map(|unit| table.path(unit.code, None))
        .map(|unit| unit.code.to_owned())
        .collect();
    let mut codes: Vec<String> = path.iter().map(|unit| unit.code.to_owned()).collect();
    codes.extend(today.iter().cloned());
    codes.dedup();
    let names = path.iter().map(|unit| unit.name.to_owned()).collect();
    RegionInfo { code: code.into(), path: names, codes, today, confidence, evidence: Vec::new() }
}
