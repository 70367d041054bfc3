//! Names of files as text: UTF-8, or what an older system wrote.

use super::decode::CharacterTally;
use encoding_rs::{BIG5, Encoding, GB18030};
use std::ffi::OsStr;
use std::path::Path;

/// A path as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathText {
    /// Its parts with `/` between them.
    pub text: String,
    /// The encoding by which a part was read that is not UTF-8; empty where none fits, and its bytes are shown as `%XX`.
    pub encoding: Option<&'static str>,
}

/// A path as text: each part that is not UTF-8 is read as GB18030 or Big5 where that reads.
pub fn path_text(path: &Path) -> PathText {
    let is_old = path.to_str().is_none();
    let read =
        |part| doubtful_text(part).filter(|_| is_old).map_or_else(|| part_text(part), |(text, own)| (text, Some(own)));
    joined(path.iter().map(read))
}

/// A path with the bytes of it that are not UTF-8 as `%XX`: other paths have other texts.
pub(super) fn escaped_path(path: &Path) -> String {
    joined(path.iter().map(|part| (escaped(part.as_encoded_bytes()), None))).text
}

fn joined(read: impl Iterator<Item = (String, Option<&'static str>)>) -> PathText {
    let (mut parts, mut encoding) = (Vec::new(), None);
    for (text, own) in read {
        // A part that no encoding fits is what has to be told.
        encoding = if own == Some("") { own } else { encoding.or(own) };
        parts.push(text);
    }
    let text = parts.join("/");
    // The root of an absolute path is a part of its own.
    let text = text.strip_prefix("//").map(|rest| format!("/{rest}")).unwrap_or(text);
    PathText { text, encoding }
}

/// A name in a path of an older system that is UTF-8 by chance: the two bytes of a character of GBK may be one of UTF-8, hardly of
/// Chinese.
fn doubtful_text(part: &OsStr) -> Option<(String, &'static str)> {
    let text = part.to_str().filter(|text| !text.is_ascii() && text.chars().all(|c| c < '\u{800}'))?;
    legacy(text.as_bytes())
}

/// A name as text, and the encoding where it is not UTF-8.
pub(super) fn part_text(part: &OsStr) -> (String, Option<&'static str>) {
    if let Some(text) = part.to_str() {
        return (text.to_owned(), None);
    }
    // On Unix these are the bytes of the name.
    let bytes = part.as_encoded_bytes();
    match legacy(bytes) {
        Some((text, encoding)) => (text, Some(encoding)),
        None => (escaped(bytes), Some("")),
    }
}

/// How much better a name has to read as Big5 than as GB18030, which most names are of.
const MARGIN: f64 = 0.4;

fn legacy(bytes: &[u8]) -> Option<(String, &'static str)> {
    let read = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned();
        let tally = CharacterTally::of(&text);
        tally.may_be_name().then_some((text, encoding.name(), tally.score()))
    };
    let best = match (read(GB18030), read(BIG5)) {
        (Some(gb), Some(big)) => Some(if big.2 > gb.2 + MARGIN { big } else { gb }),
        (gb, big) => gb.or(big),
    };
    best.map(|(text, name, _)| (text, name))
}

fn escaped(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
    }
    out
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    fn text(bytes: &[u8]) -> (String, Option<&'static str>) {
        let read = path_text(Path::new(OsStr::from_bytes(bytes)));
        (read.text, read.encoding)
    }

    #[test]
    fn names_of_older_systems_are_read() {
        let gb = GB18030.encode("工人日报/1998年3月2日第1版.txt").0.into_owned();
        assert_eq!(text(&gb), ("工人日报/1998年3月2日第1版.txt".to_owned(), Some("gb18030")));
        let big = BIG5.encode("勞工週報第十二期.txt").0.into_owned();
        assert_eq!(text(&big), ("勞工週報第十二期.txt".to_owned(), Some("Big5")));
        assert_eq!(text("工会 /a.txt ".as_bytes()), ("工会 /a.txt ".to_owned(), None));
        assert_eq!(text(b"a/\xFF\xE5.txt"), ("a/%FF%E5.txt".to_owned(), Some("")));
        assert_eq!(escaped_path(Path::new(OsStr::from_bytes(b"a\xB9\xA4/b"))), "a%B9%A4/b");
    }
}
