"""`press.py check`: verifies what was set, page by page."""
import collections
import json
import pathlib
import subprocess
import sys

from articles import squeeze


def check(args):
    folder = pathlib.Path(args.dir)
    bad = pages = lines = 0
    for file in sorted((folder / "lines").glob("*.json")):
        page = json.loads(file.read_text("utf8"))
        faults = wrong_text(page) + outside(page) + overlaps(page) + missing_in_pdf(page, folder / "pdf" / f"{file.stem}.pdf")
        for fault in faults:
            print(f"{file.stem}: {fault}")
        pages, lines, bad = pages + 1, lines + len(page["lines"]), bad + bool(faults)
    print(f"{pages} pages, {lines} lines, {bad} pages with faults")
    sys.exit(1 if bad or not pages else 0)


def wrong_text(page):
    """Each part's characters stand in its lines, once and in order."""
    printed = collections.defaultdict(str)
    for line in page["lines"]:
        if line["article"]:
            printed[line["article"], line["part"], line["kind"]] += squeeze(line["text"])
    wanted = {(a["article"], n, kind): squeeze(text) for a in page["articles"] for n, (kind, text) in enumerate(a["parts"])}
    return [f"text of {key}" for key in wanted.keys() | printed.keys() if wanted.get(key, "") != printed.get(key, "")]


def outside(page):
    return [f"outside: {l['text'][:12]} {l['box']}" for l in page["lines"]
            if not (0 <= l["box"][0] < l["box"][2] <= 1 and 0 <= l["box"][1] < l["box"][3] <= 1)]


def overlaps(page, most=.3):
    """Pairs of lines that share more than a part of the smaller one."""
    found, lines = [], sorted(page["lines"], key=lambda l: l["box"][0])
    for n, one in enumerate(lines):
        for two in lines[n + 1:]:
            if two["box"][0] >= one["box"][2]:
                break
            if shared(one["box"], two["box"]) > most * min(area(one["box"]), area(two["box"])):
                found.append(f"overlap: {one['text'][:12]} / {two['text'][:12]}")
    return found


def area(box):
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def shared(a, b):
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def missing_in_pdf(page, pdf, least=.99):
    """The PDF has one page, and its text layer the characters of all lines."""
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout
    faults = [] if "Pages:           1\n" in info else ["not one page"]
    text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True).stdout
    want = collections.Counter("".join(squeeze(l["text"]) for l in page["lines"]))
    lost = want - collections.Counter(squeeze(text))
    if sum(lost.values()) > (1 - least) * sum(want.values()):
        faults.append(f"PDF lacks {sum(lost.values())} of {sum(want.values())} characters")
    return faults
