//! How figures are spread: how many lie in each stretch.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::Scale;
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;

/// Shares in stretches of equal width; the outer two hold all that lies beyond.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Name of the files it is saved to.
    pub file: &'static str,
    /// The finding.
    pub title: String,
    /// Measure and unit.
    pub measure: String,
    /// What lies left of zero and right of it.
    pub sides: [&'static str; 2],
    /// The shares.
    pub figures: Vec<f64>,
    /// Width of a stretch.
    pub step: f64,
    /// Stretches to each side of zero.
    pub each: usize,
}

const LEFT: f64 = 36.0;
const TOP: f64 = 24.0;
const FOOT: f64 = 26.0;

impl Histogram {
    /// How many lie in each stretch, from the lowest up.
    fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; 2 * self.each];
        let last = counts.len().saturating_sub(1) as f64;
        for figure in self.figures.iter().filter(|figure| figure.is_finite()) {
            let at = (figure / self.step).floor() + self.each as f64;
            if let Some(count) = counts.get_mut(at.clamp(0.0, last) as usize) {
                *count += 1;
            }
        }
        counts
    }

    /// Where a stretch begins.
    fn begin(&self, at: usize) -> f64 {
        (at as f64 - self.each as f64) * self.step
    }

    fn name(&self, at: usize) -> String {
        let (from, to) = (self.begin(at), self.begin(at + 1));
        match at {
            0 => format!("below {}", format::percent(to)),
            _ if at + 1 == 2 * self.each => format!("above {}", format::percent(from)),
            _ => format!("{} to {}", format::percent(from), format::percent(to)),
        }
    }
}

impl Plot for Histogram {
    fn file(&self) -> &'static str {
        self.file
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn subtitle(&self) -> String {
        self.measure.clone()
    }

    fn summary(&self) -> String {
        let count = format::plural(self.figures.len(), "row", "rows");
        format!("{}. {count}.", self.title)
    }

    fn table(&self) -> Table {
        let head = ["Error", "Rows"].map(str::to_owned).to_vec();
        let counts = self.counts();
        let row = |(at, count): (usize, &usize)| vec![self.name(at), count.to_string()];
        let rows: Vec<_> = counts.iter().enumerate().map(row).collect();
        Table {
            head: head.clone(),
            rows: rows.clone(),
            raw_head: head,
            raw: rows,
        }
    }

    fn height(&self, _width: f64) -> f64 {
        240.0
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let palette = surface.palette;
        let counts = self.counts();
        let (right, bottom) = (surface.width - 12.0, surface.height - FOOT);
        let most = counts.iter().copied().max().unwrap_or(0);
        let y = Scale::with_zero(0.0, most as f64, bottom, TOP)?;
        let x = Scale::exact(0.0, counts.len() as f64, LEFT, right)?;
        for tick in y.ticks() {
            let at = y.at(tick);
            surface.line((LEFT, at), (right, at), palette.line, 1.0)?;
            let text = format::count(tick);
            surface.text(&text, (LEFT - 6.0, at), Lettering::right(palette.muted))?;
        }
        let mut end = f64::NEG_INFINITY;
        for at in 0..=counts.len() {
            let text = format::percent(self.begin(at));
            let half = surface.text_width(&text, false) / 2.0;
            let place = x.at(at as f64);
            // Only every other end is labelled, zero among them.
            let named = (at + self.each).is_multiple_of(2) && at > 0 && at < counts.len();
            if named && place - half > end + 8.0 {
                let below = (place, bottom + 13.0);
                surface.text(&text, below, Lettering::centred(palette.muted))?;
                end = place + half;
            }
        }
        let zero = x.at(self.each as f64);
        let mut stops = Vec::new();
        for (at, count) in counts.iter().enumerate() {
            let (from, to) = (x.at(at as f64), x.at(at as f64 + 1.0));
            let top = y.at(*count as f64);
            let bar = Area {
                x: from + 1.0,
                y: top,
                width: (to - from - 2.0).max(1.0),
                height: bottom - top,
            };
            let hue = if at < self.each { 0 } else { 1 };
            let hue = palette.hues.get(hue).copied().unwrap_or(palette.muted);
            surface.fill(bar, hue)?;
            let text = format!(
                "{}: {}",
                self.name(at),
                format::plural(*count, "row", "rows")
            );
            let area = Area {
                y: TOP,
                height: bottom - TOP,
                ..bar
            };
            stops.push(Stop { area, text });
        }
        surface.line((zero, TOP - 4.0), (zero, bottom + 4.0), palette.ink, 1.0)?;
        let [low, high] = self.sides;
        let (left, beside) = ((zero - 8.0, TOP - 12.0), (zero + 8.0, TOP - 12.0));
        surface.text(low, left, Lettering::right(palette.muted))?;
        surface.text(high, beside, Lettering::left(palette.muted))?;
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_is_counted_in_the_outer_stretches() {
        let histogram = Histogram {
            file: "",
            title: String::new(),
            measure: String::new(),
            sides: ["", ""],
            figures: vec![-0.9, -0.01, 0.0, 0.04, 0.06, 3.0],
            step: 0.05,
            each: 2,
        };
        assert_eq!(histogram.counts(), [1, 1, 2, 2]);
    }
}
