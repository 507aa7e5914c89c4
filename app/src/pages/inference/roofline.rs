//! Where prompts and answers stand on the accelerator's roofline.

use super::Shown;
use crate::charts::{RooflineChart, Run, SharedPlot, chart};
use crate::format;
use crate::state::world;
use crate::ui::*;
use plumbline_engine::derive::derive;
use plumbline_engine::predict::inference::{Roofline, roofline as reckoned};
use plumbline_engine::quantity::FlopsPerSec;
use std::sync::Arc;

/// The section.
pub(super) fn roofline(shown: Shown) -> AnyView {
    let found = Memo::new(move |_| {
        let prediction = shown.prediction.get()?;
        let design = shown.workbench.design().get_untracked();
        let workload = design.workloads.get(shown.at.get_untracked()?)?;
        let service = prediction.service.as_ref()?;
        let derived = derive(&design, world());
        let found = reckoned(&derived, workload, service).ok()?;
        Some(Arc::new(of(&found, service.format.word())))
    });
    let plot = move || found.get().unwrap_or_default() as SharedPlot;
    view! {
        <section class="inference-roofline">
            <h2>"What binds: memory or arithmetic"</h2>
            <p class="muted">
                "Left of the ridge bandwidth binds, right of it arithmetic. The line from a dot to the roof is what engine, host and exchanges take besides."
            </p>
            {chart(plot)}
        </section>
    }
    .into_any()
}

fn of(found: &Roofline, format: &str) -> RooflineChart {
    let here = found.spots.get(1);
    let title = match here {
        Some(here) => format!(
            "Decode at this load is bound by {} and reaches {} of the peak; reading weights binds up to {} tokens a pass",
            match found.reading_binds(here) {
                true => "memory",
                false => "arithmetic",
            },
            format::percent(found.reached(here)),
            format::count(found.critical)
        ),
        None => String::new(),
    };
    RooflineChart {
        file: "plumbline-inference-roofline",
        title,
        measure: format!(
            "Operations per second of an accelerator by operations for each byte that is read, weights in {format}; both axes logarithmic"
        ),
        peak: found.peak,
        bandwidth: found.bandwidth,
        ridge: format!("critical batch {}", format::count(found.critical)),
        runs: found
            .spots
            .iter()
            .map(|spot| Run {
                name: spot.name.clone(),
                intensity: spot.intensity,
                rate: spot.rate,
                roof: spot.roof,
                text: format!(
                    "{}: {} tokens a pass, {} operations for each byte, {} of the {} that the roof allows",
                    spot.name,
                    format::significant(spot.tokens, 3),
                    format::significant(spot.intensity, 3),
                    format::quantity(FlopsPerSec::new(spot.rate)),
                    format::quantity(FlopsPerSec::new(spot.roof))
                ),
            })
            .collect(),
    }
}
