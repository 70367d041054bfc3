//! Grams: overlapping pairs of units, boundaries included. The position of a gram is the number of its first unit, and
//! because a text ends in a boundary every other unit starts exactly one gram: a single unit is a range of terms.

use super::normal::units;

/// The grams of an encoded text, separated by spaces.
pub fn gram_tokens(encoded: &str) -> String {
    let mut tokens = String::with_capacity(encoded.len() * 9 / 4);
    let mut previous: Option<&str> = None;
    for unit in units(encoded) {
        if let Some(first) = previous {
            if !tokens.is_empty() {
                tokens.push(' ');
            }
            tokens.push_str(first);
            tokens.push_str(unit);
        }
        previous = Some(unit);
    }
    tokens
}

/// The grams of a run of two or more units, in order; none for fewer.
pub fn grams_of_units(run: &[String]) -> Vec<String> {
    run.windows(2).map(|pair| pair.concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_but_the_last_boundary_starts_one_gram() {
        assert_eq!(gram_tokens("送温_gdp_|暖|"), "送温 温_gdp_ _gdp_| |暖 暖|");
        assert_eq!(gram_tokens("|"), "");
        assert_eq!(gram_tokens(""), "");
    }

    #[test]
    fn a_run_has_the_same_grams_as_its_text() {
        let run: Vec<String> = units("送_a__b_暖|").map(str::to_owned).collect();
        assert_eq!(grams_of_units(&run).join(" "), gram_tokens("送_a__b_暖|"));
    }
}
