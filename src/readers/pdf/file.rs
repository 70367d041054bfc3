//! The objects of a PDF file: opening it, its pages, its streams unpacked within a limit of work.

use crate::readers::{ReadFault, ReaderLimits};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};
use std::cell::Cell;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes that the streams of a file may unpack to for each byte of the file, beside the limit: a stream may be asked for
/// again on each page.
const MAX_RATIO: u64 = 100;

/// Ancestors of a page that are asked for what it does not say itself.
const MAX_ANCESTORS: usize = 64;

/// An open file.
pub(super) struct PdfFile {
    document: Document,
    pub(super) limits: ReaderLimits,
    /// Bytes that streams may still unpack to.
    left: Cell<u64>,
}

impl PdfFile {
    /// Opens a file; where it is encrypted, with the empty password.
    ///
    /// # Errors
    /// [`ReadFault::Broken`] where it cannot be opened.
    pub(super) fn open(bytes: &[u8], limits: ReaderLimits) -> Result<Self, ReadFault> {
        let options = LoadOptions::with_max_decompressed_size(limits.pdf_stream_bytes);
        let loaded = guarded(|| Document::load_mem_with_options(bytes, options));
        let document = match loaded {
            Some(Ok(document)) if document.is_encrypted() => return Err(encrypted()),
            Some(Ok(document)) => document,
            Some(Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_))) => return Err(encrypted()),
            Some(Err(lopdf::Error::UnsupportedSecurityHandler(_))) => return Err(encrypted()),
            Some(Err(error)) => return Err(damaged(&error.to_string())),
            None => return Err(damaged("its objects contradict each other")),
        };
        let left = Cell::new(limits.pdf_file_bytes + MAX_RATIO * bytes.len() as u64);
        Ok(Self { document, limits, left })
    }

    /// Its pages in order, at most `limit`.
    pub(super) fn pages(&self, limit: usize) -> Vec<ObjectId> {
        guarded(|| self.document.page_iter().take(limit).collect()).unwrap_or_default()
    }

    /// The dictionary of a page.
    pub(super) fn page(&self, id: ObjectId) -> Option<&Dictionary> {
        self.document.get_dictionary(id).ok()
    }

    /// What an object is, through references.
    pub(super) fn resolve<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    /// The entry of a dictionary.
    pub(super) fn get<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        self.resolve(dictionary.get(key.as_bytes()).ok()?)
    }

    /// The entry of a dictionary that is a dictionary itself.
    pub(super) fn dictionary<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        as_dictionary(self.get(dictionary, key)?)
    }

    /// The entry of a dictionary that is a name.
    pub(super) fn name<'a>(&'a self, dictionary: &'a Dictionary, key: &str) -> Option<&'a [u8]> {
        self.get(dictionary, key)?.as_name().ok()
    }

    /// The entry of a dictionary that is a number.
    pub(super) fn number(&self, dictionary: &Dictionary, key: &str) -> Option<f64> {
        as_number(self.get(dictionary, key)?)
    }

    /// The numbers of an array.
    pub(super) fn numbers(&self, dictionary: &Dictionary, key: &str) -> Vec<f64> {
        let array = self.get(dictionary, key).and_then(|object| object.as_array().ok());
        let items = array.map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(|item| as_number(self.resolve(item)?)).collect()
    }

    /// The entry of a page or of the nearest ancestor that has it.
    pub(super) fn inherited<'a>(&'a self, page: &'a Dictionary, key: &str) -> Option<&'a Object> {
        let parent = |node: &&'a Dictionary| self.dictionary(node, "Parent");
        std::iter::successors(Some(page), parent).take(MAX_ANCESTORS).find_map(|node| self.get(node, key))
    }

    /// The content of a stream, unpacked; `None` where it cannot be, or the file was unpacked enough.
    pub(super) fn unpacked(&self, stream: &Stream) -> Option<Vec<u8>> {
        let limit = usize::try_from(self.left.get()).unwrap_or(usize::MAX).min(self.limits.pdf_stream_bytes);
        let bytes = guarded(|| stream.get_plain_content_with_limit(limit))?.ok()?;
        // Each stream costs something, however short it is.
        self.left.set(self.left.get().saturating_sub(bytes.len() as u64 + 64));
        Some(bytes)
    }

    /// The content of a page: of its one stream, or of several, one after the other. A page without any is empty;
    /// `None` where there is one and none of it can be unpacked.
    pub(super) fn content(&self, page: &Dictionary) -> Option<Vec<u8>> {
        let parts = match self.get(page, "Contents") {
            Some(one @ Object::Stream(_)) => std::slice::from_ref(one),
            Some(Object::Array(parts)) => parts.as_slice(),
            _ => return Some(Vec::new()),
        };
        let (mut content, mut unpacked) = (Vec::new(), parts.is_empty());
        let most = self.limits.pdf_stream_bytes;
        for part in parts.iter().filter_map(|part| self.resolve(part)?.as_stream().ok()) {
            if let Some(bytes) = self.unpacked(part).filter(|bytes| content.len() + bytes.len() <= most) {
                content.extend(bytes);
                content.push(b'\n');
                unpacked = true;
            }
        }
        unpacked.then_some(content)
    }

    /// The characters of the 256 codes of an encoding by its name.
    pub(super) fn encoding_texts(&self, name: &[u8]) -> Vec<String> {
        self.texts_of(Object::Name(name.to_vec()), 0..=255)
    }

    /// The character of a glyph's name, or nothing. The library knows the list of names, and gives it out only through
    /// an encoding.
    pub(super) fn glyph_text(&self, name: &[u8]) -> String {
        let mut encoding = Dictionary::new();
        encoding.set("Differences", Object::Array(vec![Object::Integer(0), Object::Name(name.to_vec())]));
        self.texts_of(Object::Dictionary(encoding), 0..=0).pop().unwrap_or_default()
    }

    fn texts_of(&self, encoding: Object, codes: RangeInclusive<u8>) -> Vec<String> {
        let mut font = Dictionary::new();
        font.set("Type", Object::Name(b"Font".to_vec()));
        font.set("Encoding", encoding);
        let read = font.get_font_encoding_with_limit(&self.document, self.limits.pdf_stream_bytes);
        let Ok(encoding) = read else { return Vec::new() };
        codes.map(|code| encoding.bytes_to_string(&[code]).unwrap_or_default()).collect()
    }
}

/// A dictionary, or that of a stream.
pub(super) fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A number of either kind.
pub(super) fn as_number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

/// Runs a part of the library on a file that may be damaged. The library checks most of what it reads; a panic that is
/// left in its 20,000 lines loses one file, not the run.
fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

fn encrypted() -> ReadFault {
    ReadFault::Broken("is encrypted and opens only with a password; save it without one and read that file".into())
}

/// What is said of a file that cannot be opened.
pub(super) fn damaged(what: &str) -> ReadFault {
    ReadFault::Broken(format!(
        "is a damaged PDF ({what}); get it again from where it came from, or open it in a viewer and save it anew"
    ))
}
