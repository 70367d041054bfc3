//! Names of union bodies.

use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("unions.toml");

/// What union bodies beside those of a place are called.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnionWords {
    /// Industries, longest first.
    pub industries: Vec<String>,
    /// What stands before 工会 in a body at the grass roots, longest first.
    pub grassroots: Vec<String>,
    /// What stands in words for several bodies, and in no name.
    pub generic: Vec<String>,
    /// Characters after which a name begins.
    pub before: String,
}

/// The table, loaded once.
pub fn unions() -> &'static UnionWords {
    static TABLE: OnceLock<UnionWords> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_names_stand_before_those_they_begin_with() {
        for list in [&unions().industries, &unions().grassroots] {
            for (at, name) in list.iter().enumerate() {
                let hidden = list[..at].iter().find(|earlier| name != *earlier && name.ends_with(earlier.as_str()));
                assert!(hidden.is_none(), "{name} never matches behind {hidden:?}");
            }
        }
    }
}
