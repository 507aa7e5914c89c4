//! Where the memory of the fullest accelerator goes, and for how many sequences it leaves room.

use super::Shown;
use crate::charts::{Amounts, Part, Parts};
use crate::pages::training::parts::pair;
use crate::pages::training::words::{bytes, three};
use crate::ui::*;
use plumbline_engine::predict::inference::Service;
use std::sync::Arc;

const HOLDS: [&str; 3] = ["weights", "cache", "runtime"];

/// The section.
pub(super) fn memory(shown: Shown) -> AnyView {
    let parts = Memo::new(move |_| shown.service(of).map(Arc::new));
    let room = move || shown.service(room);
    view! {
        {pair("Where the memory goes", "Parts of the memory", parts)}
        <p class="inference-room">{room}</p>
    }
    .into_any()
}

fn of(service: &Service) -> Parts {
    let memory = &service.memory;
    let part = |name: &'static str, amount: f64, group: usize| Part {
        name,
        amount,
        group,
    };
    Parts {
        file: "plumbline-inference-memory",
        title: format!(
            "Weights take {} of {}, the cache of the running requests {}",
            bytes(memory.weights()),
            bytes(service.capacity),
            bytes(memory.cache)
        ),
        measure: "Bytes on the accelerator that holds most, at the load shown, part by part".into(),
        whole: "the memory used",
        of: Amounts::Bytes,
        groups: &HOLDS,
        parts: vec![
            part("attention and dense", memory.dense, 0),
            part("experts", memory.experts, 0),
            part("embedding and head", memory.embedding, 0),
            part("keys and values", memory.cache, 1),
            part("runtime", memory.runtime, 2),
        ],
        limit: Some((
            service.capacity,
            ["capacity ", &bytes(service.capacity)].concat(),
        )),
    }
}

fn room(service: &Service) -> String {
    format!(
        "A replica has room for {} requests at once, of {} tokens with their answers; at the load shown {} run.",
        three(service.room),
        three(service.load.prompt + service.load.output),
        three(service.met.running)
    )
}
