//! The forms of `tables/layout_forms.toml`, compiled, and which of them a block has.

use crate::tables::block_forms;
use regex::Regex;
use std::sync::OnceLock;

/// A block above this length is looked at by its ends.
const WHOLE: usize = 400;
/// Characters of an end.
const END: usize = 80;

/// Which forms a block has, a bit each, in the order of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FormSet(u128);

impl FormSet {
    /// The forms of a folded text.
    pub(super) fn from_text(text: &str) -> Self {
        let length = text.chars().count();
        if length <= WHOLE {
            return Self::where_any(|form| form.pattern.is_match(text));
        }
        let byte = |count: usize| text.char_indices().nth(count).map_or(text.len(), |(byte, _)| byte);
        let (head, tail) = (&text[..byte(END)], &text[byte(length - END)..]);
        // A form of the whole text is none of a long one.
        Self::where_any(|form| match (form.at_start, form.at_end) {
            (true, true) => false,
            (false, true) => form.pattern.is_match(tail),
            _ => form.pattern.is_match(head),
        })
    }

    fn where_any(test: impl Fn(&CompiledForm) -> bool) -> Self {
        let found = forms().iter().enumerate().filter(|(_, form)| test(form));
        Self(found.fold(0, |bits, (at, _)| bits | 1 << at))
    }

    /// Whether a form is among them.
    pub(super) fn has(self, form: KnownForm) -> bool {
        self.0 & (1 << positions_of_known()[form as usize]) != 0
    }

    /// Names of the forms.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        block_forms()
            .iter()
            .enumerate()
            .filter(move |(at, _)| self.0 & (1 << at) != 0)
            .map(|(_, form)| form.name.as_str())
    }
}

/// Forms that the program asks for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KnownForm {
    /// 本报讯.
    OwnDateline,
    /// 新华社北京1月8日电.
    AgencyDateline,
    /// 近日, 4月2日.
    TimeStart,
    /// （钟声） at the end.
    ColumnTag,
    /// …摄.
    PhotoCredit,
    /// 图为….
    CaptionStart,
    /// 上接第1版.
    ContinuedFrom,
    /// 下转第4版.
    ContinuedTo,
    /// ●….
    Bullet,
    /// 沁阳市:….
    PlaceColon,
    /// 工会短波.
    ColumnName,
}

/// Their names in the table, in the order of [`KnownForm`].
const KNOWN: [&str; 11] = [
    "dateline_own",
    "dateline_agency",
    "time_start",
    "column_tag",
    "photo_credit",
    "caption_start",
    "continued_from",
    "continued_to",
    "bullet",
    "place_colon",
    "column_name",
];

/// Where they stand in the table; a name that is not there stands behind all others and is never found (a test asks).
fn positions_of_known() -> &'static [usize; 11] {
    static KNOWN_AT: OnceLock<[usize; 11]> = OnceLock::new();
    KNOWN_AT.get_or_init(|| KNOWN.map(|name| block_forms().iter().position(|form| form.name == name).unwrap_or(127)))
}

struct CompiledForm {
    pattern: Regex,
    at_start: bool,
    at_end: bool,
}

#[expect(clippy::expect_used, reason = "the patterns are in the program, and a test compiles them")]
fn forms() -> &'static [CompiledForm] {
    static FORMS: OnceLock<Vec<CompiledForm>> = OnceLock::new();
    let form = |text: &str| CompiledForm {
        pattern: Regex::new(text).expect("a pattern of layout_forms.toml compiles"),
        at_start: text.starts_with('^'),
        at_end: text.ends_with('$'),
    };
    FORMS.get_or_init(|| block_forms().iter().take(127).map(|row| form(&row.pattern)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_compile_and_have_their_names() {
        assert!(block_forms().len() < 127);
        assert!(positions_of_known().iter().all(|at| *at < block_forms().len()), "{:?}", positions_of_known());
        let forms = FormSet::from_text("本报讯(记者石小川)6月5日上午,总工会副主席来到工地。");
        assert!(forms.has(KnownForm::OwnDateline) && !forms.has(KnownForm::CaptionStart));
        assert!(FormSet::from_text("图为发放现场。石小川摄").has(KnownForm::PhotoCredit));
    }

    #[test]
    fn a_long_text_is_looked_at_by_its_ends() {
        let long = format!("本报讯{}石小川摄", "工会".repeat(400));
        assert!(
            FormSet::from_text(&long).has(KnownForm::OwnDateline)
                && FormSet::from_text(&long).has(KnownForm::PhotoCredit)
        );
    }
}
