//! The pages in a real browser, on a wide window and on a phone: what a person sees. (`tests/http.rs` reads the same
//! pages without a browser, and so without JavaScript.) Skipped, with a printed reason, where
//! there is no Chromium.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

mod support;

use std::process::{Command, Stdio};

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

fn browser() -> Option<&'static str> {
    let runs =
        |name: &&&str| Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    let found = BROWSERS.iter().find(runs).copied();
    if found.is_none() {
        println!("skipped: none of {BROWSERS:?} is here");
    }
    found
}

/// The page as the browser holds it after loading.
fn dom(browser: &str, address: &str, width: u32) -> String {
    let profile = tempfile::tempdir().expect("a folder");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--dump-dom"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--window-size={width},900"))
        .arg(address)
        .output()
        .expect("the browser");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn an_editor_finds_an_article_in_the_browser() {
    let Some(browser) = browser() else { return };
    let server = support::Server::start();
    let base = format!("http://{}", server.address);
    // 送温暖, 困难职工
    let search = format!("{base}/?q=%22%E9%80%81%E6%B8%A9%E6%9A%96%22&topic=%E9%80%81%E6%B8%A9%E6%9A%96");
    for width in [1280, 360] {
        let page = dom(browser, &search, width);
        assert!(page.contains("<mark>送温暖</mark>") && page.contains("共 5 篇"), "{width}: {page}");
        let link = page
            .split("href=\"/articles/")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a link to an article");
        let article = dom(browser, &format!("{base}/articles/{}", link.replace("&amp;", "&")), width);
        for part in ["依据", "引用", "永久链接", "本版文章", "可信度", "[N]"] {
            assert!(article.contains(part), "{width}: no {part}");
        }
        assert!(article.contains("<mark>"), "{width}: the words are marked in the article");
        let sheet = article.split("href=\"/pages/").nth(1).and_then(|rest| rest.split('"').next()).expect("its page");
        let sheet = dom(browser, &format!("{base}/pages/{sheet}"), width);
        assert!(sheet.contains("版面原文") && sheet.contains("为什么这样分"), "{width}: {sheet}");
    }
}
