//! Articles and pages as they are read: with their neighbours, links, citations, reprints and what is like them.

pub(in crate::archive) mod article;
pub(in crate::archive) mod cite;
pub(in crate::archive) mod doubtful;
pub(in crate::archive) mod links;
pub(in crate::archive) mod overview;
pub(in crate::archive) mod picture;
pub(in crate::archive) mod reprints;
pub(in crate::archive) mod similar;
