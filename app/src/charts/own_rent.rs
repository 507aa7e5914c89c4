//! What an accelerator-hour costs owned, by utilisation, against what it costs rented.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::Scale;
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;
use plumbline_engine::catalogue::Range;
use plumbline_engine::quantity::HourlyPrice;

/// The owned curve with its band, and the rent as a level with its own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnRent {
    /// The finding.
    pub title: String,
    /// Owned cost per accelerator-hour of use at rising utilisations.
    pub own: Vec<(f64, Range<HourlyPrice>)>,
    /// Rent per accelerator-hour.
    pub rent: Range<HourlyPrice>,
    /// Utilisation that the design assumes.
    pub stated: f64,
    /// Utilisation at which owning costs as much as renting; low is optimistic for owning.
    pub break_even: Range<Option<f64>>,
}

const LEFT: f64 = 52.0;
const TOP: f64 = 24.0;
const FOOT: f64 = 40.0;
/// The curve runs off the chart at low utilisation: nobody reads a price of fifty rents there.
const HIGHEST: f64 = 4.0;

impl Plot for OwnRent {
    fn file(&self) -> &'static str {
        "plumbline-own-or-rent"
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn subtitle(&self) -> String {
        "US dollars per accelerator-hour of use, by the share of time that is used; bands from low to high".into()
    }

    fn summary(&self) -> String {
        format!(
            "{}. Rent is {} per accelerator-hour.",
            self.title,
            format::hourly_range(self.rent)
        )
    }

    fn table(&self) -> Table {
        let rent = self.rent;
        let figures =
            |own: &Range<HourlyPrice>| [own.low, own.mid, own.high, rent.low, rent.mid, rent.high];
        let head = [
            "Utilisation",
            "Own, low",
            "Own, mid",
            "Own, high",
            "Rent, low",
            "Rent, mid",
            "Rent, high",
        ];
        let raw_head = head.iter().enumerate();
        let raw_head = raw_head.map(|(at, name)| {
            if at == 0 {
                (*name).to_owned()
            } else {
                format!("{name} (USD/h)")
            }
        });
        let row = |(use_, own): &(f64, Range<HourlyPrice>)| {
            let cells = figures(own).map(format::hourly);
            std::iter::once(format::percent(*use_))
                .chain(cells)
                .collect()
        };
        let raw = |(use_, own): &(f64, Range<HourlyPrice>)| {
            let cells = figures(own).map(|price| price.get().to_string());
            std::iter::once(use_.to_string()).chain(cells).collect()
        };
        Table {
            head: head.map(str::to_owned).to_vec(),
            rows: self.own.iter().map(row).collect(),
            raw_head: raw_head.collect(),
            raw: self.own.iter().map(raw).collect(),
        }
    }

    fn height(&self, width: f64) -> f64 {
        if width < 500.0 { 260.0 } else { 300.0 }
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let palette = surface.palette;
        let (own, rented) = (palette.hues[0], palette.hues[1]);
        let right = surface.width - 24.0;
        let bottom = surface.height - FOOT;
        let at_full = self.own.last().map_or(0.0, |(_, price)| price.high.get());
        let top = (self.rent.high.get() * HIGHEST).max(at_full * 2.0);
        let y = Scale::with_zero(0.0, top, bottom, TOP)?;
        let x = Scale::exact(0.0, 1.0, LEFT, right)?;
        for tick in y.ticks() {
            surface.line(
                (LEFT, y.at(tick)),
                (right, y.at(tick)),
                if tick == 0.0 {
                    palette.muted
                } else {
                    palette.line
                },
                1.0,
            )?;
            let label = format::hourly(HourlyPrice::new(tick));
            surface.text(
                &label,
                (LEFT - 8.0, y.at(tick)),
                Lettering::right(palette.muted),
            )?;
        }
        for tick in x.ticks() {
            surface.line(
                (x.at(tick), bottom),
                (x.at(tick), bottom + 4.0),
                palette.muted,
                1.0,
            )?;
            surface.text(
                &format::percent(tick),
                (x.at(tick), bottom + 14.0),
                Lettering::centred(palette.muted),
            )?;
        }
        surface.text(
            "utilisation",
            (right, bottom + 32.0),
            Lettering::right(palette.muted),
        )?;
        let level = |price: HourlyPrice| y.at(price.get().min(y.end()));
        let band = Area {
            x: LEFT,
            y: level(self.rent.high),
            width: right - LEFT,
            height: level(self.rent.low) - level(self.rent.high),
        };
        surface.fill(band, rented.faint(0.22))?;
        surface.line(
            (LEFT, level(self.rent.mid)),
            (right, level(self.rent.mid)),
            rented,
            2.0,
        )?;
        let seen: Vec<_> = self
            .own
            .iter()
            .filter(|(_, price)| price.mid.get() <= y.end())
            .collect();
        let upper = seen
            .iter()
            .map(|(use_, price)| (x.at(*use_), level(price.high)));
        let lower = seen
            .iter()
            .rev()
            .map(|(use_, price)| (x.at(*use_), level(price.low)));
        let outline: Vec<_> = upper.chain(lower).collect();
        if outline.len() > 2 {
            surface.polygon(&outline, own.faint(0.22))?;
        }
        let middle: Vec<_> = seen
            .iter()
            .map(|(use_, price)| (x.at(*use_), level(price.mid)))
            .collect();
        surface.path(&middle, own, 2.0)?;
        if let Some((at, place)) = seen
            .first()
            .zip(middle.first())
            .map(|(first, place)| (first.0, *place))
        {
            let room = at < 0.6;
            let lettering = if room {
                Lettering::left(own)
            } else {
                Lettering::right(own)
            };
            surface.text(
                "Own",
                (place.0 + if room { 10.0 } else { -10.0 }, place.1 + 8.0),
                lettering.strong(),
            )?;
        }
        surface.text(
            "Rent",
            (LEFT + 6.0, level(self.rent.mid) - 9.0),
            Lettering::left(rented).strong(),
        )?;
        self.crossing(surface, &x, bottom)?;
        let mut stops = Vec::new();
        for (use_, price) in &seen {
            let area = Area {
                x: x.at(*use_) - 5.0,
                y: TOP,
                width: 10.0,
                height: bottom - TOP,
            };
            let text = format!(
                "at {} utilisation: own {}, rent {} per accelerator-hour",
                format::percent(*use_),
                format::hourly_range(*price),
                format::hourly_range(self.rent)
            );
            stops.push(Stop { area, text });
        }
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}

impl OwnRent {
    /// The utilisation that the design assumes, and the stretch in which the answer turns.
    fn crossing(&self, surface: &Surface, x: &Scale, bottom: f64) -> Result<(), DrawError> {
        let palette = surface.palette;
        let stated = x.at(self.stated.clamp(0.0, 1.0));
        surface.line((stated, TOP), (stated, bottom), palette.ink, 1.0)?;
        let label = format!("assumed {}", format::percent(self.stated));
        let lettering = if self.stated > 0.7 {
            Lettering::right(palette.ink)
        } else {
            Lettering::left(palette.ink)
        };
        let shift = if self.stated > 0.7 { -6.0 } else { 6.0 };
        surface.text(&label, (stated + shift, TOP - 12.0), lettering)?;
        let Some(low) = self.break_even.low else {
            return Ok(());
        };
        let high = self.break_even.high.unwrap_or(1.0);
        let stretch = Area {
            x: x.at(low),
            y: bottom - 5.0,
            width: (x.at(high) - x.at(low)).max(2.0),
            height: 5.0,
        };
        surface.fill(stretch, palette.accent)?;
        match self.break_even.mid {
            Some(mid) => surface.dot((x.at(mid), bottom - 2.5), 5.0, palette.accent),
            None => Ok(()),
        }
    }
}
