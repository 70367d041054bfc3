//! What the tests share: articles, engines, servers, a browser, and how a test says that it was skipped.

mod answer;
mod browser;
mod case;
pub mod composed;
mod draft;
mod random;
mod reading;
mod sample;
mod server;
mod skip;

pub use answer::{Answer, encoded};
pub use browser::in_browser;
pub use case::{Case, dictionary, embedded_of, ids, scan_of, search, source_record};
pub use draft::Draft;
pub use random::Random;
pub use reading::{Dice, check_page, mutate, show};
pub use sample::sample_articles;
pub use server::Server;
pub use skip::{corpus, root, shared, skip};
