//! Better software over the years: a path from the age of model and hardware.

use super::figures::Figures;

/// Mean gain of each year over the launch, from the first year on.
const YEARS: [&str; 4] = [
    "software-gain/1",
    "software-gain/2",
    "software-gain/3",
    "software-gain/4",
];

/// Speed in a year of use (1 = the first) as multiple of the first year's. After the last
/// year of the path nothing more is gained.
pub(super) fn gain(figures: Figures<'_>, year: usize) -> Result<f64, String> {
    let at = |year: usize| YEARS.get(year.clamp(1, YEARS.len()) - 1).copied();
    let read = |year| figures.ratio(at(year).unwrap_or_default());
    Ok(read(year)? / read(1)?)
}
