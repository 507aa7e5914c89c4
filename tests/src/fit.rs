//! Fits the constants of a prediction to measured rows: least squares of logarithms, robust
//! against rows that are wrong, each constant held near what physics expects.

use plumbline_core::catalogue::FittedConstant;

/// For a set of logarithms one pair per row: logarithm of prediction over measurement, and the
/// standard deviation that the row's class deserves.
pub type Residuals<'a> = dyn Fn(&[f64]) -> Vec<(f64, f64)> + 'a;

/// A constant under fit.
#[derive(Debug, Clone)]
pub struct Constant {
    /// Name.
    pub name: String,
    /// Logarithm of its value.
    pub log: f64,
    /// Logarithm of what is expected.
    pub expected: f64,
    /// Standard deviation of the logarithm.
    pub spread: f64,
    /// Logarithms of its bound.
    pub bound: (f64, f64),
}

impl Constant {
    /// From the data, as expected before any fit.
    pub fn of(name: &str, constant: &FittedConstant) -> Self {
        Self {
            name: name.to_owned(),
            log: constant.expected.ln(),
            expected: constant.expected.ln(),
            spread: constant.spread,
            bound: (constant.bound.0.ln(), constant.bound.1.ln()),
        }
    }
}

/// Fits the constants that may move. The scatter of rows has `freedom` degrees of freedom: fewer let
/// more of them be wrong.
pub fn fit(all: &mut [Constant], rounds: usize, freedom: f64, residuals: &Residuals<'_>) {
    let fixed: Vec<f64> = all.iter().map(|constant| constant.log).collect();
    let places: Vec<usize> = (0..all.len()).filter(|at| all[*at].spread > 0.0).collect();
    let mut free: Vec<Constant> = places.iter().map(|at| all[*at].clone()).collect();
    free_fit(&mut free, rounds, freedom, &|logs| {
        let mut every = fixed.clone();
        for (at, log) in places.iter().zip(logs) {
            every[*at] = *log;
        }
        residuals(&every)
    });
    for (at, constant) in places.iter().zip(free) {
        all[*at] = constant;
    }
}

fn free_fit(constants: &mut [Constant], rounds: usize, freedom: f64, residuals: &Residuals<'_>) {
    let logs = |constants: &[Constant]| constants.iter().map(|c| c.log).collect::<Vec<_>>();
    let loss = |constants: &[Constant], rows: &[(f64, f64)]| {
        let data: f64 = rows
            .iter()
            .map(|(r, s)| {
                let z = r / s;
                freedom * (1.0 + z * z / freedom).ln()
            })
            .sum();
        let prior: f64 = constants
            .iter()
            .map(|c| ((c.log - c.expected) / c.spread).powi(2))
            .sum();
        data + prior
    };
    let n = constants.len();
    let mut damping = 1e-2;
    let mut rows = residuals(&logs(constants));
    let mut best = loss(constants, &rows);
    for _ in 0..rounds {
        let base = logs(constants);
        let step = 1e-3;
        let columns: Vec<Vec<f64>> = (0..n)
            .map(|at| {
                let mut moved = base.clone();
                if let Some(log) = moved.get_mut(at) {
                    *log += step;
                }
                residuals(&moved)
                    .iter()
                    .zip(&rows)
                    .map(|((after, _), (before, _))| (after - before) / step)
                    .collect()
            })
            .collect();
        let weights: Vec<f64> = rows
            .iter()
            .map(|(r, s)| 1.0 / (s * s) / (1.0 + (r / s).powi(2) / freedom))
            .collect();
        let mut matrix = vec![vec![0.0; n]; n];
        let mut right = vec![0.0; n];
        for i in 0..n {
            for j in 0..=i {
                let sum: f64 = (0..rows.len())
                    .map(|k| columns[i][k] * columns[j][k] * weights[k])
                    .sum();
                matrix[i][j] = sum;
                matrix[j][i] = sum;
            }
            let c = &constants[i];
            matrix[i][i] += 1.0 / (c.spread * c.spread);
            right[i] = -(0..rows.len())
                .map(|k| columns[i][k] * rows[k].0 * weights[k])
                .sum::<f64>()
                - (c.log - c.expected) / (c.spread * c.spread);
        }
        // A constant at its bound that is drawn further takes no part in the step of the others.
        for (at, c) in constants.iter().enumerate() {
            let low = c.log <= c.bound.0 && right[at] < 0.0;
            let high = c.log >= c.bound.1 && right[at] > 0.0;
            if low || high {
                for (row, line) in matrix.iter_mut().enumerate() {
                    for (column, value) in line.iter_mut().enumerate() {
                        if row == at || column == at {
                            *value = if row == column { 1.0 } else { 0.0 };
                        }
                    }
                }
                right[at] = 0.0;
            }
        }
        let mut improved = false;
        for _ in 0..8 {
            let mut damped = matrix.clone();
            for (i, row) in damped.iter_mut().enumerate() {
                row[i] *= 1.0 + damping;
            }
            let delta = solve(damped, right.clone());
            let mut trial = constants.to_vec();
            for (c, d) in trial.iter_mut().zip(&delta) {
                c.log = (c.log + d.clamp(-0.5, 0.5)).clamp(c.bound.0, c.bound.1);
            }
            let next = residuals(&logs(&trial));
            let value = loss(&trial, &next);
            if value < best {
                improved = best - value > 1e-4 * best.abs();
                best = value;
                rows = next;
                constants.clone_from_slice(&trial);
                damping = (damping / 4.0_f64).max(1e-6);
                break;
            }
            damping *= 5.0;
        }
        if !improved {
            break;
        }
    }
}

/// Gauss elimination with pivots.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let largest = |x: &usize, y: &usize| a[*x][i].abs().total_cmp(&a[*y][i].abs());
        let pivot = (i..n).max_by(largest).unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        let (above, below) = a.split_at_mut(i + 1);
        let row = &above[i];
        if row[i].abs() < SINGULAR {
            continue;
        }
        for (at, other) in below.iter_mut().enumerate() {
            let factor = other[i] / row[i];
            for (value, own) in other.iter_mut().zip(row).skip(i) {
                *value -= factor * own;
            }
            b[i + 1 + at] -= factor * b[i];
        }
    }
    let mut x = vec![0.0; n];
    for i in (0..n).rev() {
        let rest: f64 = a[i].iter().zip(&x).skip(i + 1).map(|(a, x)| a * x).sum();
        let diagonal = a[i][i];
        x[i] = if diagonal.abs() < SINGULAR {
            0.0
        } else {
            (b[i] - rest) / diagonal
        };
    }
    x
}

/// A pivot below this carries nothing.
const SINGULAR: f64 = 1e-12;
