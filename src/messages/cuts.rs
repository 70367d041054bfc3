//! Why a story begins, joins or ends where it does.

use crate::archive::feature_words;
use crate::model::{CutCode, CutReason};

/// Features that are told of a block.
const FEATURES: usize = 3;

/// A reason of a cut, in Chinese.
pub fn cut_reason(reason: &CutReason) -> String {
    let arguments = &reason.arguments;
    let argument = |at: usize| arguments.get(at).map(String::as_str).unwrap_or_default();
    let (first, second, third) = (argument(0), argument(1), argument(2));
    let Some(code) = CutCode::from_name(&reason.code) else { return told_plainly(reason) };
    match code {
        CutCode::WholeLine => format!("第{first}行是一篇完整的文章"),
        CutCode::WholePage => format!("网页是一篇完整的文章（按 {first} 类网页读，正文取自 {second}）"),
        CutCode::GroupTitle => format!("“{first}”是{second}篇共有的标题"),
        CutCode::Headline => format!("第{first}块像标题:{}", features(arguments)),
        CutCode::Continuation => with_features(format!("第{first}块接其他版"), arguments),
        CutCode::Caption => with_features(format!("第{first}块是图片说明"), arguments),
        CutCode::Untitled => with_features(format!("第{first}块无题而另起一篇"), arguments),
        CutCode::Copy => format!("第{first}块有{second}字是第{third}块的重复,不属于本篇"),
        CutCode::WordSplit => format!("第{first}块的最后一词被分栏切开,接第{second}块"),
        CutCode::SentenceSplit => format!("第{first}块句子未完,接第{second}块"),
        CutCode::SameStory => format!("第{first}块起与第{second}块起的部分是同一篇:共有的名称或句子相接"),
        CutCode::ColumnBelow => "栏目名排在正文之后".to_owned(),
        CutCode::AsTold => first.to_owned(),
    }
}

/// A reason of a later program.
fn told_plainly(reason: &CutReason) -> String {
    std::iter::once(&reason.code).chain(&reason.arguments).cloned().collect::<Vec<_>>().join(" ")
}

/// The features that a reason names after the block.
fn features(arguments: &[String]) -> String {
    let words = arguments.iter().skip(1).map(|name| feature_words(name)).filter(|words| !words.is_empty());
    words.take(FEATURES).collect::<Vec<_>>().join("、")
}

fn with_features(what: String, arguments: &[String]) -> String {
    let features = features(arguments);
    if features.is_empty() { what } else { format!("{what}:{features}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words() {
        for code in CutCode::ALL {
            let words = cut_reason(&CutReason::new(code, ["甲", "乙", "丙"]));
            assert!(!words.is_empty() && !words.contains('{'), "{code:?}");
        }
        assert_eq!(cut_reason(&CutReason::new(CutCode::WordSplit, [7, 9])), "第7块的最后一词被分栏切开,接第9块");
        let later = CutReason { code: "of_later".to_owned(), arguments: vec!["7".to_owned()] };
        assert_eq!(cut_reason(&later), "of_later 7");
    }
}
