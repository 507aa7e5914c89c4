//! Leaves by how many links they carry, and the cages those links need.

use super::{FabricRequest, Leaves};

/// A number of leaves of one plane that carry the same links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeafClass {
    pub count: u64,
    pub down: u64,
    pub up: u64,
    /// Whether it belongs to the last unit, where the fabric manager is attached.
    pub last: bool,
}

/// Fills units in order, and the leaves of a group in order, without a loop over nodes.
pub(super) fn leaf_classes(r: &FabricRequest, leaves: &Leaves) -> Vec<LeafClass> {
    let full = r.nodes / r.unit_nodes;
    let rest = r.nodes % r.unit_nodes;
    let mut classes = Vec::new();
    let mut unit = |units: u64, nodes: u64, last: bool| {
        let filled = nodes / leaves.leaf_nodes;
        let part = nodes % leaves.leaf_nodes;
        let partial = u64::from(part > 0);
        let empty = leaves.per_group - filled - partial;
        for (count, on_leaf) in [(filled, leaves.leaf_nodes), (partial, part), (empty, 0)] {
            let down = on_leaf * leaves.bundle;
            let up = if r.whole_units {
                leaves.up
            } else {
                leaves.up.min(down)
            };
            let count = count * units * leaves.groups;
            if count > 0 {
                classes.push(LeafClass {
                    count,
                    down,
                    up,
                    last,
                });
            }
        }
    };
    let started = full + u64::from(rest > 0);
    let empty = r.units - started;
    unit(
        full - u64::from(rest == 0 && empty == 0 && full > 0),
        r.unit_nodes,
        false,
    );
    match (rest, empty) {
        (0, 0) if full > 0 => unit(1, r.unit_nodes, true),
        (0, empty) => {
            unit(empty - 1, 0, false);
            unit(1, 0, true);
        }
        (rest, 0) => unit(1, rest, true),
        (rest, empty) => {
            unit(1, rest, false);
            unit(empty - 1, 0, false);
            unit(1, 0, true);
        }
    }
    classes
}

/// Puts the fabric manager's links on free ports of the last unit's leaves, one per leaf
/// first, and returns how many found none.
pub(super) fn attach_manager(
    r: &FabricRequest,
    leaves: &Leaves,
    classes: &mut Vec<LeafClass>,
) -> u64 {
    let mut left = r.ufm_links;
    while left > 0 {
        let free = |c: &LeafClass| c.last && c.count > 0 && c.down + leaves.up < r.radix[0];
        let emptiest = classes
            .iter()
            .enumerate()
            .filter(|(_, c)| free(c))
            .min_by_key(|(_, c)| c.down);
        let Some((at, _)) = emptiest else { return left };
        let taken = left.min(classes[at].count);
        classes[at].count -= taken;
        let grown = LeafClass {
            count: taken,
            down: classes[at].down + 1,
            ..classes[at]
        };
        classes.push(grown);
        left -= taken;
    }
    0
}

/// Cages in use: each leaf's down-links and uplinks fill cages of their own.
pub(super) fn cages(classes: &[LeafClass], per_cage: u64, up_per_cage: u64) -> u64 {
    classes
        .iter()
        .map(|class| class.count * (class.down.div_ceil(per_cage) + class.up.div_ceil(up_per_cage)))
        .sum()
}
