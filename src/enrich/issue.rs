//! When a page was printed, from what its stories say: the year that they have reached, the last day that they tell of,
//! the feasts that lie ahead.
//!
//! A year or day that is no plan lies before the issue; a feast that is still awaited lies behind it. What is left
//! between them is the window; its precision is the finest unit that holds it all, and never a day.

use super::clues::{Clue, Said, Side};
use crate::model::{Date, DateInfo, DateSource, DateSpan, EventDate, Evidence, Precision};
use crate::tables::{Feast, date_words};

/// Days after the last event in which a page of many stories is printed, and one story.
const LAG: [i64; 2] = [6, 10];
/// Stories with a day from which a page is one of many.
const MANY: usize = 3;
/// A window that would reach this many days into the next month is cut there: news is printed early.
const EARLY: i64 = 5;
/// Days before a feast from which its coming is spoken of.
const AWAITED: i64 = 28;
/// A day this far behind the day of the lead is a plan that no word marks.
const FORTNIGHT: i64 = 15;
/// From this on a year is taken for that of the issue by itself.
const SURE: f32 = 0.8;
/// Years between one of the text and one that words of a time tell, at most.
const FAR: i16 = 12;
/// Event dates of one article, at most.
const MOST_EVENTS: usize = 20;

/// The year of an issue, how sure it is, and what told it.
struct Year {
    year: i16,
    confidence: f32,
    evidence: Evidence,
}

/// A day on which something happened.
struct Event<'a> {
    day: Date,
    clue: &'a Clue,
}

/// The date of the issue that these stories stand in; undated where they do not tell. `source`: the whole page or one
/// article.
pub(super) fn infer(stories: &[Vec<Clue>], source: DateSource) -> DateInfo {
    let all: Vec<&Clue> = stories.iter().flatten().collect();
    let Some(year) = year(&all) else { return DateInfo::undated() };
    let events = events(&all, year.year);
    let dated = stories.iter().filter(|clues| clues.iter().any(|clue| is_day(clue.said))).count();
    let Some((mut span, mut evidence)) = window(&all, &events, year.year, dated) else { return DateInfo::undated() };
    let confidence = confidence(&year, span, dated, &events);
    evidence.push(year.evidence);
    evidence.iter_mut().for_each(|one| one.rule = rule(one.rule.as_str()).into());
    span.precision = precision(span);
    DateInfo { span: Some(span), source, confidence, evidence }
}

fn rule(name: &str) -> &str {
    if name == "said" { "said in the text" } else { name }
}

fn is_day(said: Said) -> bool {
    matches!(said, Said::Day(..) | Said::Year(_, Some(_), Some(_)))
}

/// The finest unit that holds a window.
fn precision(span: DateSpan) -> Precision {
    let (a, b) = (span.earliest, span.latest);
    match () {
        () if a.year() == b.year() && a.month() == b.month() => Precision::Month,
        () if a.year() == b.year() => Precision::Year,
        () => Precision::Unknown,
    }
}

/// The greatest year that a text has reached. One that is over by its own words, or from which years are counted, is
/// before that of the issue.
fn year(clues: &[&Clue]) -> Option<Year> {
    let reached = clues.iter().filter_map(|clue| Some((year_of(clue)?, *clue)));
    let greatest = reached.clone().map(|(year, _)| year).max();
    let Some(greatest) = greatest else { return of_era(clues, i16::MIN) };
    let here: Vec<&Clue> = reached.filter(|(year, _)| *year == greatest).map(|(_, clue)| clue).collect();
    let strength = here.iter().map(|clue| strength(clue)).fold(0.0, f32::max);
    let best = here.iter().copied().max_by(|a, b| strength_of(a).total_cmp(&strength_of(b)))?;
    let more = if here.len() > 2 { 0.05 } else { 0.0 };
    let mut told = Year { year: greatest, confidence: strength + more, evidence: best.evidence.clone() };
    if strength >= SURE && turned(clues, &here) {
        (told.year, told.confidence) = (told.year + 1, 0.75);
    }
    if strength < SURE {
        if let Some(era) = of_era(clues, greatest).filter(|era| era.year > greatest && era.year - greatest <= FAR) {
            return Some(era);
        }
        later(&mut told, clues, &here);
    }
    (told.confidence > 0.3).then_some(told)
}

/// Whether a year has turned since the months that a text names of it: the day of the news stands earlier in the year, and
/// last year is spoken of.
fn turned(clues: &[&Clue], here: &[&Clue]) -> bool {
    let months = here.iter().map(|clue| if let Said::Year(_, Some(month), _) = clue.said { month } else { 0 });
    let first = months.min().unwrap_or(0);
    let last_year =
        |clue: &&&Clue| matches!(clue.said, Said::Relative(-1) | Said::Month(_, Some(-1)) | Said::DayOf(_, _, -1));
    let earlier = |clue: &&&Clue| clue.lead && matches!(clue.said, Said::Day(month, _) if month + 3 < first);
    clues.iter().any(|clue| last_year(&clue)) && clues.iter().any(|clue| earlier(&clue))
}

/// A year from which a text counts on: it is over and this year stands beside it, or 两年来 and 三周年 tell how many have
/// gone by.
fn later(told: &mut Year, clues: &[&Clue], here: &[&Clue]) {
    let over = here.iter().all(|clue| clue.side == Side::Finished);
    let behind = here.iter().all(|clue| matches!(clue.side, Side::Finished | Side::Past | Side::Since | Side::Whole));
    let inside = here.iter().all(|clue| !clue.lead && !clue.headline && matches!(clue.said, Said::Year(_, Some(_), _)));
    let this_year = clues
        .iter()
        .find(|clue| matches!(clue.said, Said::Relative(0) | Said::Month(_, Some(0)) | Said::DayOf(_, _, 0)));
    let dated = clues.iter().find(|clue| clue.lead && matches!(clue.said, Said::Day(month, _) if month <= 11));
    let gone = clues.iter().find_map(|clue| match clue.said {
        Said::After(years) if behind || inside => Some((years, *clue)),
        _ => None,
    });
    let months = here.iter().filter_map(|clue| match clue.said {
        Said::Year(_, month, _) if clue.side != Side::Ahead => month,
        _ => None,
    });
    let last = months.max().unwrap_or(0);
    let earlier = clues.iter().find(|clue| clue.lead && matches!(clue.said, Said::Day(month, _) if month < last));
    let next = this_year.filter(|_| behind).or(dated.filter(|_| over)).or(earlier);
    if let Some((years, clue)) = gone.filter(|_| !over) {
        (told.year, told.confidence) = (told.year + years, 0.6);
        told.evidence = Evidence { rule: "years gone by".into(), ..clue.evidence.clone() };
    } else if next.is_some() || over && begins_a_year(clues) {
        (told.year, told.confidence) = (told.year + 1, if over { 0.75 } else { 0.6 });
        told.evidence.rule = "year is over".into();
    }
}

/// The year that words of an era tell: the narrowest one that does not end before a year of the text.
fn of_era(clues: &[&Clue], reached: i16) -> Option<Year> {
    let told = clues.iter().filter_map(|clue| match clue.said {
        Said::Tells(year) if clue.side != Side::Ahead => Some((year, year, *clue)),
        Said::Era(from, to) => Some((from, to, *clue)),
        _ => None,
    });
    let (from, to, clue) = told.filter(|(_, to, _)| *to >= reached).min_by_key(|(from, to, _)| to - from)?;
    let confidence = if from == to { 0.85 } else { 0.5 };
    let evidence = Evidence { rule: "words of a time".into(), ..clue.evidence.clone() };
    Some(Year { year: from.max(reached), confidence, evidence })
}

fn strength_of(clue: &&Clue) -> f32 {
    strength(clue)
}

/// The year that a clue says has been reached.
fn year_of(clue: &Clue) -> Option<i16> {
    match clue.said {
        _ if clue.side == Side::Ahead => None,
        Said::Year(year, ..) | Said::Named(year) => Some(year),
        _ => None,
    }
}

/// How sure a clue makes that its year is that of the issue.
fn strength(clue: &Clue) -> f32 {
    let near = clue.lead || clue.headline;
    match (clue.said, clue.side) {
        (_, Side::Finished) => 0.45,
        (Said::Year(_, None, _), Side::Since) => 0.4,
        (Said::Year(_, Some(_), Some(_)), _) if clue.lead => 0.93,
        (Said::Year(_, Some(_), _), Side::Plain) if near => 0.9,
        (Said::Year(_, None, _) | Said::Named(_), Side::Plain) if near => 0.85,
        (Said::Year(_, None, _), Side::Whole) if near => 0.75,
        (Said::Year(_, Some(_), Some(_)), Side::Plain) => 0.7,
        (Said::Named(_), Side::Plain) => 0.7,
        (Said::Year(_, Some(_), _), _) => 0.5,
        (Said::Year(..), Side::Plain | Side::Whole) => 0.5,
        _ => 0.3,
    }
}

/// Whether the text speaks of the first months of a year.
fn begins_a_year(clues: &[&Clue]) -> bool {
    clues.iter().any(|clue| match clue.said {
        Said::Day(month, _) | Said::Month(month, None | Some(0)) => month <= 3,
        Said::Feast(feast) => matches!(feast.id.as_str(), "元旦" | "春节" | "元宵"),
        _ => false,
    })
}

/// The days of a year's issue that the clues tell of as past. Late months in a text of the first months are those of
/// the year before.
fn events<'a>(clues: &[&'a Clue], year: i16) -> Vec<Event<'a>> {
    let told = clues.iter().filter(|clue| clue.side != Side::Ahead);
    let days = told.filter_map(|clue| Some((month_day(clue, year)?, *clue)));
    let early = days.clone().any(|((month, _), clue)| month <= 2 && clue.lead) && {
        let lead = days.clone().filter(|(_, clue)| clue.lead);
        let (first, late) =
            lead.fold((0, 0), |(a, b), ((month, _), _)| (a + u32::from(month <= 2), b + u32::from(month >= 11)));
        first >= late || begins_a_year(clues)
    };
    let dated = |((month, day), clue): ((i8, i8), &'a Clue)| {
        let own = if early && month >= 9 { year - 1 } else { year };
        Some(Event { day: Date::new(own, month, day)?, clue })
    };
    days.filter_map(dated).collect()
}

/// The month and day of a clue, where it is of the year of the issue.
fn month_day(clue: &Clue, year: i16) -> Option<(i8, i8)> {
    match clue.said {
        Said::Day(month, day) | Said::DayOf(month, day, 0) => Some((month, day)),
        Said::Year(own, Some(month), Some(day)) if own == year => Some((month, day)),
        _ => None,
    }
}

/// The days in which the issue lies, and what told them.
fn window(clues: &[&Clue], events: &[Event], year: i16, dated: usize) -> Option<(DateSpan, Vec<Evidence>)> {
    let over: Vec<Event> = clues.iter().filter_map(|clue| feast_over(clue, year)).collect();
    let events: Vec<&Event> = events.iter().chain(&over).collect();
    let lead = events.iter().filter(|event| event.clue.lead).map(|event| event.day).max();
    let limit = lead.and_then(|day| day.plus(FORTNIGHT));
    let near = events.iter().copied().filter(|event| limit.is_none_or(|limit| event.day <= limit));
    let Some(last) = near.max_by_key(|event| event.day) else { return without_events(clues, year) };
    let lag = if dated >= MANY { LAG[0] } else { LAG[1] };
    let earliest = last.day.plus(1).unwrap_or(last.day);
    let mut latest = last.day.plus(lag).unwrap_or(last.day);
    let mut evidence = vec![last.clue.evidence.clone()];
    if latest.month() != earliest.month() && last.day.plus(EARLY).is_some_and(|day| day.month() == earliest.month()) {
        latest = earliest.month_end();
    }
    if let Some((feast, clue)) = awaited(clues, year, last.day).filter(|(feast, _)| *feast <= latest) {
        latest = feast.plus(-1).unwrap_or(feast).max(earliest);
        evidence.push(Evidence { rule: "feast ahead".into(), ..clue.evidence.clone() });
    }
    Some((DateSpan { earliest, latest, precision: Precision::Year }, evidence))
}

/// The last day of a feast that the text says is over.
fn feast_over<'a>(clue: &'a Clue, year: i16) -> Option<Event<'a>> {
    let Said::Feast(feast) = clue.said else { return None };
    let (month, day) = date_words().day_of(feast, year).filter(|_| clue.side == Side::Past)?;
    Some(Event { day: Date::new(year, month, day)?.plus(feast.lasts - 1)?, clue })
}

/// The first feast after a day that the text awaits.
fn awaited<'a>(clues: &[&'a Clue], year: i16, after: Date) -> Option<(Date, &'a Clue)> {
    let ahead = clues.iter().filter(|clue| clue.side == Side::Ahead);
    let feasts = ahead.filter_map(|clue| match clue.said {
        Said::Feast(feast) => Some((feast_day(feast, after, year)?, *clue)),
        _ => None,
    });
    feasts.filter(|(day, _)| *day > after).min_by_key(|(day, _)| *day)
}

/// The next day of a feast after a day.
fn feast_day(feast: &Feast, after: Date, year: i16) -> Option<Date> {
    let day = |year: i16| {
        let (month, day) = date_words().day_of(feast, year)?;
        Date::new(year, month, day)
    };
    [year, year + 1].into_iter().filter_map(day).find(|day| *day > after)
}

/// Without a day: the weeks before an awaited feast, the months since the one that is named last, or the whole year.
fn without_events(clues: &[&Clue], year: i16) -> Option<(DateSpan, Vec<Evidence>)> {
    let whole = DateSpan::year(year)?;
    let feast = clues.iter().filter(|clue| clue.side == Side::Ahead).find_map(|clue| {
        let Said::Feast(feast) = clue.said else { return None };
        let (month, day) = date_words().day_of(feast, year)?;
        let latest = Date::new(year, month, day)?.plus(-1)?;
        let span = DateSpan { earliest: latest.plus(-AWAITED)?, latest, precision: Precision::Year };
        Some((span, vec![Evidence { rule: "feast ahead".into(), ..clue.evidence.clone() }]))
    });
    let month = clues.iter().filter_map(|clue| Some((month_of(clue, year)?, *clue))).max_by_key(|(month, _)| *month);
    let since = month.and_then(|(month, clue)| {
        let span = DateSpan { earliest: Date::new(year, month, 1)?, ..whole };
        Some((span, vec![clue.evidence.clone()]))
    });
    let told = clues.iter().filter(|clue| clue.lead || clue.headline).find_map(|clue| match clue.said {
        Said::Year(own, Some(month), None) if own == year && clue.side != Side::Ahead => {
            Some((DateSpan::month(year, month)?, vec![clue.evidence.clone()]))
        }
        _ => None,
    });
    told.or(feast).or(since).or(Some((whole, Vec::new())))
}

/// The month of the issue's year that a clue says has begun.
fn month_of(clue: &Clue, year: i16) -> Option<i8> {
    match clue.said {
        _ if clue.side == Side::Ahead => None,
        Said::Month(month, Some(0)) => Some(month),
        Said::Year(own, Some(month), None) if own == year => Some(month),
        _ => None,
    }
}

fn confidence(year: &Year, span: DateSpan, dated: usize, events: &[Event]) -> f32 {
    let window = match precision(span) {
        _ if dated >= MANY => 1.0,
        Precision::Month if events.iter().any(|event| event.clue.lead) => 0.95,
        Precision::Month => 0.75,
        _ => 0.95,
    };
    (year.confidence * window).clamp(0.0, 0.97)
}

/// The days that an article tells of, in order, each once: those with a year, and those without one where the year of
/// the issue is known.
pub(super) fn event_dates(clues: &[Clue], date: &DateInfo) -> Vec<EventDate> {
    let year = date.span.filter(|span| span.earliest.year() == span.latest.year()).map(|span| span.latest);
    let mut found: Vec<EventDate> = Vec::new();
    for clue in clues {
        let span = match clue.said {
            Said::Year(year, Some(month), Some(day)) => Date::new(year, month, day).map(DateSpan::day),
            Said::Year(year, Some(month), None) => DateSpan::month(year, month),
            Said::Day(month, day) => year.and_then(|issue| nearest(month, day, issue)).map(DateSpan::day),
            Said::DayOf(month, day, years) => {
                year.and_then(|issue| Date::new(issue.year() + years, month, day)).map(DateSpan::day)
            }
            _ => None,
        };
        if let Some(span) = span.filter(|span| found.iter().all(|known| known.span != *span)) {
            found.push(EventDate { span, quote: clue.evidence.quote.clone(), block: clue.evidence.block });
        }
        if found.len() == MOST_EVENTS {
            break;
        }
    }
    found
}

/// A day without year beside an issue: that of the year before where it would lie more than half a year ahead.
fn nearest(month: i8, day: i8, issue: Date) -> Option<Date> {
    let far = month > issue.month() + 6;
    Date::new(issue.year() - i16::from(far), month, day)
}

#[cfg(test)]
mod tests {
    use super::super::{clues, zones};
    use super::*;
    use crate::model::{Kind, Passage, Story};

    fn clues_of(title: &str, text: &str) -> Vec<Clue> {
        let mut story = Story::new(Kind::News);
        story.title = title.into();
        let body =
            text.lines().map(|line| Passage { text: line.into(), blocks: vec![2], subhead: false, grafts: Vec::new() });
        story.body = body.collect();
        clues::clues(&zones::pieces(&story))
    }

    fn window(title: &str, text: &str) -> String {
        let date = infer(&[clues_of(title, text)], DateSource::Article);
        date.span
            .map_or_else(String::new, |span| format!("{}..{} {}", span.earliest, span.latest, span.precision.name()))
    }

    #[test]
    fn windows_of_single_articles() {
        let cases = [
            ("2014年4月20日,区总工会慰问职工。", "2014-04-21..2014-04-30 month"),
            ("4月20日,区总工会慰问职工。", ""),
            ("近日,区总工会慰问职工。", ""),
            (
                "2018年,全市工会累计救助职工。到2020年建成百家驿站。1月4日上午,市总工会召开2019年工作谋划会。",
                "2019-01-05..2019-01-14 month",
            ),
            ("2018年全年走访职工三千户。今年1月8日,工会又上门慰问。", "2019-01-09..2019-01-18 month"),
            ("去年12月26日,老板失踪。1月9日,被拖欠的2012年10月工资到手。", "2013-01-10..2013-01-19 month"),
            ("一九八九年四月二日,厂工会开会。", "1989-04-03..1989-04-12 month"),
            ("建国四十周年快到了,即将到来的“五一”,市总工会将组织劳模作报告。", "1989-04-02..1989-04-30 month"),
            (
                "今年是“十四五”开局之年。3月8日,女工课堂开课。2020年,全市签订合同三十份。",
                "2021-03-09..2021-03-18 month",
            ),
            (
                "县里有外出务工人员二十七万,近一半在外省打工,工会算过一笔账,每年找上门来的投诉有八成发生在千里之外的厂里,人在外头受气,不能在屋头干看,这样的话说了一遍又一遍。\
              2005年4月,县总工会在东莞设站。两年来,接待职工四千人。",
                "2007-01-01..2007-12-31 year",
            ),
            ("(2017)95号文件下发。", ""),
            ("热线12351,编号20041187。", ""),
            ("2017年1月,鼎新厂工会成立。", "2017-01-01..2017-01-31 month"),
            ("2013年12月30日,工会开会。", "2013-12-31..2014-01-09 unknown"),
            ("抗击“非典”以来,5月12日,区总工会慰问护士。", "2003-05-13..2003-05-22 month"),
        ];
        for (text, want) in cases {
            assert_eq!(window("", text), want, "{text}");
        }
        assert_eq!(window("2014厦门职工春晚开演", "1月20日,演出开始。"), "2014-01-21..2014-01-30 month");
    }

    #[test]
    fn a_page_is_later_than_its_last_event_and_earlier_than_an_awaited_feast() {
        let stories = [
            clues_of("", "4月22日,2014年职工运动会开幕。"),
            clues_of("", "4月25日,市总工会慰问困难企业,“五一”即将到来。"),
            clues_of("", "4月23日,区总工会座谈。"),
        ];
        let date = infer(&stories, DateSource::Page);
        let span = date.span.unwrap();
        assert_eq!((span.earliest.to_string(), span.latest.to_string()), ("2014-04-26".into(), "2014-04-30".into()));
        assert_eq!((date.source, span.precision), (DateSource::Page, Precision::Month));
        assert!(date.confidence > 0.8 && date.evidence.len() >= 2);
    }

    #[test]
    fn what_a_text_tells_of_is_no_date_of_its_issue() {
        let clues = clues_of("", "2008年5月12日地震。12月3日开会。去年7月1日入党。");
        let date = DateInfo { span: "2014-01-10".parse().ok(), ..DateInfo::undated() };
        let found: Vec<String> = event_dates(&clues, &date).iter().map(|event| event.span.to_string()).collect();
        assert_eq!(found, ["2008-05-12", "2013-12-03", "2013-07-01"]);
    }
}
