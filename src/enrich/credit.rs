//! The grammar of a credit: roles, names and offices, as in `记者 张三 通讯员 李四 摄`.

use super::credit_words::{self, CreditToken};
use super::person::{self, NameForm};
use super::roles::RoleWord;
use crate::model::Role;
use std::ops::Range;

/// On which side of a name its role word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RoleSide {
    /// No role word stands for it.
    No,
    /// After it: X摄.
    After,
    /// Before it: 记者X.
    Before,
}

/// A name that a credit gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CreditedName {
    /// The name as printed, without inner spaces.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Whether it is an office.
    pub office: bool,
    /// Where its role word stands.
    pub led: RoleSide,
    /// The form of the name.
    pub form: NameForm,
}

/// What was read of a credit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Credit {
    /// The names in printed order.
    pub names: Vec<CreditedName>,
    /// Whether some word of it is neither a name nor one that stands beside names.
    pub doubtful: bool,
    /// Whether posts stand before names (某校教授 张三).
    pub posts: bool,
}

/// How far a credit is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadExtent {
    /// To its end.
    All,
    /// To the first word that is not explained.
    WhereClear,
}

/// Reads a credit. `default`: the role of names without a role word.
pub(super) fn read(printed: &[char], folded: &[char], default: Role, reads: ReadExtent) -> Credit {
    let tokens = credit_words::tokens(folded);
    let mut reading =
        CreditParser { printed, folded, default, credit: Credit::default(), role: None, open: 0, leads: false };
    let mut at = 0;
    while let Some(token) = tokens.get(at).filter(|_| reads == ReadExtent::All || !reading.credit.doubtful) {
        at = match token {
            CreditToken::Open => reading.bracket(&tokens, at),
            CreditToken::Close => at + 1,
            CreditToken::Role { role, place } => {
                let last = !tokens[at..].iter().any(|token| matches!(token, CreditToken::Word(..)));
                reading.role(role, *place, last);
                at + 1
            }
            CreditToken::Word(from, to) => reading.word(&tokens, at, *from..*to),
        };
    }
    reading.credit
}

struct CreditParser<'a> {
    printed: &'a [char],
    folded: &'a [char],
    default: Role,
    credit: Credit,
    /// The role word that the next names have before them.
    role: Option<&'static RoleWord>,
    /// The first name that no closing role word has taken.
    open: usize,
    /// Whether 图, 文 and the like stand before their names: 文/张三 图/李四.
    leads: bool,
}

impl CreditParser<'_> {
    /// A bracket behind a name or a picture credit holds a post or an agency, if no role word stands in it.
    /// Names in a bracket have a role of their own; a role word alone in one is that of the name before it.
    fn bracket(&mut self, tokens: &[CreditToken], at: usize) -> usize {
        let close = tokens[at..].iter().position(|token| matches!(token, CreditToken::Close)).map(|length| at + length);
        let inner = &tokens[at..close.unwrap_or(at)];
        let silent = !inner.iter().any(|token| matches!(token, CreditToken::Role { .. }));
        let behind = !self.credit.names.is_empty();
        if inner.iter().any(|token| matches!(token, CreditToken::Word(..))) {
            (self.role, self.open) = (None, self.credit.names.len());
        }
        close.filter(|_| silent && behind).map_or(at, |close| close) + 1
    }

    /// Takes a role word. `last`: no word follows.
    fn role(&mut self, role: &'static RoleWord, place: usize, last: bool) {
        let next = self.folded.get(place + role.len());
        let slash = next == Some(&'/') && place.checked_sub(1).is_none_or(|before| self.folded[before] != '/');
        let before_names = next == Some(&':') || slash && !role.is_shot() || self.leads && !last;
        let names = self.credit.names.len();
        if !role.closes {
            self.role = Some(role);
        } else if names > self.open && !before_names {
            self.close(role);
        } else if names == 0 || before_names {
            (self.role, self.leads) = (Some(role), true);
        }
    }

    /// Gives the names since the last closing role word the roles of this one.
    fn close(&mut self, role: &RoleWord) {
        let named = self.credit.names.split_off(self.open);
        let keeps = role.roles.contains(&Role::Author);
        for mut one in named {
            if one.led == RoleSide::No {
                (one.role, one.led) = (Role::Author, RoleSide::After);
            }
            let others = role.roles.iter().filter(|&&role| role != Role::Author);
            let others: Vec<CreditedName> = others.map(|&role| CreditedName { role, ..one.clone() }).collect();
            self.credit.names.extend(Some(one).filter(|_| keeps));
            self.credit.names.extend(others);
        }
        (self.role, self.open) = (None, self.credit.names.len());
    }

    fn word(&mut self, tokens: &[CreditToken], at: usize, range: Range<usize>) -> usize {
        let word: String = self.folded[range.clone()].iter().filter(|c| !c.is_whitespace()).collect();
        let spaced = word.chars().count() < range.len();
        let after = |next: &CreditToken| matches!(next, CreditToken::Role { role, place } if !role.closes && *place == range.end);
        let leads = tokens.get(at + 1).is_some_and(after);
        if self.role.is_some_and(RoleWord::is_author)
            && let Some(name) = credit_words::before_note(&word)
        {
            let name = range.start..range.start + name;
            self.name(name.clone(), &self.folded[name].iter().collect::<String>(), false);
            return tokens[at..]
                .iter()
                .position(|token| matches!(token, CreditToken::Close))
                .map_or(tokens.len(), |to| at + to);
        }
        if credit_words::is_beside(&word, leads) || self.names(&range, &word, spaced) {
            return at + 1;
        }
        let post = credit_words::is_post(&word);
        self.credit.posts |= post;
        self.credit.doubtful |= !post;
        self.role = None;
        at + 1
    }

    /// Takes a word as a name, as one behind 均由, or as two of them (张三和李四); `false` where it is none of these.
    fn names(&mut self, range: &Range<usize>, word: &str, spaced: bool) -> bool {
        if spaced {
            return self.name(range.clone(), word, spaced);
        }
        let text = |range: &Range<usize>| self.folded[range.clone()].iter().collect::<String>();
        let end = range.start + credit_words::without_others(word);
        let whole = range.start..end;
        let behind = range.start + credit_words::lead_in(word)..end;
        let (one, other) = (text(&whole), text(&behind));
        let led_to = behind.start > range.start;
        let sure = led_to && person::form(&other, false).is_some_and(|form| form > NameForm::Foreign);
        let named = !led_to && person::form(&one, false).is_some();
        if sure || named || person::is_office(&one) {
            return if sure { self.name(behind, &other, false) } else { self.name(whole, &one, false) };
        }
        let Some(joint) = credit_words::joint(&one) else { return false };
        let (first, second) = (range.start..range.start + joint, range.start + joint + 1..end);
        let (one, two) = (text(&first), text(&second));
        self.name(first, &one, false) && self.name(second, &two, false)
    }

    fn name(&mut self, range: Range<usize>, word: &str, spaced: bool) -> bool {
        let office = person::is_office(word);
        let form = if office { Some(NameForm::Name) } else { person::form(word, spaced) };
        let Some(form) = form else { return false };
        let name: String = self.printed[range].iter().filter(|c| !c.is_whitespace()).collect();
        let named = |role, led| CreditedName { name: name.clone(), role, office, led, form };
        match self.role {
            Some(role) => self.credit.names.extend(role.roles.iter().map(|&role| named(role, RoleSide::Before))),
            None => self.credit.names.push(named(self.default, RoleSide::No)),
        }
        true
    }
}

/// Whether a text begins with a role word that stands before names, or with what may stand before it.
pub(super) fn opens(folded: &[char]) -> bool {
    let opening = |token: &CreditToken| match token {
        CreditToken::Role { role, .. } => Some(!role.closes),
        CreditToken::Word(from, to) => {
            let word: String = folded[*from..*to].iter().collect();
            (!credit_words::is_beside(&word, true)).then_some(false)
        }
        _ => None,
    };
    credit_words::tokens(folded).iter().find_map(opening) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn names(text: &str) -> String {
        let printed: Vec<char> = text.chars().collect();
        let folded: Vec<char> = text.chars().map(fold).collect();
        let credit = read(&printed, &folded, Role::Author, ReadExtent::All);
        let named = if credit.doubtful { Vec::new() } else { credit.names };
        let one = |named: &CreditedName| {
            format!("{}:{}{}", named.name, named.role.name(), if named.office { "!" } else { "" })
        };
        named.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn credits() {
        let cases = [
            ("记者林一鸣", "林一鸣:reporter"),
            ("记者林一鸣 通讯员苏晓", "林一鸣:reporter 苏晓:correspondent"),
            ("通讯员苏晓 郑国栋 记者林一鸣", "苏晓:correspondent 郑国栋:correspondent 林一鸣:reporter"),
            ("特约记者林一鸣、苏晓", "林一鸣:reporter 苏晓:reporter"),
            ("见习记者林一鸣通讯员郑国栋报道", "林一鸣:reporter 郑国栋:correspondent"),
            ("□本报记者 陈 豪", "陈豪:reporter"),
            ("■林一鸣", "林一鸣:author"),
            ("通讯员 林一鸣 摄", "林一鸣:photographer"),
            ("林一鸣 苏晓摄", "林一鸣:photographer 苏晓:photographer"),
            ("本报记者 林一鸣 文 苏晓 摄", "林一鸣:reporter 苏晓:photographer"),
            ("林一鸣 文/摄", "林一鸣:author 林一鸣:photographer"),
            ("林一鸣 文/图", "林一鸣:author 林一鸣:photographer"),
            ("文/图 林一鸣", "林一鸣:author 林一鸣:photographer"),
            ("文/林一鸣 图/苏晓", "林一鸣:author 苏晓:photographer"),
            ("林一鸣/文 苏晓/图", "林一鸣:author 苏晓:photographer"),
            ("文:林一鸣 摄影:苏晓", "林一鸣:author 苏晓:photographer"),
            ("林一鸣 文 苏晓 摄", "林一鸣:author 苏晓:photographer"),
            ("本报记者 林一鸣 文/图", "林一鸣:reporter 林一鸣:photographer"),
            ("苏  晓图（新华社发）  林  一鸣文", "苏晓:photographer 林一鸣:author"),
            ("苏晓绘", "苏晓:illustrator"),
            ("漫画/苏晓", "苏晓:illustrator"),
            ("制图：苏晓", "苏晓:illustrator"),
            ("林一鸣译", "林一鸣:translator"),
            ("林一鸣 编译", "林一鸣:translator"),
            ("林一鸣供图", "林一鸣:photographer"),
            ("市总工会供图", "市总工会:photographer!"),
            ("林一鸣采写", "林一鸣:author"),
            ("林一鸣采访整理", "林一鸣:author"),
            ("本报记者 林一鸣整理", "林一鸣:reporter"),
            ("苏晓参与采写", "苏晓:author"),
            ("林一鸣摄（人民视觉）", "林一鸣:photographer"),
            ("林一鸣摄/光明图片", "林一鸣:photographer"),
            ("新华社记者  苏  晓摄", "苏晓:photographer"),
            ("新华社记者\u{A0}\u{A0}苏\u{A0}\u{A0}晓\u{A0}摄", "苏晓:photographer"),
            ("新华社发（林一鸣摄）", "林一鸣:photographer"),
            ("中新社记者 林一鸣 摄", "林一鸣:photographer"),
            ("本报驻美国记者 林一鸣", "林一鸣:reporter"),
            ("人民视觉供图", ""),
            ("新华社北京4月28日电  记者林一鸣、苏晓", "林一鸣:reporter 苏晓:reporter"),
            ("据新华社上海4月1日电 　记者林一鸣、苏晓", "林一鸣:reporter 苏晓:reporter"),
            ("综合本报记者林一鸣、苏晓报道", "林一鸣:reporter 苏晓:reporter"),
            ("记者林一鸣和苏晓", "林一鸣:reporter 苏晓:reporter"),
            ("记者林一鸣等", "林一鸣:reporter"),
            ("苏 晓 林一鸣 高  峰", "苏晓:author 林一鸣:author 高峰:author"),
            ("林 一 鸣", "林一鸣:author"),
            ("苏 晓 高 峰", "苏晓:author 高峰:author"),
            ("本报记者  高  文", "高文:reporter"),
            ("记者司  文、袁志", "司文:reporter 袁志:reporter"),
            ("新华社记者  郭  文 摄", "郭文:photographer"),
            ("苏 晓 文", "苏晓:author"),
            ("责任编辑：林一鸣", ""),
            ("欧阳 小满", "欧阳小满:author"),
            ("欧阳小满摄", "欧阳小满:photographer"),
            ("记者 巴图孟和", "巴图孟和:reporter"),
            ("作者：林一鸣 单位：某某机械厂", "林一鸣:author"),
            ("作者林一鸣系某某机械厂职工", "林一鸣:author"),
            ("作者为某某大学教授", ""),
            ("林一鸣（某某大学教授）", "林一鸣:author"),
            ("林一鸣（文） 苏晓（图）", "林一鸣:author 苏晓:photographer"),
            ("记者手记", ""),
            ("记者 连线", ""),
            ("某某大学文艺工作者", ""),
            ("通讯员林一鸣摄影报道", "林一鸣:correspondent 林一鸣:photographer"),
            ("摄影记者 林一鸣", "林一鸣:photographer"),
            ("通讯员 东工办", "东工办:correspondent!"),
            ("记者 古丽·买买提", "古丽·买买提:reporter"),
            ("林一鸣 记者走访了八个县", ""),
            ("记者2014", ""),
            ("見習記者 陳一鳴", "陳一鳴:reporter"),
            ("本报讯(记者 查小满)", "查小满:reporter"),
            ("本報訊(記者 查小滿)", "查小滿:reporter"),
            ("本报综合 林一鸣 整理", "林一鸣:author"),
            ("本报专稿", ""),
            ("(本报综合报道)", ""),
        ];
        let wrong = cases.iter().map(|(text, want)| (text, want, names(text))).filter(|(_, want, got)| *want != got);
        let wrong: Vec<_> = wrong.collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
