//! Tests over the whole table of parameters.

use super::canonical::CanonicalRequest;
use super::{
    AmountsRequest, ConcordanceRequest, CoverageRequest, ExportRequest, Filters, Parameter, Request, RequestKind,
    SearchRequest, TermsRequest, TrendRequest, parameters_of, read,
};
use crate::model::Facet;
use crate::query::Filter;
use std::collections::BTreeSet;

#[test]
fn no_request_has_two_parameters_of_one_name() {
    for request in RequestKind::ALL {
        let names: BTreeSet<&str> = parameters_of(request).map(|row| row.name).collect();
        assert_eq!(names.len(), parameters_of(request).count(), "{request:?}");
    }
}

/// A request with the example of one parameter, and what it needs beside it.
fn example<R: Request>(row: &Parameter) -> R {
    let with: &[(&str, &str)] = match row.name {
        "axis" => &[("by", "week")],
        "around" => &[("by", "week"), ("axis", "春节")],
        "q" => &[],
        _ if matches!(R::KIND, RequestKind::Terms | RequestKind::Concordance) => &[("q", "工会")],
        _ => &[],
    };
    let with = if row.name.starts_with("versus") { &[] } else { with };
    read(with.iter().copied().chain([(row.name, row.example)])).expect(row.name)
}

fn every_example_is_read<R: Request>() {
    for row in parameters_of(R::KIND) {
        assert!(row.doc.ends_with('.') && !row.zh.is_empty() && !row.label.is_empty(), "{}", row.name);
        let request: R = example(row);
        let form = CanonicalRequest::from_request(&request);
        let given = form.pairs().any(|(name, _)| name == row.name);
        let usual =
            row.example.is_empty() || row.binding(&mut R::default()).expect("a place").values() == [row.example];
        assert!(given || usual, "{}", row.name);
    }
}

#[test]
fn every_example_is_read_and_has_its_place() {
    every_example_is_read::<SearchRequest>();
    every_example_is_read::<ExportRequest>();
    every_example_is_read::<TrendRequest>();
    every_example_is_read::<CoverageRequest>();
    every_example_is_read::<TermsRequest>();
    every_example_is_read::<ConcordanceRequest>();
    every_example_is_read::<AmountsRequest>();
}

#[test]
fn a_made_up_filter_is_found_everywhere() {
    let pairs = [("made_up", "厦门市"), ("made_up", "!福州市")];
    let search = SearchRequest::from_pairs(pairs).unwrap();
    let wanted =
        Filter::Value {
            facet: Facet::Prefecture, any: vec!["厦门市".to_owned()], none: vec!["福州市".to_owned()]
        };
    assert_eq!(search.selection.filters.conditions().unwrap(), [wanted]);
    assert_eq!(search.selection.filters.given(), ["made_up"]);
    assert_eq!(search.selection.filters.without("made_up"), Filters::default());
    assert_eq!(
        search.canonical().text(),
        "v1?made_up=%21%E7%A6%8F%E5%B7%9E%E5%B8%82&made_up=%E5%8E%A6%E9%97%A8%E5%B8%82"
    );
    let series = TrendRequest::from_pairs(pairs).unwrap();
    assert_eq!(series.selection.filters, search.selection.filters);
    let (tree, remarks) = crate::archive::parse_query("虚构条件:厦门市 made_up:福州市", None);
    assert_eq!((tree.to_string().as_str(), remarks.len()), ("prefecture:\"厦门市\" prefecture:\"福州市\"", 0));
}

#[test]
fn nothing_is_ignored() {
    let cases = [
        ("region", "亚特兰蒂斯"),
        ("topic", "天气"),
        ("kind", "poem"),
        ("sort", "best"),
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "x"),
        ("from", "2014-13"),
        ("date", "2014"),
        ("facets", "colour"),
        ("fields", "body"),
        ("topic", "!!维权"),
        ("kind", "!!news"),
        ("regions", "x"),
    ];
    for (name, value) in cases {
        assert!(SearchRequest::from_pairs([(name, value)]).is_err(), "{name}={value}");
    }
    assert!(SearchRequest::from_pairs([("q", "a"), ("q", "b")]).is_err());
    assert!(SearchRequest::from_pairs([("from", "2015"), ("to", "2014")]).is_err());
    assert!(SearchRequest::from_pairs([("date", "undated"), ("to", "2014")]).is_err());
}

#[test]
fn repeated_and_excluded_values() {
    let pairs = [("topic", "送温暖"), ("topic", "!维权"), ("paper", "《鹭岛职工报》"), ("sort", "从新到旧")];
    let request = SearchRequest::from_pairs(pairs).unwrap();
    let filters = &request.selection.filters;
    assert_eq!(
        (filters.topic.any.as_slice(), filters.topic.none.as_slice()),
        (&["送温暖".to_owned()][..], &["维权".to_owned()][..])
    );
    assert_eq!(filters.paper.any, ["ludao-zhigongbao"]);
    assert_eq!(request.paging.sort, Some(crate::query::Sort::Newest));
}

#[test]
fn labels_and_names_of_choices_are_the_same_list() {
    for row in super::PARAMETERS {
        let super::ValueKind::Choice(labels) = row.kind() else { continue };
        let mut holders = (
            SearchRequest::default(),
            TrendRequest::default(),
            ConcordanceRequest::default(),
            AmountsRequest::default(),
        );
        let binding = match row.taken_by[0] {
            RequestKind::Search => row.binding(&mut holders.0),
            RequestKind::Trends => row.binding(&mut holders.1),
            RequestKind::Concordance => row.binding(&mut holders.2),
            _ => row.binding(&mut holders.3),
        };
        let Some(super::binding::Binding::Choice(choice, _)) = binding else { panic!("{}", row.name) };
        // `province` is another name of `region`.
        let names: Vec<&str> = choice.names().into_iter().filter(|name| *name != "province").collect();
        assert_eq!(labels.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names, "{}", row.name);
        if row.name == "measure" {
            let words: Vec<&str> = crate::model::Measure::ALL.iter().map(|measure| measure.zh()).collect();
            assert_eq!(labels.iter().map(|(_, label)| *label).collect::<Vec<_>>(), words);
        }
    }
}
