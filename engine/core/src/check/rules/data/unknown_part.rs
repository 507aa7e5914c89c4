use crate::check::rule::rule;
use crate::check::{On, Outcome, Status};
use crate::design::Edit;
use crate::written::quoted;

rule! {
    /// ## What it checks
    /// Every part that the design names is in the catalogue, in the right kind.
    /// ## Why it matters
    /// Nothing can be derived, checked or priced from a part that is not known.
    /// ## Evidence
    /// The catalogue.
    /// ## Example
    /// `fabrics.compute.leaf: "qm970"`.
    /// ## How to fix
    /// Choose a part of the catalogue; the message names the nearest.
    /// ## Limits
    /// An empty name means that no part has been chosen yet, which is not an error.
    pub struct UnknownPart;
    "DAT002" "unknown_part" Blocker "every named part is in the catalogue"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let catalogue = &on.derived.world.catalogue;
    let mut outcomes = Vec::new();
    let mut want = |path: String, id: &str, known: bool, ids: &mut dyn Iterator<Item = &String>| {
        if id.is_empty() || known {
            return;
        }
        let nearest = crate::nearest::nearest(id, ids.map(String::as_str));
        let hint = nearest
            .map(|n| format!("; nearest: {}", quoted(n)))
            .unwrap_or_default();
        let outcome = Outcome::new(
            Status::Fail,
            path.clone(),
            format!(
                "found {}, required a part of the catalogue{hint}",
                quoted(id)
            ),
        );
        outcomes.push(match nearest {
            Some(n) => outcome.with_fix(format!("use {n}"), vec![Edit::set(path, n)]),
            None => outcome,
        });
    };
    let design = on.derived.design;
    for (at, group) in design.compute.groups.iter().enumerate() {
        let (nodes, racks) = (&catalogue.nodes, &catalogue.racks);
        want(
            format!("compute.groups[{at}].part"),
            &group.part,
            nodes.contains_key(&group.part),
            &mut nodes.keys(),
        );
        want(
            format!("compute.groups[{at}].rack"),
            &group.rack,
            racks.contains_key(&group.rack),
            &mut racks.keys(),
        );
    }
    let switches = &catalogue.switches;
    let fabric = &design.fabrics.compute;
    for (tier, id) in [
        ("leaf", &fabric.leaf),
        ("spine", &fabric.spine),
        ("core", &fabric.core),
    ] {
        want(
            format!("fabrics.compute.{tier}"),
            id,
            switches.contains_key(id),
            &mut switches.keys(),
        );
    }
    let networks = [
        ("storage", &design.fabrics.storage),
        ("in_band", &design.fabrics.in_band),
        ("out_of_band", &design.fabrics.out_of_band),
    ];
    for (name, network) in networks {
        for (at, group) in network.switches.iter().enumerate() {
            let path = format!("fabrics.{name}.switches[{at}].part");
            want(
                path,
                &group.part,
                switches.contains_key(&group.part),
                &mut switches.keys(),
            );
        }
    }
    let (storage, system) = (&catalogue.storage, &design.storage.system);
    want(
        "storage.system".into(),
        system,
        storage.contains_key(system),
        &mut storage.keys(),
    );
    let servers = &catalogue.servers;
    for (at, group) in design.orchestration.servers.iter().enumerate() {
        let path = format!("orchestration.servers[{at}].part");
        want(
            path,
            &group.part,
            servers.contains_key(&group.part),
            &mut servers.keys(),
        );
    }
    outcomes
}
