//! Where the articles of a printed page stand on its picture, as the page's own index states it.

use super::{Date, PageSize, Point};

/// The map of a page picture.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PagePictureMap {
    /// The paper, or empty.
    pub paper: String,
    /// The page 版, or empty.
    pub page: String,
    /// The name of the page (要闻), or empty.
    pub section: String,
    /// The day of the issue.
    pub day: Option<Date>,
    /// Address of the picture as the page writes it, or empty.
    pub picture: String,
    /// Size of the picture in the dots that the map counts in, where it is known.
    pub size: Option<PageSize>,
    /// The places of its articles, in the order of the map.
    pub areas: Vec<PictureArea>,
}

/// The place of one article on a page picture.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PictureArea {
    /// Its corners, in ten-thousandths of the page's width.
    pub polygon: Vec<Point>,
    /// Its headline as the index writes it, or empty.
    pub title: String,
    /// Address of the article as the page writes it.
    pub link: String,
}
