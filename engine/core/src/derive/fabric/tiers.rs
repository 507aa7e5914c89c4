//! Spine and core tiers of one plane.

use super::spread::fewest_even;
use super::{FabricRequest, Impossible, Leaves};
use crate::design::Topology;

/// What stands above the leaves of one plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Upper {
    /// Spines; `None` = a single leaf needs none.
    pub spines: Option<u64>,
    /// Cores; `None` = no core tier.
    pub cores: Option<u64>,
    /// Tiers built.
    pub tiers: u64,
    /// Tiers that the radix asks for.
    pub tiers_needed: u64,
    /// Spine-core links.
    pub spine_core: u64,
    /// Most ports used on a spine.
    pub spine_ports: u64,
    /// Most ports used on a core.
    pub core_ports: u64,
    /// Down-links of a spine.
    pub spine_down: u64,
    /// Uplinks of a spine; 0 = none.
    pub spine_up: u64,
    /// Remainder of a leaf's uplinks over its spines.
    pub uneven: u64,
    /// Cages used on spines and cores.
    pub cages: u64,
}

/// A pod: leaves that share a set of spines under a core tier.
struct Pod {
    /// Pods in the plane.
    pods: u64,
    /// Leaves of a full pod.
    leaves: u64,
    /// Leaves of the last pod.
    last: u64,
}

pub(super) fn upper_tiers(
    r: &FabricRequest,
    leaves: &Leaves,
    per_plane: u64,
    links_up: u64,
) -> Result<Upper, Impossible> {
    if r.spines == Some(0) || leaves.up == 0 {
        // Leaves without uplinks: an island each. One leaf is a whole fabric; more are not.
        return match per_plane {
            1 => Ok(Upper {
                tiers: 1,
                tiers_needed: 1,
                ..Upper::default()
            }),
            _ => Err(Impossible {
                field: "uplinks",
                reason: format!("{per_plane} leaves without uplinks or spines are not joined"),
            }),
        };
    }
    let per_unit_spines = r.topology == Topology::RailPerUnit;
    let two = match per_unit_spines {
        true => (r.units == 1).then(|| unit_spines(r, leaves)).flatten(),
        false => fewest_even(leaves.up, per_plane * leaves.up, r.radix[1]),
    };
    let needed = if two.is_some() { 2 } else { 3 };
    let tiers = r.tiers.unwrap_or(needed);
    let upper = match tiers {
        2 => two_tiers(r, leaves, per_plane, links_up, two)?,
        3 => three_tiers(r, leaves)?,
        other => {
            let reason = format!("{other} switch tiers are asked for; two and three are known");
            return Err(Impossible {
                field: "tiers",
                reason,
            });
        }
    };
    Ok(Upper {
        tiers,
        tiers_needed: needed,
        ..upper
    })
}

/// Spines of one unit when each rail has its own: half of each spine's ports face down, so
/// that a core tier can be added without moving a cable.
fn unit_spines(r: &FabricRequest, leaves: &Leaves) -> Option<u64> {
    let per_rail = fewest_even(leaves.up, leaves.per_group * leaves.up, r.radix[1] / 2)?;
    Some(per_rail * leaves.groups)
}

fn two_tiers(
    r: &FabricRequest,
    leaves: &Leaves,
    per_plane: u64,
    links_up: u64,
    fewest: Option<u64>,
) -> Result<Upper, Impossible> {
    let stated = r.spines.map(|n| n.div_ceil(r.planes));
    let Some(spines) = stated.or(fewest) else {
        return Err(Impossible {
            field: "tiers",
            reason: format!(
                "two tiers join at most {} leaves (one port of a spine each), {per_plane} are needed; use three tiers",
                r.radix[1]
            ),
        });
    };
    // A leaf reaches the spines of its own rail only, where each rail has its own.
    let reach = if r.topology == Topology::RailPerUnit {
        (spines / leaves.groups).max(1)
    } else {
        spines
    };
    let down = links_up.div_ceil(spines);
    Ok(Upper {
        spines: Some(spines),
        spine_ports: down,
        spine_down: down,
        uneven: leaves.up % reach,
        cages: spines * down.div_ceil(r.per_cage[1]),
        ..Upper::default()
    })
}

fn three_tiers(r: &FabricRequest, leaves: &Leaves) -> Result<Upper, Impossible> {
    let half = r.radix[1] / 2;
    let unit_leaves = leaves.groups * leaves.per_group;
    let per_rail = r.topology == Topology::RailPerUnit;
    let widest = (half / unit_leaves.max(1)).clamp(1, r.units);
    let mut reason = format!(
        "{unit_leaves} leaves of a unit need a port each on its spines, of which a spine has {half} below a core tier"
    );
    for units_per_pod in 1..=widest {
        let pod = match per_rail {
            true => Pod {
                pods: r.units * leaves.groups,
                leaves: leaves.per_group,
                last: leaves.per_group,
            },
            false => {
                let pods = r.units.div_ceil(units_per_pod);
                let last = r.units - (pods - 1) * units_per_pod;
                Pod {
                    pods,
                    leaves: unit_leaves * units_per_pod,
                    last: unit_leaves * last,
                }
            }
        };
        match with_pods(r, leaves, &pod) {
            Ok(upper) => return Ok(upper),
            Err(why) => reason = why,
        }
        if per_rail {
            break;
        }
    }
    Err(Impossible {
        field: "units",
        reason,
    })
}

fn with_pods(r: &FabricRequest, leaves: &Leaves, pod: &Pod) -> Result<Upper, String> {
    let half = r.radix[1] / 2;
    let stated = r.spines.map(|n| (n / r.planes / pod.pods).max(1));
    let per_pod = stated
        .or_else(|| fewest_even(leaves.up, pod.leaves * leaves.up, half.max(1)))
        .ok_or_else(|| {
            format!(
                "a pod of {} leaves is wider than the {half} down-ports of a spine",
                pod.leaves
            )
        })?;
    let spine_down = (pod.leaves * leaves.up).div_ceil(per_pod);
    let spine_up = spine_down;
    // Spine number i of every pod meets core group i.
    let group_cores = match r.cores {
        Some(cores) => (cores / r.planes / per_pod).max(1),
        None => fewest_even(spine_up, pod.pods * spine_up, r.radix[2]).ok_or_else(|| {
            format!(
                "{} groups of spines are more than the {} ports of a core switch: the fabric has no place for so many units",
                pod.pods, r.radix[2]
            )
        })?,
    };
    let last_down = (pod.last * leaves.up).div_ceil(per_pod);
    let last_up = last_down.div_ceil(group_cores) * group_cores;
    let spine_core = (pod.pods - 1) * per_pod * spine_up + per_pod * last_up;
    let spines = pod.pods * per_pod;
    let cores = group_cores * per_pod;
    let core_ports = spine_core.div_ceil(cores);
    let [_, spine_cage, core_cage] = r.per_cage;
    Ok(Upper {
        spines: Some(spines),
        cores: Some(cores),
        spine_core,
        spine_ports: spine_down + spine_up,
        core_ports,
        spine_down,
        spine_up,
        uneven: leaves.up % per_pod + spine_up % group_cores,
        cages: spines * (spine_down.div_ceil(spine_cage) + spine_up.div_ceil(spine_cage))
            + cores * core_ports.div_ceil(core_cage),
        ..Upper::default()
    })
}
