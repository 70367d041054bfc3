//! Places that articles are about, as tables of cases.

use super::super::zones::{pieces, zones};
use super::*;
use crate::model::{ArticleKind, Passage, Story};

fn region(title: &str, text: &str, home: &str, year: Option<i16>) -> String {
    let mut story = Story::new(ArticleKind::News);
    story.title = title.into();
    story.body.push(Passage { text: text.into(), blocks: vec![2], subhead: false, grafts: Vec::new() });
    let mut pieces = pieces(&story);
    super::super::byline::find(&story, &mut pieces);
    let zones = zones(&pieces);
    find(&zones, &scan_places(&zones, year), home, year).map(|info| info.path.join("/")).unwrap_or_default()
}

#[test]
fn main_places() {
    let cases = [
        ("思明区总工会慰问职工", "昨日,思明区总工会走访。", "350200", "福建省/厦门市/思明区"),
        ("市总工会慰问职工", "我市各级工会走访慰问。", "350200", "福建省/厦门市"),
        ("省总工会慰问职工", "我省各级工会走访慰问。", "350200", "福建省"),
        ("市总工会慰问职工", "我市各级工会走访慰问。", "", ""),
        ("厦門市總工會慰問職工", "", "", "福建省/厦门市"),
        ("县总工会送温暖", "日前,重庆忠县总工会走访。", "", "重庆市/忠县"),
        ("赵平原谈合作", "互助会会员赵平原介绍资源共享的经验,合作互助。", "", ""),
        ("鼓楼区总工会办班", "日前,鼓楼区总工会举办培训班。", "320100", "江苏省/南京市/鼓楼区"),
        ("鼓楼区总工会办班", "日前,鼓楼区总工会举办培训班。", "", ""),
        ("鼓楼区总工会办班", "福州市鼓楼区总工会举办培训班。", "", "福建省/福州市/鼓楼区"),
        ("全总发出通知", "本报北京讯(记者石小川)全国总工会日前发出通知,要求各级工会行动起来。", "", ""),
        ("客车送暖", "本报敦煌讯(记者石小川)6月5日,工友们上车了,一路平安到家。", "", "甘肃省/酒泉市/敦煌市"),
        ("", "▲砀山县两家梨膏厂建起食堂,四菜一汤。(本报见习记者郑重)", "", "安徽省/宿州市/砀山县"),
        ("全国总工会开会", "全国总工会在京召开会议,江苏作了发言。", "", ""),
        ("厦门三区联动", "思明区、湖里区、集美区工会联合行动。", "", "福建省/厦门市"),
    ];
    for (title, text, home, want) in cases {
        assert_eq!(region(title, text, home, Some(2016)), want, "{title} {text}");
    }
    let text = "汉中市南郑县总工会走访。";
    assert_eq!(region("", text, "", Some(2016)), "陕西省/汉中市/南郑县");
    assert_eq!(region("", &text.replace('县', "区"), "", Some(2018)), "陕西省/汉中市/南郑区");
}

#[test]
fn codes_of_then_and_today() {
    let Some(info) = stated_region("江干区", Some(2010)) else { panic!("江干区") };
    assert_eq!(info.path, ["浙江省", "杭州市", "江干区"]);
    assert!(["330104", "330102", "330114", "330100"].iter().all(|code| info.codes.iter().any(|known| known == code)));
    assert_eq!(info.today, ["330000", "330100"]);
    for (text, want) in
        [("350203", "350203"), ("厦门市", "350200"), ("福建省/厦门市/思明区", "350203"), ("廈門", "350200")]
    {
        assert_eq!(code(text).as_deref(), Some(want), "{text}");
    }
    assert_eq!(code("不存在的地方"), None);
}

fn no_place(title: &str, text: &str) -> (String, String) {
    let mut story = Story::new(ArticleKind::News);
    story.title = title.into();
    story.body.push(Passage::new(text, vec![2]));
    let pieces = pieces(&story);
    let zones = zones(&pieces);
    let places = all(&zones, &scan_places(&zones, Some(2016)), "", Some(2016));
    let main = places.main.map(|info| info.path.join("/")).unwrap_or_default();
    (main, places.no_place.map(|reason| reason.rule).unwrap_or_default())
}

#[test]
fn a_story_of_no_one_place_says_why() {
    let cases = [
        (
            "多地出台措施稳就业",
            "各地陆续出台措施。湖北、安徽、四川等地发放补贴,广东、浙江的企业开出专列接人。湖北武汉一家工厂已经开工,安徽阜阳的招聘会人头攒动。",
            "several places",
        ),
        (
            "两国举行会谈",
            "新华社西安5月3日电 国务院副总理昨日在西安会见法国总统特使,双方就贸易交换意见。法国企业代表也参加了会见。",
            "abroad",
        ),
        (
            "德国矿工告别最后一座煤矿",
            "德国鲁尔区的矿工昨日升完最后一车煤。一位曾经到山西参观的老矿工说,德国和法国都不再采煤了。",
            "labour abroad",
        ),
        (
            "国务院部署治理欠薪",
            "国务院办公厅日前发出通知,要求人力资源社会保障部、住房城乡建设部会同各地检查。财政部将拨付专款。全国总工会参加督查。",
            "whole country",
        ),
        ("春雨", "窗外下雨了,他想起往事。", "no place"),
    ];
    for (title, text, reason) in cases {
        assert_eq!(no_place(title, text), (String::new(), reason.to_owned()), "{title}");
    }
}

#[test]
fn a_short_form_is_known_where_the_full_name_is_printed() {
    let text = "阿尔山市林区职工搬进新楼。走进阿尔山,家家挂起灯笼,阿尔山的冬天暖了。";
    assert_eq!(region("林区职工住新楼", text, "", Some(2016)), "内蒙古自治区/兴安盟/阿尔山市");
}

#[test]
fn a_district_that_shares_the_name_of_a_province_is_in_its_city() {
    let text = "天津市河北区总工会走访环卫工人。河北区有环卫工人八百名。";
    assert_eq!(region("河北区工会送清凉", text, "", Some(2016)), "天津市/河北区");
}

#[test]
fn news_sent_from_a_capital_speaks_for_the_province() {
    let text = "本报南宁2月3日电 广西全区推行工资卡,广西建筑工人按月领薪。";
    assert_eq!(region("广西推行工资卡", text, "", Some(2016)), "广西壮族自治区");
}

#[test]
fn enterprises_stand_for_where_they_are_in_that_year() {
    let cases = [
        ("鞍钢工人比武", "鞍钢日前举行技术比武,百名炼钢工人参加。", 1986, "辽宁省/鞍山市"),
        ("胜利油田钻井队创纪录", "胜利油田一支钻井队昨日创下纪录。胜利油田工会前去祝贺。", 1995, "山东省/东营市"),
        ("东风公司职工献血", "东风公司两百名职工昨日献血。东风公司工会组织了这次活动。", 1999, "湖北省/十堰市"),
        ("东风公司职工献血", "东风公司两百名职工昨日献血。东风公司工会组织了这次活动。", 2010, "湖北省/武汉市"),
        ("亚太钢铁会议", "亚太钢铁企业开会,谈轴承钢和普通钢的价格,还有不同煤种。", 2010, ""),
    ];
    for (title, text, year, want) in cases {
        assert_eq!(region(title, text, "", Some(year)), want, "{title} {year}");
    }
}

#[test]
fn the_name_of_a_foreign_state_holds_no_place() {
    assert_eq!(region("明尼苏达州工人罢工", "明尼苏达州的工人昨日罢工。内华达州也有人响应。", "", Some(2020)), "");
}
