//! Lines of the cost: a quantity times a price, laid out over the years.

use super::types::CostLine;
use crate::catalogue::{Price, PriceKind, Range};
use crate::design::{Design, Quote};
use crate::quantity::{Money, Quantity};
use crate::sourced::{Grade, Origin, Sourced, USER_SOURCE};
use crate::table::Table;

/// All lines of one design's cost, in a fixed order.
pub(super) struct Ledger<'a> {
    quotes: &'a Table<Quote>,
    /// Life in years.
    pub years: usize,
    /// The lines so far.
    pub lines: Vec<CostLine>,
}

/// When the amount of a line falls due.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum When {
    /// Paid at the purchase.
    Once,
    /// Paid in each year of use.
    Yearly,
    /// Received at the end of the last year.
    End,
}

/// A line before its quantity and price are joined. An `Err` names what is missing.
pub(super) struct Draft {
    /// Path of the line.
    pub path: String,
    /// What it is.
    pub label: String,
    /// Path in the design of what causes it.
    pub subject: String,
    /// Unit of the quantity.
    pub unit: &'static str,
    /// When it falls due.
    pub when: When,
    /// How many, in the three cases.
    pub quantity: Result<Range<f64>, String>,
    /// Price of one.
    pub price: Result<Figure, String>,
    /// Grade of the weakest figure behind the quantity.
    pub weakest: Grade,
    /// What is left out of the amount because it is not known.
    pub partial: Option<String>,
}

impl Draft {
    /// A line of one sum, to be filled in.
    pub fn sum(when: When) -> Self {
        Self {
            path: String::new(),
            label: String::new(),
            subject: String::new(),
            unit: LUMP,
            when,
            quantity: Ok(Range::exactly(1.0)),
            price: Err(String::new()),
            weakest: Grade::User,
            partial: None,
        }
    }
}

/// A range in base units with everything that a person needs to judge it.
#[derive(Clone)]
pub(super) struct Figure {
    /// Low, middle, high.
    pub range: Range<f64>,
    /// List, street, estimate; `None` for a figure that is no price.
    pub kind: Option<PriceKind>,
    /// When it held.
    pub date: String,
    /// Grade, source and section.
    pub origin: Origin,
}

impl<'a> Ledger<'a> {
    /// An empty ledger over `years` years.
    pub fn new(design: &'a Design, years: usize) -> Self {
        Self {
            quotes: &design.quotes,
            years,
            lines: Vec::with_capacity(32),
        }
    }

    /// Whether the person quotes a line.
    pub fn is_quoted(&self, path: &str) -> bool {
        self.quotes
            .get(path)
            .is_some_and(|quote| quote.price.is_some())
    }

    /// Joins quantity and price. The person's own quote goes before any price of ours.
    pub fn add(&mut self, draft: Draft) -> Added {
        let Draft {
            path,
            label,
            subject,
            unit,
            when,
            quantity,
            price,
            weakest,
            partial,
        } = draft;
        let quote = self.quotes.get(&path).and_then(Figure::quote);
        // A quoted sum needs no base to be a share of, so nothing is left out of it.
        let partial = partial.filter(|_| quote.is_none() || unit != LUMP);
        let price = quote.map_or(price, Ok);
        let amount = match (&quantity, &price) {
            (Ok(quantity), Ok(price)) => Ok(quantity.zip(price.range, |q, p| q * p)),
            (Err(missing), _) | (_, Err(missing)) => Err(missing.clone()),
        };
        let amount = amount.and_then(|range| bounded(range, &path));
        let weakest = match &price {
            Ok(price) => weaker(weakest, price.origin.grade),
            Err(_) => Grade::Unknown,
        };
        let added = Added {
            amount: amount.as_ref().ok().copied(),
            whole: partial.is_none(),
            weakest,
        };
        let (total, years, missing) = match amount {
            Ok(range) => {
                let years = spread(range, when, self.years);
                (sum(&years), years, partial)
            }
            Err(missing) => (Range::default(), Vec::new(), Some(missing)),
        };
        let (unit_price, kind, date, origin) = match price {
            Ok(price) => (Some(price.range), price.kind, price.date, price.origin),
            Err(missing) => (None, None, String::new(), unknown(missing)),
        };
        self.lines.push(CostLine {
            path,
            label,
            subject,
            quantity: quantity.ok().map(|range| range.mid),
            unit,
            unit_price,
            years,
            total,
            kind,
            date,
            origin,
            weakest,
            missing,
        });
        added
    }
}

/// What became of a draft.
#[derive(Clone, Copy)]
pub(super) struct Added {
    /// The amount each time that it falls due; `None` if it is not known.
    pub amount: Option<Range<f64>>,
    /// Nothing is left out of it.
    pub whole: bool,
    /// Grade of its weakest figure.
    pub weakest: Grade,
}

/// Unit of a line that has no pieces but one sum.
pub(super) const LUMP: &str = "sum";

impl Figure {
    /// From a price book.
    pub fn priced<Q: Quantity>(price: &Price<Q>) -> Self {
        Self {
            range: price.range.map(Q::base),
            kind: Some(price.kind),
            date: price.date.clone(),
            origin: price.origin.clone(),
        }
    }

    /// From a constant without spread; `None` when unknown.
    pub fn constant<Q: Quantity>(sourced: &Sourced<Q>) -> Option<Self> {
        Some(Self::plain(
            Range::exactly(sourced.known()?.base()),
            sourced.origin(),
        ))
    }

    /// From a constant with a spread; `None` when unknown.
    pub fn constant_range<Q: Quantity>(sourced: &Sourced<Range<Q>>) -> Option<Self> {
        Some(Self::plain(sourced.known()?.map(Q::base), sourced.origin()))
    }

    /// The person's own figure for a field of the design.
    pub fn stated(value: f64) -> Self {
        Self::plain(Range::exactly(value), user("set in this design"))
    }

    fn plain(range: Range<f64>, origin: Origin) -> Self {
        Self {
            range,
            kind: None,
            date: String::new(),
            origin,
        }
    }

    /// The person's own price, if they gave one.
    fn quote(quote: &Quote) -> Option<Self> {
        let price = quote.price?;
        let note = if quote.note.is_empty() {
            "quoted"
        } else {
            &quote.note
        };
        Some(Self {
            kind: Some(PriceKind::Quote),
            ..Self::plain(Range::exactly(price.get()), user(note))
        })
    }

    /// The same figure with another range.
    pub fn with(&self, range: Range<f64>) -> Self {
        Self {
            range,
            ..self.clone()
        }
    }
}

/// The weaker of two grades, for the question how sure a sum is: the person's own figure is
/// the surest there is.
pub(super) fn weaker(a: Grade, b: Grade) -> Grade {
    let rank = |grade: Grade| (grade != Grade::User, grade);
    if rank(a) < rank(b) { b } else { a }
}

fn user(note: &str) -> Origin {
    Origin {
        grade: Grade::User,
        source: USER_SOURCE.into(),
        section: note.into(),
    }
}

fn unknown(reason: String) -> Origin {
    Origin {
        grade: Grade::Unknown,
        source: String::new(),
        section: reason,
    }
}

/// Amounts beyond this are slips of the keyboard. The bound keeps every sum finite.
const MAX_AMOUNT: f64 = 1e30;

fn bounded(range: Range<f64>, path: &str) -> Result<Range<f64>, String> {
    let fits = |x: f64| x.abs() <= MAX_AMOUNT;
    if fits(range.low) && fits(range.mid) && fits(range.high) {
        Ok(range)
    } else {
        Err(format!(
            "an amount within bounds: quantity and price of {path} are too large"
        ))
    }
}

fn spread(range: Range<f64>, when: When, years: usize) -> Vec<Range<Money>> {
    let nothing = Range::exactly(Money::ZERO);
    let amount = match when {
        When::End => range.map(|x| Money::new(-x)),
        When::Once | When::Yearly => range.map(Money::new),
    };
    let due = |year: usize| match when {
        When::Once => year == 0,
        When::Yearly => year > 0,
        When::End => year == years,
    };
    (0..=years)
        .map(|year| if due(year) { amount } else { nothing })
        .collect()
}

fn sum(years: &[Range<Money>]) -> Range<Money> {
    years
        .iter()
        .fold(Range::default(), |sum, year| sum.zip(*year, |a, b| a + b))
}
