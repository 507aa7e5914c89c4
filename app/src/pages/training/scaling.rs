//! The same run on 8 to 100,000 accelerators.

use super::Shown;
use crate::charts::{ScalingCurve, SharedPlot, chart};
use crate::format;
use crate::shell::dom;
use crate::state::world;
use crate::ui::*;
use plumbline_engine::derive::derive;
use plumbline_engine::predict::training::{Scaled, scaling as sizes};
use std::sync::Arc;

/// Efficiency from which on more accelerators are said to lose.
const GOOD: f64 = 0.8;

/// The section. A search at each size takes longer than an edit may: it follows after the paint.
pub(super) fn scaling(shown: Shown) -> AnyView {
    let curve = RwSignal::new(None::<Arc<ScalingCurve>>);
    Effect::new(move |_| {
        let Some(prediction) = shown.prediction.get() else {
            return;
        };
        dom::after_paint(move || {
            let newest = shown.prediction.try_get_untracked().flatten();
            let here = newest.is_some_and(|newest| Arc::ptr_eq(&newest, &prediction));
            if !here || curve.try_with_untracked(|_| ()).is_none() {
                return;
            }
            let design = shown.workbench.design().get_untracked();
            let at = shown.at.get_untracked();
            let workload = at.and_then(|at| design.workloads.get(at));
            let Some((workload, forecast)) = workload.zip(prediction.forecast.as_ref()) else {
                return;
            };
            let derived = derive(&design, world());
            let sizes = sizes(&derived, workload, forecast);
            curve.set(Some(Arc::new(ScalingCurve {
                title: title(&sizes),
                sizes,
                own: u64::from(forecast.accelerators),
                runs: workload.tokens.is_some(),
            })));
        });
    });
    let known = Memo::new(move |_| curve.with(Option::is_some));
    let plot = move || match curve.get() {
        Some(curve) => curve as SharedPlot,
        None => Arc::new(ScalingCurve {
            title: String::new(),
            sizes: Vec::new(),
            own: 0,
            runs: true,
        }) as SharedPlot,
    };
    let shown = move || match known.get() {
        true => chart(plot),
        false => {
            view! { <p class="muted" role="status">"Searching the best layout at each size…"</p> }
                .into_any()
        }
    };
    view! {
        <section class="training-scaling">
            <h2>"On more and fewer accelerators"</h2>
            {shown}
        </section>
    }
    .into_any()
}

/// Up to which size it is worth it, and what takes over then.
fn title(sizes: &[Scaled]) -> String {
    let runs = sizes.iter().filter_map(|size| {
        let run = size.run.as_ref().ok().filter(|run| !run.too_large)?;
        Some((size.accelerators, run))
    });
    let runs: Vec<_> = runs.collect();
    let last_good = runs.iter().rposition(|(_, run)| run.efficiency >= GOOD);
    let (Some(at), Some((largest, last))) = (last_good, runs.last()) else {
        return "At no size does it run".into();
    };
    let count = |count: u64| format::count(count as f64);
    match runs.get(at).zip(runs.get(at + 1)) {
        Some(((good, _), (_, next))) => format!(
            "Up to {} accelerators the batch keeps {} of the best efficiency; beyond, most is lost to {}",
            count(*good),
            format::percent(GOOD),
            next.bottleneck.0
        ),
        None => format!(
            "At {} accelerators the efficiency is still {} of the best; most is lost to {}",
            count(*largest),
            format::percent(last.efficiency),
            last.bottleneck.0
        ),
    }
}
