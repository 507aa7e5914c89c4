use crate::check::rule::rule;
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::quantity::BytesPerSec;
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// Aggregate read and write of the high-performance storage against the level that the
    /// design aims at, for its number of scalable units.
    /// ## Why it matters
    /// Checkpoints stop training while they are written, and every restart waits for the read.
    /// A level below the reference's shows as idle accelerators, not as a storage alarm.
    /// ## Evidence
    /// Storage tables of the reference architecture, per scalable unit, linear in the number of
    /// units; throughput per system from its vendor's design guide.
    /// ## Example
    /// Level Enhanced asks 125 GB/s read for one unit of 32 nodes, 500 GB/s for four.
    /// ## How to fix
    /// Add storage units, or aim at a lower level on purpose.
    /// ## Limits
    /// Levels are per scalable unit, whose accelerators differ between generations: never read
    /// them as a figure per accelerator.
    pub struct SlowStorage;
    "STO001" "slow_storage" Deviation "storage reads and writes at the level aimed at"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let Some((reference, _)) = on.demand else {
        return Vec::new();
    };
    let storage = &on.derived.design.storage;
    if reference.storage_levels.is_empty() {
        return vec![Outcome::unknown(
            "storage.level",
            format!("storage table of {}", reference.id),
            "storage performance levels",
        )];
    }
    let Some(level) = reference
        .storage_levels
        .iter()
        .find(|level| level.name == storage.level)
    else {
        let names: Vec<&str> = reference
            .storage_levels
            .iter()
            .map(|l| l.name.as_str())
            .collect();
        return vec![Outcome::unknown(
            "storage.level",
            "storage.level",
            &format!("level aimed at ({})", names.join(", ")),
        )];
    };
    let units = on.derived.scalable_units as f64;
    let system = on.derived.parts.storage(&storage.system);
    let sides = [
        (
            "read",
            level.read.known(),
            on.derived.storage.read,
            system.and_then(|s| s.read.known()),
        ),
        (
            "write",
            level.write.known(),
            on.derived.storage.write,
            system.and_then(|s| s.write.known()),
        ),
    ];
    let worst = sides
        .into_iter()
        .map(|side| one(on, side, units))
        .min_by_key(|outcome| outcome.status);
    worst.into_iter().collect()
}

type Side = (
    &'static str,
    Option<BytesPerSec>,
    Option<BytesPerSec>,
    Option<BytesPerSec>,
);

fn one(on: &On<'_>, (name, level, found, each): Side, units: f64) -> Outcome {
    let subject = "storage.units";
    let (Some(level), Some(found)) = (level, found) else {
        return Outcome::unknown(
            subject,
            format!("{name} of {}", on.derived.design.storage.system),
            "storage throughput",
        );
    };
    let required = level * units;
    // Documents round the write figure of one unit down: 62 for one, 250 for four.
    let holds = found.get() >= required.get() * (1.0 - 1e-9);
    let must = format!("{name} of at least");
    let (found, required_value) = (Scalar::Num(found.get()), Scalar::Num(required.get()));
    let outcome = Outcome::compared(
        subject,
        FactUnit::ByteRate,
        found,
        &must,
        required_value,
        holds,
    )
    .at(Severity::Deviation);
    match each.filter(|each| each.get() > 0.0) {
        Some(each) => {
            let enough =
                libm::ceil(required / each - 1e-9).min(f64::from(crate::design::MAX_COUNT)) as u32;
            outcome.with_fix(
                format!("use {enough} storage units"),
                vec![Edit::set(subject, enough)],
            )
        }
        None => outcome,
    }
}
