#!/usr/bin/env python3
"""Makes the DOCX fixtures: `python3 make.py`. Needs python-docx and LibreOffice (`soffice`). Texts are our own.

libreoffice.docx is written by LibreOffice from libreoffice.html; word.docx by python-docx, with what Word writes and
python-docx does not know (text boxes, tracked changes, footnotes) put in as XML.
"""

import pathlib
import subprocess
import tempfile
import zipfile

import docx
from docx.oxml import parse_xml
from docx.shared import Pt

HERE = pathlib.Path(__file__).parent
SPACES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}.items())
WHO = 'w:id="1" w:author="编辑" w:date="2020-01-01T00:00:00Z"'
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def paragraph(inside):
    return parse_xml(f"<w:p {SPACES}>{inside}</w:p>")


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def text_box():
    inside = f"<w:txbxContent><w:p>{run('本期导读：三版刊登技能竞赛结果')}</w:p><w:p>{run('四版刊登职工摄影')}</w:p></w:txbxContent>"
    return (f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
            f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
            f"</mc:AlternateContent></w:r>")


def word():
    document = docx.Document()
    document.core_properties.title = ""
    document.sections[0].header.paragraphs[0].text = "江城工人报  2011年6月8日  第二版"
    document.sections[0].footer.paragraphs[0].text = "责任编辑 田野"
    document.add_heading("码头工会办起夜校", level=1)
    subtitle = document.add_paragraph().add_run("三百名装卸工报名学电工")
    subtitle.font.size, subtitle.bold = Pt(16), True
    document.add_paragraph("本报讯（记者陆小舟）六月三日晚，江城港务局工会的职工夜校开课。")
    body = document.element.body
    add = lambda inside: body.insert(len(body) - 1, paragraph(inside))
    add(run("工会主席韩立说，") + f'<w:del {WHO}><w:r><w:delText>明年再办</w:delText></w:r></w:del>'
        + f'<w:ins {WHO}>{run("夜校每周开两次课")}</w:ins>' + run("。") + run("内部批注", "<w:vanish/>"))
    add(f'<w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>' + run("报名的人里，"))
    add(run("四成是三十岁以下的青工。"))
    add(run("课间大家围着师傅问个不停。") + text_box())
    add(run("李工") + "<w:r><w:ruby><w:rt><w:r><w:t>zhuo</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>卓</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        + run("今年获得了证书") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。"))
    add('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="separate"/></w:r>' + run("课程表") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + '<w:r><w:br/></w:r>' + run("见下") + '<w:r><w:br w:type="page"/></w:r>')
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, [("科目", "时间", "教师"), ("电工基础", "周二 19:00", "郑师傅")]):
        for cell, text in zip(row.cells, cells):
            cell.text = text
    layout = document.add_table(rows=1, cols=2)
    layout.cell(0, 0).text = "女职工体检本周开始"
    layout.cell(0, 0).add_paragraph("厂医院备好了车，分三批接送。")
    layout.cell(0, 1).text = "安全月知识问答揭晓"
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder) / "plain.docx"
        document.save(plain)
        with_footnotes(plain, HERE / "word.docx")


def with_footnotes(source, target):
    """Adds the part of footnotes, which python-docx does not write, with all times as the first one."""
    footnotes = (f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {SPACES}><w:footnote w:type="separator" w:id="0"><w:p>'
                 f'{run("——")}</w:p></w:footnote><w:footnote w:id="2"><w:p>{run("证书由市人力资源部门颁发。")}</w:p></w:footnote></w:footnotes>')
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{FOOTNOTES}"/></Types>'.encode())
            if name == "word/_rels/document.xml.rels":
                link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                data = data.replace(b"</Relationships>", f'<Relationship Id="rId99" Type="{link}" Target="footnotes.xml"/></Relationships>'.encode())
            if name.startswith(("docProps/thumbnail", "customXml", "word/theme")):
                continue
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        new.writestr(zipfile.ZipInfo("word/footnotes.xml"), footnotes, zipfile.ZIP_DEFLATED)


def libreoffice():
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "docx:MS Word 2007 XML",
                        "--infilter=HTML (StarWriter)", "--outdir", str(HERE), str(HERE / "libreoffice.html")], check=True, timeout=180)


word()
libreoffice()
