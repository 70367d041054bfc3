//! Sums and middles of the numbers that articles state.

/// What a set of numbers comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SummaryStatistics {
    /// How many numbers.
    pub count: u64,
    /// Their sum.
    pub sum: f64,
    /// The middle one; of an even number the mean of the two in the middle.
    pub median: f64,
    /// The smallest.
    pub least: f64,
    /// The largest.
    pub most: f64,
}

impl SummaryStatistics {
    /// Of some numbers; `None` of none.
    pub fn from_numbers(mut numbers: Vec<f64>) -> Option<Self> {
        numbers.sort_by(f64::total_cmp);
        let (least, most) = (*numbers.first()?, *numbers.last()?);
        let middle = numbers.len() / 2;
        let median =
            if numbers.len() % 2 == 1 { numbers[middle] } else { f64::midpoint(numbers[middle - 1], numbers[middle]) };
        Some(Self { count: numbers.len() as u64, sum: numbers.iter().sum(), median, least, most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_between_two_of_an_even_number() {
        let odd = SummaryStatistics::from_numbers(vec![30.0, 10.0, 500.0]).unwrap();
        assert_eq!((odd.count, odd.sum, odd.median, odd.least, odd.most), (3, 540.0, 30.0, 10.0, 500.0));
        assert_eq!(SummaryStatistics::from_numbers(vec![4.0, 1.0, 2.0, 8.0]).unwrap().median, 3.0);
        assert_eq!(SummaryStatistics::from_numbers(Vec::new()), None);
    }
}
