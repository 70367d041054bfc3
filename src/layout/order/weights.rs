//! The signs that one run follows another, and their points.
//!
//! The points are log-odds, learned on pages of known order (the press, `benches/press`: 300 pages of 23 styles in the
//! order of the source, sorted as plain OCR sorts, slanted and unevenly cut, with frames and rules, and 60 of them as
//! RapidOCR and Tesseract read their scans) so that of all candidates after a run, and of all before one, the true one
//! has the highest share; "none" has 0 points. Learned on every other style only, the share of articles in one piece on
//! the styles left out is up to .02 lower than with these points.

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
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

/// Points of each sign, in the order of [`Sign`].
pub(super) const SIGNS: &[(Sign, f32)] = &[
    (Sign::Below, -0.96),
    (Sign::BelowClose, 2.73),
    (Sign::BelowFar, -0.82),
    (Sign::BelowUnderHead, -1.61),
    (Sign::BelowUnderOwnEnd, -0.88),
    (Sign::BelowOverHead, -1.24),
    (Sign::BelowSeen, 0.39),
    (Sign::BelowLater, -0.14),
    (Sign::BelowLeft, -0.63),
    (Sign::BelowRight, -0.44),
    (Sign::BelowColumn, -0.28),
    (Sign::Beside, -1.32),
    (Sign::BesideFar, -0.76),
    (Sign::BesideTop, -0.26),
    (Sign::BesideMiddle, 2.44),
    (Sign::BesideHigher, -0.99),
    (Sign::BesideLower, -0.33),
    (Sign::BesideSameHead, 1.23),
    (Sign::BesideOtherHead, -0.04),
    (Sign::BesideOtherHeadInner, 0.33),
    (Sign::BesideBottom, 0.51),
    (Sign::BesideGoesOn, -0.72),
    (Sign::BesideNotLast, 0.24),
    (Sign::BesideComesFrom, -0.34),
    (Sign::BesideNotFirst, 0.20),
    (Sign::BesideOverHead, 0.48),
    (Sign::WidthSame, 0.64),
    (Sign::WidthOther, -0.40),
    (Sign::SizeOther, -0.62),
    (Sign::PitchOther, -2.10),
    (Sign::FullFlush, -0.25),
    (Sign::FullFresh, -0.52),
    (Sign::ShortFlush, -0.77),
    (Sign::ShortFresh, 0.07),
    (Sign::OpenFlush, 0.87),
    (Sign::OpenFresh, -0.24),
    (Sign::StopFlush, 0.31),
    (Sign::StopFresh, 0.16),
    (Sign::Dateline, -0.80),
    (Sign::OneLineBefore, 0.14),
    (Sign::OneLineAfter, -1.14),
    (Sign::OtherBox, -2.70),
    (Sign::SameBox, 1.03),
    (Sign::SourceNext, 1.99),
    (Sign::SourceOther, -1.48),
    (Sign::BesideWithinHead, -1.26),
    (Sign::BesideBeyondHead, -0.20),
    (Sign::BesideSeen, 1.07),
    (Sign::BesideColumnSeen, 0.54),
    (Sign::ToUnderHead, -0.06),
    (Sign::ToUnderInner, -0.48),
    (Sign::ToUnderText, 0.04),
    (Sign::ToBesideHead, 0.34),
    (Sign::FromOverHead, 0.07),
    (Sign::FromFirst, -0.02),
];

/// Points of signs that stand together.
pub(super) const CROSSES: &[(Sign, Sign, f32)] = &[
    (Sign::BesideLower, Sign::BesideColumnSeen, -2.16),
    (Sign::BesideFar, Sign::WidthSame, -1.60),
    (Sign::BesideHigher, Sign::OneLineAfter, -1.27),
    (Sign::BesideFar, Sign::OpenFlush, -0.54),
    (Sign::Beside, Sign::WidthSame, -1.39),
    (Sign::BesideFar, Sign::BesideBeyondHead, -0.45),
    (Sign::Beside, Sign::FullFlush, 0.96),
    (Sign::BesideNotLast, Sign::BesideSeen, -1.02),
    (Sign::WidthSame, Sign::FullFlush, 0.97),
    (Sign::BesideFar, Sign::FullFlush, -0.20),
    (Sign::BesideHigher, Sign::BesideBeyondHead, -1.07),
    (Sign::WidthSame, Sign::BesideSeen, 0.50),
    (Sign::BesideHigher, Sign::BesideWithinHead, -0.08),
    (Sign::BesideFar, Sign::BesideNotLast, -0.72),
    (Sign::OneLineAfter, Sign::BesideBeyondHead, -0.58),
    (Sign::BesideFar, Sign::BesideHigher, -0.39),
    (Sign::BesideSeen, Sign::ToUnderText, 0.59),
    (Sign::WidthSame, Sign::OpenFlush, 0.41),
    (Sign::BesideLower, Sign::BesideBeyondHead, -0.75),
    (Sign::BelowFar, Sign::ToUnderText, -0.53),
    (Sign::Below, Sign::ToUnderText, 0.02),
    (Sign::BesideNotLast, Sign::OpenFlush, 1.24),
    (Sign::BelowFar, Sign::FullFlush, 1.85),
    (Sign::StopFresh, Sign::ToUnderHead, -1.34),
    (Sign::BesideWithinHead, Sign::BesideSeen, 0.98),
    (Sign::OneLineBefore, Sign::BesideSeen, -2.67),
    (Sign::FullFlush, Sign::OneLineBefore, -0.68),
    (Sign::BesideFar, Sign::BesideLower, -0.74),
    (Sign::BelowFar, Sign::OpenFlush, 0.55),
    (Sign::BesideFar, Sign::BesideBottom, -0.49),
    (Sign::BesideHigher, Sign::BesideNotFirst, -0.93),
    (Sign::BelowLater, Sign::ToUnderText, 0.14),
    (Sign::BesideComesFrom, Sign::BesideSeen, -1.33),
    (Sign::WidthSame, Sign::ShortFlush, -0.52),
    (Sign::OpenFlush, Sign::OneLineBefore, -0.92),
    (Sign::Beside, Sign::OneLineAfter, 0.41),
    (Sign::BesideNotLast, Sign::StopFlush, -1.18),
    (Sign::WidthSame, Sign::StopFresh, 1.01),
    (Sign::Below, Sign::FullFlush, -1.41),
    (Sign::OneLineBefore, Sign::FromOverHead, -1.25),
    (Sign::BelowClose, Sign::BelowLeft, 0.44),
    (Sign::OneLineAfter, Sign::ToUnderHead, -1.18),
    (Sign::BelowClose, Sign::OneLineAfter, 1.14),
    (Sign::BesideTop, Sign::BesideSeen, 0.60),
    (Sign::BesideFar, Sign::BesideNotFirst, -0.02),
    (Sign::BesideNotLast, Sign::FullFlush, -1.15),
    (Sign::BesideFar, Sign::ToUnderInner, -0.07),
    (Sign::SizeOther, Sign::FullFresh, 1.77),
    (Sign::BesideLower, Sign::OneLineAfter, 0.92),
    (Sign::BesideLower, Sign::OneLineBefore, 0.55),
    (Sign::BelowFar, Sign::StopFlush, -1.03),
    (Sign::BesideBeyondHead, Sign::ToUnderHead, -0.76),
    (Sign::BesideOverHead, Sign::OneLineBefore, 1.03),
    (Sign::Beside, Sign::ToUnderHead, -0.11),
    (Sign::ToUnderInner, Sign::ToUnderText, 0.07),
    (Sign::BesideHigher, Sign::OneLineBefore, 0.05),
    (Sign::BesideFar, Sign::BesideWithinHead, -0.07),
    (Sign::BesideLower, Sign::BesideSeen, -0.02),
    (Sign::BesideBottom, Sign::WidthSame, 0.48),
    (Sign::BelowLater, Sign::StopFresh, -1.52),
];

/// A set of signs, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs(u64);

impl Signs {
    /// Adds a sign if it is true.
    pub(super) fn add(&mut self, sign: Sign, yes: bool) {
        self.0 |= u64::from(yes) << (sign as u64);
    }

    /// Whether a sign is in the set.
    pub(super) fn has(self, sign: Sign) -> bool {
        self.0 & (1 << (sign as u64)) != 0
    }

    /// Points: above 0 for what is more likely true than not.
    pub(super) fn points(self) -> f32 {
        let single: f32 = SIGNS.iter().filter(|(sign, _)| self.has(*sign)).map(|sign| sign.1).sum();
        let both = CROSSES.iter().filter(|(a, b, _)| self.has(*a) && self.has(*b));
        single + both.map(|cross| cross.2).sum::<f32>()
    }
}
