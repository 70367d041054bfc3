//! Newspapers.

use std::sync::OnceLock;

pub(super) const TEXT: &str = include_str!("papers.toml");

/// A newspaper.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// ASCII slug, stable: part of links.
    pub id: String,
    /// Printed name without 《》.
    pub name: String,
    /// Other printed forms.
    pub aliases: Vec<String>,
    /// Home region, a GB/T 2260 code of today; empty = national.
    pub region: String,
    /// Lower-case folder names that mean this paper.
    pub folders: Vec<String>,
}

/// All known newspapers.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    /// What local papers are called after their place, longest first.
    pub endings: Vec<String>,
    /// Kinds of papers, by which folders are named that hold several.
    pub kinds: Vec<String>,
    /// Prints whose names end as those of papers do.
    pub prints: Vec<String>,
    paper: Vec<Paper>,
}

impl Papers {
    /// All of them, in table order.
    pub fn all(&self) -> &[Paper] {
        &self.paper
    }

    /// The paper with this slug, printed name, alias or folder name.
    pub fn find(&self, text: &str) -> Option<&Paper> {
        let bare = text.trim().trim_start_matches('《').trim_end_matches('》');
        let lower = bare.to_lowercase();
        self.paper.iter().find(|paper| {
            paper.id == lower
                || paper.name == bare
                || paper.aliases.iter().any(|alias| alias == bare)
                || paper.folders.contains(&lower)
        })
    }
}

/// The table, loaded once.
pub fn papers() -> &'static Papers {
    static TABLE: OnceLock<Papers> = OnceLock::new();
    TABLE.get_or_init(|| super::embedded(TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_regions_exist() {
        let mut seen = HashSet::new();
        for paper in papers().all() {
            let names = std::iter::once(&paper.name).chain(&paper.aliases);
            assert!(names.into_iter().all(|name| seen.insert(name.clone())), "{}", paper.name);
            assert!(
                paper.region.is_empty() || super::super::regions().today(&paper.region).is_some(),
                "{}",
                paper.name
            );
            assert!(
                paper.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                paper.id
            );
        }
    }

    #[test]
    fn a_paper_is_found_by_any_of_its_names() {
        for name in ["grrb", "工人日报", "《工人日报》"] {
            assert_eq!(papers().find(name).map(|paper| paper.name.as_str()), Some("工人日报"), "{name}");
        }
    }
}
