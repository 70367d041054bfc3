//! One sitting: the articles that were drawn, what is said of them, and the file that the answers go to.

use super::form::{FormError, FormState, filled, verdict};
use super::sample::SampledArticle;
use crate::archive::{Archive, ArchiveError, ArticleReply};
use crate::corpus::{self, SidecarError, append_label};
use crate::model::{Article, ArticleId, Date, Prediction, ReviewLabel, Verdict};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a sitting begins with.
#[derive(Debug)]
pub struct SessionOptions {
    /// The articles, in their order.
    pub drawings: Vec<SampledArticle>,
    /// The labels that there are already.
    pub labels: BTreeMap<ArticleId, ReviewLabel>,
    /// The file that labels are added to.
    pub file: PathBuf,
    /// Who labels, or empty.
    pub by: String,
}

/// A person's desk: articles to be labelled.
pub struct ReviewSession {
    archive: Archive,
    drawings: Vec<SampledArticle>,
    file: PathBuf,
    by: String,
    /// All labels; of an article the last.
    labels: Mutex<BTreeMap<ArticleId, ReviewLabel>>,
    /// Articles that were answered or skipped in this sitting.
    done: Mutex<Vec<bool>>,
}

/// An article of the desk, with what stands in its form.
#[derive(Clone, Debug)]
pub struct ReviewItem {
    /// Number of the article, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// How many are done.
    pub done: usize,
    /// The article with its neighbours.
    pub reply: ArticleReply,
    /// What the program says.
    pub said: Prediction,
    /// Stands for all that is shown; the form sends it back as `seen`.
    pub seen: String,
    /// What stands in the form.
    pub filled: FormState,
    /// What is wrong with it; nothing was saved where there is something.
    pub faults: Vec<FormError>,
}

/// Why an answer was not saved.
#[derive(Debug, thiserror::Error)]
pub enum ReviewSessionError {
    /// The archive failed.
    #[error("{0}")]
    Archive(#[from] ArchiveError),
    /// The file of labels could not be written.
    #[error(transparent)]
    File(#[from] SidecarError),
}

impl ReviewSession {
    /// A desk over an archive.
    pub fn new(archive: Archive, sitting: SessionOptions) -> Self {
        let SessionOptions { drawings, labels, file, by } = sitting;
        let done = Mutex::new(vec![false; drawings.len()]);
        Self { archive, drawings, file, by, labels: Mutex::new(labels), done }
    }

    /// The archive that it is over.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// How many articles there are.
    pub fn count(&self) -> usize {
        self.drawings.len()
    }

    /// How many of them are done.
    pub fn done(&self) -> usize {
        lock(&self.done).iter().filter(|done| **done).count()
    }

    /// The number of the first article that is not done; `None` where all are.
    pub fn next(&self) -> Option<usize> {
        lock(&self.done).iter().position(|done| !done).map(|at| at + 1)
    }

    /// Article number `number`, from 1; `None` where there is none of that number, or it has left the archive. Where it was
    /// answered already, the form stands as it was left.
    ///
    /// # Errors
    /// Engine failures.
    pub fn item(&self, number: usize) -> Result<Option<ReviewItem>, ArchiveError> {
        let Some(reply) = self.reply(number)? else { return Ok(None) };
        let before = lock(&self.labels).get(&reply.article.id).filter(|review| !review.is_skipped()).cloned();
        let filled = before.map_or_else(|| filled(&[]), |review| FormState::from_verdict(&review.verdict));
        Ok(Some(self.item_of(number, reply, filled)))
    }

    fn reply(&self, number: usize) -> Result<Option<ArticleReply>, ArchiveError> {
        let drawing = number.checked_sub(1).and_then(|at| self.drawings.get(at));
        drawing.map_or(Ok(None), |drawing| self.archive.now()?.article(drawing.id))
    }

    fn item_of(&self, number: usize, reply: ArticleReply, filled: FormState) -> ReviewItem {
        let said = Prediction::from_article(&reply.article);
        let seen = version_seen(&reply.article, &said);
        ReviewItem { number, of: self.count(), done: self.done(), said, seen, reply, filled, faults: Vec::new() }
    }

    /// Saves the answer on article number `number` as a form gives it. `today`: the day that is written beside it.
    ///
    /// Gives the article again, with what is wrong, where something is; `Ok(None)` where it was saved.
    ///
    /// # Errors
    /// Engine failures, and where the file cannot be written.
    pub fn answer(
        &self,
        number: usize,
        form: &[(String, String)],
        today: Option<Date>,
    ) -> Result<Option<ReviewItem>, ReviewSessionError> {
        let Some(reply) = self.reply(number)? else { return Ok(None) };
        let sheet = self.item_of(number, reply, filled(form));
        if form.iter().any(|(name, value)| name == "seen" && *value != sheet.seen) {
            return Ok(Some(ReviewItem { faults: vec![FormError::Changed], ..sheet }));
        }
        match verdict(&sheet.filled) {
            Ok(verdict) => self.save(number, &sheet.reply, verdict, today).map(|()| None),
            Err(faults) => Ok(Some(ReviewItem { faults, ..sheet })),
        }
    }

    /// Says that a person passed over article number `number`: that is kept too, so that what is left is not taken for all.
    /// An answer that was given before stays.
    ///
    /// # Errors
    /// Engine failures, and where the file cannot be written.
    pub fn skip(&self, number: usize, today: Option<Date>) -> Result<(), ReviewSessionError> {
        let Some(reply) = self.reply(number)? else { return Ok(()) };
        let answered = lock(&self.labels).get(&reply.article.id).is_some_and(|review| !review.is_skipped());
        if answered {
            lock(&self.done)[number - 1] = true;
            return Ok(());
        }
        self.save(number, &reply, Verdict::default(), today)
    }

    fn save(
        &self,
        number: usize,
        reply: &ArticleReply,
        verdict: Verdict,
        today: Option<Date>,
    ) -> Result<(), ReviewSessionError> {
        let article = &reply.article;
        let review = ReviewLabel {
            article: article.id,
            source: article.place.source.clone(),
            text: corpus::hash(article.text_to_hash().as_bytes()),
            drawn: self.drawings[number - 1].drawn,
            said: Prediction::from_article(article),
            verdict,
            by: self.by.clone(),
            on: today,
            program: env!("CARGO_PKG_VERSION").to_owned(),
        };
        append_label(&self.file, &review)?;
        lock(&self.labels).insert(review.article, review);
        lock(&self.done)[number - 1] = true;
        Ok(())
    }
}

/// Stands for an article's text and what is said of it.
fn version_seen(article: &Article, said: &Prediction) -> String {
    corpus::hash(format!("{said:?}\n{}", article.text_to_hash()).as_bytes())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
