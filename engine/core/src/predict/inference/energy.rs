//! Energy of served tokens: the mean power of an accelerator from what its time goes into, by the tokens
//! of that time.

use super::calibration::Calibration as Passes;
use super::job::{Job, Load};
use super::serve::balance;
use crate::catalogue::Chip;
use crate::predict::constants::calibration;
use crate::reference::World;

calibration! {
    /// Power of an accelerator that passes run on at all, share of its rating: clocks up, small
    /// kernels, exchanges, waits for the host.
    awake,
    /// What arithmetic adds while it runs, share of the rating: Ampere, Ada, Hopper, AMD.
    arithmetic,
    /// The same: Blackwell.
    arithmetic_blackwell,
    /// What reading memory adds while it runs, share of the rating.
    reading,
}

/// The constants of a world.
///
/// # Errors
/// The name of one that it does not have.
pub fn power_calibration(world: &World) -> Result<Calibration, String> {
    Calibration::shipped(&world.inference.energy.constants, "inference.energy")
}

/// What the time of an instance goes into.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Occupied {
    /// Share of the time that arithmetic alone would take.
    pub arithmetic: f64,
    /// Share of it that reading memory alone would take.
    pub reading: f64,
}

/// What the time of an instance goes into while so many sequences run. Arithmetic and reading
/// overlap: both shares together may be more than one.
pub fn occupied(c: &Passes, job: &Job<'_>, load: &Load, running: f64) -> Occupied {
    let request = |c: &Passes, job: &Job<'_>| 1.0 / balance(c, job, load, running).requests;
    let all = request(c, job);
    // Times that hide behind the work of the accelerator would show as work.
    let mut plain = *c;
    (plain.host_hidden, plain.host_hidden_open) = (0.0, 0.0);
    (plain.eager, plain.eager_latent, plain.eager_latent_nvidia) = (0.0, 0.0, 0.0);
    let with = |arithmetic: f64, reading: f64| {
        let mut other = job.clone();
        let machine = &mut other.machine;
        machine.half *= arithmetic;
        machine.eight *= arithmetic;
        machine.four *= arithmetic;
        machine.memory_bandwidth *= reading;
        request(&plain, &other)
    };
    let rest = with(AT_ONCE, AT_ONCE);
    Occupied {
        arithmetic: (with(1.0, AT_ONCE) - rest) / all,
        reading: (with(AT_ONCE, 1.0) - rest) / all,
    }
}

/// Multiple of a rate at which work takes no time.
const AT_ONCE: f64 = 1e9;

/// Mean power of an accelerator as share of its rating, which it does not pass.
pub fn power_share(c: &Calibration, at: &Occupied, chip: Chip) -> f64 {
    let arithmetic = match chip {
        Chip::Blackwell | Chip::BlackwellCard => c.arithmetic_blackwell,
        Chip::Ampere | Chip::Ada | Chip::Hopper | Chip::Cdna3 | Chip::Cdna4 => c.arithmetic,
    };
    (c.awake + arithmetic * at.arithmetic + c.reading * at.reading).min(1.0)
}
