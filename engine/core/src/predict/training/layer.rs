//! One layer of a kind on one rank: what a micro-batch costs there, forward and backward.

use super::calibration::Calibration;
use super::job::*;
use super::memory::{FOUR_BITS, sequence_parallel};
use crate::catalogue::Family;

/// Time of one layer of a kind for one micro-batch on one rank, forward and backward.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Layer {
    pub(super) matrices: f64,
    pub(super) attention: f64,
    pub(super) traffic: f64,
    pub(super) recompute: f64,
    pub(super) host: f64,
    pub(super) tensor: f64,
    pub(super) context: f64,
    pub(super) expert: f64,
}

impl Layer {
    pub(super) fn device(&self) -> f64 {
        self.matrices
            + self.attention
            + self.traffic
            + self.recompute
            + self.tensor
            + self.context
            + self.expert
    }
}

pub(super) fn gemm(c: &Calibration, family: Family, precision: Precision) -> f64 {
    use Family::*;
    use Precision::*;
    match (family, precision) {
        (Ampere, _) => c.gemm_ampere,
        (Hopper, Half) => c.gemm_hopper,
        (Hopper, _) => c.gemm_hopper_fp8,
        (Blackwell | BlackwellUltra, Half) => c.gemm_blackwell,
        (Blackwell, Fp8) => c.gemm_blackwell_fp8,
        (Blackwell, Mxfp8) => c.gemm_blackwell_mxfp8,
        (Blackwell, Nvfp4) => c.gemm_blackwell_nvfp4,
        (BlackwellUltra, Fp8) => c.gemm_ultra_fp8,
        (BlackwellUltra, Mxfp8) => c.gemm_ultra_mxfp8,
        (BlackwellUltra, Nvfp4) => c.gemm_ultra_nvfp4,
        (Cdna3, _) => c.gemm_cdna3,
        (Cdna4, _) => c.gemm_cdna4,
        (Tpu, _) => c.gemm_tpu,
        (Gaudi, _) => c.gemm_gaudi,
    }
}

/// The month from which stacks with experts launch less.
const HOST_RECENT_FROM: f64 = 2026.4;
/// The year from which Hopper has kernels of its own for attention.
pub(super) const HOPPER_KERNELS_FROM: f64 = 2024.0;

/// Elements of the output that a device works on at once: a hundred and more tiles of 128 by 256.
const TILES: f64 = 4e6;

fn attention_rate(c: &Calibration, job: &Job<'_>) -> f64 {
    let share = match job.machine.family {
        _ if job.stack.unfused() => c.attention_unfused,
        Family::Hopper if job.stack.year < HOPPER_KERNELS_FROM => c.attention_hopper_early,
        Family::Hopper => c.attention_hopper,
        Family::Blackwell => c.attention_blackwell,
        Family::BlackwellUltra => c.attention_ultra,
        _ => c.attention_ampere,
    };
    // Narrow heads leave part of the matrix units idle.
    let width = match job.shape.latent {
        Some(latent) => latent.nope + latent.rope,
        None => job.shape.head_dim(),
    };
    let narrow = libm::sqrt((f64::from(width) / 128.0).clamp(0.1, 1.0));
    share * narrow * job.machine.half
}

/// Peak of the matrix products of a layer, over their passes.
fn peak(job: &Job<'_>) -> f64 {
    let peak = job.machine.peak(job.precision);
    match (job.machine.family, job.precision) {
        // With integers (AQT) the weights' gradients stay at 16 bits.
        (Family::Tpu, Precision::Fp8) => 3.0 / (2.0 / peak + 1.0 / job.machine.half),
        _ => peak,
    }
}

/// Everything of a job that its layers share.
pub(super) struct Rank<'a> {
    pub(super) c: &'a Calibration,
    pub(super) job: &'a Job<'a>,
    /// Tokens of a micro-batch on this rank.
    pub(super) tokens: f64,
    pub(super) tp: f64,
    /// By how much activations outside of matrix products are divided.
    pub(super) sp: f64,
    pub(super) rate: f64,
    pub(super) hbm: f64,
    /// Bytes of an operand.
    pub(super) operand: f64,
    /// Passes of matrix products: forward, input gradient, weight gradient.
    pub(super) passes: f64,
    pub(super) traffic: f64,
    pub(super) cast: f64,
}

impl<'a> Rank<'a> {
    pub(super) fn new(c: &'a Calibration, job: &'a Job<'a>) -> Self {
        let tp = f64::from(job.layout.tp.max(1));
        Self {
            c,
            job,
            tokens: f64::from(job.layout.micro_batch.max(1)) * job.sequence
                / f64::from(job.layout.cp.max(1)),
            tp,
            sp: if sequence_parallel(job) { tp } else { 1.0 },
            rate: peak(job) * gemm(c, job.machine.family, job.precision),
            hbm: job.machine.memory_bandwidth,
            operand: job.precision.bytes(),
            passes: if job.task.adapters() { 2.0 } else { 3.0 },
            traffic: if job.stack.unfused() {
                c.traffic_unfused
            } else if job.stack.framework == Framework::Fsdp {
                c.traffic_eager
            } else {
                c.traffic_fused
            },
            cast: match job.precision {
                Precision::Half => 0.0,
                Precision::Fp8 => c.cast_fp8,
                Precision::Mxfp8 => c.cast_mxfp8,
                Precision::Nvfp4 => c.cast_nvfp4,
            } * if job.stack.framework == Framework::Fsdp {
                c.cast_eager
            } else {
                1.0
            },
        }
    }

    /// Matrix products: `weights` parameters that `tokens` tokens pass, `input` and `output`
    /// elements per token, `count` products. Their time, and that of the casts.
    fn matrices(
        &self,
        tokens: f64,
        weights: f64,
        input: f64,
        output: f64,
        count: f64,
    ) -> (f64, f64) {
        let flops = 2.0 * tokens * weights;
        // The last wave of output tiles does not fill the device: forward it is as deep as the
        // input is wide, on the way back as the output is and as there are tokens.
        let depth = input
            + output
            + if self.job.task.adapters() {
                0.0
            } else {
                count * tokens
            };
        let idle = self.c.wave * 2.0 * TILES * depth;
        let arithmetic = (self.passes * flops + idle) / self.rate;
        let (gradient, apart) = match self.job.stack.framework {
            _ if self.job.task.adapters() => (0.0, 0.0),
            // A kernel of its own adds the gradient of a micro-batch to those before.
            Framework::DeepSpeedPlain => (2.0 * weights, 10.0 * weights),
            _ => (8.0 * weights, 0.0),
        };
        // Weights in 4 bits are read, and written in 16 for the product to read.
        let unpacked = match self.job.task {
            Task::Qlora => self.passes * weights * (FOUR_BITS + 2.0),
            _ => 0.0,
        };
        let bytes = self.passes
            * (tokens * (input * self.operand + output * 2.0) + weights * self.operand)
            + gradient;
        let cast = self.cast * tokens * (input + output);
        (
            arithmetic
                + self.c.operand_traffic * bytes / self.hbm
                + self.passes * count * self.c.tail,
            (cast + apart + unpacked) / self.hbm,
        )
    }

    /// Time of one exchange of `bytes` per rank over the scale-up links of `n` ranks.
    pub(super) fn scale_up(&self, bytes: f64, n: f64) -> f64 {
        if n <= 1.0 {
            return 0.0;
        }
        bytes * (n - 1.0) / n / (self.job.machine.scale_up * self.c.scale_up)
            + self.c.latency_scale_up
    }

    pub(super) fn network(&self) -> f64 {
        self.job.machine.network * self.c.network
    }

    /// The same for exchanges among experts, in many small parts.
    pub(super) fn expert_network(&self) -> f64 {
        self.job.machine.network * self.c.network_experts
    }

    pub(super) fn attention_part(&self, layer: &mut Layer, window: Option<f64>) {
        let (job, shape) = (self.job, self.job.shape);
        let (h, a) = (f64::from(shape.hidden), f64::from(shape.heads));
        let weights = shape.attention_parameters() / self.tp;
        let (qk, v, kv_width) = match shape.latent {
            None => {
                let d = f64::from(shape.head_dim());
                (d, d, 2.0 * f64::from(shape.kv_heads()) * d)
            }
            Some(latent) => (
                f64::from(latent.nope + latent.rope),
                f64::from(latent.value),
                a * f64::from(latent.nope + latent.rope + latent.value),
            ),
        };
        let inner = a * qk + kv_width;
        let (time, cast) = self.matrices(
            self.tokens,
            weights,
            h + a * v / self.tp,
            inner / self.tp + h,
            if shape.latent.is_some() { 5.0 } else { 2.0 },
        );
        layer.matrices += time;
        layer.traffic += cast;
        // Packed samples attend to themselves only; the mask leaves half.
        let longest = job.packed.unwrap_or(job.sequence).min(job.sequence) / 2.0;
        let seen = window.map_or(longest, |window| window.min(longest));
        // Two products forward; backward takes five, as the scores are computed again.
        let forward =
            2.0 * self.tokens * seen * a * (qk + v) / self.tp / attention_rate(self.c, job);
        let unfused = job.stack.unfused();
        let whole = if unfused { 2.0 * forward } else { forward };
        layer.attention += whole * if unfused { 3.0 } else { 3.5 };
        if unfused {
            // Scores, softmax and dropout are written and read.
            let scores = self.tokens * job.sequence * a / self.tp;
            layer.traffic += self.c.traffic_unfused * 16.0 * scores / self.hbm;
        }
        if job.layout.recompute != Recompute::None && unfused
            || job.layout.recompute == Recompute::Full
        {
            layer.recompute += whole;
        }
        let elements = 10.0 * h / self.sp + 2.0 * inner / self.tp;
        layer.traffic += self.elementwise(elements);
        let cp = f64::from(job.layout.cp.max(1));
        if cp > 1.0 {
            let bytes = self.tokens * kv_width / self.tp * 2.0 * cp;
            // Keys and values forward; they and their gradients backward.
            let n = cp * self.tp;
            let domain = f64::from(job.machine.domain);
            let time = if n <= domain {
                3.0 * self.scale_up(bytes, cp)
            } else {
                let inside = (domain / self.tp).max(1.0);
                3.0 * bytes * (1.0 - inside / cp) / self.network()
                    + 3.0 * self.scale_up(bytes, inside)
            };
            layer.context += self.c.exposed_cp * time
                + (time * (1.0 - self.c.exposed_cp) - layer.attention).max(0.0);
        }
        self.tensor(layer);
    }

    /// The exchanges around one block of a layer (attention or feed-forward).
    fn tensor(&self, layer: &mut Layer) {
        if self.tp <= 1.0 {
            return;
        }
        let bytes = self.tokens * f64::from(self.job.shape.hidden) * 2.0;
        let exchanges = if self.job.layout.recompute == Recompute::Full {
            6.0
        } else {
            4.0
        };
        let time = exchanges * self.scale_up(bytes, self.tp);
        let plain = self.job.stack.framework.plain();
        // Adapters need the gathered input too: nothing is cut into chunks that work could hide.
        layer.tensor += if plain || self.job.task.adapters() {
            time
        } else {
            self.c.exposed_tp * time
        };
    }

    /// Memory traffic of `elements` 16-bit elements per token forward, with the way back.
    fn elementwise(&self, elements: f64) -> f64 {
        let again = if self.job.layout.recompute == Recompute::Full {
            3.5
        } else {
            2.5
        };
        self.traffic * again * 2.0 * self.tokens * elements / self.hbm
    }

    pub(super) fn dense_part(&self, layer: &mut Layer) {
        let shape = self.job.shape;
        let (h, f) = (f64::from(shape.hidden), f64::from(shape.ffn) / self.tp);
        let ways = shape.matrices() - 1.0;
        let (time, cast) = self.matrices(
            self.tokens,
            shape.dense_parameters() / self.tp,
            h + f,
            ways * f + h,
            2.0,
        );
        layer.matrices += time;
        layer.traffic += cast + self.elementwise(6.0 * h / self.sp + (ways + 1.0) * f);
        self.tensor(layer);
    }

    pub(super) fn linear_part(&self, layer: &mut Layer) {
        let shape = self.job.shape;
        let Some(linear) = shape.linear else { return };
        let h = f64::from(shape.hidden);
        let inner = (2.0 * f64::from(linear.inner) + 2.0 * f64::from(linear.keys)) / self.tp;
        let (time, cast) = self.matrices(
            self.tokens,
            shape.linear_parameters() / self.tp,
            h + f64::from(linear.inner) / self.tp,
            inner + h,
            2.0,
        );
        layer.matrices += time;
        layer.traffic += cast + self.elementwise(10.0 * h / self.sp + 4.0 * inner);
        // The scan in chunks: within a chunk like attention, between chunks through the state.
        let scan = 4.0 * self.tokens * f64::from(linear.inner) / self.tp
            * (f64::from(linear.state) * 2.0 + 128.0);
        layer.attention += 3.5 * scan / (self.c.scan * self.job.machine.half);
        self.tensor(layer);
    }

    pub(super) fn expert_part(&self, layer: &mut Layer) {
        let (job, shape) = (self.job, self.job.shape);
        let Some(experts) = shape.experts else { return };
        let h = f64::from(shape.hidden);
        let width = f64::from(experts.width.unwrap_or(shape.hidden));
        let (f, k) = (f64::from(experts.ffn), f64::from(experts.active));
        let ep = f64::from(job.layout.ep.max(1));
        let own = self.tokens / self.tp;
        let ways = shape.matrices() - 1.0;
        let local = (f64::from(experts.routed) / ep).max(1.0);
        // Every token passes k experts; with balanced routing each rank has as much as it sends.
        let routed = own * k;
        let one = shape.expert_parameters();
        let arithmetic = self.passes * 2.0 * routed * one / (self.rate * self.c.grouped);
        let gradient = if job.task.adapters() { 0.0 } else { 8.0 };
        let bytes = self.passes
            * (routed * ((width + f) * self.operand + (ways * f + width) * 2.0)
                + local * one * self.operand)
            + gradient * local * one;
        layer.matrices += arithmetic
            + self.c.operand_traffic * bytes / self.hbm
            + self.passes * local * self.c.tail_expert;
        layer.traffic += self.cast * routed * (width + f + ways * f + width) / self.hbm;
        let common = shape.common_parameters();
        let shared = f64::from(experts.shared_ffn);
        let (time, cast) = self.matrices(own, common, h + shared, ways * shared + h, 3.0);
        layer.matrices += time;
        layer.traffic += cast;
        let again = 2.5;
        layer.traffic +=
            self.traffic * again * 2.0 * own * (6.0 * h + k * (ways + 1.0) * f) / self.hbm;
        layer.traffic += self.c.permutation * again * 2.0 * own * k * 4.0 * width / self.hbm;
        self.tensor(layer);
        if ep > 1.0 {
            let domain = f64::from(job.machine.domain);
            // A rank is sent a token once, whichever of its experts it goes to.
            let copies = k.min(ep * (1.0 - libm::pow(1.0 - 1.0 / ep, k)));
            let inside = ep.min(domain);
            let bytes = own * copies * width * 2.0;
            let there =
                4.0 * bytes * (inside - 1.0) / ep / (job.machine.scale_up * self.c.scale_up)
                    + 4.0 * self.c.latency_scale_up;
            let away = if ep > domain {
                // A node is sent a token once, whichever of its experts it goes to.
                let nodes = ep / domain;
                let copies = k.min(nodes * (1.0 - libm::pow(1.0 - 1.0 / nodes, k)));
                4.0 * own * copies * width * 2.0 * (1.0 - domain / ep) / self.expert_network()
                    + 4.0 * self.c.latency_network
            } else {
                0.0
            };
            let share = if job.layout.vp > 1 {
                self.c.exposed_ep
            } else {
                1.0
            };
            layer.expert += (there + away) * share;
        }
        if job.stack.token_drop {
            layer.matrices *= self.c.padded;
            layer.traffic *= self.c.padded;
        }
        let mut host = self.c.host_experts + self.c.host_expert * local;
        if job.stack.token_drop {
            host *= self.c.host_static;
        }
        if job.stack.year >= HOST_RECENT_FROM {
            host *= self.c.host_recent;
        }
        layer.host += host;
    }
}
