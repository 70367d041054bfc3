//! The records of an index: their kinds, the version of each, and how an earlier one becomes one of now.
//!
//! A stored record begins with its version. One of the version of now is read as it is; an earlier one is read by the shape it
//! was written in, as a JSON value, and goes through the upgrades of its kind; a later one is refused. So a kind of record
//! gets or loses a field by a new version: a shape in `records/`, an upgrade in `record_upgrades`, and a row more here. The format of the
//! index stays.

use super::record_error::RecordReadError;
use super::record_upgrades::{
    RecordUpgrade, a_date_has_a_best_day, a_former_date_has_a_best_day, a_former_item_may_state_rights,
    a_page_may_have_a_picture_map, a_printed_day_is_of_an_issue, a_source_says_what_was_seen, an_item_may_state_rights,
    former_reasons_are_codes, manifests_state_facts, nothing_but_names, problems_have_arguments, reasons_are_codes,
};
use super::shape::RecordShape;
use super::{ARTICLE, FORMER, PAGE, SOURCE, WITHDRAWN};
use crate::model::{Article, PageRecord, Revision, SourceRecord, Withdrawn};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The texts of shapes.
macro_rules! shapes {
    ($($file:literal),+) => { &[$(include_str!(concat!("records/", $file, ".json"))),+] };
}

thread_local! {
    /// Shapes that were read, by kind and version.
    static SHAPES: RefCell<HashMap<(&'static str, u8), Rc<RecordShape>>> = RefCell::default();
}

/// A kind of record.
pub(super) struct RecordKind {
    /// Its mark in the field `record`.
    pub(super) name: &'static str,
    /// The shape of each version, from 1; the last one is that of now.
    shapes: &'static [&'static str],
    /// From version 1 to 2, from 2 to 3, and so on.
    upgrades: &'static [RecordUpgrade],
}

impl RecordKind {
    /// The version of now.
    pub(super) fn version(&self) -> u8 {
        self.shapes.len() as u8
    }

    fn shape(&self, version: u8) -> Result<Rc<RecordShape>, RecordReadError> {
        let key = (self.name, version);
        if let Some(known) = SHAPES.with_borrow(|shapes| shapes.get(&key).cloned()) {
            return Ok(known);
        }
        let text = usize::from(version).checked_sub(1).and_then(|at| self.shapes.get(at)).ok_or_else(|| {
            let (name, now) = (self.name, self.version());
            RecordReadError::because(format!(
                "it is of version {version}; this program knows versions 1 to {now} of {name} records"
            ))
        })?;
        let shape = Rc::new(RecordShape::parse(text).map_err(RecordReadError::because)?);
        SHAPES.with_borrow_mut(|shapes| shapes.insert(key, Rc::clone(&shape)));
        Ok(shape)
    }
}

/// A value that is stored as a record.
pub(super) trait StoredRecord: Serialize + DeserializeOwned {
    /// Its kind.
    const KIND: &'static RecordKind;
}

impl StoredRecord for Article {
    const KIND: &'static RecordKind = &RecordKind {
        name: ARTICLE,
        shapes: shapes!("article-1", "article-2", "article-3", "article-4", "article-5"),
        upgrades: &[a_date_has_a_best_day, nothing_but_names, reasons_are_codes, an_item_may_state_rights],
    };
}

impl StoredRecord for Revision {
    const KIND: &'static RecordKind = &RecordKind {
        name: FORMER,
        shapes: shapes!("former-1", "former-2", "former-3", "former-4", "former-5"),
        upgrades: &[
            a_former_date_has_a_best_day,
            nothing_but_names,
            former_reasons_are_codes,
            a_former_item_may_state_rights,
        ],
    };
}

impl StoredRecord for SourceRecord {
    const KIND: &'static RecordKind = &RecordKind {
        name: SOURCE,
        shapes: shapes!("source-1", "source-2", "source-3", "source-4", "source-5"),
        upgrades: &[
            a_source_says_what_was_seen,
            a_printed_day_is_of_an_issue,
            problems_have_arguments,
            manifests_state_facts,
        ],
    };
}

impl StoredRecord for PageRecord {
    const KIND: &'static RecordKind =
        &RecordKind { name: PAGE, shapes: shapes!("page-1", "page-2"), upgrades: &[a_page_may_have_a_picture_map] };
}

impl StoredRecord for Withdrawn {
    const KIND: &'static RecordKind = &RecordKind { name: WITHDRAWN, shapes: shapes!("withdrawn-1"), upgrades: &[] };
}

/// The bytes of a record, its version first.
pub(super) fn to_bytes<T: StoredRecord>(record: &T) -> Result<Vec<u8>, RecordReadError> {
    postcard::to_extend(record, vec![T::KIND.version()]).map_err(RecordReadError::because)
}

/// The record in some bytes, whatever its version.
pub(super) fn read<T: StoredRecord>(bytes: &[u8]) -> Result<T, RecordReadError> {
    let (version, rest) = bytes.split_first().ok_or_else(|| RecordReadError::because("it is empty"))?;
    read_as(*version, rest)
}

/// The record in bytes of a version, which does not stand in them.
pub(super) fn read_as<T: StoredRecord>(version: u8, bytes: &[u8]) -> Result<T, RecordReadError> {
    let kind = T::KIND;
    if version == kind.version() {
        return of_now(bytes);
    }
    let mut value = kind.shape(version)?.decode(bytes)?;
    for upgrade in &kind.upgrades[usize::from(version) - 1..] {
        upgrade(&mut value)?;
    }
    of_now(&kind.shape(kind.version())?.encode(&value)?)
}

fn of_now<T: StoredRecord>(bytes: &[u8]) -> Result<T, RecordReadError> {
    match postcard::take_from_bytes(bytes) {
        Ok((record, [])) => Ok(record),
        Ok(_) => Err(RecordReadError::too_long()),
        Err(error) => Err(fault::<T>(bytes, &error)),
    }
}

/// Where a record cannot be read.
fn fault<T: StoredRecord>(bytes: &[u8], error: &postcard::Error) -> RecordReadError {
    let mut reader = postcard::Deserializer::from_bytes(bytes);
    let again = serde_path_to_error::deserialize::<_, T>(&mut reader);
    let named = again.err().zip(T::KIND.shape(T::KIND.version()).ok());
    let field = named.map_or_else(String::new, |(error, shape)| shape.field(error.path()));
    RecordReadError { field, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        ArticleKind, BodyLevel, DateSource, Direction, Facet, Label, LengthUnit, Measure, Outcome, Precision,
        RelationKind, Role, ShapeKind, SourceKey,
    };
    use serde_reflection::{Format, FormatHolder, Registry, Samples, Tracer, TracerConfig};
    use std::collections::BTreeMap;

    /// The shape of a type, traced.
    fn traced<T: StoredRecord>() -> (Format, Registry) {
        let mut tracer = Tracer::new(TracerConfig::default().default_i64_value(20_140_429).default_u64_value(1));
        macro_rules! choices {
            ($($choice:ident)*) => { $(tracer.trace_simple_type::<$choice>().unwrap();)* };
        }
        choices!(BodyLevel DateSource Direction Facet ArticleKind Label LengthUnit Measure Outcome Precision RelationKind
            Role ShapeKind);
        let samples = Samples::new();
        let (format, _) = tracer.trace_type::<T>(&samples).unwrap();
        let all = tracer.registry().unwrap();
        let (mut used, mut open) = (BTreeMap::new(), vec![format.clone()]);
        while let Some(format) = open.pop() {
            format
                .visit(&mut |part| {
                    if let Format::TypeName(name) = part
                        && used.insert(name.clone(), all[name].clone()).is_none()
                    {
                        all[name].visit(&mut |inner| {
                            open.push(inner.clone());
                            Ok(())
                        })?;
                    }
                    Ok(())
                })
                .unwrap();
        }
        (format, used)
    }

    fn is_described<T: StoredRecord>() {
        let (kind, (format, registry)) = (T::KIND, traced::<T>());
        let shape = kind.shape(kind.version()).unwrap();
        let RecordShape(known, parts) = &*shape;
        let lines = registry.iter().map(|(name, shape)| {
            format!(" {}: {}", serde_json::to_string(name).unwrap(), serde_json::to_string(shape).unwrap())
        });
        let text =
            format!("[{}, {{\n{}\n}}]", serde_json::to_string(&format).unwrap(), lines.collect::<Vec<_>>().join(",\n"));
        assert!(
            (known, parts) == (&format, &registry),
            "what is stored of {} records has changed: it needs a version {}, with this shape, and an upgrade:\n{text}",
            kind.name,
            kind.version() + 1,
        );
    }

    #[test]
    fn what_is_stored_is_what_the_last_version_says() {
        is_described::<Article>();
        is_described::<Revision>();
        is_described::<SourceRecord>();
        is_described::<PageRecord>();
        is_described::<Withdrawn>();
    }

    fn is_whole<T: StoredRecord>() {
        let kind = T::KIND;
        assert_eq!(kind.upgrades.len() + 1, kind.shapes.len(), "{}", kind.name);
        (1..=kind.version()).for_each(|version| assert!(kind.shape(version).is_ok(), "{} {version}", kind.name));
        assert!(kind.shape(0).is_err() && kind.shape(kind.version() + 1).is_err());
    }

    #[test]
    fn every_version_has_a_shape_and_a_way_to_the_next() {
        is_whole::<Article>();
        is_whole::<Revision>();
        is_whole::<SourceRecord>();
        is_whole::<PageRecord>();
        is_whole::<Withdrawn>();
    }

    #[test]
    fn a_record_that_cannot_be_read_names_its_field() {
        let source = SourceKey { root: "papers".into(), path: "a.txt".into() };
        let record = Withdrawn { id: crate::model::ArticleId::from_u64(7), reason: "错".into(), source };
        let bytes = to_bytes(&record).unwrap();
        assert_eq!(read::<Withdrawn>(&bytes).unwrap(), record);
        let fault = |bytes: &[u8]| read::<Withdrawn>(bytes).unwrap_err();
        assert_eq!(fault(&bytes[..bytes.len() - 1]).field, "source.path");
        assert_eq!(fault(&bytes[..4]).field, "reason");
        assert!(fault(&[&bytes[..], &[0]].concat()).reason.contains("longer"));
        assert!(fault(&[9]).reason.contains("version 9"));
        assert!(fault(&[]).reason.contains("empty"));
    }
}
