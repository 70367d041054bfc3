//! The records of a WARC file (ISO 28500): what requests for web pages were answered with. Read by ourselves, so that the
//! length of each line and record is bounded.

use super::ContainerFault;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io::{BufRead, BufReader, Read};

/// Longest header line, in bytes.
const LINE: u64 = 65_536;

/// Header lines of a record at most.
const LINES: usize = 1000;

/// Larger records are passed over, in bytes.
const LARGEST: u64 = 256 << 20;

/// Types of content that are parts of a page and no pages.
const ASSETS: [&str; 9] = [
    "image/",
    "video/",
    "audio/",
    "font/",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/x-javascript",
    "application/font",
];

/// What a request was answered with.
pub(super) enum WarcAnswer {
    /// A file, by its address.
    File(String, Vec<u8>),
    /// Something that is not read: its address and why.
    Left(String, &'static str),
}

/// The records of a stream.
pub(super) struct WarcRecords<'a>(BufReader<Box<dyn Read + 'a>>);

/// Names in lower case, with their values.
type Headers = Vec<(String, String)>;

fn header<'h>(headers: &'h Headers, name: &str) -> Option<&'h str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

impl<'a> WarcRecords<'a> {
    pub(super) fn new(stream: Box<dyn Read + 'a>) -> Self {
        Self(BufReader::new(stream))
    }

    /// The next answer; `None` at the end.
    ///
    /// # Errors
    /// [`ContainerFault::Damaged`] where a record is cut off or is none.
    pub(super) fn next_answer(&mut self) -> Result<Option<WarcAnswer>, ContainerFault> {
        while let Some(headers) = self.next_headers()? {
            let length: u64 = header(&headers, "content-length")
                .and_then(|length| length.parse().ok())
                .ok_or_else(|| damaged("a record without its length"))?;
            let kind = header(&headers, "warc-type").unwrap_or_default().to_owned();
            let address = header(&headers, "warc-target-uri").unwrap_or_default();
            let address = address.trim_start_matches('<').trim_end_matches('>').to_owned();
            let is_file = matches!(kind.as_str(), "response" | "resource" | "conversion") && !address.is_empty();
            if !is_file || length > LARGEST {
                self.pass_over(length)?;
                if is_file {
                    return Ok(Some(WarcAnswer::Left(address, "the record is over 256 MB; take it out as a file")));
                }
                continue;
            }
            let block = self.block(length)?;
            let is_http = kind == "response" && address.starts_with("http");
            let stated = header(&headers, "content-type").unwrap_or_default().to_owned();
            if let Some(answer) = answer(address, block, is_http, &stated) {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    /// The header of the next record, from its version line on.
    fn next_headers(&mut self) -> Result<Option<Headers>, ContainerFault> {
        let version = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        if !version.starts_with("WARC/") {
            return Err(damaged("what should be a record begins otherwise"));
        }
        let mut headers = Headers::new();
        while let Some(line) = self.line()?.filter(|line| !line.is_empty()) {
            if headers.len() >= LINES {
                return Err(damaged("a record with too many header lines"));
            }
            headers.extend(pair(&line));
        }
        Ok(Some(headers))
    }

    fn line(&mut self) -> Result<Option<String>, ContainerFault> {
        let mut line = Vec::new();
        let read = self.0.by_ref().take(LINE).read_until(b'\n', &mut line)?;
        if read as u64 == LINE {
            return Err(damaged("a header line without end"));
        }
        Ok((read > 0).then(|| String::from_utf8_lossy(&line).trim_end().to_owned()))
    }

    fn block(&mut self, length: u64) -> Result<Vec<u8>, ContainerFault> {
        let mut block = Vec::new();
        self.0.by_ref().take(length).read_to_end(&mut block)?;
        if (block.len() as u64) < length {
            return Err(damaged("the last record is cut off"));
        }
        Ok(block)
    }

    fn pass_over(&mut self, length: u64) -> Result<(), ContainerFault> {
        let passed = std::io::copy(&mut self.0.by_ref().take(length), &mut std::io::sink())?;
        if passed < length { Err(damaged("the last record is cut off")) } else { Ok(()) }
    }
}

fn damaged(what: &str) -> ContainerFault {
    ContainerFault::Damaged(what.to_owned())
}

fn pair(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

/// What an answer gives; `None` for one that is no page, such as a redirect.
fn answer(address: String, block: Vec<u8>, is_http: bool, stated: &str) -> Option<WarcAnswer> {
    let is_asset = |kind: &str| ASSETS.iter().any(|asset| kind.starts_with(asset));
    if !is_http {
        let asset = is_asset(stated);
        return Some(if asset { WarcAnswer::Left(address, ASSET) } else { WarcAnswer::File(address, block) });
    }
    let (head, body) = split_head(&block)?;
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default().to_owned();
    let headers: Headers = lines.take(LINES).filter_map(pair).collect();
    if status != "200" {
        return None;
    }
    if is_asset(header(&headers, "content-type").unwrap_or_default()) {
        return Some(WarcAnswer::Left(address, ASSET));
    }
    Some(match decoded(body, &headers) {
        Some(body) => WarcAnswer::File(address, body),
        None => WarcAnswer::Left(address, "is packed in a way that is not read; fetch it again without compression"),
    })
}

/// The reason for parts of pages.
const ASSET: &str = "a picture, style or script of a page";

fn split_head(block: &[u8]) -> Option<(String, &[u8])> {
    let (at, length) = [(&b"\r\n\r\n"[..], 4), (b"\n\n", 2)]
        .into_iter()
        .filter_map(|(mark, length)| Some((memchr::memmem::find(block, mark)?, length)))
        .min()?;
    Some((String::from_utf8_lossy(&block[..at]).into_owned(), &block[at + length..]))
}

/// The body without the coding of its transfer and its packing.
fn decoded(body: &[u8], headers: &Headers) -> Option<Vec<u8>> {
    let is_chunked = header(headers, "transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
    // Many crawlers store the body without its chunks and leave the header as it was.
    let whole = is_chunked.then(|| unchunked(body)).flatten().unwrap_or_else(|| body.to_vec());
    let packed = header(headers, "content-encoding").unwrap_or_default().to_ascii_lowercase();
    let is_gzip = whole.starts_with(&[0x1F, 0x8B]);
    match packed.as_str() {
        "gzip" | "x-gzip" if is_gzip => unpacked(MultiGzDecoder::new(whole.as_slice())),
        "deflate" => unpacked(ZlibDecoder::new(whole.as_slice())).or(Some(whole)),
        "br" | "zstd" => None,
        _ => Some(whole),
    }
}

fn unpacked(stream: impl Read) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    stream.take(LARGEST + 1).read_to_end(&mut body).ok()?;
    (body.len() as u64 <= LARGEST).then_some(body)
}

/// A body without the lengths of its chunks; `None` where it has none.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut whole) = (body, Vec::with_capacity(body.len()));
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(64)])?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if length == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(..length)?);
        rest = rest.get(length..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_a_body_without_them_is_none() {
        assert_eq!(unchunked(b"3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n").as_deref(), Some(&b"abcde"[..]));
        assert_eq!((unchunked(b"<html>\n"), unchunked(b"5\r\nab"), unchunked(b"")), (None, None, None));
    }
}
