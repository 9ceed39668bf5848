#!/usr/bin/env python3
"""Writes tests/golden/: hard texts, and the ids that the reference tokenizers give them.

    cargo run --release --example vocab -- --check     # brings the sources to target/sources
    python3 tools/golden.py [name ...]                 # Python 3.11 or later

It needs these packages, and they are what the files' first lines name:

    pip install tiktoken==0.14.0 tokenizers==0.23.3 mistral-common==1.13.1 sentencepiece==0.2.3 protobuf

texts.json.gz has a text a line, as JSON. <name>.json.gz has a line about the reference, then a line a text: its ids, without
any that frame a prompt. Where the reference finds special tokens in ordinary text, the line is an object: `plain` has the ids
without such tokens, `literal` with them. The first line's `specials` is a text with special tokens, and its ids.

Long because it is one program without a package: how each reference is asked stands beside how all others are.
"""

import base64
import gzip
import hashlib
import importlib.metadata
import io
import json
import random
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "target/sources"
GOLDEN = ROOT / "tests/golden"
# Google's own model of Gemma 3, which has piece types; the packer takes the same pieces from a package with a freer licence.
GEMMA3 = (
    "crate splintr-vocab-gemma3 1.0.0",
    "2a24151741927c4556f732bef02bc37bd4e5f8ebf2b4a252eca5cf5e7041a5df",
    "vocabs/gemma3.spm",
)

## Texts

LANGUAGES = """All human beings are born free and equal in dignity and rights. It's theirs, isn't it? WE'LL see: they've said so.
Alle Menschen sind frei und gleich an Würde und Rechten geboren. Straßenbahnhaltestelle, „Grüße“, 1.234,56 €.
Tous les êtres humains naissent libres et égaux en dignité et en droits. L’œuvre, c’est-à-dire « aujourd’hui ».
Todos los seres humanos nacen libres e iguales. ¿Cuándo llegará el niño? ¡Mañana!
Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Não há coração são.
Tutti gli esseri umani nascono liberi ed eguali. Perché l'università è così?
Wszyscy ludzie rodzą się wolni i równi. Zażółć gęślą jaźń.
Všichni lidé rodí se svobodní. Příliš žluťoučký kůň úpěl ďábelské ódy.
Minden emberi lény szabadon születik. Árvíztűrő tükörfúrógép.
Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. İstanbul'da ılık IŞIK.
Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền.
Все люди рождаются свободными и равными. Съешь ещё этих мягких французских булок.
Всі люди народжуються вільними. Її ґанок, об'єкт, п’ять.
Всички хора се раждат свободни и равни по достойнство и права.
Όλοι οι άνθρωποι γεννιούνται ελεύθεροι. Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία.
כל בני אדם נולדו בני חורין. שָׁלוֹם עֲלֵיכֶם
يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. ٱلسَّلَامُ عَلَيْكُم، ١٢٣٤٥
تمام افراد بشر آزاد به دنیا می‌آیند. کتاب‌ها ۱۲۳۴
سب انسان آزاد پیدا ہوئے ہیں۔ اُردُو
सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता प्राप्त है। क्षत्रिय १२३
সমস্ত মানুষ স্বাধীনভাবে জন্মগ্রহণ করে। আমি বাংলায় গান গাই
மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர். க்ஷ ஸ்ரீ
మనుష్యులందరును స్వతంత్రులుగా పుట్టుదురు. ప్రతిపత్తిస్వత్వముల
എല്ലാ മനുഷ്യരും സ്വതന്ത്രരായി ജനിക്കുന്നു. ന്‍റെ
ทุกคนเกิดมามีอิสระและเสมอภาคกัน น้ำใจ ๑๒๓
ມະນຸດທຸກຄົນເກີດມາມີກຽດສັກສີ
လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့်
មនុស្សទាំងអស់កើតមកមានសេរីភាព
ყველა ადამიანი იბადება თავისუფალი. ᲛᲗᲐᲕᲠᲣᲚᲘ
Բոլոր մարդիկ ծնվում են ազատ եւ հավասար
የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብር እኩልነት ያለው ነው።
人人生而自由，在尊严和权利上一律平等。我们的价格是￥1234.56元！
人人生而自由，在尊嚴和權利上一律平等。「龍馬精神」
すべての人間は、生まれながらにして自由である。カタカナ、ｶﾀｶﾅ、ー。東京タワー333m
모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. ㅋㅋㅋ ㅠㅠ
Бүх хүн төрж мэндлэхдээ эрх чөлөөтэй. ᠮᠣᠩᠭᠣᠯ
འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་
Sábéhó ní wọ́n bí gbogbo ènìyàn; iyì àti ẹ̀tọ́ kọ̀ọ̀kan sì dọ́gba.
Watu wote wamezaliwa huru, hadhi na haki zao ni sawa.
Kaikki ihmiset syntyvät vapaina. Hääyöaie, Åland.
Hver er fæddur frjáls. Þórður, æðarfugl."""

CODE = [
    "def f(x: int) -> str:\n    return f\"{x!r:>10}\"\n\n\nclass A(B):\n\tpass\n",
    "fn main() {\r\n    let v: Vec<u8> = vec![0x1f, 0b1010_1010];\r\n    println!(\"{v:?}\");\r\n}\r\n",
    "#include <stdio.h>\nint main(void) { return printf(\"%d\\n\", 1 << 31) ? 0 : -1; } // done\n/* end */",
    "const x = (a, b) => a?.b ?? `${c}`; // TODO: fixMe\nexport default async function* gen() {}",
    "SELECT t.id, COUNT(*) AS n FROM users t WHERE t.name LIKE '%O''Brien%' GROUP BY 1 HAVING n >= 10;",
    "<!DOCTYPE html><html><body><h1>Hi</h1><p class=\"a b\">x &amp; y</p><br/></body></html>",
    "<table><tr><td>1</td></tr></table><code>x</code> <h7> <H1> <unused0> <unused99> <mask> [multimodal]",
    '{"a": [1, 2.5e-10, null, true], "b": {"c": "\\u00e9\\n"}, "d": ""}',
    '[{"id":1234567890,"name":"Zoë"},{"id":-1}]',
    "---\nkey: value\nlist:\n  - one\n  - two: 2\n",
    "\\begin{equation}\n  \\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}\n\\end{equation}",
    "| a | b |\n|---|:-:|\n| 1 | **2** |\n\n```rust\nlet x = 1;\n```\n",
    "git commit -m 'fix: a/b' && cd ../.. || echo $HOME/.config/x.y-z_0 > /dev/null 2>&1",
    "https://example.com/a/b?c=d&e=%20f#g user@host.org 192.168.0.1 ::1 2026-11-24T12:34:56Z",
    "camelCaseString PascalCaseString SCREAMING_SNAKE kebab-case HTMLParser iPhone eBay McDonald XMLHttpRequest2",
    "a+b-c*d/e%f^g&h|i~j!k?l:m;n,o.p'q\"r`s@t#u$v(w)x[y]z{0}1<2>3=4\\5_6",
    "for(;;){if(a[i]!=b[j++]){x->y=z;}}//////\n*/\n",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301 deadbeefDEADBEEF0123456789abcdef",
    "ACGTACGTACGTTTTTGGGGCCCCAAAA MKVLAAGIVGLLLAQWERTY",
]

CONTRACTIONS = [
    "I'm you're he's she'd we've they'll can't", "I'M YOU'RE HE'S SHE'D WE'VE THEY'LL CAN'T", "I'm'd've 'sss ''s 'S'T'RE",
    "it’s don’t WE’RE l’eau", "x'ſ X'ſ 'ſ it'ſ", "'K's \u212a's \u212a'LL", "rock'n'roll O'Neill's d'Artagnan's", "'s", " 's", "\n's", "1's 2'll",
    "é's É'S ñ'll", "中's 国'll", "a's1 a'sB a'Sb", "'re're're", "s's's", "'", "''", "'''s'''", "don't-can't_won't", "a'sſ A'ſs", "'l 'v 'r 'L",
    "HELLO'Shello Hello'SHello", "ﬁ's ǅ's ǅungla ǈubljana ǅ'S", "ªs'sª ºT", "ʰello ʼs aʼs",
]

DIGITS = [
    "1 12 123 1234 12345 123456 1234567 12345678", "0", "007", "3.14159265358979", "1,000,000.00", "1e10 0xFF 0b1 1_000", "a1b2c3 1a 1A A1",
    "²³¹ ½ ¾ ⅓ Ⅷ ⅷ ① ⑳ ㊿ ㈠ 〇 〡", "١٢٣٤٥٦ ۱۲۳۴ १२३४५ ১২৩৪ ੧੨੩ ૧૨૩ ୧୨୩ ௧௨௩௰௱ ౧౨౩ ೧೨೩ ൧൨൩ ๑๒๓๔ ໑໒໓ ༡༢༣ ၁၂၃", "１２３４５ 𝟏𝟐𝟑𝟒 𝟙𝟚𝟛 🄀🄁 𐒡𐒢 𞥑𞥒",
    "v1.2.3-rc.4+5", "1st 2nd 3rd 4th", "12:34:56.789", "+1 (555) 010-9999", "1²3 a²b²", "100%", "$1234.5", "1/2 3/4", "٣٫١٤ ١٬٠٠٠", "12ab34CD", "9" * 40, "1 " * 20,
    "៛៰៱ ൰ ൱ ꠰ 𐄇𐄈 𐅀 𒐀 𝍠 🯰🯱",
]

SPACES = [
    "", " ", "  ", "   ", "\t", "\t\t", "\n", "\n\n", "\n\n\n", "\r", "\r\n", "\r\n\r\n", "\n\r", "\r\r\n", " \n", "\n ", " \n ", "  \n  ", "\t\n\t", " \r\n ", "\n \n \n",
    "a ", " a", "  a", "   a", "a  ", "a\n", "\na", "a\r\nb", "a\rb", "a \n b", "a  \n\n  b", "a\t b", "a \tb", "a\t\tb", "x\n\n\n    y", "x \u00a0 y", "\u00a0a", "a\u00a0\u00a0b",
    "a\u2003b\u2003\u2003c", "a\u3000b\u3000\u3000", "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
    "a\u2028b\u2029c", "a\x0bb\x0cc", "\x0b\x0b \x0c", "a\x85b \x85 \x85\n", "\x1c\x1d\x1e\x1f a\x1cb", "a\u200bb\u200b c\u200c\u200d\ufeff", "\ufeffa", "\ufeff", "a\ufeff b", "\u180ea \u180e",
    "hello   world", "hello     \n", "\n\n  \n\n", "   \n", "\n   ", "  !", "  1", "  'a", "  \u00e9", " \t a", "\t a", "\t1", "\u3000中", "\u3000a 1", " \u3000a", "a \u00a0", ".\n\n", ".\r\n ", ". \n", "!\n\n a", "?!\r\n\r\nb",
    ")/\n/a", "a/\n", "//\n//", "a/b", "/ /\n", ";\n\t}", "\n\n\t\tx", "\n\n\n\n\t \n x", "     x\n      y\n       z", "a\n\n\n\nb\n\n\n\n\nc", " \n\n\n ", "end.  ", "end.\n  ", "  \t\t  \n\t",
    "▁", "▁▁", "▁a", "a▁b", " ▁", "▁ ▁", "a ▁▁ b", "▁▁▁the ▁the", "_▁_",
]

EMOJI = [
    "👍👍🏽👍🏿", "👩‍👩‍👧‍👦👨🏻‍💻🏳️‍🌈🏴‍☠️", "🇩🇪🇫🇷🇨🇳🇺🇸🇩", "❤️❤♥️ ☺️ ✈︎ ✈️", "0️⃣1️⃣#️⃣*️⃣", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🤦🏼‍♂️ lol 🤷", "😀😃😄😁", " 😀", "a😀b 😀c", "😀\n😀",
    "🧑🏾‍❤️‍💋‍🧑🏻", "🪿🫨🩷🫎", "🀄🃏🎴♠♥♦♣", "⌚⏰⏳☀☁☂", "→←↑↓⇒∀∃∈∉⊂∑∏√∞≠≤≥", "─│┌┐└┘█▓▒░▲△▼", "♪♫ ☭ ☢ ☯ ✡", "©®™℠ §¶†‡", "¡¿‽⁇ …‥", "“”‘’„‚«»‹›—–‑", "🏻🏼🏽", "\u200d\u200d", "\ufe0f\ufe0f a\ufe0f",
]

MARKS = [
    "e\u0301 E\u0301 a\u0308o\u0308u\u0308 n\u0303", "cafe\u0301 re\u0301sume\u0301 Zoe\u0308", "\u0301", "\u0301a", " \u0301a", "a \u0301b", "1\u0301 \u03011", "\n\u0301", "'\u0301s", ".\u0301", "\u0301\u0302\u0303", "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e",
    "\u1100\u1161\u11a8 \u1100\u1161 \u1112\u1161\u11ab\u1100\u1173\u11af", "\uac00\u11a8 \uac00\u1161", "\u1100\u1100\u1161", "\ua960\u1161\ud7cb", "\u0958\u0959 \u0915\u093c \u09dc \u0a33", "\u0344 \u0340\u0341 \u0343 \u0374 \u037e \u0387", "\u2126\u212a\u212b", "\u2adc \U0001d15e \U0001d1bb",
    "\uf900\ufa0e\ufa10\ufa70 \U0002f800\U0002fa1d", "\ufb1d\ufb2a\ufb4e", "\ufb01\ufb02 \u01c4\u01c5 \u1e9e\u00df", "\u1e69 s\u0323\u0307 s\u0307\u0323 \u1e0b\u0323 d\u0307\u0323", "q\u0307\u0323 q\u0323\u0307", "\u0f71\u0f72 \u0f73 \u0f75", "\u0cc6\u0cc2\u0cd5 \u0dd9\u0dcf\u0dca", "\u0b47\u0b56 \u0bc6\u0bbe \u0d46\u0d3e",
    "\u3099 か\u3099 カ\u309a ハ\u309a", "\U00011099\U000110ba \U00011131\U00011127", "a\u0315\u0300\u05ae\u0300b", "\u0e33 \u0e4d\u0e32", "\u0621\u0654 \u0627\u0653", "i\u0307 \u0130 \u0131", "\u0929 \u0928\u093c", "\u1e9b\u0323 \u017f\u0323\u0307", "\u00c5 A\u030a \u212b", "\u2260 =\u0338 <\u0338", "\u20d0a\u20d0 a\u20dd",
    "\u0488a\u0488", "\u093e\u093f \u0903a", "\ufb50\ufdfa\ufdfb \ufe80", "ｱﾞ ﾊﾟ", "A\u0301B\u0302C", "aE\u0301b AE\u0301B ae\u0301B", "é" * 30, "e\u0301" * 30,
]

CONTROLS = [
    "\x00", "a\x00b", "\x00\x00\x00", "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x1a\x1b[31mred\x1b[0m", "\x7f\x80\x81\x9f", "\u0600\u0601 \u06dd \u070f", "\u00ad so\u00adft", "\u200e\u200f\u202a\u202c\u2066\u2069", "\ue000\uf8ff \U000f0000\U0010fffd", "\ufffd\ufffc\ufff9", "\ufffe\uffff", "\ufdd0\ufdef",
    "\U0001fffe\U0001ffff\U0010ffff", "a\ue000b \ue000 c", "\u0378\u0379\u0530 \u05ff \u0870", "\U000e0001\U000e0041\U000e007f", "\U000e0100a\U000e01ef", "\u2060\u2061\u2064", "\u115f\u1160\u3164\uffa0", "\U0001f8ff\U0001faff", "\U00030000\U0003134a\U00031350 \U0002ebf0", "\u0000\u00e9\u0000", "\U000e0080", "\U0010fffe",
    # Assigned only in recent versions of Unicode: the references differ in age.
    "\u1c89\u1c8a \ua7cb\ua7cd\ua7da\ua7dc", "\U00010d40\U00010d50 \U00011bc0", "\u31e4\u2ffc \U0001fae9\U0001fac6", "\u0897\u0c5c \u088f", "\ua7ce\ua7cf\ua7d2 \u20c1", "\U000323b0 \U00031350",
]

LOOKALIKES = [
    "<|endoftext|>", "a<|endoftext|>b", " <|endoftext|> ", "<|im_start|>user\nhi<|im_end|>\n", "<|begin_of_text|><|eot_id|>", "<|fim_prefix|>x<|fim_suffix|>y<|fim_middle|>", "<|endofprompt|>", "<s>a</s>", "<unk>", "[INST] hi [/INST]", "<bos><start_of_turn>user\n<end_of_turn><eos>", "<｜begin▁of▁sentence｜><｜User｜>hi<｜Assistant｜>",
    "<think>\nhm\n</think>\n\n", "<tool_call>{}</tool_call>", "[gMASK]<sop><|user|>\n", "<|start|>system<|message|>x<|end|>", "<|reserved_special_token_0|>", "<0x0A><0xE2>", "<BOS_TOKEN><|START_OF_TURN_TOKEN|>", "]~b]user\n[e~[", "<pad> <mask> <2mass> [@BOS@]", "<|endoftext", "<|endoftext|", "|endoftext|>", "<|<|endoftext|>|>", "<|im_start|", "[IMG][PAD]", "[BOS][EOT][UNK]",
    "<|im_user|>user<|im_middle|>hi<|im_end|>", "/nothink", "</think", "<dsml:a></dsml:a>", "[control_8] [REF]x[/REF] [REFERENCE_DOC_3]", "<SPECIAL_20>",
]

# Where scripts and classes of characters are: a sample is drawn from each.
BLOCKS = """0041-007A 00C0-024F 0250-02AF 02B0-02FF 0370-03FF 0400-052F 0531-058F 0591-05F4 0600-06FF 0700-074D 0750-077F 0780-07B1 07C0-07FA 0800-083E 0840-085E 08A0-08FF
0901-097F 0981-09FE 0A01-0A76 0A81-0AFF 0B01-0B77 0B82-0BFA 0C00-0C7F 0C80-0CF2 0D00-0D7F 0D81-0DF4 0E01-0E5B 0E81-0EDF 0F00-0FDA 1000-109F 10A0-10FF 1100-11FF 1200-137C 1380-1399 13A0-13FD
1400-167F 1680-169C 16A0-16F8 1700-1714 1720-1734 1740-1773 1780-17F9 1800-18AA 18B0-18F5 1900-194F 1950-1974 1980-19DF 1A00-1A1F 1A20-1AAD 1B00-1B7C 1B80-1BB9 1BC0-1BF3 1C00-1C4F 1C50-1C7F
1C90-1CBF 1CD0-1CFA 1D00-1DBF 1DC0-1DFF 1E00-1EFF 1F00-1FFE 2010-205E 2070-209C 20A0-20C0 20D0-20F0 2100-218B 2190-21FF 2200-22FF 2300-23FF 2400-2426 2440-244A 2460-24FF 2500-25FF 2600-26FF
2700-27BF 2800-28FF 2980-2AFF 2C00-2C5F 2C60-2C7F 2C80-2CFF 2D00-2D2D 2D30-2D7F 2D80-2DDE 2DE0-2DFF 2E00-2E5D 2E80-2EF3 2F00-2FD5 3000-303F 3041-309F 30A0-30FF 3105-312F 3131-318E 31A0-31BF
31C0-31E3 3200-32FF 3300-33FF 3400-4DBF 4E00-9FFF A000-A48C A4D0-A4FF A500-A62B A640-A69F A6A0-A6F7 A720-A7CA A800-A82C A840-A877 A880-A8D9 A900-A953 A960-A97C A980-A9DF AA00-AA5F AA80-AADF
AB01-AB2E AB30-AB6B AB70-ABBF ABC0-ABF9 AC00-D7A3 D7B0-D7FB F900-FAD9 FB00-FB17 FB1D-FB4F FB50-FDFF FE10-FE1F FE20-FE2F FE30-FE4F FE50-FE6B FE70-FEFC FF01-FFEE 10000-100FA 10280-1031F 10330-1034A
10380-103D5 10400-1044F 10450-1049D 104B0-104FB 10800-1083F 10900-1091B 10A00-10A58 10B00-10B72 10C00-10C48 11000-1106F 11080-110C2 11100-11146 11180-111DF 11200-11237 11300-11374 11400-1145B
11480-114D9 11580-115DD 11600-1164F 11700-11746 118A0-118F2 12000-12399 13000-1342E 14400-14646 16800-16A38 16F00-16F9F 17000-187F7 1B000-1B11E 1D000-1D0F5 1D100-1D1E8 1D400-1D7FF 1E000-1E02A
1E900-1E959 1EE00-1EEF1 1F000-1F02B 1F100-1F1FF 1F300-1F5FF 1F600-1F64F 1F680-1F6D7 1F700-1F773 1F900-1F9FF 1FB00-1FBCA 20000-2A6DF 2A700-2B739 2F800-2FA1D E0020-E007F E0100-E01EF F0000-F00FF"""


def texts() -> list[str]:
    """The texts, always the same."""
    rng = random.Random(20261124)
    blocks = [range(int(a, 16), int(b, 16) + 1) for a, b in (block.split("-") for block in BLOCKS.split())]
    found = LANGUAGES.split("\n") + CODE + CONTRACTIONS + DIGITS + SPACES + EMOJI + MARKS + CONTROLS + LOOKALIKES
    for block in blocks:
        word = "".join(chr(rng.choice(block)) for _ in range(6))
        found.append(f"{word[:3]} {word[3:]}{rng.choice('aA1.,')}{word[0]}")
    for c in ["a", "A", " ", "\n", "\t", "\r\n", "1", ".", "-", "=", "/", "é", "中", "の", "가", "😀", "\u0301", "\x00", "ab", "a ", " \n", "▁", "the ", "ﷺ", "'s", "\u00a0", "#", "*", "_", "))"]:
        found += [c * n for n in (7, 16, 31, 33, 64, 100)] if c in " \n\t▁" else [c * rng.choice((7, 33, 100, 257))]
    for _ in range(80):
        found.append("".join(random_character(rng, blocks) for _ in range(rng.randint(1, 12))))
    parts = [part for text in found[:120] + EMOJI + MARKS for part in text.split(" ")]
    for _ in range(80):
        found.append("".join(rng.choice(parts)[:9] + rng.choice(["", "", " ", "  ", "\n", "\t", "'s", "1"]) for _ in range(rng.randint(2, 7))))
    return list(dict.fromkeys(found))


def random_character(rng: random.Random, blocks: list[range]) -> str:
    kind = rng.random()
    if kind < 0.4:
        return chr(rng.choice(rng.choice(blocks)))
    if kind < 0.8:
        return rng.choice("abcXYZ019 \n\t\r'.,-_/!?")
    code = rng.randrange(0x110000 - 0x800)
    return chr(code if code < 0xD800 else code + 0x800)


## Sources


def read(package: str, hash: str | None, path: str) -> bytes:
    """A file of a pinned package in target/sources, as the packer has left it there."""
    registry, name, version = package.split(" ")
    if registry == "crate" and hash is None:
        command = ["cargo", "metadata", "--format-version=1", "--locked"]
        packages = json.loads(subprocess.check_output(command, cwd=ROOT))["packages"]
        manifest = next(p["manifest_path"] for p in packages if (p["name"], p["version"]) == (name, version))
        return Path(manifest).with_name(path.split("/")[0]).joinpath(*path.split("/")[1:]).read_bytes()
    folder = SOURCES / f"{name.replace('/', '+')}-{version}"
    if registry == "crate":
        return (folder / "vendor" / name / path).read_bytes()
    (archive,) = folder.iterdir()
    if registry == "npm":
        return subprocess.check_output(["tar", "-xzOf", archive, f"package/{path}"])
    data = zipfile.ZipFile(archive).read(path)
    return zipfile.ZipFile(io.BytesIO(data)).read("tokenizer.json") if path.endswith(".zip") else data


def fetch_crate(package: str, hash: str) -> None:
    _, name, version = package.split(" ")
    folder = SOURCES / f"{name}-{version}"
    if not folder.exists():
        (folder / "src").mkdir(parents=True)
        (folder / "src/lib.rs").touch()
        own = '[package]\nname = "scratch"\nversion = "0.0.0"\nedition = "2024"\n'
        (folder / "Cargo.toml").write_text(f'{own}[dependencies]\n{name} = "={version}"\n[workspace]\n')
        subprocess.run(["cargo", "vendor", "--quiet", "vendor"], cwd=folder, check=True)
    if json.loads((folder / "vendor" / name / ".cargo-checksum.json").read_text())["package"] != hash:
        raise SystemExit(f"{package} is not the package that is pinned")


## References


class Tiktoken:
    """A rank file, run by tiktoken with the vendor's regular expression."""

    def __init__(self, entry: dict, manifest: dict) -> None:
        import tiktoken

        self.name = f"tiktoken {importlib.metadata.version('tiktoken')}"
        ranks = {}
        for line in read(entry["package"], entry.get("package_hash"), entry["path"]).splitlines():
            token, rank = line.split()
            ranks[base64.b64decode(token)] = int(rank)
        self.specials = specials(entry)
        pattern = manifest["patterns"][entry["pattern"]]["regex"]
        self.encoding = tiktoken.Encoding(entry["name"], pat_str=pattern, mergeable_ranks=ranks, special_tokens=self.specials)

    def plain(self, text: str) -> list[int]:
        return self.encoding.encode_ordinary(text)

    literal = plain

    def special(self, text: str) -> list[int]:
        return self.encoding.encode(text, allowed_special="all")


class HuggingFace:
    """The vendor's tokenizer.json, run by tokenizers."""

    def __init__(self, data: bytes) -> None:
        from tokenizers import Tokenizer

        self.name = f"tokenizers {importlib.metadata.version('tokenizers')}"
        file = json.loads(data)
        file["post_processor"] = None
        self.specials = {token["content"]: token["id"] for token in file["added_tokens"]}
        self.whole = Tokenizer.from_str(json.dumps(file))
        self.ordinary = Tokenizer.from_str(json.dumps(file))
        self.ordinary.encode_special_tokens = True
        self.bare = Tokenizer.from_str(json.dumps(file | {"added_tokens": []}))

    def plain(self, text: str) -> list[int]:
        return self.bare.encode(text, add_special_tokens=False).ids

    def literal(self, text: str) -> list[int]:
        return self.ordinary.encode(text, add_special_tokens=False).ids

    def special(self, text: str) -> list[int]:
        return self.whole.encode(text, add_special_tokens=False).ids


class Mistral:
    """A file of mistral-common, run by it; it finds no special tokens in text."""

    specials: dict[str, int] = {}

    def __init__(self, entry: dict) -> None:
        from mistral_common.tokens.tokenizers.sentencepiece import SentencePieceTokenizer
        from mistral_common.tokens.tokenizers.tekken import Tekkenizer

        self.name = f"mistral-common {importlib.metadata.version('mistral-common')}"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(entry["path"]).name
            path.write_bytes(read(entry["package"], entry["package_hash"], entry["path"]))
            if path.suffix == ".json":
                self.tokenizer = Tekkenizer.from_file(path)
            else:
                self.tokenizer = SentencePieceTokenizer(path)
                self.name += f", sentencepiece {importlib.metadata.version('sentencepiece')}"

    def plain(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, bos=False, eos=False)


class SentencePiece:
    """Pieces, scores and types put back into a model and run by sentencepiece, with the vendor's settings."""

    specials: dict[str, int] = {}

    def __init__(self, pieces: bytes, take: int | None, prefix: bool) -> None:
        self.name = f"sentencepiece {importlib.metadata.version('sentencepiece')}"
        lines = [line.split(" ") for line in pieces.decode().splitlines()[:take]]
        named = {"<unk>": 2, "<s>": 3, "</s>": 3}
        found = []
        for token, score, *kind in lines:
            text = base64.b64decode(token).decode()
            byte = 6 if text.startswith("<0x") and len(text) == 6 else 1
            found.append((text, float(score), int(kind[0]) if kind else named.get(text, byte)))
        self.plain = processor([(t, s, 3 if k == 4 and t.strip("▁\n\t") else k) for t, s, k in found], prefix).encode
        self.literal = processor(found, prefix).encode


def processor(pieces: list[tuple[str, float, int]], prefix: bool):
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2

    model = sentencepiece_model_pb2.ModelProto()
    for text, score, kind in pieces:
        model.pieces.add(piece=text, score=score, type=kind)
    model.trainer_spec.model_type = 2
    model.trainer_spec.byte_fallback = True
    model.trainer_spec.vocab_size = len(pieces)
    ids = {text: place for place, (text, _, kind) in enumerate(pieces) if kind in (2, 3)}
    for role, names in [("unk", ["<unk>"]), ("bos", ["<s>", "<bos>"]), ("eos", ["</s>", "<eos>"]), ("pad", ["<pad>"])]:
        name = next((name for name in names if name in ids), None)
        setattr(model.trainer_spec, f"{role}_id", ids.get(name, -1))
        if name:
            setattr(model.trainer_spec, f"{role}_piece", name)
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = prefix
    model.normalizer_spec.remove_extra_whitespaces = False
    model.normalizer_spec.escape_whitespaces = True
    return sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())


def specials(entry: dict) -> dict[str, int]:
    found = dict(entry.get("specials", {}))
    for part in entry.get("special_ranges", []):
        found |= {part["text"].replace("{}", str(part["number"] + i)): part["id"] + i for i in range(part["count"])}
    return found


def reference(entry: dict, manifest: dict):
    if entry["name"] == "gemma3":
        fetch_crate(*GEMMA3[:2])
        return SentencePiece(read(*GEMMA3), None, prefix=False)
    if entry["name"] == "glm4":
        entry = entry["specials_from"]
    if entry["name" if "name" in entry else "path"] == "o200k_harmony":
        base = next(other for other in manifest["vocab"] if other["name"] == entry["base"])
        entry = base | {key: entry.get(key, []) for key in ("name", "specials", "special_ranges")}
    package = (entry["package"], entry.get("package_hash"), entry["path"])
    match entry["format"]:
        case "tiktoken":
            return Tiktoken(entry, manifest)
        case "tokenizer.json":
            return HuggingFace(read(*package))
        case "tekken" | "sentencepiece":
            return Mistral(entry)
        case "spm":
            return SentencePiece(read(*package), entry.get("take"), prefix=entry["normalizer"] == "prefixed-spaces")


def special_text(specials: dict[str, int]) -> str:
    """A text with up to 300 special tokens, between and beside other text."""
    names = sorted(specials, key=lambda text: (specials[text], text))
    chosen = names[:150] + names[150 :: max(1, len(names) // 150)]
    between = ["", " ", "a", "\n", " b ", "<|", "|>", "1"]
    return "".join(name + between[i % len(between)] for i, name in enumerate(chosen))


def write(path: Path, lines: list) -> None:
    """Leaves a file alone that says the same: what gzip makes of it differs from one Python to another."""
    text = "".join(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n" for line in lines)
    if not path.exists() or gzip.decompress(path.read_bytes()) != text.encode():
        path.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{path.relative_to(ROOT)}  {len(lines)} lines  {path.stat().st_size} bytes")


def main() -> None:
    manifest = tomllib.loads((ROOT / "data/vocab.toml").read_text())
    GOLDEN.mkdir(exist_ok=True)
    hard = texts()
    write(GOLDEN / "texts.json.gz", hard)
    for entry in manifest["vocab"]:
        if sys.argv[1:] and entry["name"] not in sys.argv[1:]:
            continue
        tokenizer = reference(entry, manifest)
        lines: list = [{"reference": tokenizer.name}]
        if tokenizer.specials:
            text = special_text(tokenizer.specials)
            lines[0]["specials"] = {"text": text, "ids": tokenizer.special(text)}
        for text in hard:
            plain = tokenizer.plain(text)
            literal = tokenizer.literal(text) if hasattr(tokenizer, "literal") else plain
            lines.append(plain if plain == literal else {"plain": plain, "literal": literal})
        write(GOLDEN / f"{entry['name']}.json.gz", lines)


if __name__ == "__main__":
    main()
