"""A page: which articles stand where, and the furniture about them.

Everything is laid out on an abstract page: u runs along the lines of text, v from line to line. On a horizontal
page that is x and y; on a vertical page u runs down and v from right to left, so columns become tiers.
"""
import random

from articles import size
from breaking import break_lines, width
from cells import Stack, build
from heads import Line, Sheet

MM = 96 / 25.4
HEADER = -1          # stands for the masthead among the numbers of articles
DAYS = "一二三四五六日"
SECTIONS = ["要闻", "工会新闻", "综合新闻", "职工生活", "经济生活", "专版", "副刊", "地方新闻", "评论", "本市新闻", "理论", "国际"]
ADVERTS = [
    ["安全生产　人人有责"], ["热烈庆祝五一国际劳动节"], ["职工服务热线", "有事请拨打　拖欠工资　劳动争议　困难帮扶"],
    ["图书角征集旧书", "欢迎各班组踊跃捐赠", "联系电话　八二三一七〇六"], ["订阅通知", "明年度报刊收订工作现已开始　请到就近邮局办理"],
    ["节约用水　从点滴做起"], ["遗失声明", "工作证一本　编号〇三五七一　声明作废"], ["秋季职工夜校招生", "电工　焊工　会计　制图　晚七时上课"],
    ["学技术　比贡献", "岗位练兵　当好主人翁"], ["讲文明　树新风", "公益广告"], ["文化宫影讯", "今晚七时半　宽银幕故事片　凭票入场"],
]


class Furniture:
    """A cell of furniture: masthead, list of contents, advert."""

    def __init__(self, page, wide, rows, look="", align="center", least=0.0, compact=False):
        """`rows`: [(text, size in px, font, weight)]."""
        self.page, self.width, self.look, self.align, self.pitch = page, wide, look, align, page.pitch
        self.pad = page.body * (.8 if look else .2)
        self.rows = []
        for text, letter, font, weight in rows:
            room = (wide - 2 * self.pad) / letter
            upright = page.style.vertical and page.style.upright
            for row, _ in break_lines(text, room, font, 0, upright):
                self.rows.append((row, letter, font, weight))
        self.wish, self.compact = least, compact

    def least(self):
        return max(self.wish, sum(r[1] * 1.35 for r in self.rows) + 2 * self.pad)

    def draw(self, sheet, u, v, high):
        """Rows about the middle of the height; a masthead takes no more than it needs."""
        if self.compact:
            high = min(high, max(self.least(), sum(r[1] * 1.35 for r in self.rows) * 1.5))
        if self.look:
            sheet.rects.append((u, v, self.width, high, self.look))
        at = v + (high - sum(r[1] * 1.35 for r in self.rows)) / 2
        for text, letter, font, weight in self.rows:
            sheet.lines.append(self.page.furniture_line(text, u + self.pad, at, self.width - 2 * self.pad, letter * 1.35, letter,
                                                        font, weight, self.align, self.look == "black"))
            at += letter * 1.35
        return high


class Page:
    """One page being made. `finish()` lays it out; `sheet`, `wide`, `tall` then hold it in px."""

    def __init__(self, style, articles, seed, furniture, titles, pictures):
        self.style, self.articles, self.seed = style, articles, seed
        self.furniture, self.titles, self.pictures = furniture, titles, pictures
        self.rng = self.dice("page")
        self.room = (style.paper[0] - 2 * style.margin) * MM
        self.body = self.room / (style.columns * style.chars + (style.columns - 1) * style.gap)
        self.gap = self.body * style.gap
        self.column = self.body * style.chars
        self.pitch = self.body * style.pitch
        self.sheet = Sheet()
        self.pieces = 0
        self.cache = {}
        self.inset, self.adverts = {}, []
        lengths = [self.length(n) for n in range(len(articles))]
        titled = [n for n in range(len(articles)) if any(k == "title" for k, _ in articles[n]["parts"])]
        self.lead = max(titled or range(len(articles)), key=lambda n: lengths[n] * self.rng.uniform(.6, 1))

    def dice(self, *what):
        """Chance that depends on the page and on what it is for, not on the order of calls."""
        return random.Random(f"{self.seed} {what}")

    def length(self, n):
        return size(self.articles[n])

    def rank(self, n):
        """0 the main story, 1 a normal one, 2 a brief."""
        if n == self.lead:
            return 0
        return 2 if self.length(n) < 170 or self.articles[n]["genre"] == "brief" else 1

    def image(self):
        return self.rng.randrange(self.pictures)

    def cell(self, n, span):
        if (n, span) not in self.cache:
            self.cache[n, span] = build(self, n, span, self.inset.get(n))
        return self.cache[n, span]

    def one(self, n, span):
        return self.header()[0] if n == HEADER else self.cell(n, span)

    def last_header(self):
        """Whether masthead or list of contents stands at the right."""
        return not self.style.vertical and self.dice("side").random() < .25

    def furniture_line(self, text, u, v, length, thick, letter, font, weight=400, align="left", white=False, real=False):
        self.pieces += 1
        return Line(text, "furniture", -1, self.pieces - 1, True, u, v, length, thick, letter, font, weight, align, False, white, 0.0, real)

    # composing

    def choose_insets(self):
        """Short articles that will stand inside a long one."""
        rng, style = self.dice("inset"), self.style
        if rng.random() >= style.inset or len(self.articles) < 4:
            return
        hosts = sorted(range(len(self.articles)), key=self.length, reverse=True)[:2]
        guests = [n for n in range(len(self.articles)) if n not in hosts and n != self.lead and self.length(n) < 420]
        rng.shuffle(guests)
        for host in hosts[:2 if style.inset == 1 else 1]:
            if guests and self.length(host) > 350:
                self.inset[host] = guests.pop()

    def splits(self, columns):
        """Ways to share columns among one to three cells."""
        if self.style.splits and columns == self.style.columns:
            return self.style.splits
        ways = [(columns,)] + [(a, columns - a) for a in range(1, columns)]
        ways += [(a, b, columns - a - b) for a in range(1, columns - 1) for b in range(1, columns - a)
                 if max(a, b, columns - a - b) <= max(2, columns // 2)]
        return ways

    def compose(self):
        """The best of many ways to share the page: rows of (numbers of articles one below the other, span)."""
        inside = set(self.inset.values())
        stories = [n for n in range(len(self.articles)) if n not in inside and n != self.lead]
        best = None
        for trial in range(60):
            rng = self.dice("trial", trial)
            order = [self.lead] + sorted(stories, key=lambda n: rng.random())
            rows, cost = self.try_rows(order, rng)
            if best is None or cost < best[1]:
                best = (rows, cost)
        return best[0]

    def try_rows(self, order, rng):
        rows, cost, at = [], 0.0, 0
        while at < len(order):
            header = self.header() if not rows else None
            columns = self.style.columns - (header[1] if header else 0)
            split = rng.choice([s for s in self.splits(columns) if len(s) <= len(order) - at] or [(columns,)])
            cells = [([order[at + k]], span) for k, span in enumerate(split)]
            at += len(split)
            if header:
                cells.insert(len(cells) if self.last_header() else 0, ([HEADER], header[1]))
            heights = [self.one(ns[0], span).least() for ns, span in cells]
            most = max(heights)
            for k, (ns, span) in enumerate(cells):          # short cells take a second and third story
                while at < len(order) and len(ns) < 4:
                    more = self.cell(order[at], span).least() + self.body * 1.6
                    if heights[k] + more > most * 1.06 + self.pitch:
                        break
                    ns.append(order[at])
                    heights[k] += more
                    at += 1
            most = max(heights)
            for (ns, span), high in zip(cells, heights):
                blank = max(0.0, most - high - self.pitch * 1.5)
                cost += blank * span * (1.0 if blank < 8 * self.pitch else .8)
                cost += self.shape_cost(ns, span)
            rows.append(cells)
        return rows, cost

    def shape_cost(self, numbers, span):
        """Briefs over many columns and long stories in one are not done."""
        cost = 0.0
        for n in numbers:
            if n == HEADER:
                continue
            length, wide = self.length(n), span * self.style.chars
            if length < 200 and wide > 40:
                cost += (wide - 40) * self.pitch * 1.5
            if length > 500 and wide < 22:
                cost += (length - 500) / 10 * self.pitch
        return cost

    def header(self):
        """(masthead or list of contents, its span) of the first row, or None."""
        if "header" not in self.cache:
            rng = self.dice("header")
            self.cache["header"] = None
            if rng.random() < self.style.masthead:
                self.cache["header"] = self.masthead(rng)
            elif rng.random() < self.style.digest and self.style.columns > 3:
                self.cache["header"] = (self.digest(rng, 1), 1)
        return self.cache["header"]

    def masthead(self, rng):
        span = max(1, min(self.style.columns - 1, round(self.style.columns * rng.choice([.35, .45, .6]))))
        wide = span * self.column + (span - 1) * self.gap
        name = self.name(rng)
        top = [t for t in self.top_lines() if len(t) > 8]
        letter = min(wide * .86 / len(name) / 1.1, self.body * 6.5)
        rows = [(name, letter, rng.choice(["kai", "song", self.style.head]), 900)]
        rows += [(rng.choice(top), self.body * .95, self.style.body, 400)]
        if rng.random() < .6:
            rows += [(t, self.body * .85, self.style.body, 400) for t in rng.sample(self.end_lines(), 1)]
        return Furniture(self, wide, rows, rng.choice(["", "", "box"]), compact=True), span

    def digest(self, rng, span):
        wide = span * self.column + (span - 1) * self.gap
        rows = [(rng.choice(["导读", "今日导读", "本报今日要目", "今日看点"]), self.body * 1.6, self.style.head, 700)]
        for title in rng.sample(self.titles, min(4, len(self.titles))):
            rows.append((title + rng.choice(["　见第{}版", "（{}版）", "／{}版"]).format(rng.randint(2, 8)), self.body, self.style.body, 400))
        return Furniture(self, wide, rows, rng.choice(["box", "grey"]), "left", compact=True)

    def name(self, rng):
        names = [a.get("paper") for a in self.articles if a.get("paper")]
        return rng.choice(names) if names else rng.choice(["工人生活报", "职工日报", "建设报", "劳动新闻"])

    def top_lines(self):
        if not hasattr(self, "tops"):
            year = self.articles[self.lead].get("year", 2000)
            spelled = "".join("〇一二三四五六七八九"[int(c)] for c in str(year)[:3])
            fit = [t for place, t in self.furniture if place != "end" and (str(year)[:3] in t or spelled in t or "年" not in t)]
            self.tops = fit + made_folios(self.dice("folio"), self.name(self.dice("name")), year)
        return self.tops

    def end_lines(self):
        ends = [t for place, t in self.furniture if place == "end"]
        return ends or ["本版编辑　方　岩　　校对　陆小平　　电话　八四四七二一", "责任编辑：周　瑾　版式：何　冰　电子邮箱：bianji@example.cn"]

    # drawing

    def finish(self):
        """Lays everything out; returns False if the page is higher than its paper."""
        style = self.style
        self.choose_insets()
        rows = self.compose()
        space = self.body * (2.0 if style.bands == "gap" else 2.4)
        v = 0.0
        for n, cells in enumerate(rows):
            if n:
                self.band_rule(v, space)
                v += space
            v += self.draw_row(cells, v)
        v = self.foot_advert(v, space)
        return self.close(v)

    def draw_row(self, cells, v):
        """One row of cells, all of one height; blanks below a cell are filled."""
        built = []
        for numbers, span in cells:
            own = [self.one(n, span) for n in numbers]
            built.append((own[0] if len(own) == 1 else Stack(own, self.body * 1.8, "black" if self.style.bands != "gap" else ""), span))
        high = max(cell.least() for cell, _ in built)
        at = 0
        for k, (cell, span) in enumerate(built):
            u = at * (self.column + self.gap)
            used = cell.draw(self.sheet, u, v, high)
            if high - used > 4 * self.pitch:
                self.fill(u, v + used + self.body * 1.2, cell.width, high - used - self.body * 1.2)
            at += span
            if k + 1 < len(built) and self.style.rules != "none" and not getattr(cell, "look", "") and not getattr(built[k + 1][0], "look", ""):
                self.sheet.rects.append((u + cell.width + self.gap / 2, v, .8, high, "black"))
        return high

    def band_rule(self, v, space):
        """What stands between rows."""
        look = {"line": (1.0, "black"), "double": (3.6, "twin"), "dotted": (1.6, "dotted")}.get(self.style.bands)
        if look:
            self.sheet.rects.append((0, v + space / 2 - look[0] / 2, self.room, look[0], look[1]))

    def fill(self, u, v, du, dv):
        """An advert or a picture in a blank."""
        rng = self.dice("fill", round(u), round(v))
        if dv > du * .45 and dv < du * 1.6 and rng.random() < .5:
            self.sheet.pictures.append((u, v, du, dv, self.image()))
            return
        advert = self.advert(rng, du)
        if advert.least() <= dv:
            advert.draw(self.sheet, u, v, dv)

    def advert(self, rng, wide, least=0.0):
        rows = []
        fresh = [ad for ad in ADVERTS if ad not in self.adverts] or ADVERTS
        self.adverts.append(rng.choice(fresh))
        for n, text in enumerate(self.adverts[-1]):
            letter = min(self.body * (2.4 if n == 0 else 1.1), wide * .85 / len(text)) if n == 0 else self.body * 1.05
            rows.append((text, letter, rng.choice([self.style.head, "hei", "kai"]), 700 if n == 0 else 400))
        while sum(r[1] * 1.35 for r in rows) > self.body * 8 and len(rows) > 1:
            rows.pop()
        return Furniture(self, wide, rows, rng.choice(["box", "box double", "grey", "box round"]), "center", least)

    def foot_advert(self, v, space):
        """Adverts at the foot: by chance, or to bring a short page to its least height."""
        rng = self.dice("advert")
        need = self.style.least * MM - v - 2 * self.style.margin * MM - self.body * 5
        if need < self.body * 6 and rng.random() >= self.style.advert:
            return v
        high = max(need - space, self.body * rng.uniform(7, 12))
        parts = rng.choice([2, 3]) if self.style.columns > 2 else rng.choice([1, 2])
        wide = (self.room - (parts - 1) * self.gap) / parts
        v += space
        for k in range(parts):
            u = k * (wide + self.gap)
            if high > self.body * 14 and rng.random() < .5:
                self.sheet.pictures.append((u, v, wide, high, self.image()))
            else:
                ad = self.advert(rng, wide, high)
                ad.draw(self.sheet, u, v, max(high, ad.least()))
                high = max(high, ad.least())
        return v + high

    def close(self, v):
        """Real size of the page, its folio and editors' lines; whether it fits its paper."""
        style, rng = self.style, self.dice("close")
        margin, letter = style.margin * MM, self.body * .95
        top_room = letter * 2.6 if style.folio == "top" else 0
        foot_lines = []
        if rng.random() < style.editors:
            foot_lines.append(rng.choice(self.end_lines()))
        if style.folio == "foot":
            foot_lines.append(rng.choice(self.top_lines()))
        foot_room = len(foot_lines) * letter * 1.5 + (letter * .8 if foot_lines else 0)
        if style.vertical:
            self.wide, self.tall = v + 2 * margin, self.room + 2 * margin + top_room + foot_room
        else:
            self.wide, self.tall = self.room + 2 * margin, v + 2 * margin + top_room + foot_room
        self.origin = (margin, margin + top_room)
        if top_room:
            self.folio(rng, margin, letter)
        at = self.tall - margin - foot_room + letter * .8
        for text in foot_lines:
            self.small_line(text, margin, at, letter)
            at += letter * 1.5
        return v <= style.paper[1] * MM - 2 * margin - (0 if style.vertical else top_room + foot_room)

    def folio(self, rng, margin, letter):
        """The line at the top: one or two pieces with a rule below."""
        wide = self.wide - 2 * margin
        texts = [rng.choice(self.top_lines())]
        if rng.random() < .5:
            texts.append(f"第{rng.randint(1, 8)}版　{rng.choice(SECTIONS)}" if rng.random() < .7 else rng.choice(SECTIONS))
        if sum(width(t, self.style.body) for t in texts) * letter > wide * .95:
            texts = texts[:1]
        for k, text in enumerate(texts):
            align = ["left", "right"][k] if len(texts) > 1 else rng.choice(["left", "center"])
            self.small_line(text, margin, margin * .9, letter, align)
        self.sheet.rects.append(("real", margin, margin * .9 + letter * 1.6, wide, rng.choice([.8, 1.6])))

    def small_line(self, text, x, y, letter, align="left"):
        wide = self.wide - 2 * x
        letter = min(letter, wide / max(1, width(text, self.style.body)) * .98)
        self.sheet.lines.append(self.furniture_line(text, x, y, wide, letter * 1.4, letter, self.style.body, 400, align, False, True))


def made_folios(rng, name, year):
    """Folio lines of our own, for pages whose years have none."""
    month, day, week = rng.randint(1, 12), rng.randint(1, 28), rng.choice(DAYS)
    return [f"{name}　{year}年{month}月{day}日　星期{week}", f"{year}年{month}月{day}日　星期{week}　第{rng.randint(1, 8)}版",
            f"{rng.randint(1, 8)}　{rng.choice(SECTIONS)}　{name}　{year}.{month}.{day}"]
