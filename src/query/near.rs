//! Nearness: two runs in one text, in either order, without overlap, with at most so many units between them.
//! Boundaries do not count as units.

use crate::text::{is_boundary, units};

/// Whether two encoded runs stand near each other in an encoded text.
pub fn is_near(encoded: &str, left: &str, right: &str, distance: usize) -> bool {
    let (lefts, rights) = (starts(encoded, left), starts(encoded, right));
    if lefts.is_empty() || rights.is_empty() {
        return false;
    }
    let numbers = numbers(encoded);
    let span = |at: usize, run: &str| (number_at(&numbers, at), number_at(&numbers, at + run.len()));
    let lefts: Vec<(usize, usize)> = lefts.into_iter().map(|at| span(at, left)).collect();
    let rights: Vec<(usize, usize)> = rights.into_iter().map(|at| span(at, right)).collect();
    follows(&lefts, &rights, distance) || follows(&rights, &lefts, distance)
}

/// The bytes at which a run begins, overlapping occurrences included.
fn starts(encoded: &str, run: &str) -> Vec<usize> {
    let finder = memchr::memmem::Finder::new(run);
    let mut starts = Vec::new();
    let mut from = 0;
    while let Some(at) = finder.find(&encoded.as_bytes()[from..]) {
        starts.push(from + at);
        // A run begins with a whole character.
        from += at + encoded[from + at..].chars().next().map_or(1, char::len_utf8);
    }
    starts
}

/// Whether some span of `seconds` begins at most `distance` units after the end of one of `firsts`.
fn follows(firsts: &[(usize, usize)], seconds: &[(usize, usize)], distance: usize) -> bool {
    firsts.iter().any(|(_, end)| {
        let next = seconds.partition_point(|(start, _)| start < end);
        seconds.get(next).is_some_and(|(start, _)| start - end <= distance)
    })
}

/// The first byte of each unit and how many units that are no boundaries stand before it; a last row for the end.
fn numbers(encoded: &str) -> Vec<(usize, usize)> {
    let (mut byte, mut number) = (0, 0);
    let mut numbers = Vec::new();
    for unit in units(encoded) {
        numbers.push((byte, number));
        byte += unit.len();
        number += usize::from(!is_boundary(unit));
    }
    numbers.push((byte, number));
    numbers
}

/// The number of the first unit that begins at a byte or behind it.
fn number_at(numbers: &[(usize, usize)], byte: usize) -> usize {
    let at = numbers.partition_point(|(start, _)| *start < byte);
    numbers.get(at).or(numbers.last()).map_or(0, |(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_between_are_counted_and_boundaries_are_not() {
        let cases = [
            ("工会送温暖|", "工会", "温暖", 1, true),
            ("工会送温暖|", "工会", "温暖", 0, false),
            ("温暖|到|工会|", "工会", "温暖", 1, true),
            ("温暖|到|工会|", "工会", "温暖", 0, false),
            ("工会|工会|", "工会", "工会", 0, true),
            ("工会|", "工会", "工会", 9, false),
            ("工工工|", "工工", "工", 0, true),
            ("工工|", "工工", "工", 9, false),
            ("总工会|", "总工会", "工会", 9, false),
            ("总工会_3_工会|", "总工会", "工会", 1, true),
            ("总工会_3_工会|", "总工会", "工会", 0, false),
            ("_gdp__3.5_增长|", "_gd", "增长", 1, true),
        ];
        for (text, left, right, distance, want) in cases {
            assert_eq!(is_near(text, left, right, distance), want, "{left} NEAR/{distance} {right} in {text}");
            assert_eq!(is_near(text, right, left, distance), want, "{right} NEAR/{distance} {left} in {text}");
        }
    }
}
