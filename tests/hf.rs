//! Any kind of tokenizer.json: the same ids as Hugging Face's `tokenizers` has, with Oniguruma, from the same bytes.
#![cfg(feature = "hf")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{encoding, rng, setting, texts};
use tokenizers::Tokenizer;
use tokimeter::HfEncoding;

#[test]
fn scratch() {
    let corpus = texts::corpus();
    let drawn = encoding("o200k_base");
    let cases = setting("CASES", 2_000);
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut files: Vec<_> = std::fs::read_dir("/tmp/hf/files").unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if !only.is_empty() && !only.split(',').any(|one| name.contains(one)) { continue; }
        let file = std::fs::read(&path).unwrap();
        let begun = std::time::Instant::now();
        let ours = match HfEncoding::from_json(&file) {
            Ok(ours) => ours,
            Err(error) => { println!("{name}: {:?} {}", error.kind(), error.to_string().chars().take(300).collect::<String>()); continue; }
        };
        let took = begun.elapsed();
        let begun = std::time::Instant::now();
        let mut theirs = Tokenizer::from_bytes(&file).unwrap();
        let took2 = begun.elapsed();
        let mut rng = rng(&name);
        let mut wrong = 0;
        for special in [false, true] {
            theirs.set_encode_special_tokens(!special);
            for _ in 0..cases {
                let text = texts::text(&mut rng, &drawn, &corpus);
                let ids = if special { ours.encode_with_specials(&text) } else { ours.encode(&text) };
                let wanted = theirs.encode_fast(text.as_str(), false).unwrap();
                match ids {
                    Ok(ids) if ids == wanted.get_ids() => {}
                    other => { wrong += 1; if wrong < 3 { println!("  {name} {special} {text:?}\n   ours {other:?}\n   theirs {:?}", wanted.get_ids()); } }
                }
                let a = ours.decode(wanted.get_ids()).unwrap(); let b = theirs.decode(wanted.get_ids(), false).unwrap();
                if a != b { wrong += 1; if wrong < 3 { println!("  {name} decode {a:?} {b:?}"); } }
            }
        }
        println!("{name}: {wrong} wrong; whole {} ours {took:?} theirs {took2:?}", ours.is_whole());
    }
}
