//! What a whole is made of: one bar, its parts in the order in which they are read, gathered into
//! a few groups that colour can tell apart.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::Scale;
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;
use plumbline_engine::quantity::Bytes;

/// One part.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// How much.
    pub amount: f64,
    /// Index of its group.
    pub group: usize,
}

/// What a whole is an amount of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amounts {
    /// Time, s.
    Seconds,
    /// Memory, B.
    Bytes,
}

impl Amounts {
    /// For people.
    pub fn show(self, amount: f64) -> String {
        match self {
            Amounts::Seconds => format::seconds(amount),
            Amounts::Bytes => format::quantity(Bytes::new(amount)),
        }
    }

    /// Unit of the plain numbers in a spreadsheet.
    fn unit(self) -> &'static str {
        match self {
            Amounts::Seconds => "Seconds",
            Amounts::Bytes => "Bytes",
        }
    }
}

/// The whole with its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// Name of the files it is saved to.
    pub file: &'static str,
    /// The finding.
    pub title: String,
    /// Measure and unit.
    pub measure: String,
    /// What the whole is called in a sentence: "the step".
    pub whole: &'static str,
    /// Of what the parts are.
    pub of: Amounts,
    /// Names of the groups.
    pub groups: &'static [&'static str],
    /// The parts.
    pub parts: Vec<Part>,
    /// What the whole must not pass, with its name.
    pub limit: Option<(f64, String)>,
}

const BAR: f64 = 34.0;
const TOP: f64 = 20.0;
const FOOT: f64 = 24.0;
const LEGEND: f64 = 20.0;

impl Parts {
    fn total(&self) -> f64 {
        self.parts.iter().map(|part| part.amount).sum()
    }

    fn share(&self, amount: f64) -> String {
        format::percent(amount / self.total())
    }

    /// The groups that have something, with their sums.
    fn sums(&self) -> Vec<(usize, &'static str, f64)> {
        let sum = |group: usize| -> f64 {
            let of = self.parts.iter().filter(|part| part.group == group);
            of.map(|part| part.amount).sum()
        };
        let all = self.groups.iter().enumerate();
        all.map(|(at, name)| (at, *name, sum(at)))
            .filter(|(_, _, amount)| *amount > 0.0)
            .collect()
    }
}

impl Plot for Parts {
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
        let groups = self.sums();
        let said = groups
            .iter()
            .map(|(_, name, amount)| format!("{name} {}", self.share(*amount)));
        format!("{}. {}.", self.title, said.collect::<Vec<_>>().join(", "))
    }

    fn table(&self) -> Table {
        let head = ["Part", "Group", "Amount", "Share"];
        let group = |part: &Part| self.groups.get(part.group).copied().unwrap_or_default();
        let row = |part: &Part| {
            vec![
                part.name.to_owned(),
                group(part).to_owned(),
                self.of.show(part.amount),
                self.share(part.amount),
            ]
        };
        let raw = |part: &Part| {
            vec![
                part.name.to_owned(),
                group(part).to_owned(),
                part.amount.to_string(),
                (part.amount / self.total()).to_string(),
            ]
        };
        Table {
            head: head.map(str::to_owned).to_vec(),
            rows: self.parts.iter().map(row).collect(),
            raw_head: ["Part", "Group", self.of.unit(), "Share"]
                .map(str::to_owned)
                .to_vec(),
            raw: self.parts.iter().map(raw).collect(),
        }
    }

    fn height(&self, width: f64) -> f64 {
        let lines = if width < 620.0 { self.sums().len() } else { 1 };
        TOP + BAR + FOOT + LEGEND * lines as f64
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let palette = surface.palette;
        let limit = self.limit.as_ref().map_or(0.0, |(limit, _)| *limit);
        let scale = Scale::exact(
            0.0,
            self.total().max(limit * 1.02),
            0.0,
            surface.width - 1.0,
        )?;
        let mut stops = Vec::new();
        let mut done = 0.0;
        for part in self.parts.iter().filter(|part| part.amount > 0.0) {
            let (from, to) = (scale.at(done), scale.at(done + part.amount));
            done += part.amount;
            let hue = palette.hues.get(part.group).copied();
            let area = Area {
                x: from,
                y: TOP,
                // A gap tells neighbours of one group apart.
                width: (to - from - 1.0).max(1.0),
                height: BAR,
            };
            surface.fill(area, hue.unwrap_or(palette.muted))?;
            if surface.text_width(part.name, false) + 12.0 < area.width {
                let middle = (from + area.width / 2.0, TOP + BAR / 2.0);
                surface.text(part.name, middle, Lettering::centred(palette.surface))?;
            }
            let (amount, share) = (self.of.show(part.amount), self.share(part.amount));
            let text = format!("{}: {amount}, {share} of {}", part.name, self.whole);
            stops.push(Stop { area, text });
        }
        self.axis(surface, &scale)?;
        self.legend(surface)?;
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}

impl Parts {
    /// Round figures below the bar, and the limit through it.
    fn axis(&self, surface: &Surface, scale: &Scale) -> Result<(), DrawError> {
        let palette = surface.palette;
        let below = TOP + BAR;
        let label = |tick: f64| {
            let text = self.of.show(tick);
            let width = surface.text_width(&text, false);
            (text, width)
        };
        for (x, text) in scale.labelled(label) {
            surface.line((x, below), (x, below + 4.0), palette.muted, 1.0)?;
            let half = surface.text_width(&text, false) / 2.0;
            let x = x.clamp(half, (surface.width - half).max(half));
            surface.text(&text, (x, below + 13.0), Lettering::centred(palette.muted))?;
        }
        let Some((limit, name)) = &self.limit else {
            return Ok(());
        };
        let x = scale.at(*limit);
        surface.line((x, TOP - 5.0), (x, below + 5.0), palette.ink, 2.0)?;
        let room = surface.text_width(name, false);
        let place = (x.max(room + 8.0) - 4.0, TOP - 11.0);
        surface.text(name, place, Lettering::right(palette.ink))
    }

    fn legend(&self, surface: &Surface) -> Result<(), DrawError> {
        let palette = surface.palette;
        let stacked = surface.width < 620.0;
        let (mut x, mut y) = (0.0, TOP + BAR + FOOT + LEGEND / 2.0);
        for (group, name, amount) in self.sums() {
            let hue = palette.hues.get(group).copied().unwrap_or(palette.muted);
            let mark = Area {
                x,
                y: y - 5.0,
                width: 10.0,
                height: 10.0,
            };
            surface.fill(mark, hue)?;
            let text = format!("{name} {}", self.share(amount));
            surface.text(&text, (x + 16.0, y), Lettering::left(palette.ink))?;
            match stacked {
                true => y += LEGEND,
                false => x += surface.text_width(&text, false) + 40.0,
            }
        }
        Ok(())
    }
}
