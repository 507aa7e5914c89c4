//! What a prediction needs to know: the model as it is served, its layout, the machine and the engine.

use crate::catalogue::{Accelerator, Chip, EngineKind, Generation, ServingMachine, Shape};
pub use crate::design::Format;
use crate::written::Write;

/// Width in which matrix products are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 16 bits.
    Half,
    /// 8 bits.
    Eight,
    /// 4 bits.
    Four,
}

/// How an instance is spread over accelerators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub struct Layout {
    /// Ranks that share the attention of a token.
    pub tp: u32,
    /// Pipeline stages.
    pub pp: u32,
    /// Groups of such ranks that attend to sequences of their own and share the rest (attention-DP).
    pub groups: u32,
    /// Ranks over which whole experts are spread; the rest of the ranks cut experts.
    pub ep: u32,
    /// Copies of all this.
    pub replicas: u32,
}

impl Layout {
    /// Everything on one accelerator.
    pub const ONE: Self = Self {
        tp: 1,
        pp: 1,
        groups: 1,
        ep: 1,
        replicas: 1,
    };

    /// Ranks of a stage.
    pub fn ranks(&self) -> f64 {
        f64::from(self.tp.max(1)) * f64::from(self.groups.max(1))
    }

    /// Accelerators of an instance.
    pub fn instance(&self) -> f64 {
        self.ranks() * f64::from(self.pp.max(1))
    }
}

/// One accelerator and the links that leave it. Rates in operations and bytes per second, one
/// direction; memory in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Machine {
    /// Family.
    pub chip: Chip,
    /// Dense 16-bit rate.
    pub half: f64,
    /// Dense 8-bit rate.
    pub eight: f64,
    /// Dense 4-bit rate; the 8-bit rate where there is none.
    pub four: f64,
    /// Memory bandwidth.
    pub memory_bandwidth: f64,
    /// Memory.
    pub memory: f64,
    /// Scale-up bandwidth, or that of PCIe where there are no such links.
    pub scale_up: f64,
    /// Accelerators are joined by PCIe only.
    pub pcie: bool,
    /// The scale-up links meet in switches.
    pub switched: bool,
    /// Accelerators in one scale-up domain.
    pub domain: u32,
    /// Network bandwidth per accelerator.
    pub network: f64,
    /// The host is a Grace processor.
    pub grace: bool,
}

/// Labels count memory in powers of two.
const BINARY: f64 = 1.073_741_824;

impl Machine {
    /// An accelerator of the catalogue as it serves.
    ///
    /// # Errors
    /// The figure that is missing.
    pub fn of(part: &Accelerator, known: &ServingMachine) -> Result<Self, String> {
        let need =
            |value: Option<f64>, what: &str| value.ok_or_else(|| format!("{}.{what}", part.id));
        let half = need(part.bf16.known().map(|rate| rate.get()), "bf16")?;
        // The rate of 8-bit integers, where floating point of that width is not known.
        let eight = part.fp8.known().map_or(
            match known.chip {
                Chip::Ampere => 2.0 * half,
                _ => half,
            },
            |rate| rate.get(),
        );
        let bandwidth = part.memory_bandwidth.known().map(|rate| rate.get());
        let label = part.memory.known().map(|size| size.get() * BINARY);
        let network = known.network.known().map(|rate| rate.get() / 8.0);
        let network = need(network, "network")?;
        let scale_up = part.scale_up.known().map(|rate| rate.get());
        let link = known.link.known().map(|rate| rate.get());
        let domain = part.scale_up_domain.known().unwrap_or(1).max(1);
        Ok(Self {
            chip: known.chip,
            half,
            eight,
            four: part.fp4.known().map_or(eight, |rate| rate.get()),
            memory_bandwidth: need(bandwidth, "memory_bandwidth")?,
            memory: need(
                known.memory.known().map(|size| size.get()).or(label),
                "memory",
            )?,
            scale_up: scale_up.or(link).unwrap_or(network),
            pcie: scale_up.is_none(),
            switched: scale_up.is_some() && matches!(known.chip, Chip::Hopper | Chip::Blackwell),
            domain: if scale_up.is_none() {
                known.node.max(1)
            } else {
                domain
            },
            network,
            grace: known.grace,
        })
    }

    /// Dense peak in a width.
    pub fn peak(&self, width: Width) -> f64 {
        match width {
            Width::Half => self.half,
            Width::Eight => self.eight,
            Width::Four => self.four,
        }
    }

    /// The width in which products with weights of a format are computed.
    pub fn width(&self, format: Format) -> Width {
        let four = self.four > self.eight;
        match format {
            Format::Half | Format::Int4 => Width::Half,
            Format::Fp8 | Format::Int8 if self.eight > self.half => Width::Eight,
            Format::Fp8 | Format::Int8 => Width::Half,
            Format::Nvfp4 if four => Width::Four,
            // Activations are of 8 bits there.
            Format::Mxfp4 if four && self.chip == Chip::Blackwell => Width::Eight,
            Format::Nvfp4 | Format::Mxfp4 => Width::Half,
        }
    }
}

/// The engine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stack {
    /// Kind.
    pub kind: EngineKind,
    /// Generation.
    pub generation: Generation,
    /// Prompt tokens of a step.
    pub chunk: f64,
    /// Most sequences that run at once on a rank's group.
    pub batch: f64,
}

/// Drafted tokens that a pass verifies.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Speculation {
    /// Tokens drafted for a pass.
    pub drafted: f64,
    /// Tokens that a pass yields.
    pub accepted: f64,
    /// Parameters of the drafter's own layers and head as share of the model's active ones.
    pub drafter: f64,
}

/// A model as it is served.
#[derive(Debug, Clone, PartialEq)]
pub struct Job<'a> {
    /// The model.
    pub shape: &'a Shape,
    /// Format of its weights.
    pub format: Format,
    /// Bytes of an element of keys and values.
    pub cache: f64,
    /// Layout.
    pub layout: Layout,
    /// Machine.
    pub machine: Machine,
    /// Engine.
    pub stack: Stack,
    /// Drafting, if any.
    pub speculation: Option<Speculation>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Load {
    /// Tokens of a prompt.
    pub prompt: f64,
    /// Tokens of an answer.
    pub output: f64,
    /// Share of the prompt whose keys and values are at hand.
    pub cached: f64,
}

impl Load {
    /// Mean tokens that a token of the answer looks back on.
    pub fn context(&self) -> f64 {
        self.prompt + self.output / 2.0
    }

    /// Tokens of a prompt that are computed.
    pub fn computed(&self) -> f64 {
        (self.prompt * (1.0 - self.cached)).max(1.0)
    }
}
