//! What there is to say beside an answer: how the query was read, and what was left out.

use super::bilingual::{Bilingual, both};
use super::errors::facet_value_error;
use crate::archive::{ConditionError, DatePhraseError, FieldValueError, NearError, Operator, Remark, WarningReason};

/// A remark beside an answer.
pub fn warning(reason: &WarningReason) -> Bilingual {
    match reason {
        WarningReason::Query(found) => remark(found),
        WarningReason::UndatedLeftOut(count) => both(
            format!(
                "{count} articles that match have no date and are left out by the date filter; date=undated shows them"
            ),
            "有日期不详的文章未列入，见下方链接。",
        ),
        WarningReason::ExplanationUnfinished => both(
            "the explanation was left unfinished, because it would have taken too long",
            "说明没有算完：用的时间太长。",
        ),
    }
}

/// How a part of a query was read.
pub fn remark(remark: &Remark) -> Bilingual {
    match remark {
        Remark::StrayBracket => both(
            "a closing bracket without an opening one is left out; put brackets in quotes to search for them as text",
            "多出的右括号已忽略；如要检索括号内的原文，请给整段加引号。",
        ),
        Remark::OperatorsOnly => both(
            "there are operators only; every article matches; write a word beside them",
            "只有符号，没有检索词，列出的是全部文章。",
        ),
        Remark::Dangling(operator) => dangling(*operator),
        Remark::BadNear(error) => both(
            format!("{}; write it between two words: 工会 NEAR/5 维权", near_error(*error)),
            "NEAR 要写在两个词之间，如 工会 NEAR/5 欠薪；现在两边都要出现，远近不限。",
        ),
        Remark::OpenBracket => {
            both("the bracket is not closed; it goes to the end", "左括号没有对应的右括号，已在检索词末尾补上。")
        }
        Remark::TooDeep(depth) => {
            both(format!("brackets deeper than {depth} are left out"), "括号嵌套过深，最里层已忽略。")
        }
        Remark::BadValue(error) => bad_value(error),
        Remark::OpenQuote => both(
            "the quotation mark is not closed; the phrase goes to the end; close the phrase with a quotation mark",
            "引号没有成对，已把引号后面的全部文字当作一个短语。",
        ),
        Remark::BadCondition { word, error } => bad_condition(word, error),
        Remark::StarLeftOut(word) => both(
            format!(
                "the `*` of `{word}` is left out: Chinese words are found inside longer ones anyway; `*` goes behind Latin \
                 letters and digits: gdp*, 2014*"
            ),
            "汉字词后面的 * 已忽略：汉字词本来就能在更长的词里找到；* 只用在外文词和数字后面。",
        ),
        Remark::DateAsText(word) => both(
            format!("`{word}` is searched as text; for the articles of that time write 日期:{word}"),
            format!("“{word}”按文字检索；要找那段时间的文章，请写 日期:{word}。"),
        ),
        Remark::NearAsText { word, most } => both(
            format!("`{word}` is searched as text: NEAR takes a number up to {most}; write it as 工会 NEAR/5 维权"),
            format!("“{word}”按文字检索：NEAR 后面的数目最多 {most}，如 工会 NEAR/5 欠薪。"),
        ),
        Remark::NothingToSearch(word) => both(
            format!("`{word}` holds punctuation only and is left out; punctuation is searched only between characters"),
            "有的检索词只含标点，已忽略；标点只有夹在文字中间才能检索。",
        ),
    }
}

fn dangling(operator: Operator) -> Bilingual {
    let en = match operator {
        Operator::Minus => "a minus has no word beside it; it is left out; put it in quotes to search for it as text",
        Operator::NearFirst => "NEAR has no word beside it; it is left out; put it in quotes to search for it as text",
        Operator::Field => "a field has no word beside it; it is left out; put it in quotes to search for it as text",
        Operator::Near => "NEAR has no word on one side; it is left out",
        Operator::LastField => "a field has no word behind it; it is left out",
    };
    let zh = match operator {
        Operator::Near | Operator::NearFirst => "NEAR 有一边没有词，已忽略。",
        Operator::Minus | Operator::Field | Operator::LastField => "减号或字段名后面没有内容，已忽略。",
    };
    both(en, zh)
}

fn near_error(error: NearError) -> String {
    match error {
        NearError::TooManyPairs(most) => {
            format!("NEAR has more than {most} pairs of words; both sides must match, near or not")
        }
        NearError::TwoFields => "NEAR looks for both words in one field; both sides must match, near or not".into(),
        NearError::NoWords => {
            "NEAR stands between words, phrases and alternatives of them; both sides must match, near or not".into()
        }
    }
}

fn bad_value(error: &FieldValueError) -> Bilingual {
    let en = match error {
        FieldValueError::Facet(error) => facet_value_error(error).en,
        FieldValueError::Date(error) => date_error(error),
    };
    both(
        format!("{en}; nothing else is asked of it, and no article matches"),
        "有的地区、主题、日期等条件读不懂，因此没有文章符合；请改写这一条件。",
    )
}

fn bad_condition(word: &str, error: &ConditionError) -> Bilingual {
    let en = match error {
        ConditionError::NoNumber => format!("`{word}` has no number that can be read"),
        ConditionError::NoDate(error) => format!("`{word}` has no date that can be read: {}", date_error(error)),
        ConditionError::EveryDay => format!("`{word}` leaves no day out"),
    };
    both(
        format!("{en}; write it as 金额>=100万, 人数<=500, 户数=3000 or 日期>=2014年4月, without spaces"),
        "有的数目或日期条件读不懂，已按文字检索；写法如 金额>=100万、日期>=2014年4月，中间不留空格。",
    )
}

fn date_error(error: &DatePhraseError) -> String {
    match error {
        DatePhraseError::Empty => "give a day, a month, a year or a span of them".into(),
        DatePhraseError::NoToday(text) => format!("`{text}` counts from a day that was not stated; give `today`"),
        DatePhraseError::Unknown(text) => {
            format!("`{text}` is no date; write 2014, 2014-04, 2014年4月29日, 去年五一, 2014年上半年 or 2013..2015")
        }
        DatePhraseError::NotBefore { first, last } => format!("`{first}` does not lie before `{last}`"),
    }
}
