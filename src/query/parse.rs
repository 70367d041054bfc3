//! Query text → tree. Never fails: what cannot be read as an operator is text, and a diagnostic says so.

use super::date_expression::{self, DateBounds};
use super::diagnostic::{FieldValueError, NearError, Operator, Remark};
use super::lexer::{FieldPrefix, Lexer, QueryReading, QueryToken, SpannedToken};
use super::value::facet_values;
use super::{Ast, Diagnostic, Term};
use crate::model::{Date, Facet, TextField};

/// Brackets deeper than this are read as if they were not there.
pub const MAX_DEPTH: usize = 32;

/// The most terms of a query; one more is refused by the archive.
pub const MAX_TERMS: usize = 64;

/// The most pairs that a `NEAR` between alternatives is written out in.
const MOST_PAIRS: usize = 16;

/// Reads a query. The diagnostics' spans count code points of `text`.
pub fn parse(text: &str, reading: QueryReading<'_>) -> (Ast, Vec<Diagnostic>) {
    let lexer = Lexer::read(text, reading);
    let (tokens, diagnostics) = (lexer.tokens, lexer.diagnostics);
    let mut parser = Parser { tokens, at: 0, depth: 0, today: reading.today, diagnostics };
    let mut parts = vec![parser.any()];
    while let Some(stray) = parser.next() {
        parser.remark(Remark::StrayBracket, stray.span);
        parts.push(parser.any());
    }
    let tree = simplify(Ast::All(parts));
    if tree == Ast::Everything && !text.trim().is_empty() && parser.diagnostics.is_empty() {
        parser.remark(Remark::OperatorsOnly, (0, text.chars().count()));
    }
    (tree, parser.diagnostics)
}

struct Parser {
    tokens: Vec<SpannedToken>,
    at: usize,
    depth: usize,
    today: Option<Date>,
    diagnostics: Vec<Diagnostic>,
}

impl Parser {
    fn peek(&self) -> Option<&QueryToken> {
        self.tokens.get(self.at).map(|spanned| &spanned.token)
    }

    fn next(&mut self) -> Option<SpannedToken> {
        let spanned = self.tokens.get(self.at)?.clone();
        self.at += 1;
        Some(spanned)
    }

    fn remark(&mut self, remark: Remark, span: (usize, usize)) {
        self.diagnostics.push(Diagnostic { remark, span });
    }

    fn goes_on(&self) -> bool {
        self.peek().is_some_and(|token| !matches!(token, QueryToken::Or | QueryToken::CloseBracket))
    }

    fn any(&mut self) -> Ast {
        let mut parts = vec![self.all()];
        while self.peek() == Some(&QueryToken::Or) {
            self.at += 1;
            parts.push(self.all());
        }
        parts.retain(|part| *part != Ast::Everything);
        simplify(Ast::Any(parts))
    }

    fn all(&mut self) -> Ast {
        let mut parts = Vec::new();
        while self.goes_on() {
            parts.extend(self.linked());
        }
        simplify(Ast::All(parts))
    }

    /// Parts with `NEAR` between them; each stands near its neighbour.
    fn linked(&mut self) -> Option<Ast> {
        let start = self.at;
        let mut left = self.parse_operand();
        let mut pairs = Vec::new();
        while let Some(QueryToken::Near(distance)) = self.peek().cloned() {
            let span = self.next()?.span;
            let right = if self.goes_on() && !matches!(self.peek(), Some(QueryToken::Near(_))) {
                self.parse_operand()
            } else {
                None
            };
            let (Some(one), Some(other)) = (&left, &right) else {
                self.remark(Remark::Dangling(Operator::Near), span);
                left = left.or(right);
                continue;
            };
            match near(one, other, distance) {
                Ok(pair) => pairs.push(pair),
                Err(error) => {
                    self.remark(Remark::BadNear(error), span);
                    pairs.extend([one.clone(), other.clone()]);
                }
            }
            left = right;
        }
        debug_assert!(self.at > start, "a part takes a token");
        if pairs.is_empty() { left } else { Some(simplify(Ast::All(pairs))) }
    }

    /// One part, `None` where an operator has nothing behind it.
    fn parse_operand(&mut self) -> Option<Ast> {
        let SpannedToken { token, span } = self.next()?;
        match token {
            QueryToken::Word(text) => Some(Ast::Term(Term::word(text))),
            QueryToken::Open(text) => Some(Ast::Term(Term { open: true, ..Term::word(text) })),
            QueryToken::Phrase(text) => Some(Ast::Term(Term { quoted: true, ..Term::word(text) })),
            QueryToken::Condition(condition) => Some(condition),
            QueryToken::OpenBracket => Some(self.group(span)),
            QueryToken::Minus if self.goes_on() => {
                let inner = self.linked().filter(|inner| *inner != Ast::Everything);
                inner.map(|inner| Ast::Not(Box::new(inner)))
            }
            QueryToken::Field(field) if self.goes_on() => self.with_field(field),
            QueryToken::Minus | QueryToken::Field(_) | QueryToken::Near(_) => {
                let operator = match token {
                    QueryToken::Minus => Operator::Minus,
                    QueryToken::Near(_) => Operator::NearFirst,
                    _ => Operator::Field,
                };
                self.remark(Remark::Dangling(operator), span);
                None
            }
            QueryToken::Or | QueryToken::CloseBracket => None,
        }
    }

    /// What a field holds for; of several in a row the last.
    fn with_field(&mut self, mut field: FieldPrefix) -> Option<Ast> {
        while let Some(QueryToken::Field(nearer)) = self.peek() {
            field = *nearer;
            self.at += 1;
        }
        let span = self.tokens.get(self.at).map_or((0, 0), |spanned| spanned.span);
        if !self.goes_on() {
            self.remark(Remark::Dangling(Operator::LastField), span);
            return None;
        }
        let inner = self.parse_operand()?;
        Some(self.fielded(inner, field, span))
    }

    fn group(&mut self, span: (usize, usize)) -> Ast {
        if self.depth >= MAX_DEPTH {
            self.remark(Remark::TooDeep(MAX_DEPTH), span);
            return Ast::Everything;
        }
        self.depth += 1;
        let inner = self.any();
        self.depth -= 1;
        if self.peek() == Some(&QueryToken::CloseBracket) {
            self.at += 1;
        } else {
            self.remark(Remark::OpenBracket, span);
        }
        inner
    }

    /// The tree with a field for all terms that have none.
    fn fielded(&mut self, ast: Ast, field: FieldPrefix, span: (usize, usize)) -> Ast {
        match ast {
            Ast::Term(term) if term.field.is_none() => self.fielded_term(term, field, span),
            Ast::Near { left, right, distance } => match field {
                FieldPrefix::Text(text) if left.field.is_none() => Ast::Near {
                    left: Term { field: Some(text), ..left },
                    right: Term { field: Some(text), ..right },
                    distance,
                },
                _ => Ast::Near { left, right, distance },
            },
            Ast::Not(inner) => Ast::Not(Box::new(self.fielded(*inner, field, span))),
            Ast::All(parts) => Ast::All(parts.into_iter().map(|part| self.fielded(part, field, span)).collect()),
            Ast::Any(parts) => Ast::Any(parts.into_iter().map(|part| self.fielded(part, field, span)).collect()),
            other => other,
        }
    }

    fn fielded_term(&mut self, term: Term, field: FieldPrefix, span: (usize, usize)) -> Ast {
        let read = match field {
            FieldPrefix::Text(text) => return Ast::Term(Term { field: Some(text), ..term }),
            FieldPrefix::Value(facet) => value(facet, &term),
            FieldPrefix::Date => dates(&term, self.today),
        };
        read.unwrap_or_else(|error| {
            self.remark(Remark::BadValue(error), span);
            let facet = if let FieldPrefix::Value(facet) = field { facet } else { Facet::Year };
            Ast::Value { facet, text: term.text, any: Vec::new() }
        })
    }
}

fn value(facet: Facet, term: &Term) -> Result<Ast, FieldValueError> {
    let any = facet_values(facet, term.text.trim()).map_err(FieldValueError::Facet)?;
    Ok(Ast::Value { facet, text: term.text.clone(), any })
}

fn dates(term: &Term, today: Option<Date>) -> Result<Ast, FieldValueError> {
    let DateBounds { from, to } = date_expression::read(&term.text, today).map_err(FieldValueError::Date)?;
    Ok(Ast::Dates { from, to })
}

/// Two parts near each other; alternatives are written out in pairs.
fn near(left: &Ast, right: &Ast, distance: usize) -> Result<Ast, NearError> {
    let (lefts, rights) = (alternatives(left)?, alternatives(right)?);
    if lefts.len() * rights.len() > MOST_PAIRS {
        return Err(NearError::TooManyPairs(MOST_PAIRS));
    }
    let mut pairs = Vec::new();
    for one in &lefts {
        for other in &rights {
            pairs.push(pair(one, other, distance)?);
        }
    }
    Ok(simplify(Ast::Any(pairs)))
}

fn pair(left: &Term, right: &Term, distance: usize) -> Result<Ast, NearError> {
    let field: Option<TextField> = left.field.or(right.field);
    if left.field.is_some() && right.field.is_some() && left.field != right.field {
        return Err(NearError::TwoFields);
    }
    let (left, right) = (Term { field, ..left.clone() }, Term { field, ..right.clone() });
    Ok(Ast::Near { left, right, distance })
}

fn alternatives(part: &Ast) -> Result<Vec<Term>, NearError> {
    match part {
        Ast::Term(term) => Ok(vec![term.clone()]),
        Ast::Any(parts) => parts.iter().map(alternatives).collect::<Result<Vec<_>, _>>().map(|lists| lists.concat()),
        _ => Err(NearError::NoWords),
    }
}

/// Takes out empty parts and lists of one, and flattens lists inside lists of their kind.
fn simplify(ast: Ast) -> Ast {
    let (parts, all) = match ast {
        Ast::All(parts) => (parts, true),
        Ast::Any(parts) => (parts, false),
        other => return other,
    };
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Ast::Everything => {}
            Ast::All(inner) if all => flat.extend(inner),
            Ast::Any(inner) if !all => flat.extend(inner),
            other => flat.push(other),
        }
    }
    match (flat.len(), all) {
        (0, _) => Ast::Everything,
        (1, _) => flat.remove(0),
        (_, true) => Ast::All(flat),
        (_, false) => Ast::Any(flat),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::FILTERS_READ;

    fn parse(text: &str) -> (Ast, Vec<Diagnostic>) {
        super::parse(text, FILTERS_READ)
    }

    #[test]
    fn queries_print_what_was_read() {
        let cases = [
            ("", ""),
            ("送温暖", "送温暖"),
            ("送温暖 困难职工", "送温暖 困难职工"),
            ("“送温暖”", "\"送温暖\""),
            ("「送温暖」维权", "\"送温暖\" 维权"),
            ("送温暖 -维权", "送温暖 -维权"),
            ("送温暖 －“维权”", "送温暖 -\"维权\""),
            ("a | b c", "a | (b c)"),
            ("a OR b", "a | b"),
            ("（a ｜ b） c", "(a | b) c"),
            ("标题:送温暖", "title:送温暖"),
            ("作者：(李新 王平)", "byline:李新 byline:王平"),
            ("-标题:\"a b\"", "-title:\"a b\""),
            ("10:30 4-28", "10:30 4-28"),
            ("-(a | b)", "-(a | b)"),
            ("GDP*", "GDP*"),
            ("标题:gdp＊", "title:gdp*"),
            ("“gdp*”", "\"gdp*\""),
            ("a NEAR/5 b c", "(a NEAR/5 b) c"),
            ("a ＮＥＡＲ b", "a NEAR/10 b"),
            ("a NEAR/2 b NEAR/3 c", "(a NEAR/2 b) (b NEAR/3 c)"),
            ("-a NEAR/2 b", "-(a NEAR/2 b)"),
            ("标题:a NEAR/2 b", "title:a NEAR/2 title:b"),
            ("标题:(a NEAR/2 b)", "title:a NEAR/2 title:b"),
            ("(a | b) NEAR/2 \"c d\"", "(a NEAR/2 \"c d\") | (b NEAR/2 \"c d\")"),
            ("日期:2014年4月", "日期:2014-04-01..2014-04-30"),
            ("日期>2014-04-28", "日期:2014-04-29.."),
            ("日期<2014", "日期:..2013-12-31"),
            ("地区:福建 主题:维权", "region:\"福建\" topic:\"维权\""),
            ("地区:(福建 | 浙江)", "region:\"福建\" | region:\"浙江\""),
            ("金额>=100万", "金额>=1000000"),
            ("「a\"b」", "\"a b\""),
            ("((a))", "a"),
            ("- a", "- a"),
            ("|", ""),
            ("()", ""),
        ];
        for (text, want) in cases {
            assert_eq!(parse(text).0.to_string(), want, "{text:?}");
        }
    }

    #[test]
    fn faults_are_diagnosed_and_never_fail() {
        let cases = [
            ("\"送温暖", "open_quote"),
            ("(a", "open_bracket"),
            ("a)", "stray_bracket"),
            ("标题:", "dangling_operator"),
            ("|", "operators_only"),
            ("甲 NEAR/5", "dangling_operator"),
            ("甲 NEAR/999 乙", "near_as_text"),
            ("甲 NEAR (乙 丙)", "bad_near"),
            ("工会*", "star_left_out"),
            ("2014年4月", "date_as_text"),
            ("地区:亚特兰蒂斯", "bad_value"),
            ("日期:工会", "bad_value"),
            ("日期:去年", "bad_value"),
            ("金额>=很多", "bad_condition"),
        ];
        for (text, code) in cases {
            let (_, diagnostics) = parse(text);
            assert_eq!(diagnostics.first().map(|d| d.remark.code()), Some(code), "{text:?}");
        }
        let deep = "(".repeat(1000) + "a";
        assert!(parse(&deep).1.iter().any(|d| d.remark.code() == "too_deep"));
    }

    /// Found in review: a word was taken out anew, with all that follows, for every field before it.
    #[test]
    fn long_texts_are_read_in_one_pass() {
        for piece in ["标题:", "标题:a ", "-a", "(", "a|", "a NEAR/3 ", "“", "地区:福建 ", "金额>=3 ", "N", "2014年"]
        {
            let text = piece.repeat(100_000);
            let (tree, _) = parse(&text);
            assert!(tree.size() <= 300_000, "{piece}");
        }
    }

    #[test]
    fn printing_and_reading_again_gives_the_same_tree() {
        let pieces = [
            "a",
            "送温暖",
            "-",
            "\"",
            "(",
            ")",
            "|",
            " ",
            "标题:",
            "OR ",
            "4-28",
            "：",
            "“",
            "”",
            "　",
            "title:",
            " NEAR/2 ",
            "NEAR",
            "*",
            "gdp",
            "日期:",
            "2014",
            "地区:",
            "福建",
            "「",
            "」",
            "金额>=3",
        ];
        let mut state = 7u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..(state % 9) {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let tree = parse(&text).0;
            let printed = tree.to_string();
            assert_eq!(parse(&printed).0, tree, "{text:?} -> {printed:?}");
        }
    }
}
