//! What the prediction of training takes from outside: fitted constants, and the machines as
//! measured data name them.

use crate::quantity::*;
use crate::sourced::{Source, Sourced};
use crate::table::Table;
use crate::written::{Read, Write};

/// Everything that the prediction of training needs besides parts and models.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
#[written(default)]
pub struct TrainingData {
    /// Fitted constants, by name.
    pub constants: Table<FittedConstant>,
    /// Accelerators that it knows, by the accelerator's id.
    pub machines: Table<TrainingMachine>,
    /// How far predictions were off on rows that the fit had not seen, by class.
    pub errors: Table<ErrorClass>,
    /// How often the faster of two layouts was named.
    pub ranking: Ranking,
    /// Measured rows that look wrong or ambiguous, by id, with the reason: the fit weighs them less.
    pub doubtful: Table<String>,
    /// Where measured rows come from, by the key in their table.
    pub measured: Table<Source>,
    /// Networks that a predicted step is held against.
    pub networks: Table<OtherNetwork>,
}

/// A network other than that of a design.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct OtherNetwork {
    /// What is other, for people.
    pub what: String,
    /// Bandwidth of a rank, as multiple of what the design's network gives.
    pub share: Sourced<Ratio>,
    /// Only gradients and gathered weights gain, not what experts, stages and sequences exchange.
    #[written(default)]
    pub gradients: bool,
}

/// A constant that measurements fix, within what physics allows.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct FittedConstant {
    /// The value in use.
    pub value: f64,
    /// Its unit; empty for a ratio.
    pub unit: String,
    /// What physics or the vendor's own measurements allow.
    pub bound: (f64, f64),
    /// What it was expected to be before the fit.
    pub expected: f64,
    /// How far it may move from there: the standard deviation of its logarithm; 0 where no row
    /// fixes it and it is not fitted.
    pub spread: f64,
    /// Which measurements fix it.
    pub fixed_by: String,
}

/// Errors of a class of measured rows, each predicted by constants fitted without it.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct ErrorClass {
    /// Rows.
    pub rows: u32,
    /// Median error, as share.
    pub median: f64,
    /// Error that nine of ten rows stay below, as share.
    pub ninth: f64,
    /// Mean of the logarithms of prediction by measurement.
    pub bias: f64,
    /// What a prediction is multiplied with for the band in which 80 % of the rows lie.
    pub band: (f64, f64),
    /// Share of unseen rows in such a band that none of their fold has shaped; `None` where there
    /// are too few to tell.
    #[written(default)]
    pub inside: Option<f64>,
}

/// Pairs of measured rows of one case that differ in layout and by more than 5 % in time, each
/// predicted by constants fitted without it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Write, Read)]
#[written(default)]
pub struct Ranking {
    /// Pairs.
    pub pairs: u32,
    /// Share of them whose faster layout is named.
    pub right: f64,
}

/// Families of accelerators that share constants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
pub enum Family {
    /// A100.
    Ampere,
    /// H100, H200, H800.
    Hopper,
    /// B200, GB200.
    Blackwell,
    /// B300, GB300.
    BlackwellUltra,
    /// MI300X, MI325X.
    Cdna3,
    /// MI350X, MI355X.
    Cdna4,
    /// TPU.
    Tpu,
    /// Gaudi.
    Gaudi,
}

/// An accelerator as training sees it.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct TrainingMachine {
    /// Family.
    pub family: Family,
    /// Accelerators of the node that such measurements are made on.
    pub node: u32,
    /// Network per accelerator where nothing is stated.
    pub network: Sourced<BitsPerSec>,
    /// What the link between accelerator and adapter lets through, where it is narrower.
    #[written(default)]
    pub attach: Sourced<BytesPerSec>,
    /// Rate at 8-bit integers, where training runs at them.
    #[written(default)]
    pub integers: Sourced<FlopsPerSec>,
    /// What measured data call it.
    pub names: Vec<String>,
}
