//! Energy and emissions of the service: from the accelerator to the meter, and by the token.

use super::Shown;
use crate::format;
use crate::pages::predicted::{self, Total};
use crate::pages::training::words::sentence;
use crate::state::{Page, world};
use crate::ui::*;
use plumbline_engine::catalogue::Range;
use plumbline_engine::predict::inference::{ENERGY, Energy, Service};
use plumbline_engine::quantity::{Carbon, Watts};
use plumbline_engine::reference::Measurements;

/// The section.
pub(super) fn energy(shown: Shown) -> AnyView {
    let words = move || shown.service(says);
    let all = move || {
        let totals = shown.service(|service| service.energy.as_ref().map(of));
        totals.flatten().unwrap_or_default()
    };
    let place = Page::Evidence(Measurements::Energy, None).fragment();
    view! {
        <section class="inference-energy" aria-label="Energy and emissions">
            <h2>"Energy and emissions"</h2>
            {predicted::totals(all)}
            <p>{words}" "<a href=place>"Evidence"</a></p>
        </section>
    }
    .into_any()
}

fn of(energy: &Energy) -> Vec<Total> {
    let share = format::percent(energy.of_it());
    let mut all = vec![
        Total::of(
            "Power of an accelerator",
            energy.power,
            Watts::get,
            format::power,
            "mean while it serves at the load shown".into(),
        ),
        Total::of(
            "Energy of a token, accelerators",
            energy.accelerators,
            |x| x,
            joules,
            ["of an answer, prompts counted in; ", &share, " of the IT"].concat(),
        ),
        Total::of(
            "Energy of a token, at the meter",
            energy.meter,
            |x| x,
            joules,
            "with servers, network, storage and the facility, at that load".into(),
        ),
        Total::of(
            "The same at the mean load",
            energy.mean,
            |x| x,
            joules,
            [
                &format::percent(energy.share),
                " of that load over the year",
            ]
            .concat(),
        ),
    ];
    let mut emitted = |name: &'static str, range: Option<Range<Carbon>>, meaning: &str| {
        if let Some(range) = range {
            all.push(Total::of(
                name,
                range,
                Carbon::get,
                kilograms,
                meaning.into(),
            ));
        }
    };
    emitted(
        "Emissions of a million tokens",
        energy.operational,
        "of answers: electricity of the region's grid",
    );
    emitted(
        "Of making the hardware",
        energy.embodied,
        "for a million tokens, spread over all hours of its life",
    );
    all
}

fn says(service: &Service) -> String {
    let Some(energy) = &service.energy else {
        let missing = service.energy_missing.as_deref().unwrap_or("a figure");
        return ["Not known yet: ", missing, " would decide it."].concat();
    };
    let errors = world().inference.energy.errors.get(ENERGY);
    let mut words = errors.map_or(String::new(), |errors| {
        format!(
            "Half of {} measured runs are off by less than {} in energy per token; the band holds at least 80 % of them. ",
            format::count(f64::from(errors.rows)),
            format::percent(errors.median)
        )
    });
    words += &match energy.rows {
        0 => "None of them is on accelerators of this family: the shares of the rating are carried over. ".to_owned(),
        rows => format!("{} of them are on accelerators of this family. ", format::count(f64::from(rows))),
    };
    words += &sentence(&["the mean load rests on ", &energy.rests_on].concat());
    if energy.operational.is_none() {
        words += " The grid of the region is not known: nothing is said of its emissions.";
    }
    if energy.embodied.is_none() {
        words += " What making this hardware emitted is not published.";
    }
    words
}

fn joules(energy: f64) -> String {
    [&format::significant(energy, 3), "\u{202f}J"].concat()
}

/// Grams where a kilogram is much.
fn kilograms(carbon: Carbon) -> String {
    let kilograms = carbon.get();
    match kilograms < 1.0 {
        true => [&format::significant(1e3 * kilograms, 3), "\u{202f}gCO2e"].concat(),
        false => [&format::significant(kilograms, 3), "\u{202f}kgCO2e"].concat(),
    }
}
