//! What the life costs, heading by heading or line by line, with the spread of each.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::Scale;
use super::series::Category;
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;
use plumbline_engine::catalogue::Range;
use plumbline_engine::quantity::Money;

/// One bar for each row, largest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Breakdown {
    /// The finding.
    pub title: String,
    /// What all amounts are in, and whether they are lower bounds.
    pub measure: String,
    /// The rows in the order in which they are shown.
    pub rows: Vec<BreakdownRow>,
}

/// A row of the breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakdownRow {
    /// Name.
    pub label: String,
    /// Heading, which gives the colour.
    pub category: Category,
    /// Amount with its spread.
    pub amount: Range<Money>,
    /// Share of the whole.
    pub share: f64,
}

const ROW: f64 = 28.0;
const FOOT: f64 = 24.0;

impl Plot for Breakdown {
    fn file(&self) -> &'static str {
        "plumbline-cost-breakdown"
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn subtitle(&self) -> String {
        self.measure.clone()
    }

    fn summary(&self) -> String {
        let largest = self
            .rows
            .iter()
            .take(3)
            .map(|row| format!("{} {}", row.label, format::percent(row.share)));
        format!(
            "{}. The largest: {}.",
            self.title,
            largest.collect::<Vec<_>>().join(", ")
        )
    }

    fn table(&self) -> Table {
        let raw = |amount: Money| format!("{}", amount.get());
        Table {
            head: ["Heading", "Low", "Mid", "High", "Share"]
                .map(str::to_owned)
                .to_vec(),
            rows: self
                .rows
                .iter()
                .map(|row| {
                    let Range { low, mid, high } = row.amount;
                    let amounts = [low, mid, high].map(format::money_full);
                    let named = std::iter::once(row.label.clone()).chain(amounts);
                    named.chain([format::percent(row.share)]).collect()
                })
                .collect(),
            raw_head: ["Heading", "Low (USD)", "Mid (USD)", "High (USD)", "Share"]
                .map(str::to_owned)
                .to_vec(),
            raw: self
                .rows
                .iter()
                .map(|row| {
                    let amount = row.amount;
                    vec![
                        row.label.clone(),
                        raw(amount.low),
                        raw(amount.mid),
                        raw(amount.high),
                        row.share.to_string(),
                    ]
                })
                .collect(),
        }
    }

    fn height(&self, _width: f64) -> f64 {
        ROW * self.rows.len() as f64 + FOOT
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let palette = surface.palette;
        let widest = self
            .rows
            .iter()
            .map(|row| surface.text_width(&row.label, false))
            .fold(0.0, f64::max);
        let left = (widest + 12.0).min(surface.width * 0.36);
        let values = self.rows.iter().map(|row| {
            format!(
                "{} · {}",
                format::money(row.amount.mid),
                format::percent(row.share)
            )
        });
        let values: Vec<String> = values.collect();
        let right = values
            .iter()
            .map(|text| surface.text_width(text, true))
            .fold(0.0, f64::max)
            + 16.0;
        let ends = self.rows.iter().flat_map(|row| {
            [
                row.amount.low.get(),
                row.amount.mid.get(),
                row.amount.high.get(),
            ]
        });
        let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| {
            (low.min(end), high.max(end))
        });
        let scale = Scale::with_zero(low, high, left, (surface.width - right).max(left + 40.0))?;
        let bottom = surface.height - FOOT;
        for tick in scale.ticks() {
            let x = scale.at(tick);
            let colour = if tick == 0.0 {
                palette.muted
            } else {
                palette.line
            };
            surface.line((x, 0.0), (x, bottom), colour, 1.0)?;
        }
        let label = |tick: f64| {
            let text = format::money(Money::new(tick));
            let width = surface.text_width(&text, false);
            (text, width)
        };
        for (x, text) in scale.labelled(label) {
            let place = (x, bottom + FOOT / 2.0);
            surface.text(&text, place, Lettering::centred(palette.muted))?;
        }
        let mut stops = Vec::new();
        for (at, (row, value)) in self.rows.iter().zip(&values).enumerate() {
            let middle = ROW * (at as f64 + 0.5);
            let label = surface.fitted(&row.label, left - 12.0);
            surface.text(&label, (left - 8.0, middle), Lettering::right(palette.ink))?;
            let (zero, end) = (scale.at(0.0), scale.at(row.amount.mid.get()));
            let bar = Area {
                x: zero.min(end),
                y: middle - 8.0,
                width: (end - zero).abs().max(1.0),
                height: 16.0,
            };
            surface.fill(bar, row.category.colour(&palette))?;
            let (low, high) = (
                scale.at(row.amount.low.get()),
                scale.at(row.amount.high.get()),
            );
            if (high - low).abs() > 1.0 {
                surface.line((low, middle), (high, middle), palette.surface, 3.0)?;
                surface.line((low, middle), (high, middle), palette.ink, 1.0)?;
                for x in [low, high] {
                    surface.line((x, middle - 4.0), (x, middle + 4.0), palette.ink, 1.0)?;
                }
            }
            surface.text(
                value,
                (surface.width, middle),
                Lettering::right(palette.ink).strong(),
            )?;
            let area = Area {
                x: 1.0,
                y: middle - ROW / 2.0 + 1.0,
                width: surface.width - 2.0,
                height: ROW - 2.0,
            };
            let text = format!(
                "{}: {}, {} of the total",
                row.label,
                format::money_range(row.amount),
                format::percent(row.share)
            );
            stops.push(Stop { area, text });
        }
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}
