//! Digits and grouping, by the browser's own `Intl.NumberFormat`.

use js_sys::{Array, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// A whole number: `1,016`.
pub fn count(value: f64) -> String {
    shown(value, Style::Decimals(0))
}

/// So many significant digits: `1.63`; never with an exponent.
pub fn significant(value: f64, digits: u8) -> String {
    shown(value, Style::Significant(digits))
}

/// So many digits after the point, also when they are zeros: `2.30`.
pub fn decimals(value: f64, digits: u8) -> String {
    shown(value, Style::Decimals(digits))
}

/// All digits that a person can use.
pub fn full(value: f64) -> String {
    shown(value, Style::Significant(15))
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Significant(u8),
    Decimals(u8),
}

thread_local! {
    /// Making a format takes the browser far longer than using it.
    static FORMATS: RefCell<Vec<(Style, Function)>> = const { RefCell::new(Vec::new()) };
}

fn shown(value: f64, style: Style) -> String {
    let format = FORMATS.with_borrow_mut(|formats| {
        if let Some((_, format)) = formats.iter().find(|(known, _)| *known == style) {
            return format.clone();
        }
        let format = Intl::NumberFormat::new(&Array::new(), &options(style)).format();
        formats.push((style, format.clone()));
        format
    });
    let text = format
        .call1(&JsValue::UNDEFINED, &JsValue::from_f64(value))
        .ok();
    let text = text.and_then(|text| text.as_string()).unwrap_or_default();
    // A minus as wide as a plus.
    if value < 0.0 {
        text.replace('-', "−")
    } else {
        text
    }
}

fn options(style: Style) -> Object {
    let options = Object::new();
    let set = |key: &str, digits: u8| {
        drop(Reflect::set(
            &options,
            &key.into(),
            &f64::from(digits).into(),
        ))
    };
    match style {
        Style::Significant(digits) => set("maximumSignificantDigits", digits),
        Style::Decimals(digits) => {
            set("minimumFractionDigits", digits);
            set("maximumFractionDigits", digits);
        }
    }
    options
}
