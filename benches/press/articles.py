"""Reading what is to be printed: articles as parts, and furniture.

An article is {"id", "year", "genre", "parts": [[kind, text], ...]} (one JSON object a line);
a folder of pages with known articles (`pages/*.txt`, `gold/*.json`) is turned into the same form.
"""
import json
import pathlib

KINDS = "column kicker title subtitle byline body subhead caption credit mark".split()
HEAD = {"column", "kicker", "title", "subtitle", "byline"}


def squeeze(text):
    """Text without any white space: what is compared."""
    return "".join(text.split())


def size(article):
    """Characters of an article, all parts together."""
    return sum(len(text) for _, text in article["parts"])


def clean(article):
    """Whether an article can be printed: known kinds, some text, a body or a caption."""
    parts = article.get("parts") or []
    return bool(parts) and all(k in KINDS and t.strip() and "\n" not in t for k, t in parts) \
        and any(k in ("body", "caption") for k, _ in parts)


def read_jsonl(path):
    """The printable articles of one file; a line that is still being written is left out."""
    found = []
    for line in path.read_text("utf8", errors="ignore").splitlines():
        try:
            article = json.loads(line)
        except ValueError:
            continue
        if isinstance(article, dict) and clean(article):
            article.setdefault("id", f"{path.stem}-{len(found) + 1}")
            article.setdefault("genre", "news")
            article.setdefault("year", 2000)
            found.append(article)
    return found


def read_articles(places):
    """Articles of files and folders, in the order of their names."""
    files = []
    for place in map(pathlib.Path, places):
        files += sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    return [article for file in files for article in read_jsonl(file)]


def read_furniture(places):
    """[(place, text)] of the *.furniture.txt files beside the articles, a line each: `top`, `end` or another word, a tab, the text."""
    found = []
    for place in map(pathlib.Path, places):
        folder = place if place.is_dir() else place.parent
        for file in sorted(folder.glob("*.furniture.txt")):
            for line in file.read_text("utf8").splitlines():
                place, tab, text = line.strip().partition("\t")
                if line.strip():
                    found.append((place, text.strip()) if tab and text.strip() else ("end", line.strip()))
    return list(dict.fromkeys(found))


def read_gold(folder):
    """Pages of a gold folder: a list of lists of articles."""
    folder = pathlib.Path(folder)
    pages = []
    for file in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(file.read_text("utf8"))
        text = (folder / "pages" / (file.stem + ".txt")).read_text("utf8")
        lines = [""] + [l.strip() for l in text.splitlines() if l.strip()]
        year = int((gold.get("printed_on") or "2000")[:4])
        page = [gold_article(a, lines, f"{file.stem}-{a['n']}", year) for a in gold["articles"]]
        pages.append([a for a in page if clean(a)])
    return pages


def gold_article(gold, lines, name, year):
    """One article of a gold file as parts in the order of print."""
    runs = []
    for kind, field in (("kicker", "kicker"), ("title", "headline"), ("subtitle", "subtitle"),
                        ("byline", "byline"), ("subhead", "subheads"), ("credit", "marker")):
        runs += [(n, kind, [n]) for n in gold[field]]
    runs += [(p[0], "body", p) for p in gold["paras"] if p]
    runs += [(c[0] if isinstance(c, list) else c, "caption", c if isinstance(c, list) else [c])
             for c in gold["captions"] if c]
    parts = [[kind, "".join(lines[n] for n in run)] for _, kind, run in sorted(runs)]
    return {"id": name, "paper": "", "year": year, "genre": gold.get("kind", "news"), "parts": parts}
