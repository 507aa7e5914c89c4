use crate::check::rule::rule;
use crate::check::{On, Outcome, Status};
use crate::design::Edit;
use crate::written::quoted;

rule! {
    /// ## What it checks
    /// Every override names a part and a field that exist, with a value that fits the field.
    /// ## Why it matters
    /// An override that is ignored in silence makes every figure after it wrong.
    /// ## Evidence
    /// Kinds of parts in the catalogue.
    /// ## Example
    /// `overrides.qm9700.port` where the field is called `ports`.
    /// ## How to fix
    /// Correct the name, or remove the override.
    /// ## Limits
    /// Does not judge whether the value is plausible.
    pub struct UnfitOverride;
    "DAT003" "unfit_override" Blocker "every override fits a part's field"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let faults = on.derived.parts.faults.iter();
    faults
        .map(|fault| {
            let nearest = fault
                .nearest
                .as_ref()
                .map(|n| format!("; nearest: {}", quoted(n)))
                .unwrap_or_default();
            Outcome::new(
                Status::Fail,
                fault.path.clone(),
                format!("found {}{nearest}", fault.message),
            )
            .with_fix(
                "remove the override",
                vec![Edit::Remove {
                    path: fault.path.clone(),
                }],
            )
        })
        .collect()
}
