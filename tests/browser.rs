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

use support::{browser, dom};

#[test]
fn an_editor_finds_an_article_in_the_browser() {
    let Some(browser) = browser() else { return };
    let server = support::Server::start();
    let base = format!("http://{}", server.address);
    // 送温暖, on the pages that were read from page files: not in 江城工人报
    let search = format!(
        "{base}/?q=%22%E9%80%81%E6%B8%A9%E6%9A%96%22&topic=%E9%80%81%E6%B8%A9%E6%9A%96&paper=%21%E6%B1%9F%E5%9F%8E%E5%B7%A5%E4%BA%BA%E6%8A%A5"
    );
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

#[test]
fn a_researcher_compares_two_words_in_the_browser() {
    let Some(browser) = browser() else { return };
    let server = support::Server::start();
    let base = format!("http://{}", server.address);
    // 江城工人报; 送温暖, 维权
    let paper = "paper=%E6%B1%9F%E5%9F%8E%E5%B7%A5%E4%BA%BA%E6%8A%A5";
    let words = "q=%E9%80%81%E6%B8%A9%E6%9A%96&q=%E7%BB%B4%E6%9D%83";
    for width in [1280, 360] {
        let page = dom(browser, &format!("{base}/trends?{words}&by=month&show=counts&{paper}"), width);
        for part in ["<svg", "六月合订本缺失", "下载 CSV", "答案编号", "未入藏"] {
            assert!(page.contains(part), "{width}: no {part}");
        }
        // The articles behind the highest point: 送温暖 in January.
        let january = page.split("href=\"").find(|link| link.contains("from=2013-01-01&amp;to=2013-01-31"));
        let link = january.and_then(|rest| rest.split('"').next()).expect("a link of a point").replace("&amp;", "&");
        let found = dom(browser, &format!("{base}{link}"), width);
        assert!(found.contains("共 5 篇") && found.contains("江城工人报"), "{width}: {link}");
        let held = dom(browser, &format!("{base}/coverage?by=month&{paper}"), width);
        assert!(held.contains("馆藏") && held.contains("六月合订本缺失"), "{width}");
    }
}
