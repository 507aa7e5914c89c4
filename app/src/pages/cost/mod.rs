//! What the design costs over its life: the answer on top, the figures that decide it at hand,
//! and every line, where any price gives way to the person's own.

mod assumed;
mod charts;
mod headline;
mod lines;
mod quote;
mod rent;
mod sheet;
mod work;

use crate::ui::*;

/// The page.
pub fn page() -> AnyView {
    view! {
        <div class="page-cost">
            <h1>"Cost"</h1>
            {headline::headline()}
            {assumed::at_hand()}
            {charts::charts()}
            {rent::own_or_rent()}
            {work::work()}
            {lines::lines()}
            {assumed::missing()}
            {assumed::defaults()}
        </div>
    }
    .into_any()
}
