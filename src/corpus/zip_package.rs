//! A zip file that is one document (DOCX, OFD): its parts by name, unpacked in memory within limits. Nothing is ever
//! written to a path that it names.

use memchr::memmem;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The first bytes of a zip file that has entries.
const MAGIC: &[u8] = b"PK\x03\x04";

/// What stands before each entry of the directory at the end.
const ENTRY_MARK: &[u8] = b"PK\x01\x02";

/// Limits of what is unpacked of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZipLimits {
    /// The most entries of a package; one with more is not opened.
    pub entries: usize,
    /// The most bytes that one part unpacks to.
    pub part_bytes: u64,
    /// The most bytes that all parts unpack to that are asked for.
    pub all_bytes: u64,
    /// The most bytes that one packed byte may unpack to, beyond [`ZipLimits::FREE_BYTES`] of a part.
    pub ratio: u64,
}

impl ZipLimits {
    /// Bytes of a part that may unpack at any ratio: short parts of repeated marks pack to nothing.
    pub const FREE_BYTES: u64 = 4 << 20;
}

impl Default for ZipLimits {
    fn default() -> Self {
        Self { entries: 20_000, part_bytes: 128 << 20, all_bytes: 512 << 20, ratio: 200 }
    }
}

/// Why a package or a part of it cannot be read; each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZipPackageError {
    /// No zip file, or a damaged one.
    #[error("is a damaged zip file: {0}; get the file again from where it came from")]
    Damaged(String),
    /// It has more entries than are looked at.
    #[error("has more than {0} entries; take out what is no part of the document")]
    TooManyEntries(usize),
    /// It has no such part.
    #[error("has no part `{0}`; open it in the program that wrote it and save it anew")]
    NoPart(String),
    /// A part cannot be unpacked.
    #[error("its part `{name}` cannot be unpacked: {reason}; open it in the program that wrote it and save it anew")]
    Unreadable {
        /// Name of the part.
        name: String,
        /// What stands in the way.
        reason: String,
    },
    /// A part unpacks to more than is read.
    #[error("its part `{name}` unpacks to more than {most} bytes, which no document of text has; it is not read")]
    TooLarge {
        /// Name of the part.
        name: String,
        /// The limit that it is over.
        most: u64,
    },
}

/// An open package.
#[derive(Debug)]
pub struct ZipPackage<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Names as they stand, in the order of the directory.
    names: Vec<String>,
    /// Numbers of entries by [`folded`] name; of equal names the first.
    numbers: HashMap<String, usize>,
    limits: ZipLimits,
    unpacked: u64,
}

impl<'a> ZipPackage<'a> {
    /// Whether bytes begin as those of a zip file.
    pub fn is_zip(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Opens a package: its directory is read, none of its parts is unpacked.
    ///
    /// # Errors
    /// [`ZipPackageError::Damaged`], [`ZipPackageError::TooManyEntries`].
    pub fn open(bytes: &'a [u8], limits: ZipLimits) -> Result<Self, ZipPackageError> {
        // Counted before the directory is built in memory.
        if memmem::find_iter(bytes, ENTRY_MARK).take(limits.entries + 1).count() > limits.entries {
            return Err(ZipPackageError::TooManyEntries(limits.entries));
        }
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| ZipPackageError::Damaged(error.to_string()))?;
        let names: Vec<String> =
            archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let numbers = names.iter().enumerate().rev().map(|(number, name)| (folded(name), number)).collect();
        Ok(Self { archive, names, numbers, limits, unpacked: 0 })
    }

    /// The names of its parts, in the order of the directory.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether it has a part, in any case and with slashes of any kind.
    pub fn has(&self, name: &str) -> bool {
        self.numbers.contains_key(&folded(name))
    }

    /// The bytes of a part, by its name in any case and with slashes of any kind.
    ///
    /// # Errors
    /// [`ZipPackageError`] where there is none, where it is damaged, encrypted or packed in a way that is not read, or where
    /// it is over a limit.
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, ZipPackageError> {
        let number = *self.numbers.get(&folded(name)).ok_or_else(|| ZipPackageError::NoPart(shown(name)))?;
        let unreadable = |reason: String| ZipPackageError::Unreadable { name: shown(name), reason };
        let entry = self.archive.by_index(number).map_err(|error| unreadable(error.to_string()))?;
        let by_ratio = ZipLimits::FREE_BYTES.saturating_add(entry.compressed_size().saturating_mul(self.limits.ratio));
        let left = self.limits.all_bytes.saturating_sub(self.unpacked);
        let most = self.limits.part_bytes.min(by_ratio).min(left);
        let mut bytes = Vec::new();
        // The size that an entry states is not believed.
        entry.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
        if bytes.len() as u64 > most {
            return Err(ZipPackageError::TooLarge { name: shown(name), most });
        }
        self.unpacked += bytes.len() as u64;
        Ok(bytes)
    }
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// A name in a message.
fn shown(name: &str) -> String {
    name.chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_by_name() {
        let bytes = packed(&[("a/B.xml", b"1"), ("c\\d.xml", b"22")]);
        let mut package = ZipPackage::open(&bytes, ZipLimits::default()).unwrap();
        assert_eq!(package.names(), ["a/B.xml", "c\\d.xml"]);
        assert!(ZipPackage::is_zip(&bytes) && package.has("/A/b.XML") && !package.has("b.xml"));
        assert_eq!(package.part("a/b.xml").unwrap(), b"1");
        assert_eq!(package.part("c/d.xml").unwrap(), b"22");
        assert_eq!(package.part("../etc").unwrap_err(), ZipPackageError::NoPart("../etc".into()));
    }

    #[test]
    fn a_bomb_is_an_error_and_no_memory() {
        let bytes = packed(&[("bomb", &vec![0; 40 << 20]), ("small", b"x")]);
        let limits = ZipLimits::default();
        let mut package = ZipPackage::open(&bytes, limits).unwrap();
        let Err(ZipPackageError::TooLarge { most, .. }) = package.part("bomb") else { panic!("no error") };
        assert!(most < 16 << 20, "{most}");
        assert!(package.part("small").is_ok());
        let mut tight = ZipPackage::open(&bytes, ZipLimits { all_bytes: 1, ..limits }).unwrap();
        assert!(tight.part("small").is_ok());
        assert!(matches!(tight.part("small"), Err(ZipPackageError::TooLarge { most: 0, .. })));
        let few = ZipPackage::open(&bytes, ZipLimits { entries: 1, ..limits });
        assert_eq!(few.unwrap_err(), ZipPackageError::TooManyEntries(1));
    }

    #[test]
    fn a_damaged_package_is_named() {
        let bytes = packed(&[("a", "工会".repeat(1000).as_bytes())]);
        for end in 0..bytes.len() {
            assert!(matches!(ZipPackage::open(&bytes[..end], ZipLimits::default()), Err(ZipPackageError::Damaged(_))));
        }
        let mut broken = bytes.clone();
        broken[40] ^= 0xFF;
        let part = ZipPackage::open(&broken, ZipLimits::default()).and_then(|mut package| package.part("a"));
        assert!(part.is_err(), "{part:?}");
    }
}
