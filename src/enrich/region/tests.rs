//! Places that articles are about, as tables of cases.

use super::super::zones::{pieces, zones};
use super::*;
use crate::model::{Kind, Passage, Story};

fn region(title: &str, text: &str, home: &str, year: Option<i16>) -> String {
    let mut story = Story::new(Kind::News);
    story.title = title.into();
    story.body.push(Passage { text: text.into(), blocks: vec![2], subhead: false, grafts: Vec::new() });
    let mut pieces = pieces(&story);
    super::super::byline::find(&story, &mut pieces);
    let zones = zones(&pieces);
    find(&zones, &look(&zones, year), home, year).map(|info| info.path.join("/")).unwrap_or_default()
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
    let Some(info) = stated("江干区", Some(2010)) else { panic!("江干区") };
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
