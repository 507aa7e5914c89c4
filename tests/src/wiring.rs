//! A fabric wired port by port, slowly and without the generator's arithmetic. Each cable
//! takes two free ports; the counts are those of the cables that were laid.

use plumbline_engine::derive::FabricRequest;
use plumbline_engine::design::Topology;

/// What was wired in one plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wired {
    /// Leaves.
    pub leaf: u64,
    /// Spines.
    pub spine: u64,
    /// Cores.
    pub core: u64,
    /// Node-leaf cables.
    pub node_leaf: u64,
    /// Leaf-spine cables.
    pub leaf_spine: u64,
    /// Spine-core cables.
    pub spine_core: u64,
}

/// A switch with so many ports, used once each.
#[derive(Clone)]
struct Switch {
    free: u64,
}

impl Switch {
    fn plug(&mut self) -> bool {
        let free = self.free > 0;
        self.free = self.free.saturating_sub(1);
        free
    }
}

/// Wires one plane of a request whose leaves are joined to one another: every leaf lays its
/// peer links round-robin over the others.
pub fn wire_peers(r: &FabricRequest) -> Option<(u64, u64)> {
    let (leaves, _, _) = wire_nodes(&FabricRequest {
        uplinks: Some(r.peer_links?),
        ..r.clone()
    })?;
    let count = leaves.len();
    let mut free = vec![r.peer_links? as i64; count];
    let mut cables = 0;
    // The next pair of leaves with a free port each, in a fixed round.
    for step in 1..count {
        for from in 0..count {
            let to = (from + step) % count;
            let each = r.peer_links? / (count as u64 - 1);
            for _ in 0..each {
                // Each pair is met twice, once from each end: lay it from the lower one.
                if from < to && free[from] > 0 && free[to] > 0 {
                    free[from] -= 1;
                    free[to] -= 1;
                    cables += 1;
                }
            }
        }
    }
    Some((count as u64, cables))
}

/// Wires a scheduled fabric: every leaf sprays its fabric ports over the spines, which are
/// added one at a time until every port finds a free one.
pub fn wire_scheduled(r: &FabricRequest) -> Option<(u64, u64)> {
    let (leaves, _, _) = wire_nodes(&FabricRequest {
        uplinks: Some(0),
        ..r.clone()
    })?;
    let links = leaves.len() as u64 * r.fabric_ports;
    let mut spines: Vec<Switch> = Vec::new();
    for _ in 0..links {
        if !spines.iter_mut().any(Switch::plug) {
            let mut spine = Switch { free: r.radix[1] };
            spine.plug();
            spines.push(spine);
        }
    }
    Some((leaves.len() as u64, spines.len() as u64))
}

/// Wires one plane of a request, trying spine and core numbers from one upwards until the
/// cables of every lower switch spread evenly and every port is used at most once.
/// `None` if nothing up to the number of uplinks works.
pub fn wire(r: &FabricRequest) -> Option<Wired> {
    let (leaves_by_unit, up, node_leaf) = wire_nodes(r)?;
    let leaves: Vec<(u64, u64)> = leaves_by_unit;
    let whole = leaves.len() as u64;
    if r.topology == Topology::SharedLeaf && whole == 1 && r.uplinks.is_none() {
        // Every node is on it: there is nothing to go up to.
        return Some(Wired {
            leaf: 1,
            node_leaf,
            ..Wired::default()
        });
    }
    if r.topology != Topology::RailPerUnit {
        for spines in 1..=up {
            if up.is_multiple_of(spines) && spread(whole, up, spines, r.radix[1]) {
                return Some(Wired {
                    leaf: whole,
                    spine: spines,
                    core: 0,
                    node_leaf,
                    leaf_spine: whole * up,
                    spine_core: 0,
                });
            }
        }
    }
    wire_pods(r, &leaves, up, node_leaf)
}

/// Each leaf as (unit, group), the uplinks of one, and the cables laid to nodes.
type WiredLeaves = (Vec<(u64, u64)>, u64, u64);

/// Plugs every node of every full unit into leaves and returns each leaf's (unit, group).
fn wire_nodes(r: &FabricRequest) -> Option<WiredLeaves> {
    let groups = match r.topology {
        Topology::SharedLeaf => 1,
        _ => (0..r.rails).step_by(r.rails_per_leaf as usize).count() as u64,
    };
    let bundle = r.ports_per_node.div_ceil(groups);
    let up = match (r.uplinks, r.leaf_nodes) {
        (Some(up), _) => up,
        (None, Some(nodes)) => nodes * bundle,
        (None, None) => r.radix[0] / 2,
    };
    let down = match (r.leaf_nodes, r.uplinks) {
        (Some(nodes), _) => nodes * bundle,
        (None, Some(up)) => r.radix[0].checked_sub(up)?,
        (None, None) => r.radix[0] / 2,
    };
    if down + up > r.radix[0] || down < bundle {
        return None;
    }
    let mut leaves = Vec::new();
    let mut cables = 0;
    for unit in 0..r.units {
        for group in 0..groups {
            // Every place of the unit is reserved, whether a node stands there or not.
            let mut free_on_leaf = 0;
            for place in 0..r.unit_nodes {
                if free_on_leaf < bundle {
                    leaves.push((unit, group));
                    free_on_leaf = down;
                }
                free_on_leaf -= bundle;
                if unit * r.unit_nodes + place < r.nodes {
                    cables += if groups == 1 {
                        r.ports_per_node
                    } else {
                        ports_in_group(r, group)
                    };
                }
            }
        }
    }
    Some((leaves, up, cables))
}

/// Ports of a node on rail `group`, when its ports are dealt out one by one.
fn ports_in_group(r: &FabricRequest, group: u64) -> u64 {
    (0..r.ports_per_node)
        .filter(|port| (port % r.rails) / r.rails_per_leaf == group)
        .count() as u64
}

/// Lays `up` cables from each of `lower` switches round-robin over `upper` switches.
fn spread(lower: u64, up: u64, upper: u64, radix: u64) -> bool {
    let mut switches = vec![Switch { free: radix }; upper as usize];
    (0..lower).all(|_| (0..up).all(|link| switches[(link % upper) as usize].plug()))
}

fn wire_pods(r: &FabricRequest, leaves: &[(u64, u64)], up: u64, node_leaf: u64) -> Option<Wired> {
    let unit_leaves = leaves.iter().filter(|(unit, _)| *unit == 0).count() as u64;
    let rail_leaves = leaves.iter().filter(|leaf| **leaf == (0, 0)).count() as u64;
    let groups = unit_leaves / rail_leaves.max(1);
    let per_rail = r.topology == Topology::RailPerUnit;
    for units_per_pod in 1..=r.units.max(1) {
        // Leaves of each pod.
        let pods: Vec<u64> = match per_rail {
            true => vec![rail_leaves; (r.units * groups) as usize],
            false => {
                let starts = (0..r.units).step_by(units_per_pod as usize);
                starts
                    .map(|start| (r.units - start).min(units_per_pod) * unit_leaves)
                    .collect()
            }
        };
        let full = pods.first().copied()?;
        // Half of a spine's ports face down, so that the other half can face up.
        let spines =
            (1..=up).find(|s| up.is_multiple_of(*s) && spread(full, up, *s, r.radix[1] / 2));
        let spines = spines?;
        if per_rail && r.units == 1 {
            return Some(Wired {
                leaf: leaves.len() as u64,
                spine: spines * groups,
                core: 0,
                node_leaf,
                leaf_spine: leaves.len() as u64 * up,
                spine_core: 0,
            });
        }
        let spine_up = full * up / spines;
        let cores = (1..=spine_up).find(|c| {
            spine_up.is_multiple_of(*c) && spread(pods.len() as u64, spine_up, *c, r.radix[2])
        });
        if let Some(cores) = cores {
            let mut spine_core = 0;
            for pod in &pods {
                // A partly filled pod sends up what comes from below, evenly.
                let mut links = pod * up / spines;
                while !links.is_multiple_of(cores) {
                    links += 1;
                }
                spine_core += links * spines;
            }
            return Some(Wired {
                leaf: leaves.len() as u64,
                spine: spines * pods.len() as u64,
                core: cores * spines,
                node_leaf,
                leaf_spine: leaves.len() as u64 * up,
                spine_core,
            });
        }
        if per_rail {
            return None;
        }
    }
    None
}
