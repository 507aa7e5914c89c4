//! The dimensions of a transformer, as far as arithmetic, memory and traffic follow from them.

use crate::written::{Read, Write};

/// Dimensions of a language model. A plain one has attention and a dense feed-forward network in
/// every layer; `attention_layers`, `dense_layers` and `linear` say where it differs.
#[derive(Debug, Clone, PartialEq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Shape {
    /// Depth: what a pipeline divides.
    pub layers: u32,
    /// Width of the residual stream.
    pub hidden: u32,
    /// Query heads of an attention layer.
    pub heads: u32,
    /// Key and value heads; `None` = as many as query heads.
    pub kv_heads: Option<u32>,
    /// Width of a head; `None` = hidden / heads.
    pub head_dim: Option<u32>,
    /// Compressed keys and values in place of heads of their own (MLA).
    pub latent: Option<Latent>,
    /// Width of the dense feed-forward network; 0 where there is none.
    pub ffn: u32,
    /// Feed-forward networks have a gate (SwiGLU, GeGLU): three matrices in place of two.
    pub gated: bool,
    /// Layers that have attention; `None` = all.
    pub attention_layers: Option<u32>,
    /// Layers with a dense feed-forward network; `None` = all, or none where there are experts.
    pub dense_layers: Option<u32>,
    /// Experts.
    pub experts: Option<Experts>,
    /// Attention over a window only, in some of the layers.
    pub window: Option<Window>,
    /// State-space or linear attention in some of the layers.
    pub linear: Option<Linear>,
    /// Vocabulary.
    pub vocab: u32,
    /// The output head is the input embedding.
    pub tied: bool,
    /// Further next-token predictors (MTP), each one more layer and one more use of the head.
    pub mtp: u32,
}

/// Multi-head latent attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Latent {
    /// Rank of the queries; 0 = not compressed.
    pub query_rank: u32,
    /// Rank of keys and values: what is cached, with `rope`.
    pub rank: u32,
    /// Width of a head without position.
    pub nope: u32,
    /// Width of the part with position, shared by the heads.
    pub rope: u32,
    /// Width of a value head.
    pub value: u32,
}

/// A mixture of experts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
#[written(default)]
pub struct Experts {
    /// Layers that have them; `None` = all.
    pub layers: Option<u32>,
    /// Experts to choose from.
    pub routed: u32,
    /// Experts that a token goes to.
    pub active: u32,
    /// Width of an expert.
    pub ffn: u32,
    /// Width of what every token passes besides (all shared experts together).
    pub shared_ffn: u32,
    /// Width at which experts work where that is not the residual stream (latent experts).
    pub width: Option<u32>,
}

/// Attention over the last tokens only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Window {
    /// Layers that look back so far only.
    pub layers: u32,
    /// How far.
    pub tokens: u32,
}

/// State-space (Mamba) or linear attention layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Linear {
    /// Layers that have it.
    pub layers: u32,
    /// Inner width (value heads times their width).
    pub inner: u32,
    /// Width of keys (groups times state).
    pub keys: u32,
    /// Width of the state of one channel.
    pub state: u32,
}

impl Shape {
    /// Key and value heads.
    pub fn kv_heads(&self) -> u32 {
        self.kv_heads.unwrap_or(self.heads)
    }

    /// Width of a head. 0 where neither it nor the heads are known.
    pub fn head_dim(&self) -> u32 {
        self.head_dim
            .unwrap_or_else(|| self.hidden.checked_div(self.heads).unwrap_or(0))
    }

    /// Layers with attention.
    pub fn attention_layers(&self) -> u32 {
        self.attention_layers.unwrap_or(self.layers)
    }

    /// Layers with experts.
    pub fn expert_layers(&self) -> u32 {
        self.experts
            .map_or(0, |experts| experts.layers.unwrap_or(self.layers))
    }

    /// Layers with a dense feed-forward network.
    pub fn dense_layers(&self) -> u32 {
        self.dense_layers.unwrap_or(if self.experts.is_some() {
            0
        } else {
            self.layers
        })
    }

    /// Parameters of the attention of one layer.
    pub fn attention_parameters(&self) -> f64 {
        let (h, a) = (f64::from(self.hidden), f64::from(self.heads));
        match self.latent {
            None => {
                let d = f64::from(self.head_dim());
                2.0 * h * d * (a + f64::from(self.kv_heads()))
            }
            Some(latent) => {
                let [query_rank, rank, nope, rope, value] = [
                    latent.query_rank,
                    latent.rank,
                    latent.nope,
                    latent.rope,
                    latent.value,
                ]
                .map(f64::from);
                let queries = if latent.query_rank == 0 {
                    h * a * (nope + rope)
                } else {
                    query_rank * (h + a * (nope + rope))
                };
                queries + h * (rank + rope) + rank * a * (nope + value) + a * value * h
            }
        }
    }

    /// Parameters of the linear part of one layer.
    pub fn linear_parameters(&self) -> f64 {
        self.linear.map_or(0.0, |linear| {
            let h = f64::from(self.hidden);
            h * (3.0 * f64::from(linear.inner) + 2.0 * f64::from(linear.keys))
        })
    }

    /// Matrices of a feed-forward network.
    pub fn matrices(&self) -> f64 {
        if self.gated { 3.0 } else { 2.0 }
    }

    /// Parameters of one dense feed-forward network.
    pub fn dense_parameters(&self) -> f64 {
        self.matrices() * f64::from(self.hidden) * f64::from(self.ffn)
    }

    /// Parameters of one routed expert.
    pub fn expert_parameters(&self) -> f64 {
        self.experts.map_or(0.0, |experts| {
            let width = experts.width.unwrap_or(self.hidden);
            self.matrices() * f64::from(width) * f64::from(experts.ffn)
        })
    }

    /// Parameters of a layer with experts that every token passes: shared experts, router, and
    /// the ways into and out of a narrower width.
    pub fn common_parameters(&self) -> f64 {
        self.experts.map_or(0.0, |experts| {
            let h = f64::from(self.hidden);
            let ways = experts
                .width
                .map_or(0.0, |width| 2.0 * h * f64::from(width));
            self.matrices() * h * f64::from(experts.shared_ffn)
                + h * f64::from(experts.routed)
                + ways
        })
    }

    /// Parameters of the input embedding, which is also the size of the head.
    pub fn embedding_parameters(&self) -> f64 {
        f64::from(self.vocab) * f64::from(self.hidden)
    }

    /// All parameters, without those of further predictors, biases and norms (below 0.1 %).
    pub fn parameters(&self) -> f64 {
        self.body(|experts| f64::from(experts.routed))
    }

    /// Parameters that one token uses, embedding and head included.
    pub fn active_parameters(&self) -> f64 {
        self.body(|experts| f64::from(experts.active))
    }

    fn body(&self, experts_counted: impl Fn(Experts) -> f64) -> f64 {
        let tables = if self.tied { 1.0 } else { 2.0 };
        let experts = self.experts.map_or(0.0, experts_counted) * self.expert_parameters();
        tables * self.embedding_parameters()
            + f64::from(self.attention_layers()) * self.attention_parameters()
            + f64::from(self.linear.map_or(0, |linear| linear.layers)) * self.linear_parameters()
            + f64::from(self.dense_layers()) * self.dense_parameters()
            + f64::from(self.expert_layers()) * (experts + self.common_parameters())
    }
}
