//! The words of the command line in both languages: what commands and their own options do, what stands around them. Options that
//! are parameters of requests or keys of the configuration have their words in the tables of those.

use super::bilingual::{Bilingual, Language, both};

/// A row: the command, and the option after a space; `*` stands for all commands. English, Chinese.
type CommandWords = (&'static str, &'static str, &'static str);

/// What commands do.
const COMMANDS: &[CommandWords] = &[
    ("baoku", "报库: search the back issues of Chinese trade-union newspapers", "报库：工会报纸过刊检索"),
    (
        "serve",
        "Serve the pages and the API; with an empty index and a corpus, ingest first",
        "提供网页和接口；索引为空而有语料时，先入库",
    ),
    ("ingest", "Bring the index up to date with folders of newspaper pages", "使索引与报纸版面的文件夹一致"),
    (
        "inspect",
        "Show what is made of one file; with --doubtful, which pages were cut without being sure",
        "看一个文件被怎样处理；加 --doubtful 列出切分没有把握的版面",
    ),
    ("search", "Search the index; exit code 1 when nothing is found", "检索；没有找到时退出码为 1"),
    (
        "trends",
        "Count matching articles over time, beside all articles and what is held; exit code 1 when nothing is found",
        "检索式在各时段的篇数，连同总数和馆藏；没有找到时退出码为 1",
    ),
    ("coverage", "Tell which issues of which paper are held, by period", "每种报纸每个时段存了多少期"),
    (
        "export",
        "Print every matching article, by date; exit code 1 when nothing is found",
        "输出全部符合条件的文章，按日期；没有找到时退出码为 1",
    ),
    (
        "terms",
        "Words that stand near a query, or that tell two times or places apart; exit code 1 when there are none",
        "检索式近旁的词，或两个时期、地区的用词差别；没有时退出码为 1",
    ),
    (
        "concordance",
        "Every place of a query with the text beside it, a line each; exit code 1 when there is none",
        "逐处列出检索词的上下文，一处一行；没有时退出码为 1",
    ),
    (
        "amounts",
        "What matching articles state of money, people or households, by period; exit code 1 when they state none",
        "文章所说的金额、人数或户数，按时段汇总；没有时退出码为 1",
    ),
    (
        "suggest",
        "Words, names, places and titles that begin like a text, in characters or pinyin; exit code 1 when there are none",
        "联想词：以汉字、全拼或声母开头的词、人名、地名和标题；没有时退出码为 1",
    ),
    (
        "check",
        "Compare every file of the index with its checksum, and the index with its sources; exit code 2 when a file is damaged, 3 when sources differ",
        "通读索引的每个文件，与校验和对照，并把索引与源文件对照；有损坏的退出码为 2，源文件有变的为 3",
    ),
    (
        "doctor",
        "Tell what the archive lacks or is not sure of, with examples and the command that mends it; exit code 1 when nothing is amiss",
        "查出馆藏缺什么、哪里没有把握，各附例子和改正的命令；没有问题时退出码为 1",
    ),
    (
        "backup",
        "Write the last commit of the index to one file with checksums, also while others read and write",
        "把索引的最后一次提交写成一个带校验和的文件；别人正在读写时也可以",
    ),
    (
        "restore",
        "Put the index of a backup in its place, after every file was compared with its checksum",
        "核对每个文件的校验和之后，把备份里的索引放回原处",
    ),
    (
        "correct",
        "Correct an article: writes the file of corrections, which the next ingest applies",
        "订正一篇文章：写入订正文件，下次入库生效",
    ),
    (
        "review",
        "Label articles in the browser, half of them drawn at random; with --report, tell how right the program is",
        "在浏览器里标注文章，一半随机抽取；加 --report 报告程序的准确率",
    ),
    (
        "upgrade",
        "Bring an index of an earlier format to that of this program, with all ids, versions and earlier states",
        "把旧格式的索引升级到本程序的格式，编号、版本和以前的状态都带上",
    ),
    ("config", "Tell what is configured", "查看配置"),
    (
        "config show",
        "Print each key, its value and where it comes from: the default, a line of the file, the environment, a flag",
        "列出每个配置键、它的值和来源：默认、文件的某一行、环境变量或选项",
    ),
    ("completions", "Print what a shell needs to complete commands and options", "输出命令行补全脚本"),
    (
        "man",
        "Print the manual page, or write one for each command into a folder",
        "输出手册页，或在文件夹里为每个命令写一页",
    ),
    ("help", "Print help, of a command where one is named", "显示帮助；给出命令时显示该命令的帮助"),
];

/// What options do that all commands have, or several.
const SHARED: &[CommandWords] = &[
    ("* help", "Print help (-h: in short)", "显示帮助（-h 为简短）"),
    ("* version", "Print the version, and what indexes it writes", "显示版本和索引格式"),
    (
        "* config",
        "The configuration file (default: that of BAOKU_CONFIG, else baoku.toml in the working folder)",
        "配置文件（默认：环境变量 BAOKU_CONFIG 所指的，否则是当前文件夹的 baoku.toml）",
    ),
    (
        "* lang",
        "Language of help and messages: zh or en (default: by BAOKU_LANG, else by the locale)",
        "帮助和消息的语言：zh 或 en（默认：按 BAOKU_LANG，否则按系统语言）",
    ),
    (
        "* quiet",
        "No progress and no remarks; of a report only what was left out",
        "不显示进度和提示；报告里只留没有收全的",
    ),
    (
        "* verbose",
        "Tell more: every place of a report, how long it took; twice: each file as it is read",
        "多说一些：报告的每一处、用时；给两次则逐个说出在读的文件",
    ),
    ("* format", "The form of the answer", "输出的格式"),
    (
        "* q",
        "The query, of one or several words; leave it out to go by the filters alone",
        "检索式，一个或几个词；不给则只按筛选条件",
    ),
    ("* paper", "The newspaper of all files", "全部文件所属的报纸"),
    (
        "* date",
        "The date of all files: 2014, 2014-04, 2014-04-29 or 2014年4月29日",
        "全部文件的日期：2014、2014-04、2014-04-29 或 2014年4月29日",
    ),
    ("* region", "The home region of all files, by code or name", "全部文件所在的地区，代码或名称"),
    (
        "* encoding",
        "The encoding of files without a byte order mark, such as gb18030",
        "没有字节序标记的文件的编码，如 gb18030",
    ),
];

/// What options of one command do.
const OPTIONS: &[CommandWords] = &[
    (
        "serve watch",
        "Keep the index up to date with the corpus while serving",
        "服务时跟随语料文件夹，随时使索引与之一致",
    ),
    (
        "ingest watch",
        "Keep running, and bring the index up to date whenever the folders change",
        "一直运行，文件夹一有变动就使索引与之一致",
    ),
    (
        "check full",
        "Read the bytes of all source files, also of those with the same size and time of change",
        "逐个读源文件的内容，大小和修改时间没变的也读",
    ),
    ("backup file", "The file (default: baoku-TIME.tar.zst)", "写入的文件（默认：baoku-时间.tar.zst）"),
    ("restore file", "The file that `baoku backup` wrote", "baoku backup 写成的文件"),
    ("restore replace", "Where an index stands, keep it under another name", "原有索引时，改名保留"),
    (
        "ingest dir",
        "Folders; NAME=DIR names one otherwise than by its last part",
        "文件夹；NAME=DIR 另起名字，不用文件夹末段",
    ),
    ("ingest rebuild", "Forget what is in the index and read everything again", "不用索引里原有的，全部重读"),
    ("ingest dry-run", "Read everything, report, and change nothing", "全部读一遍并报告，什么也不改"),
    (
        "ingest report",
        "Write the whole report to a file: .html a page, .txt text, else JSON",
        "把完整的报告写入文件：.html 为网页，.txt 为文本，其他为 JSON",
    ),
    ("ingest report-format", "The form of the report, whatever its file is called", "报告的格式，不论文件叫什么"),
    (
        "ingest allow-empty",
        "Accept that a folder whose files are in the index has become empty",
        "已入库的文件夹变空时，照样撤下",
    ),
    (
        "ingest withdraw-missing",
        "Withdraw the articles of files that are gone, though more than a fifth of a folder's files are",
        "文件少了五分之一以上时，照样撤下",
    ),
    (
        "ingest forget-corrections",
        "Undo corrections that the file of corrections no longer has",
        "订正文件里已没有的订正，照样取消",
    ),
    (
        "inspect path",
        "A page file or a JSON Lines file; with --doubtful, files and folders",
        "版面文件或 JSON Lines 文件；加 --doubtful 时为文件和文件夹",
    ),
    (
        "inspect stage",
        "lines (as read), page (blocks, joins and articles in colour), blocks, articles or tokens",
        "lines（读到的行）、page（彩色的块、接续和文章）、blocks（块）、articles（文章）或 tokens（词元）",
    ),
    ("inspect page", "Only this page of the file, from 1", "只看文件的第几页，从 1 起"),
    (
        "inspect doubtful",
        "List the pages that are less sure than --below, the least sure first, with their doubtful borders; exit code 1 when there are none",
        "列出把握低于 --below 的版面和有疑问的边界，最没把握的在前；没有时退出码为 1",
    ),
    (
        "inspect below",
        "The confidence, 0 to 1, below which pages and borders are doubtful (default: 0.9)",
        "把握低于多少算有疑问，0 到 1（默认：0.9）",
    ),
    ("inspect color", "Colour of the page", "版面是否着色"),
    (
        "inspect calibration",
        "Print how often inferred values are right, by confidence, for a page or a folder of pages with answers in GOLD",
        "按把握列出推断的准确率；PATH 为版面或文件夹，GOLD 为手工答案",
    ),
    ("correct id", "The article's id, as search prints it", "文章的编号，见检索结果"),
    (
        "correct region",
        "The place it is about, by code or name; empty for the whole country",
        "所写的地区，代码或名称；空表示全国",
    ),
    (
        "correct date",
        "The date of its issue: 2014, 2014-04, 2014-04-29 or 2014年4月29日",
        "见报日期：2014、2014-04、2014-04-29 或 2014年4月29日",
    ),
    ("correct topic", "A field of union work, best first; empty for none", "主题，最切合的在前；空表示没有"),
    ("correct title", "Its title", "标题"),
    (
        "correct withdraw",
        "Take it out of the archive; its link answers with the reason",
        "从库中撤下，原链接回答撤稿理由",
    ),
    ("correct remove", "Take the correction of this article back", "收回对这篇的订正"),
    (
        "review labels",
        "The file that labels are added to (default: labels.jsonl beside the folder of the corpus)",
        "标注写入的文件（默认：语料文件夹旁的 labels.jsonl）",
    ),
    (
        "review count",
        "Articles of this sitting; the larger half at random, the others where the program is least sure",
        "这一次标注多少篇；多半随机抽取，其余是程序最没把握的",
    ),
    (
        "review seed",
        "What the drawing at random begins with; the same seed, index and labels draw the same articles",
        "随机抽取的种子；种子、索引和标注相同，抽出的也相同",
    ),
    ("review by", "Who labels; written beside each label", "标注人，写在每条标注旁"),
    (
        "review listen",
        "Where to listen, on this machine only; port 0 takes a free one",
        "监听的地址，只限本机；端口 0 表示任取一个",
    ),
    (
        "review report",
        "Print how right the program is by the labels, with 95 % intervals; exit code 1 when there are none",
        "按标注报告程序的准确率和 95% 区间；没有标注时退出码为 1",
    ),
    (
        "trends q",
        "Queries, each in quotes, a series each; none counts all articles",
        "检索式，各加引号，每个一条曲线；不给则统计全部文章",
    ),
    ("trends show", "What a chart shows", "图上画什么：ratio（占比）或 counts（篇数）"),
    ("suggest start", "How it begins: characters, pinyin or initials", "开头：汉字、全拼或声母"),
    ("suggest limit", "How many to give, 1 to 20", "给出多少个，1 到 20"),
    (
        "config show commented",
        "Print a complete configuration file instead, everything in it commented out",
        "改为输出一份完整的、全部注释掉的配置文件",
    ),
    ("completions shell", "The shell", "命令行外壳"),
    (
        "man folder",
        "The folder to write baoku.1, baoku-ingest.1 and so on into",
        "写入 baoku.1、baoku-ingest.1 等的文件夹",
    ),
    ("help command", "The command", "命令"),
];

/// The words for a command, or for an option of it: its own, else those that all commands share; nothing where there are none.
pub fn command_words(command: &str, option: Option<&str>, language: Language) -> &'static str {
    let key = option.map_or_else(|| command.to_owned(), |option| format!("{command} {option}"));
    let shared = option.map(|option| format!("* {option}"));
    let all = || COMMANDS.iter().chain(OPTIONS).chain(SHARED);
    let found = all().find(|(own, ..)| *own == key).or_else(|| all().find(|(own, ..)| Some(*own) == shared.as_deref()));
    found.map_or("", |(_, en, zh)| in_language([en, zh], language))
}

fn in_language([en, zh]: [&'static str; 2], language: Language) -> &'static str {
    match language {
        Language::English => en,
        Language::Chinese => zh,
    }
}

/// What stands around the options in help.
#[derive(Clone, Copy, Debug)]
pub struct HelpHeadings {
    /// Before the form of the command, with the space behind it.
    pub usage: &'static str,
    /// Above the commands.
    pub commands: &'static str,
    /// Above what goes without a name.
    pub arguments: &'static str,
    /// Above the options of the command.
    pub options: &'static str,
    /// Above the options that say which articles are meant.
    pub filters: &'static str,
    /// Above the options that all commands have.
    pub common: &'static str,
}

/// The headings of help.
pub fn help_headings(language: Language) -> HelpHeadings {
    match language {
        Language::English => HelpHeadings {
            usage: "Usage: ",
            commands: "Commands",
            arguments: "Arguments",
            options: "Options",
            filters: "Which articles",
            common: "Options of all commands",
        },
        Language::Chinese => HelpHeadings {
            usage: "用法：",
            commands: "命令",
            arguments: "参数",
            options: "选项",
            filters: "筛选条件",
            common: "通用选项",
        },
    }
}

/// A default value behind the words of an option.
pub fn default_words(value: &str, language: Language) -> String {
    match language {
        Language::English => format!(" (default: {value})"),
        Language::Chinese => format!("（默认：{value}）"),
    }
}

/// The values of an option that takes a few, behind its words.
pub fn choice_words(values: &[&str], language: Language) -> String {
    match language {
        Language::English => format!(": {}", super::bilingual::listed(values, "or")),
        Language::Chinese => format!("：{}", values.join("、")),
    }
}

/// What a command was done with, and how long it took.
pub fn command_account(seconds: f64, index: &str, file: &str) -> Bilingual {
    both(
        format!("took {seconds:.2} s; index {index}; configuration {file}"),
        format!("用时 {seconds:.2} 秒；索引 {index}；配置文件 {file}"),
    )
}

/// What stands below the help of a command: exit codes, and what goes for its options.
pub fn after_help(command: &str, language: Language) -> &'static str {
    let words = match command {
        "ingest" => [INGEST_AFTER, INGEST_AFTER_ZH],
        "search" | "trends" | "coverage" | "export" | "terms" | "concordance" | "amounts" => {
            [REQUEST_AFTER, REQUEST_AFTER_ZH]
        }
        "baoku" => [ROOT_AFTER, ROOT_AFTER_ZH],
        _ => ["Exit codes: 0 done, 1 nothing found, 2 failed.", "退出码：0 完成，1 没有找到，2 出错。"],
    };
    in_language(words, language)
}

const INGEST_AFTER: &str = "\
Exit codes: 0 everything that was to be read was read; 2 failed, the message says why; 3 done, but something was left out:
a file that cannot be read, is too large, damaged, of an unknown format or encoding or no text, or a part of one (a page, a
line). Files that are unchanged, withdrawn, empty or skipped (links, hidden ones, READMEs) and duplicates are not left out.

Examples:
  baoku ingest corpus
  baoku ingest 1998=/mnt/scans/1998 --paper 工人日报 --report report.html
  baoku ingest corpus -q || mail -s 'baoku: look at the archive' editor   (in a cron job)";

const INGEST_AFTER_ZH: &str = "\
退出码：0 该读的都读了；2 失败，消息里说明原因；3 完成，但有没收全的：文件不能读取、过大、损坏、格式或编码不识、不是文本，
或其中一页、一行没有收。没有变动、已撤下、空的、跳过的（链接、隐藏文件、说明文件）和重复的不算。

例：
  baoku ingest corpus
  baoku ingest 1998=/mnt/scans/1998 --paper 工人日报 --report report.html
  baoku ingest corpus -q || mail -s '报库：请看入库结果' editor   （定时任务）";

const REQUEST_AFTER: &str = "\
Filters repeat as OR; ! before a value excludes. A switch alone means true, --expand=false turns it off. Underscores may be
written as dashes (--union-body). The query language: page /help of `baoku serve`.
Exit codes: 0 found, 1 nothing found, 2 failed.

Examples:
  baoku search '\"送温暖\" -演出' --from 2014-01 --region 安徽
  baoku trends 送温暖 维权 --by year --format csv
  baoku concordance 农民工 --order right";

const REQUEST_AFTER_ZH: &str = "\
筛选条件可重复（或），值前加 ! 表示排除。开关单写就是 true，--expand=false 关掉。下划线也可写成连字符（--union-body）。
检索式的写法见 `baoku serve` 的网页 /help。
退出码：0 找到，1 没有找到，2 出错。

例：
  baoku search '\"送温暖\" -演出' --from 2014-01 --region 安徽
  baoku trends 送温暖 维权 --by year --format csv
  baoku concordance 农民工 --order right";

const ROOT_AFTER: &str = "\
Exit codes: 0 done, 1 nothing found, 2 failed, 3 (ingest) done but something was left out.
Environment: each key of the configuration has a variable (BAOKU_INDEX, BAOKU_SERVE_LISTEN …; `baoku config show --format json`
lists them), BAOKU_CONFIG names the file, BAOKU_LANG the language; NO_COLOR and CLICOLOR_FORCE decide on colour.

Begin with:
  baoku ingest corpus
  baoku search '\"送温暖\"'
  baoku serve";

const ROOT_AFTER_ZH: &str = "\
退出码：0 完成，1 没有找到，2 出错，3（ingest）完成但有没收全的。
环境变量：每个配置键都有一个（BAOKU_INDEX、BAOKU_SERVE_LISTEN 等，`baoku config show --format json` 列出），BAOKU_CONFIG 指定
配置文件，BAOKU_LANG 定语言；NO_COLOR 和 CLICOLOR_FORCE 定是否着色。

从这里开始：
  baoku ingest corpus
  baoku search '\"送温暖\"'
  baoku serve";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_has_its_own_words_before_those_of_all_commands() {
        assert_eq!(command_words("correct", Some("title"), Language::Chinese), "标题");
        assert!(command_words("correct", Some("date"), Language::English).contains("its issue"));
        assert!(command_words("ingest", Some("date"), Language::English).contains("all files"));
        assert_eq!(command_words("ingest", Some("none"), Language::English), "");
        let all: Vec<&str> = COMMANDS.iter().chain(SHARED).chain(OPTIONS).map(|(key, ..)| *key).collect();
        assert_eq!(all.len(), all.iter().collect::<std::collections::BTreeSet<_>>().len());
    }
}
