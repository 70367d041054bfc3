//! The newspaper: from an option, the item, the path, or its name in a masthead.

use super::masthead_block::MastheadBlock;
use super::{FactConflict, PageContext, PageOrigin, path, region};
use crate::model::{PaperInfo, Story};
use crate::tables::{Paper, papers};

/// The paper of a file.
pub(super) fn of_page(
    origin: &PageOrigin,
    heads: &[MastheadBlock],
    lines: &[(u32, String)],
    year: Option<i16>,
) -> PaperInfo {
    let printed = || heads.iter().find_map(|head| head.paper).map(known_paper);
    let in_path = || path::parts(&origin.path).into_iter().rev().find_map(|part| local(part, year));
    let in_path = || in_path().or_else(|| folder_paper(&origin.root, &origin.path).map(|name| unknown_paper(&name)));
    let in_text = || printed().or_else(|| lines.iter().find_map(|(_, line)| local(line, year)));
    let read = || from_path(origin).map(known_paper).or_else(in_path).or_else(in_text);
    let stated = origin.paper.as_deref().or(origin.stated.paper.as_deref());
    let mut info = stated.map(unknown_paper).or_else(read).unwrap_or_default();
    let home = origin.region.as_deref().or(origin.stated.region.as_deref());
    if let Some(home) = home.and_then(region::code) {
        info.home = home;
    }
    info
}

/// The paper of a story: what the item states, else that of the page. An option of the run goes before both.
pub(super) fn of_story(story: &Story, page: &PageContext) -> PaperInfo {
    let Some(given) = story.given.paper.as_deref().filter(|name| !name.trim().is_empty()) else {
        return page.paper.clone();
    };
    let mut info = unknown_paper(given);
    if page.region.is_some() || info.home.is_empty() && info.name == page.paper.name {
        info.home = page.paper.home.clone();
    }
    info
}

/// The paper that a folder or file is named after: `华山工人报`, `1998年华山工人报`; the innermost wins. Names of kinds of
/// papers and of other prints are none.
pub fn folder_paper(root: &str, path: &str) -> Option<String> {
    let whole = format!("{root}/{path}");
    let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let named = |part: &str| {
        let runs = part.split(|c| !is_han(c)).map(|run| run.trim_start_matches(['年', '月', '日', '版']));
        runs.rev().find(|run| is_paper_name(run)).map(str::to_owned)
    };
    path::parts(&whole).into_iter().rev().find_map(named)
}

fn is_paper_name(text: &str) -> bool {
    let table = papers();
    let is_other = || {
        table.kinds.iter().any(|kind| text == kind) || table.prints.iter().any(|print| text.ends_with(print.as_str()))
    };
    text.ends_with('报') && text.chars().count() >= SHORTEST_NAME && !is_other()
}

/// Shortest name of a paper, in characters.
const SHORTEST_NAME: usize = 3;

/// What contradicts the paper of a page: that of a masthead with a day, where another is stated or a folder is named after one.
pub(super) fn conflict(page: &PaperInfo, heads: &[MastheadBlock]) -> Option<FactConflict> {
    let printed = heads.iter().filter(|head| head.day.is_some()).find_map(|head| head.paper)?;
    let differs = !page.name.is_empty() && printed.name != page.name && printed.id != page.id;
    differs.then(|| FactConflict { field: "paper", kept: page.name.clone(), other: printed.name.clone() })
}

/// The longest known name that a line holds.
pub(super) fn paper_in_line(line: &str) -> Option<&'static Paper> {
    let names = |paper: &'static Paper| std::iter::once(&paper.name).chain(&paper.aliases);
    let held = papers().all().iter().flat_map(|paper| names(paper).map(move |name| (paper, name)));
    held.filter(|(_, name)| line.contains(name.as_str())).max_by_key(|(_, name)| name.len()).map(|(paper, _)| paper)
}

/// A paper that a line begins with and that is called after its place: 平顶山日报. It is at home there.
fn local(line: &str, year: Option<i16>) -> Option<PaperInfo> {
    let bare = line.trim().trim_start_matches('《');
    let head: String = bare.chars().take_while(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
    let place = papers().endings.iter().find_map(|ending| head.strip_suffix(ending.as_str()))?;
    let home = region::named_code(place, year)?;
    Some(PaperInfo { id: head.clone(), name: head, home })
}

fn unknown_paper(text: &str) -> PaperInfo {
    let bare = text.trim().trim_start_matches('《').trim_end_matches('》');
    let unknown = || PaperInfo { id: bare.to_owned(), name: bare.to_owned(), home: String::new() };
    papers().find(bare).map_or_else(unknown, known_paper)
}

fn known_paper(paper: &'static Paper) -> PaperInfo {
    PaperInfo { id: paper.id.clone(), name: paper.name.clone(), home: paper.region.clone() }
}

/// A folder, a name, or a word of either that means a paper; the innermost wins.
fn from_path(origin: &PageOrigin) -> Option<&'static Paper> {
    let whole = format!("{}/{}", origin.root, origin.path);
    let word_end = |c: char| c == '-' || c == '_' || c == '.' || c.is_ascii_digit();
    path::parts(&whole).into_iter().rev().find_map(|part| {
        let words = part.split(word_end).filter(|word| !word.is_empty());
        papers().find(part).or_else(|| words.into_iter().find_map(|word| papers().find(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::page_context;
    use super::*;

    fn paper(origin: PageOrigin, line: &str) -> (String, String) {
        let info = page_context(&origin, &[(1, line.to_owned())]).paper;
        (info.name, info.home)
    }

    #[test]
    fn option_path_masthead() {
        let at = |path: &str| PageOrigin { root: "corpus".into(), path: path.into(), ..PageOrigin::default() };
        let flag = |name: &str, path: &str| PageOrigin { paper: Some(name.into()), ..at(path) };
        let cases = [
            (flag("《工人日报》", "sxgrb/1.txt"), "", "工人日报", ""),
            (flag("某厂工人报", "1.txt"), "", "某厂工人报", ""),
            (at("grrb/2014/01/28/2.html"), "", "工人日报", ""),
            (at("zjgrrb-20140128-02.txt"), "", "浙江工人日报", "330000"),
            (at("陕西工人报/1.txt"), "", "陕西工人报", "610000"),
            (at("1998年华峰工人报/3月/1.txt"), "", "华峰工人报", ""),
            (at("某厂剪报/产业报/1.txt"), "", "", ""),
            (at("1.txt"), "浙江工人日报 2014年4月29日 第3版", "浙江工人日报", "330000"),
            (at("1.txt"), "《工人日报》", "工人日报", ""),
            (at("1.txt"), "据工人日报报道", "", ""),
        ];
        for (origin, line, name, home) in cases {
            assert_eq!(paper(origin.clone(), line), (name.to_owned(), home.to_owned()), "{origin:?} {line}");
        }
    }

    #[test]
    fn the_region_option_is_the_home() {
        let origin = PageOrigin { path: "1.txt".into(), region: Some("厦门市".into()), ..PageOrigin::default() };
        assert_eq!(paper(origin, "").1, "350200");
    }
}
