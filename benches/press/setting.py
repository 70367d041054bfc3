"""`press.py set`: chooses articles for each page, lays them out, prints them, writes the truth."""
import json
import pathlib
import random
import sys
import time

import draw
from articles import read_articles, read_furniture, read_gold, size
from chrome import Chrome
from pages import Page
from styles import BY_NAME, STYLES

PICTURES = 24


def set_pages(args):
    styles = [BY_NAME[n] for n in args.style] if args.style else STYLES
    out = pathlib.Path(args.out)
    for folder in ("html", "pdf", "truth", "lines"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    articles = read_articles(args.articles or [])
    gold = [page for folder in args.pages or [] for page in read_gold(folder)]
    if not articles and not gold:
        sys.exit("no articles")
    furniture = read_furniture(args.articles or [])
    titles = [t for a in articles + [a for p in gold for a in p] for k, t in a["parts"] if k == "title"]
    rng = random.Random(args.seed)
    decks = Decks(articles, gold, rng)
    pictures = [draw.picture(n) for n in range(PICTURES)]
    start, made = time.time(), []
    with Chrome(args.chromium) as chrome:
        for n in range(args.count):
            style = styles[n % len(styles)]
            page = compose_page(style, decks, f"{args.seed}-{n}", furniture, titles, rng)
            name = f"{args.prefix}{n:04d}-{style.name}"
            write_page(page, name, out, chrome, pictures)
            made.append(name)
            print(f"{name}: {len(page.articles)} articles, {page.wide / 96 * 25.4:.0f} × {page.tall / 96 * 25.4:.0f} mm", file=sys.stderr)
    spent = time.time() - start
    print(f"{len(made)} pages, {spent:.1f} s, {60 * len(made) / spent:.0f} pages a minute")


class Decks:
    """Articles dealt so that all are printed about equally often; gold pages in turn."""

    def __init__(self, articles, gold, rng):
        self.articles, self.gold, self.rng = articles, gold, rng
        self.deck, self.stack = [], []
        self.every = articles + [a for page in gold for a in page]

    def deal(self, style):
        if self.gold and (not self.articles or self.rng.random() < len(self.gold) * 6 / (len(self.gold) * 6 + len(self.articles))):
            return self.deal_gold()
        count = self.rng.randint(*style.articles)
        chosen = []
        if len(self.deck) < 60:
            fresh = self.articles[:]
            self.rng.shuffle(fresh)
            self.deck += fresh
        while len(chosen) < count and self.deck:
            ahead = self.deck[:60]
            best = min(range(len(ahead)), key=lambda k: self.dislike(ahead[k], style, chosen, k))
            chosen.append(self.deck.pop(best))
        return chosen

    def short(self, others, most=330):
        """A short article that is not yet on the page."""
        fit = [a for a in self.every if 60 < size(a) < most and all(a["id"] != o["id"] for o in others)]
        return [self.rng.choice(fit)] if fit else []

    def dislike(self, article, style, chosen, place):
        wrong_year = not style.years[0] <= article["year"] <= style.years[1]
        long = size(article) > 260 if style.brief_first and len(chosen) > 1 else size(article) < 220 and len(chosen) < 2
        same = any(a["id"] == article["id"] for a in chosen)
        return place + 40 * wrong_year + 45 * long + 1000 * same

    def deal_gold(self):
        if not self.stack:
            self.stack = self.gold[:]
            self.rng.shuffle(self.stack)
        page = [a for a in self.stack.pop() if size(a) < 3600]
        if len(page) > 9:
            page = page[:9]
        return page if len(page) > 1 else self.deal_gold()


def compose_page(style, decks, seed, furniture, titles, rng):
    """A page that fits its paper: articles too long for it are left out."""
    articles = decks.deal(style)
    room = (style.paper[0] - 2 * style.margin) * (style.paper[1] - 2 * style.margin)
    letter = (style.paper[0] - 2 * style.margin) / (style.columns * style.chars + (style.columns - 1) * style.gap)
    most = room / (letter * letter * style.pitch) * .8
    while sum(map(size, articles)) > most and len(articles) > 3:
        articles.remove(max(articles, key=size))
    while sum(map(size, articles)) > most and len(articles) == 3:
        articles = fewer(articles, decks)
    while len(articles) < 3:
        articles = articles + decks.short(articles, max(330, (most - sum(map(size, articles))) / 2))
    for attempt in range(16):
        page = Page(style, articles, f"{seed}-{attempt}", furniture, titles, PICTURES)
        if page.finish() or len(articles) <= 1:
            return page
        if attempt % 2:
            articles = fewer(articles, decks)
    return page


def fewer(articles, decks):
    """Less to print: one story left out, or, of three, the longest changed for a short one."""
    longest = max(articles, key=size)
    rest = [a for a in articles if a is not longest]
    if len(articles) > 3:
        return articles[:-1] if articles[-1] is not longest else rest
    return rest + decks.short(rest)


def write_page(page, name, out, chrome, pictures):
    lines = draw.in_order(page)
    text = draw.page_html(page, lines, pictures)
    (out / "html" / f"{name}.html").write_text(text, "utf8")
    chrome.show(text, page.wide, page.tall)
    boxes = chrome.run(draw.MEASURE)
    (out / "pdf" / f"{name}.pdf").write_bytes(chrome.pdf(page.wide, page.tall))
    truth = []
    for article in page.articles:
        title = "".join(t for k, t in article["parts"] if k == "title")
        truth.append({"title": title, "body": "\n".join(t for k, t in article["parts"] if k in ("body", "caption"))})
    dump(out / "truth" / f"{name}.json", truth)
    dump(out / "lines" / f"{name}.json", {
        "page": name, "style": page.style.name, "width": round(page.wide * .75, 2), "height": round(page.tall * .75, 2), "unit": "pt",
        "articles": [{"article": n + 1, "id": a["id"], "genre": a["genre"], "year": a["year"], "parts": a["parts"]} for n, a in enumerate(page.articles)],
        "lines": draw.line_truth(page, lines, boxes)})


def dump(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False), "utf8")
