//! Logistic regression with a penalty of squared weights and with bounds, by Newton steps of one weight after the other.

/// An observation.
pub(crate) struct Row {
    /// Values by column; the others are 0.
    pub(crate) values: Vec<(usize, f64)>,
    pub(crate) right: bool,
    /// How much it counts.
    pub(crate) weight: f64,
}

/// What may become of a weight.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    pub(crate) penalty: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Column {
    pub(crate) fn free(penalty: f64) -> Self {
        Self { penalty, least: f64::NEG_INFINITY, most: f64::INFINITY }
    }

    pub(crate) fn positive(penalty: f64) -> Self {
        Self { least: 0.0, ..Self::free(penalty) }
    }

    pub(crate) fn negative(penalty: f64) -> Self {
        Self { most: 0.0, ..Self::free(penalty) }
    }
}

const ROUNDS: usize = 300;
const ENOUGH: f64 = 1e-4;

/// The weights that fit the rows best.
pub(crate) fn fit(rows: &[Row], columns: &[Column]) -> Vec<f64> {
    let mut weights = vec![0.0; columns.len()];
    let mut odds: Vec<f64> = vec![0.0; rows.len()];
    let mut entries: Vec<Vec<(usize, f64)>> = vec![Vec::new(); columns.len()];
    for (number, row) in rows.iter().enumerate() {
        row.values.iter().for_each(|(column, value)| entries[*column].push((number, *value)));
    }
    for _ in 0..ROUNDS {
        let mut moved: f64 = 0.0;
        for (at, column) in columns.iter().enumerate() {
            let (mut slope, mut bend) = (column.penalty * weights[at], column.penalty);
            for (number, value) in &entries[at] {
                let share = 1.0 / (1.0 + (-odds[*number]).exp());
                let row = &rows[*number];
                slope += row.weight * (share - f64::from(u8::from(row.right))) * value;
                bend += row.weight * (share * (1.0 - share)).max(0.02) * value * value;
            }
            let step = (weights[at] - slope / bend).clamp(column.least, column.most) - weights[at];
            weights[at] += step;
            entries[at].iter().for_each(|(number, value)| odds[*number] += step * value);
            moved = moved.max(step.abs());
        }
        if moved < ENOUGH {
            break;
        }
    }
    weights
}
