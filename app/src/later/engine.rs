//! What follows from a design: the engine's one door, and the rules, predictions and costs behind it.

use super::Lost;
use plumbline_engine::design::Design;
use plumbline_engine::reference::World;
use plumbline_engine::{Assessment, assess};
use std::sync::OnceLock;

pub(super) struct Engine {
    assess: fn(&Design, &World) -> Assessment,
}

static HERE: OnceLock<&Engine> = OnceLock::new();

static ENGINE: Engine = Engine { assess };

/// What follows from a design; `None` while the code for it is not here.
pub(crate) fn assessed(design: &Design, world: &World) -> Option<Assessment> {
    here().map(|engine| (engine.assess)(design, world))
}

pub(super) fn here() -> Option<&'static Engine> {
    HERE.get().copied()
}

pub(super) async fn load() -> Result<(), Lost> {
    if here().is_none() {
        #[cfg(feature = "split")]
        let engine = entrance().await?;
        #[cfg(not(feature = "split"))]
        let engine = entrance()?;
        let _ = HERE.set(engine);
    }
    Ok(())
}

#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(engine, fallible))]
fn entrance() -> Result<&'static Engine, Lost> {
    Ok(&ENGINE)
}
