//! What joins leaves without a tree above them: links to one another, or a scheduled fabric.

use super::tiers::Upper;
use super::{FabricRequest, Impossible, Leaves};

/// A pair of leaves in each plane, joined to one another.
///
/// # Errors
/// More than a pair: of three leaves, links to one are no path to another, and none of the
/// ratios that hold for a pair would hold.
pub(super) fn peers(leaves: &Leaves, per_plane: u64) -> Result<Upper, Impossible> {
    if per_plane > 2 {
        return Err(Impossible {
            field: "joining",
            reason: format!(
                "{per_plane} leaves of a plane cannot be joined without spines, only a pair can: \
                 {} nodes with {} links each are too many for two leaves",
                leaves.leaf_nodes * leaves.per_group,
                leaves.bundle * leaves.groups,
            ),
        });
    }
    Ok(Upper {
        tiers: 1,
        tiers_needed: 1,
        ..Upper::default()
    })
}

/// Spines of a scheduled fabric: the stated number, else the first step that joins all
/// leaves, else as few as have ports for all of them.
///
/// # Errors
/// More leaves than the largest step joins, or than a spine has ports for.
pub(super) fn scheduled(
    r: &FabricRequest,
    leaves: &Leaves,
    per_plane: u64,
) -> Result<Upper, Impossible> {
    let links = per_plane * leaves.up;
    let least = links.div_ceil(r.radix[1]).max(1);
    let impossible = |field, reason| Err(Impossible { field, reason });
    if leaves.up == 0 {
        let reason = "the leaf has no ports towards a scheduled fabric".to_owned();
        return impossible("leaf", reason);
    }
    let step = r.spine_steps.iter().find(|(most, _)| *most >= per_plane);
    let spines = match (r.spines, step, r.spine_steps.last()) {
        (Some(spines), ..) => spines.div_ceil(r.planes).max(1),
        (_, Some((_, spines)), _) => *spines,
        (_, None, Some((most, _))) => {
            let reason =
                format!("{per_plane} leaves are more than the {most} that its largest size joins");
            return impossible("spine_steps", reason);
        }
        _ => least,
    };
    let down = links.div_ceil(spines);
    Ok(Upper {
        spines: Some(spines),
        tiers: 2,
        tiers_needed: 2,
        spine_ports: down,
        spine_down: down,
        cages: spines * down.div_ceil(r.per_cage[1]),
        ..Upper::default()
    })
}
