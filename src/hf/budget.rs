//! What expressions may take of time, and what normalizers may make: of a text, whatever number of pieces there are, or of a file.

use super::MAX_NORMALIZED;

/// Searches between two looks at the clock.
const SEARCHES: usize = 32;
/// The bytes that a search passes for which it may go back often, and those by which all together may fall behind that.
const LONG_SEARCH: usize = 200;
const CREDIT: usize = 16 * LONG_SEARCH;
/// How much longer than all of the text its pieces may become, but for short ones.
const GROWTH: usize = 3;

pub(super) struct Budget {
    until: f64,
    /// Searches since the last look at the clock.
    searches: usize,
    credit: usize,
    /// The bytes that all steps of a normalizer made of all pieces, and the most that one step may make of them.
    pub made: usize,
    pub most_made: usize,
}

impl Budget {
    /// Gives so many bytes a thousand times more than they need with an ordinary expression: a page may sleep meanwhile.
    pub fn for_bytes(bytes: usize) -> Self {
        let until = now() + 5000.0;
        let mut budget = Self { until, searches: 0, credit: CREDIT, made: 0, most_made: MAX_NORMALIZED };
        budget.add(bytes);
        budget
    }

    /// Gives the time and room for so many bytes more.
    pub fn add(&mut self, bytes: usize) {
        self.most_made = self.most_made.saturating_add(bytes.saturating_mul(GROWTH));
        self.until += 0.05 * f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
    }

    /// Notes a search; returns whether the time is over.
    pub fn is_over(&mut self) -> bool {
        self.searches += 1;
        if self.searches < SEARCHES {
            return false;
        }
        self.searches = 0;
        now() > self.until
    }

    /// Returns whether a search may go back often.
    pub fn has_long_search(&self) -> bool {
        self.credit >= LONG_SEARCH
    }

    /// Notes a search that went back often, and how many bytes it passed. The clock is looked at behind it.
    pub fn took_long_search(&mut self, passed: usize) {
        self.credit = self.credit.saturating_add(passed).min(CREDIT).saturating_sub(LONG_SEARCH);
        self.searches = SEARCHES;
    }
}

/// Milliseconds since some time.
#[cfg(target_arch = "wasm32")]
fn now() -> f64 {
    js_sys::Date::now()
}

#[cfg(not(target_arch = "wasm32"))]
fn now() -> f64 {
    use std::sync::LazyLock;
    use std::time::Instant;
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGIN.elapsed().as_secs_f64() * 1000.0
}
