//! Checkpoints: how large, how long, how often.

use crate::quantity::{Bytes, BytesPerSec, Seconds};
use crate::written::Write;

/// What saving costs on the storage of the design.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Checkpoint {
    /// Size of one.
    pub bytes: Bytes,
    /// Rate at which the job writes it, by the slower of storage and the nodes' links to it.
    pub write_rate: BytesPerSec,
    /// What training waits for each.
    pub blocking: Seconds,
    /// Until storage has it; behind training where it is staged.
    pub drain: Seconds,
    /// Reading it back.
    pub reload: Seconds,
    /// From the begin of one to that of the next: stated, or the best.
    pub interval: Seconds,
    /// The interval that loses least, no shorter than a drain.
    pub best: Seconds,
    /// Young's estimate of it, for comparison.
    pub young: Seconds,
    /// Share of the time that training waits.
    pub blocked: f64,
}

/// Young's interval: checkpoint time and mean time between interruptions decide it.
pub fn young(mean_time: f64, blocking: f64) -> f64 {
    libm::sqrt(2.0 * mean_time * blocking) + blocking
}

/// Daly's, which counts the restart in.
pub fn daly(mean_time: f64, blocking: f64, restart: f64) -> f64 {
    libm::sqrt(2.0 * (mean_time + restart) * blocking) + blocking
}

/// The interval at which [`super::goodput::efficiency`] is largest. Down time and reload move
/// the share, not the interval.
pub fn best(mean_time: f64, blocking: f64) -> f64 {
    if mean_time <= 0.0 || !mean_time.is_finite() {
        return if mean_time > 0.0 {
            f64::INFINITY
        } else {
            blocking
        };
    }
    // With x = interval / mean time and c = blocking / mean time the slope of the efficiency
    // is zero where x - c - 1 + e^-x is. It is convex and rises; the start lies right of its
    // zero, so that Newton's steps fall to it without overshoot.
    let c = blocking / mean_time;
    let mut x = libm::sqrt(2.0 * c) + c;
    for _ in 0..NEWTON_STEPS {
        let fall = libm::expm1(-x);
        if fall == 0.0 {
            break;
        }
        x += (x - c + fall) / fall;
    }
    x * mean_time
}

/// Steps that bring the root to the last digit from any start used here.
const NEWTON_STEPS: usize = 8;
