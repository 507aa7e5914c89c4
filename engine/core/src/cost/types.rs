//! What a cost calculation yields. All money is in the price book's currency.

use super::{Lifetime, SpokenCost};
use crate::catalogue::{PriceKind, Range};
use crate::predict::run::LeverKind;
use crate::quantity::{HourlyPrice, Money, Ratio, TokenPrice, Watts};
use crate::sourced::{Grade, Origin};
use crate::written::Write;

/// One line of the cost, with its cause in the design.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct CostLine {
    /// Stable path: `capex/compute/dgx-h100`, `opex/energy`. Quotes use it.
    pub path: String,
    /// What it is, in words.
    pub label: String,
    /// Path in the design of the object that causes it.
    pub subject: String,
    /// How many pieces (or per year: kWh, kW-months, engineers).
    pub quantity: Option<f64>,
    /// Unit of the quantity ("pieces", "kWh/year").
    pub unit: &'static str,
    /// Price of one.
    pub unit_price: Option<Range<f64>>,
    /// Amount by year; index 0 is the purchase, 1 the first year of use. Empty if unknown.
    pub years: Vec<Range<Money>>,
    /// Sum over all years, undiscounted; zero if unknown. `low` is the amount in the low-cost
    /// case, which for a residual is the largest gain.
    pub total: Range<Money>,
    /// List, street, estimate, quote.
    pub kind: Option<PriceKind>,
    /// Date of the price.
    pub date: String,
    /// Grade, source and section of the price.
    pub origin: Origin,
    /// Grade of the weakest figure in the line, prices and quantities alike.
    pub weakest: Grade,
    /// What is missing for this line, if anything: the total is then "at least", and the
    /// amounts, where there are any, hold only what is known.
    pub missing: Option<String>,
}

/// Own against rent.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct RentComparison {
    /// Rent per accelerator-hour.
    pub rent: Range<HourlyPrice>,
    /// Owned cost per accelerator-hour of use.
    pub own: Range<HourlyPrice>,
    /// Utilisation at which owning costs as much as renting by the hour of use
    /// (low = optimistic for owning). `None` = not reached even at full use.
    pub break_even: Range<Option<f64>>,
    /// Grade, source and section of the rent.
    pub origin: Origin,
}

/// Cost of one stated piece of work.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct OutcomeCost {
    /// Workload's name.
    pub workload: String,
    /// Path of the workload in the design.
    pub subject: String,
    /// Accelerator-hours of one training run.
    pub accelerator_hours: Option<f64>,
    /// Cost of one training run.
    pub run: Option<Range<Money>>,
    /// Cost of a million output tokens.
    pub million_tokens: Option<Range<TokenPrice>>,
    /// The same at the compared rent.
    pub run_rented: Option<Range<Money>>,
    /// The same at the compared rent.
    pub million_tokens_rented: Option<Range<TokenPrice>>,
    /// Of a predicted service: what a request, what is read of it and what is answered cost.
    pub served: Option<ServedCost>,
    /// Of a predicted service: what words cost by language; none while the tokenizer is not measured.
    pub spoken: Vec<SpokenCost>,
    /// Why nothing is known of words.
    pub spoken_missing: Option<String>,
    /// What is missing.
    pub missing: Option<String>,
}

/// What the parts of a service's work cost at the design's own cost per hour of use, with the band
/// of the prediction.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct ServedCost {
    /// A request.
    pub request: Range<Money>,
    /// A million tokens of prompts that are read; what is cached costs no reading.
    pub million_read: Range<TokenPrice>,
    /// A million tokens of prompts that are found cached: looking back on them, without the memory that
    /// holds them; `None` where none are.
    pub million_cached: Option<Range<TokenPrice>>,
    /// A million tokens of answers, without what prompts take.
    pub million_answered: Range<TokenPrice>,
    /// The same requests bought by the token; `None` where no host's price of the model is known.
    pub bought: Option<BoughtTokens>,
}

/// Requests bought by the token, against the design.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct BoughtTokens {
    /// A request, from the cheapest host to the dearest.
    pub request: Range<Money>,
    /// Utilisation of the design from which on it is cheaper; `low` pairs its low cost with the
    /// dearest host. `None` = not even in full use.
    pub break_even: Range<Option<f64>>,
}

/// Cost of training in practice and over the life: at the design's own cost per hour of use,
/// at the compared rent, and at the mix of the plan.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct CampaignCost {
    /// Workload's name.
    pub workload: String,
    /// Path of the workload in the design.
    pub subject: String,
    /// The final run, at the mix.
    pub run: Option<Range<Money>>,
    /// The same, owned.
    pub run_owned: Option<Range<Money>>,
    /// The same, rented.
    pub run_rented: Option<Range<Money>>,
    /// One model with its experiments, failed runs, post-training and data, at the mix.
    pub model: Option<Range<Money>>,
    /// The same, owned.
    pub model_owned: Option<Range<Money>>,
    /// The same, rented.
    pub model_rented: Option<Range<Money>>,
    /// By year of use, at the mix, without data.
    pub years: Vec<Range<Money>>,
    /// All models of the life with their data, at the mix.
    pub lifetime: Option<Range<Money>>,
    /// The same, owned.
    pub lifetime_owned: Option<Range<Money>>,
    /// The same, rented.
    pub lifetime_rented: Option<Range<Money>>,
    /// Data of all models; nothing while none is stated.
    pub data: Money,
    /// What single changes are worth to one run.
    pub levers: Vec<LeverCost>,
    /// What is missing for the mix.
    pub missing: Option<String>,
}

/// What a change is worth to one run, at the middle of all figures.
#[derive(Debug, Clone, Copy, PartialEq, Write)]
pub struct LeverCost {
    /// The change.
    pub kind: LeverKind,
    /// Days by which the run ends sooner.
    pub days: f64,
    /// Money of the accelerator-hours saved.
    pub saves: Money,
    /// What the change costs for the time of the run.
    pub costs: Money,
}

/// A default that was used because the design leaves a field open.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct DefaultUsed {
    /// Path in the design.
    pub path: String,
    /// Value, for people.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// The cost of a design over its life.
#[derive(Debug, Clone, PartialEq, Default, Write)]
pub struct Costs {
    /// Currency code.
    pub currency: String,
    /// Life in years.
    pub years: u32,
    /// All lines, in a fixed order.
    pub lines: Vec<CostLine>,
    /// Purchase and installation.
    pub capex: Range<Money>,
    /// Sum of the yearly costs, undiscounted.
    pub opex: Range<Money>,
    /// Residual value at the end, undiscounted (a gain, positive), in the low-, middle and
    /// high-cost case: `low` is the largest. Zero while it is not known.
    pub residual: Range<Money>,
    /// Capex + opex - residual, undiscounted.
    pub tco: Range<Money>,
    /// The same, discounted to the purchase.
    pub npv: Range<Money>,
    /// Discount rate used; zero, and named in `unknowns`, while it is not known.
    pub discount: Ratio,
    /// Annualised (discounted) cost per hour of one installed accelerator at the stated
    /// utilisation.
    pub per_accelerator_hour: Option<Range<HourlyPrice>>,
    /// Provisioned IT power.
    pub provisioned: Watts,
    /// Mean IT power; zero, and named in `unknowns`, while it is not known.
    pub mean: Watts,
    /// Utilisation assumed; zero, and named in `unknowns`, while it is not known.
    pub utilisation: Ratio,
    /// Own against rent.
    pub rent: Option<RentComparison>,
    /// Cost of the stated work.
    pub outcomes: Vec<OutcomeCost>,
    /// Cost of training in practice and over the life.
    pub campaigns: Vec<CampaignCost>,
    /// Cost of services over the life, year by year.
    pub lifetimes: Vec<Lifetime>,
    /// Lines whose price or quantity is not known: the totals say "at least".
    pub missing: Vec<String>,
    /// Data that a figure beside the totals needs and that are not known: discount rate,
    /// utilisation, residual, rent. They make no total too small.
    pub unknowns: Vec<String>,
    /// Paths of quotes that no line takes: the design has lost what they were for.
    pub unused_quotes: Vec<String>,
    /// Share of the mid total (capex and opex) that rests on estimates or memory.
    pub soft_share: Ratio,
    /// Defaults used.
    pub defaults: Vec<DefaultUsed>,
}

impl Costs {
    /// Whether the totals are lower bounds, because a price or a quantity is not known.
    pub fn at_least(&self) -> bool {
        !self.missing.is_empty()
    }
}

/// One line of the difference of two designs' costs.
#[derive(Debug, Clone, PartialEq, Write)]
pub struct Difference {
    /// Path of the line.
    pub path: String,
    /// What it is.
    pub label: String,
    /// Amount by which the second design costs more (mid, undiscounted).
    pub amount: Money,
    /// Share of the whole difference; all shares sum to 1 (0 if the totals are equal).
    pub share: f64,
    /// What is missing for the line in either design: the amount is then not the whole one.
    pub missing: Option<String>,
}
