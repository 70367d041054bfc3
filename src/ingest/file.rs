//! One file: bytes → text → pages and items → articles, in batches that all threads work on.

use super::compare::Task;
use super::history::Before;
use super::{FileReport, IngestError, Progress, Run, correct, former, page, rules};
use crate::corpus::{self, DecodeError};
use crate::enrich::{self, Origin};
use crate::indexing::indexed;
use crate::model::{
    Account, Article, ArticleId, Holding, IndexedArticle, Outcome, Place, Problem, Shadow, Sheet, SourceKey,
    SourcePage, SourceRecord, Story, page_key,
};
use crate::readers::{self, Found, ReadFault, Reader, SourceFile, reader_for};
use crate::text::Normal;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Pieces that are worked on at once, at most.
const BATCH: usize = 256;

/// The size of pieces at which a batch is worked on though it has few of them.
const BATCH_BYTES: usize = 8_000_000;

/// A piece of a file, waiting to become articles.
enum Piece {
    Page(Box<SourcePage>),
    Item(Box<Story>, ArticleId, u64),
}

/// What a piece became.
#[derive(Default)]
struct Made {
    articles: Vec<IndexedArticle>,
    sheet: Option<Sheet>,
    /// The issue of a page, which is held even where no article stands on it.
    holding: Option<Holding>,
    account: Account,
    problem: Option<Problem>,
}

/// Paper, first and last possible day as `YYYYMMDD`, and page.
type IssuePart = (String, Option<(i64, i64)>, String);

/// A file on its way into the index.
pub(super) struct FileRun<'a, 'b> {
    run: &'a mut Run<'b>,
    task: &'a Task,
    origin: Origin,
    record: SourceRecord,
    batch: Vec<Piece>,
    batch_bytes: usize,
    /// How often a first block has been met, for the ids of items without one.
    numbers: HashMap<String, usize>,
    order: u64,
    /// Articles that corrections were applied to.
    corrected: BTreeSet<ArticleId>,
    /// What the index holds of the file so far.
    before: Before,
    /// Issues that it holds parts of, by paper, days and page.
    holdings: BTreeMap<IssuePart, Holding>,
    /// The articles with the ids of the batch that stood before the run.
    stood: HashMap<ArticleId, Article>,
    failed: Option<IngestError>,
}

/// The record of a file of which nothing is known yet.
fn empty_record(task: &Task) -> SourceRecord {
    SourceRecord {
        key: task.key.clone(),
        folder: task.folder.clone(),
        hash: String::new(),
        rules: rules(),
        corrections: String::new(),
        options: task.options.clone(),
        bytes: 0,
        encoding: String::new(),
        reader: String::new(),
        outcome: Outcome::NoArticles,
        problems: Vec::new(),
        problem_count: 0,
        articles: 0,
        account: Account::default(),
        holdings: Vec::new(),
        shadowed_by: Vec::new(),
    }
}

/// The record of a file that could not be read.
pub(super) fn unread_record(task: &Task, report: &FileReport) -> SourceRecord {
    let mut record = empty_record(task);
    record.outcome = report.outcome;
    record.problems.clone_from(&report.problems);
    record.problem_count = record.problems.len() as u64;
    record
}

impl<'a, 'b> FileRun<'a, 'b> {
    pub(super) fn new(run: &'a mut Run<'b>, task: &'a Task, bytes: &[u8]) -> Result<Self, IngestError> {
        let before = Before::of(run.state, &task.key)?;
        let mut record = empty_record(task);
        record.hash = corpus::hash(bytes);
        record.bytes = bytes.len() as u64;
        let options = task.options.clone();
        let origin = Origin {
            root: task.key.root.clone(),
            path: task.key.path.clone(),
            paper: options.paper,
            date: options.date,
            region: options.region,
        };
        Ok(Self {
            run,
            task,
            before,
            holdings: BTreeMap::new(),
            origin,
            record,
            batch: Vec::new(),
            batch_bytes: 0,
            numbers: HashMap::new(),
            order: 0,
            corrected: BTreeSet::new(),
            stood: HashMap::new(),
            failed: None,
        })
    }

    /// Reads the file, hands its articles and its record to the writer, and gives the record.
    pub(super) fn run(mut self, bytes: Vec<u8>) -> Result<SourceRecord, IngestError> {
        self.run.writer.remove_source(&self.task.key)?;
        let options = self.task.options.clone();
        let file = SourceFile::new(&self.task.key.path, &bytes, options.encoding.as_deref());
        match self.open(&file) {
            Ok(reader) => self.read(reader, &file)?,
            Err((outcome, problem)) => {
                self.record.outcome = outcome;
                self.problem(problem);
            }
        }
        self.record.corrections = correct::stamp(&self.run.options.corrections, &self.corrected);
        self.run.applied.extend(self.corrected);
        self.record.holdings = self.holdings.into_values().collect();
        self.before.keep(self.run.state, self.run.writer, &self.run.sealed)?;
        self.run.writer.put_source(&self.record)?;
        Ok(self.record)
    }

    fn open(&self, file: &SourceFile) -> Result<&'static dyn Reader, (Outcome, Problem)> {
        if file.bytes.iter().all(u8::is_ascii_whitespace) {
            return Err((Outcome::Empty, Problem::of_file("empty", "is empty")));
        }
        let unknown = || (Outcome::UnknownFormat, Problem::of_file("unknown_format", readers::unknown_format()));
        reader_for(file).ok_or_else(unknown)
    }

    fn read(&mut self, reader: &dyn Reader, file: &SourceFile) -> Result<(), IngestError> {
        let mut nothing = true;
        let read = reader.read(file, &mut |found| {
            nothing &= matches!(found, Found::Blank(_));
            if self.failed.is_none() {
                self.failed = self.take(found).err();
            }
        });
        match self.failed.take() {
            Some(error) => return Err(error),
            None => self.flush()?,
        }
        self.record.reader = reader.name().into();
        self.note_encoding(file);
        self.record.outcome = self.outcome(nothing);
        if let Err(fault) = read {
            let (outcome, code) = fault_codes(&fault);
            self.record.outcome = if self.record.articles == 0 { outcome } else { self.record.outcome };
            self.problem(Problem::of_file(code, fault.to_string()));
        }
        Ok(())
    }

    /// Notes how the text was decoded, and what could not be.
    fn note_encoding(&mut self, file: &SourceFile) {
        let Some(decoded) = file.decoded() else { return };
        self.record.encoding = format!("{} ({})", decoded.encoding, decoded.evidence);
        if decoded.replaced > 0 {
            let message =
                format!("{} bytes are no characters of {} and are shown as U+FFFD", decoded.replaced, decoded.encoding);
            self.problem(Problem::of_file("replaced_bytes", message));
        }
    }

    fn outcome(&self, nothing: bool) -> Outcome {
        let too_large =
            self.record.problems.iter().any(|p| matches!(p.code.as_str(), "page_too_large" | "line_too_long"));
        match self.record.articles {
            0 if nothing => Outcome::Empty,
            0 if too_large => Outcome::TooLarge,
            0 => Outcome::NoArticles,
            _ => Outcome::Indexed,
        }
    }

    fn take(&mut self, found: Found) -> Result<(), IngestError> {
        match found {
            Found::Page(page) => {
                self.batch_bytes += page.lines.iter().map(|line| line.text.len()).sum::<usize>();
                self.batch.push(Piece::Page(page));
            }
            Found::Item(story, characters) => {
                let id = item_id(&self.task.key, &story, &mut self.numbers);
                self.batch_bytes += usize::try_from(characters).unwrap_or(usize::MAX);
                self.batch.push(Piece::Item(story, id, characters));
            }
            Found::Refused(problem) => {
                self.record.account.refused += problem.characters;
                self.problem(problem);
            }
            Found::Remark(problem) => self.problem(problem),
            Found::Blank(characters) => self.record.account.blank += characters,
        }
        if self.batch.len() >= BATCH || self.batch_bytes >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }

    fn problem(&mut self, problem: Problem) {
        self.record.problem_count += 1;
        if self.record.problems.len() < SourceRecord::MAX_PROBLEMS {
            self.record.problems.push(problem);
        }
    }

    fn flush(&mut self) -> Result<(), IngestError> {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        let (key, origin) = (&self.task.key, &self.origin);
        let made = in_parallel(self.run.options.threads, batch, &|piece| make_safely(piece, key, origin));
        let ids: Vec<ArticleId> = made.iter().flat_map(|made| &made.articles).map(|one| one.article.id).collect();
        let stood = self.run.state.articles(&ids)?;
        self.stood = stood.into_iter().map(|article| (article.id, article)).collect();
        let mut count = 0;
        for made in made {
            let (before, mut account) = (self.record.articles, made.account);
            made.problem.into_iter().for_each(|problem| self.problem(problem));
            let mut sheet = made.sheet.filter(|sheet| !sheet.blocks.is_empty());
            for article in former::carry_over(self.run.state, self.task, made.articles)? {
                count += usize::from(self.add(article, sheet.as_mut())?);
            }
            if let Some(sheet) = sheet {
                self.run.writer.put_sheet(&sheet)?;
            }
            if let Some(holding) = made.holding.filter(|_| self.record.articles == before) {
                self.hold(holding);
            }
            if self.record.articles == before {
                // An item that stood back: its line is in no article.
                account.refused += std::mem::take(&mut account.articles);
            }
            self.record.account.add(&account);
        }
        (self.run.watch)(Progress::Articles(count));
        Ok(())
    }

    /// Adds an article unless its id is taken; then the first one stays, and the problem says so.
    fn add(&mut self, mut article: IndexedArticle, sheet: Option<&mut Sheet>) -> Result<bool, IngestError> {
        let id = article.article.id;
        if let Some(owner) = self.run.owners.other(&self.stood, id) {
            self.stand_back(&article.article, owner);
            return Ok(false);
        }
        self.run.owners.of_run.insert(id, self.task.key.clone());
        article.article.place.order = self.order;
        self.order += 1;
        self.record.articles += 1;
        if let Some((named, correction)) = correct::of(&self.run.options.corrections, &article.article) {
            self.corrected.insert(named);
            if let Some(reason) = &correction.withdraw {
                // The page is held, whatever is no longer shown of it.
                self.hold(Holding { articles: 0, ..holding_of(&article.article) });
                self.run.sealed.insert(id);
                sheet.into_iter().for_each(|sheet| correct::take_out(sheet, id));
                self.run.writer.put_withdrawn(&correct::withdrawn(&article.article, reason))?;
                return Ok(true);
            }
            let mut corrected = article.article;
            correct::apply(&mut corrected, correction);
            article = indexed(corrected);
        }
        let next = self.run.writer.next_commit();
        article.article.since = self.before.since(&self.stood, &article.article, next);
        self.hold(holding_of(&article.article));
        self.run.writer.add(article)?;
        Ok(true)
    }

    /// Notes that a part of an issue is held.
    fn hold(&mut self, holding: Holding) {
        let days = holding.span.map(|span| (span.earliest.number(), span.latest.number()));
        let key = (holding.paper.clone(), days, holding.page.clone());
        let articles = holding.articles;
        let held = self.holdings.entry(key).or_insert(Holding { articles: 0, ..holding });
        held.articles += articles;
    }

    fn stand_back(&mut self, article: &Article, owner: SourceKey) {
        let own = article.story.given.id.clone().unwrap_or_else(|| article.id.to_string());
        let message =
            format!("id `{own}` is taken by an article of {owner}; the first one is kept, this one is left out");
        let characters = article.story.body.iter().map(|passage| passage.text.chars().count() as u64).sum();
        self.problem(Problem { code: "duplicate_id".into(), line: Some(article.place.line), message, characters });
        let hash = self.run.owners.hashes.get(&owner).cloned().unwrap_or_default();
        let shadow = Shadow { key: owner, hash };
        if shadow.key != self.task.key && !self.record.shadowed_by.contains(&shadow) {
            self.record.shadowed_by.push(shadow);
        }
    }
}

/// What a fault makes of a file, and the code of its problem.
fn fault_codes(fault: &ReadFault) -> (Outcome, &'static str) {
    match fault {
        ReadFault::Decode(DecodeError::Binary(_)) => (Outcome::Binary, "binary"),
        ReadFault::Decode(_) => (Outcome::UnknownEncoding, "unknown_encoding"),
        ReadFault::Broken(_) => (Outcome::Broken, "broken_file"),
    }
}

/// The part of an issue that an article stands for.
fn holding_of(article: &Article) -> Holding {
    let metadata = &article.metadata;
    Holding { paper: metadata.paper.id.clone(), span: metadata.date.span, page: metadata.page.clone(), articles: 1 }
}

/// An item's own id within its source, else its first text within its file, numbered among those that read the same.
pub(super) fn item_id(key: &SourceKey, story: &Story, numbers: &mut HashMap<String, usize>) -> ArticleId {
    if let Some(own) = &story.given.id {
        let file = key.to_string();
        return ArticleId::of_item(story.given.source.as_deref().unwrap_or(&file), own);
    }
    let first = Some(story.title.as_str()).filter(|title| !title.is_empty());
    let first = first.or_else(|| story.body.first().map(|passage| passage.text.as_str()));
    let normal = Normal::of(first).into_encoded();
    let number = numbers.entry(normal.clone()).or_default();
    *number += 1;
    ArticleId::of_page(&key.root, &key.path, &normal, *number - 1)
}

/// What a piece becomes; a fault of the program refuses the piece, says so, and loses nothing else.
fn make_safely(piece: Piece, key: &SourceKey, origin: &Origin) -> Made {
    let (characters, line) = match &piece {
        Piece::Page(page) => (page.characters(), None),
        Piece::Item(story, _, characters) => (*characters, story.given.line),
    };
    let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| make(piece, key, origin)));
    made.unwrap_or_else(|_| {
        let message = "the program failed on this text; please report it with the file".into();
        let problem = Problem { code: "internal_fault".into(), line, message, characters };
        let account = Account { refused: characters, ..Account::default() };
        Made { account, problem: Some(problem), ..Made::default() }
    })
}

fn make(piece: Piece, key: &SourceKey, origin: &Origin) -> Made {
    match piece {
        Piece::Page(page) => {
            let page = page::read_page(&page, key, origin);
            let articles = page.articles.into_iter().map(indexed).collect();
            let holding = Some(page.holding).filter(|holding| !holding.paper.is_empty());
            Made { articles, sheet: Some(page.sheet), holding, account: page.account, problem: None }
        }
        Piece::Item(story, id, characters) => {
            let metadata = enrich::enrich_item(&story, origin);
            let line = story.given.line.unwrap_or(1);
            let page_key = item_page(&metadata);
            let place = Place { source: key.clone(), line, order: 0, page_key };
            let article = Article { id, story: *story, metadata, place, former_ids: Vec::new(), since: 0 };
            Made {
                articles: vec![indexed(article)],
                account: Account { articles: characters, ..Account::default() },
                ..Made::default()
            }
        }
    }
}

/// What the items of one printed page share; empty where paper, day or page is not known.
fn item_page(metadata: &crate::model::Metadata) -> String {
    let day = metadata.date.span.filter(|span| span.earliest == span.latest);
    match day {
        Some(span) if !metadata.paper.id.is_empty() && !metadata.page.is_empty() => {
            page_key(&format!("{}|{}|{}", metadata.paper.id, span.earliest, metadata.page))
        }
        _ => String::new(),
    }
}

/// The results in the order of the pieces; each thread takes the next piece that is left.
fn in_parallel<T: Send, R: Send>(threads: usize, pieces: Vec<T>, work: &(dyn Fn(T) -> R + Sync)) -> Vec<R> {
    if threads <= 1 || pieces.len() < 2 {
        return pieces.into_iter().map(work).collect();
    }
    let slots: Vec<std::sync::Mutex<Option<T>>> =
        pieces.into_iter().map(|piece| std::sync::Mutex::new(Some(piece))).collect();
    let next = AtomicUsize::new(0);
    let take_next = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let piece = slots.get(at)?.lock().ok()?.take()?;
        Some((at, work(piece)))
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads).map(|_| scope.spawn(|| std::iter::from_fn(take_next).collect::<Vec<_>>())).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
            .collect()
    });
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_pieces() {
        let pieces: Vec<u64> = (0..1000).collect();
        let doubled = in_parallel(4, pieces.clone(), &|n| n * 2);
        assert_eq!(doubled, pieces.iter().map(|n| n * 2).collect::<Vec<_>>());
    }
}
