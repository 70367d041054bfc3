//! Chinese numerals.

/// The value of a Chinese digit.
pub fn chinese_digit(c: char) -> Option<u32> {
    match c {
        '〇' | '○' | '零' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
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

/// Digits one by one in Chinese: 2014 is 二〇一四.
pub fn chinese_digits(digits: &str) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    digits.chars().map(|c| c.to_digit(10).map_or(c, |digit| DIGITS[digit as usize])).collect()
}

/// A number in Chinese numerals: 三千二百万, 一千零五, 十二.
pub fn chinese_numeral(value: u64) -> String {
    let mut text = String::new();
    let mut rest = value;
    for (scale, name) in [(1_000_000_000_000, "万亿"), (100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let (part, below) = (rest / scale, rest % scale);
        if part > 0 {
            let gap = !text.is_empty() && part < 1000;
            text.push_str(if gap { "零" } else { "" });
            text.push_str(&below_ten_thousand(part % 10_000));
            text.push_str(name);
        }
        rest = below;
    }
    let text = if text.is_empty() { "零".to_owned() } else { text };
    // 十二, not 一十二; 两千 and 两万, not 二千.
    let text = if text.starts_with("一十") { text["一".len()..].to_owned() } else { text };
    text.replace("二千", "两千").replace("二万", "两万").replace("十两万", "十二万").replace("百两万", "百二万")
}

fn below_ten_thousand(value: u64) -> String {
    let mut text = String::new();
    let mut gap = false;
    for (scale, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = value / scale % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        text.push_str(if gap { "零" } else { "" });
        text.push_str(&chinese_digits(&digit.to_string()));
        text.push_str(name);
        gap = false;
    }
    text
}

/// The value of a number at the start of a text, in Arabic or Chinese numerals or both, and how many characters it takes:
/// `3,200万` is 32,000,000, `二百万` 2,000,000, `3.3万` 33,000, `1亿2千万` 120,000,000. `None` where no number begins, or
/// one of more than a hundred thousand billions.
pub fn number_value(text: &[char]) -> Option<(f64, usize)> {
    let (mut total, mut at) = (0.0, 0);
    let mut last = f64::MAX;
    while let Some((value, scale, end)) = number_part(&text[at..]) {
        // 1亿2千万: each part is of a smaller scale; anything else is another number.
        if scale >= last || at > 0 && scale <= 1.0 && !text[at].is_ascii_digit() && numeral(text[at]).is_none() {
            break;
        }
        (total, at, last) = (total + value * scale, at + end, scale);
        if scale <= 1.0 {
            break;
        }
    }
    (at > 0 && total < 1e14).then_some((total, at))
}

/// A number and the scale behind it (万, 亿): `3,200` `万`.
fn number_part(text: &[char]) -> Option<(f64, f64, usize)> {
    let (value, mut at) = arabic(text).or_else(|| chinese(text))?;
    let mut scale = 1.0;
    while let Some(times) = text.get(at).and_then(|c| scale_of(*c)) {
        scale *= times;
        at += 1;
    }
    Some((value, scale, at))
}

fn scale_of(c: char) -> Option<f64> {
    match c {
        '百' => Some(1e2),
        '千' => Some(1e3),
        '万' => Some(1e4),
        '亿' => Some(1e8),
        _ => None,
    }
}

/// `3,200`, `1640`, `3.3`.
fn arabic(text: &[char]) -> Option<(f64, usize)> {
    let grouping = |at: usize| {
        let digits = |n: usize| text.get(at + n).is_some_and(char::is_ascii_digit);
        text[at] == ',' && digits(1) && digits(2) && digits(3) && !digits(4)
    };
    let part = |at: usize| text[at].is_ascii_digit() || at > 0 && (grouping(at) || is_point(text, at));
    let end = (0..text.len()).find(|at| !part(*at)).unwrap_or(text.len());
    let digits: String = text[..end].iter().filter(|c| **c != ',').collect();
    if end > 24 { None } else { digits.parse().ok().map(|value| (value, end)) }
}

fn is_point(text: &[char], at: usize) -> bool {
    text[at] == '.' && !text[..at].contains(&'.') && text.get(at + 1).is_some_and(char::is_ascii_digit)
}

/// 二百万 as 200 (the scale is read after it), 三千二百 as 3,200, 两 as 2.
fn chinese(text: &[char]) -> Option<(f64, usize)> {
    let (mut total, mut digit, mut at) = (0.0, None, 0);
    let mut unit = 10_000.0;
    while let Some(&c) = text.get(at).filter(|_| at < 20) {
        let small = match c {
            '十' => Some(10.0),
            '百' => Some(100.0),
            '千' => Some(1000.0),
            _ => None,
        };
        match (small, numeral(c)) {
            (Some(times), _) if digit.is_some() || at == 0 && c == '十' => {
                total += digit.take().unwrap_or(1.0) * times;
                unit = times;
            }
            (None, Some(value)) if digit.is_none() || digit == Some(0.0) => digit = Some(value),
            _ => break,
        }
        at += 1;
    }
    // 三千二 is 3,200: a last digit counts the next smaller unit, unless 零 stands before it.
    let spoken = digit.is_some_and(|_| total > 0.0 && unit > 10.0) && !text[..at].contains(&'零');
    total += digit.unwrap_or(0.0) * if spoken { unit / 10.0 } else { 1.0 };
    (at > 0).then_some((total, at))
}

fn numeral(c: char) -> Option<f64> {
    if c == '两' { Some(2.0) } else { chinese_digit(c).map(f64::from) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_numbers() {
        let value = |text: &str| number_value(&text.chars().collect::<Vec<char>>());
        let cases = [
            ("1640多万元", 1640.0, 4),
            ("3,200万元", 32_000_000.0, 6),
            ("二百万元", 2_000_000.0, 3),
            ("3.3万户", 33_000.0, 4),
            ("1700余名", 1700.0, 4),
            ("三千二百万", 32_000_000.0, 5),
            ("四百一十七人", 417.0, 5),
            ("十二人", 12.0, 2),
            ("二十万元", 200_000.0, 3),
            ("两千", 2000.0, 2),
            ("1亿2千万元", 120_000_000.0, 5),
            ("12.5亿元", 1_250_000_000.0, 5),
            ("一千零五十", 1050.0, 5),
            ("三万五千元", 35_000.0, 4),
            ("1,2", 1.0, 1),
        ];
        for (text, want, length) in cases {
            assert_eq!(value(text), Some((want, length)), "{text}");
        }
        assert!(["万元", "多", "", "9999999999999999万"].iter().all(|text| value(text).is_none()));
    }

    #[test]
    fn numerals_are_written_as_they_are_read() {
        let cases = [
            (12, "十二"),
            (105, "一百零五"),
            (1005, "一千零五"),
            (2000, "两千"),
            (10_500, "一万零五百"),
            (120_000, "十二万"),
            (32_000_000, "三千二百万"),
            (120_000_000, "一亿两千万"),
        ];
        for (value, want) in cases {
            assert_eq!(chinese_numeral(value), want);
        }
        for value in (0..20_000).chain((1..60).map(|n| n * 1_234_567)) {
            let text: Vec<char> = chinese_numeral(value).chars().collect();
            let read = number_value(&text);
            assert!(value == 0 || read == Some((value as f64, text.len())), "{value} {text:?} {read:?}");
        }
    }

    #[test]
    fn numbers_below_a_hundred_and_digit_by_digit() {
        let cases = [("十二", 12), ("二十九", 29), ("二〇一四", 2014), ("十", 10), ("三", 3), ("二十", 20)];
        for (text, number) in cases {
            assert_eq!(chinese_number(text), Some(number), "{text}");
        }
        assert!(["", "百", "十十", "二〇一四五", "甲"].iter().all(|text| chinese_number(text).is_none()));
    }
}
