//! A table of figures: caption, scoped heads, columns that sort where that helps.

use crate::ui::*;
use plumbline_engine::order::sorted;
use std::cmp::Ordering;

/// A column.
#[derive(Clone)]
pub struct Column {
    /// Its head.
    pub label: String,
    /// Figures: set to the right.
    pub numeric: bool,
    /// Its head is a button that sorts by it.
    pub sortable: bool,
}

impl Column {
    /// A column of words.
    pub fn text(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            numeric: false,
            sortable: false,
        }
    }

    /// A column of figures.
    pub fn figures(label: &str) -> Self {
        Self {
            numeric: true,
            ..Self::text(label)
        }
    }

    /// The same, sortable.
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }
}

/// By what a cell sorts.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub enum SortKey {
    /// Not at all.
    None,
    /// By number.
    Number(f64),
    /// By text.
    Text(String),
}

/// One cell.
pub struct Cell {
    /// What it shows.
    pub view: AnyView,
    /// By what it sorts.
    pub key: SortKey,
}

impl Cell {
    /// Words, by which it also sorts.
    pub fn text(text: &str) -> Self {
        Self {
            view: text.to_owned().into_any(),
            key: SortKey::Text(text.to_ascii_lowercase()),
        }
    }

    /// A figure as it is shown, sorted by its value.
    pub fn figure(value: f64, shown: String) -> Self {
        Self {
            view: shown.into_any(),
            key: SortKey::Number(value),
        }
    }

    /// Anything, which does not sort.
    pub fn view(view: AnyView) -> Self {
        Self {
            view,
            key: SortKey::None,
        }
    }
}

/// One row; its first cell is its head.
pub struct Row {
    /// The cells, one for each column.
    pub cells: Vec<Cell>,
}

/// A table of what `rows` gives, again whenever that changes.
pub fn data_table(
    caption: String,
    columns: Vec<Column>,
    rows: impl Fn() -> Vec<Row> + Send + Sync + 'static,
) -> AnyView {
    table(caption, columns, Box::new(move |_| rows()), || usize::MAX)
}

/// A table, in a region of its own that scrolls, of the first `step` of `count` rows and as many
/// more each time they are asked for. `rows` is told how many are shown; where it gives more, the
/// first as sorted are.
pub fn long_table(
    name: &'static str,
    caption: String,
    columns: Vec<Column>,
    rows: impl Fn(usize) -> Vec<Row> + Send + Sync + 'static,
    count: impl Fn() -> usize + Send + Sync + 'static,
    step: usize,
) -> AnyView {
    let most = RwSignal::new(step);
    let more = Memo::new(move |_| count().saturating_sub(most.get()).min(step));
    let button = move || {
        (more.get() > 0).then(|| {
            let label = move || ["Show ", &more.get().to_string(), " more"].concat();
            view! { <button type="button" on:click=move |_| most.update(|most| *most += step)>{label}</button> }
        })
    };
    view! {
        <div class="scroll" role="region" aria-label=name tabindex="0">
            {table(caption, columns, Box::new(rows), move || most.get())}
        </div>
        {button}
    }
    .into_any()
}

/// What gives the rows, told how many are shown.
type Rows = Box<dyn Fn(usize) -> Vec<Row> + Send + Sync>;

fn table(
    caption: String,
    columns: Vec<Column>,
    rows: Rows,
    most: impl Fn() -> usize + Send + Sync + 'static,
) -> AnyView {
    let order = RwSignal::new(None::<(usize, bool)>);
    let numeric: Vec<bool> = columns.iter().map(|column| column.numeric).collect();
    let heads: Vec<AnyView> = columns
        .into_iter()
        .enumerate()
        .map(|(at, column)| head(at, column, order))
        .collect();
    let body = move || {
        let most = most();
        let mut rows = rows(most);
        if let Some((at, down)) = order.get() {
            rows = sorted(rows, |a, b| compare(a, b, at, down));
        }
        rows.into_iter()
            .take(most)
            .map(|row| line(row, &numeric))
            .collect_view()
    };
    view! {
        <table class="data">
            <caption>{caption}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}

fn head(at: usize, column: Column, order: RwSignal<Option<(usize, bool)>>) -> AnyView {
    let class = if column.numeric { "figures" } else { "" };
    if !column.sortable {
        return view! { <th scope="col" class=class>{column.label}</th> }.into_any();
    }
    let state = move || match order.get() {
        Some((by, true)) if by == at => "descending",
        Some((by, false)) if by == at => "ascending",
        _ => "none",
    };
    let numeric = column.numeric;
    // Figures are mostly looked at from the largest down, words from A on.
    let turn = move |_| {
        order.update(|order| {
            *order = Some((
                at,
                order.map_or(numeric, |(by, down)| if by == at { !down } else { numeric }),
            ))
        })
    };
    view! {
        <th scope="col" class=class aria-sort=state>
            <button type="button" class="sort" on:click=turn>{column.label}</button>
        </th>
    }
    .into_any()
}

fn line(row: Row, numeric: &[bool]) -> AnyView {
    let cells: Vec<AnyView> = row
        .cells
        .into_iter()
        .enumerate()
        .map(|(at, cell)| match (at, numeric.get(at)) {
            (0, _) => view! { <th scope="row">{cell.view}</th> }.into_any(),
            (_, Some(true)) => view! { <td class="figures">{cell.view}</td> }.into_any(),
            _ => view! { <td>{cell.view}</td> }.into_any(),
        })
        .collect();
    view! { <tr>{cells}</tr> }.into_any()
}

fn compare(a: &Row, b: &Row, at: usize, down: bool) -> Ordering {
    let key = |row: &Row| {
        row.cells
            .get(at)
            .map(|cell| cell.key.clone())
            .unwrap_or(SortKey::None)
    };
    let order = match (key(a), key(b)) {
        // What is not known comes last either way.
        (SortKey::None, SortKey::None) => return Ordering::Equal,
        (SortKey::None, _) => return Ordering::Greater,
        (_, SortKey::None) => return Ordering::Less,
        (a, b) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
    };
    if down { order.reverse() } else { order }
}
