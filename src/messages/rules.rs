//! The rules by which values were inferred: their codes stand in evidence, their words here.

/// Rules by their codes, in Chinese.
const RULES: &[(&str, &str)] = &[
    ("option", "导入选项"),
    ("path", "文件路径"),
    ("masthead", "报头"),
    ("neighbour", "同一文件夹的版"),
    ("issue number", "期号"),
    ("day of issue", "出版日"),
    ("habit", "出报习惯"),
    ("page", "全版"),
    ("item", "条目字段"),
    ("stated", "来源写明"),
    ("conflict", "另有不同记载"),
    ("byline line", "署名行"),
    ("opening", "文首电头"),
    ("end mark", "文末标记"),
    ("end brackets", "文末括注"),
    ("picture credit", "图片署名"),
    ("strong term", "主题词"),
    ("weak term", "相关词"),
    ("about workers", "涉及职工"),
    ("national", "全国性词语"),
    ("own unit", "本地称谓"),
    ("union organ", "工会机构"),
    ("headline", "标题"),
    ("place name", "地名"),
    ("whole country", "全国性报道"),
    ("many places", "多地"),
    ("abroad", "国外报道"),
    ("labour abroad", "国外劳工新闻"),
    ("several places", "几地并列"),
    ("in passing", "只是顺带提到"),
    ("no place", "未提地名"),
    ("dateline", "电头日期"),
    ("day told", "文中所写日期"),
    ("month told", "文中所写月份"),
    ("year told", "文中所写年份"),
    ("feast", "节日"),
    ("anniversary", "周年"),
    ("number of a series", "届次"),
    ("congress or session", "会议"),
    ("weekday", "星期"),
    ("years gone by", "按年数推算"),
    ("words of a time", "时代用语"),
    ("against", "与此不合"),
    ("name of a body", "组织名称"),
    ("editor", "编辑订正"),
    ("home of the paper", "报纸所在地"),
];

/// The words of a rule; the code itself where it has none.
pub fn rule(code: &str) -> &str {
    RULES.iter().find(|(known, _)| *known == code).map_or(code, |(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_rule_has_words_of_its_own_code() {
        let codes: BTreeSet<&str> = RULES.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes.len(), RULES.len());
        assert_eq!([rule("habit"), rule("a rule of later")], ["出报习惯", "a rule of later"]);
    }
}
