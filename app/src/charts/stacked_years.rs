//! What is paid in which year, by heading.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::Scale;
use super::series::{Category, Gathered};
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;
use plumbline_engine::catalogue::Range;
use plumbline_engine::quantity::Money;

/// One bar for the purchase and one for each year of use.
#[derive(Debug, Clone, PartialEq)]
pub struct StackedYears {
    /// The finding.
    pub title: String,
    /// What all amounts are in, and whether they are lower bounds.
    pub measure: String,
    /// Costs by heading.
    pub parts: Vec<Gathered>,
    /// Sum by year, with its spread.
    pub totals: Vec<Range<Money>>,
}

const LEFT: f64 = 64.0;
const TOP: f64 = 18.0;
const FOOT: f64 = 26.0;
const LEGEND: f64 = 20.0;

impl StackedYears {
    fn year(at: usize) -> String {
        if at == 0 {
            "Purchase".into()
        } else {
            format!("Year {at}")
        }
    }

    fn parts_of(&self, year: usize) -> impl Iterator<Item = (Category, Range<Money>)> {
        let amounts = self
            .parts
            .iter()
            .filter_map(move |part| Some((part.category, *part.years.get(year)?)));
        amounts.filter(|(_, amount)| amount.mid != Money::ZERO)
    }

    fn legend(&self, surface: &Surface) -> Result<f64, DrawError> {
        let palette = &surface.palette;
        let (mut x, mut y) = (0.0, 10.0);
        for part in &self.parts {
            let label = part.category.label();
            let width = 14.0 + surface.text_width(label, false) + 16.0;
            if x > 0.0 && x + width > surface.width {
                x = 0.0;
                y += LEGEND;
            }
            let mark = Area {
                x,
                y: y - 5.0,
                width: 10.0,
                height: 10.0,
            };
            surface.fill(mark, part.category.colour(palette))?;
            surface.text(label, (x + 14.0, y), Lettering::left(palette.ink))?;
            x += width;
        }
        Ok(y + LEGEND)
    }
}

impl Plot for StackedYears {
    fn file(&self) -> &'static str {
        "plumbline-cost-by-year"
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn subtitle(&self) -> String {
        self.measure.clone()
    }

    fn summary(&self) -> String {
        let years = self.totals.iter().enumerate();
        let years: Vec<String> = years
            .map(|(at, total)| format!("{} {}", Self::year(at), format::money(total.mid)))
            .collect();
        format!("{}: {}.", self.title, years.join(", "))
    }

    fn table(&self) -> Table {
        let names = self
            .parts
            .iter()
            .map(|part| part.category.label().to_owned());
        let mut head: Vec<String> = std::iter::once("Year".to_owned()).chain(names).collect();
        let mut raw_head: Vec<String> = head
            .iter()
            .enumerate()
            .map(|(at, name)| {
                if at == 0 {
                    name.clone()
                } else {
                    format!("{name} (USD)")
                }
            })
            .collect();
        head.extend(["Total".into(), "Low".into(), "High".into()]);
        raw_head.extend([
            "Total (USD)".into(),
            "Total low (USD)".into(),
            "Total high (USD)".into(),
        ]);
        let row = |at: usize, total: &Range<Money>, show: &dyn Fn(Money) -> String| {
            let amounts = self
                .parts
                .iter()
                .map(|part| part.years.get(at).map_or(Money::ZERO, |year| year.mid));
            let amounts = amounts.chain([total.mid, total.low, total.high]).map(show);
            std::iter::once(Self::year(at))
                .chain(amounts)
                .collect::<Vec<String>>()
        };
        let raw = |amount: Money| format!("{}", amount.get());
        Table {
            head,
            rows: self
                .totals
                .iter()
                .enumerate()
                .map(|(at, total)| row(at, total, &format::money))
                .collect(),
            raw_head,
            raw: self
                .totals
                .iter()
                .enumerate()
                .map(|(at, total)| row(at, total, &raw))
                .collect(),
        }
    }

    fn height(&self, width: f64) -> f64 {
        260.0 + if width < 500.0 { 4.0 } else { 1.0 } * LEGEND
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let palette = surface.palette;
        let top = self.legend(surface)? + TOP;
        let ends = self
            .totals
            .iter()
            .flat_map(|total| [total.high.get(), total.low.get(), total.mid.get()]);
        let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| {
            (low.min(end), high.max(end))
        });
        let stacks = (0..self.totals.len()).map(|year| {
            let up = self
                .parts_of(year)
                .map(|(_, amount)| amount.mid.get().max(0.0))
                .sum::<f64>();
            let down = self
                .parts_of(year)
                .map(|(_, amount)| amount.mid.get().min(0.0))
                .sum::<f64>();
            (down, up)
        });
        let (low, high) = stacks.fold((low, high), |(low, high), (down, up)| {
            (low.min(down), high.max(up))
        });
        let scale = Scale::with_zero(low, high, surface.height - FOOT, top)?;
        for tick in scale.ticks() {
            let y = scale.at(tick);
            let colour = if tick == 0.0 {
                palette.muted
            } else {
                palette.line
            };
            surface.line((LEFT, y), (surface.width, y), colour, 1.0)?;
            surface.text(
                &format::money(Money::new(tick)),
                (LEFT - 8.0, y),
                Lettering::right(palette.muted),
            )?;
        }
        let step = (surface.width - LEFT) / self.totals.len().max(1) as f64;
        let bar = (step * 0.56).min(72.0);
        let mut stops = Vec::new();
        for (year, total) in self.totals.iter().enumerate() {
            let middle = LEFT + step * (year as f64 + 0.5);
            let x = middle - bar / 2.0;
            let (mut up, mut down) = (0.0, 0.0);
            for (category, amount) in self.parts_of(year) {
                let value = amount.mid.get();
                let base = if value >= 0.0 { &mut up } else { &mut down };
                let (from, to) = (scale.at(*base), scale.at(*base + value));
                *base += value;
                let area = Area {
                    x,
                    y: from.min(to),
                    width: bar,
                    height: (from - to).abs(),
                };
                surface.fill(area, category.colour(&palette))?;
                // A gap between neighbours tells them apart without colour.
                surface.line((x, to), (x + bar, to), palette.surface, 1.0)?;
                let text = format!(
                    "{}, {}: {}",
                    Self::year(year),
                    category.label(),
                    format::money_range(amount)
                );
                stops.push(Stop { area, text });
            }
            whisker(
                surface,
                middle + bar / 2.0 + 5.0,
                scale.at(total.low.get()),
                scale.at(total.high.get()),
            )?;
            let label = format::money(total.mid);
            let y = scale.at(up.max(total.high.get()).max(0.0)) - 9.0;
            surface.text(
                &label,
                (middle, y),
                Lettering::centred(palette.ink).strong(),
            )?;
            let name = if step < 56.0 && year > 0 {
                format!("Y{year}")
            } else {
                Self::year(year)
            };
            surface.text(
                &name,
                (middle, surface.height - FOOT / 2.0),
                Lettering::centred(palette.ink),
            )?;
            let area = Area {
                x: middle - step / 2.0 + 2.0,
                y: top - 8.0,
                width: step - 4.0,
                height: surface.height - top,
            };
            stops.push(Stop {
                area,
                text: format!(
                    "{}, total: {}",
                    Self::year(year),
                    format::money_range(*total)
                ),
            });
        }
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}

/// The spread of a figure, standing beside its bar.
fn whisker(surface: &Surface, x: f64, low: f64, high: f64) -> Result<(), DrawError> {
    if (low - high).abs() < 1.0 {
        return Ok(());
    }
    let ink = surface.palette.ink;
    surface.line((x, low), (x, high), ink, 1.0)?;
    surface.line((x - 3.0, low), (x + 3.0, low), ink, 1.0)?;
    surface.line((x - 3.0, high), (x + 3.0, high), ink, 1.0)
}
