//! Data, or code, on its way: that it is, or that it did not arrive, why, and the way to try again.

use crate::state::{Needs, Stage, use_workbench};
use crate::ui::*;

/// Says how far this is on its way; nothing while it was not asked for, or is here.
pub fn waiting(needs: Memo<Needs>) -> AnyView {
    let supply = use_workbench().supply;
    let stage = Memo::new(move |_| needs.with(|needs| supply.stage(needs)));
    let again = move |_| needs.with_untracked(|needs| supply.retry(needs));
    let code = move || needs.with(Needs::lacks_code_alone);
    let coming = move || match stage.get() {
        Stage::Coming if code() => "Loading…",
        Stage::Coming => "Loading the data…",
        _ => "",
    };
    let failed = move || {
        let Stage::Failed(reason) = stage.get() else {
            return None;
        };
        let title = match code() {
            true => "This part of Plumbline could not be loaded",
            false => "The data could not be loaded",
        };
        let reason = [
            "Why: ",
            &reason,
            ". Your designs are kept as they are. Check the connection and try again.",
        ];
        Some(view! {
            <div class="notice" role="alert">
                <p><strong>{title}</strong></p>
                <p>{reason.concat()}</p>
                <p class="actions"><button type="button" class="primary" on:click=again>"Try again"</button></p>
            </div>
        })
    };
    view! {
        <p class="muted waiting" role="status">{coming}</p>
        {failed}
    }
    .into_any()
}
