//! Pages to articles: hand-made answers, composed pages, and texts that are no pages at all.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::layout::{PageLayout, read};
use baoku::model::{Label, SourcePage};
use std::collections::BTreeSet;
use std::path::PathBuf;
use support::composed::compose::{Composer, Dice, Print, print};
use support::composed::pages::{self, Page};
use support::composed::score::Score;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The score of some pages, printed.
fn score(name: &str, pages: &[Page]) -> [f64; 4] {
    let mut score = Score::default();
    pages.iter().for_each(|page| score.add(page, &read(&page.source())));
    println!("{name}: {}", score.row());
    let [bcubed, exact, title] = score.figures();
    [bcubed, exact, title, score.join()]
}

/// B-cubed F1, exact articles, titles and joins, each against its floor.
fn assert_at_least(figures: [f64; 4], floors: [f64; 4]) {
    assert!(figures.iter().zip(floors).all(|(figure, floor)| *figure >= floor), "{figures:?} under {floors:?}");
}

/// The weights were learned from these pages too: what they are worth on others is in `benches/results`.
#[test]
fn the_union_pages_are_cut_as_a_reader_cuts_them() {
    let pages = pages::folder(&root().join("../shared/pages"));
    if pages.is_empty() {
        return support::skip("../shared/pages is missing");
    }
    assert_at_least(score("union pages", &pages), [0.97, 0.9, 0.94, 0.97]);
}

/// Learned from as well.
#[test]
fn the_sample_pages_are_cut_nearly_as_a_reader_cuts_them() {
    assert_at_least(score("sample pages", &pages::samples(&root())), [0.97, 0.93, 0.98, 0.95]);
}

/// Articles of the press, composed into pages, as paragraphs and as printed lines; without items of digests, which do not stand
/// among other articles without their label.
#[test]
fn composed_pages_are_cut_well_in_every_form() {
    let articles = root().join("tests/press/articles");
    let stories: Vec<_> = ["a", "c", "d", "g"]
        .iter()
        .flat_map(|name| pages::written(&articles.join(format!("{name}.jsonl")), 0))
        .filter(|story| story.parts.iter().any(|part| part.0 == Label::Title))
        .collect();
    let composer = Composer { stories: stories.iter().collect(), furniture: &[], plain: true, spared: Vec::new() };
    let composed = composer.pages(60, &mut Dice(4242));
    // Of the half that no trainer reads nothing stands here, so joins are few.
    assert_at_least(score("paragraphs", &composed), [0.98, 0.96, 0.96, 0.92]);
    for (width, indent, floors) in [
        (12, true, [0.96, 0.86, 0.86, 0.98]),
        (18, true, [0.975, 0.91, 0.9, 0.98]),
        (25, false, [0.975, 0.905, 0.92, 0.97]),
    ] {
        let how = Print { width, indent, kinsoku: true, indent_rest: false };
        let printed: Vec<Page> = composed.iter().map(|page| print(page, how)).collect();
        assert_at_least(score(&format!("lines of {width}"), &printed), floors);
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every line is in one story or in the remainders, and every passage is its lines.
fn assert_complete(text: &str) {
    let page = SourcePage::of_text(text);
    let PageLayout { blocks, labels, cut, .. } = read(&page);
    assert_eq!(labels.len(), blocks.len());
    let mut seen = cut.remainders.clone();
    for story in &cut.stories {
        let passages = story.body.iter().filter(|p| !p.subhead).chain(&story.captions);
        seen.extend(passages.flat_map(|p| p.blocks.iter().copied()).chain(story.head_blocks.iter().copied()));
        for passage in story.body.iter().chain(&story.captions) {
            let joined: String = passage.blocks.iter().map(|&n| page.lines[n as usize - 1].text.as_str()).collect();
            assert_eq!(squeezed(&passage.text), squeezed(&joined));
            let length = passage.text.chars().count();
            assert!(passage.grafts.iter().all(|graft| graft.start < graft.end && graft.end <= length));
            assert!(passage.grafts.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, (1..=page.lines.len() as u32).collect::<Vec<u32>>());
}

/// The lines of the sample pages.
fn sample_lines() -> Vec<Vec<String>> {
    let text = |page: &Page| page.rows.iter().map(|row| row.text.clone()).collect();
    pages::samples(&root()).iter().map(text).collect()
}

#[test]
fn parts_of_pages_are_cut_completely() {
    for lines in sample_lines().iter().take(3) {
        for step in 1..lines.len() {
            let turned: Vec<&str> = (0..lines.len()).map(|i| lines[i * step % lines.len()].as_str()).collect();
            [turned.join("\n"), lines[..step].join("\n"), lines[step..].join("\n")]
                .iter()
                .for_each(|page| assert_complete(page));
        }
    }
    for page in ["", "。", "(", "((上接", "□", "—— ", "●\n●\n▲", "摄\n摄", "1\n2\n3", "abc\n\u{1F600}", "一、\n(一)\n“"]
    {
        assert_complete(page);
    }
}

/// Pages whose blocks are of many lines.
#[test]
fn printed_pages_are_cut_completely() {
    for page in pages::samples(&root()) {
        for (width, indent, kinsoku) in [(9, true, false), (18, true, true), (25, false, true)] {
            let printed = print(&page, Print { width, indent, kinsoku, indent_rest: false });
            let lines: Vec<&str> = printed.rows.iter().map(|row| row.text.as_str()).collect();
            assert_complete(&lines.join("\n"));
        }
    }
}

#[test]
fn the_known_pages_are_cut_completely() {
    let folder = root().join("../shared/pages");
    let Ok(files) = std::fs::read_dir(&folder) else {
        return support::skip("../shared/pages is missing");
    };
    for path in files.flatten().map(|file| file.path()).filter(|path| path.extension().is_some_and(|x| x == "txt")) {
        assert_complete(&std::fs::read_to_string(path).unwrap());
    }
}

#[test]
fn any_bytes_are_cut_completely() {
    let mut dice = Dice(7);
    for round in 0..200 {
        let bytes: Vec<u8> = (0..dice.below(3000)).map(|_| dice.below(256) as u8).collect();
        assert_complete(&String::from_utf8_lossy(&bytes));
        if let Ok(decoded) = baoku::corpus::decode(bytes, None) {
            assert_complete(&decoded.text);
        }
        let marks: Vec<char> =
            "。,、:;!?“”‘’()《》「」【】□■●▲—…·\n\u{3000} 一二三(上接第1版)(下转)图为摄本报讯记者工会1.9年月日"
                .chars()
                .collect();
        let text: String = (0..dice.below(1500) + round).map(|_| dice.of(&marks)).collect();
        assert_complete(&text);
    }
}

/// Lines of real words in any order, so that every rule meets every other one.
#[test]
fn shuffled_pages_are_cut_completely() {
    let lines: Vec<String> = sample_lines().concat();
    let mut dice = Dice(11);
    for _ in 0..100 {
        let page: Vec<&str> = (0..dice.below(60)).map(|_| lines[dice.below(lines.len())].as_str()).collect();
        assert_complete(&page.join("\n"));
        let cut: Vec<String> = page.iter().map(|line| line.chars().skip(dice.below(9)).collect()).collect();
        assert_complete(&cut.join("\n"));
    }
}

/// Texts longer than any page, of every shape that a rule could take much time over: a rule whose time grows with the
/// square of the lines takes many times the bound (all of it is some 20 seconds).
#[test]
fn texts_without_measure_are_cut_completely_in_linear_time() {
    let start = std::time::Instant::now();
    assert_complete(&"工会送温暖到困难职工家中,".repeat(280_000));
    assert_complete(&"哈".repeat(3_000_000));
    for line in
        ["工\n", "。\n", "市总工会慰问一线职工\n", "(上接第1版)\n工会\n(下转第2版)\n", "图为慰问现场。王小河 摄\n"]
    {
        assert_complete(&line.repeat(30_000));
    }
    let caption = "图为慰问现场。王小河 摄\n".repeat(30_000);
    assert_complete(&format!("{}本报讯(记者王小河)近日,市总工会慰问职工。", "市总工会慰问一线职工\n".repeat(30_000)));
    assert_complete(&format!("本报讯(记者王小河)近日,市总工会慰问职工,送去\n{caption}"));
    assert_complete(&format!("慰问\n{}", "工地上\n图为慰问现场。王小河 摄\n".repeat(10_000)));
    assert_complete(&"图为慰问现场。王小河 摄\n正文没有说完的一句话在这里断开\n".repeat(10_000));
    assert_complete(&"本报讯(记者王小河)近日,市总工会慰问职工。\n标题一行\n".repeat(10_000));
    assert!(start.elapsed().as_secs() < 240, "{:?}", start.elapsed());
}

#[test]
fn a_copied_run_is_named_and_its_owner_told() {
    let run = "社区里的三十名家政女工每周二晚上到街道工会的教室里学做月子餐和小儿推拿,学满四十个课时的由人社部门发证,工会再送每人一份意外险";
    let page = format!(
        "家政女工夜校开班\n本报讯(记者王小河)5月6日,青石区总工会办的家政女工夜校开班。{run}。\n\
         报名的女工说,学费全免,教室离家又近,这样的夜校早就该办。\n\
         渡口有了候工亭\n本报讯(记者石大川)搬运工在渡口等活,从前风吹日晒。上月,区总工会在三个渡口各建一座候{run}工亭,亭里有热水和插座。\n"
    );
    let cut = read(&SourcePage::of_text(&page)).cut;
    let list = &cut.grafts[&5];
    assert_eq!((cut.grafts.len(), list.len(), list[0].owner), (1, 1, 2));
    let grafted: String = SourcePage::of_text(&page).lines[4]
        .text
        .chars()
        .skip(list[0].start)
        .take(list[0].end - list[0].start)
        .collect();
    assert_eq!(grafted, run);
    let own: BTreeSet<&str> = cut.stories[1].body[0].own_parts().into_iter().collect();
    assert!(own.iter().all(|part| !part.contains("家政女工")) && own.iter().any(|part| part.starts_with("工亭")));
}

#[test]
fn a_story_in_two_pieces_is_one() {
    let page = "老船工的新灯塔\n□本报记者 石大川\n\
        凌晨四点,周海生划着小船去换灯。他在青螺礁守了三十一年灯,妻子林阿香每天把饭送到渡口。周海生说,灯一灭,夜里回港的渔\n\
        候工亭里有热水\n本报讯(记者王小河)上月,区总工会在三个渡口各建一座候工亭,亭里有热水和插座,搬运工再不用淋雨等活。\n\
        (上接第1版)\n船就找不着家。青螺礁去年换了太阳能灯,周海生还是每天去看一眼。林阿香把这些年的饭票都留着,说要给孙子看青螺礁是怎么亮的。\n";
    let cut = read(&SourcePage::of_text(page)).cut;
    assert_eq!(cut.stories.len(), 2);
    assert_eq!(cut.stories[0].body[0].blocks, [3, 7]);
    assert_eq!(cut.remainders, [6]);
}

#[test]
fn a_column_label_is_kept_as_printed() {
    let text = "第一讀者來了。港務局工會請退休的老船長給青年工人講課,每週一講,已經講了十二講,場場坐滿。";
    let page =
        format!("老船長開講\n本報訊(記者石大川)近日,{text}\n工匠風采\n周海生守燈三十年\n□本報記者 石大川\n{text}\n");
    let cut = read(&SourcePage::of_text(&page)).cut;
    assert!(cut.stories.iter().any(|story| story.column == "工匠風采"), "{:?}", cut.stories);
}
