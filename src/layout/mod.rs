//! Source page → labelled blocks → stories, with the reason for each cut.
//!
//! [`read`] takes the lines of a page; it gathers them into blocks (`reflow`), gives each block a label and says where an article
//! begins (`labels`: two looks by a chain model), and collects the articles (`stories`): which runs are printed twice
//! (`repeats`, `grafts`), which pieces that stand apart are one story (`fragments`), what the paragraphs are (`stitch`), the
//! headline and the kind (`compose`, `kind`). Nothing is dropped: each line is in exactly one story or in the remainders of
//! the page. Time is linear in the page.
//!
//! What a model sees of a block: `view` (the block by itself; `forms`, `fold`), `pairs` (words in common), `seam` (a word that
//! reaches over), `features` (first look), `second_pass` (second look). `crf` is the model, `states` what it tells, `feature_words`
//! what its features say in Chinese. Weights are tables, made by `benches/layout_models`.

mod compose;
mod crf;
mod feature_words;
mod features;
mod fold;
mod forms;
mod fragments;
mod grafts;
mod kind;
mod labels;
mod models;
mod order;
mod pair_slot;
mod pairs;
mod reflow;
mod repeats;
mod seam;
mod second_pass;
mod states;
mod stitch;
mod stories;
mod story_builder;
mod training;
mod view;

pub use crf::{Crf, DecodedStates, FeatureSink, Features, Marginals};
pub use feature_words::feature_words;
pub use labels::OPENS_BY_FORM;
pub use models::{CalibratedOutput, Models};
pub use reflow::{Flow, FlowForm};
pub use states::{BlockState, LINE_STATES, STATES, state_of};
pub use training::{blocks, first_look, line_look, lines, second_look};

use crate::model::{Block, BlockLabel, Graft, SourcePage, Story};
use pairs::PairRarity;
use reflow::ReflowedPage;
use std::collections::BTreeMap;
use view::BlockView;

/// What was made of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageLayout {
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
    /// A label for each block.
    pub labels: Vec<BlockLabel>,
    /// Its articles.
    pub cut: Segmentation,
    /// How its lines became blocks, region by region, with the reason.
    pub flows: Vec<Flow>,
}

/// The stories of a page, and the blocks that belong to none. All numbers are numbers of lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Segmentation {
    /// Stories, in page order.
    pub stories: Vec<Story>,
    /// Numbers of the lines in no story: furniture, continuation marks, headlines without text.
    pub remainders: Vec<u32>,
    /// Runs that were copied into a block from elsewhere on the page, by the number of the block; offsets in code points.
    pub grafts: BTreeMap<u32, Vec<Graft>>,
}

/// Cuts a page into stories. Never fails; a page without text has none.
pub fn read(page: &SourcePage) -> PageLayout {
    read_with(page, Models::shared())
}

/// Cuts a page into stories by other models than those of the tables.
pub fn read_with(page: &SourcePage, models: &Models) -> PageLayout {
    let ReflowedPage { blocks, flows } = reflow::reflow(page, &models.lines);
    let views = BlockView::all(&blocks);
    let rarity = PairRarity::from_views(&views);
    let mut labels = labels::labels(&views, &rarity, models);
    let (cut, opened) = cut(&blocks, &views, &rarity, &labels);
    opened.into_iter().for_each(|at| labels::open_by_form(&mut labels[at], models));
    PageLayout { blocks, labels, cut, flows }
}

/// The stories, and the blocks with which one begins by its form.
fn cut(
    blocks: &[Block],
    views: &[BlockView],
    rarity: &PairRarity,
    labels: &[BlockLabel],
) -> (Segmentation, Vec<usize>) {
    let stories::StoryBuilders { mut drafts, remainders, opened } = stories::drafts(views, labels);
    let repeats = repeats::Repeats::find_in(views);
    let grafts = grafts::grafts(blocks, &repeats, &drafts, rarity);
    fragments::link(&mut drafts, &fragments::FragmentPage { blocks, views, labels, grafts: &grafts });
    let composer = compose::StoryComposer { blocks, labels, views, grafts: &grafts };
    let mut stories = composer.stories(drafts);
    stories.iter_mut().for_each(|story| number_lines(story, blocks));
    let lines = |number: u32| blocks[number as usize - 1].lines.iter().copied();
    let mut remainders: Vec<u32> = remainders.iter().flat_map(|&at| blocks[at].lines.iter().copied()).collect();
    remainders.sort_unstable();
    let first_line = |graft: Graft| Graft { owner: lines(graft.owner).next().unwrap_or(graft.owner), ..graft };
    let by_number = |(at, list): (usize, Vec<Graft>)| (blocks[at].number, list.into_iter().map(first_line).collect());
    (Segmentation { stories, remainders, grafts: grafts.into_iter().map(by_number).collect() }, opened)
}

/// Puts the numbers of lines where those of blocks stand: outside, every place in the source is told by its line.
fn number_lines(story: &mut Story, blocks: &[Block]) {
    let lines = |numbers: &[u32]| -> Vec<u32> {
        numbers.iter().flat_map(|number| blocks[*number as usize - 1].lines.iter().copied()).collect()
    };
    story.head_blocks = lines(&story.head_blocks);
    story.head_blocks.sort_unstable();
    for passage in story.body.iter_mut().chain(&mut story.captions) {
        passage.blocks = lines(&passage.blocks);
        for graft in &mut passage.grafts {
            graft.owner = blocks[graft.owner as usize - 1].lines.first().copied().unwrap_or(graft.owner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleKind, Label};
    use crate::model::{CutCode, CutReason};

    fn cut_of(text: &str) -> (Vec<Block>, Vec<BlockLabel>, Segmentation) {
        let PageLayout { blocks, labels, cut, .. } = read(&SourcePage::of_text(text));
        (blocks, labels, cut)
    }

    /// A small page of our own: masthead, stack, column cut, caption inside, untitled story, digest, editors.
    const SMALL: &str = "\u{FEFF}晨星职工报 2012年6月8日 星期五 第2版\r\n\r\n\
        入夏以来最热的一天——\r\n\
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

    fn story(cut: &Segmentation, block: u32) -> &Story {
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
        assert_eq!(first.kicker, "入夏以来最热的一天——");
        assert_eq!(first.title, "松江市总工会给高温岗位送去消暑物资");
        assert_eq!(first.subtitle, "——全市一百二十个工地走访小记");
        assert_eq!(first.head_blocks, [2, 3, 4]);
        let CutReason { code, arguments } = &first.reasons[0];
        assert!(code == CutCode::Headline.name() && arguments[0] == "3" && arguments.len() > 1, "{:?}", first.reasons);
    }

    #[test]
    fn a_cut_sentence_is_joined_across_a_caption() {
        let (_, _, cut) = cut_of(SMALL);
        let first = &cut.stories[0];
        assert!(first.body[0].text.contains("白小楼带着"));
        assert_eq!(first.body[1].blocks, [7, 9]);
        assert!(first.body[1].text.contains("一线职工的精神头"));
        assert_eq!(first.captions[0].blocks, [8]);
        assert!(first.reasons.contains(&CutReason::new(CutCode::WordSplit, [7, 9])));
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
            assert_eq!((brief.kind, brief.column.as_str()), (ArticleKind::Brief, "工会短波"));
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
        assert_eq!((cut.stories[1].kind, cut.stories[1].captions.len()), (ArticleKind::Photo, 0));
        assert_eq!(cut.stories[2].title, "河口镇成立货运司机工会");
    }

    /// A picture of its own stood between the halves of a sentence, and the second half became the picture's story.
    #[test]
    fn a_sentence_goes_on_over_a_picture_of_its_own() {
        let page = "一根断了的钢丝绳\n本报讯(记者石小川)六月里的一个雨天,一位拄拐杖的汉子推开松江市总工会法律援助站的门,他在采石场开绞车受了伤。\n\
            八月底,劳动能力鉴定委员会评定他为八级伤残,经过两次开庭,仲裁委裁决采石场支付\n\
            图为9月10日,河口镇毛巾厂工会组织职工制作月饼,分送给在厂过中秋的外来务工人员。郑小禾 摄\n\
            各项待遇六万两千元。钱到手那天,他请援助站的人吃了一碗羊肉汤。\n";
        let (_, _, cut) = cut_of(page);
        let story = story(&cut, 5);
        assert_eq!(story.title, "一根断了的钢丝绳");
        assert_eq!(story.body.last().map(|passage| passage.blocks.clone()), Some(vec![3, 5]));
    }

    /// 转…版 was taken for a mark of continuation.
    #[test]
    fn a_headline_that_ends_with_an_edition_is_no_mark() {
        for (text, mark) in [
            ("(上接第1版)", true),
            ("▲下转A4版", true),
            ("（紧接第三版）", true),
            ("老矿区转型升级版", false),
            ("接地气的新版手册", false),
            ("转型升级3版", false),
        ] {
            assert_eq!(stories::is_mark(&BlockView::from_text(text)), mark, "{text}");
        }
    }

    #[test]
    fn marks_of_continuation_are_remainders() {
        let page = "(上接第1版)\n工地上的饮水点还要再添二十处,由各区总工会负责,月底以前完成。松江市总工会将逐处验收。\n(下转第4版)\n";
        let (_, _, cut) = cut_of(page);
        assert_eq!((cut.remainders.as_slice(), cut.stories[0].kind), ([1, 3].as_slice(), ArticleKind::Continuation));
    }

    /// The text pages of the sample archive that are UTF-8, and the small page.
    fn sample_pages() -> Vec<SourcePage> {
        let files =
            walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).into_iter().map(Result::unwrap);
        let pages = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "txt"));
        let texts = pages.filter_map(|file| std::fs::read_to_string(file.path()).ok());
        texts.chain([SMALL.to_owned()]).map(|text| SourcePage::of_text(&text)).collect()
    }

    /// A name in the tables that the code never gives would be a weight for nothing.
    #[test]
    fn every_family_of_features_is_seen_somewhere() {
        let family = |name: &str| name.split(['=', '|', '@']).next().unwrap_or_default().to_owned();
        let (pages, mut seen) = (sample_pages(), std::collections::BTreeSet::new());
        assert!(pages.len() >= 20, "{} sample pages", pages.len());
        for page in &pages {
            let blocks = blocks(page, &Models::shared().lines);
            first_look(&blocks, &mut |_, name, _| _ = seen.insert(family(name)));
            let told =
                DecodedStates { path: vec![0; blocks.len()], marginals: vec![0.05; blocks.len() * STATES.len()] };
            second_look(&blocks, &told, &mut |_, name, _| _ = seen.insert(family(name)));
        }
        // Only pages with boxes, and words that the samples happen not to have, give these.
        let others = ["size", "span", "set:", "f:", "s:", "quoted", "unbalanced"];
        let known = |name: &String| seen.contains(name) || others.iter().any(|start| name.starts_with(start));
        for chain in [&Models::shared().blocks, &Models::shared().articles] {
            let unknown: Vec<String> =
                chain.names.iter().map(|name| family(name)).filter(|name| !known(name)).collect();
            assert!(unknown.is_empty(), "{unknown:?}");
        }
    }
}
