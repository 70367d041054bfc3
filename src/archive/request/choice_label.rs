//! What people read for a value of a parameter.

use super::parameter::ValueKind;
use super::table::PARAMETERS;

/// The label of a value of a parameter that is one of a few names; the name itself where it has none.
pub fn choice_label(parameter: &str, name: &'static str) -> &'static str {
    let labels = PARAMETERS.iter().filter(|row| row.name == parameter).find_map(|row| match row.kind() {
        ValueKind::Choice(names) => names.iter().find(|(known, _)| *known == name),
        _ => None,
    });
    labels.map_or(name, |(_, label)| *label)
}
