//! What is found of an archive, and the command that mends it.

use super::bilingual::{Bilingual, both};
use crate::archive::{Finding, FindingCode};

/// What a finding is.
pub fn finding(found: &Finding) -> Bilingual {
    let count = found.count;
    let (en, zh) = match found.code {
        FindingCode::LeftOut => ("files could not be read", "个文件没有读成"),
        FindingCode::PartlyRead => {
            ("files are in the index in part: a run was cut off", "个文件只入库了一部分：上次入库中断")
        }
        FindingCode::OldRules => ("files were read by the rules of an earlier program", "个文件是按旧版程序的规则读的"),
        FindingCode::Undated => ("pages or parts of files have no date", "个版面（或文件的部分）没有日期"),
        FindingCode::UnknownPaper => {
            ("pages or parts of files are of an unknown paper", "个版面（或文件的部分）不知是哪份报纸")
        }
        FindingCode::DoubtfulPage => ("pages are cut without being sure", "个版面的切分没有把握"),
        FindingCode::NumberGap => {
            ("numbers of issues are missing between two that are held", "个期号在已存的两期之间缺失")
        }
        FindingCode::DuplicateIssue => ("pages are held in several files", "个版面在几个文件里都有"),
        FindingCode::DuplicateId => ("items are left out because their id is taken", "条因编号已被占用而没有收"),
        FindingCode::ReplacedBytes => {
            ("files have bytes that are no characters of their encoding", "个文件有不合编码的字节")
        }
        FindingCode::Conflict => ("files have sources that contradict each other", "个文件的来源互相矛盾"),
        FindingCode::RefusedText => ("files have text that is in no article", "个文件有文字不在任何一篇里"),
    };
    both(format!("{count} {en}"), format!("{count} {zh}"))
}

/// What to do about a finding: a command, or a file to write.
pub fn remedy(found: &Finding) -> Bilingual {
    let place = &found.place;
    match found.code {
        FindingCode::LeftOut | FindingCode::RefusedText | FindingCode::DuplicateId => both(
            "baoku ingest DIR --rebuild --dry-run --report report.json   (says of each file why, and what to do)",
            "baoku ingest DIR --rebuild --dry-run --report report.json   （逐个文件说明原因和办法）",
        ),
        FindingCode::PartlyRead | FindingCode::OldRules => both(
            "baoku ingest DIR   (with the folders of the index; reads only these files)",
            "baoku ingest DIR   （DIR 为入库时的文件夹；只重读这些文件）",
        ),
        FindingCode::Undated => both(
            format!(
                "baoku inspect '{place}'   then state `date` or `pattern` in a manifest.toml of its folder, or run ingest with --date"
            ),
            format!(
                "baoku inspect '{place}'   然后在所在文件夹的 manifest.toml 里写明 date 或 pattern，或在入库时加 --date"
            ),
        ),
        FindingCode::UnknownPaper => both(
            "write `paper = \"…\"` in a manifest.toml of the folder, or: baoku ingest DIR --paper NAME",
            "在文件夹的 manifest.toml 里写 paper = \"…\"，或：baoku ingest DIR --paper 报名",
        ),
        FindingCode::DoubtfulPage => both(
            "baoku inspect DIR --doubtful   (or the page /doubtful of the server)",
            "baoku inspect DIR --doubtful   （或看网页 /doubtful）",
        ),
        FindingCode::NumberGap => both(
            "baoku coverage --by month   then add the files, or state the gap in calendar.toml",
            "baoku coverage --by month   然后补上文件，或在 calendar.toml 里写明缺刊",
        ),
        FindingCode::DuplicateIssue => both(
            format!(
                "keep one of the files and move the other out of the folder, such as {place}; then: baoku ingest DIR"
            ),
            format!("留一个，把另一个（如 {place}）移出文件夹，然后：baoku ingest DIR"),
        ),
        FindingCode::ReplacedBytes => both(
            format!(
                "get the file anew, or state its encoding: baoku ingest DIR --encoding NAME, or `encoding` in a manifest.toml ({place})"
            ),
            format!(
                "重新取得文件，或写明编码：baoku ingest DIR --encoding 名称，或在 manifest.toml 里写 encoding（{place}）"
            ),
        ),
        FindingCode::Conflict => both(
            format!("baoku inspect '{place}'   then state the right value in a manifest.toml of its folder"),
            format!("baoku inspect '{place}'   然后在所在文件夹的 manifest.toml 里写明正确的值"),
        ),
    }
}
