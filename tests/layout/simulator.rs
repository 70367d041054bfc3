//! Sets articles as newspaper pages, damaged as real pages are, so that any number of pages with known answers exist.
//!
//! The articles are those of the sample archive, as its hand-made answers give them. A page takes some of them, cuts
//! their paragraphs at column breaks, drops captions in, moves headlines behind their stories, adds labels, takes lines
//! and ends away, parts stories into fragments, and prints runs of one story inside another. Everything follows from
//! the seed.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test and bench uses its part of this module")]

use super::answer::{Answer, Copied, Item, Page};
use std::fmt::Write;

/// How often each damage is done. [`Damage::real`] has the rates counted on the five real pages: 54 articles, about 230
/// blocks of text; the rates that did not occur there in numbers are set to what the sample archive has.
#[derive(Clone, Copy, Debug)]
pub struct Damage {
    /// Share of the paragraphs above sixty characters that a column break cuts (50 of 150); each part may be cut again.
    pub cut: f64,
    /// Share of the captions of articles that are printed, inside them; the sample articles have many (1 article of 54 has
    /// one on the real pages).
    pub captions: f64,
    /// Share of these that stand in a cut sentence rather than between two paragraphs (1 of 1).
    pub caption_in_cut: f64,
    /// Share of the articles after which a picture with its own text stands (10 of 54).
    pub pictures: f64,
    /// Pictures of other stories that stand inside an article, a page (2 of 5 pages).
    pub strange_picture: f64,
    /// Share of the titles that stand behind their story (1 of 42).
    pub title_after: f64,
    /// Share of the column labels that stand behind their story (2 of 5).
    pub label_after: f64,
    /// Share of the news whose headline is missing (1 of 36).
    pub headless: f64,
    /// Share of the articles whose end is missing (4 of 54).
    pub truncated: f64,
    /// Share of the articles from which a piece in the middle is missing (1 of 54).
    pub hollow: f64,
    /// Share of the articles that are parted into fragments (1 of 54), half of them with marks 下转 and 上接.
    pub parted: f64,
    /// Runs of 50 characters and more printed twice, a page (7 on 5 pages).
    pub grafts: f64,
    /// Share of the headlines of two halves that stand on two lines (6 of 20).
    pub split_title: f64,
}

impl Damage {
    /// The rates of the real pages.
    pub const fn real() -> Self {
        Self {
            cut: 0.33,
            captions: 0.3,
            caption_in_cut: 0.5,
            pictures: 0.25,
            strange_picture: 0.4,
            title_after: 0.024,
            label_after: 0.4,
            headless: 0.028,
            truncated: 0.07,
            hollow: 0.02,
            parted: 0.02,
            grafts: 1.4,
            split_title: 0.3,
        }
    }

    /// All rates of damage times a factor, shares at most 0.9; how many pictures there are is no damage.
    pub fn times(self, factor: f64) -> Self {
        let share = |rate: f64| (rate * factor).min(0.9);
        Self {
            cut: share(self.cut),
            captions: self.captions,
            caption_in_cut: share(self.caption_in_cut),
            pictures: self.pictures,
            strange_picture: self.strange_picture * factor,
            title_after: share(self.title_after),
            label_after: share(self.label_after),
            headless: share(self.headless),
            truncated: share(self.truncated),
            hollow: share(self.hollow),
            parted: share(self.parted),
            grafts: self.grafts * factor,
            split_title: share(self.split_title),
        }
    }

    /// The rates by name, one at a time for the table of the bench.
    pub const NAMES: [&'static str; 11] = [
        "cut",
        "caption_in_cut",
        "strange_picture",
        "title_after",
        "label_after",
        "headless",
        "truncated",
        "hollow",
        "parted",
        "grafts",
        "split_title",
    ];

    /// One of the real rates times a factor, without the others. A caption stands only in a cut.
    pub fn only(name: &str, factor: f64) -> Self {
        let more = Self::real().times(factor);
        let mut damage = Self::real().times(0.0);
        match name {
            "cut" => damage.cut = more.cut,
            "caption_in_cut" => (damage.cut, damage.caption_in_cut) = (Self::real().cut, more.caption_in_cut),
            "strange_picture" => damage.strange_picture = more.strange_picture,
            "title_after" => damage.title_after = more.title_after,
            "label_after" => damage.label_after = more.label_after,
            "headless" => damage.headless = more.headless,
            "truncated" => damage.truncated = more.truncated,
            "hollow" => damage.hollow = more.hollow,
            "parted" => damage.parted = more.parted,
            "grafts" => damage.grafts = more.grafts,
            _ => damage.split_title = more.split_title,
        }
        damage
    }
}

/// A small, fixed random number generator (a linear congruential one with its high bits mixed in), so that a page can be made again.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03);
        dice.below(2);
        dice
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ (self.0 >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        ((mixed >> 32) as usize) % end.max(1)
    }

    pub fn chance(&mut self, share: f64) -> bool {
        (self.below(1_000_000) as f64) < share * 1e6
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { Some(&from[self.below(from.len())]) }
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        (1..list.len()).rev().for_each(|at| list.swap(at, self.below(at + 1)));
    }
}

/// What a line of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Column,
    Group,
    Kicker,
    Title,
    Subtitle,
    Byline,
    Subhead,
    /// Text of the paragraph with this number.
    Body(usize),
    /// Text of the caption with this number.
    Caption(usize),
    Marker,
    Furniture,
}

/// A line of a page and the article that it belongs to.
#[derive(Clone, Debug)]
struct Line {
    text: String,
    role: Role,
    article: usize,
    /// A run that was grafted in: first and last code point and the place (article, text) that owns it.
    graft: Option<(usize, usize, String)>,
}

/// An article as it was before it was set.
#[derive(Clone, Debug, Default)]
struct Manuscript {
    kind: String,
    column: Vec<String>,
    group: Vec<String>,
    kicker: Vec<String>,
    title: Vec<String>,
    subtitle: Vec<String>,
    byline: Vec<String>,
    /// Paragraphs and subheads, in order.
    body: Vec<(bool, String)>,
    captions: Vec<String>,
}

/// Sets pages.
pub struct Simulator {
    /// Articles that stand together: one, the items of a digest, or stories under one title.
    clusters: Vec<Vec<Manuscript>>,
    pictures: Vec<Manuscript>,
    mastheads: Vec<Vec<String>>,
    feet: Vec<String>,
    labels: Vec<String>,
}

impl Simulator {
    /// A simulator over the articles of some pages.
    pub fn new(pages: &[Page]) -> Self {
        let mut simulator = Self {
            clusters: Vec::new(),
            pictures: Vec::new(),
            mastheads: Vec::new(),
            feet: Vec::new(),
            labels: Vec::new(),
        };
        pages.iter().for_each(|page| simulator.take(page));
        simulator
    }

    fn take(&mut self, page: &Page) {
        let text = |number: &u32| page.blocks[*number as usize - 1].text.clone();
        let (top, foot): (Vec<u32>, Vec<u32>) =
            page.answer.furniture.iter().partition(|number| (**number as usize) < page.blocks.len() / 2);
        self.mastheads.push(top.iter().map(text).collect());
        self.feet.extend(foot.iter().map(text));
        let mut open = false;
        for item in &page.answer.articles {
            let script = manuscript(item, page);
            let digest = !script.column.is_empty() && script.kind == "brief";
            let follows = open && script.column.is_empty() && script.group.is_empty() && script.kind != "photo";
            let same = self.clusters.last().and_then(|cluster| cluster.last()).is_some_and(|last| {
                (last.kind == "brief") == (script.kind == "brief") && last.byline.is_empty() == script.byline.is_empty()
            });
            self.labels.extend(script.column.iter().filter(|_| script.kind != "brief").cloned());
            match script.kind.as_str() {
                "continuation" => open = false,
                "photo" => self.pictures.push(script),
                _ if follows && same => self.clusters.last_mut().expect("an open cluster").push(script),
                _ => {
                    open = digest || !script.group.is_empty();
                    self.clusters.push(vec![script]);
                }
            }
        }
    }

    /// The page of a seed.
    pub fn page(&self, seed: u64, damage: &Damage) -> Page {
        let mut setter = Setter { dice: Dice::new(seed), damage: *damage, lines: Vec::new(), articles: Vec::new() };
        setter.set(self);
        setter.finish(format!("simulated-{seed}"))
    }
}

fn manuscript(item: &Item, page: &Page) -> Manuscript {
    let text = |number: &u32| {
        let text = &page.blocks[*number as usize - 1].text;
        let grafted = item.grafts.iter().find(|graft| graft.block == *number);
        let inside = |at: usize| grafted.is_some_and(|graft| (graft.start..graft.end).contains(&at));
        text.chars().enumerate().filter(|(at, _)| !inside(*at)).map(|(_, c)| c).collect::<String>()
    };
    let texts = |numbers: &[u32]| numbers.iter().map(text).collect::<Vec<String>>();
    let mut body: Vec<(u32, bool, String)> =
        item.paras.iter().filter_map(|para| Some((*para.first()?, false, texts(para).concat()))).collect();
    let order: Vec<u32> = body.iter().map(|part| part.0).collect();
    for number in &item.subheads {
        let at = order.iter().filter(|first| **first < *number).count();
        let shift = body.iter().take_while(|part| part.0 < *number || order[..at].contains(&part.0)).count();
        body.insert(shift, (*number, true, text(number)));
    }
    Manuscript {
        kind: item.kind.clone(),
        column: texts(&item.column),
        group: texts(&item.group),
        kicker: texts(&item.kicker),
        title: texts(&item.title),
        subtitle: texts(&item.subtitle),
        byline: texts(&item.byline),
        body: body.into_iter().map(|(_, subhead, text)| (subhead, text)).filter(|(_, text)| !text.is_empty()).collect(),
        captions: item.captions.iter().map(|caption| texts(caption).join(" ")).collect(),
    }
}

/// Sets one page.
struct Setter {
    dice: Dice,
    damage: Damage,
    lines: Vec<Line>,
    articles: Vec<String>,
}

impl Setter {
    fn set(&mut self, from: &Simulator) {
        if self.dice.chance(0.5) {
            let top = self.dice.pick(&from.mastheads).cloned().unwrap_or_default();
            top.into_iter().for_each(|text| self.furniture(text));
        }
        let mut order: Vec<usize> = (0..from.clusters.len()).collect();
        self.dice.shuffle(&mut order);
        let wanted = 6 + self.dice.below(8);
        let mut parted: Vec<Vec<Line>> = Vec::new();
        for cluster in order {
            if self.articles.len() >= wanted {
                break;
            }
            for (number, script) in from.clusters[cluster].iter().enumerate() {
                self.article(script, number == 0, from, &mut parted);
            }
            if self.dice.chance(self.damage.pictures) {
                self.picture(from);
            }
            if let Some(rest) = parted.pop_if(|_| self.dice.chance(0.4)) {
                self.lines.extend(rest);
            }
        }
        parted.into_iter().for_each(|rest| self.lines.extend(rest));
        self.strange_pictures(from);
        self.graft();
        if self.dice.chance(0.4) {
            let foot = self.dice.pick(&from.feet).cloned().unwrap_or_default();
            self.furniture(foot);
        }
        if self.dice.chance(0.7) {
            self.lines.iter_mut().for_each(narrow);
        }
    }

    fn furniture(&mut self, text: String) {
        self.lines.push(Line { text, role: Role::Furniture, article: usize::MAX, graft: None });
    }

    fn begin(&mut self, kind: &str) -> usize {
        self.articles.push(kind.to_owned());
        self.articles.len() - 1
    }

    fn picture(&mut self, from: &Simulator) {
        let Some(script) = self.dice.pick(&from.pictures).cloned() else { return };
        if self.lines.iter().any(|line| script.body.iter().any(|part| part.1.starts_with(&line.text))) {
            return;
        }
        let article = self.begin("photo");
        let titled = if self.dice.chance(0.5) { script.title.clone() } else { Vec::new() };
        titled.into_iter().for_each(|text| self.lines.push(Line { text, role: Role::Title, article, graft: None }));
        let text = script.body.into_iter().map(|part| part.1).collect::<Vec<_>>().join(" ");
        let text = self.caption_in(&text);
        self.lines.push(Line { text, role: Role::Body(0), article, graft: None });
    }

    /// Puts pictures of their own into stories, between two lines of text.
    fn strange_pictures(&mut self, from: &Simulator) {
        let count = self.damage.strange_picture.floor() as usize
            + usize::from(self.dice.chance(self.damage.strange_picture.fract()));
        for _ in 0..count {
            let places: Vec<usize> = (1..self.lines.len()).filter(|&at| self.is_inside(at)).collect();
            let Some(&at) = self.dice.pick(&places) else { return };
            let length = self.lines.len();
            self.picture(from);
            let added = self.lines.split_off(length);
            let shown = added.into_iter().filter(|line| line.role == Role::Body(0));
            self.lines.splice(at..at, shown);
        }
    }

    fn is_inside(&self, at: usize) -> bool {
        let text = |line: &Line| matches!(line.role, Role::Body(_)) && self.articles[line.article] != "photo";
        text(&self.lines[at]) && text(&self.lines[at - 1]) && self.lines[at].article == self.lines[at - 1].article
    }

    fn article(&mut self, script: &Manuscript, first: bool, from: &Simulator, parted: &mut Vec<Vec<Line>>) {
        let article = self.begin(&script.kind);
        let (head, after) = self.headline(script, first, article, from);
        let mut body = self.body(script, article);
        self.lines.extend(head);
        if after.is_empty() && script.kind != "brief" && body.len() > 2 && self.dice.chance(self.damage.parted) {
            let at = 1 + self.dice.below(body.len() - 1);
            let rest = body.split_off(at);
            if rest.iter().any(|line| matches!(line.role, Role::Body(_))) && matches!(body[at - 1].role, Role::Body(_))
            {
                parted.push(self.marked(&mut body, rest, article));
            } else {
                body.extend(rest);
            }
        }
        self.lines.extend(body);
        self.lines.extend(after);
    }

    /// Half of the parted stories say so: 下转 at the end of the first part, 上接 above the second.
    fn marked(&mut self, body: &mut [Line], mut rest: Vec<Line>, article: usize) -> Vec<Line> {
        if self.dice.chance(0.5) {
            let page = 2 + self.dice.below(6);
            if let Some(last) = body.last_mut() {
                let _ = write!(last.text, "(下转第{page}版)");
            }
            let mark = Line { text: "(上接第1版)".into(), role: Role::Marker, article, graft: None };
            rest.insert(0, mark);
        }
        rest
    }

    /// The lines above the story, and those that stand behind it.
    fn headline(
        &mut self,
        script: &Manuscript,
        first: bool,
        article: usize,
        from: &Simulator,
    ) -> (Vec<Line>, Vec<Line>) {
        let line = |text: &String, role: Role| Line { text: text.clone(), role, article, graft: None };
        let lines = |texts: &[String], role: Role| texts.iter().map(|text| line(text, role)).collect::<Vec<_>>();
        let news = script.body.first().is_some_and(|part| part.1.starts_with("本报讯"));
        let headless = news && script.group.is_empty() && self.dice.chance(self.damage.headless);
        let mut label = lines(&script.column, Role::Column);
        if label.is_empty() && first && script.kind != "brief" && self.dice.chance(0.05) {
            let text = self.dice.pick(&from.labels).cloned();
            label.extend(text.map(|text| line(&text, Role::Column)));
        }
        let mut title = self.title(script, article);
        let (mut kicker, mut subtitle) = (lines(&script.kicker, Role::Kicker), lines(&script.subtitle, Role::Subtitle));
        if headless {
            (title, kicker, subtitle) = (Vec::new(), Vec::new(), Vec::new());
        }
        let byline = lines(&script.byline, Role::Byline);
        let behind = byline.is_empty() && kicker.is_empty() && subtitle.is_empty() && script.group.is_empty() && first;
        let mut after = Vec::new();
        if behind && !title.is_empty() && script.kind != "brief" && self.dice.chance(self.damage.title_after) {
            after.append(&mut title);
        } else if script.kind != "brief" && self.dice.chance(self.damage.label_after) {
            after.append(&mut label);
        }
        let group = lines(&script.group, Role::Group);
        let signed_below = script.kind == "opinion" || script.kind == "feature" || !news;
        let (above, below) = if signed_below { (byline, Vec::new()) } else { (Vec::new(), byline) };
        after.splice(0..0, below);
        ([label, group, kicker, title, subtitle, above].concat(), after)
    }

    /// A title of two halves stands on one line or on two.
    fn title(&mut self, script: &Manuscript, article: usize) -> Vec<Line> {
        let whole = script.title.join(" ");
        let halves: Vec<&str> = whole.split_whitespace().collect();
        let lines = if halves.len() == 2 && halves.iter().all(|half| half.chars().count() > 4) {
            if self.dice.chance(self.damage.split_title) { halves } else { vec![whole.as_str()] }
        } else {
            script.title.iter().map(String::as_str).collect()
        };
        lines.iter().map(|text| Line { text: (*text).to_owned(), role: Role::Title, article, graft: None }).collect()
    }

    /// The text with its cuts and captions.
    fn body(&mut self, script: &Manuscript, article: usize) -> Vec<Line> {
        let mut paras = script.body.clone();
        let last = paras.iter().rposition(|part| !part.0);
        if let Some(at) = last.filter(|_| script.kind != "brief").filter(|_| self.dice.chance(self.damage.truncated)) {
            let length = paras[at].1.chars().count();
            if length > 40 {
                paras[at].1 = head(&paras[at].1, length - 8 - self.dice.below(length / 2));
                paras.truncate(at + 1);
            }
        }
        self.hollow(&mut paras, script);
        let mut lines = Vec::new();
        let style = self.dice.below(6);
        let mut heads = 0;
        for (number, (subhead, text)) in paras.into_iter().enumerate() {
            if subhead {
                let text = subhead_in(style, heads, &text);
                heads += 1;
                lines.push(Line { text, role: Role::Subhead, article, graft: None });
            } else {
                let parts = self.cut(&text);
                lines.extend(parts.into_iter().map(|text| Line {
                    text,
                    role: Role::Body(number),
                    article,
                    graft: None,
                }));
            }
        }
        for (number, text) in script.captions.iter().enumerate() {
            if !self.dice.chance(self.damage.captions) {
                continue;
            }
            let at = self.caption_place(&lines);
            let text = self.caption_in(text);
            lines.insert(at, Line { text, role: Role::Caption(number), article, graft: None });
        }
        lines
    }

    /// Takes the end of a paragraph and the beginning of the next one away.
    fn hollow(&mut self, paras: &mut [(bool, String)], script: &Manuscript) {
        if script.kind == "brief" || paras.len() < 3 || !self.dice.chance(self.damage.hollow) {
            return;
        }
        let at = self.dice.below(paras.len() - 1);
        let (a, b) = (paras[at].1.chars().count(), paras[at + 1].1.chars().count());
        if !paras[at].0 && !paras[at + 1].0 && a > 40 && b > 60 {
            paras[at].1 = head(&paras[at].1, a - 8 - self.dice.below(a / 2));
            let skip = 8 + self.dice.below(b / 2);
            paras[at + 1].1 = paras[at + 1].1.chars().skip(skip).collect();
        }
    }

    /// A caption in one of the forms of the trade: marked at its start or inside, or not at all, the credit with or
    /// without a mark.
    fn caption_in(&mut self, text: &str) -> String {
        let Some(rest) = text.strip_prefix("图为") else { return text.to_owned() };
        let Some((first, tail)) = rest.split_once('。') else { return text.to_owned() };
        match self.dice.below(5) {
            0 => format!("{first}。图为活动现场。{}", tail.trim_start()),
            1 => format!("{first}。{}", tail.trim_start()),
            2 => format!("{first},现场气氛热烈。图为活动一角。 □通讯员 {}", tail.trim_start()),
            _ => text.to_owned(),
        }
    }

    fn cut(&mut self, text: &str) -> Vec<String> {
        let length = text.chars().count();
        if length <= 60 || !self.dice.chance(self.damage.cut) {
            return vec![text.to_owned()];
        }
        let at = 12 + self.dice.below(length - 20);
        let open = |c: char| !"。!?！？…”’」』)）】〕".contains(c);
        let found = text.chars().enumerate().skip(at - 1).find(|(_, c)| open(*c)).map(|(at, _)| at + 1);
        let Some(at) = found.filter(|at| at + 4 < length) else { return vec![text.to_owned()] };
        let first: String = head(text, at);
        let rest: String = text.chars().skip(at).collect();
        let mut parts = vec![first.trim().to_owned()];
        parts.extend(self.cut(rest.trim()));
        parts
    }

    /// Where a caption stands: in a cut sentence, between two paragraphs, or at the end.
    fn caption_place(&mut self, lines: &[Line]) -> usize {
        let cuts: Vec<usize> = (1..lines.len()).filter(|&at| lines[at].role == lines[at - 1].role).collect();
        let text = |line: &Line| matches!(line.role, Role::Body(_));
        let between: Vec<usize> = (1..lines.len()).filter(|&at| text(&lines[at - 1]) && text(&lines[at])).collect();
        let in_cut = self.dice.chance(self.damage.caption_in_cut);
        let chosen = if in_cut { self.dice.pick(&cuts) } else { None }.copied();
        chosen.or_else(|| self.dice.pick(&between).copied()).unwrap_or(lines.len())
    }

    /// Prints runs of one story inside another: at the end of a line, inside it, or as a line of its own.
    fn graft(&mut self) {
        let count = self.damage.grafts.floor() as usize + usize::from(self.dice.chance(self.damage.grafts.fract()));
        for _ in 0..count {
            let text = |line: &Line| {
                matches!(line.role, Role::Body(_)) && line.graft.is_none() && self.articles[line.article] != "photo"
            };
            let long: Vec<usize> = (0..self.lines.len())
                .filter(|&at| text(&self.lines[at]) && self.lines[at].text.chars().count() > 90)
                .collect();
            let (Some(&owner), Some(&host)) = (self.dice.pick(&long), self.dice.pick(&long)) else { return };
            if self.lines[owner].article != self.lines[host].article {
                self.graft_into(owner, host);
            }
        }
    }

    fn graft_into(&mut self, owner: usize, host: usize) {
        let chars: Vec<char> = self.lines[owner].text.chars().collect();
        let whole = chars.len() < 300 && self.dice.chance(0.35);
        let length = if whole { chars.len() } else { 60 + self.dice.below(chars.len().min(180) - 60) };
        let start = if whole { 0 } else { chars.len() - length };
        let run: String = chars[start..].iter().collect();
        let (article, role) = (self.lines[host].article, self.lines[host].role);
        if whole {
            let graft = Some((0, length, self.lines[owner].text.clone()));
            let number = 1000 + host;
            let Role::Body(_) = role else { return };
            let last = (host + 1..self.lines.len()).find(|&at| self.lines[at].role != role).unwrap_or(self.lines.len());
            self.lines.insert(last, Line { text: run, role: Role::Body(number), article, graft });
            return;
        }
        let before: Vec<char> = self.lines[host].text.chars().collect();
        let at = before.len() / 2 + self.dice.below(before.len() / 2);
        let middle = self.dice.chance(0.3);
        let rest: String = if middle { before[at..].iter().collect() } else { String::new() };
        let kept: String = before[..at].iter().collect();
        let graft = (at, at + length, self.lines[owner].text.clone());
        self.lines[host].text = format!("{kept}{run}{rest}");
        self.lines[host].graft = Some(graft);
    }

    /// The page as text and its answer.
    fn finish(self, name: String) -> Page {
        let text: Vec<String> = self.lines.iter().map(|line| line.text.clone()).collect();
        let blocks = baoku::layout::blocks(&baoku::model::SourcePage::of_text(&text.join("\n")));
        let mut answer = Answer { articles: Vec::new(), furniture: Vec::new() };
        answer.articles = self.articles.iter().map(|kind| Item { kind: kind.clone(), ..Item::default() }).collect();
        let mut numbers = 0;
        let mut paras: Vec<Vec<(usize, Vec<u32>)>> = vec![Vec::new(); answer.articles.len()];
        for line in self.lines.iter().filter(|line| !line.text.trim().is_empty()) {
            numbers += 1;
            record(&mut answer, &mut paras, line, numbers, &self.lines);
        }
        for (item, paras) in answer.articles.iter_mut().zip(paras) {
            item.paras = paras.into_iter().map(|(_, blocks)| blocks).collect();
        }
        answer.articles.retain(|item| !item.paras.is_empty());
        Page { name, blocks, answer }
    }
}

fn record(answer: &mut Answer, paras: &mut [Vec<(usize, Vec<u32>)>], line: &Line, number: u32, all: &[Line]) {
    if line.role == Role::Furniture {
        return answer.furniture.push(number);
    }
    let item = &mut answer.articles[line.article];
    match line.role {
        Role::Column => item.column.push(number),
        Role::Group => item.group.push(number),
        Role::Kicker => item.kicker.push(number),
        Role::Title => item.title.push(number),
        Role::Subtitle => item.subtitle.push(number),
        Role::Byline => item.byline.push(number),
        Role::Subhead => item.subheads.push(number),
        Role::Marker => item.markers.push(number),
        Role::Caption(_) => item.captions.push(vec![number]),
        Role::Body(para) => match paras[line.article].iter_mut().find(|known| known.0 == para) {
            Some((_, blocks)) => blocks.push(number),
            None => paras[line.article].push((para, vec![number])),
        },
        Role::Furniture => {}
    }
    if let Some((start, end, owner)) = &line.graft {
        let owner = all.iter().filter(|l| !l.text.trim().is_empty()).position(|l| l.text == *owner);
        let owner = owner.map_or(0, |at| at as u32 + 1);
        item.grafts.push(Copied { block: number, start: *start, end: *end, owner });
    }
}

/// A subhead in one of the forms of the trade; `number` from 0.
fn subhead_in(style: usize, number: usize, text: &str) -> String {
    const NUMBERS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];
    let Some(han) = NUMBERS.get(number) else { return text.to_owned() };
    let marks = |c: char| matches!(c, '、' | '.' | ':' | '：' | '(' | ')' | '【' | '】' | '“' | '”');
    let bare = text.trim_matches(marks).trim_start_matches(|c| NUMBERS.iter().any(|n| n.starts_with(c)));
    let bare = bare.trim_matches(marks);
    match style {
        0 => format!("{han}、{bare}"),
        1 => format!("({han}){bare}。"),
        2 => format!("“{bare}”"),
        3 => bare.to_owned(),
        _ => text.to_owned(),
    }
}

fn head(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}

/// Half-width punctuation, as most of the real pages have it.
fn narrow(line: &mut Line) {
    let mark = |c: char| match c {
        '，' => ',',
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '；' => ';',
        '！' => '!',
        '？' => '?',
        '　' => ' ',
        other => other,
    };
    line.text = line.text.chars().map(mark).collect();
    if let Some(graft) = &mut line.graft {
        graft.2 = graft.2.chars().map(mark).collect();
    }
}
