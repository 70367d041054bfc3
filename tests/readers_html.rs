//! Pages of digital newspapers and news sites. What each fixture must give stands beside it (`tests/readers/html/**/*.want`),
//! written by hand from the page; furniture is whatever else the page shows.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::model::{PagePictureMap, Problem, Story};
use baoku::readers::{ReaderOutput, SourceFile, reader_for};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/html")
}

/// All fixtures: path below the root, bytes, what must come out.
fn fixtures() -> Vec<(String, Vec<u8>, String)> {
    let (mut open, mut found) = (vec![root()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if entry.extension().is_some_and(|ending| ending != "want" && ending != "sh") {
                let want = std::fs::read_to_string(entry.with_extension("want")).unwrap_or_default();
                let name = entry.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read(&entry).unwrap(), want));
            }
        }
    }
    found.sort();
    found
}

/// What was found in a page.
#[derive(Default)]
struct Found {
    story: Option<Story>,
    characters: u64,
    furniture: u64,
    refused: u64,
    remarks: Vec<Problem>,
    map: Option<PagePictureMap>,
}

fn read(path: &str, bytes: &[u8]) -> Found {
    let file = SourceFile::new(path, bytes, None);
    let reader = reader_for(&file).unwrap_or_else(|| panic!("{path}: no reader"));
    assert_eq!(reader.name(), "html", "{path}");
    let mut found = Found::default();
    let result = reader.read(&file, &mut |output| match output {
        ReaderOutput::Item(story, characters) => (found.story, found.characters) = (Some(*story), characters),
        ReaderOutput::Furniture(characters) => found.furniture += characters,
        ReaderOutput::Remark(problem) => found.remarks.push(problem),
        ReaderOutput::Refused(problem) => found.refused += problem.characters,
        ReaderOutput::PictureMap(map) => found.map = Some(*map),
        ReaderOutput::Page(_) | ReaderOutput::Blank(_) => panic!("{path}: {output:?}"),
    });
    result.unwrap_or_else(|fault| panic!("{path}: {fault}"));
    found
}

/// What was found, in the form of the `.want` files; lines that one does not ask for are left out.
fn show(found: &Found, want: &str) -> String {
    let mut out = String::new();
    let Some(story) = &found.story else {
        let targets = found.remarks.iter().map(|remark| format!(" {}", remark.arguments.join(" ")));
        return format!("furniture{}\n", targets.collect::<String>());
    };
    let given = &story.given;
    let family = story.reasons.first().map(|reason| reason.arguments[0].clone()).unwrap_or_default();
    let date = given.date.map(|date| date.to_string()).unwrap_or_default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let page = given.page.as_deref().map(baoku::model::page_name).unwrap_or_default();
    let fields = [
        ("family", family),
        ("kicker", story.kicker.clone()),
        ("title", story.title.clone()),
        ("subtitle", story.subtitle.clone()),
        ("byline", story.byline.clone()),
        ("column", story.column.clone()),
        ("date", date),
        ("page", page),
        ("paper", text(&given.paper)),
        ("source", text(&given.source)),
    ];
    let optional = ["family", "source", "paper", "byline", "column"];
    for (name, value) in fields {
        let asked = want.contains(&format!("{name}=")) || !optional.contains(&name);
        if asked && !value.is_empty() {
            writeln!(out, "{name}={value}").unwrap();
        }
    }
    for (name, value) in given.extra.iter().filter(|_| want.contains("extra=")) {
        writeln!(out, "extra={name}={value}").unwrap();
    }
    for caption in story.captions.iter().filter(|_| want.contains("caption=")) {
        writeln!(out, "caption={}", caption.text).unwrap();
    }
    story.body.iter().for_each(|passage| writeln!(out, "body={}", passage.text).unwrap());
    out
}

fn sorted(text: &str) -> Vec<&str> {
    let (mut fields, body): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| !line.starts_with("body="));
    fields.sort_unstable();
    fields.into_iter().chain(body).collect()
}

#[test]
fn each_fixture_gives_what_is_written_beside_it() {
    let mut wrong = Vec::new();
    for (name, bytes, want) in fixtures() {
        let shown = show(&read(&name, &bytes), &want);
        if sorted(&shown) != sorted(&want) {
            wrong.push(format!("{name}\n--- want\n{want}--- read\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fixtures().len() >= 20);
}

/// Words that a page shows or hides and that no article may hold.
const FURNITURE_WORDS: [&str; 40] = [
    "脚本里的字",
    "样式里的字",
    "隐藏的字",
    "播放器",
    "浏览器不支持",
    "上一版",
    "下一版",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "放大",
    "默认",
    "版权所有",
    "©",
    "ICP",
    "地址：",
    "电话：",
    "enpproperty",
    "founder-",
    "articleid",
    "分享到",
    "新浪微博",
    "责任编辑：林一鸣",
    "热门视频",
    "推荐阅读",
    "高铁司机的第三十个除夕",
    "技能比武选出三名状元",
    "炉前工的年夜饭",
    "返乡职工专列",
    "打印本页",
    "文章字数",
    "当前版",
    "出版日期",
    "2023-06-01",
    "技术支持",
    "工地上的年货节",
    "登录",
    "数字报纸",
    "更新时间",
];

#[test]
fn no_word_of_furniture_is_in_an_article() {
    let mut met = 0;
    for (name, bytes, _) in fixtures() {
        let page = String::from_utf8_lossy(&bytes).into_owned();
        let Some(story) = read(&name, &bytes).story else { continue };
        let passages = story.body.iter().chain(&story.captions).map(|passage| passage.text.clone());
        let heads = [story.title, story.kicker, story.subtitle, story.byline, story.column];
        let texts: Vec<String> = passages.chain(heads).collect();
        for word in FURNITURE_WORDS.iter().filter(|word| page.contains(**word)) {
            met += 1;
            assert!(texts.iter().all(|text| !text.contains(word)), "{name}: {word} in {texts:#?}");
        }
    }
    assert!(met > 40, "{met}");
}

/// The characters of the lines that a page shows, by another way than the reader's: all that stands between tags, without
/// elements that are hidden. Only for pages that are written well.
fn shown_characters(html: &str) -> usize {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let skip = ["!--", "script", "style", "title", "video"].iter().find(|name| after.starts_with(**name));
        rest = match skip {
            Some(&"!--") => after.split_once("-->").map_or("", |(_, rest)| rest),
            Some(name) => after.split_once(&format!("</{name}>")).map_or("", |(_, rest)| rest),
            None => after.split_once('>').map_or("", |(_, rest)| rest),
        };
        text.push('\n');
    }
    text.push_str(rest);
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[test]
fn every_character_of_a_page_is_in_its_article_or_furniture() {
    let pages = [
        "<p>甲乙<p>丙丁",
        "<p>前</p><h1>送清凉进车间</h1><div id=ozoom><p>工会把绿豆汤送到车间。</p></div><p>上一版</p>",
    ];
    for page in pages {
        let found = read("html/2019-12/19/content_1.htm", format!("<html>{page}").as_bytes());
        assert_eq!(found.characters + found.furniture, shown_characters(page) as u64, "{page}");
    }
    for (name, bytes, _) in fixtures() {
        let (page, found) = (String::from_utf8_lossy(&bytes).into_owned(), read(&name, &bytes));
        let Some(story) = &found.story else { continue };
        let held: usize = story.body.iter().chain(&story.captions).map(|passage| passage.text.chars().count()).sum();
        assert!(found.characters >= held as u64, "{name}");
        // What is borrowed from `meta` and scripts comes on top; references and hidden texts are longer as they are written.
        if !page.contains('&')
            && !page.contains("display:none")
            && !page.contains("<meta property")
            && !name.contains("people")
        {
            let shown = shown_characters(&page) as u64;
            let all = found.characters + found.furniture;
            assert!(all >= shown && all <= shown + 120, "{name}: {all} of {shown}");
        }
    }
}

/// A small generator with a seed, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Cuts, deletes, doubles or overwrites something at random.
fn mutate(original: &[u8], dice: &mut Dice) -> Vec<u8> {
    const STRANGE: [&[u8]; 14] = [
        b"<!--",
        b"-->",
        b"<script>",
        b"</script>",
        b"<title>",
        b"<div id=ozoom>",
        b"</div>",
        b"</table>",
        b"<",
        b"&",
        b"\"",
        b"<p hidden>",
        b"\0",
        b"\xFF",
    ];
    let mut bytes = original.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        let end = (at + 1 + dice.roll(60)).min(bytes.len());
        match dice.roll(5) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..end)),
            3 => bytes.splice(at..at, original[..end.min(original.len())].iter().copied()).for_each(drop),
            _ => bytes.splice(at..at, STRANGE[dice.roll(STRANGE.len())].iter().copied()).for_each(drop),
        }
    }
    bytes
}

/// Reads anything that the reader takes, and checks what holds of every page.
fn read_any(path: &str, bytes: &[u8]) {
    let file = SourceFile::new(path, bytes, None);
    let Some(reader) = reader_for(&file) else { return };
    _ = reader.read(&file, &mut |output| {
        if let ReaderOutput::Item(story, characters) = output {
            let held: usize =
                story.body.iter().chain(&story.captions).map(|passage| passage.text.chars().count()).sum();
            assert!(held as u64 <= characters && (held > 0 || !story.title.is_empty()), "{path}");
        }
    });
}

#[test]
fn mutations_never_panic() {
    let start = Instant::now();
    for (number, (name, bytes, _)) in (1..).zip(fixtures()) {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ number);
        (0..40).for_each(|_| read_any(&name, &mutate(&bytes, &mut dice)));
        (0..bytes.len()).step_by(151).for_each(|end| read_any(&name, &bytes[..end]));
    }
    assert!(start.elapsed() < Duration::from_secs(120), "took {:?}", start.elapsed());
}

#[test]
fn hostile_pages_end_soon() {
    let repeated =
        |before: &str, piece: &str| format!("<html><h1>题</h1>{before}{}", piece.repeat(2_000_000 / piece.len()));
    let cases = [
        repeated("", "<div>"),
        repeated("", "<b>"),
        repeated("", "<p><b></p>"),
        repeated("<i><div>", "</i>"),
        repeated("", "<ul><li>"),
        repeated("", "<table><tr><td>"),
        repeated("<!--", "enpproperty <a></a>"),
        repeated("<!--enpproperty ", "<title>"),
        repeated("", "<!--enpcontent-->字"),
        repeated("<script>", "contentdate = \""),
        repeated("<script type='application/ld+json'>", "[{\"@type\":"),
        repeated("<div class='", "a b c d "),
        repeated("", "<div class=content_area><p>工会，好。"),
        repeated("", "<a href=x>工会</a>"),
        repeated("", "2014年1月"),
        repeated("", "<meta name=a content=b>"),
        repeated("<p>", "&nbsp;"),
        repeated("<p>", "版"),
        repeated("<p>", "来源："),
        repeated("<title>", "_"),
    ];
    for (number, case) in cases.iter().enumerate() {
        let start = Instant::now();
        read_any("content_1.htm", case.as_bytes());
        println!("case {number}: {:?}", start.elapsed());
        assert!(start.elapsed() < Duration::from_secs(20), "case {number} took {:?}", start.elapsed());
    }
}

#[test]
fn a_page_that_declares_another_encoding_is_read_by_its_bytes() {
    let page = |charset: &str| {
        format!(
            "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\"><title>送清凉</title></head><body><h1>送清凉</h1><div id=ozoom><p>工会把绿豆汤送到了车间，职工们说心里很踏实。</p></div></body></html>"
        )
    };
    let wide = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    for (number, bytes) in
        [page("gb2312").into_bytes(), wide(&page("utf-8")), wide(&page("gb2312")), page("utf-8").into_bytes()]
            .iter()
            .enumerate()
    {
        let story = read("content_1.htm", bytes).story.unwrap_or_else(|| panic!("case {number}"));
        assert_eq!(story.title, "送清凉", "case {number}");
        assert_eq!(story.body[0].text, "工会把绿豆汤送到了车间，职工们说心里很踏实。", "case {number}");
    }
}

#[test]
fn an_address_in_the_path_is_kept_and_read() {
    let page = "<html><h1>送清凉</h1><p>工会把绿豆汤送到了车间，职工们说心里很踏实，老师傅们也来了，厂门口排起了长队。</p></html>";
    let path = "a.warc.gz!/http://paper.jc.cn/html/2014-01/28/content_7.htm?div=-1";
    let story = read(path, page.as_bytes()).story.unwrap();
    assert_eq!(story.given.url.as_deref(), Some("http://paper.jc.cn/html/2014-01/28/content_7.htm?div=-1"));
    assert_eq!(story.given.date.map(|date| date.to_string()).as_deref(), Some("2014-01-28"));
}

#[test]
fn the_index_of_a_page_says_where_its_articles_stand() {
    let name = "founder/html/2019-12/19/node_2.htm";
    let map = read(name, &std::fs::read(root().join(name)).unwrap()).map.expect("a map");
    assert_eq!((map.paper.as_str(), map.page.as_str(), map.section.as_str()), ("江城工人报", "2", "工会"));
    assert_eq!(map.day.map(|day| day.to_string()).as_deref(), Some("2019-12-19"));
    assert_eq!(map.picture, "../../../page/1/2019-12-19/02/brief.jpg");
    let links: Vec<&str> = map.areas.iter().map(|area| area.link.as_str()).collect();
    assert_eq!(links, ["content_2691709.htm", "content_2691710.htm"]);
    assert!(map.areas.iter().all(|area| area.polygon.len() == 4 && !area.title.is_empty()));
    let article = read(
        "founder/html/2019-12/19/content_2691709.htm",
        &std::fs::read(root().join("founder/html/2019-12/19/content_2691709.htm")).unwrap(),
    );
    assert!(article.map.is_none(), "the index alone says it");
}

#[test]
fn the_page_of_articles_shows_where_each_stands() {
    let server = support::Server::over(env!("CARGO_BIN_EXE_baoku"), &root().join("founder"), &[]);
    let hits = server.get("/api/v1/articles?limit=10").json()["hits"].clone();
    let hit = hits.as_array().unwrap().iter().find(|hit| hit["title"] == "绿豆汤送到细纱车间").expect("the article");
    let id = hit["id"].as_str().unwrap().to_owned();
    let article = server.get(&format!("/api/v1/articles/{id}")).json();
    let key = article["page_id"].as_str().expect("a page").to_owned();
    let page = server.get(&format!("/api/v1/pages/{key}")).json();
    let areas = page["picture"]["areas"].as_array().expect("areas");
    let placed: Vec<Option<&str>> = areas.iter().map(|area| area["article"].as_str()).collect();
    assert_eq!(placed, [Some(id.as_str()), None], "the other article is not in the folder");
    assert_eq!(areas[0]["polygon"].as_array().map(Vec::len), Some(4));
    let shown = server.page(&format!("/pages/{key}"));
    assert_eq!(shown.status(), 200);
    let body = shown.body();
    assert!(
        body.contains("viewBox=\"0 0 10000 ") && body.contains(&format!("<a href=\"/articles/{id}\" tabindex")),
        "{body}"
    );
    assert!(!body.contains("技能比武选出三名状元"), "the headline of a list is no text of ours");
    let found = server.get("/api/v1/articles?q=%E6%8A%80%E8%83%BD%E6%AF%94%E6%AD%A6").json();
    assert_eq!(found["total"]["value"], 0, "a list of headlines is no article");
}

#[test]
fn a_page_that_a_browser_saved_knows_its_address() {
    let page = "<!DOCTYPE html>\n<!-- saved from url=(0052)http://paper.jc.cn/html/2014-01/28/content_7.htm -->\n<html><body><h1>送清凉</h1><div id=ozoom><p>工会把绿豆汤送到车间。</p></div></body></html>";
    let story = read("下载/送清凉.htm", page.as_bytes()).story.unwrap();
    assert_eq!(story.given.url.as_deref(), Some("http://paper.jc.cn/html/2014-01/28/content_7.htm"));
    assert_eq!(story.given.date.map(|date| date.to_string()).as_deref(), Some("2014-01-28"));
}
