//! tmp
use crate::archive::*;
/// a
pub struct Asset {
    /// p
    pub path: &'static str,
    /// p
    pub content_type: &'static str,
    /// p
    pub bytes: &'static [u8],
}
/// a
pub const ASSETS: &[Asset] = &[];
/// v
pub struct SearchView<'a> {
    /// p
    pub request: &'a SearchRequest,
    /// p
    pub pairs: &'a [(String, String)],
    /// p
    pub overview: &'a Overview,
    /// p
    pub reply: Option<&'a SearchReply>,
}
/// s
pub fn search_page(_v: &SearchView<'_>) -> Result<String, askama::Error> {
    Ok(String::new())
}
/// a
pub fn article_page(_r: &ArticleReply, _q: &str) -> Result<String, askama::Error> {
    Ok(String::new())
}
/// e
pub fn error_page(_s: u16, _t: &str, _d: &str, _r: &str) -> Result<String, askama::Error> {
    Ok(String::new())
}
