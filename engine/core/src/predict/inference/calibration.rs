//! The fitted constants. Their values stand in `references/inference/constants.ron`, with unit,
//! physical bound and what fixes each.

use crate::predict::constants::calibration;

calibration! {
    /// Large matrix products, share of the peak of their precision: A100.
    gemm_ampere,
    /// The same: L40S.
    gemm_ada,
    /// 16 bits: Hopper.
    gemm_hopper,
    /// 8 bits: Hopper.
    gemm_hopper_fp8,
    /// 16 bits: Blackwell.
    gemm_blackwell,
    /// 8 bits: Blackwell.
    gemm_blackwell_fp8,
    /// 4 bits: Blackwell.
    gemm_blackwell_fp4,
    /// 16 and 8 bits: Blackwell on cards.
    gemm_card,
    /// 4 bits: Blackwell on cards.
    gemm_card_fp4,
    /// MI300X, MI325X.
    gemm_cdna3,
    /// MI350X, MI355X.
    gemm_cdna4,
    /// Products of experts, rate as share of a single product's: A100, L40S, Hopper.
    grouped_hopper,
    /// The same: Blackwell.
    grouped_blackwell,
    /// The same: cards.
    grouped_card,
    /// The same: AMD.
    grouped_cdna,
    /// Multiple of it with kernels of 2026.
    grouped_recent,
    /// The same with those of MLPerf v5.1.
    grouped_mlperf51,
    /// The same with those of MLPerf v6.0.
    grouped_mlperf60,
    /// Loss of each further stage of a pipeline, share of the time on the accelerators.
    bubble,
    /// Products in 16 bits of experts that are held in 4, rate as share of that of plain ones.
    unpacked,
    /// Tokens by which the work of a touched expert is padded.
    tile,
    /// Reading weights, share of the memory bandwidth: A100, Hopper.
    stream_hopper,
    /// The same: Blackwell.
    stream_blackwell,
    /// The same: cards with graphics memory.
    stream_card,
    /// The same: AMD.
    stream_cdna,
    /// Reading keys and values, share of the memory bandwidth.
    stream_cache,
    /// Reading experts, rate as share of that of other weights.
    stream_experts,
    /// Part of the shorter of arithmetic and reading that the longer hides.
    hidden,
    /// Attention over a prompt, share of the 16-bit peak.
    attention,
    /// Attention of a step with compressed keys, share of the 16-bit peak.
    attention_latent,
    /// Traffic of activations besides matrix products, multiple of the least.
    activations,
    /// Traffic of sending tokens to experts and back, multiple of the least.
    permutation,
    /// Fixed time of a layer, s: compiled TensorRT-LLM.
    layer_compiled,
    /// The same: TensorRT-LLM on PyTorch.
    layer_torch,
    /// The same: vLLM.
    layer_vllm,
    /// The same: SGLang.
    layer_sglang,
    /// What a layer with 8-bit weights adds for casting activations, s: vLLM.
    layer_cast,
    /// What a layer with experts adds, s: TensorRT-LLM before Blackwell.
    experts_hopper,
    /// The same: vLLM, SGLang.
    experts_hopper_open,
    /// The same: Blackwell.
    experts_blackwell,
    /// What 8-bit experts add to that, s: vLLM.
    experts_cast,
    /// What a layer with compressed keys or a linear state adds, s.
    layer_latent,
    /// Work of the host for a layer of a pass over prompts, which no graph holds, s.
    eager,
    /// What a layer with compressed keys or a linear state adds to that, s.
    eager_latent,
    /// The same: TensorRT-LLM.
    eager_latent_nvidia,
    /// The same: TensorRT-LLM on Blackwell.
    eager_latent_blackwell,
    /// Work of the host for a step, s: compiled TensorRT-LLM.
    step_compiled,
    /// The same: TensorRT-LLM 1.0, the first on PyTorch.
    step_torch_first,
    /// The same: TensorRT-LLM on PyTorch since.
    step_torch,
    /// The same: vLLM.
    step_vllm,
    /// The same: SGLang.
    step_sglang,
    /// Work of the host for a running sequence and step, s: compiled TensorRT-LLM.
    sequence_compiled,
    /// The same: TensorRT-LLM on PyTorch.
    sequence_torch,
    /// The same: vLLM.
    sequence_vllm,
    /// The same: SGLang.
    sequence_sglang,
    /// Part of the host's work that the accelerator hides, of what it could: TensorRT-LLM.
    host_hidden,
    /// The same: vLLM, SGLang.
    host_hidden_open,
    /// Multiple of both on a Grace processor.
    grace,
    /// Work of the host for a request, s: TensorRT-LLM.
    request_nvidia,
    /// The same: vLLM, SGLang.
    request_open,
    /// Fixed time of an exchange inside a scale-up domain, s: A100, Hopper.
    exchange_hopper,
    /// The same: Blackwell.
    exchange_blackwell,
    /// The same: AMD.
    exchange_cdna,
    /// The same over PCIe.
    exchange_card,
    /// Scale-up links, share of the line rate.
    scale_up,
    /// The same: Blackwell.
    scale_up_blackwell,
    /// PCIe, share of the line rate: L40S.
    link,
    /// The same: Blackwell on cards.
    link_card,
    /// Network, share of the line rate.
    network,
    /// Growth of the load of the fullest rank with the logarithm of the ranks that experts are spread over.
    imbalance,
    /// Exponent of the tokens that choose experts as if they were independent.
    routing,
    /// Time on the accelerator, multiple: TensorRT-LLM 0.9.
    engine_trt09,
    /// The same: TensorRT-LLM 0.14.
    engine_trt014,
    /// The same: TensorRT-LLM 1.0.
    engine_trt10,
    /// The same: TensorRT-LLM after 1.0.
    engine_trt1x,
    /// The same: MLPerf v4.1.
    engine_mlperf41,
    /// The same: MLPerf v5.1.
    engine_mlperf51,
    /// The same: MLPerf v6.0.
    engine_mlperf60,
    /// The same: vLLM before V1.
    engine_vllm0,
    /// The same: vLLM V1 of 2025.
    engine_vllm1,
    /// The same: vLLM of 2026.
    engine_vllm_recent,
    /// The same: SGLang of 2025.
    engine_sglang1,
    /// The same: SGLang of 2026.
    engine_sglang_recent,
    /// Memory of the runtime on each accelerator, bytes.
    runtime,
    /// Share of its answer that a request holds memory for: TensorRT-LLM, which evicts none.
    held_nvidia,
    /// The same: vLLM, SGLang.
    held_open,
    /// Time before and after the prefill until the first token, s: TensorRT-LLM.
    first_nvidia,
    /// The same: vLLM.
    first_vllm,
    /// The same: SGLang.
    first_sglang,
    /// Prompts that an arriving one waits for, share of the others in flight to a power.
    wave,
    /// The same: SGLang on Blackwell.
    wave_sglang,
    /// That power.
    wave_power,
    /// Wait of requests that memory keeps out, share of what is expected.
    wait,
    /// Time to the first token where prompts are read elsewhere, multiple.
    split_first,
    /// Work on others' prompts during an answer, multiple of the mean.
    interference,
    /// Requests started per step from which the median step holds a prompt.
    median_step,
    /// 99th percentile of the time of a token under a server's load, multiple of the mean.
    tail,
    /// Rate under a server's load, share of the saturated one where no limit binds.
    server,
    /// Share of the free memory that engines take for keys and values.
    usable,
}
