//! Query text → tree. Never fails: what cannot be read as an operator is text, and a diagnostic says so.

use super::{Ast, Diagnostic};
use crate::model::{Measure, TextField};
use crate::text::{fold, number_value};

/// Brackets deeper than this are read as if they were not there.
pub const MAX_DEPTH: usize = 32;

/// The most terms of a query; one more is refused by the archive.
pub const MAX_TERMS: usize = 64;

const FIELDS: &[(&str, TextField)] = &[
    ("标题", TextField::Title),
    ("title", TextField::Title),
    ("正文", TextField::Body),
    ("body", TextField::Body),
    ("图片", TextField::Caption),
    ("caption", TextField::Caption),
    ("作者", TextField::Byline),
    ("author", TextField::Byline),
    ("byline", TextField::Byline),
    ("栏目", TextField::Column),
    ("column", TextField::Column),
];

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Phrase(String),
    Open,
    Close,
    Or,
    Minus,
    Field(TextField),
    Amount(Ast),
}

struct Spanned {
    token: Token,
    span: (usize, usize),
}

/// Reads a query. The diagnostics' spans count code points of `text`.
pub fn parse(text: &str) -> (Ast, Vec<Diagnostic>) {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, tokens: Vec::new(), diagnostics: Vec::new() };
    lexer.run();
    let mut parser = Parser { tokens: lexer.tokens, at: 0, depth: 0, diagnostics: lexer.diagnostics };
    let mut parts = vec![parser.any()];
    while let Some(stray) = parser.next() {
        parser.diagnostics.push(Diagnostic {
            code: "stray_bracket",
            span: stray.span,
            message: "a closing bracket without an opening one is left out".into(),
            hint: "put brackets in quotes to search for them as text".into(),
        });
        parts.push(parser.any());
    }
    let tree = simplify(Ast::All(parts));
    if tree == Ast::Everything && !text.trim().is_empty() && parser.diagnostics.is_empty() {
        let span = (0, text.chars().count());
        let message = "there are operators only; every article matches".into();
        parser.diagnostics.push(Diagnostic {
            code: "operators_only",
            span,
            message,
            hint: "write a word beside them".into(),
        });
    }
    (tree, parser.diagnostics)
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    tokens: Vec<Spanned>,
    diagnostics: Vec<Diagnostic>,
}

fn closing_quotes(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '“' | '”' | '＂' => Some(&['"', '”', '“', '＂']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        _ => None,
    }
}

fn single(c: char) -> Option<Token> {
    match c {
        '(' | '（' => Some(Token::Open),
        ')' | '）' => Some(Token::Close),
        '|' | '｜' => Some(Token::Or),
        _ => None,
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || single(c).is_some() || closing_quotes(c).is_some()
}

impl Lexer {
    fn run(&mut self) {
        while let Some(&c) = self.chars.get(self.at) {
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
                self.push(Token::Minus, start);
            } else {
                self.word();
            }
        }
    }

    fn push(&mut self, token: Token, start: usize) {
        self.tokens.push(Spanned { token, span: (start, self.at) });
    }

    /// A minus excludes at the start of a word, also right behind a phrase or bracket; in `4-28` or alone it is text.
    fn minus_applies(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.chars.get(at));
        let after = self.chars.get(self.at + 1);
        let begins = before.is_none_or(|c| ends_word(*c) || *c == '」' || *c == '』');
        begins
            && after.is_some_and(|c| {
                !c.is_whitespace() && *c != '-' && !matches!(single(*c), Some(Token::Close | Token::Or))
            })
    }

    fn phrase(&mut self, closing: &[char]) {
        let start = self.at;
        let rest = &self.chars[start + 1..];
        let length = rest.iter().position(|c| closing.contains(c));
        let text: String = rest[..length.unwrap_or(rest.len())].iter().collect();
        self.at = length.map_or(self.chars.len(), |length| start + length + 2);
        if length.is_none() {
            self.diagnostics.push(Diagnostic {
                code: "open_quote",
                span: (start, self.at),
                message: "the quotation mark is not closed; the phrase goes to the end".into(),
                hint: "close the phrase with a quotation mark".into(),
            });
        }
        self.push(Token::Phrase(text), start);
    }

    fn word(&mut self) {
        let start = self.at;
        let length = self.chars[start..].iter().position(|c| ends_word(*c)).unwrap_or(self.chars.len() - start);
        let word: String = self.chars[start..start + length].iter().collect();
        if let Some((prefix, field)) = field_prefix(&word) {
            self.at = start + prefix;
            return self.push(Token::Field(field), start);
        }
        self.at = start + length;
        match amount(&word) {
            Some(Ok(amount)) => return self.push(Token::Amount(amount), start),
            Some(Err(message)) => {
                let hint = "write it as 金额>=100万, 人数<=500 or 户数=3000, without spaces".into();
                self.diagnostics.push(Diagnostic { code: "bad_amount", span: (start, self.at), message, hint });
            }
            None => (),
        }
        let operator = matches!(word.as_str(), "OR" | "ＯＲ");
        if let Some(message) = later_operator(&word) {
            let hint = "put it in quotes to search for it as text".into();
            self.diagnostics.push(Diagnostic { code: "not_supported", span: (start, self.at), message, hint });
        }
        self.push(if operator { Token::Or } else { Token::Word(word) }, start);
    }
}

/// Names of measures beside the Chinese ones.
const MEASURES: &[(&str, Measure)] =
    &[("amount", Measure::Yuan), ("people", Measure::Person), ("households", Measure::Household)];

/// A condition on what an article counts: `金额>=100万`. `None` where the word has no such form, an error where its number
/// cannot be read.
fn amount(word: &str) -> Option<Result<Ast, String>> {
    let chinese = Measure::ALL.into_iter().map(|measure| (measure.zh(), measure));
    let mut names = chinese.chain(MEASURES.iter().copied());
    let (rest, measure) = names.find_map(|(name, measure)| Some((word.strip_prefix(name)?, measure)))?;
    let plain: Vec<char> = rest.chars().map(fold).collect();
    let (length, least, most) = match plain.as_slice() {
        ['>', '=', ..] => (2, Some(0), None),
        ['<', '=', ..] => (2, None, Some(0)),
        ['≥', ..] => (1, Some(0), None),
        ['≤', ..] => (1, None, Some(0)),
        ['>', ..] => (1, Some(1), None),
        ['<', ..] => (1, None, Some(1)),
        ['=', ..] => (1, Some(0), Some(0)),
        _ => return None,
    };
    let number = number_value(&plain[length..]);
    let whole = number.filter(|(_, end)| plain[length + end..].iter().all(|c| "元人名户位".contains(*c)));
    let Some((value, _)) = whole else { return Some(Err(format!("`{word}` has no number that can be read"))) };
    let value = value.round() as u64;
    let (least, most) = (least.map(|more| value + more), most.map(|less: u64| value.saturating_sub(less)));
    Some(Ok(Ast::Amount { measure, least, most }))
}

/// What to say of an operator that the grammar does not have yet: it is read as text.
fn later_operator(word: &str) -> Option<String> {
    let star = word.ends_with('*') && word.len() > 1;
    let near = word == "NEAR" || word.starts_with("NEAR/");
    (star || near).then(|| format!("`{word}` is no operator here and is searched as text"))
}

/// The field a word begins with, and the length of `field:` in code points.
fn field_prefix(word: &str) -> Option<(usize, TextField)> {
    let name: String = word.chars().take_while(|c| !matches!(c, ':' | '：')).collect();
    let (_, field) = FIELDS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known))?;
    let length = name.chars().count() + 1;
    (word.chars().count() >= length).then_some((length, *field))
}

struct Parser {
    tokens: Vec<Spanned>,
    at: usize,
    depth: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|spanned| &spanned.token)
    }

    fn next(&mut self) -> Option<Spanned> {
        let spanned = self.tokens.get(self.at)?;
        self.at += 1;
        Some(Spanned { token: spanned.token.clone(), span: spanned.span })
    }

    fn any(&mut self) -> Ast {
        let mut parts = vec![self.all()];
        while self.peek() == Some(&Token::Or) {
            self.at += 1;
            parts.push(self.all());
        }
        parts.retain(|part| *part != Ast::Everything);
        simplify(Ast::Any(parts))
    }

    fn all(&mut self) -> Ast {
        let mut parts = Vec::new();
        while self.peek().is_some_and(|token| !matches!(token, Token::Or | Token::Close)) {
            parts.extend(self.one(None));
        }
        simplify(Ast::All(parts))
    }

    /// One part, `None` where an operator has nothing behind it. `field` holds for the terms inside.
    fn one(&mut self, field: Option<TextField>) -> Option<Ast> {
        let Spanned { token, span } = self.next()?;
        let dangling = |message: &str| Diagnostic {
            code: "dangling_operator",
            span,
            message: message.into(),
            hint: String::new(),
        };
        let goes_on = self.peek().is_some_and(|token| !matches!(token, Token::Or | Token::Close));
        match token {
            Token::Word(text) => Some(Ast::Term { text, quoted: false, field }),
            Token::Amount(amount) => Some(amount),
            Token::Phrase(text) => Some(Ast::Term { text, quoted: true, field }),
            Token::Open => Some(self.group(span, field)),
            Token::Minus if goes_on => {
                let inner = self.one(field).filter(|inner| *inner != Ast::Everything);
                inner.map(|inner| Ast::Not(Box::new(inner)))
            }
            Token::Field(field) if goes_on => self.one(Some(field)),
            Token::Minus | Token::Field(_) => {
                self.diagnostics.push(dangling("nothing follows; it is left out"));
                None
            }
            Token::Or | Token::Close => None,
        }
    }

    fn group(&mut self, span: (usize, usize), field: Option<TextField>) -> Ast {
        if self.depth >= MAX_DEPTH {
            self.diagnostics.push(Diagnostic {
                code: "too_deep",
                span,
                message: format!("brackets deeper than {MAX_DEPTH} are left out"),
                hint: String::new(),
            });
            return Ast::Everything;
        }
        self.depth += 1;
        let inner = self.any();
        self.depth -= 1;
        if self.peek() == Some(&Token::Close) {
            self.at += 1;
        } else {
            let message = "the bracket is not closed; it goes to the end".into();
            self.diagnostics.push(Diagnostic { code: "open_bracket", span, message, hint: String::new() });
        }
        with_field(inner, field)
    }
}

fn with_field(ast: Ast, field: Option<TextField>) -> Ast {
    match ast {
        Ast::Term { text, quoted, field: own } => Ast::Term { text, quoted, field: own.or(field) },
        Ast::Not(inner) => Ast::Not(Box::new(with_field(*inner, field))),
        Ast::All(parts) => Ast::All(parts.into_iter().map(|part| with_field(part, field)).collect()),
        Ast::Any(parts) => Ast::Any(parts.into_iter().map(|part| with_field(part, field)).collect()),
        other @ (Ast::Everything | Ast::Amount { .. }) => other,
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
            ("甲 NEAR/5 乙", "not_supported"),
            ("gdp*", "not_supported"),
        ];
        for (text, code) in cases {
            let (_, diagnostics) = parse(text);
            assert_eq!(diagnostics.first().map(|d| d.code), Some(code), "{text:?}");
        }
        let deep = "(".repeat(1000) + "a";
        assert!(parse(&deep).1.iter().any(|d| d.code == "too_deep"));
    }

    #[test]
    fn printing_and_reading_again_gives_the_same_tree() {
        let pieces =
            ["a", "送温暖", "-", "\"", "(", ")", "|", " ", "标题:", "OR ", "4-28", "：", "“", "”", "　", "title:"];
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
