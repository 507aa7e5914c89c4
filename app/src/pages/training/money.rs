//! What training costs over the life: the run, the model with all that is tried for it, and every
//! model that follows, owned, rented and mixed; energy and carbon.

use super::Shown;
use super::words::{ends, quantity, three};
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, SortKey, data_table};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::CampaignCost;
use plumbline_engine::predict::run::{Campaign, Footprint, Outlook};
use plumbline_engine::quantity::{Money, WattHours};

/// The section.
pub(super) fn money(shown: Shown) -> AnyView {
    let costs = move || {
        let hours = shown.outlook(|outlook| outlook.campaign.clone()).flatten();
        hours
            .map(|hours| shown.cost.with(|cost| rows(&hours, cost.as_deref())))
            .unwrap_or_default()
    };
    let years = move || {
        let hours = shown.outlook(|outlook| outlook.campaign.clone()).flatten();
        hours
            .map(|hours| shown.cost.with(|cost| by_year(&hours, cost.as_deref())))
            .unwrap_or_default()
    };
    let columns = vec![
        Column::text("What"),
        Column::figures("Accelerator-hours"),
        Column::figures("As planned"),
        Column::figures("Owned"),
        Column::figures("Rented"),
        Column::figures("Energy"),
        Column::figures("Its emissions"),
    ];
    let yearly = vec![
        Column::text("Year"),
        Column::figures("Accelerator-hours"),
        Column::figures("As planned"),
    ];
    view! {
        <section class="training-money" aria-label="Cost of training">
            <h2>"Cost of training over the life"</h2>
            <p class="training-says">{move || shown.outlook(|outlook| say(shown, outlook))}</p>
            <div class="scroll" role="region" aria-label="Cost of training by scope" tabindex="0">
                {data_table("One run, one model, all models of the life".into(), columns, costs)}
            </div>
            <div class="scroll training-years" role="region" aria-label="Cost of training by year" tabindex="0">
                {data_table("By year of use, without data".into(), yearly, years)}
            </div>
        </section>
    }
    .into_any()
}

fn say(shown: Shown, outlook: &Outlook) -> String {
    let Some(campaign) = &outlook.campaign else {
        let missing = outlook.missing.as_deref().unwrap_or("the time of the run");
        return format!("Not known yet: {missing} would decide it.");
    };
    let mut words = format!(
        "{} over the life",
        format::plural(campaign.models as usize, "full model", "full models")
    );
    if campaign.continued > 0 {
        words += &format!(
            " and {}",
            format::plural(
                campaign.continued as usize,
                "continued run",
                "continued runs"
            )
        );
    }
    words += &format!(
        "; the final run is {} of what one model takes.",
        format::percent(campaign.final_run.mid / campaign.model.mid)
    );
    if campaign.busiest > 1.0 {
        words += &format!(
            " In its busiest year that is {} of the hours that the design has: it does not fit.",
            format::percent(campaign.busiest)
        );
    }
    if campaign.rented > 0.0 {
        words += &format!(
            " {} of the hours are rented.",
            format::percent(campaign.rented)
        );
    }
    let missing = shown
        .cost
        .with(|cost| cost.as_ref().and_then(|cost| cost.missing.clone()));
    if let Some(missing) = missing {
        words += &format!(" The money is not known: {missing} is missing.");
    }
    words
}

/// The middle, and below it the ends.
fn cell<T: Copy + PartialEq>(range: Range<T>, key: fn(T) -> f64, show: fn(T) -> String) -> Cell {
    Cell {
        view: view! { <b>{show(range.mid)}</b><span class="ends">{ends(range, show)}</span> }
            .into_any(),
        key: SortKey::Number(key(range.mid)),
    }
}

fn money_cell(amount: Option<Range<Money>>) -> Cell {
    let unknown = || Cell::text("not known");
    amount.map_or_else(unknown, |range| cell(range, Money::get, format::money))
}

fn hours_cell(hours: Range<f64>) -> Cell {
    cell(hours, |hours| hours, three)
}

fn rows(campaign: &Campaign, cost: Option<&CampaignCost>) -> Vec<Row> {
    let row = |name: &str,
               hours: Range<f64>,
               money: [Option<Range<Money>>; 3],
               footprint: Option<Footprint>| {
        let [planned, owned, rented] = money.map(money_cell);
        let energy = footprint.map(|all| all.energy);
        let carbon = footprint.and_then(|all| all.operational);
        let unknown = || Cell::text("not known");
        Row {
            cells: vec![
                Cell::text(name),
                hours_cell(hours),
                planned,
                owned,
                rented,
                energy.map_or_else(unknown, |energy| cell(energy, WattHours::get, quantity)),
                carbon.map_or_else(unknown, |carbon| {
                    Cell::figure(carbon.mid.get(), quantity(carbon.mid))
                }),
            ],
        }
    };
    let of = |pick: fn(&CampaignCost) -> [Option<Range<Money>>; 3]| cost.map_or([None; 3], pick);
    vec![
        row(
            "Final run",
            campaign.final_run,
            of(|c| [c.run, c.run_owned, c.run_rented]),
            campaign.run_footprint,
        ),
        row(
            "One model, with experiments and post-training",
            campaign.model,
            of(|c| [c.model, c.model_owned, c.model_rented]),
            campaign.model_footprint,
        ),
        row(
            "All models of the life",
            campaign.lifetime,
            of(|c| [c.lifetime, c.lifetime_owned, c.lifetime_rented]),
            campaign.lifetime_footprint,
        ),
    ]
}

fn by_year(campaign: &Campaign, cost: Option<&CampaignCost>) -> Vec<Row> {
    let years = campaign.years.iter().enumerate();
    years
        .map(|(at, hours)| {
            let money = cost.and_then(|cost| cost.years.get(at).copied());
            Row {
                cells: vec![
                    Cell::text(&(at + 1).to_string()),
                    hours_cell(*hours),
                    money_cell(money),
                ],
            }
        })
        .collect()
}
