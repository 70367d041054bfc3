//! The form of a label: fields as a browser sends them, and the person's verdict.

use crate::archive::{FacetValueError, region_code};
use crate::enrich::stated_region;
use crate::model::{BorderVerdict, DateSpan, FieldVerdict, PredictedByline, Role, Verdict};
use crate::tables::{regions, topics};

/// Topics that an article can be given.
pub const MOST_TOPICS: usize = 3;

/// The names of the fields for topics, best first.
const TOPIC_FIELDS: [&str; MOST_TOPICS] = ["topic1", "topic2", "topic3"];

/// The longest text of a field, in characters.
const LONGEST: usize = 500;

/// The most names of a byline.
const MOST_NAMES: usize = 50;

/// The words for roles as a person writes them; the first of a role is the one that is shown.
const ROLES: [(&str, Role); 10] = [
    ("记者", Role::Reporter),
    ("通讯员", Role::Correspondent),
    ("摄影", Role::Photographer),
    ("作者", Role::Author),
    ("绘图", Role::Illustrator),
    ("译者", Role::Translator),
    ("摄", Role::Photographer),
    ("文", Role::Author),
    ("绘", Role::Illustrator),
    ("译", Role::Translator),
];

/// What stands in the form: the choice of each field, and what was written beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormState {
    /// `right`, `other` or `unknown`.
    pub date: String,
    /// The date, where it is another.
    pub date_is: String,
    /// `right`, `other`, `none` or `unknown`.
    pub region: String,
    /// The place, where it is another.
    pub region_is: String,
    /// `right`, `other` or `unknown`.
    pub topics: String,
    /// The topics, where they are others, best first.
    pub topics_are: [String; MOST_TOPICS],
    /// `right`, `other` or `unknown`.
    pub bylines: String,
    /// The names, where they are others.
    pub bylines_are: String,
    /// `whole`, `cut`, `joined` or `unknown`.
    pub border: String,
}

/// What is wrong with a field, so that nothing was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// The date is of no known form, or there is no such day.
    Date(String),
    /// There is no such place.
    Region(String),
    /// Several places have this name: these.
    SeveralRegions(Vec<String>),
    /// There is no such topic.
    Topic(String),
    /// The names do not begin with a role, or there are too many.
    Bylines(String),
    /// The archive has changed since the page was shown: what the person said is of something else.
    Changed,
}

/// The topics that there are, in the order of display.
pub fn topic_ids() -> impl Iterator<Item = &'static str> {
    topics().all().iter().map(|topic| topic.id.as_str())
}

/// The form as it was filled in; what was left out is as in a new one, where everything is right.
pub fn filled(pairs: &[(String, String)]) -> FormState {
    let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
    let text = |name: &str| value(name).unwrap_or_default().chars().take(LONGEST).collect::<String>();
    // What is written counts, whatever the choice beside it says.
    let choice = |name: &str, is_written: bool| match value(name) {
        None | Some("right") if is_written => "other".to_owned(),
        choice => choice.unwrap_or("right").to_owned(),
    };
    let (date_is, region_is, bylines_are) = (text("date_is"), text("region_is"), text("bylines_are"));
    let topics_are = TOPIC_FIELDS.map(text);
    FormState {
        date: choice("date", !date_is.is_empty()),
        region: choice("region", !region_is.is_empty()),
        topics: choice("topics", topics_are.iter().any(|id| !id.is_empty())),
        bylines: choice("bylines", !bylines_are.is_empty()),
        border: value("border").unwrap_or(BorderVerdict::Whole.name()).to_owned(),
        date_is,
        region_is,
        topics_are,
        bylines_are,
    }
}

/// What a filled form says.
///
/// # Errors
/// All faults, where there are any.
pub fn verdict(filled: &FormState) -> Result<Verdict, Vec<FormError>> {
    let mut faults = Vec::new();
    let date = answer(&filled.date, || date(&filled.date_is), &mut faults);
    let region = match filled.region.as_str() {
        "none" => Some(FieldVerdict::Is(String::new())),
        choice => answer(choice, || region(&filled.region_is), &mut faults),
    };
    let topics = answer(&filled.topics, || chosen_topics(&filled.topics_are), &mut faults);
    let bylines = answer(&filled.bylines, || names(&filled.bylines_are), &mut faults);
    let border = BorderVerdict::ALL.into_iter().find(|border| border.name() == filled.border);
    if faults.is_empty() { Ok(Verdict { date, region, topics, bylines, border }) } else { Err(faults) }
}

/// An answer by the choice that was made; any but the known ones is that it could not be told.
fn answer<T>(
    choice: &str,
    other: impl FnOnce() -> Result<T, FormError>,
    faults: &mut Vec<FormError>,
) -> Option<FieldVerdict<T>> {
    match choice {
        "right" => Some(FieldVerdict::Right),
        "other" => other().map_err(|fault| faults.push(fault)).ok().map(FieldVerdict::Is),
        _ => None,
    }
}

fn date(text: &str) -> Result<DateSpan, FormError> {
    text.parse().map_err(|_| FormError::Date(text.to_owned()))
}

/// The code of a place that is written as a code, a name, or names from the province down.
fn region(text: &str) -> Result<String, FormError> {
    let reason = match region_code(text) {
        Ok(code) => return Ok(code),
        Err(reason) => reason,
    };
    if let FacetValueError::SeveralRegions { paths, .. } = reason {
        let path = |place: &String| place.split(" (").next().unwrap_or_default().to_owned();
        return Err(FormError::SeveralRegions(paths.iter().map(path).collect()));
    }
    // 河南焦作 is 河南省/焦作市; a sentence in which a place is named is none.
    let bare = |text: &str| text.chars().filter(|c| !"省市县区州盟 /".contains(*c)).collect::<String>();
    let found = stated_region(text, None).filter(|found| bare(&found.path.concat()).ends_with(&bare(text)));
    found.map(|found| found.code).ok_or_else(|| FormError::Region(text.to_owned()))
}

fn chosen_topics(ids: &[String]) -> Result<Vec<String>, FormError> {
    let mut chosen: Vec<String> = Vec::new();
    for id in ids.iter().filter(|id| !id.is_empty()) {
        let topic = topics().find(id).ok_or_else(|| FormError::Topic(id.clone()))?;
        if !chosen.contains(&topic.id) {
            chosen.push(topic.id.clone());
        }
    }
    Ok(chosen)
}

/// Names after their roles: `记者 张三、李四 摄影 王五`. Nothing is that there are none.
fn names(text: &str) -> Result<Vec<PredictedByline>, FormError> {
    let fault = || FormError::Bylines(text.to_owned());
    let mut role = None;
    let mut names = Vec::new();
    let is_between = |c: char| c.is_whitespace() || "、，,;；:：/".contains(c);
    for word in text.split(is_between).filter(|word| !word.is_empty()) {
        match ROLES.iter().find(|(name, _)| *name == word) {
            Some((_, known)) => role = Some(*known),
            None => names.push(PredictedByline { role: role.ok_or_else(fault)?, name: word.to_owned() }),
        }
    }
    if names.len() > MOST_NAMES || names.is_empty() && role.is_some() { Err(fault()) } else { Ok(names) }
}

impl FormState {
    /// The form as it stands after an answer.
    pub(super) fn from_verdict(verdict: &Verdict) -> Self {
        let (date, date_is) = choice_and_text(verdict.date.as_ref(), ToString::to_string);
        let (region, region_is) = choice_and_text(verdict.region.as_ref(), |code| written_place(code));
        let (topics, _) = choice_and_text(verdict.topics.as_ref(), |_| String::new());
        let (bylines, bylines_are) = choice_and_text(verdict.bylines.as_ref(), |names| written_names(names));
        let mut topics_are: [String; MOST_TOPICS] = Default::default();
        if let Some(FieldVerdict::Is(ids)) = &verdict.topics {
            topics_are.iter_mut().zip(ids).for_each(|(field, id)| field.clone_from(id));
        }
        let region = if region == "other" && region_is.is_empty() { "none".to_owned() } else { region };
        let border = verdict.border.map_or("unknown", BorderVerdict::name).to_owned();
        Self { date, date_is, region, region_is, topics, topics_are, bylines, bylines_are, border }
    }
}

/// The choice of a field and what is written beside it.
fn choice_and_text<T>(answer: Option<&FieldVerdict<T>>, text: impl FnOnce(&T) -> String) -> (String, String) {
    match answer {
        None => ("unknown".into(), String::new()),
        Some(FieldVerdict::Right) => ("right".into(), String::new()),
        Some(FieldVerdict::Is(value)) => ("other".into(), text(value)),
    }
}

fn written_place(code: &str) -> String {
    let path = regions().path(code, None);
    path.iter().map(|unit| unit.name).collect::<Vec<_>>().join("/")
}

fn written_names(names: &[PredictedByline]) -> String {
    let role = |role: Role| ROLES.iter().find(|(_, known)| *known == role).map_or("", |(name, _)| *name);
    let group = |group: &[PredictedByline]| {
        let names: Vec<&str> = group.iter().map(|one| one.name.as_str()).collect();
        group.first().map(|first| format!("{} {}", role(first.role), names.join("、"))).unwrap_or_default()
    };
    names.chunk_by(|a, b| a.role == b.role).map(group).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Result<Verdict, Vec<FormError>> {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        verdict(&filled(&pairs))
    }

    #[test]
    fn an_untouched_form_says_that_everything_is_right() {
        let verdict = of(&[]).unwrap();
        assert_eq!((verdict.date, verdict.region), (Some(FieldVerdict::Right), Some(FieldVerdict::Right)));
        assert_eq!((verdict.topics, verdict.bylines), (Some(FieldVerdict::Right), Some(FieldVerdict::Right)));
        assert_eq!(verdict.border, Some(BorderVerdict::Whole));
    }

    #[test]
    fn what_is_written_counts_and_stays_in_the_form() {
        let given = of(&[
            ("date", "right"),
            ("date_is", " 2014-04 "),
            ("region_is", "河南焦作"),
            ("topic2", "维权"),
            ("topic3", "维权"),
            ("bylines", "other"),
            ("bylines_are", "记者 张三、李四，摄：王五"),
            ("border", "joined"),
        ]);
        let given = given.unwrap();
        assert_eq!(given.date, "2014-04".parse().ok().map(FieldVerdict::Is));
        assert_eq!(given.region, Some(FieldVerdict::Is("410800".into())));
        assert_eq!(given.topics, Some(FieldVerdict::Is(vec!["维权".into()])));
        let Some(FieldVerdict::Is(names)) = &given.bylines else { panic!("names") };
        let names: Vec<_> = names.iter().map(|one| (one.role.name(), one.name.as_str())).collect();
        assert_eq!(names, [("reporter", "张三"), ("reporter", "李四"), ("photographer", "王五")]);
        assert_eq!(verdict(&FormState::from_verdict(&given)).unwrap(), given);
    }

    #[test]
    fn none_and_unknown_are_told_apart() {
        let none = [("region", "none"), ("topics", "other"), ("bylines", "other")];
        let none = of(&none).unwrap();
        assert_eq!(
            (none.region.clone(), none.topics.clone()),
            (Some(FieldVerdict::Is(String::new())), Some(FieldVerdict::Is(vec![])))
        );
        assert_eq!(verdict(&FormState::from_verdict(&none)).unwrap(), none);
        let fields = ["date", "region", "topics", "bylines", "border"].map(|name| (name, "unknown"));
        let unknown = of(&fields).unwrap();
        assert_eq!(unknown, Verdict::default());
        assert_eq!(verdict(&FormState::from_verdict(&unknown)).unwrap(), unknown);
    }

    #[test]
    fn every_fault_is_told() {
        let faults = of(&[("date_is", "去年"), ("region_is", "鼓楼区"), ("topic1", "天气"), ("bylines_are", "张三")]);
        let faults = faults.unwrap_err();
        assert!(
            matches!(&faults[1], FormError::SeveralRegions(places) if places.contains(&"江苏省/南京市/鼓楼区".to_owned()))
        );
        assert_eq!(
            [&faults[0], &faults[2], &faults[3]],
            [&FormError::Date("去年".into()), &FormError::Topic("天气".into()), &FormError::Bylines("张三".into()),]
        );
        for text in ["不知道", "亚特兰蒂斯", "稿件说的是焦作的事"] {
            assert_eq!(of(&[("region_is", text)]).unwrap_err(), [FormError::Region(text.into())]);
        }
        assert_eq!(of(&[("region", "other")]).unwrap_err(), [FormError::Region(String::new())]);
    }
}
