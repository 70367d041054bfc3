//! Passages that show why an article matches. Matches are found in the normal form and given as offsets into the plain
//! text, so a phrase is marked as it is printed, quotes and line joins included.

use crate::model::{Article, TextField};
use crate::query::{Ast, Capabilities, MAX_TERMS, Term, parse, run_of};
use crate::text::Normal;
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

/// Passages of one text.
const MOST: usize = 2;

/// The first matches of a text, among which the best passages are looked for.
const LOOKED_AT: usize = 300;

/// The most matches of a term that are marked in an article.
const MARKED: usize = 20_000;

/// A match: paragraph, first code point, one past the last, number of the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    paragraph: usize,
    start: usize,
    end: usize,
    term: usize,
}

/// What is looked for in articles: made once a query.
pub(super) struct Wanted {
    runs: Vec<(Option<TextField>, Finder<'static>)>,
}

impl Wanted {
    /// The runs of the positive terms of a query, all forms of an expanded one among them.
    pub(super) fn of(ast: &Ast) -> Self {
        let any = Capabilities { lexicon: false };
        let runs = ast.positive_terms().into_iter().filter_map(|term| run_of(term, any));
        Self { runs: runs.map(|run| (run.field, Finder::new(&run.encoded).into_owned())).collect() }
    }

    /// Words by themselves, wherever they stand.
    pub(super) fn words(words: &[String]) -> Self {
        let term = |word: &String| Ast::Term(Term::word(word.as_str()));
        Self::of(&Ast::Any(words.iter().map(term).collect()))
    }

    /// The first places of each run in a text, at most `most` of them. `everywhere`: in all paragraphs; else it is enough
    /// to look where the runs stand as they are printed, if each of them does somewhere.
    fn places(&self, paragraphs: &[&str], field: TextField, most: usize, everywhere: bool) -> Vec<Place> {
        let finders = self.runs.iter().enumerate().filter(|(_, (only, _))| only.is_none_or(|only| only == field));
        let finders: Vec<(usize, &Finder<'_>)> = finders.map(|(term, (_, finder))| (term, finder)).collect();
        let mut places = Vec::new();
        if finders.is_empty() || paragraphs.is_empty() {
            return places;
        }
        let all = || (0..paragraphs.len()).collect();
        let looked_at: Vec<usize> =
            if everywhere { all() } else { printed_in(paragraphs, &finders).unwrap_or_else(all) };
        let normal = Normal::of(looked_at.iter().map(|at| paragraphs[*at]));
        for (term, finder) in finders {
            for range in normal.find_all(finder).take(most) {
                let spans = &normal.spans()[range];
                // A match over a paragraph's end has a part in each of the paragraphs.
                for part in spans.chunk_by(|a, b| a.paragraph == b.paragraph) {
                    if let (Some(first), Some(last)) = (part.first(), part.last()) {
                        let (start, end) = (first.start as usize, last.end as usize);
                        places.push(Place { paragraph: looked_at[first.paragraph as usize], start, end, term });
                    }
                }
            }
        }
        places.retain(|place| place.start < place.end);
        places.sort_unstable();
        places
    }
}

/// The paragraphs in which runs of Han units stand exactly as they are looked for, so that the others need not be
/// normalised. `None` where a run has other units, or stands nowhere so: in quotes, in traditional
/// characters, over a space.
fn printed_in(paragraphs: &[&str], finders: &[(usize, &Finder<'_>)]) -> Option<Vec<usize>> {
    let plain = |finder: &Finder<'_>| !finder.needle().iter().any(|byte| matches!(byte, b'_' | b'|'));
    let mut found: Vec<usize> = Vec::new();
    for (_, finder) in finders.iter().filter(|(_, finder)| plain(finder)) {
        let before = found.len();
        let holds = |at: &usize| finder.find(paragraphs[*at].as_bytes()).is_some();
        found.extend((0..paragraphs.len()).filter(holds));
        if found.len() == before {
            return None;
        }
    }
    found.sort_unstable();
    found.dedup();
    (finders.iter().all(|(_, finder)| plain(finder))).then_some(found)
}

/// Marks the matches of a query in articles.
pub struct Marker {
    wanted: Wanted,
}

impl Marker {
    /// For query text, of which the first [`MAX_TERMS`] terms are marked; `expand`: with the other forms of its terms.
    pub fn new(query: &str, expand: bool) -> Self {
        let typed = parse(query).0;
        let terms = typed.positive_terms().into_iter().take(MAX_TERMS).cloned().map(Ast::Term).collect();
        let terms = Ast::Any(terms);
        Self { wanted: Wanted::of(&if expand { crate::query::expand(&terms).0 } else { terms }) }
    }

    /// The places of the matches in each of [`Article::paragraphs`]: `[start, end)` in code points, joined where they
    /// touch.
    pub fn marks(&self, article: &Article, field: TextField) -> Vec<Vec<(usize, usize)>> {
        let paragraphs = article.paragraphs(field);
        let mut ranges: Vec<Vec<(usize, usize)>> = vec![Vec::new(); paragraphs.len()];
        for place in self.wanted.places(&paragraphs, field, MARKED, true) {
            ranges[place.paragraph].push((place.start, place.end));
        }
        ranges.into_iter().map(|ranges| joined(ranges.into_iter())).collect()
    }
}

fn joined(ranges: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
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
pub(super) fn snippets(article: &Article, wanted: &Wanted) -> Vec<Snippet> {
    let mut all = Vec::new();
    for field in TextField::ALL {
        let paragraphs = article.paragraphs(field);
        let places = wanted.places(&paragraphs, field, LOOKED_AT, false);
        all.extend(best_windows(&places).into_iter().map(|window| cut(&paragraphs, field, window, &places)));
    }
    if !all.iter().any(|snippet| matches!(snippet.field, TextField::Body | TextField::Caption)) {
        all.extend(beginning(article));
    }
    all
}

fn beginning(article: &Article) -> Option<Snippet> {
    let paragraphs = article.paragraphs(TextField::Body);
    (!paragraphs.is_empty()).then(|| cut(&paragraphs, TextField::Body, (0, 0), &[]))
}

/// Windows as (paragraph, first code point), the best first: each one adds the most terms not shown yet.
fn best_windows(places: &[Place]) -> Vec<(usize, usize)> {
    let mut windows = Vec::new();
    let mut shown: Vec<bool> = vec![false; places.iter().map(|place| place.term + 1).max().unwrap_or(0)];
    while windows.len() < MOST {
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
fn worth(places: &[Place], at: usize, shown: &[bool]) -> (usize, usize) {
    let (paragraph, start) = (places[at].paragraph, places[at].start.saturating_sub(LEAD));
    let inside = |place: &&Place| is_inside(place, paragraph, start);
    let seen = places[..at].iter().rev().take_while(inside).chain(places[at..].iter().take_while(inside));
    let (mut terms, mut count) = (shown.to_vec(), 0);
    let mut new = 0;
    for place in seen {
        count += 1;
        new += usize::from(!std::mem::replace(&mut terms[place.term], true));
    }
    (new, count)
}

fn is_inside(place: &Place, paragraph: usize, start: usize) -> bool {
    place.paragraph == paragraph && place.start >= start && place.start < start + LENGTH
}

fn cut(paragraphs: &[&str], field: TextField, (paragraph, start): (usize, usize), places: &[Place]) -> Snippet {
    let all: Vec<char> = paragraphs.get(paragraph).map(|text| text.chars().collect()).unwrap_or_default();
    let end = (start + LENGTH).min(all.len());
    let before = if start > 0 { "…" } else { "" };
    let after = if end < all.len() { "…" } else { "" };
    let shift = before.chars().count();
    let text: String = before.chars().chain(all[start..end].iter().copied()).chain(after.chars()).collect();
    let inside = places.iter().filter(|place| place.paragraph == paragraph && place.start < end && place.end > start);
    let ranges = inside.map(|place| (place.start.max(start) - start + shift, place.end.min(end) - start + shift));
    Snippet { field, text, highlights: joined(ranges) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(paragraphs: &[&str], query: &str) -> Vec<Place> {
        Wanted::of(&parse(query).0).places(paragraphs, TextField::Body, 9, true)
    }

    #[test]
    fn a_match_is_marked_as_it_is_printed() {
        let places = places(&["送“温 暖”到家,发放3,200元"], "送温暖 3200元");
        let ranges: Vec<(usize, usize)> = places.iter().map(|place| (place.start, place.end)).collect();
        assert_eq!(ranges, [(0, 5), (11, 17)]);
    }

    #[test]
    fn only_printed_runs_are_looked_for_where_they_are_printed() {
        let paragraphs = ["甲工会乙", "丙", "送“温暖”"];
        let places = |query: &str| -> Vec<usize> {
            let found = Wanted::of(&parse(query).0).places(&paragraphs, TextField::Body, 9, false);
            found.iter().map(|place| place.paragraph).collect()
        };
        assert_eq!(places("工会"), [0]);
        assert_eq!(places("送温暖"), [2], "in quotes: everything is read");
        assert_eq!(places("工会 送温暖"), [0, 2]);
        assert_eq!(places("乙 丙"), [0, 1]);
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
