use crate::catalogue::{Node, Rack, Supply};
use crate::check::rule::{firm, rule};
use crate::check::{On, Outcome, Severity, Status};
use crate::derive::FactUnit;
use crate::design::{Edit, NodeGroup, StatedUnit};
use crate::quantity::{Quantity, RackUnits};
use crate::scalar::Scalar;
use crate::sourced::Grade;

rule! {
    /// ## What it checks
    /// Nodes and power shelves of a full compute rack take no more height than the rack has.
    /// ## Why it matters
    /// Height is the one limit that no better cooling and no larger feed can move. What a slide
    /// calls accelerators per rack is often the ceiling of a product line, reached with other
    /// nodes or several frames, and a plan that takes it for a count is short of racks.
    /// ## Evidence
    /// Heights of node, rack and power shelf in the catalogue. An OpenU is 48 mm, a rack unit
    /// 44.45 mm; both are counted in rack units here, so that the two never mix.
    /// ## Example
    /// Nodes of 3 OpenU: 24 take 72 OpenU, a rack of 50 OpenU holds 16.
    /// ## How to fix
    /// Put as many nodes into a rack as fit, or choose a taller rack.
    /// ## Limits
    /// A blocker only where the heights were read in the makers' own documents or stated by the
    /// person, else advice. Switches, manifolds and blanking panels in the rack are not counted;
    /// power shelves only where their number and height are known.
    pub struct OverfullRack;
    "MEC001" "overfull_rack" Advice "nodes and power shelves fit into the height of a compute rack"
    check
}

const SUBJECT: &str = "compute.groups[0].nodes_per_rack";

/// What decides how many nodes a rack holds.
struct Space<'a> {
    group: &'a NodeGroup,
    node: &'a Node,
    rack: &'a Rack,
    /// Height of one node.
    each: RackUnits,
    /// Height of the rack.
    room: RackUnits,
    /// Number of power shelves and height of one.
    shelves: Option<(u32, RackUnits)>,
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let derived = on.derived;
    let parts = derived.main_node().zip(derived.main_rack());
    let Some((group, (node, rack))) = derived.main_group().zip(parts) else {
        let missing = match derived.main_rack() {
            Some(_) => "compute.groups[0].part",
            None => "compute.groups[0].rack",
        };
        let open = on.demand.is_some();
        let open = open.then(|| Outcome::unknown(SUBJECT, missing, "height taken in a rack"));
        return open.into_iter().collect();
    };
    let lacks = |id: &str, what: &str| {
        let datum = format!("{id}: height");
        vec![Outcome::unknown(SUBJECT, datum, what)]
    };
    let Some(each) = node.height.known() else {
        return lacks(&node.id, "height of a node");
    };
    let Some(room) = rack.height.known() else {
        return lacks(&rack.id, "height of the rack");
    };
    let shelves = rack.shelves.known().zip(rack.shelf_height.known());
    let space = Space {
        group,
        node,
        rack,
        each,
        room,
        shelves,
    };
    let stated = stated(on, &space);
    let mut outcomes = vec![filled(&space, stated.as_deref())];
    // The plan may fit where what was stated does not.
    if let Some(stated) = stated.filter(|_| space.fits(group.nodes_per_rack)) {
        let message = format!("found {stated}, required what fits: {}", space.most());
        let outcome = Outcome {
            own: true,
            ..Outcome::new(Status::Fail, "claim.stated", message).at(Severity::Advice)
        };
        outcomes.push(match space.accelerators() {
            Some(most @ 1..) => outcome.with_fix(
                format!("state {most} accelerators per rack"),
                vec![Edit::set("claim.stated.count", most)],
            ),
            _ => outcome,
        });
    }
    outcomes
}

/// The height that the design's nodes take, against the rack's.
fn filled(space: &Space<'_>, stated: Option<&str>) -> Outcome {
    let nodes = space.group.nodes_per_rack;
    let found = Scalar::Num(space.taken(nodes));
    let required = Scalar::Num(space.room.get());
    let holds = space.fits(nodes);
    let shown = |value: &Scalar| FactUnit::Height.show(value);
    let mut message = format!(
        "found {}, {} in all, required at most {}",
        space.sum(nodes),
        shown(&found),
        shown(&required)
    );
    if !holds {
        message += &format!(": {}", space.most());
        if let Some(stated) = stated {
            message += &format!("; {stated}");
        }
    }
    let mut outcome = Outcome {
        message,
        ..Outcome::compared(SUBJECT, FactUnit::Height, found, "at most", required, holds)
    }
    .by(space.node.height.origin());
    if firm(&space.grades()) {
        outcome = outcome.at(Severity::Blocker);
    }
    match space.fit() {
        most @ 1.. if !holds => outcome.with_fix(
            format!("put {most} instead of {nodes} nodes into a rack"),
            vec![Edit::set(SUBJECT, most)],
        ),
        _ => outcome,
    }
}

/// What a stated number of accelerators per rack comes to, where it does not fit.
fn stated(on: &On<'_>, space: &Space<'_>) -> Option<String> {
    let stated = on.derived.design.claim.as_ref()?.stated.as_ref()?;
    let each = space.node.accelerators.known().filter(|each| *each > 0)?;
    let nodes = stated.count.div_ceil(each);
    let too_many = stated.unit == StatedUnit::AcceleratorsPerRack && !space.fits(nodes);
    too_many.then(|| {
        format!(
            "{} accelerators per rack as stated would be {}, {} in all, a ceiling of the product line and not a count",
            stated.count,
            space.sum(nodes),
            RackUnits::new(space.taken(nodes)).pretty(),
        )
    })
}

impl Space<'_> {
    /// Height that power shelves take, as far as it is known.
    fn shelved(&self) -> f64 {
        self.shelves
            .map_or(0.0, |(count, each)| f64::from(count) * each.get())
    }

    fn taken(&self, nodes: u32) -> f64 {
        f64::from(nodes) * self.each.get() + self.shelved()
    }

    fn fits(&self, nodes: u32) -> bool {
        self.taken(nodes) <= self.room.get() * (1.0 + 1e-9)
    }

    /// Most nodes that fit.
    fn fit(&self) -> u32 {
        let room = self.room.get() * (1.0 + 1e-9) - self.shelved();
        libm::floor(room / self.each.get()).max(0.0) as u32
    }

    /// Accelerators of as many nodes as fit.
    fn accelerators(&self) -> Option<u32> {
        Some(self.fit().saturating_mul(self.node.accelerators.known()?))
    }

    /// "16 nodes fit, 128 accelerators".
    fn most(&self) -> String {
        let most = self.fit();
        let before = match self.rack.supply {
            Supply::DcBusbar if self.shelves.is_none() => " before power shelves",
            _ => "",
        };
        match self.accelerators() {
            Some(all) => format!("{most} nodes fit{before}, {all} accelerators"),
            None => format!("{most} nodes fit{before}"),
        }
    }

    /// "24 nodes of 3.24 U and 4 power shelves of 2 U".
    fn sum(&self, nodes: u32) -> String {
        let own = format!("{nodes} nodes of {}", self.each.pretty());
        match self.shelves {
            Some((count, each)) => format!("{own} and {count} power shelves of {}", each.pretty()),
            None => own,
        }
    }

    fn grades(&self) -> Vec<Grade> {
        let mut grades = vec![self.node.height.grade, self.rack.height.grade];
        if self.shelves.is_some() {
            grades.extend([self.rack.shelves.grade, self.rack.shelf_height.grade]);
        }
        grades
    }
}
