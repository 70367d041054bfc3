//! What to do with files of kinds that no reader takes.

use super::bilingual::{Bilingual, both};
use crate::tables::foreign_formats;

/// Each way out of `tables/foreign_formats.toml`: its code, the words in English and in Chinese.
const WAYS: &[(&str, &str, &str)] = &[
    ("repair_pdf", "open it in a viewer and save it anew", "请用阅读器打开，另存为新的 PDF"),
    (
        "save_as_docx",
        "save it as DOCX or PDF, for example with `soffice --convert-to docx FILE`",
        "请另存为 DOCX 或 PDF，如 soffice --convert-to docx 文件",
    ),
    (
        "save_as_pdf",
        "save it as PDF, for example with `soffice --convert-to pdf FILE`",
        "请另存为 PDF，如 soffice --convert-to pdf 文件",
    ),
    (
        "save_as_csv",
        "save each sheet as CSV, and make JSON Lines of it with one article a line",
        "请把每张工作表另存为 CSV，再做成一行一篇的 JSON Lines",
    ),
    (
        "to_jsonl",
        "make JSON Lines of it: one article a line as {\"title\": …, \"date\": …, \"body\": …}",
        "请导出为 JSON Lines，一行一篇：{\"title\": …, \"date\": …, \"body\": …}",
    ),
    (
        "convert_to_text",
        "convert it to text, for example with `ebook-convert FILE OUT.txt`",
        "请转成文本，如 ebook-convert 文件 输出.txt",
    ),
    (
        "print_to_pdf",
        "open it in its own reader and print it to PDF; recognise the PDF where it has no text",
        "请用它自己的阅读器打开并打印成 PDF；PDF 里没有文字的，先做文字识别",
    ),
    (
        "recognise",
        "run OCR on it and give the result (hOCR, ALTO, PaddleOCR, MinerU or a PDF with text), for example `tesseract FILE OUT -l chi_sim hocr`",
        "是图像，请先做文字识别，再交识别结果（hOCR、ALTO、PaddleOCR、MinerU 或有文字层的 PDF），如 tesseract 文件 输出 -l chi_sim hocr",
    ),
    ("export_pdf", "export it as PDF from the layout program", "请在排版软件里导出为 PDF"),
    ("save_as_text", "save it as plain text (.txt), one page a file", "请另存为纯文本（.txt），一版一个文件"),
    (
        "unpack",
        "unpack it and give the folder, or make a .zip of its files",
        "请解开，交解开的文件夹，或把其中的文件另打成 .zip",
    ),
    ("not_text", "it holds no newspaper text and is left where it is", "里面没有报纸的文字，不收"),
    (
        "about_folder",
        "it is about the folder, not of the archive, and is left where it is",
        "是说明文件夹的，不是报纸，不收",
    ),
];

/// What to do with a file of a kind, by the code of the way.
pub(super) fn way(code: &str) -> Bilingual {
    WAYS.iter().find(|(known, ..)| *known == code).map_or_else(|| both("", ""), |(_, en, zh)| both(*en, *zh))
}

/// A kind of file in Chinese.
pub(super) fn kind_zh(name: &str) -> &str {
    foreign_formats().chinese_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_the_table_has_words() {
        for format in foreign_formats().all() {
            assert!(WAYS.iter().any(|(code, ..)| *code == format.way), "{}", format.way);
        }
        for (code, ..) in WAYS {
            assert!(foreign_formats().all().iter().any(|format| format.way == *code), "{code}");
        }
    }
}
