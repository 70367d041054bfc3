//! The families of pages, ready for use: their sources read from the table once.

use super::marks::MarkSelector;
use crate::tables::{WebFamily, web_pages};
use std::sync::OnceLock;

/// Where a value may stand. The forms are said in the head of `tables/web_pages.toml`.
#[derive(Debug)]
pub(super) enum ValueSource {
    /// A tag of the system's own.
    Property(String),
    /// A `meta` element, its name in small letters.
    Meta(String),
    /// A key of JSON-LD.
    LinkedData(String),
    /// A text that a script names.
    Script(String),
    /// Between two comments.
    Between(String, String),
    /// An element.
    Mark(MarkSelector),
    /// An element, if it holds running text.
    Wide(MarkSelector),
    /// `title`, without the name of the site.
    TitleTag,
    /// The address.
    Address,
    /// The line that repeats paper, page, title and day.
    Tail,
    /// Lines before the body.
    Header,
    /// A line with a label.
    Labelled,
    /// Any line before the body.
    Shown,
    /// The name of a picture.
    Picture,
    /// The element with the most running text.
    Density,
}

/// A source with its name in the table.
#[derive(Debug)]
pub(super) struct NamedSource {
    /// As the table writes it: what stands for it in evidence.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) source: ValueSource,
}

impl NamedSource {
    /// Reads an entry of the table; `None` where it has no known form.
    fn parse(name: &'static str) -> Option<Self> {
        let (kind, argument) = name.split_once(':')?;
        let source = match kind {
            "property" => ValueSource::Property(argument.to_owned()),
            "meta" => ValueSource::Meta(argument.to_ascii_lowercase()),
            "ld" => ValueSource::LinkedData(argument.to_owned()),
            "script" => ValueSource::Script(argument.to_owned()),
            "between" => {
                let (from, to) = argument.split_once('|')?;
                ValueSource::Between(from.to_owned(), to.to_owned())
            }
            "mark" => ValueSource::Mark(MarkSelector::parse(argument)),
            "wide" => ValueSource::Wide(MarkSelector::parse(argument)),
            "tag" => ValueSource::TitleTag,
            "address" => ValueSource::Address,
            "tail" => ValueSource::Tail,
            "header" => ValueSource::Header,
            "labelled" => ValueSource::Labelled,
            "shown" => ValueSource::Shown,
            "picture" => ValueSource::Picture,
            "density" => ValueSource::Density,
            _ => return None,
        };
        Some(Self { name, source })
    }
}

/// A family with its sources. Titles, bodies and captions of every family end with those of pages in general.
#[derive(Debug)]
pub(super) struct FamilySources {
    /// The row of the table.
    pub(super) row: &'static WebFamily,
    /// Elements that tell it.
    pub(super) marks: Vec<MarkSelector>,
    /// Sources of the title.
    pub(super) title: Vec<NamedSource>,
    /// Sources of the kicker.
    pub(super) kicker: Vec<NamedSource>,
    /// Sources of the subtitle.
    pub(super) subtitle: Vec<NamedSource>,
    /// Sources of the byline.
    pub(super) author: Vec<NamedSource>,
    /// Sources of the day.
    pub(super) date: Vec<NamedSource>,
    /// Sources of the page.
    pub(super) page: Vec<NamedSource>,
    /// Sources of the paper.
    pub(super) paper: Vec<NamedSource>,
    /// Sources of the column.
    pub(super) column: Vec<NamedSource>,
    /// Sources of where the text is from.
    pub(super) source: Vec<NamedSource>,
    /// Sources of the body.
    pub(super) body: Vec<NamedSource>,
    /// Elements that hold captions.
    pub(super) captions: Vec<NamedSource>,
}

impl FamilySources {
    fn of(row: &'static WebFamily, plain: &'static WebFamily) -> Self {
        let is_plain = std::ptr::eq(row, plain);
        let read = |names: &'static [String]| names.iter().filter_map(|name| NamedSource::parse(name));
        let alone = |names: &'static [String]| read(names).collect::<Vec<_>>();
        let with_plain = |own: &'static [String], general: &'static [String]| {
            read(own).chain(read(if is_plain { &[] } else { general })).collect::<Vec<_>>()
        };
        Self {
            row,
            marks: row.marks.iter().map(|mark| MarkSelector::parse(mark)).collect(),
            title: with_plain(&row.title, &plain.title),
            kicker: alone(&row.kicker),
            subtitle: alone(&row.subtitle),
            author: alone(&row.author),
            date: alone(&row.date),
            page: alone(&row.page),
            paper: alone(&row.paper),
            column: alone(&row.column),
            source: alone(&row.source),
            body: with_plain(&row.body, &plain.body),
            captions: with_plain(&row.captions, &plain.captions),
        }
    }
}

/// All families, in the order of the table.
pub(super) fn families() -> &'static [FamilySources] {
    static ALL: OnceLock<Vec<FamilySources>> = OnceLock::new();
    ALL.get_or_init(|| {
        let rows = web_pages().family.as_slice();
        let plain = rows.last();
        rows.iter()
            .zip(std::iter::repeat(plain))
            .filter_map(|(row, plain)| Some(FamilySources::of(row, plain?)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_the_table_has_a_known_form() {
        for row in &web_pages().family {
            let lists = [
                &row.title,
                &row.kicker,
                &row.subtitle,
                &row.author,
                &row.date,
                &row.page,
                &row.paper,
                &row.column,
                &row.source,
                &row.body,
                &row.captions,
            ];
            for name in lists.into_iter().flatten() {
                assert!(NamedSource::parse(name).is_some(), "{}: {name}", row.id);
            }
        }
        assert_eq!(families().len(), web_pages().family.len());
    }
}
