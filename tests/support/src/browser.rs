//! A real browser, driven by playwright through Node: `tests/browser` holds the cases.

use crate::{root, skip};
use std::process::{Command, Stdio};

/// Browsers that are looked for.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// Runs the cases of `tests/browser/NAME.mjs` against the server at an address; says so where something needed is missing.
pub fn in_browser(cases: &str, address: &str) {
    let folder = root().join("tests/browser");
    if !runs("node") {
        return skip("there is no node here");
    }
    if !folder.join("node_modules/playwright-core").exists() {
        return skip("playwright-core is not installed; `npm ci --prefix tests/browser` installs it");
    }
    let Some(browser) = BROWSERS.iter().find(|name| runs(name)) else {
        return skip(&format!("none of {BROWSERS:?} is here"));
    };
    let mut node = Command::new("node");
    node.arg("--test").arg(format!("{cases}.mjs")).current_dir(&folder);
    let done = node.env("BAOKU_AT", address).env("BAOKU_BROWSER", browser).output().expect("node");
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{out}\n{err}");
    println!("{out}");
}

fn runs(program: &str) -> bool {
    let mut version = Command::new(program);
    version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    version.status().is_ok_and(|status| status.success())
}
