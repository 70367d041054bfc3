//! Pages of invented articles.

use super::*;
use crate::archive::{FacetValue, SearchHit, Snippet, gbt7714};
use crate::model::{
    Article, ArticleId, ArticleKind, ArticlePosition, Byline, CutCode, CutReason, DateInfo, DateSource, Evidence,
    Metadata, PaperInfo, Passage, RegionInfo, Role, SourceKey, Story, TextField, TopicInfo,
};

/// An article with nothing known about it.
fn bare(id: u64, text: &str) -> Article {
    let mut story = Story::new(ArticleKind::Brief);
    story.body = vec![Passage { text: text.into(), blocks: vec![4, 5], subhead: false, grafts: Vec::new() }];
    let metadata = Metadata {
        event_dates: Vec::new(),
        mentions: Vec::new(),
        no_place: None,
        bodies: Vec::new(),
        amounts: Vec::new(),
        corrected: Vec::new(),
        paper: PaperInfo::default(),
        page: String::new(),
        date: DateInfo::undated(),
        regions: Vec::new(),
        topics: Vec::new(),
        bylines: Vec::new(),
    };
    let source = SourceKey { root: "corpus".into(), path: "x/1.txt".into() };
    let place = ArticlePosition { source, line: 7, order: 0, page_key: String::new() };
    Article { id: ArticleId::from_u64(id), story, metadata, place, former_ids: Vec::new(), since: 0 }
}

fn byline(name: &str, role: Role, office: bool) -> Byline {
    Byline { name: name.into(), role, office, evidence: Evidence::in_block("opening", name, Some(4)) }
}

fn infer(metadata: &mut Metadata) {
    let paper = PaperInfo { id: "ludao-zhigongbao".into(), name: "鹭岛职工报".into(), home: "350200".into() };
    (metadata.paper, metadata.page) = (paper, "1".into());
    let evidence = vec![Evidence::new("path", "20140126"), Evidence::in_block("conflict", "1月27日", Some(1))];
    let span = "2014-01-26".parse().unwrap();
    metadata.date = DateInfo::stated(span, DateSource::Path, 0.97, evidence);
    metadata.regions = vec![RegionInfo {
        code: "350200".into(),
        path: vec!["福建省".into(), "厦门市".into()],
        codes: Vec::new(),
        today: Vec::new(),
        confidence: 0.72,
        evidence: vec![Evidence::in_block("own unit", "市总工会", Some(2))],
    }];
    let topic = |id: &str, confidence, quote: &str| TopicInfo {
        id: id.into(),
        confidence,
        evidence: vec![
            Evidence::in_block("strong term", quote, Some(2)),
            Evidence::in_block("weak term", "慰问", Some(4)),
        ],
    };
    metadata.topics = vec![topic("送温暖", 0.92, "送温暖"), topic("帮扶", 0.41, "困难职工档案")];
    metadata.bylines = vec![
        byline("李建新", Role::Reporter, false),
        byline("王小云", Role::Correspondent, false),
        byline("西工办", Role::Correspondent, true),
        byline("陈豪", Role::Photographer, false),
    ];
}

/// An article with everything.
fn full(id: u64) -> Article {
    let mut article = bare(
        id,
        "本报讯(记者 李建新 通讯员 王小云)1月25日，鹭岛市总工会干部冒雨走访困难职工家庭，送去慰问金3,200元和米面油。",
    );
    let story = &mut article.story;
    story.kind = ArticleKind::News;
    story.column = "两节送温暖".into();
    story.kicker = "困难职工有了“娘家人”".into();
    story.title = "市总工会送温暖到车间".into();
    story.subtitle = "三百户职工领到慰问金".into();
    story.head_blocks = vec![1, 2, 3];
    let text = "一位老职工说：“工会每年送温暖，我们心里热乎。”今年以来，各级工会筹集资金近百万元，建立困难职工档案，做到户户有人管、事事有着落。";
    story.body.push(Passage { text: "户户有档案".into(), blocks: vec![8], subhead: true, grafts: Vec::new() });
    for block in 9..13 {
        story.body.push(Passage { text: text.into(), blocks: vec![block], subhead: false, grafts: Vec::new() });
    }
    let caption = "图为工会干部把棉被送到职工手中。陈豪 摄";
    story.captions = vec![Passage { text: caption.into(), blocks: vec![14], subhead: false, grafts: Vec::new() }];
    story.reasons = vec![
        CutReason::new(CutCode::AsTold, ["第2块像标题：字数少、句末无标点"]),
        CutReason::new(CutCode::SentenceSplit, [7, 8]),
    ];
    story.confidence = 0.86;
    infer(&mut article.metadata);
    article
}

fn overview() -> Overview {
    let value = |value: &str, label: &str, count| FacetValue { value: value.into(), label: label.into(), count };
    let plain = |rows: &[(&str, u64)]| rows.iter().map(|(name, count)| value(name, name, *count)).collect();
    let years = plain(&[("2014", 1204), ("2013", 966), ("undated", 37), ("2008", 310), ("1994", 12)]);
    let topics = plain(&[
        ("送温暖", 812),
        ("维权", 640),
        ("帮扶", 511),
        ("民主管理", 402),
        ("劳模工匠", 377),
        ("竞赛创新", 210),
        ("就业培训", 190),
        ("产业工人", 122),
        ("农民工", 120),
        ("组织建设", 99),
        ("政治引领", 64),
        ("职工文化", 60),
        ("普惠服务", 41),
        ("安全生产", 33),
        ("女职工", 21),
        ("扶贫", 9),
    ]);
    let papers = vec![value("ludao-zhigongbao", "鹭岛职工报", 1800), value("wanjiang-zhigongbao", "皖江职工报", 729)];
    let provinces =
        vec![value("350000", "福建省", 1503), value("340000", "安徽省", 422), value("410000", "河南省", 18)];
    let facets = vec![
        (Facet::Year, years),
        (Facet::Topic, topics),
        (Facet::Paper, papers),
        (Facet::Province, provinces),
        (Facet::Kind, plain(&[("news", 2000), ("brief", 529)])),
    ];
    Overview { articles: 2529, facets, generation: "1".into() }
}

fn found(article: Article, ranges: &[(usize, usize)]) -> SearchHit {
    let text = article.story.body[0].text.clone();
    let snippets = vec![Snippet { field: TextField::Body, text, highlights: ranges.to_vec() }];
    SearchHit { article, score: 1.0, snippets, reprints: std::sync::Arc::default() }
}

fn reply(hits: Vec<SearchHit>) -> SearchReply {
    SearchReply {
        total: hits.len() as u64,
        undated: None,
        hits,
        related: Vec::new(),
        facets: overview().facets,
        next_cursor: None,
        warnings: Vec::new(),
        generation: "1".into(),
        read_as: String::new(),
        explanation: None,
        did_you_mean: None,
    }
}

fn page(pairs: &[(&str, &str)], reply: &SearchReply) -> String {
    let request = SearchRequest::from_pairs(pairs.iter().copied()).unwrap();
    let kept = pairs.iter().filter(|(name, _)| *name != "cursor");
    let pairs: Vec<(String, String)> = kept.map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let view = SearchView { request: &request, pairs: &pairs, overview: &overview(), reply: Some(reply) };
    search_page(&view).unwrap()
}

fn article_reply(article: Article) -> ArticleReply {
    let link = |id, name: &str| (ArticleId::from_u64(id), name.to_owned());
    let own = (article.id, article.name());
    ArticleReply {
        page: vec![link(90, "雨中的<慰问>"), own, link(92, "技能竞赛开幕 二百名选手同台比武")],
        previous: Some(link(90, "雨中的<慰问>")),
        next: Some(link(92, "技能竞赛开幕 二百名选手同台比武")),
        bonds: Vec::new(),
        citation: gbt7714(&article),
        generation: "1".into(),
        article,
    }
}

fn article_html(reply: &ArticleReply, query: &str) -> Result<String, askama::Error> {
    article_page(&ArticleView { reply, query, expand: false, similar: &[], family: None })
}

const EVIL: &str = "<script>alert('x')</script>&\"";

#[test]
fn nothing_that_was_printed_or_typed_becomes_html() {
    let mut article = bare(1, EVIL);
    article.story.title = EVIL.into();
    article.story.column = EVIL.into();
    article.story.given.url = Some("javascript:alert(1)".into());
    article.metadata.bylines = vec![byline(EVIL, Role::Author, false)];
    let mut reply = reply(vec![found(article.clone(), &[(0, 3)])]);
    reply.read_as = EVIL.into();
    let pages = [
        page(&[("q", EVIL), ("page", EVIL), ("byline", EVIL)], &reply),
        article_html(&article_reply(article), EVIL).unwrap(),
        error_page(400, EVIL, EVIL, EVIL).unwrap(),
    ];
    for page in pages {
        assert_eq!(page.matches("<script").count(), 1, "the page's own");
        assert!(!page.contains("href=\"javascript") && !page.contains("alert('x')"));
        assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains("onclick"));
    }
}

#[test]
fn matches_are_marked_in_title_passage_and_body() {
    let text = page(&[("q", "送温暖")], &reply(vec![found(full(1), &[(0, 3)])]));
    assert!(text.contains("市总工会<mark>送温暖</mark>到车间"), "{text}");
    assert!(text.contains("<mark>本报讯</mark>("));
    assert!(text.contains("/articles/0000000000000001?q=%E9%80%81%E6%B8%A9%E6%9A%96"));
    let text = article_html(&article_reply(full(1)), "送温暖").unwrap();
    assert!(text.contains("每年<mark>送温暖</mark>，我们") && text.contains("两节<mark>送温暖</mark>"));
    assert!(!article_html(&article_reply(full(1)), "").unwrap().contains("<mark>"));
}

#[test]
fn an_article_of_which_little_is_known_has_its_pages() {
    let text = page(&[("q", "工会")], &reply(vec![found(bare(1, "工会来信照登。"), &[])]));
    assert!(text.contains("〔无题〕</span>工会来信照登。") && text.contains("日期不详"));
    let mut lonely = article_reply(bare(1, "工会来信照登。"));
    lonely.article.story.byline = "某厂工会来稿".into();
    (lonely.page, lonely.previous, lonely.next) = (Vec::new(), None, None);
    let text = article_html(&lonely, "").unwrap();
    for words in [
        "〔无题〕",
        "日期不详",
        "未见署名",
        "署名原文",
        "<p class=\"signatures\">某厂工会来稿</p>",
        "未归入主题",
        "全国",
        "第 7 行",
        "/articles/0000000000000001",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn an_article_shows_its_place_and_its_evidence() {
    let text = article_html(&article_reply(full(1)), "").unwrap();
    for words in [
        "/?from=2014-01-26&#38;page=1&#38;paper=ludao-zhigongbao&#38;to=2014-01-26",
        "2014年1月26日",
        "第1版",
        "福建省厦门市",
        "高 0.97",
        "中 0.72",
        "低 0.41",
        "另有不同记载",
        "第 2 块",
        "单位",
        "〔图片说明〕",
        "上一篇",
        "下一篇",
        "aria-current=\"page\"",
        "8–12",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn undated_articles_are_pointed_at() {
    let mut reply = reply(Vec::new());
    reply.undated = Some(4);
    let text = page(&[("q", "工会"), ("from", "2014")], &reply);
    assert!(text.contains("另有 4 篇日期不详的文章符合其他条件") && text.contains("date=undated"));
    assert!(text.contains("没有找到"));
    let text = page(&[("date", "undated")], &reply);
    assert!(text.contains("disabled"));
}

#[test]
fn pages_are_turned_with_all_parameters() {
    let mut reply = reply(vec![found(full(1), &[])]);
    reply.next_cursor = Some("c.1".into());
    let text = page(&[("q", "工会"), ("topic", "维权"), ("topic", "!帮扶")], &reply);
    assert!(
        text.contains(
            "cursor=c.1&#38;q=%E5%B7%A5%E4%BC%9A&#38;topic=%E7%BB%B4%E6%9D%83&#38;topic=%21%E5%B8%AE%E6%89%B6"
        ),
        "{text}"
    );
    assert!(text.contains("name=\"topic\" value=\"!帮扶\"") && !text.contains("回到第一页"));
    assert!(page(&[("q", "工会"), ("cursor", "c.1")], &reply).contains("回到第一页"));
}

#[test]
fn the_first_page_shows_the_holdings() {
    let request = SearchRequest::default();
    let overview = overview();
    let view = SearchView { request: &request, pairs: &[], overview: &overview, reply: None };
    let text = search_page(&view).unwrap();
    for words in ["2,529", "/?from=1994&#38;to=1994", "1994年至2014年", "/?date=undated", "鹭岛职工报", "安徽省"]
    {
        assert!(text.contains(words), "{words}");
    }
    let empty = Overview { articles: 0, facets: Vec::new(), generation: String::new() };
    let view = SearchView { overview: &empty, ..view };
    assert!(search_page(&view).unwrap().contains("库中还没有文章"));
}

#[test]
fn pages_refer_to_assets_that_there_are() {
    let text = error_page(404, "没有这一页", "", "").unwrap() + &review_error_page(404, "没有这一页", "", "").unwrap();
    for asset in ASSETS {
        assert!(text.contains(&format!("\"{}\"", asset.path)), "{}", asset.path);
    }
}
