use crate::catalogue::Technology;
use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::{Derived, FactUnit};
use crate::design::{Edit, Role};
use serde_json::json;

rule! {
    /// ## What it checks
    /// Each InfiniBand fabric has as many fabric managers as the reference asks for; without a
    /// reference, at least one.
    /// ## Why it matters
    /// InfiniBand does not route without a subnet manager. With only one, its failure stops
    /// every change of the fabric, and a restart of any node may hang.
    /// ## Evidence
    /// The DGX SuperPOD bills count two UFM appliances for the compute and two for the storage
    /// fabric. A subnet manager may also run in a managed switch.
    /// ## Example
    /// A compute fabric of Quantum-2 switches with no UFM appliance.
    /// ## How to fix
    /// Add fabric managers.
    /// ## Limits
    /// Counts appliances; where a subnet manager runs inside of switches, waive it with that
    /// reason.
    pub struct MissingFabricManager;
    "MGT001" "missing_fabric_manager" Advice "each InfiniBand fabric has its fabric managers"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let derived = on.derived;
    let fabrics = &derived.design.fabrics;
    let storage = fabrics
        .storage
        .switches
        .first()
        .map(|group| group.part.as_str());
    let all = [
        (
            "compute",
            Some(fabrics.compute.leaf.as_str()),
            Role::FabricManagerCompute,
        ),
        ("storage", storage, Role::FabricManagerStorage),
    ];
    all.into_iter()
        .filter_map(|(name, switch, role)| one(on, name, switch?, role))
        .collect()
}

fn one(on: &On<'_>, name: &str, switch: &str, role: Role) -> Option<Outcome> {
    let derived = on.derived;
    let infiniband = derived.parts.switch(switch)?.technology == Technology::InfiniBand;
    let required = match on.demand {
        Some(_) => on.limit_number(name)? as u64,
        None => 1,
    };
    if !infiniband {
        return None;
    }
    let found = crate::derive::servers(derived, role);
    let severity = if on.demand.is_some() {
        Severity::Deviation
    } else {
        Severity::Advice
    };
    let subject = format!("fabrics.{name}");
    let outcome = Outcome::compared(
        subject,
        FactUnit::Count,
        found.into(),
        "fabric managers: at least",
        required.into(),
        found >= required,
    );
    Some(outcome.at(severity).with_fix(
        format!("have {required} managers for the {name} fabric"),
        vec![managers_edit(derived, role, required)],
    ))
}

/// Raises the count of the role's group, or adds a group with the part another manager uses.
fn managers_edit(derived: &Derived<'_>, role: Role, count: u64) -> Edit {
    let servers = &derived.design.orchestration.servers;
    if let Some(at) = servers.iter().position(|group| group.role == role) {
        return Edit::set(format!("orchestration.servers[{at}].count"), count);
    }
    let manager = |r: Role| matches!(r, Role::FabricManagerCompute | Role::FabricManagerStorage);
    let part = servers
        .iter()
        .find(|group| manager(group.role))
        .map_or("", |group| group.part.as_str());
    Edit::Insert {
        path: format!("orchestration.servers[{}]", servers.len()),
        value: json!({ "role": crate::written::tree(&role), "part": part, "count": count }),
    }
}
