//! What commands tell of themselves: what was done, and why not.

use super::bilingual::{Bilingual, both};
use crate::model::{ArticleId, SourceKey};
use std::path::Path;

/// The index is what was written.
pub fn index_sound(articles: u64) -> Bilingual {
    both(
        format!("the index is sound: {articles} articles, every file is as it was written"),
        format!("索引完好：{articles} 篇文章，每个文件都与写入时相同"),
    )
}

/// A file of the index is not what was written.
pub fn damaged_file(file: &Path) -> Bilingual {
    both(format!("damaged: {}", file.display()), format!("已损坏：{}", file.display()))
}

/// Files of the index are not what was written.
pub fn index_damaged() -> Bilingual {
    both(
        "the index is damaged and nothing is answered from it; `baoku ingest --rebuild DIR` makes it anew",
        "索引已损坏，不再用它作答；请运行 baoku ingest --rebuild DIR 重建",
    )
}

/// A correction was written.
pub fn correction_written(file: &Path, id: ArticleId, source: &SourceKey) -> Bilingual {
    let file = file.display();
    both(
        format!("{file}: {id} ({source}); the next `baoku ingest` applies it"),
        format!("{file}：{id}（{source}）；下次 baoku ingest 时生效"),
    )
}

/// There is no correction to take back.
pub fn no_correction(file: &Path, id: ArticleId) -> Bilingual {
    let file = file.display();
    both(format!("{file}: has no correction of {id}"), format!("{file}：里面没有对 {id} 的订正"))
}

/// Nothing was given to correct.
pub fn nothing_to_correct() -> Bilingual {
    both(
        "say what is to be corrected: --region, --date, --topic, --title or --withdraw",
        "请说明订正什么：--region、--date、--topic、--title 或 --withdraw",
    )
}

/// An id that is no article.
pub fn no_article(id: ArticleId) -> Bilingual {
    both(
        format!("{id}: is no article of this index; `baoku search` prints ids"),
        format!("{id}：索引里没有这篇文章；编号见 baoku search 的结果"),
    )
}

/// A region that a correction names and that there is not.
pub fn no_such_region(text: &str) -> Bilingual {
    both(
        format!("--region: `{text}` is no region; give a code, a name or 省/市/县, or nothing for the whole country"),
        format!("--region：没有 {text} 这个地区；请写代码、名称或 省/市/县，空着表示全国"),
    )
}

/// A topic that a correction names and that there is not.
pub fn no_such_topic(text: &str) -> Bilingual {
    both(
        format!("--topic: `{text}` is no topic; `baoku search --help` names them"),
        format!("--topic：没有 {text} 这个主题；见 baoku search --help"),
    )
}

/// A withdrawal without a reason.
pub fn no_reason() -> Bilingual {
    both("--withdraw: give the reason; readers are shown it", "--withdraw：请写明理由，读者会看到")
}

/// A server that is ready.
pub fn serving(articles: u64, address: &str) -> Bilingual {
    both(
        format!("{articles} articles; open http://{address}/ (Ctrl-C ends)"),
        format!("共 {articles} 篇文章；请打开 http://{address}/ （按 Ctrl-C 结束）"),
    )
}

/// A server without anything to serve.
pub fn nothing_to_serve(index: &Path, corpus: &str) -> Bilingual {
    let index = index.display();
    both(
        format!(
            "the index in {index} is empty and there is no folder `{corpus}` here; give one with --corpus DIR, or run \
             `baoku ingest DIR`"
        ),
        format!("{index} 里的索引是空的，这里也没有文件夹 {corpus}；请用 --corpus DIR 给出，或运行 baoku ingest DIR"),
    )
}

/// Another process writes to the index that is served.
pub fn served_while_written() -> Bilingual {
    both(
        "another process is writing to the index; serving what it holds, new commits appear by themselves",
        "另一个程序正在写索引；先用已有的作答，新提交的内容会自动出现",
    )
}

/// The index was not brought up to date, and is served as it is.
pub fn served_as_it_is(why: &Bilingual) -> [Bilingual; 2] {
    [
        both(format!("not brought up to date: {}", why.en), format!("没有更新索引：{}", why.zh)),
        both("serving what the index holds", "用索引里已有的作答"),
    ]
}

/// A folder without files to build from.
pub fn nothing_to_build(folder: &Path) -> Bilingual {
    let folder = folder.display();
    both(
        format!("{folder}: holds no files to build from; nothing was changed (--allow-empty goes on)"),
        format!("{folder}：里面没有可用来重建的文件；什么也没有改（加 --allow-empty 照样进行）"),
    )
}

/// A report that cannot be written.
pub fn report_failed(file: &Path, error: &std::io::Error) -> Bilingual {
    let file = file.display();
    both(
        format!("--report {file}: {error}; give a path that can be written"),
        format!("--report {file}：{error}；请给出可以写入的路径"),
    )
}

/// There is nothing to label.
pub fn nothing_to_label() -> Bilingual {
    both(
        "there is no article to label: the index is empty, or all of them have labels",
        "没有可标注的文章：索引是空的，或都已标注",
    )
}

/// Where labels go, and where to open the sitting.
pub fn labelling(file: &Path, address: &str) -> Bilingual {
    let file = file.display();
    both(
        format!("labels go to {file}; open {address} (Ctrl-C ends)"),
        format!("标注写入 {file}；请打开 {address} （按 Ctrl-C 结束）"),
    )
}

/// What was drawn: at random and where the program is least sure, of all articles, among those that were read.
pub fn drawn([random, least]: [usize; 2], articles: u64, read: u64) -> Bilingual {
    both(
        format!(
            "{random} articles at random of {articles}, {least} of which the program is least sure among {read} that were read"
        ),
        format!("从 {articles} 篇里随机抽了 {random} 篇，从读过的 {read} 篇里抽了最没把握的 {least} 篇"),
    )
}

/// A command that there is not.
pub fn no_command(name: &str, known: &[&str]) -> Bilingual {
    both(
        format!("there is no command `{name}`; commands are {}", known.join(", ")),
        format!("没有 {name} 这个命令；命令有 {}", known.join("、")),
    )
}

/// One file is shown, and several were given.
pub fn one_file_only() -> Bilingual {
    both(
        "give one file; several files and folders go with --doubtful",
        "请只给一个文件；--doubtful 才能给多个文件和文件夹",
    )
}
