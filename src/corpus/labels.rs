//! `labels.jsonl`: what people say of what the program found out, one label a line, only ever added to.
//!
//! The first line names the form, `{"baoku_review":1}`. A label is written in one piece, under a lock, and reaches the disk
//! before it counts as saved. A line that was cut off by a crash is passed over and named, here and in every later reading.

use super::sidecar::{SidecarError, SidecarFile};
use crate::model::{ArticleId, ReviewLabel};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

/// The name of the file, beside the folder of the corpus.
pub const LABELS: &str = "labels.jsonl";

/// The version of the form that this program reads and writes.
const VERSION: u64 = 1;

const HEADER: &str = "{\"baoku_review\":1}\n";

/// Bytes within which the first line must end.
const LONGEST_HEADER: u64 = 256;

/// What the file looks like.
const FORM: &str = "a file of labels begins with the line {\"baoku_review\":1}, then one JSON object a line";

/// The largest file that is read or added to, in bytes.
const LARGEST: u64 = 64_000_000;

/// The longest line, in bytes.
const LONGEST_LINE: usize = 64_000;

/// A line that is no label; it is passed over and stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// The labels of a file by article; of several labels of one article the last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// The labels.
    pub reviews: BTreeMap<ArticleId, ReviewLabel>,
    /// Lines that are none.
    pub spoilt: Vec<InvalidLine>,
}

/// The first line.
#[derive(serde::Deserialize)]
struct LabelsHeader {
    baoku_review: u64,
}

/// The labels of a file; none where there is no file.
///
/// # Errors
/// [`SidecarError`] for a file that cannot be read, is too large, is none of labels, or is of another version.
pub fn read_labels(file: &Path) -> Result<Labels, SidecarError> {
    let stated = SidecarFile { file, form: FORM, most: LARGEST };
    let mut open = match File::open(file) {
        Ok(open) => open,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Labels::default()),
        Err(error) => return Err(stated.failed(error.to_string())),
    };
    let bytes = read_whole(stated, &mut open)?;
    labels(stated, &bytes)
}

fn read_whole(stated: SidecarFile<'_>, file: &mut File) -> Result<Vec<u8>, SidecarError> {
    let mut bytes = Vec::new();
    let read = Read::take(file, LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| stated.failed(error.to_string()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(stated.failed(format!("is larger than {LARGEST} bytes; begin another one with --labels FILE")));
    }
    Ok(bytes)
}

fn labels(stated: SidecarFile<'_>, bytes: &[u8]) -> Result<Labels, SidecarError> {
    let mut labels = Labels::default();
    let Some(lines) = after_header(stated, bytes)? else { return Ok(labels) };
    for (number, line) in (2..).zip(lines.split_inclusive(|byte| *byte == b'\n')) {
        match label(line) {
            Ok(Some(review)) => _ = labels.reviews.insert(review.article, review),
            Ok(None) => {}
            Err(reason) => labels.spoilt.push(InvalidLine { line: number, reason }),
        }
    }
    Ok(labels)
}

/// What stands below the first line; `None` where not even that was written whole.
fn after_header<'a>(stated: SidecarFile<'_>, bytes: &'a [u8]) -> Result<Option<&'a [u8]>, SidecarError> {
    if is_unfinished_header(bytes) {
        return Ok(None);
    }
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let header: LabelsHeader = serde_json::from_slice(&bytes[..end])
        .map_err(|_| stated.malformed("line 1: is no header of labels".to_owned()))?;
    match header.baoku_review {
        VERSION => Ok(Some(bytes.get(end + 1..).unwrap_or_default())),
        other => Err(stated.failed(format!(
            "its labels are of version {other}, this program reads version {VERSION}; use the program that wrote them, or begin another file with --labels FILE"
        ))),
    }
}

/// Whether the file was cut off while its first line was being written.
fn is_unfinished_header(bytes: &[u8]) -> bool {
    bytes.len() < HEADER.len() && HEADER.as_bytes().starts_with(bytes)
}

fn label(line: &[u8]) -> Result<Option<ReviewLabel>, String> {
    if line.len() > LONGEST_LINE {
        return Err(format!("is longer than {LONGEST_LINE} bytes"));
    }
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let whole = line.ends_with(b"\n");
    serde_json::from_slice(line).map(Some).map_err(|error| match whole {
        true => format!("is no label: {error}"),
        false => "is cut off in the middle; the label was not saved".to_owned(),
    })
}

/// Adds a label to a file, which is begun where there is none. When this returns it is on the disk.
///
/// # Errors
/// [`SidecarError`] as of [`read_labels`], and where the file cannot be written.
pub fn append_label(file: &Path, review: &ReviewLabel) -> Result<(), SidecarError> {
    let stated = SidecarFile { file, form: FORM, most: LARGEST };
    let mut line = serde_json::to_vec(review).map_err(|error| stated.failed(error.to_string()))?;
    line.push(b'\n');
    if line.len() > LONGEST_LINE {
        return Err(stated.failed(format!("the label is longer than {LONGEST_LINE} bytes")));
    }
    let open = OpenOptions::new().read(true).append(true).create(true).open(file);
    let mut open = open.map_err(|error| stated.failed(error.to_string()))?;
    open.lock().map_err(|error| stated.failed(error.to_string()))?;
    let before = before_label(stated, &mut open)?;
    let text = [before, &line].concat();
    open.write_all(&text).and_then(|()| open.sync_data()).map_err(|error| stated.failed(error.to_string()))
}

/// What must be written before the next label: the header of a new file, an end for a line that was cut off.
fn before_label(stated: SidecarFile<'_>, file: &mut File) -> Result<&'static [u8], SidecarError> {
    let failed = |error: std::io::Error| stated.failed(error.to_string());
    let length = file.metadata().map_err(failed)?.len();
    if length > LARGEST {
        return Err(stated.failed(format!("is larger than {LARGEST} bytes; begin another one with --labels FILE")));
    }
    let mut head = Vec::new();
    Read::take(&*file, LONGEST_HEADER).read_to_end(&mut head).map_err(failed)?;
    if is_unfinished_header(&head) {
        file.set_len(0).map_err(failed)?;
        return Ok(HEADER.as_bytes());
    }
    after_header(stated, &head)?;
    let mut last = [0];
    file.seek(SeekFrom::End(-1)).and_then(|_| file.read_exact(&mut last)).map_err(failed)?;
    Ok(if last == *b"\n" { b"" } else { b"\n" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DateSource, PredictedDate, Prediction, SampleReason, SourceKey, Verdict};

    fn review(number: u64, by: &str) -> ReviewLabel {
        let date =
            PredictedDate { span: None, confidence: 0.0, year: None, year_confidence: 0.0, source: DateSource::None };
        ReviewLabel {
            article: ArticleId::from_u64(number),
            source: SourceKey { root: "r".into(), path: "p.txt".into() },
            text: "00".into(),
            drawn: SampleReason::Random,
            said: Prediction { date, region: None, topics: vec![], bylines: vec![], border: 0.5, corrected: vec![] },
            verdict: Verdict::default(),
            by: by.into(),
            on: None,
            program: "0".into(),
        }
    }

    fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(LABELS);
        (folder, file)
    }

    #[test]
    fn the_last_label_of_an_article_counts() {
        let (_folder, file) = folder();
        assert_eq!(read_labels(&file).unwrap(), Labels::default());
        for (number, by) in [(1, "甲"), (2, ""), (1, "乙\n丙")] {
            append_label(&file, &review(number, by)).unwrap();
        }
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with(HEADER) && text.lines().count() == 4, "{text}");
        let read = read_labels(&file).unwrap();
        assert_eq!(read.reviews.into_values().collect::<Vec<_>>(), [review(1, "乙\n丙"), review(2, "")]);
        assert!(read.spoilt.is_empty());
    }

    /// A file that ends anywhere is read as far as it goes, is added to, and names its cut line ever after.
    #[test]
    fn a_file_cut_off_at_any_byte_is_read_and_added_to() {
        let (_folder, file) = folder();
        append_label(&file, &review(1, "甲")).unwrap();
        let first = std::fs::read(&file).unwrap().len();
        append_label(&file, &review(2, "乙")).unwrap();
        let whole = std::fs::read(&file).unwrap();
        for end in 0..=whole.len() {
            std::fs::write(&file, &whole[..end]).unwrap();
            let torn = |end: usize| end > HEADER.len() && !(first - 1..=first).contains(&end) && end < whole.len() - 1;
            assert_eq!(read_labels(&file).unwrap().spoilt.len(), usize::from(torn(end)), "{end}");
            append_label(&file, &review(3, "丙")).unwrap();
            let read = read_labels(&file).unwrap();
            let lines: Vec<usize> = read.spoilt.iter().map(|spoilt| spoilt.line).collect();
            let want = if end < first - 1 { 2 } else { 3 };
            assert_eq!(lines, if torn(end) { vec![want] } else { vec![] }, "{end}");
            let ids: Vec<u64> = read.reviews.keys().map(|id| id.as_u64()).collect();
            let ends = [first - 1, whole.len() - 1];
            let kept = ends.iter().filter(|whole| end >= **whole).count() as u64;
            assert_eq!(ids, (1..=kept).chain([3]).collect::<Vec<_>>(), "{end}");
        }
    }

    #[test]
    fn other_files_and_versions_are_refused_and_left_alone() {
        let (_folder, file) = folder();
        for (text, part) in [
            ("{\"baoku_review\":2}\n", "version 2"),
            ("# labels\n", "line 1"),
            ("{}\n", "begins with the line"),
            ("{\"baoku_review\": 1, \"by\": \"hand\"}\n", ""),
            ("{\"baoku_review\":", ""),
        ] {
            std::fs::write(&file, text).unwrap();
            let errors = [read_labels(&file).map(drop), append_label(&file, &review(1, ""))];
            if part.is_empty() {
                assert!(errors.iter().all(Result::is_ok), "{text}");
                continue;
            }
            for error in errors {
                let error = error.unwrap_err().to_string();
                assert!(error.contains(part) && error.contains(LABELS), "{error}");
            }
            assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
        }
    }

    #[test]
    fn a_long_line_is_named_and_a_long_label_is_not_written() {
        let (_folder, file) = folder();
        let long = "长".repeat(LONGEST_LINE);
        assert!(append_label(&file, &review(1, &long)).is_err());
        std::fs::write(&file, format!("{HEADER}{long}\n\n")).unwrap();
        append_label(&file, &review(2, "")).unwrap();
        let read = read_labels(&file).unwrap();
        assert_eq!((read.spoilt[0].line, read.spoilt.len(), read.reviews.len()), (2, 1, 1));
    }
}
