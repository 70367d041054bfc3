//! Charts as a file of their own.

use super::chart::{ChartDrawing, WIDTH};
use super::svg::{DrawingPart, SvgShape, Theme, allowed, markup};
use askama::Template;

/// Entries of a legend beside each other, and where they begin.
const KEYS: [f64; 3] = [64.0, 352.0, 640.0];

/// Charts as a file of their own.
pub(super) struct SvgDocument {
    /// Its title.
    pub(super) title: String,
    /// What it shows, in full.
    pub(super) about: String,
    /// Lines below the title.
    pub(super) lines: Vec<String>,
    /// Drawings with their headings and remarks.
    pub(super) drawings: Vec<(String, ChartDrawing, Vec<String>)>,
    /// Where the numbers are from.
    pub(super) source: String,
}

/// The file as markup.
#[derive(Template)]
#[template(path = "chart_file.html")]
struct ChartFileMarkup {
    width: f64,
    height: f64,
    title: String,
    about: String,
    body: String,
}

/// A document on its way: what stands in it, and how far down.
struct SvgWriter {
    shapes: Vec<SvgShape>,
    y: f64,
}

impl SvgDocument {
    /// The file.
    pub(super) fn svg(&self) -> String {
        let mut writer = SvgWriter { shapes: Vec::new(), y: 12.0 };
        writer.write(&self.title, 20.0);
        self.lines.iter().for_each(|line| writer.write(line, 13.0));
        for (heading, drawing, notes) in &self.drawings {
            writer.write(heading, 16.0);
            writer.draw(drawing);
            notes.iter().for_each(|note| writer.write(note, 12.0));
        }
        writer.write(&self.source, 12.0);
        let (title, about) = (allowed(&self.title), allowed(&self.about));
        let height = (writer.y + 14.0).ceil();
        let file = ChartFileMarkup { width: WIDTH, height, title, about, body: markup(&writer.shapes) };
        file.render().unwrap_or_default()
    }
}

impl SvgWriter {
    /// A line of text, cut at the edge of the file: the description has it in full.
    fn write(&mut self, text: &str, size: f64) {
        if text.is_empty() {
            return;
        }
        self.y += size * 1.6;
        self.shapes.push(SvgShape::Text {
            paint: Theme::File.paint(DrawingPart::Text),
            place: (24.0, self.y),
            anchor: "",
            size,
            text: shortened(text, (900.0 / size) as usize),
        });
    }

    /// A drawing with its legend.
    fn draw(&mut self, drawing: &ChartDrawing) {
        self.shapes.push(SvgShape::Moved { to: (0.0, self.y + 12.0), shapes: drawing.shapes.clone() });
        self.y += drawing.height + 16.0;
        for row in drawing.keys.chunks(KEYS.len()) {
            for (x, (style, name)) in KEYS.into_iter().zip(row) {
                let name = SvgShape::Text {
                    paint: Theme::File.paint(DrawingPart::Text),
                    place: (42.0, 11.5),
                    anchor: "",
                    size: 0.0,
                    text: shortened(name, 18),
                };
                self.shapes.push(SvgShape::Moved { to: (x, self.y), shapes: vec![style.sample(Theme::File), name] });
            }
            self.y += 22.0;
        }
    }
}

/// The beginning of a text, as wide as so many Han characters; a letter or digit is half as wide.
fn shortened(text: &str, most: usize) -> String {
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    if width(text) <= 2 * most {
        return text.to_owned();
    }
    let ends = text.char_indices().map(|(at, _)| at);
    let end = ends.take_while(|end| width(&text[..*end]) + 2 <= 2 * most).last().unwrap_or(0);
    text[..end].chars().chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::super::series_style::SeriesStyle;
    use super::*;

    #[test]
    fn a_file_holds_its_drawings_and_all_of_its_text() {
        let keys = vec![(SeriesStyle::series(0), "甲".to_owned()), (SeriesStyle::series(7), "<乙>".to_owned())];
        let ring = SvgShape::Ring { centre: (1.0, 2.0), radius: 3.0 };
        let drawing = ChartDrawing { shapes: vec![ring], height: 100.0, summary: String::new(), keys, gaps: false };
        let file = SvgDocument {
            title: "报库：<甲>".into(),
            about: "长".repeat(200),
            lines: vec!["长".repeat(200)],
            drawings: vec![(String::new(), drawing, Vec::new())],
            source: "来源".into(),
        };
        let svg = file.svg();
        assert!(svg.starts_with("<?xml") && svg.contains("xmlns=") && svg.ends_with("</svg>\n"));
        assert!(svg.contains("<title>报库：&#60;甲&#62;</title>") && svg.contains("&#60;乙&#62;"), "{svg}");
        assert!(svg.contains("<circle cx=\"1.0\""));
        assert_eq!((svg.matches(&"长".repeat(200)).count(), svg.matches('…').count()), (1, 1), "{svg}");
        assert!(!svg.contains("class=") && !svg.contains("currentColor"));
    }
}
