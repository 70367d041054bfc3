//! Collects labelled blocks into stories: an article goes from the block that begins it to the next one that begins one.

use super::forms::KnownForm;
use super::kind::is_digest;
use super::stitch::StoryPart;
use super::story_builder::StoryBuilder;
use super::view::{BlockView, is_word_part};
use crate::model::{BlockLabel, Label, Relation, RelationKind, page_number};
use crate::text::{chinese_digit, chinese_number};

/// Characters of the name of a column, at most.
const COLUMN_NAME: usize = 8;

/// Characters of a mark of continuation, at most.
const MARK: usize = 14;

/// What the blocks of a page make.
#[derive(Default)]
pub(super) struct StoryBuilders {
    pub(super) drafts: Vec<StoryBuilder>,
    /// Blocks in no story.
    pub(super) remainders: Vec<usize>,
    /// Blocks with which a story begins though its label does not say so.
    pub(super) opened: Vec<usize>,
}

/// Collects the blocks of a page into drafts.
pub(super) fn drafts(views: &[BlockView], labels: &[BlockLabel]) -> StoryBuilders {
    let mut collector = StoryAssembler { views, labels, out: StoryBuilders::default(), mark: None };
    (0..views.len()).for_each(|at| collector.step(at));
    collector.finish()
}

struct StoryAssembler<'a> {
    views: &'a [BlockView],
    labels: &'a [BlockLabel],
    out: StoryBuilders,
    /// A mark 上接 that stands before its story.
    mark: Option<Relation>,
}

impl StoryAssembler<'_> {
    fn step(&mut self, at: usize) {
        let told = &self.labels[at];
        match told.label {
            Label::Furniture => self.out.remainders.push(at),
            Label::Continuation => self.continuation(at),
            label => {
                if told.begins {
                    self.begin(at);
                } else if self.mark.is_some() || self.opens_by_form(at) {
                    self.out.opened.push(at);
                    self.begin(at);
                }
                let over = !told.begins && label == Label::Body && self.goes_on_over_picture(at);
                if over {
                    let last = self.out.drafts.len() - 1;
                    self.out.drafts.swap(last - 1, last);
                }
                self.add_block(at, label, over || told.goes_on);
            }
        }
    }

    /// Whether running text begins another story by its form: the first one of a page, news behind the closed text of news (no
    /// story has two such openings), a marked item behind a marked item that has no title.
    fn opens_by_form(&self, at: usize) -> bool {
        let Some(draft) = self.out.drafts.last() else { return true };
        let text = draft.bodies().next().zip(draft.parts.last().filter(|part| part.1.is_text()));
        let Some((first, last)) = text.filter(|_| self.labels[at].label == Label::Body) else { return false };
        let both = |form: KnownForm| [first, at].iter().all(|&block| self.views[block].forms.has(form));
        let news = both(KnownForm::OwnDateline) && self.views[last.0].closed();
        news || (both(KnownForm::Bullet) && !self.has_own_title(draft))
    }

    /// Whether a story has a title that is not the name of a column (工会短波).
    fn has_own_title(&self, draft: &StoryBuilder) -> bool {
        let names_column =
            |at: usize| self.views[at].len <= COLUMN_NAME && self.views[at].forms.has(KnownForm::ColumnName);
        draft.head.iter().any(|&at| self.labels[at].label == Label::Title && !names_column(at))
    }

    /// Whether running text behind a picture that stands for itself goes on with the story before the picture, whose last sentence
    /// is open.
    fn goes_on_over_picture(&self, at: usize) -> bool {
        let [.., before, picture] = self.out.drafts.as_slice() else { return false };
        let is_picture =
            picture.head.is_empty() && !picture.parts.is_empty() && picture.parts.iter().all(|part| !part.1.is_text());
        let open = before.parts.iter().rev().find(|part| part.1.is_text()).map(|part| &self.views[part.0]);
        is_picture && open.is_some_and(|last| !last.closed() && !self.views[at].dateline())
    }

    /// Whether what is told as the rest of a caption is that of the open sentence before it: the caption ended with its
    /// photographer.
    fn is_rest_of_text(&self, at: usize) -> bool {
        let Some((draft, last)) = self.out.drafts.last().and_then(|draft| Some((draft, draft.parts.last()?.0))) else {
            return false;
        };
        let open = draft.bodies().next_back().is_some_and(|text| !self.views[text].closed());
        open && self.views[last].forms.has(KnownForm::PhotoCredit) && !self.views[at].picture()
    }

    /// A mark of the story before it, or of the one after it.
    fn continuation(&mut self, at: usize) {
        self.out.remainders.push(at);
        let view = &self.views[at];
        if view.forms.has(KnownForm::ContinuedFrom) {
            self.mark = Some(relation(RelationKind::ContinuedFrom, &view.compact));
        } else if let Some(last) = self.out.drafts.last_mut() {
            last.relations.push(relation(RelationKind::ContinuedOn, &view.compact));
        }
    }

    fn begin(&mut self, at: usize) {
        let mark = self.mark.take();
        let view = &self.views[at];
        let from = view.forms.has(KnownForm::ContinuedFrom);
        let mut draft = StoryBuilder { continuation: mark.is_some() || from, ..StoryBuilder::default() };
        draft.relations.extend(mark);
        draft.relations.extend(from.then(|| relation(RelationKind::ContinuedFrom, view.head(16))));
        self.out.drafts.push(draft);
    }

    fn add_block(&mut self, at: usize, label: Label, goes_on: bool) {
        let label = if label == Label::Caption && goes_on && self.is_rest_of_text(at) { Label::Body } else { label };
        let view = &self.views[at];
        let Some(draft) = self.out.drafts.last_mut() else { return };
        let begun = !draft.parts.is_empty();
        draft.item |=
            !begun && view.forms.has(KnownForm::Bullet) && label == Label::Body && !has_title(draft, self.labels);
        match label {
            Label::Column | Label::Kicker | Label::Title | Label::Subtitle if !begun => draft.head.push(at),
            Label::Column => draft.column.push(at),
            Label::Title if !has_title(draft, self.labels) => draft.head.push(at),
            Label::Kicker | Label::Title | Label::Subtitle | Label::Subhead => {
                draft.parts.push((at, StoryPart::Subhead))
            }
            Label::Byline if !begun => draft.head.push(at),
            Label::Byline => draft.parts.push((at, StoryPart::Byline)),
            Label::Caption if goes_on => draft.parts.push((at, StoryPart::CaptionOn)),
            Label::Caption => draft.parts.push((at, StoryPart::Caption)),
            Label::Credit => draft.parts.push((at, credit_part(draft, view))),
            _ if goes_on => draft.parts.push((at, StoryPart::BodyOn)),
            _ => draft.parts.push((at, StoryPart::Body)),
        }
        if view.forms.has(KnownForm::ContinuedTo) && label == Label::Body {
            draft.relations.push(relation(RelationKind::ContinuedOn, view.tail(10)));
        }
    }

    /// Settles what only the whole page tells: pictures that stand for themselves, lines without text, column labels.
    fn finish(mut self) -> StoryBuilders {
        for draft in &mut self.out.drafts {
            settle_pictures(draft);
        }
        let (kept, empty): (Vec<StoryBuilder>, Vec<StoryBuilder>) =
            self.out.drafts.into_iter().partition(|draft| !draft.parts.is_empty());
        self.out.remainders.extend(empty.iter().flat_map(|draft| draft.head.iter().chain(&draft.column)));
        self.out.drafts = kept;
        self.out.drafts.sort_by_key(StoryBuilder::first);
        columns(&mut self.out.drafts, self.views, self.labels);
        self.out
    }
}

fn has_title(draft: &StoryBuilder, labels: &[BlockLabel]) -> bool {
    draft.head.iter().any(|&at| labels[at].label == Label::Title)
}

/// A photographer's line goes to its picture; another closing note stands with the authors.
fn credit_part(draft: &StoryBuilder, view: &BlockView) -> StoryPart {
    let after_picture =
        draft.parts.last().is_some_and(|part| matches!(part.1, StoryPart::Caption | StoryPart::CaptionOn));
    match () {
        () if after_picture => StoryPart::CaptionOn,
        () if view.forms.has(KnownForm::PhotoCredit) && view.len <= 24 => StoryPart::Caption,
        () => StoryPart::Byline,
    }
}

/// A story of nothing but captions is a picture, and these are its text.
fn settle_pictures(draft: &mut StoryBuilder) {
    if draft.bodies().next().is_some() {
        return;
    }
    let pictures = draft.parts.iter().any(|part| matches!(part.1, StoryPart::Caption | StoryPart::CaptionOn));
    draft.photo = pictures;
    for part in &mut draft.parts {
        part.1 = match part.1 {
            StoryPart::Caption => StoryPart::Body,
            StoryPart::CaptionOn => StoryPart::BodyOn,
            other => other,
        };
    }
}

/// The column label of each story; the items of a digest share that of the item before.
fn columns(drafts: &mut [StoryBuilder], views: &[BlockView], labels: &[BlockLabel]) {
    let mut shared: Vec<usize> = Vec::new();
    for draft in drafts {
        let own = draft.head.iter().copied().filter(|&at| labels[at].label == Label::Column);
        let own: Vec<usize> = own.chain(draft.column.iter().copied()).collect();
        let late = draft.column.iter().copied();
        draft.head.extend(late.collect::<Vec<_>>());
        if !own.is_empty() {
            let digest = own.iter().any(|&at| is_digest(&views[at].compact));
            shared = if digest { own.clone() } else { Vec::new() };
            draft.column = own;
        } else if !draft.photo {
            draft.column.clone_from(&shared);
        }
    }
}

/// The relation that a mark of continuation states.
fn relation(kind: RelationKind, mark: &str) -> Relation {
    let text = mark.trim_matches(['(', ')', '[', ']', '【', '】', '▲', '▼', '…', '。']).to_owned();
    Relation { kind, page: page_of(mark), text }
}

/// Whether a block is nothing but a mark of continuation, which names a page (上接第1版): 转型升级版 is none.
pub(super) fn is_mark(view: &BlockView) -> bool {
    let continued = view.forms.has(KnownForm::ContinuedFrom) || view.forms.has(KnownForm::ContinuedTo);
    let text = view.compact.trim_start_matches(|c: char| !is_word_part(c));
    let begins = ["上接", "紧接", "接第", "下转", "转第"].iter().any(|start| text.starts_with(start));
    continued && begins && view.len <= MARK && !page_of(&view.compact).is_empty()
}

/// The page that a mark names (第3版, 第十二版, A2版), as [`crate::model::Metadata::page`] has it; empty where it names none.
fn page_of(mark: &str) -> String {
    let name = mark.split('版').next().unwrap_or_default().trim_end();
    let part = |digit: fn(char) -> bool| &name[name.trim_end_matches(digit).len()..];
    let printed = page_number(part(|c| c.is_ascii_alphanumeric()));
    let numeral = || chinese_number(part(|c| c == '十' || chinese_digit(c).is_some()));
    printed.or_else(|| page_number(&numeral()?.to_string())).unwrap_or_default()
}
