//! What predictions are for: naming the faster of two layouts, and a band that holds. Both are
//! counted on errors of rows that the fit has not seen.

use crate::evidence::{Case, Evidence, error_class};
use plumbline_core::catalogue::Ranking;
use plumbline_core::load::Csv;
use plumbline_core::predict::measured::{Row, Rows, TrainingRow};
use plumbline_core::predict::training::Calibration;
use std::collections::BTreeMap;

/// Layouts closer than this in measured time are not told apart.
const APART: f64 = 0.05;

/// Pairs of measured rows of one case, and the share of them whose faster layout is named.
/// `errors` are of the cases, unseen.
pub fn ranking(
    table: &Csv,
    cases: &[Case<TrainingRow>],
    errors: &[f64],
    c: &Calibration,
) -> Ranking {
    let rows: BTreeMap<&str, Row<'_>> = Rows::new(table)
        .iter()
        .map(|row| (row.text("id"), row))
        .collect();
    let mut groups: BTreeMap<String, Vec<(String, f64, f64)>> = BTreeMap::new();
    for (case, error) in cases.iter().zip(errors) {
        let (Some(row), Some(reading)) = (rows.get(case.id.as_str()), case.row.readings.first())
        else {
            continue;
        };
        if !case.row.kind.is_step() {
            continue;
        }
        // A row gives a rate or a time; by its error, both are the time of a step.
        let predicted = case.row.step(c, reading).total().ln();
        let measured = predicted - case.error(c);
        let same = [
            "model",
            "accelerator",
            "num_accel",
            "precision",
            "seq_len",
            "global_batch",
            "software_date",
        ];
        let conditions = format!(
            "{}|{:?}|{}|{}",
            same.map(|column| row.text(column)).join("|"),
            reading.task,
            reading.mtp,
            reading.stack.token_drop
        );
        let layout = format!(
            "{:?}|{:?}|{:?}",
            reading.layout, reading.micro_batches, reading.chunks
        );
        let group = groups.entry(conditions).or_default();
        // A run that is told twice, as a time and as a rate, counts once.
        let again = |(other, time, _): &(String, f64, f64)| {
            *other == layout && (time - measured).abs() < 0.01
        };
        if !group.iter().any(again) {
            group.push((layout, measured, measured + error));
        }
    }
    let (mut pairs, mut right) = (0_u32, 0_u32);
    for group in groups.values() {
        for (at, (layout, measured, predicted)) in group.iter().enumerate() {
            for (other, time, guess) in group.iter().skip(at + 1) {
                if other == layout || (measured - time).abs() <= APART.ln_1p() {
                    continue;
                }
                pairs += 1;
                right += u32::from((measured < time) == (predicted < guess));
            }
        }
    }
    let share = f64::from(right) / f64::from(pairs.max(1));
    Ranking {
        pairs,
        right: (share * 1e4).round() / 1e4,
    }
}

/// A class with fewer rows than this is counted with others of its size.
const LARGE: usize = 100;

/// The share of unseen rows that lie in a band of 80 % which none of their fold has shaped, by
/// class; small classes together.
pub fn coverage<'c, M: Evidence>(
    cases: &'c [Case<M>],
    errors: &[f64],
) -> BTreeMap<&'c str, (u32, f64)> {
    let mut classes: BTreeMap<&str, Vec<(&Case<M>, f64)>> = BTreeMap::new();
    for (case, error) in cases.iter().zip(errors) {
        classes.entry(case.class).or_default().push((case, *error));
    }
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (name, rows) in classes {
        let name = if rows.len() < LARGE { "others" } else { name };
        let count = counts.entry(name).or_default();
        for (case, error) in &rows {
            let rest: Vec<(&Case<M>, f64)> = rows
                .iter()
                .filter(|(other, _)| other.fold != case.fold)
                .copied()
                .collect();
            // The band is of measurement by prediction.
            let (low, high) = error_class(&rest).band;
            count.0 += 1;
            count.1 += u32::from((low..=high).contains(&(-error).exp()));
        }
    }
    let share = |(rows, inside): (u32, u32)| (rows, f64::from(inside) / f64::from(rows.max(1)));
    counts
        .into_iter()
        .map(|(name, count)| (name, share(count)))
        .collect()
}

/// Mean and largest error of the points of Korthikanti et al., table 5, that the measured rows
/// hold, and how many these are.
pub fn korthikanti<M: Evidence>(cases: &[Case<M>], errors: &[f64]) -> (usize, f64, f64) {
    let sizes: Vec<f64> = cases
        .iter()
        .zip(errors)
        .filter(|(case, _)| case.source == "S3" && case.row.is_time())
        .map(|(case, error)| case.size(*error))
        .collect();
    let mean = sizes.iter().sum::<f64>() / sizes.len().max(1) as f64;
    (sizes.len(), mean, sizes.iter().copied().fold(0.0, f64::max))
}
