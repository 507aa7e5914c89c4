//! Findings as SARIF 2.1.0, for code-scanning tools.

use super::Checked;
use super::check::word;
use crate::check::{Severity, Status};
use serde_json::{Value, json};

/// A SARIF log with one run. `file` is the design's file, as the location of every result;
/// the path in the design is the logical location.
pub fn check_sarif(checked: &Checked<'_>, file: &str) -> Value {
    let mut rules: Vec<(String, Value)> = Vec::new();
    let mut results = Vec::new();
    for (finding, fixes) in checked.rows() {
        if finding.status == Status::NotApplicable {
            continue;
        }
        if !rules.iter().any(|(id, _)| *id == finding.id) {
            let rule = json!({
                "id": finding.id,
                "shortDescription": { "text": finding.statement },
                "help": { "text": checked.citation(finding) },
                "defaultConfiguration": { "level": level(finding.severity) },
            });
            rules.push((finding.id.clone(), rule));
        }
        let (kind, level) = match finding.status {
            Status::Fail | Status::Waived => ("fail", level(finding.severity)),
            Status::Unknown => ("open", "none"),
            _ => ("pass", "none"),
        };
        let mut result = json!({
            "ruleId": finding.id,
            "kind": kind,
            "level": level,
            "message": { "text": format!("{}: {}", finding.statement, finding.message) },
            "locations": [{
                "physicalLocation": { "artifactLocation": { "uri": file } },
                "logicalLocations": [{ "fullyQualifiedName": finding.subject }],
            }],
            "properties": {
                "outcome": word(finding),
                "fixes": fixes.iter().map(|p| p.fix.title.as_str()).collect::<Vec<_>>(),
            },
        });
        if let Some(waiver) = &finding.waiver {
            result["suppressions"] = json!([{
                "kind": "external", "status": "accepted",
                "justification": format!("{}: {}", waiver.date, waiver.reason),
            }]);
        }
        results.push(result);
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "plumbline",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(|(_, rule)| rule).collect::<Vec<_>>(),
            }},
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocker => "error",
        Severity::Deviation => "warning",
        Severity::Advice => "note",
    }
}
