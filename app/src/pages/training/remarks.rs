//! What was assumed and what no measurement covers: always in sight.

use super::Shown;
use super::words::{layout, sentence};
use crate::pages::predicted::rests_on;
use crate::ui::*;
use plumbline_engine::predict::Prediction;

/// The list.
pub(super) fn remarks(shown: Shown) -> AnyView {
    let remarks = Memo::new(move |_| {
        shown
            .prediction
            .with(|prediction| prediction.as_deref().map(of).unwrap_or_default())
    });
    rests_on(remarks)
}

fn of(prediction: &Prediction) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(forecast) = &prediction.forecast {
        all.extend(forecast.remarks.iter().map(|remark| sentence(remark)));
        all.push(["The layout: ", &layout(&forecast.layout), "."].concat());
        if prediction
            .accelerators
            .is_some_and(|all| all > u64::from(forecast.accelerators))
        {
            all.push("Some accelerators stand by or do not fit into the layout; they are kept for the run and paid.".into());
        }
    }
    if let Some(outlook) = &prediction.outlook {
        if outlook.batch.assumed {
            all.push("The critical batch of the run is taken, as the plan states none.".into());
        }
        if let Some(draw) = &outlook.draw
            && !draw.measured
        {
            all.push("No measured power is known of such work on this node; energy is a share of its rating.".into());
        }
        all.extend(
            outlook
                .missing
                .as_ref()
                .map(|missing| ["Missing: ", missing, "."].concat()),
        );
    }
    let beside = prediction.outlook_missing.iter();
    all.extend(beside.map(|missing| ["No days: ", missing, " is missing."].concat()));
    all
}
