//! Composes pages of articles from several sources, so that neither one paper's order nor its wording is learned.

use super::pages::{Answer, Page, Row, Story, is_text};
use super::variants::{digest, varied};
use baoku::model::Label;
use std::collections::HashSet;

/// Dice that give the same numbers for the same seed (SplitMix64, Steele et al. 2014).
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A number.
    pub fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Whether something happens that happens so often.
    pub fn is(&mut self, share: f64) -> bool {
        ((self.next_number() >> 11) as f64) < share * (1_u64 << 53) as f64
    }

    /// A number below `end`, 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next_number() % end.max(1) as u64) as usize
    }

    /// A number of a range, both ends included.
    pub fn range(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// One of some.
    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// How pages are composed.
pub struct Composer<'a> {
    /// The articles.
    pub stories: Vec<&'a Story>,
    /// Lines of page furniture: whether at the top, and text.
    pub furniture: &'a [(bool, String)],
    /// Whether pages are composed as `border_crf.py` does: what tests of other papers look like.
    pub plain: bool,
    /// How seldom a source is drawn, by its number: 0 always, .8 one time in five.
    pub spared: Vec<f64>,
}

/// What is left out of the articles of a page, and how they are set.
struct Habits {
    cut: f64,
    one_title: f64,
    no_lines: f64,
    no_subheads: f64,
    narrow: bool,
}

impl Habits {
    fn plain() -> Self {
        Self { cut: 0.25, one_title: 0.5, no_lines: 0.0, no_subheads: 0.0, narrow: false }
    }

    fn drawn(dice: &mut Dice) -> Self {
        Self {
            cut: dice.of(&[0.0, 0.25, 0.25, 0.5]),
            one_title: dice.of(&[0.0, 0.3, 0.6, 1.0]),
            no_lines: dice.of(&[0.0, 0.2, 0.6]),
            no_subheads: dice.of(&[0.0, 0.0, 0.5]),
            narrow: dice.is(0.3),
        }
    }
}

impl Composer<'_> {
    /// Some pages.
    pub fn pages(&self, count: usize, dice: &mut Dice) -> Vec<Page> {
        (0..count).map(|number| self.page(number, dice)).collect()
    }

    fn page(&self, number: usize, dice: &mut Dice) -> Page {
        let mut page = Page { name: format!("composed-{number}"), ..Page::default() };
        let habits = if self.plain { Habits::plain() } else { Habits::drawn(dice) };
        let most = if !self.plain && dice.is(0.3) { 12 } else { 8 };
        let count = dice.range(3, most);
        let masthead = dice.of(&[0.1, 0.4, 0.8]);
        self.furniture(&mut page, true, masthead, dice);
        for story in self.draw(count, dice) {
            if self.plain {
                self.set(&mut page, story, &habits, dice);
            } else {
                self.set(&mut page, &varied(story, dice), &habits, dice);
                self.digest(&mut page, &habits, dice);
            }
        }
        self.furniture(&mut page, false, 0.4, dice);
        if habits.narrow {
            page.rows.iter_mut().for_each(|row| row.text = narrow(&row.text));
            page.answers.iter_mut().for_each(|answer| answer.title = narrow(&answer.title));
        }
        page
    }

    /// A digest under its label, now and then.
    fn digest(&self, page: &mut Page, habits: &Habits, dice: &mut Dice) {
        if dice.is(0.05) {
            let count = dice.range(3, 7);
            for item in digest(&self.draw(count, dice), dice) {
                self.set(page, &item, habits, dice);
            }
        }
    }

    fn furniture(&self, page: &mut Page, top: bool, share: f64, dice: &mut Dice) {
        let lines: Vec<&String> = self.furniture.iter().filter(|line| line.0 == top).map(|line| &line.1).collect();
        if self.plain || lines.is_empty() || !dice.is(share) {
            return;
        }
        for _ in 0..dice.range(1, 2) {
            let text = lines[dice.below(lines.len())].clone();
            page.push(Row { text, label: Label::Furniture, begins: false, goes_on: false });
        }
    }

    /// Articles of one page: of any source, of one, or such as share words.
    fn draw(&self, count: usize, dice: &mut Dice) -> Vec<&Story> {
        let one = (!self.plain && dice.is(0.4)).then(|| self.stories[dice.below(self.stories.len())].source);
        let own: Vec<usize> =
            (0..self.stories.len()).filter(|at| one.is_none_or(|one| self.stories[*at].source == one)).collect();
        let own = if own.len() > 30 { own } else { (0..self.stories.len()).collect() };
        let alike = !self.plain && dice.is(0.35);
        let wanted = if alike { 60 } else { count };
        let mut drawn: Vec<usize> = Vec::new();
        for _ in 0..wanted * 20 {
            let at = own[dice.below(own.len())];
            let spared = self.spared.get(self.stories[at].source).copied().unwrap_or(0.0);
            if drawn.len() < wanted && !drawn.contains(&at) && (one.is_some() || !dice.is(spared)) {
                drawn.push(at);
            }
        }
        let drawn: Vec<&Story> = drawn.into_iter().map(|at| self.stories[at]).collect();
        if alike { shuffled(likest(&drawn, count), dice) } else { drawn }
    }

    /// Sets an article, with the accidents of print.
    fn set(&self, page: &mut Page, story: &Story, habits: &Habits, dice: &mut Dice) {
        let titles: Vec<usize> = (0..story.parts.len()).filter(|at| story.parts[*at].0 == Label::Title).collect();
        let accident = |dice: &mut Dice, share: f64| !self.plain && !titles.is_empty() && dice.is(share);
        let untitled = accident(dice, 0.06);
        let belated = titles.len() == 1 && !untitled && accident(dice, 0.015);
        let kept = self.kept(story, habits, untitled, belated, dice);
        let mut parts: Vec<(Label, &str)> =
            kept.iter().map(|&at| (story.parts[at].0, story.parts[at].1.as_str())).collect();
        if belated {
            parts.push((Label::Title, &story.parts[titles[0]].1));
        }
        let mut setter =
            Setter { page, habits, dice, first: true, plain: self.plain, title: Vec::new(), paragraphs: Vec::new() };
        setter.parts(&parts);
        let answer = Answer { title: setter.title.join(" "), paragraphs: setter.paragraphs };
        page.answers.push(answer);
    }

    /// The parts of an article that are printed, in their order; a caption may stand anywhere in the text.
    fn kept(&self, story: &Story, habits: &Habits, untitled: bool, belated: bool, dice: &mut Dice) -> Vec<usize> {
        let label = |at: &usize| story.parts[*at].0;
        let all: Vec<usize> = (0..story.parts.len()).collect();
        let headline = |at: &usize| matches!(label(at), Label::Kicker | Label::Title | Label::Subtitle);
        let has_title = all.iter().any(|at| label(at) == Label::Title);
        let longest = all.iter().copied().filter(headline).max_by_key(|at| story.parts[*at].1.chars().count());
        let one_title = all.iter().filter(|at| headline(at)).count() > 1 && dice.is(habits.one_title);
        let no_subheads = dice.is(habits.no_subheads);
        let has_body = all.iter().any(|at| label(at) == Label::Body);
        let mut keep = |at: &usize| match label(at) {
            Label::Kicker | Label::Title | Label::Subtitle | Label::Column if untitled => false,
            Label::Kicker | Label::Title | Label::Subtitle if belated => false,
            Label::Kicker | Label::Subtitle if one_title => !has_title && Some(*at) == longest,
            Label::Subhead => !no_subheads,
            Label::Column | Label::Byline | Label::Credit | Label::Continuation => !dice.is(habits.no_lines),
            Label::Caption if has_body => !dice.is(habits.no_lines),
            _ => true,
        };
        let mut kept: Vec<usize> = all.iter().copied().filter(|at| keep(at)).collect();
        let caption = kept.iter().position(|at| label(at) == Label::Caption).filter(|_| has_body);
        if let Some(place) = caption.filter(|_| !self.plain && dice.is(0.3)) {
            let caption = kept.remove(place);
            let bodies: Vec<usize> = (0..kept.len()).filter(|at| label(&kept[*at]) == Label::Body).collect();
            kept.insert(dice.of(&bodies) + dice.below(2), caption);
        }
        kept
    }
}

/// Puts the parts of one article on a page.
struct Setter<'a> {
    page: &'a mut Page,
    habits: &'a Habits,
    dice: &'a mut Dice,
    first: bool,
    plain: bool,
    title: Vec<String>,
    paragraphs: Vec<Vec<u32>>,
}

impl Setter<'_> {
    fn parts(&mut self, parts: &[(Label, &str)]) {
        let has_body = parts.iter().any(|part| part.0 == Label::Body);
        let mut skip = false;
        for (at, &(label, text)) in parts.iter().enumerate() {
            let caption = parts.get(at + 1).filter(|next| next.0 == Label::Caption && !self.plain).map(|next| next.1);
            match label {
                _ if std::mem::take(&mut skip) => {}
                Label::Title => self.title(text, at > 0 && parts[at - 1].0 == Label::Title),
                Label::Body if self.is_cut(text) => {
                    let dropped = caption.filter(|_| self.dice.is(0.5));
                    skip = dropped.is_some();
                    self.cut(text, dropped);
                }
                Label::Body => {
                    let number = self.row(text, label, false);
                    self.paragraphs.push(vec![number]);
                }
                _ => {
                    let number = self.row(text, label, false);
                    self.paragraphs.extend((label == Label::Caption && !has_body).then(|| vec![number]));
                }
            }
        }
    }

    fn row(&mut self, text: &str, label: Label, goes_on: bool) -> u32 {
        let begins = std::mem::take(&mut self.first);
        self.page.push(Row { text: text.to_owned(), label, begins, goes_on: goes_on && !begins })
    }

    fn title(&mut self, text: &str, second: bool) {
        self.title.push(text.to_owned());
        let chars: Vec<char> = text.chars().collect();
        if self.plain || chars.len() < 14 || !self.dice.is(0.06) {
            self.row(text, Label::Title, second);
            return;
        }
        let at = chars.iter().position(|c| c.is_whitespace()).unwrap_or(chars.len() / 2);
        let [a, b] = [&chars[..at], &chars[at..]].map(|half| half.iter().collect::<String>());
        self.row(a.trim(), Label::Title, second);
        self.row(b.trim(), Label::Title, true);
    }

    fn is_cut(&mut self, text: &str) -> bool {
        text.chars().count() >= 100 && self.dice.is(self.habits.cut)
    }

    /// A paragraph that a column break cuts; a caption may stand between.
    fn cut(&mut self, text: &str, caption: Option<&str>) {
        let chars: Vec<char> = text.chars().collect();
        let at = self.dice.range(25, chars.len() - 25);
        let [a, b] = [&chars[..at], &chars[at..]].map(|half| half.iter().collect::<String>());
        let first = self.row(&a, Label::Body, false);
        if let Some(caption) = caption {
            self.row(caption, Label::Caption, false);
        }
        let second = self.row(&b, Label::Body, true);
        self.paragraphs.push(vec![first, second]);
    }
}

/// Half-width signs, as union pages have them.
fn narrow(text: &str) -> String {
    let fold = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    text.chars().map(fold).collect()
}

fn pairs(story: &Story) -> HashSet<(char, char)> {
    let chars: Vec<char> = story.parts.iter().flat_map(|part| part.1.chars()).take(800).collect();
    chars
        .windows(2)
        .filter(|pair| pair.iter().all(|c| *c > '\u{4DFF}' && *c < '\u{A000}'))
        .map(|pair| (pair[0], pair[1]))
        .collect()
}

/// The first of some articles, and those most like it.
fn likest<'a>(stories: &[&'a Story], count: usize) -> Vec<&'a Story> {
    let Some((first, rest)) = stories.split_first() else { return Vec::new() };
    let own = pairs(first);
    let like = |story: &Story| {
        let other = pairs(story);
        other.intersection(&own).count() as f64 / (other.len() as f64 + 40.0)
    };
    let mut rest: Vec<(f64, &Story)> = rest.iter().map(|story| (like(story), *story)).collect();
    rest.sort_by(|a, b| b.0.total_cmp(&a.0));
    std::iter::once(*first).chain(rest.into_iter().take(count.saturating_sub(1)).map(|row| row.1)).collect()
}

fn shuffled<'a>(mut stories: Vec<&'a Story>, dice: &mut Dice) -> Vec<&'a Story> {
    for at in (1..stories.len()).rev() {
        let other = dice.below(at + 1);
        stories.swap(at, other);
    }
    stories
}

/// How printed lines are made of a page.
#[derive(Clone, Copy, Debug)]
pub struct Print {
    /// Characters of a full line.
    pub width: usize,
    /// Whether the first line of a paragraph is indented by two characters.
    pub indent: bool,
    /// Whether a line never begins with a closing sign: the line before is one longer (hanging) or one shorter.
    pub kinsoku: bool,
    /// Whether the rest of a cut paragraph is indented too, as `border_crf.py` sets it.
    pub indent_rest: bool,
}

/// Signs that do not begin a line.
const NO_START: &str = "，。、；：？！”’）》」』】,.;:?!)";

/// The printed lines of a page.
pub fn print(page: &Page, how: Print) -> Page {
    if page.printed {
        return page.clone();
    }
    let mut printed = Page { name: page.name.clone(), printed: true, ..Page::default() };
    let mut lines_of: Vec<Vec<u32>> = Vec::with_capacity(page.rows.len());
    for row in &page.rows {
        let indented = how.indent && is_text(row.label) && (!row.goes_on || how.indent_rest);
        let text = format!("{}{}", if indented { "\u{3000}\u{3000}" } else { "" }, row.text);
        let lines = wrapped(&text, how);
        let add = |(place, text): (usize, String)| {
            printed.push(Row {
                text,
                label: row.label,
                begins: row.begins && place == 0,
                goes_on: row.goes_on || place > 0,
            })
        };
        lines_of.push(lines.into_iter().enumerate().map(add).collect());
    }
    let lines = |rows: &Vec<u32>| rows.iter().flat_map(|row| lines_of[*row as usize - 1].iter().copied()).collect();
    let answer = |answer: &Answer| Answer {
        title: answer.title.clone(),
        paragraphs: answer.paragraphs.iter().map(lines).collect(),
    };
    printed.answers = page.answers.iter().map(answer).collect();
    printed
}

fn wrapped(text: &str, how: Print) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let mut end = (start + how.width).min(chars.len());
        while how.kinsoku && end < chars.len() && NO_START.contains(chars[end]) && end - start < how.width + 2 {
            end += 1;
        }
        let line: String = chars[start..end].iter().collect();
        lines.extend((!line.trim().is_empty()).then_some(line));
        start = end;
    }
    lines
}
