//! A text of a document (body, header, footnotes): its elements → lines.

use super::format::is_on;
use super::paragraph::DocxParagraph;
use super::styles::DocxStyles;
use crate::readers::ReadFault;
use crate::readers::raw_page::RawLine;
use crate::readers::spacing::{self, WordGap};
use crate::readers::xml::{XmlEvent, XmlTag, XmlWalker};

/// Elements that are passed over with all that is in them: deleted and moved text, instructions of fields, pinyin over
/// characters, earlier properties.
const PASSED_OVER: &[&str] = &[
    "del",
    "delText",
    "moveFrom",
    "instrText",
    "delInstrText",
    "rt",
    "pPrChange",
    "rPrChange",
    "sectPrChange",
    "tblPrChange",
    "tcPrChange",
    "trPrChange",
    "tblGridChange",
    "tblPrExChange",
    "numberingChange",
];

/// The lines of a text, and the width of its paper in points where it states one.
#[derive(Debug, Default)]
pub(super) struct StoryLines {
    pub(super) lines: Vec<RawLine>,
    pub(super) paper_width: Option<f64>,
}

/// Reads a part. What stands before damage is in the lines.
pub(super) fn read(text: &str, styles: &DocxStyles, label: &str) -> (StoryLines, Result<(), ReadFault>) {
    let mut scan = StoryScanner::new(styles, label);
    let mut walk = XmlWalker::parse(text);
    let read = loop {
        match walk.next() {
            Ok(Some(XmlEvent::Open(tag))) => scan.open(&tag),
            Ok(Some(XmlEvent::Close(name))) => scan.close(&name),
            Ok(Some(XmlEvent::Text(text))) => scan.text(&text),
            Ok(None) => break Ok(()),
            Err(fault) => break Err(fault),
        }
    };
    (scan.finish(), read)
}

struct StoryScanner<'s> {
    styles: &'s DocxStyles,
    label: &'s str,
    /// Names of the open elements.
    path: Vec<String>,
    /// Elements that are open inside one that is passed over, that one included.
    passing: usize,
    /// Of each open choice between forms whether one was taken.
    chosen: Vec<bool>,
    /// Open paragraphs; one in a text box stands in another.
    paragraphs: Vec<DocxParagraph>,
    /// A paragraph that the next one goes on with.
    unfinished: Option<DocxParagraph>,
    /// Where lines go: the text, a cell, a text box.
    sinks: Vec<Vec<RawLine>>,
    /// Open rows with their cells.
    rows: Vec<Vec<Vec<RawLine>>>,
    groups: u32,
    paper_width: Option<f64>,
}

impl<'s> StoryScanner<'s> {
    fn new(styles: &'s DocxStyles, label: &'s str) -> Self {
        Self {
            styles,
            label,
            path: Vec::new(),
            passing: 0,
            chosen: Vec::new(),
            paragraphs: Vec::new(),
            unfinished: None,
            sinks: vec![Vec::new()],
            rows: Vec::new(),
            groups: 0,
            paper_width: None,
        }
    }

    /// The name of the element so many levels up.
    fn ancestor(&self, up: usize) -> &str {
        self.path.len().checked_sub(up).and_then(|at| self.path.get(at)).map_or("", String::as_str)
    }

    fn open(&mut self, tag: &XmlTag) {
        if self.passing > 0 || self.is_passed_over(tag) {
            self.passing += 1;
            return;
        }
        match tag.name() {
            "AlternateContent" => self.chosen.push(false),
            "p" => self.paragraphs.push(DocxParagraph::default()),
            "txbxContent" | "tc" => self.sinks.push(Vec::new()),
            "tr" => self.rows.push(Vec::new()),
            "pgSz" => self.paper_width = tag.number("w").map(|width| width / 20.0).or(self.paper_width),
            _ => self.open_in_paragraph(tag),
        }
        self.path.push(tag.name().to_owned());
    }

    fn open_in_paragraph(&mut self, tag: &XmlTag) {
        let in_run = self.ancestor(1) == "rPr" && self.ancestor(2) == "r";
        let is_page = matches!(tag.text("type").as_str(), "page" | "column");
        let styles = self.styles;
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match tag.name() {
            "pStyle" => paragraph.style = tag.text("val"),
            "r" => paragraph.begin_run(),
            "rStyle" if in_run => paragraph.run_style = tag.text("val"),
            _ if in_run => paragraph.run.state(tag),
            // An empty line would part a paragraph that goes on behind the page.
            "br" | "cr" if !is_page => paragraph.push("\n", styles),
            "tab" if self.path.last().is_some_and(|parent| parent == "r") => paragraph.push("\t", styles),
            "noBreakHyphen" => paragraph.push("-", styles),
            _ => {}
        }
    }

    /// Whether an element is passed over. Of several forms of one thing the first is taken.
    fn is_passed_over(&mut self, tag: &XmlTag) -> bool {
        match tag.name() {
            "Choice" | "Fallback" => match self.chosen.last_mut() {
                Some(chosen) => std::mem::replace(chosen, true),
                None => false,
            },
            "footnote" | "endnote" => !matches!(tag.text("type").as_str(), "" | "normal"),
            "del" if self.ancestor(1) == "rPr" && self.ancestor(2) == "pPr" => {
                self.paragraphs.iter_mut().next_back().into_iter().for_each(|paragraph| paragraph.goes_on = is_on(tag));
                true
            }
            name => PASSED_OVER.contains(&name),
        }
    }

    fn close(&mut self, name: &str) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        self.path.pop();
        match name {
            "AlternateContent" => drop(self.chosen.pop()),
            "p" => self.end_paragraph(),
            "txbxContent" => self.end_box(),
            "tc" => {
                let lines = self.sinks.pop().unwrap_or_default();
                match self.rows.last_mut() {
                    Some(row) => row.push(lines),
                    None => self.put(lines),
                }
            }
            "tr" => self.end_row(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.passing > 0 || self.path.last().is_none_or(|parent| parent != "t") {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            // A line feed in the file is a space of the text.
            paragraph.push(&text.replace(['\n', '\r'], " "), self.styles);
        }
    }

    /// Adds lines to where they belong.
    fn put(&mut self, lines: Vec<RawLine>) {
        match self.sinks.last_mut() {
            Some(sink) => sink.extend(lines),
            None => self.sinks.push(lines),
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        if let Some(before) = self.unfinished.take() {
            let after = std::mem::take(&mut paragraph);
            paragraph = after.behind(before);
        }
        if paragraph.goes_on {
            self.unfinished = Some(paragraph);
            return;
        }
        let lines = paragraph.into_lines(self.styles, self.label);
        self.put(lines);
    }

    /// Ends a text box: its lines follow the paragraph that it hangs on.
    fn end_box(&mut self) {
        let mut lines = self.sinks.pop().unwrap_or_default();
        self.groups += 1;
        lines.iter_mut().for_each(|line| line.mark.group = self.groups);
        match self.paragraphs.last_mut() {
            Some(paragraph) => paragraph.boxes.extend(lines),
            None => self.put(lines),
        }
    }

    /// Ends a row: it is one line where none of its cells has several.
    fn end_row(&mut self) {
        let cells = self.rows.pop().unwrap_or_default();
        if cells.iter().any(|cell| cell.len() > 1) {
            return self.put(cells.into_iter().flatten().collect());
        }
        let mut cells = cells.into_iter().flatten();
        let Some(mut row) = cells.next() else { return };
        for cell in cells {
            spacing::join(&mut row.text, cell.text.trim(), WordGap::Wide);
            row.bold &= cell.bold;
        }
        if row.mark.label.is_empty() {
            row.mark.label = "table".to_owned();
        }
        self.put(vec![row]);
    }

    /// All lines, those of what was never closed too.
    fn finish(mut self) -> StoryLines {
        let unfinished = self.unfinished.take();
        let open = std::mem::take(&mut self.paragraphs);
        for paragraph in unfinished.into_iter().chain(open) {
            let lines = paragraph.into_lines(self.styles, self.label);
            self.put(lines);
        }
        let rows = self.rows.into_iter().flatten().flatten();
        let sinks = self.sinks.into_iter().flatten();
        StoryLines { lines: sinks.chain(rows).collect(), paper_width: self.paper_width }
    }
}
