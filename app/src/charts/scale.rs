//! From figures to places on the surface, and the round figures to write along an axis.

use super::surface::DrawError;

/// A linear axis that always holds zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Lays the figures from `low` to `high`, and zero, between two places, with the ends
    /// widened to round figures.
    ///
    /// # Errors
    /// A figure is not finite, or all are zero.
    pub fn with_zero(low: f64, high: f64, from: f64, to: f64) -> Result<Self, DrawError> {
        let (low, high) = (low.min(0.0), high.max(0.0));
        let step = step(high - low);
        let scale = Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            from,
            to,
        };
        let fit = [scale.low, scale.high, from, to]
            .iter()
            .all(|x| x.is_finite());
        if fit && scale.high > scale.low {
            Ok(scale)
        } else {
            Err(DrawError::NotFinite)
        }
    }

    /// Lays exactly the figures from `low` to `high` between two places.
    ///
    /// # Errors
    /// A figure is not finite, or the range is empty.
    pub fn exact(low: f64, high: f64, from: f64, to: f64) -> Result<Self, DrawError> {
        let fit = [low, high, from, to].iter().all(|x| x.is_finite());
        if fit && high > low {
            Ok(Self {
                low,
                high,
                from,
                to,
            })
        } else {
            Err(DrawError::NotFinite)
        }
    }

    /// The place of a figure.
    pub fn at(&self, figure: f64) -> f64 {
        self.from + (figure - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// The largest figure on the axis.
    pub fn end(&self) -> f64 {
        self.high
    }

    /// Round figures with their places, so far apart that labels of these widths do not meet.
    pub fn labelled(&self, label: impl Fn(f64) -> (String, f64)) -> Vec<(f64, String)> {
        let mut placed: Vec<(f64, String)> = Vec::new();
        let mut end = f64::NEG_INFINITY;
        for tick in self.ticks() {
            let (text, width) = label(tick);
            let place = self.at(tick);
            if place - width / 2.0 > end + 8.0 {
                end = place + width / 2.0;
                placed.push((place, text));
            }
        }
        placed
    }

    /// Round figures over the whole axis.
    pub fn ticks(&self) -> Vec<f64> {
        let step = step(self.high - self.low);
        let first = (self.low / step).ceil() as i64;
        let last = ((self.high / step) + 1e-9).floor() as i64;
        (first..=last).map(|at| at as f64 * step).collect()
    }
}

/// A logarithmic axis over positive figures, with ends on 1, 2 or 5 times a power of ten.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogScale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl LogScale {
    /// Lays the figures from `low` to `high` between two places.
    ///
    /// # Errors
    /// A figure is not finite or not above zero.
    pub fn around(low: f64, high: f64, from: f64, to: f64) -> Result<Self, DrawError> {
        let fit = [low, high, from, to].iter().all(|x| x.is_finite());
        if !(fit && low > 0.0 && high >= low) {
            return Err(DrawError::NotFinite);
        }
        // A hair of room, so that a figure on a round number does not stand on the frame.
        let low = Self::rounds(low / 10.0, low * 0.999).last().copied();
        let above = Self::rounds(high * 1.001, high * 10.0).first().copied();
        let (low, high) = low.zip(above).ok_or(DrawError::NotFinite)?;
        Ok(Self {
            low,
            high,
            from,
            to,
        })
    }

    /// The place of a figure; one outside stands at the end.
    pub fn at(&self, figure: f64) -> f64 {
        let figure = figure.clamp(self.low, self.high);
        let share = (figure / self.low).ln() / (self.high / self.low).ln();
        self.from + share * (self.to - self.from)
    }

    /// The figures at both ends.
    pub fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Round figures over the axis: powers of ten, and between them where there are few.
    pub fn ticks(&self) -> Vec<f64> {
        let all = Self::rounds(self.low * 0.999, self.high * 1.001);
        if (self.high / self.low).log10() < 2.5 {
            return all;
        }
        let whole = |tick: &f64| (tick.log10() - tick.log10().round()).abs() < 1e-9;
        all.into_iter().filter(whole).collect()
    }

    /// 1, 2 and 5 times the powers of ten from one figure to another.
    fn rounds(from: f64, to: f64) -> Vec<f64> {
        let (first, last) = (from.log10().floor() as i32, to.log10().floor() as i32);
        let powers = (first..=last).map(|power| 10_f64.powi(power));
        let all = powers.flat_map(|power| [1.0, 2.0, 5.0].map(|lead| lead * power));
        all.filter(|tick| (from..=to).contains(tick)).collect()
    }
}

/// 1, 2 or 5 times a power of ten, so that a span has four to ten of them.
fn step(span: f64) -> f64 {
    if !(span.is_finite() && span > 0.0) {
        return 1.0;
    }
    let rough = span / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    let lead = rough / power;
    let round = if lead <= 1.0 {
        1.0
    } else if lead <= 2.0 {
        2.0
    } else if lead <= 5.0 {
        5.0
    } else {
        10.0
    };
    round * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_holds_zero_and_ends_on_round_figures() {
        let scale = Scale::with_zero(12.0, 87.0, 0.0, 100.0).unwrap();
        assert_eq!(scale.ticks(), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(scale.at(0.0), 0.0);
        assert_eq!(scale.at(100.0), 100.0);
    }

    #[test]
    fn labels_do_not_meet() {
        let scale = Scale::with_zero(0.0, 100.0, 0.0, 100.0).unwrap();
        let places = scale.labelled(|tick| (format!("{tick}"), 30.0));
        assert_eq!(
            places.iter().map(|(place, _)| *place).collect::<Vec<_>>(),
            [0.0, 40.0, 80.0]
        );
    }

    #[test]
    fn a_logarithmic_axis_ends_on_round_figures() {
        let scale = LogScale::around(3.0, 40.0, 0.0, 100.0).unwrap();
        assert_eq!(scale.ends(), (2.0, 50.0));
        assert_eq!(scale.ticks(), [2.0, 5.0, 10.0, 20.0, 50.0]);
        assert_eq!((scale.at(2.0), scale.at(50.0)), (0.0, 100.0));
        let wide = LogScale::around(8.0, 98_304.0, 0.0, 100.0).unwrap();
        assert_eq!(wide.ticks(), [10.0, 100.0, 1000.0, 10_000.0, 100_000.0]);
        assert!(LogScale::around(0.0, 1.0, 0.0, 1.0).is_err());
    }

    #[test]
    fn losses_are_below_zero() {
        let scale = Scale::with_zero(-3.0, 9.0, 0.0, 10.0).unwrap();
        assert!(scale.at(0.0) > 0.0 && scale.ticks().contains(&0.0));
    }

    #[test]
    fn nothing_to_show_is_refused() {
        assert_eq!(
            Scale::with_zero(0.0, 0.0, 0.0, 100.0),
            Err(DrawError::NotFinite)
        );
        assert_eq!(
            Scale::with_zero(0.0, f64::INFINITY, 0.0, 100.0),
            Err(DrawError::NotFinite)
        );
        assert_eq!(
            Scale::with_zero(f64::NAN, f64::NAN, 0.0, 100.0),
            Err(DrawError::NotFinite)
        );
        assert_eq!(
            Scale::exact(1.0, 1.0, 0.0, 100.0),
            Err(DrawError::NotFinite)
        );
    }
}
