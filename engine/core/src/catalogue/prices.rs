//! Dated price books: what parts, services, power and people cost.

use super::PartId;
use crate::quantity::*;
use crate::sourced::Origin;
use crate::table::Table;
use crate::written::{Outline, Read, Reading, Tree, Write};

/// A low, a middle and a high figure; the middle is the default.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Range<Q: Copy> {
    /// Optimistic end.
    pub low: Q,
    /// Default.
    pub mid: Q,
    /// Pessimistic end.
    pub high: Q,
}

impl<Q: Copy> Range<Q> {
    /// A figure without spread.
    pub fn exactly(value: Q) -> Self {
        Self {
            low: value,
            mid: value,
            high: value,
        }
    }

    /// The same range in another quantity.
    pub fn map<R: Copy>(self, f: impl Fn(Q) -> R) -> Range<R> {
        Range {
            low: f(self.low),
            mid: f(self.mid),
            high: f(self.high),
        }
    }

    /// Combines two ranges end by end.
    pub fn zip<R: Copy, S: Copy>(self, other: Range<R>, f: impl Fn(Q, R) -> S) -> Range<S> {
        Range {
            low: f(self.low, other.low),
            mid: f(self.mid, other.mid),
            high: f(self.high, other.high),
        }
    }
}

/// Written as three values in brackets.
impl<Q: Copy + Write> Write for Range<Q> {
    fn write(&self) -> Outline {
        (self.low, self.mid, self.high).write()
    }
}
impl<Q: Copy + Read> Read for Range<Q> {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        let (low, mid, high) = Read::read(value, at);
        Self { low, mid, high }
    }
}

/// What kind of price it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Write, Read)]
pub enum PriceKind {
    /// From a vendor's or provider's price page.
    List,
    /// Reseller, quote or auction.
    Street,
    /// Reported by the press.
    Press,
    /// From an analyst.
    Analyst,
    /// A published index.
    Index,
    /// Our estimate; the section says how.
    Estimate,
    /// The person's own quote.
    Quote,
}

/// A price with its range, kind, date and source.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct Price<Q: Copy> {
    /// Low, middle, high.
    pub range: Range<Q>,
    /// List, street, estimate...
    pub kind: PriceKind,
    /// When it held, ISO 8601.
    pub date: String,
    /// Grade, source and section.
    pub origin: Origin,
}

/// What hosts ask for a million tokens of a model.
#[derive(Debug, Clone, PartialEq, Write, Read)]
pub struct TokenRates {
    /// Of prompts.
    pub read: Price<TokenPrice>,
    /// Of answers.
    pub answered: Price<TokenPrice>,
}

/// Everything that is bought, at one date and in one currency. A part without an entry has
/// no price, and a total that needs it says "at least".
#[derive(Debug, Clone, Default, PartialEq, Write, Read)]
pub struct PriceBook {
    /// Name of the book.
    pub name: String,
    /// Currency code of all its prices.
    pub currency: String,
    /// Date of the book, ISO 8601.
    pub date: String,
    /// Price of one of each part.
    pub parts: Table<Price<Money>>,
    /// Parts whose price is part of another's (a tray that is bought with its rack).
    #[written(default)]
    pub included: Table<PartId>,
    /// Shares of a base per year (support) or once (installation); key is the line, for
    /// example `"support.compute"`, `"installation.services"`.
    pub shares: Table<Price<Ratio>>,
    /// Licences per accelerator and year.
    pub licences: Table<Price<Money>>,
    /// Staff: key `"engineer-year"` as money; head count in `staff`.
    pub people: Table<Price<Money>>,
    /// Head counts: `"first-1000-accelerators"`, `"per-further-1000"`.
    pub staff: Table<Price<Ratio>>,
    /// What hosts ask for the tokens of open models, by the model's id.
    #[written(default)]
    pub tokens: Table<TokenRates>,
    /// Rent per accelerator-hour, by accelerator id and term
    /// (`"h100-sxm/on-demand"`, `"h100-sxm/reserved-1y"`).
    pub rent: Table<Price<HourlyPrice>>,
    /// Residual value as share of the new price by age in whole years, index 0 = age 1;
    /// low is the pessimistic curve.
    pub residual: Table<Vec<Price<Ratio>>>,
    /// Discount rates by kind of owner.
    pub discount: Table<Price<Ratio>>,
}
