//! Passages that show why an article matches. Matches are found in the normal form and given as offsets into the plain
//! text, so a phrase is marked as it is printed, quotes and line joins included.

use crate::archive::request::parsed_query::parse_query;
use crate::model::{Article, TextField};
use crate::query::{Ast, Capabilities, MAX_TERMS, Term, UnitRun, run_of};
use crate::text::NormalForm;
use memchr::memmem::Finder;

/// A passage of an article with the places of the matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Which of the five texts it is from.
    pub field: TextField,
    /// Plain text; `…` where it was cut.
    pub text: String,
    /// `[start, end)` in code points of `text`, ascending, without overlaps.
    pub highlights: Vec<(usize, usize)>,
}

/// Code points of a passage.
const LENGTH: usize = 120;

/// Code points before the first match.
const LEAD: usize = 24;

/// Code points, beside those of the longest run, on both sides of a passage in which a match may begin or end: quotes and
/// white space inside a match.
const MARGIN: usize = 20;

/// Passages of one text.
const MAX_SNIPPETS_PER_TEXT: usize = 2;

/// The first matches of a text, among which the best passages are looked for.
const LOOKED_AT: usize = 300;

/// The most matches of a term that are marked in an article.
const MARKED: usize = 20_000;

/// A match: paragraph, first code point, one past the last, number of the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct MatchPosition {
    paragraph: usize,
    start: usize,
    end: usize,
    term: usize,
}

/// What is looked for in articles: made once a query.
pub(in crate::archive) struct HighlightQuery {
    runs: Vec<(Option<TextField>, Finder<'static>)>,
    /// Code points of the longest run.
    longest: usize,
}

impl HighlightQuery {
    /// The runs of the positive terms of a query, all forms of an expanded one among them.
    pub(in crate::archive) fn from_ast(ast: &Ast) -> Self {
        let any = Capabilities { lexicon: false };
        let runs: Vec<_> = ast.positive_terms().into_iter().filter_map(|term| run_of(term, any)).collect();
        let longest = runs.iter().map(|run| run.encoded.chars().count()).max().unwrap_or(0);
        let finder = |run: UnitRun| (run.field, Finder::new(&run.encoded).into_owned());
        Self { runs: runs.into_iter().map(finder).collect(), longest }
    }

    /// Words by themselves, wherever they stand.
    pub(in crate::archive) fn words(words: &[String]) -> Self {
        let term = |word: &String| Ast::Term(Term::word(word.as_str()));
        Self::from_ast(&Ast::Any(words.iter().map(term).collect()))
    }

    /// The runs that may stand in a text, each with its number.
    fn finders(&self, field: TextField) -> Vec<(usize, &Finder<'_>)> {
        let all = self.runs.iter().enumerate();
        all.filter(|(_, (only, _))| only.is_none_or(|only| only == field)).map(|(term, (_, run))| (term, run)).collect()
    }

    /// The first places of each run in a text, at most `most` of them.
    fn places(&self, paragraphs: &[&str], field: TextField, most: usize) -> Vec<MatchPosition> {
        let finders = self.finders(field);
        let mut places = Vec::new();
        if finders.is_empty() || paragraphs.is_empty() {
            return places;
        }
        let normal = NormalForm::from_paragraphs(paragraphs.iter().copied());
        for (term, finder) in finders {
            for range in normal.find_all(finder).take(most) {
                let spans = &normal.spans()[range];
                // A match over a paragraph's end has a part in each of the paragraphs.
                for part in spans.chunk_by(|a, b| a.paragraph == b.paragraph) {
                    if let (Some(first), Some(last)) = (part.first(), part.last()) {
                        let (start, end) = (first.start as usize, last.end as usize);
                        places.push(MatchPosition { paragraph: first.paragraph as usize, start, end, term });
                    }
                }
            }
        }
        places.retain(|place| place.start < place.end);
        places.sort_unstable();
        places
    }

    /// The places of all runs in a text: paragraph, first code point, one past the last, in order.
    pub(in crate::archive) fn spans(&self, paragraphs: &[&str], field: TextField) -> Vec<(usize, usize, usize)> {
        let places = self.places(paragraphs, field, MARKED);
        places.into_iter().map(|place| (place.paragraph, place.start, place.end)).collect()
    }

    /// The units at which runs stand in a normal form, in order.
    pub(in crate::archive) fn unit_ranges(&self, normal: &NormalForm, field: TextField) -> Vec<std::ops::Range<usize>> {
        let finders = self.finders(field);
        let mut ranges: Vec<_> = finders.into_iter().flat_map(|(_, finder)| normal.find_all(finder)).collect();
        ranges.sort_unstable_by_key(|range| (range.start, range.end));
        ranges
    }
}

/// Places at which runs of Han units stand exactly as they are looked for, which they then are in the normal form too:
/// enough to choose a passage by, without normalising the text. `None` where a run has other units, or one stands
/// nowhere so: in quotes, in traditional characters, over a space.
fn exact_han_matches(paragraphs: &[&str], finders: &[(usize, &Finder<'_>)]) -> Option<Vec<MatchPosition>> {
    let mut places: Vec<MatchPosition> = Vec::new();
    for (term, finder) in finders {
        if finder.needle().iter().any(|byte| matches!(byte, b'_' | b'|')) {
            return None;
        }
        let length = finder.needle().len();
        let before = places.len();
        for (paragraph, text) in paragraphs.iter().enumerate() {
            let (mut byte, mut start) = (0, 0);
            for at in finder.find_iter(text.as_bytes()).take(LOOKED_AT) {
                start += text.get(byte..at)?.chars().count();
                byte = at;
                let end = start + text.get(at..at + length)?.chars().count();
                places.push(MatchPosition { paragraph, start, end, term: *term });
            }
        }
        if places.len() == before {
            return None;
        }
    }
    places.sort_unstable();
    Some(places)
}

/// Marks the matches of a query in articles.
pub struct Highlighter {
    wanted: HighlightQuery,
}

impl Highlighter {
    /// For query text, of which the first [`MAX_TERMS`] terms are marked; `expand`: with the other forms of its terms.
    pub fn new(query: &str, expand: bool) -> Self {
        let typed = parse_query(query, None).0;
        let terms = typed.positive_terms().into_iter().take(MAX_TERMS).cloned().map(Ast::Term).collect();
        let terms = Ast::Any(terms);
        Self { wanted: HighlightQuery::from_ast(&if expand { crate::query::expand(&terms).0 } else { terms }) }
    }

    /// The places of the matches in each of [`Article::paragraphs`]: `[start, end)` in code points, joined where they
    /// touch.
    pub fn marks(&self, article: &Article, field: TextField) -> Vec<Vec<(usize, usize)>> {
        let paragraphs = article.paragraphs(field);
        let mut ranges: Vec<Vec<(usize, usize)>> = vec![Vec::new(); paragraphs.len()];
        for place in self.wanted.places(&paragraphs, field, MARKED) {
            ranges[place.paragraph].push((place.start, place.end));
        }
        ranges.into_iter().map(|ranges| merged_ranges(ranges.into_iter())).collect()
    }
}

fn merged_ranges(ranges: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    let mut sorted: Vec<(usize, usize)> = ranges.collect();
    sorted.sort_unstable();
    for (start, end) in sorted {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// The passages to show for an article: of each text with a match the one or two that hold the most different terms;
/// without any match the beginning of the body.
pub(in crate::archive) fn snippets(article: &Article, wanted: &HighlightQuery) -> Vec<Snippet> {
    let mut all = Vec::new();
    for field in TextField::ALL {
        let paragraphs = article.paragraphs(field);
        if !paragraphs.is_empty() {
            passages(&paragraphs, field, wanted, &mut all);
        }
    }
    if !all.iter().any(|snippet| matches!(snippet.field, TextField::Body | TextField::Caption)) {
        all.extend(beginning(article));
    }
    all
}

/// The passages of one text. Where its runs are printed as they are looked for, only the passages are normalised.
fn passages(paragraphs: &[&str], field: TextField, wanted: &HighlightQuery, all: &mut Vec<Snippet>) {
    let finders = wanted.finders(field);
    match exact_han_matches(paragraphs, &finders) {
        Some(places) => {
            for (paragraph, start) in best_windows(&places) {
                // A match over an end of the passage must be seen whole.
                let margin = MARGIN + wanted.longest;
                let first = start.saturating_sub(margin);
                let text: String = paragraphs[paragraph].chars().skip(first).take(LENGTH + 2 * margin).collect();
                let moved = |place: MatchPosition| MatchPosition {
                    paragraph,
                    start: place.start + first,
                    end: place.end + first,
                    ..place
                };
                let inside = wanted.places(&[&text], field, LOOKED_AT).into_iter().map(moved).collect::<Vec<_>>();
                all.push(cut(paragraphs, field, (paragraph, start), &inside));
            }
        }
        None => {
            let places = wanted.places(paragraphs, field, LOOKED_AT);
            all.extend(best_windows(&places).into_iter().map(|window| cut(paragraphs, field, window, &places)));
        }
    }
}

fn beginning(article: &Article) -> Option<Snippet> {
    let paragraphs = article.paragraphs(TextField::Body);
    (!paragraphs.is_empty()).then(|| cut(&paragraphs, TextField::Body, (0, 0), &[]))
}

/// Windows as (paragraph, first code point), the best first: each one adds the most terms not shown yet.
fn best_windows(places: &[MatchPosition]) -> Vec<(usize, usize)> {
    let mut windows = Vec::new();
    let mut shown: Vec<bool> = vec![false; places.iter().map(|place| place.term + 1).max().unwrap_or(0)];
    while windows.len() < MAX_SNIPPETS_PER_TEXT {
        let worths =
            places.iter().enumerate().map(|(at, place)| (worth(places, at, &shown), std::cmp::Reverse(at), place));
        let Some((_, _, best)) = worths.max_by_key(|(worth, at, _)| (*worth, *at)).filter(|((new, _), ..)| *new > 0)
        else {
            break;
        };
        let window = (best.paragraph, best.start.saturating_sub(LEAD));
        let inside = places.iter().filter(|place| is_inside(place, window.0, window.1));
        inside.for_each(|place| shown[place.term] = true);
        windows.push(window);
    }
    windows
}

/// How many terms not shown yet, and how many places, are seen in the window of a place. Places are in order: those of a
/// window stand next to it.
fn worth(places: &[MatchPosition], at: usize, shown: &[bool]) -> (usize, usize) {
    let (paragraph, start) = (places[at].paragraph, places[at].start.saturating_sub(LEAD));
    let inside = |place: &&MatchPosition| is_inside(place, paragraph, start);
    let seen = places[..at].iter().rev().take_while(inside).chain(places[at..].iter().take_while(inside));
    let (mut terms, mut count) = (shown.to_vec(), 0);
    let mut new = 0;
    for place in seen {
        count += 1;
        new += usize::from(!std::mem::replace(&mut terms[place.term], true));
    }
    (new, count)
}

fn is_inside(place: &MatchPosition, paragraph: usize, start: usize) -> bool {
    place.paragraph == paragraph && place.start >= start && place.start < start + LENGTH
}

fn cut(paragraphs: &[&str], field: TextField, (paragraph, start): (usize, usize), places: &[MatchPosition]) -> Snippet {
    let whole = paragraphs.get(paragraph).copied().unwrap_or_default();
    let mut rest = whole.chars().skip(start);
    let before = if start > 0 { "…" } else { "" };
    let shift = before.chars().count();
    let mut text = before.to_owned();
    text.extend(rest.by_ref().take(LENGTH));
    let end = start + text.chars().count() - shift;
    if rest.next().is_some() {
        text.push('…');
    }
    let inside = places.iter().filter(|place| place.paragraph == paragraph && place.start < end && place.end > start);
    let ranges = inside.map(|place| (place.start.max(start) - start + shift, place.end.min(end) - start + shift));
    Snippet { field, text, highlights: merged_ranges(ranges) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(paragraphs: &[&str], query: &str) -> Vec<MatchPosition> {
        HighlightQuery::from_ast(&parse_query(query, None).0).places(paragraphs, TextField::Body, 9)
    }

    #[test]
    fn a_match_is_marked_as_it_is_printed() {
        let places = places(&["送“温 暖”到家,发放3,200元"], "送温暖 3200元");
        let ranges: Vec<(usize, usize)> = places.iter().map(|place| (place.start, place.end)).collect();
        assert_eq!(ranges, [(0, 5), (11, 17)]);
    }

    #[test]
    fn printed_runs_are_found_without_the_normal_form() {
        let paragraphs = ["甲工会乙", "丙", "送“温暖”工会工会"];
        let places = |query: &str| -> Option<Vec<(usize, usize)>> {
            let wanted = HighlightQuery::from_ast(&parse_query(query, None).0);
            let found = exact_han_matches(&paragraphs, &wanted.finders(TextField::Body))?;
            Some(found.into_iter().map(|place| (place.paragraph, place.start)).collect())
        };
        assert_eq!(places("工会"), Some(vec![(0, 1), (2, 5), (2, 7)]));
        assert_eq!(places("送温暖"), None, "in quotes: everything is read");
        assert_eq!(places("工会 送温暖"), None);
        assert_eq!(places("乙 丙"), Some(vec![(0, 3), (1, 0)]));
    }

    #[test]
    fn what_is_printed_otherwise_is_marked_beside_what_is_not() {
        let paragraphs = ["送温暖，又送“温 暖”。"];
        let mut all = Vec::new();
        passages(&paragraphs, TextField::Body, &HighlightQuery::from_ast(&parse_query("送温暖", None).0), &mut all);
        assert_eq!(all[0].highlights, [(0, 3), (5, 10)]);
    }

    #[test]
    fn a_match_over_a_paragraphs_end_has_two_parts() {
        let places = places(&["送温暖。", "到家"], "\"暖，到\"");
        let parts: Vec<_> = places.iter().map(|place| (place.paragraph, place.start, place.end)).collect();
        assert_eq!(parts, [(0, 2, 4), (1, 0, 1)]);
    }

    #[test]
    fn the_window_with_most_terms_wins() {
        let text = format!("甲{}乙丙{}", "。".repeat(300), "一".repeat(200));
        let paragraphs = [text.as_str()];
        let places = places(&paragraphs, "甲 乙 丙");
        let windows = best_windows(&places);
        let snippet = cut(&paragraphs, TextField::Body, windows[0], &places);
        assert!(snippet.text.contains("乙丙") && snippet.text.starts_with('…') && snippet.text.ends_with('…'));
        for (start, end) in &snippet.highlights {
            let marked: String = snippet.text.chars().skip(*start).take(end - start).collect();
            assert_eq!(marked, "乙丙");
        }
        assert_eq!(windows.len(), 2);
    }
}
