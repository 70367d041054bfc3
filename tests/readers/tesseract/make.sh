#!/bin/sh
# Makes page.tsv: Chromium renders page.html, Tesseract 5 with chi_sim reads the picture. The picture is not kept; with
# another version of the programs or other fonts the table changes a little. The same picture is read by
# ../paddle/make.py, which takes it as its argument.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=980,620 --user-data-dir="$work/profile" \
    --screenshot="$work/page.png" "file://$here/page.html" >/dev/null 2>&1
tesseract "$work/page.png" "$work/page" -l chi_sim tsv 2>/dev/null
cp "$work/page.tsv" "$here/page.tsv"
[ -z "$1" ] || cp "$work/page.png" "$1"
rm -rf "$work"
