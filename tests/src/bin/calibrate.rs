//! `calibrate training|inference|energy` fits the constants of a prediction to the measured rows and prints
//! the errors of rows that the fit has not seen. With `--write` the constants and errors of
//! `references/` are replaced; with `-v` every row is listed, the worst first; with `--quick` only
//! the errors of rows that the fit has seen are printed, with `--folds` no groups are left out; with
//! `--shipped` nothing is fitted. `calibrate energy` does the same for power and energy, and
//! `calibrate counts` says how many rows stand behind predictions.

use plumbline_core::catalogue::{ErrorClass, Ranking};
use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{EnergyRow, InferenceRow, Measured, TrainingRow};
use plumbline_tests::backing::{counts, energy_counts, written};
use plumbline_tests::energy::{EnergyCases, by_family, energy_classes, servers, unseen_energy};
use plumbline_tests::evidence::{
    Case, Evidence, by_class, cases, error_class, fitted, of, start, unseen,
};
use plumbline_tests::fit::Constant;
use plumbline_tests::ranking::{coverage, korthikanti};
use std::fmt::Write;
use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../references");
    let result = match arguments.first().map(String::as_str) {
        Some("training") => run::<TrainingRow>(&root, "training", &arguments),
        Some("inference") => run::<InferenceRow>(&root, "inference", &arguments),
        Some("energy") => energy(&root, &arguments),
        Some("counts") => count(&root, &arguments),
        _ => Err(
            "calibrate training|inference|energy|counts [--write] [--quick] [--shipped] [-v]"
                .into(),
        ),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("calibrate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run<M: Evidence>(root: &Path, what: &str, arguments: &[String]) -> Result<(), String> {
    let given = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let text = fs::read_to_string(root.join(format!("measured/{what}.csv")))
        .map_err(|error| error.to_string())?;
    let table = Csv::read(&text).map_err(|error| error.message)?;
    let world = plumbline_engine::world();
    let (cases, others) = cases::<M>(&world, &table);
    for (id, reason) in &others {
        println!("{id}: {reason}");
    }
    println!("{} of {} rows predicted", cases.len(), table.rows.len());
    let expected = start::<M>(&world);
    let constants = match given("--shipped") {
        true => {
            let (known, ..) = M::data(&world);
            let mut shipped = expected.clone();
            for constant in &mut shipped {
                constant.log = known.get(&constant.name).map_or(0.0, |c| c.value.ln());
            }
            shipped
        }
        false => fitted(&cases, expected.clone(), &|_| true),
    };
    for constant in &constants {
        println!("{}", described(constant));
    }
    let (before, after) = (of::<M>(&expected), of::<M>(&constants));
    let plain: Vec<f64> = cases.iter().map(|case| case.error(&before)).collect();
    let seen: Vec<f64> = cases.iter().map(|case| case.error(&after)).collect();
    let counted = |errors: &[f64]| {
        let both = cases.iter().zip(errors.iter().copied());
        let rows: Vec<_> = both.filter(|(case, _)| case.row.is_counted()).collect();
        error_class(&rows)
    };
    print("nothing fitted", &counted(&plain));
    print("all seen", &counted(&seen));
    let folds = match given("--quick") || given("--shipped") {
        true => seen.clone(),
        false => unseen(&cases, &expected, &|case| case.fold.to_string()),
    };
    let mut classes: Vec<(String, ErrorClass)> = by_class(&cases, &folds)
        .into_iter()
        .map(|(name, class)| (name.to_owned(), class))
        .collect();
    classes.push((M::ALL.into(), counted(&folds)));
    if !given("--quick") && !given("--shipped") && !given("--folds") {
        let sources = unseen(&cases, &expected, &|case| case.source.clone());
        classes.push(("a source left out".into(), counted(&sources)));
        let machines = unseen(&cases, &expected, &|case| M::unlike(case));
        classes.push((M::UNLIKE.into(), counted(&machines)));
    }
    for (name, class) in &classes {
        print(name, class);
    }
    for (name, class) in groups(&cases, &folds) {
        print(&name, &class);
    }
    for (name, (rows, share)) in coverage(&cases, &folds) {
        if let Some((_, class)) = classes.iter_mut().find(|(class, _)| class == name) {
            class.inside = Some((share * 1e3).round() / 1e3);
        }
        println!(
            "band of 80 %, {name}: {:.1} % of {rows} inside",
            100.0 * share
        );
    }
    let ranking = M::ranking(&table, &cases, &folds, &after);
    if let Some(ranking) = &ranking {
        println!(
            "the faster of two layouts is named in {:.1} % of {} pairs",
            100.0 * ranking.right,
            ranking.pairs
        );
    }
    if what == "training" {
        let (points, mean, most) = korthikanti(&cases, &folds);
        println!(
            "Korthikanti, table 5: {points} of its 8 points here, mean {:.1} %, max {:.1} %",
            100.0 * mean,
            100.0 * most
        );
    }
    if given("-v") {
        list(&cases, &folds, &seen);
    }
    if given("--write") {
        rewrite(&root.join(format!("{what}/constants.ron")), &constants)?;
        let path = root.join(format!("{what}/errors.ron"));
        fs::write(path, errors(what, &classes, ranking)).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Rows by what they share.
fn count(root: &Path, arguments: &[String]) -> Result<(), String> {
    let text = fs::read_to_string(root.join("measured/inference.csv"))
        .map_err(|error| error.to_string())?;
    let table = Csv::read(&text).map_err(|error| error.message)?;
    let world = plumbline_engine::world();
    let (cases, _) = cases::<InferenceRow>(&world, &table);
    let energy = energy_counts(&table, &cases);
    let text = written(cases.len(), &counts(&world, &table, &cases), &energy);
    println!("{text}");
    match arguments.iter().any(|argument| argument == "--write") {
        true => fs::write(root.join("inference/rows.ron"), text).map_err(|error| error.to_string()),
        false => Ok(()),
    }
}

/// Energy follows from passes and from power; both are fitted without the rows that they are held
/// against.
fn energy(root: &Path, arguments: &[String]) -> Result<(), String> {
    let given = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let text = fs::read_to_string(root.join("measured/inference.csv"))
        .map_err(|error| error.to_string())?;
    let table = Csv::read(&text).map_err(|error| error.message)?;
    let world = plumbline_engine::world();
    let passes = InferenceRow::shipped(&world)?;
    let known = EnergyCases::of(&world, &table, &passes);
    println!("{} rows with their energy", known.power.len());
    let expected = start::<EnergyRow>(&world);
    let constants = fitted(&known.power, expected.clone(), &|_| true);
    for constant in &constants {
        println!("{}", described(constant));
    }
    let (throughput, _) = cases::<InferenceRow>(&world, &table);
    let fresh = start::<InferenceRow>(&world);
    let blind = |fold: &str| {
        let without = fitted(&throughput, fresh.clone(), &|case| {
            case.fold.to_string() != fold
        });
        Some(EnergyCases::of(
            &world,
            &table,
            &of::<InferenceRow>(&without),
        ))
    };
    let by_fold = |case: &Case<EnergyRow>| case.fold.to_string();
    let folds = match given("--quick") {
        true => unseen_energy(&known, &expected, &by_fold, &|_| None),
        false => unseen_energy(&known, &expected, &by_fold, &blind),
    };
    let families = unseen_energy(&known, &expected, &EnergyRow::unlike, &|_| None);
    let classes = energy_classes(&known, &folds, &families);
    for (name, class) in &classes {
        print(name, class);
    }
    for (chip, class) in by_family(&known, &folds.1) {
        print(&format!("{chip:?}"), &class);
    }
    for (id, power, accelerators, system) in servers(&world, &table) {
        println!(
            "{id}: {accelerators} x {power:.0} W are {:.2} of the {system} W of the server",
            power * accelerators / system
        );
    }
    if given("-v") {
        list(&known.energy, &folds.1, &folds.0);
    }
    if given("--write") {
        rewrite(&root.join("inference/energy.ron"), &constants)?;
        let text = errors("energy", &classes, None);
        let text = text.replace("    errors: {\n", "    energy: (errors: {\n");
        let text = text.replace("    },\n)", "    }),\n)");
        let path = root.join("inference/energy-errors.ron");
        fs::write(path, text).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn print(name: &str, class: &ErrorClass) {
    println!(
        "{name:40} {:5} rows  median {:5.1} %  p90 {:6.1} %  bias {:+6.1} %  band {:.2} to {:.2}",
        class.rows,
        100.0 * class.median,
        100.0 * class.ninth,
        100.0 * class.bias,
        class.band.0,
        class.band.1
    );
}

/// Errors by source and class, accelerator and class, model: where a fault of the model shows.
fn groups<M: Evidence>(cases: &[Case<M>], errors: &[f64]) -> Vec<(String, ErrorClass)> {
    type Key<M> = fn(&Case<M>) -> String;
    let keys: [Key<M>; 3] = [
        |case| format!("source {}, {}", case.source, case.class),
        |case| format!("accelerator {}", case.accelerator),
        |case| format!("model {}", case.model),
    ];
    let mut found = Vec::new();
    for key in keys {
        let mut names: Vec<String> = cases.iter().map(key).collect();
        names.sort();
        names.dedup();
        for name in names {
            let both = cases.iter().zip(errors.iter().copied());
            let rows: Vec<_> = both.filter(|(case, _)| key(case) == name).collect();
            found.push((name, error_class(&rows)));
        }
    }
    found
}

/// Every row: error unseen, error seen, and what it is.
fn list<M: Evidence>(cases: &[Case<M>], folds: &[f64], seen: &[f64]) {
    let mut order: Vec<(&Case<M>, f64, f64)> = cases
        .iter()
        .zip(folds.iter().copied())
        .zip(seen.iter().copied())
        .map(|((case, fold), seen)| (case, fold, seen))
        .collect();
    order.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    for (case, fold, seen) in order {
        println!(
            "{:+6.1} {:+6.1} {} {} {} {} [{}]",
            100.0 * fold.exp_m1(),
            100.0 * seen.exp_m1(),
            case.id,
            case.class,
            case.accelerator,
            case.row.remarks().join("; "),
            case.doubt
        );
    }
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

fn errors(what: &str, classes: &[(String, ErrorClass)], ranking: Option<Ranking>) -> String {
    let mut text = format!(
        "// How far predictions of {what} were off on rows that the fit had not seen: folds by configuration, and\n\
         // with a whole source or group left out. Written by `calibrate {what} --write`; a test holds it to the rows.\n\
         (\n    errors: {{\n"
    );
    for (name, class) in classes {
        let inside = class
            .inside
            .map_or(String::new(), |share| format!(", inside: Some({share:?})"));
        let _ = writeln!(
            text,
            "        \"{name}\": (rows: {}, median: {:?}, ninth: {:?}, bias: {:?}, band: ({:?}, {:?}){inside}),",
            class.rows, class.median, class.ninth, class.bias, class.band.0, class.band.1
        );
    }
    text.push_str("    },\n");
    if let Some(Ranking { pairs, right }) = ranking {
        let _ = writeln!(text, "    ranking: (pairs: {pairs}, right: {right:?}),");
    }
    text.push_str(")\n");
    text
}
