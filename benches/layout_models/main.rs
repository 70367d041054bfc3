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

mod fit;
mod floors;
mod folders;
mod misses;
mod press;
mod sources;
mod tables;
mod trainer;

use baoku::layout::Models;
use fit::{Plan, fit};
use press::PressPage;
use sources::{NATIONAL, SAMPLES, SPLITS, Sources, TELEVISION, UNION};
use std::path::Path;
use support::composed::compose::{Composer, Dice, Print, print};
use support::composed::pages::Page;
use support::composed::score::Score;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(sources) = Sources::load(root) else {
        println!("skipped: the models are made from ../shared/corpora, which is not there");
        return;
    };
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let plan = Plan { made: number(&arguments, "made").unwrap_or(Plan::default().made), ..Plan::default() };
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

/// What is left out of the training, and what is asked of it.
struct Trial {
    name: String,
    models: Models,
    tests: Tests,
    /// Styles of the press that are left out.
    styles: Vec<String>,
}

/// Each source left out in turn, other months and years, other styles of the press; what was stated of all of them makes the
/// table of stated against seen.
fn left_out(root: &Path, sources: &Sources, plan: &Plan, arguments: &[String]) {
    let only = number(arguments, "fold");
    println!("| left out | pages | B³ / exact / title | join | caption errors | articles |\n|---|---|---|---|---|---|");
    let mut stated = Vec::new();
    let trials = sources.folds().len() + SPLITS.len() + sources.styles().len();
    for number in (0..trials).filter(|number| only.is_none_or(|only| only == *number)) {
        let trial = trial(sources, plan, number);
        for (name, pages) in &trial.tests {
            let mut score = Score::default();
            for page in pages {
                let reading = baoku::layout::read_with(&page.source(), &trial.models);
                if arguments.iter().any(|argument| argument == "misses") {
                    misses::misses(name, page, &reading);
                }
                score.add(page, &reading);
            }
            println!("| {} | {name} | {} |", trial.name, score.row());
            stated.append(&mut score.stated);
        }
        press_rows(sources, &trial);
    }
    if only.is_none() {
        tables::write_calibration(root, &stated);
    }
}

/// The trial of a number: sources first, then pages of a source, then styles.
fn trial(sources: &Sources, plan: &Plan, number: usize) -> Trial {
    let folds = sources.folds();
    if let Some(fold) = folds.get(number) {
        let tests = fold.iter().flat_map(|source| tests(sources, *source)).collect();
        return Trial {
            name: sources.names[fold[0]].to_owned(),
            models: fit(sources, fold, &[], plan),
            tests,
            styles: Vec::new(),
        };
    }
    if let Some(split) = SPLITS.get(number - folds.len()) {
        let (rest, pages) = sources.without(split);
        let tests = in_forms(&[(split.name.to_owned(), pages)]);
        return Trial { name: split.name.to_owned(), models: fit(&rest, &[], &[], plan), tests, styles: Vec::new() };
    }
    let styles = &sources.styles()[number - folds.len() - SPLITS.len()];
    Trial {
        name: styles.join(", "),
        models: fit(sources, &[], styles, plan),
        tests: Vec::new(),
        styles: styles.iter().map(|style| (*style).to_owned()).collect(),
    }
}

/// Rows of the pages of the press in the styles that a trial leaves out, by how they were read.
fn press_rows(sources: &Sources, trial: &Trial) {
    for kind in ["pdf", "rapidocr", "hocr"] {
        let mut score = Score::default();
        let is_own = |page: &&PressPage| page.kind == kind && trial.styles.contains(&page.style);
        let own: Vec<&PressPage> = sources.press.iter().filter(is_own).collect();
        for page in &own {
            score.add(&page.answered(), &baoku::layout::read_with(&page.page, &trial.models));
        }
        if !own.is_empty() {
            println!("| {} | press, {kind} | {} |", trial.name, score.row());
        }
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
const FORMS: [Form; 5] = [
    Form { name: "", print: None },
    lines(", lines of 12", 12, true),
    lines(", lines of 18", 18, true),
    lines(", lines of 25", 25, true),
    lines(", lines of 14, no indent", 14, false),
];

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
    let composed = if matches!(source, SAMPLES | UNION) || sources.stories[source].is_empty() {
        Vec::new()
    } else {
        composer.pages(60, &mut dice)
    };
    let both = [("composed", composed), ("real", sources.real[source].clone())];
    both.into_iter().filter(|set| !set.1.is_empty()).map(|(kind, pages)| (format!("{name} {kind}"), pages)).collect()
}

/// The same as paragraphs and as printed lines.
fn tests(sources: &Sources, source: usize) -> Tests {
    in_forms(&paragraph_pages(sources, source))
}

/// Sets of pages in each form; printed lines as they are.
fn in_forms(sets: &[(String, Vec<Page>)]) -> Tests {
    let in_form = |form: &Form, set: &(String, Vec<Page>)| (format!("{}{}", set.0, form.name), printed(&set.1, form));
    let forms =
        |set: &(String, Vec<Page>)| if set.1.iter().all(|page| page.printed) { &FORMS[..1] } else { &FORMS[..] };
    sets.iter().flat_map(|set| forms(set).iter().map(move |form| in_form(form, set))).collect()
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
