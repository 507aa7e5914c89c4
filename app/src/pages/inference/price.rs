//! What the service costs: by request and token, owned, rented, and bought from a host.

use super::Shown;
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::OutcomeCost;
use plumbline_engine::quantity::{Quantity, TokenPrice};

/// The section.
pub(super) fn price(shown: Shown) -> AnyView {
    let assessment = shown.workbench.assessment();
    let outcome = Memo::new(move |_| {
        let at = shown.at.get()?;
        assessment.with(|a| a.costs.outcomes.get(at).cloned())
    });
    let columns = vec![
        Column::text("What"),
        Column::figures("Low"),
        Column::figures("Middle"),
        Column::figures("High"),
    ];
    let rows = move || outcome.with(|outcome| outcome.as_ref().map(rows).unwrap_or_default());
    let words = move || outcome.with(|outcome| outcome.as_ref().map(says));
    view! {
        <section class="inference-price">
            <h2>"What it costs"</h2>
            <p>{words}</p>
            <div class="scroll" role="region" aria-label="Cost of the service" tabindex="0">
                {data_table("Cost of a request and of a million tokens".into(), columns, rows)}
            </div>
        </section>
    }
    .into_any()
}

fn says(outcome: &OutcomeCost) -> String {
    if let Some(missing) = &outcome.missing {
        return ["Not known yet: ", missing, " would decide it."].concat();
    }
    let bought = outcome.served.and_then(|served| served.bought);
    let Some(bought) = bought else {
        return "At the design's own cost per hour of use, with the band of the prediction. No host's price of this model is known.".into();
    };
    let even = |share: Option<f64>| share.map_or("never".to_owned(), format::percent);
    let Range { low, mid, high } = bought.break_even;
    format!(
        "Owning is cheaper than buying the tokens from a use of {} on; between {} and {} by host and band.",
        even(mid),
        even(low),
        even(high)
    )
}

fn rows(outcome: &OutcomeCost) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = |what: &str, range: Option<Range<f64>>, show: &dyn Fn(f64) -> String| {
        if let Some(range) = range {
            let cells = [range.low, range.mid, range.high];
            let cells = cells.map(|value| Cell::figure(value, show(value)));
            let mut all = vec![Cell::text(what)];
            all.extend(cells);
            rows.push(Row { cells: all });
        }
    };
    let tokens = |price: f64| TokenPrice::new(price).pretty();
    let money = |amount: f64| ["$\u{202f}", &format::significant(amount, 3)].concat();
    let per = |range: Option<Range<TokenPrice>>| range.map(|range| range.map(TokenPrice::get));
    let served = outcome.served;
    row(
        "A request",
        served.map(|served| served.request.map(|amount| amount.get())),
        &money,
    );
    row(
        "A million tokens of prompts that are read",
        per(served.map(|served| served.million_read)),
        &tokens,
    );
    row(
        "A million tokens of prompts that are found cached, without the memory for them",
        per(served.and_then(|served| served.million_cached)),
        &tokens,
    );
    row(
        "A million tokens of answers, without the prompts",
        per(served.map(|served| served.million_answered)),
        &tokens,
    );
    row(
        "A million tokens of answers, all work counted",
        per(outcome.million_tokens),
        &tokens,
    );
    row(
        "The same on rented accelerators",
        per(outcome.million_tokens_rented),
        &tokens,
    );
    row(
        "A request bought by the token",
        served.and_then(|served| Some(served.bought?.request.map(|amount| amount.get()))),
        &money,
    );
    rows
}
