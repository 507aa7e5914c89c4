//! What was assumed and what no measurement covers: always in sight.

use super::Shown;
use super::words::layout;
use crate::format;
use crate::pages::predicted::rests_on;
use crate::pages::training::words::sentence;
use crate::ui::*;
use plumbline_engine::predict::inference::Service;

/// The list.
pub(super) fn remarks(shown: Shown) -> AnyView {
    let remarks = Memo::new(move |_| shown.service(of).unwrap_or_default());
    rests_on(remarks)
}

fn of(service: &Service) -> Vec<String> {
    let mut all: Vec<String> = service.remarks.iter().map(|said| sentence(said)).collect();
    all.push(format!(
        "Keys and values in {} bits; the layout: {}.",
        format::count(8.0 * service.cache),
        layout(&service.layout)
    ));
    let idle = service.idle();
    if idle > 0 {
        all.push(format!(
            "{} left over: too few for another replica.",
            format::plural(idle as usize, "accelerator is", "accelerators are")
        ));
    }
    all
}
