"""A process that runs one Python tokenizer for benches/peers: gets calls as lines of JSON, answers with results.

The protocol and the rules are those of src/main.rs beside this file.
"""

import gc
import json
import os
import sys
import time

FIRST_TEXT = "The first count of a page: a short sentence, as somebody begins to type it."
SLICE_BYTES = 20_000


def tiktoken(encoding):
    import tiktoken
    import tiktoken_ext.openai_public as public
    from tiktoken.load import load_tiktoken_bpe

    # The file that it would download.
    folder = "target/peers/tiktoken"
    os.environ["TIKTOKEN_CACHE_DIR"] = ""
    public.load_tiktoken_bpe = lambda url, **hashes: load_tiktoken_bpe(f"{folder}/{url.rsplit('/')[-1]}", **hashes)
    encode = tiktoken.get_encoding(encoding).encode_ordinary
    return lambda text: len(encode(text)), encode


def ctok(encoding):
    import ctok

    version = encoding.removeprefix("claude").replace("_", ".")
    frame = ctok.token_count("a", version) - 1
    return lambda text: ctok.token_count(text, version) - frame, None


CONTENDERS = {"tiktoken (Python)": tiktoken, "ctok (Python)": ctok}


def slices(text):
    """Cuts at the last newline within the limit, or else at the last space, or else at the last whole character."""
    data = text.encode()
    parts, start = [], 0
    while start < len(data):
        limit = min(start + SLICE_BYTES, len(data))
        end = limit
        if limit < len(data):
            at = max(data.rfind(b"\n", start, limit), -1)
            at = at if at >= 0 else data.rfind(b" ", start, limit)
            end = at + 1 if at >= 0 else limit
            while at < 0 and data[end] & 0xC0 == 0x80:
                end -= 1
        parts.append(data[start:end].decode())
        start = end
    return parts


class Agent:
    def __init__(self):
        self.texts = {}

    def load(self, names):
        for name in names:
            path = name if "/" in name else f"target/corpus/{name}.txt"
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read()
            self.texts[name] = text, slices(text)

    def start(self, contender, encoding, name=None):
        text = self.texts[name][0] if name else FIRST_TEXT
        begin = time.perf_counter()
        self.count, self.encode = CONTENDERS[contender](encoding)
        tokens = self.count(text)
        return {"ms": (time.perf_counter() - begin) * 1e3, "tokens": tokens}

    def prepare(self, contender, encoding):
        self.count, self.encode = CONTENDERS[contender](encoding)

    def work(self, work):
        return self.count if work == "count" else lambda text: len(self.encode(text))

    def warmUp(self, names, ms, work):
        work = self.work(work)
        end = time.perf_counter() + ms / 1e3
        passes = 0
        while passes < 2 or time.perf_counter() < end:
            for name in names:
                for part in self.texts[name][1][:10]:
                    work(part)
            passes += 1

    def whole(self, name, work):
        return self.repeatedly(name, work, 0)

    def repeatedly(self, name, work, ms):
        text, work = self.texts[name][0], self.work(work)
        gc.collect()
        begin = time.perf_counter()
        calls = 0
        while True:
            tokens = work(text)
            calls += 1
            spent = (time.perf_counter() - begin) * 1e3
            if spent >= ms:
                return {"ms": spent / calls, "tokens": tokens}

    def slices(self, name, work):
        parts, work = self.texts[name][1], self.work(work)
        gc.collect()
        begin = time.perf_counter()
        tokens = sum(work(part) for part in parts)
        return {"ms": (time.perf_counter() - begin) * 1e3, "tokens": tokens}

    def check(self, name):
        text = self.texts[name][0]
        if self.encode is None:
            return {"tokens": self.count(text)}
        ids = self.encode(text)
        digest = 0x811C9DC5
        for id in ids:
            digest = ((digest ^ id) * 0x01000193) & 0xFFFFFFFF
        return {"tokens": len(ids), "hash": digest}

    def memory(self):
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmRSS:"))
        return {"bytes": int(line.split()[1]) * 1024}


def main():
    agent = Agent()
    for line in sys.stdin:
        call = json.loads(line)
        try:
            answer = {"result": getattr(agent, call["method"])(*call["args"])}
        except Exception as error:
            answer = {"failure": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
