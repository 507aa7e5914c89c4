use crate::check::rule::rule;
use crate::check::{On, Outcome};

rule! {
    /// ## What it checks
    /// Every part of the design has a rating and a number, so that power and cost are whole.
    /// ## Why it matters
    /// A missing figure is not zero. Totals that lack one are shown as "at least".
    /// ## Evidence
    /// The design and the catalogue; the finding names the datum that is missing.
    /// ## Example
    /// A document that names the storage switch but not how many.
    /// ## How to fix
    /// State the number in the design, or override the part's field with your own figure.
    /// ## Limits
    /// Covers what power is added up from; prices are listed with the cost.
    pub struct MissingDatum;
    "DAT001" "missing_datum" Advice "every part has a rating and a number"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let missing = on.derived.power.missing.iter();
    missing
        .map(|load| {
            let what = match on.derived.parts.name(&load.part).as_str() {
                "" => load.lacks.to_owned(),
                part => format!("{} of {part}", load.lacks),
            };
            Outcome::unknown(load.path.clone(), load.path.clone(), &what)
        })
        .collect()
}
