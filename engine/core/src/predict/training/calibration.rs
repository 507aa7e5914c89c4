//! The fitted constants. Their values stand in `references/training/constants.ron`, with unit,
//! physical bound and what fixes each.

use crate::predict::constants::calibration;

calibration! {
    /// Large matrix products, share of the 16-bit peak: A100.
    gemm_ampere,
    /// The same: Hopper.
    gemm_hopper,
    /// The same, share of the FP8 peak: Hopper.
    gemm_hopper_fp8,
    /// Share of the 16-bit peak: Blackwell and Blackwell Ultra.
    gemm_blackwell,
    /// Share of the FP8 peak: Blackwell.
    gemm_blackwell_fp8,
    /// Share of the FP8 peak with block scales: Blackwell.
    gemm_blackwell_mxfp8,
    /// Share of the FP4 peak: Blackwell.
    gemm_blackwell_nvfp4,
    /// Share of the FP8 peak: Blackwell Ultra.
    gemm_ultra_fp8,
    /// Share of the FP8 peak with block scales: Blackwell Ultra.
    gemm_ultra_mxfp8,
    /// Share of the FP4 peak: Blackwell Ultra.
    gemm_ultra_nvfp4,
    /// Share of the 16-bit peak: MI300X, MI325X.
    gemm_cdna3,
    /// Share of the 16-bit peak: MI350X, MI355X.
    gemm_cdna4,
    /// Share of the 16-bit peak: TPU.
    gemm_tpu,
    /// Share of the 16-bit peak: Gaudi.
    gemm_gaudi,
    /// Fused attention, share of the 16-bit peak: A100 and all others that have no line.
    attention_ampere,
    /// The same: Hopper with the kernels of 2023.
    attention_hopper_early,
    /// The same: Hopper with kernels since 2024.
    attention_hopper,
    /// The same: Blackwell.
    attention_blackwell,
    /// The same: Blackwell Ultra, with its faster exponentials.
    attention_ultra,
    /// Attention that writes its scores (before 2023), share of the 16-bit peak.
    attention_unfused,
    /// Operands of matrix products: part of their memory traffic that the arithmetic does not hide.
    operand_traffic,
    /// Memory traffic besides matrix products, multiple of the least: fused stacks.
    traffic_fused,
    /// The same: stacks that run operator by operator.
    traffic_eager,
    /// The same: stacks before 2023.
    traffic_unfused,
    /// Bytes moved to cast one element to FP8 with tensor scales.
    cast_fp8,
    /// The same with block scales.
    cast_mxfp8,
    /// The same to FP4.
    cast_nvfp4,
    /// Multiple of that in stacks that run operator by operator.
    cast_eager,
    /// State-space and linear attention cores, share of the 16-bit peak.
    scan,
    /// Memory traffic of one logit, bytes.
    logit_traffic,
    /// Scale-up links, share of the line rate.
    scale_up,
    /// Network, share of the line rate.
    network,
    /// The same for exchanges among experts.
    network_experts,
    /// Share of tensor-parallel traffic that nothing hides.
    exposed_tp,
    /// Share of context-parallel traffic that nothing hides.
    exposed_cp,
    /// Share of data-parallel traffic that nothing hides.
    exposed_dp,
    /// Share of the traffic of fully sharded weights that nothing hides.
    exposed_shards,
    /// Share of expert traffic that nothing hides where chunks of a pipeline can.
    exposed_ep,
    /// Share of transfers between stages that nothing hides.
    exposed_pp,
    /// Years by which a stack tuned for a benchmark is ahead.
    tuned_lead,
    /// Part of a micro-batch's work that data-parallel traffic can hide behind.
    window,
    /// Bytes of gradients and weights that cross the network per parameter, 16-bit recipes.
    state_traffic,
    /// The same, FP8 and FP4 recipes.
    state_traffic_low,
    /// Time of the host for a dense layer and micro-batch, s.
    host_layer,
    /// Time of the host for a layer with experts and micro-batch, s.
    host_experts,
    /// Time of the host for each expert that a rank holds, s.
    host_expert,
    /// Work of experts padded to their capacity, multiple of that of unpadded ones.
    padded,
    /// Multiple of the host's time where shapes are static (token drop).
    host_static,
    /// Multiple of the host's time with containers of the middle of 2026 and later.
    host_recent,
    /// Grouped matrix products, rate as share of a single one's.
    grouped,
    /// Time lost at the start and end of a matrix product, s.
    tail,
    /// The same in a grouped product, per expert, s.
    tail_expert,
    /// Memory traffic of sending tokens to experts, multiple of the least.
    permutation,
    /// Memory traffic of an optimiser step, bytes per parameter.
    optimizer_traffic,
    /// Fixed time of a step, s.
    step,
    /// Growth of the step with the logarithm of the number of nodes.
    straggler,
    /// Rate of a network whose collectives run as flat rings, share of the line rate.
    flat_ring,
    /// Yearly gain of dense training from software.
    gain_dense,
    /// Yearly gain of the stacks before 2023.
    gain_plain,
    /// Yearly gain of training with experts.
    gain_experts,
    /// Latency of one exchange inside a scale-up domain, s.
    latency_scale_up,
    /// Latency of one exchange over the network, s.
    latency_network,
    /// Yearly gain in the time of the host for dense layers, as stacks launch whole graphs.
    gain_host,
    /// Part of a wave of output tiles that is idle at the end of a matrix product.
    wave,
    /// Cost of recomputing just what memory lacks, where a row does not say, as share of that of whole layers.
    silent_recompute,
    /// Further launches of a layer whose tensors are divided, for each of tensor and context parallelism, as share of those of a whole one.
    host_group,
    /// Fixed time of a step of stacks that run operator by operator, s.
    step_eager,
    /// Memory kept for contexts and buffers, B.
    reserve,
}
