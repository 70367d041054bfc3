//! Tables for spreadsheets: UTF-8 with a byte order mark, CRLF, every text quoted, and never a formula.
//!
//! The `csv` crate has one style of quotes for a whole table. Here a number, and the nothing that stands for no number, has
//! none, so that a database reads it as NULL; a text always has them. The crate reads the tables again in the tests.

use crate::archive::{
    AmountsReply, ConcordanceReply, CoverageReply, CoverageState, SPLITS, SearchHit, Series, TermsReply, TrendReply,
};
use crate::messages;
use crate::model::Facet;
use std::fmt::Write;

/// A field of a row: quoted, and never a formula for a spreadsheet, which some take full-width signs for too.
fn field(text: &str) -> String {
    format!("\"{}{}\"", if is_formula(text) { "'" } else { "" }, text.replace('"', "\"\""))
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A table under construction.
struct Table(String);

impl Table {
    fn new(columns: &[&str]) -> Self {
        let mut table = Self("\u{FEFF}".to_owned());
        table.line(columns.iter().map(|name| (*name).to_owned()));
        table
    }

    fn row(&mut self, values: impl IntoIterator<Item = String>) {
        self.line(values.into_iter().map(|value| if is_number(&value) { value } else { field(&value) }));
    }

    fn line(&mut self, values: impl Iterator<Item = String>) {
        let _ = write!(self.0, "{}\r\n", values.collect::<Vec<_>>().join(","));
    }
}

/// Whether a value is a plain number or nothing: it needs no quotes, and is no formula.
fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') && (value.is_empty() || !digits.is_empty())
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| format!("{value:.6}"))
}

/// The columns of a list of articles.
pub const HIT_COLUMNS: [&str; 10] =
    ["id", "title", "paper", "date", "page", "kind", "region", "topics", "bylines", "rights"];

/// A list of articles as `baoku search --format csv` prints it.
pub fn hits(found: &[SearchHit]) -> String {
    let mut table = Table::new(&HIT_COLUMNS);
    found.iter().for_each(|found| table.row(hit(&found.article)));
    table.0
}

/// The row of an article, without the line's end.
pub fn article_row(article: &crate::model::Article) -> String {
    hit(article).iter().map(|value| field(value)).collect::<Vec<_>>().join(",")
}

fn hit(article: &crate::model::Article) -> [String; 10] {
    let metadata = &article.metadata;
    let topics: Vec<&str> = metadata.topics.iter().map(|topic| topic.id.as_str()).collect();
    let bylines: Vec<&str> = metadata.bylines.iter().map(|byline| byline.name.as_str()).collect();
    [
        article.id.to_string(),
        article.name(),
        metadata.paper.name.clone(),
        metadata.date.span.map(|span| span.to_string()).unwrap_or_default(),
        metadata.page.clone(),
        article.story.kind.name().to_owned(),
        metadata.regions.first().map(|region| region.path.join("/")).unwrap_or_default(),
        topics.join(" "),
        bylines.join(" "),
        article.story.given.rights.clone().unwrap_or_default(),
    ]
}

/// The column of a split.
fn split_column(facet: Facet) -> &'static str {
    SPLITS.iter().find(|(_, known)| *known == facet).map_or("value", |(name, _)| name)
}

/// The series of a request: one row a period; the rest that fits in none has rows without a period.
pub fn trends(reply: &TrendReply) -> String {
    let split = reply.request.breakdown.split.map(split_column);
    let mut columns = vec!["query"];
    columns.extend(split);
    columns.extend(reply.request.series.feast.as_ref().map(|_| "year"));
    columns.extend(["period", "matched", "total", "ratio", "ratio_low", "ratio_high", "characters", "state", "reason"]);
    columns.extend(by_best(reply).then_some("doubtful"));
    let mut table = Table::new(&columns);
    for series in &reply.series {
        for slot in 0..reply.slots.len() {
            table.row(trend_row(reply, series, slot));
        }
        for (state, point) in [("undated", series.undated), ("coarse", series.coarse)] {
            let reason =
                if state == "undated" { "日期不详" } else { "日期不够确切，不在任何一个时段内" };
            let mut row = series_fields(reply, series);
            row.extend(reply.request.series.feast.as_ref().map(|_| String::new()));
            row.push(String::new());
            row.extend(counts(Some(point)));
            row.extend([state.to_owned(), reason.to_owned()]);
            row.extend(by_best(reply).then(String::new));
            table.row(row);
        }
    }
    table.0
}

fn series_fields(reply: &TrendReply, series: &Series) -> Vec<String> {
    let mut fields = vec![series.query.clone()];
    fields.extend(reply.request.breakdown.split.map(|_| series.label.clone()));
    fields
}

fn trend_row(reply: &TrendReply, series: &Series, at: usize) -> Vec<String> {
    let (slot, cover) = (&reply.slots[at], reply.coverage(series, at));
    let mut row = series_fields(reply, series);
    row.extend(slot.year.map(|year| year.to_string()));
    // On a festival axis a number of days or weeks; the year stands beside it.
    let label = if slot.year.is_some() { slot.label.trim_matches(['+', 'w']) } else { &slot.label };
    row.push(label.to_owned());
    row.extend(counts(reply.point(series, at)));
    row.extend([cover.state.name().to_owned(), messages::cover_reason_text(cover)]);
    let doubtful = || reply.point(series, at).map_or_else(String::new, |point| point.doubtful.to_string());
    row.extend(by_best(reply).then(doubtful));
    row
}

fn by_best(reply: &TrendReply) -> bool {
    reply.request.series.date_by == crate::archive::DateBasis::Best
}

/// matched, total, ratio, its interval, characters; nothing where nothing is held.
fn counts(point: Option<crate::archive::SeriesPoint>) -> [String; 6] {
    let Some(point) = point else { return std::array::from_fn(|_| String::new()) };
    let (low, high) = point.interval().unzip();
    [
        point.matched.to_string(),
        point.total.to_string(),
        number(point.ratio()),
        number(low),
        number(high),
        point.characters.to_string(),
    ]
}

/// What is held, a row for each paper and period.
pub fn coverage(reply: &CoverageReply) -> String {
    let columns = ["paper", "period", "first", "last", "state", "issues", "expected", "pages", "articles", "reason"];
    let mut table = Table::new(&columns);
    for paper in &reply.papers {
        for (slot, cover) in reply.slots.iter().zip(&paper.periods) {
            table.row([
                paper.name.clone(),
                slot.label.clone(),
                slot.first.to_string(),
                slot.last.to_string(),
                CoverageState::name(cover.state).to_owned(),
                cover.issues.to_string(),
                cover.expected.map(|expected| expected.to_string()).unwrap_or_default(),
                cover.pages.to_string(),
                cover.articles.to_string(),
                messages::cover_reason_text(cover),
            ]);
        }
    }
    table.0
}

/// Words, those of both lists.
pub fn terms(reply: &TermsReply) -> String {
    let columns =
        ["list", "word", "articles_one", "of_one", "articles_other", "of_other", "log_likelihood", "log_ratio"];
    let mut table = Table::new(&columns);
    let lists = [(if reply.compared { "rising" } else { "near" }, &reply.more), ("falling", &reply.less)];
    for (list, rows) in lists {
        for row in rows {
            table.row([
                list.to_owned(),
                row.word.clone(),
                row.one.to_string(),
                reply.read.unwrap_or(reply.one).to_string(),
                row.other.to_string(),
                reply.other.to_string(),
                format!("{:.2}", row.keyness.likelihood),
                format!("{:.3}", row.keyness.effect),
            ]);
        }
    }
    table.0
}

/// Lines of a concordance.
pub fn concordance(reply: &ConcordanceReply) -> String {
    let mut table = Table::new(&["left", "match", "right", "field", "id", "title", "paper", "date", "page"]);
    for line in &reply.given {
        table.row([
            line.left.clone(),
            line.found.clone(),
            line.right.clone(),
            line.field.name().to_owned(),
            line.id.to_string(),
            line.title.clone(),
            line.paper.clone(),
            line.date.map(|date| date.to_string()).unwrap_or_default(),
            line.page.clone(),
        ]);
    }
    table.0
}

/// The numbers behind the figures, a row each.
pub fn amounts(reply: &AmountsReply) -> String {
    let mut table = Table::new(&["period", "value", "what", "quote", "sentence", "id", "title", "date"]);
    for one in &reply.sentences {
        table.row([
            one.period.clone(),
            one.value.to_string(),
            one.what.clone(),
            one.quote.clone(),
            one.sentence.clone(),
            one.id.to_string(),
            one.title.clone(),
            one.date.map(|date| date.to_string()).unwrap_or_default(),
        ]);
    }
    table.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_fields_are_quoted_and_no_formulas() {
        assert_eq!(field("a\"b"), "\"a\"\"b\"");
        assert_eq!(field("=1+1"), "\"'=1+1\"");
        assert_eq!(field("-12"), "\"'-12\"");
    }

    #[test]
    fn only_plain_numbers_stand_without_quotes() {
        let mut table = Table::new(&["a", "b"]);
        table.row(["12.5".into(), "2014-04".into()]);
        table.row([String::new(), "@x".into()]);
        table.row(["-1.234".into(), "-".into()]);
        assert_eq!(table.0, "\u{FEFF}a,b\r\n12.5,\"2014-04\"\r\n,\"'@x\"\r\n-1.234,\"'-\"\r\n");
    }

    #[test]
    fn another_reader_reads_what_was_written() {
        let rows = [
            ["a\"b", "一，二,三", "两\r\n行", "", "12.50"],
            ["=1+1", "＝SUM(A1)", "\"", ",", "@7"],
            ["'", " x ", "\t", "\u{FEFF}", "1,000"],
        ];
        let mut table = Table::new(&["a", "b", "c", "d", "e"]);
        rows.iter().for_each(|row| table.row(row.map(str::to_owned)));
        let mut reader = csv::Reader::from_reader(table.0.as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["a", "b", "c", "d", "e"]);
        let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        for (read, written) in read.iter().zip(rows) {
            let shown = written.map(|value| if is_formula(value) { format!("'{value}") } else { value.to_owned() });
            assert_eq!(read, shown.as_slice());
        }
        assert_eq!(read.len(), rows.len());
    }
}
