//! One file on its way into the index: what its parts became is written in order, its record last.

use super::file_task::FileTask;
use super::process::ProcessedPart;
use super::read::FileEnd;
use super::revisions::PreviousArticles;
use super::{FileReport, IngestError, IngestRun, Progress, correct, folder_days, redirects};
use crate::indexing::indexed;
use crate::model::{
    Article, ArticleId, CharacterAccount, FileFingerprint, Holding, IdOwner, IndexedArticle, Outcome, PageRecord,
    PartialIngest, Problem, ProblemCode, SourceKey, SourceRecord,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Paper, first and last possible day as `YYYYMMDD`, and page.
type IssuePart = (String, Option<(i64, i64)>, String);

/// A file on its way into the index.
pub(super) struct FileRun<'a> {
    task: &'a FileTask,
    record: SourceRecord,
    /// Parts that are in the record.
    parts: u64,
    /// Bytes of the file that were told as read.
    told: u64,
    /// Whether nothing but white space was found.
    nothing: bool,
    /// Whether no page was found yet.
    first_page: bool,
    order: u64,
    /// Articles that corrections were applied to.
    corrected: BTreeSet<ArticleId>,
    /// What the index holds of the file so far.
    before: PreviousArticles,
    /// Issues that it holds parts of, by paper, days and page.
    holdings: BTreeMap<IssuePart, Holding>,
    /// Whether a record of it is in the index or on its way there.
    recorded: bool,
    /// The articles with the ids of the part that stood before the run.
    stood: HashMap<ArticleId, Article>,
}

/// The record of a file of which nothing is known yet.
fn empty_record(task: &FileTask) -> SourceRecord {
    SourceRecord {
        key: task.key.clone(),
        folder: task.folder.clone(),
        hash: String::new(),
        rules: task.rules.clone(),
        corrections: String::new(),
        options: task.options.clone(),
        stated: task.stated.clone(),
        bytes: 0,
        encoding: String::new(),
        reader: String::new(),
        outcome: Outcome::NoArticles,
        problems: Vec::new(),
        problem_count: 0,
        articles: 0,
        account: CharacterAccount::default(),
        holdings: Vec::new(),
        shadowed_by: Vec::new(),
        seen: FileFingerprint::default(),
    }
}

/// The record of a file that could not be read.
pub(super) fn unread_record(task: &FileTask, report: &FileReport) -> SourceRecord {
    let mut record = empty_record(task);
    record.outcome = report.outcome;
    record.problems.clone_from(&report.problems);
    record.problem_count = record.problems.len() as u64;
    record
}

impl<'a> FileRun<'a> {
    /// Begins a file: takes out what the index holds of it, or goes on with what an earlier run has committed of it.
    pub(super) fn begin(run: &mut IngestRun, task: &'a FileTask, hash: &str) -> Result<Self, IngestError> {
        let begun = task.begun_with(hash);
        let mut record = begun.map_or_else(|| empty_record(task), SourceRecord::clone);
        record.hash = hash.to_owned();
        record.bytes = task.bytes;
        record.seen.modified = task.modified;
        let before = match begun {
            Some(_) => PreviousArticles::nothing(&task.key),
            None => PreviousArticles::load(run.state, &task.key)?,
        };
        if begun.is_none() {
            run.writer.remove_source(&task.key)?;
        }
        let corrected = begun.and(run.concerned.get(&task.key)).cloned().unwrap_or_default();
        let mut file = Self {
            task,
            parts: record.seen.begun.take().map_or(0, |begun| begun.parts),
            told: 0,
            nothing: begun.is_none(),
            first_page: begun.is_none(),
            order: record.articles,
            corrected,
            before,
            holdings: BTreeMap::new(),
            recorded: begun.is_some(),
            record,
            stood: HashMap::new(),
        };
        if let Some(encoding) = task.name_encoding.filter(|_| begun.is_none()) {
            file.problem(Problem::of_file(ProblemCode::DecodedName, [encoding]));
        }
        std::mem::take(&mut file.record.holdings).into_iter().for_each(|holding| file.add_holding(holding));
        Ok(file)
    }

    /// Writes what the next part became.
    pub(super) fn write_part(&mut self, run: &mut IngestRun, made: ProcessedPart) -> Result<(), IngestError> {
        let (before, mut account) = (self.record.articles, made.account);
        self.parts += 1;
        if made.printed.is_some() {
            (run.watch)(Progress::Page);
        }
        let is_blank = account.total() == account.blank && made.sheet.is_none();
        self.nothing &= made.problems.is_empty() && made.printed.is_none() && is_blank;
        if let Some(printed) = made.printed.filter(|_| std::mem::take(&mut self.first_page)) {
            self.record.seen.printed = printed.filter(|_| self.record.bytes <= folder_days::LARGEST);
        }
        if !made.around.is_empty() {
            self.record.seen.around = made.around;
        }
        made.problems.into_iter().for_each(|problem| self.problem(problem));
        let mut sheet = made.sheet.filter(|sheet| !sheet.blocks.is_empty() || sheet.picture.is_some());
        let ids: Vec<ArticleId> = made.articles.iter().map(|one| one.article.id).collect();
        let stood = run.state.articles(&ids)?;
        self.stood = stood.into_iter().map(|article| (article.id, article)).collect();
        let mut count = 0;
        for article in redirects::carry_over(run.state, self.task, made.articles)? {
            count += usize::from(self.add(run, article, sheet.as_mut())?);
        }
        if let Some(sheet) = sheet {
            run.writer.put_page_record(&sheet)?;
        }
        if let Some(holding) = made.holding.filter(|_| self.record.articles == before) {
            self.add_holding(holding);
        }
        if self.record.articles == before {
            // A duplicate of another article: its line is in no article.
            account.refused += std::mem::take(&mut account.articles);
        }
        self.record.account.add(&account);
        (run.watch)(Progress::Articles(count));
        Ok(())
    }

    /// What a part is of the file, in bytes: text may be longer than the bytes that it was decoded from.
    pub(super) fn tell_read(&mut self, text_bytes: u64) -> u64 {
        let bytes = text_bytes.min(self.task.bytes.saturating_sub(self.told));
        self.told += bytes;
        bytes
    }

    /// Whether a part of it may be committed: nothing that the index holds of it is replaced.
    pub(super) fn may_be_parted(&self) -> bool {
        self.task.known.is_none() || self.recorded
    }

    /// Puts the record of what was read so far, so that it can be committed.
    pub(super) fn put_begun(&mut self, run: &mut IngestRun) -> Result<(), IngestError> {
        let mut record = self.record.clone();
        record.seen.begun = Some(PartialIngest { parts: self.parts });
        self.note_corrections(run, &mut record);
        record.holdings = self.holdings.values().cloned().collect();
        record.outcome = Outcome::Indexed;
        self.write_record(run, &record)
    }

    /// Notes which corrections were applied, and where they stand.
    fn note_corrections(&self, run: &IngestRun, record: &mut SourceRecord) {
        record.corrections = correct::corrections_stamp(&run.options.corrections, &self.corrected);
        let from = run.options.corrections_from.file.to_string_lossy().into_owned();
        record.seen.corrected_by = if record.corrections.is_empty() { String::new() } else { from };
    }

    fn write_record(&mut self, run: &mut IngestRun, record: &SourceRecord) -> Result<(), IngestError> {
        match std::mem::replace(&mut self.recorded, true) {
            true => run.writer.replace_source(record)?,
            false => run.writer.put_source(record)?,
        }
        Ok(())
    }

    /// Ends a file: writes its record, and gives it.
    pub(super) fn end(mut self, run: &mut IngestRun, end: FileEnd, hash: String) -> Result<SourceRecord, IngestError> {
        self.record.hash = hash;
        self.record.reader = end.reader.into();
        self.record.encoding = end.encoding;
        end.remarks.into_iter().for_each(|remark| self.problem(remark));
        self.record.outcome = self.outcome();
        if let Some(fault) = end.fault {
            let (outcome, problem) = fault.told();
            self.record.outcome = if self.record.articles == 0 { outcome } else { self.record.outcome };
            self.problem(problem);
        }
        let mut record = std::mem::replace(&mut self.record, empty_record(self.task));
        self.note_corrections(run, &mut record);
        run.applied.append(&mut self.corrected);
        record.holdings = std::mem::take(&mut self.holdings).into_values().collect();
        let before = std::mem::replace(&mut self.before, PreviousArticles::nothing(&self.task.key));
        before.store_revisions(run.state, run.writer, &run.sealed)?;
        self.write_record(run, &record)?;
        Ok(record)
    }

    fn outcome(&self) -> Outcome {
        let is_too_large =
            |problem: &Problem| problem.is(ProblemCode::PageTooLarge) || problem.is(ProblemCode::LineTooLong);
        let too_large = self.record.problems.iter().any(is_too_large);
        match self.record.articles {
            _ if self.task.container.is_some() => Outcome::Container,
            0 if self.nothing => Outcome::Empty,
            0 if too_large => Outcome::TooLarge,
            0 => Outcome::NoArticles,
            _ => Outcome::Indexed,
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.record.problem_count += 1;
        if self.record.problems.len() < SourceRecord::MAX_PROBLEMS {
            self.record.problems.push(problem);
        }
    }

    /// Adds an article unless its id is taken; then the first one stays, and the problem says so.
    fn add(
        &mut self,
        run: &mut IngestRun,
        mut article: IndexedArticle,
        sheet: Option<&mut PageRecord>,
    ) -> Result<bool, IngestError> {
        let id = article.article.id;
        if let Some(owner) = run.owners.other_owner(&self.stood, id) {
            self.note_duplicate(run, &article.article, owner);
            return Ok(false);
        }
        run.owners.of_run.insert(id, self.task.key.clone());
        article.article.place.order = self.order;
        self.order += 1;
        self.record.articles += 1;
        if let Some((named, correction)) = correct::correction_of(&run.options.corrections, &article.article) {
            self.corrected.insert(named);
            if let Some(reason) = &correction.withdraw {
                // The page is held, whatever is no longer shown of it.
                self.add_holding(Holding { articles: 0, ..holding_of(&article.article) });
                run.sealed.insert(id);
                sheet.into_iter().for_each(|sheet| correct::redact_article(sheet, id));
                run.writer.put_withdrawn(&correct::withdrawn(&article.article, reason))?;
                return Ok(true);
            }
            let mut corrected = article.article;
            correct::apply(&mut corrected, correction);
            article = indexed(corrected);
        }
        let next = run.writer.next_commit();
        article.article.since = self.before.since(&self.stood, &article.article, next);
        self.add_holding(holding_of(&article.article));
        run.writer.add(article)?;
        Ok(true)
    }

    /// Notes that a part of an issue is held.
    fn add_holding(&mut self, holding: Holding) {
        let days = holding.span.map(|span| (span.earliest.number(), span.latest.number()));
        let key = (holding.paper.clone(), days, holding.page.clone());
        let articles = holding.articles;
        let held = self.holdings.entry(key).or_insert(Holding { articles: 0, ..holding });
        held.articles += articles;
    }

    fn note_duplicate(&mut self, run: &IngestRun, article: &Article, owner: SourceKey) {
        let own = article.story.given.id.clone().unwrap_or_else(|| article.id.to_string());
        let characters = article.story.body.iter().map(|passage| passage.text.chars().count() as u64).sum();
        let problem = Problem::of_file(ProblemCode::DuplicateId, [own, owner.to_string()]);
        self.problem(problem.in_line(article.place.line).losing(characters));
        let hash = run.owners.hashes.get(&owner).cloned().unwrap_or_default();
        let shadow = IdOwner { key: owner, hash };
        if shadow.key != self.task.key && !self.record.shadowed_by.contains(&shadow) {
            self.record.shadowed_by.push(shadow);
        }
    }
}

/// The part of an issue that an article stands for.
fn holding_of(article: &Article) -> Holding {
    let metadata = &article.metadata;
    Holding { paper: metadata.paper.id.clone(), span: metadata.date.span, page: metadata.page.clone(), articles: 1 }
}
