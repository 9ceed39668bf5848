//! Ids of models as people write them, as in `pkg/src/encodings.ts` and `pkg/src/models.ts`.

/// Returns an id without what comes before the model, as words joined by dashes.
pub fn words(id: &str) -> String {
    let id = id.to_lowercase();
    let name = match id.rsplit_once('/') {
        Some((_, name)) => name,
        None => id.strip_prefix("ft:").unwrap_or(&id),
    };
    let name = &name[vendors_end(name)..];
    let words = dashed(name);
    let words = words.strip_prefix('-').unwrap_or(&words);
    words.strip_suffix('-').unwrap_or(words).to_owned()
}

/// Returns a name in small letters with one dash for whatever is neither letter nor digit.
pub fn dashed(name: &str) -> String {
    let mut dashed = String::new();
    for c in name.chars() {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            dashed.push(c);
        } else if !dashed.ends_with('-') {
            dashed.push('-');
        }
    }
    dashed
}

/// Returns where `us.anthropic.` and the like end, which have no digits.
fn vendors_end(name: &str) -> usize {
    let bytes = name.as_bytes();
    let (mut at, mut end) = (0, 0);
    loop {
        let letters =
            bytes[at..].iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'-').count();
        if letters == 0 || bytes.get(at + letters) != Some(&b'.') {
            return end;
        }
        at += letters + 1;
        if bytes.get(at).is_some_and(u8::is_ascii_lowercase) {
            end = at;
        }
    }
}

/// Returns an id as words, without what a provider or a tool puts around it.
pub fn bare(id: &str) -> String {
    let mut name = id.trim();
    if let Some(inner) = name.strip_suffix(']') {
        let from = inner.rfind(']').map_or(0, |at| at + 1);
        name = inner[from..].find('[').map_or(name, |at| &name[..from + at]);
    }
    if let Some((before, end)) = name.rsplit_once(':') {
        let end = end.to_ascii_lowercase();
        if ["free", "beta", "nitro", "floor", "exacto", "extended", "online", "thinking"].contains(&&*end) {
            name = before;
        }
    }
    name = without_version(name);
    let is_tuned = name.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("ft:"));
    if is_tuned && let Some(colon) = name[3..].find(':').filter(|&at| at > 0) {
        name = &name[..3 + colon];
    }
    if is_tuned { format!("ft-{}", words(name)) } else { words(name) }
}

/// Takes `-v1:0` or `-v1:0:8k` from the end.
fn without_version(name: &str) -> &str {
    let Some(at) = name.rfind("-v") else { return name };
    let parts: Vec<&str> = name[at + 2..].split(':').collect();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    match *parts {
        [major, minor] if is_number(major) && is_number(minor) => &name[..at],
        [major, minor, rest] if is_number(major) && is_number(minor) && is_word(rest) => &name[..at],
        _ => name,
    }
}

/// Returns the name without a date or `-latest` at its end; nothing if there is none.
pub fn without_end(name: &str) -> Option<&str> {
    name.match_indices('-').find(|&(at, _)| is_end(&name[at + 1..])).map(|(at, _)| &name[..at])
}

fn is_end(word: &str) -> bool {
    let is_few = matches!(*word.as_bytes(), [b'0', b'0', digit] if digit.is_ascii_digit());
    word == "latest" || word == "default" || is_few || is_date(word)
}

/// `20\d\d-?[01]\d-?[0-3]\d`
fn is_date(word: &str) -> bool {
    let mut rest = word.as_bytes();
    let places: [&[u8]; 8] =
        [b"2", b"0", b"0123456789", b"0123456789", b"01", b"0123456789", b"0123", b"0123456789"];
    for (at, allowed) in places.iter().enumerate() {
        if (at == 4 || at == 6) && rest.first() == Some(&b'-') {
            rest = &rest[1..];
        }
        match rest.split_first() {
            Some((byte, behind)) if allowed.contains(byte) => rest = behind,
            _ => return false,
        }
    }
    rest.is_empty()
}

/// A dash tells two numbers apart, and nothing else: gpt5.2 is gpt-5.2, but no gpt-52.
pub fn squeezed(name: &str) -> String {
    let bytes = name.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let stays =
        |&(at, c): &(usize, char)| c != '-' || (is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)));
    name.char_indices().filter(stays).map(|(_, c)| c).collect()
}

/// Returns how many letters have to be put in, taken out or changed to make `b` of `a`.
pub fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, other) in b.chars().enumerate() {
            let changed = row[j] + usize::from(letter != other);
            next.push(changed.min(row[j + 1] + 1).min(next[j] + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
