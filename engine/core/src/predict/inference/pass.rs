//! The time of one pass through the model: some tokens of prompts, or one token of each running
//! sequence.

use super::calibration::Calibration;
use super::job::*;
use super::memory::{cache, dense_format};
use crate::catalogue::{Chip, EngineKind, Generation};

/// What a pass computes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pass {
    /// Tokens that go through the layers, of all sequences of the instance.
    pub tokens: f64,
    /// Sequences that they belong to.
    pub sequences: f64,
    /// Tokens that each looks back on.
    pub context: f64,
    /// Tokens for which the next is chosen.
    pub chosen: f64,
    /// Prompts are read in, and not one token after the other.
    pub prompt: bool,
}

/// Time of a pass, s.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Time {
    /// Matrix products of attention, dense networks and the head.
    pub dense: f64,
    /// Those of experts.
    pub experts: f64,
    /// Attention itself: keys and values.
    pub attention: f64,
    /// Other traffic of activations.
    pub activations: f64,
    /// Fixed times of layers.
    pub launch: f64,
    /// Exchanges between accelerators.
    pub exchange: f64,
    /// Host.
    pub host: f64,
}

impl Time {
    /// All of it.
    pub fn total(&self) -> f64 {
        self.device() + self.host
    }

    /// Without the host.
    pub fn device(&self) -> f64 {
        self.dense + self.experts + self.attention + self.activations + self.launch + self.exchange
    }
}

/// The time of a pass.
pub fn pass(c: &Calibration, job: &Job<'_>, what: &Pass) -> Time {
    let shape = job.shape;
    let machine = &job.machine;
    let layout = &job.layout;
    let tp = f64::from(layout.tp.max(1));
    let groups = f64::from(layout.groups.max(1));
    let ranks = layout.ranks();
    let own = what.tokens / groups;
    let hidden = f64::from(shape.hidden);
    let bandwidth = machine.memory_bandwidth;
    let stream = bandwidth * stream(c, machine.chip);
    let format = dense_format(job);
    let rate = rate(c, machine, format);
    let mut time = Time::default();

    // Attention with its products.
    let full = f64::from(shape.attention_layers());
    let linear = shape.linear.map_or(0.0, |linear| f64::from(linear.layers));
    let weights = (full * shape.attention_parameters() + linear * shape.linear_parameters()) / tp;
    time.dense += product(c, own, weights, format.bytes(), rate, stream);
    time.attention += looking_back(c, job, what, own);

    let dense = f64::from(shape.dense_layers()) * shape.dense_parameters() / tp;
    time.dense += product(c, own, dense, format.bytes(), rate, stream);

    // Experts, and what all tokens pass beside them.
    let layers = f64::from(shape.expert_layers());
    if let Some(experts) = shape.experts {
        let common = layers * shape.common_parameters() / tp;
        time.dense += product(c, own, common, format.bytes(), rate, stream);
        let all = f64::from(experts.routed.max(1));
        let share = (f64::from(experts.active) / all).min(1.0);
        let independent = libm::pow(what.tokens.max(1.0), c.routing);
        let touched = 1.0 - libm::pow(1.0 - share, independent);
        let one = layers * shape.expert_parameters();
        // The more ranks, the more the fullest has of what it gets by chance.
        let spread = 1.0 + c.imbalance * libm::log(f64::from(layout.ep.max(1)));
        let rate = self::rate(c, machine, job.format) * grouped(c, job) * unpacked(c, job);
        let routed = what.tokens * f64::from(experts.active);
        // An expert works on whole tiles of tokens.
        let padded = routed + c.tile * touched * all;
        let arithmetic = 2.0 * padded * one / ranks / rate;
        let width = f64::from(experts.width.unwrap_or(shape.hidden));
        let moved = routed / f64::from(layout.ep.max(1)) * width * layers;
        // Read and written on the way out, read and written on the way back, of 16 bits.
        time.activations += c.permutation * 8.0 * moved / bandwidth;
        let reading =
            touched * all * one * job.format.bytes() / ranks / (stream * c.stream_experts);
        time.experts += spread * both(c, arithmetic, reading);
    }

    // The head, once for each token that is chosen.
    let head = shape.embedding_parameters() / tp;
    let half = machine.half * efficiency(c, machine.chip, Width::Half);
    time.dense += product(c, what.chosen / groups, head, 2.0, half, stream);

    // Norms, rotations, activations: read and written.
    let depth = f64::from(shape.layers);
    let width = 6.0 * hidden + 4.0 * inner(job) / tp;
    time.activations += c.activations * 2.0 * own * width * depth / bandwidth;

    let base = fixed(c, job.stack.kind);
    let extra = match (machine.chip, job.stack.kind) {
        (Chip::Blackwell | Chip::BlackwellCard, _) => c.experts_blackwell,
        (_, EngineKind::TensorRt | EngineKind::TensorRtTorch) => c.experts_hopper,
        _ => c.experts_hopper_open,
    };
    let slow = if shape.latent.is_some() { full } else { linear };
    let cast = match (job.stack.kind, job.format) {
        (EngineKind::Vllm, Format::Fp8) => layers * c.experts_cast + depth * c.layer_cast,
        _ => 0.0,
    };
    time.launch += cast + depth * base + layers * extra + slow * c.layer_latent;
    time.exchange += exchange(c, job, what);
    if what.prompt && job.stack.kind != EngineKind::TensorRt {
        // Passes over prompts run without graphs: the host must keep up with the accelerator.
        let latent = match job.stack.kind {
            EngineKind::TensorRtTorch if machine.chip == Chip::Blackwell => {
                c.eager_latent_blackwell
            }
            EngineKind::TensorRtTorch => c.eager_latent_nvidia,
            _ => c.eager_latent,
        };
        let eager = depth * c.eager + slow * latent;
        time.launch += (eager - time.device()).max(0.0);
    }

    let multiple = generation(c, job.stack.generation);
    time.dense *= multiple;
    time.experts *= multiple;
    time.attention *= multiple;
    time.activations *= multiple;
    let (step, each) = host(c, &job.stack);
    let grace = if machine.grace { c.grace } else { 1.0 };
    // Each group of ranks has a scheduler of its own.
    let host = grace * (step + each * what.sequences / groups);
    let hidden = match job.stack.kind {
        EngineKind::TensorRt | EngineKind::TensorRtTorch => c.host_hidden,
        EngineKind::Vllm | EngineKind::Sglang => c.host_hidden_open,
    };
    time.host = host - hidden * host.min(time.device());
    time
}

/// Width of queries, keys, values and feed-forward network of a token, elements.
fn inner(job: &Job<'_>) -> f64 {
    let shape = job.shape;
    let heads = f64::from(shape.heads) * f64::from(shape.head_dim());
    let experts = shape.experts.map_or(0.0, |e| {
        f64::from(e.active) * f64::from(e.ffn) + f64::from(e.shared_ffn)
    });
    heads + f64::from(shape.ffn).max(experts)
}

/// A product of `tokens` with `weights` parameters.
fn product(c: &Calibration, tokens: f64, weights: f64, bytes: f64, rate: f64, stream: f64) -> f64 {
    both(c, 2.0 * tokens * weights / rate, weights * bytes / stream)
}

/// Arithmetic and reading, of which the shorter is hidden in part.
fn both(c: &Calibration, arithmetic: f64, reading: f64) -> f64 {
    arithmetic + reading - c.hidden * arithmetic.min(reading)
}

/// Attention of all layers: reading keys and values, and the arithmetic with them.
fn looking_back(c: &Calibration, job: &Job<'_>, what: &Pass, own: f64) -> f64 {
    let shape = job.shape;
    let machine = &job.machine;
    let tp = f64::from(job.layout.tp.max(1));
    let groups = f64::from(job.layout.groups.max(1));
    let heads = f64::from(shape.heads);
    let full = f64::from(shape.attention_layers());
    let seen = if what.prompt {
        what.context / 2.0
    } else {
        what.context
    };
    let (windowed, window) = shape.window.map_or((0.0, 0.0), |window| {
        (f64::from(window.layers).min(full), f64::from(window.tokens))
    });
    let looks = (full - windowed) * seen + windowed * seen.min(window);
    let (each, share) = match shape.latent {
        // Heads are spread out over a prompt, and stay compressed in a step.
        Some(l) if what.prompt => (f64::from(l.nope + l.rope + l.value), c.attention),
        Some(l) => (f64::from(2 * l.rank + l.rope), c.attention_latent),
        None => (2.0 * f64::from(shape.head_dim()), c.attention),
    };
    // Blackwell attends in 8 bits to compressed keys that are held so.
    let narrow = machine.chip == Chip::Blackwell && job.cache <= 1.0 && shape.latent.is_some();
    let peak = if narrow { machine.eight } else { machine.half };
    let operations = 2.0 * own * looks * heads * each / tp;
    let mut arithmetic = operations / (peak * share);
    if let Some(linear) = shape.linear {
        let state = f64::from(linear.layers) * f64::from(linear.inner) * f64::from(linear.state);
        arithmetic += 6.0 * own * state / tp / (machine.half * share);
    }
    let passes = if what.prompt { 1.0 } else { what.sequences };
    let bytes = passes / groups * cache(job, what.context);
    if what.prompt {
        return arithmetic;
    }
    both(
        c,
        arithmetic,
        bytes / (machine.memory_bandwidth * c.stream_cache),
    )
}

/// Exchanges of a pass.
fn exchange(c: &Calibration, job: &Job<'_>, what: &Pass) -> f64 {
    let (shape, layout, machine) = (job.shape, &job.layout, &job.machine);
    let (tp, groups) = (f64::from(layout.tp.max(1)), f64::from(layout.groups.max(1)));
    let own = what.tokens / groups;
    let hidden = f64::from(shape.hidden);
    let depth = f64::from(shape.layers);
    let fixed = match machine.chip {
        _ if machine.pcie => c.exchange_card,
        Chip::Blackwell | Chip::BlackwellCard => c.exchange_blackwell,
        Chip::Cdna3 | Chip::Cdna4 => c.exchange_cdna,
        Chip::Ampere | Chip::Ada | Chip::Hopper => c.exchange_hopper,
    };
    let share = match machine.chip {
        Chip::Blackwell => c.scale_up_blackwell,
        _ if !machine.pcie => c.scale_up,
        Chip::BlackwellCard => c.link_card,
        _ => c.link,
    };
    let links = machine.scale_up * share;
    let mut time = 0.0;
    if tp > 1.0 {
        // Switches add up what they pass on; without them a ring does.
        let ring = 2.0 * (tp - 1.0) / tp;
        let parts = if machine.switched {
            ring.min((tp + 1.0) / tp)
        } else {
            ring
        };
        let bytes = parts * own * hidden * 2.0;
        // With experts spread over groups, the second exchange of a layer is theirs.
        let times = if groups > 1.0 { 1.0 } else { 2.0 };
        time += depth * times * (fixed + bytes / links);
    }
    if groups > 1.0 {
        let active = shape
            .experts
            .map_or(1.0, |experts| f64::from(experts.active));
        let ep = layout.ranks();
        let copies = active.min(ep * (1.0 - libm::pow(1.0 - 1.0 / ep, active)));
        // Out in 8 bits, back in 16.
        let bytes = own / tp * copies * hidden * 3.0;
        let domain = f64::from(machine.domain);
        let away = if ep > domain { 1.0 - domain / ep } else { 0.0 };
        let rate = away / (machine.network * c.network) + (1.0 - away) / links;
        time += f64::from(shape.expert_layers()) * (2.0 * fixed + bytes * rate);
    }
    if layout.pp > 1 {
        let boundary = own * hidden * 2.0 / tp / links + fixed;
        time += f64::from(layout.pp - 1) * boundary;
    }
    time
}

fn rate(c: &Calibration, machine: &Machine, format: Format) -> f64 {
    let width = machine.width(format);
    machine.peak(width) * efficiency(c, machine.chip, width)
}

/// Experts whose weights are narrower than the product are unpacked on the way; kernels of single
/// products hide it.
fn unpacked(c: &Calibration, job: &Job<'_>) -> f64 {
    let narrower = job.format.is_narrow() && job.machine.width(job.format) == Width::Half;
    if narrower { c.unpacked } else { 1.0 }
}

fn efficiency(c: &Calibration, chip: Chip, width: Width) -> f64 {
    match (chip, width) {
        (Chip::Ampere, _) => c.gemm_ampere,
        (Chip::Ada, _) => c.gemm_ada,
        (Chip::Hopper, Width::Half) => c.gemm_hopper,
        (Chip::Hopper, _) => c.gemm_hopper_fp8,
        (Chip::Blackwell, Width::Half) => c.gemm_blackwell,
        (Chip::Blackwell, Width::Eight) => c.gemm_blackwell_fp8,
        (Chip::Blackwell, Width::Four) => c.gemm_blackwell_fp4,
        (Chip::BlackwellCard, Width::Four) => c.gemm_card_fp4,
        (Chip::BlackwellCard, _) => c.gemm_card,
        (Chip::Cdna3, _) => c.gemm_cdna3,
        (Chip::Cdna4, _) => c.gemm_cdna4,
    }
}

fn grouped(c: &Calibration, job: &Job<'_>) -> f64 {
    let share = match job.machine.chip {
        Chip::Ampere | Chip::Ada | Chip::Hopper => c.grouped_hopper,
        Chip::Blackwell => c.grouped_blackwell,
        Chip::BlackwellCard => c.grouped_card,
        Chip::Cdna3 | Chip::Cdna4 => c.grouped_cdna,
    };
    match job.stack.generation {
        Generation::Mlperf51 if job.machine.chip == Chip::Blackwell => share * c.grouped_mlperf51,
        Generation::Mlperf60 => share * c.grouped_mlperf60,
        Generation::VllmRecent | Generation::SglangRecent | Generation::Sglang510 => {
            share * c.grouped_recent
        }
        _ => share,
    }
}

fn stream(c: &Calibration, chip: Chip) -> f64 {
    match chip {
        Chip::Ampere | Chip::Hopper => c.stream_hopper,
        Chip::Blackwell => c.stream_blackwell,
        Chip::Ada | Chip::BlackwellCard => c.stream_card,
        Chip::Cdna3 | Chip::Cdna4 => c.stream_cdna,
    }
}

fn fixed(c: &Calibration, kind: EngineKind) -> f64 {
    match kind {
        EngineKind::TensorRt => c.layer_compiled,
        EngineKind::TensorRtTorch => c.layer_torch,
        EngineKind::Vllm => c.layer_vllm,
        EngineKind::Sglang => c.layer_sglang,
    }
}

fn host(c: &Calibration, stack: &Stack) -> (f64, f64) {
    match stack.kind {
        EngineKind::TensorRt => (c.step_compiled, c.sequence_compiled),
        EngineKind::TensorRtTorch if stack.generation == Generation::TensorRt10 => {
            (c.step_torch_first, c.sequence_torch)
        }
        EngineKind::TensorRtTorch => (c.step_torch, c.sequence_torch),
        EngineKind::Vllm => (c.step_vllm, c.sequence_vllm),
        EngineKind::Sglang => (c.step_sglang, c.sequence_sglang),
    }
}

fn generation(c: &Calibration, generation: Generation) -> f64 {
    match generation {
        Generation::TensorRt09 => c.engine_trt09,
        Generation::TensorRt014 => c.engine_trt014,
        Generation::TensorRt10 => c.engine_trt10,
        Generation::TensorRt1x => c.engine_trt1x,
        Generation::Mlperf41 => c.engine_mlperf41,
        Generation::Mlperf51 => c.engine_mlperf51,
        Generation::Mlperf60 => c.engine_mlperf60,
        Generation::Vllm0 => c.engine_vllm0,
        Generation::Vllm1 => c.engine_vllm1,
        Generation::VllmRecent => c.engine_vllm_recent,
        Generation::Sglang1 => c.engine_sglang1,
        Generation::SglangRecent | Generation::Sglang510 => c.engine_sglang_recent,
    }
}
