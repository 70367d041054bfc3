//! Part of a file → articles with their tokens. What all threads work on.

use super::around::{self, Folders, printed_on};
use super::page::{self, PageReading};
use super::read::{Part, origin};
use crate::enrich;
use crate::indexing::indexed;
use crate::model::{
    Account, Article, ArticleId, Date, Holding, IndexedArticle, Metadata, Place, PrintedIssue, Problem, ProblemCode,
    ReadOptions, Sheet, SourceKey, SourcePage, Story, page_key,
};

/// What a part became.
#[derive(Default)]
pub(super) struct Made {
    pub(super) articles: Vec<IndexedArticle>,
    pub(super) sheet: Option<Sheet>,
    /// The issue of a page, which is held even where no article stands on it.
    pub(super) holding: Option<Holding>,
    pub(super) account: Account,
    pub(super) problem: Option<Problem>,
    /// The issue that a page states, where it is one.
    pub(super) printed: Option<Option<PrintedIssue>>,
    /// What stands for the dated pages around; empty where nobody looked.
    pub(super) around: String,
}

/// The file that parts come from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) key: &'a SourceKey,
    pub(super) options: &'a ReadOptions,
    /// Size of the file.
    pub(super) bytes: u64,
    pub(super) folders: &'a Folders,
    /// The day of the run, where the clock tells it.
    pub(super) today: Option<Date>,
}

impl Source<'_> {
    /// Cuts a page, and dates it by the pages around where it states no day.
    pub(super) fn page(self, page: &SourcePage) -> PageReading {
        page::read_page(page, self.key, &origin(self.key, self.options, self.today), &|| self.folders.around(self.key))
    }

    /// An item with what is known of it.
    pub(super) fn item(self, story: Story, id: ArticleId) -> Article {
        let metadata = enrich::enrich_item(&story, &origin(self.key, self.options, self.today));
        let line = story.given.line.unwrap_or(1);
        let place = Place { source: self.key.clone(), line, order: 0, page_key: item_page(&metadata) };
        Article { id, story, metadata, place, former_ids: Vec::new(), since: 0 }
    }

    /// What a part becomes; a fault of the program refuses the part, says so, and loses nothing else.
    pub(super) fn make_safely(self, part: Part) -> Made {
        let (characters, line) = match &part {
            Part::Page(page) => (page.characters(), None),
            Part::Item(story, _, characters) => (*characters, story.given.line),
            Part::Refused(_) | Part::Remark(_) | Part::Blank(_) => (0, None),
        };
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.make(part)));
        made.unwrap_or_else(|_| {
            let problem = Problem::plain(ProblemCode::InternalFault).losing(characters);
            Made::refused(Problem { line, ..problem })
        })
    }

    fn make(self, part: Part) -> Made {
        match part {
            Part::Page(page) => {
                let printed = printed_on(&self.key.path, &page);
                if page.number <= 1 && self.bytes <= around::LARGEST {
                    self.folders.tell(self.key, printed);
                }
                let page = self.page(&page);
                Made {
                    articles: page.articles.into_iter().map(indexed).collect(),
                    sheet: Some(page.sheet),
                    holding: Some(page.holding).filter(|holding| !holding.paper.is_empty()),
                    account: page.account,
                    problem: None,
                    printed: Some(printed),
                    around: page.around,
                }
            }
            Part::Item(story, id, characters) => Made {
                articles: vec![indexed(self.item(*story, id))],
                account: Account { articles: characters, ..Account::default() },
                ..Made::default()
            },
            Part::Refused(problem) => Made::refused(problem),
            Part::Remark(problem) => Made { problem: Some(problem), ..Made::default() },
            Part::Blank(blank) => Made { account: Account { blank, ..Account::default() }, ..Made::default() },
        }
    }
}

impl Made {
    fn refused(problem: Problem) -> Self {
        let account = Account { refused: problem.characters, ..Account::default() };
        Self { account, problem: Some(problem), ..Self::default() }
    }
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
