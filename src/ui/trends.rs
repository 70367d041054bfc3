//! The page of series over time: what is asked, the charts, the numbers. Its charts as a file, too.

use super::TrendsView;
use super::assets;
use super::chart::{self, ChartDrawing, ChartStyle, ChartView, MOST_MARKS, Plot};
use super::chart_drawing;
use super::chart_file::SvgDocument;
use super::controls::{self, Choice, Input, Select, choices, given, held};
use super::province_map::has_tile;
use super::series_style::SeriesStyle;
use super::svg::{Theme, markup};
use super::trend_tables::{TableCell, TrendTable, slot_table, value_table};
use super::url::{self, DrillDownLinks, PageLink, UrlParam};
use super::words;
use crate::archive::{
    AsOfReport, DateBasis, Denominator, MOST_QUERIES, RequestKind, SPLITS, Series, TrendReply, TrendRequest, festivals,
};
use crate::messages;
use crate::model::{ArticleKind, Facet};
use askama::Template;

/// Examples: what they show, and their parameters.
const EXAMPLES: [(&str, &[(&str, &str)]); 3] = [
    ("送温暖与维权，逐月比较", &[("q", "送温暖"), ("q", "维权"), ("by", "month")]),
    ("农民工的各种说法，逐年叠加", &[("q", "农民工"), ("by", "year"), ("stack", "true")]),
    ("春节前后各周的送温暖，各年重叠", &[("q", "送温暖"), ("by", "week"), ("axis", "春节")]),
];
/// Days before and after a festival to choose from.
const AROUND: [&str; 4] = ["14", "30", "90", "168"];
/// Boxes for queries that are shown at least.
const BOXES: usize = 3;

/// The controls.
struct TrendForm {
    queries: Vec<String>,
    steps: Vec<Choice>,
    splits: Vec<Choice>,
    shows: Vec<Choice>,
    measures: Vec<Choice>,
    bases: Vec<Choice>,
    axes: Vec<Choice>,
    arounds: Vec<Choice>,
    flags: Vec<Choice>,
    from: String,
    to: String,
    inputs: Vec<Input>,
    confidences: Vec<Select>,
    topics: Vec<Choice>,
    papers: Vec<Choice>,
    kinds: Vec<Choice>,
    hidden: Vec<UrlParam>,
    /// Whether a filter is in force.
    filtered: bool,
}

/// A line of a legend.
struct LegendKey {
    /// The inside of the sample.
    svg: String,
    name: String,
}

/// A chart with its legend and remarks.
struct ChartFigure {
    heading: String,
    width: f64,
    height: f64,
    summary: String,
    /// The inside of the drawing.
    svg: String,
    keys: Vec<LegendKey>,
    notes: Vec<String>,
}

/// What fits in no slot.
struct RemainderRow {
    name: String,
    undated: TableCell,
    coarse: String,
}

/// What became of an answer of before.
struct AsOfNote {
    words: &'static str,
    changes: String,
    now: String,
}

/// The answer.
struct TrendAnswer {
    figures: Vec<ChartFigure>,
    measured: String,
    links: Vec<PageLink>,
    id: String,
    permanent: String,
    again: Option<AsOfNote>,
    table: Option<TrendTable>,
    rests: Vec<RemainderRow>,
    warnings: Vec<String>,
    /// Names of a stack that no article has.
    absent: String,
}

/// The page.
#[derive(Template)]
#[template(path = "trends.html")]
pub(super) struct TrendsPage {
    title: String,
    query: String,
    form: TrendForm,
    examples: Vec<PageLink>,
    answer: Option<TrendAnswer>,
}

impl TrendsPage {
    /// The page for a request.
    pub(super) fn new(view: &TrendsView<'_>) -> Self {
        let asked = names(&view.request.queries);
        let title =
            if view.reply.is_some() { format!("{asked} · 趋势 · 报库") } else { "趋势 · 报库".to_owned() };
        let query = match &view.request.queries[..] {
            [only] => only.clone(),
            _ => String::new(),
        };
        let example = |(text, parameters): (&str, &[(&str, &str)])| {
            PageLink::new(trends_link(&url::search(parameters.iter().copied())), text)
        };
        Self {
            title,
            query,
            form: form(view),
            examples: EXAMPLES.into_iter().filter(|_| view.reply.is_none()).map(example).collect(),
            answer: view.reply.map(|reply| answer(reply, view.pairs)),
        }
    }
}

fn trends_link(search: &str) -> String {
    url::with_path("/trends", search)
}

/// Queries on one line.
fn names(queries: &[String]) -> String {
    match queries {
        [] => words::query(""),
        some => some.iter().map(|query| words::query(query)).collect::<Vec<_>>().join("、"),
    }
}

/// Whether numbers of articles are asked for, not shares.
fn shows_counts(pairs: &[UrlParam]) -> bool {
    pairs.iter().any(|(name, value)| name == "show" && value.trim() == "counts")
}

/// What the form sends along unseen. How the chart is shown is a control of its own.
fn hidden_params(pairs: &[UrlParam]) -> Vec<UrlParam> {
    let others: Vec<UrlParam> = pairs.iter().filter(|(name, _)| name != "show").cloned().collect();
    controls::hidden(RequestKind::Trends, &others)
}

fn form(view: &TrendsView<'_>) -> TrendForm {
    let (request, pairs) = (view.request, view.pairs);
    let (filters, breakdown, series) = (&request.selection.filters, &request.breakdown, &request.series);
    let show = if shows_counts(pairs) { "counts" } else { "ratio" };
    let kinds = ArticleKind::ALL.into_iter().map(|kind| Choice {
        value: kind.name().to_owned(),
        label: words::kind(kind).to_owned(),
        count: None,
        chosen: filters.kind.any.iter().any(|value| value == kind.name()),
    });
    let mut form = TrendForm {
        queries: boxes(&request.queries),
        steps: controls::options("by", None, breakdown.by.name()),
        splits: controls::options("split", Some("不分"), split_name(breakdown.split)),
        shows: choices([("ratio", "占比"), ("counts", "篇数")], show),
        measures: controls::options("of", None, series.of.name()),
        bases: controls::options("date_by", None, series.date_by.name()),
        axes: axes(series.feast.as_deref().unwrap_or_default()),
        arounds: arounds(series.around),
        flags: flag_choices(request),
        from: given(pairs, "from"),
        to: given(pairs, "to"),
        filtered: false,
        inputs: controls::inputs(RequestKind::Trends, pairs, &[]),
        confidences: controls::confidences(RequestKind::Trends, pairs),
        topics: held(view.overview, Facet::Topic, &filters.topic.any),
        papers: held(view.overview, Facet::Paper, &filters.paper.any),
        kinds: kinds.collect(),
        hidden: hidden_params(pairs),
    };
    form.filtered = form.has_filters();
    form
}

impl TrendForm {
    /// Whether a filter below the days is in force.
    fn has_filters(&self) -> bool {
        let ticked = [&self.topics, &self.papers, &self.kinds].into_iter().flatten();
        let selected = self.confidences.iter().flat_map(|select| &select.choices);
        let chosen = ticked.chain(selected).any(|choice| choice.chosen && !choice.value.is_empty());
        chosen || self.inputs.iter().any(|input| !input.value.is_empty()) || !self.hidden.is_empty()
    }
}

/// The queries given, and an empty box for one more.
fn boxes(queries: &[String]) -> Vec<String> {
    let shown = (queries.len() + 1).clamp(BOXES, MOST_QUERIES).max(queries.len());
    queries.iter().cloned().chain(std::iter::repeat(String::new())).take(shown).collect()
}

fn split_name(split: Option<Facet>) -> &'static str {
    SPLITS.iter().find(|(_, facet)| Some(*facet) == split).map_or("", |(name, _)| *name)
}

fn axes(feast: &str) -> Vec<Choice> {
    choices(std::iter::once(("", "日历")).chain(festivals().map(|one| (one.id.as_str(), one.id.as_str()))), feast)
}

fn arounds(around: Option<usize>) -> Vec<Choice> {
    let chosen = around.map(|days| days.to_string()).unwrap_or_default();
    let mut all = choices(std::iter::once(("", "60")).chain(AROUND.map(|days| (days, days))), &chosen);
    if all.iter().all(|one| !one.chosen) {
        all.push(Choice { value: chosen.clone(), label: chosen, count: None, chosen: true });
    }
    all
}

fn flag_choices(request: &TrendRequest) -> Vec<Choice> {
    let flag = |(value, label, chosen): (&str, &str, bool)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        count: None,
        chosen,
    };
    let reading = request.selection.reading;
    let all = [
        ("stack", "各种说法叠加", request.series.stack),
        ("once", "同文只计一次", reading.once),
        ("expand", "同时查同义说法", reading.expand),
    ];
    all.into_iter().map(flag).collect()
}

fn answer(reply: &TrendReply, pairs: &[UrlParam]) -> TrendAnswer {
    let behind = DrillDownLinks::new(reply, pairs);
    let counts = shows_counts(pairs);
    let view = ChartView { reply, counts, theme: Theme::Page, behind: Some(&behind) };
    let plots = chart::plots(reply);
    let of_split = reply.request.breakdown.split.is_some();
    let table = if of_split { value_table(reply, &behind) } else { slot_table(reply, &behind) };
    let rests = reply.series.iter().filter(|_| !of_split).map(|series| remainder_row(series, &behind));
    TrendAnswer {
        figures: plots.iter().enumerate().map(|(id, plot)| figure(&view, plot, id)).collect(),
        measured: measured(&reply.request),
        links: downloads(pairs, counts),
        id: reply.id.clone(),
        permanent: trends_link(&url::changed(pairs, &["as_of"], &[("as_of", reply.id.as_str())])),
        again: reply.replay.as_ref().map(|replay| as_of_note(replay, pairs)),
        table: (!reply.slots.is_empty()).then_some(table),
        rests: rests.collect(),
        warnings: reply.warnings.iter().map(|one| messages::warning(&one.reason).zh).collect(),
        absent: reply.absent.join("、"),
    }
}

fn figure(view: &ChartView<'_>, plot: &Plot<'_>, id: usize) -> ChartFigure {
    let drawing = chart_drawing::drawing(view, plot, id);
    ChartFigure {
        heading: plot.heading.clone(),
        width: chart::WIDTH,
        height: drawing.height,
        svg: markup(&drawing.shapes),
        keys: drawing.keys.iter().map(|(style, name)| key(*style, name)).collect(),
        notes: notes(view, plot, &drawing),
        summary: drawing.summary,
    }
}

fn key(style: SeriesStyle, name: &str) -> LegendKey {
    LegendKey { svg: markup(&[style.sample(Theme::Page)]), name: name.to_owned() }
}

/// What a reader must know of a chart.
fn notes(view: &ChartView<'_>, plot: &Plot<'_>, drawing: &ChartDrawing) -> Vec<String> {
    let mut notes = plot.notes.clone();
    if drawing.gaps {
        notes.push("灰底的时段没有馆藏，曲线断开：素底为无刊，斜线为未入藏，点为不详。".to_owned());
    }
    if plot.style == ChartStyle::Lines && plot.series.len() == 1 && !view.counts {
        notes.push("曲线两侧的浅色带是 95% 置信区间。".to_owned());
    }
    if plot.style == ChartStyle::Tiles {
        notes.push("示意图，只表示大致方位，不是地图。各图纵轴相同；右上角是篇数，“无”表示没有文章。".to_owned());
        let off = |series: &&&Series| !has_tile(series.value.as_deref().unwrap_or_default());
        let line = |series: &&Series| {
            format!("{}：{}。", words::series(series, Some(Facet::Province)), words::point(series.sum()))
        };
        notes.extend(plot.series.iter().filter(off).map(line));
    } else if view.reply.slots.len() > MOST_MARKS {
        notes.push(format!("时段多于 {MOST_MARKS} 个，图中只画线，不画点；全部数字见 CSV。"));
    }
    notes
}

/// What the shares are shares of.
fn measured(request: &TrendRequest) -> String {
    let of = match (request.series.of, request.breakdown.split) {
        (Denominator::Archive, _) => "同一时段全部馆藏文章",
        (Denominator::Filtered, Some(_)) => "同一时段、同一项下筛选范围内全部文章",
        (Denominator::Filtered, None) => "同一时段筛选范围内全部文章",
    };
    let once = if request.selection.reading.once { "同文只计一次。" } else { "" };
    let best = match request.series.date_by {
        DateBasis::Best => "日期不确切的文章按最可能的日期计入，各时段注明存疑篇数；图上有虚线圈的点含这样的文章。",
        DateBasis::Span => "",
    };
    format!("占比是符合检索式的文章占{of}的比例。{once}{best}")
}

/// The answer as files.
fn downloads(pairs: &[UrlParam], counts: bool) -> Vec<PageLink> {
    let file = |(format, text): (&str, &str)| {
        let show = if counts && format == "svg" { "counts" } else { "" };
        let search = url::changed(pairs, &["show", "format"], &[("format", format), ("show", show)]);
        PageLink::new(url::with_path("/api/v1/trends", &search), text)
    };
    [("csv", "下载 CSV"), ("json", "JSON"), ("svg", "SVG 图")].into_iter().map(file).collect()
}

fn as_of_note(replay: &AsOfReport, pairs: &[UrlParam]) -> AsOfNote {
    let (added, changed, withdrawn) = (replay.added.count, replay.changed.count, replay.withdrawn.count);
    let sealed = match replay.sealed {
        0 => String::new(),
        some => format!("另有 {} 篇由编辑撤下，无从得知是否符合。", words::number(some)),
    };
    let changes = match added + changed + withdrawn {
        0 => "此后符合条件的文章没有变化。".to_owned(),
        _ => {
            let [added, changed, withdrawn] = [added, changed, withdrawn].map(words::number);
            format!("此后新增 {added} 篇，改动 {changed} 篇，不再符合或撤下 {withdrawn} 篇，名单见 JSON。")
        }
    };
    AsOfNote {
        words: match replay.same {
            Some(true) => "这是照当时的索引重新统计的答案，数字与当时给出的相同。",
            Some(false) => "这是照当时的索引重新统计的答案，数字与当时给出的不同。",
            None => "这是照当时的索引重新统计的答案。",
        },
        changes: changes + &sealed,
        now: trends_link(&url::changed(pairs, &["as_of"], &[])),
    }
}

fn remainder_row(series: &Series, behind: &DrillDownLinks<'_>) -> RemainderRow {
    let undated = words::point(series.undated);
    let href = behind.undated(series).filter(|_| series.undated.matched > 0);
    RemainderRow {
        name: words::series(series, None),
        undated: TableCell::new(undated, href),
        coarse: words::point(series.coarse),
    }
}

/// The charts as a file.
pub(super) fn file(reply: &TrendReply, counts: bool) -> String {
    let view = ChartView { reply, counts, theme: Theme::File, behind: None };
    let plots = chart::plots(reply);
    let drawn = plots.iter().enumerate().map(|(id, plot)| {
        let drawing = chart_drawing::drawing(&view, plot, id);
        let notes = notes(&view, plot, &drawing);
        (plot.heading.clone(), drawing, notes)
    });
    let asked = names(&reply.request.queries);
    let what = if counts { "篇数" } else { "占比" };
    let span = reply.ends.map(|(first, last)| format!("{first} 至 {last}，")).unwrap_or_default();
    let read = format!("{span}每{}的{what}。{}", words::step(reply.request.breakdown.by), measured(&reply.request));
    let source = format!("来源：报库 · 索引状态 {} · 编号 {}", reply.generation, reply.id);
    SvgDocument {
        title: format!("报库：{asked}"),
        about: format!("{asked}。{read}{source}"),
        lines: vec![format!("检索式：{asked}"), read],
        drawings: drawn.collect(),
        source,
    }
    .svg()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_sends_what_no_control_shows() {
        let pairs: Vec<UrlParam> = [
            ("q", "x"),
            ("q", "y"),
            ("as_of", "1-2-3-4"),
            ("region", "厦门"),
            ("region", "福州"),
            ("topic", "维权"),
            ("topic", "!帮扶"),
            ("page", "1"),
            ("date", ""),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        let names: Vec<String> = hidden_params(&pairs).iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(names, ["region=福州", "topic=!帮扶"]);
    }

    #[test]
    fn there_is_a_box_for_one_more_query() {
        let shown = |queries: usize| boxes(&vec!["x".to_owned(); queries]).len();
        assert_eq!([0, 1, 2, 3, 11, 12].map(shown), [3, 3, 3, 4, 12, 12]);
    }

    #[test]
    fn what_is_chosen_is_always_among_the_choices() {
        let chosen =
            |all: Vec<Choice>| all.into_iter().filter(|one| one.chosen).map(|one| one.value).collect::<Vec<_>>();
        assert_eq!(chosen(arounds(Some(45))), ["45"]);
        assert_eq!(chosen(arounds(None)), [""]);
        assert_eq!(chosen(controls::options("split", Some("不分"), split_name(Some(Facet::Province)))), ["region"]);
        assert_eq!(chosen(axes("中秋")), ["中秋"]);
    }
}
