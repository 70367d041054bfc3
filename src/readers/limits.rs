//! What readers take of one file.

/// Limits of what is read of one file; each is a key `limits.readers.…` of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReaderLimits {
    /// The most pages of a file; those after them are left out.
    pub pages: usize,
    /// The most characters of a page; a printed page has some ten thousand.
    pub page_characters: usize,
    /// The most lines of a page; a printed page has some hundred, in narrow columns a thousand.
    pub page_lines: usize,
    /// The longest line of JSON Lines, and the longest record of a table, in bytes.
    pub json_line_bytes: usize,
    /// The most values of one JSON document: it is held in memory as a whole.
    pub json_values: usize,
    /// The most steps of drawing that are run for a page of a PDF file.
    pub pdf_page_steps: usize,
    /// The most bytes that one stream of a PDF file unpacks to.
    pub pdf_stream_bytes: usize,
    /// The most bytes that all streams of a PDF file unpack to, beside a hundred for each byte of the file.
    pub pdf_file_bytes: u64,
}

impl ReaderLimits {
    /// The most that [`ReaderLimits::page_characters`] may be; more of a page is never held in memory.
    pub const MOST_PAGE_CHARACTERS: usize = 1_500_000;
    /// The most that [`ReaderLimits::page_lines`] may be.
    pub const MOST_PAGE_LINES: usize = 100_000;
}

impl Default for ReaderLimits {
    fn default() -> Self {
        Self {
            pages: 2_000,
            page_characters: 300_000,
            page_lines: 20_000,
            json_line_bytes: 4_000_000,
            json_values: 16_000_000,
            pdf_page_steps: 3_000_000,
            pdf_stream_bytes: 64 << 20,
            pdf_file_bytes: 256 << 20,
        }
    }
}
