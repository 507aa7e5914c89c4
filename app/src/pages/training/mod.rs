//! What training on the design takes: the step and where its time and memory go, the layout, the
//! run in practice, and its money. One workload at a time.

mod answer;
mod fields;
mod layouts;
mod models;
mod money;
mod networks;
pub(super) mod parts;
mod practice;
mod remarks;
mod scaling;
pub(super) mod words;

pub use fields::plan_fields;
pub use models::own_models;

use super::chosen::Chosen;
use crate::state::{Page, Section, Workbench, use_workbench};
use crate::ui::*;
use plumbline_engine::cost::CampaignCost;
use plumbline_engine::design::WorkloadClass;
use plumbline_engine::predict::Prediction;
use plumbline_engine::predict::run::Outlook;
use plumbline_engine::predict::training::Forecast;
use std::sync::Arc;

/// The workload that is looked at, and what follows for it.
#[derive(Clone, Copy)]
struct Shown {
    workbench: Workbench,
    /// Its index in the design; `None` = there is none to train.
    at: Memo<Option<usize>>,
    prediction: Memo<Option<Arc<Prediction>>>,
    cost: Memo<Option<Arc<CampaignCost>>>,
}

impl Shown {
    /// Looks at the forecast, where there is one; followed.
    fn forecast<T>(&self, look: impl FnOnce(&Forecast) -> T) -> Option<T> {
        self.prediction
            .with(|prediction| prediction.as_ref()?.forecast.as_ref().map(look))
    }

    /// Looks at the run in practice, where there is one; followed.
    fn outlook<T>(&self, look: impl FnOnce(&Outlook) -> T) -> Option<T> {
        self.prediction
            .with(|prediction| prediction.as_ref()?.outlook.as_ref().map(look))
    }

    /// A section that is there while there is a forecast; it is made once and follows the rest.
    fn with_forecast(self, section: fn(Shown) -> AnyView) -> AnyView {
        let known = Memo::new(move |_| self.forecast(|_| ()).is_some());
        (move || known.get().then(|| section(self))).into_any()
    }

    /// The same for the run in practice.
    fn with_outlook(self, section: fn(Shown) -> AnyView) -> AnyView {
        let known = Memo::new(move |_| self.outlook(|_| ()).is_some());
        (move || known.get().then(|| section(self))).into_any()
    }
}

/// The page.
pub fn page() -> AnyView {
    let workbench = use_workbench();
    let chosen = Chosen::of(workbench, |class| class != WorkloadClass::Inference);
    let at = chosen.at;
    let assessment = workbench.assessment();
    let subject = Memo::new(move |_| chosen.subject());
    let shown = Shown {
        workbench,
        at,
        prediction: Memo::new(move |_| {
            let subject = subject.get()?;
            assessment.with(|a| {
                let found = a
                    .predictions
                    .workloads
                    .iter()
                    .find(|p| p.subject == subject);
                found.cloned().map(Arc::new)
            })
        }),
        cost: Memo::new(move |_| {
            let subject = subject.get()?;
            assessment.with(|a| {
                let found = a.costs.campaigns.iter().find(|c| c.subject == subject);
                found.cloned().map(Arc::new)
            })
        }),
    };
    let body = move || match at.get() {
        None => nothing(),
        Some(_) => view! {
            {fields::inputs(shown)}
            {answer::answer(shown)}
            {remarks::remarks(shown)}
            {shown.with_forecast(parts::time)}
            {shown.with_forecast(parts::memory)}
            {shown.with_forecast(layouts::layouts)}
            {shown.with_forecast(scaling::scaling)}
            {shown.with_forecast(networks::networks)}
            {shown.with_outlook(practice::practice)}
            {shown.with_outlook(money::money)}
        }
        .into_any(),
    };
    view! {
        <div class="page-training">
            <h1>"Training"</h1>
            {chosen.chooser()}
            {body}
        </div>
    }
    .into_any()
}

fn nothing() -> AnyView {
    let place = Page::Design(Section::Workload).fragment();
    view! {
        <p class="empty">
            "Nothing is trained on this design yet. Add pre-training or fine-tuning in "
            <a href=place>"Workload"</a>
            ": its model and its tokens are enough for a prediction."
        </p>
    }
    .into_any()
}
