//! Figures that follow one figure: lines on axes that are even or logarithmic, limits across them,
//! and the one point that is meant.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::{LogScale, Scale};
use super::surface::{Area, DrawError, Lettering, Surface};

/// An axis.
#[derive(Debug, Clone)]
pub struct Axis {
    /// What stands along it; nothing where the figures say it.
    pub name: &'static str,
    /// A figure on it, for people.
    pub show: fn(f64) -> String,
    /// It is logarithmic; else even, from zero.
    pub logarithmic: bool,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name, at its end; may be empty where there is one line only.
    pub name: String,
    /// Its points, along the foot and along the side.
    pub points: Vec<(f64, f64)>,
    /// The points are what counts: they are dots.
    pub dots: bool,
}

/// The point that is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Along the foot.
    pub x: f64,
    /// Along the side; `None` = a line over the whole height.
    pub y: Option<f64>,
    /// Its name.
    pub name: String,
}

/// A place of the cursor.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Along the foot.
    pub x: f64,
    /// Along the side; `None` = all of the height.
    pub y: Option<f64>,
    /// Its figures in words.
    pub text: String,
}

/// The lines.
#[derive(Debug, Clone)]
pub struct Lines {
    /// Name of the files it is saved to.
    pub file: &'static str,
    /// The finding.
    pub title: String,
    /// Measure and unit.
    pub measure: String,
    /// Along the foot and along the side.
    pub axes: [Axis; 2],
    /// The lines.
    pub lines: Vec<Line>,
    /// Words at places, where there is room.
    pub notes: Vec<(f64, f64, String)>,
    /// What must not be passed along the side, with its name.
    pub limits: Vec<(f64, String)>,
    /// The point that is meant.
    pub mark: Option<Mark>,
    /// Places of the cursor, in reading order.
    pub spots: Vec<Spot>,
    /// All figures.
    pub table: Table,
}

impl Default for Lines {
    /// Nothing, for the moment in which what is shown has gone and its section has not.
    fn default() -> Self {
        let axis = Axis {
            name: "",
            show: |_| String::new(),
            logarithmic: true,
        };
        Self {
            file: "",
            title: String::new(),
            measure: String::new(),
            axes: [axis.clone(), axis],
            lines: Vec::new(),
            notes: Vec::new(),
            limits: Vec::new(),
            mark: None,
            spots: Vec::new(),
            table: Table::default(),
        }
    }
}

const TOP: f64 = 24.0;
const FOOT: f64 = 44.0;
const ROW: f64 = 15.0;

/// The axis along the foot, laid out.
enum Along {
    Even(Scale),
    Logarithmic(LogScale),
}

impl Along {
    fn at(&self, figure: f64) -> f64 {
        match self {
            Along::Even(scale) => scale.at(figure),
            Along::Logarithmic(scale) => scale.at(figure),
        }
    }

    fn ticks(&self) -> Vec<f64> {
        match self {
            Along::Even(scale) => scale.ticks(),
            Along::Logarithmic(scale) => scale.ticks(),
        }
    }
}

/// Where everything stands.
struct Place {
    x: Along,
    y: Along,
    left: f64,
    right: f64,
    bottom: f64,
}

impl Place {
    fn at(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (self.x.at(x), self.y.at(y))
    }
}

impl Plot for Lines {
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
        self.table.clone()
    }

    fn height(&self, width: f64) -> f64 {
        if width < 500.0 { 300.0 } else { 360.0 }
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let place = self.place(surface)?;
        self.frame(surface, &place)?;
        self.limits(surface, &place)?;
        for (at, line) in self.lines.iter().enumerate() {
            let hue = hue(surface, at);
            let points: Vec<_> = line.points.iter().map(|point| place.at(*point)).collect();
            surface.path(&points, hue, 2.0)?;
            for point in points.iter().filter(|_| line.dots) {
                surface.dot(*point, 3.0, hue)?;
            }
        }
        self.names(surface, &place)?;
        self.notes(surface, &place)?;
        self.mark(surface, &place)?;
        let stops: Vec<Stop> = self.spots.iter().map(|spot| stop(spot, &place)).collect();
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}

impl Lines {
    fn place(&self, surface: &Surface) -> Result<Place, DrawError> {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let mark = self.mark.as_ref();
        let across = points().map(|(x, _)| *x).chain(mark.map(|mark| mark.x));
        let up = points().map(|(_, y)| *y);
        let up = up.chain(mark.and_then(|mark| mark.y));
        let up = up.chain(self.limits.iter().map(|(limit, _)| *limit));
        let (first, last) = ends(across);
        let (low, high) = ends(up);
        let bottom = surface.height - FOOT;
        let [foot, side] = &self.axes;
        let y = match side.logarithmic {
            true => Along::Logarithmic(LogScale::around(low, high, bottom, TOP)?),
            false => Along::Even(Scale::with_zero(0.0, high, bottom, TOP)?),
        };
        let figures = y.ticks().into_iter().map(|tick| {
            let text = (side.show)(tick);
            surface.text_width(&text, false)
        });
        let left = figures.fold(0.0, f64::max) + 12.0;
        let names = self.lines.iter();
        let names = names.map(|line| surface.text_width(&line.name, false));
        let name = names.fold(0.0, f64::max);
        let right = surface.width - if name > 0.0 { name + 10.0 } else { 14.0 };
        let x = match foot.logarithmic {
            true => Along::Logarithmic(LogScale::around(first, last, left, right)?),
            false => Along::Even(Scale::exact(0.0, last, left, right)?),
        };
        Ok(Place {
            x,
            y,
            left,
            right,
            bottom,
        })
    }

    fn frame(&self, surface: &Surface, place: &Place) -> Result<(), DrawError> {
        let muted = surface.palette.muted;
        let bottom = place.bottom;
        let [foot, side] = &self.axes;
        for tick in place.y.ticks() {
            let at = place.y.at(tick);
            surface.line(
                (place.left, at),
                (place.right, at),
                surface.palette.line,
                1.0,
            )?;
            let text = (side.show)(tick);
            surface.text(&text, (place.left - 8.0, at), Lettering::right(muted))?;
        }
        let mut end = f64::NEG_INFINITY;
        for tick in place.x.ticks() {
            let (at, text) = (place.x.at(tick), (foot.show)(tick));
            surface.line((at, bottom), (at, bottom + 4.0), muted, 1.0)?;
            let half = surface.text_width(&text, false) / 2.0;
            if at - half > end + 8.0 {
                let at = at.min(surface.width - half);
                surface.text(&text, (at, bottom + 14.0), Lettering::centred(muted))?;
                end = at + half;
            }
        }
        surface.line((place.left, bottom), (place.right, bottom), muted, 1.0)?;
        let below = (place.right, bottom + 32.0);
        surface.text(foot.name, below, Lettering::right(muted))?;
        let above = (0.0, TOP - 14.0);
        surface.text(side.name, above, Lettering::left(muted))
    }

    /// Limits across the lines, broken so that no line is taken for one.
    fn limits(&self, surface: &Surface, place: &Place) -> Result<(), DrawError> {
        let ink = surface.palette.ink;
        for (limit, name) in &self.limits {
            let at = place.y.at(*limit);
            let mut from = place.left;
            while from < place.right {
                let to = (from + 6.0).min(place.right);
                surface.line((from, at), (to, at), ink, 1.0)?;
                from += 10.0;
            }
            let above = (place.left + 6.0, at - 8.0);
            surface.text(name, above, Lettering::left(ink))?;
        }
        Ok(())
    }

    /// Names at the ends of the lines, apart from one another.
    fn names(&self, surface: &Surface, place: &Place) -> Result<(), DrawError> {
        let named = self.lines.iter().enumerate();
        let named = named.filter(|(_, line)| !line.name.is_empty());
        let mut ends: Vec<(f64, usize, &str)> = named
            .filter_map(|(at, line)| {
                let end = place.at(*line.points.last()?);
                Some((end.1, at, line.name.as_str()))
            })
            .collect();
        ends.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        // From the foot upwards each makes room for the one below it.
        let mut free = place.bottom;
        for end in ends.iter_mut().rev() {
            end.0 = end.0.min(free);
            free = end.0 - ROW;
        }
        let mut free = TOP;
        for end in &mut ends {
            end.0 = end.0.max(free);
            free = end.0 + ROW;
            let beside = (place.right + 6.0, end.0);
            surface.text(end.2, beside, Lettering::left(hue(surface, end.1)))?;
        }
        Ok(())
    }

    fn notes(&self, surface: &Surface, place: &Place) -> Result<(), DrawError> {
        let mut taken: Vec<(f64, f64, f64)> = Vec::new();
        let mut last = "";
        for (x, y, text) in &self.notes {
            let at = place.at((*x, *y));
            let width = surface.text_width(text, false);
            let (from, middle) = (at.0 + 8.0, at.1 - 8.0);
            let meets = |(left, end, height): &(f64, f64, f64)| {
                from < end + 6.0 && from + width > left - 6.0 && (middle - height).abs() < 2.0 * ROW
            };
            let room = from + width < surface.width && middle > TOP && !taken.iter().any(meets);
            // The same words again say nothing more.
            if !room || text == last {
                continue;
            }
            last = text;
            surface.text(text, (from, middle), Lettering::left(surface.palette.ink))?;
            taken.push((from, from + width, middle));
        }
        Ok(())
    }

    fn mark(&self, surface: &Surface, place: &Place) -> Result<(), DrawError> {
        let Some(mark) = &self.mark else {
            return Ok(());
        };
        let accent = surface.palette.accent;
        let x = place.x.at(mark.x);
        let width = surface.text_width(&mark.name, true);
        let (y, below) = match mark.y {
            Some(y) => {
                let y = place.y.at(y);
                surface.dot((x, y), 5.0, accent)?;
                (y, y + 16.0)
            }
            None => {
                surface.line((x, TOP), (x, place.bottom), accent, 1.5)?;
                (TOP, TOP - 12.0)
            }
        };
        let below = if below > place.bottom {
            y - 16.0
        } else {
            below
        };
        let lettering = match x - 8.0 - width > place.left {
            true => Lettering::right(accent),
            false => Lettering::left(accent),
        };
        let aside = if x - 8.0 - width > place.left {
            -4.0
        } else {
            4.0
        };
        surface.text(&mark.name, (x + aside, below), lettering.strong())
    }
}

fn hue(surface: &Surface, line: usize) -> super::palette::Colour {
    let hues = &surface.palette.hues;
    hues.get(line).copied().unwrap_or(surface.palette.muted)
}

/// The smallest and the largest.
fn ends(figures: impl Iterator<Item = f64>) -> (f64, f64) {
    figures.fold((f64::INFINITY, 0.0_f64), |(low, high), figure| {
        (low.min(figure), high.max(figure))
    })
}

fn stop(spot: &Spot, place: &Place) -> Stop {
    let x = place.x.at(spot.x);
    let (y, height) = match spot.y {
        Some(y) => (place.y.at(y) - 7.0, 14.0),
        None => (TOP, place.bottom - TOP),
    };
    let width = if spot.y.is_some() { 14.0 } else { 8.0 };
    Stop {
        area: Area {
            x: x - width / 2.0,
            y,
            width,
            height,
        },
        text: spot.text.clone(),
    }
}
