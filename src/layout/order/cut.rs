//! The order of units on the page: cut where no unit stands, across first, then down, and so on in each part.

use super::unit::LayoutUnit;

/// Depth to which parts are cut; what is left is taken by its top.
const DEEPEST: usize = 24;

/// The units in reading order. `slack` is how far units may reach over a cut.
pub(super) fn ordered(mut units: Vec<LayoutUnit>, slack: i32) -> Vec<LayoutUnit> {
    units.sort_by_key(|unit| (unit.area.top, unit.area.left, unit.runs.first().copied()));
    let mut done = Vec::with_capacity(units.len());
    cut(units, slack, 0, &mut done);
    done
}

fn cut(units: Vec<LayoutUnit>, slack: i32, depth: usize, done: &mut Vec<LayoutUnit>) {
    if units.len() < 2 || depth > DEEPEST {
        done.extend(units);
        return;
    }
    let rows = parts(units, slack, |unit| (unit.area.top, unit.area.bottom));
    if rows.len() > 1 {
        rows.into_iter().for_each(|row| cut(row, slack, depth + 1, done));
        return;
    }
    let whole = rows.into_iter().flatten().collect();
    let columns = parts(whole, slack, |unit| (unit.area.left, unit.area.right));
    if columns.len() > 1 {
        columns.into_iter().for_each(|column| cut(column, slack, depth + 1, done));
        return;
    }
    let mut left: Vec<LayoutUnit> = columns.into_iter().flatten().collect();
    left.sort_by_key(|unit| (unit.area.top, unit.area.left, unit.runs.first().copied()));
    done.extend(left);
}

/// Units in groups that do not reach over each other along one side.
fn parts(mut units: Vec<LayoutUnit>, slack: i32, side: impl Fn(&LayoutUnit) -> (i32, i32)) -> Vec<Vec<LayoutUnit>> {
    units.sort_by_key(|unit| (side(unit).0, unit.area.top, unit.area.left));
    let mut parts: Vec<Vec<LayoutUnit>> = Vec::new();
    let mut end = i32::MIN;
    for unit in units {
        let (from, to) = side(&unit);
        match parts.last_mut() {
            Some(part) if from < end.saturating_sub(slack) => part.push(unit),
            _ => parts.push(vec![unit]),
        }
        end = end.max(to);
    }
    parts
}
