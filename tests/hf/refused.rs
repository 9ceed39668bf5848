//! What must not be counted is an error with its code, in little time and memory.

use crate::common::small;
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokimeter::{ErrorKind, HfEncoding, HfText, MAX_FILE, MAX_FILE_TOKENS, MAX_NESTING};

/// Files that the reference panics on, miscounts with or takes too much memory for: each has the error in its name.
#[test]
fn hostile_files() {
    let mut seen = 0;
    for entry in fs::read_dir("tests/hostile/hf").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let wanted = name.split('.').next().unwrap();
        let loaded = HfEncoding::from_json(&fs::read(&path).unwrap());
        let code = match loaded.and_then(|ours| ours.count("a b\n\nab <mask> 1 中")) {
            Ok(_) => "counts",
            Err(error) => error.code(),
        };
        assert_eq!(code, wanted, "{name}");
        seen += 1;
    }
    assert!(seen >= 15, "{seen} files");
}

/// The expression fails on a long run of spaces; with the reference in wasm that ended the pieces, and the count was too small.
#[test]
fn an_expression_that_fails_is_an_error() {
    let (_, file) = small::files().swap_remove(0);
    let ours = HfEncoding::from_json(&serde_json::to_vec(&file).unwrap()).unwrap();
    let text = format!("{}xy xy xy aa", " ".repeat(1_000_000));
    assert_eq!(ours.count(&text).unwrap_err().kind(), ErrorKind::CannotCount);
    let mut live = HfText::new(Arc::new(ours));
    live.replace(0, 0, "xy").unwrap();
    assert_eq!(live.replace(1, 1, &text).unwrap_err().kind(), ErrorKind::CannotCount);
    assert_eq!((live.tokens(), live.len()), (2, 2));
}

/// A long piece of one thing takes time that grows with it and not with its square.
#[test]
fn long_pieces() {
    for (name, file) in small::files() {
        let ours = HfEncoding::from_json(&serde_json::to_vec(&file).unwrap()).unwrap();
        for unit in ["a", "ab", "中", "1", "\u{301}", "😀", "\n", "the "] {
            let begun = Instant::now();
            let text = unit.repeat(100_000 / unit.len());
            let _ = ours.count(&text);
            let took = begun.elapsed();
            assert!(took < Duration::from_secs(5), "{name}: {unit:?} takes {took:?}");
        }
    }
}

/// What expressions may take is of a text, and of a file, not of each piece of it, part or added token.
#[test]
fn expressions_that_are_slow_in_many_pieces() {
    const SLOW: &str = "(?:a|a)+(?!x)b";
    let mut file = small::files().swap_remove(4).1;
    let find = |expression: &str| json!({"Regex": expression});
    let split = |expression: &str| {
        json!({"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
        {"type": "Split", "pattern": find(expression), "behavior": "Isolated", "invert": false}]})
    };
    let load = |file: &Value| HfEncoding::from_json(&serde_json::to_vec(file).unwrap());
    let begun = Instant::now();
    file["pre_tokenizer"] = split(SLOW);
    let ours = Arc::new(load(&file).unwrap());
    for space in [" ", "\n"] {
        let text = format!("{}{space}", "a".repeat(16)).repeat(5_000);
        assert_eq!(ours.count(&text).unwrap_err().kind(), ErrorKind::CannotCount);
        let mut live = HfText::new(ours.clone());
        assert_eq!(live.replace(0, 0, &text).unwrap_err().kind(), ErrorKind::CannotCount);
    }
    // Of the whole text each search is quick, but not of the parts that are tried.
    file["pre_tokenizer"]["pretokenizers"][1]["behavior"] = json!("Removed");
    file["pre_tokenizer"]["pretokenizers"][1]["invert"] = json!(true);
    let mut live = HfText::new(Arc::new(load(&file).unwrap()));
    live.replace(0, 0, &format!("{}b ", "a".repeat(18)).repeat(1_000)).unwrap();
    assert_eq!(live.tokens(), 1_000);
    assert_eq!(live.split(1).map(|chunks| chunks.len()).unwrap_err().kind(), ErrorKind::CannotCount);
    // Where the pieces are long, a search that goes back often gets on.
    file["pre_tokenizer"] = split("a(?=b)");
    let long = load(&file).unwrap();
    assert!(long.count(&format!("{} ", "a".repeat(3_000)).repeat(100)).is_ok());
    file["normalizer"] = json!({"type": "Replace", "pattern": find(SLOW), "content": ""});
    let added = (0..5_000).map(|id| {
        json!({"id": 1_000 + id, "content": format!("{}{id}", "a".repeat(16)), "single_word": false, "lstrip": false,
            "rstrip": false, "normalized": true, "special": false})
    });
    file["added_tokens"] = added.collect();
    assert_eq!(load(&file).err().map(|error| error.kind()), Some(ErrorKind::CannotCount));
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");
}

/// What a normalizer may make is of a text, and of a file, not of each piece or added token, though nothing of it is left.
#[test]
fn normalizers_that_make_much_in_many_pieces() {
    let mut file = small::files().swap_remove(0).1;
    let replace =
        |from: &str, to: &str| json!({"type": "Replace", "pattern": {"String": from}, "content": to});
    file["normalizer"] = json!({"type": "Sequence", "normalizers":
        [replace("a", &"b".repeat(1024)), replace("b", &"c".repeat(1024)), replace("c", "")]});
    let added = |content: String, normalized: bool| {
        json!({"id": 1_000, "content": content, "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": normalized, "special": false})
    };
    let load = |file: &Value| HfEncoding::from_json(&serde_json::to_vec(file).unwrap());
    let begun = Instant::now();
    file["added_tokens"] = json!([added("<s>".into(), false)]);
    let ours = load(&file).unwrap();
    assert!(ours.count(&"<s>a".repeat(4)).is_ok());
    assert_eq!(ours.count(&"<s>a".repeat(1_000)).unwrap_err().kind(), ErrorKind::LimitExceeded);
    assert!(ours.count(&"<s>the <s>1".repeat(10_000)).is_ok());
    file["added_tokens"] = (0..1_000).map(|number| added(format!("a{number}"), true)).collect();
    assert_eq!(load(&file).err().map(|error| error.kind()), Some(ErrorKind::LimitExceeded));
    let took = begun.elapsed();
    assert!(took < Duration::from_mins(1), "{took:?}");
}

#[test]
fn limits() {
    let base = |model: Value| {
        let mut file = small::files().swap_remove(0).1;
        file["model"] = model;
        file["pre_tokenizer"] = Value::Null;
        file["decoder"] = Value::Null;
        file
    };
    let load = |file: &Value| HfEncoding::from_json(&serde_json::to_vec(file).unwrap());
    let kind = |file: &Value| load(file).err().map(|error| error.kind());
    let (limit, invalid) = (Some(ErrorKind::LimitExceeded), Some(ErrorKind::InvalidTokenizer));
    // The length of the file.
    let mut bytes = serde_json::to_vec(&small::files()[0].1).unwrap();
    bytes.resize(MAX_FILE, b' ');
    assert!(HfEncoding::from_json(&bytes).is_ok());
    bytes.push(b' ');
    assert_eq!(HfEncoding::from_json(&bytes).err().map(|error| error.kind()), limit);
    // Nesting.
    let nested = |depth: usize| {
        let text = serde_json::to_string(&small::files()[0].1).unwrap();
        let more = format!(",\"more\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        HfEncoding::from_json(format!("{}{more}", &text[..text.len() - 1]).as_bytes())
            .err()
            .map(|error| error.kind())
    };
    assert_eq!((nested(MAX_NESTING - 1), nested(MAX_NESTING)), (None, limit));
    // Tokens.
    let most = MAX_FILE_TOKENS as usize;
    let words = |number: usize| {
        let list: Vec<String> = (0..number).map(|id| format!("\"{id:x}\":{id}")).collect();
        let text =
            format!(r#"{{"model":{{"type":"WordLevel","unk_token":"0","vocab":{{{}}}}}}}"#, list.join(","));
        HfEncoding::from_json(text.as_bytes()).err().map(|error| error.kind())
    };
    assert_eq!((words(most), words(most + 1)), (None, limit));
    // Added tokens, and the length of their list.
    let added = |number: usize, length: usize| {
        let mut file = small::files().swap_remove(0).1;
        let token = |id: usize| {
            json!({"id": 1_000 + id, "content": format!("{id:0length$}"), "single_word": false, "lstrip": false,
                "rstrip": false, "normalized": false, "special": false})
        };
        file["added_tokens"] = (0..number).map(token).collect();
        kind(&file)
    };
    assert_eq!((added(100_000, 6), added(100_001, 6)), (None, limit));
    assert_eq!((added(256, 65_000), added(260, 65_000)), (None, limit));
    // The length of a token: of any, and of one of a Unigram or WordPiece.
    let unigram = |length: usize| {
        kind(&base(
            json!({"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["a".repeat(length), -1.0]]}),
        ))
    };
    assert_eq!((unigram(256), unigram(257)), (None, limit));
    let word_level = |length: usize| {
        kind(&base(json!({"type": "WordLevel", "unk_token": "a", "vocab": {"a".repeat(length): 0}})))
    };
    assert_eq!((word_level(65_536), word_level(65_537)), (None, limit));
    // Steps, what they put in, and expressions.
    let normalizer = |normalizer: Value| {
        let mut file = small::files().swap_remove(0).1;
        file["normalizer"] = normalizer;
        kind(&file)
    };
    let steps = |number: usize| {
        normalizer(json!({"type": "Sequence", "normalizers": vec![json!({"type": "NFC"}); number]}))
    };
    assert_eq!((steps(64), steps(65)), (None, limit));
    let prepend = |length: usize| normalizer(json!({"type": "Prepend", "prepend": "a".repeat(length)}));
    assert_eq!((prepend(1024), prepend(1025)), (None, limit));
    let expression =
        |source: String| normalizer(json!({"type": "Replace", "pattern": {"Regex": source}, "content": ""}));
    assert_eq!((expression("a".repeat(16_384)), expression("a".repeat(16_385))), (None, limit));
    let groups = |depth: usize| expression(format!("{}a{}", "(".repeat(depth), ")".repeat(depth)));
    assert_eq!((groups(32), groups(33)), (None, Some(ErrorKind::UnsupportedTokenizer)));
    let times = |times: usize| expression(format!("a{{{times}}}"));
    assert_eq!((times(1000), times(1001)), (None, Some(ErrorKind::UnsupportedTokenizer)));
    assert_eq!(normalizer(json!({"type": "NFC", "more": 1})), None);
    assert_eq!(normalizer(json!({"type": "Strip", "strip_left": 1, "strip_right": true})), invalid);
    // A text that cannot be cut.
    let ours = load(&small::files()[0].1).unwrap();
    assert!(ours.count(&"ab ".repeat(1 << 20)).is_ok());
    assert_eq!(ours.count(&"a ".repeat((2 << 20) + 1)).unwrap_err().kind(), ErrorKind::LimitExceeded);
    let growing = |most: usize| {
        let mut file = small::files().swap_remove(2).1;
        file["normalizer"] =
            json!({"type": "Replace", "pattern": {"String": "a"}, "content": "b".repeat(1024)});
        load(&file).unwrap().count(&"a".repeat(most)).err().map(|error| error.kind())
    };
    assert_eq!((growing(12_000), growing(12_289)), (None, limit));
}
