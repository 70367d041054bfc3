//! What the name of a feature says, in Chinese: reasons are codes, and this is their catalogue.

use super::labels::OPENS_BY_FORM;
use crate::tables::block_forms;

/// The words for a feature; empty for one that says nothing to a reader.
pub fn feature_words(name: &str) -> String {
    let (what, step) = name.split_once('@').unwrap_or((name, "0"));
    let words = own_words(what);
    match (words.is_empty(), step) {
        (true, _) => String::new(),
        (false, "0") => words,
        (false, "1") => format!("下一块{words}"),
        (false, "-1") => format!("上一块{words}"),
        (false, step) if step.starts_with('-') => format!("上面第{}块{words}", step.trim_start_matches('-')),
        (false, step) => format!("下面第{step}块{words}"),
    }
}

fn own_words(what: &str) -> String {
    if let Some(form) = what.strip_prefix("f:").or_else(|| what.strip_prefix("s:")) {
        return block_forms().iter().find(|row| row.name == form).map(|row| row.says.clone()).unwrap_or_default();
    }
    let (family, value) = what.split_once('=').unwrap_or((what, ""));
    let value = value.split('|').next().unwrap_or_default();
    match family {
        "end" => format!("以{}收尾", end_words(value)),
        "length" => length_words(value).to_owned(),
        "first" | "first2" => format!("以“{value}”开头"),
        "last2" => format!("以“{value}”结尾"),
        _ => FAMILIES.iter().find(|row| row.0 == family).map(|row| row.1.to_owned()).unwrap_or_default(),
    }
}

/// What is said of a family of features whatever the value.
const FAMILIES: [(&str, &str); 28] = [
    (OPENS_BY_FORM, "按开头的样式或接版标记另起一篇"),
    ("inner_stop", "中间有句号"),
    ("parts", "分成几段"),
    ("even_parts", "几段一样长"),
    ("unbalanced", "引号或括号不成对"),
    ("shapes0", "与下文的长短相配"),
    ("shapes-1", "与上下文的长短相配"),
    ("shapes-2", "与上文的长短相配"),
    ("here,next", "与下一块的长短相配"),
    ("prev,here", "与上一块的长短相配"),
    ("next_words", "用词与紧接的下文相比"),
    ("later_words", "用词与下文相比"),
    ("prev_words", "用词与紧接的上文相比"),
    ("earlier_words", "用词与上文相比"),
    ("leans", "用词偏向上文或下文"),
    ("bridge", "上下文的用词相比"),
    ("bridge_over_mean", "上下文的用词与全版相比"),
    ("valley", "此处上下文用词相差"),
    ("lowest_bridge", "附近此处上下文用词相差最大"),
    ("seam_before", "与上一块的接缝"),
    ("seam_after", "与下一块的接缝"),
    ("like_lines", "附近有同样的短行"),
    ("2:alike", "前后两篇的用词相比"),
    ("2:alike_over_usual", "前后两篇的用词与别篇相比"),
    ("2:news", "开头与本版各篇相比"),
    ("size", "字号"),
    ("set:bold", "粗体"),
    ("span", "跨栏"),
];

fn end_words(value: &str) -> &'static str {
    match value {
        "stop" => "句号",
        "exclaim" => "叹号",
        "ask" => "问号",
        "quote" => "引号",
        "bracket" | "square" => "括号",
        "colon" => "冒号",
        "dots" => "省略号",
        "comma" | "list" | "semi" => "逗号一类",
        "dash" => "破折号",
        "book" => "书名号",
        "digit" => "数字",
        _ => "文字",
    }
}

fn length_words(value: &str) -> &'static str {
    match value.parse::<usize>().unwrap_or(0) {
        0 | 1 => "很短",
        2..=5 => "短",
        6..=8 => "一两句长",
        _ => "成段",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_worded_with_its_place() {
        assert_eq!(feature_words("end=stop@-1"), "上一块以句号收尾");
        assert_eq!(feature_words("f:dateline_own@1"), "下一块以“本报讯”一类开头");
        assert_eq!(feature_words("length=4@0"), "短");
        assert_eq!(feature_words("always"), "");
    }
}
