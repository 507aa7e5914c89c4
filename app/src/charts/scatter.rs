//! One figure against another on logarithmic axes, with the line on which both are equal.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::LogScale;
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;

/// One pair of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// Its name.
    pub name: String,
    /// The figure along the foot.
    pub x: f64,
    /// The figure along the side.
    pub y: f64,
    /// Index of its group.
    pub group: usize,
    /// What it is, in words.
    pub text: String,
}

/// All pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// Name of the files it is saved to.
    pub file: &'static str,
    /// The finding.
    pub title: String,
    /// Measure and unit.
    pub measure: String,
    /// What stands along the foot and along the side.
    pub axes: [&'static str; 2],
    /// Names of the groups; each has a colour and a shape.
    pub groups: Vec<String>,
    /// The pairs.
    pub dots: Vec<Dot>,
}

const LEFT: f64 = 48.0;
const TOP: f64 = 16.0;
const FOOT: f64 = 44.0;
const LEGEND: f64 = 20.0;
const RADIUS: f64 = 3.5;
/// Lines beside the diagonal, at this factor up and down.
const OFF: f64 = 1.2;

impl Scatter {
    /// Lines of the legend at a width, each with the groups that fit.
    fn legend_lines(&self, width: f64) -> usize {
        let each = (width / 190.0).floor().max(1.0);
        (self.groups.len() as f64 / each).ceil() as usize
    }
}

impl Plot for Scatter {
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
        let count = format::plural(self.dots.len(), "row", "rows");
        format!("{}. {count}.", self.title)
    }

    fn table(&self) -> Table {
        let [x, y] = self.axes;
        let head = ["Row", x, y, "Ratio"].map(str::to_owned).to_vec();
        let row = |dot: &Dot| {
            let figures = [dot.x, dot.y, dot.y / dot.x].map(|f| format::significant(f, 3));
            std::iter::once(dot.name.clone()).chain(figures).collect()
        };
        let raw = |dot: &Dot| {
            let figures = [dot.x, dot.y, dot.y / dot.x].map(|f| f.to_string());
            std::iter::once(dot.name.clone()).chain(figures).collect()
        };
        Table {
            head: head.clone(),
            rows: self.dots.iter().map(row).collect(),
            raw_head: head,
            raw: self.dots.iter().map(raw).collect(),
        }
    }

    fn height(&self, width: f64) -> f64 {
        let plot = (width * 0.6).clamp(260.0, 460.0);
        plot + FOOT + LEGEND * self.legend_lines(width) as f64
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let legend = LEGEND * self.legend_lines(surface.width) as f64;
        let (right, bottom) = (surface.width - 12.0, surface.height - FOOT - legend);
        let all = self.dots.iter().flat_map(|dot| [dot.x, dot.y]);
        let (low, high) = all.fold((f64::INFINITY, 0.0_f64), |(low, high), figure| {
            (low.min(figure), high.max(figure))
        });
        // Both axes are the same, so that equal figures stand on a diagonal.
        let x = LogScale::around(low, high, LEFT, right)?;
        let y = LogScale::around(low, high, bottom, TOP)?;
        self.frame(surface, &x, &y, (right, bottom))?;
        let mut stops = Vec::with_capacity(self.dots.len());
        for dot in &self.dots {
            let place = (x.at(dot.x), y.at(dot.y));
            mark(surface, place, dot.group)?;
            stops.push(Stop {
                area: Area {
                    x: place.0 - 6.0,
                    y: place.1 - 6.0,
                    width: 12.0,
                    height: 12.0,
                },
                text: dot.text.clone(),
            });
        }
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}

impl Scatter {
    fn frame(
        &self,
        surface: &Surface,
        x: &LogScale,
        y: &LogScale,
        (right, bottom): (f64, f64),
    ) -> Result<(), DrawError> {
        let palette = surface.palette;
        let muted = palette.muted;
        let mut end = f64::NEG_INFINITY;
        for tick in x.ticks() {
            let (at, text) = (x.at(tick), short(tick));
            surface.line((at, TOP), (at, bottom), palette.line, 1.0)?;
            let half = surface.text_width(&text, false) / 2.0;
            if at - half > end + 8.0 && at + half < surface.width {
                surface.text(&text, (at, bottom + 13.0), Lettering::centred(muted))?;
                end = at + half;
            }
        }
        for tick in y.ticks() {
            let at = y.at(tick);
            surface.line((LEFT, at), (right, at), palette.line, 1.0)?;
            let text = short(tick);
            surface.text(&text, (LEFT - 8.0, at), Lettering::right(muted))?;
        }
        let [across, up] = self.axes;
        surface.text(across, (right, bottom + 31.0), Lettering::right(muted))?;
        surface.text(up, (LEFT + 6.0, TOP + 2.0), Lettering::left(muted))?;
        let (low, high) = x.ends();
        let along = |factor: f64| {
            let from = low * f64::max(1.0, 1.0 / factor);
            let to = high * f64::min(1.0, 1.0 / factor);
            [
                (x.at(from), y.at(from * factor)),
                (x.at(to), y.at(to * factor)),
            ]
        };
        for factor in [OFF, 1.0 / OFF] {
            surface.path(&along(factor), palette.muted, 1.0)?;
        }
        surface.path(&along(1.0), palette.ink, 1.5)?;
        let each = (surface.width / 190.0).floor().max(1.0) as usize;
        for (at, name) in self.groups.iter().enumerate() {
            let place = (
                RADIUS + 2.0 + 190.0 * (at % each) as f64,
                bottom + FOOT + LEGEND * ((at / each) as f64 + 0.5),
            );
            mark(surface, place, at)?;
            let beside = (place.0 + 10.0, place.1);
            surface.text(name, beside, Lettering::left(palette.ink))?;
        }
        Ok(())
    }
}

/// A round figure in few letters: `5 k`, `10 M`.
fn short(figure: f64) -> String {
    let (factor, letter) = match figure {
        large if large >= 1e6 => (1e6, "\u{202f}M"),
        large if large >= 1e3 => (1e3, "\u{202f}k"),
        _ => (1.0, ""),
    };
    [&format::significant(figure / factor, 2), letter].concat()
}

/// Each group has a shape besides its colour.
fn mark(surface: &Surface, (x, y): (f64, f64), group: usize) -> Result<(), DrawError> {
    let hues = surface.palette.hues;
    let hue = hues.get(group % hues.len()).copied();
    let hue = hue.unwrap_or(surface.palette.muted).faint(0.8);
    let r = RADIUS;
    match group % 4 {
        0 => surface.dot((x, y), r, hue),
        1 => surface.polygon(
            &[(x, y - r - 1.0), (x + r + 1.0, y + r), (x - r - 1.0, y + r)],
            hue,
        ),
        2 => surface.fill(
            Area {
                x: x - r,
                y: y - r,
                width: 2.0 * r,
                height: 2.0 * r,
            },
            hue,
        ),
        _ => {
            let r = r + 1.0;
            surface.polygon(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], hue)
        }
    }
}
