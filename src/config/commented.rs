//! A complete configuration file, everything in it commented out.

use super::table::config_keys;
use std::fmt::Write;

const HEAD: &str = "\
# Configuration of baoku: each key with its default; take the # before a key away to set it.
# 报库的配置：每个键及其默认值，去掉键前的 # 即可设置。
#
# Order: defaults < this file < environment < flags. A file named by --config or BAOKU_CONFIG stands in for baoku.toml in the
# working folder; relative paths begin at the folder of the file. `baoku config show` tells each value and its origin.
# 次序：默认值 < 本文件 < 环境变量 < 命令行选项。`baoku config show` 列出每个值及其来源。
";

/// A complete configuration file, everything in it commented out.
pub fn commented() -> String {
    let mut text = HEAD.to_owned();
    let mut table = "";
    for key in config_keys() {
        let (of_key, name) = key.name.rsplit_once('.').unwrap_or(("", key.name));
        if of_key != table {
            // Writing to a string does not fail.
            let _ = write!(text, "\n[{of_key}]\n");
            table = of_key;
        }
        let flag =
            key.flag.map_or_else(String::new, |flag| format!(", --{} of {}", flag.name, flag.commands.join(", ")));
        let shared = key.shared_variable.map_or_else(String::new, |name| format!(" or {name}"));
        let variables = key.variable() + &shared;
        let default = key.default_text();
        let value = key.value(&super::Settings::default());
        let example = if value.is_null() { String::new() } else { format!(" {value}") };
        let _ = write!(
            text,
            "\n# {}\n# {}\n# Takes {}; default: {default}. {}{flag}\n# {name} ={example}\n",
            key.doc,
            key.zh,
            key.takes(),
            variables,
        );
    }
    text
}
