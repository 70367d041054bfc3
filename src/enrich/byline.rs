//! Who wrote, who took the picture, who drew and translated: bylines in all forms of the trade, taken out of the texts
//! that are matched.

use super::credit::{self, Credit, CreditedName, ReadExtent, RoleSide};
use super::signature::{self, FoundCredit};
use super::zones::{ZoneKind, ZonePassage};
use crate::model::{Byline, Evidence, Role, Story};
use crate::text::fold;

/// The most names of one article.
const MOST_NAMES: usize = 60;
/// From here on a paragraph is running text, before and after which names may stand alone on a line.
const RUNNING: usize = 40;

/// Finds the bylines of a story, and cuts them and the names they give out of the pieces.
pub(super) fn find(story: &Story, pieces: &mut [ZonePassage]) -> Vec<Byline> {
    let mut bylines = Vec::new();
    let subtitle = story.subtitle.lines().map(|line| (line, read(line))).filter(|(_, credit)| is_of_reporters(credit));
    for (line, credit) in story.byline.lines().map(|line| (line, read(line))).chain(subtitle) {
        let names = credit.names.into_iter().filter(|named| signature::is_sure_of_line(named, credit.doubtful));
        add(&mut bylines, names, &Evidence::new("byline line", line.trim()));
    }
    let running = running_text(pieces);
    for (number, piece) in pieces.iter_mut().enumerate().filter(|(_, piece)| piece.part != ZoneKind::Headline) {
        let place = signature::CreditPosition {
            first: Some(number) == running.map(|(first, _)| first),
            last: Some(number) == running.map(|(_, last)| last),
            before: running.is_none_or(|(first, _)| number <= first),
            after: running.is_none_or(|(_, last)| number >= last),
        };
        for found in signature::find(piece, place) {
            let quote: String = piece.printed[found.span.clone()].iter().collect();
            let evidence = Evidence::in_block(found.rule, quote.trim(), piece.block);
            let FoundCredit { names, cut, .. } = found;
            piece.cut(cut);
            add(&mut bylines, names, &evidence);
        }
    }
    cut_names(&bylines, pieces);
    bylines
}

fn read(line: &str) -> Credit {
    let printed: Vec<char> = line.chars().collect();
    let folded: Vec<char> = line.chars().map(fold).collect();
    credit::read(&printed, &folded, Role::Author, ReadExtent::All)
}

/// Whether a line has nothing but names after words for their roles.
fn is_of_reporters(credit: &Credit) -> bool {
    !credit.doubtful && !credit.names.is_empty() && credit.names.iter().all(|named| named.led == RoleSide::Before)
}

/// The first and the last paragraph of running text; of short paragraphs only, the first and last of all.
fn running_text(pieces: &[ZonePassage]) -> Option<(usize, usize)> {
    let of = |least: usize| {
        let long =
            move |number: &usize| pieces[*number].part == ZoneKind::Body && pieces[*number].folded.len() >= least;
        let mut numbers = (0..pieces.len()).filter(long);
        let first = numbers.next()?;
        Some((first, numbers.next_back().unwrap_or(first)))
    };
    of(RUNNING).or_else(|| of(0))
}

/// Adds names, each once in a role; who has a role is not its author besides.
fn add(bylines: &mut Vec<Byline>, names: impl IntoIterator<Item = CreditedName>, evidence: &Evidence) {
    for CreditedName { name, role, office, .. } in names {
        let known = |known: &Byline| known.name == name && (known.role == role || role == Role::Author);
        if bylines.len() < MOST_NAMES && !bylines.iter().any(known) {
            bylines.push(Byline { name, role, office, evidence: evidence.clone() });
        }
    }
}

fn cut_names(bylines: &[Byline], pieces: &mut [ZonePassage]) {
    for byline in bylines.iter().filter(|byline| !byline.office) {
        let name: Vec<char> = byline.name.chars().map(fold).collect();
        pieces.iter_mut().filter(|piece| piece.part != ZoneKind::Headline).for_each(|piece| piece.cut_name(&name));
    }
}

#[cfg(test)]
mod tests {
    use super::super::zones;
    use super::*;
    use crate::model::{ArticleKind, Passage};

    fn names(byline: &str, text: &str) -> String {
        let mut story = Story::new(ArticleKind::News);
        story.byline = byline.into();
        story.body.extend(text.lines().map(|line| Passage::new(line, vec![1])));
        let one = |b: &Byline| format!("{}:{}{}", b.name, b.role.name(), if b.office { "!" } else { "" });
        find(&story, &mut zones::pieces(&story)).iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_name_of_a_person_in_a_picture_is_no_byline() {
        let mut story = Story::new(ArticleKind::Photo);
        story.captions.push(Passage::new("林一鸣", vec![1]));
        assert!(find(&story, &mut zones::pieces(&story)).is_empty());
    }

    #[test]
    fn a_line_of_reporters_below_the_headline_was_read_as_its_subtitle() {
        let found = |subtitle: &str| {
            let mut story = Story::new(ArticleKind::News);
            story.subtitle = subtitle.into();
            find(&story, &mut zones::pieces(&story)).into_iter().map(|byline| byline.name).collect::<Vec<_>>()
        };
        assert_eq!(found("本报记者  林一鸣"), ["林一鸣"]);
        assert!(found("本报记者探访厦门夜校").is_empty());
        assert!(found("林一鸣").is_empty());
    }

    #[test]
    fn the_post_of_an_author_is_no_place_of_the_article() {
        let mut story = Story::new(ArticleKind::News);
        story.body.push(Passage::new("春天来了。（作者为厦门某校教师）", vec![1]));
        let mut pieces = zones::pieces(&story);
        find(&story, &mut pieces);
        assert!(!pieces[0].folded.contains(&'厦'));
    }

    #[test]
    fn every_form() {
        let cases = [
            ("", "本报讯(记者林一鸣 通讯员苏晓)4月,", "林一鸣:reporter 苏晓:correspondent"),
            ("", "本报讯（记者　林一鸣）4月,", "林一鸣:reporter"),
            (
                "",
                "本报讯(特约记者林一鸣 通讯员苏晓 郑国栋)4月,",
                "林一鸣:reporter 苏晓:correspondent 郑国栋:correspondent",
            ),
            ("", "本报讯 记者林一鸣 通讯员苏晓报道 昨日,", "林一鸣:reporter 苏晓:correspondent"),
            ("", "记者林一鸣报道:昨日,", "林一鸣:reporter"),
            ("", "本报讯 见习记者林一鸣通讯员郑国栋报道 昨日,", "林一鸣:reporter 郑国栋:correspondent"),
            ("", "中工网讯(记者 林一鸣)“坚持", "林一鸣:reporter"),
            ("", "新华社北京4月28日电(记者林一鸣、苏晓)昨日", "林一鸣:reporter 苏晓:reporter"),
            ("", "本报讯(通讯员 东工办)昨日", "东工办:correspondent!"),
            ("", "本报讯日前,记者从市总工会获悉", ""),
            ("", "本报讯 记者近日从报道中获悉", ""),
            ("", "大家都说好。(林一鸣)", "林一鸣:author"),
            ("", "大家都说好。(林一鸣 苏晓)", "林一鸣:author 苏晓:author"),
            ("", "大家都说好。(见图)", ""),
            ("", "大家都说好。(下转第3版)", ""),
            ("", "大家都说好(优秀职工)", ""),
            ("", "大家都说好。 □林一鸣", "林一鸣:author"),
            ("", "大家都说好。 □通讯员 林一鸣 摄", "林一鸣:photographer"),
            ("", "图为拔河比赛。林一鸣 苏晓摄", "林一鸣:photographer 苏晓:photographer"),
            ("", "图为拔河比赛。 本报记者 林一鸣 摄影报道", "林一鸣:reporter 林一鸣:photographer"),
            ("", "图为拔河比赛 林一鸣 摄", "林一鸣:photographer"),
            ("", "职工们参观书画摄影", ""),
            ("□本报记者 林一鸣\n本报通讯员 苏晓", "昨日", "林一鸣:reporter 苏晓:correspondent"),
            ("陈 豪", "昨日", "陈豪:author"),
            ("本报讯(记者 查小满)", "昨日", "查小满:reporter"),
            ("■郑国栋", "昨日", "郑国栋:author"),
            ("(林一鸣 苏晓)", "昨日", "林一鸣:author 苏晓:author"),
            ("本报记者 林一鸣 （苏晓参与采写） （作者为某某大学教授）", "昨日", "林一鸣:reporter 苏晓:author"),
            ("", "本报记者 林一鸣\n春天来了。", "林一鸣:reporter"),
            ("", "苏  晓\n春天来了。", "苏晓:author"),
            ("", "链  接\n春天来了。", ""),
            ("", "——林一鸣\n春天来了。", ""),
            ("", "春天来了。\n（文阳整理）", "文阳:author"),
            ("", "春天来了。\n本期统筹：许诺　制图：林一鸣", "林一鸣:illustrator"),
            ("", "某某大学教授 林一鸣\n春天来了。", "林一鸣:author"),
            ("", "春天来了。\n某某大学校长 林一鸣", ""),
            ("", "春天来了。\n（作者为某某大学教授）", ""),
            ("", "春天来了。\n（本报记者 林一鸣整理）", "林一鸣:reporter"),
            ("", "春天来了。\n（苏  晓）", "苏晓:author"),
            ("", "春天来了。\n林一鸣摄（人民视觉）", "林一鸣:photographer"),
            ("", "新华社记者  苏  晓摄\n春天来了。", "苏晓:photographer"),
            (
                "",
                "一、本报某地4月1日电  （记者林一鸣）昨日。\n二、本报另地4月1日电  （记者苏晓）今日。",
                "林一鸣:reporter 苏晓:reporter",
            ),
            ("", "（新华社某地4月1日电  记者林一鸣）", "林一鸣:reporter"),
            (
                "",
                "春天来了。\n（本报甲地、乙地4月1日电 林一鸣、苏晓）制图：郑 国",
                "林一鸣:author 苏晓:author 郑国:illustrator",
            ),
            ("", "本报某地4月1日电  （林一鸣、苏晓）“查到了！”", "林一鸣:author 苏晓:author"),
            ("", "左图：插秧。林一鸣摄 右图：收割。苏晓摄", "林一鸣:photographer 苏晓:photographer"),
            ("", "图为插秧。新华社发（林一鸣 摄）", "林一鸣:photographer"),
            ("", "零下三十摄氏度的天气里，他对着摄像头拍摄。", ""),
            ("", "照片由他拍摄。", ""),
            ("", "他们在插秧（见上图）。", ""),
            ("", "他们在插秧。\n（见上图）", ""),
            ("", "图中 林一鸣摄", "林一鸣:photographer"),
            ("", "以上图片均由本报记者林一鸣摄", "林一鸣:photographer"),
            ("", "本版图片除署名外均由林一鸣摄", "林一鸣:photographer"),
        ];
        let read = cases.iter().map(|(byline, text, want)| (byline, text, want, names(byline, text)));
        let wrong: Vec<_> = read.filter(|(.., want, got)| *want != got).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
