//! What pages of predictions have in common: figures with their bands, why there are none, and what
//! they rest on.

use super::training::words::ends;
use crate::ui::*;
use plumbline_engine::catalogue::Range;

/// One figure of an answer.
pub(crate) struct Total {
    /// Its name.
    pub name: &'static str,
    /// The figure, in base units.
    pub value: f64,
    /// The same, for people.
    pub shown: String,
    /// The ends of its band, where it has one.
    pub ends: Option<String>,
    /// What it means.
    pub meaning: String,
}

impl Total {
    /// A figure with its band.
    pub(crate) fn of<Q: Copy + PartialEq>(
        name: &'static str,
        range: Range<Q>,
        value: fn(Q) -> f64,
        show: fn(Q) -> String,
        meaning: String,
    ) -> Self {
        Self {
            name,
            value: value(range.mid),
            shown: show(range.mid),
            ends: ends(range, show),
            meaning,
        }
    }
}

/// The figures, as they follow.
pub(crate) fn totals(all: impl Fn() -> Vec<Total> + Send + Sync + 'static) -> AnyView {
    let each = move || {
        let totals = all().into_iter().map(|total| {
            view! {
                <div class="cost-total">
                    <dt>{total.name}</dt>
                    <dd>
                        <b data-predicted=total.name data-value=total.value.to_string()>{total.shown}</b>
                        <span class="ends">{total.ends}</span>
                        <span class="cost-meaning">{total.meaning}</span>
                    </dd>
                </div>
            }
        });
        totals.collect_view()
    };
    view! { <dl class="cost-totals">{each}</dl> }.into_any()
}

/// Why nothing is predicted, in words, with the way to the field at a path; nothing where something is.
pub(crate) fn missing(
    why: Memo<Option<(String, String)>>,
    go: impl Fn(&str) + Copy + Send + Sync + 'static,
) -> AnyView {
    let view = move || {
        let (words, path) = why.get()?;
        Some(view! {
            <div class="notice" role="status">
                <p><strong>"No prediction yet"</strong></p>
                <p>{words}</p>
                <p class="actions"><button type="button" class="primary" on:click=move |_| go(&path)>"To the field"</button></p>
            </div>
        })
    };
    view.into_any()
}

/// A figure that the person states goes first: that it does, and the way to do without.
pub(crate) fn stated(words: String, action: Option<AnyView>) -> AnyView {
    view! { <p class="training-basis"><span>{words}</span>" "{action}</p> }.into_any()
}

/// What was assumed and what no measurement covers: always in sight.
pub(crate) fn rests_on(remarks: Memo<Vec<String>>) -> AnyView {
    let list = move || {
        let items = remarks.get();
        (!items.is_empty()).then(|| {
            let items = items.into_iter().map(|text| view! { <li>{text}</li> });
            view! {
                <section class="training-remarks" aria-label="Assumptions">
                    <h2>"What this rests on"</h2>
                    <ul>{items.collect_view()}</ul>
                </section>
            }
        })
    };
    list.into_any()
}
