//! What single cells of a row mean.

use super::{Kind, Row};
use crate::catalogue::{Family, Shape, TrainingMachine};
use crate::predict::training::*;
use crate::reference::World;

/// Tokens of a mean sample of SQuAD, passage, question and answer (from memory).
pub(super) const SQUAD: f64 = 200.0;

/// The metric.
pub(super) fn kind(row: &Row<'_>) -> Result<Kind, String> {
    Ok(match row.text("metric") {
        "iter_time_s" => Kind::Seconds,
        "tokens_per_s_per_gpu" => Kind::Tokens,
        "tflops_per_gpu" => Kind::Tflops,
        "mfu" => Kind::Mfu,
        "time_to_train_min" => Kind::Minutes,
        "gpu_hours" => Kind::Hours,
        other => {
            return Err(format!(
                "metric \"{other}\" is not one of iter_time_s, tokens_per_s_per_gpu, tflops_per_gpu, mfu, time_to_train_min, gpu_hours"
            ));
        }
    })
}

/// The model: of the library, or dense with the dimensions that the row states.
pub(super) fn shape(row: &Row<'_>, world: &World) -> Result<Shape, String> {
    let name = row.text("model");
    let known = world.model(name);
    if let Some(shape) = known.and_then(|model| model.shape.get()) {
        return stated(row, shape.clone());
    }
    if let Some(model) = known {
        return Err(format!(
            "the dimensions of {} are not known: {}",
            model.name,
            model.shape.origin().section
        ));
    }
    let need = |column: &str| {
        row.count(column)?.ok_or(format!(
            "the model \"{name}\" is not in the library and its {column} is blank"
        ))
    };
    if row.number("params_total_b")? != row.number("params_active_b")? {
        return Err(format!(
            "the model \"{name}\" is a mixture of experts that is not in the library: add its number of experts and their width there"
        ));
    }
    let hidden = need("hidden")?;
    Ok(Shape {
        layers: need("layers")?,
        hidden,
        heads: row.count("heads")?.unwrap_or(hidden / 128),
        kv_heads: row.count("kv_heads")?,
        ffn: row.count("ffn")?.unwrap_or(4 * hidden),
        vocab: row.count("vocab")?.unwrap_or(51_200),
        tied: true,
        ..Shape::default()
    })
}

/// A dense model of plain attention as the row has it: searches try a name with other dimensions.
fn stated(row: &Row<'_>, shape: Shape) -> Result<Shape, String> {
    let plain = shape.head_dim.is_none() && shape.kv_heads.is_none() && !shape.gated;
    if !plain || shape.experts.is_some() || shape.latent.is_some() || shape.linear.is_some() {
        return Ok(shape);
    }
    Ok(Shape {
        layers: row.count("layers")?.unwrap_or(shape.layers),
        hidden: row.count("hidden")?.unwrap_or(shape.hidden),
        heads: row.count("heads")?.unwrap_or(shape.heads),
        ffn: row.count("ffn")?.unwrap_or(shape.ffn),
        ..shape
    })
}

/// The task, from the notes.
pub(super) fn task(row: &Row<'_>) -> Task {
    if row.notes("LoRA") {
        Task::Lora
    } else if row.notes("task=SFT") {
        Task::FineTuning
    } else {
        Task::PreTraining
    }
}

/// The software.
pub(super) fn stack(row: &Row<'_>, family: Family) -> Result<Stack, String> {
    let year = Stack::year_of(row.text("software_date"))
        .ok_or("software_date is not a month such as 2025-09: the month of the software decides")?;
    let software = row.text("software");
    let framework = if family == Family::Tpu {
        Framework::Xla
    } else if software.starts_with("MLPerf") {
        Framework::Tuned
    } else if software.starts_with("PyTorch FSDP") {
        Framework::Fsdp
    } else if software.starts_with("Megatron-LM") {
        Framework::Plain
    } else if software.starts_with("Megatron-DeepSpeed") {
        Framework::DeepSpeedPlain
    } else if software.starts_with("DeepSpeed") {
        Framework::DeepSpeed
    } else {
        Framework::Megatron
    };
    Ok(Stack {
        framework,
        year,
        token_drop: row.notes("variant=tokendrop"),
    })
}

/// The accelerator with its links.
pub(super) fn machine(
    row: &Row<'_>,
    world: &World,
    id: &str,
    known: &TrainingMachine,
) -> Result<Machine, String> {
    let part = world
        .catalogue
        .accelerators
        .get(id)
        .ok_or_else(|| format!("the accelerator {id} is not in the catalogue"))?;
    let network = network(row.text("network"), known.node);
    Machine::of(part, known, network).map_err(|missing| format!("{missing} is not known"))
}

/// Bytes per second and accelerator from a text such as "8x400 Gb/s NDR (assumed)".
fn network(text: &str, node: u32) -> Option<f64> {
    let (count, rest) = text.split_once('x')?;
    let count: u32 = count.trim().parse().ok()?;
    let digits: String = rest
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let rate: f64 = digits.parse().ok()?;
    // One or two ports of a node are its storage or management, not the fabric of the job.
    (count >= 4 && rate >= 100.0)
        .then(|| f64::from(count) * rate * 1e9 / 8.0 / f64::from(node.max(1)))
}

/// The precisions that a row may mean.
pub(super) fn precisions(
    row: &Row<'_>,
    family: Family,
    remarks: &mut Vec<String>,
) -> Result<Vec<Precision>, String> {
    let text = row.text("precision");
    let benchmark = row.text("software").starts_with("MLPerf");
    Ok(match text {
        "bf16" | "fp16" => vec![Precision::Half],
        "fp8" => vec![Precision::Fp8],
        "mxfp8" => vec![Precision::Mxfp8],
        "nvfp4" => vec![Precision::Nvfp4],
        _ if text.starts_with("fp8(") => vec![Precision::Mxfp8],
        "" if row.notes("_fp4") => vec![Precision::Nvfp4],
        // Submissions on TPU train at 8-bit integers (AQT) where the unit has them.
        "" if benchmark && family == Family::Tpu => {
            remarks.push("precision is blank: read as 8-bit integers".into());
            vec![Precision::Fp8]
        }
        "" if !benchmark || matches!(family, Family::Tpu | Family::Ampere) => {
            remarks.push("precision is blank: read as 16 bits".into());
            vec![Precision::Half]
        }
        // Configurations of the 8B benchmark carry a suffix when they are FP4; those of LoRA do not.
        "" if matches!(family, Family::Blackwell | Family::BlackwellUltra)
            && row.text("software_date") >= "2025-09"
            && row.notes("LoRA") =>
        {
            remarks.push("precision is blank: read as FP8 and as NVFP4".into());
            vec![Precision::Fp8, Precision::Nvfp4]
        }
        "" => {
            remarks.push("precision is blank: read as FP8".into());
            vec![Precision::Fp8]
        }
        other => {
            return Err(format!(
                "precision \"{other}\" is not one of bf16, fp16, fp8, mxfp8, nvfp4"
            ));
        }
    })
}

/// The tokens of a run from notes such as "1.4T tokens".
pub(super) fn tokens(notes: &str) -> Option<f64> {
    let at = notes.find("T tokens").or_else(|| notes.find("T+ tokens"))?;
    let before = notes.get(..at)?;
    let digit = |c: char| c.is_ascii_digit() || c == '.';
    let start = before.rfind(|c| !digit(c)).map_or(0, |at| at + 1);
    before
        .get(start..)?
        .parse::<f64>()
        .ok()
        .map(|number| number * 1e12)
}
