use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::{FactUnit, fact, fact_value};
use crate::design::Edit;
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// The management servers that the reference lists are there, by role and in all.
    /// ## Why it matters
    /// Head nodes in a pair, login nodes and Kubernetes nodes carry provisioning, scheduling and
    /// users' services; without them the cluster computes and nobody can use it.
    /// ## Evidence
    /// Management chapters and bills of the reference architectures.
    /// ## Example
    /// DGX SuperPOD with DGX Rubin NVL8 asks for ten: two head, three and three Kubernetes, two login.
    /// ## How to fix
    /// Add servers in the missing role.
    /// ## Limits
    /// Counts servers, not what runs on them.
    pub struct MissingManagementNodes;
    "MGT002" "missing_management_nodes" Deviation "the management servers that the reference lists are there"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let subject = "orchestration.servers";
    let mut worst: Option<Outcome> = None;
    for (role, limit) in on.limits {
        let name = format!("management.{}", role.replace('-', "_"));
        let found = match role.as_str() {
            "kubernetes" => ["management.kubernetes_admin", "management.kubernetes_user"]
                .iter()
                .filter_map(|name| number(on, name))
                .sum(),
            _ => match number(on, &name) {
                Some(found) => found,
                None => continue,
            },
        };
        let required = limit.as_f64().unwrap_or(f64::INFINITY);
        let must = format!("{role} servers: at least");
        let (a, b) = (Scalar::Int(found as u64), limit.clone());
        let outcome = Outcome::compared(subject, FactUnit::Count, a, &must, b, found >= required)
            .at(Severity::Deviation);
        let outcome = with_fix(on, role, required - found, outcome);
        if worst.as_ref().is_none_or(|w| outcome.status < w.status) {
            worst = Some(outcome);
        }
    }
    worst.into_iter().collect()
}

fn number(on: &On<'_>, name: &str) -> Option<f64> {
    fact_value(fact(name)?, on.derived)?.as_f64()
}

/// Raises the first group of the role, or the first group for a total.
fn with_fix(on: &On<'_>, role: &str, short_of: f64, outcome: Outcome) -> Outcome {
    if short_of.is_nan() || short_of <= 0.0 || short_of > f64::from(crate::design::MAX_COUNT) {
        return outcome;
    }
    let plain = role.replace('-', "");
    let servers = on.derived.design.orchestration.servers.iter();
    let group = servers.enumerate().find(|(_, group)| {
        let name = format!("{:?}", group.role).to_ascii_lowercase();
        role == "total" || name.starts_with(&plain)
    });
    match group {
        Some((at, group)) => {
            let count = u64::from(group.count) + short_of as u64;
            let path = format!("orchestration.servers[{at}].count");
            outcome.with_fix(
                format!("use {count} servers in that group"),
                vec![Edit::set(path, count)],
            )
        }
        None => outcome,
    }
}
