//! Where passes stand on the accelerator's roofline: operations for each byte that is read, against
//! operations per second.

use super::calibration::Calibration;
use super::forecast::{Service, Setup};
use super::job::Job;
use super::memory::{cache, dense_format};
use super::pass::{Pass, pass};
use super::serve::{answering, reading};
use super::units::laid_out;
use crate::derive::Derived;
use crate::design::Workload;
use crate::written::Write;

/// A pass on the roofline, figures of one accelerator.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Spot {
    /// What it is, for people.
    pub name: String,
    /// Tokens that go through the layers at once.
    pub tokens: f64,
    /// Operations for each byte that is read.
    pub intensity: f64,
    /// Operations per second as predicted.
    pub rate: f64,
    /// Operations per second that the roofline allows at this intensity.
    pub roof: f64,
}

/// An accelerator in the precision of a service, and the passes of that service.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Roofline {
    /// Dense operations per second.
    pub peak: f64,
    /// Bytes per second.
    pub bandwidth: f64,
    /// Intensity at which both bind.
    pub ridge: f64,
    /// Tokens of a pass from which a product of weights is bound by arithmetic.
    pub critical: f64,
    /// Answers of one sequence, at this batch, and at all that there is room for; prompts at the chunk.
    pub spots: Vec<Spot>,
}

impl Roofline {
    /// What a pass reaches of the dense peak, as share.
    pub fn reached(&self, spot: &Spot) -> f64 {
        spot.rate / self.peak
    }

    /// Whether memory binds a pass, and not arithmetic.
    pub fn reading_binds(&self, spot: &Spot) -> bool {
        spot.intensity < self.ridge
    }
}

/// Tokens at which arithmetic and the reading of weights of so many bytes take as long.
pub fn critical_batch(peak: f64, bandwidth: f64, bytes: f64) -> f64 {
    peak / bandwidth * bytes / 2.0
}

/// The roofline of a service as it was predicted.
///
/// # Errors
/// The datum that is missing, as with [`super::service`].
pub fn roofline(
    derived: &Derived<'_>,
    workload: &Workload,
    service: &Service,
) -> Result<Roofline, String> {
    let setup = Setup::of(derived, workload)?;
    let (c, load) = (&setup.c, &service.load);
    let redundant = workload.serving.redundant;
    let job = laid_out(&setup.job, service.layout, redundant);
    // Units of prefill have a layout of their own.
    let reads = service
        .disaggregated
        .map_or(service.layout, |fleet| fleet.prefill.layout);
    let reads = laid_out(&setup.job, reads, redundant);
    let machine = &job.machine;
    let (peak, bandwidth) = (
        machine.peak(machine.width(job.format)),
        machine.memory_bandwidth,
    );
    let answers = |name: &str, running: f64| {
        let what = answering(&job, running, load.context());
        spot(c, &job, &what, name.to_owned(), (peak, bandwidth))
    };
    let chunk = reading(&reads, load, reads.stack.chunk);
    Ok(Roofline {
        peak,
        bandwidth,
        ridge: peak / bandwidth,
        critical: critical_batch(peak, bandwidth, job.format.bytes()),
        spots: vec![
            answers("decode, one sequence", 1.0),
            answers("decode at this load", service.met.running.max(1.0)),
            answers("decode, all that fits", service.room),
            spot(
                c,
                &reads,
                &chunk,
                "prefill at its chunk".into(),
                (peak, bandwidth),
            ),
        ],
    })
}

fn spot(
    c: &Calibration,
    job: &Job<'_>,
    what: &Pass,
    name: String,
    (peak, bandwidth): (f64, f64),
) -> Spot {
    let (operations, bytes) = (operations(job, what), bytes(c, job, what));
    let ranks = job.layout.ranks();
    let intensity = operations / bytes;
    Spot {
        name,
        tokens: what.tokens,
        intensity,
        rate: operations / ranks / pass(c, job, what).total(),
        roof: (intensity * bandwidth).min(peak),
    }
}

/// Operations of a pass: of matrix products, and of looking back.
fn operations(job: &Job<'_>, what: &Pass) -> f64 {
    let shape = job.shape;
    let head = shape.embedding_parameters();
    let tables = if shape.tied { 1.0 } else { 2.0 };
    let layers = shape.active_parameters() - tables * head;
    let seen = match what.prompt {
        true => what.context / 2.0,
        false => what.context,
    };
    let each = match (shape.latent, what.prompt) {
        (Some(latent), false) => f64::from(2 * latent.rank + latent.rope),
        (Some(latent), true) => f64::from(latent.nope + latent.rope + latent.value),
        (None, _) => 2.0 * f64::from(shape.head_dim()),
    };
    let looks = f64::from(shape.attention_layers()) * seen * f64::from(shape.heads) * each;
    2.0 * (what.tokens * (layers + looks) + what.chosen * head)
}

/// Bytes that a pass reads: weights, of experts those that are touched, and keys and values.
fn bytes(c: &Calibration, job: &Job<'_>, what: &Pass) -> f64 {
    let shape = job.shape;
    let wide = dense_format(job).bytes();
    let groups = f64::from(job.layout.groups.max(1));
    let experts = shape.experts.map_or(0.0, |experts| {
        let all = f64::from(experts.routed.max(1));
        let share = (f64::from(experts.active) / all).min(1.0);
        let independent = libm::pow(what.tokens.max(1.0), c.routing);
        let touched = 1.0 - libm::pow(1.0 - share, independent);
        touched * all * f64::from(shape.expert_layers()) * shape.expert_parameters()
    });
    let common = f64::from(shape.attention_layers()) * shape.attention_parameters()
        + f64::from(shape.linear.map_or(0, |linear| linear.layers)) * shape.linear_parameters()
        + f64::from(shape.dense_layers()) * shape.dense_parameters()
        + f64::from(shape.expert_layers()) * shape.common_parameters();
    let mut one = job.clone();
    one.layout.tp = 1;
    let held = what.sequences * cache(&one, what.context);
    // Each group reads what is not an expert for itself.
    groups * (wide * common + 2.0 * shape.embedding_parameters())
        + job.format.bytes() * experts
        + held
}
