//! Part of a file → articles with their tokens. What all threads work on.

use super::folder_days::{self, FolderDays, printed_on};
use super::page::{self, PageReading};
use super::read::{FilePart, origin};
use crate::enrich::{self, FactConflict, PageOrigin};
use crate::indexing::indexed;
use crate::model::{
    Article, ArticleId, ArticleKind, ArticlePosition, CharacterAccount, Date, DateSpan, Holding, IndexedArticle,
    Metadata, PagePictureMap, PageRecord, PrintedIssue, Problem, ProblemCode, ReadOptions, SourceKey, SourcePage,
    StatedFacts, Story, page_key,
};

/// What a part became.
#[derive(Default)]
pub(super) struct ProcessedPart {
    pub(super) articles: Vec<IndexedArticle>,
    pub(super) sheet: Option<PageRecord>,
    /// The issue of a page, which is held even where no article stands on it.
    pub(super) holding: Option<Holding>,
    pub(super) account: CharacterAccount,
    pub(super) problems: Vec<Problem>,
    /// The issue that a page states, where it is one.
    pub(super) printed: Option<Option<PrintedIssue>>,
    /// What stands for the dated pages around; empty where nobody looked.
    pub(super) around: String,
}

/// The file that parts come from.
#[derive(Clone, Copy)]
pub(super) struct PartSource<'a> {
    pub(super) key: &'a SourceKey,
    pub(super) options: &'a ReadOptions,
    /// What manifests state of it.
    pub(super) stated: &'a StatedFacts,
    /// Size of the file.
    pub(super) bytes: u64,
    pub(super) folders: &'a FolderDays,
    /// The day of the run, where the clock tells it.
    pub(super) today: Option<Date>,
}

impl PartSource<'_> {
    /// Cuts a page, and dates it by the pages around where it states no day.
    pub(super) fn page(self, page: &SourcePage) -> PageReading {
        let around = || self.folders.neighbours_of(self.key);
        let mut reading = page::read_page(page, self.key, &self.origin(), &around);
        reading.articles.iter_mut().for_each(|article| self.add_provenance(&mut article.story));
        reading
    }

    fn origin(self) -> PageOrigin {
        origin(self.key, self.options, self.stated, self.today)
    }

    /// Adds where a story was taken from and its rights, where it does not say so itself.
    fn add_provenance(self, story: &mut Story) {
        let given = &mut story.given;
        given.source = given.source.take().or_else(|| self.stated.source.clone());
        given.rights = given.rights.take().or_else(|| self.stated.rights.clone());
    }

    /// An item with what is known of it.
    pub(super) fn item(self, mut story: Story, id: ArticleId) -> Article {
        self.add_provenance(&mut story);
        let metadata = enrich::enrich_item(&story, &self.origin());
        let line = story.given.line.unwrap_or(1);
        let place = ArticlePosition { source: self.key.clone(), line, order: 0, page_key: item_page(&metadata) };
        Article { id, story, metadata, place, former_ids: Vec::new(), since: 0 }
    }

    /// The record of a page that is known by its index: under the key that the items of the page share; `None` where paper,
    /// day or page is not known. Headlines are not kept: those of the articles are shown.
    fn picture_page(self, mut map: PagePictureMap) -> Option<PageRecord> {
        let mut page = Story::new(ArticleKind::News);
        page.given.paper = Some(map.paper.clone()).filter(|paper| !paper.is_empty());
        page.given.page = Some(map.page.clone()).filter(|number| !number.is_empty());
        page.given.date = map.day.map(DateSpan::day);
        let metadata = enrich::enrich_item(&page, &self.origin());
        let page_key = Some(item_page(&metadata)).filter(|key| !key.is_empty())?;
        map.areas.iter_mut().for_each(|area| area.title.clear());
        Some(PageRecord {
            page_key,
            source: self.key.clone(),
            number: 1,
            blocks: Vec::new(),
            plan: None,
            picture: Some(map),
            confidence: 1.0,
        })
    }

    /// What a part becomes; a fault of the program refuses the part, says so, and loses nothing else.
    pub(super) fn make_safely(self, part: FilePart) -> ProcessedPart {
        let (characters, line) = match &part {
            FilePart::Page(page) => (page.characters(), None),
            FilePart::Item(story, _, characters) => (*characters, story.given.line),
            FilePart::Refused(_)
            | FilePart::Remark(_)
            | FilePart::Blank(_)
            | FilePart::Furniture(_)
            | FilePart::PictureMap(_) => (0, None),
        };
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.make(part)));
        made.unwrap_or_else(|_| {
            let problem = Problem::plain(ProblemCode::InternalFault).losing(characters);
            ProcessedPart::refused(Problem { line, ..problem })
        })
    }

    fn make(self, part: FilePart) -> ProcessedPart {
        match part {
            FilePart::Page(page) => {
                let printed = printed_on(&self.key.path, &page);
                if page.number <= 1 && self.bytes <= folder_days::LARGEST {
                    self.folders.note_day(self.key, printed);
                }
                let number = page.number;
                let page = self.page(&page);
                ProcessedPart {
                    articles: page.articles.into_iter().map(indexed).collect(),
                    sheet: Some(page.sheet),
                    holding: Some(page.holding).filter(|holding| !holding.paper.is_empty()),
                    account: page.account,
                    problems: page.conflicts.iter().map(|one| conflicting(one, number)).collect(),
                    printed: Some(printed),
                    around: page.around,
                }
            }
            FilePart::Item(story, id, characters) => ProcessedPart {
                articles: vec![indexed(self.item(*story, id))],
                account: CharacterAccount { articles: characters, ..CharacterAccount::default() },
                ..ProcessedPart::default()
            },
            FilePart::PictureMap(map) => ProcessedPart { sheet: self.picture_page(*map), ..ProcessedPart::default() },
            FilePart::Refused(problem) => ProcessedPart::refused(problem),
            FilePart::Remark(problem) => ProcessedPart { problems: vec![problem], ..ProcessedPart::default() },
            FilePart::Blank(blank) => ProcessedPart {
                account: CharacterAccount { blank, ..CharacterAccount::default() },
                ..ProcessedPart::default()
            },
            FilePart::Furniture(furniture) => ProcessedPart {
                account: CharacterAccount { furniture, ..CharacterAccount::default() },
                ..ProcessedPart::default()
            },
        }
    }
}

impl ProcessedPart {
    fn refused(problem: Problem) -> Self {
        let account = CharacterAccount { refused: problem.characters, ..CharacterAccount::default() };
        Self { account, problems: vec![problem], ..Self::default() }
    }
}

/// What is told of sources that contradict each other.
fn conflicting(conflict: &FactConflict, page: u32) -> Problem {
    let FactConflict { field, kept, other } = conflict;
    let arguments = [(*field).to_owned(), kept.clone(), other.chars().take(80).collect(), page.to_string()];
    Problem::of_file(ProblemCode::ConflictingFact, arguments)
}

/// What the items of one printed page share; empty where paper, day or page is not known.
fn item_page(metadata: &Metadata) -> String {
    let day = metadata.date.span.filter(|span| span.earliest == span.latest);
    match day {
        Some(span) if !metadata.paper.id.is_empty() && !metadata.page.is_empty() => {
            page_key(&format!("{}|{}|{}", metadata.paper.id, span.earliest, metadata.page))
        }
        _ => String::new(),
    }
}
