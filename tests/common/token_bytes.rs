//! The bytes of a vocabulary's tokens, for the tests and the tools.

use tokimeter::{Definition, Unpacked};

/// Returns the bytes of each token, by its rank.
pub fn token_bytes(Unpacked { definitions, texts, .. }: &Unpacked) -> Vec<Vec<u8>> {
    let mut tokens = vec![Vec::new(); definitions.len()];
    let mut waiting: Vec<usize> = (0..definitions.len()).collect();
    while !waiting.is_empty() {
        waiting.retain(|&rank| {
            tokens[rank] = match definitions[rank] {
                Definition::Byte(byte) => vec![byte],
                Definition::Text { start, length } => texts[start as usize..][..length as usize].to_vec(),
                Definition::Merge(left, right) => {
                    let (left, right): (&Vec<u8>, &Vec<u8>) =
                        (&tokens[left as usize], &tokens[right as usize]);
                    if left.is_empty() || right.is_empty() { Vec::new() } else { [&left[..], right].concat() }
                }
            };
            tokens[rank].is_empty()
        });
    }
    tokens
}
