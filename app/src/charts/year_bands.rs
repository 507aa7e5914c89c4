//! Figures of several ways year by year, each as a band with its middle, side by side.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::LogScale;
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;
use plumbline_engine::catalogue::Range;

/// The bands.
#[derive(Debug, Clone, Default)]
pub struct YearBands {
    /// Name of the files it is saved to.
    pub file: &'static str,
    /// The finding.
    pub title: String,
    /// Measure and unit.
    pub measure: String,
    /// The ways, each with its figures by year, the first year first; `None` where one is not known.
    pub ways: Vec<(&'static str, Vec<Option<Range<f64>>>)>,
    /// A figure, for people.
    pub show: Option<fn(f64) -> String>,
}

const TOP: f64 = 44.0;
const FOOT: f64 = 30.0;
const BAR: f64 = 12.0;

impl YearBands {
    fn shown(&self, figure: f64) -> String {
        self.show.map_or_else(String::new, |show| show(figure))
    }

    fn years(&self) -> usize {
        self.ways
            .iter()
            .map(|(_, years)| years.len())
            .max()
            .unwrap_or(0)
    }

    fn words(&self, name: &str, year: usize, range: Range<f64>) -> String {
        format!(
            "Year {}, {name}: {}, between {} and {}",
            year + 1,
            self.shown(range.mid),
            self.shown(range.low),
            self.shown(range.high)
        )
    }

    /// What the colours mean.
    fn legend(&self, surface: &Surface) -> Result<(), DrawError> {
        let palette = surface.palette;
        let mut x = 0.0;
        for (at, (name, years)) in self.ways.iter().enumerate() {
            if years.iter().all(Option::is_none) {
                continue;
            }
            let hue = palette.hues.get(at).copied().unwrap_or(palette.muted);
            let mark = Area {
                x,
                y: 5.0,
                width: 10.0,
                height: 10.0,
            };
            surface.fill(mark, hue)?;
            surface.text(name, (x + 14.0, 10.0), Lettering::left(palette.ink))?;
            x += 14.0 + surface.text_width(name, false) + 16.0;
        }
        Ok(())
    }
}

impl Plot for YearBands {
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
        [&self.title, ". ", &self.measure, "."].concat()
    }

    fn table(&self) -> Table {
        let mut head = vec!["Year".to_owned()];
        for (name, _) in &self.ways {
            head.extend(["low", "middle", "high"].map(|end| [name, ", ", end].concat()));
        }
        let row = |show: &dyn Fn(f64) -> String, year: usize| {
            let mut row = vec![(year + 1).to_string()];
            for (_, years) in &self.ways {
                let range = years.get(year).copied().flatten();
                row.extend(match range {
                    Some(range) => [range.low, range.mid, range.high].map(show),
                    None => [const { String::new() }; 3],
                });
            }
            row
        };
        let all =
            |show: &dyn Fn(f64) -> String| (0..self.years()).map(|year| row(show, year)).collect();
        Table {
            rows: all(&|figure| self.shown(figure)),
            raw: all(&|figure| figure.to_string()),
            raw_head: head.clone(),
            head,
        }
    }

    fn height(&self, width: f64) -> f64 {
        if width < 500.0 { 300.0 } else { 340.0 }
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let palette = surface.palette;
        let ranges = self
            .ways
            .iter()
            .flat_map(|(_, years)| years.iter().flatten());
        let ends = ranges.fold((f64::INFINITY, 0.0_f64), |(low, high), range| {
            (low.min(range.low), high.max(range.high))
        });
        let bottom = surface.height - FOOT;
        let y = LogScale::around(ends.0, ends.1, bottom, TOP)?;
        let ticks = y.ticks();
        let widths = ticks
            .iter()
            .map(|tick| surface.text_width(&self.shown(*tick), false));
        let left = widths.fold(0.0, f64::max) + 12.0;
        let right = surface.width - 8.0;
        for tick in ticks {
            let at = y.at(tick);
            surface.line((left, at), (right, at), palette.line, 1.0)?;
            let beside = (left - 8.0, at);
            surface.text(&self.shown(tick), beside, Lettering::right(palette.muted))?;
        }
        surface.line((left, bottom), (right, bottom), palette.muted, 1.0)?;
        self.legend(surface)?;
        let years = self.years().max(1) as f64;
        let room = (right - left) / years;
        let bar = BAR.min(room / (self.ways.len() as f64 + 1.0));
        let mut stops = Vec::new();
        for year in 0..self.years() {
            let middle = left + room * (year as f64 + 0.5);
            let name = match room > 46.0 {
                true => format!("Year {}", year + 1),
                false => (year + 1).to_string(),
            };
            surface.text(
                &name,
                (middle, bottom + 14.0),
                Lettering::centred(palette.muted),
            )?;
            let first = middle - bar * 1.25 * (self.ways.len() as f64 - 1.0) / 2.0;
            for (at, (name, figures)) in self.ways.iter().enumerate() {
                let Some(range) = figures.get(year).copied().flatten() else {
                    continue;
                };
                let hue = palette.hues.get(at).copied().unwrap_or(palette.muted);
                let place = first + at as f64 * bar * 1.25;
                let area = Area {
                    x: place - bar / 2.0,
                    y: y.at(range.high),
                    width: bar,
                    height: (y.at(range.low) - y.at(range.high)).max(2.0),
                };
                surface.fill(area, hue.faint(0.35))?;
                surface.outline(area, hue)?;
                let mid = y.at(range.mid);
                surface.line((area.x, mid), (area.x + bar, mid), hue, 3.0)?;
                stops.push(Stop {
                    area,
                    text: self.words(name, year, range),
                });
            }
        }
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}

/// A price in dollars, with the digits that count.
pub fn dollars(figure: f64) -> String {
    ["$\u{202f}", &format::significant(figure, 3)].concat()
}
