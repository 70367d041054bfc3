//! baoku
pub mod model;
pub mod tables;
pub mod text;
