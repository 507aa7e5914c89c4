use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity, Status};
use crate::derive::{fact, fact_value};
use crate::reference::{Reference, Test};
use crate::scalar::Scalar;

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
    /// value we use and a note says why. Figures with a unit may differ by what printing rounds.
    pub struct CountsUnlikePrint;
    "REF001" "counts_unlike_print" Advice "counts equal the document's printed row"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let Some(claim) = &on.derived.design.claim else {
        return Vec::new();
    };
    let demanding = on.demand.map(|(reference, _)| reference);
    let Some(reference) = demanding.or_else(|| undemanded(on, &claim.reference)) else {
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
    let rounding = on.derived.world.constants.ratios.get("print-rounding");
    let rounding = rounding.and_then(|r| r.known()).map_or(0.0, |r| r.get());
    for (name, printed) in &row.figures {
        let Some((fact, printed)) = fact(name).zip(printed.get()) else {
            continue;
        };
        let found = fact_value(fact, on.derived).and_then(|value| value.as_f64());
        let wanted = fact.unit.read(printed).and_then(|value| value.as_f64());
        if let Some((found, wanted)) = found.zip(wanted)
            && libm::fabs(found - wanted) > libm::fabs(wanted) * rounding
        {
            let shown = fact.unit.show(&Scalar::Num(found));
            different.push(format!("{} {shown}, printed {printed}", fact.what));
        }
    }
    let printed = row.counts.len() + row.figures.len();
    let (status, message) = match different.is_empty() {
        true => (Status::Pass, format!("all {printed} printed figures hold")),
        false => (Status::Fail, format!("found {}", different.join("; "))),
    };
    vec![Outcome::new(status, subject, message).at(Severity::Advice)]
}

/// The claimed reference, if it prints rows and leaves it to the rule to hold them.
fn undemanded<'w>(on: &On<'w>, claimed: &str) -> Option<&'w Reference> {
    let reference = on.derived.world.references.get(claimed)?;
    let demands = reference.requirements.iter().any(
        |requirement| matches!(&requirement.test, Test::Rule { rule, .. } if rule == "REF001"),
    );
    (!demands && !reference.published.is_empty()).then_some(reference)
}
