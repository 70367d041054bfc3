//! Fields of union work: terms by where and beside whom they stand, weighed, behind the gate of what is about workers.

mod terms;
mod training;

pub use training::TopicCase;

use super::relevance::Relevance;
use super::zones::{Zone, ZoneKind, length};
use crate::model::{Evidence, Story, TopicInfo};
use crate::tables::{TopicWeights, confidence, topic_weights, topics};
use std::collections::BTreeSet;
use terms::{TermClass, TermHit, counted_hits, hits, points, weight_of};

/// Topics of one article, at most.
const MAX_TOPICS_PER_ARTICLE: usize = 3;

/// The topics a source states, else those that are found. `foreign`: the article is about another country.
pub(super) fn of_story(story: &Story, zones: &[Zone<'_>], foreign: bool) -> Vec<TopicInfo> {
    let mut stated: Vec<TopicInfo> = Vec::new();
    for text in &story.given.topics {
        let id = topics().find(text.trim()).map_or(text.trim(), |topic| topic.id.as_str());
        if !id.is_empty() && stated.iter().all(|known| known.id != id) {
            let evidence = vec![Evidence::new("item", text.clone())];
            stated.push(TopicInfo { id: id.to_owned(), confidence: 1.0, evidence });
        }
    }
    if stated.is_empty() && !foreign { find(zones) } else { stated }
}

fn find(zones: &[Zone<'_>]) -> Vec<TopicInfo> {
    let gate = Relevance::from_zones(zones);
    let table = topic_weights();
    if gate.odds(table) < table.least_gate {
        return Vec::new();
    }
    let fields = TopicScore::all(zones, &gate);
    let evidence = |number: usize| fields.iter().find(|field| field.topic == number).map(|field| &field.hits);
    let info = |(number, probability): (usize, f32)| TopicInfo {
        id: topics().all()[number].id.clone(),
        confidence: confidence().of_topic(probability),
        evidence: top_terms(zones, evidence(number).map_or(&[], Vec::as_slice))
            .into_iter()
            .chain(gate.evidence())
            .collect(),
    };
    let scored = scored(&gate, table, fields.iter().map(|field| (field.topic, field.evidence.as_slice())));
    probable_topics(table, scored).into_iter().map(info).collect()
}

/// The probability of each topic, the most probable first.
fn scored<'a>(
    gate: &Relevance,
    table: &TopicWeights,
    fields: impl Iterator<Item = (usize, &'a [(&'static str, f32)])>,
) -> Vec<(usize, f32)> {
    let odds = gate.odds(table);
    let mut scored: Vec<(usize, f32)> =
        fields.map(|(topic, evidence)| (topic, probability(table, topic, evidence, odds))).collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1));
    scored
}

/// The probability that the evidence speaks for a topic. `gate`: log odds of being about workers.
fn probability(table: &TopicWeights, topic: usize, evidence: &[(&'static str, f32)], gate: f32) -> f32 {
    let weight = |name: &str| table.field.get(name).copied().unwrap_or_default();
    let odds: f32 = evidence.iter().map(|(name, value)| value * weight(name)).sum();
    let own = table.topic.get(&topics().all()[topic].id).copied().unwrap_or_default();
    1.0 / (1.0 + (-odds - own - weight("gate") * gate.clamp(-MOST_ODDS, MOST_ODDS)).exp())
}

/// Log odds of the gate that count for a topic, at most.
const MOST_ODDS: f32 = 6.0;

/// The topics that are probable enough: the first one by its own measure, a further one by its own.
fn probable_topics(table: &TopicWeights, scored: Vec<(usize, f32)>) -> Vec<(usize, f32)> {
    let mut chosen: Vec<(usize, f32)> = Vec::new();
    for (topic, probability) in scored {
        let least = table.least.get(&topics().all()[topic].id).copied().unwrap_or([1.0; 2]);
        if chosen.len() < MAX_TOPICS_PER_ARTICLE && probability >= least[usize::from(!chosen.is_empty())] {
            chosen.push((topic, probability));
        }
    }
    chosen
}

/// The terms of one topic in an article, and what they say for it.
struct TopicScore {
    topic: usize,
    hits: Vec<TermHit>,
    evidence: Vec<(&'static str, f32)>,
}

impl TopicScore {
    /// The topics of which there are terms.
    fn all(zones: &[Zone<'_>], gate: &Relevance) -> Vec<Self> {
        let counted = hits(zones).into_iter().map(counted_hits).enumerate();
        let with_points: Vec<(usize, Vec<TermHit>, f32)> = counted
            .map(|(topic, hits)| {
                let points = points(zones, &hits);
                (topic, hits, points)
            })
            .filter(|(.., points)| *points > 0.0)
            .collect();
        let all: f32 = with_points.iter().map(|(.., points)| points).sum();
        let best = with_points.iter().map(|(.., points)| *points).fold(0.0, f32::max);
        let field = |(topic, hits, points): (usize, Vec<TermHit>, f32)| {
            let mut evidence = evidence(zones, gate, &hits);
            let shares = [("of best", points / best), ("share", points / all), ("points", (1.0 + points).ln())];
            evidence.extend(shares);
            Self { topic, hits, evidence }
        };
        with_points.into_iter().map(field).collect()
    }
}

/// What the terms of a topic say for it by where they stand, each with how much of it there is.
fn evidence(zones: &[Zone<'_>], gate: &Relevance, hits: &[TermHit]) -> Vec<(&'static str, f32)> {
    let strong = || hits.iter().filter(|hit| hit.class == TermClass::Strong);
    let at = |place: usize| strong().filter(|hit| weight_of(zones, hit) == place).count();
    let in_body = |hit: &&TermHit| zones[hit.zone].piece.part != ZoneKind::Headline;
    let beside = strong().filter(in_body).filter(|hit| gate.beside_workers(hit.zone, hit.start)).count();
    let distinct: BTreeSet<&str> = strong().map(|hit| &zones[hit.zone].text[hit.start..hit.end]).collect();
    let weak = hits.iter().filter(|hit| hit.class == TermClass::Weak).count();
    vec![
        ("bias", 1.0),
        ("headline", at(0).min(2) as f32 / 2.0),
        ("lead", at(1).min(3) as f32 / 3.0),
        ("beside workers", (1.0 + beside as f32).ln()),
        ("distinct", (1.0 + distinct.len() as f32).ln()),
        ("weak density", (100.0 * weak as f32 / length(zones).max(100) as f32).min(4.0)),
    ]
}

/// The terms that decided, heaviest first, each once, at most five.
fn top_terms(zones: &[Zone<'_>], hits: &[TermHit]) -> Vec<Evidence> {
    let mut order: Vec<&TermHit> = hits.iter().collect();
    order.sort_by_key(|hit| (hit.class == TermClass::Weak, weight_of(zones, hit), hit.zone, hit.start));
    let mut evidence: Vec<Evidence> = Vec::new();
    for hit in order {
        let quote = zones[hit.zone].quote(hit.start..hit.end);
        let rule = if hit.class == TermClass::Strong { "strong term" } else { "weak term" };
        if evidence.len() < 5 && evidence.iter().all(|known| known.quote != quote) {
            evidence.push(Evidence::in_block(rule, quote, zones[hit.zone].piece.block));
        }
    }
    evidence
}

#[cfg(test)]
mod tests {
    use super::super::zones::{pieces, zones};
    use super::terms::WEIGHTS;
    use super::*;
    use crate::model::{ArticleKind, Passage};

    fn story(title: &str, text: &str) -> Story {
        let mut story = Story::new(ArticleKind::News);
        story.title = title.into();
        story.body.push(Passage { text: text.into(), blocks: vec![3], subhead: false, grafts: Vec::new() });
        story
    }

    /// Points of a topic where all text has the weight of the rest.
    fn plain_points(topic: usize, text: &str) -> f32 {
        let story = story("", text);
        let pieces = pieces(&story);
        let zones = zones(&pieces);
        points(&zones, &counted_hits(hits(&zones).swap_remove(topic))) / WEIGHTS[1]
    }

    #[test]
    fn the_examples_of_the_table() {
        for (number, topic) in topics().all().iter().enumerate() {
            for text in &topic.matches {
                assert!(plain_points(number, text) >= 3.0, "{} {text}", topic.id);
            }
            for text in &topic.rejects {
                assert!(plain_points(number, text) < 3.0, "{} {text}", topic.id);
            }
        }
    }

    #[test]
    fn found_with_terms_and_stated() {
        let mut story = story("區總工會“送溫暖”", "春节前夕,工会干部走访慰问困难职工,送上慰问金。");
        let found = of_story(&story, &zones(&pieces(&story)), false);
        assert_eq!((found[0].id.as_str(), found[0].evidence[0].quote.as_str()), ("送温暖", "送溫暖"));
        assert!(found[0].confidence > 0.6 && found.len() <= 3);
        story.given.topics = vec!["rights protection".into(), "维权".into(), "自定".into()];
        let ids: Vec<String> =
            of_story(&story, &zones(&pieces(&story)), false).into_iter().map(|topic| topic.id).collect();
        assert_eq!(ids, ["维权", "自定"]);
    }

    fn ids(title: &str, text: &str) -> Vec<String> {
        let story = story(title, text);
        of_story(&story, &zones(&pieces(&story)), false).into_iter().map(|topic| topic.id).collect()
    }

    #[test]
    fn what_is_not_about_workers_has_no_topic() {
        let cases = [
            ("", "天气晴朗。"),
            (
                "茶山村脱贫了",
                "驻村第一书记带着贫困户种茶,村民收入翻番。村里还修了路,脱贫攻坚给山乡带来变化。农户都加入了合作社。",
            ),
            (
                "两国外长会谈",
                "两国外长就贸易和关税举行会谈。法国外长说,法国农民工会正在抗议。会谈在日内瓦举行,美国代表也到了场。",
            ),
            (
                "机关党委学习全会精神",
                "县委召开会议,传达学习全会精神。党员干部要转作风,党委书记讲了党课,部署主题教育和巡视整改。",
            ),
        ];
        for (title, text) in cases {
            assert_eq!(ids(title, text), Vec::<String>::new(), "{title}");
        }
    }

    #[test]
    fn what_is_about_another_country_has_no_topic() {
        let text =
            "法国铁路工会昨日发动罢工,要求提高工资。巴黎数万名工人走上街头,反对裁员;德国和比利时的工会表示支持。";
        let story = story("法国铁路工人罢工", text);
        assert_eq!(of_story(&story, &zones(&pieces(&story)), true), Vec::new());
    }

    #[test]
    fn wronged_workers_are_a_matter_of_rights_without_the_word() {
        let text =
            "十名瓦工去年在工地干了半年,拖欠的工资一直没有给。工人们拿着欠条找到劳动部门,用人单位终于付清劳动报酬。";
        assert_eq!(ids("瓦工要回半年工资", text).first().map(String::as_str), Some("维权"));
    }
}
