//! Colours of the charts, read from the page's tokens, so that a theme is made in one place.

use plotters_backend::BackendColor;
use web_sys::HtmlCanvasElement;

/// A colour with its opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    rgb: (u8, u8, u8),
    alpha: f64,
}

impl Colour {
    /// The same colour, more transparent.
    pub fn faint(self, alpha: f64) -> Self {
        Self { alpha, ..self }
    }

    /// As a style takes it.
    pub fn css(self) -> String {
        let (red, green, blue) = self.rgb;
        format!("rgba({red}, {green}, {blue}, {})", self.alpha)
    }

    /// Reads what a browser computes for a colour: `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`.
    fn computed(text: &str) -> Option<Self> {
        let inner = text.split_once('(')?.1.split_once(')')?.0;
        let mut numbers = inner
            .split(',')
            .map(|part| plumbline_engine::quantity::number(part.trim()));
        let mut next = || numbers.next().flatten();
        let rgb = (next()? as u8, next()? as u8, next()? as u8);
        Some(Self {
            rgb,
            alpha: next().unwrap_or(1.0),
        })
    }
}

impl From<Colour> for BackendColor {
    fn from(colour: Colour) -> Self {
        BackendColor {
            alpha: colour.alpha,
            rgb: colour.rgb,
        }
    }
}

/// Number of colours that tell series apart.
pub const HUES: usize = 8;

/// The colours of one theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Text and axis.
    pub ink: Colour,
    /// Secondary text.
    pub muted: Colour,
    /// Grid lines.
    pub line: Colour,
    /// Background.
    pub surface: Colour,
    /// The one thing to look at.
    pub accent: Colour,
    /// More cost.
    pub more: Colour,
    /// Less cost.
    pub less: Colour,
    /// Series.
    pub hues: [Colour; HUES],
}

impl Palette {
    /// Colours that hold where the canvas stands.
    pub fn of(canvas: &HtmlCanvasElement) -> Self {
        let fallback = Colour {
            rgb: (96, 96, 96),
            alpha: 1.0,
        };
        let token = |name: &str| resolve(canvas, name).unwrap_or(fallback);
        Self {
            ink: token("--ink"),
            muted: token("--muted"),
            line: token("--line"),
            surface: token("--raised"),
            accent: token("--accent"),
            more: token("--chart-more"),
            less: token("--chart-less"),
            hues: std::array::from_fn(|at| token(&format!("--chart-{}", at + 1))),
        }
    }
}

/// A custom property holds `light-dark(...)` as it is written; only a colour property that uses
/// it is computed to a colour.
fn resolve(canvas: &HtmlCanvasElement, token: &str) -> Option<Colour> {
    let style = canvas.style();
    style.set_property("color", &format!("var({token})")).ok()?;
    let computed = web_sys::window()?.get_computed_style(canvas).ok()??;
    let colour = Colour::computed(&computed.get_property_value("color").ok()?);
    style.remove_property("color").ok()?;
    colour
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_browsers_compute() {
        let colour = Colour::computed("rgb(13, 91, 110)");
        assert_eq!(
            colour,
            Some(Colour {
                rgb: (13, 91, 110),
                alpha: 1.0
            })
        );
        let half = Colour::computed("rgba(13, 91, 110, 0.5)");
        assert_eq!(
            half,
            Some(Colour {
                rgb: (13, 91, 110),
                alpha: 0.5
            })
        );
        assert_eq!(Colour::computed("transparent"), None);
    }
}
