//! What an archive lacks or is not sure of: kinds of findings, each with its number and examples. What to do about each is
//! worded where it is shown.

use crate::archive::request::error::ArchiveError;
use crate::archive::view::ArchiveView;
use crate::engine::all_sources;
use crate::model::{Date, PageRecord, SourceRecord};
use std::collections::BTreeMap;

/// Examples that are kept of each kind.
const EXAMPLES: usize = 5;

/// Numbers of issues between two held ones that are named as missing; more are a change of the counting.
const MOST_MISSING: u32 = 60;

/// A kind of finding, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingCode {
    /// Files that were not read: unreadable, damaged, of no known format or encoding.
    LeftOut,
    /// Files of which only a part is in the index, because a run was cut off.
    PartlyRead,
    /// Files that were read by the rules of an earlier program.
    OldRules,
    /// Pages without a date.
    Undated,
    /// Pages whose paper is not known.
    UnknownPaper,
    /// Pages whose borders of articles are doubtful.
    DoubtfulPage,
    /// Numbers of issues that are missing between two that are held.
    NumberGap,
    /// Issues of which the same page is held in several files.
    DuplicateIssue,
    /// Articles that were left out because their id is taken.
    DuplicateId,
    /// Files whose bytes were not all characters of their encoding.
    ReplacedBytes,
    /// Files whose sources contradict each other.
    Conflict,
    /// Files of which characters are in no article.
    RefusedText,
}

impl FindingCode {
    /// All kinds, in the order in which they are told.
    pub const ALL: [Self; 12] = [
        Self::LeftOut,
        Self::PartlyRead,
        Self::OldRules,
        Self::Undated,
        Self::UnknownPaper,
        Self::DoubtfulPage,
        Self::NumberGap,
        Self::DuplicateIssue,
        Self::DuplicateId,
        Self::ReplacedBytes,
        Self::Conflict,
        Self::RefusedText,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::LeftOut => "left_out",
            Self::PartlyRead => "partly_read",
            Self::OldRules => "old_rules",
            Self::Undated => "undated",
            Self::UnknownPaper => "unknown_paper",
            Self::DoubtfulPage => "doubtful_page",
            Self::NumberGap => "number_gap",
            Self::DuplicateIssue => "duplicate_issue",
            Self::DuplicateId => "duplicate_id",
            Self::ReplacedBytes => "replaced_bytes",
            Self::Conflict => "conflict",
            Self::RefusedText => "refused_text",
        }
    }
}

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The kind.
    pub code: FindingCode,
    /// How many.
    pub count: u64,
    /// The first of them: files, issues, numbers.
    pub examples: Vec<String>,
    /// A folder or file of the first one, for the command that mends it.
    pub place: String,
}

/// What was found of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// Files that the index knows.
    pub files: u64,
    /// By kind, those that occur.
    pub findings: Vec<Finding>,
}

/// Findings under way.
#[derive(Default)]
struct Findings {
    files: u64,
    by_code: BTreeMap<FindingCode, Finding>,
    /// The files that hold a page of an issue, by paper, day and page.
    holders: BTreeMap<(String, i64, String), Vec<String>>,
    /// The day of each printed number, by paper.
    numbers: BTreeMap<String, BTreeMap<u32, Date>>,
}

impl Findings {
    fn add(&mut self, code: FindingCode, count: u64, example: impl FnOnce() -> String, place: &str) {
        if count == 0 {
            return;
        }
        let finding = self.by_code.entry(code).or_insert_with(|| Finding {
            code,
            count: 0,
            examples: Vec::new(),
            place: place.to_owned(),
        });
        finding.count += count;
        if finding.examples.len() < EXAMPLES {
            finding.examples.push(example());
        }
    }

    fn add_file(&mut self, record: &SourceRecord, rules: &str) {
        self.files += 1;
        let (name, place) = (record.key.to_string(), format!("{}/{}", record.folder, record.key.path));
        let left_out = record.outcome.leaves_out();
        self.add(FindingCode::LeftOut, u64::from(left_out), || format!("{name} ({})", record.outcome.name()), &place);
        let mut file = |code, is: bool| self.add(code, u64::from(is), || name.clone(), &place);
        file(FindingCode::PartlyRead, record.seen.begun.is_some());
        file(FindingCode::OldRules, !record.rules.starts_with(rules));
        let has = |code: &str| record.problems.iter().any(|problem| problem.code == code);
        file(FindingCode::ReplacedBytes, has("replaced_bytes"));
        file(FindingCode::Conflict, has("conflicting_fact"));
        file(FindingCode::RefusedText, record.account.refused > 0 && !left_out);
        let doubles = record.problems.iter().filter(|problem| problem.code == "duplicate_id").count() as u64;
        self.add(FindingCode::DuplicateId, doubles, || name.clone(), &place);
        self.add_holdings(record, &name, &place);
    }

    fn add_holdings(&mut self, record: &SourceRecord, name: &str, place: &str) {
        for holding in &record.holdings {
            let is_undated = holding.span.is_none();
            self.add(FindingCode::Undated, u64::from(is_undated), || name.to_owned(), place);
            self.add(FindingCode::UnknownPaper, u64::from(holding.paper.is_empty()), || name.to_owned(), place);
            let day = holding.span.filter(|span| span.earliest == span.latest).map(|span| span.earliest);
            // Items of one page may come in several files; a page file holds a page as a whole.
            let is_page_file = record.seen.printed.is_some();
            if let Some(day) = day.filter(|_| is_page_file && !holding.paper.is_empty() && !holding.page.is_empty()) {
                let issue = (holding.paper.clone(), day.number(), holding.page.clone());
                self.holders.entry(issue).or_default().push(name.to_owned());
            }
        }
        let paper = record.holdings.first().map_or("", |holding| holding.paper.as_str());
        if let Some((number, day)) = record.seen.printed.and_then(|printed| Some((printed.number?, printed.day))) {
            self.numbers.entry(paper.to_owned()).or_default().insert(number, day);
        }
    }

    fn add_doubtful(&mut self, pages: u64, first: &[PageRecord]) {
        for page in first.iter().take(EXAMPLES) {
            self.add(
                FindingCode::DoubtfulPage,
                1,
                || format!("{} ({:.2})", page.source, page.confidence),
                &page.source.to_string(),
            );
        }
        if let Some(finding) = self.by_code.get_mut(&FindingCode::DoubtfulPage) {
            finding.count = pages;
        }
    }

    fn add_doubles(&mut self) {
        for ((paper, day, page), files) in std::mem::take(&mut self.holders) {
            if files.len() > 1 {
                let example = || format!("{paper} {day} 第{page}版: {}", files.join(", "));
                self.add(FindingCode::DuplicateIssue, 1, example, &files[1]);
            }
        }
    }

    fn add_number_gaps(&mut self) {
        for (paper, numbers) in std::mem::take(&mut self.numbers) {
            let held: Vec<(u32, Date)> = numbers.into_iter().collect();
            for pair in held.windows(2) {
                let [(number, from), (next, to)] = pair else { continue };
                let missing = next - number - 1;
                // Numbers that fall while days rise are of another counting.
                if missing > 0 && missing <= MOST_MISSING && from < to {
                    let example = || format!("{paper} {}–{} ({from} … {to})", number + 1, next - 1);
                    self.add(FindingCode::NumberGap, u64::from(missing), example, &paper);
                }
            }
        }
    }
}

impl ArchiveView {
    /// What the archive lacks or is not sure of. `rules`: the version of the rules of this program.
    ///
    /// # Errors
    /// [`ArchiveError`] where the index cannot be read.
    pub fn diagnosis(&self, rules: &str) -> Result<Diagnosis, ArchiveError> {
        let mut findings = Findings::default();
        all_sources(&*self.state, None, &mut |record| findings.add_file(&record, rules))?;
        let (pages, first) = doubtful_pages(self)?;
        findings.add_doubtful(pages, &first);
        findings.add_doubles();
        findings.add_number_gaps();
        Ok(Diagnosis { files: findings.files, findings: findings.by_code.into_values().collect() })
    }
}

/// Pages that are asked for at once.
const PAGES: usize = 1000;

/// How many pages are doubtful, and the least sure of them.
fn doubtful_pages(view: &ArchiveView) -> Result<(u64, Vec<PageRecord>), ArchiveError> {
    let (mut count, mut first) = (0, Vec::new());
    loop {
        let pages = view.state.least_sure(count, PAGES)?;
        let doubtful = pages.iter().filter(|page| page.confidence < PageRecord::SURE).count();
        count += doubtful;
        if first.is_empty() {
            first = pages.iter().take(doubtful.min(EXAMPLES)).cloned().collect();
        }
        if doubtful < PAGES {
            return Ok((count as u64, first));
        }
    }
}
