//! The host of every chart: title, canvas, keyboard cursor, table and exports.

use super::csv::csv;
use super::export::save_png;
use super::palette::Palette;
use super::plot::{Plot, Stop, Table};
use super::surface::{DrawError, Surface};
use super::watch::Watch;
use crate::shell::dom::download;
use crate::ui::html;
use crate::ui::*;
use leptos::ev::{KeyboardEvent, PointerEvent};
use std::sync::Arc;
use web_sys::HtmlCanvasElement;

/// A plot of any kind, shared between the drawing, the words and the table.
pub type SharedPlot = Arc<dyn Plot + Send + Sync>;

/// Shows a plot, redrawn whenever its data, its width or the theme changes.
pub fn chart(plot: impl Fn() -> SharedPlot + Send + Sync + 'static) -> AnyView {
    // Whoever computes a plot has compared its inputs already.
    let plot = Memo::new_with_compare(move |_| plot(), |_, _| true);
    let canvas = NodeRef::<html::Canvas>::new();
    let place = NodeRef::<html::Div>::new();
    let width = RwSignal::new(0.0_f64);
    let look = RwSignal::new(0_u32);
    let cursor = RwSignal::new(None::<usize>);
    let stops = RwSignal::new(Vec::<Stop>::new());
    let failure = RwSignal::new(None::<DrawError>);
    let tabled = RwSignal::new(false);
    let watch = StoredValue::new_local(None::<Watch>);

    Effect::new(move |_| {
        if let Some(place) = place.get() {
            watch.set_value(Watch::start(&place, width, look));
        }
    });
    on_cleanup(move || watch.dispose());
    Effect::new(move |_| {
        let (Some(canvas), width) = (canvas.get(), width.get()) else {
            return;
        };
        look.track();
        if width < 1.0 {
            return;
        }
        let drawn = plot.with(|plot| paint(&canvas, &**plot, width, cursor.get()));
        match drawn {
            Ok((found, _)) => {
                failure.set(None);
                stops.set(found);
            }
            Err(error) => {
                failure.set(Some(error));
                stops.set(Vec::new());
            }
        }
    });
    // Another design has other figures: a cursor on the third of them would point at nothing.
    Effect::new(move |before: Option<usize>| {
        let count = stops.with(Vec::len);
        if before.is_some_and(|before| before != count) {
            cursor.set(None);
        }
        count
    });

    let key = move |event: KeyboardEvent| {
        let count = stops.with(Vec::len);
        if let Some(next) = moved(&event.key(), cursor.get(), count) {
            event.prevent_default();
            cursor.set(next);
        }
    };
    let hover = move |event: PointerEvent| {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let under = stops.with(|stops| stops.iter().position(|stop| stop.area.holds(x, y)));
        if under.is_some() && under != cursor.get() {
            cursor.set(under);
        }
    };
    let leave = move || {
        // A chart that goes with its page loses the focus only after it is gone.
        let _ = cursor.try_set(None);
    };
    let readout = move || {
        let text = cursor
            .get()
            .and_then(|at| stops.with(|stops| stops.get(at).map(|stop| stop.text.clone())));
        text.unwrap_or_default()
    };
    let picture = move |_| {
        let Some(canvas) = canvas.get() else { return };
        cursor.set(None);
        let saved = plot.with(|plot| {
            let (_, surface) = paint(&canvas, &**plot, width.get(), None)?;
            let name = format!("{}.png", plot.file());
            save_png(&name, &canvas, &surface, &plot.title(), &plot.subtitle())
        });
        if let Err(error) = saved {
            failure.set(Some(error));
        }
    };
    let sheet = move |_| {
        plot.with(|plot| {
            let Table { raw_head, raw, .. } = plot.table();
            let text = csv(std::iter::once(raw_head).chain(raw));
            // Where the browser refuses to save it says so itself.
            let _ = download(
                &format!("{}.csv", plot.file()),
                "text/csv;charset=utf-8",
                &text,
            );
        });
    };
    let title = Memo::new(move |_| plot.with(|plot| plot.title()));
    let label = move || {
        format!(
            "{} Arrow keys read the values.",
            plot.with(|plot| plot.summary())
        )
    };
    // Made when it is asked for: a chart may have thousands of figures.
    let wanted = Memo::new(move |_| tabled.get() || failure.with(Option::is_some));
    let table = move || {
        wanted.get().then(|| {
            let table = plot.with(|plot| table_view(&plot.title(), plot.table()));
            view! { <div class="chart-table">{table}</div> }
        })
    };
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <div>
                    <h3>{title}</h3>
                    <p class="chart-measure">{move || plot.with(|plot| plot.subtitle())}</p>
                </div>
                <div class="chart-tools">
                    <button
                        type="button"
                        class="quiet"
                        aria-expanded=move || tabled.get().to_string()
                        aria-label=move || format!("Table: {}", title.get())
                        on:click=move |_| tabled.update(|shown| *shown = !*shown)
                    >
                        "Table"
                    </button>
                    <button type="button" class="quiet" aria-label=move || format!("Save as PNG: {}", title.get()) on:click=picture>
                        "PNG"
                    </button>
                    <button type="button" class="quiet" aria-label=move || format!("Save as CSV: {}", title.get()) on:click=sheet>
                        "CSV"
                    </button>
                </div>
            </figcaption>
            <div class="chart-place" node_ref=place>
                // The place keeps its width, so that the next figures are drawn.
                <canvas
                    node_ref=canvas
                    hidden=move || failure.with(Option::is_some)
                    role="img"
                    tabindex="0"
                    aria-label=label
                    style:width=move || format!("{}px", width.get())
                    style:height=move || format!("{}px", plot.with(|plot| plot.height(width.get())))
                    on:keydown=key
                    on:pointermove=hover
                    on:pointerleave=move |_| leave()
                    on:blur=move |_| leave()
                ></canvas>
            </div>
            <p class="chart-readout" role="status">{readout}</p>
            {move || failure.get().map(|error| view! { <p class="chart-failure">{format!("No drawing: {error}. The table has what is known.")}</p> })}
            {table}
        </figure>
    }
    .into_any()
}

fn paint(
    canvas: &HtmlCanvasElement,
    plot: &dyn Plot,
    width: f64,
    cursor: Option<usize>,
) -> Result<(Vec<Stop>, Surface), DrawError> {
    let surface = Surface::on(canvas, width, plot.height(width), Palette::of(canvas))?;
    let stops = plot.draw(&surface, cursor)?;
    Ok((stops, surface))
}

/// Where a key moves the cursor; `None` for a key that is not the chart's.
fn moved(key: &str, from: Option<usize>, count: usize) -> Option<Option<usize>> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowRight" | "ArrowDown" => Some(from.map_or(0, |at| (at + 1).min(last))),
        "ArrowLeft" | "ArrowUp" => Some(from.map_or(last, |at| at.saturating_sub(1))),
        "Home" => Some(0),
        "End" => Some(last),
        "Escape" if from.is_some() => None,
        _ => return None,
    })
}

fn table_view(caption: &str, table: Table) -> AnyView {
    let head = table
        .head
        .into_iter()
        .map(|name| view! { <th scope="col">{name}</th> })
        .collect_view();
    let rows = table.rows.into_iter().map(|row| {
        let mut cells = row.into_iter();
        let name = cells.next().unwrap_or_default();
        let rest = cells.map(|cell| view! { <td>{cell}</td> }).collect_view();
        view! { <tr><th scope="row">{name}</th>{rest}</tr> }
    });
    view! {
        <table class="figures">
            <caption class="visually-hidden">{caption.to_owned()}</caption>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn the_cursor_stays_on_the_figures() {
        assert_eq!(moved("ArrowRight", None, 3), Some(Some(0)));
        assert_eq!(moved("ArrowRight", Some(2), 3), Some(Some(2)));
        assert_eq!(moved("ArrowLeft", Some(0), 3), Some(Some(0)));
        assert_eq!(moved("ArrowLeft", None, 3), Some(Some(2)));
        assert_eq!(moved("End", None, 3), Some(Some(2)));
        assert_eq!(moved("Home", Some(2), 3), Some(Some(0)));
        assert_eq!(moved("Escape", Some(1), 3), Some(None));
    }

    #[test]
    fn other_keys_are_left_to_the_page() {
        assert_eq!(moved("Tab", Some(1), 3), None);
        assert_eq!(moved("Escape", None, 3), None);
        assert_eq!(moved("ArrowRight", None, 0), None);
    }
}
