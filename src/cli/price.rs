//! What an input costs, in integers of 10⁻¹² of a currency, by the rules of `pkg/src/price.ts`.

use super::book::{Book, Hours, Millionths, Model, Price, Rates, Step};
use super::options::Currency;
use serde::Serialize;
use std::time::{SystemTime, UNIX_EPOCH};
use tokimeter::TokenRange;

/// What the input costs. Amounts are decimals of any length, exactly.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cost {
    pub currency: Currency,
    pub input: Option<String>,
    pub low: Option<String>,
    pub high: Option<String>,
    /// What a million tokens cost, in the currency in which the vendor states it.
    pub per_million: Option<String>,
    pub tier: &'static str,
    /// The price step: the input has more tokens than this.
    pub above: Option<u64>,
    pub as_of: String,
    pub source: String,
    pub converted: Option<Converted>,
}

/// How amounts were converted.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Converted {
    pub from: Currency,
    pub cny_per_usd: String,
    pub source: String,
    pub as_of: String,
}

/// A time of the week, in UTC.
#[derive(Clone, Copy)]
pub struct Moment {
    /// 1 is Monday.
    pub day: u8,
    pub minute: u16,
}

impl Moment {
    /// Returns the time that it is now.
    pub fn now() -> Self {
        let minutes = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 60);
        // The first day of 1970 was a Thursday.
        Self { day: ((minutes / 1440 + 3) % 7 + 1) as u8, minute: (minutes % 1440) as u16 }
    }

    /// Returns whether it is in one of the hours.
    pub fn is_in(self, hours: &[Hours]) -> bool {
        let time = format!("{:02}:{:02}", self.minute / 60, self.minute % 60);
        hours.iter().any(|Hours { days, from, to }| {
            days.as_ref().is_none_or(|days| days.contains(&self.day)) && *from <= time && time < *to
        })
    }
}

/// Returns what an input costs; nothing if the book has no price of the model.
pub fn cost(
    book: &Book,
    model: &Model,
    input: TokenRange,
    currency: Option<Currency>,
    now: Moment,
) -> Option<Cost> {
    let list = model.prices.iter().find(|price| Some(price.currency) == currency).or(model.prices.first())?;
    let source = book.sources.get(&list.source)?;
    let currency = currency.unwrap_or(list.currency);
    let rate = Some(book.rate.cny_per_usd).filter(|_| currency != list.currency);
    let amount = |tokens: usize| {
        let (_, _, rates) = applied(list, tokens as u64, now);
        amount(tokens, rates.input, list.currency, rate).map(decimal)
    };
    let (tier, above, rates) = applied(list, input.tokens as u64, now);
    Some(Cost {
        currency,
        input: amount(input.tokens),
        low: amount(input.low),
        high: amount(input.high),
        per_million: rates.input.map(per_million),
        tier,
        above,
        as_of: list.as_of.as_ref().unwrap_or(&source.date).clone(),
        source: source.title(),
        converted: rate.map(|rate| Converted {
            from: list.currency,
            cny_per_usd: per_million(rate),
            source: book.rate.source.title(),
            as_of: book.rate.source.date.clone(),
        }),
    })
}

/// Returns the tariff, its step, and the rates there. A tariff that does not say what is beyond a step of the standard one
/// leaves that unknown.
fn applied(list: &Price, input: u64, now: Moment) -> (&'static str, Option<u64>, Rates) {
    let step =
        |steps: &[Step]| steps.iter().rfind(|step| input > step.above).map(|step| (step.above, step.rates));
    let standard = step(&list.steps);
    let above = standard.map(|(above, _)| above);
    let Some(off_peak) = list.off_peak.as_ref().filter(|off_peak| now.is_in(&off_peak.hours)) else {
        return ("standard", above, standard.map_or(list.standard, |(_, rates)| rates));
    };
    let cheaper = step(&list.off_peak_steps);
    let is_known = cheaper.map(|(above, _)| above) == above;
    let rates = cheaper.map_or(off_peak.rates, |(_, rates)| rates);
    ("off-peak", above, if is_known { rates } else { Rates { input: None } })
}

fn amount(
    tokens: usize,
    rate: Option<Millionths>,
    from: Currency,
    cny_per_usd: Option<Millionths>,
) -> Option<u128> {
    if tokens == 0 {
        return Some(0);
    }
    let amount = tokens as u128 * u128::from(rate?.0);
    let Some(Millionths(rate)) = cny_per_usd else { return Some(amount) };
    let (rate, million) = (u128::from(rate), 1_000_000);
    let (times, by) = if from == Currency::Usd { (rate, million) } else { (million, rate) };
    // To the nearest, halves up.
    Some((2 * amount * times + by) / (2 * by))
}

/// Returns an amount as a decimal, exactly.
pub fn decimal(amount: u128) -> String {
    let digits = format!("{amount:013}");
    let (whole, fraction) = digits.split_at(digits.len() - 12);
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

fn per_million(rate: Millionths) -> String {
    decimal(u128::from(rate.0) * 1_000_000)
}
