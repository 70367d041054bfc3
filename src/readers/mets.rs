//! METS, the envelope of digitised issues, where it holds its ALTO files (`FContent`/`xmlData`).
//!
//! | of the format | becomes |
//! |---|---|
//! | `file` with an embedded `alto` | its pages, as the reader `alto` gives them |
//! | `div TYPE="ARTICLE"` of a structure map, `area FILEID BEGIN` in it | the article of each line of that block or line |
//!
//! A reader sees one file only: METS that names its ALTO files by address gives a remark, and they are read by themselves,
//! without its articles. An `area` that names a span (`END`) counts for its first element.

use super::alto::{AltoArticles, AltoScanner, check_version};
use super::raw_page::PageEmitter;
use super::xml::{XmlEvent, XmlTag, XmlWalker, text_of};
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{Problem, ProblemCode};

pub(super) struct Mets;

impl Reader for Mets {
    fn name(&self) -> &'static str {
        "mets"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        if FileHead::read(file.bytes).root().as_deref() == Some("mets") { Claim::ByContent } else { Claim::No }
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let text = text_of(file)?;
        let (articles, map) = articles(text);
        let mut pages = PageEmitter::new(file.limits, found);
        let read = pages_of(text, &articles, &mut pages);
        if pages.is_empty() && read.is_ok() {
            pages.emit(ReaderOutput::Remark(Problem::plain(ProblemCode::MetsWithoutText)));
        }
        pages.finish();
        map.and(read)
    }
}

/// Articles of the structure maps, up to where the file is damaged.
fn articles(text: &str) -> (AltoArticles, Result<(), ReadFault>) {
    let mut articles = AltoArticles::new();
    let mut divisions: Vec<Option<String>> = Vec::new();
    let mut walk = XmlWalker::parse(text);
    loop {
        match walk.next() {
            Ok(Some(XmlEvent::Open(tag))) if tag.name() == "div" => divisions.push(article_of(&tag, divisions.len())),
            Ok(Some(XmlEvent::Open(tag))) if tag.name() == "area" => {
                if let Some(article) = divisions.iter().rev().find_map(Option::as_ref) {
                    articles.entry((tag.text("FILEID"), tag.text("BEGIN"))).or_insert_with(|| article.clone());
                }
            }
            Ok(Some(XmlEvent::Close(name))) if name == "div" => drop(divisions.pop()),
            Ok(Some(_)) => {}
            Ok(None) => return (articles, Ok(())),
            Err(fault) => return (articles, Err(fault)),
        }
    }
}

/// What an article is called: its id, else its label, else its place.
fn article_of(tag: &XmlTag, place: usize) -> Option<String> {
    if !tag.text("TYPE").eq_ignore_ascii_case("article") {
        return None;
    }
    let names = ["ID", "LABEL", "DMDID"].map(|name| tag.text(name));
    Some(names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| format!("article {place}")))
}

fn pages_of(text: &str, articles: &AltoArticles, pages: &mut PageEmitter) -> Result<(), ReadFault> {
    let mut walk = XmlWalker::parse(text);
    let mut file = String::new();
    while let Some(step) = walk.next()? {
        let XmlEvent::Open(tag) = step else { continue };
        match tag.name() {
            "file" => file = tag.text("ID"),
            "alto" => {
                // Without a namespace of its own it has that of METS.
                if !tag.namespace.contains("/METS") {
                    check_version(&tag)?;
                }
                alto(&mut walk, &mut AltoScanner::new(articles, &file), pages)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reads one embedded ALTO document to its end.
fn alto(walk: &mut XmlWalker, scan: &mut AltoScanner, pages: &mut PageEmitter) -> Result<(), ReadFault> {
    let read = loop {
        match walk.next() {
            Ok(Some(XmlEvent::Close(name))) if name == "alto" => break Ok(()),
            Ok(Some(step)) => scan.handle_event(step, pages),
            Ok(None) => break Ok(()),
            Err(fault) => break Err(fault),
        }
    };
    scan.finish(pages);
    read
}
