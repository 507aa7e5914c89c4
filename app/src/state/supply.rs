//! The world as far as it is here. The program carries an index of the references, which is
//! enough for a first look; all else is a file of the site, asked for once, when it is wanted.

use super::needs::{Datum, Needs};
use super::{Document, OwnFile, Workbench, fetch, own};
use crate::format;
use crate::later::Part;
use crate::ui::*;
use plumbline_engine::check::RuleMeta;
use plumbline_engine::load::unpack;
use plumbline_engine::reference::{
    Measurements, Reference, ReferenceEntry, ReferenceIndex, References, World, WorldData,
};
use plumbline_engine::table::Table;
use std::sync::OnceLock;
use std::time::Duration;

/// After the data of a design is here: enough to show it first.
const REST: Duration = Duration::from_secs(1);

/// Handle to what is asked for; copied freely.
#[derive(Clone, Copy)]
pub struct Supply {
    /// Each file that was asked for, and why it did not arrive, where that is so.
    asked: RwSignal<Table<Option<String>>>,
    /// References that arrived before the world in which they have their place.
    early: StoredValue<Vec<Reference>>,
    /// The person's own standards; follow it where one may be shown or claimed.
    pub own: RwSignal<Vec<OwnFile>>,
}

/// How far some data is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// All of it is here.
    Here,
    /// Some of it was never asked for.
    Unasked,
    /// It was asked for and is not here yet.
    Coming,
    /// Some of it did not arrive, for this reason.
    Failed(String),
}

static WORLD: OnceLock<World> = OnceLock::new();
static RULES: OnceLock<Table<String>> = OnceLock::new();
static SUMMARIES: OnceLock<Table<String>> = OnceLock::new();
static MEASURED: [OnceLock<String>; Measurements::ALL.len()] =
    [const { OnceLock::new() }; Measurements::ALL.len()];

/// What the program knows from its start.
pub fn index() -> &'static ReferenceIndex {
    static INDEX: OnceLock<ReferenceIndex> = OnceLock::new();
    INDEX.get_or_init(plumbline_engine::index)
}

/// What lists show of the references: the published ones, then the person's own that are read.
pub fn entries() -> impl Iterator<Item = &'static ReferenceEntry> {
    let own = own::standards().map(|own| &own.entry);
    index().references.iter().chain(own)
}

/// The same of one reference.
pub fn entry(id: &str) -> Option<&'static ReferenceEntry> {
    entries().find(|entry| entry.id == id)
}

/// The world, with the references that are here. Before it has arrived it is an empty one;
/// whoever shows something of it first makes sure that it is here.
pub fn world() -> &'static World {
    static NONE: OnceLock<World> = OnceLock::new();
    WORLD
        .get()
        .unwrap_or_else(|| NONE.get_or_init(World::default))
}

/// The page of a rule; it comes with the world where the program does not carry it.
pub fn page_of(rule: &RuleMeta) -> &'static str {
    let loaded = RULES.get().and_then(|all| all.get(rule.code));
    loaded.map_or(rule.page, String::as_str)
}

/// What a reference is for; it comes with the world.
pub fn summary_of(id: &str) -> &'static str {
    let here = world()
        .references
        .get(id)
        .map(|reference| &reference.summary);
    here.or_else(|| SUMMARIES.get()?.get(id))
        .map_or("", |text| text.as_str())
}

/// Measured rows as a table's text; empty while they are not here.
pub fn measured(of: Measurements) -> &'static str {
    place_of(of)
        .and_then(OnceLock::get)
        .map_or("", String::as_str)
}

fn place_of(of: Measurements) -> Option<&'static OnceLock<String>> {
    MEASURED.get(of as usize)
}

/// Puts a world in place at once, where no site serves it; `false` if there is one already.
pub fn fill(world: World) -> bool {
    WORLD.set(world).is_ok()
}

/// Asks for what the page and the open designs need, as soon as they do.
pub fn keep_supplied(workbench: Workbench) {
    Effect::new(move |_| {
        let page = workbench.page.get();
        workbench.needs().with(|needs| workbench.supply.want(needs));
        workbench.documents.with(|open| {
            if page.shows_designs() || !open.iter().all(Document::untouched) {
                workbench.compute();
            }
            if workbench.supply.own.with(|own| !own.is_empty()) {
                workbench.supply.want(&Needs::own());
            }
            if workbench.computing.get() {
                let designs = open.iter().map(|document| &*document.now);
                workbench.supply.want(&Needs::designs(designs));
            }
        });
    });
}

/// Fetches the rest of the program while nobody waits for it, once a design is at hand: later pages
/// then open at once, and a print has all that it needs.
pub fn keep_ready(workbench: Workbench) {
    Effect::new(move |_| {
        if workbench.supplied().get() {
            set_timeout(move || workbench.supply.prepare(), REST);
        }
    });
}

pub(super) fn is_here(datum: &Datum) -> bool {
    match datum {
        Datum::Code(part) => part.is_here(),
        Datum::World => WORLD.get().is_some(),
        Datum::Reference(id) => world().references.get(id).is_some(),
        Datum::Measured(of) => place_of(*of).is_some_and(|place| place.get().is_some()),
        Datum::References => index()
            .references
            .iter()
            .all(|entry| world().references.get(&entry.id).is_some()),
    }
}

impl Supply {
    /// Nothing is asked for yet.
    pub(super) fn new() -> Self {
        Self {
            asked: RwSignal::new(Table::new()),
            early: StoredValue::new(Vec::new()),
            own: RwSignal::new(own::kept()),
        }
    }

    /// How far this is on its way; followed.
    pub fn stage(&self, needs: &Needs) -> Stage {
        self.asked.with(|asked| {
            let mut stage = Stage::Here;
            for datum in needs.missing() {
                match asked.get(&datum.file()) {
                    Some(Some(reason)) => return Stage::Failed(reason.clone()),
                    Some(None) if stage == Stage::Here => stage = Stage::Coming,
                    Some(None) => {}
                    None => stage = Stage::Unasked,
                }
            }
            stage
        })
    }

    /// Whether all of this is here; followed.
    pub fn has(&self, needs: &Needs) -> bool {
        self.asked.track();
        needs.missing().next().is_none()
    }

    /// Asks for what of this was never asked for.
    pub fn want(&self, needs: &Needs) {
        for datum in needs.missing() {
            let known = |asked: &Table<_>| asked.contains_key(&datum.file());
            if !self.asked.with_untracked(known) {
                self.ask(datum.clone(), false);
            }
        }
    }

    /// Asks again for what of this did not arrive.
    pub fn retry(&self, needs: &Needs) {
        for datum in needs.missing() {
            let failed = |asked: &Table<_>| asked.get(&datum.file()).is_some_and(Option::is_some);
            if self.asked.with_untracked(failed) {
                self.ask(datum.clone(), true);
            }
        }
    }

    /// Loads all parts of the program. What does not arrive is asked for again when it is wanted.
    fn prepare(self) {
        wasm_bindgen_futures::spawn_local(async move {
            for part in Part::ALL {
                let _ = part.load().await;
            }
            self.asked.update(|_| ());
        });
    }

    fn ask(self, datum: Datum, anew: bool) {
        let file = datum.file();
        self.asked
            .update(|asked| drop(asked.insert(file.clone(), None)));
        wasm_bindgen_futures::spawn_local(async move {
            let failure = self.bring_here(&datum, anew).await.err();
            // Told in any case, so that whoever follows looks again at what is here.
            self.asked.update(|asked| drop(asked.insert(file, failure)));
        });
    }

    async fn bring_here(self, datum: &Datum, anew: bool) -> Result<(), String> {
        match datum {
            Datum::Code(part) => part.load().await?,
            datum => self.take(datum, &fetch::text(&datum.file(), anew).await?)?,
        }
        // Before anybody is told that what they wait for is here: a claim may be of one of them.
        self.read_own();
        Ok(())
    }

    /// Puts what arrived in its place.
    fn take(self, datum: &Datum, text: &str) -> Result<(), String> {
        match datum {
            Datum::Code(_) => {}
            Datum::World => {
                let data: WorldData = unpack(text).map_err(|reason| broken(&reason))?;
                let mut world = data.world;
                if world.revision != index().revision {
                    return Err(broken(&world.revision));
                }
                let ids = index().references.iter().map(|entry| entry.id.as_str());
                world.references = References::awaited(ids);
                let _ = RULES.set(data.rules);
                let _ = SUMMARIES.set(data.summaries);
                fill(world);
            }
            Datum::Reference(id) => {
                let reference: Reference = unpack(text).map_err(|reason| broken(&reason))?;
                if reference.id != *id {
                    return Err(broken(&reference.id));
                }
                self.early.update_value(|early| early.push(reference));
            }
            Datum::Measured(of) => {
                place_of(*of).map(|place| place.set(text.to_owned()));
            }
            Datum::References => {
                let all: Vec<Reference> = unpack(text).map_err(|reason| broken(&reason))?;
                if all.len() != index().references.len() {
                    return Err(broken(&format::plural(
                        all.len(),
                        "reference",
                        "references",
                    )));
                }
                self.early.update_value(|early| early.extend(all));
            }
        }
        if let Some(world) = WORLD.get() {
            self.early.update_value(|early| {
                for reference in early.drain(..) {
                    world.references.supply(reference);
                }
            });
        }
        Ok(())
    }
}

/// Why what arrived cannot be used.
fn broken(reason: &str) -> String {
    let what = "what arrived is not the data of this version (";
    [what, reason, ")"].concat()
}
