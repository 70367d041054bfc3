"""`press.py align`: what each line that was read really is; `press.py score`: how well OCR read.

`truth_of(lines, page_truth)` is the library function: lines as `baoku inspect FILE --stage lines --format json` prints
them, [{"page", "line", "text", "area": [left, top, right, bottom]}] in ten-thousandths of the page width.
"""
import collections
import json
import math
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

from articles import squeeze
from check import area, shared

NOTHING = {"article": None, "kind": None, "part": None, "paragraph_start": None}


def truth_of(lines, page, skew=0.0):
    """For each line: article, kind, part and paragraph_start of the printed line it shows, with overlap, similarity, and `mixed`
    if it holds text of several articles or columns. A line that shows nothing printed has article None."""
    printed = [{**l, "area": on_width(l["box"], page, skew), "grams": grams(l["text"])} for l in page["lines"]]
    return [one_truth(line, printed) for line in lines]


def on_width(box, page, skew=0.0):
    """A box in fractions → ten-thousandths of the page width, turned by the skew of the scan about the middle (counter-clockwise)."""
    wide, high = 10000.0, 10000.0 * page["height"] / page["width"]
    x0, y0, x1, y1 = box[0] * wide, box[1] * high, box[2] * wide, box[3] * high
    if not skew:
        return [x0, y0, x1, y1]
    turn, cx, cy = math.radians(skew), wide / 2, high / 2
    def spin(x, y):
        dx, dy = x - cx, y - cy
        return cx + dx * math.cos(turn) + dy * math.sin(turn), cy - dx * math.sin(turn) + dy * math.cos(turn)
    mx, my = spin((x0 + x1) / 2, (y0 + y1) / 2)
    return [mx - (x1 - x0) / 2, my - (y1 - y0) / 2, mx + (x1 - x0) / 2, my + (y1 - y0) / 2]


def grams(text):
    """Characters and pairs of a text, counted."""
    text = squeeze(text)
    return collections.Counter(text) + collections.Counter(text[n:n + 2] for n in range(len(text) - 1))


def likeness(one, two):
    """Share of the smaller bag of grams that the other has."""
    return sum((one & two).values()) / max(1, min(sum(one.values()), sum(two.values())))


def one_truth(line, printed):
    """The printed line that shares most text and room with a read one."""
    box, bag = line["area"], grams(line["text"])
    near = []
    for p in printed:
        over = shared(box, p["area"]) / max(1e-9, min(area(box), area(p["area"])))
        if over > .25:
            near.append((p, over, likeness(bag, p["grams"])))
    if not near:
        return {**NOTHING, "overlap": 0.0, "similarity": 0.0, "mixed": False}
    def weight(entry):
        p, over, like = entry
        return (like + .3 * over) * min(sum(p["grams"].values()), sum(bag.values()) or 1)
    best = max(near, key=weight)
    real = [e for e in near if e[1] > .5 and (e[2] > .5 or not squeeze(line["text"]))]
    first = min((e for e in real if e[0]["article"] == best[0]["article"] and e[0]["part"] == best[0]["part"] and e[0]["kind"] == best[0]["kind"]),
                key=lambda e: printed.index(e[0]), default=best)
    return {"article": best[0]["article"], "kind": best[0]["kind"], "part": best[0]["part"], "paragraph_start": first[0]["paragraph_start"],
            "overlap": round(best[1], 3), "similarity": round(best[2], 3), "mixed": len({(e[0]["article"], e[0]["part"]) for e in real}) > 1}


# Readers of what poppler and the OCR engines wrote, for tests and figures.

def pdf_lines(pdf):
    """Lines of `pdftotext -bbox-layout`."""
    text = subprocess.run(["pdftotext", "-bbox-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    root = tree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text))
    name = "{http://www.w3.org/1999/xhtml}"
    found = []
    for number, page in enumerate(root.iter(name + "page"), 1):
        scale = 10000 / float(page.get("width"))
        for n, line in enumerate(page.iter(name + "line"), 1):
            words = "".join(w.text or "" for w in line.iter(name + "word"))
            found.append({"page": number, "line": n, "text": words, "area": [float(line.get(k)) * scale for k in ("xMin", "yMin", "xMax", "yMax")]})
    return found


def rapid_lines(file):
    data = json.loads(file.read_text("utf8"))
    scale = 10000 / data["width"]
    return [{"page": 1, "line": n, "text": t, "area": [v * scale for v in box]} for n, (t, box) in enumerate(zip(data["rec_texts"], data["rec_boxes"]), 1)]


def hocr_lines(file):
    text = file.read_text("utf8")
    wide = int(re.search(r"class='ocr_page'[^>]*bbox \d+ \d+ (\d+)", text).group(1))
    found = []
    for chunk in re.split(r"<span class='ocr_(?:line|header|caption|textfloat)'", text)[1:]:
        box = [int(v) * 10000 / wide for v in re.search(r"bbox (\d+) (\d+) (\d+) (\d+)", chunk).groups()]
        words = re.findall(r"class='ocrx_word'[^>]*>([^<]*)<", chunk)
        found.append({"page": 1, "line": len(found) + 1, "text": "".join(words).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), "area": box})
    return found


def read_source(source, folder):
    """[(page name, lines)] of a file that baoku wrote, or of a kind of file in the folder: pdf, hocr, rapidocr."""
    kinds = {"pdf": ("pdf/*.pdf", pdf_lines), "hocr": ("hocr/*.hocr", hocr_lines), "rapidocr": ("rapidocr/*.json", rapid_lines)}
    if source in kinds:
        pattern, reader = kinds[source]
        return [(f.stem, reader(f)) for f in sorted(folder.glob(pattern))]
    file = pathlib.Path(source)
    return [(file.name.split(".")[0], json.loads(file.read_text("utf8")))]


def page_truth(folder, name):
    file = folder / "lines" / f"{name}.json"
    return json.loads(file.read_text("utf8")) if file.exists() else None


def skew_of(folder, name):
    file = folder / "scan" / f"{name}.json"
    return json.loads(file.read_text("utf8"))["skew"] if file.exists() else 0.0


def align(args):
    folder = pathlib.Path(args.dir)
    total = collections.Counter()
    for source in args.source:
        for name, lines in read_source(source, folder):
            page = page_truth(folder, name)
            if page is None:
                print(f"{name}: no truth", file=sys.stderr)
                continue
            turned = args.scan or source in ("hocr", "rapidocr")
            truth = truth_of(lines, page, skew_of(folder, name) if turned else 0.0)
            for line, t in zip(lines, truth):
                total["lines"] += 1
                total["known"] += t["article"] is not None
                total["alike"] += t["similarity"] >= .5
                total["mixed"] += t["mixed"]
            if args.out:
                out = pathlib.Path(args.out)
                out.mkdir(parents=True, exist_ok=True)
                merged = [{**line, "truth": t} for line, t in zip(lines, truth)]
                (out / f"{name}.json").write_text(json.dumps(merged, ensure_ascii=False), "utf8")
    print(json.dumps(total))


# Accuracy

def edits(want, read):
    """Least edits to find `want` somewhere inside `read` (text before and after is free)."""
    row = [0] * (len(read) + 1)
    for n, a in enumerate(want, 1):
        last, row[0] = row[0], n
        for m, b in enumerate(read, 1):
            last, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, last + (a != b))
    return min(row)


WIDTH = str.maketrans({chr(n + 0xFEE0): chr(n) for n in range(0x21, 0x7F)} | {"“": '"', "”": '"', "‘": "'", "’": "'"})


def page_score(lines, page, skew):
    """(characters, errors) over the printed lines: each is looked for in the read lines that lie on it. Width and form of marks do not count."""
    boxes = [(on_width(p["box"], page, skew), p) for p in page["lines"]]
    whole = wrong = 0
    for box, p in boxes:
        want = squeeze(p["text"]).translate(WIDTH)
        near = [l for l in lines if shared(box, l["area"]) > .3 * min(area(box), area(l["area"]))]
        near.sort(key=(lambda l: l["area"][1]) if p["vertical"] else (lambda l: l["area"][0]))
        best = min([edits(want, squeeze("".join(l["text"] for l in near)).translate(WIDTH))]
                   + [edits(want, squeeze(l["text"]).translate(WIDTH)) for l in near]) if near else len(want)
        whole, wrong = whole + len(want), wrong + min(best, len(want))
    return whole, wrong


def score(args):
    """Prints what share of the printed characters each engine read right, pages of vertical text apart."""
    folder = pathlib.Path(args.dir)
    for source in ("pdf", "hocr", "rapidocr"):
        sums = collections.defaultdict(lambda: [0, 0, 0])
        for name, lines in read_source(source, folder):
            page = page_truth(folder, name)
            if source == "pdf" and args.limit and sums["all"][0] >= args.limit:
                break
            whole, wrong = page_score(lines, page, skew_of(folder, name) if source != "pdf" else 0.0)
            share = sum(l["vertical"] for l in page["lines"]) / len(page["lines"])
            for key in ("all", "vertical" if share > .5 else "horizontal"):
                sums[key][0] += 1
                sums[key][1] += whole
                sums[key][2] += wrong
        for key, (pages, whole, wrong) in sums.items():
            print(f"{source:9} {key:10} {pages:4} pages  {1 - wrong / max(1, whole):.4f} of {whole} characters")
