//! The fitted constants, with what physics allows and what fixes each.

use super::subject::Subject;
use crate::format;
use crate::ui::*;
use crate::widgets::{Cell, Column, Row, data_table};
use plumbline_engine::catalogue::FittedConstant;

/// The section.
pub(super) fn constants(subject: Subject) -> AnyView {
    let all = subject.constants;
    let fitted = all
        .values()
        .filter(|constant| constant.spread > 0.0)
        .count();
    let says = format!(
        "{}, {} of them fitted to the measured rows, each within what physics or the vendor's own measurements allow; none is of one row, model or source.",
        format::plural(all.len(), "constant", "constants"),
        format::count(fitted as f64)
    );
    let columns = vec![
        Column::text("Constant").sortable(),
        Column::figures("Value"),
        Column::text("Unit"),
        Column::figures("Bound"),
        Column::figures("Expected"),
        Column::text("Fixed by"),
    ];
    let rows = move || {
        all.iter()
            .map(|(name, constant)| row(name, constant))
            .collect()
    };
    view! {
        <section class="evidence-constants">
            <details>
                <summary><h2>"Constants "<span class="findings-number">{all.len()}</span></h2></summary>
                <p>{says}</p>
                <div class="scroll" role="region" aria-label="Constants" tabindex="0">
                    {data_table(subject.constants_of.into(), columns, rows)}
                </div>
            </details>
        </section>
    }
    .into_any()
}

fn row(name: &str, constant: &FittedConstant) -> Row {
    let show = |value: f64| match value.abs() {
        small if small > 0.0 && small < 1e-3 => {
            let power = small.log10().floor();
            let lead = format::significant(value / 10_f64.powf(power), 3);
            [&lead, "·10", &superscript(power as i32)].concat()
        }
        _ => format::significant(value, 3),
    };
    let (low, high) = constant.bound;
    let unit = match constant.unit.as_str() {
        "" => "ratio",
        unit => unit,
    };
    let fixed = match constant.spread > 0.0 {
        true => constant.fixed_by.clone(),
        false => ["not fitted: ", &constant.fixed_by].concat(),
    };
    Row {
        cells: vec![
            Cell::text(&name.replace('_', " ")),
            Cell::figure(constant.value, show(constant.value)),
            Cell::text(unit),
            Cell::figure(low, [show(low), show(high)].join(" – ")),
            Cell::figure(constant.expected, show(constant.expected)),
            Cell::text(&fixed),
        ],
    }
}

fn superscript(number: i32) -> String {
    let digit = |digit: char| match digit {
        '-' => '⁻',
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    };
    number.to_string().chars().map(digit).collect()
}
