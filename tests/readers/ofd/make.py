#!/usr/bin/env python3
"""Makes the OFD fixtures: `python3 make.py`; with `easyofd` behind it also easyofd.ofd, which the package easyofd makes of
../pdf/printed.pdf. cases.ofd is written here by GB/T 33190: two documents, a template, turned text, steps that are repeated.
Texts are our own."""

import pathlib
import sys
import zipfile

HERE = pathlib.Path(__file__).parent
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def part(name, inside, attributes=""):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{name} {SPACE} {attributes}>{inside}</ofd:{name}>'


def text(boundary, font, size, codes, more=""):
    inside = "".join(f"<ofd:TextCode {where}>{what}</ofd:TextCode>" for where, what in codes)
    return f'<ofd:TextObject ID="9" Boundary="{boundary}" Font="{font}" Size="{size}" {more}>{inside}</ofd:TextObject>'


def page(inside, head=""):
    return part("Page", f'{head}<ofd:Content><ofd:Layer ID="1" Type="Body">{inside}</ofd:Layer></ofd:Content>')


def root(pages, templates=""):
    common = (f"<ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 390 540</ofd:PhysicalBox>"
              f"</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{templates}</ofd:CommonData>")
    listed = "".join(f'<ofd:Page ID="{number}" BaseLoc="{where}"/>' for number, where in pages)
    return part("Document", f"{common}<ofd:Pages>{listed}</ofd:Pages>")


def cases():
    masthead = text("20 10 80 6", 1, 5, [('X="0" Y="4.5" DeltaX="g 5 5"', "东湖工人报")])
    first = "".join([
        text("20 30 200 16", 2, 12, [('X="0" Y="11" DeltaX="12 12 g 6 12"', "轮渡公司评出好船长")]),
        # One line in three objects; a column beside it.
        text("20 60 40 6", 1, 4, [('X="0" Y="4" DeltaX="g 3 4"', "本报讯　")]),
        text("36 60 40 6", 1, 4, [('X="0" Y="4" DeltaX="g 9 4"', "轮渡公司工会日前评出十")]),
        text("100 60 60 6", 1, 4, [('X="0" Y="4" DeltaX="g 9 4"', "乘务员也有六人获奖。")]),
        # Two lines in one object, the second without X.
        text("20 66 60 14", 1, 4, [('X="0" Y="4" DeltaX="g 8 4"', "名好船长。他们一年航"),
                                   ('X="0" Y="10" DeltaX="4 4 2 2 2 2 4 4"', "行里程1200公里")]),
        text("20 90 60 6", 1, 4, [('X="0" Y="4"', "Safety first 安全第一")]),
        # Vertical: stated, and by its steps only.
        text("300 40 10 60", 2, 8, [('X="1" Y="7" DeltaY="g 3 8"', "江风日记")], 'ReadDirection="90"'),
        text("290 40 6 60", 1, 5, [('X="0" Y="4.5" DeltaY="g 3 5"', "水手来稿")]),
        # Scaled by its map: 2 times 3 mm.
        text("20 120 80 8", 1, 3, [('X="0" Y="3" DeltaX="g 3 3"', "放大的字")], 'CTM="2 0 0 2 0 0" Weight="700"'),
        text("20 140 80 8", 1, 4, [('X="0" Y="4"', "看不见的字")], 'Visible="false"'),
        '<ofd:PageBlock>' + text("20 150 80 8", 1, 4, [('X="0" Y="4" DeltaX="g 2 4"', "组中字")]) + '</ofd:PageBlock>',
        '<ofd:ImageObject ID="20" Boundary="200 100 80 60" ResourceID="5" CTM="80 0 0 60 0 0"/>',
        '<ofd:PathObject ID="21" Boundary="20 25 350 0.3"><ofd:AbbreviatedData>M 0 0 L 350 0</ofd:AbbreviatedData></ofd:PathObject>',
    ])
    second = text("20 30 200 10", 1, 4, [('X="0" Y="4" DeltaX="g 7 4"', "第二版：职工书屋")])
    fonts = part("Res", '<ofd:Fonts><ofd:Font ID="1" FontName="FZSSJW--GB1-0" FamilyName="方正书宋"/>'
                        '<ofd:Font ID="2" FontName="方正小标宋简体"/></ofd:Fonts>', 'BaseLoc="Res"')
    picture = '<ofd:ImageObject ID="30" Boundary="0 0 390 540" ResourceID="5"/>'
    with_template = '<ofd:Template TemplateID="7" ZOrder="Background"/>'
    own_box = "<ofd:Area><ofd:PhysicalBox>10 10 370 520</ofd:PhysicalBox></ofd:Area>"
    template = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    write(HERE / "cases.ofd", {
        "OFD.xml": part("OFD", "".join(f"<ofd:DocBody><ofd:DocInfo><ofd:CreationDate>2026-01-01</ofd:CreationDate></ofd:DocInfo>"
                                       f"<ofd:DocRoot>{where}</ofd:DocRoot></ofd:DocBody>" for where in ("Doc_0/Document.xml", "/Doc_1/Document.xml")),
                        'Version="1.0" DocType="OFD"'),
        "Doc_0/Document.xml": root([(1, "Pages/Page_0/Content.xml"), (2, "Pages/Page_1/Content.xml"), (3, "Pages/Page_9/Content.xml")], template),
        "Doc_0/PublicRes.xml": fonts,
        "Doc_0/Tpls/Tpl_0/Content.xml": page(masthead),
        "Doc_0/Pages/Page_0/Content.xml": page(first, with_template),
        "Doc_0/Pages/Page_1/Content.xml": page(second, own_box + with_template),
        "Doc_1/Document.xml": root([(1, "Pages/Page_0/Content.xml"), (2, "Pages/Page_1/Content.xml")]),
        "Doc_1/Pages/Page_0/Content.xml": page(text("20 30 200 10", 1, 4, [('X="0" Y="4" DeltaX="g 5 4"', "另一份文件。")])),
        "Doc_1/Pages/Page_1/Content.xml": page(picture),
    })


def write(target, parts):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def easyofd():
    from easyofd.ofd import OFD

    writer = OFD()
    made = writer.pdf2ofd((HERE / "../pdf/printed.pdf").read_bytes(), optional_text=True)
    # Its fonts and times are left out.
    source = HERE / "made.tmp"
    source.write_bytes(made)
    with zipfile.ZipFile(source) as package:
        names = [name for name in package.namelist() if name.lower().endswith(".xml")]
        write(HERE / "easyofd.ofd", {name: package.read(name) for name in names})
    source.unlink()


cases()
if "easyofd" in sys.argv:
    easyofd()
