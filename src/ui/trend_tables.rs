//! The numbers of series over time as tables: a row for each period, or for each value of a split.

use super::url::DrillDownLinks;
use super::words;
use crate::archive::{AxisSlot, Series, SeriesPoint, TrendReply, TrendRequest};

/// The most rows of a table.
const MOST_ROWS: usize = 400;
/// The most slots that are columns of a table.
const MOST_COLUMNS: usize = 12;
/// What stands where nothing is held: a zero would be a finding.
const NOTHING: &str = "—";

/// A cell of a table.
pub(super) struct TableCell {
    pub(super) text: String,
    pub(super) href: Option<String>,
}

impl TableCell {
    pub(super) fn new(text: impl Into<String>, href: Option<String>) -> Self {
        Self { text: text.into(), href }
    }
}

/// A heading over some columns, so many rows high.
pub(super) struct TableHead {
    pub(super) text: String,
    pub(super) across: usize,
    pub(super) down: usize,
}

/// A row of a table.
pub(super) struct TableRow {
    pub(super) head: TableCell,
    pub(super) cells: Vec<TableCell>,
    pub(super) note: Option<String>,
    pub(super) gap: bool,
}

/// Numbers.
pub(super) struct TrendTable {
    pub(super) caption: String,
    pub(super) heads: Vec<TableHead>,
    pub(super) below: Vec<&'static str>,
    pub(super) rows: Vec<TableRow>,
    pub(super) note: String,
}

/// Articles, share and interval.
fn numbers(point: Option<SeriesPoint>, href: Option<String>) -> [TableCell; 3] {
    let Some(point) = point else { return [NOTHING; 3].map(|text| TableCell::new(text, None)) };
    let share = point.ratio().map_or_else(|| NOTHING.to_owned(), words::percent);
    let between = |(low, high)| format!("{}–{}", words::percent(low), words::percent(high));
    let interval = point.interval().map_or_else(|| NOTHING.to_owned(), between);
    let href = href.filter(|_| point.matched > 0);
    [TableCell::new(words::number(point.matched), href), TableCell::new(share, None), TableCell::new(interval, None)]
}

/// A slot in words.
fn slot_words(request: &TrendRequest, slot: &AxisSlot) -> String {
    let Some(year) = slot.year else { return slot.label.clone() };
    let feast = request.series.feast.as_deref().unwrap_or_default();
    format!("{year} 年{}（{}）", words::from_festival(feast, request.breakdown.by, slot.number), words::period(slot))
}

/// A row for each slot, columns for each series.
pub(super) fn slot_table(reply: &TrendReply, behind: &DrillDownLinks<'_>) -> TrendTable {
    const OWN: [&str; 3] = ["篇数", "占比", "95% 区间"];
    const SHARED: [&str; 3] = ["总数", "馆藏", "说明"];
    let several = reply.series.len() > 1;
    let head = |down: usize| move |text: &str| TableHead { text: text.to_owned(), across: 1, down };
    let series = |one: &Series| TableHead { text: words::series(one, None), across: OWN.len(), down: 1 };
    let middle: Vec<TableHead> =
        if several { reply.series.iter().map(series).collect() } else { OWN.into_iter().map(head(1)).collect() };
    let down = if several { 2 } else { 1 };
    let heads = ["时段"].into_iter().map(head(down)).chain(middle).chain(SHARED.into_iter().map(head(down)));
    let rows = (0..reply.slots.len().min(MOST_ROWS)).filter_map(|at| slot_row(reply, behind, at));
    TrendTable {
        caption: format!("每{}的篇数和占比", words::step(reply.request.breakdown.by)),
        heads: heads.collect(),
        below: if several { reply.series.iter().flat_map(|_| OWN).collect() } else { Vec::new() },
        rows: rows.collect(),
        note: cut(reply.slots.len()),
    }
}

fn slot_row(reply: &TrendReply, behind: &DrillDownLinks<'_>, at: usize) -> Option<TableRow> {
    let (slot, first) = (reply.slots.get(at)?, reply.series.first()?);
    let (cover, known) = (reply.coverage(first, at), reply.point(first, at));
    // A search by days finds more than what is counted by the most probable one.
    let sure = |series: &Series| reply.point(series, at).is_none_or(|point| point.doubtful == 0);
    let of = |series: &Series| numbers(reply.point(series, at), behind.slot(series, slot).filter(|_| sure(series)));
    let total = known.map_or_else(|| NOTHING.to_owned(), |point| words::number(point.total));
    let shared = [TableCell::new(total, None), TableCell::new(words::state(cover.state), None)];
    Some(TableRow {
        head: TableCell::new(slot_words(&reply.request, slot), None),
        cells: reply.series.iter().flat_map(of).chain(shared).collect(),
        note: Some(words::cover_reason(cover).unwrap_or_default() + &doubtful(reply, at)),
        gap: known.is_none(),
    })
}

/// How many of the articles of a slot may be of another one.
fn doubtful(reply: &TrendReply, at: usize) -> String {
    let of = |series: &Series| reply.point(series, at).map_or(0, |point| point.doubtful);
    let counts: Vec<String> = reply.series.iter().map(of).map(words::number).collect();
    if reply.series.iter().all(|series| of(series) == 0) {
        return String::new();
    }
    format!("日期存疑 {} 篇", counts.join("、"))
}

fn cut(rows: usize) -> String {
    if rows > MOST_ROWS {
        format!("只列前 {MOST_ROWS} 行，共 {rows} 行；全部见 CSV。")
    } else {
        String::new()
    }
}

/// A row for each value of a split; a few slots are columns, of many the ends and the peak are told.
pub(super) fn value_table(reply: &TrendReply, behind: &DrillDownLinks<'_>) -> TrendTable {
    let request = &reply.request;
    let query = ["检索式"].into_iter().filter(|_| request.queries.len() > 1).map(str::to_owned);
    let what = request.breakdown.split.map_or("", words::split).to_owned();
    let slots: Vec<String> = match reply.slots.len() <= MOST_COLUMNS {
        true => reply.slots.iter().map(|slot| slot.label.clone()).collect(),
        false => ["首见", "末见", "最多"].map(str::to_owned).to_vec(),
    };
    let before = ["篇数", "占比", "95% 区间", "总数"].map(str::to_owned);
    let after = ["日期不详", "日期不够确切"].map(str::to_owned);
    let heads = std::iter::once(what).chain(query).chain(before).chain(slots).chain(after);
    let more = if reply.slots.len() > MOST_COLUMNS { "各时段的数字见 CSV。" } else { "" };
    TrendTable {
        caption: format!("按{}分开的篇数和占比", request.breakdown.split.map_or("", words::split)),
        heads: heads.map(|text| TableHead { text, across: 1, down: 1 }).collect(),
        below: Vec::new(),
        rows: reply.series.iter().take(MOST_ROWS).map(|series| value_row(reply, series, behind)).collect(),
        note: cut(reply.series.len()) + more,
    }
}

fn value_row(reply: &TrendReply, series: &Series, behind: &DrillDownLinks<'_>) -> TableRow {
    let (request, sum) = (&reply.request, series.sum());
    let href = behind.whole_time_link(series).filter(|_| sum.matched > 0);
    let query = Some(words::query(&series.query)).filter(|_| request.queries.len() > 1);
    let total = TableCell::new(words::number(sum.total), None);
    let slots: Vec<TableCell> = match reply.slots.len() <= MOST_COLUMNS {
        true => {
            reply.slots.iter().enumerate().map(|(at, slot)| value_cell(reply, series, (at, slot), behind)).collect()
        }
        false => ends(reply, series),
    };
    let undated = behind.undated(series).filter(|_| series.undated.matched > 0);
    let after = [
        TableCell::new(words::number(series.undated.matched), undated),
        TableCell::new(words::number(series.coarse.matched), None),
    ];
    let query = query.into_iter().map(|query| TableCell::new(query, None));
    TableRow {
        head: TableCell::new(words::series(series, request.breakdown.split), href),
        cells: query
            .chain(numbers(Some(sum), behind.whole_time_link(series)))
            .chain([total])
            .chain(slots)
            .chain(after)
            .collect(),
        note: None,
        gap: false,
    }
}

fn value_cell(
    reply: &TrendReply,
    series: &Series,
    (at, slot): (usize, &AxisSlot),
    behind: &DrillDownLinks<'_>,
) -> TableCell {
    let Some(point) = reply.point(series, at) else { return TableCell::new(NOTHING, None) };
    let share = point.ratio().filter(|_| point.matched > 0).map(|share| format!("（{}）", words::percent(share)));
    let text = words::number(point.matched) + &share.unwrap_or_default();
    let (text, sure) = match point.doubtful {
        0 => (text, true),
        doubtful => (format!("{text}，存疑 {}", words::number(doubtful)), false),
    };
    TableCell::new(text, behind.slot(series, slot).filter(|_| sure && point.matched > 0))
}

/// The first and the last slot with an article, and the one with the most.
fn ends(reply: &TrendReply, series: &Series) -> Vec<TableCell> {
    let there = || reply.slots.iter().zip(&series.points).filter(|(_, point)| point.matched > 0);
    let most = there().max_by_key(|(slot, point)| (point.matched, std::cmp::Reverse(slot.first)));
    let text = |slot: Option<&AxisSlot>| slot.map_or_else(|| NOTHING.to_owned(), |slot| slot.label.clone());
    let most = most.map_or_else(|| NOTHING.to_owned(), |(slot, point)| format!("{}（{}）", slot.label, point.matched));
    let (first, last) = (there().next().map(|(slot, _)| slot), there().next_back().map(|(slot, _)| slot));
    Vec::from([text(first), text(last), most].map(|text| TableCell::new(text, None)))
}
