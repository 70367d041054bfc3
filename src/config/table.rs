//! The keys, one row each.

use super::key::{CommandFlag, ConfigKey};
use super::key_kind::KeyKind;
use super::limit_keys::{ARCHIVE_KEYS, HTTP_KEYS};
use super::limit_keys_reading::{CORPUS_KEYS, INGEST_KEYS, READER_KEYS};

/// All commands that open an index.
const WITH_INDEX: &[&str] = &[
    "serve",
    "ingest",
    "inspect",
    "search",
    "trends",
    "coverage",
    "export",
    "terms",
    "concordance",
    "amounts",
    "suggest",
    "check",
    "doctor",
    "backup",
    "restore",
    "correct",
    "review",
    "upgrade",
];

/// Keys of commands.
const COMMAND_KEYS: &[ConfigKey] = &[
    ConfigKey::new("index", "The index folder.", "索引文件夹。", KeyKind::Path(|settings| &mut settings.index))
        .flag("index", WITH_INDEX),
    ConfigKey::new(
        "serve.listen",
        "Where to listen.",
        "服务监听的地址。",
        KeyKind::Address(|settings| &mut settings.serve.listen),
    )
    .flag("listen", &["serve"]),
    ConfigKey::new(
        "serve.hosts",
        "A name the server is asked under, such as that of a proxy before it; * for any.",
        "访问服务所用的域名，如反向代理传来的；* 表示任何域名。",
        KeyKind::Hosts {
            unset: ["localhost and addresses when only this machine reaches it, else any", "只听本机时为 localhost 和地址，否则不限"],
            at: |settings| &mut settings.serve.hosts,
        },
    )
    .flag("host", &["serve"]),
    ConfigKey::new(
        "serve.proxies",
        "The address of a proxy before the server: who asks is told by its X-Forwarded-For, and it may open all connections.",
        "服务前面反向代理的地址：按它的 X-Forwarded-For 分辨读者，它可以占用全部连接。",
        KeyKind::Machines { unset: ["none is believed", "都不信"], at: |settings| &mut settings.serve.proxies },
    )
    .flag("proxy", &["serve"]),
    ConfigKey::new(
        "serve.log",
        "What is logged on stderr: off, error, warn, info (a line for each answer) or debug; or by target, such as warn,access=info.",
        "标准错误上记多少：off、error、warn、info（每次应答一行）、debug，或分开定，如 warn,access=info。",
        KeyKind::LogLevels(|settings| &mut settings.serve.log),
    )
    .flag("log", &["serve"])
    .shared_variable("RUST_LOG"),
    ConfigKey::new(
        "serve.corpus",
        "The folder to bring the index up to date with before serving.",
        "服务开始前使索引与之一致的文件夹。",
        KeyKind::OptionalRoot {
            unset: ["corpus, when the index is empty or knows it", "corpus，索引为空或由它建成时"],
            at: |settings| &mut settings.serve.corpus,
        },
    )
    .flag("corpus", &["serve"]),
    ConfigKey::new(
        "ingest.corrections",
        "The file of corrections.",
        "订正文件。",
        KeyKind::OptionalPath {
            unset: ["corrections.toml beside the folder of the corpus", "语料文件夹旁的 corrections.toml"],
            at: |settings| &mut settings.ingest.corrections,
        },
    )
    .flag("corrections", &["ingest", "correct"]),
    ConfigKey::new(
        "ingest.calendar",
        "The file of publishing days and gaps.",
        "出版日和缺刊的文件。",
        KeyKind::OptionalPath {
            unset: ["calendar.toml beside the first folder", "第一个文件夹旁的 calendar.toml"],
            at: |settings| &mut settings.ingest.calendar,
        },
    )
    .flag("calendar", &["ingest"]),
    ConfigKey::new(
        "ingest.threads",
        "Threads that read and index.",
        "读文件和建索引的线程数。",
        KeyKind::OptionalCount {
            least: 1,
            most: 64,
            unset: ["one for each core", "每个核一个"],
            at: |settings| &mut settings.ingest.threads,
        },
    )
    .flag("threads", &["serve", "ingest", "upgrade"]),
    ConfigKey::new(
        "ingest.memory",
        "Memory for building the index.",
        "建索引所用的内存。",
        KeyKind::Count { least: 1, most: 1_000_000, at: |settings| &mut settings.ingest.memory },
    )
    .counted_in("MB")
    .flag("memory", &["ingest"]),
    ConfigKey::new(
        "ingest.commit_every",
        "Commit after this much of source files.",
        "每读多少源文件提交一次。",
        KeyKind::Count { least: 1, most: 1_000_000, at: |settings| &mut settings.ingest.commit_every },
    )
    .counted_in("MB")
    .flag("commit-every", &["ingest"]),
    ConfigKey::new(
        "ingest.rescan",
        "Time without any file event after which watched folders are looked at again.",
        "跟随文件夹时，多久没有文件事件就重新查看一遍。",
        KeyKind::Time { least: 1000, most: 86_400_000, at: |settings| &mut settings.ingest.rescan },
    ),
];

/// All keys, those of one table together.
pub fn config_keys() -> impl Iterator<Item = &'static ConfigKey> {
    [COMMAND_KEYS, HTTP_KEYS, ARCHIVE_KEYS, CORPUS_KEYS, INGEST_KEYS, READER_KEYS].into_iter().flatten()
}

/// The flags of a command that set a key, with their keys; `config` has those of all commands.
pub fn flags_of(command: &str) -> impl Iterator<Item = (CommandFlag, &'static ConfigKey)> {
    let has = move |flag: &CommandFlag| command == "config" || flag.commands.contains(&command);
    let of_command = move |key: &'static ConfigKey| key.flag.filter(has).map(|flag| (flag, key));
    config_keys().filter_map(of_command)
}

/// How alike two names must be for one to be meant by the other.
const ALIKE: f64 = 0.8;

/// The name that is probably meant: the most similar one; of a name without its table, the key that ends in it.
pub(super) fn likely(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let by_likeness = |known: String| {
        let whole = strsim::normalized_damerau_levenshtein(name, &known);
        let ending = strsim::normalized_damerau_levenshtein(&last(name), &last(&known)) * 0.99;
        let likeness = if name.contains('.') || known.contains('.') { whole.max(ending) } else { whole };
        (likeness >= ALIKE).then_some((likeness, known))
    };
    known.filter_map(by_likeness).max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, known)| known)
}
