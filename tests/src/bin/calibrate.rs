//! Fits the constants of the prediction of training to the measured rows and prints the errors
//! of rows that the fit has not seen. With `--write` the constants and errors of `references/`
//! are replaced; with `-v` every row is listed, the worst first.

use plumbline_core::catalogue::{ErrorClass, Ranking};
use plumbline_core::load::Csv;
use plumbline_tests::evidence::{Case, by_class, cases, error_class, fitted, unseen, with};
use plumbline_tests::fit::Constant;
use plumbline_tests::ranking::{coverage, korthikanti, ranking};
use std::fmt::Write;
use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let given = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../references");
    match run(&root, given("--write"), given("-v")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("calibrate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(root: &Path, write: bool, verbose: bool) -> Result<(), String> {
    let text = fs::read_to_string(root.join("measured/training.csv")).map_err(|e| e.to_string())?;
    let table = Csv::read(&text).map_err(|error| error.message)?;
    let world = plumbline_engine::world();
    let (cases, others) = cases(&world, &table);
    for (id, reason) in &others {
        println!("{id}: {reason}");
    }
    let constants = fitted(&world, &cases, &|_| true);
    for constant in &constants {
        println!("{}", described(constant));
    }
    let folds = unseen(&world, &cases, &|case| case.fold.to_string());
    let mut classes: Vec<(String, ErrorClass)> = by_class(&cases, &folds)
        .into_iter()
        .map(|(name, class)| (name.to_owned(), class))
        .collect();
    let steps = pick(&cases, &folds, |case| case.row.kind.is_step());
    classes.push(("all steps".into(), error_class(&steps)));
    let sources = unseen(&world, &cases, &|case| case.source.clone());
    let unlike = pick(&cases, &sources, |case| case.row.kind.is_step());
    classes.push(("a source left out".into(), error_class(&unlike)));
    let machines = unseen(&world, &cases, &|case| case.accelerator.clone());
    let unlike = pick(&cases, &machines, |case| case.row.kind.is_step());
    classes.push(("an accelerator left out".into(), error_class(&unlike)));
    for (name, class) in &classes {
        println!(
            "{name:26} {:4} rows  median {:5.1} %  p90 {:5.1} %  bias {:+5.1} %  band {:.2} to {:.2}",
            class.rows,
            100.0 * class.median,
            100.0 * class.ninth,
            100.0 * class.bias,
            class.band.0,
            class.band.1
        );
    }
    let ranking = ranking(&table, &cases, &folds, &constants);
    println!(
        "ranking                    {:4} pairs of layouts, the faster one named in {:.1} %",
        ranking.pairs,
        100.0 * ranking.right
    );
    for (name, (rows, share)) in coverage(&cases, &folds) {
        println!(
            "band of 80 %, {name:14} {rows:3} rows, {:.1} % inside",
            100.0 * share
        );
    }
    let (points, mean, most) = korthikanti(&cases, &folds);
    println!(
        "Korthikanti, table 5       {points:4} points here, mean {:.1} %, max {:.1} %",
        100.0 * mean,
        100.0 * most
    );
    if verbose {
        let c = with(
            &constants
                .iter()
                .map(|constant| constant.log)
                .collect::<Vec<_>>(),
        );
        let mut order: Vec<(&Case, f64)> = cases.iter().zip(folds.iter().copied()).collect();
        order.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        for (case, error) in order {
            let doubt = world
                .training
                .doubtful
                .get(&case.id)
                .map_or("", String::as_str);
            println!(
                "{:+6.1} {:+6.1} {} {} {} {} [{}]",
                100.0 * error.exp_m1(),
                100.0 * case.error(&c).exp_m1(),
                case.id,
                case.class,
                case.accelerator,
                case.row.remarks.join("; "),
                doubt
            );
        }
    }
    if write {
        rewrite(&root.join("training/constants.ron"), &constants)?;
        fs::write(root.join("training/errors.ron"), errors(&classes, ranking))
            .map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn pick<'c>(
    cases: &'c [Case],
    errors: &[f64],
    which: impl Fn(&Case) -> bool,
) -> Vec<(&'c Case, f64)> {
    let both = cases.iter().zip(errors.iter().copied());
    both.filter(|(case, _)| which(case)).collect()
}

fn described(constant: &Constant) -> String {
    let at_bound = |bound: f64| (constant.log - bound).abs() < 1e-6;
    let edge = at_bound(constant.bound.0) || at_bound(constant.bound.1);
    let moved = match constant.spread > 0.0 {
        true => format!(
            "{:+.1} sd",
            (constant.log - constant.expected) / constant.spread
        ),
        false => "not fitted".into(),
    };
    format!(
        "{:24} {:10.4e}  expected {:10.4e}  {moved}{}",
        constant.name,
        constant.log.exp(),
        constant.expected.exp(),
        if edge { "  at its bound" } else { "" }
    )
}

/// Puts values into the file of constants and leaves the rest of it as it is.
fn rewrite(path: &Path, constants: &[Constant]) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let lines = text.lines().map(|line| {
        let constant = constants
            .iter()
            .find(|c| line.contains(&format!("\"{}\": (value: ", c.name)));
        match (constant, line.split_once("(value: ")) {
            (Some(constant), Some((before, after))) => {
                let rest = after.split_once(',').map_or("", |(_, rest)| rest);
                format!("{before}(value: {},{rest}\n", digits(constant.log.exp()))
            }
            _ => format!("{line}\n"),
        }
    });
    fs::write(path, lines.collect::<String>()).map_err(|error| error.to_string())
}

/// Four digits that count.
fn digits(value: f64) -> String {
    let places = (3.0 - value.abs().log10().floor()).clamp(0.0, 12.0) as usize;
    format!("{value:.places$}")
}

fn errors(classes: &[(String, ErrorClass)], ranking: Ranking) -> String {
    let mut text = String::from(
        "// How far predictions of training were off on rows that the fit had not seen: ten folds by configuration, and\n\
         // with a whole source or accelerator left out. Written by `calibrate --write`; a test holds it to the rows.\n\
         (\n    errors: {\n",
    );
    for (name, class) in classes {
        let _ = writeln!(
            text,
            "        \"{name}\": (rows: {}, median: {:?}, ninth: {:?}, bias: {:?}, band: ({:?}, {:?})),",
            class.rows, class.median, class.ninth, class.bias, class.band.0, class.band.1
        );
    }
    let _ = writeln!(
        text,
        "    }},\n    ranking: (pairs: {}, right: {:?}),\n)",
        ranking.pairs, ranking.right
    );
    text
}
