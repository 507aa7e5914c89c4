//! The service over its life: what it costs each year owned, rented and bought, and what words cost by
//! language.

use super::Shown;
use crate::charts::{SharedPlot, YearBands, chart, dollars};
use crate::format;
use crate::pages::training::words::sentence;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{LifeYear, Lifetime, OutcomeCost, Paid, Room, SpokenCost, Way};
use plumbline_engine::quantity::{Carbon, Money, TokenPrice, WattHours};
use std::sync::Arc;

const OWNED: &str = "Owned";
const WAYS: [&str; 3] = [OWNED, "Rented", "Bought"];

/// The section of the years.
pub(super) fn lifetime(shown: Shown) -> AnyView {
    let assessment = shown.workbench.assessment();
    let life = Memo::new(move |_| {
        let prediction = shown.prediction.get()?;
        assessment.with(|a| {
            let mut all = a.costs.lifetimes.iter();
            let found = all.find(|life| life.subject == prediction.subject);
            found.cloned().map(Arc::new)
        })
    });
    let look = move |what: fn(&Lifetime) -> Vec<Row>| {
        move || life.with(|life| life.as_deref().map(what).unwrap_or_default())
    };
    let plot = move || {
        let plot = life.with(|life| life.as_deref().map(bands));
        Arc::new(plot.unwrap_or_default()) as SharedPlot
    };
    let words = move || life.with(|life| life.as_deref().map(says));
    let remarks = move || {
        let said = life.with(|life| life.as_ref().map(|life| life.remarks.clone()));
        let said = said.unwrap_or_default().into_iter();
        said.map(|said| view! { <li>{sentence(&said)}</li> })
            .collect_view()
    };
    let columns = vec![
        Column::text("Year"),
        Column::figures("Requests"),
        Column::figures("Users"),
        Column::figures("Software"),
        Column::figures("Replicas"),
        Column::text("Room"),
        Column::figures("Energy"),
        Column::figures("Its emissions"),
        Column::figures("Owned"),
        Column::figures("Rented"),
        Column::figures("Bought"),
    ];
    let units = vec![
        Column::text("Year"),
        Column::text("Way"),
        Column::figures("A million tokens"),
        Column::figures("A request"),
        Column::figures("A user's month"),
        Column::figures("Owning is cheaper from a use of"),
    ];
    view! {
        <section class="inference-lifetime" aria-label="Over its life">
            <h2>"Over its life"</h2>
            <p>{words}</p>
            {chart(plot)}
            <div class="scroll" role="region" aria-label="Years of the service" tabindex="0">
                {data_table("Traffic, replicas and cost by year".into(), columns, look(years))}
            </div>
            <div class="scroll" role="region" aria-label="Costs by unit and year" tabindex="0">
                {data_table("Cost by unit: token, request, user".into(), units, look(by_unit))}
            </div>
            <p>
                "A use is, against rent, the share of the hours in which accelerators are needed; against tokens, the share of what the replicas can answer."
            </p>
            <ul>{remarks}</ul>
        </section>
    }
    .into_any()
}

/// The verdict: a way only where it is the cheapest whatever is true within the bands.
fn says(life: &Lifetime) -> String {
    let firm: Vec<Option<Way>> = life.years.iter().map(LifeYear::firm).collect();
    let whole = match (life.own, life.rented, life.bought) {
        (None, None, None) => {
            return "What owning, renting or buying costs is not known yet.".into();
        }
        (own, rented, bought) => {
            let each = [own, rented, bought].into_iter().zip(WAYS);
            let open = life.years.iter().any(|year| year.at_least);
            let known = each.filter_map(|(range, way)| {
                let least = if open && way == OWNED {
                    " at least "
                } else {
                    " "
                };
                Some([way, least, &money(range?)].concat())
            });
            known.collect::<Vec<_>>().join("; ")
        }
    };
    let verdict = match firm.first().copied().flatten() {
        Some(way) if firm.iter().all(|other| *other == Some(way)) => [
            name(way),
            " is cheapest in every year, whatever is true within the bands.",
        ]
        .concat(),
        Some(way) => format!(
            "In the first year {} is cheapest whatever is true within the bands; not in every later one.",
            name(way).to_lowercase()
        ),
        None if firm.iter().any(Option::is_some) => {
            "In the first year the bands overlap: none is cheapest for certain.".into()
        }
        None => "The bands overlap: none is cheapest for certain.".into(),
    };
    format!("{verdict} All years: {whole}.")
}

fn name(way: Way) -> &'static str {
    match way {
        Way::Own => "Owning",
        Way::Rented => "Renting",
        Way::Bought => "Buying tokens",
    }
}

fn ways(year: &LifeYear) -> [Option<Paid>; 3] {
    [year.own, year.rented, year.bought]
}

fn bands(life: &Lifetime) -> YearBands {
    let of = |at: usize| {
        let years = life
            .years
            .iter()
            .map(|year| ways(year).get(at).copied().flatten());
        years
            .map(|paid| Some(paid?.million.map(TokenPrice::get)))
            .collect()
    };
    let first = life.years.first();
    let own = first.and_then(|year| Some(year.own?.million.map(TokenPrice::get)));
    let last = life.years.last();
    let last = last.and_then(|year| Some(year.own?.million.map(TokenPrice::get)));
    YearBands {
        file: "plumbline-inference-lifetime",
        title: match own.zip(last) {
            Some((own, last)) => format!(
                "A million tokens cost {} to {} owned in the first year, {} to {} in the last",
                dollars(own.low),
                dollars(own.high),
                dollars(last.low),
                dollars(last.high)
            ),
            None => "A million tokens by year".into(),
        },
        measure: "US dollars for a million tokens of answers, all work counted, by year of use, owned, rented around the clock, or bought by the token; bands from the prediction and the prices; logarithmic".into(),
        ways: WAYS.into_iter().enumerate().map(|(at, way)| (way, of(at))).collect(),
        show: Some(dollars),
    }
}

fn years(life: &Lifetime) -> Vec<Row> {
    let row = |year: &LifeYear| {
        let paid = |paid: Option<Paid>| paid.map_or("–".into(), |paid| money(paid.year));
        let energy = year
            .energy
            .map(|energy| span(energy, format::quantity::<WattHours>));
        let emitted = year.emitted;
        let emitted = emitted.map(|emitted| span(emitted, format::quantity::<Carbon>));
        let figure = |value: f64, shown: String| Cell::figure(value, shown);
        Row {
            cells: vec![
                figure(f64::from(year.year), year.year.to_string()),
                figure(year.requests.mid, span(year.requests, many)),
                figure(year.users.mid, span(year.users, many)),
                figure(
                    year.gain.mid,
                    span(year.gain, |x| ["×", &format::significant(x, 3)].concat()),
                ),
                figure(year.replicas.mid, span(year.replicas, format::count)),
                Cell::text(room(year.room)),
                figure(
                    year.energy.map_or(0.0, |energy| energy.mid.get()),
                    energy.unwrap_or("–".into()),
                ),
                figure(
                    year.emitted.map_or(0.0, |emitted| emitted.mid.get()),
                    emitted.unwrap_or("–".into()),
                ),
                Cell::text(&paid(year.own)),
                Cell::text(&paid(year.rented)),
                Cell::text(&paid(year.bought)),
            ],
        }
    };
    life.years.iter().map(row).collect()
}

fn room(room: Room) -> &'static str {
    match room {
        Room::Enough => "fits",
        Room::Perhaps => "fits in the middle, not at the most",
        Room::Hardly => "fits at the fewest only",
        Room::Short => "does not fit",
    }
}

fn by_unit(life: &Lifetime) -> Vec<Row> {
    let mut rows = Vec::new();
    for year in &life.years {
        let even = [None, year.even_rented, year.even_bought];
        for ((way, paid), even) in WAYS.into_iter().zip(ways(year)).zip(even) {
            let Some(paid) = paid else {
                continue;
            };
            let from = even.map(from);
            rows.push(Row {
                cells: vec![
                    Cell::figure(f64::from(year.year), year.year.to_string()),
                    Cell::text(way),
                    Cell::figure(
                        paid.million.mid.get(),
                        span(paid.million, |x| dollars(x.get())),
                    ),
                    Cell::figure(
                        paid.request.mid.get(),
                        span(paid.request, |x| dollars(x.get())),
                    ),
                    Cell::figure(
                        paid.user_month.mid.get(),
                        span(paid.user_month, |x| dollars(x.get())),
                    ),
                    Cell::figure(
                        even.and_then(|even| even.mid).unwrap_or(1.0),
                        from.unwrap_or("–".into()),
                    ),
                ],
            });
        }
    }
    rows
}

/// From what use on owning is cheaper, with the ends of the band.
fn from(even: Range<Option<f64>>) -> String {
    let share = |end: Option<f64>| end.map_or("never".to_owned(), format::percent);
    match (even.low, even.mid) {
        (None, _) => "never".into(),
        (Some(low), None) => ["never; at best ", &format::percent(low)].concat(),
        (Some(low), Some(mid)) => [
            &format::percent(mid),
            " (",
            &format::percent(low),
            " to ",
            &share(even.high),
            ")",
        ]
        .concat(),
    }
}

/// A large number in few letters.
fn many(number: f64) -> String {
    let steps = [(1e9, "\u{202f}B"), (1e6, "\u{202f}M"), (1e3, "\u{202f}k")];
    let step = steps.into_iter().find(|(least, _)| number >= *least);
    match step {
        Some((least, unit)) => [&format::significant(number / least, 3), unit].concat(),
        None => format::significant(number, 3),
    }
}

/// The section of words by language.
pub(super) fn languages(shown: Shown) -> AnyView {
    let assessment = shown.workbench.assessment();
    let outcome = Memo::new(move |_| {
        let at = shown.at.get()?;
        assessment.with(|a| a.costs.outcomes.get(at).cloned())
    });
    let words = move || outcome.with(|outcome| outcome.as_ref().map(spoken));
    let rows = move || {
        let rows = outcome.with(|outcome| {
            let spoken = outcome.as_ref().map(|outcome| &outcome.spoken);
            spoken.map(|all| all.iter().map(language).collect::<Vec<Row>>())
        });
        rows.unwrap_or_default()
    };
    let columns = vec![
        Column::text("Language"),
        Column::figures("Tokens by English").sortable(),
        Column::figures("Tokens a word"),
        Column::figures("A million words read").sortable(),
        Column::figures("A million words answered").sortable(),
    ];
    let known = Memo::new(move |_| {
        outcome.with(|outcome| {
            outcome
                .as_ref()
                .is_some_and(|outcome| !outcome.spoken.is_empty())
        })
    });
    let table = move || {
        known.get().then(|| {
            let columns = columns.clone();
            view! {
                <div class="scroll" role="region" aria-label="Words by language" tabindex="0">
                    {data_table("Cost of a million words by language, with the band of the prediction".into(), columns, rows)}
                </div>
            }
        })
    };
    view! {
        <section class="inference-languages" aria-label="Words by language">
            <h2>"What words cost"</h2>
            <p>{words}</p>
            {table}
        </section>
    }
    .into_any()
}

fn spoken(outcome: &OutcomeCost) -> String {
    if let Some(missing) = &outcome.spoken_missing {
        return sentence(missing);
    }
    let served = outcome.spoken.iter().find(|spoken| spoken.served);
    match served {
        Some(spoken) if spoken.english == 1.0 => format!(
            "A million words of answers in {} cost {}.",
            spoken.name,
            money(spoken.answered)
        ),
        Some(spoken) => format!(
            "A million words of answers in {} cost {}. A text in it takes {} times the tokens of the same text in English: state the tokens of prompt and answer accordingly.",
            spoken.name,
            money(spoken.answered),
            format::significant(spoken.english, 3)
        ),
        None => "What words cost follows from the design's cost per hour of use, which is not known yet.".into(),
    }
}

fn language(spoken: &SpokenCost) -> Row {
    let name = match spoken.served {
        true => [&spoken.name, ", served"].concat(),
        false => spoken.name.clone(),
    };
    Row {
        cells: vec![
            Cell::text(&name),
            Cell::figure(
                spoken.english,
                ["×", &format::significant(spoken.english, 3)].concat(),
            ),
            Cell::figure(
                spoken.word.mid,
                span(spoken.word, |x| format::significant(x, 3)),
            ),
            Cell::figure(spoken.read.mid.get(), money(spoken.read)),
            Cell::figure(spoken.answered.mid.get(), money(spoken.answered)),
        ],
    }
}

fn money(range: Range<Money>) -> String {
    match range.high.get() < 1e3 {
        true => span(range, |amount: Money| dollars(amount.get())),
        false => span(range, format::money),
    }
}

/// The middle of a range, with its ends where they differ.
fn span<Q: Copy + PartialEq>(range: Range<Q>, show: impl Fn(Q) -> String) -> String {
    let (low, mid, high) = (show(range.low), show(range.mid), show(range.high));
    match low == high {
        true => mid,
        false => [&mid, " (", &low, " to ", &high, ")"].concat(),
    }
}
