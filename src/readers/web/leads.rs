//! Pages that hold nothing but the way to another: a refresh, a frameset.

use super::tree::WebTree;

/// Where a page leads at once: the address of its refresh, else that of its first frame.
pub(super) fn leads_to(tree: &WebTree) -> Option<String> {
    refresh(tree).or_else(|| frame(tree)).map(|target| target.chars().take(300).collect())
}

fn refresh(tree: &WebTree) -> Option<String> {
    tree.named("meta").find_map(|at| {
        let node = tree.nodes.get(at)?;
        let content = node.attribute("content");
        let lower = content.to_ascii_lowercase();
        let is_refresh = node.attribute("http-equiv").eq_ignore_ascii_case("refresh");
        let target = content.get(lower.find("url").filter(|_| is_refresh)? + 3..)?;
        let target = target.trim_start().strip_prefix('=')?.trim().trim_matches(['"', '\'']);
        (!target.is_empty()).then(|| target.to_owned())
    })
}

fn frame(tree: &WebTree) -> Option<String> {
    tree.named("frameset").next()?;
    let targets = tree.named("frame").map(|at| tree.nodes[at].attribute("src").to_owned());
    targets.into_iter().find(|target| !target.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_leads_to_another() {
        let leads = |html: &str| leads_to(&WebTree::parse(html));
        assert_eq!(
            leads("<META HTTP-EQUIV=REFRESH CONTENT=\"0; URL='html/2014-01/28/node_2.htm'\">").as_deref(),
            Some("html/2014-01/28/node_2.htm")
        );
        assert_eq!(leads("<frameset cols='1,2'><frame src=''><frame src=a.htm></frameset>").as_deref(), Some("a.htm"));
        assert_eq!(leads("<meta http-equiv=refresh content=300><p>文</p>"), None);
    }
}
