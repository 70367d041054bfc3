//! Runs of the real program, with what they take.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a run took.
pub(super) struct Run {
    /// Wall time.
    pub(super) time: Duration,
    /// Processor time, in seconds.
    pub(super) cpu: f64,
    /// The largest memory that is its own (`RssAnon`), in bytes, looked at every 20 ms.
    pub(super) peak: u64,
    /// Lines of its output.
    pub(super) lines: u64,
}

/// A value of `/proc/PID/status`, in bytes; 0 where it cannot be read.
pub(super) fn memory(id: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()).unwrap_or(0) * 1000
}

/// Processor time of a process, in seconds; 0 where it cannot be read.
fn processor(id: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    let behind = stat.rsplit(')').next().unwrap_or_default();
    // Fields 14 and 15 of proc(5), in hundredths of a second.
    behind.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Starts the program; what it prints is thrown away.
pub(super) fn start(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baoku"));
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program")
}

/// Runs the program to its end, with these threads; with one it is pinned to one core where `taskset` is there, because the
/// index has a thread of its own beside it.
pub(super) fn run(arguments: &[&str], threads: usize) -> Run {
    let program = env!("CARGO_BIN_EXE_baoku");
    let pinned = threads == 1 && Command::new("taskset").arg("-V").stdout(Stdio::null()).status().is_ok();
    let mut command = Command::new(if pinned { "taskset" } else { program });
    if pinned {
        command.args(["-c", "0", program]);
    }
    if arguments.first() == Some(&"ingest") {
        command.args(arguments).args(["--threads", &threads.to_string()]);
    } else {
        command.args(arguments);
    }
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let start = Instant::now();
    let mut process = command.spawn().expect("the program");
    let output = BufReader::new(process.stdout.take().expect("an output"));
    let lines = std::thread::spawn(move || output.split(b'\n').map_while(Result::ok).count() as u64);
    let (mut peak, mut cpu) = (0, 0.0);
    let status = loop {
        peak = peak.max(memory(process.id(), "RssAnon"));
        cpu = processor(process.id()).max(cpu);
        if let Some(status) = process.try_wait().expect("a look") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "{status}");
    Run { time: start.elapsed(), cpu, peak, lines: lines.join().expect("lines") }
}

/// Bytes of the files of a folder.
pub(super) fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries.map(|entry| entry.metadata().expect("data").len()).sum()
}
