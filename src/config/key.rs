//! A row of the table of keys.

use super::key_kind::KeyKind;
use super::settings::Settings;

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
            Some(unset) => unset.to_owned(),
            None => value.to_string(),
        }
    }

    /// The help of its flag.
    pub fn help(&self) -> String {
        let default = match (self.value(&Settings::default()), self.default_text()) {
            (serde_json::Value::String(text), _) => text,
            (_, text) => text,
        };
        let shared = self.shared_variable.map_or_else(String::new, |name| format!("; {name} sets it too"));
        format!("{} (default: {default}{shared})", self.doc.trim_end_matches('.'))
    }
}
