//! Whose headline it is: of the lines that wait between two stories, the first ones may belong to the story before them.

use super::draft::is_headline;
use crate::model::Label;
use crate::tables::layout;

/// A line between two stories.
pub(super) struct Waiting {
    /// Its label.
    pub(super) label: Label,
    /// Share of its pairs that stand in the story before.
    pub(super) before: f32,
    /// Share of its pairs that stand in the text after.
    pub(super) after: f32,
    /// Whether it is the label of a digest.
    pub(super) digest: bool,
}

/// The stories on both sides.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sides {
    /// Whether there is a story before that may take a headline: no picture, no item of a digest.
    pub(super) takes_title: bool,
    /// Whether the story before has a title.
    pub(super) titled: bool,
    /// Whether the story before has a column label.
    pub(super) labelled: bool,
    /// Whether the story before begins as news does.
    pub(super) news_before: bool,
    /// Whether the text after begins as news does, or with a mark: it can do without a title.
    pub(super) news_after: bool,
    /// Whether the text after is a picture's.
    pub(super) picture_after: bool,
}

/// Lines of a headline stack with its column label and its authors, at most.
pub(super) const MOST_LINES: usize = 12;

/// How many of the lines belong to the story before, and the points of that.
pub(super) fn split(lines: &[Waiting], sides: Sides) -> (usize, f32) {
    let scored = (0..=lines.len()).map(|given| (given, score(lines, given, sides)));
    scored.fold((0, f32::MIN), |best, next| if next.1 > best.1 + 1e-4 { next } else { best })
}

fn score(lines: &[Waiting], given: usize, sides: Sides) -> f32 {
    let (given, rest) = lines.split_at(given);
    (if given.is_empty() { 0.0 } else { score_given(given, sides) }) + score_rest(rest, sides)
}

/// Points for giving lines to the story before.
fn score_given(given: &[Waiting], sides: Sides) -> f32 {
    let titles = given.iter().filter(|line| is_headline(line.label));
    let (count, shared) = titles.fold((0, 0.0), |(n, sum), line| (n + 1, sum + line.before - line.after));
    let labels = given.iter().filter(|line| line.label == Label::Column).count();
    let points = &layout().heads;
    let mut score = points.belated;
    if count > 0 {
        score += points.shared * shared / count as f32;
        score += if sides.titled || !sides.takes_title { points.second_title } else { points.finds_title };
    }
    if labels > 0 {
        score += points.label_after;
        score += if sides.labelled { points.second_label } else { 0.0 };
        score += if given.iter().any(|line| line.digest) { points.digest_label_after } else { 0.0 };
        let feature = !sides.news_before && (sides.news_after || sides.picture_after);
        score += if feature { points.label_of_feature } else { 0.0 };
    }
    // Authors alone do not change sides.
    if count == 0 && labels == 0 {
        score += points.second_title;
    }
    score
}

/// Points for leaving lines to the story after.
fn score_rest(rest: &[Waiting], sides: Sides) -> f32 {
    let titled = rest.iter().any(|line| is_headline(line.label));
    let labels = rest.iter().filter(|line| line.label == Label::Column).count();
    let turned = rest.windows(2).filter(|pair| order(pair[0].label) > order(pair[1].label)).count();
    let points = &layout().heads;
    let untitled = match () {
        () if titled || sides.picture_after => 0.0,
        () if sides.news_after => points.untitled_news,
        () => points.untitled,
    };
    untitled + points.turned * turned as f32 + points.two_labels * labels.saturating_sub(1) as f32
}

/// The place of a line in a headline stack.
fn order(label: Label) -> u8 {
    match label {
        Label::Column => 0,
        Label::Kicker => 1,
        Label::Title => 2,
        Label::Subtitle => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: Label, before: f32, after: f32) -> Waiting {
        Waiting { label, before, after, digest: false }
    }

    const UNTITLED: Sides = Sides {
        takes_title: true,
        titled: false,
        labelled: false,
        news_before: true,
        news_after: true,
        picture_after: false,
    };

    #[test]
    fn a_title_goes_where_its_words_are() {
        let lines = [line(Label::Title, 0.8, 0.1), line(Label::Title, 0.1, 0.7)];
        assert_eq!(split(&lines, UNTITLED).0, 1);
        assert_eq!(split(&lines, Sides { titled: true, ..UNTITLED }).0, 0);
        assert_eq!(split(&lines[1..], UNTITLED).0, 0);
    }

    #[test]
    fn a_label_before_a_picture_is_that_of_the_story_before() {
        let sides = Sides { titled: true, news_before: false, news_after: false, picture_after: true, ..UNTITLED };
        assert_eq!(split(&[line(Label::Column, 0.0, 0.0)], sides).0, 1);
        assert_eq!(split(&[line(Label::Column, 0.0, 0.0)], Sides { labelled: true, ..sides }).0, 0);
    }
}
