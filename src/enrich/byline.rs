//! Who wrote and who took the picture: bylines in all forms of the trade, taken out of the texts that are matched.

use super::credit::{self, Named};
use super::zones::{Part, Piece};
use crate::model::{Byline, Evidence, Role, Story};
use crate::tables::layout;
use crate::text::{CharClass, class, fold};
use std::ops::Range;

/// How far into the first paragraph an opening credit begins and ends.
const OPENING: usize = 60;
/// Longest credit at an end.
const TAIL: usize = 40;
/// Marks before the name of an author.
const MARKS: [char; 5] = ['□', '■', '◎', '◆', '▲'];

/// A credit with where it stands in a piece.
struct Found {
    names: Vec<Named>,
    /// What is shown as its form.
    span: Range<usize>,
    /// What is taken out of the text that is matched: the place in 本报敦煌讯(记者…) stays.
    cut: Range<usize>,
    rule: &'static str,
}

/// Finds the bylines of a story, and cuts them and the names they give out of the pieces.
pub(super) fn find(story: &Story, pieces: &mut [Piece]) -> Vec<Byline> {
    let mut bylines = Vec::new();
    for line in story.byline.lines() {
        let printed: Vec<char> = line.chars().collect();
        let folded: Vec<char> = line.chars().map(fold).collect();
        let names = credit::read(&printed, &folded, Role::Author);
        add(&mut bylines, names, &Evidence::new("byline line", line.trim()));
    }
    for (number, reader) in sources(pieces) {
        let piece = &mut pieces[number];
        let Some(found) = reader(piece) else { continue };
        let quote: String = piece.printed[found.span.clone()].iter().collect();
        piece.cut(found.cut);
        add(&mut bylines, found.names, &Evidence::in_block(found.rule, quote.trim(), piece.block));
    }
    cut_names(&bylines, pieces);
    bylines
}

/// What reads a credit of a piece.
type Reader = fn(&Piece) -> Option<Found>;

/// Where credits stand: at the start of the first paragraph, at the end of the last one and of the captions.
fn sources(pieces: &[Piece]) -> Vec<(usize, Reader)> {
    let of = |part| move |number: &usize| pieces[*number].part == part;
    let all = 0..pieces.len();
    let first = all.clone().find(of(Part::Body)).map(|number| (number, opening as Reader));
    let last = all.clone().rev().find(of(Part::Body)).map(|number| (number, ending as Reader));
    let captions = all.filter(of(Part::Caption)).map(|number| (number, ending as Reader));
    first.into_iter().chain(last).chain(captions).collect()
}

/// The most names of one article.
const MOST_NAMES: usize = 60;

fn add(bylines: &mut Vec<Byline>, names: Vec<Named>, evidence: &Evidence) {
    for Named { name, role, office, .. } in names {
        if bylines.len() < MOST_NAMES && !bylines.iter().any(|known| known.name == name && known.role == role) {
            bylines.push(Byline { name, role, office, evidence: evidence.clone() });
        }
    }
}

fn cut_names(bylines: &[Byline], pieces: &mut [Piece]) {
    for byline in bylines.iter().filter(|byline| !byline.office) {
        let name: Vec<char> = byline.name.chars().map(fold).collect();
        pieces.iter_mut().filter(|piece| piece.part != Part::Headline).for_each(|piece| piece.cut_name(&name));
    }
}

/// `本报讯(记者X 通讯员Y)`, `本报讯 记者X报道`, `(记者X)`.
fn opening(piece: &Piece) -> Option<Found> {
    let head = &piece.folded[..piece.folded.len().min(OPENING)];
    bracketed(piece, head).or_else(|| reported(piece, head))
}

/// Whether a credit may stand behind a text: none, or one that ends as 本报讯 does.
fn opens_credit(before: &str) -> bool {
    before.is_empty() || layout().words.credit_openings.iter().any(|word| before.ends_with(word.as_str()))
}

fn bracketed(piece: &Piece, head: &[char]) -> Option<Found> {
    let open = head.iter().position(|c| "([【".contains(*c))?;
    let close = open + head[open..].iter().position(|c| ")]】".contains(*c))?;
    let inner = open + 1..close;
    let before: String = head[..open].iter().filter(|c| !c.is_whitespace()).collect();
    let news = opens_credit(&before);
    if !news && !credit::starts_with_role(&head[inner.clone()]) {
        return None;
    }
    let from = if news { 0 } else { open };
    let found = found(piece, inner, from..close + 1, Role::Author, "opening")?;
    Some(Found { cut: open..close + 1, ..found })
}

fn reported(piece: &Piece, head: &[char]) -> Option<Found> {
    let end = head.windows(2).position(|pair| pair == ['报', '道'] || pair == ['报', '导'])?;
    let closed = piece.folded.get(end + 2).is_none_or(|&c| class(c) != CharClass::Han);
    let start = (0..end).filter(|_| closed).find(|&at| credit::starts_with_role(&head[at..end]))?;
    let stop = head[start..end].iter().any(|c| ",，。;:!?“”".contains(*c));
    let before: String = head[..start].iter().filter(|c| !c.is_whitespace() && !MARKS.contains(c)).collect();
    let news = opens_credit(&before);
    (news && !stop).then(|| found(piece, start..end + 2, 0..end + 2, Role::Author, "opening"))?
}

/// `□记者 X`, `X Y摄`, `(X Y)` at the end.
fn ending(piece: &Piece) -> Option<Found> {
    let last = piece.folded.iter().rposition(|c| !c.is_whitespace() && *c != '。')?;
    let text = &piece.folded[..=last];
    marked(piece, text).or_else(|| in_brackets(piece, text)).or_else(|| pictured(piece, text))
}

fn marked(piece: &Piece, text: &[char]) -> Option<Found> {
    let mark = text.iter().rposition(|c| MARKS.contains(c)).filter(|at| text.len() - at <= TAIL)?;
    found(piece, mark + 1..text.len(), mark..text.len(), Role::Author, "end mark")
}

fn in_brackets(piece: &Piece, text: &[char]) -> Option<Found> {
    let close = text.len().checked_sub(1).filter(|&at| ")]】".contains(text[at]))?;
    let open = text.iter().rposition(|c| "([【".contains(*c)).filter(|at| text.len() - at <= TAIL)?;
    found(piece, open + 1..close, open..text.len(), Role::Author, "end brackets")
}

/// `X Y摄`: from the last mark of a sentence on, or in a text without one the last word.
fn pictured(piece: &Piece, text: &[char]) -> Option<Found> {
    let ends = |word: &String| text.ends_with(&word.chars().collect::<Vec<_>>()) && word.starts_with(['摄', '供']);
    layout().words.credit_roles.iter().find(|word| ends(word))?;
    let from = text.len().saturating_sub(TAIL);
    let stop = text[from..].iter().rposition(|c| "。!?”’」』…)".contains(*c)).map_or(from, |at| from + at + 1);
    let words = text[stop..].iter().enumerate().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| stop + at + 1);
    let starts = std::iter::once(stop).chain(words);
    starts
        .into_iter()
        .find_map(|start| found(piece, start..text.len(), start..text.len(), Role::Photographer, "picture credit"))
}

/// The credit in `inner`, where all of its words are names; names without a role word must look like names.
fn found(piece: &Piece, inner: Range<usize>, span: Range<usize>, default: Role, rule: &'static str) -> Option<Found> {
    let names = credit::read(&piece.printed[inner.clone()], &piece.folded[inner], default);
    (!names.is_empty() && names.iter().all(|named| named.sure)).then(|| Found { names, cut: span.clone(), span, rule })
}

#[cfg(test)]
mod tests {
    use super::super::zones;
    use super::*;
    use crate::model::{Kind, Passage};

    fn names(byline: &str, text: &str) -> String {
        let mut story = Story::new(Kind::News);
        story.byline = byline.into();
        story.body.push(Passage { text: text.into(), blocks: vec![1], subhead: false, grafts: Vec::new() });
        let one = |b: &Byline| format!("{}:{}{}", b.name, b.role.name(), if b.office { "!" } else { "" });
        find(&story, &mut zones::pieces(&story)).iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_form() {
        let cases = [
            ("", "本报讯(记者林一鸣 通讯员苏晓)4月,", "林一鸣:reporter 苏晓:correspondent"),
            ("", "本报讯（记者　林一鸣）4月,", "林一鸣:reporter"),
            (
                "",
                "本报讯(特约记者林一鸣 通讯员苏晓 郑国栋)4月,",
                "林一鸣:reporter 苏晓:correspondent 郑国栋:correspondent",
            ),
            ("", "本报讯 记者林一鸣 通讯员苏晓报道 昨日,", "林一鸣:reporter 苏晓:correspondent"),
            ("", "记者林一鸣报道:昨日,", "林一鸣:reporter"),
            ("", "本报讯 见习记者林一鸣通讯员郑国栋报道 昨日,", "林一鸣:reporter 郑国栋:correspondent"),
            ("", "中工网讯(记者 林一鸣)“坚持", "林一鸣:reporter"),
            ("", "新华社北京4月28日电(记者林一鸣、苏晓)昨日", "林一鸣:reporter 苏晓:reporter"),
            ("", "本报讯(通讯员 东工办)昨日", "东工办:correspondent!"),
            ("", "本报讯日前,记者从市总工会获悉", ""),
            ("", "本报讯 记者近日从报道中获悉", ""),
            ("", "大家都说好。(林一鸣)", "林一鸣:author"),
            ("", "大家都说好。(林一鸣 苏晓)", "林一鸣:author 苏晓:author"),
            ("", "大家都说好。(见图)", ""),
            ("", "大家都说好。(下转第3版)", ""),
            ("", "大家都说好(优秀职工)", ""),
            ("", "大家都说好。 □林一鸣", "林一鸣:author"),
            ("", "大家都说好。 □通讯员 林一鸣 摄", "林一鸣:photographer"),
            ("", "图为拔河比赛。林一鸣 苏晓摄", "林一鸣:photographer 苏晓:photographer"),
            ("", "图为拔河比赛。 本报记者 林一鸣 摄影报道", "林一鸣:reporter 林一鸣:photographer"),
            ("", "图为拔河比赛 林一鸣 摄", "林一鸣:photographer"),
            ("", "职工们参观书画摄影", ""),
            ("□本报记者 林一鸣\n本报通讯员 苏晓", "昨日", "林一鸣:reporter 苏晓:correspondent"),
            ("陈 豪", "昨日", "陈豪:author"),
            ("本报讯(记者 查小满)", "昨日", "查小满:reporter"),
            ("■郑国栋", "昨日", "郑国栋:author"),
            ("(林一鸣 苏晓)", "昨日", "林一鸣:author 苏晓:author"),
        ];
        for (byline, text, want) in cases {
            assert_eq!(names(byline, text), want, "{byline} {text}");
        }
    }
}
