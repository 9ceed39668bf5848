"""Writes texts that are drawn to hurt, and what ctok 1.3.0 counts for them under each line of models.

    python tools/claude_golden.py [COUNT [SEED [FILE]]]

Run with Python 3.13 (Unicode 15.1) and `pip install ctok==1.3.0`. One row a line: the text and its count for Claude 3,
Opus 4.7, Claude 4.8 and Opus 5, with the frame of the message. Opus 5 is 4.8 without ASCII white space at the end.
"""

import gzip
import io
import json
import random
import sys
import unicodedata
from pathlib import Path

import ctok

VERSIONS = ["3.0", "4.7", "4.8"]
ASCII_SPACE = " \t\n\f\r"

SPACES = " " * 6 + "\n\n\t\r\v\f\0\x01\x7f\x85\xa0\u1680\u2003\u2028\u202f\u3000\ufeff\u200b\ue000\uf8ff"
QUOTES = "'''\"\"‘’“”„«»s t d m "
LETTERS = "aabezABEZéÉßẞİıǅǆǄϓℂϴθΣσςЯяԱաაᲐ\u1c89\u1c8aꟋɤאبकกがアㄱ가ﬁªʰⒶⒶⓐⓐⅣⅳↂ\u16eeꛦℳ"
DIGITS = "0123456789١٢۳०५௧½²①㉈〇〡𝟘𐒠Ⅷ"
MARKS = "\u0301\u0308\u0323\u0345\u05b0\u064e\u0651\u0670\u0711\u0730\u073f\u0897\u093c\u093e\u094d\u0e31\u0e33\u0e48\u0e4d\u0e32\u0eb2\u0ecd\u0f71\u0f72\u20dd\u3099\u309a\ufe0e\ufe0f\U0001d165\U0001d16d\U00010a38\U000110ba\U000e0101"
HARD = "中文的。，！？「」々〆〒〓（）한글습니다\u1100\u1161\u11a8😀👩💻❤☃€🇨🇳👍🏽\u200d\ufffd\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\uffff\U0010ffff𠀀"
MARKUP = ".,!/\\-_=#()[]{}<>|$+~*&^%@`;:?—–…·─═│└√→№†°£§−█"
POOLS = [SPACES, QUOTES, LETTERS, DIGITS, MARKS, HARD, MARKUP]
WORDS = """don't won't they're I've we'll it's IT'S it'S x's's 'tis 'First ('a ''b rock'n'roll NASA NaN WiFi iPhone HTTPServer
camelCase snake_case SCREAMING_CASE Hello WORLD İstanbul DİYARBAKIR Straße STRASSE ǅungla ΑΒΓΔ Σίσυφος ΣΊΣΥΦΟΣ Москва МОСКВА
Գրական हिन्दी ภาษาไทย ನ್ನು தமிழ் עברית שָׁלוֹם العربية ١٢٣ १२३ 中文字 日本語テキスト カタカナー 한국어 tiếng Việt
1,234.56 2024-01-01 0xDEADBEEF 12345678901234567890 a1b2c3 fn(x)=>{y}; </div> <!-- ==== ---- //// .... #### \\n
naïve café ½ x² H₂O ⅨⅠⅠ Ⓐⓑ 👩‍💻 ❤️ ☕️! 🇨🇳 “quoted” ‘q’ ’s x’s „low“ …""".split()


def scalars(rng):
    limit = rng.choice([0x80, 0x250, 0x700, 0x3000, 0x10000, 0x10000, 0x33000, 0x110000])
    points = (rng.randrange(limit) for _ in range(rng.randrange(1, 24)))
    return "".join(chr(point) for point in points if not 0xD800 <= point < 0xE000)


def from_pools(rng, pools):
    text = ""
    for _ in range(rng.randrange(1, 24)):
        text += rng.choice(rng.choice(pools)) * (rng.randrange(1, 6) if rng.random() < 0.1 else 1)
    return text


def word(rng):
    text = rng.choice(WORDS)
    case = rng.randrange(8)
    return [text, text, text, text, text.upper(), text.title(), text.lower(), text.swapcase()][case]


def words(rng):
    gaps = [" ", " ", " ", "", "  ", "\n", "\n\n", "\t", ", ", "'", ".", "\n    ", " \n", "\x01", "\xa0"]
    return rng.choice(["", "", " ", "\n", "'"]) + "".join(
        word(rng) + rng.choice(gaps) for _ in range(rng.randrange(1, 12))
    )


def pieces(rng):
    names = {"⟨bow⟩": " ", "⟨eow⟩": "", "⟨shift⟩": "", "⟨caps⟩": ""}
    text = ""
    for _ in range(rng.randrange(1, 9)):
        piece = rng.choice(PIECES)
        for name, stands_for in names.items():
            piece = piece.replace(name, stands_for)
        text += rng.choice([piece, piece, piece.title(), piece.upper()]) if "⟨" not in piece else ""
    return text


def runs(rng):
    return "".join(
        rng.choice(rng.choice(POOLS)) * rng.choice([1, 2, 3, 7, 16, 17, 33, 100, 129, 300]) for _ in range(rng.randrange(1, 4))
    )


def at_ends(rng):
    edge = lambda: "".join(rng.choice(SPACES[:12] + "'") for _ in range(rng.randrange(4)))  # noqa: E731
    return edge() + rng.choice([word, from_any])(rng) + edge() + "\n" * rng.choice([0, 0, 1, 2, 3, 28, 29, 40, 70, 130])


def from_any(rng):
    return from_pools(rng, rng.sample(POOLS, rng.randrange(1, len(POOLS) + 1)))


def decomposed(rng):
    return unicodedata.normalize("NFD", rng.choice([words, from_any, scalars])(rng))


def slices(rng):
    if not CORPUS:
        return words(rng)
    text = rng.choice(CORPUS)
    start = rng.randrange(len(text))
    return text[start : start + rng.choice([20, 100, 100, 400])]


def long(rng):
    return "".join(rng.choice(KINDS[:-1])(rng) for _ in range(rng.randrange(8, 40)))


KINDS = [scalars, from_any, from_any, from_any, words, words, pieces, runs, at_ends, decomposed, slices, long]
PIECES = [*ctok.pieces("3.0"), *ctok.pieces("4.7")]
CORPUS = [path.read_text() for path in sorted(Path("target/corpus").glob("*.txt")) if "unseen" not in path.name]


def row(text):
    trimmed = text.rstrip(ASCII_SPACE)
    return [text, *(ctok.token_count(text, version) for version in VERSIONS), ctok.token_count(trimmed, "4.8")]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2500
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20261125)
    path = sys.argv[3] if len(sys.argv) > 3 else "tests/golden/claude.json.gz"
    assert unicodedata.unidata_version == "15.1.0"
    texts = ["", " ", "\n", "\x01", " a", "  a", "\x01 a", " \x01 a", "\xa0a", "'a", " 'a", "a'", "a 'b", "a's", "1's", "!'s"]
    texts += [f"x{c * times}{end}" for c in "aA.=-# \n\t0'中é_" for times in (300, 4001) for end in ("", " x", "!")]
    while len(texts) < count:
        texts.append(rng.choice(KINDS[:-1] if rng.random() < 0.9 else KINDS)(rng))
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as zipped:
        out = io.TextIOWrapper(zipped, "utf-8", newline="\n")
        for text in texts:
            print(json.dumps(row(text), ensure_ascii=False, separators=(",", ":")), file=out)
        out.flush()


main()
