use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::FactUnit;
use crate::design::Edit;
use serde_json::Value;

rule! {
    /// ## What it checks
    /// No switch of the compute fabric uses more ports than it has, at the rate of one link.
    /// ## Why it matters
    /// A port that is not there cannot be cabled: the design is short of a switch, and every
    /// count that follows from it (optics, cables, rack space, power) is short as well.
    /// ## Evidence
    /// Port counts of the switch in the catalogue; a port may be split into slower links up to
    /// the number the switch allows.
    /// ## Example
    /// Eight leaves with 32 uplinks each on two spines of 64 ports need 128 ports per spine.
    /// ## How to fix
    /// Add spines, use a switch with more ports, or let the generator choose the number.
    /// ## Limits
    /// Links to the fabric manager are checked by their own rule.
    pub struct SwitchRadixExceeded;
    "FAB001" "switch_radix_exceeded" Blocker "ports in use on a switch do not exceed its radix"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let Some(counts) = on.derived.fabric() else {
        return Vec::new();
    };
    let fabric = &on.derived.design.fabrics.compute;
    let core = fabric.core_part();
    let tiers = [
        ("leaf", &fabric.leaf, true, "uplinks"),
        ("spine", &fabric.spine, counts.spine.is_some(), "spines"),
        ("core", core, counts.core.is_some(), "cores"),
    ];
    let mut outcomes = Vec::new();
    for (at, (tier, part, built, field)) in tiers.into_iter().enumerate() {
        if !built {
            continue;
        }
        let radix = counts.ports[at];
        // The fabric manager's links are taken out: they have a rule of their own.
        let managers = if at == 0 {
            managers_on_fullest(on, counts.used_ports[0])
        } else {
            0
        };
        let used = counts.used_ports[at] - managers;
        let subject = format!("fabrics.compute.{tier}");
        let outcome = Outcome::compared(
            subject,
            FactUnit::Count,
            used.into(),
            "at most",
            radix.into(),
            used <= radix,
        );
        let ports = on.derived.parts.switch(part).map(|s| s.ports.origin());
        let outcome = Outcome {
            origin: ports,
            ..outcome
        };
        outcomes.push(outcome.with_fix(
            format!("let the generator choose the {field}"),
            vec![Edit::set(format!("fabrics.compute.{field}"), Value::Null)],
        ));
    }
    outcomes
}

fn managers_on_fullest(on: &On<'_>, used: u64) -> u64 {
    let Some(counts) = on.derived.fabric() else {
        return 0;
    };
    used.saturating_sub(counts.downlinks_per_leaf + counts.uplinks_per_leaf)
}
