//! `calendar.toml`: when papers appear and when they do not, as the keeper of an archive states it.

use super::CorpusLimits;
use super::sidecar::{SidecarError, SidecarFile};
use crate::model::Calendar;
use std::path::Path;

/// The name of the file, beside the folder of the corpus.
pub const CALENDAR: &str = "calendar.toml";

/// What an entry looks like.
const FORM: &str = "entries are [[paper]] with `paper` and some of founded, ceased, schedule, former, and [[gap]] with paper, from, to, kind (no_issue or not_held) and reason";

/// The publishing days that a file states; `None` where there is no file.
///
/// # Errors
/// [`SidecarError`], which names the file, the line and a hint.
pub fn read_calendar(file: &Path, limits: &CorpusLimits) -> Result<Option<Calendar>, SidecarError> {
    let stated = SidecarFile { file, form: FORM, most: limits.stated_bytes };
    let Some(calendar) = stated.read::<Calendar>()? else { return Ok(None) };
    match fault(&calendar) {
        Some(fault) => Err(stated.malformed(fault)),
        None => Ok(Some(calendar)),
    }
}

/// What is wrong with a calendar beyond its form.
fn fault(calendar: &Calendar) -> Option<String> {
    let of_paper = |publishing: &crate::model::Publishing| {
        let name = &publishing.paper;
        let weekday =
            publishing.schedule.iter().flat_map(|schedule| &schedule.weekdays).find(|day| !(1..=7).contains(*day));
        let turned = publishing.schedule.iter().any(|one| one.from.zip(one.to).is_some_and(|(from, to)| from > to));
        match weekday {
            _ if name.trim().is_empty() => Some("an entry names no paper".to_owned()),
            Some(day) => Some(format!("{name}: {day} is no day of the week; 1 is Monday, 7 is Sunday")),
            None if turned => Some(format!("{name}: a schedule ends before it begins")),
            None => None,
        }
    };
    let of_gap = |gap: &crate::model::Gap| {
        let (name, from, to) = (&gap.paper, gap.from, gap.to);
        if name.trim().is_empty() {
            Some("a gap names no paper".to_owned())
        } else if from > to {
            Some(format!("{name}: the gap from {from} ends before it begins"))
        } else if gap.reason.trim().is_empty() {
            Some(format!("{name}: the gap from {from} gives no reason; readers will be shown it"))
        } else {
            None
        }
    };
    calendar.paper.iter().find_map(of_paper).or_else(|| calendar.gap.iter().find_map(of_gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_is_read_or_refused_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(CALENDAR);
        assert_eq!(read_calendar(&file, &CorpusLimits::default()).unwrap(), None);
        let gap = "[[gap]]\npaper = \"甲报\"\nfrom = \"2013-01-01\"\n";
        for (text, part) in [
            ("[[paper]\n", "line 1"),
            ("[[paper]]\npaper = \"甲报\"\ncolour = 1\n", "colour"),
            ("[[paper]]\npaper = \"甲报\"\nfounded = \"1985\"\n", "1985"),
            ("[[paper]]\npaper = \"甲报\"\nschedule = [{ weekdays = [0] }]\n", "day of the week"),
            ("[[paper]]\npaper = \" \"\n", "no paper"),
            (&format!("{gap}to = \"2012-12-31\"\nkind = \"no_issue\"\nreason = \"x\"\n"), "before it begins"),
            (&format!("{gap}to = \"2013-12-31\"\nkind = \"lost\"\nreason = \"x\"\n"), "lost"),
            (&format!("{gap}to = \"2013-12-31\"\nkind = \"not_held\"\nreason = \" \"\n"), "no reason"),
        ] {
            std::fs::write(&file, text).unwrap();
            let error = read_calendar(&file, &CorpusLimits::default()).expect_err(text).to_string();
            assert!(error.contains(part) && error.contains(CALENDAR), "{text}: {error}");
        }
        std::fs::write(&file, format!("{gap}to = \"2013-12-31\"\nkind = \"not_held\"\nreason = \"遗失\"\n")).unwrap();
        assert_eq!(read_calendar(&file, &CorpusLimits::default()).unwrap().unwrap().gap[0].reason, "遗失");
    }
}
