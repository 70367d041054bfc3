//! `baoku export`: every matching article, a line each, in the order of their dates.

use super::search::request_pairs;
use super::{CommandResult, NOTHING, OK, archive_of, open, option};
use crate::archive::{ExportRequest, RequestKind, SPLITS, split_values};
use crate::config::Settings;
use crate::formats::{article_json, csv};
use clap::ArgMatches;
use std::io::Write;

pub(super) fn run(matches: &ArgMatches, settings: &Settings) -> CommandResult {
    let pairs = request_pairs(matches, RequestKind::Export);
    let mut request = ExportRequest::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())))?;
    super::with_today(&mut request.selection);
    let view = archive_of(open(settings)?, settings).now()?;
    let as_csv = option(matches, "format") == Some("csv");
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut failed = None;
    let mut count = 0_u64;
    if as_csv {
        write!(out, "\u{FEFF}{}\r\n", csv::HIT_COLUMNS.join(","))?;
    }
    view.export(&request, &mut |article| {
        count += 1;
        let written = if as_csv {
            write!(out, "{}\r\n", csv::article_row(&article))
        } else {
            let splits = SPLITS.iter().map(|(name, facet)| (*name, split_values(&article, *facet)));
            writeln!(out, "{}", article_json::exported(&article, &splits.collect::<Vec<_>>()))
        };
        failed = written.err();
        failed.is_none()
    })?;
    failed.map_or(Ok(()), Err)?;
    out.flush()?;
    Ok(if count == 0 { NOTHING } else { OK })
}
