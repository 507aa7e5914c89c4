//! Levers one on top of the other, as what each takes off the price of tokens.

use super::levers::Found;
use crate::charts::{SharedPlot, Waterfall, WaterfallStep, chart};
use crate::format;
use crate::ui::*;
use plumbline_engine::cost::savings;
use plumbline_engine::quantity::Money;
use std::sync::Arc;

/// The section; it is there once it was reckoned and tokens have a price.
pub(super) fn together(all: RwSignal<Option<Arc<Found>>>) -> AnyView {
    let known = Memo::new(move |_| {
        all.with(|found| {
            let found = found.as_ref();
            found.is_some_and(|found| found.price.is_some() && !found.steps.is_empty())
        })
    });
    let section = move || {
        known.get().then(|| {
            let plot = move || {
                let drawn = all.with(|found| found.as_deref().and_then(of));
                Arc::new(drawn.unwrap_or_else(nothing)) as SharedPlot
            };
            let left_out = move || all.with(|found| found.as_deref().map(left_out));
            view! {
                <section class="inference-together">
                    <h2>"One on top of the other"</h2>
                    <p class="muted">"Each change on top of those before it, with the best layout for all: the joint effect is searched anew after each, not multiplied. What costs no machine comes first, then the layout, then which model answers and when."</p>
                    {chart(plot)}
                    <p>{left_out}</p>
                </section>
            }
        })
    };
    section.into_any()
}

/// Output tokens that amounts are for: a billion, so that they are dollars and not parts of a cent.
const MILLIONS: f64 = 1e3;

fn of(found: &Found) -> Option<Waterfall> {
    let price = found.price?;
    let plain = Money::new(price.get() * MILLIONS);
    let yields = found.steps.last()?.yields;
    let (savings, last) = savings(&found.steps, price, MILLIONS);
    let steps = savings.into_iter().map(|saving| WaterfallStep {
        label: saving.name,
        amount: saving.amount,
        share: saving.share,
    });
    Some(Waterfall {
        file: "plumbline-inference-levers",
        title: format!(
            "All changes together look like {} in place of {} for a billion output tokens: {} × the yield",
            format::money(last),
            format::money(plain),
            format::significant(yields, 3)
        ),
        measure: "US dollars for a billion output tokens at the design's own cost per hour, in the middle of the band; what each change takes off on top of those before it".into(),
        steps: steps.collect(),
        whole: last - plain,
    })
}

fn nothing() -> Waterfall {
    Waterfall {
        file: "",
        title: String::new(),
        measure: String::new(),
        steps: Vec::new(),
        whole: Money::ZERO,
    }
}

fn left_out(found: &Found) -> String {
    let names = found.steps.iter().filter(|step| step.left_out);
    let names: Vec<&str> = names.map(|step| step.name.as_str()).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!(
            "Left out, as they bring nothing on top of those before: {}.",
            names.join("; ")
        ),
    }
}
