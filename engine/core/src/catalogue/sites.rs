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
    /// Greenhouse gas of its electricity: low, mean, high of what belongs to it.
    #[written(default)]
    pub carbon: Sourced<Range<CarbonIntensity>>,
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
    /// Ratios with a spread.
    pub ranges: Table<Sourced<Range<Ratio>>>,
    /// Times (low, default, high).
    pub times: Table<Sourced<Range<Seconds>>>,
    /// Data rates.
    pub rates: Table<Sourced<BytesPerSec>>,
    /// Measured power of a node per accelerator, by work and accelerator.
    pub loads: Table<Sourced<Range<Watts>>>,
    /// Greenhouse gas of making and bringing, per accelerator with its share of the node.
    pub embodied: Table<Sourced<Carbon>>,
    /// Training benchmarks: what reaches their target.
    pub benchmarks: Table<Benchmark>,
}

/// A benchmark that is trained until a quality is reached.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Benchmark {
    /// Name for people.
    pub name: String,
    /// Samples that reach the target, by batch, batches rising. Counts are found by training;
    /// nothing computes them.
    pub samples: Vec<SamplesToTarget>,
    /// Time of evaluation, as share of the time of the steps.
    pub evaluation: Sourced<Range<Ratio>>,
    /// Time before the first step that the score counts.
    pub start: Sourced<Seconds>,
}

/// Samples to the target at a batch.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct SamplesToTarget {
    /// Samples of one step.
    pub batch: u32,
    /// Samples until the target is reached (fewest, usual, most).
    pub samples: Sourced<Range<Ratio>>,
}
