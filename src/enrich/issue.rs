//! When a page was printed, from what its stories say: a distribution over days, its most probable day, and the shortest
//! span that holds the day with nine tenths.

use super::date::{HELD, Observation, WordScores, distribution, observe, pairs, reasons};
use super::neighbours::DayContext;
use super::time_expressions::{TimeExpression, TimeExpressionKind};
use super::zones::ZonePassage;
use crate::model::{BestDay, Date, DateInfo, DateSource, DateSpan, EventDate, Precision};
use crate::tables::{DateEvidence, date_evidence};

/// A span of more days says nothing: the stories are undated.
const LONGEST: i64 = 45 * 365;
/// Event dates of one article, at most.
const MOST_EVENTS: usize = 20;

/// The date of the issue that these stories stand in; undated where they do not tell. `source`: the whole page or one
/// article.
pub(super) fn infer(
    stories: &[Vec<TimeExpression>],
    pieces: &[Vec<ZonePassage>],
    beside: DayContext,
    source: DateSource,
) -> DateInfo {
    let table = date_evidence();
    let words = WordScores::from_pairs(table, pairs(pieces));
    let mut observed = observe(stories);
    observed.retain(|one| !(beside.has_habit() && one.is_dateline()));
    let mut date = dated(table, &observed, &words, beside, source);
    if let Some(folio) = beside.folio.filter(|_| date.precision() == Precision::Day) {
        date.source = DateSource::Masthead;
        date.evidence.insert(0, folio.evidence.clone());
    }
    date
}

/// The date that observations tell, by a table of weights.
pub(super) fn dated(
    table: &DateEvidence,
    observed: &[Observation],
    words: &WordScores,
    beside: DayContext,
    source: DateSource,
) -> DateInfo {
    let days = distribution(table, observed, words, beside);
    let Some((best, days)) = days.and_then(|days| Some((days.best()?, days))) else {
        return DateInfo::undated();
    };
    let (precision, confidence) = precision(&best);
    let asked = |day: Date| match precision {
        Precision::Day => day == best.day,
        Precision::Month => (day.year(), day.month()) == (best.day.year(), best.day.month()),
        Precision::Year => day.year() == best.day.year(),
        Precision::Unknown => true,
    };
    let span = days.span(HELD, asked).filter(|span| span.latest.days_since(span.earliest) <= LONGEST);
    let Some(span) = span else { return DateInfo::undated() };
    let evidence = reasons(observed, best.day, days.second_best_year(best.day.year()));
    DateInfo { span: Some(DateSpan { precision, ..span }), best: Some(best), source, confidence, evidence }
}

/// The finest unit that holds the day with nine tenths, and its probability; that of the year where none does.
fn precision(best: &BestDay) -> (Precision, f32) {
    let units = [(Precision::Day, best.p_day), (Precision::Month, best.p_month), (Precision::Year, best.p_year)];
    let found = units.into_iter().find(|(_, share)| f64::from(*share) >= HELD);
    found.unwrap_or((Precision::Unknown, best.p_year))
}

/// The days that an article tells of, in order, each once: those with a year, and those without one where the year of
/// the issue is known.
pub(super) fn event_dates(clues: &[TimeExpression], date: &DateInfo) -> Vec<EventDate> {
    let year = date.span.filter(|span| span.earliest.year() == span.latest.year()).map(|span| span.latest);
    let mut found: Vec<EventDate> = Vec::new();
    for clue in clues {
        let span = match clue.said {
            TimeExpressionKind::Year(year, Some(month), Some(day)) => Date::new(year, month, day).map(DateSpan::day),
            TimeExpressionKind::Year(year, Some(month), None) => DateSpan::month(year, month),
            TimeExpressionKind::Day(month, day) => year.and_then(|issue| nearest(month, day, issue)).map(DateSpan::day),
            TimeExpressionKind::DayOf(month, day, years) => {
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
    use super::super::{time_expressions, zones};
    use super::*;
    use crate::model::{ArticleKind, Passage, Story};

    fn pieces_of(title: &str, text: &str) -> Vec<ZonePassage> {
        let mut story = Story::new(ArticleKind::News);
        story.title = title.into();
        let body =
            text.lines().map(|line| Passage { text: line.into(), blocks: vec![2], subhead: false, grafts: Vec::new() });
        story.body = body.collect();
        zones::pieces(&story)
    }

    fn page(stories: &[&str]) -> DateInfo {
        page_read_on(stories, None)
    }

    fn page_read_on(stories: &[&str], day: Option<&str>) -> DateInfo {
        let pieces: Vec<Vec<ZonePassage>> = stories.iter().map(|text| pieces_of("", text)).collect();
        let clues: Vec<Vec<TimeExpression>> =
            pieces.iter().map(|pieces| time_expressions::time_expressions(pieces)).collect();
        let until = day.and_then(|day| day.parse().ok());
        infer(&clues, &pieces, DayContext { until, ..DayContext::default() }, DateSource::Page)
    }

    fn holds(date: &DateInfo, day: &str) -> bool {
        let day: Date = day.parse().unwrap();
        date.span.is_some_and(|span| span.earliest <= day && day <= span.latest)
    }

    #[test]
    fn the_best_day_follows_the_last_day_told() {
        let cases: [(&[&str], &str); 5] = [
            (
                &[
                    "新华社北京2月10日电 全国总工会召开会议。",
                    "本报武汉2月11日电 2019年春运平稳。",
                    "本报上海2月9日电 企业复产。",
                ],
                "2019-02-12",
            ),
            (
                &[
                    "4月22日,2014年职工运动会开幕。",
                    "4月25日,市总工会慰问困难企业,“五一”即将到来。",
                    "4月23日,区总工会座谈。",
                ],
                "2014-04-26",
            ),
            (
                &["2018年,全市工会累计救助职工。到2020年建成百家驿站。1月4日上午,市总工会召开2019年工作谋划会。"],
                "2019-01-05",
            ),
            (&["今年是“十四五”开局之年。3月8日,女工课堂开课。2020年,全市签订合同三十份。"], "2021-03-09"),
            (&["第二届进博会11月5日开幕。十九届四中全会精神宣讲团来到车间。"], "2019-11-06"),
        ];
        for (stories, day) in cases {
            let date = page(stories);
            assert!(holds(&date, day), "{stories:?} {date:?}");
            let after = date.best.unwrap().day.days_since(day.parse().unwrap());
            assert!((0..7).contains(&after), "{stories:?} {after}");
        }
    }

    #[test]
    fn years_ended_in_2030_and_no_page_is_of_a_day_to_come() {
        let news = ["新华社北京2月10日电 2034年春运平稳。", "本报讯 2034年2月9日,市总工会召开会议。"];
        let later = page_read_on(&news, Some("2036-01-01"));
        assert!(holds(&later, "2034-02-11"), "{later:?}");
        for today in ["2034-02-10", "2027-03-01"] {
            let date = page_read_on(&news, Some(today));
            assert!(date.best.is_none_or(|best| best.day <= today.parse().unwrap()), "{today}");
        }
    }

    #[test]
    fn what_is_not_known_is_wide() {
        assert!(page(&["4月20日,区总工会慰问职工。"]).span.is_none());
        assert!(page(&["近日,区总工会慰问职工。"]).span.is_none());
        let date = page(&["去年12月26日,老板失踪。1月9日,被拖欠的2012年10月工资到手。"]);
        assert!(holds(&date, "2013-01-10") && date.confidence < 0.9, "{date:?}");
    }

    #[test]
    fn evidence_names_what_decides() {
        let date = page(&["第二届进博会11月5日开幕。十九届四中全会精神宣讲团来到车间。"]);
        let rules: Vec<&str> = date.evidence.iter().map(|one| one.rule.as_str()).collect();
        assert!(rules.contains(&"day told") && rules.contains(&"number of a series"), "{rules:?}");
    }

    #[test]
    fn what_a_text_tells_of_is_no_date_of_its_issue() {
        let clues =
            time_expressions::time_expressions(&pieces_of("", "2008年5月12日地震。12月3日开会。去年7月1日入党。"));
        let date = DateInfo { span: "2014-01-10".parse().ok(), ..DateInfo::undated() };
        let found: Vec<String> = event_dates(&clues, &date).iter().map(|event| event.span.to_string()).collect();
        assert_eq!(found, ["2008-05-12", "2013-12-03", "2013-07-01"]);
    }
}
