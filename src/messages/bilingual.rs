//! A sentence in two languages.

/// A language that people are answered in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// The language that a list of languages (RFC 9110 §12.5.4) prefers; English where it names neither.
    pub fn preferred(accepted: &str) -> Self {
        let weight = |wanted: &str| {
            let ranges = accepted.split(',').filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
                let quality = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
                (tag == wanted || tag.starts_with(&format!("{wanted}-"))).then_some(quality)
            });
            ranges.fold(0.0, f32::max)
        };
        if weight("zh") > weight("en") { Self::Chinese } else { Self::English }
    }
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Bilingual {
    /// The sentence in a language.
    pub fn into_language(self, language: Language) -> String {
        match language {
            Language::English => self.en,
            Language::Chinese => self.zh,
        }
    }
}

/// A sentence in both languages.
pub(super) fn both(en: impl Into<String>, zh: impl Into<String>) -> Bilingual {
    Bilingual { en: en.into(), zh: zh.into() }
}

/// Names as a list, the last after a word.
pub(super) fn listed(names: &[&str], last: &str) -> String {
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((end, before)) => format!("{} {last} {end}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_is_preferred() {
        let cases = [
            ("", Language::English),
            ("*", Language::English),
            ("zh", Language::Chinese),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
            ("en-US,en;q=0.9,zh-CN;q=0.8", Language::English),
            ("fr, zh-Hans;q=0.2", Language::Chinese),
            ("zh;q=0, en", Language::English),
            ("zh;q=x", Language::Chinese),
        ];
        for (accepted, want) in cases {
            assert_eq!(Language::preferred(accepted), want, "{accepted}");
        }
    }

    #[test]
    fn names_are_listed() {
        assert_eq!([listed(&[], "or"), listed(&["a"], "or"), listed(&["a", "b", "c"], "or")], ["", "a", "a, b or c"]);
    }
}
