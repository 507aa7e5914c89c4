//! Costs as JSON and text.

use super::SCHEMA;
use super::lifetime::{lifetime, spoken};
use crate::catalogue::Range;
use crate::cost::{CampaignCost, CostLine, Costs, difference};
use crate::design::Design;
use crate::quantity::{HourlyPrice, Money, TokenPrice};
use crate::written::tree;
use serde_json::{Value, json};

/// Costs side by side; with two designs or more, the difference of the second to the first,
/// line by line.
pub fn cost_json(designs: &[(&Design, &Costs)]) -> Value {
    let first = designs.first();
    let differences = match designs {
        [(_, a), (_, b), ..] => difference(a, b),
        _ => Vec::new(),
    };
    json!({
        "schema": SCHEMA,
        "currency": first.map(|(_, costs)| costs.currency.as_str()),
        "years": first.map(|(_, costs)| costs.years),
        "designs": designs.iter().map(|(design, costs)| one(design, costs)).collect::<Vec<_>>(),
        "difference": differences.iter().map(|d| json!({
            "path": d.path, "label": d.label, "amount": d.amount.get(), "share": d.share,
        })).collect::<Vec<_>>(),
    })
}

fn one(design: &Design, costs: &Costs) -> Value {
    json!({
        "name": design.name,
        "years": costs.years,
        "capex": money(costs.capex), "opex": money(costs.opex), "residual": money(costs.residual),
        "tco": money(costs.tco), "npv": money(costs.npv),
        "discount": costs.discount.get(), "utilisation": costs.utilisation.get(),
        "per_accelerator_hour": costs.per_accelerator_hour.map(hourly),
        "provisioned_w": costs.provisioned.get(), "mean_w": costs.mean.get(),
        "at_least": costs.at_least(), "missing": costs.missing, "unknowns": costs.unknowns, "unused_quotes": costs.unused_quotes,
        "soft_share": costs.soft_share.get(),
        "rent": costs.rent.as_ref().map(|r| json!({
            "rent": hourly(r.rent), "own": hourly(r.own),
            "break_even": { "low": r.break_even.low, "mid": r.break_even.mid, "high": r.break_even.high },
            "source": r.origin.source, "section": r.origin.section, "grade": r.origin.grade.to_string(),
        })),
        "outcomes": costs.outcomes.iter().map(|o| json!({
            "workload": o.workload, "accelerator_hours": o.accelerator_hours,
            "run": o.run.map(money), "run_rented": o.run_rented.map(money),
            "million_tokens": o.million_tokens.map(per_tokens),
            "million_tokens_rented": o.million_tokens_rented.map(per_tokens),
            "request": o.served.map(|served| money(served.request)),
            "million_read": o.served.map(|served| per_tokens(served.million_read)),
            "million_cached": o.served.and_then(|served| served.million_cached).map(per_tokens),
            "bought": o.served.and_then(|served| served.bought).map(|bought| json!({
                "request": money(bought.request),
                "break_even": { "low": bought.break_even.low, "mid": bought.break_even.mid, "high": bought.break_even.high },
            })),
            "million_answered": o.served.map(|served| per_tokens(served.million_answered)),
            "spoken": o.spoken.iter().map(spoken).collect::<Vec<_>>(), "spoken_missing": o.spoken_missing,
            "missing": o.missing,
        })).collect::<Vec<_>>(),
        "lifetimes": costs.lifetimes.iter().map(lifetime).collect::<Vec<_>>(),
        "campaigns": costs.campaigns.iter().map(campaign).collect::<Vec<_>>(),
        "lines": costs.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn campaign(c: &CampaignCost) -> Value {
    json!({
        "workload": c.workload, "subject": c.subject, "missing": c.missing,
        "run": c.run.map(money), "run_owned": c.run_owned.map(money), "run_rented": c.run_rented.map(money),
        "model": c.model.map(money), "model_owned": c.model_owned.map(money), "model_rented": c.model_rented.map(money),
        "years": c.years.iter().map(|year| money(*year)).collect::<Vec<_>>(),
        "lifetime": c.lifetime.map(money), "lifetime_owned": c.lifetime_owned.map(money),
        "lifetime_rented": c.lifetime_rented.map(money), "data": c.data.get(),
        "levers": c.levers.iter().map(|lever| json!({
            "kind": tree(&lever.kind), "days": lever.days, "saves": lever.saves.get(), "costs": lever.costs.get(),
        })).collect::<Vec<_>>(),
    })
}

fn line(line: &CostLine) -> Value {
    json!({
        "path": line.path, "label": line.label, "subject": line.subject,
        "quantity": line.quantity, "unit": line.unit,
        "unit_price": line.unit_price.map(|p| json!({ "low": p.low, "mid": p.mid, "high": p.high })),
        "low": line.total.low.get(), "mid": line.total.mid.get(), "high": line.total.high.get(),
        "years": line.years.iter().map(|year| money(*year)).collect::<Vec<_>>(),
        "kind": tree(&line.kind), "date": line.date,
        "grade": line.origin.grade.to_string(), "source": line.origin.source, "section": line.origin.section,
        "missing": line.missing,
    })
}

fn money(range: Range<Money>) -> Value {
    json!({ "low": range.low.get(), "mid": range.mid.get(), "high": range.high.get() })
}
fn hourly(range: Range<HourlyPrice>) -> Value {
    json!({ "low": range.low.get(), "mid": range.mid.get(), "high": range.high.get() })
}
fn per_tokens(range: Range<TokenPrice>) -> Value {
    json!({ "low": range.low.get(), "mid": range.mid.get(), "high": range.high.get() })
}

/// Costs as a table of text.
pub fn cost_text(designs: &[(&Design, &Costs)]) -> String {
    let mut out = String::new();
    for (design, costs) in designs {
        let least = if costs.at_least() { "at least " } else { "" };
        out += &format!(
            "{} · {} years · {}\n",
            design.name, costs.years, costs.currency
        );
        for (name, range) in [
            ("capex", costs.capex),
            ("opex", costs.opex),
            ("tco", costs.tco),
            ("npv", costs.npv),
        ] {
            out += &format!("  {name:<8} {least}{}\n", shown(range));
        }
        if let Some(hour) = costs.per_accelerator_hour {
            out += &format!(
                "  per accelerator-hour {least}{:.2} ({:.2} to {:.2}) at {:.0} % utilisation\n",
                hour.mid.get(),
                hour.low.get(),
                hour.high.get(),
                costs.utilisation.get() * 100.0
            );
        }
        for line in &costs.lines {
            let amount = match &line.missing {
                Some(missing) if line.years.is_empty() => format!("unknown: {missing}"),
                Some(missing) => format!("at least {}; missing: {missing}", shown(line.total)),
                None => shown(line.total),
            };
            out += &format!("    {:<44} {amount}  [{}]\n", line.path, line.origin.grade);
        }
    }
    if let [(_, a), (_, b), ..] = designs {
        out += "difference, second less first\n";
        for d in difference(a, b) {
            out += &format!(
                "    {:<44} {:>16.0}  {:>6.1} %\n",
                d.path,
                d.amount.get(),
                d.share * 100.0
            );
        }
    }
    out
}

fn shown(range: Range<Money>) -> String {
    use crate::quantity::Quantity;
    format!(
        "{} ({} to {})",
        range.mid.pretty(),
        range.low.pretty(),
        range.high.pretty()
    )
}
