//! What the environment says of the terminal: the language that people read, and whether they want colour.
//!
//! Language: `BAOKU_LANG`, else the locale by POSIX (`LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is not empty). Colour:
//! `NO_COLOR` (<https://no-color.org>) and `CLICOLOR_FORCE` (<https://bixense.com/clicolors>).

use crate::messages::Language;

/// The variable that names the language for this program alone.
pub const LANGUAGE_VARIABLE: &str = "BAOKU_LANG";

/// The variables of a locale, the strongest first.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// Variables about the terminal, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalEnvironment(Vec<(&'static str, String)>);

impl TerminalEnvironment {
    /// Those of this process.
    pub fn of_process() -> Self {
        let names = [LANGUAGE_VARIABLE, "NO_COLOR", "CLICOLOR_FORCE", "TERM"].into_iter().chain(LOCALE);
        Self(names.filter_map(|name| Some((name, std::env::var_os(name)?.to_string_lossy().into_owned()))).collect())
    }

    fn value(&self, wanted: &str) -> Option<&str> {
        let named = self.0.iter().find(|(name, _)| *name == wanted);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The language to answer in: that of a flag, else that of the environment; English where neither names Chinese.
    pub fn language(&self, flag: Option<&str>) -> Language {
        let locale = || LOCALE.iter().find_map(|name| self.value(name));
        let named = flag.or_else(|| self.value(LANGUAGE_VARIABLE)).or_else(locale);
        let is_chinese = named.is_some_and(|name| name.to_ascii_lowercase().starts_with("zh"));
        if is_chinese { Language::Chinese } else { Language::English }
    }

    /// Whether to print in colour.
    pub fn colour(&self, is_terminal: bool) -> bool {
        if self.value("NO_COLOR").is_some() {
            return false;
        }
        let forced = self.value("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        forced || is_terminal && self.value("TERM") != Some("dumb")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&'static str, &str)]) -> TerminalEnvironment {
        TerminalEnvironment(pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
    }

    #[test]
    fn the_language_of_a_locale() {
        for (pairs, flag, chinese) in [
            (&[][..], None, false),
            (&[("LANG", "zh_CN.UTF-8")], None, true),
            (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], None, false),
            (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "")], None, true),
            (&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "zh_TW")], None, true),
            (&[("LC_ALL", "C"), ("BAOKU_LANG", "zh")], None, true),
            (&[("LC_ALL", "zh_CN"), ("BAOKU_LANG", "en")], None, false),
            (&[("LC_ALL", "zh_CN"), ("BAOKU_LANG", "zh")], Some("en"), false),
            (&[("LC_ALL", "C")], Some("zh"), true),
        ] {
            assert_eq!(environment(pairs).language(flag) == Language::Chinese, chinese, "{pairs:?} {flag:?}");
        }
    }

    #[test]
    fn colour_as_the_variables_say() {
        for (pairs, terminal, want) in [
            (&[][..], true, true),
            (&[], false, false),
            (&[("NO_COLOR", "1")], true, false),
            (&[("NO_COLOR", "")], true, true),
            (&[("CLICOLOR_FORCE", "1")], false, true),
            (&[("CLICOLOR_FORCE", "0")], false, false),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true, false),
            (&[("TERM", "dumb")], true, false),
        ] {
            assert_eq!(environment(pairs).colour(terminal), want, "{pairs:?} {terminal}");
        }
    }
}
