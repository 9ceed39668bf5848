//! A process that runs one tokenizer for `benches/peers`: gets calls as lines of JSON, answers with results. The protocol is
//! that of agent.mjs beside the page, and so are the rules: only the work itself is timed, and texts are made ready before.

mod contenders;
mod texts;

use contenders::Tokenizer;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::hint::black_box;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::{Duration, Instant};
use texts::Text;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const FIRST_TEXT: &str = "The first count of a page: a short sentence, as somebody begins to type it.";

fn main() -> Result<()> {
    let mut agent = Agent { tokenizer: None, texts: HashMap::new() };
    for line in stdin().lock().lines() {
        let call: Value = serde_json::from_str(&line?)?;
        let answer = match agent.call(&call["method"], &call["args"]) {
            Ok(result) => json!({ "result": result }),
            Err(error) => json!({ "failure": error.to_string() }),
        };
        println!("{answer}");
        stdout().flush()?;
    }
    Ok(())
}

struct Agent {
    tokenizer: Option<Box<dyn Tokenizer>>,
    texts: HashMap<String, Text>,
}

impl Agent {
    fn call(&mut self, method: &Value, args: &Value) -> Result<Value> {
        let text = |at: usize| args[at].as_str().ok_or_else(|| format!("argument {at} is no text"));
        let number = |at: usize| args[at].as_f64().ok_or_else(|| format!("argument {at} is no number"));
        match method.as_str().unwrap_or_default() {
            "load" => {
                for name in names(&args[0]) {
                    self.texts.insert(name.to_owned(), Text::read(name)?);
                }
                Ok(Value::Null)
            }
            "start" => {
                let first = args[2].as_str().map_or(Ok(FIRST_TEXT), |name| self.whole(name))?.to_owned();
                let begin = Instant::now();
                let tokenizer = contenders::start(text(0)?, text(1)?)?;
                let tokens = tokenizer.count(&first);
                let time = begin.elapsed();
                self.tokenizer = Some(tokenizer);
                Ok(timed(time, 1, tokens))
            }
            "prepare" => {
                self.tokenizer = Some(contenders::start(text(0)?, text(1)?)?);
                Ok(Value::Null)
            }
            "warmUp" => self.warm_up(names(&args[0]), Duration::from_secs_f64(number(1)? / 1e3), text(2)?),
            "whole" => self.repeatedly(text(0)?, text(1)?, Duration::ZERO),
            "repeatedly" => self.repeatedly(text(0)?, text(1)?, Duration::from_secs_f64(number(2)? / 1e3)),
            "slices" => self.slices(text(0)?, text(1)?),
            "check" => self.check(text(0)?),
            "memory" => Ok(json!({ "bytes": texts::resident_bytes()? })),
            other => Err(format!("no method is called {other}").into()),
        }
    }

    fn whole(&self, name: &str) -> Result<&str> {
        Ok(&self.text(name)?.whole)
    }

    fn text(&self, name: &str) -> Result<&Text> {
        self.texts.get(name).ok_or_else(|| format!("load {name} first").into())
    }

    fn work(&self, work: &str) -> Result<impl Fn(&str) -> usize> {
        let tokenizer = self.tokenizer.as_ref().ok_or("start a contender first")?;
        let encodes = work == "encode";
        Ok(
            move |text: &str| {
                if encodes { black_box(tokenizer.encode(text)).len() } else { tokenizer.count(text) }
            },
        )
    }

    fn warm_up<'a>(&self, names: impl Iterator<Item = &'a str>, time: Duration, work: &str) -> Result<Value> {
        let work = self.work(work)?;
        let texts = names.map(|name| self.text(name)).collect::<Result<Vec<_>>>()?;
        let begin = Instant::now();
        for pass in 0.. {
            if pass >= 2 && begin.elapsed() >= time {
                break;
            }
            for slice in texts.iter().flat_map(|text| text.slices().take(10)) {
                black_box(work(slice));
            }
        }
        Ok(Value::Null)
    }

    fn repeatedly(&self, name: &str, work: &str, least: Duration) -> Result<Value> {
        let (text, work) = (self.whole(name)?, self.work(work)?);
        let begin = Instant::now();
        let mut calls = 0;
        loop {
            let tokens = work(black_box(text));
            calls += 1;
            if begin.elapsed() >= least {
                return Ok(timed(begin.elapsed(), calls, tokens));
            }
        }
    }

    fn slices(&self, name: &str, work: &str) -> Result<Value> {
        let (text, work) = (self.text(name)?, self.work(work)?);
        let begin = Instant::now();
        let tokens = text.slices().map(|slice| work(black_box(slice))).sum();
        Ok(timed(begin.elapsed(), 1, tokens))
    }

    /// How many tokens a text has, and a hash of their ids (FNV-1a), if the tokenizer gives ids.
    fn check(&self, name: &str) -> Result<Value> {
        let tokenizer = self.tokenizer.as_ref().ok_or("start a contender first")?;
        let text = self.whole(name)?;
        if !tokenizer.encodes() {
            return Ok(json!({ "tokens": tokenizer.count(text) }));
        }
        let ids = tokenizer.encode(text);
        let hash = ids.iter().fold(0x811c_9dc5_u32, |hash, id| (hash ^ id).wrapping_mul(0x0100_0193));
        Ok(json!({ "tokens": ids.len(), "hash": hash }))
    }
}

fn names(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn timed(time: Duration, calls: u32, tokens: usize) -> Value {
    json!({ "ms": time.as_secs_f64() * 1e3 / f64::from(calls), "tokens": tokens })
}
