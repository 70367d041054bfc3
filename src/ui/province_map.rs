//! A small chart for each province, laid out as the provinces lie.

use super::chart::{ChartDrawing, ChartView, Plot};
use super::series_style::SeriesStyle;
use super::svg::{DrawingPart, SvgShape, line, runs};
use super::words;
use crate::archive::{AxisSlot, Series};

/// Provinces by their codes (GB/T 2260): short name, column and row of the tile.
const PROVINCES: [(&str, &str, u8, u8); 34] = [
    ("110000", "北京", 6, 1),
    ("120000", "天津", 7, 2),
    ("130000", "河北", 6, 2),
    ("140000", "山西", 5, 2),
    ("150000", "内蒙古", 4, 1),
    ("210000", "辽宁", 8, 2),
    ("220000", "吉林", 8, 1),
    ("230000", "黑龙江", 8, 0),
    ("310000", "上海", 8, 4),
    ("320000", "江苏", 7, 4),
    ("330000", "浙江", 7, 5),
    ("340000", "安徽", 6, 4),
    ("350000", "福建", 6, 6),
    ("360000", "江西", 6, 5),
    ("370000", "山东", 6, 3),
    ("410000", "河南", 5, 3),
    ("420000", "湖北", 5, 4),
    ("430000", "湖南", 5, 5),
    ("440000", "广东", 5, 6),
    ("450000", "广西", 4, 6),
    ("460000", "海南", 4, 7),
    ("500000", "重庆", 4, 4),
    ("510000", "四川", 3, 4),
    ("520000", "贵州", 4, 5),
    ("530000", "云南", 3, 5),
    ("540000", "西藏", 1, 4),
    ("610000", "陕西", 4, 3),
    ("620000", "甘肃", 2, 2),
    ("630000", "青海", 2, 3),
    ("640000", "宁夏", 3, 2),
    ("650000", "新疆", 0, 2),
    ("710000", "台湾", 7, 6),
    ("810000", "香港", 6, 7),
    ("820000", "澳门", 5, 7),
];

/// Distance of tiles, and their size without the gap between them.
const ACROSS: f64 = 106.0;
const DOWN: f64 = 88.0;
const GAP: f64 = 4.0;
const ROWS: f64 = 8.0;

/// Whether a value of a split by province has a tile.
pub(super) fn has_tile(value: &str) -> bool {
    PROVINCES.iter().any(|(code, ..)| *code == value)
}

/// The heights of a series by slot, in the unit that is drawn.
fn heights(view: &ChartView<'_>, series: &Series) -> Vec<Option<f64>> {
    let height = |at: usize| {
        let point = view.reply.point(series, at)?;
        if view.counts { Some(point.matched as f64) } else { point.ratio() }
    };
    (0..view.reply.slots.len()).map(height).collect()
}

/// A small line for each province, all on one scale.
pub(super) fn drawing(view: &ChartView<'_>, plot: &Plot<'_>) -> ChartDrawing {
    let tiled = || plot.series.iter().filter(|one| has_tile(one.value.as_deref().unwrap_or_default()));
    let top = tiled().flat_map(|one| heights(view, one)).flatten().fold(0.0, f64::max);
    let tile = |(code, name, column, row): &(&str, &'static str, u8, u8)| {
        let series = plot.series.iter().copied().find(|one| one.value.as_deref() == Some(code));
        let (x, y) = (f64::from(*column) * ACROSS + 3.0, f64::from(*row) * DOWN + 2.0);
        MapTile { name, x, y, top }.shape(view, series)
    };
    let (shown, most) = (tiled().count(), if view.counts { words::number(top as u64) } else { words::percent(top) });
    let what = if view.counts { "篇数" } else { "占比" };
    ChartDrawing {
        shapes: PROVINCES.iter().map(tile).collect(),
        height: ROWS * DOWN + 2.0,
        summary: format!("各省{what}的小图，其中 {shown} 个省级单位有文章；各图纵轴相同，最高 {most}。数字见数据表。"),
        keys: Vec::new(),
        gaps: false,
    }
}

/// A tile: its corner, and the value that reaches its upper end.
struct MapTile {
    name: &'static str,
    x: f64,
    y: f64,
    top: f64,
}

impl MapTile {
    fn shape(&self, view: &ChartView<'_>, series: Option<&Series>) -> SvgShape {
        let sum = series.map(Series::sum).unwrap_or_default();
        let known = sum.total > 0 || sum.matched > 0;
        let count = if known { words::number(sum.matched) } else { "无".to_owned() };
        let ground = SvgShape::Rect {
            paint: view.theme.paint(DrawingPart::Ground),
            corner: (self.x, self.y),
            width: ACROSS - GAP,
            height: DOWN - GAP,
            radius: 3.0,
        };
        let text = |x, anchor, text| SvgShape::Text {
            paint: view.theme.paint(DrawingPart::Text),
            place: (x, self.y + 18.0),
            anchor,
            size: 0.0,
            text,
        };
        let right = self.x + ACROSS - GAP - 6.0;
        let mut shapes = vec![ground, text(self.x + 6.0, "", self.name.to_owned()), text(right, "end", count)];
        shapes.extend(series.map(|series| self.line(view, series)));
        let peak = series.and_then(|series| peak(view, series));
        let peak = peak.map(|slot| format!("；最多在 {}", words::period(slot))).unwrap_or_default();
        let told = if known { words::point(sum) } else { "没有文章".to_owned() };
        let href = series.filter(|_| sum.matched > 0).and_then(|series| view.behind?.whole_time_link(series));
        SvgShape::Titled { title: format!("{}：{told}{peak}", self.name), href, shapes }
    }

    /// The line, from the left to the right end of the tile.
    fn line(&self, view: &ChartView<'_>, series: &Series) -> SvgShape {
        let heights = heights(view, series);
        let step = (ACROSS - GAP - 12.0) / heights.len().max(1) as f64;
        let place = |(at, height): &(usize, &f64)| {
            let part = if self.top > 0.0 { **height / self.top } else { 0.0 };
            (self.x + 6.0 + (*at as f64 + 0.5) * step, self.y + DOWN - GAP - 8.0 - part * (DOWN - GAP - 36.0))
        };
        let drawn = |run: Vec<(usize, &f64)>| line(run.iter().map(place).collect(), "");
        SeriesStyle::series(0).group(view.theme, runs(&heights).into_iter().map(drawn).collect())
    }
}

/// The slot with the most matching articles, the first of several.
fn peak<'a>(view: &ChartView<'a>, series: &Series) -> Option<&'a AxisSlot> {
    let most = series.points.iter().map(|point| point.matched).max().filter(|most| *most > 0)?;
    view.reply.slots.get(series.points.iter().position(|point| point.matched == most)?)
}

#[cfg(test)]
mod tests {
    use super::super::chart::WIDTH;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_province_has_a_tile_of_its_own() {
        let codes: BTreeSet<&str> = PROVINCES.iter().map(|(code, ..)| *code).collect();
        let places: BTreeSet<(u8, u8)> = PROVINCES.iter().map(|(_, _, column, row)| (*column, *row)).collect();
        assert_eq!((codes.len(), places.len()), (34, 34));
        assert!(codes.iter().all(|code| code.len() == 6 && code.ends_with("0000")));
        assert!(places.iter().all(|(column, row)| f64::from(*column + 1) * ACROSS <= WIDTH && f64::from(*row) < ROWS));
        assert!(has_tile("350000") && !has_tile("") && !has_tile("350200"));
    }
}
