//! What a plan comes to: together or apart, with what its prefixes are found again.

use super::asked::Asked;
use super::choose::{Choice, Found, curve};
use super::disaggregate::{Disaggregated, Factors, matched};
use super::forecast::Setup;
use super::job::Job;
use super::latency::{Loaded, Met};
use super::prefixes::{Caching, Prefixes, Readers};
use crate::design::{Disaggregation, ServingPlan};

/// The best of what a plan leaves open.
pub(super) struct Chosen<'a> {
    /// One replica, or one decode unit.
    pub(super) job: Job<'a>,
    /// What is asked, with what is found cached.
    pub(super) asked: Asked,
    /// What requests meet, of a replica or of the whole fleet.
    pub(super) met: Met,
    pub(super) missed: bool,
    pub(super) candidates: Vec<Choice>,
    pub(super) front: Vec<Choice>,
    pub(super) curve: Vec<Met>,
    pub(super) disaggregated: Option<Disaggregated>,
    pub(super) caching: Option<Caching>,
}

impl<'a> Chosen<'a> {
    /// Searches what the plan leaves open.
    ///
    /// # Errors
    /// Why there is none, or the datum that is missing.
    pub(super) fn of(
        setup: &Setup<'a>,
        plan: &ServingPlan,
        accelerators: u32,
    ) -> Result<Self, String> {
        let Some(prefixes) = setup.prefixes.as_ref().filter(|_| plan.cached.is_none()) else {
            return Self::once(setup, plan, &setup.asked, accelerators);
        };
        let mut asked = setup.asked;
        let mut chosen = Self::once(setup, plan, &asked, accelerators)?;
        for round in 0..ROUNDS {
            let caching = chosen.cached(setup, plan, prefixes, accelerators);
            // A higher rate needs more room for the same share: the steps become smaller.
            let part = 1.0 / f64::from(1 + round / 2);
            let moved = part * (caching.found - asked.load.cached);
            asked.load.cached += moved;
            asked.loading = caching.loading;
            chosen = Self::once(setup, plan, &asked, accelerators)?;
            chosen.caching = Some(caching);
            if moved.abs() < CLOSE {
                break;
            }
        }
        Ok(chosen)
    }

    fn cached(
        &self,
        setup: &Setup<'a>,
        plan: &ServingPlan,
        prefixes: &Prefixes<'_>,
        accelerators: u32,
    ) -> Caching {
        let most = self.met.requests * self.count(accelerators);
        let rate = plan.requests.map_or(most, |stated| stated.get().min(most));
        let mut job = self.job.clone();
        let mut readers = Readers {
            job: &self.job,
            count: self.count(accelerators),
            running: self.met.running * (rate / most).min(1.0),
        };
        if let Some(fleet) = &self.disaggregated {
            job.layout = fleet.prefill.layout;
            // Units of prefill hold a sequence only while they read it.
            readers = Readers {
                job: &job,
                count: f64::from(fleet.prefill.layout.replicas),
                running: 0.0,
            };
        }
        prefixes.settled(&setup.c, &readers, &self.asked.load, rate)
    }

    fn once(
        setup: &Setup<'a>,
        plan: &ServingPlan,
        asked: &Asked,
        accelerators: u32,
    ) -> Result<Self, String> {
        let mode = plan.disaggregation.mode.unwrap_or(Disaggregation::No);
        let together = |setup: &Setup<'a>| {
            Found::of(&setup.c, &setup.job, plan, asked, accelerators)
                .map(|found| Self::together(setup, found, asked))
        };
        match mode {
            Disaggregation::No => together(setup),
            Disaggregation::Yes => Self::apart(setup, plan, asked, accelerators),
            Disaggregation::Search => {
                let both = (
                    together(setup),
                    Self::apart(setup, plan, asked, accelerators),
                );
                match both {
                    (Ok(one), Ok(other)) => Ok(match other.beats(&one) {
                        true => other,
                        false => one,
                    }),
                    (one, other) => one.or(other),
                }
            }
        }
    }

    fn together(setup: &Setup<'a>, found: Found<'a>, asked: &Asked) -> Self {
        let loaded = Loaded::new(&setup.c, &found.job, asked.load, asked.scatter);
        let curve = curve(&loaded.loading(asked.loading));
        Self {
            job: found.job,
            asked: *asked,
            met: found.met,
            missed: found.missed,
            candidates: found.candidates,
            front: found.front,
            curve,
            disaggregated: None,
            caching: None,
        }
    }

    fn apart(
        setup: &Setup<'a>,
        plan: &ServingPlan,
        asked: &Asked,
        accelerators: u32,
    ) -> Result<Self, String> {
        let factors = Factors::of(setup.techniques)?;
        let found = matched(&setup.c, &setup.job, plan, asked, &factors, accelerators)?;
        Ok(Self {
            job: found.job,
            asked: *asked,
            met: found.met,
            missed: found.missed,
            candidates: found.candidates,
            front: found.front,
            curve: found.curve,
            disaggregated: Some(found.fleet),
            caching: None,
        })
    }

    /// Accelerators of a replica, or of the fleet.
    pub(super) fn size(&self) -> f64 {
        match &self.disaggregated {
            Some(fleet) => fleet.prefill.accelerators() + fleet.decode.accelerators(),
            None => self.job.layout.instance(),
        }
    }

    /// Replicas on so many accelerators; a fleet is one.
    pub(super) fn count(&self, accelerators: u32) -> f64 {
        match self.disaggregated {
            Some(_) => 1.0,
            None => f64::from((accelerators / (self.size() as u32).max(1)).max(1)),
        }
    }

    /// Output tokens per second and accelerator that is used.
    pub(super) fn per_accelerator(&self) -> f64 {
        self.met.requests * self.asked.load.output / self.size()
    }

    /// Holds where the other does not, or yields more.
    fn beats(&self, other: &Self) -> bool {
        match (self.missed, other.missed) {
            (false, true) => true,
            (true, false) => false,
            _ => self.per_accelerator() > other.per_accelerator(),
        }
    }
}

/// Rounds until the rate and what is found cached are in balance.
const ROUNDS: u32 = 6;
/// Shares that differ by less are the same.
const CLOSE: f64 = 1e-3;
