//! Which findings are shown.

use crate::state::{Section, entries, world};
use crate::ui::*;
use crate::widgets::filter_choice;
use plumbline_engine::catalogue::PartName;
use plumbline_engine::check::{Finding, Severity, Status};
use plumbline_engine::sourced::Origin;
use std::sync::Arc;

/// What a finding must be to be shown; an empty choice takes all.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    severity: RwSignal<Option<Severity>>,
    status: RwSignal<Option<Status>>,
    section: RwSignal<Option<Section>>,
    reference: RwSignal<Option<String>>,
    words: RwSignal<String>,
    /// To find the section of an override, which is that of its part.
    parts: StoredValue<Arc<Vec<PartName>>>,
}

/// Names of the rules without a reference, in the choice of references.
const RULES: &str = "rules";

impl Filter {
    pub fn new() -> Self {
        Self {
            severity: RwSignal::new(None),
            status: RwSignal::new(None),
            section: RwSignal::new(None),
            reference: RwSignal::new(None),
            words: RwSignal::new(String::new()),
            parts: StoredValue::new(Arc::new(world().catalogue.list())),
        }
    }

    /// Whether a finding is shown.
    pub fn takes(&self, finding: &Finding) -> bool {
        let reference = |wanted: &str| match wanted {
            RULES => finding.reference.is_empty(),
            id => finding.reference == id,
        };
        self.severity
            .get()
            .is_none_or(|severity| finding.severity == severity)
            && self
                .status
                .get()
                .is_none_or(|status| finding.status == status)
            && self
                .section
                .get()
                .is_none_or(|section| self.section_of(finding) == section)
            && self
                .reference
                .with(|wanted| wanted.as_deref().is_none_or(reference))
            && self.words.with(|words| holds_all(finding, words))
    }

    /// Whether findings of a status were asked for by name.
    pub fn asks_for(&self, status: Status) -> bool {
        self.status.get() == Some(status)
    }

    fn section_of(&self, finding: &Finding) -> Section {
        self.parts
            .with_value(|parts| Section::of_path(&finding.subject, parts))
    }

    /// The controls.
    pub fn view(self) -> AnyView {
        let severities = [Severity::Blocker, Severity::Deviation, Severity::Advice];
        let severities = severities
            .map(|severity| (severity.to_string(), severity))
            .to_vec();
        let statuses = [
            Status::Fail,
            Status::Unknown,
            Status::Waived,
            Status::Pass,
            Status::NotApplicable,
        ];
        let words = [
            "does not hold",
            "unknown",
            "waived",
            "holds",
            "does not apply",
        ]
        .map(str::to_owned);
        let statuses = words.into_iter().zip(statuses).collect();
        let sections = Section::ALL
            .map(|section| (section.label().to_owned(), section))
            .to_vec();
        let references = entries().map(|reference| (reference.title.clone(), reference.id.clone()));
        let references = std::iter::once(("rules alone".to_owned(), RULES.to_owned()))
            .chain(references)
            .collect();
        view! {
            <form class="findings-filter" role="search" aria-label="Filter findings" on:submit=|event| event.prevent_default()>
                <label class="findings-words">
                    <span>"Words"</span>
                    <input
                        type="search"
                        autocomplete="off"
                        prop:value=move || self.words.get()
                        on:input:target=move |event| self.words.set(event.target().value())
                    />
                </label>
                {filter_choice("Severity", severities, self.severity)}
                {filter_choice("Status", statuses, self.status)}
                {filter_choice("Section", sections, self.section)}
                {filter_choice("Demanded by", references, self.reference)}
                <button type="button" class="link" hidden=move || !self.is_set() on:click=move |_| self.clear()>
                    "Clear filter"
                </button>
            </form>
        }
        .into_any()
    }

    fn is_set(&self) -> bool {
        let chosen = [
            self.severity.with(Option::is_some),
            self.status.with(Option::is_some),
            self.section.with(Option::is_some),
            self.reference.with(Option::is_some),
        ];
        chosen.contains(&true) || self.words.with(|words| !words.is_empty())
    }

    fn clear(&self) {
        self.severity.set(None);
        self.status.set(None);
        self.section.set(None);
        self.reference.set(None);
        self.words.set(String::new());
    }
}

/// Every word must stand somewhere in the finding.
fn holds_all(finding: &Finding, words: &str) -> bool {
    let Origin {
        source, section, ..
    } = &finding.origin;
    let places = [
        &finding.id,
        &finding.statement,
        &finding.message,
        &finding.subject,
        source,
        section,
    ];
    let has = |word: &str| {
        let in_text = |text: &String| text.to_ascii_lowercase().contains(word);
        places.into_iter().any(in_text) || finding.also.iter().any(in_text)
    };
    words.to_ascii_lowercase().split_whitespace().all(has)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plumbline_engine::sourced::Grade;

    #[test]
    fn words_may_stand_anywhere_and_in_any_order() {
        let finding = Finding {
            id: "NV-CF-01".into(),
            also: vec!["FAB002".into()],
            reference: "nvidia-dgx-superpod-h100".into(),
            severity: Severity::Deviation,
            status: Status::Fail,
            subject: "fabrics.compute.uplinks".into(),
            statement: "the compute fabric is not oversubscribed".into(),
            message: "found 2, required at most 1".into(),
            found: None,
            required: None,
            unit: "",
            origin: Origin {
                grade: Grade::Primary,
                source: "S21".into(),
                section: "section 2b".into(),
            },
            missing: None,
            fixes: Vec::new(),
            waiver: None,
        };
        assert!(holds_all(&finding, ""));
        assert!(holds_all(&finding, "OVERSUBSCRIBED fab002"));
        assert!(holds_all(&finding, "uplinks 2b nv-cf"));
        assert!(!holds_all(&finding, "oversubscribed storage"));
    }
}
