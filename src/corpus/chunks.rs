//! A big file of lines, piece by piece.

use super::{ReadError, hexadecimal};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Bytes after which a piece ends with its line.
pub const PIECE_BYTES: u64 = 8_000_000;

/// Bytes at the beginning of a file that tell whether a line feed is one byte in it.
const BEGINNING: usize = 4096;

/// The pieces of a file, each of whole lines.
pub struct FileChunks {
    file: BufReader<Box<dyn Read + Send>>,
    digest: Sha256,
}

impl FileChunks {
    /// Opens a file.
    ///
    /// # Errors
    /// [`ReadError`] with what stood in the way.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        Ok(Self::of_stream(Box::new(File::open(path)?)))
    }

    /// The pieces of a stream.
    pub(super) fn of_stream(stream: Box<dyn Read + Send>) -> Self {
        Self { file: BufReader::with_capacity(1 << 16, stream), digest: Sha256::new() }
    }

    /// Whether its lines end in a byte of their own: not in UTF-16 and UTF-32.
    ///
    /// # Errors
    /// [`ReadError`] with what stood in the way.
    pub fn has_plain_lines(&mut self) -> Result<bool, ReadError> {
        let beginning = self.file.fill_buf()?;
        let beginning = &beginning[..beginning.len().min(BEGINNING)];
        Ok(!beginning.contains(&0) && ![&[0xFF, 0xFE], &[0xFE, 0xFF]].iter().any(|mark| beginning.starts_with(*mark)))
    }

    /// The next piece; empty at the end of the file.
    ///
    /// # Errors
    /// [`ReadError`] with what stood in the way.
    pub fn next_piece(&mut self) -> Result<Vec<u8>, ReadError> {
        let mut piece = Vec::new();
        self.file.by_ref().take(PIECE_BYTES).read_to_end(&mut piece)?;
        if piece.last().is_some_and(|byte| *byte != b'\n') {
            self.file.read_until(b'\n', &mut piece)?;
        }
        self.digest.update(&piece);
        Ok(piece)
    }

    /// SHA-256 of all pieces that were read, hexadecimal.
    pub fn hash(self) -> String {
        hexadecimal(&self.digest.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_whole_lines_and_all_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.jsonl");
        let text: String = (0..700_000).map(|n| format!("第{n}行的文字\n")).collect::<String>() + "尾";
        std::fs::write(&file, &text).unwrap();
        let mut pieces = FileChunks::open(&file).unwrap();
        assert!(pieces.has_plain_lines().unwrap());
        let (mut all, mut count) = (Vec::new(), 0);
        while let Some(piece) = pieces.next_piece().ok().filter(|piece| !piece.is_empty()) {
            assert!(piece.ends_with(b"\n") || piece.ends_with("尾".as_bytes()));
            all.extend(piece);
            count += 1;
        }
        assert!(all == text.as_bytes() && count > 1);
        assert_eq!(pieces.hash(), crate::corpus::hash(text.as_bytes()));
    }
}
