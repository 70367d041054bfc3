#!/usr/bin/env python3
"""Makes the PDF fixtures of this folder: `python3 make.py`. Texts are our own.

printed.pdf is printed by chromium from printed.html (see `printed`); it changes with the version of chromium and of the
fonts, so it is made only when asked for: `python3 make.py printed`.
"""

import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).parent
PASSWORD_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")

HEAD = "送温暖进车间"
LEFT = ["本报讯(记者周平和)近日，", "市总工会举行送温暖活动，", "为困难职工送去慰问金300", "元。"]
RIGHT = ["工会干部走进车间，听取", "职工的意见，当场答复十二", "件事。"]


class Pdf:
    """Objects with their numbers, written with a correct table."""

    def __init__(self):
        self.objects = []

    def add(self, body):
        self.objects.append(body if isinstance(body, bytes) else body.encode())
        return len(self.objects)

    def stream(self, data, extra="", pack=True):
        data = zlib.compress(data, 9) if pack else data
        filter_ = "/Filter /FlateDecode " if pack else ""
        return self.add(f"<< {extra} {filter_}/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream")

    def write(self, root, trailer="", key=None):
        out = bytearray(b"%PDF-1.5\n%\xe4\xb8\xad\xe6\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            if key and b"/Standard" not in body:
                body = locked(body, object_key(key, number))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
        out += f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


def locked(body, key):
    """An object with its strings and its stream encrypted."""
    head, mark, rest = body.partition(b"stream\n")
    head = re.sub(rb"\((\w+)\)", lambda text: b"<%s>" % rc4(key, text[1]).hex().encode(), head)
    end = b"\nendstream"
    return head + mark + rc4(key, rest[: -len(end)]) + end if mark else head


def rc4(key, data):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def object_key(key, number):
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[: len(key) + 5]


def type0(pdf, name, encoding, widths="/W [814 908 500]", ordering="GB1", more=""):
    """A font of many glyphs that is not in the file and has no ToUnicode."""
    descriptor = pdf.add(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880"
        " /Descent -120 /CapHeight 880 /StemV 90 >>"
    )
    glyphs = pdf.add(
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /FontDescriptor {descriptor} 0 R /DW 1000 {widths}"
        f" /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >> >>"
    )
    return pdf.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} /DescendantFonts [{glyphs} 0 R] {more} >>"
    )


def pages(pdf, contents, fonts, extra=""):
    """A catalogue with a page for each content; fonts by name."""
    names = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
    tree = len(pdf.objects) + 2 * len(contents) + 1
    kids = []
    for content in contents:
        stream = pdf.stream(content)
        kids.append(pdf.add(
            f"<< /Type /Page /Parent {tree} 0 R /Resources << /Font << {names} >> {extra} >> /Contents {stream} 0 R >>"
        ))
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    assert tree == pdf.add(f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] /MediaBox [0 0 400 300] >>")
    return pdf.add(f"<< /Type /Catalog /Pages {tree} 0 R >>")


def hexadecimal(text, encoding):
    return f"<{text.encode(encoding).hex()}>"


def columns(encoding):
    """A bold headline over two columns that are drawn line by line across both, a rule between them, a frame."""
    lines = [f"BT /F1 24 Tf 1 0 0 1 110 260 Tm {hexadecimal(HEAD, encoding)} Tj ET"]
    for row in range(4):
        for x, column in ((40, LEFT), (208, RIGHT)):
            if row < len(column):
                lines.append(f"BT /F2 12 Tf {x} {220 - 18 * row} Td {hexadecimal(column[row], encoding)} Tj ET")
    lines.append("0.5 w 195 150 m 195 236 l S 30 140 340 105 re S")
    return "\n".join(lines).encode()


def named(name, font_encodings):
    """Two columns in fonts of predefined CMaps, a page for each."""
    pdf, fonts, contents = Pdf(), {}, []
    for number, (cmap, encoding) in enumerate(font_encodings):
        widths = "/W [814 908 500]" if cmap.startswith("GBK-") else "/W [1 95 500]"
        head = type0(pdf, "FZXBSJW--GB1-0", cmap, widths)
        body = type0(pdf, "FZSSJW--GB1-0", cmap, widths)
        fonts |= {f"H{number}": head, f"B{number}": body}
        content = columns(encoding).replace(b"/F1", f"/H{number}".encode()).replace(b"/F2", f"/B{number}".encode())
        contents.append(content)
    (HERE / name).write_bytes(pdf.write(pages(pdf, contents, fonts)))


def cases():
    """What happens to text, a page for each: vertical fonts, bold by drawing twice, invisible text, one string over two
    columns, numbers of glyphs only, turned text, a form, a simple font."""
    pdf = Pdf()
    gbk = lambda text: hexadecimal(text, "gbk")
    to_unicode = pdf.stream(
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <5DE5> <0002> <4F1A> endbfchar"
    )
    fonts = {
        "V": type0(pdf, "FZHTJW--GB1-0", "GBK-EUC-V"),
        "S": type0(pdf, "SimSun", "GBK-EUC-H"),
        "I": type0(pdf, "SimSun", "Identity-H"),
        "U": type0(pdf, "ABCDEF+Song", "Identity-H", "", "Identity", f"/ToUnicode {to_unicode} 0 R"),
        "X": type0(pdf, "ABCDEF+Song", "Identity-H", "", "Identity"),
        "L": pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding"
                     " /BaseEncoding /WinAnsiEncoding /Differences [1 /uni5DE5 /uni4F1A] >> >>"),
    }
    form = pdf.stream(
        f"BT /S 12 Tf 0 0 Td {gbk('表单里的字')} Tj ET".encode(),
        f"/Type /XObject /Subtype /Form /BBox [0 0 200 50] /Matrix [1 0 0 1 50 100]"
        f" /Resources << /Font << /S {fonts['S']} 0 R >> >>",
    )
    loop = len(pdf.objects) + 1
    assert loop == pdf.stream(b"/Loop Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                              f"/Resources << /XObject << /Loop {loop} 0 R >> >>")
    twice = f"/S 20 Tf 1 0 0 1 50 200 Tm {gbk('职工之家')} Tj 1 0 0 1 50.4 200 Tm {gbk('职工之家')} Tj"
    contents = [
        f"BT /V 20 Tf 300 280 Td {gbk('工会干部下基层')} Tj -30 0 Td {gbk('听意见')} Tj ET",
        f"BT {twice} /S 12 Tf 1 0 0 1 50 150 Tm {gbk('不是黑体')} Tj ET",
        f"BT 3 Tr /S 12 Tf 50 200 Td [{gbk('看不见的')} -200 {gbk('字 也 读')}] TJ ET",
        f"BT /S 12 Tf 14 TL 50 200 Td [{gbk('左栏第一行')} -2000 {gbk('右栏第一行')}] TJ {gbk('左栏第二行')} ' ET",
        "BT /I 12 Tf 50 200 Td <06FD07F60106> Tj /U 12 Tf 0 -20 Td <00010002> Tj ET",
        f"BT /S 12 Tf 0 1 -1 0 200 50 Tm {gbk('横着印的一版')} Tj ET",
        "/Form Do /Loop Do",
        "BT /L 12 Tf 50 200 Td (Trade Unions \\223AC\\224 \\001\\002) Tj ET",
        "BT /X 12 Tf 50 200 Td <000100020003> Tj ET",
    ]
    extra = f"/XObject << /Form {form} 0 R /Loop {loop} 0 R >>"
    (HERE / "cases.pdf").write_bytes(pdf.write(pages(pdf, [text.encode() for text in contents], fonts, extra)))


def picture():
    """A page that is only a picture."""
    pdf = Pdf()
    image = pdf.stream(bytes(64), "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8")
    root = pages(pdf, [b"q 400 0 0 300 0 0 cm /Im Do Q"], {}, f"/XObject << /Im {image} 0 R >>")
    (HERE / "picture.pdf").write_bytes(pdf.write(root))


def encrypted(name, password):
    """The two columns, encrypted with RC4 of 40 bits; an empty password opens without being asked for."""
    pdf = Pdf()
    fonts = {"F1": type0(pdf, "FZXBSJW--GB1-0", "GBK-EUC-H"), "F2": type0(pdf, "FZSSJW--GB1-0", "GBK-EUC-H")}
    root = pages(pdf, [columns("gbk")], fonts)
    pad = lambda text: (text + PASSWORD_PADDING)[:32]
    owner = rc4(hashlib.md5(pad(b"owner")).digest()[:5], pad(password))
    file_id, rights = bytes(range(16)), -44
    key = hashlib.md5(pad(password) + owner + rights.to_bytes(4, "little", signed=True) + file_id).digest()[:5]
    user = rc4(key, PASSWORD_PADDING)
    number = len(pdf.objects) + 1
    pdf.add(f"<< /Filter /Standard /V 1 /R 2 /Length 40 /P {rights} /O <{owner.hex()}> /U <{user.hex()}> >>")
    ids = file_id.hex()
    (HERE / name).write_bytes(pdf.write(root, f"/Encrypt {number} 0 R /ID [<{ids}> <{ids}>]", key))


def bomb():
    """A page whose content unpacks twice, to 300 MB."""
    pdf = Pdf()
    data = zlib.compress(zlib.compress(bytes(300_000_000), 9), 9)
    content = pdf.add(b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(data) + data + b"\nendstream")
    page = pdf.add(f"<< /Type /Page /Parent 3 0 R /Contents {content} 0 R >>")
    tree = pdf.add(f"<< /Type /Pages /Count 1 /Kids [{page} 0 R] /MediaBox [0 0 400 300] >>")
    (HERE / "bomb.pdf").write_bytes(pdf.write(pdf.add(f"<< /Type /Catalog /Pages {tree} 0 R >>")))


def printed():
    with tempfile.TemporaryDirectory() as profile:
        flags = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
                 " --disable-component-update --disable-sync --no-pdf-header-footer").split()
        subprocess.run(["chromium", *flags, f"--user-data-dir={profile}", f"--print-to-pdf={HERE / 'printed.pdf'}",
                        str(HERE / "printed.html")], check=True, capture_output=True, timeout=120)


named("gbk.pdf", [("GBK-EUC-H", "gbk")])
named("unigb.pdf", [("UniGB-UCS2-H", "utf-16-be"), ("UniGB-UTF16-H", "utf-16-be")])
cases()
picture()
encrypted("locked.pdf", b"secret")
encrypted("owner.pdf", b"")
bomb()
if "printed" in sys.argv:
    printed()
