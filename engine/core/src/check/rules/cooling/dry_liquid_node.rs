use crate::catalogue::Cooling;
use crate::check::rule::rule;
use crate::check::{On, Outcome, Status};
use crate::design::Edit;

rule! {
    /// ## What it checks
    /// Nodes with cold plates stand in racks with liquid, in a hall whose cooling serves them.
    /// ## Why it matters
    /// A liquid-cooled node without coolant throttles within seconds and then shuts down; water
    /// in the hall is the longest lead time of a retrofit.
    /// ## Evidence
    /// Cooling of the node in the catalogue; kinds of nodes that a cooling method serves.
    /// ## Example
    /// GB200 NVL72 racks in a hall with contained air only.
    /// ## How to fix
    /// Choose direct-to-chip cooling and a rack with manifolds, or an air-cooled node.
    /// ## Limits
    /// Flow, temperature and water quality are not looked at here.
    pub struct DryLiquidNode;
    "COO002" "dry_liquid_node" Blocker "liquid-cooled nodes are given liquid"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let derived = on.derived;
    let Some(node) = derived.main_node() else {
        return Vec::new();
    };
    if node.cooling == Cooling::Air && on.demand.is_none() {
        return Vec::new();
    }
    let methods = &derived.world.constants.cooling;
    let subject = "site.cooling";
    let Some(method) = methods.get(&derived.design.site.cooling) else {
        return vec![Outcome::unknown(
            subject,
            subject,
            "cooling method of the hall",
        )];
    };
    let Some(liquid) = derived.main_rack().and_then(|rack| rack.liquid.known()) else {
        return vec![Outcome::unknown(
            "compute.groups[0].rack",
            "compute.groups[0].rack",
            "whether the rack has liquid",
        )];
    };
    if !liquid {
        let message = "found a rack without liquid, required manifolds for liquid-cooled nodes";
        return vec![Outcome::new(
            Status::Fail,
            "compute.groups[0].rack",
            message,
        )];
    }
    let served = method.serves.contains(&node.cooling);
    let status = if served { Status::Pass } else { Status::Fail };
    let message = format!(
        "found {}, required a method that serves liquid-cooled nodes",
        method.name
    );
    let fitting = methods
        .iter()
        .find(|(_, other)| other.serves.contains(&node.cooling));
    let outcome = Outcome::new(status, subject, message);
    vec![match fitting {
        Some((id, other)) => outcome.with_fix(
            format!("cool by {}", other.name),
            vec![Edit::set(subject, id.clone())],
        ),
        None => outcome,
    }]
}
