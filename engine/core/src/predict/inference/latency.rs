//! Latency under load: what requests that come as they will wait for, and how the waits scatter.

use super::calibration::Calibration;
use super::job::{Job, Load};
use super::serve::{Balance, around, balance, most, prefill};
use crate::written::Write;

/// How requests scatter: coefficients of variation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scatter {
    /// Of the times between arrivals; 1 where they come by chance.
    pub arrivals: f64,
    /// Of the prompts' tokens.
    pub prompts: f64,
    /// Of the answers' tokens.
    pub outputs: f64,
}

impl Scatter {
    /// Requests of one length that come by chance.
    pub const NONE: Self = Self {
        arrivals: 1.0,
        prompts: 0.0,
        outputs: 0.0,
    };
}

/// A quantity at the shares of requests that people ask for.
#[derive(Debug, Clone, Copy, PartialEq, Default, Write)]
pub struct Percentiles {
    /// Half of the requests stay below.
    pub half: f64,
    /// 95 of 100 stay below.
    pub most: f64,
    /// 99 of 100 stay below.
    pub nearly: f64,
}

impl Percentiles {
    /// At the nearest of these shares that is no smaller.
    pub fn at(&self, share: f64) -> f64 {
        nearest(share, [self.half, self.most, self.nearly])
    }

    /// The name of that share.
    pub fn name(share: f64) -> &'static str {
        nearest(share, ["p50", "p95", "p99"])
    }

    /// From a function of the share.
    pub(super) fn of(at: impl Fn(f64) -> f64) -> Self {
        Self {
            half: at(HALF),
            most: at(MANY),
            nearly: at(NEARLY),
        }
    }
}

fn nearest<T>(share: f64, [half, most, nearly]: [T; 3]) -> T {
    match share {
        share if share <= HALF => half,
        share if share <= MANY => most,
        _ => nearly,
    }
}

/// The shares that people ask for.
const HALF: f64 = 0.5;
const MANY: f64 = 0.95;
const NEARLY: f64 = 0.99;

/// What requests meet at an instance.
#[derive(Debug, Clone, Copy, PartialEq, Default, Write)]
pub struct Met {
    /// Requests per second that the instance answers.
    pub requests: f64,
    /// Sequences that run at once, in the mean.
    pub running: f64,
    /// Share of the sequences that there is room for.
    pub full: f64,
    /// Share of its time that the instance reads prompts.
    pub reading: f64,
    /// Until the first token, s.
    pub first: Percentiles,
    /// Between two further tokens, s.
    pub each: Percentiles,
    /// Until the last token, s.
    pub whole: Percentiles,
}

impl Met {
    /// Tokens per second that half of the users see at least.
    pub fn speed(&self) -> f64 {
        1.0 / self.each.half
    }
}

/// An instance under load: everything of it that does not change with the load.
pub struct Loaded<'a> {
    c: &'a Calibration,
    job: &'a Job<'a>,
    load: Load,
    scatter: Scatter,
    alone: f64,
    most: f64,
    loading: f64,
}

impl<'a> Loaded<'a> {
    /// An instance that is asked for this.
    pub fn new(c: &'a Calibration, job: &'a Job<'a>, load: Load, scatter: Scatter) -> Self {
        let stages = f64::from(job.layout.pp.max(1));
        Self {
            c,
            job,
            load,
            scatter,
            alone: prefill(c, job, &load, load.computed()) * stages,
            most: most(c, job, &load),
            loading: 0.0,
        }
    }

    /// With so many seconds before the first token in which cached prefixes are loaded.
    pub fn loading(mut self, seconds: f64) -> Self {
        self.loading = seconds;
        self
    }

    /// Sequences that there is room for.
    pub fn room(&self) -> f64 {
        self.most
    }

    /// What requests meet while so many run in the mean.
    pub fn at(&self, running: f64) -> Met {
        let at = balance(self.c, self.job, &self.load, running.min(self.most));
        // Below one running sequence the instance is empty part of the time.
        let idle = (running / at.running).min(1.0);
        let requests = at.requests * idle;
        let between = at.between(self.c, self.job, &self.load);
        let waits = self.waits(&at, requests, between);
        let first = |share: f64| {
            let prompt = self.alone * lognormal(self.scatter.prompts, share);
            around(self.c, self.job) + self.loading + prompt + at.step / 2.0 + waits.at(share)
        };
        let each = |share: f64| tailed(self.c, between, share);
        let whole = |share: f64| {
            let answer = self.load.output * lognormal(self.scatter.outputs, share);
            first(share) + (answer - 1.0).max(0.0) * between
        };
        Met {
            requests,
            running: running.min(self.most),
            full: running / self.most,
            reading: (requests * at.prompt).min(1.0),
            first: Percentiles::of(first),
            each: Percentiles::of(each),
            whole: Percentiles::of(whole),
        }
    }

    fn waits(&self, at: &Balance, requests: f64, between: f64) -> Waits {
        let arrivals = self.scatter.arrivals * self.scatter.arrivals;
        let squared = |variation: f64| (arrivals + variation * variation) / 2.0;
        // Prompts wait for those before them.
        let busy = (requests * at.prompt).min(NEARLY_FULL);
        let prompts = busy / (1.0 - busy) * squared(self.scatter.prompts) * at.prompt;
        // Requests wait for a place where all are taken (Allen and Cunneen).
        let full = (at.running / self.most).min(NEARLY_FULL);
        let service = self.load.output * between + at.prompt;
        let tail = libm::pow(full, libm::sqrt(2.0 * (self.most + 1.0)) - 1.0);
        let places = squared(self.scatter.outputs) * service / self.most * tail / (1.0 - full);
        Waits {
            prompts: (busy, prompts),
            places: (tail, places),
        }
    }
}

/// Mean time between two tokens of a request at a share of the requests, by the measured tail.
pub(super) fn tailed(c: &Calibration, between: f64, share: f64) -> f64 {
    let power = (normal(share) / normal(NEARLY)).clamp(0.0, 1.0);
    between * libm::pow(c.tail.max(1.0), power)
}

/// The wait that a share of the requests stays below, where so large a share waits at all and all
/// wait so long in the mean: exponential for those that wait.
pub(super) fn waited(waiting: f64, mean: f64, share: f64) -> f64 {
    let beyond = 1.0 - share;
    if waiting <= beyond {
        return 0.0;
    }
    mean / waiting * libm::log(waiting / beyond)
}

/// Two waits: the share that waits at all, and the mean over all requests.
struct Waits {
    prompts: (f64, f64),
    places: (f64, f64),
}

impl Waits {
    /// The wait that a share of the requests stays below.
    fn at(&self, share: f64) -> f64 {
        [self.prompts, self.places]
            .iter()
            .map(|(waiting, mean)| waited(*waiting, *mean, share))
            .sum()
    }
}

/// Nothing is reckoned closer to saturation than this.
pub(super) const NEARLY_FULL: f64 = 0.999;

/// Quantile of a logarithmic normal distribution of mean 1.
pub(super) fn lognormal(variation: f64, share: f64) -> f64 {
    let variance = libm::log(1.0 + variation * variation);
    libm::exp(libm::sqrt(variance) * normal(share) - variance / 2.0)
}

/// Quantile of the normal distribution at the shares that are asked for.
fn normal(share: f64) -> f64 {
    nearest(share, [0.0, 1.6449, 2.3263])
}
