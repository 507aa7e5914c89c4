//! How well the energy of measured rows is predicted. Power is fitted given how many sequences ran;
//! energy follows from it and from the predicted rate, neither of which has seen a row's fold.

use crate::evidence::{Case, Evidence, cases, error_class, fitted, of};
use crate::fit::Constant;
use plumbline_core::catalogue::{Chip, ErrorClass};
use plumbline_core::load::Csv;
use plumbline_core::predict::inference::{Calibration, POWER};
use plumbline_core::predict::measured::{
    EnergyRow, InferenceRow, Measured, Outcomes, Rows, rating, running,
};
use plumbline_core::reference::World;
use std::collections::BTreeMap;

impl Evidence for EnergyRow {
    const FOLDS: u64 = InferenceRow::FOLDS;
    const ROUNDS: usize = 40;
    const FREEDOM: f64 = 2.25;
    const CONFIGURATION: &'static [&'static str] = InferenceRow::CONFIGURATION;
    const ALL: &'static str = "energy per token";
    const UNLIKE: &'static str = "energy per token, a family of accelerators left out";

    fn unlike(case: &Case<Self>) -> String {
        format!("{:?}", case.row.row.machine.chip)
    }

    fn scatter(&self) -> f64 {
        0.1
    }

    fn is_fitted(&self) -> bool {
        self.rate.is_none()
    }

    fn is_counted(&self) -> bool {
        true
    }
}

/// The rows whose energy was measured, each once as power and once as energy, in the same order.
pub struct EnergyCases {
    /// Power, given the sequences that ran.
    pub power: Vec<Case<EnergyRow>>,
    /// Energy, all of it predicted.
    pub energy: Vec<Case<EnergyRow>>,
}

impl EnergyCases {
    /// Of a table, with these constants of passes.
    ///
    /// # Panics
    /// If a constant or a column is missing.
    pub fn of(world: &World, table: &Csv, passes: &Calibration) -> Self {
        let (energy, _) = cases::<EnergyRow>(world, table);
        let outcomes: BTreeMap<String, Outcomes> = Rows::new(table)
            .iter()
            .map(|row| (row.text("id").to_owned(), Outcomes::of(&row)))
            .collect();
        let mut both = Self {
            power: Vec::new(),
            energy: Vec::new(),
        };
        for mut case in energy {
            let Some((power, running)) = outcomes
                .get(&case.id)
                .and_then(|outcomes| outcomes.power.zip(outcomes.running))
            else {
                continue;
            };
            let row = case.row.row.clone();
            let rating = case.row.rating;
            let replicas = f64::from(row.layout.replicas.max(1));
            let mut own = case.clone();
            own.row = EnergyRow::power(row.clone(), rating, passes, running / replicas);
            own.measured = power / row.accelerators;
            own.class = POWER;
            if let Ok(read) = EnergyRow::energy(row, rating, passes) {
                case.row = read;
                both.power.push(own);
                both.energy.push(case);
            }
        }
        both
    }

    /// Errors of power and of energy of the rows that `left` picks, with constants fitted to the power
    /// of the others.
    pub fn without(
        &self,
        start: &[Constant],
        left: &dyn Fn(&Case<EnergyRow>) -> bool,
    ) -> Vec<(usize, f64, f64)> {
        let constants = fitted(&self.power, start.to_vec(), &|case| !left(case));
        let c = of::<EnergyRow>(&constants);
        let both = self.power.iter().zip(&self.energy).enumerate();
        both.filter(|(_, (power, _))| left(power))
            .map(|(at, (power, energy))| (at, power.error(&c), energy.error(&c)))
            .collect()
    }
}

/// Errors of all cases, power and energy, in their order, each group predicted by constants that have
/// not seen it. `of` gives the cases under constants of passes that have not seen it either.
pub fn unseen_energy(
    known: &EnergyCases,
    start: &[Constant],
    group: &dyn Fn(&Case<EnergyRow>) -> String,
    cases: &dyn Fn(&str) -> Option<EnergyCases>,
) -> (Vec<f64>, Vec<f64>) {
    let mut names: Vec<String> = known.power.iter().map(group).collect();
    names.sort();
    names.dedup();
    let mut errors = (vec![0.0; known.power.len()], vec![0.0; known.power.len()]);
    for name in names {
        let own = cases(&name);
        let cases = own.as_ref().unwrap_or(known);
        for (at, power, energy) in cases.without(start, &|case| group(case) == name) {
            errors.0[at] = power;
            errors.1[at] = energy;
        }
    }
    errors
}

/// The classes of errors, by name.
pub fn energy_classes(
    known: &EnergyCases,
    folds: &(Vec<f64>, Vec<f64>),
    families: &(Vec<f64>, Vec<f64>),
) -> Vec<(String, ErrorClass)> {
    let class = |cases: &[Case<EnergyRow>], errors: &[f64]| {
        let rows: Vec<_> = cases.iter().zip(errors.iter().copied()).collect();
        error_class(&rows)
    };
    vec![
        (POWER.to_owned(), class(&known.power, &folds.0)),
        (EnergyRow::ALL.to_owned(), class(&known.energy, &folds.1)),
        (
            EnergyRow::UNLIKE.to_owned(),
            class(&known.energy, &families.1),
        ),
    ]
}

/// Errors by family of accelerators.
pub fn by_family(known: &EnergyCases, errors: &[f64]) -> Vec<(Chip, ErrorClass)> {
    [Chip::Hopper, Chip::Blackwell]
        .into_iter()
        .map(|chip| {
            let both = known.energy.iter().zip(errors.iter().copied());
            let rows: Vec<_> = both
                .filter(|(case, _)| case.row.row.machine.chip == chip)
                .collect();
            (chip, error_class(&rows))
        })
        .collect()
}

/// The rows of whole servers whose power was measured: predicted power of an accelerator, W, how many
/// there are, and what the server drew, W.
///
/// # Panics
/// If a constant is missing.
pub fn servers(world: &World, table: &Csv) -> Vec<(String, f64, f64, f64)> {
    #[expect(
        clippy::expect_used,
        reason = "a world without its constants cannot be tested"
    )]
    let (passes, c) = (
        InferenceRow::shipped(world).expect("all constants"),
        EnergyRow::shipped(world).expect("all constants"),
    );
    let mut found = Vec::new();
    for row in Rows::new(table).iter() {
        let Some(system) = Outcomes::of(&row).system else {
            continue;
        };
        let read = InferenceRow::read(&row, world, &passes);
        if let (Ok(read), Ok(rating)) = (read, rating(&row, world)) {
            let accelerators = read.accelerators;
            let running = running(&read, &passes);
            let power = EnergyRow::power(read, rating, &passes, running);
            found.push((
                row.text("id").to_owned(),
                power.predict(&c),
                accelerators,
                system,
            ));
        }
    }
    found
}
