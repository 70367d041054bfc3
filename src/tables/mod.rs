//! Domain knowledge as data, and its loading. Each table is embedded, parsed once, and checked by a test.

mod amounts;
mod calendar;
mod columns;
mod confidence;
mod credits;
mod date_evidence;
mod dates;
mod focus;
mod foreign_formats;
mod layout;
mod layout_model;
mod names;
mod papers;
mod path_forms;
mod places;
mod private_use;
mod readings;
mod regions;
mod synonyms;
mod topic_weights;
mod topics;
mod unions;
mod variants;
mod web_pages;

pub use amounts::{AmountWords, ByMeasure, amount_words};
pub use calendar::calendar_table;
pub use columns::{ColumnNames, column_names};
pub use confidence::{CalibrationTable, confidence};
pub use credits::{CreditWords, Credits, credits};
pub use date_evidence::{BinEdges, DateEvidence, PairWeights, date_evidence};
pub use dates::{DateWords, Era, EraKind, Festival, FestivalWords, Month, date_words};
pub use focus::{FocusTable, focus};
pub use foreign_formats::{ForeignFormat, ForeignFormats, foreign_formats};
pub use layout::{BlockForm, FragmentPoints, GraftPoints, LayoutTable, LayoutWords, block_forms, layout};
pub use layout_model::{CrfTable, article_model, block_model, common_pairs, line_model};
pub use names::{Names, names};
pub use papers::{Paper, Papers, papers};
pub use path_forms::{PathForm, path_forms};
pub use places::{PlaceWords, places};
pub use private_use::private_use;
pub use readings::{Readings, readings};
pub use regions::{Enterprise, Level, Region, Regions, enterprises, place_aliases, regions};
pub use synonyms::{Synonym, SynonymGroup, Synonyms, synonyms};
pub use topic_weights::{TopicWeights, topic_weights};
pub use topics::{Topic, Topics, topics};
pub use unions::{UnionWords, unions};
pub use variants::{Variants, variants};
pub use web_pages::{WebFamily, WebPages, web_pages};

/// Parses an embedded TOML table. A table that does not parse is a fault of the build: the tests of this module load
/// every table, so a released program never meets it.
#[expect(clippy::expect_used, reason = "embedded and loaded by a test")]
fn embedded<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("an embedded table parses")
}

/// Data rows of an embedded tab-separated table: comment lines and the blank ones are left out.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// A short name of the state of all tables that decide how pages are read: a source file is read again when it changes.
pub fn rules_hash() -> &'static str {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| {
        use sha2::Digest;
        let mut hasher = sha2::Sha256::new();
        let marked = [
            amounts::TEXT,
            columns::TEXT,
            confidence::TEXT,
            credits::TEXT,
            date_evidence::TEXT,
            date_evidence::WORDS_TEXT,
            date_evidence::WEIGHTS_TEXT,
            dates::TEXT,
            dates::LUNAR_TEXT,
            focus::TEXT,
            layout::TEXT,
            layout::WORDS_TEXT,
            layout::FORMS_TEXT,
            layout_model::LINES,
            layout_model::BLOCKS,
            layout_model::ARTICLES,
            layout_model::PAIRS,
            names::TEXT,
            papers::TEXT,
            path_forms::TEXT,
            places::TEXT,
        ];
        for table in marked.into_iter().chain([
            private_use::TEXT,
            regions::TEXT,
            regions::ALIASES_TEXT,
            regions::ENTERPRISES_TEXT,
            topic_weights::TEXT,
            topics::TEXT,
            unions::TEXT,
            variants::TEXT,
            web_pages::TEXT,
        ]) {
            hasher.update(table.as_bytes());
        }
        hasher.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    })
}
