//! The signs that one run follows another, and their weights.

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Below, BelowClose, BelowFar, BelowUnderHead, BelowUnderOwnEnd, BelowOverHead, BelowSeen, BelowLater, BelowLeft, BelowRight, BelowColumn,
    Beside, BesideFar, BesideTop, BesideMiddle, BesideHigher, BesideLower, BesideSameHead, BesideOtherHead,
    BesideOtherHeadInner, BesideBottom, BesideGoesOn, BesideNotLast, BesideComesFrom, BesideNotFirst, BesideOverHead,
    WidthSame, WidthOther, SizeOther, PitchOther, FullFlush, FullFresh, ShortFlush, ShortFresh, OpenFlush, OpenFresh,
    StopFlush, StopFresh, Dateline, OneLineBefore, OneLineAfter, OtherBox, SameBox, SourceNext, SourceOther,
    BesideWithinHead, BesideBeyondHead, BesideSeen, BesideColumnSeen, ToUnderHead, ToUnderInner, ToUnderText, ToBesideHead, FromOverHead, FromFirst,
}

pub(super) const SIGNS: &[(Sign, f32)] = &[
    (Sign::Below, -0.24), (Sign::BelowClose, 2.35), (Sign::BelowFar, -0.93), (Sign::BelowUnderHead, -2.29), (Sign::BelowUnderOwnEnd, -1.40),
    (Sign::BelowOverHead, -1.56), (Sign::BelowSeen, 0.82), (Sign::BelowLater, -1.08), (Sign::BelowLeft, -0.31), (Sign::BelowRight, -0.11), (Sign::BelowColumn, -0.69),
    (Sign::Beside, -1.26), (Sign::BesideFar, -0.66), (Sign::BesideTop, -0.05), (Sign::BesideMiddle, 2.62), (Sign::BesideHigher, -1.05), (Sign::BesideLower, -0.10),
    (Sign::BesideSameHead, 1.17), (Sign::BesideOtherHead, -0.01), (Sign::BesideOtherHeadInner, 0.48), (Sign::BesideBottom, 1.03), (Sign::BesideGoesOn, -1.49),
    (Sign::BesideNotLast, -0.18), (Sign::BesideComesFrom, -1.29), (Sign::BesideNotFirst, 0.03), (Sign::BesideOverHead, 0.78),
    (Sign::WidthSame, 0.94), (Sign::WidthOther, -0.30), (Sign::SizeOther, -0.59), (Sign::PitchOther, -1.83), (Sign::FullFlush, 0.37), (Sign::FullFresh, -0.33),
    (Sign::ShortFlush, -1.52), (Sign::ShortFresh, -0.94), (Sign::OpenFlush, 0.57), (Sign::OpenFresh, -0.02), (Sign::StopFlush, 0.52), (Sign::StopFresh, 0.10),
    (Sign::Dateline, -0.51), (Sign::OneLineBefore, 0.34), (Sign::OneLineAfter, -0.66), (Sign::OtherBox, -2.94), (Sign::SameBox, 0.91), (Sign::SourceNext, 2.61), (Sign::SourceOther, -3.27),
    (Sign::BesideWithinHead, -1.19), (Sign::BesideBeyondHead, -1.09), (Sign::BesideSeen, 1.35), (Sign::BesideColumnSeen, 0.41), (Sign::ToUnderHead, -0.34), (Sign::ToUnderInner, -0.29), (Sign::ToUnderText, 0.49), (Sign::ToBesideHead, -0.11), (Sign::FromOverHead, -0.24), (Sign::FromFirst, 0.49),
];

/// Points of signs that stand together.
pub(super) const CROSSES: &[(Sign, Sign, f32)] = &[
    (Sign::BesideLower, Sign::BesideColumnSeen, -2.41),
    (Sign::Beside, Sign::WidthSame, -1.32),
    (Sign::BesideFar, Sign::WidthSame, -1.47),
    (Sign::BesideHigher, Sign::OneLineAfter, -2.53),
    (Sign::BesideNotLast, Sign::OpenFlush, 1.26),
    (Sign::WidthSame, Sign::OpenFlush, 0.31),
    (Sign::BesideFar, Sign::OpenFlush, -0.90),
    (Sign::BesideNotLast, Sign::BesideSeen, -1.49),
    (Sign::BelowFar, Sign::ToUnderText, -0.70),
    (Sign::WidthSame, Sign::FullFlush, 0.57),
    (Sign::BesideHigher, Sign::BesideBeyondHead, -0.84),
    (Sign::BesideFar, Sign::FullFlush, 0.10),
    (Sign::BelowLater, Sign::ToUnderText, -0.89),
    (Sign::BelowFar, Sign::OpenFlush, 2.14),
    (Sign::WidthSame, Sign::BesideSeen, 0.82),
    (Sign::BesideFar, Sign::BesideNotLast, -0.93),
    (Sign::BelowLater, Sign::OpenFlush, 1.56),
    (Sign::BesideFar, Sign::BesideBottom, -0.79),
    (Sign::WidthSame, Sign::FullFresh, -1.25),
    (Sign::BesideLower, Sign::BesideBeyondHead, -1.02),
    (Sign::WidthSame, Sign::StopFresh, 0.87),
    (Sign::BesideFar, Sign::BesideHigher, -0.31),
    (Sign::BesideHigher, Sign::ShortFresh, -2.21),
    (Sign::BelowLater, Sign::FullFlush, 0.29),
    (Sign::BelowFar, Sign::FullFlush, 0.22),
    (Sign::BesideHigher, Sign::BesideWithinHead, -1.21),
    (Sign::OneLineAfter, Sign::BesideBeyondHead, -0.48),
    (Sign::BesideLower, Sign::ToUnderInner, -0.37),
    (Sign::BesideFar, Sign::OneLineAfter, -1.16),
    (Sign::BesideWithinHead, Sign::BesideSeen, 1.24),
    (Sign::BesideOtherHead, Sign::BesideBeyondHead, -0.46),
    (Sign::BesideBeyondHead, Sign::ToUnderHead, -0.46),
    (Sign::WidthSame, Sign::OpenFresh, -0.28),
    (Sign::BesideNotLast, Sign::ShortFresh, 1.51),
    (Sign::StopFresh, Sign::ToUnderHead, -0.96),
    (Sign::FullFlush, Sign::OneLineBefore, -1.50),
    (Sign::FullFlush, Sign::StopFlush, -1.87),
    (Sign::OpenFlush, Sign::FromOverHead, -0.11),
    (Sign::BesideSeen, Sign::ToUnderText, 0.26),
    (Sign::Beside, Sign::OneLineAfter, 1.05),
    (Sign::BesideHigher, Sign::StopFresh, -0.69),
    (Sign::BesideFar, Sign::BesideBeyondHead, 0.15),
    (Sign::BesideNotFirst, Sign::BesideBeyondHead, -0.59),
    (Sign::BesideFar, Sign::BesideWithinHead, -0.16),
    (Sign::BesideTop, Sign::BesideBeyondHead, -0.23),
    (Sign::BesideHigher, Sign::BesideNotFirst, -0.85),
    (Sign::OneLineBefore, Sign::BesideSeen, -2.47),
    (Sign::Below, Sign::ShortFlush, 0.08),
    (Sign::Below, Sign::OpenFlush, -2.67),
    (Sign::WidthSame, Sign::ShortFlush, -0.78),
    (Sign::BesideHigher, Sign::BesideSameHead, 2.35),
    (Sign::BesideBeyondHead, Sign::BesideColumnSeen, 1.67),
    (Sign::BelowLeft, Sign::ShortFlush, -0.33),
    (Sign::BesideFar, Sign::ToUnderInner, 0.04),
    (Sign::BelowOverHead, Sign::BelowColumn, 2.91),
    (Sign::BelowFar, Sign::BelowSeen, -0.78),
    (Sign::BesideFar, Sign::BesideTop, -0.03),
    (Sign::OneLineBefore, Sign::FromOverHead, -0.55),
    (Sign::BelowFar, Sign::OneLineBefore, -0.78),
    (Sign::BesideOtherHead, Sign::WidthSame, -0.15),
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
