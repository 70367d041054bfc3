//! Generates `src/tables/regions.tsv` from the facts of `../shared/data/regions-facts.csv`, and holds the two together.
//!
//! `UPDATE_TABLES=1 cargo test --test regions_table` writes the table; without the variable the test compares. It is
//! skipped, and says so, where the facts are not there.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

const FACTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/regions-facts.csv");
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tables/regions.tsv");

const HEADER: &str = "\
# Administrative divisions of China at county level and above, 1981-2024: one row for each unit under each name.
#
# Source:  facts of the public list github.com/yescallop/areacodes (CC0-1.0, state 2025-11), restated by
#          tests/regions_table.rs in a schema of our own: short forms, levels, parents and successors are derived.
# Licence: CC0-1.0
# Date:    2026-11-22
#
# Columns: code (GB/T 2260), name, short form (empty where it must not stand alone), level (P province, C prefecture,
#          D county), code of the unit above, first year, last year (empty = valid today), codes that took its place.
# Sorted by code, then by year.
";

const AUTONOMOUS: &[(&str, &str)] = &[
    ("内蒙古自治区", "内蒙古"),
    ("广西壮族自治区", "广西"),
    ("西藏自治区", "西藏"),
    ("宁夏回族自治区", "宁夏"),
    ("新疆维吾尔自治区", "新疆"),
];

const PEOPLES: &str = "蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 \
    畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 \
    塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 崩龙族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 \
    各族 蒙古 哈萨克 柯尔克孜 苗瑶 苗族侗族";

/// Province and name of a prefecture → its first year, last year and code.
type Prefectures = BTreeMap<(String, String), Vec<(u32, u32, String)>>;

struct Fact {
    code: String,
    name: String,
    province: String,
    prefecture: String,
    level: char,
    renamed: bool,
    from: u32,
    to: Option<u32>,
    successors: Vec<String>,
}

fn facts() -> Option<Vec<Fact>> {
    let mut rows = csv::Reader::from_path(FACTS).ok()?;
    Some(rows.records().map(|row| fact(&row.expect("a row"))).collect())
}

fn fact(columns: &csv::StringRecord) -> Fact {
    let level = match &columns[4] {
        "省级" => 'P',
        "地级" => 'C',
        _ => 'D',
    };
    Fact {
        code: columns[0].into(),
        province: columns[1].into(),
        prefecture: columns[2].into(),
        name: columns[3].into(),
        level,
        renamed: &columns[5] == "变更",
        from: columns[6].parse().expect("a first year"),
        to: columns[7].parse().ok(),
        successors: columns[8].split(';').map(str::to_owned).collect(),
    }
}

/// Successors at the end of the unit: those of another year took a part of it earlier.
fn successors(fact: &Fact) -> String {
    if fact.to.is_none() {
        return String::new();
    }
    let whole: Vec<&str> =
        fact.successors.iter().map(String::as_str).filter(|code| !code.is_empty() && !code.contains('[')).collect();
    if fact.renamed { fact.code.clone() } else { whole.join(" ") }
}

fn short(fact: &Fact) -> String {
    let fixed = AUTONOMOUS.iter().find(|(name, _)| *name == fact.name).map(|(_, short)| (*short).to_owned());
    let short = fixed.unwrap_or_else(|| without_suffix(&fact.name));
    if short.chars().count() >= 2 && short != fact.name { short } else { String::new() }
}

fn without_suffix(name: &str) -> String {
    for suffix in ["自治州", "自治县", "自治旗"] {
        if let Some(rest) = name.strip_suffix(suffix) {
            return without_peoples(rest);
        }
    }
    let suffixes = ["特别行政区", "地区", "林区", "特区", "省", "市", "盟", "县", "区", "旗"];
    let suffix = suffixes.iter().find(|suffix| name.ends_with(**suffix)).copied().unwrap_or("");
    name.strip_suffix(suffix).unwrap_or(name).to_owned()
}

fn without_peoples(name: &str) -> String {
    let mut rest = name;
    while let Some(people) =
        PEOPLES.split_whitespace().filter(|people| rest.ends_with(people)).max_by_key(|people| people.len())
    {
        rest = &rest[..rest.len() - people.len()];
    }
    rest.to_owned()
}

/// The prefecture's code is the one of this name in this province in the first year; without one the province.
fn parent(fact: &Fact, prefectures: &Prefectures) -> String {
    let province = format!("{}0000", &fact.code[..2]);
    match fact.level {
        'P' => String::new(),
        'C' => province,
        _ => {
            let key = (fact.province.clone(), fact.prefecture.clone());
            let last = fact.to.unwrap_or(9999);
            let rows = prefectures.get(&key).into_iter().flatten();
            let covering =
                rows.filter(|(from, to, _)| *from <= last && *to >= last.min(2024)).map(|(_, _, code)| code.clone());
            let same = format!("{}00", &fact.code[..4]);
            let codes: Vec<String> = covering.collect();
            if codes.contains(&same) { same } else { codes.first().cloned().unwrap_or(province) }
        }
    }
}

fn table(facts: &[Fact]) -> String {
    let mut prefectures = Prefectures::new();
    for fact in facts.iter().filter(|fact| fact.level == 'C') {
        let row = (fact.from, fact.to.unwrap_or(9999), fact.code.clone());
        prefectures.entry((fact.province.clone(), fact.name.clone())).or_default().push(row);
    }
    let mut sorted: Vec<&Fact> = facts.iter().collect();
    sorted.sort_by(|a, b| (&a.code, a.from).cmp(&(&b.code, b.from)));
    let mut text = HEADER.to_owned();
    for fact in sorted {
        let to = fact.to.map(|year| year.to_string()).unwrap_or_default();
        let parent = parent(fact, &prefectures);
        writeln!(
            text,
            "{}\t{}\t{}\t{}\t{parent}\t{}\t{to}\t{}",
            fact.code,
            fact.name,
            short(fact),
            fact.level,
            fact.from,
            successors(fact)
        )
        .expect("writing to a string");
    }
    text
}

#[test]
fn the_table_is_what_the_facts_give() {
    let Some(facts) = facts() else {
        return support::skip(&format!("{FACTS} is not here"));
    };
    let text = table(&facts);
    if std::env::var_os("UPDATE_TABLES").is_some() {
        std::fs::write(TABLE, &text).expect("writing the table");
    }
    let kept = std::fs::read_to_string(TABLE).expect("reading the table");
    assert!(kept == text, "regions.tsv differs from the facts: run UPDATE_TABLES=1 cargo test --test regions_table");
}

#[test]
fn short_forms_of_every_shape() {
    for (name, want) in [
        ("河南省", "河南"),
        ("恩施土家族苗族自治州", "恩施"),
        ("延边朝鲜族自治州", "延边"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("大厂回族自治县", "大厂"),
        ("神农架林区", "神农架"),
        ("焦作市", "焦作"),
        ("土默特右旗", "土默特右"),
    ] {
        assert_eq!(without_suffix(name), want);
    }
}
