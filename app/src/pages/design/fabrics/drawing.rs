//! The compute fabric as a drawing: tiers from the nodes up, collapsed by unit. It draws what
//! the generator counted and counts nothing itself.

use crate::format;
use crate::state::use_workbench;
use crate::ui::*;

/// Units that are drawn one by one; the rest is told in words.
const DRAWN: usize = 8;
/// Boxes of a shared tier that are drawn one by one.
const BOXES: usize = 16;
const WIDTH: f64 = 720.0;
/// From the left edge to the drawing: the names of the tiers.
const LEFT: f64 = 96.0;

/// The counts that the drawing shows; `None` where the fabric cannot be built.
#[derive(Clone, PartialEq)]
struct Counts {
    units: usize,
    nodes: f64,
    leaf: f64,
    spine: f64,
    core: f64,
    node_leaf: f64,
    leaf_spine: f64,
    spine_core: f64,
    rails: f64,
    per_unit_spines: bool,
}

pub(super) fn drawing() -> AnyView {
    let workbench = use_workbench();
    let counts = Memo::new(move |_| {
        workbench.assessment().with(|assessment| {
            let value = |name: &str| {
                assessment
                    .facts
                    .iter()
                    .find(|fact| fact.name == name)?
                    .value
                    .clone()
            };
            let number = |name: &str| value(name).and_then(|value| value.as_f64());
            Some(Counts {
                units: number("compute.fabric_units")? as usize,
                nodes: number("compute.nodes")?,
                leaf: number("compute.leaf")?,
                spine: number("compute.spine")?,
                core: number("compute.core")?,
                node_leaf: number("compute.links.node_leaf")?,
                leaf_spine: number("compute.links.leaf_spine")?,
                spine_core: number("compute.links.spine_core")?,
                rails: number("compute.rails")?,
                per_unit_spines: value("compute.topology")
                    .is_some_and(|topology| topology.to_string() == "RailPerUnit"),
            })
        })
    });
    let shown = move || {
        match counts.get() {
        Some(counts) => draw(&counts),
        None => view! { <p class="empty">"There is nothing to draw: the fabric cannot be built as it stands. The findings say why."</p> }.into_any(),
    }
    };
    view! { <figure class="fabric">{shown}</figure> }.into_any()
}

fn draw(c: &Counts) -> AnyView {
    let tiers = if c.core > 0.0 { 4 } else { 3 };
    let height = f64::from(tiers) * 64.0 - 16.0;
    let level = move |tier: i32| height - 24.0 - f64::from(tier) * 64.0;
    let units = c.units.clamp(1, DRAWN);
    let spread = |count: usize| -> Vec<f64> {
        let step = (WIDTH - LEFT) / count as f64;
        (0..count)
            .map(|at| LEFT + step * (at as f64 + 0.5))
            .collect()
    };
    let columns = spread(units);
    let spines = spread((c.spine as usize).clamp(1, if c.per_unit_spines { units } else { BOXES }));
    let cores = spread((c.core as usize).clamp(1, BOXES));
    let mut links = String::new();
    for x in &columns {
        line(*x, level(0), *x, level(1), &mut links);
    }
    if c.spine > 0.0 {
        join(
            &columns,
            level(1),
            &spines,
            level(2),
            c.per_unit_spines,
            &mut links,
        );
    }
    if c.core > 0.0 {
        join(&spines, level(2), &cores, level(3), false, &mut links);
    }
    // First, so that boxes cover the ends. All links are one shape: hundreds of them, made anew
    // with each digit that a person types, were most of what an edit took.
    let mut shapes: Vec<AnyView> = vec![view! { <path class="fabric-links" d=links /> }.into_any()];
    let wide = ((WIDTH - LEFT) / units as f64 - 8.0).min(120.0);
    for x in &columns {
        shapes.push(bar(*x, level(0), wide, "tier-node"));
        shapes.push(rails(*x, level(1), wide, c.rails));
    }
    if c.spine > 0.0 {
        let wide = ((WIDTH - LEFT) / spines.len() as f64 - 6.0).min(40.0);
        shapes.extend(spines.iter().map(|x| bar(*x, level(2), wide, "tier-spine")));
    }
    if c.core > 0.0 {
        let wide = ((WIDTH - LEFT) / cores.len() as f64 - 6.0).min(40.0);
        shapes.extend(cores.iter().map(|x| bar(*x, level(3), wide, "tier-core")));
    }
    let names = [
        ("Nodes", c.nodes),
        ("Leaf", c.leaf),
        ("Spine", c.spine),
        ("Core", c.core),
    ];
    for (tier, (name, count)) in names
        .into_iter()
        .enumerate()
        .filter(|(_, (_, count))| *count > 0.0)
    {
        shapes.push(label(name, count, level(tier as i32)));
    }
    let view_box = ["0 0 ", &WIDTH.to_string(), " ", &height.to_string()].concat();
    let says = sentence(c);
    view! {
        <svg viewBox=view_box role="img" aria-label=says.clone()>{shapes}</svg>
        <figcaption class="muted">{says}</figcaption>
    }
    .into_any()
}

/// The drawing in words, which is also what is read where it is not seen.
fn sentence(c: &Counts) -> String {
    let n = format::count;
    let mut words = vec![
        [
            &format::plural(c.units, "unit", "units"),
            " of fabric, ",
            &n(c.rails),
            " rails each: ",
            &n(c.node_leaf),
            " links from nodes to ",
            &n(c.leaf),
            " leaves",
        ]
        .concat(),
    ];
    if c.spine > 0.0 {
        words.push([&n(c.leaf_spine), " up to ", &n(c.spine), " spines"].concat());
    }
    if c.core > 0.0 {
        words.push([&n(c.spine_core), " up to ", &n(c.core), " cores"].concat());
    }
    if c.units > DRAWN {
        words.push(
            [
                &DRAWN.to_string(),
                " of ",
                &n(c.units as f64),
                " units are drawn",
            ]
            .concat(),
        );
    }
    words.join("; ")
}

/// Each below to each above; or, where units have spines of their own, each to the one above it.
fn join(below: &[f64], y: f64, above: &[f64], top: f64, own: bool, links: &mut String) {
    for (at, x) in below.iter().enumerate() {
        let targets = above
            .iter()
            .enumerate()
            .filter(|(other, _)| !own || at * above.len() / below.len() == *other);
        for (_, to) in targets {
            line(*x, y, *to, top, links);
        }
    }
}

fn line(x1: f64, y1: f64, x2: f64, y2: f64, links: &mut String) {
    links.push_str(&format!("M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}"));
}

fn bar(x: f64, y: f64, wide: f64, class: &'static str) -> AnyView {
    let left = x - wide / 2.0;
    view! { <rect class=class x=left.to_string() y=(y - 9.0).to_string() width=wide.max(3.0).to_string() height="18" rx="2" /> }.into_any()
}

/// The leaves of a unit, one stripe for each rail.
fn rails(x: f64, y: f64, wide: f64, rails: f64) -> AnyView {
    let count = rails.clamp(1.0, 16.0) as usize;
    let step = wide / count as f64;
    let stripes = (0..count).map(|at| {
        bar(
            x - wide / 2.0 + step * (at as f64 + 0.5),
            y,
            (step - 2.0).max(1.5),
            "tier-leaf",
        )
    });
    stripes.collect_view().into_any()
}

fn label(name: &'static str, count: f64, y: f64) -> AnyView {
    view! {
        <text x="0" y=(y - 2.0).to_string() class="tier-name">{name}</text>
        <text x="0" y=(y + 13.0).to_string() class="tier-count">{format::count(count)}</text>
    }
    .into_any()
}
