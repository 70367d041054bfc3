"""Headline stacks and pictures with captions: blocks that body text flows around.

A block knows its size (u along the lines of the page's text, v across) and draws itself into a Sheet.
`cross` blocks have lines at right angles to the text of the page.
"""
import dataclasses

from breaking import break_lines, width


NO_UPRIGHT = ("zenhei", "microhei")      # fonts without metrics for upright vertical lines


@dataclasses.dataclass
class Line:
    """A printed line: where it stands on the abstract page and what it is."""
    text: str
    kind: str
    article: int
    part: int
    start: bool
    u: float
    v: float
    length: float          # room along the line
    thick: float           # room across the line
    size: float
    font: str
    weight: int = 400
    align: str = "left"    # left, center, right, justify
    cross: bool = False
    white: bool = False
    spacing: float = 0.0   # wished letter spacing in ems
    real: bool = False     # u, v are x, y of the real page (folio lines)


@dataclasses.dataclass
class Sheet:
    """What is drawn on a page: lines of text, rectangles, pictures (all in abstract places)."""
    lines: list = dataclasses.field(default_factory=list)
    rects: list = dataclasses.field(default_factory=list)     # (u, v, du, dv, css class)
    pictures: list = dataclasses.field(default_factory=list)  # (u, v, du, dv, number)


class Head:
    """Column label, kicker, title, subtitle and byline of one article."""

    def __init__(self, style, rng, parts, number, room, body, rank, cross=False, deep=0.0):
        """`parts`: [(index, kind, text)]; `room`: length of its lines; `body`: size of body letters; rank 0 lead, 1 normal, 2 brief."""
        self.style, self.number, self.cross, self.body = style, number, cross, body
        self.reverse = not cross and any(k == "title" for _, k, _ in parts) and rng.random() < style.reverse and rank < 2
        self.align = "center" if cross and rng.random() < .3 else ("left" if cross else style.align)
        self.pad = body * .5 if self.reverse else 0.0
        self.rows, self.across = [], self.pad
        room -= 2 * self.pad
        upright = style.upright if style.vertical != cross else False
        span = {0: style.lead, 1: style.normal, 2: style.brief}[rank]
        wish = body * rng.uniform(*span)
        titles = [t for _, k, t in parts if k == "title"]
        size = self.title_size(titles, wish, body * max(1.0, span[0] * .8), room, style, upright)
        for index, kind, text in parts:
            self.add(rng, index, kind, text, size, room, upright, rank)
        self.length = deep or room + 2 * self.pad
        used = max([r[5] for r in self.rows], default=0) + 2 * self.pad
        self.extent = min(room + 2 * self.pad, used) if cross else room + 2 * self.pad
        self.across += self.pad

    @staticmethod
    def title_size(titles, wish, least, room, style, upright):
        """One size for all lines of a title: in one line if that is not too small, else as wished."""
        if not titles:
            return wish
        longest = max(width(t, style.head, upright) for t in titles)
        if wish * longest <= room:
            return wish
        return room / longest * .99 if room / longest >= least else min(wish, room / min(longest, 5))

    def add(self, rng, index, kind, text, size, room, upright, rank):
        """Sets one part as one or more rows: (index, text, kind, size, font, used length, thick, gap before, start, spacing, weight)."""
        style, body = self.style, self.body
        heads = "hei" if self.cross and style.head in NO_UPRIGHT else style.head
        font, weight, letter, lead, gap = heads, style.head_weight, size, 1.22, .12
        if kind in ("kicker", "subtitle"):
            font, weight = style.kicker, 400
            letter = min(max(body * 1.12, size * (.5 if rank == 0 else .6)), body * 2.0, size) if rank < 2 else body
            lead, gap = 1.28, .25
        elif kind == "byline":
            font, weight, letter, lead, gap = style.kicker, 400, body, 1.35, .35
        elif kind == "column":
            font, weight, letter, lead, gap = heads, 700, body * 1.15, 1.4, .2
        measure = room / letter
        if self.cross and font in NO_UPRIGHT:
            font = "hei"
        spacing = 0.0
        natural = width(text, font, upright)
        if kind == "title" and natural <= 7 and natural * 1.4 <= measure and rng.random() < style.spread:
            spacing = min(.9, (measure - natural) / max(1, len(text)) * .6)
        if kind == "column" and natural <= 5 and rng.random() < .4:
            spacing = .25
        if kind in ("title", "kicker", "subtitle", "byline") and natural > measure:
            rows = balanced(text, measure, font, upright)
        else:
            rows = [t for t, _ in break_lines(text, measure, font, 0, upright)]
        for n, row in enumerate(rows):
            used = (width(row, font, upright) + spacing * len(row)) * letter
            thick = letter * lead
            before = letter * (gap if n == 0 and self.rows else 0)
            self.rows.append((index, row, kind, letter, font, used, thick, before, n == 0, spacing, weight))
            self.across += thick + before

    def draw(self, sheet, u, v, du, dv):
        """Draws the stack into a room of du × dv; what is left across is shared above and below."""
        spare = max(0.0, (dv if not self.cross else du) - self.across)
        if self.reverse:
            sheet.rects.append((u, v, du, dv, "black"))
        if not self.cross:
            at = v + self.pad + spare * .45
            for row in self.rows:
                at = self.row(sheet, row, u + self.pad, at, du - 2 * self.pad)
        elif self.style.vertical:            # horizontal rows in a vertical page: from the top (u) down
            at = u + spare * .45
            for row in self.rows:
                at = self.row(sheet, row, v, at, dv)
        else:                                # vertical rows in a horizontal page: from right to left
            at = u + du - spare * .45
            for row in self.rows:
                at = self.row(sheet, row, v, at, dv)

    def row(self, sheet, row, along, at, room):
        """One row; `at` runs across the rows, returns the place of the next."""
        index, text, kind, letter, font, used, thick, before, start, spacing, weight = row
        align = "left" if kind == "column" and self.style.label == "bar" and not self.cross else self.align
        white = self.reverse
        line = Line(text, kind, self.number, index, start, 0, 0, room, thick, letter, font, weight, align, self.cross, white, spacing)
        if self.cross and not self.style.vertical:
            at -= before + thick
            line.u, line.v = at, along
        elif self.cross:
            at += before
            line.u, line.v = at, along
        else:
            at += before
            line.u, line.v = along, at
        if kind == "column" and not self.reverse and not self.cross:
            self.label(sheet, line, used)
        sheet.lines.append(line)
        return at if (self.cross and not self.style.vertical) else at + thick

    def label(self, sheet, line, used):
        """What makes a column label look like one: a bar, white on black, lines about it."""
        look, slack = self.style.label, line.size * .45
        begin = line.u if line.align == "left" else line.u + max(0, (line.length - used) / 2)
        used = min(used + 2 * slack, line.length)
        if look == "reverse":
            line.white = True
            sheet.rects.append((max(line.u, begin - (0 if line.align == "left" else slack)), line.v, used, line.thick, "black"))
            if line.align == "left":
                line.u, line.length = line.u + slack, line.length - slack
        elif look == "bar" and line.length > used + 2 * slack:
            sheet.rects.append((line.u, line.v + line.thick * .15, line.size * .28, line.thick * .7, "black"))
            line.u, line.length = line.u + line.size * .55, line.length - line.size * .55
        elif look == "lines":
            sheet.rects.append((line.u, line.v + line.thick * .97, line.length, 1.2, "black"))


def balanced(text, measure, font, upright):
    """A long headline in rows of like length."""
    whole = width(text, font, upright)
    rows = int(-(-whole // measure))
    for n in (rows, rows + 1):
        aim = whole / n + .6
        while aim <= measure:
            found = [t for t, _ in break_lines(text, aim, font, 0, upright, squeeze=False)]
            if len(found) <= n:
                return found
            aim += .5
    return [t for t, _ in break_lines(text, measure, font, 0, upright, squeeze=False)]


class Picture:
    """A picture with its captions and their credits, below it or beside it."""

    def __init__(self, style, rng, texts, number, room, body, image, beside=False):
        """`texts`: [(index, kind, text)], may be empty; `room`: its length along the lines of text."""
        self.style, self.number, self.image, self.room = style, number, image, room
        self.letter, self.beside = body * .93, beside
        self.thick = self.letter * 1.32
        self.side = self.letter * 8 if beside else 0.0
        measure = (self.side if beside else room) / self.letter
        upright = style.vertical and style.upright
        self.rows = []
        indent = 0 if rng.random() < .6 else 2
        for index, kind, text in texts:
            for n, (row, left) in enumerate(break_lines(text, measure, style.caption, indent if kind == "caption" else 0, upright)):
                self.rows.append((index, kind, row, left, n == 0))
        self.image_room = room - (self.side + body if beside else 0)
        self.tall = self.image_room * rng.uniform(.52, .78)
        if style.vertical:
            self.tall = room * rng.uniform(.7, 1.2)
        self.align = "justify" if len(self.rows) > 1 else rng.choice(["center", "left"])

    @property
    def across(self):
        text = len(self.rows) * self.thick
        if self.beside:
            return max(self.tall, text)
        return self.tall + (text + self.letter * .35 if self.rows else 0)

    def draw(self, sheet, u, v, du, dv):
        text = len(self.rows) * self.thick
        tall = dv if self.beside else dv - (text + self.letter * .35 if self.rows else 0)
        sheet.pictures.append((u, v, self.image_room, tall, self.image))
        at = v + (dv - text if self.beside else tall + self.letter * .35)
        begin, measure = (u + du - self.side, self.side) if self.beside else (u, du)
        last = {index: n for n, (index, *_) in enumerate(self.rows)}
        for n, (index, kind, row, left, start) in enumerate(self.rows):
            align = self.align if self.align != "justify" else ("left" if n == last[index] else "justify")
            if kind == "credit":
                align = "right"
            shift = left * self.letter if align in ("left", "justify") else 0
            sheet.lines.append(Line(row, kind, self.number, index, start, begin + shift, at, measure - shift, self.thick,
                                    self.letter, self.style.caption, 400, align))
            at += self.thick
