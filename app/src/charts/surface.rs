//! A canvas that is drawn on in CSS pixels and comes out sharp at any pixel ratio.
//!
//! The drawing goes through the backend trait of plotters, so that another backend (SVG) can
//! take its place. Of plotters itself nothing is used: its text layout measures by an inline
//! style attribute, which the Content-Security-Policy refuses.

use super::palette::{Colour, Palette};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendStyle, BackendTextStyle, DrawingBackend, FontFamily, FontStyle,
    FontTransform,
};
use plotters_canvas::CanvasBackend;
use std::cell::RefCell;
use std::fmt;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Why a chart could not be drawn. The table beside it still holds everything.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawError {
    /// The canvas gives no two-dimensional context.
    NoContext,
    /// A figure is not finite, or a range is empty.
    NotFinite,
    /// The browser refused to draw.
    Refused(String),
}

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DrawError::NoContext => f.write_str("this browser gives no canvas to draw on"),
            DrawError::NotFinite => {
                f.write_str("there is nothing to draw: a figure is missing or not finite")
            }
            DrawError::Refused(reason) => write!(f, "the browser refused to draw: {reason}"),
        }
    }
}

/// A rectangle in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Area {
    /// Whether a point is inside.
    pub fn holds(&self, x: f64, y: f64) -> bool {
        (self.x..=self.x + self.width).contains(&x) && (self.y..=self.y + self.height).contains(&y)
    }
}

/// How a text is set.
#[derive(Clone, Copy)]
pub struct Lettering {
    /// Colour.
    pub colour: Colour,
    /// Which point of the text its place names.
    pub anchor: (HPos, VPos),
    /// Whether it is the one that matters.
    pub bold: bool,
}

impl Lettering {
    /// Begins at its place.
    pub fn left(colour: Colour) -> Self {
        Self {
            colour,
            anchor: (HPos::Left, VPos::Center),
            bold: false,
        }
    }

    /// Ends at its place.
    pub fn right(colour: Colour) -> Self {
        Self {
            anchor: (HPos::Right, VPos::Center),
            ..Self::left(colour)
        }
    }

    /// Centred on its place.
    pub fn centred(colour: Colour) -> Self {
        Self {
            anchor: (HPos::Center, VPos::Center),
            ..Self::left(colour)
        }
    }

    /// The same, bold.
    pub fn strong(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// Size of all letters in a chart, in CSS pixels: the floor of the type scale.
const LETTERS: f64 = 12.0;

/// A canvas being drawn on.
pub struct Surface {
    backend: RefCell<CanvasBackend>,
    context: CanvasRenderingContext2d,
    ratio: f64,
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Colours of the theme.
    pub palette: Palette,
}

impl Surface {
    /// Sizes the canvas to `width` by `height` CSS pixels at this pixel ratio and clears it.
    ///
    /// # Errors
    /// The size is empty or the canvas has no context.
    pub fn on(
        canvas: &HtmlCanvasElement,
        width: f64,
        height: f64,
        palette: Palette,
    ) -> Result<Self, DrawError> {
        let ratio = web_sys::window()
            .map_or(1.0, |window| window.device_pixel_ratio())
            .clamp(0.5, 8.0);
        let (wide, high) = ((width * ratio).round(), (height * ratio).round());
        if !(wide >= 1.0 && high >= 1.0 && wide <= 32_000.0 && high <= 32_000.0) {
            return Err(DrawError::NotFinite);
        }
        // Setting the size also clears the canvas, even to the size that it has.
        canvas.set_width(wide as u32);
        canvas.set_height(high as u32);
        let context = canvas
            .get_context("2d")
            .ok()
            .flatten()
            .and_then(|c| c.dyn_into().ok());
        let backend = CanvasBackend::with_canvas_object(canvas.clone());
        match (context, backend) {
            (Some(context), Some(backend)) => Ok(Self {
                backend: RefCell::new(backend),
                context,
                ratio,
                width,
                height,
                palette,
            }),
            _ => Err(DrawError::NoContext),
        }
    }

    /// A filled rectangle.
    pub fn fill(&self, area: Area, colour: Colour) -> Result<(), DrawError> {
        let from = self.point(area.x, area.y)?;
        let to = self.point(area.x + area.width, area.y + area.height)?;
        let drawn =
            self.backend
                .borrow_mut()
                .draw_rect(from, to, &Stroke { colour, width: 1 }, true);
        drawn.map_err(refused)
    }

    /// The outline of a rectangle.
    pub fn outline(&self, area: Area, colour: Colour) -> Result<(), DrawError> {
        let (x, y, right, low) = (area.x, area.y, area.x + area.width, area.y + area.height);
        self.path(
            &[(x, y), (right, y), (right, low), (x, low), (x, y)],
            colour,
            1.5,
        )
    }

    /// A straight line.
    pub fn line(
        &self,
        from: (f64, f64),
        to: (f64, f64),
        colour: Colour,
        width: f64,
    ) -> Result<(), DrawError> {
        let (from, to) = (self.point(from.0, from.1)?, self.point(to.0, to.1)?);
        self.backend
            .borrow_mut()
            .draw_line(from, to, &self.stroke(colour, width))
            .map_err(refused)
    }

    /// A line through points.
    pub fn path(&self, points: &[(f64, f64)], colour: Colour, width: f64) -> Result<(), DrawError> {
        let points = self.points(points)?;
        self.backend
            .borrow_mut()
            .draw_path(points, &self.stroke(colour, width))
            .map_err(refused)
    }

    /// A filled polygon.
    pub fn polygon(&self, points: &[(f64, f64)], colour: Colour) -> Result<(), DrawError> {
        let points = self.points(points)?;
        let style = Stroke { colour, width: 1 };
        self.backend
            .borrow_mut()
            .fill_polygon(points, &style)
            .map_err(refused)
    }

    /// A dot.
    pub fn dot(&self, at: (f64, f64), radius: f64, colour: Colour) -> Result<(), DrawError> {
        let at = self.point(at.0, at.1)?;
        let radius = (radius * self.ratio).round().max(1.0) as u32;
        let style = Stroke { colour, width: 1 };
        self.backend
            .borrow_mut()
            .draw_circle(at, radius, &style, true)
            .map_err(refused)
    }

    /// A text.
    pub fn text(&self, text: &str, at: (f64, f64), lettering: Lettering) -> Result<(), DrawError> {
        let at = self.point(at.0, at.1)?;
        let style = Letters {
            lettering,
            size: LETTERS * self.ratio,
        };
        self.backend
            .borrow_mut()
            .draw_text(text, &style, at)
            .map_err(refused)
    }

    /// Width of a text in CSS pixels.
    pub fn text_width(&self, text: &str, bold: bool) -> f64 {
        let weight = if bold { "bold" } else { "normal" };
        self.context
            .set_font(&format!("{weight} {LETTERS}px {FAMILY}"));
        let measured = self
            .context
            .measure_text(text)
            .map(|metrics| metrics.width());
        measured.unwrap_or(LETTERS * 0.6 * text.chars().count() as f64)
    }

    /// The text, cut with an ellipsis to the width that there is.
    pub fn fitted(&self, text: &str, width: f64) -> String {
        if self.text_width(text, false) <= width {
            return text.to_owned();
        }
        let mut shorter = text.to_owned();
        while shorter.pop().is_some() {
            let cut = format!("{}…", shorter.trim_end());
            if self.text_width(&cut, false) <= width {
                return cut;
            }
        }
        String::new()
    }

    fn stroke(&self, colour: Colour, width: f64) -> Stroke {
        Stroke {
            colour,
            width: (width * self.ratio).round().max(1.0) as u32,
        }
    }

    fn points(&self, points: &[(f64, f64)]) -> Result<Vec<(i32, i32)>, DrawError> {
        points.iter().map(|(x, y)| self.point(*x, *y)).collect()
    }

    fn point(&self, x: f64, y: f64) -> Result<(i32, i32), DrawError> {
        let (x, y) = ((x * self.ratio).round(), (y * self.ratio).round());
        let inside = |value: f64| value.is_finite() && value.abs() < 1e6;
        if inside(x) && inside(y) {
            Ok((x as i32, y as i32))
        } else {
            Err(DrawError::NotFinite)
        }
    }
}

const FAMILY: &str = "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", sans-serif";

fn refused<E: std::error::Error + Send + Sync>(
    error: plotters_backend::DrawingErrorKind<E>,
) -> DrawError {
    DrawError::Refused(error.to_string())
}

struct Stroke {
    colour: Colour,
    width: u32,
}

impl BackendStyle for Stroke {
    fn color(&self) -> BackendColor {
        self.colour.into()
    }
    fn stroke_width(&self) -> u32 {
        self.width
    }
}

struct Letters {
    lettering: Lettering,
    size: f64,
}

impl BackendTextStyle for Letters {
    type FontError = fmt::Error;
    fn color(&self) -> BackendColor {
        self.lettering.colour.into()
    }
    fn size(&self) -> f64 {
        self.size
    }
    fn transform(&self) -> FontTransform {
        FontTransform::None
    }
    fn style(&self) -> FontStyle {
        if self.lettering.bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        }
    }
    fn anchor(&self) -> Pos {
        Pos::new(self.lettering.anchor.0, self.lettering.anchor.1)
    }
    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FAMILY)
    }
    fn layout_box(&self, _text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        // Only plotters' own layout asks for it, and that is not used.
        Err(fmt::Error)
    }
    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _pos: (i32, i32),
        _draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        // For backends without text of their own; the canvas has its own.
        Err(fmt::Error)
    }
}
