//! What is said of the decoding of files.

use super::bilingual::{Bilingual, both};
use crate::model::ProblemCode;

/// Problems of encodings.
pub(super) fn of_decoding(code: ProblemCode, arguments: &[&str]) -> Option<Bilingual> {
    of_bytes(code, arguments).or_else(|| of_texts(code, arguments)).or_else(|| of_names(code, arguments))
}

/// Of bytes that are no characters, and of encodings.
fn of_bytes(code: ProblemCode, arguments: &[&str]) -> Option<Bilingual> {
    Some(match (code, arguments) {
        (ProblemCode::ReplacedBytes, [count, encoding]) => both(
            format!("{count} bytes are no characters of {encoding} and are shown as U+FFFD"),
            format!("有 {count} 字节不是 {encoding} 的字，显示为 U+FFFD"),
        ),
        (ProblemCode::ReplacedBytes, [count, encoding, places]) => both(
            format!(
                "{count} bytes are no characters of {encoding} and are shown as U+FFFD (first places as line:byte: {places})"
            ),
            format!("有 {count} 字节不是 {encoding} 的字，显示为 U+FFFD（前几处，行:字节：{places}）"),
        ),
        (ProblemCode::MixedEncodings, [encoding, lines, runs]) => both(
            format!("{lines} lines are of another encoding than most and were read as {encoding} (lines {runs})"),
            format!("有 {lines} 行的编码与多数不同，已按 {encoding} 读取（第 {runs} 行）"),
        ),
        (ProblemCode::Binary, [offset]) => both(
            format!("is not text (control bytes from offset {offset}); convert it to text first"),
            format!("不是文本（从第 {offset} 字节起有控制字符）；请先转成文本"),
        ),
        (ProblemCode::UnknownEncoding, [closest, replaced]) => both(
            format!(
                "has no encoding that fits (closest: {closest}, {replaced} bytes are no characters); convert it to UTF-8, or \
                 name the encoding with --encoding"
            ),
            format!("认不出编码（最接近 {closest}，有 {replaced} 字节不成字）；请转成 UTF-8，或用 --encoding 指明"),
        ),
        (ProblemCode::UnknownEncoding, [name]) => both(
            format!("`{name}` is no encoding; use a name such as utf-8, gb18030, big5, utf-16le"),
            format!("没有 {name} 这种编码；可用 utf-8、gb18030、big5、utf-16le 等"),
        ),
        (ProblemCode::UnsupportedEncoding, [name]) => both(
            format!("is {name}, which is not read; convert it to UTF-8, for example with `iconv`"),
            format!("是 {name} 编码，不能直接读；请先转成 UTF-8，如用 iconv"),
        ),
        _ => return None,
    })
}

/// Of what was mended, and what does not read.
fn of_texts(code: ProblemCode, arguments: &[&str]) -> Option<Bilingual> {
    Some(match (code, arguments) {
        (ProblemCode::EncodedTwice, [was, read_as, lines, "0"]) => both(
            format!("{lines} lines were {was} that had been read as {read_as} and saved again; they were mended"),
            format!("有 {lines} 行原是 {was}，曾被当作 {read_as} 读入再存；已还原"),
        ),
        (ProblemCode::EncodedTwice, [was, read_as, lines, lost]) => both(
            format!(
                "{lines} lines were {was} that had been read as {read_as} and saved again; they were mended but for {lost} \
                 characters, which are shown as U+FFFD; get the file again from where it came from"
            ),
            format!(
                "有 {lines} 行原是 {was}，曾被当作 {read_as} 读入再存；已还原，但有 {lost} 字丢失，显示为 U+FFFD；请重新取得文件"
            ),
        ),
        (ProblemCode::LostCharacters, [count]) => both(
            format!(
                "{count} characters were lost before this file was written (U+FFFD or 锟斤拷 stands for them); get the file \
                 again from where it came from"
            ),
            format!("有 {count} 字在存成此文件之前已丢失（显示为 U+FFFD 或“锟斤拷”）；请重新取得文件"),
        ),
        (ProblemCode::PrivateUse, [mapped, left]) => both(
            format!(
                "{mapped} characters of private use were replaced by the characters that GB 18030 has for them, {left} stay as \
                 they are: only the font of their time shows them"
            ),
            format!("有 {mapped} 个自造区的字已按 GB 18030 换成正式编码，{left} 个保留原样（只有当时的字库能显示）"),
        ),
        (ProblemCode::BracketedReadings, [count]) => both(
            format!(
                "{count} readings in brackets, put behind characters by a conversion to Traditional, were taken out"
            ),
            format!("有 {count} 处转换繁体时夹入的括注拼音已去掉"),
        ),
        (ProblemCode::HtmlReferences, [count]) => both(
            format!("{count} references of HTML (&ldquo; and the like) were replaced by their characters"),
            format!("有 {count} 处网页转义（如 &ldquo;）已换成原字"),
        ),
        (ProblemCode::UnreadableText, [lines]) => both(
            format!("{lines} lines do not read as text; look at them, and get the file again if they are damaged"),
            format!("有 {lines} 行读不成文；请查看，如已损坏请重新取得文件"),
        ),
        (ProblemCode::UnreadableText, []) => both(
            "holds characters, but no text that can be read; get the file again from where it came from, or move it out of the \
             folder",
            "内容读不成文；请重新取得文件，或移出文件夹",
        ),
        _ => return None,
    })
}

/// Of names of files.
fn of_names(code: ProblemCode, arguments: &[&str]) -> Option<Bilingual> {
    Some(match (code, arguments) {
        (ProblemCode::DecodedName, [""]) => both(
            "its name is in no known encoding; the bytes that are no characters are shown as %XX",
            "文件名的编码认不出，不成字的字节写作 %XX",
        ),
        (ProblemCode::DecodedName, [encoding]) => both(
            format!("its name is not UTF-8 and was read as {encoding}"),
            format!("文件名不是 UTF-8，已按 {encoding} 读取"),
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_words_in_both_languages_with_all_its_arguments() {
        let cases: [(ProblemCode, &[&str]); 14] = [
            (ProblemCode::ReplacedBytes, &["71", "Big5"]),
            (ProblemCode::ReplacedBytes, &["71", "Big5", "3:140"]),
            (ProblemCode::MixedEncodings, &["Big5", "71", "3–9"]),
            (ProblemCode::UnsupportedEncoding, &["ISO-2022-CN"]),
            (ProblemCode::EncodedTwice, &["UTF-8", "GBK", "71", "82"]),
            (ProblemCode::LostCharacters, &["71"]),
            (ProblemCode::PrivateUse, &["71", "82"]),
            (ProblemCode::BracketedReadings, &["71"]),
            (ProblemCode::HtmlReferences, &["71"]),
            (ProblemCode::UnreadableText, &["71"]),
            (ProblemCode::UnreadableText, &[]),
            (ProblemCode::DecodedName, &["gb18030"]),
            (ProblemCode::UnknownEncoding, &["gb18030", "71"]),
            (ProblemCode::Binary, &["71"]),
        ];
        for (code, arguments) in cases {
            let words = of_decoding(code, arguments).unwrap_or_else(|| panic!("{code:?}"));
            let named = |text: &str| arguments.iter().all(|argument| text.contains(argument));
            assert!(named(&words.en) && named(&words.zh) && !words.zh.is_empty() && !words.en.is_empty(), "{code:?}");
        }
    }
}
