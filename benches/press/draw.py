"""From a laid-out page to HTML, and from the browser's boxes to the truth of its lines."""
import base64
import html
import io

import numpy
from PIL import Image

from fonts import FAMILIES

CSS = """
@page { margin: 0 } * { margin: 0; padding: 0; box-sizing: border-box }
html, body { background: #fff; overflow: hidden }
.l { position: absolute; white-space: pre; text-spacing-trim: space-all; text-autospace: no-autospace; font-kerning: none }
/* the upright commas of AR PL UMing are broken in PDF: taken from another font */
@font-face { font-family: marks; src: local('Noto Serif CJK SC'), local('NotoSerifCJKsc-Regular'); unicode-range: U+FF0C, U+3001, U+FF1A, U+FF1B, U+FF01, U+FF1F }
.vert { writing-mode: vertical-rl } .up { text-orientation: upright }
.w { color: #fff }
.r { position: absolute } .black { background: #000 } .grey { background: #e4e4e4 } .box { border: 1px solid #000 }
.double { border: 3.5px double #000 } .round { border-radius: 9px; border-width: 1.4px } .dots { border: 2px dotted #000 }
.twin { border: 1px solid #000; border-left-width: 0; border-right-width: 0 } .dotted { border-top: 1.6px dotted #000 }
.tall.twin { border-width: 0 1px } .tall.dotted { border-top: 0; border-right: 1.6px dotted #000 }
img { position: absolute; object-fit: fill }
"""


def picture(number):
    """A grey picture of noise, hills and shapes as a data URI: something that looks like a bad press photo."""
    rng = numpy.random.default_rng(number)
    high, wide = 180, 260
    y, x = numpy.mgrid[0:high, 0:wide]
    image = 205 - 70 * y / high * rng.uniform(.2, 1)
    for layer in range(rng.integers(2, 5)):
        line = high * (.35 + .15 * layer) + sum(rng.uniform(4, 16) * numpy.sin(x[0] / rng.uniform(12, 60) + rng.uniform(0, 6)) for _ in range(3))
        image = numpy.where(y > line, rng.uniform(40, 190) + 12 * numpy.sin(y / 9), image)
    for _ in range(rng.integers(0, 9) if number % 3 == 1 else 0):       # houses and machines
        left, top = rng.uniform(-20, wide - 20), rng.uniform(high * .15, high * .7)
        wall = (x > left) & (x < left + rng.uniform(20, 80)) & (y > top)
        image = numpy.where(wall, numpy.where((x // 7 + y // 9) % 3 == 0, rng.uniform(150, 230), rng.uniform(50, 130)), image)
    for _ in range(rng.integers(2, 8) if number % 3 else rng.integers(0, 2)):
        cx, cy, r = rng.uniform(0, wide), rng.uniform(high * .4, high * .9), rng.uniform(8, 26)
        body = ((x - cx) / r) ** 2 + ((y - cy) / (r * 2.2)) ** 2 < 1
        face = (x - cx) ** 2 + (y - cy + r * 2.4) ** 2 < (r * .7) ** 2
        image = numpy.where(body, rng.uniform(20, 120), numpy.where(face, rng.uniform(120, 210), image))
    if number % 4 == 0:
        image = image[:, ::-1] * rng.uniform(.7, 1.1)
    image = image + rng.normal(0, 14, image.shape)
    out = io.BytesIO()
    Image.fromarray(image.clip(0, 255).astype("uint8")).save(out, "JPEG", quality=55)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode()


def to_real(page, u, v, du, dv):
    """Abstract rectangle → x, y, width, height on the page."""
    x0, y0 = page.origin
    if page.style.vertical:
        return page.wide - x0 - v - dv, y0 + u, dv, du
    return x0 + u, y0 + v, du, dv


def line_box(page, line):
    """(x, y, width, height, vertical) of the room of a line."""
    if line.real:
        return line.u, line.v, line.length, line.thick, False
    du, dv = (line.thick, line.length) if line.cross else (line.length, line.thick)
    return (*to_real(page, line.u, line.v, du, dv), page.style.vertical != line.cross)


def in_order(page):
    """Lines as they are written into the file: mostly as laid out, on some pages the stories in another order."""
    rng = page.dice("order")
    if rng.random() < .6:
        return page.sheet.lines
    keys = {n: rng.random() for n in range(-1, len(page.articles))}
    return sorted(page.sheet.lines, key=lambda line: keys[line.article])


def page_html(page, lines, pictures):
    """The page as HTML: every printed line an element of its own."""
    out = [f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>page</title><style>{CSS}'
           f"@page {{ size: {page.wide:.2f}px {page.tall:.2f}px }} html, body {{ width: {page.wide:.2f}px; height: {page.tall - 1:.2f}px }}"
           + "".join(f".f-{k} {{ font-family: '{v}', 'Noto Serif CJK SC' }}" for k, v in FAMILIES.items())
           + f".vert.f-ming {{ font-family: marks, '{FAMILIES['ming']}', 'Noto Serif CJK SC' }}</style></head><body>"]
    for rect in page.sheet.rects:
        if rect[0] == "real":
            x, y, w, h, look = *rect[1:], "black"
        else:
            x, y, w, h = to_real(page, *rect[:4])
            look = rect[4]
        tall = " tall" if h > w and look in ("twin", "dotted") else ""
        out.append(f'<div class="r {look}{tall}" style="left:{x:.2f}px;top:{y:.2f}px;width:{w:.2f}px;height:{h:.2f}px"></div>')
    for u, v, du, dv, number in page.sheet.pictures:
        x, y, w, h = to_real(page, u, v, du, dv)
        out.append(f'<img src="{pictures[number]}" style="left:{x:.2f}px;top:{y:.2f}px;width:{w:.2f}px;height:{h:.2f}px">')
    for line in lines:
        out.append(line_html(page, line))
    return "\n".join(out) + "</body></html>"


def line_html(page, line):
    x, y, w, h, vertical = line_box(page, line)
    names = f"l f-{line.font}" + (" vert" if vertical else "") + (" up" if vertical and (page.style.upright or line.cross) else "") + (" w" if line.white else "")
    across = w if vertical else h
    fit = f' data-fit="{h if vertical else w:.2f}"' if line.align == "justify" else f' data-most="{h if vertical else w:.2f}"'
    align = "left" if line.align == "justify" else line.align
    align = {"left": "start", "right": "end", "center": "center"}[align]
    spacing = f";letter-spacing:{line.spacing}em" if line.spacing else ""
    return (f'<div class="{names}"{fit} style="left:{x:.2f}px;top:{y:.2f}px;width:{w:.2f}px;height:{h:.2f}px;line-height:{across:.2f}px;'
            f'font-size:{line.size:.2f}px;font-weight:{line.weight};text-align:{align}{spacing}">{html.escape(line.text, quote=False)}</div>')


# Fits the lines that are justified or too long by letter spacing, then tells the box of every line.
MEASURE = """
(async () => {
  await document.fonts.ready;
  const lines = [...document.querySelectorAll('.l')];
  const box = el => { const r = document.createRange(); r.selectNodeContents(el); const q = [...r.getClientRects()];
    return [Math.min(...q.map(b => b.left)), Math.min(...q.map(b => b.top)), Math.max(...q.map(b => b.right)), Math.max(...q.map(b => b.bottom))]; };
  const vert = el => el.classList.contains('vert');
  const long = (b, v) => v ? b[3] - b[1] : b[2] - b[0];
  const jobs = lines.map(el => {
    const n = [...el.textContent].length, had = parseFloat(el.style.letterSpacing || 0) * parseFloat(el.style.fontSize);
    const now = long(box(el), vert(el)) - had, fit = el.dataset.fit, most = parseFloat(el.dataset.most || fit);
    if (n < 2) return null;
    const step = (most - now) / (n - 1);
    if (fit !== undefined && Math.abs(step) < 0.6 * parseFloat(el.style.fontSize) && Math.abs(step) > 0.004) return step;
    if (now > most + 0.01) return had + (most - now) / (n - 1) - 0.01;
    return null; });
  jobs.forEach((step, k) => { if (step !== null) lines[k].style.letterSpacing = step.toFixed(4) + 'px'; });
  return lines.map((el, k) => { const b = box(el), v = vert(el), s = parseFloat(el.style.letterSpacing || 0);
    const px = el.style.letterSpacing.endsWith('em') ? s * parseFloat(el.style.fontSize) : s;
    if (px) { if (v) b[3] -= px; else b[2] -= px; }
    return b; });
})()
"""


def line_truth(page, lines, boxes):
    """The printed lines with their boxes in fractions of the page, in the order of the articles."""
    found = []
    for line, (x0, y0, x1, y1) in zip(lines, boxes):
        vertical = line_box(page, line)[4]
        if vertical:                                    # the em box, not the font's line height
            middle = (x0 + x1) / 2
            x0, x1 = middle - line.size / 2, middle + line.size / 2
        else:
            middle = (y0 + y1) / 2
            y0, y1 = middle - line.size / 2, middle + line.size / 2
        box = [round(v, 5) for v in (x0 / page.wide, y0 / page.tall, x1 / page.wide, y1 / page.tall)]
        found.append({"text": line.text, "box": box, "article": line.article + 1, "kind": line.kind, "part": line.part,
                      "paragraph_start": line.start, "vertical": vertical, "size": round(line.size * .75, 2)})
    order = sorted(range(len(found)), key=lambda n: (found[n]["article"] == 0, found[n]["article"], found[n]["part"], n))
    return [found[n] for n in order]
