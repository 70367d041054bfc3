#!/usr/bin/env python3
"""Counts series again, independently: from an export of all articles, with a matcher of its own.

usage: trends_check.py BAOKU INDEX URL [REQUESTS] [SEED]

BAOKU is the program, INDEX the index folder that the server at URL serves. The script exports every article once
(`baoku export`), draws random requests (queries of one or two runs of Han characters from the texts, steps, splits,
filters, ends), counts each of them itself, and compares with what `GET /api/v1/trends` answers. Requests that count
reprints once are compared with `baoku export --once true`. Exit code 0 and a closing line "N passed, 0 failed" when all
series are equal.
"""

import datetime
import functools
import json
import random
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

TRANSPARENT = set("“”‘’\"'「」『』《》〈〉()[]{}【】〔〕·•・‧･")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々]")
PLAIN_HAN = re.compile("[\u4e00-\u9fff]+")


def folding():
    """Traditional to simplified characters, from the table of the program."""
    table = {}
    with open("src/tables/variants.tsv", encoding="utf8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                fields = line.rstrip("\n").split("\t")
                table[fields[0]] = fields[1]
    return table


FOLD = folding()


def normal(text):
    """Han characters of a paragraph; everything else that is a unit or a boundary becomes one mark."""
    out = []
    for c in text:
        code = ord(c)
        if 0xFF01 <= code <= 0xFF5E and c != "，":
            c = chr(code - 0xFEE0)
        if c.isspace() or c in TRANSPARENT or code in (0x200B, 0xFEFF, 0xAD):
            continue
        out.append(FOLD.get(c, c) if HAN.match(c) else "|")
    return "".join(out) + "|"


def texts(article):
    """The five texts of an article, each a text that no run crosses."""

    def own(passage):
        text, at, parts = passage["text"], 0, []
        for graft in passage.get("grafts", []):
            parts.append(text[at : graft["start"]])
            at = graft["end"]
        parts.append(text[at:])
        return [part for part in parts if part.strip()]

    body = article["paragraphs"] + article["subheads"]
    names = [byline["name"] for byline in article["bylines"]]
    title = [article.get("group", ""), article["kicker"], article["title"], article["subtitle"]]
    fields = [title, sum(map(own, body), []), sum(map(own, article["captions"]), []), [article["column"]]]
    fields.append([article["byline"]] + names)
    return ["".join(normal(part) for part in field if part) for field in fields]


@functools.cache
def period(day, step):
    year, month = day.year, day.month
    if step == "year":
        return f"{year:04}"
    if step == "quarter":
        return f"{year:04}-Q{(month + 2) // 3}"
    if step == "month":
        return f"{year:04}-{month:02}"
    if step == "week":
        iso = day.isocalendar()
        return f"{iso[0]:04}-W{iso[1]:02}"
    return day.isoformat()


def bucket(article, step, first, last):
    """The period of an article, "undated", "coarse", or None where it lies outside."""
    earliest, latest = article["days"]
    if earliest is None:
        return "undated"
    if first and latest < first or last and earliest > last:
        return None
    one, other = period(earliest, step), period(latest, step)
    return one if one == other else "coarse"


class Check:
    def __init__(self, program, index, url, seed):
        self.program, self.index, self.url = program, index, url
        self.random = random.Random(seed)
        self.articles = self.export([])
        for article in self.articles:
            self.prepare(article)
        runs = (run for a in self.articles for text in a["texts"][:2] for run in PLAIN_HAN.findall(text))
        self.runs = [run for run in runs if len(run) >= 4 and all(FOLD.get(c, c) == c for c in run)]
        self.hits = 0
        self.once_total = None

    def export(self, options):
        done = subprocess.run(
            [self.program, "export", "--index", self.index, *options], capture_output=True, text=True, encoding="utf8"
        )
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr)
        # Not splitlines: texts may hold other separators of lines.
        return [json.loads(line) for line in done.stdout.split("\n") if line]

    @staticmethod
    def prepare(article):
        day = lambda text: text and datetime.date.fromisoformat(text)
        article["days"] = day(article["date"]["earliest"]), day(article["date"]["latest"])
        article["texts"] = texts(article)
        article["all"] = "/".join(article["texts"])

    def word(self):
        run = self.random.choice(self.runs)
        length = self.random.choice([2, 2, 2, 3, 4])
        start = self.random.randrange(len(run) - length + 1)
        return run[start : start + length]

    def matcher(self):
        """A query and what it means."""
        kind, one, other = self.random.randrange(5), self.word(), self.word()
        holds = lambda a, run: run in a["all"]
        if kind == 0:
            return f'"{one}" "{other}"', lambda a: holds(a, one) and holds(a, other)
        if kind == 1:
            return f'"{one}" | "{other}"', lambda a: holds(a, one) or holds(a, other)
        if kind == 2:
            return f'"{one}" -"{other}"', lambda a: holds(a, one) and not holds(a, other)
        return f'"{one}"', lambda a: holds(a, one)

    def request(self):
        pick = self.random.choice
        pairs, tests = [], []
        queries = [self.matcher() for _ in range(pick([1, 1, 2, 3]))]
        pairs += [("q", query) for query, _ in queries]
        step = pick(["year", "quarter", "month", "week", "day"])
        pairs.append(("by", step))
        split = pick([None, None, "province", "prefecture", "topic", "paper", "kind"])
        if split:
            pairs.append(("split", split))
        of = pick(["filtered", "filtered", "archive"])
        pairs.append(("of", of))
        first = last = None
        dated = [a for a in self.articles if a["date"]["earliest"]]
        if self.random.random() < 0.4:
            days = sorted(pick(dated)["date"]["earliest"] for _ in range(2))
            pairs += [("from", days[0]), ("to", days[1])]
            first, last = map(datetime.date.fromisoformat, days)
        if self.random.random() < 0.3:
            topics = [topic["id"] for a in self.articles for topic in a["topics"]]
            if topics:
                topic = pick(topics)
                pairs.append(("topic", topic))
                tests.append(lambda a, topic=topic: any(t["id"] == topic for t in a["topics"]))
        if self.random.random() < 0.2:
            kind = pick(self.articles)["kind"]
            pairs.append(("kind", kind))
            tests.append(lambda a, kind=kind: a["kind"] == kind)
        return pairs, queries, step, split, of, first, last, tests

    def counted(self, articles, step, first, last, split):
        """(value, period) -> [articles, characters]."""
        counts = {}
        for article in articles:
            where = bucket(article, step, first, last)
            for value in article["splits"][split] if split else [None]:
                if where:
                    cell = counts.setdefault((value, where), [0, 0])
                    cell[0] += 1
                    cell[1] += article["characters"]
        return counts

    def ask(self, pairs):
        address = f"{self.url}/api/v1/trends?{urllib.parse.urlencode(pairs)}"
        try:
            with urllib.request.urlopen(address) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            # More rows than an answer takes: the only refusal that a good request meets.
            problem = json.load(error)
            assert problem.get("parameter") == "by" and "rows" in problem["detail"], f"{pairs}: {problem}"
            return None

    def one(self):
        pairs, queries, step, split, of, first, last, tests = self.request()
        filtered = [a for a in self.articles if all(test(a) for test in tests)]
        base = filtered if of == "filtered" else self.articles
        total = self.counted(base, step, first, last, split if of == "filtered" else None)
        answer = self.ask(pairs)
        if answer is None:
            return False
        for query, matches in queries:
            matched = self.counted([a for a in filtered if matches(a)], step, first, last, split)
            self.hits += sum(cell[0] for cell in matched.values())
            self.compare(answer, query, matched, total, split, of, pairs)
        return True

    def by_month(self, articles):
        for article in articles:
            self.prepare(article)
        return self.counted(articles, "month", None, None, None)

    def once(self):
        query, _ = self.matcher()
        pairs = [("q", query), ("by", "month"), ("once", "true")]
        if self.once_total is None:
            self.once_total = self.by_month(self.export(["--once", "true"]))
        matched, total = self.by_month(self.export([query, "--once", "true"])), self.once_total
        self.compare(self.ask(pairs), query, matched, total, None, "filtered", pairs)

    def compare(self, answer, query, matched, total, split, of, pairs):
        all_series = [one for one in answer["series"] if one["query"] == query]
        seen = {(one.get("value"), where) for one in all_series for where in self.places(one)}
        missing = {cell for cell in matched if cell not in seen}
        assert not missing, f"{pairs}: no place for {missing}"
        for one in all_series:
            value = one.get("value")
            for where, row in self.places(one).items():
                want = matched.get((value, where), [0, 0])
                whole = total.get((value if of == "filtered" else None, where), [0, 0])
                if row["matched"] is None:
                    nothing = want[0] == 0 and (of == "archive" or whole[0] == 0)
                    assert nothing, f"{pairs}: {value} {where}: articles where nothing is held"
                    continue
                assert want[0] <= whole[0], f"{pairs}: {value} {where}: more matches than articles"
                found = [row["matched"], row["total"], row["characters"]]
                assert found == [want[0], whole[0], whole[1]], f"{pairs}: {value} {where}: {found} {want} {whole}"
                ratio = want[0] / whole[0] if whole[0] else None
                assert row["ratio"] is None and ratio is None or abs(row["ratio"] - ratio) < 1e-6, f"{pairs}: {where}"

    @staticmethod
    def places(series):
        places = {row["period"]: row for row in series["points"]}
        places["undated"], places["coarse"] = series["undated"], series["coarse"]
        return places


def main():
    program, index, url = sys.argv[1:4]
    requests = int(sys.argv[4]) if len(sys.argv) > 4 else 200
    check = Check(program, index, url, int(sys.argv[5]) if len(sys.argv) > 5 else 6)
    # Each asks the program for all families anew: seconds in a large archive.
    once = min(requests // 20 + 1, 10) if len(check.articles) < 10_000 else 2
    done = 0
    while done < requests:
        done += check.one()
        if done % 50 == 0:
            print(f"{done} requests", file=sys.stderr)
    for _ in range(once):
        check.once()
    assert check.hits > requests, "a fair share of the requests finds something"
    print(f"{len(check.articles)} articles, {check.hits} matches")
    print(f"{requests + once} passed, 0 failed")


main()
