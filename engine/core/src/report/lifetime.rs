//! The years of a service, and words by language, as JSON.

use crate::catalogue::Range;
use crate::cost::{LifeYear, Lifetime, Paid, SpokenCost};
use crate::quantity::Quantity;
use crate::written::tree;
use serde_json::{Value, json};

/// A service over its life.
pub(super) fn lifetime(life: &Lifetime) -> Value {
    json!({
        "workload": life.workload, "subject": life.subject, "per_user": life.per_user, "age_years": life.age,
        "own": life.own.map(range), "rented": life.rented.map(range), "bought": life.bought.map(range),
        "years": life.years.iter().map(year).collect::<Vec<_>>(),
        "remarks": life.remarks,
    })
}

fn year(year: &LifeYear) -> Value {
    json!({
        "year": year.year, "requests": plain(year.requests), "users": plain(year.users),
        "gain": plain(year.gain), "replicas": plain(year.replicas), "room": tree(&year.room),
        "energy_wh": year.energy.map(range), "emitted_kg": year.emitted.map(range),
        "own_at_least": year.at_least, "own": year.own.map(paid), "rented": year.rented.map(paid), "bought": year.bought.map(paid),
        "even_bought": year.even_bought.map(ends), "even_rented": year.even_rented.map(ends),
        "cheapest": year.firm().map(|way| tree(&way)),
    })
}

fn paid(paid: Paid) -> Value {
    json!({
        "year": range(paid.year), "million": range(paid.million), "request": range(paid.request),
        "user_month": range(paid.user_month),
    })
}

/// What a million words of a language cost.
pub(super) fn spoken(spoken: &SpokenCost) -> Value {
    json!({
        "language": spoken.language, "served": spoken.served, "by_english": spoken.english,
        "tokens_per_word": plain(spoken.word), "million_read": range(spoken.read),
        "million_answered": range(spoken.answered),
    })
}

fn range<Q: Quantity>(range: Range<Q>) -> Value {
    plain(range.map(Quantity::base))
}

fn plain(range: Range<f64>) -> Value {
    json!({ "low": range.low, "mid": range.mid, "high": range.high })
}

fn ends(range: Range<Option<f64>>) -> Value {
    json!({ "low": range.low, "mid": range.mid, "high": range.high })
}
