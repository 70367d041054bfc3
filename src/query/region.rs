//! Region values of a filter: a code, a name, or a path of names.

use super::facet_value_error::FacetValueError;
use crate::tables::{Region, regions};
use std::collections::BTreeSet;

/// Regions of one name that are told.
const MOST_PATHS: usize = 8;

/// The codes that a region value means: the unit and its earlier and later forms.
///
/// # Errors
/// Where the value names no unit or several.
pub(super) fn codes(value: &str) -> Result<Vec<String>, FacetValueError> {
    let parts: Vec<&str> = value.split(['/', ' ', '>']).filter(|part| !part.is_empty()).collect();
    let Some((last, above)) = parts.split_last() else { return Err(FacetValueError::NoRegion) };
    if last.bytes().all(|b| b.is_ascii_digit()) {
        let forms = regions().forms(last);
        return if forms.is_empty() {
            Err(FacetValueError::NoRegionCode((*last).to_owned()))
        } else {
            Ok(owned(forms))
        };
    }
    let named: Vec<&Region> = regions().with_name(last).filter(|unit| stands_below(unit, above)).collect();
    one_unit(last, &ranked_units(last, named))
}

/// The one code of today, or the last one, that a region value means: for an option that states a home region.
///
/// # Errors
/// As [`codes`].
pub fn region_code(value: &str) -> Result<String, FacetValueError> {
    let codes = codes(value)?;
    let living = codes.iter().find(|code| regions().today(code).is_some());
    living.or(codes.last()).cloned().ok_or_else(|| FacetValueError::NoRegionName(value.to_owned()))
}

fn owned(codes: BTreeSet<&'static str>) -> Vec<String> {
    codes.into_iter().map(str::to_owned).collect()
}

fn path_of(unit: &Region) -> Vec<&'static str> {
    let year = unit.to.unwrap_or(i16::MAX - 1).max(unit.from);
    regions().path(unit.code, Some(year)).iter().map(|unit| unit.name).collect()
}

fn stands_below(unit: &Region, above: &[&str]) -> bool {
    let year = unit.to.or(Some(unit.from));
    let path = regions().path(unit.code, year);
    above.iter().all(|name| path.iter().any(|unit| unit.name == *name || unit.short == *name))
}

/// Full names go before short forms, higher levels before lower ones, living units before dead ones.
fn ranked_units<'a>(name: &str, units: Vec<&'a Region>) -> Vec<&'a Region> {
    let rank = |unit: &&Region| (unit.name != name, unit.level);
    let best = units.iter().map(rank).min();
    let best: Vec<&Region> = units.into_iter().filter(|unit| Some(rank(unit)) == best).collect();
    let living: Vec<&Region> = best.iter().copied().filter(|unit| unit.to.is_none()).collect();
    if living.is_empty() { best } else { living }
}

fn one_unit(name: &str, units: &[&Region]) -> Result<Vec<String>, FacetValueError> {
    let Some(first) = units.first() else {
        return Err(FacetValueError::NoRegionName(name.to_owned()));
    };
    let forms = regions().forms(first.code);
    if units.iter().all(|unit| forms.contains(unit.code)) {
        return Ok(owned(forms));
    }
    let paths: BTreeSet<String> =
        units.iter().map(|unit| format!("{} ({})", path_of(unit).join("/"), unit.code)).collect();
    Err(FacetValueError::SeveralRegions { name: name.to_owned(), paths: paths.into_iter().take(MOST_PATHS).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_names_and_paths() {
        for value in ["350200", "厦门市", "厦门", "福建省/厦门市", "福建/厦门"] {
            assert!(codes(value).unwrap().contains(&"350200".to_owned()), "{value}");
        }
        assert!(codes("南郑县").unwrap().contains(&"610703".to_owned()));
        assert!(codes("吉林").unwrap().contains(&"220000".to_owned()));
        assert!(codes("江苏省/南京市/鼓楼区").unwrap().contains(&"320106".to_owned()));
        assert!(codes("忠县").unwrap().contains(&"500233".to_owned()));
    }

    #[test]
    fn what_is_unclear_says_what_to_write() {
        let FacetValueError::SeveralRegions { paths, .. } = codes("鼓楼区").unwrap_err() else { panic!("several") };
        assert!(paths.iter().any(|path| path.starts_with("江苏省/南京市/鼓楼区")), "{paths:?}");
        assert!(codes("亚特兰蒂斯").is_err() && codes("999999").is_err() && codes("/").is_err());
    }
}
