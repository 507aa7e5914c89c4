//! The bill of materials: every part that is bought, how many and why.

use super::Derived;
use crate::catalogue::PartId;
use crate::design::Role;
use crate::written::Write;

/// One line of the bill.
#[derive(Debug, Clone, PartialEq, Eq, Write)]
pub struct BillLine {
    /// Group of the line ("compute", "network", "storage", "management", "facility").
    pub group: &'static str,
    /// What it is for ("leaf switches of the compute fabric").
    pub purpose: String,
    /// Path in the design of the object that causes it.
    pub subject: String,
    /// What a management server does; `None` for everything else.
    pub role: Option<Role>,
    /// Part.
    pub part: PartId,
    /// How many; `None` = not stated.
    pub count: Option<u64>,
}

/// The whole bill, in a fixed order.
pub fn bill(derived: &Derived<'_>) -> Vec<BillLine> {
    let mut lines = Vec::new();
    nodes(derived, &mut lines);
    compute_fabric(derived, &mut lines);
    networks(derived, &mut lines);
    let design = derived.design;
    if !design.storage.system.is_empty() {
        let count = Some(u64::from(design.storage.units));
        push(
            &mut lines,
            "storage",
            "high-performance storage",
            "storage.units",
            &design.storage.system,
            count,
        );
    }
    servers(derived, &mut lines);
    let site = &design.site;
    if !site.pdu.is_empty() {
        let per = u64::from(site.pdus_per_rack.unwrap_or(0));
        let support =
            derived.racks.support.unwrap_or(0) * u64::from(site.pdus_per_support_rack.unwrap_or(0));
        let count = site
            .pdus_per_rack
            .map(|_| derived.racks.compute * per + support);
        push(
            &mut lines,
            "facility",
            "rack PDUs",
            "site.pdus_per_rack",
            &site.pdu,
            count,
        );
    }
    lines
}

fn push(
    lines: &mut Vec<BillLine>,
    group: &'static str,
    purpose: &str,
    subject: &str,
    part: &str,
    count: Option<u64>,
) {
    if part.is_empty() || count == Some(0) {
        return;
    }
    lines.push(BillLine {
        group,
        purpose: purpose.to_owned(),
        subject: subject.to_owned(),
        role: None,
        part: part.to_owned(),
        count,
    });
}

fn servers(derived: &Derived<'_>, lines: &mut Vec<BillLine>) {
    let groups = derived.design.orchestration.servers.iter().enumerate();
    for (at, group) in groups.filter(|(_, group)| group.count > 0 && !group.part.is_empty()) {
        lines.push(BillLine {
            group: "management",
            purpose: role_words(group.role).to_owned(),
            subject: format!("orchestration.servers[{at}].count"),
            role: Some(group.role),
            part: group.part.clone(),
            count: Some(u64::from(group.count)),
        });
    }
}

/// What servers of a role are called on a bill.
fn role_words(role: Role) -> &'static str {
    match role {
        Role::Head => "head nodes of the cluster manager",
        Role::Login => "login nodes",
        Role::KubernetesAdmin => "Kubernetes nodes for administration",
        Role::KubernetesUser => "Kubernetes nodes for users' services",
        Role::FabricManagerCompute => "fabric managers of the compute fabric",
        Role::FabricManagerStorage => "fabric managers of the storage fabric",
        Role::Other => "management servers",
    }
}

fn nodes(derived: &Derived<'_>, lines: &mut Vec<BillLine>) {
    for (at, group) in derived.design.compute.groups.iter().enumerate() {
        let subject = format!("compute.groups[{at}]");
        push(
            lines,
            "compute",
            "nodes",
            &format!("{subject}.nodes"),
            &group.part,
            Some(u64::from(group.nodes)),
        );
        let racks = derived.racks.compute_by_group.get(at).copied();
        push(
            lines,
            "facility",
            "compute racks",
            &format!("{subject}.rack"),
            &group.rack,
            racks,
        );
    }
}

fn compute_fabric(derived: &Derived<'_>, lines: &mut Vec<BillLine>) {
    let f = &derived.design.fabrics.compute;
    let Some(counts) = derived.fabric() else {
        push(
            lines,
            "network",
            "compute fabric",
            "fabrics.compute.leaf",
            &f.leaf,
            None,
        );
        return;
    };
    let mut tier = |name: &str, part: &str, count: Option<u64>| {
        if count.is_some() {
            push(
                lines,
                "network",
                &format!("{name} switches of the compute fabric"),
                &format!("fabrics.compute.{name}"),
                part,
                count,
            );
        }
    };
    tier("leaf", &f.leaf, Some(counts.leaf));
    tier("spine", &f.spine, counts.spine);
    tier("core", f.core_part(), counts.core);
    for (purpose, field, part, count) in [
        (
            "transceivers at nodes",
            "node_optic",
            &f.node_optic,
            counts.cages_node + counts.cages_ufm,
        ),
        (
            "transceivers at switches",
            "switch_optic",
            &f.switch_optic,
            counts.cages_switch,
        ),
        (
            "cables of the compute fabric",
            "cable",
            &f.cable,
            counts.fibre_runs,
        ),
    ] {
        if let Some(part) = part {
            push(
                lines,
                "network",
                purpose,
                &format!("fabrics.compute.{field}"),
                part,
                Some(count),
            );
        }
    }
}

fn networks(derived: &Derived<'_>, lines: &mut Vec<BillLine>) {
    let fabrics = &derived.design.fabrics;
    for (name, label, network) in [
        ("storage", "storage", &fabrics.storage),
        ("in_band", "in-band", &fabrics.in_band),
        ("out_of_band", "out-of-band", &fabrics.out_of_band),
    ] {
        for (at, group) in network.switches.iter().enumerate() {
            let only = name == "out_of_band" && network.switches.len() == 1;
            let count = match only {
                true => derived.networks.out_of_band.switches,
                false => group.count.map(u64::from),
            };
            let subject = format!("fabrics.{name}.switches[{at}].count");
            push(
                lines,
                "network",
                &format!("switches of the {label} network"),
                &subject,
                &group.part,
                count,
            );
        }
    }
}
