//! What the prediction of inference takes from outside: fitted constants, accelerators and engines as
//! measured data name them, and the loads that published scenarios stand for.

use super::Techniques;
use super::{BackingData, EnergyData, ErrorClass, FittedConstant, LanguageData, LifetimeData};
use crate::design::Format;
use crate::quantity::*;
use crate::sourced::{Source, Sourced};
use crate::table::Table;
use crate::written::{Read, Write};

/// Everything that the prediction of inference needs besides parts and models.
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
#[written(default)]
pub struct InferenceData {
    /// Fitted constants, by name.
    pub constants: Table<FittedConstant>,
    /// Accelerators that it knows, by the accelerator's id.
    pub machines: Table<ServingMachine>,
    /// Serving engines by generation.
    pub engines: Table<EngineRelease>,
    /// Loads of published scenarios.
    pub loads: Table<ServedLoad>,
    /// Published checkpoints that hold keys and values in a width of their own.
    pub checkpoints: Table<Checkpoint>,
    /// Traffic as it was recorded.
    pub traffics: Table<Traffic>,
    /// Accelerators that can be cut into slices, by the accelerator's id.
    pub slices: Table<Slicing>,
    /// Accelerators in a rack of their usual system, by the accelerator's id.
    pub racks: Table<Sourced<u32>>,
    /// Formats with what of the quality they keep.
    pub formats: Table<KeptQuality>,
    /// What of the score is kept with keys and values in 8 bits.
    pub narrow_cache: Sourced<Ratio>,
    /// Ways to draft tokens.
    pub drafting: Table<Drafter>,
    /// Published scores of models, each table from one hand.
    pub scores: Table<Scores>,
    /// What techniques of serving need: disaggregation, tiers of the cache, drafting.
    pub techniques: Techniques,
    /// How far predictions were off on rows that the fit had not seen, by class.
    pub errors: Table<ErrorClass>,
    /// Power while serving.
    pub energy: EnergyData,
    /// Tokens of words by language.
    pub languages: LanguageData,
    /// What changes over the life of a service.
    pub lifetime: LifetimeData,
    /// How many measured rows stand behind a prediction.
    pub backing: BackingData,
    /// Measured rows that look wrong or ambiguous, by id, with the reason: the fit weighs them less.
    pub doubtful: Table<String>,
    /// Where measured rows come from, by the key in their table.
    pub measured: Table<Source>,
}

impl InferenceData {
    /// Bytes of an element of keys and values as a release holds them for weights of a format.
    pub fn cache(&self, model: &str, format: Format, release: &EngineRelease) -> f64 {
        let is = |one: &&Checkpoint| one.model == model && one.format == format;
        let own = self.checkpoints.values().find(is);
        let own = own.and_then(|checkpoint| checkpoint.cache.known());
        let narrow = release.narrow_cache && format != Format::Half;
        own.unwrap_or(if narrow { 1.0 } else { 2.0 })
    }

    /// The accelerator that measured data call so, with its id. The count of a cluster's
    /// accelerators, `(x64)`, is no part of the name.
    pub fn machine(&self, name: &str) -> Option<(&str, &ServingMachine)> {
        let bare = name.split(" (x").next().unwrap_or(name);
        let known = |machine: &ServingMachine| machine.names.iter().any(|known| known == bare);
        let mut all = self.machines.iter();
        let found = all.find(|(_, machine)| known(machine));
        found.map(|(id, machine)| (id.as_str(), machine))
    }
}

/// Families of accelerators that share constants of inference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
pub enum Chip {
    /// A100.
    Ampere,
    /// L40S.
    Ada,
    /// H100, H200, H800.
    Hopper,
    /// B200, GB200, B300, GB300.
    Blackwell,
    /// RTX PRO 6000: Blackwell on a card with graphics memory.
    BlackwellCard,
    /// MI300X, MI325X.
    Cdna3,
    /// MI350X, MI355X.
    Cdna4,
}

/// An accelerator as inference sees it.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct ServingMachine {
    /// Family.
    pub chip: Chip,
    /// Accelerators of the node that such measurements are made on.
    pub node: u32,
    /// Network per accelerator where nothing is stated.
    pub network: Sourced<BitsPerSec>,
    /// What joins accelerators that have no scale-up links, one direction.
    #[written(default)]
    pub link: Sourced<BytesPerSec>,
    /// What the driver offers of the memory, where it is less than the label in binary units.
    #[written(default)]
    pub memory: Sourced<Bytes>,
    /// The host is a Grace processor.
    #[written(default)]
    pub grace: bool,
    /// What measured data call it.
    pub names: Vec<String>,
}

/// Serving engines whose host work is alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
pub enum EngineKind {
    /// TensorRT-LLM with compiled engines and a scheduler in C++.
    TensorRt,
    /// TensorRT-LLM with its PyTorch backend.
    TensorRtTorch,
    /// vLLM, and what is built like it.
    Vllm,
    /// SGLang.
    Sglang,
}

/// Generations whose kernels are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
pub enum Generation {
    /// TensorRT-LLM 0.9 and its time.
    TensorRt09,
    /// TensorRT-LLM 0.14 and its time.
    TensorRt014,
    /// TensorRT-LLM 1.0.
    TensorRt10,
    /// TensorRT-LLM after 1.0.
    TensorRt1x,
    /// MLPerf Inference v4.1.
    Mlperf41,
    /// MLPerf Inference v5.1.
    Mlperf51,
    /// MLPerf Inference v6.0.
    Mlperf60,
    /// vLLM before its second engine (V1).
    Vllm0,
    /// vLLM with V1, 2025.
    Vllm1,
    /// vLLM of 2026.
    VllmRecent,
    /// SGLang of 2025.
    Sglang1,
    /// SGLang until early 2026.
    SglangRecent,
    /// SGLang since 0.5.10, April 2026.
    Sglang510,
}

/// A range of releases of a serving engine.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct EngineRelease {
    /// Kind.
    pub kind: EngineKind,
    /// Generation.
    pub generation: Generation,
    /// Beginnings of the engine's name in measured data; none = any name.
    #[written(default)]
    pub names: Vec<String>,
    /// Texts in the version that tell it.
    #[written(default)]
    pub versions: Vec<String>,
    /// First month, for rows without a version; empty where only the version tells it.
    #[written(default)]
    pub from: String,
    /// Prompt tokens of a step, as it comes.
    pub chunk: Sourced<u32>,
    /// Most sequences that run at once, as it comes.
    pub batch: Sourced<u32>,
    /// Mixtures on several accelerators were measured with attention-DP, where rows do not say.
    #[written(default)]
    pub spread: bool,
    /// Sizes of published runs.
    #[written(default)]
    pub runs: Vec<Run>,
    /// Keys and values are held in 8 bits where the weights are; else in 16.
    pub narrow_cache: bool,
}

/// Requests of a published run by the tokens of prompt and answer.
#[derive(Debug, Clone, Copy, PartialEq, Write, Read)]
pub struct Run {
    /// Tokens of a prompt.
    pub prompt: u32,
    /// Tokens of an answer.
    pub output: u32,
    /// Requests, all handed over at the start.
    pub requests: u32,
}

/// What a published scenario asks for, where rows leave it out.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct ServedLoad {
    /// Text in the scenario that tells it.
    pub scenario: String,
    /// The model's id, where the load is of one model.
    #[written(default)]
    pub model: Option<String>,
    /// Mean tokens of a prompt.
    pub prompt: Sourced<u32>,
    /// Mean tokens of an answer.
    #[written(default)]
    pub output: Sourced<u32>,
    /// Limits of the 99th percentile with a server's load: first token, then each further one.
    #[written(default)]
    pub server: Option<Limits>,
    /// The same with an interactive load.
    #[written(default)]
    pub interactive: Option<Limits>,
    /// Drafting that entries with an interactive load use.
    #[written(default)]
    pub drafting: Option<Drafting>,
}

/// Drafted tokens that a pass verifies, as measured.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Drafting {
    /// Tokens drafted for a pass.
    pub drafted: u32,
    /// Tokens that a pass yields, the verified one included.
    pub accepted: Sourced<f64>,
}

/// A published checkpoint that holds keys and values in a width of its own, whatever the engine does.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Checkpoint {
    /// The model's id.
    pub model: String,
    /// Format of its weights.
    pub format: Format,
    /// Bytes of an element of keys and values.
    pub cache: Sourced<f64>,
}

/// Traffic as it was recorded: lengths, and how both lengths and arrivals scatter.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Traffic {
    /// Name for people.
    pub name: String,
    /// Mean tokens of a prompt.
    pub prompt: Sourced<u32>,
    /// Mean tokens of an answer.
    pub output: Sourced<u32>,
    /// Coefficient of variation of the times between arrivals.
    pub arrivals: Sourced<Ratio>,
    /// The same of the prompts' tokens.
    pub prompt_scatter: Sourced<Ratio>,
    /// The same of the answers' tokens.
    pub output_scatter: Sourced<Ratio>,
    /// The longest of so many answers as multiple of the mean one, as computed from the record.
    #[written(default)]
    pub longest: Vec<(f64, f64)>,
    /// Mean load as share of that of the busiest hour.
    pub mean_by_peak: Sourced<Ratio>,
    /// The quietest hour as share of the busiest.
    #[written(default)]
    pub trough_by_peak: Sourced<Ratio>,
    /// Busiest hour of a day at the weekend as share of that of a weekday.
    #[written(default)]
    pub weekend: Sourced<Ratio>,
    /// Share of the saturated rate that those who serve such traffic plan for in the busiest hour.
    #[written(default)]
    pub peak_load: Sourced<Ratio>,
    /// Share of the prompts' tokens that was found cached.
    pub cached: Sourced<Ratio>,
}

impl Traffic {
    /// Use of the accelerators over the week as it is planned in practice: mean by peak times the
    /// load in the busiest hour.
    pub fn usual_use(&self) -> Option<f64> {
        let mean = self.mean_by_peak.known()?.get();
        Some(mean * self.peak_load.known()?.get())
    }
}

/// How an accelerator can be cut into slices that serve by themselves.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Slicing {
    /// Compute slices of the whole.
    pub compute: Sourced<u32>,
    /// Memory slices of the whole.
    pub memory: Sourced<u32>,
    /// Sizes that there are, the smallest first.
    pub profiles: Vec<SliceProfile>,
}

/// One size of slices.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct SliceProfile {
    /// Its name.
    pub name: String,
    /// Compute slices of it.
    pub compute: u32,
    /// Memory slices of it.
    pub memory: u32,
    /// So many fit on one accelerator.
    pub most: Sourced<u32>,
}

/// What of a model's quality a narrower format keeps.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct KeptQuality {
    /// The format.
    pub format: Format,
    /// Share of the score in 16 bits, models of tens of billions of parameters and more.
    pub kept: Sourced<Ratio>,
    /// The same of models of about 8 billion parameters, which lose most.
    pub small: Sourced<Ratio>,
}

/// A way to draft tokens that the model then verifies.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Drafter {
    /// Name for people.
    pub name: String,
    /// Only models with next-token predictors of their own can.
    pub own: bool,
    /// What it drafts, and what of that is taken.
    pub tokens: Drafting,
}

/// Scores of models by one hand and one test; those of others are not comparable.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Scores {
    /// Name for people.
    pub name: String,
    /// Differences below this say nothing.
    pub gap: Sourced<Ratio>,
    /// Key of the source of all scores.
    pub source: String,
    /// Scores by the model's id.
    pub models: Table<f64>,
}

/// Limits of latency.
#[derive(Debug, Clone, Copy, PartialEq, Write, Read)]
pub struct Limits {
    /// Of the first token.
    pub first: Seconds,
    /// Of each further token.
    pub each: Seconds,
}
