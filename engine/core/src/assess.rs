//! The one door: a design and a world in, everything computed out.

use crate::check::{Finding, Fix, Summary, check_predicted, claimed, fixes, summary};
use crate::cost::{Costs, DefaultUsed, cost};
use crate::derive::{BillLine, Derived, FactUnit, bill, derive, fact_value, facts};
use crate::design::{Design, apply_all};
use crate::predict::{Predictions, predict};
use crate::quantity::Money;
use crate::reference::{Reference, World, provenance};
use crate::scalar::Scalar;
use crate::sourced::Grade;
use crate::written::Write;

/// One named derived quantity with its value.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct FactLine {
    /// Name used in requirements.
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Value in base units; `None` = unknown.
    pub value: Option<Scalar>,
    /// Unit; its symbol is empty for counts, ratios and text.
    pub unit: FactUnit,
    /// Path in the design that decides it.
    pub subject: &'static str,
}

/// Everything computed from one design; the default is that of nothing.
#[derive(Debug, Clone, PartialEq, Default, Write)]
pub struct Assessment {
    /// All named derived quantities.
    pub facts: Vec<FactLine>,
    /// Bill of materials.
    pub bill: Vec<BillLine>,
    /// Findings against the claimed reference and all rules.
    pub findings: Vec<Finding>,
    /// Their numbers.
    pub summary: Summary,
    /// Performance.
    pub predictions: Predictions,
    /// Cost over the life.
    pub costs: Costs,
    /// Defaults used: figures of the template that are estimates, derived or from memory and
    /// still in force, and fields left open that took a default.
    pub defaults_used: Vec<DefaultUsed>,
}

/// Assesses a design against the reference it claims, and all rules. Never fails: what
/// cannot be computed is unknown, with the missing datum named.
pub fn assess(design: &Design, world: &World) -> Assessment {
    let derived = derive(design, world);
    let predictions = predict(&derived);
    let findings = check_predicted(&derived, &predictions, &claimed(&derived));
    let costs = cost(&derived, &predictions);
    let mut defaults_used = template_defaults(&derived);
    defaults_used.extend(costs.defaults.iter().cloned());
    Assessment {
        facts: fact_lines(&derived),
        bill: bill(&derived),
        summary: summary(&findings),
        findings,
        predictions,
        costs,
        defaults_used,
    }
}

/// A proven fix with what it costs.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct PricedFix {
    /// The fix.
    pub fix: Fix,
    /// Change of the total cost over the life (mid, undiscounted); negative saves. `None`
    /// where a total lacks a price that the other has.
    pub cost: Option<Money>,
    /// Change of the purchase (mid).
    pub capex: Option<Money>,
}

/// Proven fixes of a finding with their cost, computed when asked for.
pub fn priced_fixes(
    design: &Design,
    world: &World,
    against: &[&Reference],
    finding: &Finding,
) -> Vec<PricedFix> {
    let before = costs_of(design, world);
    fixes(design, world, against, finding)
        .into_iter()
        .map(|fix| {
            let after = apply_all(design, &fix.edits)
                .ok()
                .map(|(next, _)| costs_of(&next, world));
            let comparable = after.filter(|after| after.missing == before.missing);
            PricedFix {
                cost: comparable
                    .as_ref()
                    .map(|after| after.tco.mid - before.tco.mid),
                capex: comparable
                    .as_ref()
                    .map(|after| after.capex.mid - before.capex.mid),
                fix,
            }
        })
        .collect()
}

pub(crate) fn costs_of(design: &Design, world: &World) -> Costs {
    let derived = derive(design, world);
    cost(&derived, &predict(&derived))
}

fn fact_lines(derived: &Derived<'_>) -> Vec<FactLine> {
    facts()
        .map(|fact| FactLine {
            name: fact.name,
            what: fact.what,
            value: fact_value(fact, derived),
            unit: fact.unit,
            subject: fact.subject,
        })
        .collect()
}

/// Settings of the template that do not come from a document and that the person has not
/// changed.
fn template_defaults(derived: &Derived<'_>) -> Vec<DefaultUsed> {
    let Some(claim) = &derived.design.claim else {
        return Vec::new();
    };
    let Some(reference) = derived.world.references.get(&claim.reference) else {
        return Vec::new();
    };
    let soft = |grade: Grade| matches!(grade, Grade::Derived | Grade::Estimate | Grade::Memory);
    let provenance = provenance(reference, claim.units, &claim.variant);
    let settings: Vec<_> = provenance
        .into_iter()
        .filter(|p| soft(p.origin.grade))
        .collect();
    let tree = crate::design::to_tree(derived.design);
    settings
        .into_iter()
        .filter(|p| {
            let path = crate::design::Path::parse(&p.path).ok();
            let now = path
                .as_ref()
                .and_then(|path| crate::design::get(&tree, path));
            now.is_some_and(|now| crate::design::same_written(now, &p.value))
        })
        .map(|p| DefaultUsed {
            value: match &p.value {
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            },
            path: p.path,
            origin: p.origin,
        })
        .collect()
}
