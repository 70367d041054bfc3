//! An archive over years: folders that are followed, copies made while others write, what differs from the sources, what is amiss.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failure here is a failed test"
)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};
use support::Random;

/// A folder in which the program is run.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(desk.path("papers")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file that was changed last an hour ago.
    fn put_old(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let file = self.path(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let mut out = std::fs::File::create(file).unwrap();
        out.write_all(bytes.as_ref()).unwrap();
        out.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baoku"));
        command.args(arguments).current_dir(self.0.path()).env("LC_ALL", "C").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command prints that must end with a code.
    fn told(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}\n{error}");
        out.into_owned() + &error
    }

    /// The titles of all articles.
    fn titles(&self, index: &str) -> BTreeSet<String> {
        let lines = self.run(&["export", "工会", "--index", index]).stdout;
        let title = |line: &str| serde_json::from_str::<Value>(line).unwrap()["title"].as_str().unwrap().to_owned();
        String::from_utf8(lines).unwrap().lines().map(title).collect()
    }
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

impl Running {
    fn start(desk: &Desk, arguments: &[&str]) -> Self {
        Self(desk.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }

    /// Processor time of the process so far, in hundredths of a second.
    fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }
}

/// A page of one article; its title is that of [`title`].
fn page(word: &str) -> String {
    let title = title(word);
    format!("{title}\n\n本报讯(记者周平和)近日,市总工会为{word}送去米面油。工会干部走进车间,听取职工的意见。\n")
}

fn title(word: &str) -> String {
    format!("市总工会看望{word}的老会员")
}

/// Waits until something holds; how long it took.
fn wait_until(most: Duration, what: &str, mut holds: impl FnMut() -> bool) -> Duration {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < most, "{what}: not within {most:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
    begun.elapsed()
}

/// Files of the folder that is followed, unless `BAOKU_WATCHED` says otherwise; 10,000 with 500 changes is the whole test.
fn watched() -> usize {
    std::env::var("BAOKU_WATCHED").map_or(1000, |number| number.parse().expect("BAOKU_WATCHED is a number"))
}

#[test]
fn a_followed_folder_is_in_the_index_soon_after_its_last_change() {
    let desk = Desk::new();
    let files = watched();
    for number in 0..files {
        desk.put_old(&format!("papers/{:02}/{number:05}.txt", number % 20), page(&format!("第{number}号旧闻")));
    }
    let follower = Running::start(&desk, &["ingest", "papers", "--watch"]);
    let count = |word: &str| {
        let told = desk.run(&["search", word, "--format", "json", "--limit", "1"]).stdout;
        serde_json::from_slice::<Value>(&told).map_or(0, |reply| reply["total"]["value"].as_u64().unwrap_or(0))
    };
    wait_until(Duration::from_secs(300), "the first run", || count("旧闻") == files as u64);
    let mut random = Random::new(18);
    let changes = files / 20;
    for change in 0..changes {
        let number = random.below(files);
        let file = desk.path(&format!("papers/{:02}/{number:05}.txt", number % 20));
        // In two parts, the second a moment later, as a copying program writes.
        let text = page(&format!("第{number}号新闻"));
        let (first, second) = text.as_bytes().split_at(text.len() / 2);
        let mut out = std::fs::File::create(file).unwrap();
        out.write_all(first).unwrap();
        if change % 50 == 0 {
            std::thread::sleep(Duration::from_millis(300));
        }
        out.write_all(second).unwrap();
    }
    let new = std::fs::read_dir(desk.path("papers"))
        .unwrap()
        .flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap())
        .filter(|file| std::fs::read_to_string(file.as_ref().unwrap().path()).unwrap().contains("新闻"))
        .count() as u64;
    let took = wait_until(Duration::from_secs(30), "the changes", || count("新闻") == new);
    println!("{files} files, {new} changed: in the index {:.1} s after the last one", took.as_secs_f64());
    assert_eq!(count("旧闻") + new, files as u64, "a half-written file was read");
    std::thread::sleep(Duration::from_secs(3));
    let before = follower.ticks();
    std::thread::sleep(Duration::from_secs(3));
    let idle = follower.ticks() - before;
    assert!(idle <= 3, "{idle} hundredths of a second of processor time in 3 s without a change");
}

#[test]
fn a_server_follows_its_corpus() {
    let desk = Desk::new();
    desk.put_old("papers/1.txt", page("一号旧闻"));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let listen = format!("127.0.0.1:{port}");
    let _server = Running::start(&desk, &["serve", "--corpus", "papers", "--watch", "--listen", &listen]);
    wait_until(Duration::from_secs(60), "the first run", || desk.titles("index").len() == 1);
    std::fs::write(desk.path("papers/2.txt"), page("二号新闻")).unwrap();
    wait_until(Duration::from_secs(30), "the new file", || desk.titles("index").contains(&title("二号新闻")));
    std::fs::remove_file(desk.path("papers/1.txt")).unwrap();
    wait_until(Duration::from_secs(30), "the removal", || !desk.titles("index").contains(&title("一号旧闻")));
}

#[test]
fn a_backup_made_while_others_write_is_one_commit_and_comes_back() {
    let desk = Desk::new();
    for number in 0..40 {
        desk.put_old(&format!("papers/{number}.txt"), page(&format!("第{number}号")));
    }
    desk.told(0, &["ingest", "papers"]);
    let first = desk.titles("index");
    for number in 40..400 {
        desk.put_old(&format!("papers/{number}.txt"), page(&format!("第{number}号")));
    }
    let mut writer = Running::start(&desk, &["ingest", "papers", "--commit-every", "1", "--threads", "1"]);
    let mut copies = 0;
    while writer.0.try_wait().unwrap().is_none() || copies == 0 {
        let (file, index) = (format!("{copies}.tar.zst"), format!("restored-{copies}"));
        desk.told(0, &["backup", &file]);
        desk.told(0, &["restore", &file, "--index", &index]);
        let titles = desk.titles(&index);
        assert!(titles.is_superset(&first));
        // Its sources have more by now; the files themselves are whole.
        let checked = desk.run(&["check", "--index", &index]);
        assert!(String::from_utf8_lossy(&checked.stdout).contains("the index is sound"), "{checked:?}");
        copies += 1;
    }
    let last = desk.titles("index");
    desk.told(0, &["backup", "last.tar.zst"]);
    desk.told(0, &["restore", "last.tar.zst", "--index", "last"]);
    assert_eq!(desk.titles("last"), last);
    let refused = desk.told(2, &["restore", "0.tar.zst", "--index", "last"]);
    assert!(refused.contains("--replace"), "{refused}");
    let told = desk.told(0, &["restore", "0.tar.zst", "--index", "last", "--replace"]);
    assert!(told.contains("before-restore") && desk.titles("last").is_superset(&first), "{told}");
    desk.told(0, &["ingest", "papers", "--index", "last"]);
    assert_eq!(desk.titles("last"), last, "a restored index is gone on with");
    assert!(desk.told(2, &["backup", "last.tar.zst"]).contains("exists"), "no backup is written over");
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_is_changed() {
    let desk = Desk::new();
    desk.put_old("papers/1.txt", page("一号"));
    desk.told(0, &["ingest", "papers"]);
    desk.told(0, &["backup", "whole.tar.zst"]);
    let whole = std::fs::read(desk.path("whole.tar.zst")).unwrap();
    let mut random = Random::new(3);
    for round in 0..12 {
        let at = random.below(whole.len());
        let mut bytes = whole.clone();
        if round % 2 == 0 {
            bytes.truncate(at)
        } else {
            bytes[at] ^= 1 << random.below(8)
        }
        std::fs::write(desk.path("damaged.tar.zst"), &bytes).unwrap();
        let other = desk.run(&["restore", "damaged.tar.zst", "--index", "other"]);
        // A bit of what zstd does not look at may change nothing; then all is restored.
        let is_whole = other.status.success() && desk.titles("other").len() == 1;
        assert!(is_whole || !desk.path("other/meta.json").exists(), "round {round}");
        drop(std::fs::remove_dir_all(desk.path("other")));
        let over = desk.run(&["restore", "damaged.tar.zst", "--replace"]);
        assert!(over.status.success() || over.status.code() == Some(2));
        assert_eq!(desk.titles("index").len(), 1, "round {round}");
    }
}

#[test]
fn check_tells_how_the_sources_differ_and_what_to_run() {
    let desk = Desk::new();
    for number in 1..5 {
        desk.put_old(&format!("papers/{number}.txt"), page(&format!("第{number}号")));
    }
    desk.told(0, &["ingest", "papers"]);
    assert!(desk.told(0, &["check"]).contains("4 files as they were read"));
    std::fs::write(desk.path("papers/1.txt"), page("第一号改")).unwrap();
    std::fs::remove_file(desk.path("papers/2.txt")).unwrap();
    desk.put_old("papers/5.txt", page("第五号"));
    let told = desk.told(3, &["check"]);
    for part in ["changed: 1.txt", "gone: 2.txt", "new: 5.txt", "run: baoku ingest papers="] {
        assert!(told.contains(part), "{told}");
    }
    // Other bytes of the same size under the same time are seen by reading them.
    let same = page("第三号").len();
    let other = page("第叁号");
    assert_eq!(same, other.len());
    desk.put_old("papers/3.txt", page("第3号").replace('3', "8"));
    desk.told(0, &["ingest", "papers"]);
    let stamp = std::fs::metadata(desk.path("papers/3.txt")).unwrap().modified().unwrap();
    std::fs::write(desk.path("papers/3.txt"), page("第3号").replace('3', "9")).unwrap();
    std::fs::File::options().write(true).open(desk.path("papers/3.txt")).unwrap().set_modified(stamp).unwrap();
    desk.told(0, &["check"]);
    assert!(desk.told(3, &["check", "--full"]).contains("changed: 3.txt"));
    let json: Value = serde_json::from_slice(&desk.run(&["check", "--full", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["sources"][0]["different"][0]["state"], "changed");
    std::fs::rename(desk.path("papers"), desk.path("elsewhere")).unwrap();
    assert!(desk.told(3, &["check"]).contains("is not there"));
}

#[test]
fn the_doctor_names_each_fault_once_and_the_way_to_mend_it() {
    let desk = Desk::new();
    assert!(desk.run(&["doctor"]).status.code() == Some(2), "there is no index yet");
    desk.put_old("papers/无日期.txt", page("一号"));
    for (day, number) in [(2, 5001), (3, 5002), (5, 5004)] {
        let head = format!("陕西工人报 1998年3月{day}日 第{number}期 第1版\n\n");
        desk.put_old(&format!("papers/陕西工人报/1998-03-0{day}/1.txt"), head + &page(&format!("第{day}日")));
    }
    let double = format!("陕西工人报 1998年3月2日 第5001期 第1版\n\n{}", page("第2日"));
    desk.put_old("papers/陕西工人报/又一份/1998-03-02/1.txt", double);
    desk.put_old("papers/坏.txt", b"\x7fELF\x00\x01\x02\x03");
    desk.run(&["ingest", "papers"]);
    let reply: Value = serde_json::from_slice(&desk.run(&["doctor", "--format", "json"]).stdout).unwrap();
    let codes: Vec<&str> =
        reply["findings"].as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
    for code in ["left_out", "unknown_paper", "number_gap", "duplicate_issue"] {
        assert!(codes.contains(&code), "{code}: {reply:#}");
    }
    let of = |code: &str| reply["findings"].as_array().unwrap().iter().find(|row| row["code"] == code).unwrap();
    assert!(of("number_gap")["examples"][0].as_str().unwrap().contains("5003"), "{reply:#}");
    assert!(of("duplicate_issue")["count"] == 1 && of("left_out")["count"] == 1, "{reply:#}");
    let text = desk.told(0, &["doctor"]);
    assert!(codes.iter().all(|_| text.contains("→ ")) && text.contains("baoku ingest"), "{text}");
}
