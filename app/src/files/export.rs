//! Files out.

use crate::charts::csv;
use crate::shell::dom;
use crate::state::Workbench;
use crate::widgets::part_name;
use plumbline_engine::load::{Format, design_to_json, design_to_ron};

/// Saves the design that is edited; changes are counted from there on.
pub fn save(workbench: Workbench, format: Format) {
    let design = workbench.design().get_untracked();
    let (text, ending, kind) = match format {
        Format::Ron => (design_to_ron(&design), ".ron", "text/plain"),
        Format::Json => (design_to_json(&design), ".json", "application/json"),
    };
    let name = [file_name(&design.name), ending.into()].concat();
    if dom::download(&name, kind, &text).is_ok() {
        workbench.mark_saved();
        workbench.announce(&["saved ", &name].concat());
    }
}

/// Saves the bill of materials, unformatted, for spreadsheets.
pub fn export_bill(workbench: Workbench) {
    let head = ["group", "purpose", "part", "name", "count", "subject"]
        .map(str::to_owned)
        .to_vec();
    let lines = workbench.assessment().with_untracked(|assessment| {
        let lines = assessment.bill.iter().map(|line| {
            vec![
                line.group.to_owned(),
                line.purpose.clone(),
                line.part.clone(),
                part_name(&line.part),
                line.count
                    .map_or("unknown".into(), |count| count.to_string()),
                line.subject.clone(),
            ]
        });
        std::iter::once(head).chain(lines).collect::<Vec<_>>()
    });
    let name = workbench
        .design()
        .with_untracked(|design| [&file_name(&design.name), "-bom.csv"].concat());
    let _ = dom::download(&name, "text/csv", &csv(lines));
}

/// A design's name as every file system takes it: letters of ASCII, digits and dashes.
fn file_name(name: &str) -> String {
    let safe = name.chars().map(|c| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    });
    let mut file: String = safe.take(60).collect();
    while file.contains("--") {
        file = file.replace("--", "-");
    }
    let file = file.trim_matches('-');
    if file.is_empty() {
        "design".into()
    } else {
        file.into()
    }
}
