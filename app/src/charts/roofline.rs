//! Operations per second by operations for each byte: the roof of an accelerator, and what runs below it.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::LogScale;
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;

/// Something that runs on the accelerator.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its name.
    pub name: String,
    /// Operations for each byte.
    pub intensity: f64,
    /// Operations per second.
    pub rate: f64,
    /// Operations per second that the roof allows there.
    pub roof: f64,
    /// Figures in words.
    pub text: String,
}

/// The roof and what runs below it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RooflineChart {
    /// Name of the files it is saved to.
    pub file: &'static str,
    /// The finding.
    pub title: String,
    /// Measure and unit.
    pub measure: String,
    /// Operations per second at most.
    pub peak: f64,
    /// Bytes per second.
    pub bandwidth: f64,
    /// What stands at the ridge.
    pub ridge: String,
    /// What runs.
    pub runs: Vec<Run>,
}

const LEFT: f64 = 64.0;
const TOP: f64 = 30.0;
const FOOT: f64 = 44.0;
const RADIUS: f64 = 4.5;
/// Room below the lowest dot.
const BELOW: f64 = 0.6;
const AXES: [&str; 2] = ["operations for each byte", "operations/s"];

impl RooflineChart {
    fn ridge_at(&self) -> f64 {
        self.peak / self.bandwidth
    }
}

impl Plot for RooflineChart {
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
        let runs = self.runs.iter().map(|run| run.text.as_str());
        format!("{}. {}.", self.title, runs.collect::<Vec<_>>().join("; "))
    }

    fn table(&self) -> Table {
        let head = ["Pass", AXES[0], AXES[1], "The roof allows"];
        let figures = |run: &Run| [run.intensity, run.rate, run.roof];
        let row = |run: &Run| {
            let [intensity, rate, roof] = figures(run);
            vec![
                run.name.clone(),
                format::significant(intensity, 3),
                short(rate),
                short(roof),
            ]
        };
        let raw = |run: &Run| {
            let figures = figures(run).map(|figure| figure.to_string());
            std::iter::once(run.name.clone()).chain(figures).collect()
        };
        Table {
            head: head.map(str::to_owned).to_vec(),
            rows: self.runs.iter().map(row).collect(),
            raw_head: head.map(str::to_owned).to_vec(),
            raw: self.runs.iter().map(raw).collect(),
        }
    }

    fn height(&self, width: f64) -> f64 {
        (width * 0.55).clamp(260.0, 400.0)
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let palette = surface.palette;
        let (right, bottom) = (surface.width - 12.0, surface.height - FOOT);
        let ridge = self.ridge_at();
        let ends = |figures: &mut dyn Iterator<Item = f64>| {
            figures.fold((f64::INFINITY, 0.0_f64), |(low, high), figure| {
                (low.min(figure), high.max(figure))
            })
        };
        let mut along = self.runs.iter().map(|run| run.intensity);
        let (low, high) = ends(&mut along);
        let x = LogScale::around(low.min(ridge), high.max(2.0 * ridge), LEFT, right)?;
        let mut up = self.runs.iter().map(|run| run.rate);
        let (low, _) = ends(&mut up);
        let y = LogScale::around(low.min(self.peak) * BELOW, self.peak, bottom, TOP)?;
        let mut end = f64::NEG_INFINITY;
        for tick in x.ticks() {
            let (at, text) = (x.at(tick), short(tick));
            surface.line((at, TOP), (at, bottom), palette.line, 1.0)?;
            let half = surface.text_width(&text, false) / 2.0;
            if at - half > end + 8.0 && at + half < surface.width {
                let below = (at, bottom + 13.0);
                surface.text(&text, below, Lettering::centred(palette.muted))?;
                end = at + half;
            }
        }
        for tick in y.ticks() {
            let at = y.at(tick);
            surface.line((LEFT, at), (right, at), palette.line, 1.0)?;
            let beside = (LEFT - 8.0, at);
            surface.text(&short(tick), beside, Lettering::right(palette.muted))?;
        }
        let muted = palette.muted;
        surface.text(AXES[0], (right, bottom + 31.0), Lettering::right(muted))?;
        surface.text(AXES[1], (LEFT + 6.0, TOP - 18.0), Lettering::left(muted))?;

        // The roof: bandwidth up to the ridge, arithmetic beyond it.
        let (first, last) = x.ends();
        let (lowest, _) = y.ends();
        let foot = first.max(lowest / self.bandwidth);
        let roof = [
            (x.at(foot), y.at(foot * self.bandwidth)),
            (x.at(ridge), y.at(self.peak)),
            (x.at(last), y.at(self.peak)),
        ];
        surface.path(&roof, palette.ink, 2.0)?;
        let at = x.at(ridge);
        surface.line((at, y.at(self.peak)), (at, bottom), palette.muted, 1.0)?;
        let width = surface.text_width(&self.ridge, false);
        let beside = match at + width + 12.0 < right {
            true => ((at + 6.0, bottom - 12.0), Lettering::left(muted)),
            false => ((at - 6.0, bottom - 12.0), Lettering::right(muted)),
        };
        surface.text(&self.ridge, beside.0, beside.1)?;

        let mut stops = Vec::new();
        let dot = |run: &Run| Area {
            x: x.at(run.intensity) - 6.0,
            y: y.at(run.rate) - 6.0,
            width: 12.0,
            height: 12.0,
        };
        let mut taken: Vec<Area> = self.runs.iter().map(dot).collect();
        for (index, run) in self.runs.iter().enumerate() {
            let place = (x.at(run.intensity), y.at(run.rate));
            let hue = palette.hues.get(index % palette.hues.len());
            let hue = hue.copied().unwrap_or(palette.accent);
            let above = (place.0, y.at(run.roof));
            surface.line(place, above, hue.faint(0.6), 1.0)?;
            surface.dot(place, RADIUS, hue)?;
            let width = surface.text_width(&run.name, false);
            let label = |left: f64, middle: f64| Area {
                x: left,
                y: middle - 8.0,
                width,
                height: 16.0,
            };
            // Beside the dot, on the side and in the line where there is room.
            let sides = [place.0 + 10.0, place.0 - 10.0 - width];
            let lines = [0.0, 16.0, -16.0, 32.0, -32.0];
            let places = lines.iter().flat_map(|down| {
                let middle = place.1 + down;
                sides.iter().map(move |left| label(*left, middle))
            });
            let free = |area: &Area| {
                let inside = area.x >= LEFT
                    && area.x + area.width <= right
                    && area.y >= TOP
                    && area.y + area.height <= bottom - 20.0;
                inside && taken.iter().all(|other| apart(area, other))
            };
            if let Some(area) = places.into_iter().find(free) {
                let at = (area.x, area.y + 8.0);
                surface.text(&run.name, at, Lettering::left(palette.ink))?;
                taken.push(area);
            }
            stops.push(Stop {
                area: Area {
                    x: place.0 - 8.0,
                    y: place.1 - 8.0,
                    width: 16.0,
                    height: 16.0,
                },
                text: run.text.clone(),
            });
        }
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}

fn apart(a: &Area, b: &Area) -> bool {
    a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y
}

/// A round figure in few letters: `5 k`, `10 T`.
fn short(figure: f64) -> String {
    let letters = [(1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
    match letters.iter().find(|(factor, _)| figure >= *factor) {
        Some((factor, letter)) => {
            [&format::significant(figure / factor, 3), "\u{202f}", letter].concat()
        }
        None => format::significant(figure, 2),
    }
}
