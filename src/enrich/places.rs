//! Finding place names in a text: one automaton over all names, read from left to right.

use super::place_words::{
    AGENCY, depot_follows, firm_follows, has, is_dateline, is_passing, is_street, opens, organ_follows, relative_words,
    runs_on, short_organ,
};
use crate::tables::{self, Enterprise, Level, Region, regions};
use crate::text::fold;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

/// What a mention names.
#[derive(Clone, Debug)]
pub(super) enum MentionTarget {
    /// One of these units.
    Places(Vec<&'static Region>),
    /// The own unit of a level (市总工会, 我市), by the last character of its name; `that`: one named before (该市).
    Relative { suffix: char, that: bool },
    /// The whole country.
    National,
}

/// A place name or relative word in a text.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// Span in bytes.
    pub span: Range<usize>,
    /// What it names.
    pub what: MentionTarget,
    /// Whether a union organ follows.
    pub organ: bool,
    /// Whether the news is sent from there: 本报茂县12月24日电.
    pub dateline: bool,
    /// Whether it is the paper's own news: not sent by the agency.
    pub correspondent: bool,
    /// Whether it is only where somebody comes from or goes to, or the home of guests.
    pub passing: bool,
    /// Whether it stands in a list, after another one: 河南、甘肃.
    pub listed: bool,
    /// Whether it names an enterprise that is there.
    pub works: bool,
}

/// What a pattern of the automaton stands for.
#[derive(Default)]
struct GazetteerEntry {
    full: Vec<&'static Region>,
    short: Vec<&'static Region>,
    /// The units that an enterprise of this name is in.
    works: Vec<(Enterprise, &'static Region)>,
    relative: Option<(char, bool)>,
    national: bool,
}

struct Gazetteer {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    entries: Vec<GazetteerEntry>,
    by_name: HashMap<String, usize>,
}

impl Gazetteer {
    fn shared() -> Option<&'static Self> {
        static GAZETTEER: OnceLock<Option<Gazetteer>> = OnceLock::new();
        GAZETTEER.get_or_init(Self::build).as_ref()
    }

    /// `None` only if the automaton cannot be built, which a test rules out.
    fn build() -> Option<Self> {
        let (mut names, mut entries, mut by_name) = (Vec::new(), Vec::new(), HashMap::new());
        let mut entry = |name: &str, change: &dyn Fn(&mut GazetteerEntry)| {
            let name: String = name.chars().map(fold).collect();
            let number = *by_name.entry(name.clone()).or_insert_with(|| {
                names.push(name);
                entries.push(GazetteerEntry::default());
                entries.len() - 1
            });
            change(&mut entries[number]);
        };
        for row in regions().all() {
            entry(row.name, &|entry| entry.full.push(row));
            if row.short.chars().count() >= 2 && row.short != row.name {
                entry(row.short, &|entry| entry.short.push(row));
            }
        }
        for (name, row) in other_names() {
            entry(&name, &|entry| entry.full.push(row));
        }
        for one in tables::enterprises() {
            for row in regions().all().iter().filter(|row| row.code == one.code) {
                entry(one.name, &|entry| entry.works.push((one, row)));
            }
        }
        for (word, suffix, that) in relative_words() {
            entry(&word, &|entry| entry.relative = Some((suffix, that)));
        }
        tables::places().national.iter().for_each(|word| entry(word, &|entry| entry.national = true));
        tables::places().holders.iter().for_each(|word| entry(word, &|_| ()));
        let automaton =
            CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(&names).ok()?;
        Some(Self { automaton, entries, by_name })
    }
}

/// Names by which the press knows a unit beside its full one: 阿坝州, 威宁县, 鄂温克旗, and those of the table of aliases.
fn other_names() -> Vec<(String, &'static Region)> {
    let short_with = |row: &'static Region| {
        let suffix = ["自治州", "自治县", "自治旗"].iter().find(|suffix| row.name.ends_with(**suffix))?;
        let last = suffix.chars().next_back()?;
        (row.short.chars().count() >= 2).then(|| (format!("{}{last}", row.short), row))
    };
    let made = regions().all().iter().filter_map(short_with);
    let aliases = tables::place_aliases().flat_map(|(name, code)| {
        let rows = regions().all().iter().filter(move |row| row.code == code);
        rows.map(move |row| (name.to_owned(), row))
    });
    made.chain(aliases).collect()
}

/// A text being read, and what was found in it.
struct PlaceFinder<'a> {
    text: &'a str,
    year: Option<i16>,
    known: &'a BTreeSet<&'static str>,
    found: Vec<Mention>,
}

/// The mentions of a text, in order. `year`: that of the article, where it is known. `known`: codes of the units that the
/// article names in full, whose short forms need no support.
pub(super) fn mentions(text: &str, year: Option<i16>, known: &BTreeSet<&'static str>) -> Vec<Mention> {
    let Some(gazetteer) = Gazetteer::shared() else { return Vec::new() };
    let mut reading = PlaceFinder { text, year, known, found: Vec::new() };
    let mut at = 0;
    while let Some(hit) = gazetteer.automaton.leftmost_find_iter(&text[at..]).next() {
        let (start, end) = (at + hit.start(), at + hit.end());
        at = reading.prefixes(gazetteer, start..end).unwrap_or_else(|| start + char_len(text, start));
    }
    share_organs(text, &mut reading.found);
    reading.found
}

/// In a list (甲区、乙区总工会) the organ is that of all.
fn share_organs(text: &str, found: &mut [Mention]) {
    for number in (1..found.len()).rev() {
        let between = text.get(found[number - 1].span.end..found[number].span.start);
        let joined = between.is_some_and(|word| has(&tables::places().joins, word));
        found[number - 1].organ |= found[number].organ && joined;
        found[number].listed = joined;
    }
    // Where the first of a list is only where somebody comes from, the others are as well.
    for number in 1..found.len() {
        found[number].passing |= found[number].listed && found[number - 1].passing;
    }
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}

impl PlaceFinder<'_> {
    /// Reads the longest name at the start of a span that stands the tests; gives where it ends.
    fn prefixes(&mut self, gazetteer: &Gazetteer, span: Range<usize>) -> Option<usize> {
        let ends = self.text[span.clone()].char_indices().skip(1).map(|(at, _)| span.start + at);
        let ends: Vec<usize> = ends.chain([span.end]).collect();
        ends.into_iter().rev().find_map(|end| {
            let entry = &gazetteer.entries[*gazetteer.by_name.get(&self.text[span.start..end])?];
            self.read(entry, span.start..end)
        })
    }

    fn read(&mut self, entry: &GazetteerEntry, span: Range<usize>) -> Option<usize> {
        let end = span.end;
        if let Some((suffix, that)) = entry.relative {
            let mention = self.relative(suffix, that, span)?;
            self.found.push(mention);
        } else if entry.national {
            self.found.push(Mention {
                span,
                what: MentionTarget::National,
                organ: false,
                dateline: false,
                correspondent: false,
                passing: false,
                listed: false,
                works: false,
            });
        } else if !(entry.full.is_empty() && entry.short.is_empty()) {
            self.place(entry, span)?;
        } else if !entry.works.is_empty() {
            self.works(entry, span)?;
        }
        Some(end)
    }

    fn relative(&self, suffix: char, that: bool, span: Range<usize>) -> Option<Mention> {
        let (word, rest) = (&self.text[span.clone()], &self.text[span.end..]);
        let before = self.text[..span.start].chars().next_back();
        let organ = word.ends_with('总') && short_organ(&self.text[span.end - '总'.len_utf8()..]);
        let own = !word.starts_with(suffix) || !before.is_some_and(|c| tables::places().not_ours.contains(c));
        let runs_on = rest.chars().next().is_some_and(|next| word.ends_with(suffix) && runs_on(suffix, next));
        if !own || runs_on || word.ends_with('总') && !organ {
            return None;
        }
        let organ = organ || word.ends_with("总工会") || organ_follows(word, rest, false);
        Some(Mention {
            span,
            what: MentionTarget::Relative { suffix, that: that || before == Some(tables::places().that) },
            organ,
            dateline: false,
            correspondent: false,
            passing: false,
            listed: false,
            works: false,
        })
    }

    /// Reads the name of an enterprise as the place that it is in.
    fn works(&mut self, entry: &GazetteerEntry, span: Range<usize>) -> Option<()> {
        let rest = &self.text[span.end..];
        let last = last_char(&self.text[span.clone()]);
        let there = entry.works.iter().filter(|(one, _)| one.is_there_in(self.year)).map(|(_, row)| *row);
        let rows = lineages(&there.collect::<Vec<_>>(), self.year);
        let stays = rest.chars().next().is_none_or(|next| !runs_on(last, next));
        let passing = is_passing(&self.text[..span.start], rest);
        let (what, organ, dateline, correspondent, listed) = (MentionTarget::Places(rows), false, false, false, false);
        let mention = Mention { span, what, organ, dateline, correspondent, passing, listed, works: true };
        let known = matches!(&mention.what, MentionTarget::Places(rows) if !rows.is_empty());
        (stays && known).then(|| self.found.push(mention))
    }

    /// Reads a place name, as a mention of its own or as the end of the one right before it.
    fn place(&mut self, entry: &GazetteerEntry, span: Range<usize>) -> Option<()> {
        let valid = |rows: &[&'static Region]| lineages(rows, self.year);
        let (full, short) = (valid(&entry.full), valid(&entry.short));
        let rest = &self.text[span.end..];
        let organ = organ_follows(&self.text[span.clone()], rest, false);
        if let Some(glued) = self.glued(&full, &short, &span) {
            let last = self.found.last_mut()?;
            (last.span.end, last.organ, last.what) = (span.end, organ, MentionTarget::Places(glued));
            last.passing |= is_passing("", rest);
            return Some(());
        }
        let head = &self.text[..span.start];
        let dateline = is_dateline(head, rest);
        let before = if dateline { None } else { head.chars().next_back() };
        let places = full_name(full, &self.text[span.clone()], rest, before)
            .or_else(|| short_name(&short, rest, dateline))
            .or_else(|| self.known_name(&short, rest, before))?;
        let correspondent = dateline && !head.ends_with(AGENCY);
        let passing = is_passing(head, rest);
        self.found.push(Mention {
            span,
            what: MentionTarget::Places(places),
            organ: organ && !passing,
            dateline,
            correspondent,
            passing,
            listed: false,
            works: false,
        });
        Some(())
    }

    /// The units of a short form that the article names in full elsewhere.
    fn known_name(&self, short: &[&'static Region], rest: &str, before: Option<char>) -> Option<Vec<&'static Region>> {
        let known: Vec<_> = short.iter().copied().filter(|row| self.known.contains(row.code)).collect();
        let name = known.first()?.short;
        let open = name.chars().count() > 2 || opens(before);
        (open && !has(&tables::places().word_short, name) && !is_street(rest)).then_some(known)
    }

    /// The units of this name that lie in the unit named right before.
    fn glued(
        &self,
        full: &[&'static Region],
        short: &[&'static Region],
        span: &Range<usize>,
    ) -> Option<Vec<&'static Region>> {
        let last = self.found.last().filter(|last| last.span.end == span.start)?;
        let MentionTarget::Places(above) = &last.what else { return None };
        let inside = |row: &&&'static Region| above.iter().any(|above| is_below(row, above));
        let text = &self.text[span.clone()];
        let word = has(&tables::places().word_short, text) && !organ_follows(text, &self.text[span.end..], true);
        let short: Vec<_> = short.iter().filter(|_| !word).filter(inside).copied().collect();
        let full: Vec<_> = full.iter().filter(inside).copied().collect();
        let stays = self.text[span.end..].chars().next().is_none_or(|next| !runs_on(last_char(text), next));
        let found = if full.is_empty() || !stays { short } else { full };
        (!found.is_empty()).then_some(found)
    }
}

fn last_char(text: &str) -> char {
    text.chars().next_back().unwrap_or(' ')
}

/// The units of a full name where its neighbours leave it one.
fn full_name(full: Vec<&'static Region>, name: &str, rest: &str, before: Option<char>) -> Option<Vec<&'static Region>> {
    let runs_on = rest.chars().next().is_some_and(|next| runs_on(last_char(name), next));
    let wordy = has(&tables::places().wordy, name) && !organ_follows(name, rest, false);
    let two = name.chars().count() == 2 && !opens(before) && !organ_follows(name, rest, false);
    (!(full.is_empty() || runs_on || wordy || two || has(&tables::places().bare, name))).then_some(full)
}

/// The units of a short form: of the highest level; counties, and names that are words, only before an organ.
fn short_name(short: &[&'static Region], rest: &str, dateline: bool) -> Option<Vec<&'static Region>> {
    let level = short.iter().map(|row| row.level).min()?;
    let name = short.first()?.short;
    let table = tables::places();
    let supported = if level == Level::County {
        let plain = !has(&table.word_short, name) && short.len() == 1;
        organ_follows(name, rest, true) || dateline || depot_follows(rest) || plain && firm_follows(rest)
    } else {
        !has(&table.weak_short, name)
            || organ_follows(name, rest, false)
            || dateline
            || depot_follows(rest)
            || firm_follows(rest)
    };
    let rows = short.iter().filter(|row| row.level == level).copied();
    let runs_on = rest.chars().next().is_some_and(|next| runs_on(last_char(name), next));
    (supported && !runs_on && !is_street(rest)).then(|| rows.collect())
}

/// Whether a unit lies in another.
pub(super) fn is_below(row: &Region, above: &Region) -> bool {
    let parent = || regions().at(row.parent, Some(row.from));
    !row.parent.is_empty() && (row.parent == above.code || parent().is_some_and(|parent| parent.parent == above.code))
}

/// The rows valid in a year, one for each unit: rows that became the same unit of today are one. Without a year the
/// present row goes before the past ones.
fn lineages(rows: &[&'static Region], year: Option<i16>) -> Vec<&'static Region> {
    if let [only] = rows {
        return if year.is_none_or(|year| only.valid_in(year)) { vec![*only] } else { Vec::new() };
    }
    let rank = |row: &Region| (is_exact(row, year), row.to.is_none(), row.from);
    let valid = rows.iter().filter(|row| year.is_none_or(|year| row.valid_in(year))).copied();
    let mut kept: Vec<&'static Region> = Vec::new();
    for row in valid {
        match kept.iter_mut().find(|other| same_unit(row, other)) {
            Some(other) if rank(row) > rank(other) => *other = row,
            Some(_) => (),
            None => kept.push(row),
        }
    }
    let better = |row: &&'static Region| kept.iter().any(|other| replaces(other, row, year));
    kept.iter().filter(|row| !better(row)).copied().collect()
}

fn is_exact(row: &Region, year: Option<i16>) -> bool {
    year.is_some_and(|year| row.from <= year && row.to.is_none_or(|to| year <= to))
}

/// Whether a unit is what a name means rather than another unit of the same province: one of the very year rather than
/// of the year beside it, one that came when the other went, a city rather than the region (地区) around it.
fn replaces(a: &Region, b: &Region, year: Option<i16>) -> bool {
    if a.code == b.code || a.code.get(..2) != b.code.get(..2) {
        return false;
    }
    let (exact, other) = (is_exact(a, year), is_exact(b, year));
    let apart = a.from >= b.to.unwrap_or(i16::MAX);
    let city = a.level == b.level && a.name.ends_with('市') && b.name.ends_with("地区");
    match year {
        Some(_) if exact != other => exact,
        Some(_) => {
            city || a.level < b.level
                && a.short == b.short
                && !a.short.is_empty()
                && a.name.ends_with('市')
                && b.name.ends_with('市')
        }
        None => apart || city,
    }
}

fn same_unit(a: &Region, b: &Region) -> bool {
    let heir = |row: &Region| regions().heir(row.code);
    a.code == b.code || a.level == b.level && heir(a).is_some() && heir(a) == heir(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, year: Option<i16>) -> String {
        let name = |mention: &Mention| match &mention.what {
            MentionTarget::Places(rows) => rows.iter().map(|row| row.name).collect::<Vec<_>>().join("|"),
            MentionTarget::Relative { suffix, that } => format!("{}{suffix}", if *that { "该" } else { "我" }),
            MentionTarget::National => "全国".to_owned(),
        };
        mentions(text, year, &BTreeSet::new()).iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_and_traps() {
        let cases = [
            ("福建省厦门市思明区总工会", "思明区"),
            ("厦门思明总工会", "思明区"),
            ("重庆忠县总工会", "忠县"),
            ("市总工会和县总工会", "我市 我县"),
            ("日前,忠县举行", "忠县"),
            ("尽忠县里", ""),
            ("主席赵平原说", ""),
            ("广西资源丰富", "广西壮族自治区"),
            ("签订合作协议,互助保障,资源共享", ""),
            ("建成区级平台,开通县乡道路", ""),
            ("南京路上好八连", ""),
            ("来宾们参加安康杯竞赛,长治久安", ""),
            ("义乌市场,泰安市场", "泰安市"),
            ("全市各城区", "我市"),
            ("市总工会,该市总工会,各市总工会", "我市 该市"),
            ("市总经理,北京总决赛", "北京市"),
            ("浙江宁波鄞州区", "鄞州区"),
            ("全国总工会", "全国"),
            ("云南山区", "云南省"),
            ("陕西安康机务段", "安康市"),
            ("吉林各地", "吉林省"),
            ("解放区的天", ""),
            ("焦作市解放区", "解放区"),
            ("杜巴中学的校舍", ""),
        ];
        for (text, want) in cases {
            assert_eq!(found(text, Some(2016)), want, "{text}");
        }
    }

    #[test]
    fn names_of_their_time() {
        assert_eq!(found("汉中市南郑县工会", Some(2015)), "南郑县");
        assert_eq!(found("汉中市南郑区工会", Some(2019)), "南郑区");
        assert_eq!(found("汉中市南郑区工会", Some(2010)), "南郑县");
        assert_eq!(found("襄樊市总工会", Some(2000)), "襄樊市");
        assert_eq!(found("忠县总工会", None), "忠县");
    }
}
