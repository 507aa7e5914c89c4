//! Commands about money.

use crate::args::{BomArgs, CostArgs, TableFormat};
use crate::files;
use crate::output::{write, write_json};
use plumbline_engine::assess;
use plumbline_engine::cost::{CostLine, Costs};
use plumbline_engine::design::{Design, MAX_YEARS};
use plumbline_engine::load::csv_cell;
use plumbline_engine::reference::World;
use plumbline_engine::report;
use std::process::ExitCode;

/// `plumbline bom`.
pub fn bom(world: &World, args: &BomArgs) -> Result<ExitCode, String> {
    let design = files::design(&args.design)?;
    let assessment = assess(&design, world);
    let lines = assessment
        .costs
        .lines
        .iter()
        .filter(|line| line.path.starts_with("capex/"));
    let format = if args.out.json {
        TableFormat::Json
    } else {
        args.format
    };
    match format {
        TableFormat::Csv => write(&args.out, &csv(lines, &assessment.costs)),
        TableFormat::Json => {
            let cost = report::cost_json(&[(&design, &assessment.costs)]);
            let all = cost["designs"][0]["lines"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            let capex = all.into_iter().filter(|line| {
                line["path"]
                    .as_str()
                    .is_some_and(|p| p.starts_with("capex/"))
            });
            let lines: Vec<_> = capex.collect();
            write_json(
                &args.out,
                &serde_json::json!({
                    "schema": report::SCHEMA, "design": design.name, "currency": assessment.costs.currency,
                    "parts": plumbline_engine::written::tree(&assessment.bill), "lines": lines, "missing": assessment.costs.missing,
                }),
            )
        }
    }
}

fn csv<'a>(lines: impl Iterator<Item = &'a CostLine>, costs: &Costs) -> String {
    let c = &costs.currency;
    let mut out = format!(
        "path,item,subject,quantity,unit,unit price low ({c}),unit price mid ({c}),unit price high ({c}),low ({c}),mid ({c}),high ({c}),grade,source,section,date,missing\r\n"
    );
    for line in lines {
        let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let price = line.unit_price;
        let known = line.missing.is_none();
        let cells = [
            line.path.clone(),
            line.label.clone(),
            line.subject.clone(),
            number(line.quantity),
            line.unit.to_owned(),
            number(price.map(|p| p.low)),
            number(price.map(|p| p.mid)),
            number(price.map(|p| p.high)),
            number(known.then(|| line.total.low.get())),
            number(known.then(|| line.total.mid.get())),
            number(known.then(|| line.total.high.get())),
            line.origin.grade.to_string(),
            line.origin.source.clone(),
            line.origin.section.clone(),
            line.date.clone(),
            line.missing.clone().unwrap_or_default(),
        ];
        let quoted: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
        out += &quoted.join(",");
        out += "\r\n";
    }
    out
}

/// `plumbline cost`.
pub fn cost(world: &World, args: &CostArgs) -> Result<ExitCode, String> {
    let mut designs: Vec<Design> = args
        .designs
        .iter()
        .map(|path| files::design(path))
        .collect::<Result<_, _>>()?;
    if let Some(years) = args.years {
        if !(1..=MAX_YEARS).contains(&years) {
            return Err(format!("--years: found {years}, expected 1 to {MAX_YEARS}"));
        }
        designs
            .iter_mut()
            .for_each(|design| design.economics.years = years);
    }
    let costs: Vec<Costs> = designs
        .iter()
        .map(|design| assess(design, world).costs)
        .collect();
    let pairs: Vec<(&Design, &Costs)> = designs.iter().zip(&costs).collect();
    match args.out.json {
        true => write_json(&args.out, &report::cost_json(&pairs)),
        false => write(&args.out, &report::cost_text(&pairs)),
    }
}
