//! Chinese words for the values of the archive.

use crate::archive::{AxisSlot, Coverage, CoverageState, PeriodStep, SPLITS, Series, SeriesPoint, choice_label};
use crate::messages;
use crate::model::{
    ArticleKind, BodyLevel, Byline, Date, DateSource, DateSpan, Facet, Label, Precision, Relation, RelationKind, Role,
};

/// Kind of an article.
pub(super) fn kind(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::News => "消息",
        ArticleKind::Brief => "短讯",
        ArticleKind::Photo => "图片新闻",
        ArticleKind::Opinion => "言论",
        ArticleKind::Feature => "通讯",
        ArticleKind::Speech => "讲话",
        ArticleKind::Continuation => "转版",
    }
}

/// Kind by its name in filters.
pub(super) fn kind_named(name: &str) -> String {
    ArticleKind::from_name(name).map_or_else(|| name.to_owned(), |known| kind(known).to_owned())
}

/// What a block of a page is.
pub(super) fn label(label: Label) -> &'static str {
    match label {
        Label::Furniture => "版面",
        Label::Column => "栏目",
        Label::Kicker => "肩题",
        Label::Title => "标题",
        Label::Subtitle => "副题",
        Label::Byline => "署名",
        Label::Subhead => "小标题",
        Label::Body => "正文",
        Label::Caption => "图片说明",
        Label::Credit => "摄影署名",
        Label::Continuation => "转版",
    }
}

/// What was decided at the border before a block.
pub(super) fn border(begins: bool) -> &'static str {
    if begins { "另起一篇" } else { "接着上一篇" }
}

/// What binds an article to others.
pub(super) fn relation(relation: &Relation) -> String {
    let page = if relation.page.is_empty() { "其他版".to_owned() } else { page(&relation.page) };
    match relation.kind {
        RelationKind::ContinuedFrom => format!("上接{page}"),
        RelationKind::ContinuedOn => format!("下转{page}"),
        RelationKind::Group => format!("同在“{}”题下", relation.text),
    }
}

/// Role of a byline.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Reporter => "记者",
        Role::Correspondent => "通讯员",
        Role::Photographer => "摄影",
        Role::Author => "作者",
        Role::Illustrator => "绘图",
        Role::Translator => "译者",
    }
}

/// Bylines on one line: roles in printed order, each before its names.
pub(super) fn bylines(bylines: &[Byline]) -> String {
    let groups = bylines.chunk_by(|a, b| a.role == b.role);
    let line = |group: &[Byline]| {
        let names: Vec<&str> = group.iter().map(|byline| byline.name.as_str()).collect();
        group.first().map(|byline| format!("{} {}", role(byline.role), names.join("、"))).unwrap_or_default()
    };
    groups.map(line).collect::<Vec<_>>().join("　")
}

/// A page 版.
pub(super) fn page(page: &str) -> String {
    if page.bytes().all(|b| b.is_ascii_digit()) { format!("第{page}版") } else { format!("{page}版") }
}

/// What a union body is the union of.
pub(super) fn body_level(level: BodyLevel) -> &'static str {
    match level {
        BodyLevel::National => "全国",
        BodyLevel::Province => "省级",
        BodyLevel::Prefecture => "市级",
        BodyLevel::County => "县级",
        BodyLevel::Industry => "产业",
        BodyLevel::Grassroots => "基层",
    }
}

/// What a date was taken from.
pub(super) fn date_source(source: DateSource) -> &'static str {
    match source {
        DateSource::Editor => "编辑订正",
        DateSource::Flag => "导入时指定",
        DateSource::Item => "条目自带",
        DateSource::Manifest => "文件夹的说明文件",
        DateSource::Path => "文件路径",
        DateSource::Masthead => "报头或版脚",
        DateSource::Folder => "同一文件夹的其他版",
        DateSource::Page => "全版内容推断",
        DateSource::Article => "本篇内容推断",
        DateSource::None => "无",
    }
}

/// A day.
pub(super) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A span of days.
pub(super) fn span(span: &DateSpan) -> String {
    let first = span.earliest;
    match span.precision {
        Precision::Day => day(first),
        Precision::Month => format!("{}年{}月", first.year(), first.month()),
        Precision::Year => format!("{}年", first.year()),
        Precision::Unknown => format!("{}至{}", day(first), day(span.latest)),
    }
}

/// The date of an article: one that is stated as it is, an inferred one with the days within which it lies.
pub(super) fn date(date: Option<&DateSpan>, source: DateSource) -> String {
    match date {
        None => "日期不详".to_owned(),
        Some(span) if matches!(source, DateSource::Page | DateSource::Article) => about(span),
        Some(days) => span(days),
    }
}

/// An inferred date: 约1998年 with its days.
fn about(span: &DateSpan) -> String {
    let (a, b) = (span.earliest, span.latest);
    match span.precision {
        _ if a == b => format!("约{}", day(a)),
        Precision::Day | Precision::Month => format!("约{}年{}月（{}日至{}日）", a.year(), a.month(), a.day(), b.day()),
        Precision::Year if a.month() == b.month() => format!("约{}年（{}月）", a.year(), a.month()),
        Precision::Year => format!("约{}年（{}月至{}月）", a.year(), a.month(), b.month()),
        Precision::Unknown if a.year() == b.year() => format!("约{}年", a.year()),
        Precision::Unknown => format!("约{}年至{}年间", a.year(), b.year()),
    }
}

/// A confidence in words and as a number.
pub(super) fn confidence(value: f32) -> String {
    let word = match value {
        high if high >= 0.8 => "高",
        middle if middle >= 0.5 => "中",
        _ => "低",
    };
    format!("{word} {value:.2}")
}

/// How much of a period is held.
pub(super) fn state(state: CoverageState) -> &'static str {
    messages::state(state)
}

/// Why no more of a period is held.
pub(super) fn cover_reason(cover: &Coverage) -> Option<String> {
    cover.reason.as_ref().map(|reason| messages::cover_reason(reason).zh)
}

/// Length of a period.
pub(super) fn step(step: PeriodStep) -> &'static str {
    choice_label("by", step.name())
}

/// What series are split by.
pub(super) fn split(facet: Facet) -> &'static str {
    let named = SPLITS.iter().find(|(_, known)| *known == facet);
    named.map_or(facet.name(), |(name, _)| choice_label("split", name))
}

/// A share in per cent, a small one with more digits.
pub(super) fn percent(share: f64) -> String {
    let digits: usize = match share {
        none if none <= 0.0 => 0,
        some if some >= 0.01 => 1,
        few if few >= 0.001 => 2,
        _ => 3,
    };
    format!("{:.digits$}%", share * 100.0)
}

/// A query, or that there is none.
pub(super) fn query(query: &str) -> String {
    if query.trim().is_empty() { "全部文章".to_owned() } else { query.to_owned() }
}

/// What a series is called, split by a facet or not.
pub(super) fn series(series: &Series, split: Option<Facet>) -> String {
    match (split, series.value.as_deref()) {
        (Some(Facet::Kind), Some(value)) => kind_named(value),
        (Some(Facet::Province | Facet::Prefecture | Facet::County), Some(_)) => series.label.replace('/', ""),
        (Some(_), Some(_)) => series.label.clone(),
        _ => query(&series.query),
    }
}

/// A slot by its name, one that is counted from a festival by its days.
pub(super) fn period(slot: &AxisSlot) -> String {
    match slot.year {
        None => slot.label.clone(),
        Some(_) if slot.first == slot.last => slot.first.to_string(),
        Some(_) => format!("{} 至 {}", slot.first, slot.last),
    }
}

/// How far a day or a week is from a festival.
pub(super) fn from_festival(feast: &str, by: PeriodStep, offset: i64) -> String {
    let unit = if by == PeriodStep::Week { "周" } else { "日" };
    match offset {
        0 if by == PeriodStep::Week => format!("{feast}当周"),
        0 => feast.to_owned(),
        before if before < 0 => format!("前{}{unit}", -before),
        after => format!("后{after}{unit}"),
    }
}

/// Matching articles, all articles, and the share.
pub(super) fn point(point: SeriesPoint) -> String {
    let share = point.ratio().map(|share| format!("，{}", percent(share))).unwrap_or_default();
    let doubt = if point.doubtful > 0 { format!("，存疑 {} 篇", number(point.doubtful)) } else { String::new() };
    format!("{} 篇 / {} 篇{share}{doubt}", number(point.matched), number(point.total))
}

/// A number with groups of three digits.
pub(super) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Block numbers, neighbours as ranges: `2–4、7`.
pub(super) fn blocks(numbers: &[u32]) -> String {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let runs = sorted.chunk_by(|a, b| a + 1 == *b);
    let run = |run: &[u32]| match run {
        [first, .., last] => format!("{first}–{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    };
    runs.map(run).collect::<Vec<_>>().join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_pages_and_dates() {
        assert_eq!([number(7), number(999), number(1000), number(1_234_567)], ["7", "999", "1,000", "1,234,567"]);
        assert_eq!((page("3"), page("A02")), ("第3版".to_owned(), "A02版".to_owned()));
        assert_eq!(blocks(&[7, 2, 3, 4, 4]), "2–4、7");
        let date = |text: &str| date(text.parse().ok().as_ref(), DateSource::Path);
        assert_eq!(
            [date("2014-04-29"), date("2014-04"), date("2014"), date("")].join(" "),
            "2014年4月29日 2014年4月 2014年 日期不详"
        );
        assert_eq!([confidence(0.97), confidence(0.5), confidence(0.2)].join("/"), "高 0.97/中 0.50/低 0.20");
    }

    #[test]
    fn an_inferred_date_was_shown_as_a_day() {
        let cases = [
            ("2014-04-29", "2014-04-29", Precision::Day, "约2014年4月29日"),
            ("2014-04-25", "2014-04-29", Precision::Month, "约2014年4月（25日至29日）"),
            ("1998-03-02", "1998-09-10", Precision::Year, "约1998年（3月至9月）"),
            ("1998-03-02", "2003-09-10", Precision::Unknown, "约1998年至2003年间"),
        ];
        for (earliest, latest, precision, want) in cases {
            let span = DateSpan { earliest: earliest.parse().unwrap(), latest: latest.parse().unwrap(), precision };
            assert_eq!(date(Some(&span), DateSource::Page), want);
        }
    }

    #[test]
    fn small_shares_keep_their_digits() {
        assert_eq!([0.0, 0.1234, 0.0351, 0.0042, 0.00042].map(percent), ["0%", "12.3%", "3.5%", "0.42%", "0.042%"]);
    }
}
