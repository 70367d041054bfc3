//! Reprints: articles whose bodies share most of their wording, whatever their titles. All printings of a text have one
//! cluster, found when articles come, and kept in the index.

mod cluster;
mod member;
mod unions;
mod wording;

pub use cluster::Clustering;
pub use member::{Member, components};
pub use wording::Wording;
