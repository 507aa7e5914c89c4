//! The run in practice: interruptions, checkpoints, what stands by, and what would help.

use super::Shown;
use super::words::{quantity, range, three};
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::predict::run::{LeverKind, Outlook};
use plumbline_engine::quantity::{Seconds, Tokens};

/// The section.
pub(super) fn practice(shown: Shown) -> AnyView {
    let facts = |of: fn(&Outlook) -> Vec<Fact>| {
        let rows = move || shown.outlook(of).unwrap_or_default();
        move || {
            rows().into_iter().map(|(name, value, meaning)| {
            view! { <dt>{name}</dt><dd>{value}<span class="cost-meaning">{meaning}</span></dd> }
        }).collect_view()
        }
    };
    let causes = move || shown.outlook(causes).unwrap_or_default();
    let parts = move || shown.outlook(parts).unwrap_or_default();
    view! {
        <section class="training-practice" aria-label="The run in practice">
            <h2>"The run in practice"</h2>
            <p class="training-says">{move || shown.outlook(say)}</p>
            <div class="training-columns">
                <div>
                    <h3>"Batch"</h3>
                    <dl class="facts">{facts(batch)}</dl>
                    <h3>"Checkpoints"</h3>
                    <dl class="facts">{facts(checkpoint)}</dl>
                </div>
                <div>
                    <h3>"Interruptions and spares"</h3>
                    <dl class="facts">{facts(failures)}</dl>
                </div>
                <div>
                    <h3>"What fails"</h3>
                    {data_table("Causes of interruptions".into(), vec![Column::text("Cause"), Column::figures("Share"), Column::figures("A day")], causes)}
                    {data_table("Faults by part; not each interrupts".into(), vec![Column::text("Part"), Column::figures("Pieces"), Column::figures("A day, all")], parts)}
                </div>
            </div>
            {levers(shown)}
        </section>
    }
    .into_any()
}

/// Name, value, meaning.
type Fact = (&'static str, String, String);

fn fact(name: &'static str, value: String, meaning: &str) -> Fact {
    (name, value, meaning.to_owned())
}

fn say(outlook: &Outlook) -> String {
    let Some(goodput) = &outlook.goodput else {
        let missing = outlook.missing.as_deref().unwrap_or("the storage");
        return format!(
            "How much of the time is progress is not known: {missing} would decide it."
        );
    };
    let mut words = format!(
        "{} of the time in which the job has its nodes is progress, {} with what is missing. It is interrupted about {} times.",
        format::percent(goodput.effective.mid),
        format::percent(goodput.with_missing.mid),
        three(goodput.interruptions.mid)
    );
    if let Some(needed) = outlook.needed {
        let count = range(needed, |count| format::count(count as f64));
        words += &format!(" The deadline takes {count} accelerators.");
    }
    if let Some(missing) = &outlook.missing {
        words += &format!(" Not all is known: {missing} is missing.");
    }
    words
}

fn batch(outlook: &Outlook) -> Vec<Fact> {
    let batch = &outlook.batch;
    let tokens = |tokens: Tokens| quantity(tokens);
    let assumed = if batch.assumed {
        "the critical batch, as none is stated"
    } else {
        "as stated"
    };
    vec![
        fact("Tokens of a step", tokens(batch.size), assumed),
        fact("Steps", format::count(batch.steps), ""),
        fact(
            "Critical batch",
            range(batch.critical, tokens),
            "larger ones waste tokens",
        ),
        fact(
            "Tokens beyond the fewest",
            range(batch.extra_tokens, format::percent),
            "for the same loss as in small steps",
        ),
        fact(
            "Twice the batch on twice the accelerators",
            [&format::percent(batch.doubled), " of the time"].concat(),
            "50 % would be perfect",
        ),
    ]
}

fn checkpoint(outlook: &Outlook) -> Vec<Fact> {
    let Some(saved) = &outlook.checkpoint else {
        let missing = outlook.missing.clone().unwrap_or_default();
        return vec![fact("Checkpoints", "not known".into(), &missing)];
    };
    let best = ["the best is ", &quantity(saved.best)].concat();
    let rate = ["at ", &quantity(saved.write_rate)].concat();
    vec![
        fact("Size of one", quantity(saved.bytes), ""),
        fact("Interval", quantity(saved.interval), &best),
        fact(
            "Training waits",
            quantity(saved.blocking),
            &[&format::percent(saved.blocked), " of the time"].concat(),
        ),
        fact("Until storage has it", quantity(saved.drain), &rate),
        fact(
            "Reading it back",
            quantity(saved.reload),
            "after an interruption",
        ),
    ]
}

fn failures(outlook: &Outlook) -> Vec<Fact> {
    let failures = &outlook.failures;
    let spares = &outlook.spares;
    let unit = if spares.unit_nodes > 1 {
        "racks"
    } else {
        "nodes"
    };
    let times = |time: Seconds| quantity(time);
    let mut all = vec![
        fact("Interruptions a day", range(failures.per_day, three), ""),
        fact(
            "Mean time between them",
            range(failures.mean_time, times),
            "",
        ),
        fact(
            "Fail in the first 90 days",
            format::percent(failures.early),
            "of the accelerators",
        ),
        fact(
            "Training",
            [&format::count(spares.units as f64), " ", unit].concat(),
            &[&three(spares.out), " out at once on average"].concat(),
        ),
        fact(
            "Standing by",
            [&format::count(spares.spares as f64), " ", unit].concat(),
            &[&format::count(spares.enough as f64), " would do"].concat(),
        ),
        fact(
            "Capacity that is there",
            range(spares.capacity, format::percent),
            "of the job's",
        ),
    ];
    if let Some(goodput) = &outlook.goodput {
        let first = [
            "first-order estimate ",
            &format::percent(goodput.first_order),
        ]
        .concat();
        let effective = range(goodput.effective, format::percent);
        all.push(fact("Effective training time", effective, &first));
    }
    all
}

fn causes(outlook: &Outlook) -> Vec<Row> {
    let per_day = outlook.failures.per_day.mid;
    let causes = outlook.failures.causes.iter();
    causes
        .map(|cause| Row {
            cells: vec![
                Cell::text(cause.cause),
                Cell::figure(cause.share, format::percent(cause.share)),
                Cell::figure(cause.share, three(cause.share * per_day)),
            ],
        })
        .collect()
}

fn parts(outlook: &Outlook) -> Vec<Row> {
    let unknown = || "not known".to_owned();
    let parts = outlook.failures.parts.iter();
    parts
        .map(|part| {
            let count = part.count.map(|count| count as f64);
            let all = count
                .zip(part.each_per_day)
                .map(|(count, each)| count * each);
            Row {
                cells: vec![
                    Cell::text(part.part),
                    Cell::figure(
                        count.unwrap_or(0.0),
                        count.map_or_else(unknown, format::count),
                    ),
                    Cell::figure(all.unwrap_or(0.0), all.map_or_else(unknown, three)),
                ],
            }
        })
        .collect()
}

/// What one change would buy, in days and money.
fn levers(shown: Shown) -> AnyView {
    let columns = vec![
        Column::text("Change"),
        Column::figures("Days saved"),
        Column::figures("Worth"),
        Column::figures("Costs"),
    ];
    let rows = move || {
        let priced = shown.cost.get();
        let days = shown
            .outlook(|outlook| outlook.levers.clone())
            .unwrap_or_default();
        let rows = days.into_iter().map(|lever| {
            let name = match lever.kind {
                LeverKind::SpareRack => "One more spare rack",
                LeverKind::CheckpointBandwidth => "Storage twice as fast",
            };
            let money = priced
                .as_ref()
                .and_then(|cost| cost.levers.iter().find(|one| one.kind == lever.kind));
            let shown = |amount: Option<plumbline_engine::quantity::Money>| {
                let text = amount.map_or("not known".to_owned(), format::money);
                Cell::figure(amount.map_or(0.0, |amount| amount.get()), text)
            };
            Row {
                cells: vec![
                    Cell::text(name),
                    Cell::figure(lever.saves.get(), quantity(lever.saves)),
                    shown(money.map(|money| money.saves)),
                    shown(money.map(|money| money.costs)),
                ],
            }
        });
        rows.collect()
    };
    view! { {data_table("What a change would buy for one run".into(), columns, rows)} }.into_any()
}
