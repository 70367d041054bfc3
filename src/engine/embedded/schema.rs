//! The fields of the embedded index, and its format number.

use crate::model::{Facet, InferredField, Measure, TextField};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

/// Raised whenever the fields change: an index of an earlier format is upgraded, with its records by their versions
/// (`record.rs`). A field more in a record needs no other format.
pub const FORMAT: u32 = 11;

/// The token streams of one text.
#[derive(Clone, Copy)]
pub(super) struct TokenFields {
    pub(super) grams: Field,
    pub(super) words: Field,
}

/// All fields.
#[derive(Clone)]
pub(super) struct SchemaFields {
    pub(super) schema: Schema,
    /// `article`, `source`, `page`, `withdrawn` or `former`.
    pub(super) record: Field,
    pub(super) id: Field,
    pub(super) earliest: Field,
    pub(super) latest: Field,
    /// The most probable day.
    pub(super) best: Field,
    /// Of an article its place among those of its file; of a page its confidence in millionths, so that the least sure are
    /// found without reading any; 0 for other records.
    pub(super) order: Field,
    /// How sure the least sure of its inferred values is, in ten thousandths; 0 for other records.
    pub(super) least_sure: Field,
    /// How sure each inferred value is: [`confidence_key`].
    pub(super) confidence: Field,
    /// Root and path of the source file, for all kinds of record.
    pub(super) source: Field,
    pub(super) stored: Field,
    /// Marks of its body, by which reprints are looked up.
    pub(super) marks: Field,
    /// What the printings of a text have in common; 0 for other records, and for texts too short to be told.
    pub(super) cluster: Field,
    /// Characters of the article's texts: the measure of rates.
    pub(super) characters: Field,
    /// The commit that first had the record as it is.
    pub(super) since: Field,
    /// Of what an article was the first commit that no longer had it so.
    pub(super) until: Field,
    /// Dictionary words of three or more units in any of the texts. One field for all of them, because a term that names
    /// no field is by far the most frequent question, and one list of articles answers it; a term that names a field is
    /// the phrase of its grams.
    pub(super) lexicon: Field,
    texts: [TokenFields; 5],
    facets: [Field; 14],
    amounts: [Field; 3],
}

/// Names of the number fields.
/// The day of an undated article in the columns of days.
pub(super) const UNDATED: i64 = 0;

pub(super) const ID: &str = "id";
pub(super) const EARLIEST: &str = "earliest";
pub(super) const LATEST: &str = "latest";
pub(super) const BEST: &str = "best";
pub(super) const ORDER: &str = "order";
pub(super) const LEAST_SURE: &str = "least_sure";
pub(super) const CONFIDENCE: &str = "confidence";
pub(super) const CLUSTER: &str = "cluster";
pub(super) const CHARACTERS: &str = "characters";
pub(super) const SINCE: &str = "since";
pub(super) const UNTIL: &str = "until";

/// A confidence as a number of the column of confidences: 32 bits that stand for field and value, then the ten
/// thousandths; so that what is asked for of one value is one range.
pub(super) fn confidence_key(field: InferredField, value: &str, sure: u16) -> u64 {
    // FNV-1a, of which the offset and the prime are these.
    let hash = field
        .name()
        .bytes()
        .chain([0])
        .chain(value.bytes())
        .fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    u64::from(hash) << 16 | u64::from(sure)
}

/// The column of a measure.
pub(super) fn amount_column(measure: Measure) -> String {
    format!("amount_{}", measure.name())
}

fn stream(option: IndexRecordOption, lengths: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(option);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(lengths))
}

fn keyword() -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(false))
}

fn streams(builder: &mut SchemaBuilder, field: TextField) -> TokenFields {
    let mut add = |name: &str, options| builder.add_text_field(&format!("{}_{name}", field.name()), options);
    TokenFields {
        grams: add("grams", stream(IndexRecordOption::WithFreqsAndPositions, false)),
        words: add("words", stream(IndexRecordOption::WithFreqs, true)),
    }
}

impl SchemaFields {
    pub(super) fn new() -> Self {
        let mut builder = Schema::builder();
        let record = builder.add_text_field("record", keyword());
        let id = builder.add_u64_field(ID, INDEXED | FAST);
        let earliest = builder.add_i64_field(EARLIEST, FAST);
        let latest = builder.add_i64_field(LATEST, FAST);
        let best = builder.add_i64_field(BEST, FAST);
        let order = builder.add_u64_field(ORDER, FAST);
        let least_sure = builder.add_u64_field(LEAST_SURE, FAST);
        let confidence = builder.add_u64_field(CONFIDENCE, FAST);
        let source = builder.add_text_field("source", keyword());
        let stored = builder.add_bytes_field("stored", STORED);
        let marks = builder.add_u64_field("marks", INDEXED);
        let cluster = builder.add_u64_field(CLUSTER, INDEXED | FAST);
        let characters = builder.add_u64_field(CHARACTERS, FAST);
        let since = builder.add_u64_field(SINCE, FAST);
        let until = builder.add_u64_field(UNTIL, FAST);
        let lexicon = builder.add_text_field("lexicon", stream(IndexRecordOption::Basic, false));
        let texts = TextField::ALL.map(|field| streams(&mut builder, field));
        let facets = Facet::ALL.map(|facet| builder.add_text_field(facet.name(), keyword().set_fast("raw")));
        let amounts = Measure::ALL.map(|measure| builder.add_f64_field(&amount_column(measure), FAST));
        Self {
            schema: builder.build(),
            record,
            id,
            earliest,
            latest,
            best,
            order,
            least_sure,
            confidence,
            source,
            stored,
            marks,
            cluster,
            characters,
            since,
            until,
            lexicon,
            texts,
            facets,
            amounts,
        }
    }

    pub(super) fn text(&self, field: TextField) -> TokenFields {
        self.texts[field as usize]
    }

    pub(super) fn amount(&self, measure: Measure) -> Field {
        self.amounts[measure as usize]
    }

    pub(super) fn facet(&self, facet: Facet) -> Field {
        self.facets[facet as usize]
    }
}
