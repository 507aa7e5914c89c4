//! What the palette finds, gathered when it opens, and again when more of the data is here.

use crate::format;
use crate::shell::{Action, Ui, act};
use crate::state::{Page, Section, Workbench, entries as references, world};
use crate::widgets::Mark;

/// One thing that can be found.
#[derive(Clone, PartialEq)]
pub(super) struct Entry {
    pub label: String,
    pub detail: String,
    pub kind: &'static str,
    pub target: Target,
    /// In lower case, with all that it may be called.
    words: String,
}

/// Where it leads.
#[derive(Clone, PartialEq)]
pub(super) enum Target {
    Page(Page),
    Path(String),
    Finding(String, String),
    Action(Action),
}

impl Target {
    pub fn follow(self, workbench: Workbench, ui: Ui) {
        match self {
            Target::Page(page) => workbench.go(page),
            Target::Path(path) => workbench.go_to_subject(&path),
            Target::Finding(id, subject) => workbench.go_to_finding(&id, &subject),
            Target::Action(action) => act(workbench, ui, action),
        }
    }
}

impl Entry {
    fn new(kind: &'static str, label: &str, detail: String, target: Target) -> Self {
        let words = [kind, " ", label, " ", &detail]
            .concat()
            .to_ascii_lowercase();
        Self {
            label: label.to_owned(),
            detail,
            kind,
            target,
            words,
        }
    }

    /// Every word stands somewhere in it.
    pub fn matches(&self, words: &[&str]) -> bool {
        words.iter().all(|word| self.words.contains(word))
    }
}

pub(super) fn entries(workbench: Workbench) -> Vec<Entry> {
    let mut all = Vec::new();
    for section in Section::ALL {
        all.push(Entry::new(
            "section",
            section.label(),
            String::new(),
            Target::Page(Page::Design(section)),
        ));
    }
    for page in [
        Page::Findings,
        Page::Training,
        Page::Inference,
        Page::Cost,
        Page::Compare,
        Page::Nearest,
        Page::References(None),
        Page::Catalogue(None),
        Page::EVIDENCE,
        Page::Start,
        Page::About,
    ] {
        all.push(Entry::new(
            "page",
            page.label(),
            String::new(),
            Target::Page(page),
        ));
    }
    for action in Action::ALL {
        all.push(Entry::new(
            "action",
            action.label(),
            action.key().into(),
            Target::Action(action),
        ));
    }
    workbench.assessment().with(|assessment| {
        let grave = assessment
            .findings
            .iter()
            .filter_map(|f| Some((Mark::of(f).filter(|m| *m <= Mark::Waived)?, f)));
        for (mark, finding) in grave {
            let target = Target::Finding(finding.id.clone(), finding.subject.clone());
            let label = [&finding.id, " ", &finding.message].concat();
            all.push(Entry::new("finding", &label, mark.word().into(), target));
        }
        for fact in &assessment.facts {
            all.push(Entry::new(
                "number",
                fact.what,
                format::fact(fact),
                Target::Path(fact.subject.into()),
            ));
        }
    });
    workbench.supply.own.track();
    for reference in references() {
        let target = Target::Page(Page::References(Some(reference.id.clone())));
        all.push(Entry::new(
            "reference",
            &reference.title,
            reference.publisher.clone(),
            target,
        ));
    }
    let tree = workbench.tree().get();
    for part in world().catalogue.list() {
        // To where the design has it, else to all that is known of it.
        let used = path_of(&tree, &part.id, String::new());
        let detail = [part.kind, " ", &part.id].concat();
        let target = used.map_or_else(
            || Target::Page(Page::Catalogue(Some(part.id.clone()))),
            Target::Path,
        );
        all.push(Entry::new("part", &part.name, detail, target));
    }
    all
}

/// Path of the first field of the design that names a part.
fn path_of(value: &serde_json::Value, part: &str, path: String) -> Option<String> {
    use serde_json::Value;
    match value {
        Value::String(text) => (text == part).then_some(path),
        Value::Array(list) => {
            let mut entries = list.iter().enumerate();
            entries.find_map(|(at, entry)| {
                path_of(entry, part, [&path, "[", &at.to_string(), "]"].concat())
            })
        }
        Value::Object(map) => map.iter().find_map(|(key, entry)| {
            let below = if path.is_empty() {
                key.clone()
            } else {
                [&path, ".", key].concat()
            };
            path_of(entry, part, below)
        }),
        _ => None,
    }
}
