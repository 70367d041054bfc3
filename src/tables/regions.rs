//! Administrative divisions at county level and above, with the years in which each name was valid.

use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("regions.tsv");
pub(super) const ALIASES_TEXT: &str = include_str!("aliases.tsv");

/// Other names of places: name and code.
pub fn place_aliases() -> impl Iterator<Item = (&'static str, &'static str)> {
    super::rows(ALIASES_TEXT).filter_map(|row| Some((*row.first()?, *row.get(1)?)))
}

pub(super) const ENTERPRISES_TEXT: &str = include_str!("enterprises.tsv");

/// An enterprise or works that news names instead of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enterprise {
    /// Its name.
    pub name: &'static str,
    /// Code of the unit that it is in.
    pub code: &'static str,
    /// First year there, where it has moved.
    pub from: Option<i16>,
    /// Last year there.
    pub to: Option<i16>,
}

impl Enterprise {
    /// Whether it is there in a year; without a year whether it is there today.
    pub fn is_there_in(&self, year: Option<i16>) -> bool {
        year.map_or(self.to.is_none(), |year| {
            self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
        })
    }
}

/// The table of enterprises.
pub fn enterprises() -> impl Iterator<Item = Enterprise> {
    super::rows(ENTERPRISES_TEXT).filter_map(|row| {
        let year = |column: usize| row.get(column).and_then(|year| year.parse().ok());
        Some(Enterprise { name: row.first()?, code: row.get(1)?, from: year(2), to: year(3) })
    })
}

/// Level of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Province level.
    Province,
    /// Prefecture level.
    Prefecture,
    /// County level.
    County,
}

/// One unit under one name: a renamed unit has a row for each name.
#[derive(Debug)]
pub struct Region {
    /// GB/T 2260 code.
    pub code: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Name without its suffix, or empty where the short form must not stand alone.
    pub short: &'static str,
    /// Level.
    pub level: Level,
    /// Code of the unit above; empty for a province.
    pub parent: &'static str,
    /// First year.
    pub from: i16,
    /// Last year; `None` = still valid.
    pub to: Option<i16>,
    /// Codes that took its place when it ended.
    pub successors: Vec<&'static str>,
}

impl Region {
    /// Whether the name was valid in a year, give or take one: tables are of 31 December.
    pub fn valid_in(&self, year: i16) -> bool {
        self.from - 1 <= year && self.to.is_none_or(|to| year <= to + 1)
    }
}

/// All units.
pub struct Regions {
    rows: Vec<Region>,
    by_code: FxHashMap<&'static str, Vec<usize>>,
    by_name: FxHashMap<&'static str, Vec<usize>>,
    earlier: FxHashMap<&'static str, Vec<&'static str>>,
    /// The first of today's units that a code has become.
    heirs: FxHashMap<&'static str, &'static str>,
}

impl Regions {
    /// All rows, by code and year.
    pub fn all(&self) -> &[Region] {
        &self.rows
    }

    /// Today's unit of a code.
    pub fn today(&self, code: &str) -> Option<&Region> {
        self.rows_of(code).find(|row| row.to.is_none())
    }

    /// The unit of a code in a year; without a year today's, else the last.
    pub fn at(&self, code: &str, year: Option<i16>) -> Option<&Region> {
        let in_year = year.and_then(|year| self.rows_of(code).find(|row| row.valid_in(year)));
        in_year.or_else(|| self.today(code)).or_else(|| self.rows_of(code).last())
    }

    /// The rows with this full or short name.
    pub fn with_name(&self, name: &str) -> impl Iterator<Item = &Region> {
        self.by_name.get(name).into_iter().flatten().map(|&row| &self.rows[row])
    }

    /// The unit and its ancestors as of a year, from the province down.
    pub fn path(&self, code: &str, year: Option<i16>) -> Vec<&Region> {
        let mut path = Vec::new();
        let mut next = self.at(code, year);
        while let Some(unit) = next.filter(|_| path.len() < 3) {
            path.push(unit);
            next = if unit.parent.is_empty() { None } else { self.at(unit.parent, year) };
        }
        path.reverse();
        path
    }

    /// Today's units that a unit has become: itself while it lasts, else its successors' successors.
    pub fn present(&self, code: &str) -> Vec<&Region> {
        let mut found = Vec::new();
        for code in self.closure(code, |regions, code| regions.later_codes(code)) {
            found.extend(self.today(code));
        }
        found
    }

    /// The code of the first of today's units that a unit has become; `None` where nothing came after it.
    pub fn heir(&self, code: &str) -> Option<&'static str> {
        self.heirs.get(code).copied()
    }

    /// A code and all codes of its earlier and later forms.
    pub fn forms(&self, code: &str) -> BTreeSet<&'static str> {
        let mut forms = self.closure(code, |regions, code| regions.later_codes(code));
        forms.extend(self.closure(code, |regions, code| regions.earlier.get(code).cloned().unwrap_or_default()));
        forms
    }

    fn rows_of(&self, code: &str) -> impl Iterator<Item = &Region> {
        self.by_code.get(code).into_iter().flatten().map(|&row| &self.rows[row])
    }

    fn later_codes(&self, code: &str) -> Vec<&'static str> {
        if self.today(code).is_some() {
            return Vec::new();
        }
        self.rows_of(code).flat_map(|row| row.successors.iter().copied()).collect()
    }

    fn closure(&self, code: &str, next: impl Fn(&Self, &str) -> Vec<&'static str>) -> BTreeSet<&'static str> {
        let mut found: BTreeSet<&'static str> = self.rows_of(code).map(|row| row.code).collect();
        let mut open: Vec<&'static str> = found.iter().copied().collect();
        while let Some(code) = open.pop() {
            open.extend(next(self, code).into_iter().filter(|code| found.insert(code)));
        }
        found
    }

    fn load() -> Self {
        let rows: Vec<Region> = super::rows(TEXT).filter_map(|columns| parse(&columns)).collect();
        let mut table = Self {
            by_code: FxHashMap::default(),
            by_name: FxHashMap::default(),
            earlier: FxHashMap::default(),
            heirs: FxHashMap::default(),
            rows,
        };
        for (number, row) in table.rows.iter().enumerate() {
            table.by_code.entry(row.code).or_default().push(number);
            for name in [row.name, row.short].into_iter().filter(|name| !name.is_empty()) {
                table.by_name.entry(name).or_default().push(number);
            }
            for successor in &row.successors {
                table.earlier.entry(successor).or_default().push(row.code);
            }
        }
        let heirs = table.by_code.keys().filter_map(|code| Some((*code, table.present(code).first()?.code)));
        table.heirs = heirs.collect();
        table
    }
}

fn parse(columns: &[&'static str]) -> Option<Region> {
    let [code, name, short, level, parent, from, to, successors] = columns.try_into().ok()?;
    let level = match level {
        "P" => Level::Province,
        "C" => Level::Prefecture,
        _ => Level::County,
    };
    Some(Region {
        code,
        name,
        short,
        level,
        parent,
        from: from.parse().ok()?,
        to: to.parse().ok(),
        successors: successors.split_whitespace().collect(),
    })
}

/// The table, loaded once.
pub fn regions() -> &'static Regions {
    static TABLE: OnceLock<Regions> = OnceLock::new();
    TABLE.get_or_init(Regions::load)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(path: &[&Region]) -> Vec<&'static str> {
        path.iter().map(|unit| unit.name).collect()
    }

    #[test]
    fn every_row_is_read_and_has_a_parent() {
        assert_eq!(regions().all().len(), super::super::rows(TEXT).count());
        for row in regions().all() {
            assert!(
                row.level == Level::Province || regions().at(row.parent, Some(row.from)).is_some(),
                "{} {}",
                row.code,
                row.name
            );
        }
    }

    #[test]
    fn no_enterprise_is_in_two_units_in_one_year() {
        let all: Vec<Enterprise> = enterprises().collect();
        assert_eq!(all.len(), super::super::rows(ENTERPRISES_TEXT).count());
        for one in &all {
            assert!(regions().at(one.code, one.to).is_some(), "{} {}", one.name, one.code);
            for year in [1985, 1995, 2005, 2015, 2024] {
                let there = |other: &&Enterprise| other.name == one.name && other.is_there_in(Some(year));
                assert!(all.iter().filter(there).count() <= 1, "{} {year}", one.name);
            }
        }
    }

    #[test]
    fn counts_of_2024() {
        let count = |level| regions().all().iter().filter(|row| row.level == level && row.to.is_none()).count();
        assert_eq!((count(Level::Province), count(Level::Prefecture), count(Level::County)), (34, 333, 2846));
    }

    #[test]
    fn names_follow_the_year() {
        assert_eq!(names(&regions().path("610721", Some(2016))), ["陕西省", "汉中市", "南郑县"]);
        assert_eq!(names(&regions().path("610703", Some(2018))), ["陕西省", "汉中市", "南郑区"]);
        assert_eq!(names(&regions().path("500233", Some(2018))), ["重庆市", "忠县"]);
        assert_eq!(names(&regions().path("420600", Some(2000))), ["湖北省", "襄樊市"]);
        assert_eq!(names(&regions().path("420600", None)), ["湖北省", "襄阳市"]);
    }

    #[test]
    fn forms_lead_both_ways() {
        let forms = regions().forms("610703");
        assert!(forms.contains("610721") && forms.contains("612321"), "{forms:?}");
        let present: Vec<_> = regions().present("330104").iter().map(|unit| unit.name).collect();
        assert_eq!(present, ["上城区", "钱塘区"]);
    }
}
