//! What a search gives beside its hits, and how it pages: the facade over both engines.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::archive::parse_query;
use baoku::archive::{Archive, ArchiveError, ChangeKind, SearchRequest, SuggestionKind};
use baoku::engine::Engine;
use baoku::model::{Byline, Evidence, IndexedArticle, Role, TextField};
use std::collections::BTreeSet;
use std::sync::Arc;
use support::{Case, Draft, Random, embedded_of, ids, scan_of, search};

fn engines(articles: &[IndexedArticle]) -> [(&'static str, Case); 2] {
    [("scan", Case { engine: scan_of(articles), folder: None }), ("embedded", embedded_of(articles))]
}

/// A text of its own for each seed.
fn text(seed: u64, length: usize) -> String {
    let mut random = Random::new(seed);
    (0..length).filter_map(|_| char::from_u32(0x4E00 + random.below(2000) as u32)).collect()
}

fn signed(n: u64, title: &'static str, body: &str, name: &str, column: &str) -> IndexedArticle {
    let mut article = Draft::new(n, title, body).indexed().article;
    article.story.column = column.into();
    article.metadata.bylines =
        vec![Byline { name: name.into(), role: Role::Reporter, office: false, evidence: Evidence::new("item", name) }];
    baoku::indexing::indexed(article)
}

fn union_articles() -> Vec<IndexedArticle> {
    vec![
        Draft::new(1, "工会送温暖", "市总工会走访特困职工,发放三千二百万元。").date("2009-01-20").indexed(),
        Draft::new(2, "帮扶困难职工", "困难职工领到3200万元。工会维权。").date("2014-05-01").region("350200").indexed(),
        Draft::new(3, "农民工讨薪", "外来务工人员的欠薪要回来了,工会出面维权,农民工高兴。")
            .date("2015-03-02")
            .indexed(),
        Draft::new(4, "五一放假", "51家企业。全国总工会。").indexed(),
        signed(5, "记者手记", "夜班地铁工的一天。", "维权", "一线"),
        signed(6, "夜班", "一线职工。", "王平", "维权之窗"),
    ]
}

#[test]
fn names_of_one_thing_are_found_only_when_asked_for() {
    for (name, case) in engines(&union_articles()) {
        let found =
            |q: &str, expand: &str| ids(&search(&case.engine, &[("q", q), ("expand", expand), ("sort", "oldest")]));
        assert_eq!(found("困难职工", "false"), [2], "{name}");
        assert_eq!(found("困难职工", "true"), [1, 2], "{name}");
        assert_eq!(found("三千二百万元", "true"), [1, 2], "{name}");
        assert_eq!(found("3,200万元", "false"), [2], "{name}");
        assert_eq!(found("五一", "true"), [4], "{name}: no number");
        assert_eq!(found("-困难职工 职工", "true"), [6], "{name}: what is excluded is excluded by all its names");
        let reply = search(&case.engine, &[("q", "困难职工"), ("expand", "true"), ("explain", "true")]);
        let explanation = reply.explanation.expect("asked for");
        let hits =
            |text: &str| explanation.variants[0].variants.iter().find(|form| form.text == text).map(|form| form.hits);
        assert_eq!((hits("困难职工"), hits("特困职工")), (Some(1), Some(1)), "{name}");
        assert!(
            !reply.hits[0].snippets.is_empty()
                && reply.hits.iter().all(|hit| hit.snippets.iter().any(|s| !s.highlights.is_empty()))
        );
    }
}

#[test]
fn an_explanation_counts_each_part_and_names_what_helps() {
    for (name, case) in engines(&union_articles()) {
        let asked = |pairs: &[(&str, &str)]| search(&case.engine, pairs).explanation.expect("an explanation");
        let explanation = asked(&[("q", "工会 维权"), ("region", "福建"), ("explain", "true")]);
        let clauses: Vec<_> =
            explanation.clauses.iter().map(|part| (part.text.as_str(), part.alone, part.without)).collect();
        assert_eq!(clauses, [("工会", 4, 1), ("维权", 4, 1)], "{name}");
        let filters: Vec<_> =
            explanation.filters.iter().map(|part| (part.text.as_str(), part.alone, part.without)).collect();
        assert_eq!(filters, [("region", 1, 2)], "{name}");
        assert_eq!(explanation.change, None, "{name}: something was found");
        let change = |pairs: &[(&str, &str)]| {
            let change = asked(pairs).change.expect("a change");
            (change.kind, change.query, change.total)
        };
        assert_eq!(change(&[("q", "农民工 送温暖")]), (ChangeKind::DropClause, "农民工".into(), 1), "{name}");
        assert_eq!(
            change(&[("q", "农民工"), ("region", "福建")]),
            (ChangeKind::DropFilter, "农民工".into(), 1),
            "{name}"
        );
        assert_eq!(change(&[("q", "贫困职工")]), (ChangeKind::Expand, "贫困职工".into(), 2), "{name}");
        assert_eq!(change(&[("q", "工会欠薪")]), (ChangeKind::Split, "工会 欠薪".into(), 1), "{name}");
        assert_eq!(change(&[("q", "公会维权")]), (ChangeKind::SoundsLike, "工会维权".into(), 1), "{name}");
        let meant = search(&case.engine, &[("q", "公会维权")]).did_you_mean.expect("an offer");
        assert_eq!((meant.text.as_str(), meant.query.as_str(), meant.total), ("工会", "工会维权", 1), "{name}");
        assert_eq!(search(&case.engine, &[("q", "公会维权")]).total, 0, "{name}: never applied by itself");
    }
}

#[test]
fn column_and_byline_are_told_apart() {
    for (name, case) in engines(&union_articles()) {
        assert_eq!(ids(&search(&case.engine, &[("q", "作者:维权")])), [5], "{name}");
        assert_eq!(ids(&search(&case.engine, &[("q", "栏目:维权")])), [6], "{name}");
        let fields = |q: &str| -> Vec<TextField> {
            search(&case.engine, &[("q", q)]).hits[0]
                .snippets
                .iter()
                .filter(|s| !s.highlights.is_empty())
                .map(|s| s.field)
                .collect()
        };
        assert_eq!(fields("作者:维权"), [TextField::Byline], "{name}");
        assert_eq!(fields("栏目:维权"), [TextField::Column], "{name}");
    }
}

#[test]
fn words_like_last_year_count_from_the_stated_day() {
    for (name, case) in engines(&union_articles()) {
        let found = |q: &str| ids(&search(&case.engine, &[("q", q), ("today", "2015-11-22"), ("sort", "oldest")]));
        assert_eq!(found("日期:去年五一"), [2], "{name}");
        assert_eq!(found("日期:近两年"), [2, 3], "{name}");
        assert_eq!(found("日期<2010"), [1], "{name}");
        assert_eq!(found("-日期>=2010 工会"), [1, 4], "{name}: an undated article is not in any span");
        let reply = search(&case.engine, &[("q", "日期:去年五一"), ("today", "2015-11-22")]);
        assert_eq!(reply.read_as, "日期:2014-05-01");
    }
}

/// Pages of every size give every article once, in one order, with the first fifty looked at again.
#[test]
fn paging_by_relevance_shows_every_article_once() {
    let mut random = Random::new(3);
    let filler = ["企业", "职工", "慰问", "车间", "困难", "代表"];
    let articles: Vec<IndexedArticle> = (0..130)
        .map(|n| {
            let mut words: Vec<&str> = (0..12).map(|_| *random.pick(&filler)).collect();
            words.insert(random.below(words.len()), "工会");
            words.insert(random.below(words.len()), "维权");
            Draft::new(n + 1, "", &words.concat()).indexed()
        })
        .collect();
    for (name, case) in engines(&articles) {
        let archive = Archive::new(Arc::clone(&case.engine)).now().unwrap();
        let all = |limit: usize| -> Vec<u64> {
            let mut request = SearchRequest::of_query("工会 维权");
            request.paging.limit = limit;
            let mut all = Vec::new();
            loop {
                let reply = archive.search(&request).expect("a page");
                assert_eq!(reply.total, 130, "{name}");
                all.extend(ids(&reply));
                request.paging.cursor = reply.next_cursor;
                if request.paging.cursor.is_none() {
                    return all;
                }
            }
        };
        let order = all(100);
        assert_eq!(order.iter().collect::<BTreeSet<_>>().len(), 130, "{name}");
        for limit in [1, 7, 10, 20, 25, 49, 50, 51] {
            assert_eq!(all(limit), order, "{name}: pages of {limit}");
        }
        let request = SearchRequest::of_query("工会 维权");
        let cursor = archive.search(&request).expect("a page").next_cursor;
        let mut other = SearchRequest::of_query("工会");
        other.paging.cursor = cursor;
        assert!(matches!(archive.search(&other), Err(ArchiveError::BadValue { name: "cursor", .. })), "{name}");
    }
}

#[test]
fn closeness_orders_what_the_words_alone_do_not() {
    let far = format!("工会{}维权。", "企业职工代表大会召开".repeat(3));
    let close = format!("工会维权{}。", "企业职工代表大会召开".repeat(3));
    let articles = [Draft::new(1, "", &far).indexed(), Draft::new(2, "", &close).indexed()];
    for (name, case) in engines(&articles) {
        assert_eq!(ids(&search(&case.engine, &[("q", "工会 维权")])), [2, 1], "{name}");
    }
}

#[test]
fn suggestions_by_prefix_pinyin_and_initials() {
    let mut articles = union_articles();
    articles.push(signed(7, "重庆来信", "重庆市总工会送温暖,重庆职工高兴。", "单田芳", ""));
    for (name, case) in engines(&articles) {
        let archive = Archive::new(Arc::clone(&case.engine)).now().unwrap();
        let first = |start: &str| {
            let found = archive.suggest(start, 10).expect("suggestions");
            found.first().map(|one| (one.text.clone(), one.kind))
        };
        let texts = |start: &str| -> Vec<String> {
            archive.suggest(start, 10).expect("suggestions").into_iter().map(|one| one.text).collect()
        };
        assert_eq!(first("送温"), Some(("送温暖".into(), SuggestionKind::Word)), "{name}");
        for start in ["songwennuan", "swn", "songwen", "Song Wen Nuan"] {
            assert_eq!(first(start), Some(("送温暖".into(), SuggestionKind::Word)), "{name} {start}");
        }
        assert!(texts("chongq").contains(&"重庆".to_owned()), "{name}: {:?}", texts("chongq"));
        assert!(!texts("zhongq").contains(&"重庆".to_owned()), "{name}");
        assert_eq!(first("shantianfang"), Some(("单田芳".into(), SuggestionKind::Byline)), "{name}");
        assert!(texts("农民工").contains(&"农民工讨薪".to_owned()), "{name}: titles");
        assert!(
            archive
                .suggest("公会", 10)
                .unwrap()
                .iter()
                .any(|one| one.text == "工会" && one.kind == SuggestionKind::SoundsLike)
        );
        assert!(texts("").is_empty() && texts("。").is_empty());
        assert!(matches!(archive.suggest(&"长".repeat(41), 10), Err(ArchiveError::BadValue { name: "q", .. })));
    }
}

#[test]
fn reprints_are_one_family_by_their_wording_and_not_by_their_title() {
    let paragraphs: Vec<String> = (0..6).map(|n| text(n + 10, 90)).collect();
    let whole = paragraphs.join("\n");
    let cut = [&paragraphs[0], &paragraphs[1], &paragraphs[3], &paragraphs[5]].map(String::as_str).join("\n");
    let articles = [
        Draft::new(1, "甲报的标题", &cut).date("2014-04-29").paper("甲报").indexed(),
        Draft::new(2, "通讯社原稿", &whole).date("2014-04-28").paper("乙报").indexed(),
        Draft::new(3, "通讯社原稿", &text(99, 500)).date("2014-04-28").paper("丙报").indexed(),
        Draft::new(4, "短", "工会送温暖。").indexed(),
        Draft::new(5, "短", "工会送温暖。").indexed(),
    ];
    for (name, case) in engines(&articles) {
        let archive = Archive::new(Arc::clone(&case.engine)).now().unwrap();
        let article =
            |n| case.engine.snapshot().unwrap().article(baoku::model::ArticleId::from_u64(n)).unwrap().unwrap();
        let family = archive.family(&article(1)).unwrap().expect("a family");
        let order: Vec<u64> = family.printings.iter().map(|one| one.id.as_u64()).collect();
        assert_eq!((order, family.fullest.as_u64()), (vec![2, 1], 2), "{name}: first appearance first");
        assert_eq!(family.printings[1].cut, [paragraphs[2].clone(), paragraphs[4].clone()], "{name}");
        assert!((0.5..0.8).contains(&family.printings[1].share), "{name}: {}", family.printings[1].share);
        assert!(archive.family(&article(3)).unwrap().is_none(), "{name}: the same title is no family");
        assert!(archive.family(&article(4)).unwrap().is_none(), "{name}: short texts are alike by chance");
        let query = format!("\"{}\"", paragraphs[0].chars().take(12).collect::<String>());
        let reply = archive.search(&SearchRequest::of_query(query)).unwrap();
        assert_eq!(reply.total, 2, "{name}");
        assert!(reply.hits.iter().all(|hit| hit.reprints.len() == 2), "{name}");
    }
}

#[test]
fn similar_articles_share_weighty_words_and_are_no_reprints() {
    let body = "市总工会为农民工讨回拖欠工资,律师提供法律援助,仲裁委员会当庭调解。";
    let filler = |n: u64| Draft::new(n, "", &format!("{}职工运动会开幕。", text(n, 60))).indexed();
    let mut articles = vec![
        Draft::new(1, "讨薪", &format!("{body}{}", text(1, 80))).indexed(),
        Draft::new(2, "讨薪又一例", "农民工的拖欠工资讨回来了,法律援助律师到庭,仲裁调解成功。").indexed(),
        Draft::new(3, "讨薪", &format!("{body}{}", text(1, 80))).indexed(),
    ];
    articles.extend((10..30).map(filler));
    for (name, case) in engines(&articles) {
        let archive = Archive::new(Arc::clone(&case.engine)).now().unwrap();
        let article = case.engine.snapshot().unwrap().article(baoku::model::ArticleId::from_u64(1)).unwrap().unwrap();
        let similar: Vec<u64> =
            archive.similar(&article, 5).unwrap().iter().map(|(other, _)| other.id.as_u64()).collect();
        assert_eq!(similar.first(), Some(&2), "{name}: {similar:?}");
        assert!(!similar.contains(&1) && !similar.contains(&3), "{name}: neither itself nor its reprint");
    }
}

/// Any bytes as a query: an answer, in time. The fuzz target `query` goes on from here.
#[test]
fn any_text_is_a_query() {
    let engine: Arc<dyn Engine> = scan_of(&union_articles());
    let archive = Archive::new(engine).now().unwrap();
    let pieces = [
        "标题:",
        "NEAR/",
        "NEAR/3",
        "(",
        ")",
        "\"",
        "“",
        "」",
        "-",
        "－",
        "*",
        "|",
        "金额>=",
        "9999999999999999999",
        "日期:",
        "去年",
        "..",
        "地区:",
        "工会",
        "\u{0}",
        "\u{202E}",
        "\u{10FFFF}",
        "é\u{301}",
        "𠀀",
        " ",
        "　",
        "a",
        "１",
        "，",
        "万亿",
        "十",
        "〇",
        "OR",
        "\n",
        ":",
    ];
    let mut random = Random::new(17);
    for round in 0..3_000_usize {
        let long = if round.is_multiple_of(500) { 3_000 } else { 12 };
        let text: String = (0..random.below(long)).map(|_| *random.pick(&pieces)).collect();
        let start = std::time::Instant::now();
        let (tree, _) = parse_query(&text, None);
        assert!(start.elapsed().as_millis() < 500, "{} bytes", text.len());
        assert_eq!(parse_query(&tree.to_string(), None).0, tree, "{text:?}");
        let query: String = text.chars().take(1000).collect();
        let expand = round.is_multiple_of(2);
        let mut request = SearchRequest::of_query(query);
        request.selection.reading.expand = expand;
        request.answer.explain = round.is_multiple_of(20);
        match archive.search(&request) {
            Ok(_) | Err(ArchiveError::TooManyTerms { .. }) => {}
            Err(error) => panic!("{error}: {text:?}"),
        }
    }
}
