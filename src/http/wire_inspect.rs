//! What `baoku inspect --format json` prints.

use super::wire::{article_json, block, text};
use crate::ingest::{FilePreview, Flow, FlowForm};
use crate::model::{Area, Line, SourceMark, SourcePage};
use serde_json::{Value, json};

/// The articles of a file, in order; of a file of several pages each with its `page`.
pub fn inspected_articles(preview: &FilePreview) -> String {
    let rows = preview.articles.iter().map(|article| json!(article_json(article))).collect();
    text(&paged(rows, preview, 1), true)
}

/// Every block once, with its label and its article.
pub fn inspected_blocks(preview: &FilePreview) -> String {
    let rows = preview.blocks.iter().map(block).collect();
    text(&paged(rows, preview, 0), true)
}

/// The lines of each page as its reader gave them.
pub fn inspected_lines(preview: &FilePreview) -> String {
    let rows =
        preview.pages.iter().flat_map(|(page, flows)| page.lines.iter().map(|line| line_json(page, flows, line)));
    text(&rows.collect::<Vec<Value>>(), true)
}

/// Adds the page to each row of a file of several pages.
fn paged(mut rows: Vec<Value>, preview: &FilePreview, kind: usize) -> Vec<Value> {
    if preview.pages.len() > 1 {
        rows.iter_mut().zip(&preview.page_of[kind]).for_each(|(row, page)| row["page"] = json!(page));
    }
    rows
}

fn line_json(page: &SourcePage, flows: &[Flow], line: &Line) -> Value {
    let mut row = json!({
        "page": page.number,
        "line": line.number,
        "place": line.place,
        "text": line.text,
        "indent": line.indent,
    });
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            row[name] = value;
        }
    };
    put("area", line.area.map(corners));
    let polygon: Vec<[i32; 2]> = line.polygon.iter().map(|point| [point.x, point.y]).collect();
    put("polygon", (!polygon.is_empty()).then(|| json!(polygon)));
    put("size", line.font.map(|font| json!(font.size)));
    put("bold", line.font.filter(|font| font.bold).map(|_| json!(true)));
    put("direction", line.area.map(|_| json!(line.direction)));
    put("mark", line.mark.as_ref().map(mark));
    // Without boxes the lines stand in reading order, so a region is a run of them; with boxes the page is one region.
    let at = line.number as usize - 1;
    let flow = flows.iter().find(|flow| page.has_geometry() || (flow.start..flow.end).contains(&at));
    put("flow", flow.map(|flow| json!(if flow.form == FlowForm::Lines { "lines" } else { "paragraphs" })));
    put("width", flow.filter(|flow| flow.form == FlowForm::Lines).map(|flow| json!(flow.width)));
    row
}

fn corners(area: Area) -> Value {
    json!([area.left, area.top, area.right, area.bottom])
}

fn mark(mark: &SourceMark) -> Value {
    json!({
        "label": mark.label,
        "group": mark.group,
        "order": mark.order,
        "score": mark.score,
        "article": mark.article,
    })
}
