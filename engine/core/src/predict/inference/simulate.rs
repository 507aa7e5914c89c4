//! A replica's scheduler, event by event: what the closed form of latency is held against.
//!
//! Requests come with their own lengths; in every turn the scheduler takes in what there is room
//! for, reads a chunk of prompts, and gives each running sequence its next token.

use super::calibration::Calibration;
use super::job::{Job, Load};
use super::latency::{Percentiles, Scatter};
use super::memory::capacity;
use super::serve::{around, prefill, step, yielded};
use crate::written::Write;
use std::collections::VecDeque;

/// What was seen of the requests that ended.
#[derive(Debug, Clone, Copy, PartialEq, Default, Write)]
pub struct Simulated {
    /// Requests that ended.
    pub ended: u32,
    /// Of those asked for, the share that ended.
    pub progress: f64,
    /// Requests per second that ended.
    pub requests: f64,
    /// Sequences that ran at once, in the mean.
    pub running: f64,
    /// Until the first token, s.
    pub first: Percentiles,
    /// Mean time between two further tokens of a request, s.
    pub each: Percentiles,
    /// Until the last token, s.
    pub whole: Percentiles,
}

/// A simulation under way.
pub struct Simulation<'a> {
    c: &'a Calibration,
    job: &'a Job<'a>,
    load: Load,
    scatter: Scatter,
    gap: f64,
    loading: f64,
    random: Random,
    now: f64,
    next: f64,
    wanted: usize,
    arrived: usize,
    waiting: VecDeque<Request>,
    reading: VecDeque<Request>,
    running: Vec<Request>,
    /// Tokens of keys and values that there is room for, and that are promised.
    room: f64,
    held: f64,
    ended: Vec<Ended>,
    /// Integral of the running sequences over time.
    ran: f64,
}

#[derive(Debug, Clone, Copy)]
struct Request {
    came: f64,
    prompt: f64,
    /// Of the prompt, tokens still to be read.
    unread: f64,
    output: f64,
    answered: f64,
    first: f64,
}

impl Request {
    fn tokens(&self) -> f64 {
        self.prompt + self.output
    }
}

#[derive(Debug, Clone, Copy)]
struct Ended {
    first: f64,
    each: f64,
    whole: f64,
}

impl<'a> Simulation<'a> {
    /// `requests` requests at `rate` per second on one replica.
    pub fn new(
        c: &'a Calibration,
        job: &'a Job<'a>,
        (load, scatter): (Load, Scatter),
        rate: f64,
        requests: u32,
        seed: u64,
    ) -> Self {
        let each = load.prompt + load.output;
        Self {
            c,
            job,
            load,
            scatter,
            gap: 1.0 / rate.max(f64::MIN_POSITIVE),
            loading: 0.0,
            random: Random(seed),
            now: 0.0,
            next: 0.0,
            wanted: requests.clamp(1, MOST) as usize,
            arrived: 0,
            waiting: VecDeque::new(),
            reading: VecDeque::new(),
            running: Vec::new(),
            room: (capacity(c, job, &load) * each).max(each),
            held: 0.0,
            ended: Vec::new(),
            ran: 0.0,
        }
    }

    /// With so many seconds before each first token in which cached prefixes are loaded.
    pub fn loading(mut self, seconds: f64) -> Self {
        self.loading = seconds;
        self
    }

    /// Goes on for so many turns; `false` once all requests have ended.
    pub fn advance(&mut self, turns: u32) -> bool {
        for _ in 0..turns {
            if self.ended.len() >= self.wanted {
                return false;
            }
            self.turn();
        }
        self.ended.len() < self.wanted
    }

    /// What was seen so far. The first tenth of the requests only fills the replica.
    pub fn seen(&self) -> Simulated {
        let settled = self.ended.get(self.ended.len() / 10..).unwrap_or_default();
        let of = |figure: fn(&Ended) -> f64| percentiles(settled.iter().map(figure).collect());
        Simulated {
            ended: self.ended.len() as u32,
            progress: self.ended.len() as f64 / self.wanted as f64,
            requests: self.ended.len() as f64 / self.now.max(f64::MIN_POSITIVE),
            running: self.ran / self.now.max(f64::MIN_POSITIVE),
            first: of(|ended| ended.first),
            each: of(|ended| ended.each),
            whole: of(|ended| ended.whole),
        }
    }

    fn turn(&mut self) {
        self.arrive();
        self.take_in();
        if self.reading.is_empty() && self.running.is_empty() {
            if self.arrived >= self.wanted && self.waiting.is_empty() {
                // Nothing is left that could end: a request for which there is no room at all.
                self.wanted = self.ended.len();
            }
            self.now = self.now.max(self.next);
            return;
        }
        let begun = self.now;
        let running = self.running.len() as f64;
        self.read();
        if running > 0.0 {
            let context: f64 = self
                .running
                .iter()
                .map(|one| one.prompt + one.answered)
                .sum();
            let seconds = step(self.c, self.job, running, context / running);
            self.now += seconds;
            self.answer();
        }
        self.ran += running * (self.now - begun);
    }

    fn arrive(&mut self) {
        while self.next <= self.now && self.arrived < self.wanted {
            let prompt = self.random.length(self.load.prompt, self.scatter.prompts);
            self.waiting.push_back(Request {
                came: self.next,
                prompt,
                unread: (prompt * (1.0 - self.load.cached)).max(1.0),
                output: self.random.length(self.load.output, self.scatter.outputs),
                answered: 0.0,
                first: 0.0,
            });
            self.arrived += 1;
            self.next += self.random.gap(self.gap, self.scatter.arrivals);
        }
        if self.arrived >= self.wanted {
            self.next = f64::INFINITY;
        }
    }

    fn take_in(&mut self) {
        let cap = self.job.stack.batch * f64::from(self.job.layout.groups.max(1));
        while let Some(first) = self.waiting.front() {
            let all = (self.running.len() + self.reading.len()) as f64;
            let full = all >= cap || self.held + first.tokens() > self.room;
            // An empty replica takes whatever comes.
            if full && all > 0.0 {
                return;
            }
            self.held += first.tokens();
            self.reading.extend(self.waiting.pop_front());
        }
    }

    /// Reads one chunk of prompts.
    fn read(&mut self) {
        let groups = f64::from(self.job.layout.groups.max(1));
        let (mut left, mut tokens) = (self.job.stack.chunk * groups, 0.0);
        let mut done = 0;
        for request in &mut self.reading {
            let part = request.unread.min(left);
            request.unread -= part;
            left -= part;
            tokens += part;
            if request.unread > 0.0 {
                break;
            }
            done += 1;
        }
        if tokens <= 0.0 {
            return;
        }
        let each = prefill(self.c, self.job, &self.load, tokens / groups);
        self.now += each * tokens / self.load.computed();
        for mut request in self.reading.drain(..done) {
            request.first = self.now + around(self.c, self.job) + self.loading - request.came;
            request.answered = 1.0;
            self.running.push(request);
        }
    }

    fn answer(&mut self) {
        let (now, yielded) = (self.now, yielded(self.job));
        let (ended, held) = (&mut self.ended, &mut self.held);
        self.running.retain_mut(|request| {
            request.answered += yielded;
            if request.answered < request.output {
                return true;
            }
            *held -= request.tokens();
            let whole = now - request.came;
            ended.push(Ended {
                first: request.first,
                each: (whole - request.first).max(0.0) / (request.output - 1.0).max(1.0),
                whole,
            });
            false
        });
    }
}

/// Most requests of a simulation.
const MOST: u32 = 100_000;

fn percentiles(mut all: Vec<f64>) -> Percentiles {
    all.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * all.len() as f64) as usize;
        all.get(place.min(all.len().saturating_sub(1))).copied()
    };
    Percentiles {
        half: at(0.5).unwrap_or_default(),
        most: at(0.95).unwrap_or_default(),
        nearly: at(0.99).unwrap_or_default(),
    }
}

/// Numbers by chance, the same for a seed on every machine (splitmix64).
struct Random(u64);

impl Random {
    /// Between 0 and 1, neither of them.
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + f64::EPSILON / 2.0
    }

    /// A whole number of tokens, logarithmically normal.
    fn length(&mut self, mean: f64, variation: f64) -> f64 {
        let variance = libm::log(1.0 + variation * variation);
        let angle = core::f64::consts::TAU * self.unit();
        let normal = libm::sqrt(-2.0 * libm::log(self.unit())) * libm::cos(angle);
        libm::round(mean * libm::exp(libm::sqrt(variance) * normal - variance / 2.0)).max(1.0)
    }

    /// Time to the next arrival: by chance, and in bursts where the variation is above 1.
    fn gap(&mut self, mean: f64, variation: f64) -> f64 {
        let squared = variation * variation;
        let plain = -libm::log(self.unit());
        if squared <= 1.0 {
            return mean * plain;
        }
        // Two kinds of gaps with balanced means.
        let share = (1.0 + libm::sqrt((squared - 1.0) / (squared + 1.0))) / 2.0;
        let short = self.unit() < share;
        mean * plain / (2.0 * if short { share } else { 1.0 - share })
    }
}
