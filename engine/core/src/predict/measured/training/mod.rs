//! A measured training row as a job. A blank that matters is not guessed in silence: the row
//! has as many readings as the blank allows, and the prediction lies between them.

mod benchmark;
mod cells;
mod layouts;

use super::{Measured, Row};
use crate::catalogue::{ErrorClass, FittedConstant, Shape, TrainingMachine};
use crate::predict::run::usual_batch;
use crate::predict::training::*;
use crate::reference::World;
use crate::sourced::Source;
use crate::table::Table;
use benchmark::Steps;

/// What a row measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Seconds of a step.
    Seconds,
    /// Tokens per second and accelerator.
    Tokens,
    /// Achieved TFLOP/s per accelerator.
    Tflops,
    /// Model FLOPS utilisation, percent.
    Mfu,
    /// Minutes to the target quality.
    Minutes,
    /// Accelerator-hours of a run.
    Hours,
}

impl Kind {
    /// Whether a step is measured, and not a whole run.
    pub fn is_step(self) -> bool {
        !matches!(self, Kind::Minutes | Kind::Hours)
    }

    /// Whether larger is slower.
    pub fn is_time(self) -> bool {
        matches!(self, Kind::Seconds | Kind::Minutes | Kind::Hours)
    }
}

/// A row read as jobs.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingRow {
    /// What is measured.
    pub kind: Kind,
    /// The model.
    pub shape: Shape,
    /// The readings: one where nothing that matters is blank.
    pub readings: Vec<Reading>,
    /// Executed operations are counted, recomputation included ("hardware" convention).
    pub hardware: bool,
    /// Steps to the target, with the share of evaluation and the time around.
    pub steps: Option<Steps>,
    /// Tokens of the run.
    pub tokens: Option<f64>,
    /// What was blank or impossible, and how it is read.
    pub remarks: Vec<String>,
}

/// One way to read a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Task.
    pub task: Task,
    /// Tokens of a sequence.
    pub sequence: f64,
    /// Mean length of the samples that sequences are packed from.
    pub packed: Option<f64>,
    /// Sequences of a step.
    pub batch: f64,
    /// Accelerators.
    pub accelerators: u32,
    /// Precision.
    pub precision: Precision,
    /// Layout.
    pub layout: Layout,
    /// Machine.
    pub machine: Machine,
    /// Software.
    pub stack: Stack,
    /// Further predictors are trained.
    pub mtp: bool,
    /// Micro-batches that the row allows: the fastest that fits is meant.
    pub micro_batches: Vec<u32>,
    /// Chunks per stage that the row allows.
    pub chunks: Vec<u32>,
    /// The row does not say what is recomputed: what memory lacks is.
    pub silent: bool,
}

impl Reading {
    /// The job of this reading.
    pub fn job<'a>(&self, shape: &'a Shape) -> Job<'a> {
        Job {
            shape,
            task: self.task,
            sequence: self.sequence,
            packed: self.packed,
            batch: self.batch,
            accelerators: self.accelerators,
            precision: self.precision,
            layout: self.layout,
            machine: self.machine,
            stack: self.stack,
            mtp: self.mtp,
        }
    }
}

impl TrainingRow {
    /// The step of a reading, at the fastest micro-batch and number of chunks that it allows.
    pub fn step(&self, c: &Calibration, reading: &Reading) -> Step {
        let mut best: Option<Step> = None;
        for (at, &micro_batch) in reading.micro_batches.iter().enumerate() {
            for &vp in &reading.chunks {
                let mut job = reading.job(&self.shape);
                job.layout.micro_batch = micro_batch;
                job.layout.vp = vp;
                if at > 0 && memory(c, &job).total() > job.machine.memory {
                    continue;
                }
                let mut step = step(c, &job);
                if reading.silent {
                    step.recompute += forced(c, &job, &step);
                }
                if best.is_none_or(|best| step.total() < best.total()) {
                    best = Some(step);
                }
            }
        }
        best.unwrap_or_default()
    }

    fn one(&self, c: &Calibration, reading: &Reading) -> f64 {
        let seconds = self.step(c, reading).total();
        let n = f64::from(reading.accelerators);
        let tokens = reading.batch * reading.sequence;
        match self.kind {
            Kind::Seconds => seconds,
            Kind::Tokens => tokens / seconds / n,
            Kind::Tflops => self.rate(reading, seconds) / 1e12,
            Kind::Mfu => {
                100.0 * self.rate(reading, seconds) / reading.machine.peak(reading.precision)
            }
            Kind::Minutes => self.steps.map_or(seconds, |steps| steps.time(seconds)) / 60.0,
            Kind::Hours => self.tokens.unwrap_or(tokens) / tokens * seconds * n / 3600.0,
        }
    }

    /// Operations per second and accelerator as the row's publisher counts them.
    fn rate(&self, reading: &Reading, seconds: f64) -> f64 {
        let tokens = reading.batch * reading.sequence;
        let work = published_flops(&self.shape, reading.sequence, self.hardware) * tokens;
        work / seconds / f64::from(reading.accelerators)
    }
}

impl Measured for TrainingRow {
    type Constants = Calibration;
    const NAMES: &'static [&'static str] = Calibration::NAMES;
    const COLUMNS: &'static [&'static str] =
        &["id", "model", "accelerator", "metric", "software_date"];

    fn read(row: &Row<'_>, world: &World, c: &Calibration) -> Result<Self, String> {
        read(row, world, c)
    }

    fn constants(
        value: &mut dyn FnMut(&'static str) -> Result<f64, String>,
    ) -> Result<Calibration, String> {
        Calibration::from_names(value)
    }

    fn shipped(world: &World) -> Result<Calibration, String> {
        calibration(world)
    }

    fn data(world: &World) -> (&Table<FittedConstant>, &Table<ErrorClass>, &Table<String>) {
        let data = &world.training;
        (&data.constants, &data.errors, &data.doubtful)
    }

    fn sources(world: &World) -> &Table<Source> {
        &world.training.measured
    }

    /// The geometric mean of its readings.
    fn predict(&self, c: &Calibration) -> f64 {
        let logs = self
            .readings
            .iter()
            .map(|reading| libm::log(self.one(c, reading)));
        libm::exp(logs.sum::<f64>() / self.readings.len().max(1) as f64)
    }

    fn range(&self, c: &Calibration) -> (f64, f64) {
        let values = self.readings.iter().map(|reading| self.one(c, reading));
        values.fold((f64::INFINITY, 0.0), |(low, high), value| {
            (value.min(low), value.max(high))
        })
    }

    fn is_time(&self) -> bool {
        self.kind.is_time()
    }

    fn class(&self) -> &'static str {
        match (self.kind, self.readings.first()) {
            (Kind::Minutes, _) => "time to target",
            (Kind::Hours, _) => "hours of a run",
            (_, Some(reading)) => class(&reading.job(&self.shape), reading.layout),
            (_, None) => "dense",
        }
    }

    fn remarks(&self) -> &[String] {
        &self.remarks
    }
}

/// Time of recomputing what memory lacks, s.
fn forced(c: &Calibration, job: &Job<'_>, kept: &Step) -> f64 {
    let memory_kept = memory(c, job);
    let shortage = memory_kept.total() - job.machine.memory;
    if shortage <= 0.0 {
        return 0.0;
    }
    let mut again = job.clone();
    again.layout.recompute = Recompute::Full;
    let freed = memory_kept.activations - memory(c, &again).activations;
    let part = (shortage / freed.max(1.0)).min(1.0);
    c.silent_recompute * part * (step(c, &again).total() - kept.total()).max(0.0)
}

/// Operations per token as publishers of these rows count them: attention in full, not halved
/// for the causal mask; with recomputation in the hardware convention.
fn published_flops(shape: &Shape, sequence: f64, hardware: bool) -> f64 {
    let tables = if shape.tied { 1.0 } else { 2.0 };
    let body = shape.active_parameters() - tables * shape.embedding_parameters();
    let width = f64::from(shape.heads) * f64::from(shape.head_dim());
    let attention = 4.0 * f64::from(shape.attention_layers()) * width * sequence;
    let passes = if hardware { 4.0 } else { 3.0 };
    passes * (2.0 * body + attention) + 6.0 * shape.embedding_parameters()
}

fn read(row: &Row<'_>, world: &World, c: &Calibration) -> Result<TrainingRow, String> {
    let kind = cells::kind(row)?;
    let shape = cells::shape(row, world)?;
    let mut remarks = Vec::new();
    let tokens = match kind {
        Kind::Hours => Some(cells::tokens(row.text("notes")).ok_or(
            "the number of tokens of the run is not stated; write it into the notes, such as \"1.4T tokens\"",
        )?),
        _ => None,
    };
    let critical = tokens.and_then(|tokens| usual_batch(world, tokens));
    let sequence = row.number("seq_len")?.unwrap_or_else(|| {
        remarks.push("seq_len is blank: read as 4,096".into());
        4096.0
    });
    let counts = match row.count("num_accel")? {
        Some(count) => vec![count],
        None if kind == Kind::Hours => {
            remarks.push("num_accel is blank: read as 1,024 and as 16,384".into());
            vec![1024, 16384]
        }
        None => return Err("num_accel is blank: the number of accelerators decides".into()),
    };
    let task = cells::task(row);
    let packed = row.notes("packed SQuAD").then_some(cells::SQUAD);
    if packed.is_some() {
        remarks.push("sequences are packed from short samples: attention within these only".into());
    }
    let mut readings = Vec::new();
    for (id, known) in machines(row, world)? {
        let machine = cells::machine(row, world, id, known)?;
        let stack = cells::stack(row, known.family)?;
        for precision in cells::precisions(row, known.family, &mut remarks)? {
            for &accelerators in &counts {
                let base = Reading {
                    task,
                    sequence,
                    packed,
                    batch: 0.0,
                    accelerators,
                    precision,
                    layout: Layout::ONE,
                    machine,
                    stack,
                    mtp: row.notes("w/ MTP"),
                    micro_batches: vec![1],
                    chunks: vec![1],
                    silent: false,
                };
                layouts::readings(row, c, &shape, base, critical, &mut readings, &mut remarks)?;
            }
        }
    }
    let batch = readings.first().map_or(1.0, |reading| reading.batch);
    let steps = match kind {
        Kind::Minutes => Some(benchmark::steps(row, world, task == Task::Lora, batch)?),
        _ => None,
    };
    remarks.dedup();
    Ok(TrainingRow {
        kind,
        shape,
        readings,
        hardware: row.text("flop_convention").starts_with("hardware"),
        steps,
        tokens,
        remarks,
    })
}

/// The accelerators that a row may mean.
fn machines<'w>(
    row: &Row<'_>,
    world: &'w World,
) -> Result<Vec<(&'w str, &'w TrainingMachine)>, String> {
    let name = row.text("accelerator");
    let all = || world.training.machines.iter();
    let found: Vec<_> = all()
        .filter(|(_, machine)| machine.names.iter().any(|known| known == name))
        .map(|(id, machine)| (id.as_str(), machine))
        .collect();
    if found.is_empty() {
        let names = all().flat_map(|(_, machine)| machine.names.iter().map(String::as_str));
        let nearest = crate::nearest::nearest(name, names);
        let hint = nearest.map_or(String::new(), |nearest| {
            format!("; the nearest known is \"{nearest}\"")
        });
        return Err(format!(
            "no constants are known for the accelerator \"{name}\"{hint}"
        ));
    }
    Ok(found)
}
