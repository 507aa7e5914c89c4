//! The layouts that a row allows. What it leaves out is what a person who tunes would have
//! chosen: the fastest that fits.

use super::{Reading, Row};
use crate::catalogue::Shape;
use crate::predict::training::*;

/// Adds the readings of a row for one machine, precision and number of accelerators. `critical` is
/// the critical batch of the run in tokens, where the row is of a whole run.
pub(super) fn readings(
    row: &Row<'_>,
    c: &Calibration,
    shape: &Shape,
    mut base: Reading,
    critical: Option<f64>,
    out: &mut Vec<Reading>,
    remarks: &mut Vec<String>,
) -> Result<(), String> {
    base.layout.schedule = schedule(row.text("notes"));
    let stated = (row.count("tp")?, row.count("pp")?);
    let batch = row.number("global_batch")?;
    let (Some(tp), Some(pp)) = stated else {
        base.batch = batch.unwrap_or_else(|| silent_batch(&base, critical, remarks));
        remarks.push("the layout is blank: read as the fastest that fits".into());
        let fixed = Fixed {
            tp: stated.0,
            pp: stated.1,
            cp: row.count("cp")?,
            ep: row.count("ep")?,
            ..Fixed::default()
        };
        let found = search(c, &base.job(shape), &fixed, 1);
        let best = found.best.first().or(found.smallest.as_ref()).ok_or(
            "the layout is blank and no layout divides this model, batch and number of accelerators",
        )?;
        base.layout = best.layout;
        base.micro_batches = vec![best.layout.micro_batch];
        base.chunks = vec![best.layout.vp];
        out.push(base);
        return Ok(());
    };
    let (cp, ep) = (row.count("cp")?.unwrap_or(1), row.count("ep")?.unwrap_or(1));
    let product = tp.saturating_mul(pp).saturating_mul(cp).max(1);
    let dp = row
        .count("dp")?
        .unwrap_or((base.accelerators / product).max(1));
    let unfused = base.stack.unfused();
    base.batch = batch.unwrap_or_else(|| match critical {
        Some(_) => silent_batch(&base, critical, remarks),
        None => {
            remarks.push("global_batch is blank: read as eight micro-batches per stage".into());
            f64::from(dp) * f64::from(pp) * 8.0
        }
    });
    base.layout = Layout {
        tp,
        pp,
        cp,
        ep,
        dp,
        recompute: match row.text("recompute") {
            "full" => Recompute::Full,
            text if text.starts_with("selective") => Recompute::Selective,
            _ if unfused => Recompute::Full,
            _ => Recompute::None,
        },
        sharding: sharding(row.text("distributed_opt"), pp, unfused),
        ..base.layout
    };
    base.silent = row.text("recompute").is_empty() && !unfused;
    base.chunks = match row.count("vp")? {
        Some(vp) => vec![vp],
        // DeepSeek's schedule has two chunks in the shape of a V.
        None if row.text("software") == "DeepSeek in-house" => vec![2],
        None if unfused || shape.experts.is_some() => vec![1],
        None => chunks(shape.layers, pp).collect(),
    };
    base.micro_batches = match row.count("micro_batch")? {
        Some(micro_batch) => vec![micro_batch],
        None if base.task.adapters() => vec![1],
        None => {
            let most = base.batch / f64::from(dp);
            let fit = [1, 2, 4, 8]
                .into_iter()
                .filter(|size| *size == 1 || f64::from(*size) <= most);
            fit.collect()
        }
    };
    // State that cannot fit unsharded was sharded, whatever the row leaves out.
    let held = memory(c, &base.job(shape));
    if base.layout.sharding == Sharding::Optimizer
        && held.weights + held.gradients > base.machine.memory
    {
        remarks.push("the state cannot fit unsharded: read as fully sharded".into());
        base.layout.sharding = Sharding::Weights;
    }
    possible(base, out, remarks);
    Ok(())
}

/// Adds a reading, or what it must have been where its degrees cannot be.
fn possible(mut base: Reading, out: &mut Vec<Reading>, remarks: &mut Vec<String>) {
    let layout = base.layout;
    let shortage = libm::ceil(f64::from(layout.dp) / base.batch.max(1.0));
    if shortage > 1.0 {
        remarks.push(format!(
            "a batch of {} cannot feed {} data-parallel ranks: read with {shortage} times the context parallelism",
            base.batch, layout.dp
        ));
        let parts = shortage as u32;
        base.layout.cp = layout.cp.saturating_mul(parts);
        base.layout.dp = (layout.dp / parts).max(1);
    }
    let ranks = layout
        .tp
        .saturating_mul(layout.cp)
        .saturating_mul(layout.dp);
    if layout.ep > ranks {
        remarks.push(format!(
            "{} expert-parallel ranks do not fit into the {ranks} of a stage: read with fewer stages, and with {ranks}",
            layout.ep
        ));
        let times = layout.ep.div_ceil(ranks.max(1));
        let mut fewer = base.clone();
        fewer.layout.pp = (layout.pp / times).max(1);
        fewer.layout.dp = layout.dp.saturating_mul(times);
        out.push(fewer);
        base.layout.ep = ranks;
    }
    out.push(base);
}

fn schedule(notes: &str) -> Schedule {
    let named = [
        ("schedule=zbv", Schedule::ZeroBubbleV),
        ("schedule=zero-bubble", Schedule::ZeroBubble),
        ("schedule=v-half", Schedule::VHalf),
        ("schedule=v-min", Schedule::VMin),
    ];
    let found = named.iter().find(|(text, _)| notes.contains(text));
    found.map_or(Schedule::OneForwardOneBackward, |(_, schedule)| *schedule)
}

fn sharding(text: &str, pp: u32, unfused: bool) -> Sharding {
    match text {
        "no" => Sharding::None,
        "fsdp-zero2" => Sharding::Gradients,
        "fsdp" if pp > 1 => Sharding::Gradients,
        "fsdp" | "fsdp-zero3" | "zero3" => Sharding::Weights,
        "" if unfused => Sharding::None,
        _ => Sharding::Optimizer,
    }
}

/// A batch where the row has none: the critical batch of the run's tokens, or eight sequences per accelerator.
fn silent_batch(base: &Reading, critical: Option<f64>, remarks: &mut Vec<String>) -> f64 {
    let sequences = match critical {
        Some(batch) => {
            remarks.push("global_batch is blank: read as the critical batch of the run".into());
            batch / base.sequence
        }
        None => {
            remarks.push("global_batch is blank: read as eight sequences per accelerator".into());
            f64::from(base.accelerators) * 8.0
        }
    };
    // A power of two divides well.
    libm::exp2(libm::round(libm::log2(sequences.max(1.0))))
}
