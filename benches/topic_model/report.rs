//! What is right on articles that were left out, and how sure that was stated to be.

use crate::articles::{Known, Labelled};
use crate::model::Model;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What was said of an article by a model that had not seen it.
pub(crate) struct Answer<'a> {
    of: &'a Labelled,
    topics: Vec<(&'static str, f32)>,
    /// Path and confidence of its place.
    place: Option<(String, f32)>,
}

impl<'a> Answer<'a> {
    pub(crate) fn of(of: &'a Labelled, model: &Model) -> Self {
        let sure = |(topic, probability): (&'static str, f32)| (topic, model.confidence.of_topic(probability));
        let topics = of.case.topics(&model.topics).into_iter().map(sure).collect();
        let place = of.place.as_ref().and_then(|place| {
            let probability = place.probability(&model.focus);
            let sure = || (place.path().join("/"), model.confidence.of_region(probability));
            (probability >= model.focus.least).then(sure)
        });
        Self { of, topics, place }
    }

    /// Topics that are neither right nor wrong left out.
    fn decided(&self) -> impl Iterator<Item = (bool, f32)> {
        let wanted = |topic: &str| self.of.topics.iter().any(|wanted| wanted == topic);
        let said = self.topics.iter().filter(move |(topic, _)| wanted(topic) || !self.of.optional.contains(*topic));
        said.map(move |(topic, sure)| (wanted(topic), *sure))
    }

    fn path(&self) -> &str {
        self.place.as_ref().map_or("", |(path, _)| path)
    }

    fn right_place(&self) -> Option<bool> {
        let known = matches!(self.of.known, Known::Path(..) | Known::Around(_));
        self.of.known.is_right(self.path()).filter(|_| known)
    }
}

#[derive(Default)]
struct Share(usize, usize);

impl Share {
    fn add(&mut self, right: bool) {
        self.0 += usize::from(right);
        self.1 += 1;
    }

    fn text(&self) -> String {
        format!("{:.3} ({} of {})", self.0 as f64 / self.1.max(1) as f64, self.0, self.1)
    }
}

/// Prints the figures of a trial.
pub(crate) fn print(name: &str, answers: &[Answer]) {
    let [mut first, mut none, mut precise, mut recalled] = <[Share; 4]>::default();
    let [mut region, mut placed, mut province, mut falsely] = <[Share; 4]>::default();
    let [mut sent, mut abroad] = <[Share; 2]>::default();
    for answer in answers {
        let wanted = &answer.of.topics;
        match wanted.is_empty() {
            true => none.add(answer.decided().next().is_none()),
            false => first.add(answer.topics.first().is_some_and(|(topic, _)| wanted.iter().any(|one| one == topic))),
        }
        answer.decided().for_each(|(right, _)| precise.add(right));
        let said = |topic: &String| answer.topics.iter().any(|(one, _)| one == topic);
        wanted.iter().for_each(|topic| recalled.add(said(topic)));
        match (&answer.of.known, answer.right_place()) {
            (Known::SentFromPlace, _) => {
                let found = answer.of.place.as_ref().is_some_and(|place| place.evidence().contains(&("dateline", 1.0)));
                sent.add(found && answer.place.is_some());
            }
            (Known::SentFromNoPlace, _) => abroad.add(answer.place.is_some()),
            (Known::Path(main, _) | Known::Around(main), Some(right)) => {
                region.add(right);
                if main.is_empty() {
                    falsely.add(answer.place.is_some() && !right);
                } else {
                    placed.add(right);
                    let first = answer.path().split('/').next().unwrap_or_default();
                    province.add(answer.of.known.provinces().contains(first));
                }
            }
            _ => (),
        }
    }
    println!("{name}: {} articles", answers.len());
    println!(
        "  topics: first {}, none stays none {}, precision {}, recall {}",
        first.text(),
        none.text(),
        precise.text(),
        recalled.text()
    );
    println!(
        "  region: right {}, of placed {}, province of placed {}, false {}; sent from a place {}, placed though sent from abroad or \
         Beijing {}",
        region.text(),
        placed.text(),
        province.text(),
        falsely.text(),
        sent.text(),
        abroad.text()
    );
}

/// Prints what is wrong in articles that may be looked at.
pub(crate) fn misses(answers: &[Answer]) {
    for answer in answers {
        let wanted = &answer.of.topics;
        let wrong = answer.decided().any(|(right, _)| !right)
            || wanted.iter().any(|topic| !answer.topics.iter().any(|(one, _)| one == topic));
        if wrong {
            println!(
                "{} {} topics {wanted:?} {:?} said {:?}",
                answer.of.id, answer.of.title, answer.of.optional, answer.topics
            );
        }
        let sent = matches!(answer.of.known, Known::SentFromPlace | Known::SentFromNoPlace);
        let from_place = matches!(answer.of.known, Known::SentFromPlace);
        if answer.right_place() == Some(false) || sent && from_place == answer.place.is_none() {
            let best = answer.of.place.as_ref().map(|place| (place.path().join("/"), place.evidence().to_vec()));
            let right = answer.of.known.provinces();
            println!("{} {} region {right:?} said {:?} best {best:?}", answer.of.id, answer.of.title, answer.place);
        }
    }
}

/// How sure each topic was stated to be, and whether it was right.
pub(crate) fn topics_stated(answers: &[Answer]) -> Vec<(f32, bool)> {
    answers.iter().flat_map(|answer| answer.decided().map(|(right, sure)| (sure, right)).collect::<Vec<_>>()).collect()
}

/// The same of places.
pub(crate) fn places_stated(answers: &[Answer]) -> Vec<(f32, bool)> {
    let one = |answer: &Answer| Some((answer.place.as_ref()?.1, answer.right_place()?));
    answers.iter().filter_map(one).collect()
}

/// The rows of a table of stated against seen, with the expected calibration error.
pub(crate) fn table(name: &str, stated: &[(f32, bool)]) -> String {
    let mut bands: BTreeMap<i32, (f64, usize, usize)> = BTreeMap::new();
    for (sure, right) in stated {
        let band = bands.entry(((f64::from(*sure) * 10.0) as i32).min(9)).or_default();
        *band = (band.0 + f64::from(*sure), band.1 + usize::from(*right), band.2 + 1);
    }
    let off = |(sum, right, count): &(f64, usize, usize)| (sum - *right as f64).abs() / (*count as f64).max(1.0);
    let error: f64 = bands.values().map(|band| off(band) * band.2 as f64).sum::<f64>() / stated.len().max(1) as f64;
    let mut rows = String::new();
    for (tenth, (sum, right, count)) in &bands {
        let from = f64::from(*tenth) / 10.0;
        let mean = sum / *count as f64;
        let _ = writeln!(rows, "{name}\t{from:.1}-{:.1}\t{mean:.3}\t{count}\t{right}\t", from + 0.1);
    }
    let right: usize = bands.values().map(|band| band.1).sum();
    let _ = writeln!(rows, "{name}\tall\t\t{}\t{right}\t{error:.3}", stated.len());
    rows
}
