//! Fits the constants of the prediction of training to the measured rows and prints the errors,
//! within the rows and cross-validated: `calibrate FILE.csv [-v]`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{Kind, Row, Rows, TrainingRow, training_row};
use plumbline_core::predict::training::{Calibration, Task, memory};
use plumbline_tests::fit::{Constant, fit};

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
        match training_row(&row, world, &shipped) {
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
