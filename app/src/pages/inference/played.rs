//! The scheduler played event by event, when asked for: what the closed form is held against.

use super::Shown;
use crate::format;
use crate::state::world;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::derive::derive;
use plumbline_engine::predict::inference::{Met, Percentiles, Player, Simulated};
use wasm_bindgen_futures::JsFuture;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Run {
    Under(f64),
    Done,
}

#[derive(Clone, Copy)]
struct State {
    run: RwSignal<Option<Run>>,
    seen: RwSignal<Option<(Met, Simulated)>>,
    /// Counts what was begun, so that an older run ends when a newer one begins or it is stopped.
    turn: RwSignal<u32>,
}

/// The section; a fleet of units is not played.
pub(super) fn played(shown: Shown) -> AnyView {
    let whole =
        Memo::new(move |_| shown.service(|service| service.disaggregated.is_none()) == Some(true));
    (move || whole.get().then(|| replica(shown))).into_any()
}

fn replica(shown: Shown) -> AnyView {
    let state = State {
        run: RwSignal::new(None),
        seen: RwSignal::new(None),
        turn: RwSignal::new(0),
    };
    // What was played of another service says nothing of this one.
    Effect::new(move |before: Option<()>| {
        shown.prediction.track();
        if before.is_some() {
            stop(state);
            state.seen.set(None);
        }
    });
    let under = move || match state.run.get() {
        Some(Run::Under(share)) => Some(share),
        _ => None,
    };
    let buttons = move || {
        match under() {
        Some(share) => view! {
            <progress max="1" value=share.to_string() aria-label="Requests answered"></progress>
            <button type="button" on:click=move |_| stop(state)>"Stop"</button>
        }
        .into_any(),
        None => view! { <button type="button" on:click=move |_| start(shown, state)>"Play 20,000 requests"</button> }
            .into_any(),
    }
    };
    let columns = vec![
        Column::text("What"),
        Column::figures("Predicted"),
        Column::figures("Played"),
    ];
    let table = move || {
        state.seen.with(Option::is_some).then(|| {
            let rows = move || {
                state
                    .seen
                    .with(|seen| seen.as_ref().map(rows).unwrap_or_default())
            };
            data_table(
                "Predicted and played latency of one replica".into(),
                columns.clone(),
                rows,
            )
        })
    };
    view! {
        <section class="inference-played">
            <h2>"Played request by request"</h2>
            <p class="muted">
                "A scheduler with the same costs of every pass, requests by chance and lengths that scatter as in the traffic. Measured engines lose more to the prompts of others than it does; the prediction follows them."
            </p>
            <p class="actions">{buttons}</p>
            {table}
        </section>
    }
    .into_any()
}

fn stop(state: State) {
    state.turn.update(|turn| *turn += 1);
    if state.run.get_untracked().is_some() {
        state.run.set(None);
    }
}

const REQUESTS: u32 = 20_000;
/// Turns between two looks at the page: some milliseconds.
const TURNS: u32 = 4_000;

fn start(shown: Shown, state: State) {
    stop(state);
    let own = state.turn.get_untracked();
    let Some(prediction) = shown.prediction.get_untracked() else {
        return;
    };
    state.run.set(Some(Run::Under(0.0)));
    wasm_bindgen_futures::spawn_local(async move {
        let design = shown.workbench.design().get_untracked();
        let workload = shown
            .at
            .get_untracked()
            .and_then(|at| design.workloads.get(at));
        let Some((workload, service)) = workload.zip(prediction.service.as_ref()) else {
            return;
        };
        let derived = derive(&design, world());
        let Ok(player) = Player::of(&derived, workload, service) else {
            state.run.set(None);
            return;
        };
        let mut simulation = player.play(service.met.requests, REQUESTS, SEED);
        loop {
            let more = simulation.advance(TURNS);
            // The page may be gone, or a newer run begun.
            if state.turn.try_get_untracked() != Some(own) {
                return;
            }
            let seen = simulation.seen();
            state.run.set(Some(Run::Under(seen.progress)));
            if !more {
                state.seen.set(Some((service.met, seen)));
                state.run.set(Some(Run::Done));
                return;
            }
            rest().await;
        }
    });
}

const SEED: u64 = 1;

/// Lets the page paint and take clicks.
async fn rest() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(
            move || drop(resolve.call0(&wasm_bindgen::JsValue::NULL)),
            std::time::Duration::ZERO,
        );
    });
    let _ = JsFuture::from(promise).await;
}

fn rows((met, seen): &(Met, Simulated)) -> Vec<Row> {
    let mut rows = vec![
        row("Requests per second", met.requests, seen.requests, |x| {
            format::significant(x, 3)
        }),
        row("Sequences at once", met.running, seen.running, |x| {
            format::significant(x, 3)
        }),
    ];
    let mut three = |what: &str, a: &Percentiles, b: &Percentiles| {
        for (share, a, b) in [
            ("p50", a.half, b.half),
            ("p95", a.most, b.most),
            ("p99", a.nearly, b.nearly),
        ] {
            rows.push(row(&[what, ", ", share].concat(), a, b, format::seconds));
        }
    };
    three("Time to the first token", &met.first, &seen.first);
    three("Between two tokens", &met.each, &seen.each);
    three("The whole request", &met.whole, &seen.whole);
    rows
}

fn row(what: &str, predicted: f64, played: f64, show: impl Fn(f64) -> String) -> Row {
    Row {
        cells: vec![
            Cell::text(what),
            Cell::figure(predicted, show(predicted)),
            Cell::figure(played, show(played)),
        ],
    }
}
