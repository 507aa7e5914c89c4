//! What more tokens buy: the loss of a dense model by parameters and tokens.

/// A law of loss: E + A / N^alpha + B / D^beta, with N parameters and D tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Law {
    /// What no training removes.
    pub floor: f64,
    /// Weight of the parameters.
    pub a: f64,
    /// Weight of the tokens.
    pub b: f64,
    /// Exponent of the parameters.
    pub alpha: f64,
    /// Exponent of the tokens.
    pub beta: f64,
}

impl Law {
    /// Loss per token, in nats.
    pub fn loss(self, parameters: f64, tokens: f64) -> f64 {
        self.floor
            + self.a / libm::pow(parameters, self.alpha)
            + self.b / libm::pow(tokens, self.beta)
    }
}
