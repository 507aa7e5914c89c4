//! Findings as JSON, text and Markdown.

use super::SCHEMA;
use crate::assess::PricedFix;
use crate::check::{Finding, Severity, Status, rule_by_code, summary};
use crate::reference::World;
use crate::written::tree;
use serde_json::{Value, json};

/// A checked design, with the fixes of its failing findings.
pub struct Checked<'a> {
    /// Name of the design.
    pub design: &'a str,
    /// Ids of the references it was checked against.
    pub against: Vec<String>,
    /// All findings, in order.
    pub findings: &'a [Finding],
    /// Proven fixes of each finding, in the same order; empty where it does not fail.
    pub fixes: &'a [Vec<PricedFix>],
    /// The world, for the sources.
    pub world: &'a World,
}

impl Checked<'_> {
    /// Findings with their fixes.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&Finding, &[PricedFix])> {
        let none: &[PricedFix] = &[];
        self.findings
            .iter()
            .enumerate()
            .map(move |(at, finding)| (finding, self.fixes.get(at).map_or(none, Vec::as_slice)))
    }

    /// Title and section of a finding's source.
    pub(super) fn citation(&self, finding: &Finding) -> String {
        let origin = &finding.origin;
        let title = self.world.source(&origin.source);
        let title = title.map(|source| source.title.as_str());
        match title {
            Some(title) => format!("{title}, {} ({})", origin.section, origin.grade),
            None => origin.section.clone(),
        }
    }
}

impl Checked<'_> {
    /// Why it matters: the requirement's own reason, or that part of the rule's page.
    fn explanation(&self, finding: &Finding) -> String {
        let reference = self.world.references.get(&finding.reference);
        let requirement =
            reference.and_then(|r| r.requirements.iter().find(|q| q.id == finding.id));
        if let Some(requirement) = requirement {
            return requirement.why.clone();
        }
        let page = rule_by_code(&finding.id).map_or("", |rule| rule.meta().page);
        let why = page
            .split("## ")
            .find_map(|part| part.trim_start().strip_prefix("Why it matters"));
        why.unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The word for a finding's outcome: its severity where it fails, else its status.
pub(super) fn word(finding: &Finding) -> String {
    match finding.status {
        Status::Fail => finding.severity.to_string(),
        status => status.to_string(),
    }
}

/// Findings as JSON.
pub fn check_json(checked: &Checked<'_>) -> Value {
    let findings: Vec<Value> = checked
        .rows()
        .map(|(f, fixes)| {
            json!({
                "id": f.id, "also": f.also, "reference": f.reference,
                "severity": if f.status == Status::Unknown { json!("unknown") } else { tree(&f.severity) },
                "status": tree(&f.status), "subject": f.subject, "statement": f.statement,
                "found": tree(&f.found), "required": tree(&f.required), "unit": f.unit, "message": f.message,
                "source": f.origin.source, "section": f.origin.section, "grade": f.origin.grade.to_string(),
                "missing": f.missing, "explanation": checked.explanation(f),
                "cost_delta": fixes.first().and_then(|p| p.cost).map(|m| m.get()),
                "fixes": fixes.iter().map(|p| json!({
                    "title": p.fix.title, "edits": tree(&p.fix.edits),
                    "cost": p.cost.map(|m| m.get()), "capex": p.capex.map(|m| m.get()),
                })).collect::<Vec<_>>(),
                "waiver": tree(&f.waiver),
            })
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "design": checked.design,
        "against": checked.against,
        "summary": tree(&summary(checked.findings)),
        "findings": findings,
    })
}

/// Findings as text: what fails first; what holds only as a number.
pub fn check_text(checked: &Checked<'_>) -> String {
    let total = summary(checked.findings);
    let mut out = format!(
        "{} against {}\n",
        checked.design,
        checked.against.join(", ")
    );
    out += &format!(
        "{} blockers, {} deviations, {} advice, {} unknown, {} waived, {} passed\n",
        total.blocker, total.deviation, total.advice, total.unknown, total.waived, total.pass
    );
    for (finding, fixes) in checked.rows() {
        if matches!(finding.status, Status::Pass | Status::NotApplicable) {
            continue;
        }
        let ids = std::iter::once(&finding.id)
            .chain(&finding.also)
            .cloned()
            .collect::<Vec<_>>()
            .join(" ");
        out += &format!("\n{:<9} {ids}  {}\n", word(finding), finding.statement);
        out += &format!("  at      {}\n  {}\n", finding.subject, finding.message);
        out += &format!("  source  {}\n", checked.citation(finding));
        if let Some(waiver) = &finding.waiver {
            out += &format!("  waived  {}: {}\n", waiver.date, waiver.reason);
        }
        for fix in fixes {
            let cost = fix
                .cost
                .map(|m| format!(" ({:+.0} over the life)", m.get()))
                .unwrap_or_default();
            out += &format!("  fix     {}{cost}\n", fix.fix.title);
        }
    }
    out
}

/// Findings as Markdown, for a pull request or a wiki.
pub fn check_markdown(checked: &Checked<'_>) -> String {
    let total = summary(checked.findings);
    let mut out = format!(
        "# {}\n\nChecked against {}.\n\n",
        escape(checked.design),
        checked.against.join(", ")
    );
    out += "| blockers | deviations | advice | unknown | waived | passed |\n|---|---|---|---|---|---|\n";
    out += &format!(
        "| {} | {} | {} | {} | {} | {} |\n",
        total.blocker, total.deviation, total.advice, total.unknown, total.waived, total.pass
    );
    out += "\n| | id | statement | subject | found and required | source |\n|---|---|---|---|---|---|\n";
    for (finding, _) in checked.rows() {
        let passed = matches!(finding.status, Status::Pass | Status::NotApplicable);
        if passed && finding.severity != Severity::Blocker {
            continue;
        }
        out += &format!(
            "| {} | {} | {} | `{}` | {} | {} |\n",
            word(finding),
            finding.id,
            escape(&finding.statement),
            finding.subject,
            escape(&finding.message),
            escape(&checked.citation(finding)),
        );
    }
    out
}

/// User text and messages must not break a table.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace(['\n', '\r'], " ")
        .replace('<', "&lt;")
}
