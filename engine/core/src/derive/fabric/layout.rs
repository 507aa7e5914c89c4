//! Leaves of one plane: how many, and what each carries.

use super::{FabricRequest, Impossible};
use crate::design::{Joining, Topology};

/// Leaf layout of one plane.
pub(super) struct Leaves {
    /// Leaf groups per unit.
    pub groups: u64,
    /// Leaves per group.
    pub per_group: u64,
    /// Nodes on a full leaf.
    pub leaf_nodes: u64,
    /// Links of one node on its leaf.
    pub bundle: u64,
    /// Uplinks per leaf, or links to its peers.
    pub up: u64,
}

/// How many leaves there are, and how many nodes and uplinks each carries.
///
/// # Errors
/// A leaf has too few ports for what is asked of it.
pub(super) fn leaf_layout(r: &FabricRequest) -> Result<Leaves, Impossible> {
    let radix = r.radix[0];
    let groups = match r.topology {
        Topology::SharedLeaf => 1,
        _ => r.rails.div_ceil(r.rails_per_leaf),
    };
    let bundle = r.ports_per_node.div_ceil(groups);
    // Ports of a leaf that nodes may take, and what goes up from those they do take.
    let (places, up) = match (r.joining, r.uplink_ratio) {
        // Hosts and fabric have ports of their own.
        (Joining::Scheduled, _) => (radix, Up::Exactly(r.fabric_ports)),
        (Joining::Peers, _) => match r.peer_links {
            Some(peers) => (radix.saturating_sub(peers), Up::Exactly(peers)),
            None => (radix / 2, Up::Times(1.0)),
        },
        (Joining::Spread, ratio) => match (r.uplinks, ratio) {
            (Some(up), _) => (radix.saturating_sub(up), Up::Exactly(up)),
            (None, Some(ratio)) => (below(radix, ratio), Up::Times(ratio)),
            (None, None) if r.leaf_nodes.is_some() => (radix, Up::Times(1.0)),
            (None, None) => (radix / 2, Up::Exactly(radix / 2)),
        },
    };
    let down = match r.leaf_nodes {
        Some(nodes) => nodes.saturating_mul(bundle),
        None => places,
    };
    let own = if r.joining == Joining::Scheduled {
        0
    } else {
        up.links(down)
    };
    if down < bundle || down.saturating_add(own) > radix {
        return Err(Impossible {
            field: up.field(r),
            reason: format!(
                "a leaf with {radix} ports cannot take {own} uplinks beside {} down-links per node group",
                down.max(bundle)
            ),
        });
    }
    let per_group = r.unit_nodes.div_ceil(down / bundle);
    let leaf_nodes = r.unit_nodes.div_ceil(per_group);
    let lone = r.units * groups * per_group == 1;
    // A leaf that everything shares has nothing to go up to.
    let up = match (r.joining, r.topology) {
        (Joining::Peers, _) if lone => 0,
        (Joining::Spread, Topology::SharedLeaf)
            if lone && r.spines.is_none() && r.uplinks.is_none() =>
        {
            0
        }
        _ => match r.leaf_nodes {
            Some(_) => up.links(down),
            None => up.links(leaf_nodes * bundle),
        },
    };
    Ok(Leaves {
        groups,
        per_group,
        leaf_nodes,
        bundle,
        up,
    })
}

/// Links that leave a leaf upwards.
enum Up {
    Exactly(u64),
    /// So many times the links below.
    Times(f64),
}

impl Up {
    fn links(&self, down: u64) -> u64 {
        match self {
            Up::Exactly(links) => *links,
            // The bounds of the request keep this far below where a float loses whole numbers.
            Up::Times(ratio) => libm::ceil(down as f64 * ratio - 1e-9) as u64,
        }
    }

    fn field(&self, r: &FabricRequest) -> &'static str {
        match (r.joining, r.uplink_ratio) {
            (Joining::Peers, _) => "peer_links",
            (Joining::Spread, Some(_)) if r.uplinks.is_none() => "uplink_ratio",
            _ => "uplinks",
        }
    }
}

/// Ports that nodes may take of `radix` when each needs `ratio` of another upwards.
fn below(radix: u64, ratio: f64) -> u64 {
    libm::floor(radix as f64 / (1.0 + ratio) + 1e-9) as u64
}
