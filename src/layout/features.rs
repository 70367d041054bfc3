//! Features of a block for the first look: itself, its neighbours, and how its words tie it to the text before and after.
//!
//! A name has three parts: what is seen, its value, and after `@` the block it is seen of, counted from the one looked at
//! (`end=stop@-1`: the block before ends with a full stop). What a name says in Chinese tells [`super::feature_words()`].

use super::crf::FeatureSink;
use super::pairs::{PairRarity, PairSet};
use super::seam::{Seam, seam};
use super::view::BlockView;

/// Upper ends of the classes of lengths, in characters.
const LENGTHS: [usize; 12] = [3, 6, 9, 13, 18, 24, 32, 44, 60, 90, 140, 220];
/// Upper ends of the classes of shares.
const SHARES: [f32; 9] = [0.02, 0.06, 0.1, 0.15, 0.2, 0.27, 0.35, 0.45, 0.6];
/// Characters of the text next to a block with which its words are compared.
const NEAR: usize = 200;
/// Characters of the wider text.
const WIDE: usize = 700;
/// How far a line of the same form is looked for: subheads come in series.
const SERIES: usize = 9;
/// Captions that a sentence is followed over.
const PICTURES_IN_A_ROW: usize = 4;

/// The class of a length.
pub(super) fn length_class(length: usize) -> usize {
    LENGTHS.iter().position(|end| length <= *end).unwrap_or(LENGTHS.len())
}

fn share_class(share: f32) -> usize {
    SHARES.iter().position(|end| share <= *end).unwrap_or(SHARES.len())
}

/// A page, seen as a whole.
pub(super) struct BlockFeatures<'a> {
    pub(super) views: &'a [BlockView],
    pub(super) rarity: &'a PairRarity,
    /// Own features of each block, without the `@`.
    own: Vec<Vec<(String, f32)>>,
    /// How alike the text before and after each block is: near by, and in a wider sight.
    bridges: Vec<[f32; 2]>,
    /// Shares of each block's words in the text next after, wider after, next before, wider before.
    shares: Vec<[f32; 4]>,
    /// The wider bridges, ascending.
    sorted: Vec<f32>,
    mean: f32,
    /// Lengths of the short lines.
    shorts: Vec<usize>,
    datelines: usize,
}

impl<'a> BlockFeatures<'a> {
    pub(super) fn new(views: &'a [BlockView], rarity: &'a PairRarity) -> Self {
        let around = |at: usize| BlockContext::around_block(views, rarity, at).overlap_with(&views[at], rarity);
        let (shares, bridges): (Vec<[f32; 4]>, Vec<[f32; 2]>) = (0..views.len()).map(around).unzip();
        let mut sorted: Vec<f32> = bridges.iter().map(|bridge| bridge[1]).collect();
        sorted.sort_by(f32::total_cmp);
        let mean = sorted.iter().sum::<f32>() / sorted.len().max(1) as f32;
        Self {
            own: views.iter().map(block_features).collect(),
            sorted,
            mean,
            shorts: views.iter().filter(|view| view.is_short()).map(|view| view.len).collect(),
            datelines: views.iter().filter(|view| view.dateline()).count(),
            shares,
            bridges,
            views,
            rarity,
        }
    }

    /// Hands on the features of a block.
    pub(super) fn features(&self, at: usize, sink: &mut dyn FeatureSink) {
        sink.put(format_args!("always"), 1.0);
        self.neighbours(at, sink);
        self.shapes(at, sink);
        self.words(at, sink);
        self.bridge_features(at, sink);
        self.seams(at, sink);
        self.series(at, sink);
        self.place(at, sink);
    }

    /// What the blocks around are by themselves.
    fn neighbours(&self, at: usize, sink: &mut dyn FeatureSink) {
        for step in -3_isize..=3 {
            let Some(own) = at.checked_add_signed(step).and_then(|near| self.own.get(near)) else {
                sink.put(format_args!("none@{step}"), 1.0);
                continue;
            };
            for (name, value) in own {
                if seen_from(name, step.unsigned_abs()) {
                    sink.put(format_args!("{name}@{step}"), *value);
                }
            }
        }
    }

    fn shape(&self, at: Option<usize>) -> &'static str {
        at.and_then(|at| self.views.get(at)).map_or("none", shape)
    }

    /// Ends and lengths of neighbours taken together.
    fn shapes(&self, at: usize, sink: &mut dyn FeatureSink) {
        let key = |at: Option<usize>| {
            at.and_then(|at| self.views.get(at)).map_or(("none", 0), |view| (view.end(), length_class(view.len)))
        };
        let [before, here, after] = [at.checked_sub(1), Some(at), Some(at + 1)].map(key);
        sink.put(format_args!("here,next={}|{}>{}|{}", here.0, here.1, after.0, after.1), 1.0);
        sink.put(format_args!("prev,here={}|{}>{}|{}", before.0, before.1, here.0, here.1), 1.0);
        let [a, b, c, d, e] =
            [at.checked_sub(2), at.checked_sub(1), Some(at), Some(at + 1), Some(at + 2)].map(|at| self.shape(at));
        sink.put(format_args!("shapes-1={b}>{c}>{d}"), 1.0);
        sink.put(format_args!("shapes0={c}>{d}>{e}"), 1.0);
        sink.put(format_args!("shapes-2={a}>{b}>{c}"), 1.0);
    }

    /// The shape of a short block; of longer ones that they are long.
    pub(super) fn tag(&self, at: usize) -> &'static str {
        if self.views[at].len <= 60 { shape(&self.views[at]) } else { "p" }
    }

    /// How much of the block's words stand in the text after and before it.
    fn words(&self, at: usize, sink: &mut dyn FeatureSink) {
        let tag = self.tag(at);
        let shares = self.shares[at];
        for (name, share) in ["next_words", "later_words", "prev_words", "earlier_words"].iter().zip(shares) {
            sink.put(format_args!("{name}"), share * 2.0);
            sink.put(format_args!("{name}={}|{tag}", share_class(share)), 1.0);
        }
        for (name, lean) in [("leans", shares[1] - shares[3]), ("leans_near", shares[0] - shares[2])] {
            sink.put(format_args!("{name}"), lean * 2.0);
            sink.put(format_args!("{name}={}|{tag}", ((lean * 8.0).round() as i32).clamp(-5, 5)), 1.0);
        }
    }

    /// How alike the texts on both sides are, against other places of the page.
    fn bridge_features(&self, at: usize, sink: &mut dyn FeatureSink) {
        let tag = self.tag(at);
        let [near, wide] = self.bridges[at];
        sink.put(format_args!("bridge_near={}", share_class(near)), 1.0);
        sink.put(format_args!("bridge={}|{tag}", share_class(wide)), 1.0);
        sink.put(format_args!("bridge"), wide * 5.0);
        let over = (((wide - self.mean) * 20.0).round() as i32).clamp(-4, 6);
        sink.put(format_args!("bridge_over_mean={over}|{tag}"), 1.0);
        let depth = self.depth(at);
        sink.put(format_args!("valley={}|{tag}", ((depth * 20.0) as i32).min(8)), 1.0);
        sink.put(format_args!("valley"), depth * 4.0);
        let below = self.sorted.partition_point(|other| *other < wide) * 8 / self.views.len().max(1);
        sink.put(format_args!("bridges_below={below}|{tag}"), 1.0);
        let around = at.saturating_sub(2)..(at + 3).min(self.views.len());
        let lowest = around.into_iter().all(|other| self.bridges[other][1] >= wide);
        sink.put(format_args!("lowest_bridge={}|{tag}", u8::from(lowest)), 1.0);
        for (name, other) in [("bridge_next", Some(at + 1)), ("bridge_prev", at.checked_sub(1))] {
            if let Some(bridge) = other.and_then(|other| self.bridges.get(other)) {
                sink.put(format_args!("{name}={}", share_class(bridge[1])), 1.0);
            }
        }
    }

    /// How far the bridges rise on both sides of a place before they fall again (Hearst 1997, TextTiling).
    fn depth(&self, at: usize) -> f32 {
        let here = self.bridges[at][1];
        let rise = |places: &mut dyn Iterator<Item = usize>| {
            let mut top = here;
            for other in places {
                let bridge = self.bridges[other][1];
                if bridge + 0.02 < top && top > here {
                    break;
                }
                top = top.max(bridge);
            }
            top - here
        };
        rise(&mut (0..at).rev().take(8)) + rise(&mut (at + 1..self.views.len()).take(8))
    }

    /// Whether a word reaches over from the block before, and into the next one, pictures left out.
    fn seams(&self, at: usize, sink: &mut dyn FeatureSink) {
        let before = (0..at).rev().take(PICTURES_IN_A_ROW).find(|&i| !self.views[i].picture());
        let after = (at + 1..self.views.len()).take(PICTURES_IN_A_ROW).find(|&i| !self.views[i].picture());
        for (name, pair) in [("seam_before", before.map(|b| (b, at))), ("seam_after", after.map(|a| (at, a)))] {
            let Some((a, b)) = pair else { continue };
            let (a, b) = (&self.views[a], &self.views[b]);
            let found = match seam(a, b) {
                Seam::None => 0,
                Seam::Guess => 1,
                Seam::Word => 2,
            };
            let quoted = u8::from(a.open_quotes > 0 && b.closes_first);
            sink.put(format_args!("{name}={found}{quoted}|{}", a.end()), 1.0);
            sink.put(format_args!("{name}={found}|{}", if a.len <= 40 { "short" } else { "long" }), 1.0);
        }
    }

    /// Whether there are other short lines like it, and how far the next ones are.
    fn series(&self, at: usize, sink: &mut dyn FeatureSink) {
        let here = &self.views[at];
        if !here.is_short() || here.len > 34 {
            return;
        }
        let like = |other: usize| {
            let view = &self.views[other];
            other.abs_diff(at) > 1 && view.is_short() && view.len <= 34 && view.len.abs_diff(here.len) <= 4
        };
        let near = at.saturating_sub(SERIES)..(at + SERIES + 1).min(self.views.len());
        sink.put(format_args!("like_lines={}", near.filter(|&other| like(other)).count().min(3)), 1.0);
        let longer = self.shorts.iter().filter(|length| **length > here.len).count();
        sink.put(format_args!("longer_lines={}", longer * 4 / self.shorts.len().max(1)), 1.0);
        let short =
            |other: Option<usize>| other.and_then(|other| self.views.get(other)).is_none_or(BlockView::is_short);
        let up = (1..6).find(|step| short(at.checked_sub(*step))).unwrap_or(6);
        let down = (1..6).find(|step| short(Some(at + step))).unwrap_or(6);
        sink.put(format_args!("short_above={up}"), 1.0);
        sink.put(format_args!("short_below={down}"), 1.0);
    }

    /// Where on the page, and on what page.
    fn place(&self, at: usize, sink: &mut dyn FeatureSink) {
        let blocks = self.views.len();
        sink.put(format_args!("page_datelines={}", (self.datelines * 8 / blocks).min(3)), 1.0);
        sink.put(format_args!("page_shorts={}|{}", self.shorts.len() * 10 / blocks, self.tag(at)), 1.0);
        if at < 3 {
            sink.put(format_args!("top={at}"), 1.0);
        }
        if at + 3 > blocks {
            sink.put(format_args!("foot={}", blocks - at), 1.0);
        }
    }
}

/// The pairs of a run of blocks up to some characters.
fn collected(views: &[BlockView], rarity: &PairRarity, blocks: impl Iterator<Item = usize>, most: usize) -> PairSet {
    let mut length = 0;
    let near = blocks.take_while(|&at| {
        let wanted = length < most;
        length += views[at].len;
        wanted
    });
    PairSet::from_views(near.map(|at| &views[at]), rarity)
}

/// The texts on both sides of a block: each near by, and in a wider sight.
struct BlockContext {
    after: [PairSet; 2],
    before: [PairSet; 2],
}

impl BlockContext {
    fn around_block(views: &[BlockView], rarity: &PairRarity, at: usize) -> Self {
        Self {
            after: [NEAR, WIDE].map(|most| collected(views, rarity, at + 1..views.len(), most)),
            before: [NEAR, WIDE].map(|most| collected(views, rarity, (0..at).rev(), most)),
        }
    }

    /// How much of the block's words stand in each, and how alike they are.
    fn overlap_with(&self, view: &BlockView, rarity: &PairRarity) -> ([f32; 4], [f32; 2]) {
        let share = |text: &PairSet| rarity.share(view.pairs.iter(), text);
        let ([after, later], [before, earlier]) = (&self.after, &self.before);
        let shares = [after, later, before, earlier].map(share);
        (shares, [before.likeness(after), earlier.likeness(later)])
    }
}

/// A shape that stands for length and end.
fn shape(view: &BlockView) -> &'static str {
    let closed = view.closed();
    match view.len {
        0..=5 => "tiny",
        21.. if matches!(view.last, ',' | '、') => "run",
        6..=34 if closed => "shortclosed",
        6..=16 => "head1",
        17..=34 => "head2",
        35..=60 if closed => "sentence",
        35..=60 => "head3",
        61..=140 if closed => "para",
        61..=140 => "paraopen",
        _ if closed => "long",
        _ => "longopen",
    }
}

/// Whether an own feature is looked at from so far: the next blocks whole, then all but words, then forms and shapes.
fn seen_from(name: &str, distance: usize) -> bool {
    match distance {
        0 | 1 => true,
        2 => !name.starts_with("first") && !name.starts_with("last"),
        _ => ["end=", "length=", "f:"].iter().any(|start| name.starts_with(start)),
    }
}

/// What a block is by itself.
fn block_features(view: &BlockView) -> Vec<(String, f32)> {
    let mut own = vec![(format!("end={}", view.end()), 1.0), (format!("length={}", length_class(view.len)), 1.0)];
    let mut see = |name: String, value: f32| own.push((name, value));
    see(format!("first={}", view.head(1)), 0.5);
    see(format!("first2={}", view.head(2)), 0.5);
    see(format!("last2={}", view.tail(2)), 0.5);
    see("signs".into(), (view.stops + view.commas) as f32 / view.len.max(1) as f32 * 10.0);
    see(format!("commas={}", view.commas.min(4)), 1.0);
    if view.stops > 0 {
        see("inner_stop".into(), 1.0);
    }
    if view.len <= 60 && view.parts.len() > 1 {
        see(format!("parts={}", view.parts.len().min(4)), 1.0);
        if view.parts.windows(2).all(|pair| pair[0] == pair[1]) {
            see("even_parts".into(), 1.0);
        }
    }
    if view.unbalanced {
        see("unbalanced".into(), 1.0);
    }
    for form in view.forms.names() {
        see(format!("f:{form}"), 1.0);
        if view.len <= 40 {
            see(format!("s:{form}"), 1.0);
        }
    }
    set_features(view, &mut see);
    own
}

/// How a block is set, where the source tells.
fn set_features(view: &BlockView, see: &mut impl FnMut(String, f32)) {
    let setting = &view.setting;
    if setting.size > 0.0 {
        see(format!("size={}", size_class(setting.size)), 1.0);
    }
    if setting.span > 0 {
        see(format!("span={}", setting.span.min(4)), 1.0);
    }
    let facts = [
        ("bold", setting.bold),
        ("turned", setting.turned),
        ("new_region", setting.new_region),
        ("gap", setting.gap),
        ("centred", setting.centred),
        ("near_picture", setting.near_picture),
    ];
    facts.iter().filter(|fact| fact.1).for_each(|fact| see(format!("set:{}", fact.0), 1.0));
}

/// The class of a type size over that of usual text.
pub(super) fn size_class(size: f32) -> usize {
    [0.8, 0.92, 1.08, 1.2, 1.4, 1.7, 2.2, 3.0].iter().position(|end| size <= *end).unwrap_or(8)
}
