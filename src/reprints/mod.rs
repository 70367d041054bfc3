//! Reprints: articles whose bodies share most of their wording, whatever their titles. All printings of a text have one
//! cluster, found when articles come, and kept in the index.

mod candidate;
mod cluster;
mod shingles;
mod union_find;

pub use candidate::{ReprintCandidate, components};
pub use cluster::Clustering;
pub use shingles::ShingleSet;
