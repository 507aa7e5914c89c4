//! Prompts that come again: how often their keys and values are still held, by the capacity of the
//! tiers that hold them, and what loading them takes.

use super::calibration::Calibration;
use super::job::{Job, Load};
use super::memory::capacity;
use super::serve::prefill;
use super::units::bytes_per_token;
use crate::catalogue::{CacheTier, Reuse};
use crate::derive::Derived;
use crate::design::{CacheDepth, CacheRouting, PrefixPlan};
use crate::sourced::Origin;
use crate::written::Write;

/// Share of the tokens of prompts that is found again in a cache of so large a share of the
/// footprint.
pub fn found_again(most: f64, scale: f64, cache: f64) -> f64 {
    most * (1.0 - libm::exp(-cache.max(0.0) / scale.max(f64::MIN_POSITIVE)))
}

/// Bytes that are written within the window: of tokens per second, those that are not found again.
pub fn footprint(tokens: f64, found: f64, window: f64, bytes: f64) -> f64 {
    tokens * (1.0 - found) * window * bytes
}

/// A tier that holds prefixes.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Tier {
    /// Name.
    pub name: String,
    /// Bytes of all replicas together.
    pub capacity: f64,
    /// Share of the prompts' tokens that is found in it.
    pub found: f64,
    /// Bytes per second that one prompt loads at; `None` where nothing has to be loaded.
    pub bandwidth: Option<f64>,
    /// Loading is faster than reading the prompt once more.
    pub pays: bool,
    /// Where its bandwidth is from.
    pub origin: Option<Origin>,
}

/// Prefixes that are cached.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Caching {
    /// The traffic whose reuse is meant, for people.
    pub reuse: String,
    /// Share found in a cache without bounds.
    pub most: f64,
    /// Share of the prompts' tokens that is found and loaded.
    pub found: f64,
    /// Time within which sessions go on, s.
    pub window: f64,
    /// Bytes of keys and values of a token.
    pub bytes: f64,
    /// Bytes written within the window.
    pub footprint: f64,
    /// Tokens of prompts per second that this is for.
    pub tokens: f64,
    /// Mean time that the found part of a prompt takes to load, s.
    pub loading: f64,
    /// Replicas that requests are spread over by chance; one where they reach the right one.
    pub spread: f64,
    /// Tiers, the fastest first.
    pub tiers: Vec<Tier>,
    /// Where the share without bounds is from.
    pub origin: Origin,
}

/// What a plan says of prefixes.
pub(super) struct Prefixes<'a> {
    derived: &'a Derived<'a>,
    routing: Option<CacheRouting>,
    depth: Option<CacheDepth>,
    reuse: &'a Reuse,
    most: f64,
    scale: f64,
    window: f64,
}

/// Replicas that read prompts.
pub(super) struct Readers<'j, 'a> {
    /// One of them.
    pub(super) job: &'j Job<'a>,
    /// How many.
    pub(super) count: f64,
    /// Sequences whose memory is in use on one.
    pub(super) running: f64,
}

impl<'a> Prefixes<'a> {
    /// Of a plan; `None` where it names no reuse.
    ///
    /// # Errors
    /// The name that the world does not have, or the figure that it does not know.
    pub(super) fn of(
        derived: &'a Derived<'a>,
        plan: &PrefixPlan,
        remarks: &mut Vec<String>,
    ) -> Result<Option<Self>, String> {
        let Some(key) = &plan.reuse else {
            return Ok(None);
        };
        let known = &derived.world.inference.techniques;
        let reuse = known.reuse.get(key);
        let path = format!("inference.techniques.reuse.{key}");
        let reuse = reuse.ok_or_else(|| path.clone())?;
        let recorded = reuse.window.known().map(|window| window.get());
        if plan.window.is_none() && recorded.is_none() {
            remarks.push(format!(
                "how long sessions of this kind go on is not published ({}): that of a consumer chat is taken",
                reuse.name
            ));
        }
        let window = match plan.window.map(|window| window.get()).or(recorded) {
            Some(window) => window,
            None => known.figure("usual-window")?,
        };
        Ok(Some(Self {
            derived,
            routing: plan.routing,
            depth: plan.depth,
            most: reuse.most.known().ok_or_else(|| path.clone())?.get(),
            scale: reuse.scale.known().ok_or(path)?,
            reuse,
            window,
        }))
    }

    /// What is found again of so many requests per second on these replicas.
    pub(super) fn settled(
        &self,
        c: &Calibration,
        readers: &Readers<'_, '_>,
        load: &Load,
        requests: f64,
    ) -> Caching {
        let bytes = bytes_per_token(readers.job, load.prompt);
        let tokens = requests * load.prompt;
        let spread = match self.routing {
            Some(CacheRouting::Random) => readers.count.max(1.0),
            Some(CacheRouting::Aware) | None => 1.0,
        };
        let mut tiers = self.tiers(c, readers, load, bytes);
        tiers.retain(|(depth, _)| self.depth.is_none_or(|deepest| *depth <= deepest));
        let mut caching = Caching {
            reuse: self.reuse.name.clone(),
            most: self.most,
            found: 0.0,
            window: self.window,
            bytes,
            footprint: 0.0,
            tokens,
            loading: 0.0,
            spread,
            tiers: Vec::new(),
            origin: self.reuse.most.origin(),
        };
        // The more is found, the less is written, and the more of it the cache holds: the least state
        // that is in balance is where a cold cache arrives.
        let mut shares = vec![0.0; tiers.len()];
        for _ in 0..ROUNDS {
            let written = footprint(tokens, caching.found, self.window, bytes);
            caching.footprint = written.max(1.0);
            shares = self.shares(&tiers, caching.footprint, spread);
            let used = tiers.iter().zip(&shares).filter(|((_, tier), _)| tier.pays);
            caching.found = used.map(|(_, share)| *share).sum();
        }
        let lanes =
            f64::from(readers.job.layout.tp.max(1)) * f64::from(readers.job.layout.pp.max(1));
        for ((_, mut tier), share) in tiers.into_iter().zip(shares) {
            tier.found = if tier.pays { share } else { 0.0 };
            let rate = tier.bandwidth.map(|rate| rate * lanes);
            let each = rate.map_or(0.0, |rate| bytes / rate);
            caching.loading += tier.found * load.prompt * each;
            tier.bandwidth = rate;
            caching.tiers.push(tier);
        }
        caching
    }

    /// What each tier holds of what comes again, beyond what the faster ones hold. A replica that
    /// requests reach by chance has seen only its share of a session; a shared tier has seen all.
    fn shares(&self, tiers: &[(CacheDepth, Tier)], footprint: f64, spread: f64) -> Vec<f64> {
        let held = |bytes: f64| found_again(self.most, self.scale, bytes / footprint);
        let mut before = 0.0;
        let mut own = 0.0;
        let shares = tiers.iter().map(|(depth, tier)| {
            let share = held(before + tier.capacity) - held(before);
            before += tier.capacity;
            if *depth == CacheDepth::Shared {
                // Of what lies in the replicas, it has what chance keeps from them, where it has room.
                let kept = own - own / spread;
                return (share + kept).min(held(tier.capacity));
            }
            own += share;
            share / spread
        });
        shares.collect()
    }

    fn tiers(
        &self,
        c: &Calibration,
        readers: &Readers<'_, '_>,
        load: &Load,
        bytes: f64,
    ) -> Vec<(CacheDepth, Tier)> {
        let job = readers.job;
        let node = self.derived.main_node();
        let world = self.derived.world;
        let known = &world.inference.techniques.tiers;
        let all = readers.count * job.layout.instance();
        let each = node.and_then(|node| node.accelerators.known());
        let nodes = all / f64::from(each.unwrap_or(job.machine.domain).max(1));
        let free = (capacity(c, job, load) - readers.running).max(0.0) * readers.count;
        let mut tiers = vec![(
            CacheDepth::Accelerator,
            Tier {
                name: "memory of the accelerators that sequences leave".into(),
                capacity: free * (load.prompt + load.output) * bytes,
                found: 0.0,
                bandwidth: None,
                pays: true,
                origin: None,
            },
        )];
        let storage = &self.derived.storage;
        let own = [
            node.and_then(|node| node.memory.known()),
            node.and_then(|node| node.local_nvme.known()),
        ];
        let own = own.map(|size| size.map(|size| size.get()));
        for (depth, key, own) in [
            (CacheDepth::Host, "host", own[0]),
            (CacheDepth::Local, "local", own[1]),
            (CacheDepth::Shared, "shared", None),
        ] {
            let Some(tier) = known.get(key) else {
                continue;
            };
            let usual = tier.capacity.known().map(|size| size.get());
            let size = match depth {
                CacheDepth::Shared => storage.capacity.map(|size| size.get()),
                _ => own.or(usual).map(|size| size * nodes),
            };
            let delivered = match depth {
                CacheDepth::Shared => {
                    let accelerators = self.derived.accelerators.unwrap_or(1).max(1) as f64;
                    storage.read.map(|read| read.get() / accelerators)
                }
                _ => None,
            };
            let usable = tier.usable.known().map(|share| share.get());
            let capacity = size.zip(usable).map(|(size, share)| size * share);
            if let Some(made) = made(tier, capacity, delivered) {
                tiers.push((depth, made.judged(c, job, load, bytes)));
            }
        }
        tiers
    }
}

/// A tier of known capacity and bandwidth.
fn made(tier: &CacheTier, capacity: Option<f64>, delivered: Option<f64>) -> Option<Tier> {
    let links = tier.bandwidth.known()?.get();
    Some(Tier {
        name: tier.name.clone(),
        capacity: capacity.filter(|bytes| *bytes > 0.0)?,
        found: 0.0,
        bandwidth: Some(delivered.map_or(links, |rate| rate.min(links))),
        pays: true,
        origin: Some(tier.bandwidth.origin()),
    })
}

impl Tier {
    /// Says whether loading a token from it is faster than computing it.
    fn judged(mut self, c: &Calibration, job: &Job<'_>, load: &Load, bytes: f64) -> Self {
        let whole = Load {
            cached: 0.0,
            ..*load
        };
        let stages = f64::from(job.layout.pp.max(1));
        let lanes = f64::from(job.layout.tp.max(1)) * stages;
        let groups = f64::from(job.layout.groups.max(1));
        let computed =
            prefill(c, job, &whole, load.prompt) * stages * groups / load.prompt.max(1.0);
        let loaded = self.bandwidth.map_or(0.0, |rate| bytes / (rate * lanes));
        self.pays = loaded < computed;
        self
    }
}

/// Rounds until what is found and what is written are in balance.
const ROUNDS: usize = 200;
