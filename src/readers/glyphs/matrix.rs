//! Maps of the plane: how a PDF turns, scales and moves what it draws.

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::readers) struct Matrix {
    pub(in crate::readers) a: f64,
    pub(in crate::readers) b: f64,
    pub(in crate::readers) c: f64,
    pub(in crate::readers) d: f64,
    pub(in crate::readers) e: f64,
    pub(in crate::readers) f: f64,
}

/// A point, or a step from one point to another.
pub(in crate::readers) type Vector = (f64, f64);

impl Matrix {
    /// The map that changes nothing.
    pub(in crate::readers) const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// A map from the six numbers of a PDF; `None` where there are fewer.
    pub(in crate::readers) fn from_numbers(numbers: &[f64]) -> Option<Self> {
        let [a, b, c, d, e, f] = *numbers.first_chunk()?;
        Some(Self { a, b, c, d, e, f })
    }

    /// A move.
    pub(in crate::readers) fn shift(x: f64, y: f64) -> Self {
        Self { e: x, f: y, ..Self::IDENTITY }
    }

    /// This map first, then another.
    pub(in crate::readers) fn followed_by(self, next: Self) -> Self {
        let (a, b) = next.step((self.a, self.b));
        let (c, d) = next.step((self.c, self.d));
        let (e, f) = next.spot((self.e, self.f));
        Self { a, b, c, d, e, f }
    }

    /// Where a point comes to.
    pub(in crate::readers) fn spot(&self, (x, y): Vector) -> Vector {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// What a step becomes, wherever it begins.
    pub(in crate::readers) fn step(&self, (x, y): Vector) -> Vector {
        (self.a * x + self.c * y, self.b * x + self.d * y)
    }

    /// The upright rectangle around a rectangle that was mapped.
    pub(in crate::readers) fn bounds(&self, area: Bounds) -> Bounds {
        let corners = [(area.x0, area.y0), (area.x1, area.y0), (area.x0, area.y1), (area.x1, area.y1)];
        Bounds::bounding_box(corners.iter().map(|corner| self.spot(*corner))).unwrap_or_default()
    }
}

/// An upright rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::readers) struct Bounds {
    pub(in crate::readers) x0: f64,
    pub(in crate::readers) y0: f64,
    pub(in crate::readers) x1: f64,
    pub(in crate::readers) y1: f64,
}

impl Bounds {
    /// The rectangle with two corners, in any order.
    pub(in crate::readers) fn from_corners((ax, ay): Vector, (bx, by): Vector) -> Self {
        Self { x0: ax.min(bx), y0: ay.min(by), x1: ax.max(bx), y1: ay.max(by) }
    }

    /// The rectangle around points; `None` of none.
    pub(in crate::readers) fn bounding_box(mut spots: impl Iterator<Item = Vector>) -> Option<Self> {
        let first = spots.next()?;
        Some(spots.fold(Self::from_corners(first, first), |all, spot| all.union(&Self::from_corners(spot, spot))))
    }

    /// The rectangle around both.
    pub(in crate::readers) fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    pub(in crate::readers) fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    pub(in crate::readers) fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    pub(in crate::readers) fn middle(&self) -> Vector {
        (f64::midpoint(self.x0, self.x1), f64::midpoint(self.y0, self.y1))
    }

    /// Whether both share a point.
    pub(in crate::readers) fn meets(&self, other: &Self) -> bool {
        self.x0 <= other.x1 && other.x0 <= self.x1 && self.y0 <= other.y1 && other.y0 <= self.y1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_follow_each_other() {
        let turn = Matrix::from_numbers(&[0.0, 1.0, -1.0, 0.0, 0.0, 0.0]).unwrap();
        let map = Matrix::shift(2.0, 0.0).followed_by(turn);
        assert_eq!(map.spot((1.0, 0.0)), (0.0, 3.0));
        assert_eq!(map.step((1.0, 0.0)), (0.0, 1.0));
        assert_eq!(
            map.bounds(Bounds::from_corners((0.0, 0.0), (1.0, 1.0))),
            Bounds { x0: -1.0, y0: 2.0, x1: 0.0, y1: 3.0 }
        );
        assert!(Matrix::from_numbers(&[1.0]).is_none());
    }
}
