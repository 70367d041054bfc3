//! Variants of articles: the same text as another paper would print it — with subheads or without, with the reporter's name under the
//! headline, its opening alone under a picture — so that no paper's habits are learned as a rule.

use super::compose::Dice;
use super::pages::{Part, Story};
use baoku::model::Label;

/// How often an article becomes the text of a picture that stands for itself.
const PICTURE: f64 = 0.07;
/// How often a long article without subheads gets some.
const SUBHEADS: f64 = 0.3;
/// How often an article without a byline gets one.
const BYLINE: f64 = 0.15;
/// How often an article gets a closing note, and its title the name of a column.
const CREDIT: f64 = 0.07;
const TAG: f64 = 0.05;
/// Lengths of the texts of pictures, in characters.
const PICTURE_TEXT: std::ops::RangeInclusive<usize> = 30..=160;
/// Lengths of subheads, in characters.
const SUBHEAD_TEXT: std::ops::RangeInclusive<usize> = 4..=15;
/// The most frequent surnames.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石";
/// Characters of given names.
const GIVEN: &str =
    "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文斌志红晓东海燕春梅雪松云飞小丽亚男新民永康立群一鸣若溪";

/// The article, or a variant of it.
pub fn varied(story: &Story, dice: &mut Dice) -> Story {
    if dice.is(PICTURE)
        && let Some(picture) = picture(story, dice)
    {
        return picture;
    }
    let mut story = story.clone();
    let has = |story: &Story, label: Label| story.parts.iter().any(|part| part.0 == label);
    if !has(&story, Label::Subhead) && dice.is(SUBHEADS) {
        subheads(&mut story, dice);
    }
    if has(&story, Label::Title) && !has(&story, Label::Byline) && dice.is(BYLINE) {
        byline(&mut story, dice);
    }
    if dice.is(CREDIT) {
        story.parts.push((Label::Credit, credit(dice)));
    }
    if dice.is(TAG)
        && let Some(title) = story.parts.iter_mut().rfind(|part| part.0 == Label::Title)
        && !title.1.ends_with(['）', ')'])
    {
        title.1.push_str(&format!("（{}）", label(dice)));
    }
    story
}

/// A closing note: who drew, set or wrote.
fn credit(dice: &mut Dice) -> String {
    let (a, b) = (name(dice), name(dice));
    match dice.below(10) {
        0 => format!("制图：{a}"),
        1 => format!("本版制图：{a}"),
        2 => format!("版式设计：{a}"),
        3 => format!("题图：{a} 摄"),
        4 => format!("（{a} {b}）"),
        5 => format!("本报记者 {a} 通讯员 {b}"),
        6 => format!("（作者为{}市总工会干部 {a}）", dice.of(&["江", "海", "山", "平", "安"])),
        7 => format!("（{a}供图）"),
        8 => format!("图片来源：{a}"),
        _ => format!("（记者 {a}）"),
    }
}

/// The name of a column or a digest.
fn label(dice: &mut Dice) -> String {
    let first =
        dice.of(&["工会", "各地", "一线", "经济", "文体", "科技", "职工", "基层", "本周", "城市", "身边", "世界"]);
    let last = dice.of(&[
        "短波", "简讯", "速递", "传真", "集纳", "播报", "动态", "集锦", "点击", "要闻", "视点", "故事", "纵横", "观察",
    ]);
    format!("{first}{last}")
}

/// A digest of some articles: a label, then short items, each an article, with one mark or none.
pub fn digest(stories: &[&Story], dice: &mut Dice) -> Vec<Story> {
    let mark = dice.of(&["●", "●", "▲", "■", "◆", "★", "△", "○ ", "◎", "▶", "", ""]);
    let (titled, signed) = (dice.is(0.25), dice.is(0.3));
    let (most, decorated) = (dice.range(40, 120), dice.below(8));
    let mut items: Vec<Story> = Vec::new();
    for story in stories {
        let Some(body) = story.parts.iter().find(|part| part.0 == Label::Body) else { continue };
        let Some(mut text) = undated(&body.1).and_then(|text| shortened(text, most)) else { continue };
        if signed {
            text.push_str(&format!("（{}）", name(dice)));
        }
        let title = story.parts.iter().find(|part| part.0 == Label::Title).filter(|_| titled);
        let mark = if titled { "" } else { mark };
        let mut parts: Vec<Part> = title.cloned().into_iter().collect();
        parts.push((Label::Body, format!("{mark}{text}")));
        items.push(Story { source: story.source, parts });
    }
    if let Some(first) = items.first_mut() {
        let label = label(dice);
        let label = match decorated {
            0 => format!("■{label}"),
            1 => format!("【{label}】"),
            2 => format!("●{label}"),
            _ => label,
        };
        first.parts.insert(0, (Label::Column, label));
    }
    items
}

fn name(dice: &mut Dice) -> String {
    let mut one = |of: &str| of.chars().nth(dice.below(of.chars().count())).unwrap_or('一');
    let surname = one(SURNAMES);
    let given = [one(GIVEN), one(GIVEN)];
    let spaced = dice.is(0.25);
    match (dice.is(0.3), spaced) {
        (true, true) => format!("{surname}\u{3000}{}", given[0]),
        (true, false) => format!("{surname}{}", given[0]),
        _ => format!("{surname}{}{}", given[0], given[1]),
    }
}

/// The text of a picture: the opening of a report without what stands before news, with a photographer or without.
fn picture(story: &Story, dice: &mut Dice) -> Option<Story> {
    let opening = story.parts.iter().find(|part| part.0 == Label::Body)?;
    let mut text = shortened(undated(&opening.1)?, dice.range(50, 140))?;
    if dice.is(0.4) && !text.chars().take(12).any(|c| c == '日') {
        let when = [format!("{}月{}日，", dice.range(1, 12), dice.range(1, 28)), "近日，".into(), "日前，".into()];
        text.insert_str(0, &when[dice.below(when.len())]);
    }
    let own_line = credited(&mut text, dice);
    let title = story.parts.iter().find(|part| part.0 == Label::Title).filter(|_| dice.is(0.2));
    let mut parts: Vec<Part> = title.cloned().into_iter().collect();
    parts.push((Label::Caption, text));
    parts.extend(own_line.map(|line| (Label::Credit, line)));
    Some(Story { source: story.source, parts })
}

/// Adds marks and a photographer to the text of a picture; gives the photographer's line where it stands by itself.
fn credited(text: &mut String, dice: &mut Dice) -> Option<String> {
    if dice.is(0.12) {
        text.insert_str(0, dice.of(&["▲", "图片新闻\u{3000}", "↑", "图片报道\u{3000}"]));
    }
    let person = name(dice);
    let credit = match dice.below(20) {
        0..=2 => format!("{person}\u{3000}摄"),
        3 | 4 => format!("（{person} 摄）"),
        5 | 6 => format!("本报记者 {person} 摄"),
        7 => format!("{person}摄影报道"),
        8 => format!("（{person} 文/图）"),
        9 => format!("通讯员 {person} {}摄", name(dice)),
        _ => return None,
    };
    if dice.is(0.2) {
        return Some(credit);
    }
    text.push_str(dice.of(&["", "\u{3000}\u{3000}", " "]));
    text.push_str(&credit);
    None
}

/// The opening of a report without 本报讯 and the like; nothing where what stands before the news is not understood.
fn undated(text: &str) -> Option<&str> {
    let start = |mark: &str, most: usize| {
        text.char_indices().take(most).find(|(at, _)| text[*at..].starts_with(mark)).map(|(at, _)| at + mark.len())
    };
    if text.starts_with("央视网消息") {
        return Some(text[start("：", 20)?..].trim());
    }
    if !["本报", "新华", "据", "本台"].iter().any(|agency| text.starts_with(agency)) {
        return Some(text.trim());
    }
    let end = start("）", 44).or_else(|| start(")", 44))?;
    Some(text[end..].trim_start_matches(['报', '道', '：', ':', ' ', '\u{3000}', '，']))
}

/// Whole sentences of a text up to some characters.
fn shortened(text: &str, most: usize) -> Option<String> {
    let mut taken = String::new();
    for sentence in text.split_inclusive('。') {
        if !taken.is_empty() && taken.chars().count() + sentence.chars().count() > most {
            break;
        }
        taken.push_str(sentence);
    }
    PICTURE_TEXT.contains(&taken.chars().count()).then_some(taken)
}

/// Puts a reporter's line under the headline.
fn byline(story: &mut Story, dice: &mut Dice) {
    let is_head = |label: Label| matches!(label, Label::Kicker | Label::Title | Label::Subtitle | Label::Column);
    let Some(last) = story.parts.iter().rposition(|part| is_head(part.0)) else { return };
    let (a, b) = (name(dice), name(dice));
    let line = match dice.below(14) {
        0 | 1 => format!("□本报记者 {a}"),
        2 => format!("□ {a}"),
        3 => format!("本报记者 {a}"),
        4 => format!("本报记者\u{3000}{a}\u{3000}{b}"),
        5 => format!("■ 记者 {a} 通讯员 {b}"),
        6 => format!("文/{a}"),
        7 => format!("{a} 文/图"),
        8 => format!("（{a}）"),
        9 => format!("◎{a}"),
        10 => format!("●本报记者{a} {b}"),
        11 => format!("{a}\u{3000}{b}"),
        12 => format!("通讯员 {a} {b}"),
        _ => a,
    };
    let two = dice.is(0.12).then(|| format!("本报通讯员 {b}"));
    let lines = std::iter::once(line).chain(two).map(|line| (Label::Byline, line));
    story.parts.splice(last + 1..last + 1, lines);
}

/// Whether a paragraph begins as news does: no subhead stands before it.
fn opens_news(text: &str) -> bool {
    let agency = ["本报", "本台", "新华", "据"].iter().any(|start| text.starts_with(start));
    let bracket = text.starts_with(['(', '（', '【']);
    (agency || bracket) && text.chars().take(40).any(|c| matches!(c, '讯' | '电' | '者' | '员' | '道'))
}

/// Puts subheads over the sections of a long article: clauses of the sections, in one form.
fn subheads(story: &mut Story, dice: &mut Dice) {
    let plain = |part: &Part| part.0 == Label::Body && !opens_news(&part.1);
    let bodies: Vec<usize> = (0..story.parts.len()).filter(|at| plain(&story.parts[*at])).collect();
    if bodies.len() < 4 {
        return;
    }
    let (size, form) = (dice.range(1, 4), dice.below(20));
    let first = if dice.is(0.25) { 0 } else { dice.range(1, 2) };
    let places: Vec<usize> = bodies.iter().copied().skip(first).step_by(size).collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    for (number, &at) in places.iter().enumerate() {
        let section = at..(at + size).min(story.parts.len());
        if let Some(clause) = clause(story, section, dice) {
            found.push((at, formed(&clause, form, number)));
        }
    }
    if found.len() >= 2 {
        found.into_iter().rev().for_each(|(at, text)| story.parts.insert(at, (Label::Subhead, text)));
    }
}

/// A clause of a section, which is taken out of the text now and then.
fn clause(story: &mut Story, section: std::ops::Range<usize>, dice: &mut Dice) -> Option<String> {
    let from = section.start + dice.below(section.len());
    let text = &story.parts[from].1;
    let clauses: Vec<&str> = text
        .split(['，', '。', '；', '：', ',', ';', ':', '“', '”', '、', '？', '！'])
        .filter(|clause| SUBHEAD_TEXT.contains(&clause.chars().count()))
        .filter(|clause| clause.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)))
        .collect();
    let chosen = (*clauses.get(dice.below(clauses.len()))?).to_owned();
    let even = |other: &&&str| other.chars().count() == chosen.chars().count() && **other != chosen;
    let second = clauses.iter().filter(|_| dice.is(0.3)).find(even).map(|other| (*other).to_owned());
    if dice.is(0.6) && text.chars().count() > 3 * chosen.chars().count() + 20 {
        story.parts[from].1 = text.replacen(&format!("，{chosen}"), "", 1);
    }
    Some(second.map_or_else(|| chosen.clone(), |other| format!("{chosen}\u{3000}{other}")))
}

/// A subhead in one of the forms that papers use.
fn formed(clause: &str, form: usize, number: usize) -> String {
    let digit = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'].get(number).copied().unwrap_or('十');
    match form {
        0 | 1 => format!("{digit}、{clause}"),
        2 => format!("（{digit}）{clause}"),
        3 => format!("{}．{clause}", number + 1),
        4 => format!("■{clause}"),
        5 => format!("◆ {clause}"),
        6 => format!("{clause}——"),
        7 => format!("“{clause}”"),
        8 => format!("——{clause}"),
        _ => clause.to_owned(),
    }
}
