//! The keys of the limits of what is read.

use super::key::ConfigKey;
use super::key_kind::KeyKind;
use crate::readers::ReaderLimits;

/// Limits of files.
pub(super) const CORPUS_KEYS: &[ConfigKey] = &[
    ConfigKey::new(
        "limits.corpus.file_bytes",
        "Files of more bytes are not read.",
        "超过多少字节的文件不读。",
        KeyKind::Size { least: 1 << 20, most: 1 << 40, at: |settings| &mut settings.limits.corpus.file_bytes },
    )
    .counted_in("bytes"),
    ConfigKey::new(
        "limits.corpus.stated_bytes",
        "Files of corrections or publishing days with more bytes are refused.",
        "订正文件和出版日文件的字节数，超出的不收。",
        KeyKind::Size { least: 1000, most: 1 << 30, at: |settings| &mut settings.limits.corpus.stated_bytes },
    )
    .counted_in("bytes"),
    ConfigKey::new(
        "limits.corpus.container_depth",
        "Containers (zip, tar, WARC …) in containers are opened to this depth; 1 opens none in another.",
        "压缩包里的压缩包打开到第几层；1 表示不打开里层的。",
        KeyKind::Count { least: 1, most: 16, at: |settings| &mut settings.limits.corpus.container_depth },
    ),
    ConfigKey::new(
        "limits.corpus.container_entries",
        "The most entries of a container, those of containers in it included.",
        "一个压缩包最多有多少个文件，里层的也算。",
        KeyKind::Size { least: 1, most: 100_000_000, at: |settings| &mut settings.limits.corpus.container_entries },
    ),
    ConfigKey::new(
        "limits.corpus.container_bytes",
        "The most bytes that a container unpacks to.",
        "一个压缩包最多展开成多少字节。",
        KeyKind::Size { least: 1 << 20, most: 1 << 50, at: |settings| &mut settings.limits.corpus.container_bytes },
    )
    .counted_in("bytes"),
    ConfigKey::new(
        "limits.corpus.container_ratio",
        "How many times its size a container may unpack to, beside 100 MB.",
        "一个压缩包除 100 MB 以外最多展开成自身大小的多少倍。",
        KeyKind::Size { least: 1, most: 1_000_000, at: |settings| &mut settings.limits.corpus.container_ratio },
    ),
];

/// Limits of a run.
pub(super) const INGEST_KEYS: &[ConfigKey] = &[
    ConfigKey::new(
        "limits.ingest.missing_files",
        "So many files of a folder may be gone without asking.",
        "一个文件夹少了多少个文件以内不必确认。",
        KeyKind::Count { least: 0, most: 1_000_000, at: |settings| &mut settings.limits.ingest.missing_files },
    ),
    ConfigKey::new(
        "limits.ingest.missing_percent",
        "A run is refused without --withdraw-missing where a larger share of a folder's files is gone.",
        "一个文件夹少了百分之多少以上的文件时，不加 --withdraw-missing 就不动索引。",
        KeyKind::Count { least: 0, most: 100, at: |settings| &mut settings.limits.ingest.missing_percent },
    )
    .counted_in("percent"),
];

/// Limits of what is in a file. Files that were read within other limits are read again.
pub(super) const READER_KEYS: &[ConfigKey] = &[
    ConfigKey::new(
        "limits.readers.pages",
        "The most pages of a file; those after them are left out.",
        "一个文件的版面数，超出的略去。",
        KeyKind::Count { least: 1, most: 100_000, at: |settings| &mut settings.limits.readers.pages },
    ),
    ConfigKey::new(
        "limits.readers.page_characters",
        "The most characters of a page; a longer one is refused.",
        "一个版面的字数，超出的不收。",
        KeyKind::Count {
            least: 1000,
            most: ReaderLimits::MOST_PAGE_CHARACTERS,
            at: |settings| &mut settings.limits.readers.page_characters,
        },
    ),
    ConfigKey::new(
        "limits.readers.page_lines",
        "The most lines of a page; a longer one is refused.",
        "一个版面的行数，超出的不收。",
        KeyKind::Count {
            least: 100,
            most: ReaderLimits::MOST_PAGE_LINES,
            at: |settings| &mut settings.limits.readers.page_lines,
        },
    ),
    ConfigKey::new(
        "limits.readers.json_line_bytes",
        "The longest line of JSON Lines, and the longest record of a table.",
        "JSON Lines 一行、表格一条记录的字节数。",
        KeyKind::Count { least: 1000, most: 64_000_000, at: |settings| &mut settings.limits.readers.json_line_bytes },
    )
    .counted_in("bytes"),
    ConfigKey::new(
        "limits.readers.json_values",
        "The most values of one JSON document: it is held in memory as a whole.",
        "一个 JSON 文件里的值的个数（全部放在内存里）。",
        KeyKind::Count { least: 1000, most: 1_000_000_000, at: |settings| &mut settings.limits.readers.json_values },
    ),
    ConfigKey::new(
        "limits.readers.pdf_page_steps",
        "The most steps of drawing that are run for a page of a PDF file.",
        "PDF 文件一个版面执行的绘图步数。",
        KeyKind::Count { least: 1000, most: 1_000_000_000, at: |settings| &mut settings.limits.readers.pdf_page_steps },
    ),
    ConfigKey::new(
        "limits.readers.pdf_stream_bytes",
        "The most bytes that one stream of a PDF file unpacks to.",
        "PDF 文件一个数据流解压后的字节数。",
        KeyKind::Count { least: 1 << 20, most: 1 << 30, at: |settings| &mut settings.limits.readers.pdf_stream_bytes },
    )
    .counted_in("bytes"),
    ConfigKey::new(
        "limits.readers.pdf_file_bytes",
        "The most bytes that all streams of a PDF file unpack to, beside a hundred for each byte of the file.",
        "PDF 文件全部数据流解压后的字节数（另加文件大小的一百倍）。",
        KeyKind::Size { least: 1 << 20, most: 1 << 40, at: |settings| &mut settings.limits.readers.pdf_file_bytes },
    )
    .counted_in("bytes"),
];
