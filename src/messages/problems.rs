//! What went wrong with inputs, and what to do about it.

use super::bilingual::{Bilingual, both};
use super::decoding::of_decoding;
use super::foreign_formats::{kind_zh, way};
use crate::model::{DATE_FORMS, Problem, ProblemCode};

/// A problem of an input.
pub fn problem(problem: &Problem) -> Bilingual {
    let arguments: Vec<&str> = problem.arguments.iter().map(String::as_str).collect();
    if let [Problem::AS_TOLD, told] = arguments[..] {
        return both(told, told);
    }
    let code = ProblemCode::from_name(&problem.code);
    if let (None, [reason]) = (code, &arguments[..]) {
        return left_out(reason);
    }
    let text = code.and_then(|code| {
        of_items(code, &arguments)
            .or_else(|| of_pages(code, &arguments))
            .or_else(|| of_files(code, &arguments))
            .or_else(|| of_decoding(code, &arguments))
    });
    text.unwrap_or_else(|| both(arguments.join(" "), arguments.join(" ")))
}

/// Problems of lines and items.
fn of_items(code: ProblemCode, arguments: &[&str]) -> Option<Bilingual> {
    Some(match (code, arguments) {
        (ProblemCode::UnknownField, [field]) => both(
            format!("field `{field}` is not one that baoku knows; it is kept as it is (said once)"),
            format!("字段 {field} 不认识，原样保留（只说一次）"),
        ),
        (ProblemCode::LineTooLong, [bytes, most]) => both(
            format!("the line has {bytes} bytes, over the limit of {most}; split the article"),
            format!("这一行有 {bytes} 字节，超过上限 {most}；请把文章分开"),
        ),
        (ProblemCode::BadJson, [error]) => both(
            format!("not a JSON object: {error}; each line must be one complete object"),
            format!("不是 JSON 对象：{error}；每行须是一个完整的对象"),
        ),
        (ProblemCode::NoBody, []) => {
            both("has no text in `body`; the line is no article", "body 里没有文字，这一行不是文章")
        }
        (ProblemCode::LeadsElsewhere, [target]) => both(
            format!("the page only leads to `{target}`; there is no article in it"),
            format!("这个网页只转到 {target}，本身没有文章"),
        ),
        (ProblemCode::HtmlInBody, []) => both(
            "`body` is HTML: its tags were taken out, its paragraphs kept (said once); better export plain text with a line \
             feed after each paragraph",
            "body 里是 HTML，标记已去掉，段落保留（只说一次）；最好导出纯文本，段末换行",
        ),
        (ProblemCode::WrongType, [name, "list"]) => both(
            format!("field `{name}` is not a list of texts; it is kept as it is"),
            format!("字段 {name} 不是文字的列表，原样保留"),
        ),
        (ProblemCode::WrongType, [name, _]) => both(
            format!("field `{name}` is not a text; it is kept as it is"),
            format!("字段 {name} 不是文字，原样保留"),
        ),
        (ProblemCode::BadDate, [date]) => both(
            format!(
                "field `date`: `{date}` is not a date: use a form such as {DATE_FORMS}, a real day from 1800 to 2199; the \
                 article is undated"
            ),
            format!("字段 date：{date} 不是日期，可写作 {DATE_FORMS}；这篇按日期不详收录"),
        ),
        (ProblemCode::DuplicateId, [id, owner]) => both(
            format!("id `{id}` is taken by an article of {owner}; the first one is kept, this one is left out"),
            format!("编号 {id} 已由 {owner} 的文章使用；保留先有的一篇，这篇不收"),
        ),
        (ProblemCode::InternalFault, []) => both(
            "the program failed on this text; please report it with the file",
            "程序处理这段文字时出错，请连同文件报告",
        ),
        _ => return of_tables(code, arguments),
    })
}

/// Problems of tables.
fn of_tables(code: ProblemCode, arguments: &[&str]) -> Option<Bilingual> {
    Some(match (code, arguments) {
        (ProblemCode::OpenQuote, []) => both(
            "a quotation mark in this line is never closed; the line is left out, put the field in quotes and double the \
             quotation marks in it",
            "这一行的引号没有配对，这一行不收；请给该字段加引号，其中的引号写两个",
        ),
        (ProblemCode::FieldCount, [fields, columns]) => both(
            format!(
                "the record has {fields} fields and the head {columns}; put fields that hold a separator in quotes"
            ),
            format!("这条记录有 {fields} 个字段，表头只有 {columns} 个；含有分隔符的字段请加引号"),
        ),
        (ProblemCode::NoBodyColumn, [columns, count]) => both(
            format!(
                "none of its {count} columns is known to be the text ({columns}); write a file mapping.toml into its folder, \
                 with [fields] and a line such as \"column\" = \"body\""
            ),
            format!(
                "{count} 列里认不出哪一列是正文（{columns}）；请在同一文件夹写 mapping.toml，内容为 [fields] 和形如 \"列名\" = \"body\" 的行"
            ),
        ),
        _ => return None,
    })
}

/// Problems of pages.
fn of_pages(code: ProblemCode, arguments: &[&str]) -> Option<Bilingual> {
    Some(match (code, arguments) {
        (ProblemCode::ConflictingFact, [field, kept, other, page]) => both(
            format!(
                "page {page}: {field} is {kept} by the stronger source, and `{other}` by another; the first is kept"
            ),
            format!("第 {page} 页：{}以较可靠的来源为准，取 {kept}；另一来源写的是“{other}”", fact_zh(field)),
        ),
        (ProblemCode::LostPage, [page]) => both(
            format!(
                "page {page} is damaged or packed beyond measure and cannot be read; get the file again from where it came \
                 from, or open it in a viewer and save it anew"
            ),
            format!("第 {page} 页损坏或压缩过度，读不出来；请重新取得文件，或用阅读器打开另存"),
        ),
        (ProblemCode::UnknownCharacters, [page, count, all]) => both(
            format!(
                "page {page} has {count} of {all} characters in fonts that do not say which characters they are; recognise \
                 the page as a picture instead, for example with `ocrmypdf --force-ocr -l chi_sim IN.pdf OUT.pdf`"
            ),
            format!(
                "第 {page} 页 {all} 字中有 {count} 字的字体没有说明是什么字；请按图像识别，如 ocrmypdf --force-ocr -l chi_sim"
            ),
        ),
        (ProblemCode::OcrFailed, [page, told]) => both(
            format!(
                "page {page} was not recognised by the OCR program, which says `{told}`; recognise its picture again"
            ),
            format!("第 {page} 页识别程序没有认出来（{told}）；请重新识别这一页的图像"),
        ),
        (ProblemCode::OutsidePage, [page, count]) => both(
            format!("page {page} has {count} characters outside its edges, which are not shown and not read"),
            format!("第 {page} 页有 {count} 字在版面之外，不显示，也不收录"),
        ),
        _ => return None,
    })
}

/// Problems of whole files.
fn of_files(code: ProblemCode, arguments: &[&str]) -> Option<Bilingual> {
    Some(match (code, arguments) {
        (ProblemCode::PageTooLarge, _) => return too_large(arguments),
        (ProblemCode::MetsWithoutText, []) => both(
            "is METS that holds no text itself; the ALTO files that it names are read by themselves, without the articles of \
             its structure map",
            "是 METS，本身没有文字；它所指的 ALTO 文件各自收录，不用其中的篇目结构",
        ),
        (ProblemCode::TooManyPages, [pages, most]) => both(
            format!("{pages} pages after the first {most} are left out; split the file"),
            format!("前 {most} 页之后的 {pages} 页没有收；请把文件分开"),
        ),
        (ProblemCode::NoTextLayer, [pages, first]) => both(
            format!(
                "{pages} pages (the first is page {first}) have no text layer, only pictures; recognise it first, for example \
                 with `ocrmypdf -l chi_sim IN.pdf OUT.pdf`, and read the result"
            ),
            format!(
                "有 {pages} 页（第一页是第 {first} 页）只有图像，没有文字；请先识别，如 ocrmypdf -l chi_sim，再收录结果"
            ),
        ),
        (ProblemCode::Kept, []) => both("what was read earlier stays in the index", "以前收录的保留不动"),
        (ProblemCode::Empty, []) => both("is empty", "是空文件"),
        (ProblemCode::UnknownFormat | ProblemCode::NotOfArchive | ProblemCode::Binary, _) => foreign(code, arguments)?,
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
        _ => return None,
    })
}

/// Files of kinds that no reader takes.
fn foreign(code: ProblemCode, arguments: &[&str]) -> Option<Bilingual> {
    Some(match (code, arguments) {
        (ProblemCode::UnknownFormat, [formats]) => both(
            format!("no reader takes this kind of file; convert it to one of these: {formats}"),
            format!("不是能读的格式（{formats}）；请转换，或移出文件夹"),
        ),
        (ProblemCode::UnknownFormat, [_, kind, code]) => {
            let Bilingual { en, zh } = way(code);
            both(
                format!("no reader takes this kind of file ({kind}); {en}"),
                format!("不能读这种文件（{}）；{zh}", kind_zh(kind)),
            )
        }
        (ProblemCode::NotOfArchive, [kind, code]) => {
            let Bilingual { en, zh } = way(code);
            both(format!("{kind}: {en}"), format!("{}：{zh}", kind_zh(kind)))
        }
        (ProblemCode::Binary, [offset]) => both(
            format!("is not text (control bytes from offset {offset}); convert it to text first"),
            format!("不是文本（从第 {offset} 字节起有控制字符）；请先转成文本"),
        ),
        (ProblemCode::Binary, [offset, kind, code]) => {
            let Bilingual { en, zh } = way(code);
            both(
                format!("is not text (control bytes from offset {offset}), but looks like {kind}; {en}"),
                format!("不是文本（从第 {offset} 字节起有控制字符），像是{}；{zh}", kind_zh(kind)),
            )
        }
        _ => return None,
    })
}

/// Reasons of the walk in Chinese.
const LEFT_OUT: &[(&str, &str)] = &[
    ("a manifest: it states facts of this folder", "说明文件，写的是这个文件夹的情况"),
    (
        "a script, style or picture of saved pages; where it is the scan of a page, run OCR on it",
        "网页的脚本、样式或图片；是版面扫描的，请先做文字识别",
    ),
    ("a picture, style or script of a page", "网页的图片、样式或脚本"),
    ("the same file once more", "同一个文件又出现一次"),
    ("another entry has the same name; the first one is kept", "压缩包里有同名的文件，保留先有的"),
    ("is encrypted; unpack it with its password", "有密码；请解密后再收录"),
    ("a link; pack its target instead", "是链接；请打包它所指的文件"),
    ("a link or a device; pack its target instead", "是链接或设备；请打包它所指的文件"),
    ("containers in it are too deep; unpack it", "里层压缩包套得太深；请解开"),
    ("is over limits.corpus.file_bytes; split it", "超过 limits.corpus.file_bytes；请分开"),
    (
        "the name leads out of the container or is no path; pack the file anew under another name",
        "文件名指向压缩包之外或不是路径；请换个名字重新打包",
    ),
    ("what is left of a damaged container is not known", "压缩包损坏，里面还有什么不得而知；以前读到的保留"),
    (
        "was being written while it was read; nothing of it was taken: run again when it is complete",
        "读的时候还在写，没有收；写完后再运行",
    ),
    ("hidden", "隐藏文件"),
    ("a link; give its target as a folder of its own", "是链接；请把它所指的文件夹另外给出"),
    ("not a regular file", "不是普通文件"),
    ("deeper than 64 folders", "文件夹套了 64 层以上"),
    ("the name is not UTF-8; rename the file", "文件名不是 UTF-8；请改名"),
];

/// A fact of a page in Chinese.
fn fact_zh(field: &str) -> &str {
    match field {
        "paper" => "报纸",
        "date" => "日期",
        "page" => "版次",
        other => other,
    }
}

/// Why a file was not looked at.
fn left_out(reason: &str) -> Bilingual {
    let known = LEFT_OUT.iter().find(|(known, _)| *known == reason);
    let refused = || reason.strip_prefix("cannot be read").map(|why| format!("不能读取{why}"));
    let zh = known.map(|(_, zh)| (*zh).to_owned()).or_else(refused).unwrap_or_else(|| reason.to_owned());
    both(reason, zh)
}

fn too_large(arguments: &[&str]) -> Option<Bilingual> {
    Some(match arguments {
        ["page", page, characters, lines, most, most_lines] => both(
            format!(
                "page {page} has {characters} characters in {lines} lines, and a page has at most {most} in {most_lines}; \
                 split it into the pages that were printed"
            ),
            format!("第 {page} 页有 {characters} 字 {lines} 行，一版至多 {most} 字 {most_lines} 行；请按所印的版分开"),
        ),
        ["file", characters, lines, most, most_lines, longest] => both(
            format!(
                "has {characters} characters in {lines} lines, and a page has at most {most} in {most_lines} (longest line: \
                 {longest}); split the file into its pages"
            ),
            format!(
                "有 {characters} 字 {lines} 行，一版至多 {most} 字 {most_lines} 行（最长的是第 {longest} 行）；请按版分开"
            ),
        ),
        ["drawing", page, most, most_lines] => both(
            format!(
                "page {page} has over {most} characters, {most_lines} lines, or more drawing than is run for a page; give \
                 baoku the text of this page in another format"
            ),
            format!("第 {page} 页超过 {most} 字、{most_lines} 行，或图形过多；请以别的格式提供这一页的文字"),
        ),
        ["pages", most] => both(
            format!("has more than {most} pages, and only these were read; split the file"),
            format!("多于 {most} 页，只读了这些；请把文件分开"),
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_of_an_earlier_program_is_told_as_it_was() {
        let old = Problem {
            arguments: vec![Problem::AS_TOLD.to_owned(), "not an object".to_owned()],
            ..Problem::plain(ProblemCode::BadJson)
        };
        assert_eq!(problem(&old).en, "not an object");
        assert!(problem(&Problem::of_file(ProblemCode::BadJson, ["x"])).zh.starts_with("不是 JSON"));
        let skipped = Problem { code: "skipped".to_owned(), ..Problem::of_file(ProblemCode::LeftOut, ["hidden"]) };
        assert_eq!(problem(&skipped).en, "hidden");
    }
}
