//! The forms of answers outside pages: JSON and tables, for the API and the command line alike.

pub mod article_json;
pub mod check_json;
pub mod csv;
pub mod ingest_report;
pub mod page_json;
pub(crate) mod problem_json;
pub mod trends_json;
