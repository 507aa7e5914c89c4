//! What makes one design cost more or less than another, line by line.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::Scale;
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;
use plumbline_engine::quantity::Money;

/// Each step begins where the one before ended; the last row is the whole difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// Name of the files it is saved to.
    pub file: &'static str,
    /// The finding.
    pub title: String,
    /// What all amounts are in, and between which designs.
    pub measure: String,
    /// Steps in the order in which they are shown.
    pub steps: Vec<WaterfallStep>,
    /// Sum of all steps.
    pub whole: Money,
}

/// One line's part of the difference.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallStep {
    /// Name.
    pub label: String,
    /// Amount by which the second design costs more.
    pub amount: Money,
    /// Share of the whole difference.
    pub share: f64,
}

const ROW: f64 = 26.0;
const FOOT: f64 = 24.0;
const WHOLE: &str = "Whole difference";

impl Waterfall {
    fn rows(&self) -> impl Iterator<Item = (&str, Money, f64, f64)> {
        let mut sum = 0.0;
        let steps = self.steps.iter().map(move |step| {
            let from = sum;
            sum += step.amount.get();
            (step.label.as_str(), step.amount, step.share, from)
        });
        steps.chain(std::iter::once((WHOLE, self.whole, 1.0, 0.0)))
    }
}

fn signed(amount: Money) -> String {
    let text = format::money(amount);
    if amount == Money::ZERO {
        text
    } else {
        format::change(&text, amount < Money::ZERO)
    }
}

impl Plot for Waterfall {
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
        let largest = self
            .steps
            .iter()
            .take(3)
            .map(|step| format!("{} {}", step.label, signed(step.amount)));
        format!(
            "{}. The largest steps: {}.",
            self.title,
            largest.collect::<Vec<_>>().join(", ")
        )
    }

    fn table(&self) -> Table {
        let shown = |(label, amount, share, _): (&str, Money, f64, f64)| {
            vec![label.to_owned(), signed(amount), format::percent(share)]
        };
        let raw = |(label, amount, share, _): (&str, Money, f64, f64)| {
            vec![
                label.to_owned(),
                amount.get().to_string(),
                share.to_string(),
            ]
        };
        Table {
            head: ["Line", "Difference", "Share"].map(str::to_owned).to_vec(),
            rows: self.rows().map(shown).collect(),
            raw_head: ["Line", "Difference (USD)", "Share"]
                .map(str::to_owned)
                .to_vec(),
            raw: self.rows().map(raw).collect(),
        }
    }

    fn height(&self, _width: f64) -> f64 {
        ROW * (self.steps.len() + 1) as f64 + FOOT
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let palette = surface.palette;
        let rows: Vec<_> = self.rows().collect();
        let widest = rows
            .iter()
            .map(|row| surface.text_width(row.0, true))
            .fold(0.0, f64::max);
        let left = (widest + 12.0).min(surface.width * 0.42);
        let values: Vec<String> = rows
            .iter()
            .map(|row| format!("{} · {}", signed(row.1), format::percent(row.2)))
            .collect();
        let right = values
            .iter()
            .map(|text| surface.text_width(text, true))
            .fold(0.0, f64::max)
            + 16.0;
        let ends = rows
            .iter()
            .flat_map(|(_, amount, _, from)| [*from, from + amount.get()]);
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
            let text = signed(Money::new(tick));
            let width = surface.text_width(&text, false);
            (text, width)
        };
        for (x, text) in scale.labelled(label) {
            let place = (x, bottom + FOOT / 2.0);
            surface.text(&text, place, Lettering::centred(palette.muted))?;
        }
        let last = rows.len().saturating_sub(1);
        let mut stops = Vec::new();
        for (at, ((label, amount, share, from), value)) in rows.iter().zip(&values).enumerate() {
            let middle = ROW * (at as f64 + 0.5);
            let whole = at == last;
            let name = surface.fitted(label, left - 12.0);
            let lettering = Lettering::right(palette.ink);
            surface.text(
                &name,
                (left - 8.0, middle),
                if whole { lettering.strong() } else { lettering },
            )?;
            let (start, end) = (scale.at(*from), scale.at(from + amount.get()));
            let colour = match (whole, *amount < Money::ZERO) {
                (true, _) => palette.accent,
                (false, true) => palette.less,
                (false, false) => palette.more,
            };
            let bar = Area {
                x: start.min(end),
                y: middle - 7.0,
                width: (end - start).abs().max(1.0),
                height: 14.0,
            };
            surface.fill(bar, colour)?;
            if at + 1 < last {
                surface.line(
                    (end, middle + 7.0),
                    (end, middle + ROW - 7.0),
                    palette.muted,
                    1.0,
                )?;
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
            stops.push(Stop {
                area,
                text: format!(
                    "{label}: {}, {} of the difference",
                    signed(*amount),
                    format::percent(*share)
                ),
            });
        }
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}
