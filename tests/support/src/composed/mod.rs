//! Newspaper pages with their answers: read from files, composed of articles, printed in lines; and what a reading of them is
//! worth. What trains the layout models, measures their speed and tests them shares it.

pub mod compose;
pub mod pages;
pub mod score;
pub mod variants;
