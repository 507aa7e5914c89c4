//! The catalogue as a design sees it: with the person's overrides on top.

use crate::catalogue::*;
use crate::design::Design;
use crate::reference::World;
use crate::scalar::Scalar;
use crate::sourced::{Grade, USER_SOURCE};
use crate::table::Table;
use crate::written::quoted;
use crate::written::{self, Read};
use serde_json::{Value, json};

/// Parts of the world, overridden parts first.
#[derive(Debug)]
pub struct Parts<'w> {
    world: &'w Catalogue,
    overlay: Catalogue,
    /// Overrides that name no part or field, or whose value does not fit.
    pub faults: Vec<OverrideFault>,
}

/// An override that could not be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverrideFault {
    /// Path in the design.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// Nearest valid name.
    pub nearest: Option<String>,
}

macro_rules! lookups {
    ($($(#[$doc:meta])* $name:ident $map:ident $kind:ident),+ $(,)?) => {
        $($(#[$doc])* pub fn $name(&self, id: &str) -> Option<&$kind> {
            self.overlay.$map.get(id).or_else(|| self.world.$map.get(id))
        })+
    };
}

impl<'w> Parts<'w> {
    /// The world's parts with the design's overrides.
    pub fn new(design: &Design, world: &'w World) -> Self {
        let mut parts = Self {
            world: &world.catalogue,
            overlay: Catalogue::default(),
            faults: Vec::new(),
        };
        for (id, fields) in &design.overrides {
            parts.override_part(id, fields);
        }
        parts
    }

    lookups!(
        /// An accelerator.
        accelerator accelerators Accelerator,
        /// A node.
        node nodes Node,
        /// A rack.
        rack racks Rack,
        /// A switch.
        switch switches Switch,
        /// A network adapter.
        nic nics Nic,
        /// A transceiver.
        transceiver transceivers Transceiver,
        /// A cable.
        cable cables Cable,
        /// A storage system.
        storage storage StorageSystem,
        /// A server.
        server servers Server,
        /// A PDU.
        pdu pdus Pdu,
        /// A coolant distribution unit.
        cdu cdus Cdu,
    );

    /// Display name of a part; the id itself where the part is not known.
    pub fn name(&self, id: &str) -> String {
        let mut name = None;
        each_kind!(self.world, map => if let Some(part) = map.get(id) { name = Some(part.named().name); });
        name.unwrap_or_else(|| id.to_owned())
    }

    fn override_part(&mut self, id: &str, fields: &Table<Scalar>) {
        let Some(mut tree) = self.world.to_json(id) else {
            let names = self.world.list();
            let nearest = crate::nearest::nearest(id, names.iter().map(|n| n.id.as_str()));
            self.faults.push(OverrideFault {
                path: format!("overrides.{id}"),
                message: format!("no part {} in the catalogue", quoted(id)),
                nearest: nearest.map(str::to_owned),
            });
            return;
        };
        for (field, value) in fields {
            let before = tree.clone();
            let result = set_field(&mut tree, field, value);
            let result = result.and_then(|()| self.fits(id, &tree));
            if let Err((message, nearest)) = result {
                tree = before;
                self.faults.push(OverrideFault {
                    path: format!("overrides.{id}.{field}"),
                    message,
                    nearest,
                });
            }
        }
        self.adopt(id, tree);
    }

    fn fits(&self, id: &str, tree: &Value) -> Result<(), (String, Option<String>)> {
        let mut trial = Catalogue::default();
        adopt(self.world, &mut trial, id, tree).map_err(|message| (message, None))
    }

    fn adopt(&mut self, id: &str, tree: Value) {
        // `fits` has read the same tree before.
        let _ = adopt(self.world, &mut self.overlay, id, &tree);
    }
}

fn adopt(world: &Catalogue, into: &mut Catalogue, id: &str, tree: &Value) -> Result<(), String> {
    fn read<T: Read>(tree: &Value) -> Result<T, String> {
        written::read(tree).map_err(|faults| {
            let first = faults.into_iter().next();
            first.map_or_else(String::new, |fault| fault.message)
        })
    }
    macro_rules! kinds {
        ($($map:ident),+) => {
            $(if world.$map.contains_key(id) {
                into.$map.insert(id.to_owned(), read(tree)?);
                return Ok(());
            })+
        };
    }
    kinds!(
        accelerators,
        nodes,
        racks,
        switches,
        nics,
        transceivers,
        cables,
        storage,
        servers,
        pdus,
        cdus
    );
    Ok(())
}

/// Sets a field of a part's JSON form; `/` separates nested fields (`compute_ports/rate`).
/// A sourced figure becomes one graded "user".
fn set_field(
    part: &mut Value,
    field: &str,
    value: &Scalar,
) -> Result<(), (String, Option<String>)> {
    let mut at = part;
    for step in field.split('/') {
        let names: Vec<String> = at
            .as_object()
            .map(|m| m.keys().cloned().collect())
            .unwrap_or_default();
        at = at.get_mut(step).filter(|_| step != "id").ok_or_else(|| {
            let nearest = crate::nearest::nearest(step, names.iter().map(String::as_str));
            (
                format!("the part has no field {}", quoted(step)),
                nearest.map(str::to_owned),
            )
        })?;
    }
    let value = value.to_json();
    *at = if is_sourced(at) {
        json!({ "User": [value, USER_SOURCE, "set in this design"] })
    } else {
        value
    };
    Ok(())
}

/// Whether a JSON value is a written [`crate::sourced::Sourced`] figure.
pub fn is_sourced(value: &Value) -> bool {
    let Some(map) = value.as_object().filter(|map| map.len() == 1) else {
        return false;
    };
    map.keys()
        .any(|key| Grade::ALL.iter().any(|grade| grade.word() == key))
}
