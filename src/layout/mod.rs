//! Page → labelled blocks → stories, with the reason for each cut.
//!
//! [`blocks`] takes the non-blank lines of a page; [`label()`] gives each a label by a scored sequence model (features of
//! the block and its neighbours, weights in `tables/layout.toml`, best path by dynamic programming); [`read`] also assembles the
//! stories: it decides where a text without headline begins a story, whose headline a line between two stories is,
//! where a sentence that a column break cut goes on, which pieces that stand apart are one story, and which runs are
//! printed twice. Nothing is reordered but pieces of one story, and nothing is dropped: each block is in exactly one
//! story or in the remainders of the page. Time is linear in the page.
//!
//! The order of the flow: `view` (facts of a block) → `features` → `weights` → `label` → `breaks`, `heads`, `stories`
//! (drafts) → `repeats`, `grafts`, `fragments` → `stitch`, `kind`, `compose` (stories).

mod breaks;
mod compose;
mod draft;
mod features;
mod fragments;
mod grafts;
mod heads;
mod kind;
mod label;
mod pairs;
mod repeats;
mod set;
mod stitch;
mod stories;
mod view;
mod weights;
mod words;

pub use set::Set;
pub use weights::{Points, Weights, best_path};

use crate::model::{Block, BlockLabel, Graft, Line, SourcePage, Story};
use pairs::Rarity;
use std::collections::BTreeMap;
use view::View;

/// The stories of a page, and the blocks that belong to none.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Stories, in page order.
    pub stories: Vec<Story>,
    /// Numbers of the blocks in no story: furniture, continuation marks, headlines without text.
    pub remainders: Vec<u32>,
    /// Runs that were copied into a block from elsewhere on the page, by block number; offsets in code points.
    pub grafts: BTreeMap<u32, Vec<Graft>>,
    /// What was decided between blocks, in page order.
    pub decisions: Vec<Decision>,
}

/// What a decision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// Whether running text without headline begins a story.
    Break,
    /// Whether a caption stands for itself.
    Picture,
    /// Whether the sentence before goes on in the block.
    Join,
}

/// A yes or no between two blocks, with the signs that decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What it is about.
    pub kind: DecisionKind,
    /// Index of the block of running text before, in the story that was collected.
    pub before: Option<usize>,
    /// Index of the block.
    pub at: usize,
    /// The signs seen, as numbers of the model.
    pub signs: Set,
    /// Points; above 0 is yes.
    pub points: f32,
}

/// The blocks of a page. Never fails; a page without text has no blocks.
pub fn blocks(page: &SourcePage) -> Vec<Block> {
    let block = |line: &Line| Block { number: line.number, line: line.place, text: line.text.clone() };
    page.lines.iter().map(block).collect()
}

/// What a feature of a label says, in words; empty for what is no feature.
pub fn feature_words(name: &str) -> &'static str {
    features::described(name)
}

/// Labels the blocks of a page, one label a block.
pub fn label(blocks: &[Block]) -> Vec<BlockLabel> {
    label_with(blocks, Weights::shared())
}

/// Labels the blocks of a page and cuts it into stories.
pub fn read(blocks: &[Block]) -> (Vec<BlockLabel>, Cut) {
    let (views, rarity) = view::views(blocks);
    let labels = label::label(&views, Weights::shared());
    let cut = cut_views(blocks, &views, &rarity, &labels, Weights::shared());
    (labels, cut)
}

/// Labels the blocks of a page by other weights than those of the table.
pub fn label_with(blocks: &[Block], weights: &Weights) -> Vec<BlockLabel> {
    label::label(&view::views(blocks).0, weights)
}

/// The features of each block, as numbers of the model: what a trainer of weights learns from.
pub fn features(blocks: &[Block]) -> Vec<Set> {
    let views = view::views(blocks).0;
    (0..views.len()).map(|at| features::features(&views, at)).collect()
}

/// The names of the model's parts, in the order of their numbers: features, signs of joins, of breaks, of pictures.
pub fn names() -> [Vec<&'static str>; 4] {
    [
        features::FEATURES.iter().map(|feature| feature.0).collect(),
        stitch::JOINS.iter().map(|sign| sign.0).collect(),
        breaks::BREAKS.iter().map(|sign| sign.0).collect(),
        breaks::PICTURES.iter().map(|sign| sign.0).collect(),
    ]
}

/// Cuts a labelled page into stories by given weights. A block without a label is a remainder.
pub fn cut_with(blocks: &[Block], labels: &[BlockLabel], weights: &Weights) -> Cut {
    let (labelled, rest) = blocks.split_at(blocks.len().min(labels.len()));
    let (views, rarity) = view::views(labelled);
    let mut cut = cut_views(labelled, &views, &rarity, &labels[..labelled.len()], weights);
    cut.remainders.extend(rest.iter().map(|block| block.number));
    cut
}

fn cut_views(blocks: &[Block], views: &[View], rarity: &Rarity, labels: &[BlockLabel], weights: &Weights) -> Cut {
    let repeats = repeats::Repeats::of(views);
    let copied = repeats.copied(blocks.len());
    let links = stitch::Links::new(views, weights);
    let stories::Drafts { mut drafts, remainders, decisions } =
        stories::drafts(views, rarity, &copied, labels, weights, &links);
    let grafts = grafts::grafts(blocks, &repeats, &drafts, rarity);
    fragments::link(&mut drafts, &fragments::Page { blocks, views, labels, links: &links, grafts: &grafts });
    let composer =
        compose::Composer { blocks, labels, views, weights, links: &links, grafts: &grafts, decisions: &decisions };
    let stories = composer.stories(drafts);
    let mut remainders: Vec<u32> = remainders.iter().map(|&at| blocks[at].number).collect();
    remainders.sort_unstable();
    let grafts = grafts.into_iter().map(|(at, list)| (blocks[at].number, list)).collect();
    Cut { stories, remainders, grafts, decisions }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Label};

    fn cut_of(text: &str) -> (Vec<Block>, Vec<BlockLabel>, Cut) {
        let blocks = blocks(&SourcePage::of_text(text));
        let (labels, cut) = read(&blocks);
        (blocks, labels, cut)
    }

    /// A small page of our own: masthead, stack, column cut, caption inside, untitled story, digest, editors.
    const SMALL: &str = "\u{FEFF}晨星职工报 2012年6月8日 星期五 第2版\r\n\r\n\
        头顶烈日 心有清泉\r\n\
        松江市总工会给高温岗位送去消暑物资\r\n\
        ——全市一百二十个工地走访小记\r\n\
        本报讯(记者石小川)6月5日上午,松江市总工会副主席白小\r\n\
        楼带着三十箱绿豆汤和两百顶草帽来到滨河路工地,把它们交到工友们手里。\r\n\
        工友们说,往年六月里最难熬的就是下午两点到四点这一段,今年项目部把这一段空了出来,大家都睡上了午觉,一线职\r\n\
        图为松江市总工会工作人员在工地分发草帽。石小川 摄\r\n\
        工的精神头也足了。\r\n\
        本报讯(通讯员郑小禾)河口镇一家毛巾厂的女工小娟怀孕以后被调离夜班,工资一分没少。镇工会说,这一条写进了去年签的集体合同。\r\n\
        工会短波\r\n\
        ●青石区总工会在三个农贸市场设立饮水点,每天供应凉茶六百杯,环卫工可以随到随喝。\r\n\
        ●云溪区总工会组织二十名理发师到养护站,给九十名养路工免费理发。\r\n\
        本版编辑 叶 青 新闻热线 5550100\r\n";

    fn story(cut: &Cut, block: u32) -> &Story {
        let holds = |story: &&Story| story.body.iter().any(|p| p.blocks.contains(&block));
        cut.stories.iter().find(holds).expect("a story holds the block")
    }

    #[test]
    fn a_page_is_cut_completely() {
        let (blocks, labels, cut) = cut_of(SMALL);
        assert_eq!(labels.len(), blocks.len());
        assert_eq!(cut.remainders, [1, 14]);
        assert_eq!(cut.stories.len(), 4);
        assert_eq!(labels[3].label, Label::Subtitle);
        assert!(labels.iter().all(|label| label.score > 0.0 && label.score <= 1.0));
    }

    #[test]
    fn a_headline_stack_has_its_parts() {
        let (_, _, cut) = cut_of(SMALL);
        let first = &cut.stories[0];
        assert_eq!(first.kicker, "头顶烈日 心有清泉");
        assert_eq!(first.title, "松江市总工会给高温岗位送去消暑物资");
        assert_eq!(first.subtitle, "——全市一百二十个工地走访小记");
        assert_eq!(first.head_blocks, [2, 3, 4]);
        assert!(first.reasons[0].starts_with("第3块像标题:"), "{:?}", first.reasons);
    }

    #[test]
    fn a_cut_sentence_is_joined_across_a_caption() {
        let (_, _, cut) = cut_of(SMALL);
        let first = &cut.stories[0];
        assert!(first.body[0].text.contains("白小楼带着"));
        assert_eq!(first.body[1].blocks, [7, 9]);
        assert!(first.body[1].text.contains("一线职工的精神头"));
        assert_eq!(first.captions[0].blocks, [8]);
        assert!(first.reasons.iter().any(|reason| reason == "第7块的最后一词被分栏切开,接第9块"));
    }

    #[test]
    fn a_dateline_begins_a_story_without_title() {
        let (_, _, cut) = cut_of(SMALL);
        let untitled = story(&cut, 10);
        assert_eq!((untitled.title.as_str(), untitled.body.len()), ("", 1));
    }

    #[test]
    fn bullets_are_briefs_under_one_column() {
        let (_, _, cut) = cut_of(SMALL);
        for block in [12, 13] {
            let brief = story(&cut, block);
            assert_eq!((brief.kind, brief.column.as_str()), (Kind::Brief, "工会短波"));
        }
        assert_eq!(story(&cut, 12).head_blocks, [11]);
    }

    #[test]
    fn a_caption_alone_is_a_photo() {
        let page = "王庄煤矿工会办起夜校\n本报讯(记者石小川)王庄煤矿工会上月办起夜校,矿工下班以后可以学电工、学电脑,已有三百人报名。\n\
            6月3日,青石区举行职工龙舟赛,十二支队伍参加。图为选手奋力划桨。郑小禾 摄\n河口镇成立货运司机工会\n\
            本报讯(通讯员郑小禾)河口镇货运司机工会近日成立,首批入会的有四百名司机,办公室设在镇北的停车场里。\n";
        let (_, _, cut) = cut_of(page);
        assert_eq!(cut.stories.len(), 3);
        assert_eq!((cut.stories[1].kind, cut.stories[1].captions.len()), (Kind::Photo, 0));
        assert_eq!(cut.stories[2].title, "河口镇成立货运司机工会");
    }

    #[test]
    fn marks_of_continuation_are_remainders() {
        let page = "(上接第1版)\n工地上的饮水点还要再添二十处,由各区总工会负责,月底以前完成。松江市总工会将逐处验收。\n(下转第4版)\n";
        let (_, _, cut) = cut_of(page);
        assert_eq!((cut.remainders.as_slice(), cut.stories[0].kind), ([1, 3].as_slice(), Kind::Continuation));
    }

    #[test]
    fn every_weight_names_a_feature_and_labels() {
        let table = crate::tables::layout();
        let label_named = |name: &String| Label::ALL.iter().any(|label| label.name() == name);
        for (name, weights) in &table.features {
            assert!(features::FEATURES.iter().any(|feature| feature.0 == name), "{name}");
            assert!(weights.keys().all(label_named), "{name}");
        }
        assert!(features::FEATURES.iter().all(|feature| table.features.contains_key(feature.0)));
        assert!(table.transitions.iter().all(|(from, to)| label_named(from) && to.keys().all(label_named)));
    }
}
