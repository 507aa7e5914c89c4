//! What a chart must say about itself beside its drawing.

use super::surface::{Area, DrawError, Surface};

/// One figure of a chart, where it stands and how it reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Where the cursor shows it.
    pub area: Area,
    /// The figure in words: what, how much, in which unit.
    pub text: String,
}

/// The figures of a chart as rows. Cells are text for people and, in `raw`, plain numbers for a
/// spreadsheet; the head carries the units.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub head: Vec<String>,
    /// Cells as people read them; the first of a row names it.
    pub rows: Vec<Vec<String>>,
    /// Names of the columns of `raw`, with units.
    pub raw_head: Vec<String>,
    /// The same rows without rounding.
    pub raw: Vec<Vec<String>>,
}

/// A chart's data with everything that is said about it.
pub trait Plot {
    /// Name of the files it is saved to.
    fn file(&self) -> &'static str;
    /// The finding.
    fn title(&self) -> String;
    /// Measure and unit.
    fn subtitle(&self) -> String;
    /// One sentence for those who do not see it.
    fn summary(&self) -> String;
    /// All its figures.
    fn table(&self) -> Table;
    /// Height in CSS pixels at a width.
    fn height(&self, width: f64) -> f64;
    /// Draws it and gives its figures in reading order. `cursor` is the one to point out.
    ///
    /// # Errors
    /// There is nothing to draw, or the browser refuses.
    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError>;
}

/// Marks the figure under the cursor.
pub(super) fn point_out(
    surface: &Surface,
    stops: &[Stop],
    cursor: Option<usize>,
) -> Result<(), DrawError> {
    match cursor.and_then(|at| stops.get(at)) {
        Some(stop) => surface.outline(stop.area, surface.palette.accent),
        None => Ok(()),
    }
}
