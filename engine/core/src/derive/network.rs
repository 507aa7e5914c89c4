//! Networks whose switches are counted, not generated, and the out-of-band ports they need.

use super::Derived;
use crate::design::{Network, Tier};

/// Switches of one network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NetworkCounts {
    /// All switches; `None` if a count is not stated.
    pub switches: Option<u64>,
    /// Leaves, where the design tells them apart.
    pub leaf: Option<u64>,
    /// Spines, where the design tells them apart.
    pub spine: Option<u64>,
}

/// The storage, in-band and out-of-band networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Networks {
    /// Storage network.
    pub storage: NetworkCounts,
    /// In-band network.
    pub in_band: NetworkCounts,
    /// Out-of-band network; its switches follow from the ports where not stated.
    pub out_of_band: NetworkCounts,
    /// Management ports of all devices whose number is known.
    pub ports_needed: Option<u64>,
    /// Ports of the out-of-band switches.
    pub ports: Option<u64>,
}

pub(super) fn networks(derived: &Derived<'_>) -> Networks {
    let fabrics = &derived.design.fabrics;
    let storage = counts(&fabrics.storage);
    let in_band = counts(&fabrics.in_band);
    let ports_needed = management_ports(derived);
    let mut out_of_band = counts(&fabrics.out_of_band);
    let per_switch = fabrics.out_of_band.switches.first().and_then(|group| {
        let switch = derived.parts.switch(&group.part)?;
        switch
            .ports
            .known()
            .map(u64::from)
            .filter(|ports| *ports > 0)
    });
    if out_of_band.switches.is_none() && fabrics.out_of_band.switches.len() == 1 {
        out_of_band.switches = ports_needed.zip(per_switch).map(|(n, per)| n.div_ceil(per));
    }
    let ports = out_of_band.switches.zip(per_switch).map(|(n, per)| n * per);
    Networks {
        storage,
        in_band,
        out_of_band,
        ports_needed,
        ports,
    }
}

fn counts(network: &Network) -> NetworkCounts {
    let of = |tier: Tier| -> Option<u64> {
        let groups: Vec<_> = network
            .switches
            .iter()
            .filter(|group| group.tier == tier)
            .collect();
        if groups.is_empty() {
            return None;
        }
        groups.iter().map(|group| group.count.map(u64::from)).sum()
    };
    let stated = !network.switches.is_empty();
    NetworkCounts {
        switches: stated
            .then(|| {
                network
                    .switches
                    .iter()
                    .map(|group| group.count.map(u64::from))
                    .sum()
            })
            .flatten(),
        leaf: of(Tier::Leaf),
        spine: of(Tier::Spine),
    }
}

/// Ports of nodes, compute switches, counted switches, servers and PDUs. Storage systems
/// are left out: documents say that their number varies.
fn management_ports(derived: &Derived<'_>) -> Option<u64> {
    let design = derived.design;
    let parts = &derived.parts;
    let mut ports = 0_u64;
    for group in &design.compute.groups {
        let each = parts.node(&group.part)?.management_ports.known()?;
        ports += u64::from(group.nodes) * u64::from(each);
    }
    let switch_ports = |id: &str| {
        parts
            .switch(id)
            .and_then(|s| s.management_ports.known())
            .map(u64::from)
    };
    if let Some(fabric) = derived.fabric() {
        let compute = &design.fabrics.compute;
        for (id, count) in [
            (&compute.leaf, Some(fabric.leaf)),
            (&compute.spine, fabric.spine),
            (&compute.core, fabric.core),
        ] {
            if let Some(count) = count {
                ports += count * switch_ports(id)?;
            }
        }
    }
    let networks = &design.fabrics;
    for group in networks
        .storage
        .switches
        .iter()
        .chain(&networks.in_band.switches)
    {
        ports += u64::from(group.count.unwrap_or(0)) * switch_ports(&group.part)?;
    }
    for group in &design.orchestration.servers {
        let each = parts.server(&group.part)?.management_ports.known()?;
        ports += u64::from(group.count) * u64::from(each);
    }
    Some(ports + pdu_ports(derived))
}

fn pdu_ports(derived: &Derived<'_>) -> u64 {
    let site = &derived.design.site;
    let each = derived
        .parts
        .pdu(&site.pdu)
        .and_then(|pdu| pdu.management_ports.known())
        .unwrap_or(0);
    let compute = derived.racks.compute * u64::from(site.pdus_per_rack.unwrap_or(0));
    let support =
        derived.racks.support.unwrap_or(0) * u64::from(site.pdus_per_support_rack.unwrap_or(0));
    (compute + support) * u64::from(each)
}
