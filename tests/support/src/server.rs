//! The real server.

use crate::Answer;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

/// A running `baoku serve` over the sample archive, with an index of its own.
pub struct Server {
    process: Child,
    /// HOST:PORT.
    pub address: String,
    /// The path of its first page.
    pub path: String,
    folder: Option<tempfile::TempDir>,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// A server over the sample archive.
    pub fn start(program: &str) -> Self {
        Self::over(program, &crate::corpus(), &[])
    }

    /// A server over another folder, with more options.
    pub fn over(program: &str, corpus: &Path, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(program);
        command.args(["serve", "--listen", "127.0.0.1:0", "--corpus"]).arg(corpus).args(options);
        command.arg("--index").arg(folder.path().join("index"));
        let mut server = Self::of(&mut command);
        server.folder = Some(folder);
        server
    }

    /// The server of a command, which prints its address on stderr.
    pub fn of(command: &mut Command) -> Self {
        let mut process = command.stderr(Stdio::piped()).spawn().expect("the server");
        let mut lines = BufReader::new(process.stderr.take().expect("stderr")).lines();
        let after_scheme = |line: String| Some(line.split("http://").nth(1)?.split(' ').next()?.to_owned());
        let found = lines.by_ref().map_while(Result::ok).find_map(after_scheme).expect("an address");
        let (address, path) = found.split_once('/').expect("a path");
        let log: Arc<Mutex<String>> = Arc::default();
        let written = log.clone();
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| written.lock().expect("the log").push_str(&(line + "\n")));
        });
        Self { process, address: address.to_owned(), path: format!("/{path}"), folder: None, log }
    }

    /// What it answers to a program.
    pub fn get(&self, path: &str) -> Answer {
        self.ask(path, &[])
    }

    /// What it answers to a browser.
    pub fn page(&self, path: &str) -> Answer {
        self.ask(path, &[("Accept", "text/html")])
    }

    /// What it answers to a request with some headers more.
    pub fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}\r\n"))
    }

    /// What it answers to a request as it stands, which must end the connection.
    pub fn send(&self, request: &str) -> Answer {
        Answer::of(&self.address, request)
    }

    /// What it has written to stderr since it gave its address.
    pub fn log(&self) -> String {
        self.log.lock().expect("the log").clone()
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// The folder of its index.
    pub fn index(&self) -> PathBuf {
        self.folder.as_ref().expect("a folder of its own").path().join("index")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
