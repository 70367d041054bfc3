//! Values that are one of a few names.

use crate::model::{Facet, Measure};
use crate::query::Sort;
use crate::trends::{DateBasis, PeriodStep};

/// A name with its Chinese label.
pub type Labelled = (&'static str, &'static str);

pub(super) const STEPS: &[Labelled] =
    &[("year", "年"), ("quarter", "季"), ("month", "月"), ("week", "周"), ("day", "日")];

/// `province` is another name of `region`.
pub(super) const SPLIT_LABELS: &[Labelled] = &[
    ("region", "地区（省）"),
    ("prefecture", "地区（地级）"),
    ("county", "地区（县级）"),
    ("topic", "主题"),
    ("paper", "报纸"),
    ("kind", "类型"),
];

pub(super) const DENOMINATORS: &[Labelled] = &[("filtered", "筛选范围内的文章"), ("archive", "全部馆藏")];

pub(super) const DATE_BASES: &[Labelled] = &[("span", "另列，不计入"), ("best", "按最可能的日期计入")];

pub(super) const LINE_ORDERS: &[Labelled] = &[("date", "日期"), ("left", "左文"), ("right", "右文")];

pub(super) const MEASURES: &[Labelled] = &[("yuan", "金额"), ("person", "人数"), ("household", "户数")];

pub(super) const DATE_CHOICES: &[Labelled] = &[("undated", "日期不详"), ("!undated", "日期已知")];

pub(super) const SORTS: &[Labelled] =
    &[("relevance", "按相关度"), ("newest", "从新到旧"), ("oldest", "从旧到新"), ("least_sure", "存疑的在前")];

/// A type whose values have names.
pub trait NamedValue: Copy + PartialEq + 'static {
    /// All values that may be asked for, in the order of help.
    const ALL: &'static [Self];

    /// The name in parameters.
    fn name(self) -> &'static str;
}

impl NamedValue for Sort {
    const ALL: &'static [Self] = &[Self::Relevance, Self::Newest, Self::Oldest, Self::LeastSure];

    fn name(self) -> &'static str {
        Self::name(self)
    }
}

impl NamedValue for PeriodStep {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        Self::name(self)
    }
}

impl NamedValue for Measure {
    const ALL: &'static [Self] = &Self::ALL;

    fn name(self) -> &'static str {
        Self::name(self)
    }
}

impl NamedValue for DateBasis {
    const ALL: &'static [Self] = &[Self::Span, Self::Best];

    fn name(self) -> &'static str {
        Self::name(self)
    }
}

/// What numbers are split by, by its name; of several names of one the first is told.
pub const SPLITS: &[(&str, Facet)] = &[
    ("region", Facet::Province),
    ("province", Facet::Province),
    ("prefecture", Facet::Prefecture),
    ("county", Facet::County),
    ("topic", Facet::Topic),
    ("paper", Facet::Paper),
    ("kind", Facet::Kind),
];

/// The place of a value that is one of a few names.
pub(in crate::archive) trait ChoiceSlot {
    /// Takes the value of a name; `false` where it has none.
    fn choose(&mut self, name: &str) -> bool;

    /// The name of the value; `None` where there is none.
    fn chosen(&self) -> Option<&'static str>;

    /// Takes the value away, where there may be none.
    fn clear(&mut self);

    /// The names, in the order of help.
    fn names(&self) -> Vec<&'static str>;
}

impl<T: NamedValue> ChoiceSlot for T {
    fn choose(&mut self, name: &str) -> bool {
        let found = T::ALL.iter().find(|value| value.name() == name);
        found.inspect(|value| *self = **value).is_some()
    }

    fn chosen(&self) -> Option<&'static str> {
        Some(self.name())
    }

    fn clear(&mut self) {}

    fn names(&self) -> Vec<&'static str> {
        T::ALL.iter().map(|value| value.name()).collect()
    }
}

impl<T: NamedValue> ChoiceSlot for Option<T> {
    fn choose(&mut self, name: &str) -> bool {
        let found = T::ALL.iter().find(|value| value.name() == name);
        found.inspect(|value| *self = Some(**value)).is_some()
    }

    fn chosen(&self) -> Option<&'static str> {
        self.map(T::name)
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn names(&self) -> Vec<&'static str> {
        T::ALL.iter().map(|value| value.name()).collect()
    }
}

impl ChoiceSlot for Option<Facet> {
    fn choose(&mut self, name: &str) -> bool {
        let found = SPLITS.iter().find(|(known, _)| *known == name);
        found.inspect(|(_, facet)| *self = Some(*facet)).is_some()
    }

    fn chosen(&self) -> Option<&'static str> {
        SPLITS.iter().find(|(_, facet)| Some(*facet) == *self).map(|(name, _)| *name)
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn names(&self) -> Vec<&'static str> {
        SPLITS.iter().map(|(name, _)| *name).collect()
    }
}
