//! What the readers found, in a plain form.

use crate::vocabulary::{Definition, Symbols, Vocabulary};
use crate::{Entry, Result};
use serde_json::json;
use std::fs;
use std::path::Path;

pub fn write(folder: &Path, entry: &Entry, vocabulary: &Vocabulary) -> Result<()> {
    let mut file = Vec::from((vocabulary.definitions.len() as u32).to_le_bytes());
    for definition in &vocabulary.definitions {
        match definition {
            Definition::Byte(byte) => file.extend([0, *byte]),
            Definition::Merge(left, right) => {
                file.push(1);
                file.extend(left.to_le_bytes());
                file.extend(right.to_le_bytes());
            }
            Definition::Text(bytes) => {
                file.push(2);
                file.extend((bytes.len() as u32).to_le_bytes());
                file.extend(bytes);
            }
        }
    }
    file.extend(vocabulary.ids.iter().flat_map(|id| id.to_le_bytes()));
    fs::create_dir_all(folder)?;
    fs::write(folder.join(format!("{}.bin", entry.name)), file)?;
    let about = json!({
        "kind": if vocabulary.symbols == Symbols::Bytes { "bytes" } else { "characters" },
        "whole_pieces": vocabulary.whole_pieces,
        "pattern": entry.pattern,
        "normalizer": entry.normalizer,
        "base": entry.base,
        "specials": vocabulary.specials,
        "literals": vocabulary.literals,
    });
    fs::write(folder.join(format!("{}.json", entry.name)), format!("{about:#}\n"))?;
    Ok(())
}
