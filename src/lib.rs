#![doc = include_str!("ARCHITECTURE.md")]

pub mod tables;

pub mod model;

pub mod text;

pub mod corpus;

pub mod readers;

pub mod layout;

pub mod enrich;

pub mod indexing;

pub mod query;

pub mod engine;

pub mod reprints;

pub mod ingest;

pub mod trends;

pub mod archive;

pub mod messages;

pub mod formats;

pub mod review;

pub mod ui;

pub mod http;

pub mod config;

pub mod cli;

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
