//! Words around places: names that are ordinary words, and longer words that hold a name.

/// Full names that need the unit above right before them: any town has a 市区.
pub(super) const BARE: [&str; 12] =
    ["城区", "郊区", "市区", "矿区", "东区", "西区", "南区", "北区", "新区", "新县", "和县", "任县"];

/// Full names that are ordinary words as well: they need the unit above before them or an organ behind them.
pub(super) const WORDY: [&str; 26] = [
    "老城区",
    "新城区",
    "城中区",
    "市中区",
    "市南区",
    "市北区",
    "新市区",
    "解放区",
    "新华区",
    "前进区",
    "红旗区",
    "工农区",
    "东山区",
    "西山区",
    "南山区",
    "北山区",
    "东风区",
    "永红区",
    "立新区",
    "动力区",
    "站前区",
    "江北区",
    "江南区",
    "河东区",
    "西安区",
    "开发区",
];

/// Short forms of provinces and prefectures that are ordinary words: they need the same support as short forms of
/// counties.
pub(super) const WEAK_SHORT: [&str; 22] = [
    "来宾",
    "惠民",
    "渡口",
    "白银",
    "朝阳",
    "文山",
    "兴安",
    "海西",
    "海北",
    "海东",
    "安康",
    "开封",
    "红河",
    "和田",
    "松花江",
    "嫩江",
    "怒江",
    "中山",
    "黄山",
    "大庆",
    "山南",
    "长治",
];

/// Short forms of counties that are ordinary words: the unit above before them is not enough.
pub(super) const WORD_SHORT: [&str; 72] = [
    "资源", "合作", "互助", "东方", "解放", "和平", "新华", "动力", "公安", "平安", "通道", "港口", "前进", "光明",
    "友好", "南部", "中方", "安定", "延长", "新兴", "新建", "新民", "振兴", "复兴", "立新", "台前", "工农", "红旗",
    "向阳", "大名", "富裕", "无为", "民权", "宏伟", "丰满", "大方", "会同", "清水", "三门", "城中", "城东", "城西",
    "城南", "城北", "市北", "市南", "市区", "市中", "河东", "河西", "江北", "江南", "路南", "路北", "武功", "太和",
    "高明", "友谊", "共和", "博爱", "同心", "万年", "中原", "建设", "文化", "宝山", "郊区", "长安", "西安", "东山",
    "西山", "金山",
];

/// Words that hold a name and are no place, or none that an article is about.
pub(super) const HOLDERS: [&str; 46] = [
    "安康杯",
    "幸福安康",
    "平安安康",
    "健康安康",
    "长治久安",
    "文山会海",
    "世界大同",
    "大同小异",
    "天下大同",
    "大同社会",
    "朝阳产业",
    "朝阳行业",
    "孙中山",
    "中山装",
    "中山舰",
    "真金白银",
    "和田玉",
    "延安精神",
    "大庆精神",
    "遵义会议",
    "南昌起义",
    "广州起义",
    "西安事变",
    "北京时间",
    "上海合作组织",
    "南京大屠杀",
    "四平八稳",
    "三明治",
    "金华火腿",
    "德州扑克",
    "兰州拉面",
    "北京奥运",
    "上海世博",
    "海南黄花梨",
    "普洱茶",
    "保定期",
    "保定量",
    "安顺利",
    "吉林森林",
    "广元宝",
    "中山陵",
    "海口头",
    "国内江湖",
    "西南山区",
    "东南山区",
    "城市市区",
];

/// What follows a name that ends in 市, 区 or 县 and shows that the suffix belongs to the next word (市场, 区域).
pub(super) fn runs_on(suffix: char, next: char) -> bool {
    match suffix {
        '市' => "场值面况容井制价".contains(next),
        '区' => "域别分间块段位".contains(next),
        '县' => "域".contains(next),
        _ => false,
    }
}

/// What follows a short form that names a street: 南京路, 北京东路.
pub(super) fn is_street(rest: &str) -> bool {
    ["路", "街", "东路", "西路", "南路", "北路", "中路", "大街", "大道", "大厦"]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// What follows 总 where it is not short for 总工会 (总经理, 总编).
const NO_ORGAN: &str =
    "经编部裁书记体数额量面计的公共结理值产投支之是有以要会台站装分动线局院校店医代监设规统人收工金店督价目";

/// Last characters of the full names of units.
const SUFFIXES: [char; 7] = ['省', '市', '县', '区', '州', '旗', '盟'];

/// Whether a union organ follows a name: 总工会 and 工会, each also after 市, 县 and so on; 总 only after these.
/// `strict`: 工会 alone is not enough.
pub(super) fn organ_follows(name: &str, rest: &str, strict: bool) -> bool {
    let bare = rest.strip_prefix(SUFFIXES);
    let level = bare.is_some() || name.ends_with(SUFFIXES);
    let bare = bare.unwrap_or(rest);
    bare.starts_with("总工会") || !strict && bare.starts_with("工会") || level && short_organ(bare)
}

/// Whether a text begins with 总 for 总工会.
pub(super) fn short_organ(text: &str) -> bool {
    text.strip_prefix('总').is_some_and(|rest| !rest.starts_with(|c| NO_ORGAN.contains(c)))
}

/// A railway depot: its place is the one named before it.
pub(super) fn depot_follows(rest: &str) -> bool {
    ["机务段", "车务段", "工务段", "电务段", "车辆段", "客运段", "供电段"].iter().any(|word| rest.starts_with(word))
}

/// Whether a character before a name of two characters leaves it a name: no Chinese character, or a preposition.
pub(super) fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| !('\u{3400}'..='\u{9FFF}').contains(&c) || "在到从自向往由于赴至对为给驻来".contains(c))
}

/// Characters before 市总工会 and the like that make it another one's, or several.
pub(super) const NOT_OURS: &str = "各某外地省县区市州个几多两城上都超门股园社小景厂校辖牧林邻友";
