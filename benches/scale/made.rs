//! Archives of any size, made of the sentences of a smaller one.

use baoku::text::Segmenter;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/portal/2019-portal.jsonl");

/// Articles of a file.
const FILE: usize = 20_000;

/// One article in this many is printed a second time, by another paper, a day later.
const REPRINTED: usize = 25;

const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛";
const GIVEN: &str = "文明德华国建军志强海波春秋兰芳玉清静平安东南西北山河江川林森";

/// Items and their sentences.
pub(super) struct Sentences {
    items: Vec<(String, Vec<String>)>,
}

/// SplitMix64: the same archive every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn name(&mut self) -> String {
        let pick = |text: &str, at: usize| text.chars().nth(at).unwrap_or('王');
        let (first, given) = (self.below(SURNAMES.chars().count()), GIVEN.chars().count());
        [pick(SURNAMES, first), pick(GIVEN, self.below(given)), pick(GIVEN, self.below(given))].iter().collect()
    }
}

struct Item {
    title: String,
    body: String,
    day: (usize, usize, usize),
}

impl Item {
    fn line(&self, id: &str, paper: usize) -> String {
        let (year, month, day) = self.day;
        let date = format!("{year:04}-{month:02}-{day:02}");
        let paper = format!("试验报{paper}");
        serde_json::json!({"id": id, "title": self.title, "body": self.body, "date": date, "paper": paper, "page": "1"})
            .to_string()
    }
}

impl Sentences {
    /// The sentences of `BAOKU_BENCH`, or of the sample archive.
    pub(super) fn read() -> Self {
        let file = std::env::var_os("BAOKU_BENCH").map_or_else(|| PathBuf::from(SAMPLE), PathBuf::from);
        let text = std::fs::read_to_string(file).expect("a UTF-8 file");
        let items = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let part = |item: &serde_json::Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
        let items = items.map(|item| {
            let body = part(&item, "body");
            (part(&item, "title"), body.split_inclusive(['。', '\n']).map(str::to_owned).collect())
        });
        Self { items: items.filter(|(_, body): &(String, Vec<String>)| !body.is_empty()).collect() }
    }

    fn item(&self, random: &mut Random) -> Item {
        let (title, first) = &self.items[random.below(self.items.len())];
        let mut body = format!("本报讯（记者{}）", random.name());
        for _ in 0..first.len() {
            let (_, other) = &self.items[random.below(self.items.len())];
            body.push_str(&other[random.below(other.len())]);
        }
        let day = (1990 + random.below(35), 1 + random.below(12), 1 + random.below(28));
        Item { title: title.clone(), body, day }
    }

    /// Writes a folder of JSON Lines; gives MB of titles and bodies.
    pub(super) fn write(&self, folder: &Path, articles: usize, seed: u64) -> f64 {
        std::fs::create_dir_all(folder).expect("a folder");
        let mut random = Random(seed);
        let (mut bytes, mut earlier) = (0, None);
        for (number, first) in (0..articles).step_by(FILE).enumerate() {
            let file = std::fs::File::create(folder.join(format!("{seed}-{number:04}.jsonl"))).expect("a file");
            let mut file = std::io::BufWriter::new(file);
            for at in first..articles.min(first + FILE) {
                let item = match earlier.take() {
                    Some(item) if at % REPRINTED == 1 => item,
                    _ => self.item(&mut random),
                };
                bytes += item.title.len() + item.body.len();
                writeln!(file, "{}", item.line(&format!("{seed}-{at}"), at % 7)).expect("writing");
                earlier = Some(item);
            }
        }
        bytes as f64 / 1e6
    }

    /// Writes page files of four articles, eight pages a day.
    pub(super) fn write_pages(&self, folder: &Path, pages: usize) {
        let mut random = Random(3);
        for page in 0..pages {
            let (day, number) = (page / 8, page % 8 + 1);
            let (year, month, day) = (2000 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
            let folder = folder.join(format!("{year}-{month:02}-{day:02}"));
            std::fs::create_dir_all(&folder).expect("a folder");
            let mut text = format!("试验报\n\n{year}年{month}月{day}日　第{number:02}版\n\n");
            for _ in 0..4 {
                let item = self.item(&mut random);
                let body = item.body.replace('\n', "");
                text.push_str(&format!("{}\n\n　　{body}\n\n", item.title));
            }
            std::fs::write(folder.join(format!("{number:02}.txt")), text).expect("writing");
        }
    }
}

/// Decoding and jieba over a share of a folder, one thread: MB of text a second.
pub(super) fn floor(folder: &Path) -> f64 {
    let file = std::fs::read_dir(folder).expect("a folder").next().expect("a file").expect("a file").path();
    Segmenter::shared();
    let start = Instant::now();
    let decoded = baoku::corpus::decode(std::fs::read(file).expect("bytes"), None).expect("text");
    let (mut bytes, mut words) = (0, 0);
    for line in decoded.text.lines().take(5_000) {
        let item: serde_json::Value = serde_json::from_str(line).expect("JSON");
        for part in ["title", "body"] {
            let text = item[part].as_str().unwrap_or_default();
            bytes += text.len();
            words += Segmenter::shared().cut(text).len();
        }
    }
    assert!(words > 0);
    bytes as f64 / 1e6 / start.elapsed().as_secs_f64()
}
