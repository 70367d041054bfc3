//! How far a run is, in words.

use super::bilingual::{Bilingual, both};

/// A megabyte.
const MB: f64 = 1_000_000.0;

/// How far the reading of files is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReadingProgress {
    /// Bytes to read.
    pub total: u64,
    /// Bytes that were read.
    pub done: u64,
    /// Articles that were found in them.
    pub articles: u64,
    /// Seconds since it was begun.
    pub seconds: f64,
}

impl ReadingProgress {
    /// Hundredths that are done; all where there is nothing to do.
    pub fn percent(&self) -> u64 {
        (self.done.min(self.total) * 100).checked_div(self.total).unwrap_or(100)
    }

    /// Seconds that are left at the rate so far; `None` before anything is done.
    pub fn left(&self) -> Option<f64> {
        let share = self.done as f64 / self.total as f64;
        (self.done > 0 && self.done <= self.total).then(|| self.seconds * (1.0 - share) / share)
    }
}

/// How far the reading is, on one line; `file`: what is being read.
pub fn reading_progress(progress: &ReadingProgress, file: &str) -> Bilingual {
    let (done, total) = (progress.done as f64 / MB, progress.total as f64 / MB);
    let (percent, articles) = (progress.percent(), progress.articles);
    let rate = if progress.seconds > 0.0 { done / progress.seconds } else { 0.0 };
    let (left, left_zh) = progress
        .left()
        .map(duration)
        .map_or_else(Default::default, |Bilingual { en, zh }| (format!(", {en} left"), format!("，还要 {zh}")));
    both(
        format!("{percent}% ({done:.1} of {total:.1} MB), {rate:.2} MB/s{left}, {articles} articles; {file}"),
        format!("{percent}%（{done:.1} / {total:.1} MB），每秒 {rate:.2} MB{left_zh}，{articles} 篇；{file}"),
    )
}

/// A time in the units that a person would use.
fn duration(seconds: f64) -> Bilingual {
    let whole = seconds.round().max(0.0) as u64;
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    match (hours, minutes) {
        (0, 0) => both(format!("{rest} s"), format!("{rest} 秒")),
        (0, _) => both(format!("{minutes} min {rest} s"), format!("{minutes} 分 {rest} 秒")),
        _ => both(format!("{hours} h {minutes} min"), format!("{hours} 小时 {minutes} 分")),
    }
}

/// What a run is going to read.
pub fn reading_plan(to_read: usize, files: usize) -> Bilingual {
    both(format!("reading {to_read} of {files} files"), format!("共 {files} 个文件，要读 {to_read} 个"))
}

/// That the index is made durable.
pub fn committing() -> Bilingual {
    both("writing the index", "正在写索引")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_progress() {
        let progress = ReadingProgress { total: 200_000_000, done: 50_000_000, articles: 7, seconds: 40.0 };
        let told = reading_progress(&progress, "r/a.txt");
        assert_eq!(told.en, "25% (50.0 of 200.0 MB), 1.25 MB/s, 2 min 0 s left, 7 articles; r/a.txt");
        assert_eq!(told.zh, "25%（50.0 / 200.0 MB），每秒 1.25 MB，还要 2 分 0 秒，7 篇；r/a.txt");
        let empty = ReadingProgress::default();
        assert_eq!((empty.percent(), empty.left()), (100, None));
    }
}
