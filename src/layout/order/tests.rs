//! Small pages made by hand. Boxes are in ten-thousandths of the page's width; a size of type is 100 unless told.

use super::*;

/// The regions of a page in reading order.
fn regions(page: &SourcePage) -> Vec<ReadingRegion> {
    read(page).regions
}

use crate::model::{Direction, Line, Shape, ShapeKind, SourceHint};

fn line(text: &str, left: i32, top: i32, right: i32, bottom: i32) -> Line {
    let direction = if bottom - top > right - left { Direction::Vertical } else { Direction::Horizontal };
    Line { text: text.to_owned(), area: Some(Area { left, top, right, bottom }), direction, ..Line::default() }
}

/// Lines of a column of 20 characters: paragraphs of five lines, the first indented, the last short.
fn column(name: char, left: i32, top: i32, count: i32) -> Vec<Line> {
    let text: String = std::iter::repeat_n(name, 20).collect();
    let row = |at: i32| {
        let (indent, short) = (if at % 5 == 0 { 200 } else { 0 }, if at % 5 == 4 { 800 } else { 0 });
        let used: String = text.chars().take(((2000 - indent - short) / 100) as usize).collect();
        line(&used, left + indent, top + 150 * at, left + 2000 - short, top + 150 * at + 100)
    };
    (0..count).map(row).collect()
}

fn page(mut lines: Vec<Line>) -> SourcePage {
    (1..).zip(&mut lines).for_each(|(number, line)| line.number = number);
    SourcePage { number: 1, lines, ..SourcePage::default() }
}

/// The same page as plain OCR gives it: from top to bottom across all columns.
fn as_ocr(mut page: SourcePage) -> SourcePage {
    page.lines.sort_by_key(|line| line.area.map(|area| (area.top / 20, area.left)));
    page
}

/// The first characters of the lines in reading order, runs of equal ones once.
fn order(page: &SourcePage) -> String {
    let mut seen: Vec<char> = regions(page)
        .iter()
        .flat_map(|region| &region.lines)
        .filter_map(|&line| page.lines[line].text.chars().next())
        .collect();
    seen.dedup();
    seen.into_iter().collect()
}

/// A headline over two columns, and another over two below.
fn two_stories() -> SourcePage {
    let mut lines = vec![line("题目在上的一行大字", 1600, 1000, 3400, 1200)];
    lines.extend(column('甲', 400, 1400, 8));
    lines.extend(column('乙', 2520, 1400, 8));
    lines.push(line("目下面另外一行大字", 1600, 2900, 3400, 3100));
    lines.extend(column('丙', 400, 3300, 8));
    lines.extend(column('丁', 2520, 3300, 8));
    page(lines)
}

#[test]
fn columns_follow_under_their_headline() {
    for page in [two_stories(), as_ocr(two_stories())] {
        assert_eq!(order(&page), "题甲乙目丙丁");
        let read = read(&page);
        let head = &read.regions[0];
        assert_eq!((head.lines.len(), head.columns, head.headline), (1, 2, true));
        assert_eq!(read.regions[1].columns, 1);
    }
}

#[test]
fn places_tell_of_columns() {
    let page = as_ocr(two_stories());
    let read = read(&page);
    let at = |text: char, nth: usize| {
        let lines = || page.lines.iter().enumerate().filter(|(_, line)| line.text.starts_with(text));
        read.places[lines().nth(nth).unwrap().0]
    };
    let (first, second) = (at('乙', 0), at('乙', 1));
    assert_eq!((first.column_left, first.column_right, first.indent), (2520, 4520, 200));
    assert_eq!((second.indent, second.gap_above, second.size, second.span), (0, 1.0, 100, 1));
    assert_eq!((first.reversed_order, second.reversed_order, at('题', 0).span), (true, false, 2));
    assert!(!first.in_frame && !first.near_picture && !first.centred);
}

#[test]
fn a_slanted_scan_is_read_the_same() {
    let mut page = two_stories();
    for area in page.lines.iter_mut().filter_map(|line| line.area.as_mut()) {
        let (x, y) = ((area.left + area.right) / 2, (area.top + area.bottom) / 2);
        let (dx, dy, grow) = (-y / 90, x / 90, area.width() / 180);
        *area = Area {
            left: area.left + dx,
            right: area.right + dx,
            top: area.top + dy - grow,
            bottom: area.bottom + dy + grow,
        };
    }
    assert_eq!(order(&as_ocr(page)), "题甲乙目丙丁");
}

#[test]
fn a_vertical_page_goes_from_right_to_left() {
    let turn = |line: Line| {
        let area = line.area.map(|a| Area { left: 9000 - a.bottom, right: 9000 - a.top, top: a.left, bottom: a.right });
        Line { area, direction: Direction::Vertical, ..line }
    };
    let lines: Vec<Line> = two_stories().lines.into_iter().map(turn).collect();
    let mut shuffled = lines.clone();
    shuffled.reverse();
    for lines in [lines, shuffled] {
        assert_eq!(order(&page(lines)), "题甲乙目丙丁");
    }
}

#[test]
fn a_boxed_story_is_one_piece() {
    let mut lines = vec![line("题目在上的一行大字", 1600, 1000, 5400, 1200)];
    lines.extend(column('甲', 400, 1400, 20));
    lines.extend(column('乙', 2520, 1400, 6));
    lines.extend(column('丙', 4640, 1400, 20));
    lines.push(line("框里的题", 2900, 2600, 4100, 2760));
    lines.extend(column('丁', 2520, 2900, 10));
    let mut page = page(lines);
    let area = Area { left: 2460, top: 2500, right: 4580, bottom: 4450 };
    page.shapes = vec![Shape { kind: ShapeKind::Frame, area }];
    let read = read(&as_ocr(page.clone()));
    assert!(order(&as_ocr(page)).contains("框丁"), "the story stands together");
    assert_eq!(read.places.iter().filter(|place| place.in_frame).count(), 11);
}

#[test]
fn the_source_is_heard_where_it_goes_along_columns() {
    let columns = |names: [char; 3]| {
        let left = |name| 400 + 2120 * i32::from(name == '乙') + 4240 * i32::from(name == '丙');
        page(names.into_iter().flat_map(|name| column(name, left(name), 1000, 10)).collect())
    };
    assert_eq!(order(&columns(['甲', '乙', '丙'])), "甲乙丙");
    let mut stated = as_ocr(columns(['甲', '乙', '丙']));
    for line in &mut stated.lines {
        let order = "甲乙丙".chars().position(|name| line.text.starts_with(name)).map(|at| at as u32 + 1);
        line.mark = Some(SourceHint { order, ..SourceHint::default() });
    }
    assert!(read(&stated).places.iter().all(|place| !place.reversed_order), "blocks in the order of the source");
    assert!(read(&as_ocr(columns(['甲', '乙', '丙']))).places.iter().any(|place| place.reversed_order));
}

#[test]
fn few_lines_are_no_difficulty() {
    assert!(regions(&SourcePage::default()).is_empty());
    let one = page(vec![line("甲", 100, 100, 200, 200)]);
    assert_eq!((order(&one), read(&one).places.len()), ("甲".to_owned(), 1));
    let plain = SourcePage::of_text("甲\n乙\n");
    assert_eq!((order(&plain), regions(&plain).len()), ("甲乙".to_owned(), 1));
}

#[test]
fn lines_without_a_box_stay_behind_the_line_before() {
    let mut page = two_stories();
    page.lines.insert(0, Line { text: "首".to_owned(), ..Line::default() });
    page.lines.insert(4, Line { text: "无".to_owned(), ..Line::default() });
    assert_eq!(order(&page), "首题甲无甲乙目丙丁");
}

#[test]
fn every_line_is_read_once_whatever_its_box() {
    let odd = [(0, 0, 0, 0), (500, 500, 500, 500), (i32::MIN, i32::MIN, i32::MAX, i32::MAX), (900, 900, 100, 100)];
    let mut lines = two_stories().lines;
    for (at, (left, top, right, bottom)) in odd.into_iter().cycle().take(40).enumerate() {
        let area = Some(Area { left, top, right, bottom });
        lines.insert(at, Line { text: "字".repeat(at % 3), area, ..Line::default() });
    }
    let page = page(lines);
    let mut read: Vec<usize> = regions(&page).into_iter().flat_map(|region| region.lines).collect();
    read.sort_unstable();
    assert_eq!(read, (0..page.lines.len()).collect::<Vec<usize>>());
}

#[test]
fn work_grows_with_the_lines() {
    let columns = (0..40).flat_map(|at| column('甲', 2120 * at, 0, 500)).collect();
    let equal = vec![line("同样的一行字", 100, 100, 700, 200); 20_000];
    let stairs = (0..20_000).map(|at| line("阶", at * 7, at * 5, at * 7 + 300, at * 5 + 100)).collect();
    let mut state: u32 = 1;
    let mut random = |limit: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((state >> 8) % limit) as i32
    };
    let thrown = |_| {
        let (left, top) = (random(9000), random(14_000));
        line("乱放的一行字", left, top, left + random(900) + 1, top + random(200) + 1)
    };
    for lines in [columns, equal, stairs, (0..20_000).map(thrown).collect()] {
        let page = page(lines);
        let count: usize = regions(&page).iter().map(|region| region.lines.len()).sum();
        assert_eq!(count, 20_000);
        // What is looked at for each line is bounded; a look at all pairs would be 400 million.
        let scene = PageScene::from_page(&page);
        let looks = scene.sight.len() + scene.side.len() + scene.links().len();
        assert!(looks < 25 * 20_000, "{looks}");
    }
}
