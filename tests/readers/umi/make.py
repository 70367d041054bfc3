#!/usr/bin/env python3
"""Makes the fixtures of Umi-OCR, which has no package to install, by the shapes of its documented output: `python3 make.py`.
Texts are our own."""

import csv
import io
import json
import pathlib

HERE = pathlib.Path(__file__).parent


def entry(text, box, end, score=0.98):
    return {"text": text, "score": score, "box": box, "from": "ocr", "end": end}


def row(left, top, right, bottom):
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


PAGES = [
    {"code": 100, "data": [
        entry("铸造车间的夏天", row(120, 80, 620, 140), "\n"),
        entry("本报讯(记者 吴迪)入伏以来，海州铸造厂工会给", row(100, 180, 600, 210), ""),
        entry("炉前工送去酸梅汤和盐汽水，", row(80, 220, 420, 250), "\n", 0.9),
        entry("New fans were", row(100, 260, 330, 290), " "),
        entry("installed.", row(80, 300, 240, 330), "\n", 1.2),
    ], "time": 1.1, "timestamp": 1700000000.5, "fileName": "扫描_0001.jpg", "path": "D:/扫描/扫描_0001.jpg", "page": 1},
    {"code": 101, "data": "", "time": 0.2, "timestamp": 1700000001.5, "fileName": "扫描_0002.jpg", "path": "D:/扫描/扫描_0002.jpg", "page": 1},
    {"code": 902, "data": "向识别器进程传入指令失败", "time": 0.0, "timestamp": 1700000002.5, "fileName": "扫描_0003.jpg",
     "path": "D:/扫描/扫描_0003.jpg", "page": 3},
    {"code": 100, "data": [entry("四版广告", [[10, 12], [90, 10], [91, 40], [11, 42]], "\n")], "time": 0.1, "timestamp": 1700000003.5,
     "fileName": "扫描_0004.jpg", "path": "D:/扫描/扫描_0004.jpg", "page": 4},
]


def joined(page):
    if page["code"] == 100:
        return "".join(entry["text"] + entry["end"] for entry in page["data"])
    return "" if page["code"] == 101 else f'[Error] OCR failed. Code: {page["code"]}, Msg: {page["data"]} .\n'


(HERE / "pages.jsonl").write_text("".join(json.dumps(page, ensure_ascii=False) + "\n" for page in PAGES), encoding="utf-8")
(HERE / "merged.txt").write_text("2023-11-15 06:13:20\n\n" + "".join(f'≦ {page["fileName"]} ≧\n{joined(page)}\n' for page in PAGES), encoding="utf-8")
table = io.StringIO(newline="")
writer = csv.writer(table)
writer.writerow(["Name", "OCR", "Path"])
writer.writerows([page["fileName"], joined(page), page["path"]] for page in PAGES)
(HERE / "gbk.csv").write_bytes(table.getvalue().encode("gbk"))
