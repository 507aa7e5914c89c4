//! How sure the times of a service are: by the errors of measured rows of that kind.

use super::forecast::{Service, UNLIKE};
use crate::catalogue::Range;
use crate::reference::World;

/// The class of measured rows of the time to the first token.
pub const FIRST: &str = "first token";
/// The class of measured rows of the time between two further tokens.
pub const EACH: &str = "time per token";

impl Service {
    /// A time until the first token with its band.
    pub fn first(&self, world: &World, seconds: f64) -> Range<f64> {
        self.banded(world, FIRST, seconds)
    }

    /// A time between two tokens with its band.
    pub fn each(&self, world: &World, seconds: f64) -> Range<f64> {
        self.banded(world, EACH, seconds)
    }

    /// [`Met::speed`] with its band.
    pub fn speed(&self, world: &World) -> Range<f64> {
        let each = self.each(world, self.met.each.half);
        Range {
            low: 1.0 / each.high,
            mid: 1.0 / each.mid,
            high: 1.0 / each.low,
        }
    }

    fn banded(&self, world: &World, class: &str, mid: f64) -> Range<f64> {
        let (low, high) = band(world, class, self.backing.thin);
        Range {
            low: mid * low,
            mid,
            high: mid * high,
        }
    }
}

/// The class of rows whose whole source was left out: what is measured by other hands, with other
/// software.
pub const SOURCE: &str = "a source left out";

/// The band of a time of a class. A person's own model on their own accelerator is rarely one that
/// was measured: that of what is unlike any row is counted in; where few rows stand behind it, that of
/// whole sources left out too. None where no errors are known.
pub(super) fn band(world: &World, class: &str, thin: bool) -> (f64, f64) {
    let errors = &world.inference.errors;
    let classes = [Some(class), Some(UNLIKE), thin.then_some(SOURCE)];
    let known = classes.into_iter().flatten();
    let bands = known
        .filter_map(|class| errors.get(class))
        .map(|class| class.band);
    let widest = bands.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    widest.unwrap_or((1.0, 1.0))
}
