"""`press.py scan`: pictures of the pages as a scanner would give them, and what two OCR engines read on them."""
import json
import os
import pathlib
import random
import subprocess
import sys
import time

import cv2
import numpy


WRITES = {"tesseract": "hocr", "rapidocr": "rapidocr"}      # a page that has its file there is not read again


def scan(args):
    out = pathlib.Path(args.dir)
    for folder in ("png", "scan", "hocr", "alto", "rapidocr", "rapidocr-list"):
        (out / folder).mkdir(exist_ok=True)
    files = spread(sorted((out / "pdf").glob("*.pdf")), args.limit)
    reader = RapidReader() if "rapidocr" in args.engine else None
    for file in files:
        picture = out / "png" / f"{file.stem}.png"
        record = out / "scan" / f"{file.stem}.json"
        todo = [e for e in args.engine if not (out / WRITES[e] / (file.stem + (".hocr" if e == "tesseract" else ".json"))).exists()]
        if not todo and not args.keep:
            continue
        spoil(file, picture, record, args)
        spent = {}
        if "tesseract" in todo:
            start = time.time()
            tesseract(picture, out, file.stem, args.dpi)
            spent["tesseract"] = round(time.time() - start, 1)
        if "rapidocr" in todo:
            start = time.time()
            reader.read(picture, out, file.stem)
            spent["rapidocr"] = round(time.time() - start, 1)
        if not args.keep:
            picture.unlink()
        print(file.stem, spent, file=sys.stderr, flush=True)
    if not args.keep and not any((out / "png").iterdir()):
        (out / "png").rmdir()
    print(f"{len(files)} pages scanned")


def spread(files, limit):
    """`limit` files spread evenly over all, so that every style is among them."""
    if not limit or limit >= len(files):
        return files
    return [files[int(n * len(files) / limit)] for n in range(limit)]


def spoil(pdf, picture, record, args):
    """Prints the page to a picture and spoils it a little; writes down how."""
    rng = random.Random(f"{args.seed} {pdf.stem}")
    noise = numpy.random.default_rng(rng.randrange(2 ** 32))
    subprocess.run(["pdftoppm", "-r", str(args.dpi), "-gray", "-png", "-singlefile", str(pdf), str(picture.with_suffix(""))],
                   check=True, stderr=subprocess.DEVNULL)
    image = cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE)
    high, wide = image.shape
    skew, blur, grain = rng.uniform(-.6, .6), rng.uniform(.3, .9), rng.uniform(3, 12)
    black, white, quality = rng.uniform(10, 60), rng.uniform(215, 250), rng.randint(45, 85)
    worse = args.damage * random.Random(f"damage {args.seed} {pdf.stem}").choice([1, 1, 1.25, 1.5])
    blur, grain, quality = blur * worse, grain * worse, max(12, round(quality / worse))
    black, white = min(110, black * worse), max(160, 255 - (255 - white) * worse)
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), skew, 1)
    image = cv2.warpAffine(image, turn, (wide, high), flags=cv2.INTER_LINEAR, borderValue=255)
    image = cv2.GaussianBlur(image, (0, 0), blur).astype("float32")
    image = black + image * (white - black) / 255 + noise.normal(0, grain, image.shape)
    _, jpeg = cv2.imencode(".jpg", image.clip(0, 255).astype("uint8"), [cv2.IMWRITE_JPEG_QUALITY, quality])
    cv2.imwrite(str(picture), cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE))
    record.write_text(json.dumps({"page": pdf.stem, "dpi": args.dpi, "width": wide, "height": high, "skew": round(skew, 4), "damage": round(worse, 2), "blur": round(blur, 3),
                                  "noise": round(grain, 2), "black": round(black), "white": round(white), "jpeg": quality}), "utf8")


def tesseract(picture, out, name, dpi):
    """hOCR and ALTO of one page, one thread. Pages of vertical text are read as they are: chi_sim knows no other way."""
    base = out / "hocr" / name
    done = subprocess.run(["tesseract", str(picture), str(base), "-l", "chi_sim", "--psm", "3", "--dpi", str(dpi), "hocr", "alto"],
                          env={**os.environ, "OMP_THREAD_LIMIT": "1"}, capture_output=True, text=True)
    if done.returncode:
        print(name, done.stderr[-200:], file=sys.stderr)
        return
    made = out / "hocr" / f"{name}.xml"
    made.replace(out / "alto" / f"{name}.xml")


class RapidReader:
    """RapidOCR with the models of its own wheel, one thread, at full size."""

    def __init__(self):
        import logging
        from rapidocr import RapidOCR
        logging.disable(logging.INFO)
        self.engine = RapidOCR(params={"Global.max_side_len": 3800, "Global.use_cls": False, "Det.limit_side_len": 736,
                                       "EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1})

    def read(self, picture, out, name):
        image = cv2.imread(str(picture))
        result = self.engine(image)
        boxes = [] if result.boxes is None else [[[round(float(v), 1) for v in point] for point in box] for box in result.boxes]
        texts, scores = list(result.txts or []), [round(float(s), 5) for s in (result.scores or [])]
        polys = [[[int(round(v)) for v in point] for point in box] for box in boxes]
        rects = [[min(p[0] for p in b), min(p[1] for p in b), max(p[0] for p in b), max(p[1] for p in b)] for b in polys]
        paddle = {"input_path": f"{name}.png", "page_index": None, "width": image.shape[1], "height": image.shape[0], "rec_texts": texts,
                  "rec_scores": scores, "rec_polys": polys, "rec_boxes": rects, "dt_polys": polys}
        own = [{"box": b, "txt": t, "score": s} for b, t, s in zip(boxes, texts, scores)]
        (out / "rapidocr" / f"{name}.json").write_text(json.dumps(paddle, ensure_ascii=False), "utf8")
        (out / "rapidocr-list" / f"{name}.json").write_text(json.dumps(own, ensure_ascii=False), "utf8")
