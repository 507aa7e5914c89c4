//! How many measured rows stand behind the answer: said with the answer itself.

use super::Shown;
use super::fields::engine;
use crate::format;
use crate::state::world;
use crate::ui::*;
use plumbline_engine::predict::inference::{SOURCE, Service};

/// The line.
pub(super) fn backing(shown: Shown) -> AnyView {
    let words = move || {
        let said = shown.service(|service| (service.backing.thin, says(service)));
        said.map(|(thin, words)| {
            let mark = thin.then(|| view! { <strong>"Thin evidence. "</strong> });
            view! { <p class="inference-backing">{mark}{words}</p> }
        })
    };
    words.into_any()
}

fn says(service: &Service) -> String {
    let backing = &service.backing;
    let count = |rows: u32| match rows {
        0 => "none".to_owned(),
        rows => format::count(f64::from(rows)),
    };
    let release = world().inference.engines.get(&service.engine);
    let name = release.and_then(|release| release.names.first());
    let name = name.map_or_else(|| engine(&service.engine, None), Clone::clone);
    let mut words = match backing.both {
        0 => format!(
            "None of {} measured rows is on {} with {name}: {} are on such accelerators with other engines, {} with this engine on others.",
            count(backing.all),
            backing.family,
            count(backing.chip),
            count(backing.engine)
        ),
        1 => format!(
            "One of {} measured rows is on {} with {name}.",
            count(backing.all),
            backing.family
        ),
        rows => format!(
            "{} of {} measured rows are on {} with {name}: {} of them with weights in {}, {} of these of such a model.",
            count(rows),
            count(backing.all),
            backing.family,
            count(backing.format),
            service.format.word(),
            count(backing.kind)
        ),
    };
    if backing.thin {
        let errors = world().inference.errors.get(SOURCE);
        words += &errors.map_or(String::new(), |errors| {
            format!(
                " The bands are widened to those of {SOURCE}, half of whose rows are off by less than {}.",
                format::percent(errors.median)
            )
        });
    }
    words
}
