//! Bytes of an index that change behind its back: found, named, and not answered from.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use baoku::engine::embedded::Embedded;
use baoku::engine::{Engine, EngineError};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use support::{Random, corpus, dictionary};

fn baoku(arguments: &[&str], index: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baoku"));
    command.args(arguments).arg("--index").arg(index).output().expect("the program")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copying");
    }
}

/// The largest file of each kind that segments have.
fn largest(index: &Path) -> Vec<PathBuf> {
    let files: Vec<PathBuf> =
        std::fs::read_dir(index).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    let of = |kind: &str| {
        let kind = files.iter().filter(|file| file.extension().is_some_and(|extension| extension == kind));
        kind.max_by_key(|file| file.metadata().expect("data").len()).cloned()
    };
    ["idx", "pos", "term", "store", "fast", "fieldnorm"].iter().filter_map(|kind| of(kind)).collect()
}

fn change_a_byte(file: &Path) {
    let mut bytes = std::fs::read(file).expect("reading");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    std::fs::write(file, bytes).expect("writing");
}

/// Waits until the engine no longer answers, and gives what it says.
fn refused(engine: &Embedded) -> String {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        match engine.snapshot() {
            Err(error @ EngineError::Damaged(_)) => return error.to_string(),
            Err(other) => panic!("{other}"),
            Ok(_) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
    panic!("a damaged index goes on answering")
}

#[test]
fn a_changed_byte_in_any_file_of_a_segment_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole");
    let done = baoku(&["ingest", &corpus().to_string_lossy()], &whole);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let sound = baoku(&["check"], &whole);
    assert_eq!(sound.status.code(), Some(0), "{}", String::from_utf8_lossy(&sound.stderr));
    let files = largest(&whole);
    assert_eq!(files.len(), 6, "{files:?}");
    for file in files {
        let damaged = folder.path().join("damaged");
        let _ = std::fs::remove_dir_all(&damaged);
        copy(&whole, &damaged);
        let name = file.file_name().expect("a name");
        change_a_byte(&damaged.join(name));
        let told = baoku(&["check"], &damaged);
        let text = String::from_utf8_lossy(&told.stdout).into_owned() + &String::from_utf8_lossy(&told.stderr);
        assert_eq!(told.status.code(), Some(2), "{text}");
        assert!(text.contains("--rebuild"), "{text}");
        // A file that cannot even be opened is told in other words.
        let opened = Embedded::open(&damaged, dictionary());
        let Ok(engine) = opened else { continue };
        assert!(text.contains(name.to_str().expect("a name")), "{text}");
        assert!(refused(&engine).contains(name.to_str().expect("a name")));
    }
}

/// A small disk, until it is dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn of_megabytes(size: usize) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}m"), "tmpfs"]).arg(folder.path());
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        mounted.then(|| Self(folder))
    }

    /// Bytes of all files.
    fn used(&self, index: &Path) -> u64 {
        let entries = std::fs::read_dir(index).expect("a folder").map(|entry| entry.expect("an entry"));
        entries.map(|entry| entry.metadata().expect("data").len()).sum()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

fn write_items(folder: &Path, name: &str, items: usize, random: &mut Random) {
    let item = |n: usize, random: &mut Random| {
        let words = ["工会", "职工", "送温暖", "困难", "帮扶", "维权", "座谈", "慰问", "培训", "劳模", ",", "。"];
        let body: String = (0..400).map(|_| *random.pick(&words)).collect();
        format!("{{\"id\":\"{name}-{n}\",\"title\":\"第{n}篇\",\"body\":\"{body}\"}}\n")
    };
    let text: String = (0..items).map(|n| item(n, random)).collect();
    std::fs::write(folder.join(format!("{name}.jsonl")), text).expect("writing");
}

#[test]
fn a_full_disk_kept_what_was_half_written() {
    let Some(disk) = SmallDisk::of_megabytes(8) else {
        return support::skip("no small disk can be mounted here");
    };
    let papers = tempfile::tempdir().expect("a folder");
    let index = disk.0.path().join("index");
    let mut random = Random::new(16);
    write_items(papers.path(), "a", 100, &mut random);
    let folder = papers.path().to_string_lossy().into_owned();
    assert!(baoku(&["ingest", &folder], &index).status.success());
    let before = disk.used(&index);
    write_items(papers.path(), "b", 6000, &mut random);
    let failed = baoku(&["ingest", &folder], &index);
    let told = String::from_utf8_lossy(&failed.stderr).into_owned();
    assert_eq!(failed.status.code(), Some(2), "{told}");
    assert!(told.contains("make room on the disk") && !told.contains("--rebuild"), "{told}");
    let after = disk.used(&index);
    assert!(after < before + before / 2, "{before} bytes before, {after} after");
    let sound = baoku(&["check"], &index);
    assert!(String::from_utf8_lossy(&sound.stdout).contains("100 articles"), "{sound:?}");
}

/// Fills the disk of a file but for so many bytes.
fn fill(file: &Path, free: u64) {
    // It ends where the disk is full.
    drop(std::fs::write(file, vec![0; 13_000_000]));
    let filled = std::fs::File::options().write(true).open(file).expect("the filler");
    let length = filled.metadata().expect("data").len();
    filled.set_len(length.saturating_sub(free)).expect("room");
}

/// What an index exports.
fn exported(index: &Path) -> String {
    String::from_utf8(baoku(&["export"], index).stdout).expect("text")
}

/// The disk is full after another number of bytes each time: in the first file of a segment, in the record of a file, in the
/// list of files, in what the commit says of itself, in a merge.
#[test]
fn a_disk_that_is_full_at_any_step_of_a_commit_leaves_the_last_one() {
    let Some(disk) = SmallDisk::of_megabytes(12) else {
        return support::skip("no small disk can be mounted here");
    };
    let papers = tempfile::tempdir().expect("a folder");
    let mut random = Random::new(18);
    write_items(papers.path(), "a", 60, &mut random);
    let folder = papers.path().to_string_lossy().into_owned();
    let first = tempfile::tempdir().expect("a folder");
    assert!(baoku(&["ingest", &folder], &first.path().join("index")).status.success());
    write_items(papers.path(), "a", 40, &mut random);
    write_items(papers.path(), "b", 120, &mut random);
    let undisturbed = first.path().join("undisturbed");
    copy(&first.path().join("index"), &undisturbed);
    assert!(baoku(&["ingest", &folder], &undisturbed).status.success());
    let (before, want) = (exported(&first.path().join("index")), exported(&undisturbed));
    let (index, filler) = (disk.0.path().join("index"), disk.0.path().join("filler"));
    let (mut failed, mut done) = (0, 0);
    for step in 0..28_u64 {
        drop(std::fs::remove_dir_all(&index));
        drop(std::fs::remove_file(&filler));
        copy(&first.path().join("index"), &index);
        let free = step * step * 2500;
        fill(&filler, free);
        let run = baoku(&["ingest", &folder, "--threads", "1"], &index);
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        match run.status.code() {
            Some(0) => done += 1,
            Some(2) => {
                failed += 1;
                let names_it =
                    ["make room on the disk", "disk or memory are full"].iter().any(|words| told.contains(words));
                assert!(names_it, "{free}: {told}");
                assert_eq!(exported(&index), before, "{free}: after a run that failed");
            }
            other => panic!("{free}: {other:?} {told}"),
        }
        std::fs::remove_file(&filler).expect("room again");
        assert!(baoku(&["ingest", &folder], &index).status.success(), "{free}: with room again");
        assert_eq!(exported(&index), want, "{free}: completed");
    }
    println!("{failed} runs met a full disk, {done} did not; all were completed");
    assert!(failed >= 10 && done >= 1, "{failed} {done}");
}
