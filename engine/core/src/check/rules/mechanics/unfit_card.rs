use crate::catalogue::{Nic, Node};
use crate::check::rule::{firm, rule};
use crate::check::{On, Outcome, Severity, Status};
use crate::sourced::Grade;

rule! {
    /// ## What it checks
    /// Each adapter that a node carries has the form of the node's slots and needs no more lanes
    /// than a slot has.
    /// ## Why it matters
    /// An OCP adapter of one form cannot be plugged into a slot of another, and a card with more
    /// lanes than its slot runs below its rate, or not at all.
    /// ## Evidence
    /// Forms and lanes of slots and adapters in the catalogue. OCP NIC 3.0 knows a small form
    /// factor, a taller one and a large one; a large card has up to 32 lanes.
    /// ## Example
    /// A large card with 32 lanes in a node whose slots are small and have 16.
    /// ## How to fix
    /// Choose an adapter of the slot's form, or a node with other slots.
    /// ## Limits
    /// A blocker only where form and lanes were read in the makers' own documents or stated by
    /// the person. Power and cooling of the slot are not looked at. Without a requirement that
    /// asks for it, the rule speaks only of nodes whose slots are known.
    pub struct UnfitCard;
    "MEC002" "unfit_card" Advice "every adapter fits its slot"
    check
}

const SUBJECT: &str = "compute.groups[0].part";

fn check(on: &On<'_>) -> Vec<Outcome> {
    let known = |node: &&Node| node.nic_slot.get().is_some() || node.nic_lanes.known().is_some();
    let asked = on.demand.is_some();
    let Some(node) = on.derived.main_node().filter(|n| asked || known(n)) else {
        let open = asked && on.derived.main_group().is_some();
        let open = open.then(|| Outcome::unknown(SUBJECT, SUBJECT, "slots of a node"));
        return open.into_iter().collect();
    };
    let mut ids: Vec<&String> = Vec::new();
    let sets = [
        &node.compute_ports,
        &node.storage_ports,
        &node.in_band_ports,
    ];
    for id in sets.into_iter().filter_map(|ports| ports.nic.as_ref()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        let datum = format!("{}: compute_ports/nic", node.id);
        let open = asked.then(|| Outcome::unknown(SUBJECT, datum, "adapter of a node"));
        return open.into_iter().collect();
    }
    let cards = ids.into_iter().map(|id| card(on, node, id));
    // One finding for all: the card that fails, else the one that is not known.
    let gravest = cards.min_by_key(|outcome| outcome.status);
    gravest.into_iter().collect()
}

fn card(on: &On<'_>, node: &Node, id: &str) -> Outcome {
    let unknown = |datum: String, what: &str| Outcome::unknown(SUBJECT, datum, what);
    let Some(card) = on.derived.parts.nic(id) else {
        return unknown(id.to_owned(), "adapter of a node");
    };
    let forms = node.nic_slot.get().zip(card.form.get());
    let lanes = node.nic_lanes.known().zip(card.lanes.known());
    let form_fits = forms.map(|(slot, card)| slot == card);
    let lanes_fit = lanes.map(|(slot, card)| slot >= card);
    let outcome = match (form_fits, lanes_fit) {
        (Some(false), _) | (_, Some(false)) | (Some(true), Some(true)) => {
            let holds = form_fits != Some(false) && lanes_fit != Some(false);
            let status = if holds { Status::Pass } else { Status::Fail };
            let message = format!(
                "found {} ({}), required a card for a slot of {}",
                card.name,
                shape(card.form.get(), card.lanes.known()),
                shape(node.nic_slot.get(), node.nic_lanes.known()),
            );
            Outcome::new(status, SUBJECT, message)
        }
        (None, _) if node.nic_slot.get().is_none() => {
            unknown(format!("{}: nic_slot", node.id), "form of a slot")
        }
        (None, _) => unknown(format!("{id}: form"), "form of an adapter"),
        (_, None) if node.nic_lanes.known().is_none() => {
            unknown(format!("{}: nic_lanes", node.id), "lanes of a slot")
        }
        (_, None) => unknown(format!("{id}: lanes"), "lanes of an adapter"),
    };
    let decided = decisive(node, card, form_fits);
    match firm(&decided) {
        true => outcome.at(Severity::Blocker),
        false => outcome,
    }
    .by(node.nic_slot.origin())
}

/// Grades of the figures that decide.
fn decisive(node: &Node, card: &Nic, form_fits: Option<bool>) -> [Grade; 2] {
    match form_fits {
        Some(false) => [node.nic_slot.grade, card.form.grade],
        _ => [node.nic_lanes.grade, card.lanes.grade],
    }
}

fn shape(form: Option<&String>, lanes: Option<u32>) -> String {
    match (form, lanes) {
        (Some(form), Some(lanes)) => format!("{form}, {lanes} lanes"),
        (Some(form), None) => form.clone(),
        (None, Some(lanes)) => format!("{lanes} lanes"),
        (None, None) => "unknown form".into(),
    }
}
