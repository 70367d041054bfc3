//! baoku
pub mod archive;
pub mod cli;
pub mod corpus;
pub mod engine;
pub mod enrich;
pub mod http;
pub mod ingest;
pub mod layout;
pub mod model;
pub mod query;
pub mod readers;
pub mod tables;
pub mod text;
pub mod ui;
