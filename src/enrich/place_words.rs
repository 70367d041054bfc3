//! Words around places: what stands beside a name, as the table `places.toml` has it.

use crate::tables::places;

/// Whether a list of the table has a word.
pub(super) fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|known| known == word)
}

fn starts_any(text: &str, list: &[String]) -> bool {
    list.iter().any(|word| text.starts_with(word.as_str()))
}

/// What follows a name that ends in 市, 区 or 县 and shows that the suffix belongs to the next word (市场, 区域).
pub(super) fn runs_on(suffix: char, next: char) -> bool {
    places().runs_on.get(&suffix).is_some_and(|nexts| nexts.contains(next))
}

/// What follows a short form that names a street: 南京路, 北京东路.
pub(super) fn is_street(rest: &str) -> bool {
    starts_any(rest, &places().streets)
}

/// Whether a union organ follows a name: 总工会 and 工会, each also after 市, 县 and so on; 总 only after these.
/// `strict`: 工会 alone is not enough.
pub(super) fn organ_follows(name: &str, rest: &str, strict: bool) -> bool {
    let suffix = |c: char| places().suffixes.contains(c);
    let bare = rest.strip_prefix(suffix);
    let level = bare.is_some() || name.ends_with(suffix);
    let bare = bare.unwrap_or(rest);
    bare.starts_with("总工会") || !strict && bare.starts_with("工会") || level && short_organ(bare)
}

/// Whether a text begins with 总 for 总工会.
pub(super) fn short_organ(text: &str) -> bool {
    text.strip_prefix('总').is_some_and(|rest| !rest.starts_with(|c| places().no_organ.contains(c)))
}

/// A railway depot: its place is the one named before it.
pub(super) fn depot_follows(rest: &str) -> bool {
    starts_any(rest, &places().depots)
}

/// Whether a character before a name of two characters leaves it a name: no Chinese character, or a preposition.
pub(super) fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| !('\u{3400}'..='\u{9FFF}').contains(&c) || places().opens.contains(c))
}

/// Words for the own unit: with the last character of its name, and whether they point back in the text.
pub(super) fn relative_words() -> Vec<(String, char, bool)> {
    let table = places();
    let mut words = Vec::new();
    for suffix in table.levels.chars() {
        words.extend(table.own.iter().map(|before| (format!("{before}{suffix}"), suffix, false)));
        words.push((format!("{}{suffix}", table.that), suffix, true));
        words.extend(table.organs.iter().map(|organ| (format!("{suffix}{organ}"), suffix, false)));
    }
    words.extend(table.autonomous.iter().map(|word| (word.clone(), '区', false)));
    words
}

/// An enterprise: its place is the one that its name begins with.
pub(super) fn firm_follows(rest: &str) -> bool {
    starts_any(rest, &places().firms)
}

/// The agency whose news many papers print.
pub(super) const AGENCY: &str = "新华社";

/// Whether news is sent from a place: 本报茂县12月24日电, 本报重庆讯.
pub(super) fn is_dateline(before: &str, rest: &str) -> bool {
    let own = before.ends_with("本报") || before.ends_with(AGENCY) || before.ends_with("本网");
    let sent = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "月日 ".contains(c));
    own && (sent.starts_with('电') || sent.starts_with('讯') || sent.starts_with("专电"))
}

/// Whether a place is only where somebody comes from or goes to, or the home of guests.
pub(super) fn is_passing(before: &str, rest: &str) -> bool {
    let table = places();
    let organ = rest.trim_start_matches(|c| table.suffixes.contains(c));
    let organ = ["总工会", "工会", "总"].iter().find_map(|word| organ.strip_prefix(word)).unwrap_or(organ);
    let ends = |list: &[String]| list.iter().any(|word| before.ends_with(word.as_str()));
    ends(&table.origins) && !ends(&table.returns)
        || starts_any(rest, &table.origin_after)
        || starts_any(organ, &table.visitors)
}
