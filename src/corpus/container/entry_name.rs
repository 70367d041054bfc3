//! The name of an entry as the path of a member.

use crate::corpus::decode;

/// Longest path of a member, in bytes.
const LONGEST: usize = 4096;

/// Deepest path of a member, in folders.
const DEEPEST: usize = 64;

/// Why an entry is not a member because of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameFault {
    /// It is hidden, or of the folder in which one system keeps what others do not show.
    Hidden,
    /// It leads out of the container, or is no path.
    Unsafe,
}

/// What is lost by leaving out an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SkipKind {
    /// Nothing that was to be read.
    Passed,
    /// A file.
    Lost,
    /// All that lies in it.
    HidesFiles,
}

impl NameFault {
    /// What is lost by it.
    pub(super) fn kind(self) -> SkipKind {
        match self {
            Self::Hidden => SkipKind::Passed,
            Self::Unsafe => SkipKind::Lost,
        }
    }

    /// The reason in reports.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Unsafe => "the name leads out of the container or is no path; pack the file anew under another name",
        }
    }
}

/// The path of a member by the bytes of its name: UTF-8, else what the bytes look like (GBK as a rule); `\` parts as `/` does.
/// Control characters are shown as U+FFFD.
pub(super) fn member_path(raw: &[u8]) -> String {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => text.to_owned(),
        // A name is short: what it looks like is tried, then the encoding that Chinese systems pack names in.
        Err(_) => decode(raw, None)
            .or_else(|_| decode(raw, Some("gb18030")))
            .map_or_else(|_| String::from_utf8_lossy(raw).into_owned(), |decoded| decoded.text),
    };
    text.chars()
        .map(|c| match c {
            '\\' => '/',
            _ if c.is_control() => '\u{FFFD}',
            _ => c,
        })
        .collect()
}

/// A path as it stands in an address.
///
/// # Errors
/// [`NameFault`] where it must not be read under its name.
pub(super) fn checked(path: &str) -> Result<String, NameFault> {
    let (scheme, path) = split_scheme(path);
    let is_drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if path.starts_with('/') || is_drive || path.len() > LONGEST || path.contains("!/") {
        return Err(NameFault::Unsafe);
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.is_empty() || parts.len() > DEEPEST || parts.contains(&"..") {
        return Err(NameFault::Unsafe);
    }
    if parts.iter().any(|part| part.starts_with('.') || *part == "__MACOSX") {
        return Err(NameFault::Hidden);
    }
    Ok(format!("{scheme}{}", parts.join("/")))
}

/// The scheme of a web address, and the rest.
fn split_scheme(path: &str) -> (&str, &str) {
    let scheme = ["http://", "https://"].into_iter().find(|scheme| path.starts_with(scheme));
    path.split_at(scheme.map_or(0, str::len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_paths_or_are_left_out() {
        let cases = [
            ("1998/03/02.txt", Ok("1998/03/02.txt")),
            ("https://a.cn//b/./c.htm", Ok("https://a.cn/b/c.htm")),
            ("./1998//02.txt", Ok("1998/02.txt")),
            ("../../etc/passwd", Err(NameFault::Unsafe)),
            ("a/../../b", Err(NameFault::Unsafe)),
            ("/etc/passwd", Err(NameFault::Unsafe)),
            ("C:/x.txt", Err(NameFault::Unsafe)),
            ("a.zip!/b", Err(NameFault::Unsafe)),
            ("", Err(NameFault::Unsafe)),
            ("__MACOSX/._a.txt", Err(NameFault::Hidden)),
            ("a/.DS_Store", Err(NameFault::Hidden)),
        ];
        for (path, want) in cases {
            assert_eq!(checked(path), want.map(str::to_owned), "{path}");
        }
    }

    #[test]
    fn names_in_gbk_and_with_backslashes_are_read() {
        let gbk = encoding_rs::GBK.encode("一九九八年\\三月.txt").0.into_owned();
        assert_eq!(member_path(&gbk), "一九九八年/三月.txt");
        assert_eq!(member_path("报纸/二版.txt".as_bytes()), "报纸/二版.txt");
        assert_eq!(member_path(b"a\x07b"), "a\u{FFFD}b");
    }
}
