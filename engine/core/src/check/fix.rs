//! Proven fixes: changes that remove a finding and bring no new blocker.

use super::{Finding, Fix, Severity, Status, check};
use crate::derive::derive;
use crate::design::{Design, Edit, apply_all, difference};
use crate::reference::{Reference, World, instantiate, provenance};

/// Most fixes that are offered for one finding.
const MOST: usize = 4;

/// Fixes of a failing finding, best first: what the rule suggests, what the requirement
/// names, then any single field that differs from the reference. Each was applied to a copy
/// of the design and checked again: the finding is gone and no blocker is new.
pub fn fixes(
    design: &Design,
    world: &World,
    against: &[&Reference],
    finding: &Finding,
) -> Vec<Fix> {
    if finding.status != Status::Fail {
        return Vec::new();
    }
    let before = blockers(&check(&derive(design, world), against));
    let mut proven: Vec<(Fix, Design)> = Vec::new();
    for fix in candidates(design, world, finding) {
        if proven.len() == MOST {
            break;
        }
        let Ok((next, _)) = apply_all(design, &fix.edits) else {
            continue;
        };
        let new = !proven.iter().any(|(_, other)| *other == next);
        if new && holds(&next, world, against, finding, &before) {
            proven.push((fix, next));
        }
    }
    proven.into_iter().map(|(fix, _)| fix).collect()
}

fn blockers(findings: &[Finding]) -> Vec<(String, String)> {
    let failing = |f: &&Finding| f.status == Status::Fail && f.severity == Severity::Blocker;
    findings
        .iter()
        .filter(failing)
        .map(|f| (f.id.clone(), f.subject.clone()))
        .collect()
}

fn holds(
    next: &Design,
    world: &World,
    against: &[&Reference],
    finding: &Finding,
    before: &[(String, String)],
) -> bool {
    let after = check(&derive(next, world), against);
    let gone = !after.iter().any(|f| {
        let open = matches!(f.status, Status::Fail | Status::Unknown);
        f.id == finding.id && f.subject == finding.subject && open
    });
    gone && blockers(&after).iter().all(|b| before.contains(b))
}

fn candidates(design: &Design, world: &World, finding: &Finding) -> Vec<Fix> {
    let mut fixes = finding.fixes.clone();
    fixes.extend(removed_overrides(design));
    let Some(claim) = &design.claim else {
        return fixes;
    };
    let Some(reference) = world.references.get(&claim.reference) else {
        return fixes;
    };
    let provenance = provenance(reference, claim.units, &claim.variant);
    let requirement = reference
        .requirements
        .iter()
        .find(|requirement| requirement.id == finding.id);
    if let Some(requirement) = requirement {
        let edits: Option<Vec<Edit>> = requirement
            .fix
            .iter()
            .map(|setting| {
                let own = setting.value.as_ref().map(crate::scalar::Scalar::to_json);
                let value = own.or_else(|| {
                    provenance
                        .iter()
                        .find(|p| p.path == setting.path)
                        .map(|p| p.value.clone())
                })?;
                Some(Edit::Set {
                    path: setting.path.clone(),
                    value,
                })
            })
            .collect();
        if let Some(edits) = edits.filter(|edits| !edits.is_empty()) {
            fixes.push(Fix {
                title: "set what the reference asks for".into(),
                edits,
            });
        }
    }
    let nodes = design.compute.groups.first().map(|group| group.nodes);
    let template = instantiate(reference, claim.units, nodes, Some(&claim.variant))
        .or_else(|_| instantiate(reference, claim.units, None, Some(&claim.variant)));
    if let Ok(template) = template {
        fixes.extend(
            difference(design, &template)
                .into_iter()
                .filter(restorable)
                .map(|edit| Fix {
                    title: format!("restore the reference's {}", edit.path()),
                    edits: vec![edit],
                }),
        );
    }
    fixes
}

/// The person's name, money, waivers, workloads and models are no departures from a reference.
pub(crate) fn restorable(edit: &Edit) -> bool {
    let own = [
        "name",
        "claim",
        "waivers",
        "quotes",
        "workloads",
        "models",
        "economics",
        "overrides",
    ];
    let root = edit.path().split(['.', '[']).next().unwrap_or_default();
    !own.contains(&root)
}

fn removed_overrides(design: &Design) -> Vec<Fix> {
    let fields = design
        .overrides
        .iter()
        .flat_map(|(part, fields)| fields.keys().map(move |field| (part, field)));
    fields
        .map(|(part, field)| Fix {
            title: format!("use the catalogue's {field} of {part}"),
            edits: vec![Edit::Remove {
                path: format!("overrides.{part}.{field}"),
            }],
        })
        .collect()
}
