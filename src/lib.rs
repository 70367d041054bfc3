//! baoku
pub mod tables;
pub mod model;
pub mod text;
pub mod corpus;
pub mod readers;
pub mod layout;
pub mod enrich;
pub mod query;
pub mod engine;
pub mod ingest;
pub mod archive;
