//! After how many tokens a distilled model has paid for its making.

use super::types::Costs;
use crate::catalogue::Range;
use crate::design::{Design, WorkloadClass};
use crate::predict::inference::Lever;
use crate::quantity::{Money, TokenPrice, Tokens};

/// What making a distilled model costs: as the plan of the service at this place states, data and
/// training; else the first fine-tuning of the design as it is predicted, without data. `None` where
/// there is neither.
pub fn distilling(design: &Design, costs: &Costs, at: usize) -> Option<Range<Money>> {
    let stated = design.workloads.get(at)?.serving.easy.distillation;
    if let Some(stated) = stated {
        return Some(Range::exactly(stated));
    }
    let tuned = |workload: &&crate::design::Workload| workload.class == WorkloadClass::FineTuning;
    let runs = design.workloads.iter().zip(&costs.outcomes);
    let mut runs = runs.filter(|(workload, _)| tuned(workload));
    runs.find_map(|(_, outcome)| outcome.run)
}

/// Output tokens after which a model that yields so many times more has paid for its making; `None`
/// where it saves nothing.
pub fn break_even(
    lever: &Lever,
    price: Range<TokenPrice>,
    making: Range<Money>,
) -> Option<Range<Tokens>> {
    let saved = 1.0 - 1.0 / lever.yields;
    let tokens = |making: Money, price: TokenPrice| {
        let millions = making.get() / (price.get() * saved);
        (saved > 0.0 && millions.is_finite()).then(|| Tokens::new(millions * MILLION))
    };
    Some(Range {
        low: tokens(making.low, price.high)?,
        mid: tokens(making.mid, price.mid)?,
        high: tokens(making.high, price.low)?,
    })
}

const MILLION: f64 = 1e6;
