//! Racks: how many, and what a full one draws.

use super::Derived;
use crate::catalogue::Supply;
use crate::design::Redundancy;
use crate::quantity::Watts;

/// Rack counts and the load of a full compute rack.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Racks {
    /// Racks of each node group, in order.
    pub compute_by_group: Vec<u64>,
    /// Racks that hold nodes.
    pub compute: u64,
    /// Racks for switches, storage and management; `None` = not stated.
    pub support: Option<u64>,
    /// Load of a full rack of the main group; `None` if a rating is not known.
    pub load: Option<Watts>,
    /// Short peak of the same rack, where the vendor states one.
    pub peak: Option<Watts>,
    /// Power the rack can be given.
    pub supply: Option<Watts>,
}

impl Racks {
    /// All racks; without the support racks where they are not stated.
    pub fn total(&self) -> u64 {
        self.compute + self.support.unwrap_or(0)
    }
}

impl Redundancy {
    /// Of equal supplies or shelves, those that stay when what may fail has failed.
    pub fn survivors(self, installed: u32) -> f64 {
        let installed = f64::from(installed);
        match self {
            Redundancy::N => installed,
            Redundancy::NPlusOne => (installed - 1.0).max(0.0),
            Redundancy::TwoN => libm::floor(installed / 2.0),
        }
    }
}

impl Derived<'_> {
    /// What the power shelves of a rack can still give when what `mode` lets fail has failed.
    /// Where their number or rating is not known, the vendor's figures for the rack.
    pub fn shelves_usable(&self, mode: Redundancy) -> Option<Watts> {
        let rack = self.main_rack()?;
        match (rack.shelves.known(), rack.shelf_rating.known(), mode) {
            (Some(shelves), Some(rating), _) => Some(rating * mode.survivors(shelves)),
            (_, _, Redundancy::N) => rack.shelf_power.known(),
            _ => rack.shelf_power_redundant.known(),
        }
    }
}

pub(super) fn racks(derived: &Derived<'_>) -> Racks {
    let design = derived.design;
    let compute_by_group: Vec<u64> = design
        .compute
        .groups
        .iter()
        .map(|group| u64::from(group.nodes).div_ceil(u64::from(group.nodes_per_rack.max(1))))
        .collect();
    Racks {
        compute: compute_by_group.iter().sum(),
        compute_by_group,
        support: design.site.support_racks.map(u64::from),
        load: load(derived),
        peak: peak(derived),
        supply: supply(derived),
    }
}

/// The larger of the sum of the nodes' ratings and the vendor's figure for a full rack: the
/// latter holds what is not a node, and stands alone where the nodes are not rated.
fn load(derived: &Derived<'_>) -> Option<Watts> {
    let group = derived.main_group()?;
    let node = derived.main_node()?.power_max.known();
    let nodes = node.map(|each| each * f64::from(group.nodes_per_rack));
    let full = derived.main_rack()?.power_full.known();
    match (nodes, full) {
        (Some(nodes), Some(full)) => Some(full.max(nodes)),
        (nodes, full) => nodes.or(full),
    }
}

fn peak(derived: &Derived<'_>) -> Option<Watts> {
    let group = derived.main_group()?;
    Some(derived.main_node()?.power_peak.known()? * f64::from(group.nodes_per_rack))
}

/// What the site gives the rack, and never more than its power shelves can pass on with
/// their redundancy kept.
fn supply(derived: &Derived<'_>) -> Option<Watts> {
    let site = derived.design.site.rack_power;
    let rack = derived.main_rack()?;
    let shelves = match rack.supply {
        Supply::DcBusbar => rack
            .shelf_power_redundant
            .known()
            .or(rack.shelf_power.known()),
        Supply::Ac => None,
    };
    match (site, shelves) {
        (Some(site), Some(shelves)) if shelves.get() < site.get() => Some(shelves),
        (Some(site), _) => Some(site),
        (None, shelves) => shelves,
    }
}
