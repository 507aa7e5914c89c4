//! The rules on training in practice: each has a design that it fails and one that it passes, and
//! a fix that holds.

use super::{made, set};
use plumbline_engine::check::{Severity, Status, fixes};
use plumbline_engine::design::{Edit, apply_all};
use plumbline_tests::world;

const H100: &str = "nvidia-dgx-superpod-h100";

fn llama(more: &[Edit]) -> Vec<Edit> {
    let mut edits = super::published::llama();
    edits.extend_from_slice(more);
    edits
}

#[test]
fn each_rule_fails_passes_and_is_mended() {
    let blocking = set("plan.checkpoint.saving", "Blocking");
    let few = Edit::set("storage.units", 1);
    let cases = [
        (
            "MEM002",
            Severity::Blocker,
            llama(&[
                set("plan.step.tp", 1),
                set("plan.step.pp", 1),
                set("plan.step.recompute", "None"),
            ]),
            set("plan.step.recompute", "Full"),
        ),
        (
            "TRN010",
            Severity::Deviation,
            llama(&[few.clone(), set("plan.checkpoint.interval", "1 min")]),
            set("plan.checkpoint.interval", "1 h"),
        ),
        (
            "TRN011",
            Severity::Advice,
            llama(&[blocking, few, set("plan.checkpoint.interval", "20 min")]),
            set("plan.checkpoint.interval", "24 h"),
        ),
        (
            "TRN012",
            Severity::Advice,
            llama(&[set("plan.batch", "128 M")]),
            set("plan.batch", "16 M"),
        ),
        (
            "TRN013",
            Severity::Advice,
            llama(&[set("plan.reliability.spares", 2)]),
            set("plan.reliability.spares", 20),
        ),
        (
            "TRN014",
            Severity::Advice,
            llama(&[set("accelerators", 1_024)]),
            set("accelerators", 16_384),
        ),
    ];
    for (code, severity, edits, mend) in cases {
        let design = made(H100, 66, &edits);
        let status = |design: &_| {
            let findings = plumbline_engine::assess(design, world()).findings;
            findings.into_iter().find(|finding| finding.id == code)
        };
        let finding = status(&design).unwrap_or_else(|| panic!("{code} is silent"));
        assert_eq!(
            (finding.status, finding.severity),
            (Status::Fail, severity),
            "{code}: {}",
            finding.message
        );
        let against = [world().references.get(H100).expect("a reference")];
        assert!(
            !fixes(&design, world(), &against, &finding).is_empty(),
            "{code} has no fix"
        );
        let mended = apply_all(&design, &[mend]).expect("an edit").0;
        let finding = status(&mended).unwrap_or_else(|| panic!("{code} is silent"));
        assert_eq!(finding.status, Status::Pass, "{code}: {}", finding.message);
    }
}

/// One tray takes a whole rack of eighteen out of the job; with two to spare it does not.
#[test]
fn a_rack_used_to_the_last_tray_asks_for_a_spare_rack() {
    let edits = |nodes: u32| {
        [
            set("accelerators", 64 * 8),
            set("plan.reliability.domain_nodes", nodes),
            set("plan.reliability.spares", 0),
        ]
    };
    let found = |nodes: u32| {
        let design = made("nvidia-dgx-superpod-gb200", 2, &edits(nodes));
        let findings = plumbline_engine::assess(&design, world()).findings;
        let finding = findings.into_iter().find(|finding| finding.id == "TRN013");
        finding.expect("it speaks").message
    };
    let (sixteen, eighteen) = (found(16), found(18));
    println!("{sixteen}\n{eighteen}");
    let required = |message: &str| {
        let words = message.split_whitespace().last().map(str::parse::<u32>);
        words.and_then(Result::ok).expect("a number")
    };
    assert!(required(&eighteen) > required(&sixteen) || required(&eighteen) % 18 == 0);
}
