//! Tallies put into the slots of an axis, with what fits in none.

use super::axis::{Axis, AxisSlot};
use crate::engine::HistogramRow;
use crate::model::Date;
use std::collections::HashMap;

/// Articles and the characters of their texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArticleCount {
    /// Articles.
    pub articles: u64,
    /// Characters.
    pub characters: u64,
    /// Those of the articles that the slot may not hold: their days reach beyond it.
    pub doubtful: u64,
}

/// By which of its days an article is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DateBasis {
    /// By all days on which it may have been printed: where no slot holds them all it is stated beside the slots.
    #[default]
    Span,
    /// By the most probable day; each slot says how many of its articles may be of another.
    Best,
}

impl DateBasis {
    /// The name of the parameter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Span => "span",
            Self::Best => "best",
        }
    }
}

impl ArticleCount {
    fn add(&mut self, row: &HistogramRow) {
        self.articles += row.articles;
        self.characters += row.characters;
    }
}

/// Articles by slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotCounts {
    /// By the slot's year and first day.
    by_slot: HashMap<(Option<i16>, Date), ArticleCount>,
    /// Articles without a date.
    pub undated: ArticleCount,
    /// Articles whose date is known, but not so finely that one slot holds it.
    pub coarse: ArticleCount,
}

impl SlotCounts {
    /// Counts rows whose days touch those from `from` to `to`. Rows on a festival axis that are far from the festival are left out.
    pub fn from_rows<'a>(
        rows: impl IntoIterator<Item = &'a HistogramRow>,
        axis: &Axis,
        basis: DateBasis,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Self {
        let mut counts = Self::default();
        // Rows come by their days: most lie in the slot of the one before.
        let mut current: Option<AxisSlot> = None;
        for row in rows {
            let Some((first, last)) = row.days else {
                counts.undated.add(row);
                continue;
            };
            if from.is_some_and(|from| last < from) || to.is_some_and(|to| first > to) {
                continue;
            }
            let inside = |slot: &AxisSlot| slot.first <= first && last <= slot.last;
            let best = row.best.filter(|_| basis == DateBasis::Best);
            if !current.as_ref().is_some_and(inside) {
                current = axis.slot_of(best.unwrap_or(first));
            }
            match &current {
                Some(slot) if best.is_some() || inside(slot) => {
                    let part = counts.by_slot.entry((slot.year, slot.first)).or_default();
                    part.add(row);
                    part.doubtful += if inside(slot) { 0 } else { row.articles };
                }
                None if best.is_some() && first != last => {}
                None if first == last => {}
                _ => counts.coarse.add(row),
            }
        }
        counts
    }

    /// What a slot holds.
    pub fn at(&self, slot: &AxisSlot) -> ArticleCount {
        self.by_slot.get(&(slot.year, slot.first)).copied().unwrap_or_default()
    }

    /// Articles in all slots.
    pub fn in_slots(&self) -> u64 {
        self.by_slot.values().map(|part| part.articles).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trends::PeriodStep;

    fn row(days: Option<(&str, &str)>, articles: u64) -> HistogramRow {
        let days = days.map(|(first, last)| (first.parse().unwrap(), last.parse().unwrap()));
        HistogramRow { days, best: days.map(|(first, _)| first), value: None, articles, characters: articles * 10 }
    }

    #[test]
    fn an_article_counts_where_its_days_fit() {
        let rows = [
            row(Some(("2014-04-29", "2014-04-29")), 1),
            row(Some(("2014-04-01", "2014-04-30")), 2),
            row(Some(("2014-01-01", "2014-12-31")), 4),
            row(Some(("2013-12-20", "2014-01-10")), 8),
            row(None, 16),
        ];
        let of = |step| SlotCounts::from_rows(&rows, &Axis::Calendar(step), DateBasis::Span, None, None);
        let at = |step: PeriodStep, day: &str| {
            let axis = Axis::Calendar(step);
            of(step).at(&axis.slot_of(day.parse().unwrap()).unwrap()).articles
        };
        assert_eq!(at(PeriodStep::Day, "2014-04-29"), 1);
        assert_eq!(at(PeriodStep::Month, "2014-04-29"), 3);
        assert_eq!(at(PeriodStep::Year, "2014-04-29"), 7);
        for (step, coarse) in [(PeriodStep::Day, 14), (PeriodStep::Month, 12), (PeriodStep::Year, 8)] {
            let counts = of(step);
            assert_eq!((counts.coarse.articles, counts.undated.articles), (coarse, 16), "{step:?}");
            assert_eq!(counts.in_slots() + coarse + 16, 31, "nothing is lost");
        }
        let limited = SlotCounts::from_rows(
            &rows,
            &Axis::Calendar(PeriodStep::Year),
            DateBasis::Span,
            Some("2014-05-01".parse().unwrap()),
            None,
        );
        assert_eq!((limited.in_slots(), limited.coarse.articles), (4, 0), "what lies before is left out");
    }

    #[test]
    fn by_the_best_day_nothing_is_left_over_and_doubt_is_told() {
        let rows =
            [row(Some(("2014-04-29", "2014-04-29")), 1), row(Some(("2013-12-20", "2014-01-10")), 8), row(None, 16)];
        let counts = SlotCounts::from_rows(&rows, &Axis::Calendar(PeriodStep::Year), DateBasis::Best, None, None);
        let at = |day: &str| counts.at(&Axis::Calendar(PeriodStep::Year).slot_of(day.parse().unwrap()).unwrap());
        assert_eq!((at("2013-12-20").articles, at("2013-12-20").doubtful), (8, 8));
        assert_eq!((at("2014-04-29").articles, at("2014-04-29").doubtful), (1, 0));
        assert_eq!((counts.coarse.articles, counts.undated.articles), (0, 16));
    }
}
