//! Whether a font is bold, by its name: the families of Chinese type that papers set headlines in.

use crate::corpus::decode_exactly;

/// Parts of names of bold fonts and of headline families, in lower case. `fz` is Founder: 小标宋, 大标宋, 黑体, 大黑,
/// 粗黑宋, 粗宋, 粗圆, 粗倩, and the bolder cuts of 兰亭黑; `hy` is Hanyi.
const BOLD: &[&str] = &[
    "bold", "black", "heavy", "simhei", "heiti", "fzxbs", "fzdbs", "fzht", "fzdht", "fzchs", "fzch", "fzcs", "fzcy",
    "fzcq", "fzltch", "fzltdh", "fzltth", "fzltzch", "hydhj", "hytehei", "hyzhj", "stzhongs", "黑体", "标宋", "大黑",
    "粗",
];

/// Parts of names that speak against it: 细黑, 雅黑 are text faces.
const LIGHT: &[&str] = &["xihei", "light", "细黑", "雅黑"];

/// Whether the name of a font says that it is bold, or of a family for headlines.
pub(in crate::readers) fn is_bold(name: &[u8]) -> bool {
    let name = std::str::from_utf8(name).map(String::from).ok().or_else(|| decode_exactly(name, "gb18030"));
    let name = name.unwrap_or_default().to_lowercase();
    let family = match name.split_once('+') {
        Some((subset, family)) if subset.len() == 6 => family,
        _ => name.as_str(),
    };
    let has = |parts: &[&str]| parts.iter().any(|part| family.contains(part));
    has(BOLD) && (family.contains("bold") || !has(LIGHT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_for_headlines_are_bold() {
        for name in ["FZXBSJW--GB1-0", "ABCDEF+SimHei", "NotoSansCJKsc-Bold", "MicrosoftYaHei-Bold", "方正小标宋"]
        {
            assert!(is_bold(name.as_bytes()), "{name}");
        }
        for name in ["FZSSJW--GB1-0", "SimSun", "MicrosoftYaHei", "STXihei", "华文细黑"] {
            assert!(!is_bold(name.as_bytes()), "{name}");
        }
        assert!(is_bold(b"\xBA\xDA\xCC\xE5"));
    }
}
