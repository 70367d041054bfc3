#!/usr/bin/env python3
"""The press: sets known articles as newspaper pages, prints them, reads them back. See README.md."""
import argparse


def arguments():
    top = argparse.ArgumentParser(description=__doc__)
    sub = top.add_subparsers(dest="command", required=True)
    p = sub.add_parser("set", help="compose pages, print them to PDF, write the truth")
    p.add_argument("--articles", nargs="*", metavar="DIR_OR_JSONL")
    p.add_argument("--pages", nargs="*", metavar="FOLDER", help="folders with pages/*.txt and gold/*.json")
    p.add_argument("--out", required=True)
    p.add_argument("--count", type=int, default=20)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--style", nargs="*", metavar="NAME", help="only these styles")
    p.add_argument("--prefix", default="p", help="of the pages' names")
    p.add_argument("--chromium", default="chromium")
    p = sub.add_parser("scan", help="pictures of the pages, a little spoilt, read by OCR")
    p.add_argument("--dir", required=True)
    p.add_argument("--dpi", type=int, default=200)
    p.add_argument("--engine", choices=["tesseract", "rapidocr"], nargs="*", default=["tesseract", "rapidocr"])
    p.add_argument("--limit", type=int, help="only so many pages, spread over all")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--damage", type=float, default=1.0, help="how badly the pictures are spoilt; 1: half of the pages a little, the others 1.25 and 1.5 times as much")
    p.add_argument("--keep", action="store_true", help="keep the pictures in png/")
    p = sub.add_parser("align", help="give each line that was read its truth")
    p.add_argument("--dir", required=True)
    p.add_argument("--source", nargs="+", required=True, metavar="NAME.json", help="what baoku inspect --stage lines printed, or a folder name of --dir (pdf, hocr, rapidocr)")
    p.add_argument("--out", help="folder for the answers; without it only the figures are printed")
    p.add_argument("--scan", action="store_true", help="the lines come from the scan: undo its skew")
    p = sub.add_parser("score", help="characters that OCR read right")
    p.add_argument("--dir", required=True)
    p.add_argument("--limit", type=int, default=20, help="pages of the PDF text itself to look at")
    p = sub.add_parser("look", help="a contact sheet of all pages")
    p.add_argument("--dir", required=True)
    p.add_argument("--limit", type=int)
    p.add_argument("--wide", type=int, default=420, help="width of a page in pixels")
    p = sub.add_parser("check", help="verify what was set")
    p.add_argument("--dir", required=True)
    sub.add_parser("styles", help="names of the styles")
    return top.parse_args()


def main():
    args = arguments()
    if args.command == "set":
        from setting import set_pages
        set_pages(args)
    elif args.command == "scan":
        from scan import scan
        scan(args)
    elif args.command == "align":
        from align import align
        align(args)
    elif args.command == "score":
        from align import score
        score(args)
    elif args.command == "look":
        from look import look
        look(args)
    elif args.command == "check":
        from check import check
        check(args)
    else:
        from styles import STYLES
        print("\n".join(style.name for style in STYLES))


if __name__ == "__main__":
    main()
