//! Commands about what a design is and whether it holds.

use crate::args::{
    AssessArgs, CheckArgs, CheckFormat, FabricArgs, FailOn, NearestArgs, NewArgs, ReferencesArgs,
    Size,
};
use crate::files;
use crate::output::{write, write_json};
use plumbline_engine::check::{self, Finding, Severity, Status};
use plumbline_engine::derive::derive;
use plumbline_engine::design::Design;
use plumbline_engine::load::{design_to_json, design_to_ron};
use plumbline_engine::reference::{Reference, World, instantiate, units_for_nodes};
use plumbline_engine::report;
use plumbline_engine::{neighbours, priced_fixes};
use std::process::ExitCode;

/// `plumbline references`.
pub fn references(world: &World, args: &ReferencesArgs) -> Result<ExitCode, String> {
    match args.out.json {
        true => write_json(&args.out, &report::references_json(world)),
        false => write(&args.out, &report::references_text(world)),
    }
}

/// `plumbline new`.
pub fn new(world: &World, args: &NewArgs) -> Result<ExitCode, String> {
    let design = make(world, &args.reference, &args.size)?;
    let as_json = args.out.json
        || args
            .out
            .output
            .as_ref()
            .is_some_and(|path| path.extension().is_some_and(|e| e == "json"));
    match as_json {
        true => write(&args.out, &design_to_json(&design)),
        false => write(&args.out, &design_to_ron(&design)),
    }
}

/// `plumbline fabric`.
pub fn fabric(world: &World, args: &FabricArgs) -> Result<ExitCode, String> {
    let design = match (&args.design, &args.reference) {
        (Some(path), _) => files::design(path)?,
        (None, Some(reference)) => make(world, reference, &args.size)?,
        (None, None) => return Err("expected a design or --reference".into()),
    };
    let derived = derive(&design, world);
    if let Some(Err(why)) = &derived.compute {
        return Err(format!("fabrics.compute.{}: {}", why.field, why.reason));
    }
    match args.out.json {
        true => write_json(&args.out, &report::fabric_json(&derived)),
        false => write(&args.out, &report::fabric_text(&derived)),
    }
}

/// `plumbline assess`.
pub fn assess(world: &World, args: &AssessArgs) -> Result<ExitCode, String> {
    let design = files::design(&args.design)?;
    let assessment = plumbline_engine::assess(&design, world);
    write_json(&args.out, &report::assess_json(&design, world, &assessment))
}

/// `plumbline nearest`.
pub fn nearest(world: &World, args: &NearestArgs) -> Result<ExitCode, String> {
    let design = files::design(&args.design)?;
    let mut found = neighbours(&design, world);
    found.truncate(args.top.max(1));
    match args.out.json {
        true => write_json(&args.out, &report::nearest_json(world, &found)),
        false => write(&args.out, &report::nearest_text(world, &found)),
    }
}

/// `plumbline check`.
pub fn check(world: &World, args: &CheckArgs) -> Result<ExitCode, String> {
    let design = files::design(&args.design)?;
    let derived = derive(&design, world);
    let against: Vec<&Reference> = match args.against.as_slice() {
        [] => claimed(world, &design)?,
        ids => ids
            .iter()
            .map(|id| reference(world, id))
            .collect::<Result<_, _>>()?,
    };
    let findings = check::check(&derived, &against);
    let fixes: Vec<_> = findings
        .iter()
        .map(|finding| priced_fixes(&design, world, &against, finding))
        .collect();
    let checked = report::Checked {
        design: &design.name,
        against: against
            .iter()
            .map(|reference| reference.id.clone())
            .collect(),
        findings: &findings,
        fixes: &fixes,
        world,
    };
    let format = if args.out.json {
        CheckFormat::Json
    } else {
        args.format
    };
    let file = args.design.to_string_lossy();
    match format {
        CheckFormat::Text => write(&args.out, &report::check_text(&checked))?,
        CheckFormat::Json => write_json(&args.out, &report::check_json(&checked))?,
        CheckFormat::Sarif => write_json(&args.out, &report::check_sarif(&checked, &file))?,
        CheckFormat::Junit => write(
            &args.out,
            &report::check_junit(&checked, severity(args.fail_on)),
        )?,
        CheckFormat::Md => write(&args.out, &report::check_markdown(&checked))?,
    };
    let fails = findings.iter().any(|finding| fails(finding, args.fail_on));
    Ok(ExitCode::from(u8::from(fails)))
}

/// The reference that a design claims. A claim on an unknown reference is bad input: the
/// check would otherwise pass for want of demands.
fn claimed<'w>(world: &'w World, design: &Design) -> Result<Vec<&'w Reference>, String> {
    match &design.claim {
        None => Ok(Vec::new()),
        Some(claim) => Ok(vec![
            reference(world, &claim.reference).map_err(|e| format!("claim.reference: {e}"))?,
        ]),
    }
}

/// Blocker > deviation > advice; unknown fails a run only where it is named.
fn fails(finding: &Finding, fail_on: FailOn) -> bool {
    match finding.status {
        Status::Fail => finding.severity <= severity(fail_on),
        Status::Unknown => fail_on == FailOn::Unknown,
        _ => false,
    }
}

fn severity(fail_on: FailOn) -> Severity {
    match fail_on {
        FailOn::Blocker => Severity::Blocker,
        FailOn::Deviation => Severity::Deviation,
        FailOn::Advice | FailOn::Unknown => Severity::Advice,
    }
}

fn reference<'w>(world: &'w World, id: &str) -> Result<&'w Reference, String> {
    world.references.get(id).ok_or_else(|| {
        let ids = world.references.keys().map(String::as_str);
        let near = plumbline_engine::nearest(id, ids)
            .map(|n| format!("; nearest: {n:?}"))
            .unwrap_or_default();
        format!("found reference {id:?}, expected one of `plumbline references`{near}")
    })
}

fn make(world: &World, id: &str, size: &Size) -> Result<Design, String> {
    let reference = reference(world, id)?;
    let variant = size.variant.as_deref();
    let design = match (size.size, size.nodes) {
        (Some(units), None) => instantiate(reference, units, None, variant),
        (None, Some(nodes)) => units_for_nodes(reference, nodes, variant)
            .and_then(|units| instantiate(reference, units, Some(nodes), variant)),
        _ => {
            let sizes: Vec<String> = reference
                .sizes
                .iter()
                .filter_map(|s| s.known())
                .map(|n| n.to_string())
                .collect();
            return Err(format!(
                "expected --size N (printed sizes: {}) or --nodes N",
                sizes.join(", ")
            ));
        }
    };
    design.map_err(|error| error.to_string())
}
