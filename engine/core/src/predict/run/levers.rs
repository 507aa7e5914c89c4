//! What one change would buy: in time, and in accelerator-hours.

use super::Outlook;
use super::figures::Figures;
use super::practice::Practice;
use crate::derive::Derived;
use crate::design::Workload;
use crate::quantity::Seconds;
use crate::written::Write;

/// A change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write)]
pub enum LeverKind {
    /// One more rack of nodes stands by.
    SpareRack,
    /// Storage twice as fast: twice the units.
    CheckpointBandwidth,
}

/// What a change buys at the middle of all figures.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct Lever {
    /// The change.
    pub kind: LeverKind,
    /// Time by which the run ends sooner.
    pub saves: Seconds,
    /// Accelerator-hours that the job needs less.
    pub accelerator_hours: f64,
    /// Accelerator-hours that the change itself takes.
    pub takes: f64,
}

pub(super) fn levers(
    derived: &Derived<'_>,
    figures: Figures<'_>,
    workload: &Workload,
    practice: &Practice,
    outlook: &Outlook,
) -> Result<Vec<Lever>, String> {
    let (Some(checkpoint), Some(now)) = (outlook.checkpoint, outlook.time) else {
        return Ok(Vec::new());
    };
    let (now, ideal) = (now.mid.get(), outlook.ideal.map(Seconds::get));
    let (crew, spares) = (outlook.crew, outlook.spares);
    let hours = |seconds: f64, accelerators: u64| seconds * accelerators as f64 / 3600.0;
    let lever = |kind, time: f64, added: u64| Lever {
        kind,
        saves: Seconds::new((now - time).max(0.0)),
        accelerator_hours: hours((now - time).max(0.0), spares.reserved),
        takes: hours(time, added),
    };
    let rate = outlook.failures.per_accelerator_day;
    let rack = derived
        .main_group()
        .map_or(1, |group| u64::from(group.nodes_per_rack.max(1)));
    let more = rack.div_ceil(crew.domain);
    let with = crew.spares(figures, workload, rate, more)?;
    let with_rack = practice.time(ideal, &checkpoint, with.capacity).mid;
    let faster = practice
        .time(ideal, &practice.checkpoint(2.0), spares.capacity)
        .mid;
    Ok(vec![
        lever(
            LeverKind::SpareRack,
            with_rack,
            with.reserved - spares.reserved,
        ),
        lever(LeverKind::CheckpointBandwidth, faster, 0),
    ])
}
