"""Widths of characters, for breaking lines. The browser has the last word on the exact place."""
import functools
import subprocess

from PIL import ImageFont

FAMILIES = {
    "song": "Noto Serif CJK SC", "hei": "Noto Sans CJK SC", "ming": "AR PL UMing CN",
    "kai": "AR PL UKai CN", "zenhei": "WenQuanYi Zen Hei", "microhei": "WenQuanYi Micro Hei",
}


@functools.cache
def face(font):
    """The font file of a short name, at 1,000 units an em."""
    answer = subprocess.run(["fc-match", "-f", "%{file}\n%{index}", FAMILIES[font]],
                            capture_output=True, text=True, check=True).stdout.split("\n")
    return ImageFont.truetype(answer[0], 1000, index=int(answer[1]) & 0xFFFF)


@functools.cache
def em(font, char):
    """Width of a character in ems."""
    if "\u2e80" <= char <= "\u9fff" or "\uff01" <= char <= "\uff5e" or char == "\u3000":
        return 1.0
    return face(font).getlength(char) / 1000
