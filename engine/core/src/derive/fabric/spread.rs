//! Even spreading of links over switches.

/// The fewest switches that divide `links_each` (so that every lower switch has equally many
/// links to each of them) and have at least `total` ports among them, `radix` each.
///
/// `None` when even one link to each of `links_each` switches does not fit.
pub(super) fn fewest_even(links_each: u64, total: u64, radix: u64) -> Option<u64> {
    let least = total.div_ceil(radix).max(1);
    divisors(links_each).filter(|count| *count >= least).min()
}

/// Divisors in pairs up to the square root: a person may type any number of uplinks, and the
/// answer must still come at once.
fn divisors(of: u64) -> impl Iterator<Item = u64> {
    (1..=of.isqrt())
        .filter(move |small| of.is_multiple_of(*small))
        .flat_map(move |small| [small, of / small])
}

#[cfg(test)]
mod tests {
    use super::fewest_even;

    #[test]
    fn a_bare_ceiling_is_not_enough() {
        // 32 leaves with 72 uplinks on 144 ports: 16 would do by ports, but 72/16 is not whole.
        assert_eq!(fewest_even(72, 32 * 72, 144), Some(18));
        assert_eq!(fewest_even(32, 4 * 8 * 32, 64), Some(16));
        assert_eq!(fewest_even(32, 65 * 32, 64), None);
    }
}
