//! The one table of rules. A code is never reused; a retired one stays as a comment.

use super::Rule;
use super::rules::*;

/// All rules, in the order of their codes.
pub fn rules() -> &'static [&'static dyn Rule] {
    RULES
}

/// The rule of a code.
pub fn rule_by_code(code: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.meta().code == code)
}

const RULES: &[&dyn Rule] = &[
    &OverheatedRack,
    &DryLiquidNode,
    &HotInlet,
    &MissingDatum,
    &UnknownPart,
    &UnfitOverride,
    &SwitchRadixExceeded,
    &OversubscribedFabric,
    &UnalignedRails,
    &SplitRail,
    &ImpossibleFabric,
    &UnhomedFabricManager,
    &ShortManagementPorts,
    &OverfullRack,
    &UnfitCard,
    &ModelLargerThanMemory,
    &NoLayoutFits,
    &MissingFabricManager,
    &MissingManagementNodes,
    &OverloadedRack,
    &UnredundantPowerSupplies,
    &ShortPowerShelves,
    &SupplyEnvelope,
    &BusbarSection,
    &CountsUnlikePrint,
    &SizeStatedOtherwise,
    &SlowStorage,
    &StarvedVisionTraining,
    &SlowCheckpoint,
    &BlockingCheckpoint,
    &BatchAboveCritical,
    &MissingSpare,
    &OverlongRun,
    &MissedLimit,
    &ShortOfReplicas,
    &CrowdedCluster,
];
