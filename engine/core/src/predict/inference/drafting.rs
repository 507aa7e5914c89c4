//! Drafted tokens of a plan: how many a verifying pass yields.

use super::job::Speculation;
use crate::catalogue::Shape;
use crate::design::DraftingPlan;
use crate::reference::World;

/// What a plan drafts; `None` where it names no drafter.
///
/// # Errors
/// The field that cannot be, or the name that the world does not have.
pub(super) fn speculation(
    world: &World,
    plan: &DraftingPlan,
    (model, shape): (&str, &Shape),
    remarks: &mut Vec<String>,
) -> Result<Option<Speculation>, String> {
    let Some(key) = &plan.drafter else {
        return Ok(None);
    };
    let way = world.inference.drafting.get(key);
    let way = way.ok_or_else(|| format!("inference.drafting.{key}"))?;
    if way.own && shape.mtp == 0 {
        return Err("serving.drafting.drafter".into());
    }
    let drafted = plan.drafted.unwrap_or(way.tokens.drafted);
    if drafted == 0 {
        return Ok(None);
    }
    let most = f64::from(drafted) + 1.0;
    let accepted = match plan.accepted {
        Some(stated) if (1.0..=most).contains(&stated) => stated,
        Some(stated) => {
            remarks.push(format!(
                "a pass cannot yield {stated} tokens where {drafted} are drafted: between 1 and {most}"
            ));
            stated.clamp(1.0, most)
        }
        None => published(world, key, model, drafted, remarks)?,
    };
    Ok(Some(Speculation {
        drafted: f64::from(drafted),
        accepted,
        // One layer of the drafter's for each of the model's, and a head.
        drafter: 1.0 / f64::from(shape.layers.max(1)),
    }))
}

/// Tokens of a pass as published for the model and drafter, else the fewest that are published for
/// the drafter.
fn published(
    world: &World,
    drafter: &str,
    model: &str,
    drafted: u32,
    remarks: &mut Vec<String>,
) -> Result<f64, String> {
    let all = world.inference.techniques.acceptance.values();
    let known = all.filter(|known| known.drafter == drafter);
    let lengths = known.filter_map(|known| {
        let lengths = known.lengths.get()?;
        Some((known, at(lengths, drafted)?, lengths.last()?.0))
    });
    let own = |models: &[String]| models.iter().any(|known| known == model);
    let (known, length, last) = lengths
        .min_by(|(a, x, _), (b, y, _)| {
            let own = own(&b.models).cmp(&own(&a.models));
            own.then(x.total_cmp(y))
        })
        .ok_or("serving.drafting.accepted")?;
    if !own(&known.models) {
        remarks.push(format!(
            "no acceptance of drafted tokens is published for this model: that of {} is taken, the least of this drafter, {length:.2} tokens a pass",
            known.name
        ));
    }
    if drafted > last {
        remarks.push(format!(
            "more than {last} drafted tokens are not measured: they bring no more"
        ));
    }
    Ok(length)
}

/// Between the drafts that were measured; beyond the longest no more than with it.
fn at(lengths: &[(u32, f64)], drafted: u32) -> Option<f64> {
    let above = lengths.iter().position(|(tokens, _)| *tokens >= drafted);
    let Some(above) = above else {
        return lengths.last().map(|(_, length)| *length);
    };
    let (to, high) = *lengths.get(above)?;
    let Some((from, low)) = above.checked_sub(1).and_then(|below| lengths.get(below)) else {
        return Some(high);
    };
    let share = f64::from(drafted - from) / f64::from(to - from).max(1.0);
    Some(low + share * (high - low))
}
