//! Fields of the techniques that a plan may choose.

use crate::format;
use crate::pages::design::layout::more;
use crate::state::world;
use crate::ui::*;
use crate::widgets::{
    Choice, Field, count_field, quantity_field, select_field, share_field, yes_no_field,
};

/// All of them, each group behind a disclosure.
pub(super) fn techniques(place: &str) -> AnyView {
    view! {
        {more("Prefill and decode apart; experts beyond a domain", units(place))}
        {more("Prompts that come again", prefixes(place))}
        {more("Drafted tokens", drafting(place))}
        {more("Easy requests and a smaller model", easy(place))}
    }
    .into_any()
}

fn field(place: &str, label: &str, name: &str) -> Field {
    Field::new(label, &[place, ".serving.", name].concat())
}

fn units(place: &str) -> Vec<AnyView> {
    let mode = field(place, "Prefill and decode", "disaggregation.mode");
    let mut all = vec![
        select_field(
            mode.optional("together"),
            vec![
                Choice::new("No", "together, as stated"),
                Choice::new("Yes", "in units of their own"),
                Choice::new("Search", "whichever yields more"),
            ],
        ),
        yes_no_field(field(
            place,
            "Halves of a batch hide exchanges",
            "disaggregation.overlap",
        )),
        yes_no_field(field(place, "Experts beyond a scale-up domain", "wide")),
        count_field(
            field(place, "Copies of busy experts", "redundant")
                .optional("none")
                .hint("counted as memory"),
        ),
    ];
    for (unit, name) in [("Prefill", "prefill"), ("Decode", "decode")] {
        let degree = |label: &str, degree: &str| {
            let label = [unit, ": ", label].concat();
            let path = ["disaggregation.", name, ".", degree].concat();
            count_field(field(place, &label, &path).optional("by search"))
        };
        all.extend([
            degree("units", "units"),
            degree("tensor parallel", "tp"),
            degree("pipeline stages", "pp"),
            degree("groups of attention", "groups"),
        ]);
    }
    all
}

fn prefixes(place: &str) -> Vec<AnyView> {
    let known = world().inference.techniques.reuse.iter();
    let known = known.map(|(key, reuse)| Choice::new(key, &reuse.name));
    vec![
        select_field(
            field(place, "Prompts come again as in", "prefixes.reuse")
                .optional("nothing is found again"),
            known.collect(),
        ),
        quantity_field(
            field(place, "Sessions go on for", "prefixes.window")
                .optional("as recorded")
                .hint("such as 10 min"),
        ),
        select_field(
            field(place, "Requests go", "prefixes.routing")
                .optional("to the replica that holds their prefix"),
            vec![
                Choice::new("Aware", "to the replica that holds their prefix, as stated"),
                Choice::new("Random", "to any replica"),
            ],
        ),
        select_field(
            field(place, "Slowest tier that holds prefixes", "prefixes.depth")
                .optional("all of the design"),
            vec![
                Choice::new("Accelerator", "memory of the accelerators"),
                Choice::new("Host", "memory of the hosts"),
                Choice::new("Local", "drives in the nodes"),
                Choice::new("Shared", "shared storage"),
            ],
        ),
    ]
}

fn drafting(place: &str) -> Vec<AnyView> {
    let ways = world().inference.drafting.iter();
    let ways = ways.map(|(key, way)| Choice::new(key, &way.name));
    vec![
        select_field(
            field(place, "Tokens drafted by", "drafting.drafter").optional("nobody"),
            ways.collect(),
        ),
        count_field(
            field(place, "Tokens drafted for a pass", "drafting.drafted").optional("as usual"),
        ),
        quantity_field(
            field(place, "Tokens that a pass yields", "drafting.accepted")
                .optional("as published")
                .hint("such as 2.8, of your own traffic"),
        ),
    ]
}

fn easy(place: &str) -> Vec<AnyView> {
    let models = world().models.iter();
    let models = models.map(|(id, model)| Choice::new(id, &model.name));
    let scores = world().inference.scores.iter();
    let scores = scores.map(|(key, table)| Choice::new(key, &table.name));
    let usual = |name: &str| {
        let figure = world().inference.techniques.figure(name).ok();
        figure.map_or(String::new(), format::percent)
    };
    vec![
        select_field(
            field(place, "Smaller model", "easy.model").optional("the one that yields most"),
            models.collect(),
        ),
        share_field(
            field(place, "Easy requests", "easy.share")
                .optional(&[&usual("easy-share"), ", as production reports"].concat())
                .hint("share of all"),
        ),
        select_field(
            field(place, "Scores for the floor", "easy.scores").optional("any"),
            scores.collect(),
        ),
        quantity_field(
            field(place, "Least score", "easy.floor")
                .optional(&[&usual("easy-score"), " of this model's"].concat())
                .hint("of the smaller model"),
        ),
        quantity_field(
            field(place, "Cost of distilling", "easy.distillation")
                .optional("by a fine-tuning run of the design")
                .hint("data and training, such as 80 k$"),
        ),
    ]
}
