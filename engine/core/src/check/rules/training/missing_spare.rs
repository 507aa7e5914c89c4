use super::outlooks;
use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::FactUnit;
use crate::design::{Edit, Workload};
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// As many nodes stand by as are out of service at once, nearly always: whole racks where a
    /// rack is one scale-up domain and the job takes all that it needs of it.
    /// ## Why it matters
    /// A job of fixed size waits for a repair when nothing stands by, and one that shrinks loses
    /// a whole domain for one tray.
    /// ## Evidence
    /// Interruptions per accelerator and day as Llama 3 405B and two research clusters saw them,
    /// the share of them that needs a repair, and its time; units out at once are taken to be
    /// independent. Practice keeps 5 to 10 % of the nodes, BLOOM 4 of 52.
    /// ## Example
    /// Of 2,048 nodes of 8 at 3.79 faults per 1,000 node-days, 37 % to be repaired in 3 days, 8.6
    /// are out on average: 16 spares are short in less than 1 % of the time.
    /// ## How to fix
    /// Let the job leave nodes free, or of each rack use the segment that leaves spare trays.
    /// ## Limits
    /// Speaks of a job whose size or spares are stated, or which stops while it lacks a node: that
    /// a job takes all accelerators is a default that nobody chose. Rates of racks of NVL72 in the field are known from one compilation only. Faults that come
    /// together (a power feed, a batch of parts) need more.
    pub struct MissingSpare;
    "TRN013" "missing_spare" Advice "as many nodes stand by as are out at once"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let chosen = |workload: &Workload| {
        let plan = &workload.plan.reliability;
        workload.accelerators.is_some() || plan.spares.is_some() || plan.rigid
    };
    let outcomes =
        outlooks(on).filter(|(_, workload, outlook)| chosen(workload) && outlook.crew.units > 0);
    let outcomes = outcomes.map(|(place, workload, outlook)| {
        let (crew, spares) = (outlook.crew, outlook.spares);
        let nodes = |units: u64| units * spares.unit_nodes;
        let (found, required) = (nodes(spares.spares), nodes(spares.enough));
        let reliability = format!("{place}.plan.reliability.spares");
        let subject = match workload.accelerators {
            Some(_) => format!("{place}.accelerators"),
            None => reliability.clone(),
        };
        let outcome = Outcome::compared(
            subject.clone(),
            FactUnit::Count,
            Scalar::Int(found),
            "nodes that stand by: at least",
            Scalar::Int(required),
            found >= required,
        );
        let lacking = spares.enough.saturating_sub(spares.spares);
        match workload.accelerators {
            None => outcome.with_fix(
                format!("keep {required} nodes"),
                vec![Edit::set(reliability, required)],
            ),
            Some(asked) => {
                let fewer = lacking * crew.used * crew.node;
                let left = u64::from(asked).saturating_sub(fewer);
                outcome.with_fix(
                    format!("train on {left} accelerators"),
                    vec![Edit::set(subject, left), Edit::set(reliability, required)],
                )
            }
        }
    });
    outcomes.collect()
}
