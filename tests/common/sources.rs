//! Another way from a rank file to its merges than the packer's, for the tests to hold the packer against.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::collections::HashMap;
use tokimeter::Definition;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A rank file: a line a token, its bytes in base64 and its rank.
pub fn read_tiktoken(source: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut tokens = Vec::new();
    for line in std::str::from_utf8(source)?.lines() {
        let (token, rank) = line.split_once(' ').ok_or(format!("not a rank line: {line:?}"))?;
        if rank.parse::<usize>()? != tokens.len() {
            return Err(format!("rank {rank} stands at place {}", tokens.len()).into());
        }
        tokens.push(BASE64_STANDARD.decode(token)?);
    }
    Ok(tokens)
}

/// Finds the two tokens that each token is merged from: what is left of its bytes after all merges of lower rank.
pub fn definitions(tokens: &[Vec<u8>]) -> Result<Vec<Definition>> {
    let ranks: HashMap<&[u8], usize> = tokens.iter().enumerate().map(|(i, t)| (t.as_slice(), i)).collect();
    let definition = |(rank, token): (usize, &Vec<u8>)| match *parts(token, rank, &ranks) {
        [_, 1] => Ok(Definition::Byte(token[0])),
        [_, middle, _] => {
            let id = |part: &[u8]| ranks.get(part).map(|&id| id as u32).ok_or("a part without a token");
            Ok(Definition::Merge(id(&token[..middle])?, id(&token[middle..])?))
        }
        _ => Err(format!("token {rank}, {token:02x?}, is not the merge of two tokens before it").into()),
    };
    tokens.iter().enumerate().map(definition).collect()
}

/// Merges the bytes of `token` by the merges below `limit`; returns the borders of what is left.
fn parts(token: &[u8], limit: usize, ranks: &HashMap<&[u8], usize>) -> Vec<usize> {
    let mut borders: Vec<usize> = (0..=token.len()).collect();
    loop {
        let best = (0..borders.len().saturating_sub(2))
            .filter_map(|i| ranks.get(&token[borders[i]..borders[i + 2]]).map(|&rank| (rank, i)))
            .filter(|&(rank, _)| rank < limit)
            .min();
        match best {
            Some((_, i)) => borders.remove(i + 1),
            None => return borders,
        };
    }
}
