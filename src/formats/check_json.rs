//! What was found of an archive and of its source files, as JSON.

use super::article_json::text;
use crate::archive::{Diagnosis, Finding};
use crate::ingest::{SourceCheck, SourceDifference};
use crate::messages;
use serde_json::{Value, json};

/// What `baoku doctor --format json` prints.
pub fn diagnosis(found: &Diagnosis) -> String {
    let row = |finding: &Finding| {
        json!({
            "code": finding.code.name(),
            "count": finding.count,
            "message": messages::finding(finding).en,
            "examples": finding.examples,
            "remedy": messages::remedy(finding).en,
        })
    };
    text(&json!({ "files": found.files, "findings": found.findings.iter().map(row).collect::<Vec<_>>() }), true)
}

/// What `baoku check --format json` prints. `damaged`: files of the index that are not what was written.
pub fn check(damaged: &[String], articles: u64, sources: &[SourceCheck]) -> String {
    let differing =
        |difference: &SourceDifference| json!({ "path": difference.path, "state": difference.state.name() });
    let root = |check: &SourceCheck| {
        json!({
            "root": check.root,
            "folder": check.folder,
            "reachable": check.reachable,
            "same": check.same,
            "different": check.differences.iter().map(differing).collect::<Vec<Value>>(),
        })
    };
    let sources: Vec<Value> = sources.iter().map(root).collect();
    text(&json!({ "damaged": damaged, "articles": articles, "sources": sources }), true)
}
