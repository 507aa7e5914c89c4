//! A measured inference row as a job and a load. A blank is never filled in silence: the remarks say
//! how it is read.

mod cells;
mod layouts;

use super::{Measured, Row};
use crate::catalogue::{ErrorClass, FittedConstant, Limits, Shape};
use crate::predict::inference::*;
use crate::reference::World;
use crate::sourced::Source;
use crate::table::Table;

/// What a row measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Tokens of answers per second of all accelerators of the row.
    Output,
    /// The same per accelerator.
    OutputEach,
    /// Tokens of prompts per second of all accelerators.
    Input,
    /// The same per accelerator.
    InputEach,
    /// Time between two tokens of an answer, ms.
    Between,
    /// The same, median over all pairs of tokens.
    MedianBetween,
    /// Time until the first token, ms.
    First,
}

/// How requests come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arrival {
    /// As many as the instance can take, or as the row lets run at once.
    Saturated(Option<f64>),
    /// One batch from start to end.
    Static(f64),
    /// Users of all instances who ask again when they are answered.
    Closed(f64),
    /// At random, as many as keep the limits of a server's load.
    Server(Option<Limits>),
    /// At random, as many as keep tight limits.
    Interactive(Limits),
    /// Prompts only.
    Prompts,
    /// Answers only, by instances that get their prompts read elsewhere.
    Answers(Option<f64>),
}

/// A row read as a job.
#[derive(Debug, Clone, PartialEq)]
pub struct InferenceRow {
    /// What is measured.
    pub figure: Figure,
    /// How requests come.
    pub arrival: Arrival,
    /// The model.
    pub shape: Shape,
    /// Format of its weights.
    pub format: Format,
    /// Bytes of an element of keys and values.
    pub cache: f64,
    /// Layout.
    pub layout: Layout,
    /// Machine.
    pub machine: Machine,
    /// Engine.
    pub stack: Stack,
    /// Drafting.
    pub speculation: Option<Speculation>,
    /// Tokens of prompt and answer.
    pub load: Load,
    /// Some ranks only read prompts.
    pub split: bool,
    /// Requests of the run, where it is known to be short.
    pub requests: Option<f64>,
    /// Accelerators that the figure is of.
    pub accelerators: f64,
    /// The class that its error is counted with.
    pub class: &'static str,
    /// What was blank, and how it is read.
    pub remarks: Vec<String>,
}

impl InferenceRow {
    /// The job.
    pub fn job(&self) -> Job<'_> {
        Job {
            shape: &self.shape,
            format: self.format,
            cache: self.cache,
            layout: self.layout,
            machine: self.machine,
            stack: self.stack,
            speculation: self.speculation,
        }
    }

    /// Requests per second of one instance.
    fn rate(&self, c: &Calibration, job: &Job<'_>) -> f64 {
        let load = &self.load;
        match self.arrival {
            Arrival::Saturated(cap) => {
                let most = most(c, job, load);
                let running = cap.map_or(most, |cap| cap.min(most));
                match self.requests {
                    Some(requests) => requests / whole_run(c, job, load, running, requests),
                    None => balance(c, job, load, running).requests,
                }
            }
            Arrival::Static(batch) => batch / static_batch(c, job, load, batch),
            Arrival::Closed(users) => closed_loop(c, job, load, users).rate / load.output.max(1.0),
            Arrival::Server(limits) => {
                let full = saturated(c, job, load).requests * c.server;
                limits.map_or(full, |limits| {
                    within(c, job, load, &limits).requests.min(full)
                })
            }
            Arrival::Interactive(limits) => {
                let full = saturated(c, job, load).requests * c.server;
                within(c, job, load, &limits).requests.min(full)
            }
            Arrival::Prompts => 1.0 / prefill(c, job, load, job.stack.chunk),
            Arrival::Answers(cap) => {
                let most = most(c, job, load);
                let running = cap.map_or(most, |cap| cap.min(most));
                running / step(c, job, running, load.context()) / load.output.max(1.0)
            }
        }
    }

    fn latency(&self, c: &Calibration, job: &Job<'_>) -> Latency {
        let users = match self.arrival {
            Arrival::Closed(users) | Arrival::Static(users) => users,
            Arrival::Saturated(Some(cap)) | Arrival::Answers(Some(cap)) => {
                cap.min(most(c, job, &self.load))
            }
            _ => most(c, job, &self.load),
        };
        match self.arrival {
            Arrival::Answers(_) => {
                let between = step(c, job, users, self.load.context());
                Latency {
                    first: 0.0,
                    between,
                    median_between: between,
                    rate: users / between,
                }
            }
            _ if self.split => split_loop(c, job, &self.load, users),
            _ => closed_loop(c, job, &self.load, users),
        }
    }
}

impl Measured for InferenceRow {
    type Constants = Calibration;
    const NAMES: &'static [&'static str] = Calibration::NAMES;
    const COLUMNS: &'static [&'static str] = &["id", "model", "accelerator", "scenario", "metric"];

    fn read(row: &Row<'_>, world: &World, c: &Calibration) -> Result<Self, String> {
        cells::read(row, world, c)
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
        let data = &world.inference;
        (&data.constants, &data.errors, &data.doubtful)
    }

    fn sources(world: &World) -> &Table<Source> {
        &world.inference.measured
    }

    fn predict(&self, c: &Calibration) -> f64 {
        let job = self.job();
        let replicas = f64::from(self.layout.replicas.max(1));
        let used = self.layout.instance() * replicas;
        let all = |each: f64| each * replicas * self.accelerators / used;
        match self.figure {
            Figure::Output => all(self.rate(c, &job) * self.load.output),
            Figure::OutputEach => self.rate(c, &job) * self.load.output * replicas / used,
            Figure::Input => all(self.rate(c, &job) * self.load.prompt),
            Figure::InputEach => self.rate(c, &job) * self.load.prompt * replicas / used,
            Figure::Between => 1e3 * self.latency(c, &job).between,
            Figure::MedianBetween => 1e3 * self.latency(c, &job).median_between,
            Figure::First => 1e3 * self.latency(c, &job).first,
        }
    }

    fn range(&self, c: &Calibration) -> (f64, f64) {
        let one = self.predict(c);
        (one, one)
    }

    fn is_time(&self) -> bool {
        matches!(
            self.figure,
            Figure::Between | Figure::MedianBetween | Figure::First
        )
    }

    fn class(&self) -> &'static str {
        self.class
    }

    fn remarks(&self) -> &[String] {
        &self.remarks
    }
}
