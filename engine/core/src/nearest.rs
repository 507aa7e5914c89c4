//! "Did you mean": the nearest valid name to a mistyped one.

/// The candidate closest to `text` by edit distance, ignoring case first;
/// `None` when nothing is near enough to be a likely typo.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = text.to_ascii_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| !candidate.is_empty())
        .map(|candidate| (distance(&lower, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(d, candidate)| *d <= 1 + candidate.chars().count() / 3)
        .min_by_key(|(d, _)| *d)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance; inputs are cut at 64 characters because longer texts are
/// never a mistyped name and the user's text may be of any length.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let cost = usize::from(ca != *cb);
            let value = (diagonal + cost).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = value;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typo_finds_its_name_and_noise_finds_nothing() {
        let names = ["leaf", "spine", "uplinks"];
        assert_eq!(nearest("splne", names), Some("spine"));
        assert_eq!(nearest("UPLINK", names), Some("uplinks"));
        assert_eq!(nearest("zzzzzzzz", names), None);
    }
}
