//! Citations.

use crate::model::{Article, Role};

/// The citation of a newspaper article by GB/T 7714-2015, section 4.5: authors, title, the mark `[N]`, paper, date (page).
pub fn gbt7714(article: &Article) -> String {
    let metadata = &article.metadata;
    let wrote = |role| matches!(role, Role::Reporter | Role::Correspondent | Role::Author);
    let writers = metadata.bylines.iter().filter(|byline| wrote(byline.role));
    let names: Vec<&str> = writers.map(|byline| byline.name.as_str()).collect();
    let names = match names.len() {
        0 => String::new(),
        1..=3 => format!("{}. ", names.join(", ")),
        _ => format!("{}, 等. ", names[..3].join(", ")),
    };
    let date = metadata.date.span.map(|span| span.to_string());
    let page = Some(&metadata.page).filter(|page| !page.is_empty()).map(|page| format!("({page})"));
    let paper = if metadata.paper.name.is_empty() { "[报名不详]" } else { &metadata.paper.name };
    let issue = format!("{}{}", date.as_deref().unwrap_or("[日期不详]"), page.unwrap_or_default());
    format!("{names}{}[N]. {paper}, {issue}.", article.name())
}
