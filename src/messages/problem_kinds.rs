//! Short names of what became of files and of what was wrong with them, for headings and tables.

use super::bilingual::{Bilingual, both};
use crate::model::{Outcome, ProblemCode};

/// What became of a file.
pub fn outcome(outcome: Outcome) -> Bilingual {
    match outcome {
        Outcome::Indexed => both("indexed", "已收录"),
        Outcome::Unchanged => both("unchanged", "没有变动"),
        Outcome::NoArticles => both("no articles", "没有文章"),
        Outcome::Empty => both("empty", "空文件"),
        Outcome::Binary => both("not text", "不是文本"),
        Outcome::UnknownEncoding => both("encoding unknown", "编码不明"),
        Outcome::UnknownFormat => both("format unknown", "格式不识"),
        Outcome::Broken => both("damaged", "文件损坏"),
        Outcome::TooLarge => both("too large", "过大"),
        Outcome::Unreadable => both("cannot be read", "不能读取"),
        Outcome::Skipped => both("skipped", "跳过"),
        Outcome::Withdrawn => both("withdrawn", "已撤下"),
        Outcome::Container => both("container", "压缩包"),
        Outcome::Changing => both("being written", "正在写入"),
    }
}

/// A kind of problem by its code, which may be the name of an outcome.
pub fn problem_kind(code: &str) -> Bilingual {
    if let Some(known) = ProblemCode::from_name(code) {
        let (en, zh) = kind(known);
        return both(en, zh);
    }
    let known = Outcome::ALL.into_iter().find(|outcome| outcome.name() == code);
    known.map_or_else(|| both(code, code), outcome)
}

fn kind(code: ProblemCode) -> (&'static str, &'static str) {
    match code {
        ProblemCode::UnknownField => ("unknown field", "不认识的字段"),
        ProblemCode::LineTooLong => ("line too long", "行过长"),
        ProblemCode::BadJson => ("no JSON", "不是 JSON"),
        ProblemCode::NoBody => ("no text", "没有正文"),
        ProblemCode::HtmlInBody => ("HTML in a text", "正文是 HTML"),
        ProblemCode::WrongType => ("value of another type", "值的类型不对"),
        ProblemCode::BadDate => ("no date", "日期读不出"),
        ProblemCode::MetsWithoutText => ("METS without text", "METS 没有文字"),
        ProblemCode::PageTooLarge => ("page too large", "版面过大"),
        ProblemCode::TooManyPages => ("too many pages", "页数过多"),
        ProblemCode::LostPage => ("damaged page", "页面损坏"),
        ProblemCode::UnknownCharacters => ("unknown characters", "字体不明"),
        ProblemCode::OutsidePage => ("text outside the page", "文字在版面外"),
        ProblemCode::NoTextLayer => ("no text layer", "没有文字层"),
        ProblemCode::ReplacedBytes => ("bytes replaced", "字节不成字"),
        ProblemCode::DuplicateId => ("duplicate id", "编号重复"),
        ProblemCode::InternalFault => ("fault of the program", "程序出错"),
        ProblemCode::Kept => ("kept as it was", "保留原有"),
        ProblemCode::Empty => ("empty file", "空文件"),
        ProblemCode::UnknownFormat => ("unknown format", "格式不识"),
        ProblemCode::NotOfArchive => ("no part of the archive", "不是报纸"),
        ProblemCode::Binary => ("not text", "不是文本"),
        ProblemCode::UnknownEncoding => ("unknown encoding", "编码不明"),
        ProblemCode::BrokenFile => ("damaged file", "文件损坏"),
        ProblemCode::LeftOut => ("left out", "没有读"),
        ProblemCode::LeadsElsewhere => ("leads elsewhere", "只转到别处"),
        ProblemCode::OpenQuote => ("quotation mark never closed", "引号没有闭合"),
        ProblemCode::FieldCount => ("too many fields", "字段过多"),
        ProblemCode::NoBodyColumn => ("no column with the text", "没有正文列"),
        ProblemCode::OcrFailed => ("OCR failed", "识别失败"),
        ProblemCode::MixedEncodings => ("several encodings", "几种编码混在一起"),
        ProblemCode::EncodedTwice => ("encoded twice", "编码两次"),
        ProblemCode::LostCharacters => ("characters lost before", "原已丢字"),
        ProblemCode::PrivateUse => ("characters of private use", "私用区字符"),
        ProblemCode::BracketedReadings => ("readings in brackets", "括注读音"),
        ProblemCode::HtmlReferences => ("references of HTML", "HTML 转义"),
        ProblemCode::UnreadableText => ("text that does not read", "读不通的文字"),
        ProblemCode::UnsupportedEncoding => ("encoding not read", "不支持的编码"),
        ProblemCode::DecodedName => ("name not in UTF-8", "文件名不是 UTF-8"),
        ProblemCode::ConflictingFact => ("sources contradict", "来源互相矛盾"),
    }
}
