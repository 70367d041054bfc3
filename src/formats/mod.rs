//! The forms of answers outside pages: JSON and tables, for the API and the command line alike; and the day of today.

pub mod article_json;
pub mod clock;
pub mod csv;
pub mod page_json;
pub mod trends_json;
