use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity, Status};
use crate::derive::{fact, fact_value};

rule! {
    /// ## What it checks
    /// The counts of a design at a size that the document prints equal the printed row.
    /// ## Why it matters
    /// A difference is either a deliberate change or a slip; the row shows which count moved.
    /// ## Evidence
    /// Component tables of the reference architecture, blank cells left out.
    /// ## Example
    /// Two scalable units of DGX H100 with UFM: 63 nodes, 16 leaves, 8 spines.
    /// ## How to fix
    /// Restore the recipe of the compute fabric, or keep the change on purpose.
    /// ## Limits
    /// Only at printed sizes and variants. Where a printed cell is an error, the row holds the
    /// value we use and a note says why.
    pub struct CountsUnlikePrint;
    "REF001" "counts_unlike_print" Advice "counts equal the document's printed row"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let (Some((reference, _)), Some(claim)) = (on.demand, &on.derived.design.claim) else {
        return Vec::new();
    };
    let subject = "fabrics.compute";
    let row = reference
        .published
        .iter()
        .find(|row| row.units == claim.units && row.variant == claim.variant);
    let Some(row) = row.filter(|_| claim.reference == reference.id) else {
        let message = "the document prints no row for this size and variant";
        return vec![Outcome::new(Status::NotApplicable, subject, message)];
    };
    let mut different = Vec::new();
    for (name, printed) in &row.counts {
        let Some((fact, printed)) = fact(name).zip(printed.known()) else {
            continue;
        };
        let found = fact_value(fact, on.derived).and_then(|value| value.as_f64());
        if let Some(found) = found.filter(|found| *found != printed as f64) {
            different.push(format!("{} {found}, printed {printed}", fact.what));
        }
    }
    let (status, message) = match different.is_empty() {
        true => (
            Status::Pass,
            format!("all {} printed counts hold", row.counts.len()),
        ),
        false => (Status::Fail, format!("found {}", different.join("; "))),
    };
    vec![Outcome::new(status, subject, message).at(Severity::Advice)]
}
