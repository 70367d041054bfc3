//! Where a credit stands in a text: a line of its own, the bracket after a dateline, the end of a caption or of the last
//! paragraph.

use super::credit::{self, Credit, CreditedName, ReadExtent, RoleSide};
use super::credit_words::has_dateline;
use super::person::NameForm;
use super::roles::{is_mark, role_at};
use super::zones::{ZoneKind, ZonePassage};
use crate::model::Role;
use crate::tables::credits;
use crate::text::{CharClass, class};
use std::ops::Range;

/// How far into a paragraph an opening credit begins and ends.
const OPENING: usize = 60;
/// Longest credit at an end.
const TAIL: usize = 40;
/// Longest bracket with a credit, and longest credit on a line of its own.
const LONGEST: usize = 120;
/// Marks before the name of an author.
const MARKS: [char; 5] = ['□', '■', '◎', '◆', '▲'];
/// Dashes before the name of whoever is quoted, which is no byline.
const DASHES: [char; 3] = ['—', '-', '―'];
/// Ends of what stands before a credit inside a paragraph.
const STOPS: &str = "。!?”’」』…)],，;:(";

/// Where a piece stands in its story.
#[derive(Clone, Copy)]
pub(super) struct CreditPosition {
    /// It is the first paragraph of running text.
    pub first: bool,
    /// It is the last one.
    pub last: bool,
    /// It stands before or at the start of running text.
    pub before: bool,
    /// It stands at the end of running text or after it.
    pub after: bool,
}

/// A credit with where it stands in a piece.
pub(super) struct FoundCredit {
    /// The names; none where a note on the author was found.
    pub names: Vec<CreditedName>,
    /// What is shown as its form.
    pub span: Range<usize>,
    /// What is taken out of the text that is matched: the place in 本报敦煌讯(记者…) stays.
    pub cut: Range<usize>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// Whether a name on a line that was told to be a byline is sure. `doubtful`: other words stand beside it.
pub(super) fn is_sure_of_line(named: &CreditedName, doubtful: bool) -> bool {
    named.led > RoleSide::No && named.form > NameForm::Unknown || named.form > NameForm::Foreign && !doubtful
}

/// The credits of a piece.
pub(super) fn find(piece: &ZonePassage, place: CreditPosition) -> Vec<FoundCredit> {
    let Some(last) = piece.folded.iter().rposition(|c| !c.is_whitespace() && *c != '。') else { return Vec::new() };
    let text = &piece.folded[..=last];
    if let Some(found) = whole_line_credit(piece, text, place) {
        return vec![found];
    }
    let mut all = brackets(piece, text);
    all.extend(pictured(piece, text));
    let opening = &text[..text.len().min(OPENING)];
    all.extend(reported(piece, opening).filter(|_| place.first));
    let ends = place.last || piece.part == ZoneKind::Caption;
    if all.iter().all(|found| found.cut.end < text.len()) {
        all.extend(marked_credit(piece, text).filter(|_| ends).or_else(|| signed(piece, text, ends)));
    }
    all.extend(note(text));
    all
}

/// A line that is nothing but a credit. Names without a role word stand alone before and after running text, those of
/// persons with a post before it; a name without a surname and of words is one under a picture only.
fn whole_line_credit(piece: &ZonePassage, text: &[char], place: CreditPosition) -> Option<FoundCredit> {
    let start = text.iter().position(|c| !c.is_whitespace())?;
    let line = &text[start..];
    let credits = line.len() <= LONGEST && !line.iter().any(|c| matches!(c, '。' | '!' | '?' | '“'));
    let credit = credits.then(|| read(piece, start..text.len(), Role::Author))??;
    let marked = MARKS.contains(&text[start]) || text[start] == '(';
    let apart =
        (place.before || place.after) && (piece.part != ZoneKind::Caption || marked) && !DASHES.contains(&text[start]);
    let only = credit.names.len() == 1;
    let sure = |named: &CreditedName| match (named.led, named.form) {
        (RoleSide::No, form) => apart && (form == NameForm::Name || marked && form == NameForm::Word),
        (_, NameForm::Unknown) => only && named.role == Role::Photographer,
        _ => true,
    };
    let alone = credit.names.iter().all(|named| named.led == RoleSide::No);
    let fits = (!credit.posts || place.before && only) && (!alone || line.len() <= TAIL);
    (fits && credit.names.iter().all(sure))
        .then(|| found_credit(credit, start..text.len(), start..text.len(), "credit line"))
}

/// `本报讯(记者X 通讯员Y)`, `(记者X)`, wherever they stand.
fn brackets(piece: &ZonePassage, text: &[char]) -> Vec<FoundCredit> {
    let opens = text.iter().enumerate().filter(|(_, c)| matches!(c, '(' | '[' | '【')).map(|(at, _)| at);
    opens.filter_map(|open| bracketed(piece, text, open)).collect()
}

fn bracketed(piece: &ZonePassage, text: &[char], open: usize) -> Option<FoundCredit> {
    let close = open + text[open..].iter().take(LONGEST).position(|c| ")]】".contains(*c))?;
    let inner = &text[open + 1..close];
    let news = opens_credit(&text[..open]) || has_dateline(inner);
    if !news && !credit::opens(inner) {
        return None;
    }
    let credit = read(piece, open + 1..close, Role::Author)?;
    let from = if news && open < OPENING { 0 } else { open };
    let sure = |named: &CreditedName| {
        named.form > NameForm::Foreign || named.led > RoleSide::No && (news || named.form > NameForm::Unknown)
    };
    (credit.names.iter().all(sure) && !credit.posts)
        .then(|| found_credit(credit, from..close + 1, open..close + 1, "opening"))
}

/// Whether a text ends as what stands before a credit: 本报讯, 新华社北京4月28日电.
fn opens_credit(before: &[char]) -> bool {
    let end = before.iter().rposition(|c| !c.is_whitespace()).map_or(0, |at| at + 1);
    let tail: String = before[end.saturating_sub(2)..end].iter().collect();
    credits().words.openings.iter().any(|word| tail.ends_with(word.as_str()))
}

/// `本报讯 记者X报道`.
fn reported(piece: &ZonePassage, head: &[char]) -> Option<FoundCredit> {
    let end = head.windows(2).position(|pair| pair == ['报', '道'] || pair == ['报', '导'])?;
    let closed = piece.folded.get(end + 2).is_none_or(|&c| class(c) != CharClass::Han);
    let leads = |at: &usize| role_at(head, *at).is_some_and(|role| !role.closes) && credit::opens(&head[*at..end]);
    let start = (0..end).filter(|_| closed).find(leads)?;
    let before: Vec<char> = head[..start].iter().copied().filter(|c| !is_mark(*c)).collect();
    let stop = head[start..end].iter().any(|c| ",，。;:!?“”".contains(*c));
    let own = opens_credit(&before) || before.is_empty() || credit::opens(&head[..end]);
    let credit = (own && !stop).then(|| read(piece, start..end, Role::Author))??;
    let sure = |named: &CreditedName| named.led > RoleSide::No && named.form > NameForm::Unknown;
    credit.names.iter().all(sure).then(|| found_credit(credit, 0..end + 2, 0..end + 2, "opening"))
}

/// `□记者 X` at the end.
fn marked_credit(piece: &ZonePassage, text: &[char]) -> Option<FoundCredit> {
    let mark = text.iter().rposition(|c| MARKS.contains(c)).filter(|at| text.len() - at <= TAIL)?;
    let credit = read(piece, mark + 1..text.len(), Role::Author)?;
    let sure = credit.names.iter().all(|named| is_sure_of_line(named, false));
    (sure && !credit.posts).then(|| found_credit(credit, mark..text.len(), mark..text.len(), "end mark"))
}

/// `(X Y)` at the end; in the middle of a story only behind a sentence.
fn signed(piece: &ZonePassage, text: &[char], ends: bool) -> Option<FoundCredit> {
    let close = text.len().checked_sub(1).filter(|&at| ")]】".contains(text[at]))?;
    let open = text.iter().rposition(|c| "([【".contains(*c)).filter(|at| text.len() - at <= TAIL)?;
    let behind = open.checked_sub(1).is_some_and(|at| "。!?”".contains(text[at]));
    let credit = read(piece, open + 1..close, Role::Author)?;
    let sure = |named: &CreditedName| match named.led {
        RoleSide::No => ends && named.form > NameForm::Foreign || behind && named.form == NameForm::Name,
        _ => named.form > NameForm::Unknown,
    };
    (credit.names.iter().all(sure) && !credit.posts)
        .then(|| found_credit(credit, open..text.len(), open..text.len(), "end brackets"))
}

/// `X Y摄` behind a sentence or a space, wherever it stands.
fn pictured(piece: &ZonePassage, text: &[char]) -> Vec<FoundCredit> {
    let shot = |at: &usize| matches!(text[*at], '摄' | '供') || text[*at] == '图' && piece.part == ZoneKind::Caption;
    let ends = (0..text.len()).filter(shot).filter_map(|at| {
        let role = role_at(text, at).filter(|role| role.closes && role.roles.contains(&Role::Photographer))?;
        let end = at + role.len();
        text.get(end).is_none_or(|&c| is_mark(c)).then_some((at, end))
    });
    let mut all: Vec<FoundCredit> = Vec::new();
    for (at, end) in ends {
        let from = all.last().map_or(0, |found| found.cut.end).max(at.saturating_sub(TAIL));
        all.extend((from < at).then(|| shot_by(piece, text, from..at, end)).flatten());
    }
    all
}

/// The picture credit before a role word: the longest run of names behind a mark or a space.
fn shot_by(piece: &ZonePassage, text: &[char], before: Range<usize>, end: usize) -> Option<FoundCredit> {
    let stop = text[before.clone()].iter().rposition(|c| STOPS.contains(*c)).map(|at| before.start + at + 1);
    let cut_off = before.start > 0 && stop.is_none() && !is_mark(text[before.start - 1]);
    let from = stop.unwrap_or(before.start);
    let words = (from..before.end).filter(|&at| text[at].is_whitespace()).map(|at| at + 1);
    let starts = Some(from).filter(|_| !cut_off).into_iter().chain(words);
    let close = end + agency(&text[end..]);
    let sentence = |start: usize| start == from && (close > end || close == text.len());
    starts.into_iter().find_map(|start| {
        let credit = read(piece, start..end, Role::Photographer)?;
        let sure = |named: &CreditedName| match named.led {
            RoleSide::Before => named.form > NameForm::Unknown,
            _ => named.form > NameForm::Foreign || named.form == NameForm::Foreign && sentence(start),
        };
        let fits = credit.names.iter().all(sure) && !credit.posts;
        fits.then(|| found_credit(credit, start..close, start..close, "picture credit"))
    })
}

/// The length of the bracket with an agency behind a picture credit: (人民视觉).
fn agency(rest: &[char]) -> usize {
    let open = rest.iter().position(|c| !c.is_whitespace()).filter(|&at| rest[at] == '(');
    let close =
        open.and_then(|open| rest[open..].iter().take(TAIL / 2).position(|c| *c == ')').map(|at| open + at + 1));
    close.unwrap_or(0)
}

/// A note on the author, `(作者为某校教师)`: no name, and what it says is not what the article is about.
fn note(text: &[char]) -> Option<FoundCredit> {
    let close = text.len().checked_sub(1).filter(|&at| text[at] == ')')?;
    let open = text.iter().rposition(|c| *c == '(').filter(|at| text.len() - at <= LONGEST)?;
    let inner: String = text[open + 1..close].iter().collect();
    let says = |rest: &str| credits().words.notes.iter().any(|note| rest.starts_with(note.as_str()));
    inner.strip_prefix("作者").is_some_and(says).then(|| FoundCredit {
        names: Vec::new(),
        span: open..text.len(),
        cut: open..text.len(),
        rule: "author note",
    })
}

/// The credit in a range, where each word is a name or stands beside names.
fn read(piece: &ZonePassage, range: Range<usize>, default: Role) -> Option<Credit> {
    let credit = credit::read(&piece.printed[range.clone()], &piece.folded[range], default, ReadExtent::WhereClear);
    (!credit.doubtful && !credit.names.is_empty()).then_some(credit)
}

fn found_credit(credit: Credit, span: Range<usize>, cut: Range<usize>, rule: &'static str) -> FoundCredit {
    FoundCredit { names: credit.names, span, cut, rule }
}
