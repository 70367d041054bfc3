//! Query text → words, phrases and operators, each with its place. What cannot be read as an operator is text, and a
//! diagnostic says so.

use super::date_expression::{self, DateBounds};
use super::diagnostic::{ConditionError, Remark};
use super::{Ast, Diagnostic};
use crate::model::{Date, Facet, Measure, TextField};
use crate::text::{CharClass, class, fold, number_value};

/// Units between the terms of a `NEAR` without a number.
const NEAR: usize = 10;

/// The most units between the terms of a `NEAR`.
const FARTHEST: usize = 100;

/// What a word before a colon says of the word behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldPrefix {
    /// Where it stands.
    Text(TextField),
    /// It is a value of this facet.
    Value(Facet),
    /// It is a date.
    Date,
}

/// Fields of text and the date; filters come with the reading.
const FIELDS: &[(&str, FieldPrefix)] = &[
    ("标题", FieldPrefix::Text(TextField::Title)),
    ("title", FieldPrefix::Text(TextField::Title)),
    ("正文", FieldPrefix::Text(TextField::Body)),
    ("body", FieldPrefix::Text(TextField::Body)),
    ("图片", FieldPrefix::Text(TextField::Caption)),
    ("caption", FieldPrefix::Text(TextField::Caption)),
    ("作者", FieldPrefix::Text(TextField::Byline)),
    ("记者", FieldPrefix::Text(TextField::Byline)),
    ("author", FieldPrefix::Text(TextField::Byline)),
    ("byline", FieldPrefix::Text(TextField::Byline)),
    ("栏目", FieldPrefix::Text(TextField::Column)),
    ("column", FieldPrefix::Text(TextField::Column)),
    ("日期", FieldPrefix::Date),
    ("date", FieldPrefix::Date),
];

/// Names of measures beside the Chinese ones.
const MEASURES: &[(&str, Measure)] =
    &[("amount", Measure::Yuan), ("people", Measure::Person), ("households", Measure::Household)];

/// How a query text is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct QueryReading<'a> {
    /// The day that words like 去年 count from.
    pub today: Option<Date>,
    /// Filters that may stand before a colon, by name.
    pub filters: &'a [(&'static str, Facet)],
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum QueryToken {
    Word(String),
    /// A word whose last unit may go on.
    Open(String),
    Phrase(String),
    OpenBracket,
    CloseBracket,
    Or,
    Minus,
    Near(usize),
    Field(FieldPrefix),
    /// A condition that is complete in itself.
    Condition(Ast),
}

#[derive(Clone, Debug)]
pub(super) struct SpannedToken {
    pub(super) token: QueryToken,
    pub(super) span: (usize, usize),
}

pub(super) struct Lexer<'a> {
    chars: Vec<char>,
    at: usize,
    reading: QueryReading<'a>,
    pub(super) tokens: Vec<SpannedToken>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

fn closing_quotes(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '“' | '”' | '＂' => Some(&['"', '”', '“', '＂']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}

fn single(c: char) -> Option<QueryToken> {
    match c {
        '(' | '（' => Some(QueryToken::OpenBracket),
        ')' | '）' => Some(QueryToken::CloseBracket),
        '|' | '｜' => Some(QueryToken::Or),
        _ => None,
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || single(c).is_some() || closing_quotes(c).is_some()
}

impl<'a> Lexer<'a> {
    /// The tokens of a text, and what there is to say of them.
    pub(super) fn read(text: &str, reading: QueryReading<'a>) -> Self {
        let chars = text.chars().collect();
        let mut lexer = Self { chars, at: 0, reading, tokens: Vec::new(), diagnostics: Vec::new() };
        while let Some(&c) = lexer.chars.get(lexer.at) {
            lexer.token(c);
        }
        lexer
    }

    fn token(&mut self, c: char) {
        let start = self.at;
        if c.is_whitespace() {
            self.at += 1;
        } else if let Some(token) = single(c) {
            self.at += 1;
            self.push(token, start);
        } else if let Some(closing) = closing_quotes(c) {
            self.phrase(closing);
        } else if matches!(c, '-' | '－') && self.minus_applies() {
            self.at += 1;
            self.push(QueryToken::Minus, start);
        } else {
            self.word();
        }
    }

    fn push(&mut self, token: QueryToken, start: usize) {
        self.tokens.push(SpannedToken { token, span: (start, self.at) });
    }

    fn remark(&mut self, remark: Remark, start: usize) {
        self.diagnostics.push(Diagnostic { remark, span: (start, self.at) });
    }

    /// A minus excludes at the start of a word, also right behind a phrase or bracket; in `4-28` or alone it is text.
    fn minus_applies(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.chars.get(at));
        let after = self.chars.get(self.at + 1);
        let begins = before.is_none_or(|c| ends_word(*c) || *c == '」' || *c == '』');
        begins
            && after.is_some_and(|c| {
                !c.is_whitespace()
                    && !matches!(*c, '-' | '－')
                    && !matches!(single(*c), Some(QueryToken::CloseBracket | QueryToken::Or))
            })
    }

    fn phrase(&mut self, closing: &[char]) {
        let start = self.at;
        let rest = &self.chars[start + 1..];
        let length = rest.iter().position(|c| closing.contains(c));
        // Quotation marks inside are no text; without them the phrase prints in plain ones.
        let plain = |c: &char| if closing_quotes('"').is_some_and(|marks| marks.contains(c)) { ' ' } else { *c };
        let text: String = rest[..length.unwrap_or(rest.len())].iter().map(plain).collect();
        self.at = length.map_or(self.chars.len(), |length| start + length + 2);
        if length.is_none() {
            self.remark(Remark::OpenQuote, start);
        }
        self.push(QueryToken::Phrase(text), start);
    }

    fn word(&mut self) {
        let start = self.at;
        // Before the word is taken out: of a long text in fields every word would be taken out with all that follows.
        if let Some((prefix, field)) = self.field_prefix(&self.chars[start..]) {
            self.at = start + prefix;
            return self.push(QueryToken::Field(field), start);
        }
        let length = self.chars[start..].iter().position(|c| ends_word(*c)).unwrap_or(self.chars.len() - start);
        let word: String = self.chars[start..start + length].iter().collect();
        self.at = start + length;
        let token = self.operator(&word, start);
        self.push(token, start);
    }

    fn operator(&mut self, word: &str, start: usize) -> QueryToken {
        if matches!(word, "OR" | "ＯＲ") {
            return QueryToken::Or;
        }
        if let Some(token) = self.near(word, start) {
            return token;
        }
        match condition(word, self.reading.today) {
            Some(Ok(condition)) => return QueryToken::Condition(condition),
            Some(Err(error)) => self.remark(Remark::BadCondition { word: word.to_owned(), error }, start),
            None => (),
        }
        self.text(word, start)
    }

    fn text(&mut self, word: &str, start: usize) -> QueryToken {
        let stem = word.strip_suffix(['*', '＊']).filter(|stem| !stem.is_empty());
        let last = |stem: &str| stem.chars().next_back().map(|c| class(fold(c)));
        match stem.map(|stem| (stem, last(stem))) {
            Some((stem, Some(CharClass::Letter | CharClass::Digit | CharClass::Mark))) => {
                return QueryToken::Open(stem.to_owned());
            }
            Some((_, Some(CharClass::Han))) => self.remark(Remark::StarLeftOut(word.to_owned()), start),
            _ => self.date_word(word, start),
        }
        QueryToken::Word(word.to_owned())
    }

    /// A word that is a date is text all the same; a condition on the date has to be asked for.
    fn date_word(&mut self, word: &str, start: usize) {
        let after_field =
            matches!(self.tokens.last(), Some(SpannedToken { token: QueryToken::Field(_), span }) if span.1 == start);
        if !after_field && date_expression::looks_like_date(word, self.reading.today) {
            self.remark(Remark::DateAsText(word.to_owned()), start);
        }
    }

    /// The field a text begins with, and the length of `field:`.
    fn field_prefix(&self, text: &[char]) -> Option<(usize, FieldPrefix)> {
        let filters = self.reading.filters.iter().map(|(name, facet)| (*name, FieldPrefix::Value(*facet)));
        let fields = FIELDS.iter().copied().chain(filters);
        let longest = fields.clone().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let length = text.iter().take(longest + 1).position(|c| matches!(c, ':' | '：'))?;
        let name: String = text[..length].iter().collect();
        let (_, field) = { fields }.find(|(known, _)| name.eq_ignore_ascii_case(known))?;
        Some((length + 1, field))
    }

    fn near(&mut self, word: &str, start: usize) -> Option<QueryToken> {
        let plain: String = word.chars().map(fold).collect();
        if !word.starts_with(['N', 'Ｎ']) || !(plain == "near" || plain.starts_with("near/")) {
            return None;
        }
        let number = plain.strip_prefix("near/").map_or(Some(NEAR), |number| number.parse().ok());
        let Some(distance) = number.filter(|distance| *distance <= FARTHEST) else {
            self.remark(Remark::NearAsText { word: word.to_owned(), most: FARTHEST }, start);
            return None;
        };
        Some(QueryToken::Near(distance))
    }
}

/// How a condition compares.
#[derive(Clone, Copy)]
struct Comparison {
    /// Whether the value is a lower limit, and whether it is an upper one; both for `=`.
    least: bool,
    most: bool,
    /// Whether the value itself is left out.
    strict: bool,
}

/// The comparison a text begins with, and the length of its sign.
fn comparison(text: &[char]) -> Option<(Comparison, usize)> {
    let (least, most, strict, length) = match text {
        ['>', '=', ..] => (true, false, false, 2),
        ['<', '=', ..] => (false, true, false, 2),
        ['≥', ..] => (true, false, false, 1),
        ['≤', ..] => (false, true, false, 1),
        ['>', ..] => (true, false, true, 1),
        ['<', ..] => (false, true, true, 1),
        ['=', ..] => (true, true, false, 1),
        _ => return None,
    };
    Some((Comparison { least, most, strict }, length))
}

/// A condition on what an article counts or when it appeared: `金额>=100万`. `None` where the word has no such form, an
/// error where its value cannot be read.
fn condition(word: &str, today: Option<Date>) -> Option<Result<Ast, ConditionError>> {
    let chinese = Measure::ALL.into_iter().map(|measure| (measure.zh(), Some(measure)));
    let english = MEASURES.iter().map(|(name, measure)| (*name, Some(*measure)));
    let mut names = chinese.chain(english).chain([("日期", None), ("date", None)]);
    let (rest, measure) = names.find_map(|(name, measure)| Some((word.strip_prefix(name)?, measure)))?;
    let plain: Vec<char> = rest.chars().map(fold).collect();
    let (comparison, sign) = comparison(&plain)?;
    let value = &plain[sign..];
    Some(match measure {
        Some(measure) => amount(measure, value, comparison),
        None => date(&value.iter().collect::<String>(), today, comparison),
    })
}

fn amount(measure: Measure, text: &[char], comparison: Comparison) -> Result<Ast, ConditionError> {
    let Comparison { least, most, strict } = comparison;
    let whole = |(_, end): &(f64, usize)| text[*end..].iter().all(|c| "元人名户位".contains(*c));
    let (value, _) = number_value(text).filter(whole).ok_or(ConditionError::NoNumber)?;
    let (value, step) = (value.round() as u64, u64::from(strict));
    let (least, most) = (least.then(|| value + step), most.then(|| value.saturating_sub(step)));
    Ok(Ast::Amount { measure, least, most })
}

fn date(text: &str, today: Option<Date>, comparison: Comparison) -> Result<Ast, ConditionError> {
    let Comparison { least, most, strict } = comparison;
    let DateBounds { from, to } = date_expression::read(text, today).map_err(ConditionError::NoDate)?;
    let (first, last) = match strict {
        true => (to.and_then(|to| to.plus(1)), from.and_then(|from| from.plus(-1))),
        false => (from, to),
    };
    match (first.filter(|_| least), last.filter(|_| most)) {
        (None, None) => Err(ConditionError::EveryDay),
        (from, to) => Ok(Ast::Dates { from, to }),
    }
}
