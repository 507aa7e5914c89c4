//! Text to number-and-unit and back, shared by all quantities.

use crate::written::quoted;
use std::fmt;

/// One accepted unit: its symbol and how many base units it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Symbol as typed, for example `"kW"`.
    pub symbol: &'static str,
    /// Base units per unit.
    pub factor: f64,
    /// Whether output may use this unit; input accepts all.
    pub output: bool,
}

/// Why a text is not a quantity of the expected dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseQuantityError {
    /// The text as it was given.
    pub found: String,
    /// What would have been read.
    pub expected: String,
    /// Nearest accepted spelling, if one is near.
    pub nearest: Option<String>,
}

impl fmt::Display for ParseQuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "found {}, expected {}",
            quoted(&self.found),
            self.expected
        )?;
        match &self.nearest {
            Some(nearest) => write!(f, "; nearest: {}", quoted(nearest)),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ParseQuantityError {}

pub(super) fn parse(
    text: &str,
    units: &[Unit],
    dimension: &str,
) -> Result<f64, ParseQuantityError> {
    let trimmed = text.trim_matches(is_space);
    let (sign_currency, rest) = match trimmed.strip_prefix('$') {
        Some(rest) => (true, rest.trim_start_matches(is_space)),
        None => (false, trimmed),
    };
    let split = number_length(rest);
    let number = clean_number(&rest[..split]).and_then(|n| super::number(&n));
    let mut symbol = rest[split..].trim_matches(is_space).to_owned();
    if sign_currency && !symbol.contains('$') {
        symbol = dollar_symbol(&symbol);
    }
    let fail = |nearest: Option<String>| ParseQuantityError {
        found: text.to_owned(),
        expected: expectation(units, dimension),
        nearest,
    };
    let Some(number) = number.filter(|n| n.is_finite()) else {
        return Err(fail(None));
    };
    let unit = units.iter().find(|unit| unit.symbol == symbol);
    let Some(unit) = unit else {
        let nearest = nearest_unit(&symbol, units).map(|s| join(&rest[..split], s));
        return Err(fail(nearest));
    };
    let value = number * unit.factor;
    if value.is_finite() {
        Ok(value)
    } else {
        Err(fail(None))
    }
}

pub(super) fn exact(base: f64, units: &[Unit]) -> String {
    let largest_first = units.iter().rev().filter(|unit| unit.output);
    for unit in largest_first {
        let scaled = base / unit.factor;
        if scaled.abs() >= 1.0 && scaled.abs() < 1e15 && scaled * unit.factor == base {
            let text = format!("{scaled}");
            if super::number(&text).is_some_and(|n| n * unit.factor == base) && text.len() <= 17 {
                return join(&text, unit.symbol);
            }
        }
    }
    let symbol = units.first().map_or("", |unit| unit.symbol);
    join(&format!("{base}"), symbol)
}

pub(super) fn pretty(base: f64, units: &[Unit]) -> String {
    let chosen = units
        .iter()
        .rev()
        .filter(|unit| unit.output)
        .find(|unit| (base / unit.factor).abs() >= 1.0)
        .or(units.first());
    match chosen {
        Some(unit) => join(&significant(base / unit.factor, 3), unit.symbol),
        None => significant(base, 3),
    }
}

/// Rounds to `digits` significant digits, without exponent and without trailing zeros.
pub fn significant(value: f64, digits: u32) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    let magnitude = libm::floor(libm::log10(value.abs())) as i64;
    let decimals = i64::from(digits) - 1 - magnitude;
    if decimals <= 0 {
        return format!("{}", libm::round(value));
    }
    let text = format!("{value:.*}", decimals.min(12) as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn join(number: &str, symbol: &str) -> String {
    match symbol {
        "" => number.trim_matches(is_space).to_owned(),
        symbol => format!("{} {symbol}", number.trim_matches(is_space)),
    }
}

/// Thin, narrow and non-breaking spaces are what people paste from documents.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2009}' | '\u{202f}' | '\u{a0}')
}

fn number_length(text: &str) -> usize {
    let mut end = 0;
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        let exponent = matches!(c, 'e' | 'E') && previous.is_ascii_digit() && {
            let after = &text[at + 1..];
            let after = after.strip_prefix(['+', '-']).unwrap_or(after);
            after.starts_with(|d: char| d.is_ascii_digit())
        };
        let sign = matches!(c, '+' | '-') && (at == 0 || matches!(previous, 'e' | 'E'));
        if c.is_ascii_digit() || matches!(c, '.' | ',' | '_') || exponent || sign {
            end = at + c.len_utf8();
            previous = c;
        } else {
            break;
        }
    }
    end
}

/// Accepts `1,024` and `1_024` as grouping; a comma that does not group is refused,
/// because a decimal comma and a thousands comma cannot be told apart.
fn clean_number(text: &str) -> Option<String> {
    if text.contains(',') {
        let whole = text.split('.').next().unwrap_or(text);
        let grouped = whole.split(',').skip(1).all(|group| group.len() == 3);
        let after_point = text
            .split_once('.')
            .is_some_and(|(_, rest)| rest.contains(','));
        if !grouped || after_point {
            return None;
        }
    }
    Some(text.chars().filter(|c| !matches!(c, ',' | '_')).collect())
}

fn dollar_symbol(symbol: &str) -> String {
    match symbol.split_once('/') {
        Some((scale, per)) => format!("{scale}$/{per}"),
        None => format!("{symbol}$"),
    }
}

fn expectation(units: &[Unit], dimension: &str) -> String {
    let symbols: Vec<&str> = units
        .iter()
        .map(|unit| unit.symbol)
        .filter(|symbol| !symbol.is_empty())
        .collect();
    format!("{dimension}: a number and one of {}", symbols.join(", "))
}

fn nearest_unit<'a>(symbol: &str, units: &'a [Unit]) -> Option<&'a str> {
    let candidates = units.iter().map(|unit| unit.symbol);
    crate::nearest::nearest(symbol, candidates)
}
