//! The keys of the limits of the server and of what is asked of it.

use super::key::ConfigKey;
use super::key_kind::KeyKind;

/// A second and an hour, in milliseconds.
const SECOND: u64 = 1000;
const HOUR: u64 = 3600 * SECOND;

/// Limits of the server.
pub(super) const HTTP_KEYS: &[ConfigKey] = &[
    ConfigKey::new(
        "limits.http.query_timeout",
        "How long the work of a request may run.",
        "一个请求最多运行多久。",
        KeyKind::Time { least: 100, most: HOUR, at: |settings| &mut settings.limits.http.query_timeout },
    )
    .counted_in("seconds")
    .flag("timeout", &["serve"]),
    ConfigKey::new(
        "limits.http.interactive_permits",
        "Searches, articles and pages that are worked on at once.",
        "同时处理的检索、文章和版面请求数。",
        KeyKind::OptionalCount {
            least: 1,
            most: 1024,
            unset: ["two for each core", "每个核两个"],
            at: |settings| &mut settings.limits.http.interactive_permits,
        },
    ),
    ConfigKey::new(
        "limits.http.analytic_permits",
        "Series, words, lines, amounts and costly searches that are worked on at once.",
        "同时处理的走势、用词、上下文、数字和费时检索的请求数。",
        KeyKind::OptionalCount {
            least: 1,
            most: 1024,
            unset: ["all cores but one", "比核数少一个"],
            at: |settings| &mut settings.limits.http.analytic_permits,
        },
    ),
    ConfigKey::new(
        "limits.http.queue_length",
        "Requests of each kind that wait for a permit; 0: none waits, each beyond the permits is told to come back.",
        "每类请求最多有多少个排队等候；0 表示不排队，满了就请稍后再来。",
        KeyKind::Count { least: 0, most: 100_000, at: |settings| &mut settings.limits.http.queue_length },
    ),
    ConfigKey::new(
        "limits.http.queue_length_per_client",
        "Requests of each kind and of one client that wait for a permit.",
        "每类请求中同一来源最多有多少个排队等候。",
        KeyKind::Count { least: 0, most: 100_000, at: |settings| &mut settings.limits.http.queue_length_per_client },
    ),
    ConfigKey::new(
        "limits.http.interactive_queue_timeout",
        "How long searches, articles and pages wait for a permit.",
        "检索、文章和版面请求最多等候多久。",
        KeyKind::Time { least: 10, most: HOUR, at: |settings| &mut settings.limits.http.interactive_queue_timeout },
    )
    .counted_in("seconds"),
    ConfigKey::new(
        "limits.http.analytic_queue_timeout",
        "How long series, words, lines, amounts and costly searches wait for a permit.",
        "走势、用词、上下文、数字和费时检索的请求最多等候多久。",
        KeyKind::Time { least: 10, most: HOUR, at: |settings| &mut settings.limits.http.analytic_queue_timeout },
    )
    .counted_in("seconds"),
    ConfigKey::new(
        "limits.http.connections",
        "Connections at once; more wait until one ends.",
        "同时的连接数，超出的等到有连接结束。",
        KeyKind::Count { least: 1, most: 65_535, at: |settings| &mut settings.limits.http.connections },
    ),
    ConfigKey::new(
        "limits.http.connections_per_client",
        "Connections of one client at once; more are told to come back. A proxy of serve.proxies may have all.",
        "同一来源同时的连接数，超出的请稍后再来；serve.proxies 里的代理可以占用全部。",
        KeyKind::Count { least: 1, most: 65_535, at: |settings| &mut settings.limits.http.connections_per_client },
    ),
    ConfigKey::new(
        "limits.http.connection_timeout",
        "How long a connection may last.",
        "一个连接最多保持多久。",
        KeyKind::Time { least: SECOND, most: 24 * HOUR, at: |settings| &mut settings.limits.http.connection_timeout },
    )
    .counted_in("seconds"),
    ConfigKey::new(
        "limits.http.header_timeout",
        "How long a caller may take to send the head of a request.",
        "请求头最多用多久送完。",
        KeyKind::Time { least: 100, most: HOUR, at: |settings| &mut settings.limits.http.header_timeout },
    )
    .counted_in("seconds"),
    ConfigKey::new(
        "limits.http.headers",
        "The most headers of a request.",
        "请求头的项数。",
        KeyKind::Count { least: 16, most: 1000, at: |settings| &mut settings.limits.http.headers },
    ),
    ConfigKey::new(
        "limits.http.header_bytes",
        "The most bytes of a request's head, with its address.",
        "请求头连同网址的字节数。",
        KeyKind::Count { least: 8192, most: 16 << 20, at: |settings| &mut settings.limits.http.header_bytes },
    )
    .counted_in("bytes"),
    ConfigKey::new(
        "limits.http.write_timeout",
        "How long a caller may read nothing of an answer before the connection is closed.",
        "对方多久不读应答就断开。",
        KeyKind::Time { least: 100, most: HOUR, at: |settings| &mut settings.limits.http.write_timeout },
    )
    .counted_in("seconds"),
    ConfigKey::new(
        "limits.http.shutdown_grace",
        "How long running requests may take to end after a stop.",
        "停止服务时留给正在处理的请求的时间。",
        KeyKind::Time { least: 0, most: HOUR, at: |settings| &mut settings.limits.http.shutdown_grace },
    )
    .counted_in("seconds"),
    ConfigKey::new(
        "limits.http.form_bytes",
        "The largest form that `baoku review` takes.",
        "标注表单的字节数。",
        KeyKind::Count { least: 1024, most: 16 << 20, at: |settings| &mut settings.limits.http.form_bytes },
    )
    .counted_in("bytes"),
    ConfigKey::new(
        "limits.http.form_timeout",
        "How long a form may take to arrive.",
        "标注表单最多用多久送完。",
        KeyKind::Time { least: 100, most: HOUR, at: |settings| &mut settings.limits.http.form_timeout },
    )
    .counted_in("seconds"),
    ConfigKey::new(
        "limits.http.compression_threshold",
        "Answers of fewer bytes are not compressed.",
        "少于多少字节的应答不压缩。",
        KeyKind::Count { least: 0, most: 65_535, at: |settings| &mut settings.limits.http.compression_threshold },
    )
    .counted_in("bytes"),
];

/// Limits of one request.
pub(super) const ARCHIVE_KEYS: &[ConfigKey] = &[
    ConfigKey::new(
        "limits.archive.query_texts",
        "The most articles that a query with NEAR has read again; beyond, it is refused. One core reads about 40,000 a second.",
        "带 NEAR 的检索式最多重读多少篇文章，超出即拒绝；一个核每秒约读四万篇。",
        KeyKind::Size { least: 1000, most: 1_000_000_000, at: |settings| &mut settings.limits.archive.query_texts },
    ),
    ConfigKey::new(
        "limits.archive.interactive_texts",
        "A search that has more articles read again than this takes an analytic permit.",
        "重读文章超过多少篇的检索算作费时检索。",
        KeyKind::Size { least: 0, most: 1_000_000_000, at: |settings| &mut settings.limits.archive.interactive_texts },
    ),
    ConfigKey::new(
        "limits.archive.explain_timeout",
        "How long an explanation may take that was asked for; what is not counted until then is left out.",
        "要求说明时最多算多久，没算完的略去。",
        KeyKind::Time { least: 10, most: HOUR, at: |settings| &mut settings.limits.archive.explain_timeout },
    )
    .counted_in("seconds"),
    ConfigKey::new(
        "limits.archive.hint_timeout",
        "How long an explanation may take where nothing was found.",
        "没有找到时的说明最多算多久。",
        KeyKind::Time { least: 10, most: HOUR, at: |settings| &mut settings.limits.archive.hint_timeout },
    )
    .counted_in("seconds"),
    ConfigKey::new(
        "limits.archive.answer_rows",
        "The most rows of a series or of coverage.",
        "走势和馆藏答案的行数。",
        KeyKind::Count { least: 100, most: 10_000_000, at: |settings| &mut settings.limits.archive.answer_rows },
    ),
    ConfigKey::new(
        "limits.archive.articles_read",
        "The most articles that are read for words near a query, lines and amounts; the answer says where there were more.",
        "统计近旁的词、上下文和数字时最多读多少篇文章，超出时答案里写明。",
        KeyKind::Size { least: 100, most: 1_000_000_000, at: |settings| &mut settings.limits.archive.articles_read },
    ),
    ConfigKey::new(
        "limits.archive.concordance_lines",
        "The most lines of a concordance.",
        "上下文的行数。",
        KeyKind::Count { least: 100, most: 10_000_000, at: |settings| &mut settings.limits.archive.concordance_lines },
    ),
    ConfigKey::new(
        "limits.archive.amount_numbers",
        "The most numbers that are gathered for amounts.",
        "汇总的数字个数。",
        KeyKind::Count { least: 100, most: 100_000_000, at: |settings| &mut settings.limits.archive.amount_numbers },
    ),
    ConfigKey::new(
        "limits.archive.reprints_shown",
        "The most printings of one text that are shown.",
        "同文列出多少篇。",
        KeyKind::Count { least: 2, most: 100_000, at: |settings| &mut settings.limits.archive.reprints_shown },
    ),
    ConfigKey::new(
        "limits.archive.completion_words",
        "The most words that completions are made of; each takes some hundred bytes of memory.",
        "联想词取多少个，每个占一百多字节内存。",
        KeyKind::Count { least: 1000, most: 10_000_000, at: |settings| &mut settings.limits.archive.completion_words },
    ),
];
