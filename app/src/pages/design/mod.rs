//! The editor of the design, one section at a time.

mod compute;
mod economics;
mod fabrics;
pub(crate) mod layout;
mod orchestration;
mod resize;
mod site;
mod storage;
pub(crate) mod workload;

use crate::state::Section;
use crate::ui::*;

/// The editor of a section.
pub fn page(section: Section) -> AnyView {
    let body = match section {
        Section::Workload => workload::editor(),
        Section::Compute => compute::editor(),
        Section::Fabrics => fabrics::editor(),
        Section::Storage => storage::editor(),
        Section::Orchestration => orchestration::editor(),
        Section::Site => site::editor(),
        Section::Economics => economics::editor(),
    };
    view! {
        <header class="page-head">
            <h1 tabindex="-1">{section.label()}</h1>
            {layout::claimed()}
        </header>
        {layout::findings_here(section)}
        {body}
    }
    .into_any()
}
