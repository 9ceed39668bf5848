//! Encodings that have, between them, each pattern, each kind of symbols and each normalizer.

pub const ONE_OF_EACH: [&str; 12] = [
    "o200k_base",
    "cl100k_base",
    "r50k_base",
    "llama3",
    "qwen3",
    "qwen3_5",
    "deepseek_v3",
    "kimi",
    "tekken",
    "command_r",
    "gemma3",
    "llama2",
];
