//! What nodes, racks and the site bring and ask for, beyond the counts of a recipe.

use super::*;
use crate::catalogue::{Accelerator, Node};
use crate::design::StatedUnit;

fn text(value: &Sourced<String>) -> FactValue {
    value.get().cloned().map(Scalar::Text)
}
fn word<T: std::fmt::Debug>(value: T) -> FactValue {
    Some(Scalar::Text(format!("{value:?}")))
}
fn accelerator<'d>(d: &'d Derived<'_>) -> Option<&'d Accelerator> {
    d.parts.accelerator(&d.main_node()?.accelerator)
}
fn node_count(d: &Derived<'_>, get: fn(&Node) -> &Sourced<u32>) -> FactValue {
    wide(get(d.main_node()?).known())
}
fn per_rack(d: &Derived<'_>) -> Option<f64> {
    d.main_group().map(|group| f64::from(group.nodes_per_rack))
}

/// Supplies that stay when what the site's redundancy allows to fail has failed.
fn survivors(d: &Derived<'_>, installed: u32) -> f64 {
    d.design.site.power_redundancy.survivors(installed)
}
/// Height that nodes take in a rack, with its power shelves where these are known.
fn space_used(d: &Derived<'_>) -> Option<f64> {
    let rack = d.main_rack()?;
    let shelves = rack.shelves.known().zip(rack.shelf_height.known());
    let shelves = shelves.map_or(0.0, |(count, height)| f64::from(count) * height.get());
    Some(per_rack(d)? * d.main_node()?.height.known()?.get() + shelves)
}
/// A stated size, if it is stated in this unit.
fn stated(d: &Derived<'_>, unit: StatedUnit) -> FactValue {
    let stated = d.design.claim.as_ref()?.stated.as_ref()?;
    (stated.unit == unit).then(|| Scalar::from(stated.count))
}
/// Generations of the node parts in use; unknown while one of them is.
fn generations(d: &Derived<'_>) -> FactValue {
    let mut all: Vec<&String> = Vec::new();
    for group in &d.design.compute.groups {
        let generation = d.parts.node(&group.part)?.generation.get()?;
        if !all.contains(&generation) {
            all.push(generation);
        }
    }
    count(all.len() as u64)
}
fn software(d: &Derived<'_>, name: &str) -> FactValue {
    d.design
        .orchestration
        .software
        .get(name)
        .cloned()
        .map(Scalar::Text)
}
fn switch_sum(d: &Derived<'_>) -> Option<u64> {
    let counts = d.fabric()?;
    Some(counts.leaf + counts.spine.unwrap_or(0) + counts.core.unwrap_or(0))
}

list_of_facts! {
    "compute.exists" Truth "fabrics.compute.leaf" "there is a compute fabric" => |d| Some(Scalar::Bool(!d.design.fabrics.compute.leaf.is_empty()));
    "compute.technology" Text "fabrics.compute.leaf" "technology of the compute fabric" => |d| word(d.parts.switch(&d.design.fabrics.compute.leaf)?.technology);
    "compute.switches" Count "fabrics.compute" "switches of the compute fabric" => |d| int(switch_sum(d));
    "compute.shared_leaf" Count "fabrics.compute.converged" "leaves that the compute fabric shares with another network" => |d| from_fabric(d, |c| Some(c.shared_leaf));
    "compute.leaves_per_unit" Count "fabrics.compute.unit_nodes" "leaves per unit of fabric" => |d| { let units = d.units.max(1); from_fabric(d, |c| Some(c.leaf + c.shared_leaf)).and_then(|n| n.as_f64()).map(|n| Scalar::Num(n / units as f64)) };
    "compute.leaf_ports" Count "fabrics.compute.leaf" "ports of a leaf at the rate of one link" => |d| from_fabric(d, |c| Some(c.ports[0]));
    "compute.downlinks_per_leaf" Count "fabrics.compute.leaf_nodes" "down-links per full leaf and plane" => |d| from_fabric(d, |c| Some(c.downlinks_per_leaf));
    "compute.nodes_on_leaf" Count "fabrics.compute.leaf_nodes" "nodes on a full leaf" => |d| from_fabric(d, |c| Some(c.nodes_on_leaf));
    "compute.leaves_per_node" Count "fabrics.compute.topology" "leaves that one node meets" => |d| from_fabric(d, |c| Some(c.leaves_per_node));
    "compute.uplinks_per_spine" Count "fabrics.compute.spines" "links of one leaf to one spine" => |d| from_fabric(d, |c| { let spines = c.spine? / c.planes.max(1); Some(c.uplinks_per_leaf / spines.max(1)) });
    "compute.uplink_ratio" Ratio "fabrics.compute.uplinks" "uplink to downlink capacity of a full leaf" => |d| { let c = d.fabric()?; (c.uplinks_per_leaf > 0 && c.oversubscription > 0.0).then(|| Scalar::Num(1.0 / c.oversubscription)) };
    "compute.spine_bound" Count "fabrics.compute.spines" "fewest spines with a port for every link from below" => |d| from_fabric(d, |c| { let links = c.leaf_spine? * c.planes; Some(links.div_ceil(c.ports[1].max(1))) });
    "compute.spine_step" Count "fabrics.compute.spine_steps" "spines of the size in which the fabric is built" => |d| { let leaves = d.fabric()?.leaf; d.design.fabrics.compute.spine_steps.iter().find(|(most, _)| u64::from(*most) >= leaves).map(|(_, spines)| Scalar::from(*spines)) };
    "compute.peer_links" Count "fabrics.compute.peer_links" "links between the leaves of a pair" => |d| from_fabric(d, |c| c.peer_links.or(Some(0)));
    "compute.joining" Text "fabrics.compute.joining" "what stands above the leaves" => |d| word(d.design.fabrics.compute.joining);
    "compute.converged" Truth "fabrics.compute.converged" "compute and north-south traffic share leaves" => |d| Some(Scalar::Bool(d.design.fabrics.compute.converged));
    "compute.rails_per_leaf" Count "fabrics.compute.rails_per_leaf" "rails that share a leaf" => |d| wide(Some(d.design.fabrics.compute.rails_per_leaf));
    "compute.pfc" Truth "fabrics.compute.pfc" "priority flow control is on" => |d| d.design.fabrics.compute.pfc.map(Scalar::Bool);
    "compute.ecn" Truth "fabrics.compute.ecn" "explicit congestion notification is on" => |d| d.design.fabrics.compute.ecn.map(Scalar::Bool);
    "compute.dynamic_load_balancing" Truth "fabrics.compute.dynamic_load_balancing" "flows move to less loaded links" => |d| d.design.fabrics.compute.dynamic_load_balancing.map(Scalar::Bool);
    "compute.link_rate" BitRate "compute.groups[0].part" "rate of one link of a plane" => |d| { let planes = f64::from(d.design.fabrics.compute.planes.max(1)); base(d.main_node()?.compute_ports.rate.known().map(|rate| rate / planes)) };
    "compute.generations" Count "compute.groups" "generations of nodes in use" => |d| generations(d);
    "node.accelerator" Text "compute.groups[0].part" "accelerator of a node" => |d| Some(Scalar::Text(d.main_node()?.accelerator.clone()));
    "node.form" Text "compute.groups[0].part" "form of the accelerator" => |d| text(&accelerator(d)?.form);
    "node.scale_up_domain" Count "compute.groups[0].part" "accelerators in one scale-up domain" => |d| wide(accelerator(d)?.scale_up_domain.known());
    "node.cpus" Count "compute.groups[0].part" "processors per node" => |d| node_count(d, |n| &n.cpus);
    "node.ns_adapters" Count "compute.groups[0].part" "adapters towards storage and users per node" => |d| node_count(d, |n| &n.ns_adapters);
    "node.adapters" Count "compute.groups[0].part" "adapters per node" => |d| { let n = d.main_node()?; n.compute_ports.count.known().zip(n.ns_adapters.known()).map(|(ew, ns)| Scalar::from(ew + ns)) };
    "node.ew_rate_per_accelerator" BitRate "compute.groups[0].part" "compute bandwidth per accelerator" => |d| { let n = d.main_node()?; let all = n.compute_ports.rate.known()?.get() * f64::from(n.compute_ports.count.known()?); Some(Scalar::Num(all / f64::from(n.accelerators.known()?.max(1)))) };
    "node.storage_rate_per_cpu" BitRate "compute.groups[0].part" "bandwidth to storage per processor" => |d| { let n = d.main_node()?; let all = n.storage_ports.rate.known()?.get() * f64::from(n.storage_ports.count.known()?); Some(Scalar::Num(all / f64::from(n.cpus.known()?.max(1)))) };
    "node.cooling" Text "compute.groups[0].part" "cooling of a node" => |d| word(d.main_node()?.cooling);
    "node.height" Height "compute.groups[0].part" "height of a node" => |d| base(d.main_node()?.height.known());
    "node.power_max" Power "compute.groups[0].part" "maximum power of a node" => |d| base(d.main_node()?.power_max.known());
    "node.power_supplies" Count "compute.groups[0].part" "power supplies per node" => |d| wide(d.main_node()?.power_supplies.installed.known());
    "node.power_supply_rating" Power "compute.groups[0].part" "rating of a power supply" => |d| base(d.main_node()?.power_supplies.rating.known());
    "node.psu_usable" Power "site.power_redundancy" "power of a node's supplies that survive" => |d| { let psu = &d.main_node()?.power_supplies; let rating = psu.rating.known()?; Some(Scalar::Num(survivors(d, psu.installed.known()?) * rating.get())) };
    "node.power_budget" Power "site.rack_power" "rack supply per node" => |d| Some(Scalar::Num(d.racks.supply?.get() / per_rack(d)?.max(1.0)));
    "node.local_nvme" Size "compute.groups[0].part" "local NVMe of a node" => |d| base(d.main_node()?.local_nvme.known());
    "node.withdrawn" Truth "compute.groups[0].part" "the node is withdrawn from sale" => |d| truth(&d.main_node()?.withdrawn);
    "rack.kind" Text "compute.groups[0].rack" "family of the rack's frame" => |d| text(&d.main_rack()?.kind);
    "rack.accelerators" Count "compute.groups[0].nodes_per_rack" "accelerators per full rack" => |d| Some(Scalar::Num(per_rack(d)? * f64::from(d.main_node()?.accelerators.known()?)));
    "rack.space_used" Height "compute.groups[0].nodes_per_rack" "height taken in a full rack" => |d| space_used(d).map(Scalar::Num);
    "rack.gear_mass" Mass "compute.groups[0].nodes_per_rack" "mass of the nodes in a full rack" => |d| Some(Scalar::Num(per_rack(d)? * d.main_node()?.mass.known()?.get()));
    "rack.payload" Mass "compute.groups[0].rack" "mass that the rack may carry" => |d| base(d.main_rack()?.payload.known());
    "rack.mass" Mass "compute.groups[0].rack" "mass of a full rack" => |d| base(d.main_rack()?.mass_full.known());
    "rack.door_mass" Mass "compute.groups[0].rack" "mass of the rear-door heat exchanger" => |d| base(d.main_rack()?.door_mass.known());
    "rack.shelf_usable" Power "site.power_redundancy" "power of the rack's shelves that survive" => |d| base(d.shelves_usable(d.design.site.power_redundancy));
    "rack.shelf_peak" Power "compute.groups[0].rack" "short peak that the rack's shelves ride through" => |d| base(d.main_rack()?.shelf_peak.known());
    "rack.power_ceiling" Power "compute.groups[0].rack" "most power that the rack's supply is built for" => |d| base(d.main_rack()?.power_ceiling.known());
    "rack.busbar_voltage" Voltage "compute.groups[0].rack" "voltage of the rack's busbar" => |d| base(d.main_rack()?.busbar_voltage.known());
    "rack.liquid_heat" Power "compute.groups[0].part" "heat of a full rack that goes to liquid" => |d| Some(Scalar::Num(d.racks.load?.get() * d.main_node()?.liquid_share.known()?.get()));
    "rack.cdu_capacity" Power "compute.groups[0].rack" "heat that the rack's coolant distribution takes" => |d| base(d.main_rack()?.cdu_capacity.known());
    "racks.positions" Count "compute.groups[0].rack" "floor positions of a rack with its side racks" => |d| wide(d.main_rack()?.positions.known());
    "cdu.capacity" Power "site.cdu" "heat that a coolant distribution unit takes" => |d| base(d.parts.cdu(&d.design.site.cdu)?.capacity.known());
    "cdu.redundant_pumps" Truth "site.cdu" "a pump of the coolant distribution unit may fail" => |d| truth(&d.parts.cdu(&d.design.site.cdu)?.redundant_pumps);
    "cdu.ups_backed" Truth "site.cdu" "coolant distribution is on uninterruptible power" => |d| truth(&d.parts.cdu(&d.design.site.cdu)?.ups_backed);
    "site.power_redundancy" Text "site.power_redundancy" "redundancy of the power distribution" => |d| word(d.design.site.power_redundancy);
    "site.feed_voltage" Voltage "site.feed_voltage" "voltage of the feed" => |d| base(d.design.site.feed_voltage);
    "site.inlet_temperature" Temperature "site.inlet_temperature" "temperature of the air that enters the nodes" => |d| base(d.design.site.inlet_temperature);
    "site.altitude" Length "site.altitude" "height above the sea" => |d| base(d.design.site.altitude);
    "site.coolant_supply" Temperature "site.coolant_supply" "temperature of the coolant supply" => |d| base(d.design.site.coolant_supply);
    "site.coolant_per_accelerator" Flow "site.coolant_flow" "coolant flow per accelerator" => |d| { let per = per_rack(d)? * f64::from(d.main_node()?.accelerators.known()?); Some(Scalar::Num(d.design.site.coolant_flow?.get() / per.max(1.0))) };
    "site.raised_floor" Truth "site.raised_floor" "stands on a raised floor" => |d| d.design.site.raised_floor.map(Scalar::Bool);
    "site.ups_core" Truth "site.ups_core" "core network, storage and management are on uninterruptible power" => |d| d.design.site.ups_core.map(Scalar::Bool);
    "in_band.exists" Truth "fabrics.in_band.switches" "there is an in-band network" => |d| Some(Scalar::Bool(!d.design.fabrics.in_band.switches.is_empty()));
    "in_band.separate" Truth "fabrics.in_band.separate" "in-band network and compute fabric share no switch" => |d| Some(Scalar::Bool(d.design.fabrics.in_band.separate));
    "in_band.node_oversubscription" Ratio "fabrics.in_band.node_oversubscription" "oversubscription on the node side of the in-band network" => |d| base(d.design.fabrics.in_band.node_oversubscription);
    "out_of_band.exists" Truth "fabrics.out_of_band.switches" "there is an out-of-band network" => |d| Some(Scalar::Bool(!d.design.fabrics.out_of_band.switches.is_empty()));
    "storage.exists" Truth "storage.system" "there is high-performance storage" => |d| Some(Scalar::Bool(!d.design.storage.system.is_empty()));
    "software.rocm" Version "orchestration.software.rocm" "version of ROCm" => |d| software(d, "rocm");
    "software.os" Version "orchestration.software.os" "operating system" => |d| software(d, "os");
    "plan.backup" Truth "orchestration.backup" "backups are planned" => |d| d.design.orchestration.backup.map(Scalar::Bool);
    "plan.security" Truth "orchestration.security" "security is planned" => |d| d.design.orchestration.security.map(Scalar::Bool);
    "power.compute" Power "compute" "provisioned power of the nodes" => |d| base(Some(d.power.compute));
    "power.network" Power "fabrics" "provisioned power of the networks" => |d| base(Some(d.power.network));
    "claim.variant" Text "claim.variant" "variant of the claimed reference" => |d| Some(Scalar::Text(d.design.claim.as_ref()?.variant.clone()));
    "claim.stated_accelerators" Count "claim.stated" "accelerators as stated" => |d| stated(d, StatedUnit::Accelerators);
    "claim.stated_accelerators_per_rack" Count "claim.stated" "accelerators per rack as stated" => |d| stated(d, StatedUnit::AcceleratorsPerRack);
    "claim.stated_nodes" Count "claim.stated" "nodes as stated" => |d| stated(d, StatedUnit::Nodes);
    "claim.stated_units" Count "claim.stated" "scalable units as stated" => |d| stated(d, StatedUnit::Units);
}
