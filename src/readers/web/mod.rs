//! Pages of digital newspapers and of news sites, as systems write them and as people save them.
//!
//! | of the page | becomes |
//! |---|---|
//! | an article page of Founder, 53BK, workercn, joyhua, xpaper, the national daily | an item with title, kicker, subtitle, byline, body, captions, day, page, paper |
//! | any other page with a text | the same by what the page says of itself (JSON-LD, `meta`, marks, labels, address), else by where the running text stands |
//! | a video page with a description only | an item whose body is the description |
//! | a list of articles (`node_….htm`) | furniture |
//! | menus, lists of headlines, 上一版, footers, days of scanning | furniture |
//! | the map of a page picture (`PagePicMap`) in such a list | the places of its articles |
//! | a page that leads to another at once (refresh, frameset) | furniture, and a remark that names the other |
//!
//! Where values stand, which source is believed before which, and what is furniture is `tables/web_pages.toml`. A day or page
//! that a less trusted source states otherwise is kept as a field of the item. Characters are those of the lines that the
//! page shows; scripts, styles, comments and what is hidden are none. Days are taken as written, without regard to time
//! zones. Not read: text that a script fetches, pictures, PDF behind links.
//!
//! **The parser.** Tokens come from `html5gum` (MIT, one crate without dependencies, by the WHATWG standard: references
//! without `;`, comments, scripts), their tree is ours: a flat list with a depth of 256 at most. `html5ever`, and with it
//! `scraper` and `dom_query`, takes time that grows with the square of the depth and has no limit of it (servo/html5ever
//! #788: 512 KB of nested lists take 94 s); `tl` and `lol_html` read no text by the standard or want selectors known before.
//! The tokenizer of hOCR ([`super::html`]) drops comments and scripts, where the values of these systems stand. On pages made of
//! 8,414 items of television news the reader does 33 MB/s (4,500 pages/s) where the bare tokenizer does 104 MB/s, one thread
//! (`cargo bench --bench web`); a page of 50 MB takes a second and 270 MB of memory.

mod address;
mod article;
mod body;
mod days;
mod family;
mod furniture;
mod leads;
mod marks;
mod page;
mod picture;
mod properties;
mod shown;
mod tail;
mod title;
mod tree;
mod values;

use super::xml::text_of;
use super::{Claim, FileHead, ReadFault, Reader, ReaderOutput, SourceFile};
use crate::model::{Problem, ProblemCode};
use crate::tables::web_pages;
use article::{WebArticle, article};
use page::WebPage;

pub(super) struct Web;

impl Reader for Web {
    fn name(&self) -> &'static str {
        "html"
    }

    fn claims(&self, file: &SourceFile) -> Claim {
        let opening = FileHead::read(file.bytes);
        let is_html = opening.first() == Some(b'<') && opening.is_html();
        let by_name = || web_pages().page_extensions.iter().any(|known| file.has_extension(&[known.as_str()]));
        match () {
            () if is_html && !opening.has_class("ocr_page") => Claim::ByContent,
            () if !is_html && by_name() => Claim::ByName,
            () => Claim::No,
        }
    }

    fn gives_pages(&self) -> bool {
        false
    }

    fn read(&self, file: &SourceFile, found: &mut dyn FnMut(ReaderOutput)) -> Result<(), ReadFault> {
        let page = WebPage::parse(file.path, text_of(file)?);
        let shown: u64 = page.lines.iter().map(|line| line.characters as u64).sum();
        let limits = &file.limits;
        if page.tree.is_cut || shown > limits.page_characters as u64 || page.lines.len() > limits.page_lines {
            let numbers = [shown, page.lines.len() as u64, limits.page_characters as u64, limits.page_lines as u64, 0];
            let arguments = std::iter::once("file".to_owned()).chain(numbers.map(|number| number.to_string()));
            found(ReaderOutput::Refused(Problem::of_file(ProblemCode::PageTooLarge, arguments).losing(shown)));
            return Ok(());
        }
        match article(&page, is_list_name(file.path)).filter(|_| !page.address.is_index) {
            Some(WebArticle { story, characters, furniture }) => {
                found(ReaderOutput::Item(Box::new(story), characters));
                found(ReaderOutput::Furniture(furniture));
            }
            None => {
                if let Some(map) = picture::picture_map(&page) {
                    found(ReaderOutput::PictureMap(Box::new(map)));
                }
                if let Some(target) = leads::leads_to(&page.tree) {
                    found(ReaderOutput::Remark(Problem::of_file(ProblemCode::LeadsElsewhere, [target])));
                }
                found(ReaderOutput::Furniture(shown));
            }
        }
        Ok(())
    }
}

/// Whether a file is named as lists are.
fn is_list_name(path: &str) -> bool {
    let name = path.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    stem.is_empty()
        || ["index", "default", "home", "main", "list", "node", "more"].iter().any(|known| {
            stem.strip_prefix(known).is_some_and(|rest| rest.bytes().all(|byte| !byte.is_ascii_alphabetic()))
        })
}

/// Whether a file is named as pages of the web are.
pub fn is_web_page(path: &str) -> bool {
    let ending = path.rsplit('/').next().unwrap_or_default().rsplit_once('.').map_or("", |(_, ending)| ending);
    web_pages().page_extensions.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a name is of a file that belongs to a saved page and is none itself: a script, a style sheet, a picture.
pub fn is_page_asset(path: &str) -> bool {
    let table = web_pages();
    let bare = path.split(['?', '#']).next().unwrap_or_default();
    let ending = bare.rsplit('/').next().unwrap_or_default().rsplit_once('.').map_or("", |(_, ending)| ending);
    let by_ending = table.asset_extensions.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let folders = bare.rsplit('/').skip(1);
    let is_saved = |folder: &str| table.asset_folder_ends.iter().any(|end| folder.ends_with(end.as_str()));
    by_ending || folders.into_iter().any(is_saved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_saved_page_is_known_by_name() {
        for path in ["a/x.CSS", "x_files/frame.html", "x.files/1", "b.jpg?v=1", "js/jquery.min.js"] {
            assert!(is_page_asset(path), "{path}");
        }
        for path in ["a/x.html", "content_1.htm", "files/1.txt", "1.shtml?x.css", "js"] {
            assert!(!is_page_asset(path), "{path}");
        }
    }

    #[test]
    fn lists_are_known_by_name() {
        for path in ["a/index.html", "node_2.htm", "http://h/", "list2.shtml", "index.php?x"] {
            assert!(is_list_name(path), "{path}");
        }
        for path in ["content_2.htm", "ARTI12.shtml", "mainland.html"] {
            assert!(!is_list_name(path), "{path}");
        }
    }
}
