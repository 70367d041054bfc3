//! `baoku export`: every matching article, a line each, in the order of their dates.

use super::search::given;
use super::{NOTHING, OK, Outcome, open, option};
use crate::archive::{Archive, PARAMS, SHARED, SPLITS, SearchRequest, split_values};
use crate::http::{clock, csv, wire};
use clap::ArgMatches;
use std::io::Write;
use std::sync::Arc;

pub(super) fn run(matches: &ArgMatches) -> Outcome {
    let words: Vec<&str> = matches.get_many::<String>("q").into_iter().flatten().map(String::as_str).collect();
    let query = std::iter::once(("q", words.join(" "))).filter(|(_, query)| !query.is_empty());
    let names = PARAMS.iter().map(|param| param.name).filter(|name| SHARED.contains(name));
    let pairs: Vec<(&str, String)> = query.chain(given(matches, names)).collect();
    let mut request = SearchRequest::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())))?;
    request.today = request.today.or_else(clock::today);
    let view = Archive::new(Arc::new(open(matches)?)).now()?;
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
            writeln!(out, "{}", wire::exported(&article, &splits.collect::<Vec<_>>()))
        };
        failed = written.err();
        failed.is_none()
    })?;
    failed.map_or(Ok(()), Err)?;
    out.flush()?;
    Ok(if count == 0 { NOTHING } else { OK })
}
