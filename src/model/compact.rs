//! Values that are text in JSON and a number in the index, where every article holds several of them.

/// Implements serde for a type that is written with `Display`, read with `FromStr`, and stored as a number in formats
/// that nobody reads. `$to` gives the number of a value; `$from` gives the value of a number, or a sentence about it.
macro_rules! text_or_number {
    ($type:ty, $number:ty, $to:expr, $from:expr) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    return serializer.collect_str(self);
                }
                let to: fn(&$type) -> $number = $to;
                serde::Serialize::serialize(&to(self), serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use serde::de::Error;
                if deserializer.is_human_readable() {
                    let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                    return text.parse().map_err(D::Error::custom);
                }
                let from: fn($number) -> Result<$type, String> = $from;
                from(<$number as serde::Deserialize>::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }
    };
}

pub(super) use text_or_number;
