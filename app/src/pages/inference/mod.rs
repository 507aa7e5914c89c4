//! A model served on the design: what it yields within limits of latency, how latency grows with
//! the load, the layout, and the memory. One workload at a time.

mod across;
mod answer;
mod budgets;
mod contents;
mod energy;
mod evidence;
mod fields;
mod fleet;
mod front;
mod layouts;
mod levers;
mod lifetime;
mod load;
mod memory;
mod missing;
mod played;
mod price;
mod remarks;
mod roofline;
mod sized_for;
mod sizing;
mod technique_fields;
mod together;
mod units;
mod words;

pub use fields::serving_fields;

use super::chosen::Chosen;
use crate::state::{Page, Section, Workbench, use_workbench};
use crate::ui::*;
use across::Others;
use plumbline_engine::design::{Edit, ServingPlan, WorkloadClass};
use plumbline_engine::predict::Prediction;
use plumbline_engine::predict::inference::{Service, Sizing};
use serde_json::json;
use std::sync::Arc;

/// The workload that is looked at, and what follows for it.
#[derive(Clone, Copy)]
struct Shown {
    workbench: Workbench,
    /// Its index in the design; `None` = there is none to serve.
    at: Memo<Option<usize>>,
    prediction: Memo<Option<Arc<Prediction>>>,
    /// The service on other accelerators, once it is found.
    others: RwSignal<Option<Arc<Others>>>,
}

impl Shown {
    /// Looks at the service, where there is one; followed.
    fn service<T>(&self, look: impl FnOnce(&Service) -> T) -> Option<T> {
        self.prediction
            .with(|prediction| prediction.as_ref()?.service.as_ref().map(look))
    }

    /// Looks at the sizing, where there is one; followed.
    fn sizing<T>(&self, look: impl FnOnce(&Sizing) -> T) -> Option<T> {
        self.prediction
            .with(|prediction| prediction.as_ref()?.sizing.as_ref().map(look))
    }

    /// Looks at the service and at the plan that it follows from; followed.
    fn planned<T>(&self, look: impl FnOnce(&Service, &ServingPlan) -> T) -> Option<T> {
        let plan = self.workbench.design().with(|design| {
            let workload = design.workloads.get(self.at.get()?)?;
            Some(workload.serving.clone())
        })?;
        self.service(|service| look(service, &plan))
    }

    /// A section that is there while there is a service; it is made once and follows the rest.
    fn with_service(self, section: fn(Shown) -> AnyView) -> AnyView {
        let known = Memo::new(move |_| self.service(|_| ()).is_some());
        (move || known.get().then(|| section(self))).into_any()
    }
}

/// The page.
pub fn page() -> AnyView {
    let workbench = use_workbench();
    let chosen = Chosen::of(workbench, |class| class == WorkloadClass::Inference);
    let assessment = workbench.assessment();
    let shown = Shown {
        workbench,
        at: chosen.at,
        prediction: Memo::new(move |_| {
            let subject = chosen.subject()?;
            assessment.with(|a| {
                let mut all = a.predictions.workloads.iter();
                let found = all.find(|p| p.subject == subject);
                found.cloned().map(Arc::new)
            })
        }),
        others: RwSignal::new(None),
    };
    across::follow(shown);
    let body = move || match shown.at.get() {
        None => nothing(workbench),
        Some(_) => view! {
            {fields::inputs(shown)}
            {answer::answer(shown)}
            {shown.with_service(contents::contents)}
            {remarks::remarks(shown)}
            {units::units(shown)}
            {units::prefixes(shown)}
            {shown.with_service(front::front)}
            {shown.with_service(sizing::sizing)}
            {fleet::fleet(shown)}
            {shown.with_service(load::load)}
            {shown.with_service(roofline::roofline)}
            {shown.with_service(memory::memory)}
            {shown.with_service(layouts::layouts)}
            {shown.with_service(energy::energy)}
            {shown.with_service(price::price)}
            {shown.with_service(lifetime::lifetime)}
            {shown.with_service(lifetime::languages)}
            {shown.with_service(levers::levers)}
            {shown.with_service(across::across)}
            {played::played(shown)}
        }
        .into_any(),
    };
    view! {
        <div class="page-inference">
            <h1>"Inference"</h1>
            {chosen.chooser()}
            {body}
        </div>
    }
    .into_any()
}

fn nothing(workbench: Workbench) -> AnyView {
    let place = Page::Design(Section::Workload).fragment();
    let add = move |_| {
        let at = workbench
            .design()
            .with_untracked(|design| design.workloads.len());
        let edits = vec![Edit::Insert {
            path: format!("workloads[{at}]"),
            value: json!({"name": "Inference", "class": "Inference"}),
        }];
        if let Err(error) = workbench.edit("add workload", edits, false) {
            workbench.announce(&error.to_string());
        }
    };
    view! {
        <div class="empty">
            <p>
                "Nothing is served on this design yet. Add inference here, or make one of the runs in "
                <a href=place>"Workload"</a>
                " inference: its model and the traffic are enough for a prediction."
            </p>
            <p class="actions"><button type="button" class="primary" on:click=add>"Add inference"</button></p>
        </div>
    }
    .into_any()
}
