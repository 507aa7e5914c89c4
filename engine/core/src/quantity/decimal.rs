//! Decimal text to the nearest binary number: bit for bit what the library's own reader gives,
//! without its table of powers, which nothing compresses and every first visit would load.

use std::cmp::Ordering;

/// More digits than this decide nothing but whether there are more.
const MOST_DIGITS: usize = 800;
/// Powers of ten up to this are exact.
const EXACT_POWER: i64 = 22;
/// So are whole numbers of so many digits.
const EXACT_DIGITS: usize = 15;

/// The number that a text stands for: a sign, digits with at most one point, an exponent.
/// Nothing where it is another text; infinite where it is too large.
pub fn number(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, whole(exponent)?),
        None => (unsigned, 0),
    };
    let (digits, scale) = digits(mantissa)?;
    let value = nearest(digits, scale.saturating_add(exponent));
    Some(if text.starts_with('-') { -value } else { value })
}

/// An exponent; one that is out of all bounds stays so.
fn whole(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = unsigned.bytes().all(|byte| byte.is_ascii_digit()) && !unsigned.is_empty();
    let value = digits.then(|| {
        unsigned.bytes().fold(0_i64, |value, byte| {
            (value * 10 + i64::from(byte - b'0')).min(1 << 40)
        })
    })?;
    Some(if text.starts_with('-') { -value } else { value })
}

/// Digits from the first that is not zero on, and the power of ten of the last one.
fn digits(mantissa: &str) -> Option<(Vec<u32>, i64)> {
    let (mut digits, mut scale, mut more) = (Vec::new(), 0_i64, false);
    let (mut some, mut point) = (false, false);
    for byte in mantissa.bytes() {
        if byte == b'.' && !point {
            point = true;
            continue;
        }
        let digit = u32::from(byte.is_ascii_digit().then(|| byte - b'0')?);
        some = true;
        scale -= i64::from(point);
        if digits.len() >= MOST_DIGITS {
            more |= digit > 0;
            scale += 1;
        } else if digit > 0 || !digits.is_empty() {
            digits.push(digit);
        }
    }
    if more {
        digits.push(1);
        scale -= 1;
    }
    some.then_some((digits, scale))
}

fn nearest(digits: Vec<u32>, scale: i64) -> f64 {
    let magnitude = scale.saturating_add(digits.len() as i64);
    if digits.is_empty() || magnitude < -330 {
        return 0.0;
    }
    if magnitude > 310 {
        return f64::INFINITY;
    }
    if digits.len() <= EXACT_DIGITS && scale.abs() <= EXACT_POWER {
        let read = |value: f64, digit: &u32| value * 10.0 + f64::from(*digit);
        let value = digits.iter().fold(0.0, read);
        let power = (0..scale.abs()).fold(1.0, |power, _| power * 10.0);
        return if scale < 0 {
            value / power
        } else {
            value * power
        };
    }
    let (mut above, mut below) = (Big::default(), Big(vec![1]));
    digits.iter().for_each(|digit| above.times(10, *digit));
    let scaled = if scale < 0 { &mut below } else { &mut above };
    (0..scale.abs()).for_each(|_| scaled.times(10, 0));
    rounded(above, below)
}

/// A fraction, by long division in binary: as many bits as the number has, to nearest, ties to
/// even.
fn rounded(mut above: Big, mut below: Big) -> f64 {
    let mut exponent = above.bits() - below.bits();
    match exponent {
        0.. => below.shift(exponent),
        _ => above.shift(-exponent),
    }
    if above.compare(&below) == Ordering::Less {
        above.shift(1);
        exponent -= 1;
    }
    // Below the smallest normal number bits are lost.
    let bits = 53 - (-1022 - exponent).max(0);
    if bits < 0 {
        return 0.0;
    }
    let mut mantissa = 0_u64;
    for _ in 0..bits {
        mantissa *= 2;
        if above.compare(&below) != Ordering::Less {
            above.subtract(&below);
            mantissa += 1;
        }
        above.shift(1);
    }
    mantissa += match above.compare(&below) {
        Ordering::Less => 0,
        Ordering::Equal => mantissa % 2,
        Ordering::Greater => 1,
    };
    libm::scalbn(mantissa as f64, exponent - bits + 1)
}

/// A whole number of any size, its lowest 32 bits first, without zeros at the end.
#[derive(Default)]
struct Big(Vec<u32>);

impl Big {
    fn bits(&self) -> i32 {
        let top = self.0.last().map_or(0, |top| top.leading_zeros());
        (self.0.len() * 32) as i32 - top as i32
    }

    fn times(&mut self, factor: u32, plus: u32) {
        let mut carry = u64::from(plus);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        self.0.extend((carry > 0).then_some(carry as u32));
    }

    fn shift(&mut self, by: i32) {
        self.times(1 << (by % 32), 0);
        let zeros = if self.0.is_empty() { 0 } else { by / 32 };
        self.0.splice(..0, (0..zeros).map(|_| 0));
    }

    fn compare(&self, other: &Self) -> Ordering {
        let length = self.0.len().cmp(&other.0.len());
        length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes away a number that is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = 0_i64;
        let others = other.0.iter().chain(std::iter::repeat(&0));
        for (part, take) in self.0.iter_mut().zip(others) {
            let left = i64::from(*part) - i64::from(*take) + borrow;
            *part = left as u32;
            borrow = left >> 32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str) {
        let library = text.parse::<f64>().ok().map(f64::to_bits);
        assert_eq!(number(text).map(f64::to_bits), library, "{text}");
    }

    #[test]
    fn texts_of_every_form_read_as_the_library_reads_them() {
        let long = ["0.", &"3".repeat(900), "e300"].concat();
        let tie = "9007199254740993";
        let beyond = [tie, ".", &"0".repeat(1000), "1"].concat();
        for text in [
            "0",
            "-0",
            "+1",
            "1.",
            ".5",
            "1e3",
            "1E-3",
            "1e+22",
            "1e23",
            "8.41e21",
            "9.5e-3",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "2e308",
            "1e400",
            "1e-400",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-5000000000000",
            "2.2250738585072014e-308",
            "2.2250738585072011e-308",
            "0e99999999999999999999",
            "0.000000000000000000000000000000000000001e40",
            "123456789012345678901234567890",
            "",
            "-",
            ".",
            "e5",
            "1e",
            "1e+",
            "1.2.3",
            "1 ",
            " 1",
            "1_0",
            "0x10",
            "--1",
            "+-1",
            &long,
            tie,
            &beyond,
        ] {
            same(text);
        }
    }

    #[test]
    fn random_numbers_read_as_the_library_reads_them() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        for _ in 0..2_000 {
            let value = f64::from_bits(next());
            if value.is_finite() {
                same(&format!("{value:e}"));
                same(&format!("{value:.30e}"));
                same(&format!("{value}"));
            }
            let exponent = (next() % 700) as i64 - 350;
            same(&format!("{}e{exponent}", next()));
            same(&format!("{}.{}", next() % 100_000, next() % 1_000_000));
        }
    }
}
