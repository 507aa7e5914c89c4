//! Owning against renting: which is cheaper, from which utilisation on, and how sure that is.

use crate::charts::{OwnRent, SharedPlot, chart};
use crate::format;
use crate::state::{use_workbench, world};
use crate::ui::*;
use crate::widgets::originator_link;
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{RentComparison, cost};
use plumbline_engine::derive::derive;
use plumbline_engine::design::Design;
use plumbline_engine::predict::predict;
use plumbline_engine::quantity::{HourlyPrice, Ratio};
use std::sync::Arc;

/// Shares of the time at which the owned cost is computed; finer where the curve is steep.
const USES: [u32; 14] = [5, 10, 15, 20, 25, 30, 35, 40, 50, 60, 70, 80, 90, 100];

/// The section.
pub(super) fn own_or_rent() -> AnyView {
    let workbench = use_workbench();
    let assessment = workbench.assessment();
    let compared = Memo::new(move |_| {
        assessment.with(|a| {
            a.costs
                .rent
                .clone()
                .map(|rent| (rent, a.costs.utilisation.get()))
        })
    });
    let own = Memo::new(move |_| Arc::new(curve(&workbench.design().get())));
    let known = Memo::new(move |_| compared.with(Option::is_some));
    let plot = move || {
        let (rent, stated) = compared.get().unwrap_or_else(|| (nothing(), 0.0));
        Arc::new(OwnRent {
            title: verdict(&rent),
            own: own.get().to_vec(),
            rent: rent.rent,
            stated,
            break_even: rent.break_even,
        }) as SharedPlot
    };
    let source = move || {
        compared.get().map(|(rent, _)| {
            view! {
                <p class="muted">
                    "Rent: " {originator_link(&rent.origin.source)} " " {rent.origin.section.clone()} " "
                    <span class="grade">{rent.origin.grade.to_string()}</span>
                </p>
            }
        })
    };
    let section = move || {
        match known.get() {
        true => view! {
            {chart(plot)}
            <p class="cost-break" data-value=move || compared.get().and_then(|(rent, _)| rent.break_even.mid).map(|use_| use_.to_string())>
                {move || compared.get().map(|(rent, _)| break_even(rent.break_even))}
            </p>
            {source}
        }
        .into_any(),
        false => view! {
            <p>"There is no rent to compare with, or the owned cost is not known. Set \"Rent to compare\" above, or choose a term in Economics."</p>
        }
        .into_any(),
    }
    };
    view! {
        <section class="cost-rent" aria-label="Own or rent">
            <h2>"Own or rent"</h2>
            {section}
        </section>
    }
    .into_any()
}

fn nothing() -> RentComparison {
    let zero = Range::exactly(HourlyPrice::ZERO);
    let origin = plumbline_engine::sourced::Origin::derived("");
    RentComparison {
        rent: zero,
        own: zero,
        break_even: Range::exactly(None),
        origin,
    }
}

/// A firm word only where the bands do not overlap.
fn verdict(rent: &RentComparison) -> String {
    let (own, rented) = (rent.own, rent.rent);
    let figures = format!(
        "{} owned, {} rented",
        format::hourly(own.mid),
        format::hourly(rented.mid)
    );
    if own.high < rented.low {
        format!("Owning is cheaper: {figures} per accelerator-hour")
    } else if rented.high < own.low {
        format!("Renting is cheaper: {figures} per accelerator-hour")
    } else if own.mid < rented.mid {
        format!("Owning looks cheaper, but the bands overlap: {figures}")
    } else {
        format!("Renting looks cheaper, but the bands overlap: {figures}")
    }
}

fn break_even(at: Range<Option<f64>>) -> String {
    let share = format::percent;
    match (at.low, at.mid, at.high) {
        (None, _, _) => {
            "Owning does not become cheaper at any utilisation, not even in its best case.".into()
        }
        (Some(low), None, _) => format!(
            "Owning becomes cheaper from {} utilisation in its best case, and at no utilisation in the middle or worst case.",
            share(low)
        ),
        (Some(low), Some(mid), None) => format!(
            "Owning becomes cheaper from {} utilisation, from {} in its best case, and at no utilisation in its worst.",
            share(mid),
            share(low)
        ),
        (Some(low), Some(mid), Some(high)) => format!(
            "Owning becomes cheaper from {} utilisation, from {} in its best case and {} in its worst.",
            share(mid),
            share(low),
            share(high)
        ),
    }
}

/// The owned cost at each utilisation, by the engine itself: nothing is read off a formula here.
fn curve(design: &Design) -> Vec<(f64, Range<HourlyPrice>)> {
    let at = |percent: u32| f64::from(percent) / 100.0;
    let designs: Vec<Design> = USES
        .iter()
        .map(|percent| {
            let mut other = design.clone();
            other.economics.utilisation = Some(Ratio::new(at(*percent)));
            other
        })
        .collect();
    // Only the money differs, so that the fabric, racks and power are derived once.
    let mut derived = derive(design, world());
    let predictions = predict(&derived);
    let mut curve = Vec::with_capacity(USES.len());
    for (percent, other) in USES.iter().zip(&designs) {
        derived.design = other;
        if let Some(price) = cost(&derived, &predictions).per_accelerator_hour {
            curve.push((at(*percent), price));
        }
    }
    curve
}
