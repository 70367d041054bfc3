//! How well a table does on pages that it was not learned from.

use crate::pages::DatedPage;
use baoku::model::{BestDay, Date, DateSpan};
use baoku::tables::DateEvidence;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Stated and seen, by tenths of what is stated.
type Bins = BTreeMap<i64, (usize, usize)>;

/// A page with its day and what was found.
struct Answer {
    day: Date,
    dateline: bool,
    span: DateSpan,
    best: BestDay,
}

/// A unit of a date whose probability is stated.
#[derive(Clone, Copy)]
enum Unit {
    Day,
    Month,
    Year,
}

impl Unit {
    const ALL: [(Self, &'static str); 3] = [(Self::Day, "day"), (Self::Month, "month"), (Self::Year, "year")];

    fn stated(self, best: &BestDay) -> f32 {
        match self {
            Self::Day => best.p_day,
            Self::Month => best.p_month,
            Self::Year => best.p_year,
        }
    }

    fn is_right(self, answer: &Answer) -> bool {
        let (a, b) = (answer.best.day, answer.day);
        match self {
            Self::Day => a == b,
            Self::Month => (a.year(), a.month()) == (b.year(), b.month()),
            Self::Year => a.year() == b.year(),
        }
    }
}

fn answer(table: &DateEvidence, page: &DatedPage) -> Option<Answer> {
    let date = page.case.date(table);
    let day = page.day.parse().expect("a day");
    Some(Answer { day, dateline: page.case.dateline, span: date.span?, best: date.best? })
}

/// Prints the figures of some pages, and gives the rows of the table of stated against seen.
pub(crate) fn print(name: &str, table: &DateEvidence, pages: &[&DatedPage]) -> String {
    let answers: Vec<Answer> = pages.iter().filter_map(|page| answer(table, page)).collect();
    println!("{name}: {} pages, {} dated", pages.len(), answers.len());
    let share = |right: usize, all: usize| right as f64 / all.max(1) as f64;
    let held = answers.iter().filter(|one| one.span.earliest <= one.day && one.day <= one.span.latest).count();
    let lined: Vec<&Answer> = answers.iter().filter(|one| one.dateline).collect();
    let month_day = |one: &&&Answer| (one.day.month(), one.day.day()) == (one.best.day.month(), one.best.day.day());
    let mut widths: Vec<i64> = answers.iter().map(|one| one.span.latest.days_since(one.span.earliest) + 1).collect();
    widths.sort_unstable();
    println!(
        "  window {:.3}, width {}, month and day with dateline {:.3} of {}",
        share(held, pages.len()),
        widths.get(widths.len() / 2).copied().unwrap_or(0),
        share(lined.iter().filter(month_day).count(), lined.len()),
        lined.len(),
    );
    let mut rows = String::new();
    for (unit, unit_name) in Unit::ALL {
        let bins = bins(&answers, unit);
        let right = answers.iter().filter(|one| unit.is_right(one)).count();
        let error = error(&bins, answers.len());
        println!(
            "  {unit_name}: right {:.3}, calibration error {error:.3}; {}",
            share(right, pages.len()),
            line(&bins)
        );
        for (tenth, (right, count)) in &bins {
            let _ = writeln!(
                rows,
                "{name}\t{unit_name}\t{:.1}\t{:.3}\t{count}",
                *tenth as f64 / 10.0,
                share(*right, *count)
            );
        }
    }
    rows
}

fn bins(answers: &[Answer], unit: Unit) -> Bins {
    let mut bins = Bins::new();
    for one in answers {
        let bin = bins.entry((f64::from(unit.stated(&one.best)) * 10.0).round() as i64).or_default();
        bin.0 += usize::from(unit.is_right(one));
        bin.1 += 1;
    }
    bins
}

fn error(bins: &Bins, all: usize) -> f64 {
    let one = |(tenth, (right, count)): (&i64, &(usize, usize))| {
        (*right as f64 / *count as f64 - *tenth as f64 / 10.0).abs() * *count as f64
    };
    bins.iter().map(one).sum::<f64>() / all.max(1) as f64
}

fn line(bins: &Bins) -> String {
    let one = |(tenth, (right, count)): (&i64, &(usize, usize))| {
        format!("{:.1}: {:.2} of {count}", *tenth as f64 / 10.0, *right as f64 / *count as f64)
    };
    bins.iter().map(one).collect::<Vec<_>>().join(", ")
}
