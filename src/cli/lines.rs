//! The lines of a file's pages as readers give them, for a terminal: place, type, what the source says, text.

use super::printable;
use crate::ingest::{FilePreview, FlowForm, FlowLines, PagePreview};
use crate::model::{Direction, LengthUnit, Line, PageSize, SourceHint};
use std::fmt::Write;

/// All pages as text.
pub(super) fn text(preview: &FilePreview) -> String {
    let mut text = String::new();
    preview.pages.iter().for_each(|page| write_page(&mut text, page));
    text
}

fn write_page(text: &mut String, page: &PagePreview) {
    let size = page.source.size.as_ref().map(size).unwrap_or_default();
    let _ = writeln!(text, "第{}页　{}行{size}", page.sheet.number, page.lines().len());
    page.flow_lines().iter().for_each(|flow| _ = writeln!(text, "　　{}", flow_words(flow)));
    for line in page.lines() {
        let _ = writeln!(text, "{:>5}  {}{}", line.number, line_attributes(line), printable(&line.text));
    }
}

fn size(size: &PageSize) -> String {
    let unit = match size.unit {
        LengthUnit::Pixel => "像素",
        LengthUnit::Point => "点",
        LengthUnit::TenthMillimetre => "×0.1毫米",
        LengthUnit::Inch1200 => "×1/1200英寸",
        LengthUnit::Fraction | LengthUnit::Thousandth => return "，尺寸不详".into(),
    };
    format!("，{:.0}×{:.0} {unit}", size.width, size.height)
}

/// How lines became blocks.
fn flow_words(flow: &FlowLines) -> String {
    let lines = ranges(&flow.lines);
    match flow.form {
        FlowForm::Paragraphs => format!("第{lines}行：每行是一段"),
        FlowForm::Lines => format!("第{lines}行是印刷行，满行{}字，占{}%", flow.width.div_ceil(2), flow.full),
    }
}

/// Runs of numbers that are shown; a page whose reading order leaps has many.
const MOST_RUNS: usize = 6;

/// Numbers in their order, those that follow each other as ranges: `1–80、95`.
fn ranges(numbers: &[u32]) -> String {
    let runs: Vec<&[u32]> = numbers.chunk_by(|a, b| a + 1 == *b).collect();
    let run = |run: &&[u32]| match run {
        [first, .., last] => format!("{first}–{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    };
    let shown: Vec<String> = runs.iter().take(MOST_RUNS).map(run).collect();
    let rest = if runs.len() > MOST_RUNS { "等" } else { "" };
    format!("{}{rest}", shown.join("、"))
}

/// What is known of a line beside its text, with a space behind it.
fn line_attributes(line: &Line) -> String {
    let place = line.area.map(|area| format!("[{} {} {} {}]", area.left, area.top, area.right, area.bottom));
    let indent = Some(line.indent).filter(|indent| *indent > 0).map(|indent| format!("缩进{indent}"));
    let font = line.font.filter(|font| font.size > 0).map(|font| format!("字高{}", font.size));
    let bold = line.font.filter(|font| font.bold).map(|_| "粗".to_owned());
    let vertical = Some("竖排".to_owned()).filter(|_| line.direction == Direction::Vertical);
    let parts = [place, indent, font, bold, vertical, line.mark.as_ref().and_then(mark)];
    parts.into_iter().flatten().map(|part| part + " ").collect()
}

fn mark(mark: &SourceHint) -> Option<String> {
    let group = Some(mark.group).filter(|group| *group > 0).map(|group| format!("块{group}"));
    let parts = [
        Some(printable(&mark.label)).filter(|label| !label.is_empty()),
        group,
        mark.order.map(|order| format!("序{order}")),
        mark.score.map(|score| format!("{score:.2}")),
        Some(printable(&mark.article)).filter(|article| !article.is_empty()).map(|article| format!("文章{article}")),
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    (!said.is_empty()).then(|| format!("〈{}〉", said.join(" ")))
}
