//! Pages, and the address fragment of each. The fragment is the only router: `#/cost`.

use plumbline_engine::catalogue::PartName;
use plumbline_engine::reference::Measurements;

/// What the middle of the frame shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// Pick a reference, open a file or a link.
    Start,
    /// The editor of one section.
    Design(Section),
    /// What the checks found.
    Findings,
    /// What it costs.
    Cost,
    /// What training on it takes.
    Training,
    /// What it yields as a service.
    Inference,
    /// Predictions against measurements, with the class of rows to look at, if one is named.
    Evidence(Measurements, Option<String>),
    /// Two to four designs side by side.
    Compare,
    /// Which references the design is nearest to.
    Nearest,
    /// All references, or one by its id.
    References(Option<String>),
    /// All parts, or one by its id, or several side by side.
    Catalogue(Option<String>),
    /// What Plumbline is, and on what it rests.
    About,
}

/// A section of the design, in the order of the workbench.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What will run.
    Workload,
    /// Nodes and racks.
    Compute,
    /// Networks.
    Fabrics,
    /// Storage systems.
    Storage,
    /// Schedulers and management servers.
    Orchestration,
    /// Racks, power and cooling of the place.
    Site,
    /// Money.
    Economics,
}

impl Page {
    /// Predictions of training against measurements.
    pub const EVIDENCE: Self = Page::Evidence(Measurements::Training, None);

    /// The fragment, with `#`.
    pub fn fragment(&self) -> String {
        match self {
            Page::Start => "#/start".into(),
            Page::Design(section) => ["#/design/", section.key()].concat(),
            Page::Findings => "#/findings".into(),
            Page::Cost => "#/cost".into(),
            Page::Training => "#/training".into(),
            Page::Inference => "#/inference".into(),
            Page::Evidence(of, class) => {
                let mut all = vec!["#/evidence".to_owned()];
                // Training was alone at first, and its addresses stay.
                all.extend((*of != Measurements::Training).then(|| of.key().to_owned()));
                all.extend(class.as_ref().map(|class| class.replace(' ', "-")));
                all.join("/")
            }
            Page::Compare => "#/compare".into(),
            Page::Nearest => "#/nearest".into(),
            Page::References(None) => "#/references".into(),
            Page::References(Some(id)) => ["#/references/", id.as_str()].concat(),
            Page::Catalogue(None) => "#/catalogue".into(),
            Page::Catalogue(Some(id)) => ["#/catalogue/", id.as_str()].concat(),
            Page::About => "#/about".into(),
        }
    }

    /// The page of a fragment; `None` if it names none.
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        let path = fragment.trim_start_matches('#').strip_prefix('/')?;
        let (name, rest) = path.split_once('/').unwrap_or((path, ""));
        Some(match name {
            "start" => Page::Start,
            "design" => Page::Design(Section::from_key(rest).unwrap_or(Section::Workload)),
            "findings" => Page::Findings,
            "cost" => Page::Cost,
            "training" => Page::Training,
            "inference" => Page::Inference,
            "evidence" => {
                let (first, after) = rest.split_once('/').unwrap_or((rest, ""));
                let (of, class) = match Measurements::from_key(first) {
                    Some(of) => (of, after),
                    None => (Measurements::Training, rest),
                };
                Page::Evidence(of, (!class.is_empty()).then(|| class.replace('-', " ")))
            }
            "compare" => Page::Compare,
            "nearest" => Page::Nearest,
            "references" => Page::References((!rest.is_empty()).then(|| rest.to_owned())),
            "catalogue" => Page::Catalogue((!rest.is_empty()).then(|| rest.to_owned())),
            "about" => Page::About,
            _ => return None,
        })
    }

    /// Whether it shows what follows from the open designs.
    pub fn shows_designs(&self) -> bool {
        matches!(
            self,
            Page::Design(_)
                | Page::Findings
                | Page::Cost
                | Page::Training
                | Page::Inference
                | Page::Compare
                | Page::Nearest
        )
    }

    /// Whether it shows what is published, whatever designs are open.
    pub fn is_data(&self) -> bool {
        matches!(self, Page::References(_) | Page::Catalogue(_) | Page::About)
    }

    /// Name in tabs and in the title of the window.
    pub fn label(&self) -> &'static str {
        match self {
            Page::Start => "Start",
            Page::Design(section) => section.label(),
            Page::Findings => "Findings",
            Page::Cost => "Cost",
            Page::Training => "Training",
            Page::Inference => "Inference",
            Page::Evidence(..) => "Evidence",
            Page::Compare => "Compare",
            Page::Nearest => "Nearest",
            Page::References(_) => "References",
            Page::Catalogue(_) => "Catalogue",
            Page::About => "About",
        }
    }
}

impl Section {
    /// All sections, in order.
    pub const ALL: [Section; 7] = [
        Section::Workload,
        Section::Compute,
        Section::Fabrics,
        Section::Storage,
        Section::Orchestration,
        Section::Site,
        Section::Economics,
    ];

    /// Last step of the fragment.
    pub fn key(self) -> &'static str {
        match self {
            Section::Workload => "workload",
            Section::Compute => "compute",
            Section::Fabrics => "fabrics",
            Section::Storage => "storage",
            Section::Orchestration => "orchestration",
            Section::Site => "site",
            Section::Economics => "economics",
        }
    }

    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            Section::Workload => "Workload",
            Section::Compute => "Compute",
            Section::Fabrics => "Fabrics",
            Section::Storage => "Storage",
            Section::Orchestration => "Orchestration",
            Section::Site => "Site",
            Section::Economics => "Economics",
        }
    }

    /// The section of a fragment's last step.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.key() == key)
    }

    /// The section in which a path of the design is edited.
    pub fn of_path(path: &str, parts: &[PartName]) -> Self {
        let root = path.split(['.', '[']).next().unwrap_or_default();
        match root {
            "workloads" | "models" => Section::Workload,
            "fabrics" => Section::Fabrics,
            "storage" => Section::Storage,
            "orchestration" => Section::Orchestration,
            "site" => Section::Site,
            "economics" | "quotes" => Section::Economics,
            "overrides" => of_override(path, parts),
            _ => Section::Compute,
        }
    }
}

/// An override is edited where its part is chosen.
fn of_override(path: &str, parts: &[PartName]) -> Section {
    let id = path.split('.').nth(1).unwrap_or_default();
    match parts
        .iter()
        .find(|part| part.id == id)
        .map_or("", |part| part.kind)
    {
        "switch" | "network adapter" | "transceiver" | "cable" => Section::Fabrics,
        "storage system" => Section::Storage,
        "server" => Section::Orchestration,
        "PDU" => Section::Site,
        _ => Section::Compute,
    }
}
