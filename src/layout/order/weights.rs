//! The signs that one run follows another, and their points.
//!
//! The points are log-odds, learned on pages of known order (the press, `benches/press`: 300 pages of 23 styles in the
//! order of the source, sorted as plain OCR sorts, slanted and unevenly cut, with frames and rules, and 60 of them as
//! RapidOCR and Tesseract read their scans) so that of all candidates after a run, and of all before one, the true one
//! has the highest share; "none" has 0 points. Learned on every other style only, the share of articles in one piece on
//! the styles left out is up to .02 lower than with these points.

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkFeature {
    /// The step goes down.
    Below,
    /// Hardly more white than between lines.
    BelowClose,
    /// More white than a picture of three lines leaves.
    BelowFar,
    /// The run stands directly under a headline that begins below the run before.
    BelowUnderHead,
    /// Under the left end of such a headline.
    BelowUnderOwnEnd,
    /// The run before stands directly over a headline.
    BelowOverHead,
    /// Nothing stands between.
    BelowSeen,
    /// A nearer candidate stands between.
    BelowLater,
    /// The left edges are the same.
    BelowLeft,
    /// The right edges are the same.
    BelowRight,
    /// It is the next run of the column.
    BelowColumn,
    /// The step goes to a column further on.
    Beside,
    /// More than the gap between columns lies between.
    BesideFar,
    /// Its top is on a level with that of the column before.
    BesideTop,
    /// Its top is on a level with another run of the column before.
    BesideMiddle,
    /// It begins higher than the column before.
    BesideHigher,
    /// It begins lower.
    BesideLower,
    /// Both columns stand under one headline.
    BesideSameHead,
    /// It stands under the left end of another headline.
    BesideOtherHead,
    /// It stands under another headline, further on.
    BesideOtherHeadInner,
    /// Its column ends on a level with the run before.
    BesideBottom,
    /// Text goes on closely below the run before.
    BesideGoesOn,
    /// More runs stand below in the column before.
    BesideNotLast,
    /// Text stands closely above it in its column.
    BesideComesFrom,
    /// Runs stand above it in its column.
    BesideNotFirst,
    /// The run before stands directly over a headline.
    BesideOverHead,
    /// The columns are equally wide.
    WidthSame,
    /// The columns are not equally wide.
    WidthOther,
    /// The type is of another size.
    SizeOther,
    /// The lines are spaced otherwise.
    PitchOther,
    /// A full last line, then no indent.
    FullFlush,
    /// A full last line, then an indent.
    FullFresh,
    /// A short last line, then no indent.
    ShortFlush,
    /// A short last line, then an indent.
    ShortFresh,
    /// A full last line in mid-sentence, then no indent.
    OpenFlush,
    /// A full last line in mid-sentence, then an indent.
    OpenFresh,
    /// The end of a sentence, then no indent.
    StopFlush,
    /// The end of a sentence, then an indent.
    StopFresh,
    /// It begins as news do.
    Dateline,
    /// The run before is a single line.
    OneLineBefore,
    /// The run after is a single line.
    OneLineAfter,
    /// One stands in a drawn frame that the other is not in.
    OtherBox,
    /// Both stand in one drawn frame.
    SameBox,
    /// The source has them one after the other.
    SourceNext,
    /// The source, which goes along columns, has them apart.
    SourceOther,
    /// The headline over the column before reaches over it.
    BesideWithinHead,
    /// The headline over the column before does not reach so far.
    BesideBeyondHead,
    /// Nothing stands between the two.
    BesideSeen,
    /// Nothing stands between it and the column before.
    BesideColumnSeen,
    /// It stands under the left end of a headline.
    ToUnderHead,
    /// It stands under a headline, further on.
    ToUnderInner,
    /// It stands under text.
    ToUnderText,
    /// A crossing headline stands at its left.
    ToBesideHead,
    /// The run before stands over a headline.
    FromOverHead,
    /// A crossing headline stands at the left of the column before.
    FromFirst,
}

/// Points of each sign, in the order of [`LinkFeature`].
pub(super) const SIGNS: &[(LinkFeature, f32)] = &[
    (LinkFeature::Below, -0.96),
    (LinkFeature::BelowClose, 2.73),
    (LinkFeature::BelowFar, -0.82),
    (LinkFeature::BelowUnderHead, -1.61),
    (LinkFeature::BelowUnderOwnEnd, -0.88),
    (LinkFeature::BelowOverHead, -1.24),
    (LinkFeature::BelowSeen, 0.39),
    (LinkFeature::BelowLater, -0.14),
    (LinkFeature::BelowLeft, -0.63),
    (LinkFeature::BelowRight, -0.44),
    (LinkFeature::BelowColumn, -0.28),
    (LinkFeature::Beside, -1.32),
    (LinkFeature::BesideFar, -0.76),
    (LinkFeature::BesideTop, -0.26),
    (LinkFeature::BesideMiddle, 2.44),
    (LinkFeature::BesideHigher, -0.99),
    (LinkFeature::BesideLower, -0.33),
    (LinkFeature::BesideSameHead, 1.23),
    (LinkFeature::BesideOtherHead, -0.04),
    (LinkFeature::BesideOtherHeadInner, 0.33),
    (LinkFeature::BesideBottom, 0.51),
    (LinkFeature::BesideGoesOn, -0.72),
    (LinkFeature::BesideNotLast, 0.24),
    (LinkFeature::BesideComesFrom, -0.34),
    (LinkFeature::BesideNotFirst, 0.20),
    (LinkFeature::BesideOverHead, 0.48),
    (LinkFeature::WidthSame, 0.64),
    (LinkFeature::WidthOther, -0.40),
    (LinkFeature::SizeOther, -0.62),
    (LinkFeature::PitchOther, -2.10),
    (LinkFeature::FullFlush, -0.25),
    (LinkFeature::FullFresh, -0.52),
    (LinkFeature::ShortFlush, -0.77),
    (LinkFeature::ShortFresh, 0.07),
    (LinkFeature::OpenFlush, 0.87),
    (LinkFeature::OpenFresh, -0.24),
    (LinkFeature::StopFlush, 0.31),
    (LinkFeature::StopFresh, 0.16),
    (LinkFeature::Dateline, -0.80),
    (LinkFeature::OneLineBefore, 0.14),
    (LinkFeature::OneLineAfter, -1.14),
    (LinkFeature::OtherBox, -2.70),
    (LinkFeature::SameBox, 1.03),
    (LinkFeature::SourceNext, 1.99),
    (LinkFeature::SourceOther, -1.48),
    (LinkFeature::BesideWithinHead, -1.26),
    (LinkFeature::BesideBeyondHead, -0.20),
    (LinkFeature::BesideSeen, 1.07),
    (LinkFeature::BesideColumnSeen, 0.54),
    (LinkFeature::ToUnderHead, -0.06),
    (LinkFeature::ToUnderInner, -0.48),
    (LinkFeature::ToUnderText, 0.04),
    (LinkFeature::ToBesideHead, 0.34),
    (LinkFeature::FromOverHead, 0.07),
    (LinkFeature::FromFirst, -0.02),
];

/// Points of signs that stand together.
pub(super) const CROSSES: &[(LinkFeature, LinkFeature, f32)] = &[
    (LinkFeature::BesideLower, LinkFeature::BesideColumnSeen, -2.16),
    (LinkFeature::BesideFar, LinkFeature::WidthSame, -1.60),
    (LinkFeature::BesideHigher, LinkFeature::OneLineAfter, -1.27),
    (LinkFeature::BesideFar, LinkFeature::OpenFlush, -0.54),
    (LinkFeature::Beside, LinkFeature::WidthSame, -1.39),
    (LinkFeature::BesideFar, LinkFeature::BesideBeyondHead, -0.45),
    (LinkFeature::Beside, LinkFeature::FullFlush, 0.96),
    (LinkFeature::BesideNotLast, LinkFeature::BesideSeen, -1.02),
    (LinkFeature::WidthSame, LinkFeature::FullFlush, 0.97),
    (LinkFeature::BesideFar, LinkFeature::FullFlush, -0.20),
    (LinkFeature::BesideHigher, LinkFeature::BesideBeyondHead, -1.07),
    (LinkFeature::WidthSame, LinkFeature::BesideSeen, 0.50),
    (LinkFeature::BesideHigher, LinkFeature::BesideWithinHead, -0.08),
    (LinkFeature::BesideFar, LinkFeature::BesideNotLast, -0.72),
    (LinkFeature::OneLineAfter, LinkFeature::BesideBeyondHead, -0.58),
    (LinkFeature::BesideFar, LinkFeature::BesideHigher, -0.39),
    (LinkFeature::BesideSeen, LinkFeature::ToUnderText, 0.59),
    (LinkFeature::WidthSame, LinkFeature::OpenFlush, 0.41),
    (LinkFeature::BesideLower, LinkFeature::BesideBeyondHead, -0.75),
    (LinkFeature::BelowFar, LinkFeature::ToUnderText, -0.53),
    (LinkFeature::Below, LinkFeature::ToUnderText, 0.02),
    (LinkFeature::BesideNotLast, LinkFeature::OpenFlush, 1.24),
    (LinkFeature::BelowFar, LinkFeature::FullFlush, 1.85),
    (LinkFeature::StopFresh, LinkFeature::ToUnderHead, -1.34),
    (LinkFeature::BesideWithinHead, LinkFeature::BesideSeen, 0.98),
    (LinkFeature::OneLineBefore, LinkFeature::BesideSeen, -2.67),
    (LinkFeature::FullFlush, LinkFeature::OneLineBefore, -0.68),
    (LinkFeature::BesideFar, LinkFeature::BesideLower, -0.74),
    (LinkFeature::BelowFar, LinkFeature::OpenFlush, 0.55),
    (LinkFeature::BesideFar, LinkFeature::BesideBottom, -0.49),
    (LinkFeature::BesideHigher, LinkFeature::BesideNotFirst, -0.93),
    (LinkFeature::BelowLater, LinkFeature::ToUnderText, 0.14),
    (LinkFeature::BesideComesFrom, LinkFeature::BesideSeen, -1.33),
    (LinkFeature::WidthSame, LinkFeature::ShortFlush, -0.52),
    (LinkFeature::OpenFlush, LinkFeature::OneLineBefore, -0.92),
    (LinkFeature::Beside, LinkFeature::OneLineAfter, 0.41),
    (LinkFeature::BesideNotLast, LinkFeature::StopFlush, -1.18),
    (LinkFeature::WidthSame, LinkFeature::StopFresh, 1.01),
    (LinkFeature::Below, LinkFeature::FullFlush, -1.41),
    (LinkFeature::OneLineBefore, LinkFeature::FromOverHead, -1.25),
    (LinkFeature::BelowClose, LinkFeature::BelowLeft, 0.44),
    (LinkFeature::OneLineAfter, LinkFeature::ToUnderHead, -1.18),
    (LinkFeature::BelowClose, LinkFeature::OneLineAfter, 1.14),
    (LinkFeature::BesideTop, LinkFeature::BesideSeen, 0.60),
    (LinkFeature::BesideFar, LinkFeature::BesideNotFirst, -0.02),
    (LinkFeature::BesideNotLast, LinkFeature::FullFlush, -1.15),
    (LinkFeature::BesideFar, LinkFeature::ToUnderInner, -0.07),
    (LinkFeature::SizeOther, LinkFeature::FullFresh, 1.77),
    (LinkFeature::BesideLower, LinkFeature::OneLineAfter, 0.92),
    (LinkFeature::BesideLower, LinkFeature::OneLineBefore, 0.55),
    (LinkFeature::BelowFar, LinkFeature::StopFlush, -1.03),
    (LinkFeature::BesideBeyondHead, LinkFeature::ToUnderHead, -0.76),
    (LinkFeature::BesideOverHead, LinkFeature::OneLineBefore, 1.03),
    (LinkFeature::Beside, LinkFeature::ToUnderHead, -0.11),
    (LinkFeature::ToUnderInner, LinkFeature::ToUnderText, 0.07),
    (LinkFeature::BesideHigher, LinkFeature::OneLineBefore, 0.05),
    (LinkFeature::BesideFar, LinkFeature::BesideWithinHead, -0.07),
    (LinkFeature::BesideLower, LinkFeature::BesideSeen, -0.02),
    (LinkFeature::BesideBottom, LinkFeature::WidthSame, 0.48),
    (LinkFeature::BelowLater, LinkFeature::StopFresh, -1.52),
];

/// A set of signs, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LinkFeatures(u64);

impl LinkFeatures {
    /// Adds a sign if it is true.
    pub(super) fn add(&mut self, sign: LinkFeature, yes: bool) {
        self.0 |= u64::from(yes) << (sign as u64);
    }

    /// Whether a sign is in the set.
    pub(super) fn has(self, sign: LinkFeature) -> bool {
        self.0 & (1 << (sign as u64)) != 0
    }

    /// Points: above 0 for what is more likely true than not.
    pub(super) fn points(self) -> f32 {
        let single: f32 = SIGNS.iter().filter(|(sign, _)| self.has(*sign)).map(|sign| sign.1).sum();
        let both = CROSSES.iter().filter(|(a, b, _)| self.has(*a) && self.has(*b));
        single + both.map(|cross| cross.2).sum::<f32>()
    }
}
