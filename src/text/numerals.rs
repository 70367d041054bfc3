//! Chinese numerals.

/// The value of a Chinese digit.
pub fn chinese_digit(c: char) -> Option<u32> {
    match c {
        '〇' | '○' | '零' => Some(0),
        _ => "一二三四五六七八九".chars().position(|digit| digit == c).and_then(|at| u32::try_from(at + 1).ok()),
    }
}

/// A Chinese number below 100, or digit by digit: 十二, 二十九, 二〇一四.
pub fn chinese_number(text: &str) -> Option<u32> {
    let digits = |text: &str| {
        let values: Option<Vec<u32>> = text.chars().map(chinese_digit).collect();
        values.filter(|values| values.len() < 5).map(|values| values.iter().fold(0, |sum, digit| sum * 10 + digit))
    };
    match text.split_once('十') {
        _ if text.is_empty() => None,
        None => digits(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digits(tens).filter(|n| (1..10).contains(n))? };
            digits(ones).filter(|n| *n < 10).map(|ones| tens * 10 + ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_below_a_hundred_and_digit_by_digit() {
        let cases = [("十二", 12), ("二十九", 29), ("二〇一四", 2014), ("十", 10), ("三", 3), ("二十", 20)];
        for (text, number) in cases {
            assert_eq!(chinese_number(text), Some(number), "{text}");
        }
        assert!(["", "百", "十十", "二〇一四五", "甲"].iter().all(|text| chinese_number(text).is_none()));
    }
}
