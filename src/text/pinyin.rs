//! Pinyin: how words sound, without tones. Characters read as the `pinyin` crate says; words in which one has another
//! reading are in `tables/readings.tsv` (重庆 is chong qing).

use super::Segmenter;
use crate::tables::readings;
use pinyin::{ToPinyin, ToPinyinMulti};

/// The syllables of a text, one a Han character; other letters and digits stand for themselves, everything else is left
/// out. ü is written v. Readings of the table hold inside the segmenter's words: 增长|期 is not 长期.
pub fn syllables(text: &str) -> Vec<String> {
    Segmenter::shared().cut_known(text).into_iter().flat_map(word_syllables).collect()
}

/// The syllables of a person's name: its surname may sound otherwise than the character alone.
pub fn name_syllables(name: &str) -> Vec<String> {
    let own = |syllables: &[&str]| syllables.iter().map(|syllable| (*syllable).to_owned()).collect::<Vec<_>>();
    let mut syllables = readings().of_surname(name).map(own).unwrap_or_default();
    syllables.extend(name.chars().skip(syllables.len()).filter_map(sound));
    syllables
}

fn word_syllables(word: &str) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let mut syllables = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        if let Some(known) = readings().at(&chars[at..]) {
            syllables.extend(known.iter().map(|syllable| (*syllable).to_owned()));
            at += known.len();
        } else {
            syllables.extend(sound(chars[at]));
            at += 1;
        }
    }
    syllables
}

fn sound(c: char) -> Option<String> {
    let plain = c.to_pinyin().map(|pinyin| pinyin.plain().replace('ü', "v"));
    plain.or_else(|| c.is_alphanumeric().then(|| c.to_lowercase().collect()))
}

/// Whether a character may be read as a syllable, which is written with its tone mark, where it has a tone.
pub fn is_reading(c: char, syllable: &str) -> bool {
    let readings = c.to_pinyin_multi().into_iter().flatten();
    readings.into_iter().any(|reading| reading.with_tone() == syllable)
}

/// The first letters of syllables.
pub fn initials(syllables: &[String]) -> String {
    syllables.iter().filter_map(|syllable| syllable.chars().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_sound_as_they_are_said() {
        let cases = [
            ("送温暖", "song wen nuan", "swn"),
            ("工会", "gong hui", "gh"),
            ("重庆市总工会", "chong qing shi zong gong hui", "cqszgh"),
            ("厦门", "xia men", "xm"),
            ("女职工", "nv zhi gong", "nzg"),
            ("GDP增长2", "g d p zeng zhang 2", "gdpzz2"),
        ];
        for (text, full, short) in cases {
            let syllables = syllables(text);
            assert_eq!(syllables.join(" "), full, "{text}");
            assert_eq!(initials(&syllables), short, "{text}");
        }
        assert_eq!(name_syllables("单田芳").join(" "), "shan tian fang");
        assert_eq!(name_syllables("王平").join(" "), "wang ping");
    }
}
