//! The time of one step, part by part. Times add: arithmetic, bytes, launches and what of the
//! traffic nothing hides. So the efficiency of small work follows from its size.

use super::calibration::Calibration;
use super::job::*;
use super::layer::{HOPPER_KERNELS_FROM, Layer, Rank, gemm};
use super::memory::{held, micro_batches, shards};
use super::schedule::{Pipeline, play};
use super::traffic::{data_parallel, exposed_transfers, transfer};
use crate::written::Write;

/// Where the time of a step goes, s. The parts add up to `total`.
#[derive(Debug, Clone, Copy, PartialEq, Default, Write)]
pub struct Step {
    /// Matrix products of the layers.
    pub matrices: f64,
    /// Attention cores.
    pub attention: f64,
    /// Memory traffic that is not part of a matrix product, casts included.
    pub traffic: f64,
    /// Output head and loss.
    pub head: f64,
    /// Recomputation.
    pub recompute: f64,
    /// Launches, where the host is slower than the device.
    pub host: f64,
    /// Tensor-parallel traffic that nothing hides.
    pub tensor: f64,
    /// Context-parallel traffic that nothing hides.
    pub context: f64,
    /// Expert-parallel traffic that nothing hides.
    pub expert: f64,
    /// Transfers between stages.
    pub pipeline: f64,
    /// Stages that wait for the slowest.
    pub imbalance: f64,
    /// The pipeline filling and emptying.
    pub bubble: f64,
    /// Data-parallel traffic that nothing hides.
    pub data: f64,
    /// The optimiser.
    pub optimizer: f64,
    /// What every step costs.
    pub fixed: f64,
    /// Ranks that wait for the slowest of many.
    pub straggler: f64,
    /// Answers generated, where the job learns by reinforcement.
    pub generation: f64,
    /// Answers scored, where the job learns by reinforcement.
    pub scoring: f64,
}

impl Step {
    /// The parts by name, in the order in which a person reads them.
    pub fn parts(&self) -> [(&'static str, f64); 18] {
        [
            ("matrix products", self.matrices),
            ("attention", self.attention),
            ("memory traffic", self.traffic),
            ("output head", self.head),
            ("recomputation", self.recompute),
            ("host", self.host),
            ("tensor-parallel traffic", self.tensor),
            ("context-parallel traffic", self.context),
            ("expert-parallel traffic", self.expert),
            ("transfers between stages", self.pipeline),
            ("uneven stages", self.imbalance),
            ("pipeline bubble", self.bubble),
            ("data-parallel traffic", self.data),
            ("optimiser", self.optimizer),
            ("fixed", self.fixed),
            ("stragglers", self.straggler),
            ("generating answers", self.generation),
            ("scoring answers", self.scoring),
        ]
    }

    /// The forward passes alone: one of three of the work, and of what waits for it.
    pub(super) fn forward(&self) -> f64 {
        (self.body() + self.bubble + self.pipeline + self.imbalance) / 3.0
    }

    /// What the micro-batches of a stage take, one after the other.
    fn body(&self) -> f64 {
        self.matrices
            + self.attention
            + self.traffic
            + self.head
            + self.recompute
            + self.host
            + self.tensor
            + self.context
            + self.expert
    }

    /// The whole step.
    pub fn total(&self) -> f64 {
        self.parts().iter().map(|(_, seconds)| seconds).sum()
    }

    /// Every part so many times as long.
    pub fn scaled(&self, factor: f64) -> Step {
        Step {
            matrices: self.matrices * factor,
            attention: self.attention * factor,
            traffic: self.traffic * factor,
            head: self.head * factor,
            recompute: self.recompute * factor,
            host: self.host * factor,
            tensor: self.tensor * factor,
            context: self.context * factor,
            expert: self.expert * factor,
            pipeline: self.pipeline * factor,
            imbalance: self.imbalance * factor,
            bubble: self.bubble * factor,
            data: self.data * factor,
            optimizer: self.optimizer * factor,
            fixed: self.fixed * factor,
            straggler: self.straggler * factor,
            generation: self.generation * factor,
            scoring: self.scoring * factor,
        }
    }

    /// The largest part besides the matrix products themselves.
    pub fn bottleneck(&self) -> &'static str {
        self.largest_besides_work().0
    }

    /// The same, with its seconds.
    pub fn largest_besides_work(&self) -> (&'static str, f64) {
        let parts = self.parts();
        let largest = parts.iter().skip(1).max_by(|a, b| a.1.total_cmp(&b.1));
        largest.copied().unwrap_or_default()
    }

    /// The part in which this step loses most against another, with the seconds.
    pub fn loses_by(&self, other: &Step) -> (&'static str, f64) {
        let (own, others) = (self.parts(), other.parts());
        let lost = own
            .iter()
            .zip(others)
            .map(|((name, a), (_, b))| (*name, a - b));
        lost.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or(("", 0.0))
    }
}

/// Predicts the time of one step. A pipeline that has no closed form is played.
pub fn step(c: &Calibration, job: &Job<'_>) -> Step {
    let mut step = estimate(c, job);
    let micro_batches = micro_batches(job);
    let mut pipeline = Pipeline {
        schedule: job.layout.schedule,
        stages: job.layout.pp,
        micro_batches,
        work: step.body() / micro_batches,
        transfer: 0.0,
    };
    let Some(free) = play(&pipeline) else {
        return step;
    };
    let rank = Rank::new(c, job);
    // Per chunk and direction; the estimate counts both of both.
    pipeline.transfer = transfer(&rank, f64::from(job.layout.pp), 2.0) / 4.0;
    let sent = play(&pipeline).map_or(0.0, |played| played.seconds - free.seconds);
    let others = step.total() - step.straggler - step.bubble - step.pipeline;
    let stragglers = step.straggler / (step.total() - step.straggler).max(f64::MIN_POSITIVE);
    step.bubble = (free.seconds - step.body()).max(0.0);
    step.pipeline = sent.max(0.0);
    step.straggler = stragglers * (others + step.bubble + step.pipeline);
    step
}

/// The same, in closed form throughout: near enough to choose by.
pub fn estimate(c: &Calibration, job: &Job<'_>) -> Step {
    let rank = Rank::new(c, job);
    let shape = job.shape;
    let layout = &job.layout;
    let (pp, vp) = (f64::from(layout.pp.max(1)), f64::from(layout.vp.max(1)));

    // All layers of the model for one micro-batch.
    let mut all = Layer::default();
    let mut add = |count: f64, part: &dyn Fn(&mut Layer)| {
        if count > 0.0 {
            let mut layer = Layer::default();
            part(&mut layer);
            all.matrices += count * layer.matrices;
            all.attention += count * layer.attention;
            all.traffic += count * layer.traffic;
            all.recompute += count * layer.recompute;
            all.host += count * layer.host;
            all.tensor += count * layer.tensor;
            all.context += count * layer.context;
            all.expert += count * layer.expert;
        }
    };
    let mtp = if job.mtp { f64::from(shape.mtp) } else { 0.0 };
    let windowed = shape.window.map_or(0.0, |window| f64::from(window.layers));
    add(
        f64::from(shape.attention_layers()) - windowed + mtp,
        &|layer| rank.attention_part(layer, None),
    );
    add(windowed, &|layer| {
        rank.attention_part(layer, shape.window.map(|window| f64::from(window.tokens)))
    });
    add(
        f64::from(shape.linear.map_or(0, |linear| linear.layers)),
        &|layer| rank.linear_part(layer),
    );
    add(f64::from(shape.dense_layers()), &|layer| {
        rank.dense_part(layer)
    });
    add(
        f64::from(shape.expert_layers()) + if shape.experts.is_some() { mtp } else { 0.0 },
        &|layer| rank.expert_part(layer),
    );
    if shape.experts.is_none() {
        let early = libm::exp(-c.gain_host * (job.stack.year.clamp(FUSED_FROM, LAST_ROW) - EVEN));
        let groups = [layout.tp, layout.cp].map(|degree| f64::from(u8::from(degree > 1)));
        let launches = 1.0 + c.host_group * (groups[0] + groups[1]);
        all.host += f64::from(shape.layers) * c.host_layer * early * launches;
    }
    if layout.recompute == Recompute::Full {
        all.recompute += all.matrices / rank.passes;
    }

    // The head is on the last stage, in 16 bits.
    let head_weights = shape.embedding_parameters() / rank.tp;
    let head_rate = job.machine.half * gemm(c, job.machine.family, Precision::Half);
    let logits = rank.tokens * f64::from(shape.vocab) / rank.tp;
    let head = (1.0 + mtp)
        * (rank.passes * 2.0 * rank.tokens * head_weights / head_rate
            + (8.0 * head_weights + c.logit_traffic * logits) / rank.hbm);

    // Device and host run side by side; the slower decides, softly where they are close.
    let device = all.device();
    let both = soft_max(device, all.host);
    let host = both - device;

    let micro_batches = micro_batches(job);
    let body = both / pp;
    let (mean, slowest) = stages(f64::from(shape.layers), pp, vp, both, head);
    let transfer = transfer(&rank, pp, vp);
    let fill = match layout.schedule {
        Schedule::OneForwardOneBackward => (pp - 1.0) / vp,
        Schedule::ZeroBubble => (pp - 1.0) / 3.0,
        Schedule::ZeroBubbleV => (pp - 1.0) / 6.0,
        Schedule::VHalf => (pp - 1.0) / 2.0,
        Schedule::VMin => (pp - 1.0) * 2.0 / 3.0,
    };
    let bubble = fill * (mean + transfer / vp);

    let data = data_parallel(&rank, micro_batches, body);
    let held = held(job);
    let optimizer = if job.task.adapters() {
        0.0
    } else if layout.sharding == Sharding::None {
        c.optimizer_traffic * (held.dense + held.experts) / rank.hbm
    } else {
        let (dense, experts) = shards(job);
        c.optimizer_traffic * (held.dense / dense + held.experts / experts) / rank.hbm
    };
    let fixed = if job.stack.framework == Framework::Fsdp {
        c.step_eager
    } else {
        c.step
    };

    let times = micro_batches / pp;
    let mut step = Step {
        matrices: all.matrices * times,
        attention: all.attention * times,
        traffic: all.traffic * times,
        recompute: all.recompute * times,
        tensor: all.tensor * times,
        context: all.context * times,
        expert: all.expert * times,
        host: host * times,
        head: head * times,
        pipeline: transfer * (2.0 + micro_batches * exposed_transfers(c, job)),
        imbalance: micro_batches * (slowest - mean),
        bubble,
        data,
        optimizer,
        fixed,
        straggler: 0.0,
        generation: 0.0,
        scoring: 0.0,
    };
    let drift = drift(c, job);
    for part in [
        &mut step.traffic,
        &mut step.matrices,
        &mut step.attention,
        &mut step.expert,
        &mut step.host,
    ] {
        *part *= drift;
    }
    step.straggler =
        step.total() * c.straggler * libm::log(f64::from(job.accelerators).max(8.0) / 8.0);
    step
}

/// What the age of the software multiplies work with. Gains go no further than there are rows:
/// before the first and after the last month nothing is known.
fn drift(c: &Calibration, job: &Job<'_>) -> f64 {
    let since = |gain: f64, (first, last): (f64, f64), even: f64| {
        libm::exp(-gain * (job.stack.year.clamp(first, last) - even))
    };
    let recent = (HOPPER_KERNELS_FROM, LAST_ROW);
    match job.stack.framework {
        Framework::Plain | Framework::DeepSpeedPlain => {
            since(c.gain_plain, (2021.0, 2022.4), 2022.4)
        }
        Framework::Tuned => since(c.gain_dense, recent, EVEN - c.tuned_lead),
        _ if job.shape.experts.is_some() => since(c.gain_experts, recent, 2025.9),
        _ => since(c.gain_dense, recent, EVEN),
    }
}

/// The month of the newest measured row.
const LAST_ROW: f64 = 2026.625;
/// The year at which constants of dense work hold as they are.
const EVEN: f64 = 2025.5;

/// The slower of two that run side by side, softly where they are close.
fn soft_max(a: f64, b: f64) -> f64 {
    libm::sqrt(a * a + b.max(0.0) * b.max(0.0))
}

/// Mean and slowest time of a stage for one micro-batch.
fn stages(layers: f64, pp: f64, vp: f64, body: f64, head: f64) -> (f64, f64) {
    let mean = (body + head) / pp;
    if pp <= 1.0 {
        return (mean, mean);
    }
    let one = body / layers.max(1.0);
    let chunks = pp * vp;
    let slowest = if layers % chunks == 0.0 {
        layers / pp * one + head
    } else if (layers + 2.0) % chunks == 0.0 {
        // Embedding and head count as a layer each.
        let stage = (layers + 2.0) / pp;
        (stage * one).max((stage - 1.0) * one + head)
    } else {
        // Divided by hand: as even as whole layers allow.
        let even = libm::floor(mean / one);
        mean.max((mean + one * (libm::ceil(mean / one) - even) * 0.25).min(mean + one))
    };
    (mean, slowest.max(mean))
}
