"""Cells: the room of one article (or of several, one below the other), its columns, and text that flows round blocks."""
import dataclasses

from breaking import break_lines
from heads import Head, Line, Picture
from articles import HEAD


@dataclasses.dataclass
class Item:
    """A line of flowing text before it has a place."""
    text: str
    kind: str
    part: int
    start: bool
    left: float            # indent in px
    thick: float
    size: float
    font: str
    weight: int
    align: str
    before: float = 0.0
    keep: bool = False     # not the last line of a column (a subhead)


@dataclasses.dataclass
class Block:
    """A headline, picture or other cell that stands in columns c0 … c1 - 1 of a cell."""
    what: object
    c0: int
    c1: int
    where: str             # top, bottom, middle
    high: float
    gap: float
    grow: float = 0.0      # how much higher it may become
    grown: float = 0.0
    at: float = 0.0        # its place, once known

    @property
    def height(self):
        return self.high + self.grown


class Cell:
    """One article in `columns` columns of one width; blocks stand in them, body text flows round them."""

    def __init__(self, width, columns, gap, pitch, pad=0.0, look="", rules=False):
        self.columns, self.gap, self.pitch, self.pad, self.look, self.rules = columns, gap, pitch, pad, look, rules
        self.width = width
        self.column = (width - 2 * pad - gap * (columns - 1)) / columns
        self.items, self.blocks, self.number = [], [], 0
        self._least = None

    def place_blocks(self, high):
        """Gives blocks their places in columns of a height; the free intervals of each column, or None."""
        tops, ends = [0.0] * self.columns, [high] * self.columns
        busy = [[] for _ in range(self.columns)]
        for block in sorted(self.blocks, key=lambda b: ("top", "bottom", "middle").index(b.where)):
            cols = range(block.c0, block.c1)
            top, end = max(tops[c] for c in cols), min(ends[c] for c in cols)
            room = end - top - block.height
            if room < -.01:
                return None
            if block.where == "top":
                block.at = top
                span = (top, top + block.height + block.gap)
            elif block.where == "bottom":
                block.at = end - block.height
                span = (block.at - block.gap, end)
            else:
                steps = max(0, int((room - block.gap) * .45 / self.pitch))
                block.at = top + steps * self.pitch + (block.gap * .5 if steps else 0)
                span = (block.at - (block.gap * .5 if steps else 0), block.at + block.height + block.gap)
            for c in cols:
                busy[c].append(span)
                if block.where == "top":
                    tops[c] = span[1]
                elif block.where == "bottom":
                    ends[c] = span[0]
        return [free(0.0, high, busy[c]) for c in range(self.columns)]

    def flow(self, high):
        """Places of all items [(item, u, v)] in columns of a height, or None if they do not fit."""
        columns = self.place_blocks(high)
        if columns is None:
            return None
        slots = [(c, a, b) for c, column in enumerate(columns) for a, b in column]
        placed, slot, at = [], 0, None
        for n, item in enumerate(self.items):
            while slot < len(slots):
                c, begin, end = slots[slot]
                v = begin if at is None else at + item.before
                need = item.thick
                if item.keep and n + 1 < len(self.items):
                    need += self.items[n + 1].thick
                if v + need <= end + .01:
                    break
                slot, at = slot + 1, None
            else:
                return None
            placed.append((item, c * (self.column + self.gap), v))
            at = v + item.thick
        return placed

    def least(self):
        """The least inner height at which everything fits."""
        if self._least is None:
            whole = sum(i.thick + i.before for i in self.items)
            whole += sum((b.height + b.gap) * (b.c1 - b.c0) for b in self.blocks)
            high = max([b.height for b in self.blocks] + [whole / self.columns * .92, self.pitch])
            while self.flow(high) is None:
                high += self.pitch * .34
            self._least = high
        return self._least + 2 * self.pad

    def fill(self, high):
        """Lets blocks grow until the text just fits a height; the height that is used."""
        inner = high - 2 * self.pad
        for share in (1.0, .8, .6, .45, .3, .2, .1, 0.0):
            for block in self.blocks:
                block.grown = block.grow * share
            if self.flow(inner) is not None:
                break
        placed = self.flow(inner)
        used = max([v + i.thick for i, _, v in placed] + [b.at + b.height for b in self.blocks] + [0])
        return used + 2 * self.pad

    def draw(self, sheet, u, v, high):
        """Draws everything into a height that is at least `least()`; the height that holds something."""
        used = self.fill(high)
        outer = high if high - used < 4 * self.pitch else used
        if outer == used and self.look:
            self.fill(used)
        inner = outer - 2 * self.pad
        placed = self.flow(inner) or self.flow(high - 2 * self.pad)
        if self.look:
            sheet.rects.append((u, v, self.width, outer, self.look))
        u, v = u + self.pad, v + self.pad
        for block in self.blocks:
            du = (block.c1 - block.c0) * self.column + (block.c1 - block.c0 - 1) * self.gap
            x = u + block.c0 * (self.column + self.gap)
            if isinstance(block.what, (Cell, Stack)):
                block.what.draw(sheet, x, v + block.at, block.height)
            else:
                block.what.draw(sheet, x, v + block.at, du, block.height)
        for item, x, y in placed:
            sheet.lines.append(Line(item.text, item.kind, self.number, item.part, item.start, u + x + item.left, v + y,
                                    self.column - item.left, item.thick, item.size, item.font, item.weight, item.align))
        if self.rules:
            self.draw_rules(sheet, u, v, inner)
        return outer

    def draw_rules(self, sheet, u, v, inner):
        """Thin lines between columns where no block lies over the gap."""
        for c in range(self.columns - 1):
            over = sorted((b.at, b.at + b.height + b.gap * .5) for b in self.blocks if b.c0 <= c < b.c1 - 1)
            x = u + (c + 1) * self.column + (c + .5) * self.gap
            for a, b in free(0.0, inner, over):
                if b - a > 2 * self.pitch:
                    sheet.rects.append((x, v + a + 2, .7, b - a - 4, "black"))


def free(top, end, busy):
    """Intervals of [top, end] that are not busy."""
    found = []
    for a, b in sorted(busy):
        if a > top:
            found.append((top, min(a, end)))
        top = max(top, b)
    if end > top:
        found.append((top, end))
    return found


class Stack:
    """Cells of one width, one below the other."""

    def __init__(self, cells, gap, rule=""):
        self.cells, self.gap, self.rule = cells, gap, rule
        self.width = cells[0].width

    def least(self):
        return sum(c.least() for c in self.cells) + self.gap * (len(self.cells) - 1)

    def draw(self, sheet, u, v, high):
        spare = high - self.least()
        share = spare / len(self.cells) if spare < 6 * self.cells[0].pitch * len(self.cells) else 0
        start = v
        for n, cell in enumerate(self.cells):
            if n:
                if self.rule:
                    sheet.rects.append((u, v + self.gap * .5, self.width, .8, self.rule))
                v += self.gap
            own = cell.least() + share
            cell.draw(sheet, u, v, own)
            v += own
        return v - start

    @property
    def pitch(self):
        return self.cells[0].pitch


def split_parts(article):
    """(head, flow, pictures): headline parts before the text, flowing parts, captions with their credits."""
    parts = [(n, kind, text) for n, (kind, text) in enumerate(article["parts"])]
    has_body = any(k == "body" for _, k, _ in parts)
    head, flow, pictures, begun = [], [], [], False
    for n, kind, text in parts:
        if kind == "caption":
            pictures.append([(n, kind, text)])
            begun = begun or not has_body
        elif kind == "credit" and pictures and (not has_body or pictures[-1][-1][0] == n - 1 and len(text) < 16):
            pictures[-1].append((n, kind, text))
        elif kind in HEAD and not begun:
            head.append((n, kind, text))
        else:
            begun = True
            flow.append((n, kind, text))
    return head, flow, pictures


def flow_items(style, rng, article, flow, column, body, later_head=()):
    """Lines of the flowing parts for one width of column."""
    items, pitch = [], body * style.pitch
    upright = style.vertical and style.upright
    measure = column / body
    plain = article["genre"] in ("table", "names", "verse")
    firsts = True
    for n, kind, text in list(later_head) + flow:
        font, weight, align, indent, before, keep, letter = style.body, 400, "justify", style.indent, 0.0, False, body
        if kind == "body":
            before = 0 if firsts or plain else style.para_gap * pitch
            if plain and len(text) <= measure:
                indent = 0 if article["genre"] == "table" else min(2, style.indent)
            firsts = False
        elif kind == "subhead":
            font, weight, indent, keep = style.head, 700, 0, True
            align, before = ("center" if style.subhead == "center" else "left"), .35 * pitch
            if style.subhead == "left":
                indent = style.indent
        elif kind in ("title", "kicker", "subtitle", "column"):
            font, weight, indent, align, keep, before = style.head, 700, 0, "center", True, .5 * pitch
            letter = body * (1.25 if kind == "title" else 1.0)
        elif kind in ("credit", "mark"):
            font, align, indent = style.kicker, "right", 0
        elif kind == "byline":
            font, indent = style.kicker, 0
            align = "center" if firsts else "right"
        lines = break_lines(text, column / letter, font, indent, upright, style.squeeze)
        for k, (row, left) in enumerate(lines):
            last = k == len(lines) - 1
            place = align if align != "justify" else ("left" if last else "justify")
            if align == "right" and len(lines) > 1:
                place = "left" if not last else "right"
            items.append(Item(row, kind, n, k == 0, left * letter, letter * style.pitch, letter, font, weight, place,
                              before if k == 0 else 0.0, keep))
    return items


def build(page, number, span, inset=None):
    """The cell of article `number` over `span` columns of the page's grid (page: see pages.Page)."""
    style, body, article = page.style, page.body, page.articles[number]
    if inset is not None and span < 3:
        both = [build(page, number, span), build(page, inset, span)]
        return Stack(both, body * 1.6, "" if both[1].look else "black")
    rng = page.dice("cell", number, span)
    head, flow, pictures = split_parts(article)
    rank = page.rank(number)
    width = span * page.column + (span - 1) * page.gap
    look, pad = cell_look(style, rng, body)
    columns = span if inset is not None else inner_columns(style, rng, page, span, width - 2 * pad, number)
    if columns > 1 and not flow and not inset and len(pictures) < 2:
        columns = 1
    cell = Cell(width, columns, page.gap, page.pitch, pad, look, style.rules == "columns" and not look)
    cell.number = number
    later = []
    if style.byline_in == "flow" and flow and columns > 1:
        later = [p for p in head if p[1] == "byline"]
        head = [p for p in head if p[1] != "byline"]
    if head:
        add_head(cell, page, rng, head, number, rank, bool(flow))
    cell.items = flow_items(style, rng, article, flow, cell.column, body, later)
    if inset is not None:
        add_inset(cell, page, rng, inset, span)
    add_pictures(cell, page, rng, pictures, number, sum(len(t) for _, _, t in flow), rank)
    return cell


def cell_look(style, rng, body):
    """(css class, padding) of a cell: plain, boxed or on a grey ground."""
    if rng.random() < style.boxed:
        return rng.choice(["box", "box", "box double", "box round", "box dots"]), body * 1.0
    if rng.random() < style.grey:
        return "grey", body * .9
    return "", 0.0


def inner_columns(style, rng, page, span, width, number):
    """Number of columns of a cell: the grid's, or fewer and wider ones."""
    columns = span
    if span > 1 and rng.random() < style.recolumn:
        columns = rng.choice([c for c in range(max(1, span // 2), span + 1)])
    widest = 34 * page.body
    while columns < span and (width - page.gap * (columns - 1)) / columns > widest:
        columns += 1
    if page.length(number) < 110 * columns:
        columns = max(1, min(columns, 1 + page.length(number) // 90))
        while columns < span and (width - page.gap * (columns - 1)) / columns > widest:
            columns += 1
    return columns


def add_head(cell, page, rng, head, number, rank, flows):
    """Stands the headline over all columns, over some of them, or across the text at the side."""
    style, body = page.style, page.body
    title = sum(len(t) for _, k, t in head if k == "title")
    cross = rank < 2 and flows and cell.columns >= 3 and 4 <= title <= 22 and rng.random() < style.cross
    if cross:
        lines = page.length(number) * body / cell.column / cell.columns
        tall = page.pitch * max(10, min(lines * rng.uniform(.8, 1.1), 24))
        block = Head(style, rng, head, number, tall, body, max(rank, 1), cross=True)
        cols = next((c for c in range(1, cell.columns) if c * cell.column + (c - 1) * cell.gap >= block.across), None)
        if cols and cols <= cell.columns // 2:
            c0 = 0 if style.vertical or rng.random() < .35 else cell.columns - cols
            if not style.vertical and rng.random() < .3:
                c0 = 0
            cell.blocks.append(Block(block, c0, c0 + cols, "top", block.extent, body * .6))
            return
    cols = cell.columns
    if flows and rank and cols >= 3 and title <= 14 and rng.random() < style.part_head:
        cols -= 1 if cols < 5 else rng.choice([1, 2])
    room = cols * cell.column + (cols - 1) * cell.gap
    block = Head(style, rng, head, number, room, body, rank)
    gap = body * (.8 if rank < 2 else .35) if flows else body * .4
    cell.blocks.append(Block(block, 0, cols, "top", block.across, gap, grow=body * (2.2 if rank == 0 else 1.2)))


def add_inset(cell, page, rng, inset, span):
    """Another article's cell inside this one: the text flows round it in an L or a U."""
    cols = rng.choice([c for c in (1, 2, 3) if c <= span - 1 and c <= max(1, page.length(inset) // 60)])
    inner = build_plain(page, inset, cell, cols)
    c0 = rng.choice([0, span - cols, span - cols])
    cell.blocks.append(Block(inner, c0, c0 + cols, "bottom" if rng.random() < .75 else "middle", inner.least(), page.body * 1.0))


def build_plain(page, number, outer, cols):
    """A boxed cell of one article as wide as `cols` columns of the outer cell."""
    style, rng = page.style, page.dice("inset", number, cols)
    head, flow, pictures = split_parts(page.articles[number])
    width = cols * outer.column + (cols - 1) * outer.gap
    cell = Cell(width, cols, page.gap, page.pitch, page.body * .8, rng.choice(["box", "box double", "box round"]))
    cell.number = number
    if head:
        room = width - 2 * cell.pad
        block = Head(style, rng, head, number, room, page.body, 2 if cols == 1 else 1)
        cell.blocks.append(Block(block, 0, cols, "top", block.across, page.body * .5))
    cell.items = flow_items(style, rng, page.articles[number], flow, cell.column, page.body)
    add_pictures(cell, page, rng, pictures, number, 0, 2)
    return cell


def add_pictures(cell, page, rng, pictures, number, length, rank):
    """A picture for each caption, and perhaps one that has none."""
    style = page.style
    if not pictures and rank < 2 and length > 250 and rng.random() < style.pictures * .6:
        pictures = [[]]
    for texts in pictures:
        most = max(1, cell.columns - (1 if cell.items and cell.columns > 1 else 0))
        cols = min(most, rng.choice([1, 2, 2, 3])) if cell.items else cell.columns
        busy = [b for b in cell.blocks if isinstance(b.what, (Cell, Stack))]
        c0 = rng.choice([0, (cell.columns - cols) // 2, cell.columns - cols])
        room = cols * cell.column + (cols - 1) * cell.gap
        beside = bool(texts) and room > page.body * 24 and rng.random() < style.beside and not style.vertical
        block = Picture(style, rng, texts, number, room, page.body, page.image(), beside)
        limit = cell.column * 1.1 if cols == 1 else room * .72
        if not style.vertical and cell.items and not beside:
            block.tall = min(block.tall, max(limit, page.body * 6))
        where = "top" if not cell.items else rng.choice(["top", "top", "middle", "bottom"])
        if where == "middle" and (busy or any(b.where == "middle" for b in cell.blocks)):
            where = "top"
        grow = block.tall * .45
        cell.blocks.append(Block(block, c0, c0 + cols, where, block.across, page.body * .7, grow))
