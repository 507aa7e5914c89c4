//! Charts: plain series in, a canvas and an accessible table out.
//!
//! Every chart states its finding as the title and its measure as the subtitle, labels its marks
//! directly, begins at zero, draws its uncertainty, and can be read by keyboard, as a table, as a
//! picture and as CSV. A chart is a [`Plot`]; [`chart()`] gives it all of that.

mod breakdown;
mod chart;
mod csv;
mod export;
mod histogram;
mod lines;
mod own_rent;
mod palette;
mod parts;
mod plot;
mod roofline;
mod scale;
mod scaling;
mod scatter;
mod series;
mod stacked_years;
mod surface;
mod watch;
mod waterfall;
mod year_bands;

pub use breakdown::{Breakdown, BreakdownRow};
pub use chart::{SharedPlot, chart};
pub use csv::csv;
pub use histogram::Histogram;
pub use lines::{Axis, Line, Lines, Mark, Spot};
pub use own_rent::OwnRent;
pub use palette::HUES;
pub use parts::{Amounts, Part, Parts};
pub use plot::{Plot, Stop, Table};
pub use roofline::{RooflineChart, Run};
pub use scaling::ScalingCurve;
pub use scatter::{Dot, Scatter};
pub use series::{Category, Gathered, categories};
pub use stacked_years::StackedYears;
pub use waterfall::{Waterfall, WaterfallStep};
pub use year_bands::{YearBands, dollars};
