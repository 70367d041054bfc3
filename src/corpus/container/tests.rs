//! Containers of every kind, whole, cut off and made to do harm.

use super::*;
use crate::corpus::SkippedEntry;
use std::io::{Read, Write};

fn limits() -> CorpusLimits {
    CorpusLimits::default()
}

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        // The builder refuses what an evil packer writes.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gz_of(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn unpack(name: &str, bytes: &[u8], limits: &CorpusLimits) -> UnpackedContainer {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    UnpackedContainer::open(&file, limits).unwrap()
}

/// Paths and texts of the members.
fn texts(unpacked: &UnpackedContainer) -> Vec<(String, String)> {
    let text = |member: &Member| {
        let mut text = String::new();
        unpacked.stream(member).read_to_string(&mut text).unwrap();
        assert_eq!(member.hash, crate::corpus::hash(text.as_bytes()));
        (member.path.clone(), text)
    };
    unpacked.members.iter().map(text).collect()
}

fn paths(skipped: &[SkippedEntry]) -> Vec<&str> {
    skipped.iter().map(|entry| entry.path.as_str()).collect()
}

const PAGES: &[(&str, &[u8])] = &[("1998/03/02.txt", "第二版".as_bytes()), ("1998/03/01.txt", "第一版".as_bytes())];

#[test]
fn every_kind_gives_its_members_by_path() {
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 3).unwrap();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("a.zip", zip_of(PAGES)),
        ("a.tar", tar_of(PAGES)),
        ("a.tar.gz", gz_of(&tar_of(PAGES))),
        ("a.tar.zst", zstd(&tar_of(PAGES))),
        ("wrongly.txt", zip_of(PAGES)),
    ];
    let want = [("1998/03/01.txt", "第一版"), ("1998/03/02.txt", "第二版")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    for (name, bytes) in cases {
        let unpacked = unpack(name, &bytes, &limits());
        assert_eq!(texts(&unpacked), want, "{name}");
        assert!(unpacked.fault.is_none() && unpacked.skipped.is_empty(), "{name}");
    }
    let single = unpack("二版.txt.gz", &gz_of("文".as_bytes()), &limits());
    assert_eq!(texts(&single), [("二版.txt".to_owned(), "文".to_owned())]);
    let two = [gz_of("前".as_bytes()), gz_of("后".as_bytes())].concat();
    assert_eq!(texts(&unpack("a.gz", &two, &limits())), [("a".to_owned(), "前后".to_owned())]);
}

#[test]
fn containers_in_containers_are_opened_to_a_depth() {
    let inner = zip_of(&[("b.txt", b"b")]);
    let outer = tar_of(&[("x/inner.zip", &inner), ("a.txt", b"a")]);
    let unpacked = unpack("outer.tar.gz", &gz_of(&outer), &limits());
    let want = [("a.txt", "a"), ("x/inner.zip!/b.txt", "b")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(texts(&unpacked), want);
    let mut nested = zip_of(&[("end.txt", b"end")]);
    for _ in 0..10 {
        nested = zip_of(&[("n.zip", &nested)]);
    }
    let unpacked = unpack("deep.zip", &nested, &limits());
    assert!(unpacked.members.is_empty() && unpacked.skipped[0].hides_files, "{:?}", unpacked.skipped);
}

#[test]
fn documents_are_no_containers() {
    for part in ["[Content_Types].xml", "OFD.xml", "mimetype"] {
        let document = zip_of(&[(part, b"x"), ("word/document.xml", b"y")]);
        assert!(unpack("a.docx", &document, &limits()).is_document, "{part}");
        let inside = unpack("a.zip", &zip_of(&[("d.docx", &document)]), &limits());
        assert_eq!(inside.members.len(), 1, "{part}");
        assert_eq!(inside.members[0].hash, crate::corpus::hash(&document));
    }
}

#[test]
fn names_that_lead_out_links_and_doubles_are_left_out_and_named() {
    let evil: &[(&str, &[u8])] =
        &[("../../etc/cron.d/x", b"1"), ("/etc/passwd", b"2"), ("a/.hidden", b"3"), ("ok.txt", b"4"), ("ok.txt", b"5")];
    let unpacked = unpack("a.tar", &tar_of(evil), &limits());
    assert_eq!(texts(&unpacked), [("ok.txt".to_owned(), "4".to_owned())]);
    assert_eq!(paths(&unpacked.skipped), ["../../etc/cron.d/x", "/etc/passwd", "a/.hidden", "ok.txt#2"]);
    let mut builder = tar::Builder::new(Vec::new());
    let mut link = tar::Header::new_gnu();
    link.set_entry_type(tar::EntryType::Symlink);
    link.set_size(0);
    builder.append_link(&mut link, "link.txt", "/etc/passwd").unwrap();
    let unpacked = unpack("b.tar", &builder.into_inner().unwrap(), &limits());
    assert_eq!((unpacked.members.len(), paths(&unpacked.skipped)), (0, vec!["link.txt"]));
}

#[test]
fn bombs_end_at_a_limit() {
    let zeros = vec![0; 300_000_000];
    let bomb = gz_of(&zeros);
    let unpacked = unpack("bomb.gz", &bomb, &limits());
    assert!(matches!(unpacked.fault, Some(ContainerFault::Ratio(_))), "{:?}", unpacked.fault);
    let few = CorpusLimits { container_bytes: 1000, ..limits() };
    assert!(matches!(unpack("a.gz", &bomb, &few).fault, Some(ContainerFault::Bytes(1000))));
    let names: Vec<String> = (0..50).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let few = CorpusLimits { container_entries: 20, ..limits() };
    assert!(matches!(unpack("a.zip", &zip_of(&many), &few).fault, Some(ContainerFault::Entries(20))));
    let cut = unpack("a.tar", &tar_of(&many), &few);
    assert!(matches!(cut.fault, Some(ContainerFault::Entries(20))) && cut.members.len() == 20);
}

#[test]
fn a_container_cut_off_anywhere_gives_what_is_whole_and_its_fault() {
    let whole = gz_of(&tar_of(PAGES));
    let (mut most, mut faults) = (0, 0);
    for end in 20..whole.len() {
        let unpacked = unpack("a.tar.gz", &whole[..end], &limits());
        assert!(texts(&unpacked).len() >= most || unpacked.fault.is_some());
        most = most.max(unpacked.members.len());
        faults += usize::from(unpacked.fault.is_some());
    }
    assert!(most >= 1 && faults > 0);
    let zipped = zip_of(PAGES);
    for end in 4..zipped.len() {
        assert!(unpack("a.zip", &zipped[..end], &limits()).fault.is_some(), "{end}");
    }
}

#[test]
fn answers_of_a_web_archive_are_files_by_their_address() {
    let record = |kind: &str, address: &str, block: &str| {
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>文</p>";
    let gone = "HTTP/1.1 404 Not Found\r\n\r\nno";
    let picture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG";
    let warc = [
        record("warcinfo", "", "software: x"),
        record("response", "http://e.cn/2014-01/28/content_1.htm", ok),
        record("response", "http://e.cn/gone.htm", gone),
        record("response", "http://e.cn/a.png", picture),
    ]
    .concat();
    for bytes in [warc.as_bytes().to_vec(), gz_of(warc.as_bytes())] {
        let unpacked = unpack("crawl.warc.gz", &bytes, &limits());
        assert_eq!(texts(&unpacked), [("http://e.cn/2014-01/28/content_1.htm".to_owned(), "<p>文</p>".to_owned())]);
        assert_eq!(paths(&unpacked.skipped), ["http://e.cn/a.png"]);
    }
    let cut = unpack("a.warc", &warc.as_bytes()[..warc.len() - 60], &limits());
    assert!(matches!(cut.fault, Some(ContainerFault::Damaged(_))));
}

#[test]
fn an_unpacked_container_is_kept_until_its_file_changes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.zip");
    std::fs::write(&file, zip_of(PAGES)).unwrap();
    let open = OpenContainers::default();
    let first = open.open(&file, &limits()).unwrap();
    assert!(Arc::ptr_eq(&first, &open.open(&file, &limits()).unwrap()));
    std::fs::write(&file, zip_of(&[("c.txt", b"another length")])).unwrap();
    assert_eq!(open.open(&file, &limits()).unwrap().members.len(), 1);
}
