use crate::check::rule::rule;
use crate::check::{On, Outcome, Status};
use crate::derive::Derived;
use crate::design::{Edit, MAX_COUNT, StatedUnit};
use crate::reference::Reference;

rule! {
    /// ## What it checks
    /// A size that an offer or a slide states, with its unit, is the size of the design: units
    /// of the claimed reference are converted to nodes, nodes to accelerators.
    /// ## Why it matters
    /// One vendor counts nodes, another scalable units, racks or accelerators. A number that is
    /// read in the wrong unit is off by a factor of four to seventy, and so is the order.
    /// ## Evidence
    /// The endorsed partner designs list "4, 12" for a server of eight accelerators: 12 nodes,
    /// that is 96 accelerators in three units. One compilation reads 12 units, with the 96
    /// accelerators of 12 nodes beside them.
    /// ## Example
    /// Twelve scalable units of four nodes are stated and the design has twelve nodes: the
    /// number was one of nodes.
    /// ## How to fix
    /// Read the stated number in the unit in which it fits, or build what it says.
    /// ## Limits
    /// Only where a size is stated, and only against the reference that is claimed. Node places
    /// that a variant gives up are taken off. A document may split it in two: accelerators
    /// (`unit` "accelerators") and all other units (`unit` "others").
    pub struct SizeStatedOtherwise;
    "REF002" "size_stated_otherwise" Advice "a stated size is the size of the design"
    check
}

const SUBJECT: &str = "claim.stated";

fn check(on: &On<'_>) -> Vec<Outcome> {
    let derived = on.derived;
    let Some(claim) = &derived.design.claim else {
        return Vec::new();
    };
    let Some(stated) = &claim.stated else {
        return Vec::new();
    };
    let accelerators = stated.unit == StatedUnit::Accelerators;
    let asked = match on.limit("unit").map(ToString::to_string).as_deref() {
        Some("accelerators") => accelerators,
        Some("others") => !accelerators,
        _ => true,
    };
    let foreign = on.demand.is_some_and(|(r, _)| r.id != claim.reference);
    if foreign || !asked {
        return Vec::new();
    }
    let reader = Reader {
        derived,
        claimed: derived.world.references.get(&claim.reference),
        count: u64::from(stated.count),
    };
    vec![reader.outcome(stated.unit)]
}

/// Reads a stated number in one unit or another.
struct Reader<'a> {
    derived: &'a Derived<'a>,
    claimed: Option<&'a Reference>,
    count: u64,
}

/// What the design has, and what it would have, in the same unit.
struct Reading {
    found: u64,
    required: u64,
    of: StatedUnit,
}

impl Reader<'_> {
    fn outcome(&self, unit: StatedUnit) -> Outcome {
        let Some(read) = self.read(unit) else {
            let missing = match unit {
                StatedUnit::Units => "claim.reference",
                _ => "compute.groups[0].part",
            };
            return Outcome::unknown(SUBJECT, missing, "the size in the stated unit");
        };
        let stated = self.words(unit, self.count);
        let valued = |status, message| Outcome {
            found: Some(read.found.into()),
            required: Some(read.required.into()),
            ..Outcome::new(status, SUBJECT, message)
        };
        if read.found == read.required {
            return valued(Status::Pass, format!("{stated}, as stated"));
        }
        let mut message = format!("stated {stated}");
        if read.of != unit {
            message += &format!(", which are {}", self.words(read.of, read.required));
        }
        message += &format!("; the design has {}", self.words(read.of, read.found));
        let others = ALL.into_iter().filter(|other| *other != unit);
        let fits = |other: &StatedUnit| self.read(*other).is_some_and(|r| r.found == r.required);
        let fitting = others.clone().find(fits);
        let units = self.read(StatedUnit::Units);
        let units = units.filter(|_| unit != StatedUnit::Units && self.each() > Some(1));
        let read_as = |unit| self.words(unit, 2).replacen("2 ", "", 1);
        match (fitting, units) {
            (Some(other), _) => message += &format!("; read as {} it fits", read_as(other)),
            (None, Some(units)) => {
                let (name, nodes) = (read_as(StatedUnit::Units), units.required);
                message += &format!("; read as {name} it would be {nodes} nodes");
            }
            (None, None) => {}
        }
        let mut outcome = valued(Status::Fail, message);
        if let Some(other) = fitting {
            let edit = Edit::set("claim.stated.unit", format!("{other:?}"));
            outcome = outcome.with_fix(format!("read it as {}", read_as(other)), vec![edit]);
        }
        match self.nodes(unit) {
            Some(nodes) => {
                let edit = Edit::set("compute.groups[0].nodes", nodes);
                outcome.with_fix(format!("{nodes} nodes, as stated"), vec![edit])
            }
            None => outcome,
        }
    }

    fn read(&self, unit: StatedUnit) -> Option<Reading> {
        let derived = self.derived;
        let node = derived.main_node().and_then(|n| n.accelerators.known());
        let full = derived.main_group().map(|g| u64::from(g.nodes_per_rack));
        let (found, required, of) = match unit {
            StatedUnit::Nodes => (derived.nodes, self.count, unit),
            StatedUnit::Units => {
                let all = self.count.checked_mul(self.each()?)?;
                let nodes = all.saturating_sub(self.given_up());
                (derived.nodes, nodes, StatedUnit::Nodes)
            }
            StatedUnit::Accelerators => (derived.accelerators?, self.count, unit),
            StatedUnit::AcceleratorsPerRack => (full? * u64::from(node?), self.count, unit),
            StatedUnit::Racks => (derived.racks.compute, self.count, unit),
        };
        Some(Reading {
            found,
            required,
            of,
        })
    }

    /// Nodes of a unit of the claimed reference.
    fn each(&self) -> Option<u64> {
        let each = self.claimed?.unit.nodes.known();
        each.filter(|nodes| *nodes > 0).map(u64::from)
    }

    fn given_up(&self) -> u64 {
        let variant = self.derived.design.claim.as_ref().map(|c| &c.variant);
        let variants = self.claimed.map_or(&[][..], |r| r.variants.as_slice());
        let variant = variants.iter().find(|v| Some(&v.id) == variant);
        variant.map_or(0, |v| u64::from(v.nodes_given_up.known().unwrap_or(0)))
    }

    /// Nodes that the stated size asks for, where the design's one group can take them.
    fn nodes(&self, unit: StatedUnit) -> Option<u64> {
        let derived = self.derived;
        let nodes = match unit {
            StatedUnit::Nodes | StatedUnit::Units => self.read(unit)?.required,
            StatedUnit::Accelerators => {
                let each = u64::from(derived.main_node()?.accelerators.known()?.max(1));
                self.count
                    .is_multiple_of(each)
                    .then_some(self.count / each)?
            }
            StatedUnit::Racks => self
                .count
                .checked_mul(u64::from(derived.main_group()?.nodes_per_rack))?,
            StatedUnit::AcceleratorsPerRack => return None,
        };
        let one_group = derived.design.compute.groups.len() == 1;
        (one_group && (1..=u64::from(MAX_COUNT)).contains(&nodes)).then_some(nodes)
    }

    fn words(&self, unit: StatedUnit, count: u64) -> String {
        let (one, several) = match unit {
            StatedUnit::Nodes => ("node", "nodes"),
            StatedUnit::Units => match self.claimed {
                Some(reference) => (reference.unit.name.words(1), reference.unit.name.words(2)),
                None => ("scalable unit", "scalable units"),
            },
            StatedUnit::Accelerators => ("accelerator", "accelerators"),
            StatedUnit::AcceleratorsPerRack => ("accelerator per rack", "accelerators per rack"),
            StatedUnit::Racks => ("rack", "racks"),
        };
        format!("{count} {}", if count == 1 { one } else { several })
    }
}

/// The likeliest reading of a number first.
const ALL: [StatedUnit; 5] = [
    StatedUnit::Nodes,
    StatedUnit::Units,
    StatedUnit::Accelerators,
    StatedUnit::Racks,
    StatedUnit::AcceleratorsPerRack,
];
