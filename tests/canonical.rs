//! The canonical form of a request, behind ids of answers, cursors and links: written down for every public name, so that a
//! change of any of them is seen. A new parameter gets a row; the rows that are here stay as they are.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failure here is a failed test")]

use baoku::archive::{
    AmountsRequest, ArchiveError, CanonicalRequest, ConcordanceRequest, CoverageRequest, ExportRequest, RequestKind,
    SearchRequest, TermsRequest, TrendRequest, parameters_of,
};
use std::collections::BTreeSet;

type Read = fn(&[(&str, &str)]) -> Result<CanonicalRequest, ArchiveError>;

fn search(pairs: &[(&str, &str)]) -> Result<CanonicalRequest, ArchiveError> {
    SearchRequest::from_pairs(pairs.iter().copied()).map(|request| request.canonical())
}

fn trends(pairs: &[(&str, &str)]) -> Result<CanonicalRequest, ArchiveError> {
    TrendRequest::from_pairs(pairs.iter().copied()).map(|request| request.canonical())
}

fn terms(pairs: &[(&str, &str)]) -> Result<CanonicalRequest, ArchiveError> {
    TermsRequest::from_pairs(pairs.iter().copied()).map(|request| request.canonical())
}

fn lines(pairs: &[(&str, &str)]) -> Result<CanonicalRequest, ArchiveError> {
    ConcordanceRequest::from_pairs(pairs.iter().copied()).map(|request| request.canonical())
}

fn amounts(pairs: &[(&str, &str)]) -> Result<CanonicalRequest, ArchiveError> {
    AmountsRequest::from_pairs(pairs.iter().copied()).map(|request| request.canonical())
}

fn coverage(pairs: &[(&str, &str)]) -> Result<CanonicalRequest, ArchiveError> {
    CoverageRequest::from_pairs(pairs.iter().copied()).map(|request| request.canonical())
}

fn exports(pairs: &[(&str, &str)]) -> Result<CanonicalRequest, ArchiveError> {
    ExportRequest::from_pairs(pairs.iter().copied()).map(|request| request.canonical())
}

/// Parameters as they are given, and the form; without the version.
type Row = (&'static [(&'static str, &'static str)], &'static str);

const SEARCHES: &[Row] = &[
    (&[], ""),
    (&[("q", " 维权 ")], "q=%E7%BB%B4%E6%9D%83"),
    (&[("from", "2014")], "from=2014-01-01"),
    (&[("to", "2014-02")], "to=2014-02-28"),
    (&[("date", "undated")], "date=undated"),
    (&[("date", "!undated")], "date=%21undated"),
    (
        &[("region", "!安徽"), ("region", "350200"), ("region", "北京")],
        "region=%21%E5%AE%89%E5%BE%BD&region=350200&region=%E5%8C%97%E4%BA%AC",
    ),
    (&[("topic", "维权"), ("topic", "维权")], "topic=%E7%BB%B4%E6%9D%83"),
    (&[("paper", "某报")], "paper=%E6%9F%90%E6%8A%A5"),
    (&[("page", "02")], "page=2"),
    (&[("kind", "news"), ("kind", "brief")], "kind=brief&kind=news"),
    (&[("byline", "陈长泰")], "byline=%E9%99%88%E9%95%BF%E6%B3%B0"),
    (&[("union_body", "厦门市总工会")], "union_body=%E5%8E%A6%E9%97%A8%E5%B8%82%E6%80%BB%E5%B7%A5%E4%BC%9A"),
    (&[("date_confidence", "0.90")], "date_confidence=0.9"),
    (&[("region_confidence", "<0.5")], "region_confidence=%3C0.5"),
    (&[("topic_confidence", "<1")], "topic_confidence=%3C1"),
    (&[("topic_confidence", "1")], "topic_confidence=1"),
    (&[("today", "2014-04-29")], "today=2014-04-29"),
    (&[("expand", "1")], "expand=true"),
    (&[("explain", "true")], "explain=true"),
    (&[("once", "true")], "once=true"),
    (&[("once", "false"), ("expand", "false"), ("explain", "0"), ("limit", "20")], ""),
    (&[("sort", "newest")], "sort=newest"),
    (&[("limit", "7")], "limit=7"),
    (&[("cursor", "v1.h5.a-1.0")], "cursor=v1.h5.a-1.0"),
    (&[("facets", "year,topic")], "facets=year&facets=topic"),
    (&[("fields", "title,id")], "fields=title&fields=id"),
    (
        &[("to", "2015"), ("q", "\"送温暖\" -演出"), ("from", "2014"), ("limit", "20")],
        "from=2014-01-01&q=%22%E9%80%81%E6%B8%A9%E6%9A%96%22%20-%E6%BC%94%E5%87%BA&to=2015-12-31",
    ),
];

const SERIES: &[Row] = &[
    (&[], ""),
    (&[("q", "b"), ("q", "a"), ("by", "year")], "q=b&q=a"),
    (&[("by", "month")], "by=month"),
    (&[("split", "region")], "split=region"),
    (&[("split", "province")], "split=region"),
    (&[("of", "archive")], "of=archive"),
    (&[("of", "filtered"), ("date_by", "span"), ("stack", "false")], ""),
    (&[("date_by", "best")], "date_by=best"),
    (&[("axis", "春节"), ("by", "week"), ("around", "30")], "around=30&axis=%E6%98%A5%E8%8A%82&by=week"),
    (&[("stack", "true")], "stack=true"),
    (&[("as_of", "v1-a-1-0-0")], "as_of=v1-a-1-0-0"),
    (&[("topic", "维权"), ("once", "true"), ("from", "2014")], "from=2014-01-01&once=true&topic=%E7%BB%B4%E6%9D%83"),
];

const WORDS: &[Row] = &[
    (&[("q", "a")], "q=a"),
    (
        &[("versus_from", "2012"), ("versus_to", "2013"), ("versus_region", "安徽")],
        "versus_from=2012-01-01&versus_region=%E5%AE%89%E5%BE%BD&versus_to=2013-12-31",
    ),
    (&[("q", "a"), ("window", "10")], "q=a&window=10"),
    (&[("q", "a"), ("fewest", "3"), ("limit", "50")], "fewest=3&q=a"),
    (&[("q", "a"), ("fewest", "5"), ("limit", "20")], "limit=20&q=a"),
];

const LINES: &[Row] = &[
    (&[("q", "a"), ("order", "date"), ("width", "20"), ("limit", "100"), ("skip", "0")], "q=a"),
    (
        &[("q", "a"), ("order", "left"), ("width", "30"), ("limit", "50"), ("skip", "100")],
        "limit=50&order=left&q=a&skip=100&width=30",
    ),
];

const AMOUNTS: &[Row] = &[
    (&[("measure", "yuan"), ("by", "year"), ("limit", "1000")], ""),
    (
        &[("measure", "person"), ("what", "慰问金"), ("by", "month"), ("split", "topic"), ("limit", "100")],
        "by=month&limit=100&measure=person&split=topic&what=%E6%85%B0%E9%97%AE%E9%87%91",
    ),
];

const EXPORTS: &[Row] = &[(&[("q", "a")], "q=a"), (&[("q", "a"), ("limit", "7")], "limit=7&q=a")];

const COVERAGE: &[Row] = &[(&[("by", "year")], ""), (&[("by", "month"), ("from", "2014")], "by=month&from=2014-01-01")];

const ALL: &[(Read, &[Row])] = &[
    (search, SEARCHES),
    (trends, SERIES),
    (terms, WORDS),
    (lines, LINES),
    (amounts, AMOUNTS),
    (exports, EXPORTS),
    (coverage, COVERAGE),
];

#[test]
fn canonical_forms_are_what_they_were() {
    for (read, rows) in ALL {
        for (given, want) in *rows {
            assert_eq!(read(given).expect("good parameters").text(), format!("v1?{want}"), "{given:?}");
        }
    }
}

#[test]
fn a_form_reads_as_itself() {
    for (read, rows) in ALL {
        for (given, _) in *rows {
            let form = read(given).unwrap();
            let pairs: Vec<(&str, &str)> = form.pairs().collect();
            assert_eq!(read(&pairs).unwrap(), form, "{given:?}");
        }
    }
}

#[test]
fn every_public_name_has_a_row() {
    let written = |rows: &[Row]| -> BTreeSet<String> {
        let forms = rows.iter().flat_map(|(_, form)| form.split('&'));
        forms.filter_map(|pair| Some(pair.split_once('=')?.0.to_owned())).collect()
    };
    let names = |request, only_own: bool| -> BTreeSet<String> {
        let own = |name: &str| !only_own || parameters_of(RequestKind::Search).all(|row| row.name != name);
        parameters_of(request).map(|row| row.name).filter(|name| own(name)).map(str::to_owned).collect()
    };
    assert_eq!(written(SEARCHES), names(RequestKind::Search, false));
    let tables = [
        (written(SERIES), RequestKind::Trends),
        (written(WORDS), RequestKind::Terms),
        (written(LINES), RequestKind::Concordance),
        (written(AMOUNTS), RequestKind::Amounts),
        (written(EXPORTS), RequestKind::Export),
        (written(COVERAGE), RequestKind::Coverage),
    ];
    for (written, request) in tables {
        let own = names(request, true);
        assert!(own.is_subset(&written), "{own:?} {written:?}");
    }
}
