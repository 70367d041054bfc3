//! The pages in a real browser that clicks and types, in a wide window and on a phone: `tests/browser/pages.mjs`.
//! (`tests/http.rs` reads the same pages without a browser, and so without JavaScript.)

use support::{Server, in_browser};

#[test]
fn the_pages_work_in_a_browser() {
    let server = Server::start(env!("CARGO_BIN_EXE_baoku"));
    in_browser("pages", &format!("http://{}", server.address));
}
