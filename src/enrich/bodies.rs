//! Union bodies named in an article: those of a place, of an industry, and at the grass roots.

use super::place_words::short_organ;
use super::places::{Mention, MentionTarget};
use super::zones::Zone;
use crate::model::{BodyLevel, Evidence, UnionBody};
use crate::tables::{Level, Region, unions};

/// Bodies of one article, at most.
const MAX_BODIES_PER_ARTICLE: usize = 40;
/// Characters of the name of a body at the grass roots.
const LONGEST: usize = 22;
const SHORTEST: usize = 4;

/// A place name of an article with the unit that it was found to name.
pub(super) struct NamedPlace<'a> {
    /// Number of the zone.
    pub zone: usize,
    /// The name.
    pub mention: &'a Mention,
    /// The unit; `None` for the whole country.
    pub row: Option<&'static Region>,
}

/// The bodies of an article, each once, in order.
pub(super) fn find(zones: &[Zone<'_>], named: &[NamedPlace]) -> Vec<UnionBody> {
    let mut bodies: Vec<UnionBody> = Vec::new();
    let mut add = |body: UnionBody| {
        if bodies.len() < MAX_BODIES_PER_ARTICLE && bodies.iter().all(|known| known.name != body.name) {
            bodies.push(body);
        }
    };
    for (number, zone) in zones.iter().enumerate() {
        named.iter().filter(|one| one.zone == number).filter_map(|one| of_place(zone, one)).for_each(&mut add);
        let starts: Vec<&NamedPlace> = named.iter().filter(|one| one.zone == number && one.row.is_some()).collect();
        industry_bodies(zone, &starts).into_iter().for_each(&mut add);
    }
    bodies
}

/// 思明区总工会, 市总工会 of the own city, 全总.
fn of_place(zone: &Zone, named: &NamedPlace) -> Option<UnionBody> {
    let evidence = |rule| Evidence::in_block(rule, zone.quote(named.mention.span.clone()), zone.piece.block);
    match (&named.mention.what, named.row) {
        (MentionTarget::National, _) => Some(UnionBody {
            name: "中华全国总工会".into(),
            level: BodyLevel::National,
            code: String::new(),
            evidence: evidence("national"),
        }),
        (what, Some(row)) if is_union(zone, named.mention) => {
            let level = match row.level {
                Level::Province => BodyLevel::Province,
                Level::Prefecture => BodyLevel::Prefecture,
                Level::County => BodyLevel::County,
            };
            let rule = if matches!(what, MentionTarget::Relative { .. }) { "own unit" } else { "union organ" };
            let evidence = evidence(rule);
            Some(UnionBody { name: format!("{}总工会", row.name), level, code: row.code.to_owned(), evidence })
        }
        _ => None,
    }
}

/// Whether the organ is that of the union of the place itself: 总工会, 总, or 工会 right behind it.
fn is_union(zone: &Zone, mention: &Mention) -> bool {
    let rest = &zone.text[mention.span.end..];
    let word = &zone.text[mention.span.clone()];
    let bare = rest.trim_start_matches(|c| "省市县区州旗".contains(c));
    let level = bare.len() < rest.len() || word.ends_with(|c| "省市县区州旗".contains(c));
    let listed = mention.organ && rest.starts_with(['、', '和', '与', '及']);
    let union = bare.starts_with("总工会") || bare.starts_with("工会") || short_organ(bare) && level;
    word.ends_with('总') || word.ends_with("总工会") || union || listed
}

/// Industry unions and those at the grass roots: what ends in 工会 and is not a place's.
fn industry_bodies(zone: &Zone, places: &[&NamedPlace]) -> Vec<UnionBody> {
    let mut found = Vec::new();
    for (at, word) in zone.text.match_indices("工会") {
        let before = zone.text[..at].strip_suffix('总').unwrap_or(&zone.text[..at]);
        let industry = unions().industries.iter().find(|name| before.ends_with(name.as_str()));
        let root = unions().grassroots.iter().find(|name| before.ends_with(name.as_str()));
        let Some(kind) = industry.or(root) else { continue };
        let head = &before[..before.len() - kind.len()];
        let place = places
            .iter()
            .rev()
            .find(|named| named.mention.span.end <= at && named.mention.span.end >= head.len().saturating_sub(60));
        let own = place.filter(|named| {
            head.len() <= named.mention.span.end
                || zone.text[named.mention.span.end..head.len()].chars().all(|c| !is_boundary(c))
        });
        let start = own.map_or_else(|| name_start(head), |named| named.mention.span.start);
        let end =
            at + word.len() + if zone.text[at + word.len()..].starts_with("联合会") { "联合会".len() } else { 0 };
        let name = &zone.text[start..end];
        let length = name.chars().count();
        let alone = industry.is_none() && head.len() == start;
        let generic = unions().generic.iter().any(|word| name.contains(word.as_str()));
        if !(SHORTEST..=LONGEST).contains(&length) || alone || generic {
            continue;
        }
        let level = if industry.is_some() { BodyLevel::Industry } else { BodyLevel::Grassroots };
        let code = own.and_then(|named| named.row).map(|row| row.code.to_owned()).unwrap_or_default();
        let evidence = Evidence::in_block("name of a body", zone.quote(start..end), zone.piece.block);
        found.push(UnionBody { name: name.to_owned(), level, code, evidence });
    }
    found
}

fn is_boundary(c: char) -> bool {
    !c.is_alphanumeric() || unions().before.contains(c)
}

/// Where a name begins that ends with a text: after the last mark or small word.
fn name_start(head: &str) -> usize {
    head.char_indices().rev().find(|(_, c)| is_boundary(*c)).map_or(0, |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::super::region;
    use super::super::zones::{pieces, zones};
    use crate::model::{ArticleKind, BodyLevel, Passage, Story};

    fn bodies(text: &str, home: &str) -> Vec<(String, BodyLevel, String)> {
        let mut story = Story::new(ArticleKind::News);
        story.body.push(Passage { text: text.into(), blocks: vec![2], subhead: false, grafts: Vec::new() });
        let pieces = pieces(&story);
        let zones = zones(&pieces);
        let found = region::all(&zones, &region::scan_places(&zones, Some(2016)), home, Some(2016)).bodies;
        found.into_iter().map(|body| (body.name, body.level, body.code)).collect()
    }

    #[test]
    fn bodies_of_all_levels() {
        let cases = [
            (
                "全总和福建省总工会联合发文。",
                "",
                vec![("中华全国总工会", BodyLevel::National, ""), ("福建省总工会", BodyLevel::Province, "350000")],
            ),
            ("市总工会走访慰问。", "350200", vec![("厦门市总工会", BodyLevel::Prefecture, "350200")]),
            ("厦门思明区总向职工发出倡议。", "", vec![("思明区总工会", BodyLevel::County, "350203")]),
            (
                "日前,陕西省机械冶金建材工会召开会议。",
                "",
                vec![("陕西省机械冶金建材工会", BodyLevel::Industry, "610000")],
            ),
            ("昨天,红星机械厂工会办班。", "", vec![("红星机械厂工会", BodyLevel::Grassroots, "")]),
            ("会议要求加强乡镇总工会建设,相关街镇总工会参加。", "", vec![]),
            ("职工向工会反映,工会马上答复。", "", vec![]),
            ("省总经理到会。", "610000", vec![]),
        ];
        for (text, home, want) in cases {
            let want: Vec<(String, BodyLevel, String)> =
                want.into_iter().map(|(name, level, code)| (name.to_owned(), level, code.to_owned())).collect();
            assert_eq!(bodies(text, home), want, "{text}");
        }
    }
}
