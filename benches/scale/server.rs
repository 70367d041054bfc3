//! The real server over an index, and how long its answers take.

use super::program;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server.
pub(super) struct Server {
    process: Child,
    address: String,
    /// From its start to its first answer.
    pub(super) opened: Duration,
}

/// Times in ascending order.
pub(super) struct Times(Vec<Duration>);

impl Times {
    /// Sorts them.
    pub(super) fn of(times: impl Iterator<Item = Duration>) -> Self {
        let mut times: Vec<Duration> = times.collect();
        times.sort_unstable();
        Self(times)
    }

    /// The one that this share of the others is not above.
    pub(super) fn at(&self, share: f64) -> Duration {
        let at = (self.0.len() as f64 * share) as usize;
        self.0.get(at.min(self.0.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

impl Server {
    /// Starts it over an index, and waits for an answer.
    pub(super) fn start(index: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baoku"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--index"]).arg(index).stderr(Stdio::piped());
        let start = Instant::now();
        let mut process = command.spawn().expect("the server");
        let mut lines = BufReader::new(process.stderr.take().expect("stderr")).lines();
        let after_scheme = |line: String| Some(line.split("http://").nth(1)?.split('/').next()?.to_owned());
        let address = lines.by_ref().map_while(Result::ok).find_map(after_scheme).expect("an address");
        std::thread::spawn(move || lines.for_each(drop));
        let mut server = Self { process, address, opened: Duration::ZERO };
        server.time("/api/v1/articles?limit=1");
        server.opened = start.elapsed();
        server
    }

    /// A value of `/proc/PID/status`, in bytes.
    pub(super) fn memory(&self, name: &str) -> u64 {
        program::memory(self.process.id(), name)
    }

    /// Sends a request, and checks that it is answered.
    pub(super) fn time(&self, path: &str) -> Duration {
        let start = Instant::now();
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("writing");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("reading");
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{path}: {}", String::from_utf8_lossy(&answer));
        start.elapsed()
    }

    /// Sends a request again and again, with a pause after each, as long as it shall.
    pub(super) fn every(&self, pause: Duration, path: &str, mut shall: impl FnMut(Duration) -> bool) -> Times {
        let start = Instant::now();
        let mut times = Vec::new();
        while shall(start.elapsed()) {
            times.push(self.time(path));
            std::thread::sleep(pause);
        }
        Times::of(times.into_iter())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
