//! What a caller sees of newspaper pages: their lines, blocks and articles, where things stand on them, and what is doubtful.
//! `baoku inspect` prints the same as the API.

use super::article_json::{article_value, date, grafts, paper, rounded, rounded_to, text};
use crate::archive::{DoubtfulPage, DoubtfulReply, PageReply, PlacedArea};
use crate::ingest::{FilePreview, FlowForm, FlowLines, PagePreview};
use crate::model::{
    Area, Direction, Font, Line, LineGeometry, PageGeometry, PagePictureMap, PageRecord, PageRecordBlock, Point, Shape,
    ShapeKind, SourceHint,
};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// What `baoku inspect --format json` prints: the articles of a file, in order. In a file of several pages `page` is the
/// number of the page in the file, and the printed one stands in `printed_page`.
pub fn inspected_articles(preview: &FilePreview) -> String {
    let row = |article| {
        let mut row = article_value(article);
        if let Some(number) = preview.page_of(article).filter(|_| preview.page_count > 1) {
            row["printed_page"] = row["page"].take();
            row["page"] = json!(number);
        }
        row
    };
    text(&preview.articles.iter().map(row).collect::<Vec<_>>(), true)
}

/// What `baoku inspect --stage blocks --format json` prints: every block once, with its label and its article.
pub fn inspected_blocks(preview: &FilePreview) -> String {
    let rows = |page: &PagePreview| -> Vec<Value> {
        let number = Some(page.sheet.number).filter(|_| preview.page_count > 1);
        page.sheet.blocks.iter().map(|one| with_page(block(one), number)).collect()
    };
    text(&preview.pages.iter().flat_map(rows).collect::<Vec<_>>(), true)
}

fn with_page(mut row: Value, page: Option<u32>) -> Value {
    if let Some(page) = page {
        row["page"] = json!(page);
    }
    row
}

fn block(block: &PageRecordBlock) -> Value {
    let mut row = json!({
        "block": block.number,
        "lines": block.lines,
        "line": block.place,
        "label": block.label.name(),
        "article": block.article,
        "score": rounded(block.score),
        "begins": block.begins,
        "border": rounded(block.border),
        "join": rounded(block.join),
        "features": block.features,
        "text": block.text,
    });
    if let Some(before) = block.goes_on_from {
        row["goes_on_from"] = json!(before);
    }
    if !block.grafts.is_empty() {
        row["grafts"] = json!(grafts(&block.grafts));
    }
    row
}

/// What `baoku inspect --stage lines --format json` prints: each line of each page as its reader gave it.
pub fn inspected_lines(preview: &FilePreview) -> String {
    let rows = |page: &PagePreview| -> Vec<Value> {
        let flows = page.flow_lines();
        let of_line: HashMap<u32, &FlowLines> =
            flows.iter().flat_map(|flow| flow.lines.iter().map(move |number| (*number, flow))).collect();
        page.lines().iter().map(|one| line(one, page.sheet.number, of_line.get(&one.number).copied())).collect()
    };
    text(&preview.pages.iter().flat_map(rows).collect::<Vec<_>>(), true)
}

/// A line; what its source does not tell is left out.
fn line(line: &Line, page: u32, flow: Option<&FlowLines>) -> Value {
    let mut row = Map::new();
    let mut put = |name: &str, value: Value| _ = row.insert(name.to_owned(), value);
    put("page", json!(page));
    put("line", json!(line.number));
    if line.place > 0 {
        put("place", json!(line.place));
    }
    put("text", json!(line.text));
    put("indent", json!(line.indent));
    if let Some(place) = line.area {
        put("area", area(place));
        put("direction", json!(direction(line.direction)));
    }
    if !line.polygon.is_empty() {
        put("polygon", line.polygon.iter().map(point).collect());
    }
    if let Some(Font { size, bold }) = line.font {
        if size > 0 {
            put("size", json!(size));
        }
        put("bold", json!(bold));
    }
    if let Some(mark) = &line.mark {
        put("mark", self::mark(mark));
    }
    if let Some(flow) = flow {
        put("flow", json!(flow_form(flow.form)));
        if flow.form == FlowForm::Lines {
            put("width", json!(flow.width));
        }
    }
    Value::Object(row)
}

fn area(area: Area) -> Value {
    json!([area.left, area.top, area.right, area.bottom])
}

fn point(point: &Point) -> Value {
    json!([point.x, point.y])
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Horizontal => "horizontal",
        Direction::Vertical => "vertical",
    }
}

fn flow_form(form: FlowForm) -> &'static str {
    match form {
        FlowForm::Paragraphs => "paragraphs",
        FlowForm::Lines => "lines",
    }
}

fn mark(mark: &SourceHint) -> Value {
    let given = [
        ("label", Some(json!(mark.label)).filter(|_| !mark.label.is_empty())),
        ("group", Some(json!(mark.group)).filter(|_| mark.group > 0)),
        ("order", mark.order.map(|order| json!(order))),
        ("score", mark.score.map(|score| json!(rounded(score)))),
        ("article", Some(json!(mark.article)).filter(|_| !mark.article.is_empty())),
    ];
    given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// What `GET /api/v1/pages/{id}` answers.
pub fn page_reply(reply: &PageReply) -> String {
    let sheet = reply.sheet.as_ref();
    let first = reply.articles.first();
    let mut answer = json!({
        "id": reply.page_key,
        "permalink": format!("/pages/{}", reply.page_key),
        "paper": first.map(paper),
        "page": first.map(|article| article.metadata.page.as_str()),
        "date": first.map(|article| date(&article.metadata.date)),
        "source": sheet.map(source),
        "articles": reply.articles.iter().map(article_value).collect::<Vec<_>>(),
        "blocks": sheet.map(|sheet| sheet.blocks.iter().map(block).collect::<Vec<_>>()),
        "confidence": sheet.map(|sheet| rounded(sheet.confidence)),
        "generation": reply.generation,
    });
    if let Some(plan) = sheet.and_then(|sheet| sheet.plan.as_ref()) {
        add_plan(&mut answer, plan);
    }
    if let Some(map) = sheet.and_then(|sheet| sheet.picture.as_ref()) {
        answer["picture"] = picture(map, &reply.placed);
    }
    text(&answer, false)
}

/// The picture of the printed page and where articles stand on it, in ten-thousandths of its width.
fn picture(map: &PagePictureMap, placed: &[PlacedArea]) -> Value {
    let corner = |point: &Point| json!([point.x, point.y]);
    let area = |area: &PlacedArea| {
        json!({
            "polygon": area.polygon.iter().map(corner).collect::<Vec<_>>(),
            "article": area.article.map(|id| id.to_string()),
            "link": area.link,
        })
    };
    json!({ "address": map.picture, "section": map.section, "size": map.size, "areas": placed.iter().map(area).collect::<Vec<_>>() })
}

/// The file of a page, and its number there.
fn source(sheet: &PageRecord) -> Value {
    json!({ "root": sheet.source.root, "path": sheet.source.path, "page": sheet.number })
}

/// Where things stand on the page; areas in ten-thousandths of its width.
fn add_plan(answer: &mut Value, plan: &PageGeometry) {
    let place = |place: &LineGeometry| json!({ "line": place.number, "area": area(place.area), "direction": direction(place.direction) });
    let shape = |shape: &Shape| json!({ "kind": shape_kind(shape.kind), "area": area(shape.area) });
    answer["size"] = json!(plan.size);
    answer["lines"] = plan.lines.iter().map(place).collect();
    answer["shapes"] = plan.shapes.iter().map(shape).collect();
}

fn shape_kind(kind: ShapeKind) -> &'static str {
    match kind {
        ShapeKind::Picture => "picture",
        ShapeKind::Rule => "rule",
        ShapeKind::Frame => "frame",
        ShapeKind::Table => "table",
    }
}

/// What `baoku inspect --doubtful --format json` prints: a page of a file with its doubtful borders.
pub fn doubtful_sheet(sheet: &PageRecord, below: f32) -> Value {
    json!({
        "file": sheet.source.to_string(),
        "page": sheet.number,
        "page_id": sheet.page_key,
        "confidence": rounded_to(f64::from(sheet.confidence), 3),
        "borders": sheet.doubts(below).into_iter().map(border).collect::<Vec<_>>(),
    })
}

/// Characters of a block that are shown to recognise it by.
const FIRST_WORDS: usize = 20;

fn border(block: &PageRecordBlock) -> Value {
    json!({
        "line": block.lines.first(),
        "place": block.place,
        "block": block.number,
        "probability": rounded_to(f64::from(block.border), 3),
        "begins": block.begins,
        "text": block.text.chars().take(FIRST_WORDS).collect::<String>(),
    })
}

/// What `baoku inspect --doubtful --format json` prints.
pub fn inspected_doubts(pages: &[Value]) -> String {
    text(&pages, true)
}

/// What `GET /api/v1/doubtful` answers.
pub fn doubtful(reply: &DoubtfulReply) -> String {
    let row = |page: &DoubtfulPage| {
        let mut row = doubtful_sheet(&page.sheet, PageRecord::SURE);
        row["permalink"] = json!(format!("/pages/{}", page.sheet.page_key));
        row["paper"] = json!(page.first.as_ref().map(paper));
        row["date"] = json!(page.first.as_ref().map(|article| date(&article.metadata.date)));
        row["printed_page"] = json!(page.first.as_ref().map(|article| article.metadata.page.as_str()));
        row
    };
    let answer = json!({
        "pages": reply.pages.iter().map(row).collect::<Vec<_>>(),
        "next_cursor": reply.next_cursor,
        "generation": reply.generation,
    });
    text(&answer, false)
}
