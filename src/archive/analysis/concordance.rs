//! Keyword in context: every place of a query's terms with the text beside it, in an order that shows its company.

use crate::archive::analysis::terms::{MOST_READ, number, with_query};
use crate::archive::request::SearchRequest;
use crate::archive::request::canonical::Canonical;
use crate::archive::request::error::ArchiveError;
use crate::archive::request::params::{self, Param, shown};
use crate::archive::request::warning::{Warning, warning};
use crate::archive::search::snippet::Wanted;
use crate::archive::view::View;
use crate::model::{Article, ArticleId, DateSpan, TextField};
use crate::text::fold;

/// Code points on each side unless asked otherwise, and at most.
const WIDTH: usize = 20;
const WIDEST: usize = 200;

/// Lines of an answer unless asked otherwise, and at most.
const LIMIT: usize = 100;
const MOST: usize = 1000;

/// The most lines that are gathered and put in order.
pub const MOST_LINES: usize = 50_000;

/// What lines are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LineOrder {
    /// By date, the earliest first.
    #[default]
    Date,
    /// By what stands before the match, from its end.
    Left,
    /// By what stands behind the match.
    Right,
}

impl LineOrder {
    /// The name of the parameter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// A request for lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcordanceRequest {
    /// Query and filters.
    pub search: SearchRequest,
    /// The order.
    pub order: LineOrder,
    /// Code points on each side.
    pub width: usize,
    /// Lines to give.
    pub limit: usize,
    /// Lines to leave out at the beginning.
    pub skip: usize,
}

impl Default for ConcordanceRequest {
    fn default() -> Self {
        Self { search: SearchRequest::default(), order: LineOrder::Date, width: WIDTH, limit: LIMIT, skip: 0 }
    }
}

/// The parameters of lines beside `q` and the filters.
pub const LINE_PARAMS: &[Param<ConcordanceRequest>] = &[
    Param {
        name: "order",
        repeats: false,
        doc: "Order of the lines: date, left (by what stands before the match) or right (by what stands behind it).",
        zh: "排列：date（日期）、left（左文）或 right（右文）",
        example: "right",
        set: |request, value| {
            request.order = match value {
                "date" => LineOrder::Date,
                "left" => LineOrder::Left,
                "right" => LineOrder::Right,
                _ => return Err(format!("takes date, left or right, not `{value}`")),
            };
            Ok(())
        },
        get: |request| shown(Some(request.order.name())),
    },
    Param {
        name: "width",
        repeats: false,
        doc: "Characters on each side of a match, 1 to 200; 20 unless given.",
        zh: "左右各取多少字，1 到 200",
        example: "30",
        set: |request, value| {
            request.width = number(value, 1, WIDEST)?;
            Ok(())
        },
        get: |request| shown(Some(request.width)),
    },
    Param {
        name: "limit",
        repeats: false,
        doc: "Lines to give, 1 to 1000; 100 unless given.",
        zh: "行数，1 到 1000",
        example: "50",
        set: |request, value| {
            request.limit = number(value, 1, MOST)?;
            Ok(())
        },
        get: |request| shown(Some(request.limit)),
    },
    Param {
        name: "skip",
        repeats: false,
        doc: "Lines to leave out at the beginning.",
        zh: "跳过前面多少行",
        example: "100",
        set: |request, value| {
            request.skip = number(value, 0, MOST_LINES)?;
            Ok(())
        },
        get: |request| shown(Some(request.skip)),
    },
];

impl ConcordanceRequest {
    /// The canonical form.
    pub fn canonical(&self) -> Canonical {
        Canonical::of(LINE_PARAMS, self).with_search(&with_query(), &self.search)
    }

    /// Reads parameters.
    ///
    /// # Errors
    /// As [`SearchRequest::from_pairs`].
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ArchiveError> {
        let mut request = Self::default();
        params::read_into(&mut request, LINE_PARAMS, &with_query(), |request| &mut request.search, pairs)?;
        params::check(&request.search)?;
        if request.search.query.trim().is_empty() {
            return Err(ArchiveError::BadValue { name: "q", message: "is needed: what stands in the middle".into() });
        }
        Ok(request)
    }
}

/// A match with the text beside it, as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The article.
    pub id: ArticleId,
    /// Its title, or its first words.
    pub title: String,
    /// The paper's name.
    pub paper: String,
    /// Date of the issue.
    pub date: Option<DateSpan>,
    /// Page 版.
    pub page: String,
    /// Which of its texts.
    pub field: TextField,
    /// What stands before the match in its paragraph.
    pub left: String,
    /// The match.
    pub found: String,
    /// What stands behind it.
    pub right: String,
}

/// Lines of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcordanceReply {
    /// Matching articles.
    pub articles: u64,
    /// Lines gathered: all, unless there are more than [`MOST_LINES`], or more than [`MOST_READ`] articles.
    pub lines: u64,
    /// Whether these are all lines.
    pub complete: bool,
    /// The lines asked for.
    pub given: Vec<Line>,
    /// Remarks.
    pub warnings: Vec<Warning>,
    /// The state of the index that answered.
    pub generation: String,
}

impl View {
    /// The places of a query's terms with the text beside them.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, and engine failures.
    pub fn concordance(&self, request: &ConcordanceRequest) -> Result<ConcordanceReply, ArchiveError> {
        let (question, plan) = self.plan_of(&request.search)?;
        let articles = self.state.search(&plan)?.total;
        let wanted = Wanted::of(&question.ast);
        let mut lines: Vec<Line> = Vec::new();
        let mut read = 0;
        self.each(&plan, &mut |article| {
            read += 1;
            lines.extend(lines_of(&article, &wanted, request.width));
            lines.len() < MOST_LINES && read < MOST_READ
        })?;
        let complete = lines.len() < MOST_LINES && read == articles;
        lines.truncate(MOST_LINES);
        match request.order {
            LineOrder::Date => {}
            LineOrder::Right => lines.sort_by_cached_key(|line| folded(line.right.chars())),
            LineOrder::Left => lines.sort_by_cached_key(|line| folded(line.left.chars().rev())),
        }
        let count = lines.len() as u64;
        Ok(ConcordanceReply {
            articles,
            lines: count,
            complete,
            given: lines.into_iter().skip(request.skip).take(request.limit).collect(),
            warnings: question.diagnostics.iter().map(warning).collect(),
            generation: self.generation(),
        })
    }
}

/// Letters and Han characters as they compare, without marks and white space.
fn folded(chars: impl Iterator<Item = char>) -> String {
    chars.map(fold).filter(|c| c.is_alphanumeric()).collect()
}

fn lines_of(article: &Article, wanted: &Wanted, width: usize) -> Vec<Line> {
    let metadata = &article.metadata;
    let mut lines = Vec::new();
    for field in TextField::ALL {
        let paragraphs = article.paragraphs(field);
        for (paragraph, start, end) in wanted.spans(&paragraphs, field) {
            let text: Vec<char> = paragraphs[paragraph].chars().collect();
            let piece = |from: usize, to: usize| text[from..to].iter().collect::<String>().replace('\n', " ");
            lines.push(Line {
                id: article.id,
                title: article.name(),
                paper: metadata.paper.name.clone(),
                date: metadata.date.span,
                page: metadata.page.clone(),
                field,
                left: piece(start.saturating_sub(width), start),
                found: piece(start, end),
                right: piece(end, (end + width).min(text.len())),
            });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_or_wrong_is_said() {
        let read = |pairs: &[(&str, &str)]| ConcordanceRequest::from_pairs(pairs.iter().copied());
        assert!(read(&[]).is_err() && read(&[("q", "送温暖")]).is_ok());
        for (name, value) in
            [("order", "random"), ("width", "0"), ("limit", "1001"), ("skip", "-1"), ("facets", "year")]
        {
            assert!(read(&[("q", "x"), (name, value)]).is_err(), "{name}={value}");
        }
        for param in LINE_PARAMS {
            assert!(
                read(&[("q", "x"), (param.name, param.example)]).is_ok() && param.doc.ends_with('.'),
                "{}",
                param.name
            );
        }
    }

    #[test]
    fn order_looks_at_letters_alone() {
        assert_eq!(folded("，“活动”".chars()), folded("活 动".chars()));
    }
}
