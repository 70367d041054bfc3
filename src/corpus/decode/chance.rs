//! A few characters that are UTF-8 by chance: some words of GBK are (为什么 is Ϊʲô), where nothing else in the text tells.

use super::readable::CharacterTally;
use encoding_rs::GB18030;

/// More characters than this are UTF-8 not by chance.
const MOST: usize = 12;

/// Whether a text has so few characters outside ASCII, all of two bytes, that it may as well be of another encoding.
pub(super) fn is_doubtful(text: &str) -> bool {
    let mut others = text.chars().filter(|c| !c.is_ascii());
    let few = others.by_ref().take(MOST).all(|c| c < '\u{800}');
    few && others.next().is_none() && !text.is_ascii()
}

/// Whether a text reads as usual Chinese in GBK, and in UTF-8 as letters of several scripts beside each other.
pub(super) fn is_gbk(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let scattered = letters.windows(2).any(|pair| is_scattered(pair[0], pair[1]));
    let gbk = || GB18030.decode_without_bom_handling_and_without_replacement(text.as_bytes());
    let reads = |text: &str| {
        let tally = CharacterTally::of(text);
        tally.frequent * 2 >= tally.all && tally.frequent + tally.known == tally.all
    };
    scattered && gbk().is_some_and(|text| reads(&text))
}

/// Whether two letters beside each other are of different scripts.
fn is_scattered(first: char, second: char) -> bool {
    let script = |c: char| Some(c).filter(|c| !c.is_ascii() && c.is_alphabetic()).map(script);
    script(first).zip(script(second)).is_some_and(|(first, second)| first != second)
}

fn script(c: char) -> u32 {
    match u32::from(c) {
        // Latin letters with accents.
        0x80..=0x24F => 0,
        code => code >> 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_gbk_are_told_from_accents_and_units() {
        for word in ["为什么", "应为"] {
            let bytes = GB18030.encode(word).0.into_owned();
            let text = String::from_utf8(bytes).unwrap();
            assert!(is_doubtful(&text) && is_gbk(&text), "{word}");
        }
        for text in ["café", "Ω·m", "α β", "Zürich – São Paulo", "éę", "工会", "a", "Привет", "10°C × 2"]
        {
            assert!(!is_doubtful(text) || !is_gbk(text), "{text}");
        }
    }
}
