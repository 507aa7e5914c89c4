//! Fits the constants of the prediction of training to the measured rows and prints the errors,
//! within the rows and cross-validated: `calibrate FILE.csv [-v]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use plumbline_core::catalogue::{Experts, Latent, Linear, Shape, Window};
use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{Kind, Row, Rows, TrainingRow, training_row};
use plumbline_core::predict::training::{Calibration, Task, memory};
use plumbline_tests::fit::{Constant, fit};

fn shapes(name: &str) -> Option<Shape> {
    let base = Shape {
        gated: true,
        ..Shape::default()
    };
    let gqa = |layers, hidden, heads, kv, ffn, vocab| Shape {
        layers,
        hidden,
        heads,
        kv_heads: Some(kv),
        ffn,
        vocab,
        gated: true,
        ..Shape::default()
    };
    Some(match name {
        "llama3-8b" => gqa(32, 4096, 32, 8, 14336, 128256),
        "llama3-70b" => gqa(80, 8192, 64, 8, 28672, 128256),
        "llama3.1-405b" => gqa(126, 16384, 128, 8, 53248, 128256),
        "llama2-70b" => gqa(80, 8192, 64, 8, 28672, 32000),
        "llama2-7b" | "llama1-7b" => gqa(32, 4096, 32, 32, 11008, 32000),
        "llama2-13b" | "llama1-13b" => gqa(40, 5120, 40, 40, 13824, 32000),
        "llama1-33b" => gqa(60, 6656, 52, 52, 17920, 32000),
        "mixtral-8x7b" => Shape {
            experts: Some(Experts {
                routed: 8,
                active: 2,
                ffn: 14336,
                ..Experts::default()
            }),
            ..gqa(32, 4096, 32, 8, 0, 32000)
        },
        "mixtral-8x22b" => Shape {
            experts: Some(Experts {
                routed: 8,
                active: 2,
                ffn: 16384,
                ..Experts::default()
            }),
            ..gqa(56, 6144, 48, 8, 0, 32768)
        },
        "qwen3-30b-a3b" => Shape {
            head_dim: Some(128),
            experts: Some(Experts {
                routed: 128,
                active: 8,
                ffn: 768,
                ..Experts::default()
            }),
            ..gqa(48, 2048, 32, 4, 0, 151936)
        },
        "qwen3-235b-a22b" => Shape {
            head_dim: Some(128),
            experts: Some(Experts {
                routed: 128,
                active: 8,
                ffn: 1536,
                ..Experts::default()
            }),
            ..gqa(94, 4096, 64, 4, 0, 151936)
        },
        "gpt-oss-120b" => Shape {
            head_dim: Some(64),
            window: Some(Window {
                layers: 18,
                tokens: 128,
            }),
            experts: Some(Experts {
                routed: 128,
                active: 4,
                ffn: 2880,
                ..Experts::default()
            }),
            ..gqa(36, 2880, 64, 8, 0, 201088)
        },
        "gpt-oss-20b" => Shape {
            head_dim: Some(64),
            window: Some(Window {
                layers: 12,
                tokens: 128,
            }),
            experts: Some(Experts {
                routed: 32,
                active: 4,
                ffn: 2880,
                ..Experts::default()
            }),
            ..gqa(24, 2880, 64, 8, 0, 201088)
        },
        "deepseek-v3" => Shape {
            latent: Some(Latent {
                query_rank: 1536,
                rank: 512,
                nope: 128,
                rope: 64,
                value: 128,
            }),
            dense_layers: Some(3),
            mtp: 1,
            experts: Some(Experts {
                layers: Some(58),
                routed: 256,
                active: 8,
                ffn: 2048,
                shared_ffn: 2048,
                ..Experts::default()
            }),
            ..gqa(61, 7168, 128, 128, 18432, 129280)
        },
        "nemotron-3-nano" | "nemotron-3.5-lightning" => Shape {
            layers: 52,
            hidden: 2688,
            heads: 32,
            kv_heads: Some(2),
            head_dim: Some(128),
            vocab: 131072,
            attention_layers: Some(6),
            dense_layers: Some(0),
            linear: Some(Linear {
                layers: 23,
                inner: 4096,
                keys: 1024,
                state: 128,
            }),
            experts: Some(Experts {
                layers: Some(23),
                routed: 128,
                active: 6,
                ffn: 1856,
                shared_ffn: 3712,
                ..Experts::default()
            }),
            ..Shape::default()
        },
        "nemotron-3-super" => Shape {
            layers: 88,
            hidden: 4096,
            heads: 32,
            kv_heads: Some(2),
            head_dim: Some(128),
            vocab: 131072,
            attention_layers: Some(8),
            dense_layers: Some(0),
            linear: Some(Linear {
                layers: 40,
                inner: 8192,
                keys: 1024,
                state: 128,
            }),
            experts: Some(Experts {
                layers: Some(40),
                routed: 512,
                active: 22,
                ffn: 2688,
                shared_ffn: 5376,
                width: Some(1024),
            }),
            ..Shape::default()
        },
        _ => {
            return None.or({
                let _ = base;
                None
            });
        }
    })
}

struct Case {
    row: TrainingRow,
    measured: f64,
    id: String,
    model: String,
    accelerator: String,
    precision: String,
    fold: usize,
    class: &'static str,
    doubtful: bool,
    text: String,
    sigma: f64,
    config: String,
}

const DOUBTFUL: &[&str] = &[
    "S20-357090",
    "S20-6eb8c4",
    "S20-7a5d8a",
    "S20-af1bbd",
    "S20-dcf8c4",
    "S8-adebb8",
    "S8-942185",
    "S8-890402",
    "S8-1307ff",
    "S8-4bc7c9",
    "S8-62416c",
    "S6-a02285",
    "S15-d2b55d",
    "S15-9db170",
    "S15-621162",
    "S15-e1669c",
    "S17-d5b45d",
    "S17-28b80d",
    "S6-e0cd89",
    "S6-1381a7",
    "S15-331373",
];

fn key(row: &Row<'_>) -> String {
    [
        "model",
        "accelerator",
        "num_accel",
        "tp",
        "pp",
        "cp",
        "ep",
        "micro_batch",
        "global_batch",
        "seq_len",
        "precision",
    ]
    .map(|c| row.text(c).to_owned())
    .join("|")
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf29ce484222325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x100000001b3)
    })
}

fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().expect("FILE.csv");
    let verbose = args.next().is_some();
    let text = std::fs::read_to_string(path).unwrap();
    let csv = Csv::read(&text).unwrap();
    let world = &plumbline_engine::world();
    let mut cases = Vec::new();
    let mut reasons = std::collections::BTreeMap::<String, usize>::new();
    let shipped = Calibration::from_names::<()>(|name| {
        Ok(world
            .training
            .constants
            .get(name)
            .unwrap_or_else(|| panic!("{name}"))
            .value)
    })
    .unwrap();
    for row in Rows::new(&csv).iter() {
        match training_row(&row, world, &shipped, &shapes) {
            Ok(read) => {
                let moe = read.shape.experts.is_some();
                let lora = read.readings[0].task == Task::Lora;
                let class = match read.kind {
                    Kind::Minutes => "minutes",
                    Kind::Hours => "hours",
                    _ if lora => "lora",
                    _ if moe && read.readings[0].layout.ep > read.readings[0].machine.domain => {
                        "moe-nic"
                    }
                    _ if moe => "moe",
                    _ => "dense",
                };
                cases.push(Case {
                    measured: row.number("value").unwrap().unwrap(),
                    id: row.text("id").into(),
                    model: row.text("model").into(),
                    accelerator: row.text("accelerator").into(),
                    precision: row.text("precision").into(),
                    fold: (hash(&key(&row)) % 10) as usize,
                    class,
                    doubtful: DOUBTFUL.contains(&row.text("id")),
                    sigma: if moe {
                        0.08
                    } else if read.kind == Kind::Minutes {
                        0.08
                    } else {
                        0.035
                    },
                    config: key(&row),
                    text: [
                        "num_accel",
                        "tp",
                        "pp",
                        "vp",
                        "cp",
                        "ep",
                        "micro_batch",
                        "global_batch",
                        "seq_len",
                        "software",
                        "software_date",
                    ]
                    .map(|c| row.text(c))
                    .join(" "),
                    row: read,
                });
            }
            Err(reason) => {
                *reasons
                    .entry(format!("{} {}", row.text("metric"), reason))
                    .or_default() += 1;
            }
        }
    }
    for (reason, count) in &reasons {
        println!("out of scope {count}: {reason}");
    }
    let fitted: Vec<usize> = (0..cases.len())
        .filter(|at| cases[*at].row.kind != Kind::Hours)
        .collect();
    let start: Vec<Constant> = Calibration::NAMES
        .iter()
        .map(|name| {
            Constant::of(
                name,
                world
                    .training
                    .constants
                    .get(*name)
                    .unwrap_or_else(|| panic!("{name}")),
            )
        })
        .collect();
    let calibration = |logs: &[f64]| {
        let mut at = 0;
        Calibration::from_names::<()>(|_| {
            at += 1;
            Ok(logs[at - 1].exp())
        })
        .unwrap()
    };
    let residual = |case: &Case, c: &Calibration| {
        let r = (case.row.predict(c) / case.measured).ln();
        if r.is_finite() { r } else { 3.0 }
    };
    let run = |rows: &[usize]| {
        let mut constants = start.clone();
        fit(&mut constants, 40, &|logs| {
            let c = calibration(logs);
            rows.iter()
                .map(|at| {
                    let case = &cases[*at];
                    (
                        residual(case, &c),
                        if case.doubtful {
                            case.sigma * 6.0
                        } else if case
                            .row
                            .remarks
                            .iter()
                            .any(|remark| remark.starts_with("the layout is blank"))
                        {
                            case.sigma * 4.0
                        } else {
                            case.sigma
                        },
                    )
                })
                .collect()
        });
        constants
    };
    let all = run(&fitted);
    let c = calibration(&all.iter().map(|c| c.log).collect::<Vec<_>>());
    let mut cross = vec![0.0; cases.len()];
    for fold in 0..10 {
        let train: Vec<usize> = fitted
            .iter()
            .copied()
            .filter(|at| cases[*at].fold != fold)
            .collect();
        let constants = run(&train);
        let c = calibration(&constants.iter().map(|c| c.log).collect::<Vec<_>>());
        for (at, case) in cases.iter().enumerate() {
            if case.fold == fold {
                cross[at] = residual(case, &c);
            }
        }
    }
    for constant in &all {
        let edge = if (constant.log - constant.bound.0).abs() < 1e-6
            || (constant.log - constant.bound.1).abs() < 1e-6
        {
            " AT BOUND"
        } else {
            ""
        };
        println!(
            "{:24} {:10.4e}  expected {:10.4e}  {:+.1} sd{}",
            constant.name,
            constant.log.exp(),
            constant.expected.exp(),
            (constant.log - constant.expected) / constant.spread,
            edge
        );
    }
    let report = |name: &str, pick: &dyn Fn(&Case) -> bool| {
        for (label, errors) in [
            (
                "fit",
                cases
                    .iter()
                    .filter(|case| pick(case))
                    .map(|case| residual(case, &c))
                    .collect::<Vec<_>>(),
            ),
            (
                "cv ",
                cases
                    .iter()
                    .zip(&cross)
                    .filter(|(case, _)| pick(case))
                    .map(|(_, r)| *r)
                    .collect(),
            ),
        ] {
            let mut apes: Vec<f64> = errors
                .iter()
                .map(|r| 100.0 * (r.exp() - 1.0).abs())
                .collect();
            apes.sort_by(f64::total_cmp);
            if apes.is_empty() {
                return;
            }
            let q = |p: f64| apes[((apes.len() - 1) as f64 * p).round() as usize];
            let bias = 100.0 * (errors.iter().sum::<f64>() / errors.len() as f64);
            println!(
                "{name:26} {label} n {:3}  median {:5.1}  p90 {:5.1}  max {:6.1}  mean {:5.1} bias {bias:+5.1}",
                apes.len(),
                q(0.5),
                q(0.9),
                q(1.0),
                apes.iter().sum::<f64>() / apes.len() as f64
            );
        }
    };
    report("all steps", &|case| {
        !matches!(case.class, "minutes" | "hours")
    });
    for class in ["dense", "lora", "moe", "moe-nic", "minutes", "hours"] {
        report(class, &|case| case.class == class);
    }
    let mut sources: Vec<String> = cases
        .iter()
        .map(|case| case.id.split('-').next().unwrap().to_owned())
        .collect();
    sources.sort();
    sources.dedup();
    for source in &sources {
        report(source, &|case| {
            case.id.split('-').next() == Some(source) && !matches!(case.class, "minutes" | "hours")
        });
    }
    if verbose {
        let mut order: Vec<usize> = (0..cases.len()).collect();
        order.sort_by(|a, b| cross[*b].abs().total_cmp(&cross[*a].abs()));
        for at in order {
            let case = &cases[at];
            let s = case.row.step(&c, &case.row.readings[0]);
            let t = s.total();
            let p = |x: f64| (100.0 * x / t).round();
            println!(
                "{:+6.1} {:+6.1} {}{} {} {} {} {} [{}] t={:.3} gemm {} att {} traf {} head {} rec {} host {} tp {} cp {} ep {} pp {} imb {} bub {} dp {} opt {} fix {} mem {:.0}/{:.0}",
                100.0 * (cross[at].exp() - 1.0),
                100.0 * (residual(case, &c).exp() - 1.0),
                case.id,
                if case.doubtful { "?" } else { "" },
                case.class,
                case.model,
                case.accelerator.replace("NVIDIA ", ""),
                case.precision,
                case.text,
                t,
                p(s.matrices),
                p(s.attention),
                p(s.traffic),
                p(s.head),
                p(s.recompute),
                p(s.host),
                p(s.tensor),
                p(s.context),
                p(s.expert),
                p(s.pipeline),
                p(s.imbalance),
                p(s.bubble),
                p(s.data),
                p(s.optimizer),
                p(s.fixed),
                {
                    let mut job = case.row.readings[0].job(&case.row.shape);
                    job.layout.micro_batch = case.row.readings[0].micro_batches[0];
                    memory(&job).total() / 1e9
                },
                case.row.readings[0].machine.memory / 1e9
            );
        }
    }
    let _ = cases.first().map(|case| &case.config);
}
