//! ALTO versions 2, 3 and 4, told by the namespace; a file without one is read as version 2.
//!
//! | of the format | becomes |
//! |---|---|
//! | `MeasurementUnit`, `Page` with `WIDTH`, `HEIGHT`, `PHYSICAL_IMG_NR` | unit, size, number of a page |
//! | `TextBlock` | the group |
//! | the `LABEL` of its tag (`TAGREFS`), else `TYPE` of the `ComposedBlock`, else the margin it stands in | the label |
//! | `TextLine`: `HPOS` … `HEIGHT`, `Polygon`, slope of `BASELINE`, `BASEDIRECTION`, `ROTATION` of its block | area, polygon, direction |
//! | `String` `CONTENT`, `SP`, `HYP` | text; a space only between words of letters or digits, or where they stand wide apart |
//! | `WC` | score: the mean of the strings |
//! | `STYLEREFS` → `FONTSIZE`, `FONTSTYLE`, `FONTFAMILY` | size (not of pages in pixels, whose resolution ALTO does not say) and weight |
//! | `ReadingOrder` | the order, of blocks or of lines |
//! | `Illustration`, `GraphicalElement`, a `ComposedBlock` of type table | picture, rule or frame, table |
//!
//! Alternatives, glyphs and the undivided form of hyphenated words (`SUBS_CONTENT`) are not read: the page stays as
//! printed.

mod head;
mod line;
mod scan;

pub(super) use scan::{AltoArticles, AltoScanner};

use super::raw_page::PageEmitter;
use super::xml::{XmlEvent, XmlTag, XmlWalker, text_of};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};

pub(super) struct Alto;

impl Reader for Alto {
    fn name(&self) -> &'static str {
        "alto"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        if FileHead::read(file.bytes).root().as_deref() == Some("alto") { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = text_of(file)?;
        let articles = AltoArticles::default();
        let mut pages = PageEmitter::new(file.limits, found);
        let mut scan = AltoScanner::new(&articles, "");
        let read = walk(text, &mut scan, &mut pages);
        scan.finish(&mut pages);
        let nothing = pages.is_empty();
        pages.finish();
        read?;
        if nothing {
            return Err(ReadFault::Broken("is ALTO without a Page; nothing can be read of it".into()));
        }
        Ok(())
    }
}

fn walk(text: &str, scan: &mut AltoScanner, pages: &mut PageEmitter) -> Result<(), ReadFault> {
    let mut walk = XmlWalker::parse(text);
    while let Some(step) = walk.next()? {
        if let XmlEvent::Open(tag) = &step
            && tag.name() == "alto"
        {
            check_version(tag)?;
        }
        scan.handle_event(step, pages);
    }
    Ok(())
}

/// Namespaces of the versions that are read; the empty one is of files that state none.
const KNOWN: [&str; 4] = [
    "http://www.loc.gov/standards/alto/ns-v2#",
    "http://www.loc.gov/standards/alto/ns-v3#",
    "http://www.loc.gov/standards/alto/ns-v4#",
    "",
];

/// Refuses a version that is not known.
///
/// # Errors
/// [`ReadFault::Broken`] with the version.
pub(super) fn check_version(alto: &XmlTag) -> Result<(), ReadFault> {
    if KNOWN.contains(&alto.namespace.as_str()) {
        return Ok(());
    }
    let namespace: String = alto.namespace.chars().take(100).collect();
    Err(ReadFault::Broken(format!(
        "is ALTO of a version that is not known (namespace `{namespace}`); known are 2, 3 and 4 (`http://www.loc.gov/standards/alto/ns-v4#` and so on), convert it to one of them"
    )))
}
