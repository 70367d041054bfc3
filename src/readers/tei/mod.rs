//! TEI, the XML of text editions (P5; P4 as far as its names are the same).
//!
//! | of the format | becomes |
//! |---|---|
//! | a `div` of type `article` with a `head`; where there is none but a `div` has a head and text, each innermost `div` | an item |
//! | its `head`, one of type `sub` …, of type `kicker` … | title, subtitle, kicker; several of one kind one behind the other |
//! | `byline`; heads of divisions in it; `head` of a `figure` | byline; subheads; captions |
//! | `head` of the division around it | column |
//! | `p`, `ab`, `l`, `item`, a row of a table | a paragraph |
//! | `xml:id` of the `div`; `pb` with `n` before its text | id; page |
//! | `sourceDesc` of the header: `date` with `when`; `title` of level `j`, else the first | date, paper |
//! | a text without such divisions | pages, one each `pb`; a line each paragraph, or each `lb` in it, with the name of its element as label |
//! | text beside the items | a page of its own; running heads (`fw`) and heads that are columns are furniture |
//! | `choice`, `app` | what is printed (`sic`, `orig`, `abbr`, `lem`) |
//!
//! Left: text that was deleted (`del`), descriptions of pictures (`figDesc`), places in a facsimile (`zone`), dates of the
//! edition, and the date of a text that is read as pages: state it for the file.

mod draft;
mod header;
mod scanner;
mod shape;

use super::raw_page::PageEmitter;
use super::xml::{XmlEvent, XmlWalker, text_of};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};
use header::TeiHeader;
use scanner::TeiScanner;
use shape::TeiShape;

pub(super) struct Tei;

impl Reader for Tei {
    fn name(&self) -> &'static str {
        "tei"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let root = FileHead::read(file.bytes).root();
        if matches!(root.as_deref(), Some("TEI" | "teiCorpus" | "TEI.2")) { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = text_of(file)?;
        let shape = TeiShape::of(text);
        let mut scan = TeiScanner::new(shape, PageEmitter::new(file.limits, found));
        let (mut walk, mut headers) = (XmlWalker::parse(text), Vec::<TeiHeader>::new());
        let read = loop {
            match walk.next() {
                Ok(Some(XmlEvent::Open(tag))) if tag.name() == "teiHeader" => {
                    // The header of a corpus holds for its texts, that of a text for itself.
                    let outer = headers.first().cloned().unwrap_or_default();
                    match header::read(&mut walk) {
                        Ok(header) => headers.push(header.over(outer)),
                        Err(fault) => break Err(fault),
                    }
                    scan.begin_text(headers.last().cloned().unwrap_or_default());
                }
                Ok(Some(XmlEvent::Open(tag))) => scan.open(&tag),
                Ok(Some(XmlEvent::Close(name))) => scan.close(&name),
                Ok(Some(XmlEvent::Text(text))) => scan.text(&text),
                Ok(None) => break Ok(()),
                Err(fault) => break Err(fault),
            }
        };
        let nothing = scan.finish();
        if nothing && read.is_ok() {
            return Err(ReadFault::Broken("is TEI without text in its `text`; nothing can be read of it".into()));
        }
        read
    }
}
