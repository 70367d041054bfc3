//! The models that cut pages: `cargo bench --bench layout_models -- train` writes their tables, `-- left-out` says what they are worth
//! on sources that were left out of the training, `-- floors` what a plain rule and a plain CRF are worth on the same pages. All
//! need `../shared`; without it a line says so.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::panic,
    reason = "a development tool: it ends where it fails"
)]

mod compose;
mod fit;
mod floors;
mod folders;
mod pages;
mod press;
mod score;
mod sources;
mod tables;
mod trainer;
mod variants;

use compose::{Composer, Dice, Print, print};
use fit::{Plan, fit};
use pages::Page;
use score::Score;
use sources::{NATIONAL, SAMPLES, Sources, TELEVISION, UNION};
use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(sources) = Sources::load(root) else {
        println!("skipped: the models are made from ../shared/corpora, which is not there");
        return;
    };
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let plan = Plan { made: number(&arguments, "made").unwrap_or(2400), ..Plan::default() };
    match () {
        () if has("train") => train(root, &sources, &plan),
        () if has("left-out") => left_out(root, &sources, &plan, &arguments),
        () if has("floors") => floors::floors(root, &sources),
        () => println!("say what to do: train, left-out, or floors"),
    }
}

/// `name=12` among the arguments.
fn number(arguments: &[String], name: &str) -> Option<usize> {
    arguments.iter().find_map(|argument| argument.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
}

fn train(root: &Path, sources: &Sources, plan: &Plan) {
    let calibration = tables::calibration(root);
    let (models, pairs) = (fit(sources, &[], &[], plan), sources.pairs());
    tables::write(root, &models, &calibration, &pairs);
    println!(
        "{} pages of the press; {} features of lines, {} and {} of blocks",
        sources.press.len(),
        models.lines.names.len(),
        models.blocks.names.len(),
        models.articles.names.len()
    );
}

/// Tests of one source, by name.
type Tests = Vec<(String, Vec<Page>)>;

/// Each source left out in turn; the borders of all of them make the table of stated against seen.
fn left_out(root: &Path, sources: &Sources, plan: &Plan, arguments: &[String]) {
    let only = number(arguments, "fold");
    let folds: Vec<Vec<usize>> = sources.folds();
    println!("| left out | pages | B³ / exact / title | join | articles |\n|---|---|---|---|---|");
    let mut borders = Vec::new();
    for fold in folds.iter().enumerate().filter(|(at, _)| only.is_none_or(|only| only == *at)).map(|row| row.1) {
        let models = fit(sources, fold, &[], plan);
        for (name, pages) in fold.iter().flat_map(|source| tests(sources, *source)) {
            let mut score = Score::default();
            for page in &pages {
                let reading = baoku::layout::read_with(&page.source(), &models);
                if arguments.iter().any(|argument| argument == "misses") {
                    score::misses(&name, page, &reading);
                }
                score.add(page, &reading);
            }
            println!("| {} | {name} | {} |", sources.names[fold[0]], score.row());
            borders.append(&mut score.borders);
        }
    }
    if only.is_none() {
        tables::write_calibration(root, &borders);
    }
}

/// A form that pages are asked about in.
struct Form {
    name: &'static str,
    print: Option<Print>,
}

const fn lines(name: &'static str, width: usize, indent: bool) -> Form {
    Form { name, print: Some(Print { width, indent, kinsoku: false, indent_rest: true }) }
}

/// Paragraphs, and printed lines as `border_crf.py` sets them.
const FORMS: [Form; 3] =
    [Form { name: "", print: None }, lines(", lines of 18", 18, true), lines(", lines of 14, no indent", 14, false)];

/// Pages of paragraphs in a form.
fn printed(pages: &[Page], form: &Form) -> Vec<Page> {
    pages.iter().map(|page| form.print.map_or_else(|| page.clone(), |how| print(page, how))).collect()
}

/// What is asked of a source that was left out: its real pages, and pages composed of its articles.
fn paragraph_pages(sources: &Sources, source: usize) -> Tests {
    let name = sources.names[source];
    let stories: Vec<_> = sources.stories[source].iter().collect();
    let composer = Composer { stories, furniture: &[], plain: true, spared: Vec::new() };
    let mut dice = Dice(source as u64 + 500);
    let composed = if matches!(source, SAMPLES | UNION) { Vec::new() } else { composer.pages(60, &mut dice) };
    let both = [("composed", composed), ("real", sources.real[source].clone())];
    both.into_iter().filter(|set| !set.1.is_empty()).map(|(kind, pages)| (format!("{name} {kind}"), pages)).collect()
}

/// The same as paragraphs and as printed lines.
fn tests(sources: &Sources, source: usize) -> Tests {
    let sets = paragraph_pages(sources, source);
    let in_form = |form: &Form, set: &(String, Vec<Page>)| (format!("{}{}", set.0, form.name), printed(&set.1, form));
    sets.iter().flat_map(|set| FORMS.iter().map(move |form| in_form(form, set))).collect()
}

/// Sources that are spared when pages are composed, so that a large one does not rule.
fn spared(sources: &Sources) -> Vec<f64> {
    (0..sources.names.len())
        .map(|source| match source {
            TELEVISION => 0.8,
            NATIONAL => 0.5,
            _ => 0.0,
        })
        .collect()
}
