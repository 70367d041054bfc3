//! How much of a period is held, and why no more.

use super::bilingual::{Bilingual, both};
use crate::archive::{CoverReason, Coverage, CoverageState};

/// How much of a period is held.
pub fn state(state: CoverageState) -> &'static str {
    match state {
        CoverageState::Complete => "完整",
        CoverageState::Partial => "不全",
        CoverageState::NoIssue => "无刊",
        CoverageState::NotHeld => "未入藏",
        CoverageState::Unknown => "不详",
    }
}

/// Why no more of a period is held, as the API and tables tell it; empty where there is nothing to say.
pub fn cover_reason_text(cover: &Coverage) -> String {
    cover.reason.as_ref().map(|reason| cover_reason(reason).zh).unwrap_or_default()
}

/// Why no more of a period is held. What the calendar states is told as it was written.
pub fn cover_reason(reason: &CoverReason) -> Bilingual {
    match reason {
        CoverReason::Stated(stated) => both(stated.join("; "), stated.join("；")),
        CoverReason::NoPublishingDay => both("no publishing day", "不是出版日"),
        CoverReason::NotFounded => both("not founded yet", "尚未创刊"),
        CoverReason::Ceased => both("ceased", "已经终刊"),
        CoverReason::ScheduleUnknown { stated } => with(both("publishing days unknown", "出版日不详"), stated),
        CoverReason::IssuesMissing { expected, held, stated } => {
            with(both(format!("{held} of {expected} issues held"), format!("应有{expected}期，存{held}期")), stated)
        }
        CoverReason::PagesMissing { issues, stated } => {
            with(both(format!("{issues} issues lack pages"), format!("{issues}期版面不全")), stated)
        }
        CoverReason::DatesTooCoarse => both("only pages without an exact date", "只有日期不够确切的版面"),
        CoverReason::NothingHeld => both("not held", "馆藏缺"),
        CoverReason::NoPapers => both("no holdings", "没有馆藏"),
        CoverReason::OfPapers { named, others } => of_papers(named, *others),
    }
}

fn with(reason: Bilingual, stated: &[String]) -> Bilingual {
    if stated.is_empty() {
        return reason;
    }
    both(format!("{} ({})", reason.en, stated.join("; ")), format!("{}（{}）", reason.zh, stated.join("；")))
}

fn of_papers(named: &[(String, CoverReason)], others: usize) -> Bilingual {
    let told: Vec<(&String, Bilingual)> = named.iter().map(|(name, reason)| (name, cover_reason(reason))).collect();
    let en: Vec<String> = told.iter().map(|(name, reason)| format!("{name}: {}", reason.en)).collect();
    let zh: Vec<String> = told.iter().map(|(name, reason)| format!("{name}：{}", reason.zh)).collect();
    let (more, zh_more) = match others {
        0 => (String::new(), String::new()),
        others => (format!("; and {others} others"), format!("；另{others}种")),
    };
    both(en.join("; ") + &more, zh.join("；") + &zh_more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_with_what_the_calendar_states() {
        let missing = CoverReason::IssuesMissing { expected: 3, held: 2, stated: vec!["罢工".to_owned()] };
        assert_eq!(cover_reason(&missing).zh, "应有3期，存2期（罢工）");
        let papers = CoverReason::OfPapers { named: vec![("甲报".to_owned(), missing)], others: 2 };
        assert_eq!(cover_reason(&papers).zh, "甲报：应有3期，存2期（罢工）；另2种");
        assert_eq!(cover_reason(&papers).en, "甲报: 2 of 3 issues held (罢工); and 2 others");
    }
}
