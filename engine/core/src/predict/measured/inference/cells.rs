//! What the cells of a row mean.

use super::layouts;
use super::{Arrival, Figure, InferenceRow};
use crate::catalogue::{
    EngineRelease, Limits, ModelArchitecture, Run, ServedLoad, ServingMachine, Shape,
};
use crate::predict::inference::*;
use crate::predict::measured::{Measured, Row};
use crate::reference::World;

pub(super) fn read(row: &Row<'_>, world: &World, c: &Calibration) -> Result<InferenceRow, String> {
    let mut remarks = Vec::new();
    let model = model(row, world)?;
    let shape = shape(model)?.clone();
    let (id, known) = machine(row, world)?;
    let part = world
        .catalogue
        .accelerators
        .get(id)
        .ok_or_else(|| format!("the accelerator {id} is not in the catalogue"))?;
    let machine = Machine::of(part, known).map_err(|missing| format!("{missing} is not known"))?;
    let release = release(row, world, &mut remarks)?;
    let format = format(row, &shape, &mut remarks)?;
    let usual = world.inference.cache(&model.id, format, release);
    let cache = cache(row, usual, &mut remarks)?;
    let usual = usual_load(row, world, model);
    let arrival = arrival(row, usual)?;
    let figure = figure(row, arrival)?;
    let load = load(row, usual, arrival, &mut remarks)?;
    let mut stack = Stack::of(release)?;
    // A row that says how many may run at once means it.
    if let Some(cap) = row.number("concurrency").ok().flatten() {
        stack.batch = stack.batch.max(cap);
    }
    let mut read = InferenceRow {
        speculation: speculation(&shape, usual, arrival),
        figure,
        arrival,
        shape,
        format,
        cache,
        layout: Layout::ONE,
        machine,
        stack,
        load,
        split: false,
        requests: requests(release, arrival, &load),
        accelerators: 1.0,
        class: class(row, figure, arrival),
        remarks,
    };
    layouts::read(row, c, release.spread, &mut read)?;
    let figure = read.predict(c);
    if figure.is_finite() && figure > 0.0 {
        Ok(read)
    } else {
        Err("no figure follows from this load: check isl, osl and concurrency".into())
    }
}

/// Drafting, where the model has its own predictors and the scenario's entries use them.
fn speculation(shape: &Shape, usual: Option<&ServedLoad>, arrival: Arrival) -> Option<Speculation> {
    let Arrival::Interactive(_) = arrival else {
        return None;
    };
    let drafting = usual?.drafting.as_ref().filter(|_| shape.mtp > 0)?;
    Some(Speculation {
        drafted: f64::from(drafting.drafted),
        accepted: drafting.accepted.known()?,
        drafter: 1.0 / f64::from(shape.layers.max(1)),
    })
}

/// Requests of the published run with this load.
fn requests(release: &EngineRelease, arrival: Arrival, load: &Load) -> Option<f64> {
    let same =
        |run: &&Run| f64::from(run.prompt) == load.prompt && f64::from(run.output) == load.output;
    let run = release.runs.iter().find(same)?;
    (arrival == Arrival::Saturated(None)).then_some(f64::from(run.requests))
}

fn model<'w>(row: &Row<'_>, world: &'w World) -> Result<&'w ModelArchitecture, String> {
    let name = row.text("model");
    world.model(name).ok_or_else(|| {
        let known = world.models.values();
        let names = known.flat_map(|model| model.also.iter().map(String::as_str));
        let nearest = crate::nearest::nearest(name, names);
        let hint = nearest.map_or(String::new(), |name| {
            format!("; the nearest there is \"{name}\"")
        });
        format!("the model \"{name}\" is not in the library{hint}")
    })
}

fn shape(model: &ModelArchitecture) -> Result<&Shape, String> {
    model.shape.get().ok_or_else(|| {
        format!(
            "the dimensions of {} are not known: {}",
            model.name,
            model.shape.origin().section
        )
    })
}

fn machine<'w>(row: &Row<'_>, world: &'w World) -> Result<(&'w str, &'w ServingMachine), String> {
    let name = row.text("accelerator");
    if name.matches("(x").count() > 1 {
        return Err(format!(
            "\"{name}\" is a mixture of accelerators: give each its own row"
        ));
    }
    world.inference.machine(name).ok_or_else(|| {
        let all = world.inference.machines.values();
        let names = all.flat_map(|machine| machine.names.iter().map(String::as_str));
        let nearest = crate::nearest::nearest(name, names);
        let hint = nearest.map_or(String::new(), |nearest| {
            format!("; the nearest known is \"{nearest}\"")
        });
        format!("no constants are known for the accelerator \"{name}\"{hint}")
    })
}

/// The release of the engine: by its version, else by the month of the software.
fn release<'w>(
    row: &Row<'_>,
    world: &'w World,
    remarks: &mut Vec<String>,
) -> Result<&'w EngineRelease, String> {
    let (engine, version) = (row.text("engine"), row.text("engine_version"));
    let called = |release: &&EngineRelease| {
        release.names.is_empty()
            || release
                .names
                .iter()
                .any(|name| engine.starts_with(name.as_str()))
    };
    let all = || world.inference.engines.values().filter(called);
    let told = |release: &&EngineRelease| {
        release.versions.iter().any(|text| {
            version.starts_with(text.as_str())
                || text.starts_with('(') && version.contains(text.as_str())
        })
    };
    if let Some(found) = all().find(told) {
        return Ok(found);
    }
    let month = match row.text("software_date") {
        "" => world.as_of.get(..7).unwrap_or_default(),
        month => month,
    };
    let dated = all().filter(|release| !release.from.is_empty() && release.from.as_str() <= month);
    let found = dated.max_by(|a, b| a.from.cmp(&b.from)).ok_or_else(|| {
        let names = world.inference.engines.values();
        let names = names.flat_map(|release| release.names.iter().map(String::as_str));
        let nearest = crate::nearest::nearest(engine, names);
        let hint = nearest.map_or(String::new(), |name| {
            format!("; the nearest known is \"{name}\"")
        });
        format!("the engine \"{engine}\" is not known{hint}")
    })?;
    remarks.push(format!(
        "engine_version \"{version}\" is not known: read as {engine} of {month}"
    ));
    Ok(found)
}

fn format(row: &Row<'_>, shape: &Shape, remarks: &mut Vec<String>) -> Result<Format, String> {
    let experts = shape.experts.is_some();
    Ok(match row.text("weight_precision") {
        "bf16" | "fp16" => Format::Half,
        "fp8" => Format::Fp8,
        "int8" => Format::Int8,
        "int4" | "uint4" | "w4a16" => Format::Int4,
        "nvfp4" => Format::Nvfp4,
        "mxfp4" => Format::Mxfp4,
        "fp4" if experts && row.text("model").starts_with("gpt-oss") => {
            remarks.push("fp4 is read as MXFP4, in which the model is published".into());
            Format::Mxfp4
        }
        "fp4" => Format::Nvfp4,
        "" => {
            remarks.push("weight_precision is blank: read as fp8".into());
            Format::Fp8
        }
        other => {
            return Err(format!(
                "weight_precision \"{other}\" is not one of bf16, fp16, fp8, int8, int4, nvfp4, mxfp4, fp4"
            ));
        }
    })
}

fn cache(row: &Row<'_>, usual: f64, remarks: &mut Vec<String>) -> Result<f64, String> {
    Ok(match row.text("kv_precision") {
        "bf16" | "fp16" => 2.0,
        "fp8" | "int8" => 1.0,
        "" => {
            let width = if usual > 1.0 { "16 bits" } else { "fp8" };
            remarks.push(format!("kv_precision is blank: read as {width}"));
            usual
        }
        other => {
            return Err(format!(
                "kv_precision \"{other}\" is not one of bf16, fp16, fp8, int8"
            ));
        }
    })
}

/// The load that a published scenario stands for.
fn usual_load<'w>(
    row: &Row<'_>,
    world: &'w World,
    model: &ModelArchitecture,
) -> Option<&'w ServedLoad> {
    world.inference.loads.values().find(|load| {
        row.text("scenario").contains(load.scenario.as_str())
            && load.model.as_ref().is_none_or(|id| *id == model.id)
    })
}

fn arrival(row: &Row<'_>, usual: Option<&ServedLoad>) -> Result<Arrival, String> {
    let scenario = row.text("scenario");
    let concurrency = match row.text("concurrency") {
        "" | "saturated" => None,
        _ => row.number("concurrency")?,
    };
    if let Some(none) = concurrency.filter(|users| *users < 1.0) {
        return Err(format!("concurrency: {none} is less than one request"));
    }
    let need = || concurrency.ok_or("concurrency is blank: the number of requests at once decides");
    let limits = |which: fn(&ServedLoad) -> Option<Limits>| usual.and_then(which);
    Ok(if scenario.contains("Server") {
        Arrival::Server(limits(|load| load.server))
    } else if scenario.contains("Interactive") {
        Arrival::Interactive(
            limits(|load| load.interactive)
                .ok_or("the latency limits of this model's interactive scenario are not known")?,
        )
    } else if scenario.contains("static batch") {
        Arrival::Static(need()?)
    } else if scenario.contains("serving") || scenario.contains("first token") {
        Arrival::Closed(need()?)
    } else if scenario.contains("prefill") {
        Arrival::Prompts
    } else if scenario.contains("decode") {
        if row.text("metric") == "tpot_ms" {
            need()?;
        }
        Arrival::Answers(concurrency)
    } else {
        Arrival::Saturated(concurrency)
    })
}

fn figure(row: &Row<'_>, arrival: Arrival) -> Result<Figure, String> {
    let prompts = arrival == Arrival::Prompts;
    Ok(match row.text("metric") {
        "output_tokens_per_s" => Figure::Output,
        "tokens_per_s_per_gpu" if prompts => Figure::InputEach,
        "tokens_per_s_per_gpu" => Figure::OutputEach,
        "tokens_per_s_total" if prompts => Figure::Input,
        "tokens_per_s_total" => Figure::Output,
        "tpot_ms" if row.text("scenario").contains("max_num_seqs") => Figure::MedianBetween,
        "tpot_ms" => Figure::Between,
        "ttft_ms" => Figure::First,
        other => {
            return Err(format!(
                "metric \"{other}\" is not one of output_tokens_per_s, tokens_per_s_per_gpu, tokens_per_s_total, tpot_ms, ttft_ms"
            ));
        }
    })
}

fn load(
    row: &Row<'_>,
    usual: Option<&ServedLoad>,
    arrival: Arrival,
    remarks: &mut Vec<String>,
) -> Result<Load, String> {
    let told = |text: &str| {
        let (_, after) = row.text("notes").split_once(text)?;
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<f64>().ok()
    };
    // Mean context of production decoding, where it is told in place of lengths.
    let context = told("average KV length per output token ");
    let mut blank = |column: &str, usual: Option<u32>, least: f64| -> Result<f64, String> {
        if let Some(tokens) = row.number(column)? {
            return Ok(tokens.max(1.0));
        }
        let tokens = usual.map_or(least, f64::from);
        remarks.push(format!("{column} is blank: read as {tokens}"));
        Ok(tokens)
    };
    let prompt = blank(
        "isl",
        usual.and_then(|load| load.prompt.known()),
        context.unwrap_or(2000.0),
    )?;
    let output = match arrival {
        Arrival::Prompts => 1.0,
        _ => blank("osl", usual.and_then(|load| load.output.known()), 1000.0)?,
    };
    let hit = row.text("notes").split_once('(').and_then(|(_, after)| {
        let (share, rest) = after.split_once(" % of input tokens hit")?;
        let _ = rest;
        share.parse::<f64>().ok()
    });
    Ok(Load {
        prompt,
        output,
        cached: hit.map_or(0.0, |share| (share / 100.0).clamp(0.0, 1.0)),
    })
}

fn class(row: &Row<'_>, figure: Figure, arrival: Arrival) -> &'static str {
    match (figure, arrival) {
        (Figure::Between | Figure::MedianBetween, _) => "time per token",
        (Figure::First, _) => "first token",
        (_, Arrival::Server(_)) => "MLPerf Server",
        (_, Arrival::Interactive(_)) => "MLPerf Interactive",
        (_, Arrival::Static(_)) => "static batch",
        (_, Arrival::Prompts | Arrival::Answers(_)) => "production",
        _ if row.text("scenario").contains("MLPerf") => "MLPerf Offline",
        _ if row.text("scenario").contains("max_num_seqs")
            || matches!(arrival, Arrival::Closed(_)) =>
        {
            "load sweep"
        }
        _ => "saturated",
    }
}
