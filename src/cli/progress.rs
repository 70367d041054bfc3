//! How far an ingest is: a bar where stderr is a terminal, else a line now and then.

use super::terminal::terminal;
use super::{message, printable};
use crate::ingest::{Progress, RunFigures};
use crate::messages::{ReadingProgress, committing, reading_plan, reading_progress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::{Cell, RefCell};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// A line is printed when so much time has gone by since the last one.
const EVERY: Duration = Duration::from_secs(10);

/// A line is printed when so many hundredths more are done, but not more often than every two seconds.
const STEP: u64 = 10;
const LEAST: Duration = Duration::from_secs(2);

/// Shows how far a run is, and counts what it does.
pub(super) struct ProgressDisplay {
    bar: Option<ProgressBar>,
    begun: Instant,
    /// Bytes to read.
    total: Cell<u64>,
    /// What was done so far.
    counts: Cell<RunFigures>,
    /// What is being read.
    file: RefCell<String>,
    /// When the last line was printed, and how many hundredths were done then.
    last: Cell<(Instant, u64)>,
}

impl ProgressDisplay {
    pub(super) fn begin() -> Self {
        let begun = Instant::now();
        let shown = !terminal().quiet && std::io::stderr().is_terminal();
        Self {
            bar: shown.then(bar),
            begun,
            total: Cell::new(0),
            counts: Cell::new(RunFigures::default()),
            file: RefCell::default(),
            last: Cell::new((begun, 0)),
        }
    }

    /// Takes a step of the run.
    pub(super) fn watch(&self, progress: Progress<'_>) {
        let mut counts = self.counts.get();
        match progress {
            Progress::Planned { to_read, files, bytes } => self.plan(to_read, files, bytes),
            Progress::File(_, key) => self.begin_file(&key.to_string()),
            Progress::Read(bytes) => counts.bytes += bytes,
            Progress::Page => counts.pages += 1,
            Progress::Articles(count) => counts.articles += count as u64,
            Progress::Committing => self.bar.iter().for_each(|bar| bar.set_message(terminal().say(committing()))),
        }
        self.counts.set(counts);
        match &self.bar {
            Some(bar) => bar.set_position(counts.bytes),
            None => self.print_line(),
        }
    }

    fn plan(&self, to_read: usize, files: usize, bytes: u64) {
        self.total.set(bytes);
        match &self.bar {
            Some(bar) => bar.set_length(bytes),
            None if terminal().quiet => {}
            None => message(&terminal().say(reading_plan(to_read, files))),
        }
    }

    fn begin_file(&self, name: &str) {
        let name = printable(name);
        if terminal().verbose > 1 {
            match &self.bar {
                Some(bar) => bar.suspend(|| message(&name)),
                None => message(&name),
            }
        }
        self.bar.iter().for_each(|bar| bar.set_message(name.clone()));
        *self.file.borrow_mut() = name;
    }

    /// Prints how far the run is, if it is time for it.
    fn print_line(&self) {
        let (now, (last, shown)) = (Instant::now(), self.last.get());
        let (progress, since) = (self.progress(), now.duration_since(last));
        let due = since >= EVERY || since >= LEAST && progress.percent() >= shown + STEP;
        if due && !terminal().quiet && progress.total > 0 {
            message(&terminal().say(reading_progress(&progress, &self.file.borrow())));
            self.last.set((now, progress.percent()));
        }
    }

    fn progress(&self) -> ReadingProgress {
        let RunFigures { bytes, articles, .. } = self.counts.get();
        ReadingProgress { total: self.total.get(), done: bytes, articles, seconds: self.begun.elapsed().as_secs_f64() }
    }

    /// Takes the bar away and gives what the run did.
    pub(super) fn end(self) -> RunFigures {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
        RunFigures { time: self.begun.elapsed(), ..self.counts.get() }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    let template =
        "{bar:20} {percent:>3}%  {decimal_bytes}/{decimal_total_bytes}  {decimal_bytes_per_sec}  {eta}  {wide_msg}";
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
