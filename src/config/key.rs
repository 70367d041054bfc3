//! A row of the table of keys.

use super::key_kind::KeyKind;
use super::settings::Settings;
use crate::messages::Language;

/// A flag of commands that sets a key too.
#[derive(Clone, Copy, Debug)]
pub struct CommandFlag {
    /// Its name, without dashes.
    pub name: &'static str,
    /// The commands that have it.
    pub commands: &'static [&'static str],
}

/// A key of the configuration.
#[derive(Debug)]
pub struct ConfigKey {
    /// Its name in the file, with a point between tables.
    pub name: &'static str,
    /// What its value is counted in; empty where it is not counted.
    pub unit: &'static str,
    /// What it sets, in English.
    pub doc: &'static str,
    /// What it sets, in Chinese.
    pub zh: &'static str,
    /// The flag that sets it too.
    pub flag: Option<CommandFlag>,
    /// Another variable of the environment that sets it too. It belongs to all programs: what it says wrongly is passed over.
    pub shared_variable: Option<&'static str>,
    pub(super) kind: KeyKind,
}

impl ConfigKey {
    /// A row without unit and flag.
    pub(super) const fn new(name: &'static str, doc: &'static str, zh: &'static str, kind: KeyKind) -> Self {
        Self { name, unit: "", doc, zh, flag: None, shared_variable: None, kind }
    }

    pub(super) const fn counted_in(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    pub(super) const fn flag(self, name: &'static str, commands: &'static [&'static str]) -> Self {
        Self { flag: Some(CommandFlag { name, commands }), ..self }
    }

    pub(super) const fn shared_variable(self, name: &'static str) -> Self {
        Self { shared_variable: Some(name), ..self }
    }

    /// Its variable of the environment: `serve.listen` is `BAOKU_SERVE_LISTEN`.
    pub fn variable(&self) -> String {
        format!("{}{}", super::ENVIRONMENT_PREFIX, self.name.to_uppercase().replace('.', "_"))
    }

    /// What it takes, in words.
    pub fn takes(&self) -> String {
        self.kind.takes(self.unit)
    }

    /// What it takes, in Chinese.
    pub(super) fn takes_zh(&self) -> String {
        let unit = match self.unit {
            "seconds" => "秒",
            "bytes" => "字节",
            unit => unit,
        };
        self.kind.takes_zh(unit)
    }

    /// What a value of it is called in help.
    pub fn placeholder(&self) -> &'static str {
        self.kind.placeholder(self.unit)
    }

    /// Whether it takes several values; its flag is then repeated.
    pub fn is_list(&self) -> bool {
        self.kind.is_list()
    }

    /// Its value as JSON, which is a value of TOML as well; null where none is set.
    pub fn value(&self, settings: &Settings) -> serde_json::Value {
        self.kind.value(&mut settings.clone())
    }

    /// Its default in words.
    pub fn default_text(&self) -> String {
        self.text(&Settings::default())
    }

    /// Its value in words, or what stands in for it where none is set.
    pub fn text(&self, settings: &Settings) -> String {
        let value = self.value(settings);
        match self.kind.unset().filter(|_| value.is_null() || value.as_array().is_some_and(Vec::is_empty)) {
            Some([unset, _]) => unset.to_owned(),
            None => value.to_string(),
        }
    }

    /// The help of its flag, with its default and the variables of the environment that set it too.
    pub fn help(&self, language: Language) -> String {
        let value = self.value(&Settings::default());
        let is_unset = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        let [en, zh] = self.kind.unset().filter(|_| is_unset).unwrap_or_default();
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let default = |unset: &'static str| if is_unset { unset.to_owned() } else { shown };
        let shared = self.shared_variable.map_or_else(String::new, |name| format!(", {name}"));
        let variables = self.variable() + &shared;
        match language {
            Language::English => {
                format!("{} (default: {}; environment: {variables})", self.doc.trim_end_matches('.'), default(en))
            }
            Language::Chinese => {
                format!("{}（默认：{}；环境变量 {variables}）", self.zh.trim_end_matches('。'), default(zh))
            }
        }
    }
}
