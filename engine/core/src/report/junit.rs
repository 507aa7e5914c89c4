//! Findings as JUnit XML, for pipelines that show test results.

use super::Checked;
use super::check::word;
use crate::check::{Severity, Status};

/// One test case per finding. A finding at or above `fail_on` is a failure; waived, unknown
/// and not applicable ones are skipped with their reason.
pub fn check_junit(checked: &Checked<'_>, fail_on: Severity) -> String {
    let mut cases = String::new();
    let (mut failures, mut skipped, mut count) = (0, 0, 0);
    for (finding, _) in checked.rows() {
        count += 1;
        let name = format!("{} {}", finding.id, finding.subject);
        cases += &format!(
            "    <testcase classname=\"{}\" name=\"{}\"",
            xml(&finding.reference),
            xml(&name)
        );
        let body = format!("{} Source: {}", finding.message, checked.citation(finding));
        match finding.status {
            Status::Fail if finding.severity <= fail_on => {
                failures += 1;
                cases += &format!(
                    "><failure type=\"{}\" message=\"{}\">{}</failure></testcase>\n",
                    word(finding),
                    xml(&finding.statement),
                    xml(&body)
                );
            }
            Status::Waived | Status::Unknown | Status::NotApplicable => {
                skipped += 1;
                let reason = finding
                    .waiver
                    .as_ref()
                    .map_or(&finding.message, |waiver| &waiver.reason);
                cases += &format!(
                    "><skipped message=\"{}: {}\"/></testcase>\n",
                    word(finding),
                    xml(reason)
                );
            }
            _ => cases += "/>\n",
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"{}\" tests=\"{count}\" failures=\"{failures}\" skipped=\"{skipped}\">\n{cases}  </testsuite>\n</testsuites>\n",
        xml(checked.design)
    )
}

/// Escapes markup and drops the control characters that XML 1.0 does not allow.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\n' | '\t' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
