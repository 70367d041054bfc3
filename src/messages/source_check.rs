//! The index against its source files, in words.

use super::bilingual::{Bilingual, both};
use crate::ingest::{SourceCheck, SourceState};

/// How files differ from what the index knows of them.
pub fn source_state(state: SourceState) -> Bilingual {
    match state {
        SourceState::Changed => both("changed", "已改动"),
        SourceState::Gone => both("gone", "不见了"),
        SourceState::New => both("new", "新增"),
        SourceState::Unreadable => both("unreadable", "读不了"),
        SourceState::OtherArticles => both("other articles than its record says", "文章数与记录不符"),
    }
}

/// A root whose folder is not there.
pub fn root_unreachable(check: &SourceCheck) -> Bilingual {
    let SourceCheck { root, folder, .. } = check;
    both(
        format!(
            "{root}: {folder} is not there: its files cannot be compared; if it is elsewhere now, run: baoku ingest {root}=DIR"
        ),
        format!("{root}：{folder} 不在，无法对照；移到别处了就运行：baoku ingest {root}=DIR"),
    )
}

/// How many files of a root are as they were read.
pub fn root_compared(check: &SourceCheck) -> Bilingual {
    let SourceCheck { root, same, .. } = check;
    both(format!("{root}: {same} files as they were read"), format!("{root}：{same} 个文件与入库时相同"))
}

/// What brings the index up to date with a root.
pub fn root_remedy(check: &SourceCheck) -> Bilingual {
    let SourceCheck { root, folder, .. } = check;
    both(format!("run: baoku ingest {root}={folder}"), format!("请运行：baoku ingest {root}={folder}"))
}

/// Differing files that are not named.
pub fn more_files(count: usize) -> Bilingual {
    both(
        format!("  … and {count} more (-v or --format json names all)"),
        format!("  ……另有 {count} 个（-v 或 --format json 全部列出）"),
    )
}

/// An archive in which nothing was found.
pub fn nothing_amiss() -> Bilingual {
    both("nothing is amiss", "没有发现问题")
}

/// The files that were looked at.
pub fn files_known(files: u64) -> Bilingual {
    both(format!("{files} files"), format!("{files} 个文件"))
}

/// A backup that was written. `state`: that of the index.
pub fn backup_written(file: &str, state: &str, files: usize, bytes: u64) -> Bilingual {
    both(
        format!("{file}: state {state}, {files} files, {bytes} bytes of the index"),
        format!("{file}：状态 {state}，{files} 个文件，索引 {bytes} 字节"),
    )
}

/// An index that came back from a backup.
pub fn restored(folder: &str, state: &str) -> Bilingual {
    both(format!("{folder}: state {state} is restored"), format!("{folder}：已恢复到状态 {state}"))
}

/// Where the index is that stood there before.
pub fn kept_aside(folder: &str) -> Bilingual {
    both(format!("the index that stood there is kept in {folder}"), format!("原有的索引保留在 {folder}"))
}

/// An index stands where a backup should go.
pub fn index_in_the_way(folder: &str) -> Bilingual {
    both(
        format!(
            "{folder} holds an index; with --replace it is kept under another name, or give another --index folder"
        ),
        format!("{folder} 里已有索引；加 --replace 把它改名保留，或用 --index 另选文件夹"),
    )
}

/// Folders that are followed without file events.
pub fn no_file_events(fault: &str) -> Bilingual {
    both(
        format!("no file events come ({fault}); the folders are looked at every few seconds instead"),
        format!("收不到文件事件（{fault}）；改为每隔几秒查看文件夹"),
    )
}

/// A run of a followed folder that failed.
pub fn not_up_to_date(error: &str) -> Bilingual {
    both(format!("not brought up to date: {error}"), format!("没有更新：{error}"))
}

/// A server that is to follow a folder that it does not have.
pub fn nothing_to_follow() -> Bilingual {
    both(
        "--watch: there is no folder to follow; give it with --corpus DIR",
        "--watch：没有可跟随的文件夹；请用 --corpus DIR 指明",
    )
}
