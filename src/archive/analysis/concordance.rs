//! Keyword in context: every place of a query's terms with the text beside it, in an order that shows its company.

use crate::archive::request::error::ArchiveError;
use crate::archive::request::warning::{Warning, warning};
use crate::archive::request::{ConcordanceRequest, LineOrder};
use crate::archive::search::snippet::HighlightQuery;
use crate::archive::view::ArchiveView;
use crate::model::{Article, ArticleId, DateSpan, TextField};
use crate::text::fold;

/// A match with the text beside it, as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcordanceLine {
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
    /// Lines gathered: all, unless there are more lines or articles than [`crate::archive::ArchiveLimits`] allows.
    pub lines: u64,
    /// Whether these are all lines.
    pub complete: bool,
    /// The lines asked for.
    pub given: Vec<ConcordanceLine>,
    /// Remarks.
    pub warnings: Vec<Warning>,
    /// The state of the index that answered.
    pub generation: String,
}

impl ArchiveView {
    /// The places of a query's terms with the text beside them.
    ///
    /// # Errors
    /// [`ArchiveError`] for a query with too many terms, and engine failures.
    pub fn concordance(&self, request: &ConcordanceRequest) -> Result<ConcordanceReply, ArchiveError> {
        let (question, plan) = self.plan_of(&request.selection)?;
        let articles = self.state.search(&plan)?.total;
        let wanted = HighlightQuery::from_ast(&question.ast);
        let (most, most_read) = (self.limits.concordance_lines, self.limits.articles_read);
        let mut lines: Vec<ConcordanceLine> = Vec::new();
        let mut read = 0;
        self.scroll_articles(&plan, &mut |article| {
            read += 1;
            lines.extend(lines_of(&article, &wanted, request.lines.width));
            lines.len() < most && read < most_read
        })?;
        let complete = lines.len() < most && read == articles;
        lines.truncate(most);
        match request.lines.order {
            LineOrder::Date => {}
            LineOrder::Right => lines.sort_by_cached_key(|line| folded(line.right.chars())),
            LineOrder::Left => lines.sort_by_cached_key(|line| folded(line.left.chars().rev())),
        }
        let count = lines.len() as u64;
        Ok(ConcordanceReply {
            articles,
            lines: count,
            complete,
            given: lines.into_iter().skip(request.lines.skip).take(request.lines.limit).collect(),
            warnings: question.diagnostics.iter().map(warning).collect(),
            generation: self.generation(),
        })
    }
}

/// Letters and Han characters as they compare, without marks and white space.
fn folded(chars: impl Iterator<Item = char>) -> String {
    chars.map(fold).filter(|c| c.is_alphanumeric()).collect()
}

fn lines_of(article: &Article, wanted: &HighlightQuery, width: usize) -> Vec<ConcordanceLine> {
    let metadata = &article.metadata;
    let mut lines = Vec::new();
    for field in TextField::ALL {
        let paragraphs = article.paragraphs(field);
        for (paragraph, start, end) in wanted.spans(&paragraphs, field) {
            let text: Vec<char> = paragraphs[paragraph].chars().collect();
            let piece = |from: usize, to: usize| text[from..to].iter().collect::<String>().replace('\n', " ");
            lines.push(ConcordanceLine {
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
    }

    #[test]
    fn order_looks_at_letters_alone() {
        assert_eq!(folded("，“活动”".chars()), folded("活 动".chars()));
    }
}
