//! What fits into a rack and into a slot, what a busbar carries, how hot the air may be: the
//! arithmetic of the rules, and what they say where a figure is missing.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::check::{Finding, Severity, Status, check, fixes};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, Edit, Stated, StatedUnit, apply_all};
use plumbline_engine::load::data_from_text;
use plumbline_engine::reference::{Reference, Requirement, instantiate};
use plumbline_tests::world;
use serde_json::Value;

const NODE: &str = "dgx-h100";
const REFERENCE: &str = "nvidia-dgx-superpod-h100";

/// 32 DGX H100 in the frame `rack`, changed by edits.
fn design(rack: &str, edits: &[(&str, Value)]) -> Design {
    let reference = world().references.get(REFERENCE).expect("a reference");
    let design = instantiate(reference, 1, None, Some("idealised")).expect("a size");
    let rack = Edit::set("compute.groups[0].rack", rack);
    let edits = edits
        .iter()
        .map(|(path, value)| Edit::set(*path, value.clone()));
    let edits: Vec<Edit> = [rack].into_iter().chain(edits).collect();
    apply_all(&design, &edits).expect("edits that fit").0
}

fn findings(design: &Design, code: &str) -> Vec<Finding> {
    let all = check(&derive(design, world()), &[]);
    all.into_iter().filter(|f| f.id == code).collect()
}

fn only(design: &Design, code: &str) -> Finding {
    let mut found = findings(design, code);
    assert_eq!(found.len(), 1, "{code}: {found:?}");
    found.remove(0)
}

/// A frame of 50 OpenU, nodes of 3 OpenU.
fn dense(nodes_per_rack: u32) -> Design {
    let height = |part: &str| format!("overrides.{part}.height");
    let (node, rack) = (height(NODE), height("ocp-orv3"));
    design(
        "ocp-orv3",
        &[
            ("compute.groups[0].nodes_per_rack", nodes_per_rack.into()),
            (&node, "3 OU".into()),
            (&rack, "50 OU".into()),
        ],
    )
}

#[test]
fn a_rack_holds_as_many_nodes_as_its_height_allows() {
    assert_eq!(only(&dense(16), "MEC001").status, Status::Pass);
    let over = dense(24);
    let finding = only(&over, "MEC001");
    assert_eq!(finding.status, Status::Fail);
    assert_eq!(
        finding.message,
        "found 24 nodes of 3.24 U, 77.8 U in all, required at most 54 U: 16 nodes fit before power shelves, 128 accelerators"
    );
    let fixes = fixes(&over, world(), &[], &finding);
    let first = fixes.first().expect("a fix");
    assert_eq!(
        first.edits,
        vec![Edit::set("compute.groups[0].nodes_per_rack", 16)]
    );
}

#[test]
fn power_shelves_take_height_where_they_are_known() {
    let mut shelved = dense(16);
    let fields = shelved.overrides.get_mut("ocp-orv3").expect("overrides");
    fields.insert("shelves".into(), 2_u32.into());
    fields.insert("shelf_height".into(), "3 OU".to_owned().into());
    let finding = only(&shelved, "MEC001");
    assert_eq!(finding.status, Status::Fail);
    assert!(
        finding.message.contains("and 2 power shelves of 3.24 U")
            && finding
                .message
                .ends_with(": 14 nodes fit, 112 accelerators"),
        "{}",
        finding.message
    );
}

/// Heights that somebody transcribed may be wrong by a unit; those that the person states, or
/// that were read in a maker's document, stop a design.
#[test]
fn only_heights_at_first_hand_stop_a_design() {
    assert_eq!(only(&dense(24), "MEC001").severity, Severity::Blocker);
    let mut relayed = dense(24);
    relayed.overrides.remove("ocp-orv3");
    assert_eq!(only(&relayed, "MEC001").severity, Severity::Advice);
}

#[test]
fn a_stated_number_per_rack_that_does_not_fit_is_no_count() {
    let stated = |nodes, unit| {
        let mut design = dense(nodes);
        let claim = design.claim.as_mut().expect("a claim");
        claim.stated = Some(Stated { count: 192, unit });
        design
    };
    let ceiling = "192 accelerators per rack as stated would be 24 nodes of 3.24 U, 77.8 U in all, a ceiling of the product line and not a count";
    let planned = only(&stated(24, StatedUnit::AcceleratorsPerRack), "MEC001");
    assert!(planned.message.ends_with(ceiling), "{}", planned.message);
    // The plan fits; what was stated still does not.
    let fitting = stated(16, StatedUnit::AcceleratorsPerRack);
    let both = findings(&fitting, "MEC001");
    assert_eq!(both.len(), 2, "{both:?}");
    let aside = both
        .iter()
        .find(|f| f.subject == "claim.stated")
        .expect("what was stated");
    assert_eq!(
        (aside.status, aside.severity),
        (Status::Fail, Severity::Advice)
    );
    assert!(aside.message.contains(ceiling), "{}", aside.message);
    let mended = fixes(&fitting, world(), &[], aside);
    assert!(!mended.is_empty(), "128 accelerators can be stated");
    // In the whole cluster they are a count like any other.
    only(&stated(16, StatedUnit::Accelerators), "MEC001");
}

#[test]
fn a_missing_height_is_named() {
    let finding = only(&design("ocp-orw", &[]), "MEC001");
    assert_eq!(finding.status, Status::Unknown);
    assert_eq!(finding.missing.as_deref(), Some("ocp-orw: height"));
}

/// 120 kW at 50 V on a bar of 1,400 A.
fn fed(ends: Value) -> Design {
    let set = |field: &str| format!("overrides.nvidia-mgx-nvl72-rack.{field}");
    let mut edits = vec![(set("busbar_current"), Value::from("1400 A"))];
    if !ends.is_null() {
        edits.push((set("busbar_ends"), ends));
    }
    let edits: Vec<(&str, Value)> = edits.iter().map(|(p, v)| (p.as_str(), v.clone())).collect();
    let mut design = design("nvidia-mgx-nvl72-rack", &edits);
    let group = design.compute.groups.first_mut().expect("a group");
    group.part = "dgx-gb200-tray".into();
    group.nodes_per_rack = 18;
    design
}

#[test]
fn a_busbar_fed_from_both_ends_carries_half_in_its_worst_section() {
    let both = only(&fed(2.into()), "PWR005");
    assert_eq!(both.status, Status::Pass);
    assert_eq!(
        both.message,
        "found 1.2 kA in a busbar section (120 kW at 50 V, half of 2.4 kA as the bar is fed from two ends), required at most 1.4 kA"
    );
    let one = only(&fed(1.into()), "PWR005");
    assert_eq!(
        (one.status, one.severity),
        (Status::Fail, Severity::Blocker)
    );
    assert_eq!(
        one.message,
        "found 2.4 kA in a busbar section (120 kW at 50 V), required at most 1.4 kA"
    );
}

#[test]
fn where_the_ends_decide_and_are_not_known_the_finding_is_unknown() {
    let mut world = world().clone();
    let rack = world
        .catalogue
        .racks
        .get_mut("nvidia-mgx-nvl72-rack")
        .expect("the rack");
    rack.busbar_ends = plumbline_engine::sourced::Sourced::unknown("not read");
    let said = |design: &Design| {
        let all = check(&derive(design, &world), &[]);
        let mut all = all.into_iter().filter(|f| f.id == "PWR005");
        all.next().expect("a finding")
    };
    let open = said(&fed(Value::Null));
    assert_eq!(open.status, Status::Unknown);
    assert_eq!(
        open.missing.as_deref(),
        Some("nvidia-mgx-nvl72-rack: busbar_ends")
    );
    // From both ends it passes 2,800 A; 160 kW are 3,200 A.
    let tray = Edit::set("overrides.dgx-gb200-tray.power_max", "8889 W");
    let (heavy, _) = apply_all(&fed(Value::Null), &[tray]).expect("an edit that fits");
    assert_eq!(said(&heavy).status, Status::Fail);
}

#[test]
fn a_rack_without_a_stated_current_is_not_judged() {
    assert!(findings(&design("ocp-orv3", &[]), "PWR005").is_empty());
    assert!(findings(&design("eia-rack-52u", &[]), "PWR005").is_empty());
}

#[test]
fn a_card_fits_by_form_and_by_lanes() {
    let card = |form: &str, lanes: u32| {
        let set = |field: &str| format!("overrides.{NODE}.{field}");
        let (slot, wide) = (set("nic_slot"), set("nic_lanes"));
        let edits = [
            (slot.as_str(), "SFF".into()),
            (wide.as_str(), 16.into()),
            ("overrides.connectx-7.form", form.into()),
            ("overrides.connectx-7.lanes", lanes.into()),
            ("overrides.bluefield-3.form", "SFF".into()),
            ("overrides.bluefield-3.lanes", 16.into()),
        ];
        only(&design("eia-rack-52u", &edits), "MEC002")
    };
    assert_eq!(card("SFF", 16).status, Status::Pass);
    assert_eq!(card("SFF", 8).status, Status::Pass);
    for (form, lanes) in [("LFF", 16), ("SFF", 32), ("LFF", 32)] {
        let unfit = card(form, lanes);
        assert_eq!(
            (unfit.status, unfit.severity),
            (Status::Fail, Severity::Blocker),
            "{form} {lanes}"
        );
    }
    assert_eq!(
        card("LFF", 32).message,
        "found ConnectX-7 (LFF, 32 lanes), required a card for a slot of SFF, 16 lanes"
    );
    // A node whose slots are not known is not judged.
    assert!(findings(&design("eia-rack-52u", &[]), "MEC002").is_empty());
}

/// 35 °C at sea level, 10 °C at least, one degree less for each 305 m.
fn inlet(celsius: Option<f64>, metres: Option<f64>, from: Option<u32>) -> Finding {
    let from = from.map_or(String::new(), |from| format!(", (\"from\", {from})"));
    let text = format!(
        "[(id: \"X-1\", strength: Must, statement: \"s\", why: \"w\", origin: (grade: Primary, source: \"s\", section: \"t\"), test: Rule(rule: \"COO003\", limits: [(\"t_max\", \"35 °C\"), (\"t_min\", 10), (\"metres_per_degree\", 305){from}]))]"
    );
    let requirements: Vec<Requirement> = data_from_text(&text).expect("a requirement");
    let reference = world().references.get(REFERENCE).expect("a reference");
    let reference = Reference {
        requirements,
        ..reference.clone()
    };
    let mut edits: Vec<(&str, Value)> = Vec::new();
    if let Some(celsius) = celsius {
        edits.push(("site.inlet_temperature", format!("{celsius} °C").into()));
    }
    if let Some(metres) = metres {
        edits.push(("site.altitude", format!("{metres} m").into()));
    }
    let design = design("eia-rack-52u", &edits);
    let all = check(&derive(&design, world()), &[&reference]);
    let finding = all.into_iter().find(|f| f.id == "X-1").expect("a finding");
    if finding.status == Status::Fail && metres.is_some() {
        let mended = fixes(&design, world(), &[&reference], &finding);
        assert!(!mended.is_empty(), "{}", finding.message);
    }
    finding
}

#[test]
fn the_allowed_inlet_falls_with_height() {
    use Status::{Fail, Pass, Unknown};
    let status = |celsius, metres| inlet(Some(celsius), Some(metres), None).status;
    assert_eq!(status(35.0, 0.0), Pass);
    assert_eq!(status(35.1, 0.0), Fail);
    assert_eq!(status(30.0, 1525.0), Pass);
    assert_eq!(status(30.1, 1525.0), Fail);
    assert_eq!(status(9.0, 0.0), Fail);
    assert_eq!(
        inlet(Some(32.0), Some(1525.0), None).message,
        "found 32 °C, required at most 30 °C at 1525 m: 35 °C less one degree for each 305 m"
    );
    // From 900 m on only.
    assert_eq!(inlet(Some(33.0), Some(1510.0), Some(900)).status, Pass);
    assert_eq!(inlet(Some(33.1), Some(1510.0), Some(900)).status, Fail);
    // Too hot at sea level needs no height; anything else does.
    assert_eq!(inlet(Some(36.0), None, None).status, Fail);
    let open = inlet(Some(34.0), None, None);
    assert_eq!(
        (open.status, open.missing.as_deref()),
        (Unknown, Some("site.altitude"))
    );
    let open = inlet(None, Some(0.0), None);
    assert_eq!(
        (open.status, open.missing.as_deref()),
        (Unknown, Some("site.inlet_temperature"))
    );
}
