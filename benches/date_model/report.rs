//! How well a table does on pages that it was not learned from.

use crate::pages::DatedPage;
use baoku::model::{BestDay, Date, DateSpan};
use baoku::tables::DateEvidence;
use std::collections::BTreeMap;

/// Stated and seen, by tenths of what is stated.
type Bins = BTreeMap<i64, (usize, usize)>;

/// Prints the figures of some pages.
pub(crate) fn print(name: &str, table: &DateEvidence, pages: &[&DatedPage]) {
    let answers: Vec<(Date, bool, Option<(DateSpan, BestDay)>)> = pages
        .iter()
        .map(|page| {
            let date = page.case.date(table);
            (page.day.parse().expect("a day"), page.case.dateline, date.span.zip(date.best))
        })
        .collect();
    let dated: Vec<_> = answers.iter().filter_map(|(day, line, found)| Some((*day, *line, found.as_ref()?))).collect();
    let share = |right: &dyn Fn(&(Date, bool, &(DateSpan, BestDay))) -> bool| {
        dated.iter().filter(|one| right(one)).count() as f64 / pages.len().max(1) as f64
    };
    let lined = dated.iter().filter(|one| one.1).count();
    let month_day = |one: &(Date, bool, &(DateSpan, BestDay))| {
        (one.0.month(), one.0.day()) == (one.2.1.day.month(), one.2.1.day.day())
    };
    let right_line = dated.iter().filter(|one| one.1 && month_day(one)).count();
    let mut widths: Vec<i64> = dated.iter().map(|one| one.2.0.latest.days_since(one.2.0.earliest) + 1).collect();
    widths.sort_unstable();
    println!("{name}: {} pages, {} dated", pages.len(), dated.len());
    println!(
        "  window {:.3}, width {}, year {:.3}, month {:.3}, day {:.3}, month and day with dateline {:.3} of {lined}",
        share(&|one| one.2.0.earliest <= one.0 && one.0 <= one.2.0.latest),
        widths.get(widths.len() / 2).copied().unwrap_or(0),
        share(&|one| one.2.1.day.year() == one.0.year()),
        share(&|one| (one.2.1.day.year(), one.2.1.day.month()) == (one.0.year(), one.0.month())),
        share(&|one| one.2.1.day == one.0),
        right_line as f64 / lined.max(1) as f64,
    );
    let stated: [(&str, fn(&BestDay) -> f32, fn(Date, Date) -> bool); 3] = [
        ("day", |best| best.p_day, |a, b| a == b),
        ("month", |best| best.p_month, |a, b| (a.year(), a.month()) == (b.year(), b.month())),
        ("year", |best| best.p_year, |a, b| a.year() == b.year()),
    ];
    for (unit, probability, same) in stated {
        let mut bins = Bins::new();
        for (day, _, (_, best)) in &dated {
            let bin = bins.entry((f64::from(probability(best)) * 10.0).round() as i64).or_default();
            bin.0 += usize::from(same(best.day, *day));
            bin.1 += 1;
        }
        println!("  {unit}: calibration error {:.3}; {}", error(&bins, dated.len()), line(&bins));
    }
}

fn error(bins: &Bins, all: usize) -> f64 {
    let one = |(tenth, (right, count)): (&i64, &(usize, usize))| {
        (*right as f64 / *count as f64 - *tenth as f64 / 10.0).abs() * *count as f64
    };
    bins.iter().map(one).sum::<f64>() / all.max(1) as f64
}

fn line(bins: &Bins) -> String {
    let one = |(tenth, (right, count)): (&i64, &(usize, usize))| {
        format!(".{tenth} {:.2} of {count}", *right as f64 / *count as f64)
    };
    bins.iter().map(one).collect::<Vec<_>>().join(", ")
}
