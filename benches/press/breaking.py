"""Breaking a paragraph into printed lines, with the rules for marks at the ends of lines."""
import re

from fonts import em

NO_START = set("，。、；：？！”’）》〉】〕」』…—·％%·～,.;:?!)]}﹂﹄")
NO_END = set("“‘（《〈【〔「『([{﹁﹃")
SQUEEZE = set("，。、；：？！”’）》〉】〕」』“‘（《〈【〔「『")
TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.%,:/@_\-]*|——|……|.", re.S)


def tokens(text, widest, font, upright):
    """Pieces that are not cut: a character, a run of letters or digits, a double dash."""
    for piece in TOKEN.findall(text):
        if len(piece) > 1 and (width(piece, font, upright) > widest * .6):
            yield from piece
        else:
            yield piece


def width(text, font, upright=False):
    """Ems of a text; upright letters in a vertical line are an em each."""
    return float(len(text)) if upright else sum(em(font, c) for c in text)


def break_lines(text, measure, font, indent=0.0, upright=False, squeeze=True):
    """Lines of at most `measure` ems: [(text, indent)], the indent only on the first."""
    lines, line, used, left = [], [], 0.0, indent
    limit = measure - indent
    for piece in tokens(text.strip(), measure, font, upright):
        if not line and piece.isspace():
            if lines or not piece.strip():
                continue
        wide = width(piece, font, upright)
        if line and used + wide > limit + .01 and not fits_squeezed(line, piece, used + wide - limit, squeeze):
            carried = carry(line, piece)
            kept = "".join(line[:len(line) - len(carried)]).rstrip()
            lines.append((kept, left))
            left, limit = 0.0, measure
            line = carried
            while line and line[0].isspace():
                line.pop(0)
            if piece.isspace() and not line:
                used = 0.0
                continue
            line.append(piece)
            used = sum(width(p, font, upright) for p in line)
        else:
            line.append(piece)
            used += wide
    if "".join(line).strip():
        lines.append(("".join(line).rstrip(), left))
    return lines


def fits_squeezed(line, piece, over, squeeze):
    """A mark that may not begin a line stays on it where other marks can give way."""
    room = .35 * sum(p in SQUEEZE for p in line + [piece])
    return squeeze and piece in NO_START and over <= min(1.0, room)


def carry(line, piece):
    """What goes to the next line together with `piece`: openers, and a character before a closing mark."""
    carried, head = [], piece
    while len(line) - len(carried) > 1:
        last = line[len(line) - len(carried) - 1]
        if head[0] in NO_START or last[-1] in NO_END:
            carried.insert(0, last)
            head = last
        else:
            break
    return carried if len(carried) < len(line) - 1 else []
