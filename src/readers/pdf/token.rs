//! The words of a content stream or a CMap: operands, then the operator that takes them.

/// Operands that are kept for one operator; further ones push out nothing and are dropped.
const MAX_OPERANDS: usize = 100_000;

/// Arrays and dictionaries inside each other that are read.
const MAX_DEPTH: usize = 16;

/// An operand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Text(Vec<u8>),
    Name(Vec<u8>),
    List(Vec<Self>),
    /// The keys and values of a dictionary, one after the other.
    Dictionary(Vec<Self>),
}

impl Operand {
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    /// The value of a key of a dictionary.
    pub(super) fn entry(&self, key: &[u8]) -> Option<&Self> {
        let Self::Dictionary(parts) = self else { return None };
        parts.chunks_exact(2).find(|pair| pair[0].name() == Some(key)).map(|pair| &pair[1])
    }
}

/// An operator with the operands before it.
#[derive(Debug, PartialEq)]
pub(super) struct Operation<'a> {
    pub(super) operator: &'a [u8],
    pub(super) operands: Vec<Operand>,
}

/// Reads the steps of a stream. What is no word of the language is passed over.
pub(super) struct Operations<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// What stands next in a stream.
enum PdfToken<'a> {
    Value(Operand),
    Operator(&'a [u8]),
    /// The end of an array or dictionary.
    Close,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Operations<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The bytes from here on that fit.
    fn run(&mut self, fits: fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !fits(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Passes over white space, comments, and brackets that close nothing.
    fn skip_blank(&mut self) {
        loop {
            self.run(|byte| is_space(byte) || matches!(byte, b')' | b'{' | b'}'));
            if self.peek() != Some(b'%') {
                return;
            }
            self.run(|byte| !matches!(byte, b'\n' | b'\r'));
        }
    }

    /// The next word, at most `depth` brackets deep.
    fn word(&mut self, depth: usize) -> Option<PdfToken<'a>> {
        self.skip_blank();
        let first = self.peek()?;
        let second = self.bytes.get(self.at + 1);
        if is_regular(first) {
            return Some(plain(self.run(is_regular)));
        }
        self.at += 1;
        Some(match first {
            b'/' => PdfToken::Value(Operand::Name(unescaped(self.run(is_regular)))),
            b'(' => PdfToken::Value(Operand::Text(self.literal())),
            b'<' if second == Some(&b'<') => {
                self.at += 1;
                PdfToken::Value(Operand::Dictionary(self.members(depth)))
            }
            b'<' => PdfToken::Value(Operand::Text(self.hexadecimal())),
            b'[' => PdfToken::Value(Operand::List(self.members(depth))),
            _ => PdfToken::Close,
        })
    }

    /// The members of an array or dictionary whose bracket was read.
    fn members(&mut self, depth: usize) -> Vec<Operand> {
        let mut members = Vec::new();
        if depth >= MAX_DEPTH {
            return members;
        }
        loop {
            match self.word(depth + 1) {
                Some(PdfToken::Value(value)) if members.len() < MAX_OPERANDS => members.push(value),
                Some(PdfToken::Value(_)) => {}
                // `true`, `null` and `R` take a place, so that keys and values stay in step.
                Some(PdfToken::Operator(word)) => members.push(Operand::Name(word.to_vec())),
                Some(PdfToken::Close) | None => break,
            }
        }
        if self.bytes.get(self.at.wrapping_sub(1)..=self.at) == Some(b">>") {
            self.at += 1;
        }
        members
    }

    /// A string in round brackets, after the first one.
    fn literal(&mut self) -> Vec<u8> {
        let (mut text, mut open) = (Vec::new(), 1);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
            text.push(byte);
        }
        text
    }

    /// What stands after a backslash.
    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'0'..=b'7' => text.push(self.octal(byte)),
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            other => text.push(other),
        }
    }

    /// Up to three octal digits, the first of which was read.
    fn octal(&mut self, first: u8) -> u8 {
        let mut value = u32::from(first - b'0');
        for _ in 0..2 {
            let Some(digit @ b'0'..=b'7') = self.peek() else { break };
            value = value * 8 + u32::from(digit - b'0');
            self.at += 1;
        }
        (value & 0xFF) as u8
    }

    /// A string of hexadecimal digits, after its bracket.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let digits: Vec<u8> = self.run(|byte| byte != b'>').iter().filter_map(|byte| hex(*byte)).collect();
        self.at += 1;
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
    }

    /// Passes over the data of an inline picture, to behind its `EI`.
    fn skip_picture(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let ends = |window: &[u8]| is_space(window[0]) && &window[1..3] == b"EI" && is_space(window[3]);
        let found = rest.windows(4).enumerate().position(|(at, window)| ends(window) && reads_on(&rest[at + 4..]));
        self.at = found.map_or(self.bytes.len(), |found| self.at + found + 4);
    }
}

/// Whether bytes look like a content stream, not like picture data.
fn reads_on(rest: &[u8]) -> bool {
    rest.iter().take(12).all(|byte| byte.is_ascii_graphic() || is_space(*byte) && *byte != 0)
}

impl<'a> Iterator for Operations<'a> {
    type Item = Operation<'a>;

    fn next(&mut self) -> Option<Operation<'a>> {
        let mut operands = Vec::new();
        loop {
            match self.word(0)? {
                PdfToken::Value(value) if operands.len() < MAX_OPERANDS => operands.push(value),
                PdfToken::Value(_) | PdfToken::Close => {}
                PdfToken::Operator(operator) => {
                    if operator == b"ID" {
                        self.skip_picture();
                    }
                    return Some(Operation { operator, operands });
                }
            }
        }
    }
}

/// A number or an operator.
fn plain(word: &[u8]) -> PdfToken<'_> {
    match word[0] {
        b'0'..=b'9' | b'+' | b'-' | b'.' => PdfToken::Value(Operand::Number(number(word))),
        _ => PdfToken::Operator(word),
    }
}

/// The value of a number; what is none is 0, as in other readers.
fn number(word: &[u8]) -> f64 {
    let text = std::str::from_utf8(word).unwrap_or_default();
    let value: f64 = text.parse().unwrap_or_else(|_| {
        let digits = text.trim_start_matches(['-', '+']);
        let length = digits.bytes().position(|b| !b.is_ascii_digit() && b != b'.').unwrap_or(digits.len());
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        sign * digits[..length].parse::<f64>().unwrap_or(0.0)
    });
    if value.is_finite() { value.clamp(-1e9, 1e9) } else { 0.0 }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// A name with its `#xx` resolved.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let (mut plain, mut at) = (Vec::with_capacity(name.len()), 0);
    while let Some(byte) = name.get(at) {
        let pair = (name.get(at + 1).copied().and_then(hex), name.get(at + 2).copied().and_then(hex));
        if let (b'#', (Some(high), Some(low))) = (byte, pair) {
            plain.push(high << 4 | low);
            at += 3;
        } else {
            plain.push(*byte);
            at += 1;
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &[u8]) -> Vec<(String, Vec<Operand>)> {
        Operations::new(text).map(|step| (String::from_utf8_lossy(step.operator).into_owned(), step.operands)).collect()
    }

    #[test]
    fn operands_come_before_their_operator() {
        let read = steps(b"/F1 -.5 Tf % note\n[(a\\(\\101\\\n) <4e0> -12.] TJ");
        let list = vec![Operand::Text(b"a(A".to_vec()), Operand::Text(vec![0x4E, 0]), Operand::Number(-12.0)];
        assert_eq!(read[0], ("Tf".into(), vec![Operand::Name(b"F1".to_vec()), Operand::Number(-0.5)]));
        assert_eq!(read[1], ("TJ".into(), vec![Operand::List(list)]));
    }

    #[test]
    fn dictionaries_have_entries() {
        let read = steps(b"/Span <</MCID 3/ActualText (x)/L [1 2]>> BDC ET");
        assert_eq!(read[0].1[1].entry(b"ActualText"), Some(&Operand::Text(b"x".to_vec())));
        assert_eq!((read[0].1[1].entry(b"Nothing"), read[1].0.as_str()), (None, "ET"));
    }

    #[test]
    fn picture_data_is_no_text() {
        let read = steps(b"BI /W 1 ID \x00(\xFF EI \x80 EI Q\n");
        assert_eq!(read.iter().map(|step| step.0.as_str()).collect::<Vec<_>>(), ["BI", "ID", "Q"]);
    }

    #[test]
    fn damage_ends_and_never_panics() {
        for text in [&b"[[[[("[..], b"<", b"<<", b"/", b"\\", b"(\\", b">>]]", b"#", b"1e999 - . --3 Td", b"/a#4 gs"] {
            let _ = steps(text);
        }
        assert_eq!(steps(&b"[".repeat(5000)).len(), 0);
        assert_eq!(steps(b"--3 4-5 Td")[0].1, [Operand::Number(-3.0), Operand::Number(4.0)]);
    }
}
