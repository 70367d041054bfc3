//! How well a text reads: its characters by how usual they are in Chinese pages, and lines that do not read at all.

use encoding_rs::{BIG5, Encoding, GBK};
use std::ops::Range;
use std::sync::OnceLock;

/// Characters of a text that are looked at to tell whether it is readable.
pub(super) const SAMPLE: usize = 20_000;

/// Frequent characters of Chinese news, simplified and traditional.
const COMMON: &str = "\
    的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產种種面而方后後多定行學学法所民得经經十三之进進着等部度家电電力里裡如水化\
    高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與關关各重新线線内內数數正心反你明看原又么麼利比或但质質气氣第\
    向道命此变變条條只没沒结結解问問意建月公无無系军軍很情者最立代想已通并並提直题題党黨程展五果料象员員革位入常文总總次品式活设設及管特件长長求老头頭基资資边邊流路级級少图圖山统統接知较較将將组組见見计計\
    别別她手角期根论論运運农農指几幾九区區强強放决決西被干做必战戰先回则則任取据據处處队隊南给給色光门門即保治北造百规規热熱领領七海口东東导導器压壓志世金增争爭济濟阶階油思术術极極交受联聯什认認六共权權收\
    证證改清己美再采採转轉更单單风風切打白教速花带帶安场場身车車例真务務具万萬每目至达達走积積示议議声聲报報斗完类類八离離华華名确確才科张張信马馬节節话話米整空元况今集温溫传傳土许許步群广廣石记記需段研界\
    拉林律叫且究观觀越织織装裝\
";

/// Signs of Chinese pages: full-width punctuation, quotation marks, dashes, and the middle dot.
const SIGNS: &str = "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕—–…·　％～×℃○●△▲◆★　";

/// How usual a character is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Usage {
    /// ASCII.
    Ascii,
    /// Frequent in Chinese news, or punctuation of it.
    Frequent,
    /// Of the first level of GB 2312 or Big5.
    Known,
    /// Another Han character.
    Rare,
    /// A letter or sign of Latin-1.
    Latin,
    /// Of another script, or another sign.
    Other,
    /// Private use, control, or no character at all.
    Strange,
}

static USAGES: OnceLock<Vec<Usage>> = OnceLock::new();

/// The usage of each character of the basic plane.
fn usages() -> &'static [Usage] {
    USAGES.get_or_init(|| {
        let mut table: Vec<Usage> = (0..0x10000).map(script_usage).collect();
        let mut set = |text: &str, usage: Usage| {
            for c in text.chars() {
                if let Some(place) = table.get_mut(c as usize).filter(|_| !c.is_ascii()) {
                    *place = usage;
                }
            }
        };
        set(&level(GBK, 0xB0..=0xD7, |trail| trail >= 0xA1), Usage::Known);
        set(&level(BIG5, 0xA4..=0xC6, |trail| trail <= 0x7E || trail >= 0xA1), Usage::Known);
        set(COMMON, Usage::Frequent);
        set(SIGNS, Usage::Frequent);
        table
    })
}

/// The Han characters of a block of rows of a double-byte encoding.
fn level(encoding: &'static Encoding, leads: std::ops::RangeInclusive<u8>, trails: fn(u8) -> bool) -> String {
    let pairs = leads.flat_map(|lead| (0x40..=0xFE).filter(|trail| trails(*trail)).map(move |trail| [lead, trail]));
    let bytes: Vec<u8> = pairs.flatten().collect();
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    text.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')).collect()
}

/// The usage of a character by its block.
fn script_usage(code: u32) -> Usage {
    match code {
        0..=0x7F => Usage::Ascii,
        0x80..=0xFF => Usage::Latin,
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF => Usage::Rare,
        0xD800..=0xF8FF | 0xFFF0..=0xFFFB | 0xFFFD..=0xFFFF | 0x4_0000.. => Usage::Strange,
        _ => Usage::Other,
    }
}

fn usage(c: char, table: &[Usage]) -> Usage {
    table.get(c as usize).copied().unwrap_or_else(|| script_usage(c as u32))
}

/// Whether a character is frequent in Chinese news.
pub(super) fn is_frequent(c: char) -> bool {
    usage(c, usages()) == Usage::Frequent
}

/// Characters outside ASCII by how usual they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::corpus) struct CharacterTally {
    /// All.
    pub(super) all: usize,
    /// Frequent in Chinese news.
    pub(super) frequent: usize,
    /// Usual, but not frequent.
    pub(super) known: usize,
    /// Rare Han characters.
    pub(super) rare: usize,
    /// Of Latin-1.
    pub(super) latin: usize,
    /// Of other scripts.
    pub(super) other: usize,
    /// No characters of a text.
    pub(super) strange: usize,
    /// Changes between blocks of other scripts: text stays in one, rubbish does not.
    pub(super) jumps: usize,
    /// The block of the last character of another script.
    block: u32,
}

impl CharacterTally {
    /// Of the beginning of a text.
    pub(in crate::corpus) fn of(text: &str) -> Self {
        let (mut tally, table) = (Self::default(), usages());
        text.chars().take(SAMPLE).for_each(|c| tally.count(c, table));
        tally
    }

    fn count(&mut self, c: char, table: &[Usage]) {
        let usage = usage(c, table);
        self.all += usize::from(usage != Usage::Ascii);
        match usage {
            Usage::Ascii => {}
            Usage::Frequent => self.frequent += 1,
            Usage::Known => self.known += 1,
            Usage::Rare => self.rare += 1,
            Usage::Latin => self.latin += 1,
            Usage::Strange => self.strange += 1,
            Usage::Other => {
                self.other += 1;
                let block = script_block(c as u32);
                self.jumps += usize::from(block != 0 && self.block != 0 && self.block != block);
                self.block = if block == 0 { self.block } else { block };
            }
        }
    }

    /// How well it reads, from about -2 to 1: ordinary Chinese has about .7, lists of names .3, text of a wrong encoding less
    /// than 0; a text of ASCII alone has 0.
    pub(in crate::corpus) fn score(&self) -> f64 {
        let part = |count: usize| count as f64;
        let good = part(self.frequent) + 0.3 * part(self.known + self.other);
        let bad = 0.7 * part(self.rare) + 0.3 * part(self.latin) + 1.2 * part(self.strange) + part(self.jumps);
        (good - bad) / part(self.all.max(1))
    }

    /// Whether it reads as Chinese, or as another script throughout.
    pub(super) fn is_readable(&self) -> bool {
        let in_one_script = self.other * 2 > self.all;
        (self.strange + self.jumps) * 5 <= self.all && (in_one_script || self.frequent * 12 >= self.all)
    }

    /// Whether it may be a name of a file, which may be short.
    pub(in crate::corpus) fn may_be_name(&self) -> bool {
        self.strange + self.jumps == 0 && self.rare * 2 <= self.all
    }

    /// Whether it is no text of any script: a text of rare characters is still one.
    pub(super) fn is_rubbish(&self) -> bool {
        self.all >= 100 && (self.strange + self.jumps) * 2 > self.all
    }

    /// Whether it reads so badly that it is worth a closer look.
    pub(super) fn is_suspicious(&self) -> bool {
        let odd = self.rare + self.latin + self.strange;
        self.all >= 2 && (self.frequent * 6 < self.all || (self.frequent * 3 < self.all && odd * 4 >= self.all))
    }
}

/// The block of a character of another script; 0 for signs, which stand in any text.
fn script_block(code: u32) -> u32 {
    match code {
        0x2000..=0x303F | 0xFE30..=0xFFEF => 0,
        0x3040..=0x30FF => 0x30,
        0xAC00..=0xD7FF => 0xAC,
        0xA000..=0xA4CF => 0xA0,
        0x0600..=0x06FF | 0x0750..=0x077F | 0xFB50..=0xFDFF => 0x06,
        0x0100..=0x024F | 0x1E00..=0x1EFF => 0x01,
        _ => code >> 8,
    }
}

/// Bytes between the places of a line that are looked at.
const STRIDE: usize = 512;
/// Characters outside ASCII that are looked at in one place.
const WINDOW: usize = 12;
/// Bytes in which they are looked for.
const WINDOW_BYTES: usize = 160;
/// So many frequent ones are enough.
const ENOUGH: usize = 4;

/// What a look over a text shows.
#[derive(Debug, Default)]
pub(super) struct TextLook {
    /// Lines that read badly somewhere, without their line ends, in order.
    pub(super) suspects: Vec<Range<usize>>,
    /// Places that were looked at.
    windows: usize,
    /// Those that read badly.
    bad: usize,
}

impl TextLook {
    /// Looks at the beginning of each line and at a place every few hundred bytes of it.
    pub(super) fn over(text: &str) -> Self {
        let (mut look, table, mut start) = (Self::default(), usages(), 0);
        while start < text.len() {
            let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
            if look.line(text, start..end, table) {
                look.suspects.push(start..end);
            }
            start = end + 1;
        }
        look
    }

    /// Whether the text reads badly in most places.
    pub(super) fn is_bad_throughout(&self) -> bool {
        self.bad * 2 > self.windows
    }

    fn line(&mut self, text: &str, line: Range<usize>, table: &[Usage]) -> bool {
        let (mut at, before) = (line.start, self.bad);
        while at < line.end {
            let bytes = &text.as_bytes()[at..line.end];
            self.windows += 1;
            self.bad += usize::from(!reads_at_once(bytes, table) && window(&text[at..line.end], table).is_suspicious());
            at += STRIDE;
            while !text.is_char_boundary(at) && at < line.end {
                at += 1;
            }
        }
        self.bad > before
    }
}

/// Whether the first characters of a text are frequent ones, or ASCII: what most places of most texts are.
fn reads_at_once(bytes: &[u8], table: &[Usage]) -> bool {
    let bytes = &bytes[..bytes.len().min(WINDOW_BYTES)];
    let (mut frequent, mut others, mut at) = (0, 0, 0);
    while let Some(&first) = bytes.get(at) {
        let [second, third] = [at + 1, at + 2].map(|at| u32::from(bytes.get(at).copied().unwrap_or(0x80)));
        let code = match first {
            // A field of JSON is a place of its own.
            b'"' if frequent + others >= 2 => break,
            0..=0x7F => {
                at += 1;
                continue;
            }
            0xE0..=0xEF => (u32::from(first) & 0xF) << 12 | (second & 0x3F) << 6 | (third & 0x3F),
            _ => return false,
        };
        at += 3;
        if table.get(code as usize) == Some(&Usage::Frequent) {
            frequent += 1;
        } else {
            others += 1;
        }
        if frequent == ENOUGH || others > WINDOW - ENOUGH {
            break;
        }
    }
    frequent == ENOUGH || others == 0 || frequent > others
}

/// The first characters of a text outside ASCII.
fn window(text: &str, table: &[Usage]) -> CharacterTally {
    let mut tally = CharacterTally::default();
    for (at, c) in text.char_indices() {
        if at >= WINDOW_BYTES || tally.all == WINDOW || (c == '"' && tally.all >= 2) {
            break;
        }
        tally.count(c, table);
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_read_have_higher_scores_than_those_that_do_not() {
        let good = [
            "本报讯（记者周平和）近日，市总工会举行送温暖活动，为困难职工送去慰问金。",
            "本報訊（記者周平和）近日，市總工會舉行送溫暖活動，為困難職工送去慰問金。",
            "張志明、李秀英、王桂蘭、陳建國、劉淑珍、周伯勇",
            "安全第一の方針に基づいて、労働組合は活動しています。",
            "བོད་ལྗོངས་བཟོ་པའི་ཚོགས་པ",
        ];
        let bad = ["宸ヤ細涓惧姙閫佹俯鏆栨椿鍔�", "¹¤»á¾ÙÐÐËÍÎÂÅ¯»î¶¯", "\u{E5E5}\u{E123}\u{E777}\u{F001}"];
        for good in good {
            for bad in bad {
                assert!(CharacterTally::of(good).score() > CharacterTally::of(bad).score() + 0.2, "{good} {bad}");
            }
            assert!(CharacterTally::of(good).is_readable(), "{good}");
        }
        assert!(bad.iter().all(|bad| TextLook::over(bad).suspects.len() == 1));
    }
}
