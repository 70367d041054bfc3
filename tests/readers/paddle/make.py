#!/usr/bin/env python3
"""Makes rapidocr-3.10.json: RapidOCR 3.10 (with onnxruntime, its models are in the package) reads a picture:
`python3 make.py PAGE.png`, of a picture that ../tesseract/make.sh leaves. rapidocr-plain.json is the same result written by
a program that knows no numbers of numpy (`json.dumps(…, default=str)`). The other fixtures of this folder are typed by the
shapes that the programs document.
"""

import json
import pathlib
import sys

from rapidocr import RapidOCR

HERE = pathlib.Path(__file__).parent
result = RapidOCR()(sys.argv[1])
(HERE / "rapidocr-3.10.json").write_text(json.dumps(result.to_json(), ensure_ascii=False), encoding="utf-8")
rows = [{"box": box, "txt": text, "score": score} for box, text, score in zip(result.boxes, result.txts, result.scores)]
for row in rows:
    row["box"] = [[str(number) for number in point] for point in row["box"]]
    row["score"] = str(row["score"])
(HERE / "rapidocr-plain.json").write_text(json.dumps(rows, ensure_ascii=False, default=str), encoding="utf-8")
