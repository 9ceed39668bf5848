"""Writes tools/claude/kinds.txt: the kind that ctok 1.3.0 gives to each code point of the first plane.

Run with Python 3.13 (Unicode 15.1) and `pip install ctok==1.3.0`. A line is the first code point of a run and its kind.
"""

import sys
import unicodedata

import ctok  # noqa: F401
from ctok.constants import FUNNY_SPACE, STRIP_CONTROL, STRIP_PRIVATE

method = sys.modules["ctok.normalize"]


def kind(c: str) -> str:
    if "\ud800" <= c <= "\udfff":
        return "alone"
    if STRIP_CONTROL.match(c) or STRIP_PRIVATE.match(c):
        return "stripped"
    if c == "\0" or FUNNY_SPACE.match(c):
        return "other-space"
    group = method.classify(c)
    if group == "wordy":
        return word_kind(c)
    if group == "digit":
        return "digit" if c.isascii() else "arabic-digit"
    if group in ("punct", "space"):
        return {"punct": "punctuation"}.get(group, group)
    if method._is_selector(c):
        return "selector"
    hard = {"punct": "symbol", "letter": "alone", "number": "number"}[method._hard_kind(c)]
    return "decimal" if hard == "number" and unicodedata.category(c) == "Nd" else hard


def word_kind(c: str) -> str:
    if method._stray_mark(c):
        return "mark"
    if method._is_upper(c):
        return "capital"
    if method._lower(c) != c:
        return "title"
    is_letter = c in method._NEW_CASED or unicodedata.category(c)[0] in "LM"
    return "letter" if is_letter or method._is_lower(c) else "neutral"


assert unicodedata.unidata_version == "15.1.0"
with open("tools/claude/kinds.txt", "w") as out:
    before = None
    for c in map(chr, range(0x10000)):
        if kind(c) != before:
            before = kind(c)
            print(f"{ord(c):04X} {before}", file=out)
