//! Controls of forms, made from the parameter table: what a form shows of the parameters given, and what it sends along unseen.

use super::url::UrlParam;
use super::words;
use crate::archive::{
    FacetValue, Overview, PARAMETERS, Parameter, RequestKind, ValueKind, Values, facet_label, parameters_of,
};
use crate::model::Facet;

/// A value that can be ticked or selected.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) count: Option<String>,
    pub(super) chosen: bool,
}

/// A text input.
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) example: &'static str,
}

/// A list of which one value is chosen.
pub(super) struct Select {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) choices: Vec<Choice>,
}

impl Select {
    /// The id of the control in a form.
    pub(super) fn select_id(&self, form: &str) -> String {
        format!("{form}-{}", self.name)
    }
}

/// How a form shows a parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Control {
    /// Whatever is given is shown, or belongs to one request and is not sent with another.
    Whole,
    /// The first accepted value stands in a text input.
    Input,
    /// All accepted values are ticked.
    Ticks,
    /// Not at all.
    Hidden,
}

fn control(row: &Parameter, page: RequestKind) -> Control {
    match row.kind() {
        ValueKind::PeriodStart | ValueKind::PeriodEnd => Control::Input,
        ValueKind::List(Facet::Topic | Facet::Paper | Facet::Kind) => Control::Ticks,
        ValueKind::List(_) => Control::Input,
        ValueKind::Confidence(_) | ValueKind::Token => Control::Whole,
        ValueKind::Choice(_) if !row.is_filter() => Control::Whole,
        ValueKind::Text if row.is_query() => Control::Whole,
        ValueKind::Festival | ValueKind::Integer { .. } | ValueKind::Flag if page == RequestKind::Trends => {
            Control::Whole
        }
        _ => Control::Hidden,
    }
}

/// The row of a parameter that several requests may take.
pub(super) fn row(name: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|row| row.name == name)
}

/// Whether a value excludes.
pub(super) fn refuses(value: &str) -> bool {
    Values::without_mark(value.trim()).1
}

/// Where the first accepted value of a parameter stands.
fn first(pairs: &[UrlParam], name: &str) -> Option<usize> {
    pairs.iter().position(|(given, value)| given == name && !value.trim().is_empty() && !refuses(value))
}

/// The first accepted value of a parameter; empty where there is none.
pub(super) fn given(pairs: &[UrlParam], name: &str) -> String {
    first(pairs, name).and_then(|at| pairs.get(at)).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

/// What a form must send along because no control shows it: its page's parameters, and what is no parameter at all.
pub(super) fn hidden(page: RequestKind, pairs: &[UrlParam]) -> Vec<UrlParam> {
    let shown = |at: usize, (name, value): &UrlParam| {
        let row = parameters_of(page).find(|row| row.name == name);
        value.trim().is_empty()
            || match row.map_or(Control::Hidden, |row| control(row, page)) {
                Control::Whole => true,
                Control::Ticks => !refuses(value),
                Control::Input => first(pairs, name) == Some(at),
                Control::Hidden => false,
            }
    };
    pairs.iter().enumerate().filter(|(at, pair)| !shown(*at, pair)).map(|(_, pair)| pair.clone()).collect()
}

/// The text inputs of filters, but those of days and of the names that have controls of their own.
pub(super) fn inputs(page: RequestKind, pairs: &[UrlParam], others: &[&str]) -> Vec<Input> {
    let listed = |row: &&Parameter| {
        let is_list = matches!(row.kind(), ValueKind::List(_));
        is_list && control(row, page) == Control::Input && !others.contains(&row.name)
    };
    let input = |row: &'static Parameter| Input {
        name: row.name,
        label: row.label,
        value: given(pairs, row.name),
        example: row.example,
    };
    parameters_of(page).filter(listed).map(input).collect()
}

/// How sure fields must be.
pub(super) fn confidences(page: RequestKind, pairs: &[UrlParam]) -> Vec<Select> {
    let rows = parameters_of(page).filter(|row| matches!(row.kind(), ValueKind::Confidence(_)));
    rows.map(|row| confidence(row, &given(pairs, row.name))).collect()
}

/// The choices, and a value that was given and is none of them.
fn confidence(row: &'static Parameter, given: &str) -> Select {
    let rows = [("", "不限"), ("0.9", "不低于 0.9"), ("0.7", "不低于 0.7"), ("<0.7", "低于 0.7（存疑）")];
    let mut choices = choices(rows, given);
    if choices.iter().all(|choice| !choice.chosen) {
        choices.push(Choice { value: given.into(), label: sureness(given), count: None, chosen: true });
    }
    Select { name: row.name, label: row.label, choices }
}

/// How sure, in words.
pub(super) fn sureness(value: &str) -> String {
    match value.strip_prefix(['<', '＜']) {
        Some(below) => format!("低于 {}", below.trim()),
        None => format!("不低于 {value}"),
    }
}

/// Things to choose from, one of which may be chosen.
pub(super) fn choices<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>, chosen: &str) -> Vec<Choice> {
    let choice = |(value, label): (&str, &str)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        count: None,
        chosen: value == chosen,
    };
    rows.into_iter().map(choice).collect()
}

/// The values of a parameter that is one of a few names; before them, where there is one, what having none is called.
pub(super) fn options(name: &str, none: Option<&str>, chosen: &str) -> Vec<Choice> {
    let rows = row(name).map(|row| match row.kind() {
        ValueKind::Choice(names) => names,
        _ => &[],
    });
    choices(none.map(|label| ("", label)).into_iter().chain(rows.unwrap_or_default().iter().copied()), chosen)
}

/// The values of the archive and those that were asked for.
pub(super) fn held(overview: &Overview, facet: Facet, chosen: &[String]) -> Vec<Choice> {
    let known = values(&overview.facets, facet);
    let others = chosen.iter().filter(|value| known.iter().all(|one| one.value != **value));
    let others = others.map(|value| (value.clone(), facet_label(facet, value)));
    let all = known.iter().map(|one| (one.value.clone(), one.label.clone())).chain(others);
    all.map(|(value, label)| Choice { chosen: chosen.contains(&value), value, label, count: None }).collect()
}

/// A condition that is in force, in words.
pub(super) fn chip_text(row: &Parameter, value: &str) -> String {
    let (bare, refused) = Values::without_mark(value);
    let refused = if refused { "不含" } else { "" };
    let shown = match row.kind() {
        ValueKind::Choice(names) => {
            let label = names.iter().find(|(name, _)| *name == value).map(|(_, label)| *label);
            return label.unwrap_or(value).to_owned();
        }
        ValueKind::List(Facet::Kind) => words::kind_named(bare),
        ValueKind::List(Facet::Page) => words::page(bare),
        ValueKind::List(facet) => facet_label(facet, bare),
        ValueKind::Confidence(_) => sureness(bare),
        _ => bare.to_owned(),
    };
    format!("{}：{refused}{shown}", row.label)
}

/// The values of a facet; none where it was not counted.
pub(super) fn values(facets: &[(Facet, Vec<FacetValue>)], facet: Facet) -> &[FacetValue] {
    facets.iter().find(|(name, _)| *name == facet).map(|(_, values)| values.as_slice()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(rows: &[(&str, &str)]) -> Vec<UrlParam> {
        rows.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn sent(page: RequestKind, rows: &[(&str, &str)]) -> Vec<String> {
        hidden(page, &pairs(rows)).iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn the_form_sends_what_no_control_shows() {
        let rows = [
            ("q", "x"),
            ("region", "厦门"),
            ("region", "福州"),
            ("topic", "a"),
            ("topic", "!b"),
            ("limit", "50"),
            ("date", "!undated"),
            ("page", ""),
            ("cursor", "c"),
            ("once", "true"),
        ];
        let search = ["region=福州", "topic=!b", "limit=50", "date=!undated", "once=true"];
        assert_eq!(sent(RequestKind::Search, &rows), search);
        let trends = [("q", "x"), ("stack", "true"), ("around", "9"), ("today", "2014-01-01"), ("as_of", "a")];
        assert_eq!(sent(RequestKind::Trends, &trends), ["today=2014-01-01"]);
        assert_eq!(sent(RequestKind::Coverage, &[("paper", "a"), ("paper", "!b"), ("by", "day")]), ["paper=!b"]);
    }

    #[test]
    fn a_made_up_filter_has_its_input_and_its_words() {
        for page in [RequestKind::Search, RequestKind::Trends] {
            let inputs = inputs(page, &pairs(&[("made_up", "厦门市"), ("made_up", "福州市")]), &[]);
            let input = inputs.iter().find(|input| input.name == "made_up").expect("an input");
            assert_eq!((input.label, input.value.as_str()), ("虚构条件", "厦门市"));
            assert_eq!(sent(page, &[("made_up", "厦门市"), ("made_up", "福州市")]), ["made_up=福州市"]);
        }
        assert_eq!(chip_text(row("made_up").expect("a row"), "!厦门市"), "虚构条件：不含厦门市");
    }
}
