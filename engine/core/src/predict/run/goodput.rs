//! The share of the time that ends up as progress.

/// Share of the time that ends up as progress, exactly, where interruptions come at random
/// with a mean time between them (exponential), and come while a checkpoint is written or
/// read too. `period` runs from one checkpoint to the next and holds `blocking`; `down` passes
/// before the reload begins. All in seconds.
pub fn efficiency(mean_time: f64, blocking: f64, period: f64, down: f64, reload: f64) -> f64 {
    let work = period - blocking;
    if work <= 0.0 || mean_time <= 0.0 {
        return 0.0;
    }
    if !mean_time.is_finite() {
        return work / period;
    }
    let interrupted =
        (mean_time + down) * libm::exp(reload / mean_time) * libm::expm1(period / mean_time);
    if interrupted.is_finite() {
        work / interrupted
    } else {
        0.0
    }
}

/// The same as operators of large clusters published it: lost are half an interval and the
/// restart with each interruption, and each save. Below a few thousand accelerators the two
/// agree; where little is left it is too low, and never below nothing.
pub fn expected(mean_time: f64, blocking: f64, interval: f64, restart: f64) -> f64 {
    let left = 1.0 - (restart + interval / 2.0) / mean_time;
    (left / (1.0 + blocking / interval)).max(0.0)
}
