//! What is wrong with a command line, in Chinese; in English the parser's own words are told.

/// What is wrong with a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsageFault {
    /// An option or argument that the command does not have.
    UnknownArgument,
    /// There is no such command.
    UnknownCommand,
    /// A value that an option does not take.
    BadValue,
    /// An option without its value.
    NoValue,
    /// Something is missing.
    Missing,
    /// Two options that do not go together.
    Conflict,
    /// An option that is given more often than it may.
    Repeated,
    /// Bytes that are no text.
    NotText,
    /// Anything else.
    Other,
}

/// What is told of a fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsageDetail {
    /// The option, argument or command at fault, several parted by 、.
    pub name: String,
    /// The value at fault.
    pub value: String,
    /// What else it is about: the options that it does not go with.
    pub other: String,
    /// What is probably meant.
    pub likely: String,
    /// What is taken.
    pub taken: String,
    /// Why a value is not taken, in the words of its reader.
    pub reason: String,
}

/// A fault of a command line in Chinese.
pub fn usage_fault_zh(fault: UsageFault, detail: &UsageDetail) -> String {
    let UsageDetail { name, value, other, likely, taken, reason } = detail;
    let meant = if likely.is_empty() { String::new() } else { format!("；是不是想写 {likely}？") };
    let values = if taken.is_empty() { String::new() } else { format!("；可用 {taken}") };
    let why = if reason.is_empty() { String::new() } else { format!("：{reason}") };
    match fault {
        UsageFault::UnknownArgument => format!("没有 {name} 这个选项{meant}"),
        UsageFault::UnknownCommand => format!("没有 {name} 这个命令{meant}"),
        UsageFault::BadValue if value.is_empty() => format!("{name} 要有一个值{values}"),
        UsageFault::BadValue => format!("{name} 不能是 {value}{values}{why}{meant}"),
        UsageFault::NoValue => format!("{name} 后面的值不对{values}"),
        UsageFault::Missing => format!("还要给出 {name}{values}"),
        UsageFault::Conflict => format!("{name} 不能与 {other} 同用"),
        UsageFault::Repeated => format!("{name} 只能给一次"),
        UsageFault::NotText => "命令行里有不成字的字节，请用 UTF-8".to_owned(),
        UsageFault::Other => format!("命令行不对{why}"),
    }
}

/// The last line below a fault of a command line.
pub const USAGE_HINT_ZH: &str = "加 --help 看用法。";
