"""The named styles. All lengths of paper are in millimetres, sizes of letters in points.

columns × chars fix the size of the letters: a column is `chars` ems wide. `tiers` are the columns of a
vertical page: its abstract page lies on its side (see pages.py).
"""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Style:
    name: str
    paper: tuple = (390, 545)        # width, greatest height (vertical pages: height, greatest width)
    least: float = 250               # least height of the page
    margin: float = 14
    columns: int = 6
    chars: float = 14                # characters a line
    gap: float = 1.3                 # between columns, in ems
    pitch: float = 1.42              # from line to line, in ems
    body: str = "song"
    head: str = "hei"
    head_weight: int = 700
    kicker: str = "kai"
    caption: str = "kai"
    indent: float = 2
    para_gap: float = 0              # between paragraphs, in lines
    lead: tuple = (3.0, 4.6)         # size of the main headline over the body's, least and greatest
    normal: tuple = (1.7, 2.6)
    brief: tuple = (1.05, 1.3)
    align: str = "center"            # of headlines
    rules: str = "none"              # none, columns, cells
    bands: str = "gap"               # between rows: gap, line, double, dotted
    vertical: bool = False
    upright: bool = False            # letters and digits in vertical lines stand upright
    cross: float = 0                 # share of headlines set across the direction of the text
    boxed: float = .12
    grey: float = 0
    reverse: float = 0
    inset: float = .25               # share of pages with an article inside another one
    pictures: float = .2             # share of articles that get a picture of no caption
    beside: float = .2               # share of captions beside their picture
    recolumn: float = .15            # share of articles set in other columns than the grid's
    spread: float = .15              # share of short titles with wide letter spacing
    part_head: float = .25           # share of headlines over a part of their columns only
    subhead: str = "center"          # center, left, bold
    byline_in: str = "head"          # head, flow
    label: str = "bar"               # of columns: bar, reverse, lines, plain
    masthead: float = .2
    digest: float = .1
    advert: float = .2
    folio: str = "top"               # top, foot
    editors: float = .5
    splits: tuple = ()               # ways to divide the columns; empty: by rule
    articles: tuple = (6, 9)
    brief_first: bool = False        # prefers short articles
    years: tuple = (1949, 2030)      # articles of these years are preferred
    squeeze: bool = True             # marks give way at the ends of lines


STYLES = [
    Style("broadsheet-plain", columns=7, chars=13, head="song", masthead=.3, years=(1985, 2030)),
    Style("broadsheet-ruled", columns=8, chars=11, body="ming", head="song", rules="columns", bands="line",
          gap=1.8, kicker="kai", cross=.2, label="lines", years=(1970, 1995)),
    Style("broadsheet-bold", columns=6, chars=15, head="hei", head_weight=900, bands="line", grey=.2, reverse=.12,
          kicker="hei", caption="hei", subhead="left", years=(2000, 2030)),
    Style("front-page", columns=6, chars=14, body="song", head="hei", head_weight=900, masthead=1, digest=.8,
          lead=(3.6, 5.2), label="reverse", advert=.4, bands="line", years=(1990, 2030)),
    Style("tabloid-city", paper=(275, 395), least=200, margin=10, columns=5, chars=12, body="song", head="hei", head_weight=900,
          lead=(3.2, 5.4), reverse=.35, pictures=.4, align="left", label="reverse", articles=(4, 7), grey=.15, years=(1998, 2030),
          caption="hei", beside=.1),
    Style("tabloid-grey", paper=(270, 390), least=200, margin=12, columns=4, chars=16, body="song", head="song", head_weight=900,
          grey=.5, boxed=.2, bands="dotted", articles=(4, 6), align="left", byline_in="flow", years=(1995, 2030), folio="foot"),
    Style("enterprise-weekly", paper=(275, 390), least=190, margin=12, columns=5, chars=13, body="zenhei", head="zenhei", kicker="zenhei",
          caption="zenhei", rules="cells", bands="line", articles=(4, 7), cross=.15, label="lines", editors=.9, years=(1985, 2030)),
    Style("newsletter-a4", paper=(210, 297), least=200, margin=16, columns=2, chars=24, body="microhei", head="microhei", kicker="microhei",
          caption="microhei", indent=0, para_gap=.5, align="left", articles=(3, 5), lead=(1.9, 2.6), normal=(1.4, 1.8), inset=.2,
          gap=2, subhead="left", folio="foot", years=(1995, 2030), pitch=1.55, recolumn=0, part_head=0),
    Style("sheet-a4", paper=(210, 297), least=190, margin=12, columns=3, chars=18, body="ming", head="hei", articles=(3, 5),
          lead=(2.2, 3.0), normal=(1.5, 2.0), gap=1.6, rules="columns", bands="line", cross=.15, years=(1978, 2010)),
    Style("vertical-1950s", paper=(390, 545), least=270, columns=8, chars=11, body="ming", head="song", head_weight=900, vertical=True,
          kicker="ming", caption="ming", rules="columns", bands="line", upright=True, years=(1949, 1962), lead=(2.6, 3.6), normal=(1.6, 2.4),
          cross=.0, masthead=.5, advert=.1, gap=1.6, pictures=.1, digest=0, label="lines", reverse=.05, articles=(6, 9), beside=0),
    Style("vertical-mixed", paper=(390, 545), least=270, columns=7, chars=13, body="ming", head="hei", head_weight=900, vertical=True, upright=True,
          kicker="kai", rules="columns", bands="line", years=(1949, 1965), cross=.45, lead=(2.6, 3.6), normal=(1.6, 2.4), gap=1.6,
          pictures=.15, digest=0, masthead=.3, advert=.1, label="bar", articles=(6, 9), beside=0),
    Style("vertical-kai", paper=(270, 390), least=200, margin=11, columns=5, chars=14, body="kai", head="kai", vertical=True, kicker="kai", caption="kai",
          rules="none", bands="line", years=(1949, 1965), lead=(2.2, 3.2), normal=(1.5, 2.2), cross=.2, articles=(4, 6), digest=0, beside=0,
          boxed=.25, advert=.1, label="plain"),
    Style("horizontal-1960s", columns=8, chars=10, body="ming", head="song", head_weight=900, kicker="song", caption="ming", rules="columns", bands="line",
          cross=.4, years=(1956, 1978), gap=1.5, pitch=1.3, lead=(2.8, 4.2), label="lines", digest=0, advert=.05, masthead=.3, squeeze=False),
    Style("horizontal-1980s", columns=7, chars=12, body="song", head="song", head_weight=900, cross=.35, boxed=.35, bands="gap", rules="cells",
          years=(1976, 1996), gap=1.2, pitch=1.35, spread=.4, label="bar", inset=.5, digest=.05),
    Style("briefs-page", columns=6, chars=12, brief_first=True, boxed=.3, label="reverse", articles=(8, 9), lead=(2.4, 3.2), normal=(1.3, 1.8),
          least=170, rules="columns", bands="double", splits=((2, 2, 2), (3, 3), (2, 1, 3), (1, 2, 3), (4, 2)), years=(1980, 2030), head="hei"),
    Style("l-shapes", columns=7, chars=12, inset=1, cross=.3, part_head=.6, boxed=.2, years=(1978, 2030), rules="none", bands="gap",
          body="song", head="hei", splits=((7,), (4, 3), (5, 2), (3, 4), (2, 5))),
    Style("picture-page", paper=(275, 400), least=200, margin=11, columns=4, chars=15, pictures=.9, beside=.5, caption="hei", head="hei", articles=(3, 5), grey=.15,
          align="left", body="song", lead=(2.6, 4.0), reverse=.2, years=(1995, 2030), bands="gap"),
    Style("opinion-page", columns=5, chars=18, body="kai", head="song", head_weight=900, align="left", spread=.3, byline_in="flow", boxed=.2,
          bands="double", lead=(2.2, 3.2), normal=(1.6, 2.2), label="lines", years=(1980, 2030), pictures=.05, recolumn=.3, editors=1, gap=1.8),
    Style("supplement", paper=(350, 500), least=220, columns=6, chars=13, body="kai", head="kai", caption="song", kicker="song", cross=.4, boxed=.35, grey=.2,
          recolumn=.45, spread=.5, align="left", subhead="left", byline_in="head", label="reverse", years=(1978, 2030), articles=(5, 8), bands="gap",
          lead=(2.0, 3.2), normal=(1.5, 2.2)),
    Style("county-weekly", paper=(280, 400), least=200, margin=10, columns=5, chars=13, body="zenhei", head="zenhei", kicker="zenhei", caption="zenhei", gap=.9, indent=2,
          align="left", articles=(4, 7), cross=.1, folio="foot", advert=.5, boxed=.25, years=(1990, 2030), pitch=1.35, lead=(2.2, 3.4)),
    Style("tight-columns", columns=7, chars=13, body="song", head="hei", gap=.75, pitch=1.28, bands="line", years=(1978, 2010), cross=.2,
          inset=.35, lead=(2.6, 3.8), label="plain", squeeze=False),
    Style("wide-modern", columns=4, chars=22, body="song", head="hei", head_weight=500, align="left", indent=2, gap=2.2, pitch=1.6, bands="line",
          lead=(2.0, 2.8), normal=(1.5, 2.0), kicker="hei", caption="hei", subhead="left", years=(2005, 2030), label="bar", grey=.2, byline_in="head",
          articles=(5, 8), recolumn=.2),
    Style("no-indent", columns=5, chars=15, body="hei", head="hei", head_weight=900, indent=0, para_gap=0, align="left", gap=1.6, years=(2000, 2030), kicker="hei",
          caption="hei", label="reverse", bands="gap", subhead="bold", articles=(5, 8), reverse=.1),
]

BY_NAME = {style.name: style for style in STYLES}
