//! The time of a run by the number of accelerators, on logarithmic axes, against what it would be
//! if each more did as much as the first.

use super::plot::{Plot, Stop, Table, point_out};
use super::scale::LogScale;
use super::surface::{Area, DrawError, Lettering, Surface};
use crate::format;
use plumbline_engine::catalogue::Range;
use plumbline_engine::predict::training::{Scaled, ScaledRun};
use plumbline_engine::quantity::Seconds;

/// The curve.
#[derive(Debug, Clone, PartialEq)]
pub struct ScalingCurve {
    /// The finding.
    pub title: String,
    /// The sizes, smallest first.
    pub sizes: Vec<Scaled>,
    /// The size of the design's own job.
    pub own: u64,
    /// The times are of a run; else of a step, where the tokens of the run are not known.
    pub runs: bool,
}

const LEFT: f64 = 76.0;
const TOP: f64 = 24.0;
const FOOT: f64 = 44.0;

impl ScalingCurve {
    fn time(&self, run: &ScaledRun) -> Range<f64> {
        let time = if self.runs { run.steps } else { run.step };
        time.map(Seconds::get)
    }

    /// The sizes that can run.
    fn known(&self) -> Vec<(u64, &ScaledRun, Range<f64>)> {
        let known = self.sizes.iter().filter_map(|size| {
            let run = size.run.as_ref().ok().filter(|run| !run.too_large)?;
            Some((size.accelerators, run, self.time(run)))
        });
        known.collect()
    }
}

/// What a size comes to, in words.
fn words(size: &Scaled, time: impl Fn(&ScaledRun) -> Range<f64>) -> [String; 5] {
    let count = format::count(size.accelerators as f64);
    match &size.run {
        Err(why) => [
            count,
            "–".into(),
            "–".into(),
            "–".into(),
            ["no ", why].concat(),
        ],
        Ok(run) if run.too_large => {
            let why = "does not fit into memory".to_owned();
            [count, "–".into(), "–".into(), "–".into(), why]
        }
        Ok(run) => {
            let seconds = format::seconds;
            let Range { low, mid, high } = time(run);
            let (name, share) = run.bottleneck;
            [
                count,
                [seconds(low), seconds(mid), seconds(high)].join(" – "),
                format::seconds(run.step.mid.get()),
                format::percent(run.efficiency),
                [name, ", ", &format::percent(share)].concat(),
            ]
        }
    }
}

impl Plot for ScalingCurve {
    fn file(&self) -> &'static str {
        "plumbline-training-scaling"
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn subtitle(&self) -> String {
        let what = if self.runs {
            "Time of all steps"
        } else {
            "Time of a step"
        };
        [what, " by accelerators, same batch and the best layout at each size, without interruptions; both axes logarithmic; band of 80 %"].concat()
    }

    fn summary(&self) -> String {
        let known = self.known();
        let said = known.iter().map(|(count, run, _)| {
            format!(
                "{} accelerators: {} efficiency",
                format::count(*count as f64),
                format::percent(run.efficiency)
            )
        });
        format!("{}. {}.", self.title, said.collect::<Vec<_>>().join(", "))
    }

    fn table(&self) -> Table {
        let time = if self.runs { "All steps" } else { "Step, band" };
        let head = [
            "Accelerators",
            time,
            "Step",
            "Efficiency",
            "Most is lost to",
        ];
        let raw_head = [
            "Accelerators",
            "Step, low (s)",
            "Step, mid (s)",
            "Step, high (s)",
            "Efficiency",
            "Most is lost to",
        ];
        let raw = |size: &Scaled| {
            let count = size.accelerators.to_string();
            let blank = String::new;
            match &size.run {
                Ok(run) => {
                    let Range { low, mid, high } = run.step.map(Seconds::get);
                    let figures = [low, mid, high, run.efficiency].map(|f| f.to_string());
                    let name = run.bottleneck.0.to_owned();
                    let all = std::iter::once(count).chain(figures);
                    all.chain([name]).collect()
                }
                Err(why) => vec![count, blank(), blank(), blank(), blank(), why.clone()],
            }
        };
        Table {
            head: head.map(str::to_owned).to_vec(),
            rows: self
                .sizes
                .iter()
                .map(|size| words(size, |run| self.time(run)).to_vec())
                .collect(),
            raw_head: raw_head.map(str::to_owned).to_vec(),
            raw: self.sizes.iter().map(raw).collect(),
        }
    }

    fn height(&self, width: f64) -> f64 {
        if width < 500.0 { 300.0 } else { 340.0 }
    }

    fn draw(&self, surface: &Surface, cursor: Option<usize>) -> Result<Vec<Stop>, DrawError> {
        let palette = surface.palette;
        let known = self.known();
        let (right, bottom) = (surface.width - 16.0, surface.height - FOOT);
        let (first, last) = known
            .first()
            .zip(known.last())
            .ok_or(DrawError::NotFinite)?;
        let times = known.iter().flat_map(|(_, _, t)| [t.low, t.high]);
        let (low, high) = times.fold((f64::INFINITY, 0.0_f64), |(low, high), t| {
            (low.min(t), high.max(t))
        });
        let unit = unit(low, high);
        let x = LogScale::around(first.0 as f64, last.0 as f64, LEFT, right)?;
        let y = LogScale::around(low / unit.0, high / unit.0, bottom, TOP)?;
        frame(surface, &x, &y, (right, bottom), unit.1)?;
        let (curve, band) = (palette.hues[0], palette.hues[0].faint(0.22));
        let at = |count: u64, time: f64| (x.at(count as f64), y.at(time / unit.0));
        let upper = known.iter().map(|(count, _, t)| at(*count, t.high));
        let lower = known.iter().rev().map(|(count, _, t)| at(*count, t.low));
        let outline: Vec<_> = upper.chain(lower).collect();
        if outline.len() > 2 {
            surface.polygon(&outline, band)?;
        }
        // As if every accelerator did as much as those of the size that does most.
        let best = known.iter().map(|(count, _, t)| t.mid * *count as f64);
        let best = best.fold(f64::INFINITY, f64::min);
        let (from, to) = (first.0, last.0);
        let ideal = [at(from, best / from as f64), at(to, best / to as f64)];
        surface.path(&ideal, palette.muted, 1.0)?;
        let middle: Vec<_> = known
            .iter()
            .map(|(count, _, t)| at(*count, t.mid))
            .collect();
        surface.path(&middle, curve, 2.0)?;
        let place = (ideal[1].0 - 70.0, bottom - 8.0);
        surface.text("no loss", place, Lettering::right(palette.muted))?;
        let mut stops = Vec::new();
        let mut named = "";
        let mut free = f64::NEG_INFINITY;
        for (count, run, time) in &known {
            let place = at(*count, time.mid);
            let own = *count == self.own;
            surface.dot(
                place,
                if own { 5.0 } else { 3.0 },
                if own { palette.accent } else { curve },
            )?;
            if own {
                surface.line((place.0, place.1), (place.0, bottom), palette.accent, 1.0)?;
                let beside = (place.0 + 6.0, bottom - 10.0);
                surface.text("this design", beside, Lettering::left(palette.accent))?;
            }
            // The bottleneck is named where it changes and there is room.
            let (name, _) = run.bottleneck;
            if name != named && place.0 > free {
                let width = surface.text_width(name, false);
                let x = (place.0 + 4.0).min(surface.width - width);
                let above = (x, (at(0, time.high).1 - 12.0).max(TOP));
                surface.text(name, above, Lettering::left(palette.ink))?;
                named = name;
                free = x + width;
            }
            let size = Scaled {
                accelerators: *count,
                run: Ok(**run),
            };
            let [count, time, step, efficiency, bottleneck] = words(&size, |run| self.time(run));
            let text = format!(
                "{count} accelerators: {time}, step {step}, efficiency {efficiency}; most is lost to {bottleneck} of the step"
            );
            let area = Area {
                x: place.0 - 7.0,
                y: place.1 - 7.0,
                width: 14.0,
                height: 14.0,
            };
            stops.push(Stop { area, text });
        }
        point_out(surface, &stops, cursor)?;
        Ok(stops)
    }
}

/// The unit in which the middle of the axis is a handy number, with its seconds.
fn unit(low: f64, high: f64) -> (f64, &'static str) {
    match (low * high).sqrt() {
        middle if middle > 2.0 * 86_400.0 => (86_400.0, "d"),
        middle if middle > 2.0 * 3600.0 => (3600.0, "h"),
        middle if middle > 120.0 => (60.0, "min"),
        _ => (1.0, "s"),
    }
}

fn frame(
    surface: &Surface,
    x: &LogScale,
    y: &LogScale,
    (right, bottom): (f64, f64),
    unit: &str,
) -> Result<(), DrawError> {
    let palette = surface.palette;
    let mut end = f64::NEG_INFINITY;
    for tick in x.ticks() {
        let (at, text) = (x.at(tick), format::count(tick));
        surface.line((at, bottom), (at, bottom + 4.0), palette.muted, 1.0)?;
        let half = surface.text_width(&text, false) / 2.0;
        if at - half > end + 8.0 {
            let at = at.min(surface.width - half);
            surface.text(
                &text,
                (at, bottom + 14.0),
                Lettering::centred(palette.muted),
            )?;
            end = at + half;
        }
    }
    for tick in y.ticks() {
        let at = y.at(tick);
        surface.line((LEFT, at), (right, at), palette.line, 1.0)?;
        let text = [&format::significant(tick, 3), "\u{202f}", unit].concat();
        surface.text(&text, (LEFT - 8.0, at), Lettering::right(palette.muted))?;
    }
    surface.line((LEFT, bottom), (right, bottom), palette.muted, 1.0)?;
    let place = (right, bottom + 32.0);
    surface.text("accelerators", place, Lettering::right(palette.muted))
}
