//! `title` without the name of the site.

use crate::tables::web_pages;

/// What parts a title and the name of a site.
const SEPARATORS: [&str; 8] = ["_", "|", "｜", "--", " - ", " – ", " — ", "-"];

/// A longer title is left as it is, in bytes.
const LONGEST: usize = 1200;

/// The title without what stands behind it for the site. `heads`: the headings of the page, one of which it may begin with.
/// `site`: the name of the site, where the page states it.
pub(super) fn without_site(title: &str, heads: impl Iterator<Item = String>, site: Option<&str>) -> String {
    if title.len() > LONGEST {
        return title.to_owned();
    }
    let same = |head: &String| head.chars().count() >= 4 && title.starts_with(head.as_str());
    if let Some(head) = heads.filter(same).max_by_key(String::len) {
        return head;
    }
    let mut rest = title;
    while let Some(before) = without_last(rest, site) {
        rest = before;
    }
    rest.to_owned()
}

/// A title up to its last separator, where the name of a site stands behind it.
fn without_last<'a>(title: &'a str, site: Option<&str>) -> Option<&'a str> {
    let mut parted = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator));
    let (before, _) = parted.find(|(_, part)| is_site(part.trim(), site))?;
    let before =
        before.trim_end_matches(|c: char| matches!(c, '_' | '|' | '｜' | '-' | '—' | '–') || c.is_whitespace());
    (!before.is_empty()).then_some(before)
}

/// Whether what stands behind a separator is the name of a site. `site`: its name, where the page states it.
fn is_site(part: &str, site: Option<&str>) -> bool {
    let table = web_pages();
    part.is_empty()
        || site.is_some_and(|site| site.contains(part) || part.contains(site))
        || part.chars().count() <= 24
            && (table.site_ends.iter().any(|end| part.ends_with(end.as_str()))
                || table.site_parts.iter().any(|held| part.contains(held.as_str())))
}

/// Whether a title is nothing but the name of a site or paper.
pub(super) fn is_only_site(title: &str, site: Option<&str>) -> bool {
    let ends = ["网", "网站", "频道", "官网", "报", "数字报纸", "电子版", "首页"];
    title.is_empty()
        || site == Some(title)
        || title.chars().count() <= 12 && ends.iter().any(|end| title.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_cut_off() {
        let cut = |title: &str, heads: &[&str]| {
            without_site(title, heads.iter().map(|head| (*head).to_owned()), Some("江城在线"))
        };
        assert_eq!(cut("[视频]车间里的清凉_CCTV节目官网-CCTV-1_央视网(cctv.com)", &[]), "[视频]车间里的清凉");
        assert_eq!(cut("车间里的清凉_新闻频道_央视网(cctv.com)", &[]), "车间里的清凉");
        assert_eq!(cut("“3+1”——车间里的清凉 - 江城在线", &[]), "“3+1”——车间里的清凉");
        assert_eq!(cut("车间里的清凉-江城工人报", &["车间里的清凉"]), "车间里的清凉");
        assert_eq!(cut("江城-武昌职工运动会", &[]), "江城-武昌职工运动会");
        assert_eq!(cut("江城工人报", &[]), "江城工人报");
    }
}
