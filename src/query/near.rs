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
    let spans = |starts: Vec<usize>, run: &str| -> Vec<(usize, usize)> {
        starts.into_iter().map(|at| (number_at(&numbers, at), number_at(&numbers, at + run.len()))).collect()
    };
    let gap = least_gap(&spans(lefts, left), &spans(rights, right));
    gap.is_some_and(|gap| gap <= distance)
}

/// The fewest units between two spans (first unit, one past the last), one of each list and in either order, that do not
/// overlap. Both lists are in ascending order.
pub fn least_gap(ones: &[(usize, usize)], others: &[(usize, usize)]) -> Option<usize> {
    let behind = |firsts: &[(usize, usize)], seconds: &[(usize, usize)]| {
        let gap = |(_, end): &(usize, usize)| {
            let next = seconds.get(seconds.partition_point(|(start, _)| start < end));
            next.map(|(start, _)| start - end)
        };
        firsts.iter().filter_map(gap).min()
    };
    [behind(ones, others), behind(others, ones)].into_iter().flatten().min()
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
    fn gaps_are_counted_from_the_end_of_a_span() {
        assert_eq!(least_gap(&[(0, 2), (9, 11)], &[(4, 7), (12, 15)]), Some(1));
        assert_eq!(least_gap(&[(3, 5)], &[(4, 7)]), None, "they overlap");
        assert_eq!(least_gap(&[(5, 6)], &[(3, 5)]), Some(0), "in either order");
    }

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
