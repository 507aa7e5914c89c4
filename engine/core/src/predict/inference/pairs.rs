//! A prefill unit and a decode unit: what each does, and what so many of both do together.

use super::asked::Asked;
use super::calibration::Calibration;
use super::choose::Choice;
use super::disaggregate::{Bound, Disaggregated, Factors, PhaseUnit, is_inside, transfer};
use super::job::{Job, Layout, Load};
use super::latency::{Met, NEARLY_FULL, Percentiles, lognormal, tailed, waited};
use super::serve::{answering, around, most, prefill, reading, step, yielded};
use super::units::overlapped;
use crate::design::ServingPlan;

/// A unit that reads prompts.
pub(super) struct Reader<'a> {
    job: Job<'a>,
    /// Time of a prompt that meets no other, s.
    alone: f64,
    /// Time of the unit for a prompt, s, corrected.
    each: f64,
}

impl<'a> Reader<'a> {
    pub(super) fn of(
        c: &Calibration,
        job: Job<'a>,
        asked: &Asked,
        plan: &ServingPlan,
        factors: &Factors,
    ) -> Self {
        let load = &asked.load;
        let lanes = f64::from(job.layout.pp.max(1)) * f64::from(job.layout.groups.max(1));
        Self {
            // A prompt stays in its group, while the others read theirs.
            alone: prefill(c, &job, load, load.computed()) * lanes,
            each: reads(c, &job, load, overlap(plan, &job, factors)) / factors.prefill,
            job,
        }
    }

    fn size(&self) -> f64 {
        self.job.layout.instance()
    }
}

/// A unit that writes answers.
pub(super) struct Writer<'a> {
    pub(super) job: Job<'a>,
    room: f64,
    /// The most that run within the limit.
    running: f64,
    /// Requests per second then, corrected.
    rate: f64,
    correction: f64,
    overlap: Overlap,
    /// That many hold the limit; else it is the least that runs.
    pub(super) holds: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn of(
        c: &Calibration,
        job: Job<'a>,
        asked: &Asked,
        plan: &ServingPlan,
        factors: &Factors,
    ) -> Self {
        let room = most(c, &job, &asked.load);
        let mut unit = Self {
            overlap: overlap(plan, &job, factors),
            job,
            room,
            running: 1.0,
            rate: 0.0,
            correction: factors.decode,
            holds: false,
        };
        let holds = |running: f64| asked.holds_each(&unit.each(c, &asked.load, running));
        let (mut low, mut high) = (1.0_f64.min(room), room * FULLEST);
        let holding = holds(low);
        if holding && holds(high) {
            low = high;
        }
        for _ in 0..HALVINGS {
            let middle = libm::sqrt(low * high);
            match holding && holds(middle) {
                true => low = middle,
                false => high = middle,
            }
        }
        unit.holds = holding;
        unit.running = low;
        unit.rate = unit.answers(c, &asked.load, low);
        unit
    }

    fn size(&self) -> f64 {
        self.job.layout.instance()
    }

    fn answers(&self, c: &Calibration, load: &Load, running: f64) -> f64 {
        let tokens = (load.output - 1.0).max(1.0) / yielded(&self.job);
        let step = writes(c, &self.job, load, running, self.overlap);
        self.correction * running / (tokens * step)
    }

    fn each(&self, c: &Calibration, load: &Load, running: f64) -> Percentiles {
        let between = writes(c, &self.job, load, running, self.overlap) / yielded(&self.job);
        Percentiles::of(|share| tailed(c, between, share))
    }

    /// From one sequence to all that there is room for, with the reader that costs least.
    pub(super) fn loads(
        &self,
        c: &Calibration,
        asked: &Asked,
        readers: &[Reader<'_>],
    ) -> Vec<Choice> {
        let least = readers.iter().map(|reader| reader.each * reader.size());
        let reading = least.fold(f64::INFINITY, f64::min);
        let one = |at: i32| {
            let running = libm::pow(self.room, f64::from(at) / f64::from(LOADS)) * FULLEST;
            let each = self.each(c, &asked.load, running);
            let writing = self.size() / self.answers(c, &asked.load, running);
            Choice {
                layout: self.job.layout,
                running,
                speed: 1.0 / each.half,
                per_accelerator: asked.load.output / (reading + writing),
                holds: asked.holds_each(&each),
            }
        };
        (0..=LOADS).map(one).collect()
    }
}

/// Numbers of both units: where their rates meet, and beside it.
pub(super) fn splits(
    reader: &Reader<'_>,
    writer: &Writer<'_>,
    plan: &ServingPlan,
    accelerators: u32,
) -> Vec<(f64, f64)> {
    let stated = |units: Option<u32>| units.map(|units| f64::from(units.max(1)));
    let all = f64::from(accelerators);
    let (reads, writes) = (1.0 / reader.each, writer.rate);
    let meet = reads * all / (writes * reader.size() + reads * writer.size());
    let fixed = stated(plan.disaggregation.decode.units);
    let tried = match fixed {
        Some(units) => vec![units],
        None => [-1.0, 0.0, 1.0, 2.0]
            .iter()
            .map(|beside| libm::floor(meet) + beside)
            .collect(),
    };
    let pairs = tried.into_iter().filter_map(|writers: f64| {
        let writers = writers.max(1.0);
        let room = libm::floor((all - writers * writer.size()) / reader.size());
        let wanted = libm::ceil(writes * writers / reads * (1.0 - ROUNDING));
        let readers = stated(plan.disaggregation.prefill.units);
        let readers = readers.unwrap_or(wanted.min(room));
        (readers >= 1.0 && readers <= room && writers.is_finite()).then_some((readers, writers))
    });
    pairs.collect()
}

/// Both units in their numbers.
#[derive(Clone, Copy)]
pub(super) struct Pair<'p, 'a> {
    pub(super) c: &'p Calibration,
    pub(super) asked: &'p Asked,
    pub(super) reader: &'p Reader<'a>,
    pub(super) writer: &'p Writer<'a>,
    /// Units of both.
    pub(super) counts: (f64, f64),
    /// Published multiple of the time to the first token.
    pub(super) first: f64,
}

impl Pair<'_, '_> {
    /// Requests per second that both could do.
    fn rates(&self) -> (f64, f64) {
        let (readers, writers) = self.counts;
        (readers / self.reader.each, writers * self.writer.rate)
    }

    fn size(&self) -> f64 {
        let (readers, writers) = self.counts;
        readers * self.reader.size() + writers * self.writer.size()
    }

    /// The highest rate, lower where the first token would come too late; whether it comes in time.
    pub(super) fn highest(&self) -> (f64, bool) {
        let (reads, writes) = self.rates();
        let most = reads.min(writes);
        let holds = |rate: f64| self.asked.holds_first(&self.first(rate));
        if holds(most) {
            return (most, true);
        }
        let (mut low, mut high) = (0.0, most);
        for _ in 0..HALVINGS {
            let middle = (low + high) / 2.0;
            match holds(middle) {
                true => low = middle,
                false => high = middle,
            }
        }
        match low > 0.0 {
            true => (low, true),
            false => (most, false),
        }
    }

    /// Time to the first token: the prompt, its wait for a unit (Allen and Cunneen), and the way of its
    /// keys and values. The published factor stands for the wait where it is the longer.
    fn first(&self, rate: f64) -> Percentiles {
        let scatter = &self.asked.scatter;
        let (readers, _) = self.counts;
        let busy = (rate * self.reader.each / readers).min(NEARLY_FULL);
        let waiting = libm::pow(busy, libm::sqrt(2.0 * (readers + 1.0)) - 1.0);
        let variation =
            (scatter.arrivals * scatter.arrivals + scatter.prompts * scatter.prompts) / 2.0;
        let mean = variation * self.reader.each / readers * waiting / (1.0 - busy);
        let published = (self.first - 1.0) * self.reader.alone;
        let (moving, _) = transfer(self.c, &self.reader.job, &self.writer.job, &self.asked.load);
        Percentiles::of(|share| {
            let longer = lognormal(scatter.prompts, share);
            around(self.c, &self.reader.job)
                + self.asked.loading
                + (self.reader.alone + moving) * longer
                + waited(waiting, mean, share).max(published)
        })
    }

    pub(super) fn met(&self, rate: f64) -> Met {
        let load = &self.asked.load;
        let (readers, writers) = self.counts;
        let wanted = rate / writers;
        let (mut low, mut high) = (0.0, self.writer.room);
        for _ in 0..3 * HALVINGS {
            let middle = (low + high) / 2.0;
            match self.writer.answers(self.c, load, middle) < wanted {
                true => low = middle,
                false => high = middle,
            }
        }
        let running = high.max(f64::MIN_POSITIVE);
        let each = self.writer.each(self.c, load, running.max(1.0));
        let first = self.first(rate);
        Met {
            requests: rate,
            running,
            full: running / self.writer.room,
            reading: readers * self.reader.size() / self.size(),
            first,
            each,
            whole: Percentiles::of(|share| {
                let answer = load.output * lognormal(self.asked.scatter.outputs, share);
                first.at(share) + (answer - 1.0).max(0.0) * each.half
            }),
        }
    }

    pub(super) fn curve(&self) -> Vec<Met> {
        let (reads, writes) = self.rates();
        let most = reads.min(writes);
        let points = (1..=CURVE).map(|at| most * f64::from(at) / f64::from(CURVE));
        points.map(|rate| self.met(rate)).collect()
    }

    pub(super) fn choice(&self, rate: f64, holds: bool) -> Choice {
        let met = self.met(rate);
        Choice {
            layout: self.writer.job.layout,
            running: met.running,
            speed: met.speed(),
            per_accelerator: rate * self.asked.load.output / self.size(),
            holds,
        }
    }

    pub(super) fn fleet(&self, factors: &Factors, rate: f64) -> Disaggregated {
        let (readers, writers) = self.counts;
        let (reads, writes) = self.rates();
        let unit = |job: &Job<'_>, count: f64, most: f64| PhaseUnit {
            layout: Layout {
                replicas: count as u32,
                ..job.layout
            },
            rate: most / count,
            busy: rate / most,
        };
        let (transfer, moved) =
            transfer(self.c, &self.reader.job, &self.writer.job, &self.asked.load);
        let heavy = readers >= factors.prefill_heavy * writers;
        Disaggregated {
            prefill: unit(&self.reader.job, readers, reads),
            decode: unit(&self.writer.job, writers, writes),
            moved,
            transfer,
            inside: is_inside(&self.reader.job, &self.writer.job),
            bound: match (rate < reads.min(writes) * (1.0 - ROUNDING), reads < writes) {
                (true, _) => Bound::FirstToken,
                (_, true) => Bound::Prefill,
                _ => Bound::Decode,
            },
            optimism: match heavy {
                true => factors.optimism_prefill,
                false => factors.optimism,
            },
        }
    }
}

/// As the plan says, else where experts are spread beyond a domain.
fn overlap(plan: &ServingPlan, job: &Job<'_>, factors: &Factors) -> Overlap {
    let wide = job.layout.ep > job.machine.domain;
    let wanted = plan.disaggregation.overlap.unwrap_or(wide);
    wanted.then_some(factors.taken)
}

/// Whether the halves of a batch hide each other's exchanges, and what of the arithmetic that takes.
type Overlap = Option<f64>;

/// Time that a unit spends on a prompt where it does nothing else and its passes are full, s.
fn reads(c: &Calibration, job: &Job<'_>, load: &Load, overlap: Overlap) -> f64 {
    let chunk = job.stack.chunk;
    let share = overlap.map_or(1.0, |taken| {
        overlapped(c, job, &reading(job, load, chunk), taken)
    });
    share * prefill(c, job, load, chunk)
}

/// Time of a step of a unit that reads no prompts, s.
fn writes(c: &Calibration, job: &Job<'_>, load: &Load, running: f64, overlap: Overlap) -> f64 {
    let what = answering(job, running, load.context());
    let share = overlap.map_or(1.0, |taken| overlapped(c, job, &what, taken));
    share * step(c, job, running, load.context())
}

/// Halvings until a load is known closely.
const HALVINGS: usize = 14;
/// Share of the room that a service in use fills.
const FULLEST: f64 = 0.97;
/// Loads of the front.
const LOADS: i32 = 14;
/// Points of the curve.
const CURVE: u32 = 24;
/// Rates that differ by less are the same.
const ROUNDING: f64 = 1e-9;
