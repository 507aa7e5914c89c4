//! Site data and engineering constants.

use super::{Cooling, Price, Range};
use crate::quantity::*;
use crate::sourced::Sourced;
use crate::table::Table;
use crate::written::{Read, Write};

/// Prices and conditions of a region.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct SiteData {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Industrial electricity.
    pub electricity: Price<EnergyPrice>,
    /// Wholesale colocation per provisioned kilowatt and month.
    pub colocation: Price<CapacityPrice>,
    /// Power usage effectiveness by cooling of the nodes.
    pub pue: Price<Ratio>,
}

/// How a hall removes heat from a rack, and up to which density that is planned.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct CoolingMethod {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Which kinds of nodes it serves.
    pub serves: Vec<Cooling>,
    /// Planning range per rack: low end, usual, upper end.
    pub planning: Sourced<Range<Watts>>,
    /// Density above which it is not possible; unknown where the product decides.
    pub limit: Sourced<Watts>,
}

/// Engineering constants that rules and cost use, by name; each names its source.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
#[written(default)]
pub struct Constants {
    /// Ratios: shares, factors, head-rooms.
    pub ratios: Table<Sourced<Ratio>>,
    /// Bytes per parameter and the like.
    pub bytes: Table<Sourced<Bytes>>,
    /// Power per piece.
    pub power: Table<Sourced<Watts>>,
    /// Mean power as share of the rating, by workload (low, default, high).
    pub utilisation: Table<Sourced<Range<Ratio>>>,
    /// Cooling methods.
    pub cooling: Table<CoolingMethod>,
}
