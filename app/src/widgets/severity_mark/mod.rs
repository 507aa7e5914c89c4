//! The mark of a finding: a shape and a word, never colour alone.

use crate::ui::*;
use plumbline_engine::check::{Finding, Severity, Status};

/// What a mark stands for, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It cannot work.
    Blocker,
    /// It departs from the reference.
    Deviation,
    /// Worth knowing.
    Advice,
    /// A datum is missing.
    Unknown,
    /// Accepted with a reason.
    Waived,
    /// It holds.
    Pass,
}

impl Mark {
    /// The mark of a finding; `None` where it does not apply.
    pub fn of(finding: &Finding) -> Option<Self> {
        Some(match (finding.status, finding.severity) {
            (Status::Fail, Severity::Blocker) => Mark::Blocker,
            (Status::Fail, Severity::Deviation) => Mark::Deviation,
            (Status::Fail, Severity::Advice) => Mark::Advice,
            (Status::Unknown, _) => Mark::Unknown,
            (Status::Waived, _) => Mark::Waived,
            (Status::Pass, _) => Mark::Pass,
            (Status::NotApplicable, _) => return None,
        })
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Blocker => "blocker",
            Mark::Deviation => "deviation",
            Mark::Advice => "advice",
            Mark::Unknown => "unknown",
            Mark::Waived => "waived",
            Mark::Pass => "holds",
        }
    }

    /// The word for so many of it.
    pub fn words(self, count: usize) -> &'static str {
        match self {
            Mark::Blocker if count != 1 => "blockers",
            Mark::Deviation if count != 1 => "deviations",
            other => other.word(),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Mark::Blocker => "mark mark-blocker",
            Mark::Deviation => "mark mark-deviation",
            Mark::Advice => "mark mark-advice",
            Mark::Unknown => "mark mark-unknown",
            Mark::Waived => "mark mark-waived",
            Mark::Pass => "mark mark-pass",
        }
    }

    /// On a grid of 12: disc, triangle, ring, question mark, struck ring, tick.
    fn shape(self) -> &'static str {
        match self {
            Mark::Blocker => "M6 1a5 5 0 1 0 0 10A5 5 0 1 0 6 1z",
            Mark::Deviation => "M6 1 11.5 11H.5z",
            Mark::Advice => "M6 2a4 4 0 1 0 0 8A4 4 0 1 0 6 2z",
            Mark::Unknown => "M3.5 4a2.5 2.5 0 1 1 3.6 2.3C6.2 6.8 6 7.2 6 8M6 10v1",
            Mark::Waived => "M6 2a4 4 0 1 0 0 8A4 4 0 1 0 6 2zM3 9l6-6",
            Mark::Pass => "M1.5 6.5 4.5 9.5 10.5 2.5",
        }
    }
}

/// The shape with its word for those who do not see it.
pub fn mark(mark: Mark) -> AnyView {
    mark_with(mark, mark.word())
}

/// The shape with other hidden words; none where the words stand beside it.
pub fn mark_with(mark: Mark, words: &'static str) -> AnyView {
    view! {
        <svg class=mark.class() viewBox="0 0 12 12" aria-hidden="true"><path d=mark.shape() /></svg>
        <span class="visually-hidden">{words}</span>
    }
    .into_any()
}
