//! Places on a page, in one unit whatever the source counts in: ten-thousandths of the page's width, from its upper left
//! corner, to the right and down.

/// The width of every page.
pub const PAGE_WIDTH: i32 = 10_000;

/// Height over width that is taken where a source gives fractions of a page and no size: that of a broadsheet.
const USUAL_ASPECT: f64 = 1.42;

/// The size of a page as its source states it.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PageSize {
    /// Width, in the unit.
    pub width: f64,
    /// Height, in the unit.
    pub height: f64,
    /// What the source counts in.
    pub unit: LengthUnit,
}

/// What a source counts lengths in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LengthUnit {
    /// Dots of a picture.
    Pixel,
    /// 1/72 inch.
    Point,
    /// 1/10 millimetre (ALTO `mm10`).
    TenthMillimetre,
    /// 1/1200 inch (ALTO `inch1200`).
    Inch1200,
    /// Shares of the page, 0–1, whose true size the source does not know.
    Fraction,
    /// Thousandths of the page, whose true size the source does not know.
    Thousandth,
}

/// A place on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Point {
    /// From the left edge.
    pub x: i32,
    /// From the upper edge.
    pub y: i32,
}

/// A rectangle on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Area {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

impl PageSize {
    /// A size, if it can be one: both sides finite and above 0.
    pub fn new(width: f64, height: f64, unit: LengthUnit) -> Option<Self> {
        let real = |side: f64| side.is_finite() && side > 0.0;
        (real(width) && real(height)).then_some(Self { width, height, unit })
    }

    /// The page of a source that gives fractions and knows no size.
    pub fn unknown(unit: LengthUnit) -> Self {
        let side = if unit == LengthUnit::Thousandth { 1000.0 } else { 1.0 };
        Self { width: side, height: side, unit }
    }

    /// Height of the page in its own unit, ten-thousandths of its width.
    pub fn height_in_widths(&self) -> i32 {
        (f64::from(PAGE_WIDTH) * self.aspect()).round() as i32
    }

    fn aspect(&self) -> f64 {
        match self.unit {
            LengthUnit::Fraction | LengthUnit::Thousandth => USUAL_ASPECT,
            _ => self.height / self.width,
        }
    }

    /// A point of the source, brought onto the page. What lies outside, or is no number, comes to the edge.
    pub fn point(&self, x: f64, y: f64) -> Point {
        let scaled = |value: f64, side: f64, length: i32| {
            let share = value / side;
            if share.is_finite() { (share.clamp(0.0, 1.0) * f64::from(length)).round() as i32 } else { 0 }
        };
        Point { x: scaled(x, self.width, PAGE_WIDTH), y: scaled(y, self.height, self.height_in_widths()) }
    }

    /// A length of the source across the page, in ten-thousandths of its width.
    pub fn length(&self, value: f64) -> u32 {
        let share = value / self.width;
        if share.is_finite() { (share.clamp(0.0, 1.0) * f64::from(PAGE_WIDTH)).round() as u32 } else { 0 }
    }

    /// A rectangle of the source given by two corners, in any order.
    pub fn area(&self, x0: f64, y0: f64, x1: f64, y1: f64) -> Area {
        let (a, b) = (self.point(x0, y0), self.point(x1, y1));
        Area { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
    }
}

impl Area {
    /// The rectangle around points; `None` of none.
    pub fn bounding_box(points: &[Point]) -> Option<Self> {
        let first = points.first()?;
        let start = Self { left: first.x, top: first.y, right: first.x, bottom: first.y };
        Some(points.iter().fold(start, |area, point| Self {
            left: area.left.min(point.x),
            top: area.top.min(point.y),
            right: area.right.max(point.x),
            bottom: area.bottom.max(point.y),
        }))
    }

    /// The rectangle around this one and another.
    pub fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Width.
    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Height.
    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }

    /// Length that both cover from left to right; below 0 it is the gap between them.
    pub fn overlap_x(&self, other: &Self) -> i32 {
        self.right.min(other.right) - self.left.max(other.left)
    }

    /// Length that both cover from top to bottom; below 0 it is the gap between them.
    pub fn overlap_y(&self, other: &Self) -> i32 {
        self.bottom.min(other.bottom) - self.top.max(other.top)
    }

    /// Whether the middle of another lies in this one.
    pub fn holds_middle_of(&self, other: &Self) -> bool {
        let (x, y) = (i32::midpoint(other.left, other.right), i32::midpoint(other.top, other.bottom));
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_units_become_one() {
        let pixels = PageSize::new(2000.0, 3000.0, LengthUnit::Pixel).unwrap();
        assert_eq!(
            pixels.area(1000.0, 1500.0, 200.0, 300.0),
            Area { left: 1000, top: 1500, right: 5000, bottom: 7500 }
        );
        let fractions = PageSize::unknown(LengthUnit::Fraction);
        assert_eq!(fractions.point(0.5, 1.0), Point { x: 5000, y: 14200 });
        assert_eq!(PageSize::unknown(LengthUnit::Thousandth).point(500.0, 9e9), Point { x: 5000, y: 14200 });
        assert_eq!(pixels.point(f64::NAN, -4.0), Point { x: 0, y: 0 });
        assert!(PageSize::new(0.0, 10.0, LengthUnit::Point).is_none());
    }

    #[test]
    fn gaps_are_overlaps_below_zero() {
        let area = |left, right| Area { left, top: 0, right, bottom: 10 };
        assert_eq!(area(0, 10).overlap_x(&area(4, 20)), 6);
        assert_eq!(area(0, 10).overlap_x(&area(14, 20)), -4);
    }
}
