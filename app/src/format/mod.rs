//! Numbers for people: grouped by the browser's locale, with the units of the engine.
//! Headlines take three significant digits; [`full`] and its like show all of them.

mod number;

pub use number::{count, decimals, full, significant};

use plumbline_engine::FactLine;
use plumbline_engine::catalogue::{PriceKind, Range};
use plumbline_engine::quantity::{HourlyPrice, Money, Quantity, Seconds, Unit, Watts};
use plumbline_engine::scalar::Scalar;

/// Between a number and its unit: narrow, and no line breaks there.
const THIN: &str = "\u{202f}";

/// Power, three significant digits: `1.63 MW`.
pub fn power(power: Watts) -> String {
    quantity(power)
}

/// Any quantity, three significant digits, in the unit that suits its size.
pub fn quantity<Q: Quantity>(quantity: Q) -> String {
    scaled(quantity.base(), Q::UNITS)
}

/// Seconds, three significant digits, in the unit that suits their number: `12.3 ms`, `54.1 d`.
pub fn seconds(seconds: f64) -> String {
    match seconds.abs() {
        small if small < 0.0995 => [&significant(seconds * 1e3, 3), THIN, "ms"].concat(),
        _ => quantity(Seconds::new(seconds)),
    }
}

/// Money for headlines: `$ 61.2 M`.
pub fn money(money: Money) -> String {
    let value = money.get();
    let (factor, letter) = match value.abs() {
        size if size >= 999.5e6 => (1e9, "B"),
        size if size >= 999.5e3 => (1e6, "M"),
        size if size >= 99.95e3 => (1e3, "k"),
        _ => return signed_dollars(value, &significant(value.abs(), 3)),
    };
    let number = [&significant(value.abs() / factor, 3), THIN, letter].concat();
    signed_dollars(value, &number)
}

/// Money to the last dollar: `$ 61,234,567`.
pub fn money_full(money: Money) -> String {
    signed_dollars(money.get(), &count(money.get().abs()))
}

/// `low – mid – high`, three significant digits each; one figure where they are equal.
pub fn money_range(range: Range<Money>) -> String {
    if range.low == range.high {
        return money(range.mid);
    }
    [money(range.low), money(range.mid), money(range.high)].join(" – ")
}

/// Where a price comes from, in a word.
pub fn price_kind(kind: PriceKind) -> &'static str {
    match kind {
        PriceKind::List => "list",
        PriceKind::Street => "street",
        PriceKind::Press => "press",
        PriceKind::Analyst => "analyst",
        PriceKind::Index => "index",
        PriceKind::Estimate => "estimate",
        PriceKind::Quote => "your quote",
    }
}

/// A price per hour: `$ 2.31`.
pub fn hourly(price: HourlyPrice) -> String {
    signed_dollars(price.get(), &decimals(price.get().abs(), 2))
}

/// `low – mid – high` of a price per hour.
pub fn hourly_range(range: Range<HourlyPrice>) -> String {
    if range.low == range.high {
        return hourly(range.mid);
    }
    [hourly(range.low), hourly(range.mid), hourly(range.high)].join(" – ")
}

/// A ratio as such: `1.25`.
pub fn ratio(value: f64) -> String {
    significant(value, 3)
}

/// A share: `14.2 %`.
pub fn percent(value: f64) -> String {
    [&significant(value * 100.0, 3), THIN, "%"].concat()
}

/// With its sign, also when it is a plus: for changes.
pub fn change(text: &str, negative: bool) -> String {
    [
        if negative { "−" } else { "+" },
        text.trim_start_matches('−'),
    ]
    .concat()
}

/// One piece or several.
pub fn plural(count: usize, one: &str, many: &str) -> String {
    [
        number::count(count as f64).as_str(),
        " ",
        if count == 1 { one } else { many },
    ]
    .concat()
}

/// The value of a named fact, with its unit; "unknown" where it has none.
pub fn fact(fact: &FactLine) -> String {
    match &fact.value {
        Some(Scalar::Int(number)) => count(*number as f64),
        Some(value) => fact.unit.show(value),
        None => "unknown".into(),
    }
}

fn scaled(base: f64, units: &[Unit]) -> String {
    let fits = |unit: &&Unit| unit.output && (base / unit.factor).abs() >= 0.9995;
    let unit = units.iter().rev().find(fits).or(units.first());
    match unit {
        Some(unit) if !unit.symbol.is_empty() => {
            [&significant(base / unit.factor, 3), THIN, unit.symbol].concat()
        }
        _ => significant(base, 3),
    }
}

fn signed_dollars(value: f64, number: &str) -> String {
    [if value < 0.0 { "−" } else { "" }, "$", THIN, number].concat()
}
