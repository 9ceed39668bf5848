//! Every splitter cuts as its expressions do. Where a text is cut shows in its tokens: in these vocabularies any two bytes merge, so
//! a border that is missing, or one too many, moves what follows.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tokimeter::{Encoding, Pattern};
use tokimeter_fuzz::any_two_merge::any_two_merge;
use tokimeter_fuzz::input::Input;
use tokimeter_fuzz::simple::Simple;
use tokimeter_fuzz::{timed, unpacked};

struct Subject {
    ours: Encoding,
    simple: Simple,
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| Pattern::ALL.map(subject).into());

fn subject(pattern: Pattern) -> Subject {
    let file = any_two_merge(pattern);
    let simple = Simple::of(&unpacked(&file, None, usize::MAX).unwrap());
    Subject { ours: Encoding::from_packed(&file).unwrap(), simple }
}

fuzz_target!(init: { LazyLock::force(&SUBJECTS); }, |input: &[u8]| timed(run, input));

fn run(input: &[u8]) {
    let mut input = Input(input);
    let Subject { ours, simple } = input.one_of(&SUBJECTS);
    let (name, text) = (ours.name(), input.rest());
    let ids = ours.encode(&text);
    assert_eq!(Some(&ids), simple.encode(&text).as_ref(), "{name}: {text:?}");
    assert_eq!(ours.count(&text), ids.len(), "{name}: {text:?}");
}
