//! Counts over time: what engines count, what is held, what is told again; and the same counted by a script of its own.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::parse_query;
use baoku::archive::{
    AmountsRequest, Archive, ArchiveView, ConcordanceRequest, CoverageRequest, CoverageState, TermsRequest, TrendReply,
    TrendRequest,
};
use baoku::engine::{Engine, Writer};
use baoku::formats::csv;
use baoku::messages::cover_reason_text;
use baoku::model::{ArticleId, Facet, IndexedArticle, Measure};
use baoku::query::{Filter, Match, Plan, match_of};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use support::{Draft, Random, dictionary, embedded_of, sample_articles, scan_of};

fn archive_of(articles: &[IndexedArticle]) -> ArchiveView {
    Archive::new(scan_of(articles)).now().unwrap()
}

fn trends(archive: &ArchiveView, pairs: &[(&str, &str)]) -> TrendReply {
    archive.trends(&TrendRequest::from_pairs(pairs.iter().copied()).expect("good parameters")).expect("an answer")
}

/// `period matched/total state`, or `period - state` where nothing is held, of the first series.
fn rows(reply: &TrendReply) -> Vec<String> {
    let series = &reply.series[0];
    let row = |at: usize| {
        let state = reply.coverage(series, at).state.name();
        match reply.point(series, at) {
            Some(point) => format!("{} {}/{} {state}", reply.slots[at].label, point.matched, point.total),
            None => format!("{} - {state}", reply.slots[at].label),
        }
    };
    (0..reply.slots.len()).map(row).collect()
}

#[test]
fn tallies_and_words_are_those_of_brute_force() {
    const WORDS: [&str; 9] = ["送温暖", "工会", "困难职工", "维权", "的", "3,200", "欠薪", "劳模", "农民工"];
    let mut random = Random::new(17);
    let mut articles = sample_articles();
    for article in &mut articles {
        let number = article.article.id.as_u64();
        article.cluster = if number % 3 == 0 { number % 40 + 1 } else { 0 };
    }
    let (oracle, case) = (scan_of(&articles), embedded_of(&articles));
    let splits =
        [None, Some(Facet::Province), Some(Facet::Topic), Some(Facet::Paper), Some(Facet::Kind), Some(Facet::County)];
    let mut counted = 0;
    for number in 0..1500 {
        let query = match random.below(4) {
            0 => String::new(),
            1 => format!("{} {}", random.pick(&WORDS), random.pick(&WORDS)),
            2 => format!("{} | {}", random.pick(&WORDS), random.pick(&WORDS)),
            _ => (*random.pick(&WORDS)).to_owned(),
        };
        let matching = match_of(&parse_query(&query, None).0, case.engine.snapshot().unwrap().capabilities()).0;
        let mut plan = Plan::for_match(matching);
        if random.below(3) == 0 {
            plan.once = true;
        }
        if random.below(3) == 0 {
            let value = vec![(*random.pick(&["送温暖", "维权", "帮扶"])).to_owned()];
            plan.filters.push(Filter::Value { facet: Facet::Topic, any: value, none: Vec::new() });
        }
        if random.below(4) == 0 {
            let clusters = (1..=40).filter(|_| random.below(5) == 0).collect();
            plan.filters.push(Filter::NotClusters(Arc::new(clusters)));
        }
        let split = *random.pick(&splits);
        let (got, want) = (
            case.engine.snapshot().unwrap().histogram(&plan, split).unwrap(),
            oracle.snapshot().unwrap().histogram(&plan, split).unwrap(),
        );
        assert_eq!(got, want, "{query:?} {split:?} {plan:?}");
        let total = case.engine.snapshot().unwrap().search(&plan).unwrap().total;
        assert_eq!(total, oracle.snapshot().unwrap().search(&plan).unwrap().total, "{query:?} {plan:?}");
        if split.is_none() {
            assert_eq!(got.iter().map(|row| row.articles).sum::<u64>(), total);
        }
        counted += total;
        if number % 50 == 0 {
            let plans = [plan.clone(), Plan::for_match(Match::All)];
            assert_eq!(
                case.engine.snapshot().unwrap().word_counts(&plans, 1).unwrap(),
                oracle.snapshot().unwrap().word_counts(&plans, 1).unwrap(),
                "{query:?}"
            );
        }
    }
    assert!(counted > 10_000, "{counted}");
}

/// The sample archive in an index of its own.
fn sample() -> (ArchiveView, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let done = baoku(&["ingest", support::corpus().to_str().unwrap(), "--index", folder.path().to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let engine = baoku::engine::embedded::Embedded::open(folder.path(), dictionary()).expect("an index");
    (Archive::new(Arc::new(engine)).now().unwrap(), folder)
}

fn baoku(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_baoku")).args(arguments).output().expect("the program")
}

#[test]
fn a_missing_month_and_a_strike_week_are_gaps_with_their_reason() {
    let (archive, _folder) = sample();
    let paper = ("paper", "江城工人报");
    let months = trends(&archive, &[("q", "送温暖"), ("by", "month"), paper]);
    let rows = rows(&months);
    assert_eq!(rows[5], "2013-06 - not_held", "{rows:?}");
    assert!(rows[0].starts_with("2013-01 5/") && rows[0].ends_with("complete"), "{rows:?}");
    assert!(rows[3].starts_with("2013-04 0/") && rows[3].ends_with("complete"), "a true zero: {rows:?}");
    assert_eq!(cover_reason_text(months.coverage(&months.series[0], 5)), "六月合订本缺失");
    assert_eq!(
        (months.series[0].undated.total, months.series[0].coarse.total),
        (1, 1),
        "a year alone fits in no month"
    );
    let weeks = trends(&archive, &[("q", "维权"), ("by", "week"), paper, ("from", "2013-09"), ("to", "2013-09")]);
    let at = weeks.slots.iter().position(|slot| slot.label == "2013-W37").unwrap();
    assert_eq!(weeks.point(&weeks.series[0], at), None);
    let cover = weeks.coverage(&weeks.series[0], at);
    assert_eq!((cover.state, cover_reason_text(cover).as_str()), (CoverageState::NoIssue, "印刷厂停工，停刊一期"));
    let table = csv::trends(&months);
    assert!(table.contains("\"送温暖\",\"2013-06\",,,,,,,\"not_held\",\"六月合订本缺失\"\r\n"), "{table}");
    assert!(csv::trends(&weeks).contains("\"维权\",\"2013-W37\",,,,,,,\"no_issue\",\"印刷厂停工，停刊一期\"\r\n"));
    let chart = baoku::ui::trend_svg(&months, true);
    assert!(chart.contains("六月合订本缺失") && chart.contains(&months.id), "{chart}");
}

#[test]
fn what_is_held_is_told_by_paper() {
    let (archive, _folder) = sample();
    let request = CoverageRequest::from_pairs([("by", "month"), ("paper", "江城工人报")]).unwrap();
    let reply = archive.coverage(&request).unwrap();
    let paper = &reply.papers[0];
    assert_eq!((paper.name.as_str(), paper.undated), ("江城工人报", 1));
    assert_eq!((paper.whole.issues, paper.whole.expected), (46, Some(50)));
    assert_eq!(paper.periods[5].state, CoverageState::NotHeld);
    assert_eq!((paper.periods[0].state, paper.periods[8].state), (CoverageState::Complete, CoverageState::Complete));
    let all = archive.coverage(&CoverageRequest::default()).unwrap();
    assert!(all.papers.len() >= 4 && all.papers.iter().any(|paper| paper.whole.state == CoverageState::Unknown));
}

#[test]
fn names_of_one_thing_lie_on_each_other_without_overlap() {
    let articles: Vec<IndexedArticle> = [
        ("农民工讨薪", "2001"),
        ("外来务工人员培训", "2001"),
        ("农民工和外来务工人员", "2012"),
        ("新就业形态劳动者入会", "2021"),
    ]
    .into_iter()
    .zip(1..)
    .map(|((title, date), n)| Draft::new(n, title, "正文").date(date).indexed())
    .collect();
    let archive = archive_of(&articles);
    let reply = trends(&archive, &[("q", "农民工"), ("stack", "true")]);
    assert!(
        reply.series.len() == 3
            && reply.absent.len() > 3
            && reply.series.iter().all(|one| one.name_of.as_deref() == Some("农民工"))
    );
    let of = |name: &str| reply.series.iter().find(|one| one.query == name).unwrap().sum().matched;
    assert_eq!((of("农民工"), of("外来务工人员"), of("新就业形态劳动者")), (2, 1, 1));
    let together = trends(&archive, &[("q", "农民工"), ("expand", "true")]);
    assert_eq!(together.series[0].sum().matched, 4, "the names add up to the expanded query");
}

#[test]
fn a_family_of_reprints_counts_once_everywhere() {
    let text: String = (0..400).map(|n| char::from_u32(0x4E00 + n * 13 % 5000).unwrap()).collect();
    let reprint = |n, date, paper| Draft::new(n, "送温暖", &text).date(date).paper(paper).indexed();
    let other = Draft::new(9, "送温暖", "别的一篇").date("2014-03-01").paper("甲报").indexed();
    let articles = vec![
        reprint(1, "2014-02-03", "甲报"),
        reprint(2, "2014-01-05", "乙报"),
        reprint(3, "2014-05-01", "甲报"),
        other,
    ];
    let case = embedded_of(&articles);
    for archive in [archive_of(&articles), Archive::new(case.engine.clone()).now().unwrap()] {
        let months = |pairs: &[(&str, &str)]| {
            let reply = trends(&archive, &[&[("q", "送温暖"), ("by", "month")], pairs].concat());
            let at = |at: usize| (reply.series[0].points[at].matched, reply.series[0].points[at].total);
            reply
                .slots
                .iter()
                .enumerate()
                .map(|(n, slot)| (slot.label.clone(), at(n)))
                .filter(|(_, at)| at.1 > 0)
                .collect::<Vec<_>>()
        };
        let row = |label: &str, matched, total| (label.to_owned(), (matched, total));
        assert_eq!(months(&[("once", "true")]), [row("2014-01", 1, 1), row("2014-03", 1, 1)]);
        assert_eq!(months(&[("once", "true"), ("paper", "甲报")]), [row("2014-02", 1, 1), row("2014-03", 1, 1)]);
        assert_eq!(months(&[]).len(), 4);
        let request =
            baoku::archive::SearchRequest::from_pairs([("q", "送温暖"), ("once", "true"), ("facets", "paper")])
                .unwrap();
        let reply = archive.search(&request).unwrap();
        let papers: Vec<(String, u64)> =
            reply.facets[0].1.iter().map(|value| (value.value.clone(), value.count)).collect();
        assert_eq!((reply.total, papers), (2, vec![("乙报".to_owned(), 1), ("甲报".to_owned(), 1)]));
        let mut exported = Vec::new();
        let request = baoku::archive::ExportRequest { selection: request.selection, ..Default::default() };
        archive
            .export(&request, &mut |article| {
                exported.push(article.id.as_u64());
                true
            })
            .unwrap();
        assert_eq!(exported, [2, 9]);
    }
}

#[test]
fn what_matches_is_a_part_of_what_counts_once() {
    let text: String = (0..400).map(|n| char::from_u32(0x4E00 + n * 13 % 5000).unwrap()).collect();
    let articles = vec![
        Draft::new(1, "无关的题目", &text).date("2014-01-05").indexed(),
        Draft::new(2, "送温暖", &text).date("2014-02-05").indexed(),
        Draft::new(3, "送温暖", "别的一篇").date("2014-02-06").indexed(),
    ];
    let case = embedded_of(&articles);
    for archive in [archive_of(&articles), Archive::new(case.engine.clone()).now().unwrap()] {
        let counts = |pairs: &[(&str, &str)]| {
            let asked = [("q", "标题:送温暖"), ("by", "month"), ("once", "true")];
            let reply = trends(&archive, &[&asked, pairs].concat());
            let points = reply.series[0].points.iter().map(|point| (point.matched, point.total));
            points.collect::<Vec<_>>()
        };
        assert_eq!(counts(&[]), [(0, 1), (1, 1)], "the reprint counts neither here nor there");
        assert_eq!(counts(&[("from", "2014-02")]), [(2, 2)], "from February on it is the first");
    }
}

#[test]
fn publishing_days_that_change_alone_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    std::fs::create_dir(&corpus).unwrap();
    let item = "{\"date\":\"2014-01-05\",\"paper\":\"甲报\",\"body\":\"送温暖\"}\n{\"date\":\"2014-03-05\",\"paper\":\"甲报\",\"body\":\"维权\"}\n";
    std::fs::write(corpus.join("a.jsonl"), item).unwrap();
    let ingest = || {
        let done = baoku(&["ingest", corpus.to_str().unwrap(), "--index", index.to_str().unwrap()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    ingest();
    let engine = Arc::new(baoku::engine::embedded::Embedded::open(&index, dictionary()).unwrap());
    let archive = Archive::new(engine.clone());
    let february = || {
        let reply = trends(&archive.now().unwrap(), &[("by", "month")]);
        (reply.covers[1].state, cover_reason_text(&reply.covers[1]))
    };
    assert_eq!(february(), (CoverageState::NotHeld, "馆藏缺".to_owned()));
    let gap = "[[gap]]\npaper = \"甲报\"\nfrom = \"2014-02-01\"\nto = \"2014-02-28\"\nkind = \"no_issue\"\nreason = \"停刊\"\n";
    std::fs::write(folder.path().join("calendar.toml"), gap).unwrap();
    ingest();
    engine.reload().unwrap();
    assert_eq!(february(), (CoverageState::NoIssue, "停刊".to_owned()));
    let crossed = CoverageRequest::from_pairs([("from", "2030")]).unwrap();
    assert!(archive.now().unwrap().coverage(&crossed).unwrap().slots.is_empty());
}

#[test]
fn an_answer_is_told_again_on_another_day() {
    let articles =
        [("2013-05-01", 1), ("2014-05-01", 2)].map(|(date, n)| Draft::new(n, "送温暖", "正文").date(date).indexed());
    let archive = archive_of(&articles);
    let asked = |today: &'static str| [("q", "日期:去年"), ("by", "year"), ("today", today)];
    let then = trends(&archive, &asked("2014-06-01"));
    let again = trends(&archive, &[&asked("2015-06-02")[..], &[("as_of", &then.id)]].concat());
    assert_eq!((again.series, again.replay.and_then(|replay| replay.same)), (then.series, Some(true)));
}

#[test]
fn all_of_the_archive_makes_no_zero_where_nothing_is_held() {
    let (archive, _folder) = sample();
    let asked =
        [("q", "送温暖"), ("by", "year"), ("paper", "江城工人报"), ("of", "archive"), ("from", "2012"), ("to", "2013")];
    let rows = rows(&trends(&archive, &asked));
    assert!(rows[0] == "2012 - not_held" && rows[1].starts_with("2013 13/"), "{rows:?}");
}

#[test]
fn years_lie_over_each_other_from_spring_festival() {
    // 2013-02-10 and 2014-01-31.
    let articles = [("2013-02-08", 1), ("2014-01-29", 2), ("2014-01-30", 3), ("2014-07-01", 4), ("2014-01", 5)]
        .map(|(date, n)| Draft::new(n, "送温暖", "正文").date(date).indexed());
    let reply = trends(&archive_of(&articles), &[("q", "送温暖"), ("by", "day"), ("axis", "春节"), ("around", "5")]);
    let series = &reply.series[0];
    let found: Vec<(i16, &str, u64)> = (0..reply.slots.len())
        .filter(|at| series.points[*at].matched > 0)
        .map(|at| (reply.slots[at].year.unwrap(), reply.slots[at].label.as_str(), series.points[at].matched))
        .collect();
    assert_eq!(found, [(2013, "-2", 1), (2014, "-2", 1), (2014, "-1", 1)]);
    assert_eq!(series.coarse.matched, 1, "a month alone fits in no day");
    let table = csv::trends(&reply);
    assert!(table.contains("\"送温暖\",2014,-2,1,1,1.000000,"), "{table}");
}

#[test]
fn by_the_best_day_every_dated_article_counts_and_doubt_is_told() {
    let articles = [("2014-01-29", 1), ("2014-01", 2), ("2014", 3)]
        .map(|(date, n)| Draft::new(n, "送温暖", "正文").date(date).indexed());
    let archive = archive_of(&articles);
    let asked = |by: &'static str| trends(&archive, &[("q", "送温暖"), ("by", "month"), ("date_by", by)]);
    let (span, best) = (asked("span"), asked("best"));
    let january = |reply: &TrendReply| (reply.series[0].points[0].matched, reply.series[0].points[0].doubtful);
    assert_eq!((january(&span), span.series[0].coarse.matched), ((2, 0), 1));
    assert_eq!((january(&best), best.series[0].coarse.matched), ((3, 1), 0));
    assert!(csv::trends(&best).lines().next().unwrap().ends_with(",doubtful"));
    assert!(TrendRequest::from_pairs([("date_by", "latest")]).is_err());
}

#[test]
fn numbers_are_summed_with_the_sentence_behind_each() {
    let (archive, _folder) = sample();
    let request =
        AmountsRequest::from_pairs([("q", "送温暖"), ("what", "慰问金"), ("by", "year"), ("split", "region")]).unwrap();
    let reply = archive.amounts(&request).unwrap();
    assert!(reply.complete && reply.numbers as usize == reply.sentences.len() && reply.numbers > 3, "{reply:?}");
    let sum: f64 = reply.rows.iter().map(|row| row.figure.sum).sum();
    assert!((sum - reply.sentences.iter().map(|one| one.value).sum::<f64>()).abs() < 0.01, "each has one region");
    for one in &reply.sentences {
        assert!(one.what.contains("慰问金") && one.sentence.contains(&one.quote), "{one:?}");
    }
    assert!(Measure::ALL.iter().all(|measure| AmountsRequest::from_pairs([("measure", measure.name())]).is_ok()));
}

#[test]
fn lines_are_all_places_in_the_order_of_their_company() {
    let (archive, _folder) = sample();
    let lines = |order: &str| {
        let pairs = [("q", "送温暖"), ("order", order), ("limit", "1000"), ("width", "8")];
        archive.concordance(&ConcordanceRequest::from_pairs(pairs).unwrap()).unwrap()
    };
    let right = lines("right");
    assert!(right.complete && right.lines as usize == right.given.len() && right.lines >= right.articles);
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    assert!(right.given.windows(2).all(|two| plain(&two[0].right) <= plain(&two[1].right)));
    assert!(right.given.iter().all(|line| plain(&line.found) == "送温暖" || line.found.contains('溫')), "{right:?}");
    assert_eq!(lines("left").lines, right.lines);
}

#[test]
fn words_tell_two_times_apart_and_stand_near_a_query() {
    let (archive, _folder) = sample();
    let read =
        |pairs: &[(&str, &str)]| archive.terms(&TermsRequest::from_pairs(pairs.iter().copied()).unwrap()).unwrap();
    let paper = ("paper", "江城工人报");
    let (summer, before) = (("2013-07", "2013-08"), ("2013-01", "2013-06"));
    let compare = |one: (&str, &str), other: (&str, &str)| {
        read(&[
            ("from", one.0),
            ("to", one.1),
            ("versus_from", other.0),
            ("versus_to", other.1),
            paper,
            ("fewest", "3"),
        ])
    };
    let (rising, falling) = (compare(summer, before), compare(before, summer));
    assert!(rising.compared && rising.more.iter().any(|row| row.word == "送清凉"), "{:?}", rising.more);
    let words = |rows: &[baoku::archive::TermRow]| rows.iter().map(|row| row.word.clone()).collect::<Vec<_>>();
    assert_eq!((words(&rising.more), words(&rising.less)), (words(&falling.less), words(&falling.more)));
    let near = read(&[("q", "送温暖"), ("fewest", "3")]);
    assert!(!near.compared && near.read == Some(near.one) && !near.more.is_empty(), "{near:?}");
    assert!(near.more.iter().all(|row| row.keyness.likelihood >= 10.83 && row.one <= near.one));
}

#[test]
fn an_answer_is_told_again_after_files_changed_and_went() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    std::fs::create_dir(&corpus).unwrap();
    let item =
        |id: &str, date: &str, body: &str| format!("{{\"id\":\"{id}\",\"date\":\"{date}\",\"body\":\"{body}\"}}\n");
    let write = |name: &str, text: &str| std::fs::write(corpus.join(name), text).unwrap();
    let ingest = || {
        let done = baoku(&["ingest", corpus.to_str().unwrap(), "--index", index.to_str().unwrap()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    write(
        "a.jsonl",
        &(item("a1", "2014-01-05", "市总工会送温暖")
            + &item("a2", "2014-02-05", "送温暖到家")
            + &item("a3", "2014-02-06", "维权")),
    );
    write("b.jsonl", &item("b1", "2014-03-05", "送温暖下乡"));
    ingest();
    let open = |path: &Path| {
        Archive::new(Arc::new(baoku::engine::embedded::Embedded::open(path, dictionary()).unwrap())).now().unwrap()
    };
    let asked = [("q", "送温暖"), ("by", "month")];
    let then = trends(&open(&index), &asked);
    // One is added, one changed, one no longer matches, one is gone; the first stays as it is though its line moves.
    write(
        "a.jsonl",
        &(item("a0", "2014-01-07", "送温暖新篇")
            + &item("a1", "2014-01-05", "市总工会送温暖")
            + &item("a2", "2014-02-15", "送温暖到了家")),
    );
    std::fs::remove_file(corpus.join("b.jsonl")).unwrap();
    ingest();
    let archive = open(&index);
    let now = trends(&archive, &asked);
    assert_ne!(now.series[0].points, then.series[0].points);
    let again = trends(&archive, &[&asked[..], &[("as_of", &then.id)]].concat());
    assert_eq!((&again.series, &again.slots), (&then.series, &then.slots));
    let replay = again.replay.expect("an account");
    assert_eq!(replay.same, Some(true));
    let id = |id: &str, file: &str| ArticleId::of_item(&format!("corpus/{file}"), id);
    let ids = ["a0", "a1", "a2", "b1"].map(|one| (one, id(one, if one == "b1" { "b.jsonl" } else { "a.jsonl" })));
    assert_eq!(replay.added.ids, [id("a0", "a.jsonl")], "{ids:?} {replay:?}");
    assert_eq!(replay.changed.ids, [id("a2", "a.jsonl")]);
    assert_eq!(replay.withdrawn.ids, [id("b1", "b.jsonl")]);
    // The newer answer is as it was, too.
    let same = trends(&archive, &[&asked[..], &[("as_of", &now.id)]].concat());
    assert_eq!(same.series, now.series);
    assert_eq!(
        same.replay.map(|replay| (replay.same, replay.added.count, replay.changed.count, replay.withdrawn.count)),
        Some((Some(true), 0, 0, 0))
    );
    let refused =
        |pairs: &[(&str, &str)]| archive.trends(&TrendRequest::from_pairs(pairs.iter().copied()).unwrap()).is_err();
    assert!(refused(&[("q", "维权"), ("by", "month"), ("as_of", &then.id)]), "of another request");
    assert!(refused(&[asked[0], asked[1], ("as_of", "x")]) && refused(&[asked[0], asked[1], ("as_of", "0-9-0-0")]));
}

#[test]
fn an_article_that_an_editor_took_out_is_counted_and_not_told() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    std::fs::create_dir(&corpus).unwrap();
    let item = "{\"id\":\"a\",\"date\":\"2014-01-05\",\"body\":\"送温暖秘密\"}\n{\"id\":\"b\",\"date\":\"2014-01-06\",\"body\":\"送温暖\"}\n";
    std::fs::write(corpus.join("a.jsonl"), item).unwrap();
    let run = |arguments: &[&str]| {
        let done = baoku(&[arguments, &["--index", index.to_str().unwrap()]].concat());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    run(&["ingest", corpus.to_str().unwrap()]);
    let open = || baoku::engine::embedded::Embedded::open(&index, dictionary()).unwrap();
    let then = trends(&Archive::new(Arc::new(open())).now().unwrap(), &[("q", "送温暖")]);
    let id = ArticleId::of_item("corpus/a.jsonl", "a").to_string();
    // It changes first, so that what it was is kept, until an editor takes it out.
    std::fs::write(corpus.join("a.jsonl"), item.replace("送温暖秘密", "送温暖的秘密")).unwrap();
    run(&["ingest", corpus.to_str().unwrap()]);
    assert!(
        format!("{:?}", open().snapshot().unwrap().revisions(&[ArticleId::of_item("corpus/a.jsonl", "a")]).unwrap())
            .contains("送温暖秘密")
    );
    run(&["correct", &id, "--withdraw", "涉及隐私"]);
    run(&["ingest", corpus.to_str().unwrap()]);
    let formers = open().snapshot().unwrap().revisions(&[ArticleId::of_item("corpus/a.jsonl", "a")]).unwrap();
    assert!(formers.len() == 2 && formers.iter().all(|one| one.sealed), "{formers:?}");
    assert!(!format!("{formers:?}").contains("秘密"));
    let again = trends(&Archive::new(Arc::new(open())).now().unwrap(), &[("q", "送温暖"), ("as_of", &then.id)]);
    assert_eq!(again.replay.map(|replay| (replay.same, replay.sealed)), Some((Some(false), 1)));
}

#[test]
fn a_scan_counts_its_commits() {
    let mut scan = baoku::engine::scan::ScanEngine::new();
    assert_eq!((scan.next_commit(), scan.snapshot().unwrap().commit_id().commit), (1, 0));
    scan.commit().unwrap();
    assert_eq!((scan.next_commit(), scan.snapshot().unwrap().commit_id().commit), (2, 1));
}

/// All series counted again by a script that knows nothing of the program but its export.
#[test]
fn series_equal_those_that_a_script_counts() {
    let server = support::Server::start(env!("CARGO_BIN_EXE_baoku"));
    let script = Command::new("python3")
        .args(["tests/trends_check.py", env!("CARGO_BIN_EXE_baoku")])
        .arg(server.index())
        .args([&format!("http://{}", server.address), "200"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    let Ok(done) = script else {
        return support::skip("there is no python3 here");
    };
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{out}\n{err}");
    println!("{out}");
}
