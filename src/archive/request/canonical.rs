//! The canonical form of a request: its parameters by their public names, without those that are at their defaults, in the
//! order of the names. What stands for a request for longer than it lasts is made of it: ids of answers, cursors, keys of what
//! is kept, links. A new parameter changes no form in which it is at its default; names stay.

use super::{Request, table};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The version of the form, raised if the same parameters ever have to be written in another way.
pub(in crate::archive) const VERSION: &str = "v1";

/// The parameters of a request that are not at their defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalRequest(Vec<(&'static str, String)>);

impl CanonicalRequest {
    /// The form of a request.
    pub(in crate::archive) fn from_request<R: Request>(request: &R) -> Self {
        let (mut own, mut usual) = (request.clone(), R::default());
        let mut pairs = Vec::new();
        for row in table::parameters_of(R::KIND) {
            let values = |request| row.binding(request).map(|binding| binding.values()).unwrap_or_default();
            let given = values(&mut own);
            if given != values(&mut usual) {
                pairs.extend(given.into_iter().map(|value| (row.name, value)));
            }
        }
        // Values of one parameter keep their order.
        pairs.sort_by_key(|(name, _)| *name);
        Self(pairs)
    }

    /// The form without some of its parameters.
    pub(in crate::archive) fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(name, _)| !names.contains(name));
        self
    }

    /// The parameters and their values.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The form as text: `v1?from=2014-01-01&q=%E7%BB%B4%E6%9D%83`.
    pub fn text(&self) -> String {
        let pairs: Vec<String> =
            self.pairs().map(|(name, value)| format!("{name}={}", percent_encoded(value))).collect();
        format!("{VERSION}?{}", pairs.join("&"))
    }

    /// What stands for the form in an id or a cursor.
    pub(in crate::archive) fn print(&self) -> String {
        short(&Sha256::digest(self.text()))
    }
}

/// The first bytes of a hash, in hexadecimal digits.
pub(in crate::archive) fn short(hash: &[u8]) -> String {
    hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
