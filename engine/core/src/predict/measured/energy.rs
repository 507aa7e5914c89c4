//! Measured energy of answers' tokens: the row of a throughput, and what it took.

use super::{Arrival, Figure, InferenceRow, Measured, Row};
use crate::catalogue::{ErrorClass, FittedConstant};
use crate::predict::inference::*;
use crate::reference::World;
use crate::sourced::Source;
use crate::table::Table;

/// A row whose energy is predicted.
#[derive(Debug, Clone, PartialEq)]
pub struct EnergyRow {
    /// The throughput that it is of.
    pub row: InferenceRow,
    /// What the time of an instance goes into.
    pub occupied: Occupied,
    /// Rating of an accelerator, W.
    pub rating: f64,
    /// Tokens of answers per second and accelerator; `None` where the mean power is meant.
    pub rate: Option<f64>,
}

impl EnergyRow {
    /// The energy of a row of a throughput, with the constants of passes.
    ///
    /// # Errors
    /// What the row lacks.
    pub fn energy(row: InferenceRow, rating: f64, passes: &Calibration) -> Result<Self, String> {
        let Arrival::Saturated(_) = row.arrival else {
            return Err("energy is measured of saturated instances only".into());
        };
        if row.figure != Figure::Output {
            return Err("energy is told by rows of output_tokens_per_s".into());
        }
        let running = running(&row, passes);
        let rate = row.predict(passes) / row.accelerators;
        Ok(Self {
            rate: Some(rate),
            ..Self::power(row, rating, passes, running)
        })
    }

    /// The mean power while so many sequences run on an instance.
    pub fn power(row: InferenceRow, rating: f64, passes: &Calibration, running: f64) -> Self {
        Self {
            occupied: occupied(passes, &row.job(), &row.load, running),
            rating,
            rate: None,
            row,
        }
    }
}

/// Sequences that run at once on an instance of a row.
pub fn running(row: &InferenceRow, passes: &Calibration) -> f64 {
    let job = row.job();
    let most = most(passes, &job, &row.load);
    match row.arrival {
        Arrival::Saturated(cap) | Arrival::Answers(cap) => cap.map_or(most, |cap| cap.min(most)),
        Arrival::Static(users) | Arrival::Closed(users) => users.min(most),
        Arrival::Server(Some(limits)) | Arrival::Interactive(limits) => {
            within(passes, &job, &row.load, &limits).running
        }
        Arrival::Server(None) | Arrival::Prompts => most,
    }
}

/// Rating of the accelerator that a row names, W.
///
/// # Errors
/// What is not known of it.
pub fn rating(row: &Row<'_>, world: &World) -> Result<f64, String> {
    let name = row.text("accelerator");
    let known = world.inference.machine(name);
    let (id, _) = known.ok_or_else(|| format!("the accelerator \"{name}\" is not known"))?;
    let part = world.catalogue.accelerators.get(id);
    let rating = part.and_then(|part| part.power_max.known());
    let rating = rating.ok_or_else(|| format!("the rating of {id} is not known"))?;
    Ok(rating.get())
}

/// What a row measured beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Outcomes {
    /// Energy of accelerators for a token of an answer, J.
    pub energy: Option<f64>,
    /// Power of all its accelerators, W.
    pub power: Option<f64>,
    /// Power of the whole system, W.
    pub system: Option<f64>,
    /// Sequences that ran at once, in the mean.
    pub running: Option<f64>,
}

impl Outcomes {
    /// Of a row, where it says.
    pub fn of(row: &Row<'_>) -> Self {
        let parts = row.text("outcomes").split(';').map(str::trim);
        let mut found = Self::default();
        for part in parts {
            let number = |text: &str| text.trim().parse::<f64>().ok();
            let between =
                |before: &str, after: &str| number(part.strip_prefix(before)?.strip_suffix(after)?);
            let energy = part.split_once(" J/output token");
            found.energy = found.energy.or(energy.and_then(|(text, _)| number(text)));
            found.power = found.power.or(between("GPU power total ", " W"));
            found.system = found.system.or(between("measured system power ", " W"));
            found.running = found.running.or(between("avg running batch ", ""));
        }
        found
    }
}

impl Measured for EnergyRow {
    type Constants = PowerCalibration;
    const NAMES: &'static [&'static str] = PowerCalibration::NAMES;
    const COLUMNS: &'static [&'static str] = InferenceRow::COLUMNS;

    fn read(row: &Row<'_>, world: &World, _: &PowerCalibration) -> Result<Self, String> {
        let passes = calibration(world)?;
        let read = InferenceRow::read(row, world, &passes)?;
        Self::energy(read, rating(row, world)?, &passes)
    }

    fn measured(row: &Row<'_>) -> Result<Option<f64>, String> {
        Ok(Outcomes::of(row).energy)
    }

    fn metric<'r>(_: &Row<'r>) -> &'r str {
        "joules_per_token"
    }

    fn constants(
        value: &mut dyn FnMut(&'static str) -> Result<f64, String>,
    ) -> Result<PowerCalibration, String> {
        PowerCalibration::from_names(value)
    }

    fn shipped(world: &World) -> Result<PowerCalibration, String> {
        power_calibration(world)
    }

    fn data(world: &World) -> (&Table<FittedConstant>, &Table<ErrorClass>, &Table<String>) {
        let data = &world.inference;
        (&data.energy.constants, &data.energy.errors, &data.doubtful)
    }

    fn sources(world: &World) -> &Table<Source> {
        &world.inference.measured
    }

    /// J per token of an answer, or W, of accelerators alone.
    fn predict(&self, c: &PowerCalibration) -> f64 {
        let power = self.rating * power_share(c, &self.occupied, self.row.machine.chip);
        self.rate.map_or(power, |rate| power / rate)
    }

    fn range(&self, c: &PowerCalibration) -> (f64, f64) {
        let one = self.predict(c);
        (one, one)
    }

    /// More is worse, as with a time.
    fn is_time(&self) -> bool {
        true
    }

    fn class(&self) -> &'static str {
        if self.rate.is_some() { ENERGY } else { POWER }
    }

    fn remarks(&self) -> &[String] {
        &self.row.remarks
    }
}
