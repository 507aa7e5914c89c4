//! How a row's accelerators are used: as its columns say, else the fastest way.

use super::{Arrival, InferenceRow};
use crate::predict::inference::*;
use crate::predict::measured::Row;

/// `spread`: mixtures were measured with attention-DP.
pub(super) fn read(
    row: &Row<'_>,
    c: &Calibration,
    spread: bool,
    read: &mut InferenceRow,
) -> Result<(), String> {
    let n = match row.count("num_accel")? {
        Some(n) => n,
        None => {
            read.remarks.push("num_accel is blank: read as 32".into());
            32
        }
    };
    read.accelerators = f64::from(n);
    if read.arrival == Arrival::Answers(None) {
        let remark = "concurrency is blank: read as many as memory and engine allow";
        read.remarks.push(remark.into());
    }
    let (tp, pp) = (row.count("tp")?, row.count("pp")?);
    let (ep, dp) = (row.count("ep")?, row.count("dp")?);
    if tp.is_none() && pp.is_none() && ep.is_none() && dp.is_none() {
        return fastest(c, read, n);
    }
    let pp = pp.unwrap_or(1);
    let mixture = read.shape.experts.is_some();
    // Production rows count one node of a larger unit.
    let all = n
        .max(dp.unwrap_or(1))
        .max(if dp.is_some() { ep.unwrap_or(1) } else { 1 });
    let ranks = (all / pp).max(1);
    let mut layout = Layout { pp, ..Layout::ONE };
    let wide = tp.filter(|tp| mixture && *tp > read.machine.domain.min(MOST_TENSOR));
    if let Some(wide) = wide {
        read.remarks.push(format!(
            "tp = {wide} is read as {wide} ranks that attend to sequences of their own: no heads divide so far"
        ));
        layout.groups = wide.min(ranks);
        layout.ep = layout.groups;
        read.split = matches!(read.arrival, Arrival::Closed(_));
    } else if spread && mixture && ep.is_none() && dp.is_none() && ranks > 1 {
        read.remarks.push(format!(
            "a mixture on {ranks} ranks: read with attention-DP, as this release was measured"
        ));
        layout.groups = ranks;
        layout.ep = 1;
    } else if let Some(groups) = dp.filter(|dp| mixture && *dp > 1) {
        layout.groups = groups.min(ranks);
        layout.tp = (ranks / layout.groups).max(1);
        layout.ep = ep.unwrap_or(1);
    } else if let Some(ep) = ep.filter(|ep| *ep > 1 && tp.unwrap_or(1) < ranks) {
        read.remarks.push(format!(
            "{ep} expert-parallel ranks with tp = {}: attention is read as cut over all of them",
            tp.unwrap_or(1)
        ));
        layout.tp = ranks;
        layout.ep = ep;
    } else {
        layout.tp = tp.unwrap_or(ranks).min(ranks).max(1);
        layout.ep = ep.unwrap_or(1).min(layout.tp);
        layout.replicas = (ranks / layout.tp).max(1);
    }
    read.layout = layout;
    fits(c, read)
}

/// Attention is not cut into more parts than this.
const MOST_TENSOR: u32 = 8;

fn fits(c: &Calibration, read: &InferenceRow) -> Result<(), String> {
    let job = read.job();
    let held = memory(c, &job, &read.load, 0.0);
    if held.weights() > job.machine.memory {
        return Err(format!(
            "the weights take {:.0} GB on each accelerator, which has {:.0}: give more accelerators or a narrower format",
            held.weights() / 1e9,
            job.machine.memory / 1e9
        ));
    }
    Ok(())
}

/// The layout that gives the highest rate under the row's load.
fn fastest(c: &Calibration, read: &mut InferenceRow, n: u32) -> Result<(), String> {
    let mut best: Option<(f64, Layout)> = None;
    let mut trial = read.clone();
    for layout in layouts(&read.job(), n) {
        trial.layout = layout;
        let job = trial.job();
        if capacity(c, &job, &trial.load) < 1.0 {
            continue;
        }
        let each = match trial.arrival {
            Arrival::Static(batch) => batch / static_batch(c, &job, &trial.load, batch),
            _ => trial.rate(c, &job),
        };
        let rate = each * f64::from(layout.replicas);
        if best.is_none_or(|(most, _)| rate > most) {
            best = Some((rate, layout));
        }
    }
    let (_, layout) = best.ok_or_else(|| {
        format!("{n} accelerators do not hold the model: give more, or a narrower format")
    })?;
    read.remarks.push(format!(
        "the layout is blank: read as the fastest, {} of {} x {} x {} accelerators",
        layout.replicas, layout.tp, layout.groups, layout.pp
    ));
    read.layout = layout;
    Ok(())
}
