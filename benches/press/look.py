"""`press.py look`: a contact sheet of all pages."""
import math
import pathlib
import subprocess
import tempfile

from PIL import Image


def look(args):
    folder = pathlib.Path(args.dir)
    files = sorted((folder / "pdf").glob("*.pdf"))[:args.limit]
    thumbs = [thumb(file, args.wide) for file in files]
    across = max(1, min(6, math.ceil(math.sqrt(len(thumbs)))))
    rows = [thumbs[n:n + across] for n in range(0, len(thumbs), across)]
    highs = [max(t.height for t in row) + 12 for row in rows]
    sheet = Image.new("L", (across * (args.wide + 12), sum(highs)), 120)
    y = 0
    for row, high in zip(rows, highs):
        for n, image in enumerate(row):
            sheet.paste(image, (n * (args.wide + 12) + 6, y + 6))
        y += high
    sheet.save(folder / "look.png")
    print(folder / "look.png")


def thumb(file, wide):
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["pdftoppm", "-gray", "-png", "-singlefile", "-scale-to-x", str(wide), "-scale-to-y", "-1", str(file), f"{place}/p"], check=True)
        return Image.open(f"{place}/p.png").copy()
