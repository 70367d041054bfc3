//! Kinds of files that no reader takes, from `foreign_formats.toml`: how they are known and what to do with them.

use serde::Deserialize;
use std::sync::OnceLock;

const TEXT: &str = include_str!("foreign_formats.toml");

/// A kind of file that no reader takes.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignFormat {
    /// What people call it.
    pub name: String,
    /// That in Chinese; empty where it is the same.
    #[serde(default)]
    zh: String,
    /// The code of what to do; words are in `messages`.
    pub way: String,
    /// Names of files, without extension or with it, in lower case.
    #[serde(default)]
    names: Vec<String>,
    /// Extensions in lower case.
    extensions: Vec<String>,
    /// First bytes in hexadecimal digits; `..` is any byte.
    #[serde(default)]
    starts: Vec<String>,
    /// Whether it is no part of an archive, so that leaving it out loses nothing.
    #[serde(default)]
    pub skip: bool,
}

/// The table.
#[derive(Debug, Deserialize)]
pub struct ForeignFormats {
    format: Vec<ForeignFormat>,
}

/// The table, parsed once.
pub fn foreign_formats() -> &'static ForeignFormats {
    static TABLE: OnceLock<ForeignFormats> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

impl ForeignFormats {
    /// All kinds, in the order of the table.
    pub fn all(&self) -> &[ForeignFormat] {
        &self.format
    }

    /// The kind of a file by its first bytes, else by its name; one that is no part of an archive by its whole name before that.
    pub fn find(&self, path: &str, bytes: &[u8]) -> Option<&ForeignFormat> {
        let beside = self.by_whole_name(path).filter(|format| format.skip);
        beside.or_else(|| self.by_content(bytes)).or_else(|| self.by_name(path))
    }

    /// The kind whose first bytes these are.
    pub fn by_content(&self, bytes: &[u8]) -> Option<&ForeignFormat> {
        self.format.iter().find(|format| format.starts.iter().any(|start| begins(bytes, start)))
    }

    /// The kind that a file is by its whole name, such as README or Thumbs.db, whatever it holds.
    pub fn by_whole_name(&self, path: &str) -> Option<&ForeignFormat> {
        let (whole, stem, _) = parts(path);
        self.format.iter().find(|format| format.names.iter().any(|name| *name == whole || *name == stem))
    }

    /// What people call a kind in Chinese.
    pub fn chinese_name<'a>(&'a self, name: &'a str) -> &'a str {
        let known = self.format.iter().find(|format| format.name == name && !format.zh.is_empty());
        known.map_or(name, |format| &format.zh)
    }

    fn by_name(&self, path: &str) -> Option<&ForeignFormat> {
        let (.., extension) = parts(path);
        let of_extension = |format: &&ForeignFormat| format.extensions.contains(&extension);
        self.by_whole_name(path).or_else(|| self.format.iter().find(of_extension))
    }
}

/// The name of a file, the name without what follows its first point, and the extension, all in lower case.
fn parts(path: &str) -> (String, String, String) {
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let stem = name.split('.').next().unwrap_or_default().to_owned();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default();
    (name, stem, extension)
}

/// Whether bytes begin as hexadecimal digits say.
fn begins(bytes: &[u8], digits: &str) -> bool {
    let pairs = digits.as_bytes().chunks(2);
    let wanted = pairs.map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()));
    let fits = wanted.zip(bytes).take_while(|(wanted, byte)| wanted.is_none_or(|wanted| wanted == **byte)).count();
    !digits.is_empty() && fits * 2 == digits.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_first_bytes_before_its_name() {
        let name = |path: &str, bytes: &[u8]| foreign_formats().find(path, bytes).map(|format| format.name.as_str());
        assert_eq!(name("a/b.DOC", b"x"), Some("Word 97-2003 (.doc)"));
        assert_eq!(name("b.txt", b"\x89PNG\r\n\x1a\n...."), Some("picture (PNG)"));
        assert_eq!(name("b.gif", b"RIFF1234WEBPVP8"), Some("picture"));
        assert_eq!(name("b.doc", b"Rar!\x1a\x07\x00"), Some("RAR"));
        assert_eq!(name("b.unheard-of", b"text"), None);
        assert_eq!(name("x/README.md", b"# x").zip(name("readme", b"")), Some(("README", "README")));
        assert_eq!(name("Thumbs.db", b""), Some("file of the operating system"));
        assert!(foreign_formats().by_whole_name("1998/03/02.md").is_none());
    }

    #[test]
    fn the_table_is_well_formed() {
        for format in foreign_formats().all() {
            let known = format.names.len() + format.extensions.len() + format.starts.len();
            assert!(known > 0 && !format.name.is_empty() && !format.way.is_empty(), "{format:?}");
            assert!(
                format.extensions.iter().all(|one| *one == one.to_lowercase() && !one.starts_with('.')),
                "{format:?}"
            );
            let hexadecimal = |start: &String| {
                start.len().is_multiple_of(2)
                    && start.chars().all(|c| c == '.' || c.is_ascii_hexdigit())
                    && begins(&hex(start), start)
            };
            assert!(format.starts.iter().all(hexadecimal), "{format:?}");
        }
        let all: Vec<&String> = foreign_formats().all().iter().flat_map(|format| &format.extensions).collect();
        let unique: std::collections::BTreeSet<&&String> = all.iter().collect();
        assert_eq!(all.len(), unique.len(), "an extension stands once");
    }

    fn hex(digits: &str) -> Vec<u8> {
        let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap_or(b'x');
        digits.as_bytes().chunks(2).map(pair).collect()
    }
}
