//! Why nothing is predicted, with the way to the field.

use super::Shown;
use crate::pages::predicted;
use crate::shell::dom;
use crate::ui::*;

/// The notice; nothing while there is a service.
pub(super) fn missing(shown: Shown) -> AnyView {
    let missing = Memo::new(move |_| {
        shown.prediction.with(|prediction| {
            let prediction = prediction.as_ref()?;
            let reason = prediction.service_missing.as_ref()?;
            Some(named(&prediction.subject, reason))
        })
    });
    // The workload's own fields are on this page.
    predicted::missing(missing, move |path| match path.starts_with("workloads") {
        true => dom::focus_path(path.to_owned()),
        false => shown.workbench.go_to_subject(path),
    })
}

/// The engine names a field of the workload, a path of the design, a figure of the world, or
/// what cannot be.
fn named(subject: &str, reason: &str) -> (String, String) {
    let field = |name: &str| [subject, ".", name].concat();
    let say = |before: &str, after: &str| [before, reason, after].concat();
    let of_world = |kind: &str| reason.strip_prefix(kind).map(str::to_owned);
    match reason {
        "model" => ("The workload names no model.".into(), field("model")),
        "serving.prompt" => (
            "The tokens of a prompt are not stated. A traffic states them too.".into(),
            field(reason),
        ),
        "serving.output" => (
            "The tokens of an answer are not stated. A traffic states them too.".into(),
            field(reason),
        ),
        "serving.drafting.drafter" => (
            "This model has no next-token predictors of its own: another way to draft is needed."
                .into(),
            field(reason),
        ),
        "serving.drafting.accepted" => (
            "No acceptance of this drafter's tokens is published. State your own.".into(),
            field(reason),
        ),
        _ if reason.starts_with("models.") => (
            say("The dimensions of the model are not published: ", "."),
            field("model"),
        ),
        _ if reason.starts_with("memory: ") => {
            let words = [
                "It does not fit: ",
                reason.trim_start_matches("memory: "),
                ". Narrower weights, more accelerators or another layout would help.",
            ];
            (words.concat(), field("serving.format"))
        }
        _ if reason.starts_with("serving.sizing.") => {
            let (path, why) = reason.split_once(": ").unwrap_or((reason, "unknown"));
            let words = ["What was pasted cannot be read: ", why, "."];
            (words.concat(), field(path))
        }
        _ if reason.starts_with("a layout") => (
            say("There is no layout for it; wanted is ", "."),
            field("serving.tp"),
        ),
        _ if reason.starts_with("compute.") => (
            "The node's accelerators are not known.".into(),
            reason.to_owned(),
        ),
        _ => {
            if let Some(id) = of_world("inference.machines.") {
                let words = [
                    "No measured inference is known of the accelerator ",
                    &id,
                    ", so that nothing can be predicted of it.",
                ];
                return (words.concat(), "compute.groups[0].part".to_owned());
            }
            if let Some(key) = of_world("inference.traffics.") {
                let words = ["There is no traffic ", &key, "."];
                return (words.concat(), field("serving.traffic"));
            }
            if let Some(key) = of_world("inference.drafting.") {
                let words = ["There is no way to draft called ", &key, "."];
                return (words.concat(), field("serving.drafting.drafter"));
            }
            if let Some(key) = of_world("inference.techniques.reuse.") {
                let words = ["There is no recorded reuse ", &key, "."];
                return (words.concat(), field("serving.prefixes.reuse"));
            }
            if let Some(key) = of_world("inference.engines.") {
                let words = ["There is no serving engine ", &key, "."];
                return (words.concat(), field("serving.engine"));
            }
            (say("Not known: ", "."), "compute.groups[0].part".to_owned())
        }
    }
}
