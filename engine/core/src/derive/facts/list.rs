//! What follows from the recipe of a design: compute, networks, storage, management, racks.

use super::*;

/// A property of all switches of the compute fabric that are in use.
fn compute_switches(d: &Derived<'_>, get: fn(&Switch) -> &Sourced<bool>) -> FactValue {
    let f = &d.design.fabrics.compute;
    let counts = d.fabric();
    let core = counts.and_then(|c| c.core).map(|_| f.core_part());
    // Without counts the spine is asked for: nothing says that there is none.
    let spine = counts.is_none_or(|c| c.spine.is_some()).then_some(&f.spine);
    let ids = [Some(&f.leaf), spine, core].into_iter().flatten();
    all(ids.map(|id| d.parts.switch(id).and_then(|s| get(s).known())))
}
fn network_switches(
    d: &Derived<'_>,
    network: &Network,
    get: fn(&Switch) -> &Sourced<bool>,
) -> FactValue {
    all(network
        .switches
        .iter()
        .map(|g| d.parts.switch(&g.part).and_then(|s| get(s).known())))
}

/// False if any is false, else unknown if any is unknown or there is none.
fn all(values: impl Iterator<Item = Option<bool>>) -> FactValue {
    let values: Vec<Option<bool>> = values.collect();
    if values.contains(&Some(false)) {
        return Some(Scalar::Bool(false));
    }
    let known = !values.is_empty() && values.iter().all(Option::is_some);
    known.then_some(Scalar::Bool(true))
}
fn storage_system<'d>(d: &'d Derived<'_>) -> Option<&'d StorageSystem> {
    d.parts.storage(&d.design.storage.system)
}
fn storage_truth(d: &Derived<'_>, get: fn(&StorageSystem) -> &Sourced<bool>) -> FactValue {
    truth(get(storage_system(d)?))
}
pub(crate) fn servers(d: &Derived<'_>, role: Role) -> u64 {
    let groups = d.design.orchestration.servers.iter();
    groups
        .filter(|g| g.role == role)
        .map(|g| u64::from(g.count))
        .sum()
}
fn is_manager(role: Role) -> bool {
    matches!(
        role,
        Role::FabricManagerCompute | Role::FabricManagerStorage
    )
}
/// The smallest of a figure among the management servers (fabric managers apart).
fn weakest<Q: Into<f64>>(d: &Derived<'_>, get: fn(&Server) -> Option<Q>) -> FactValue {
    let groups = d
        .design
        .orchestration
        .servers
        .iter()
        .filter(|g| !is_manager(g.role));
    let figures: Option<Vec<f64>> = groups
        .map(|g| d.parts.server(&g.part).and_then(get).map(Into::into))
        .collect();
    let least = figures?.into_iter().fold(f64::INFINITY, f64::min);
    least.is_finite().then_some(Scalar::Num(least))
}

list_of_facts! {
    "compute.nodes" Count "compute.groups[0].nodes" "nodes" => |d| count(d.nodes);
    "compute.accelerators" Count "compute.groups[0].nodes" "accelerators" => |d| int(d.accelerators);
    "compute.units" Count "compute.groups[0].nodes" "scalable units" => |d| count(d.scalable_units);
    "compute.fabric_units" Count "fabrics.compute.unit_nodes" "units of fabric" => |d| count(d.units);
    "compute.racks" Count "compute.groups[0].nodes_per_rack" "racks that hold nodes" => |d| count(d.racks.compute);
    "compute.nodes_per_rack" Count "compute.groups[0].nodes_per_rack" "nodes per full rack" => |d| wide(d.main_group().map(|g| g.nodes_per_rack));
    "compute.unit_nodes" Count "fabrics.compute.unit_nodes" "nodes per scalable unit" => |d| wide(Some(d.design.fabrics.compute.unit_nodes));
    "compute.rails" Count "fabrics.compute.rails" "rails" => |d| wide(Some(d.design.fabrics.compute.rails));
    "compute.planes" Count "fabrics.compute.planes" "planes of the compute fabric" => |d| wide(Some(d.design.fabrics.compute.planes));
    "compute.disjoint_planes" Truth "fabrics.compute.disjoint_planes" "no switch serves two planes" => |d| Some(Scalar::Bool(d.design.fabrics.compute.disjoint_planes));
    "compute.topology" Text "fabrics.compute.topology" "topology of the compute fabric" => |d| Some(Scalar::Text(format!("{:?}", d.design.fabrics.compute.topology)));
    "compute.leaf" Count "fabrics.compute.leaf" "leaf switches" => |d| from_fabric(d, |c| Some(c.leaf));
    "compute.spine" Count "fabrics.compute.spine" "spine switches" => |d| from_fabric(d, |c| c.spine.or(Some(0)));
    "compute.core" Count "fabrics.compute.core" "core switches (0 = no core tier)" => |d| from_fabric(d, |c| c.core.or(Some(0)));
    "compute.tiers" Count "fabrics.compute.tiers" "switch tiers" => |d| from_fabric(d, |c| Some(c.tiers));
    "compute.tiers_needed" Count "fabrics.compute.tiers" "switch tiers that the radix asks for" => |d| from_fabric(d, |c| Some(c.tiers_needed));
    "compute.links.node_leaf" Count "fabrics.compute" "links from nodes and fabric managers to leaves" => |d| from_fabric(d, |c| Some(c.node_leaf));
    "compute.links.leaf_spine" Count "fabrics.compute.whole_units" "links from leaves to spines" => |d| from_fabric(d, |c| c.leaf_spine.or(Some(0)));
    "compute.links.spine_core" Count "fabrics.compute" "links from spines to cores" => |d| from_fabric(d, |c| c.spine_core.or(Some(0)));
    "compute.links.leaf_spine_whole" Count "fabrics.compute" "links from leaves to spines when whole units are built" => |d| from_fabric(d, |c| c.leaf_spine_whole.or(Some(0)));
    "compute.cages_node" Count "fabrics.compute" "cages used at nodes" => |d| from_fabric(d, |c| Some(c.cages_node));
    "compute.cages_switch" Count "fabrics.compute" "cages used at switches" => |d| from_fabric(d, |c| Some(c.cages_switch));
    "compute.fibre_runs" Count "fabrics.compute" "physical cables of the compute fabric" => |d| from_fabric(d, |c| Some(c.fibre_runs));
    "compute.uplinks_per_leaf" Count "fabrics.compute.uplinks" "uplinks per leaf and plane" => |d| from_fabric(d, |c| Some(c.uplinks_per_leaf));
    "compute.uneven_uplinks" Count "fabrics.compute.spines" "uplinks of a leaf left over when spread over its spines" => |d| from_fabric(d, |c| Some(c.uneven_uplinks));
    "compute.leaves_per_rail" Count "fabrics.compute.unit_nodes" "leaves per rail and unit" => |d| from_fabric(d, |c| Some(c.leaves_per_rail));
    "compute.oversubscription" Ratio "fabrics.compute.uplinks" "highest ratio of down- to uplinks at any tier" => |d| d.fabric().map(|c| Scalar::Num(c.oversubscription));
    "compute.switch_family" Text "fabrics.compute.leaf" "product family of the leaf switch" => |d| d.parts.switch(&d.design.fabrics.compute.leaf).map(|s| Scalar::Text(s.family.clone()));
    "compute.managed" Truth "fabrics.compute.leaf" "all compute switches are managed" => |d| compute_switches(d, |s| &s.managed);
    "compute.sharp" Truth "fabrics.compute.leaf" "all compute switches reduce in the network" => |d| compute_switches(d, |s| &s.sharp);
    "compute.adaptive_routing" Truth "fabrics.compute.leaf" "all compute switches route adaptively" => |d| compute_switches(d, |s| &s.adaptive_routing);
    "node.accelerators" Count "compute.groups[0].part" "accelerators per node" => |d| wide(d.main_node()?.accelerators.known());
    "node.compute_ports" Count "compute.groups[0].part" "compute ports per node" => |d| wide(d.main_node()?.compute_ports.count.known());
    "node.compute_port_rate" BitRate "compute.groups[0].part" "rate of a compute port" => |d| base(d.main_node()?.compute_ports.rate.known());
    "node.storage_bandwidth" ByteRate "compute.groups[0].part" "bandwidth from one node to storage" => |d| {
        let ports = &d.main_node()?.storage_ports;
        Some(Scalar::Num(ports.rate.known()?.get() / 8.0 * f64::from(ports.count.known()?)))
    };
    "node.in_band_ports" Count "compute.groups[0].part" "in-band ports per node" => |d| wide(d.main_node()?.in_band_ports.count.known());
    "node.in_band_rate" BitRate "compute.groups[0].part" "rate of an in-band port" => |d| base(d.main_node()?.in_band_ports.rate.known());
    "storage_fabric.separate" Truth "fabrics.storage.separate" "storage and compute fabric share no switch" => |d| Some(Scalar::Bool(d.design.fabrics.storage.separate));
    "storage_fabric.switches" Count "fabrics.storage.switches[0].count" "switches of the storage fabric" => |d| int(d.networks.storage.switches);
    "storage_fabric.leaf" Count "fabrics.storage.switches[0].count" "leaf switches of the storage fabric" => |d| int(d.networks.storage.leaf);
    "storage_fabric.spine" Count "fabrics.storage.switches[0].count" "spine switches of the storage fabric" => |d| int(d.networks.storage.spine);
    "storage_fabric.technology" Text "fabrics.storage.switches[0].part" "technology of the storage fabric" => |d| {
        let group = d.design.fabrics.storage.switches.first()?;
        d.parts.switch(&group.part).map(|s| Scalar::Text(format!("{:?}", s.technology)))
    };
    "storage_fabric.node_oversubscription" Ratio "fabrics.storage.node_oversubscription" "oversubscription on the node side of the storage fabric" => |d| base(d.design.fabrics.storage.node_oversubscription);
    "storage_fabric.storage_oversubscription" Ratio "fabrics.storage.storage_oversubscription" "oversubscription on the storage side of the storage fabric" => |d| base(d.design.fabrics.storage.storage_oversubscription);
    "storage_fabric.uplink_per_unit" BitRate "fabrics.storage.storage_uplink_per_unit" "storage-side bandwidth per scalable unit" => |d| base(d.design.fabrics.storage.storage_uplink_per_unit);
    "storage_fabric.congestion_control" Truth "fabrics.storage.switches[0].part" "storage switches control congestion" => |d| network_switches(d, &d.design.fabrics.storage, |s| &s.congestion_control);
    "storage_fabric.adaptive_routing" Truth "fabrics.storage.switches[0].part" "storage switches route adaptively" => |d| network_switches(d, &d.design.fabrics.storage, |s| &s.adaptive_routing);
    "storage.read" ByteRate "storage.units" "aggregate storage read" => |d| base(d.storage.read);
    "storage.write" ByteRate "storage.units" "aggregate storage write" => |d| base(d.storage.write);
    "storage.capacity" Size "storage.units" "usable storage capacity" => |d| base(d.storage.capacity);
    "storage.posix" Truth "storage.system" "storage is POSIX" => |d| storage_truth(d, |s| &s.posix);
    "storage.parallel" Truth "storage.system" "storage is a parallel file system" => |d| storage_truth(d, |s| &s.parallel);
    "storage.rdma" Truth "storage.system" "storage is reached by RDMA" => |d| storage_truth(d, |s| &s.rdma);
    "storage.resilient" Truth "storage.system" "storage survives the loss of a controller or node" => |d| storage_truth(d, |s| &s.resilient);
    "storage.client_cache" Truth "storage.system" "storage caches in the node's RAM and flash" => |d| storage_truth(d, |s| &s.client_cache);
    "storage.certified" Truth "storage.system" "storage is certified for DGX SuperPOD" => |d| storage_truth(d, |s| &s.certified_superpod);
    "user_storage.exists" Truth "storage.user.protocol" "user storage exists" => |d| Some(Scalar::Bool(d.design.storage.user.protocol.is_some()));
    "user_storage.protocol" Text "storage.user.protocol" "protocol of the user storage" => |d| d.design.storage.user.protocol.clone().map(Scalar::Text);
    "user_storage.in_band" Truth "storage.user.in_band" "user storage is reached in band" => |d| Some(Scalar::Bool(d.design.storage.user.in_band));
    "user_storage.rate" BitRate "storage.user.gigabits" "link rate of the user storage" => |d| d.design.storage.user.gigabits.map(|g| Scalar::Num(f64::from(g) * 1e9));
    "in_band.dual_homed" Truth "fabrics.in_band.dual_homed" "nodes are homed on two in-band switches" => |d| Some(Scalar::Bool(d.design.fabrics.in_band.dual_homed));
    "in_band.switches" Count "fabrics.in_band.switches[0].count" "in-band switches" => |d| int(d.networks.in_band.switches);
    "in_band.leaf" Count "fabrics.in_band.switches[0].count" "in-band leaf switches" => |d| int(d.networks.in_band.leaf);
    "in_band.spine" Count "fabrics.in_band.switches[0].count" "in-band spine switches" => |d| int(d.networks.in_band.spine);
    "out_of_band.isolated" Truth "fabrics.out_of_band.isolated" "the out-of-band network is not reachable by users" => |d| Some(Scalar::Bool(d.design.fabrics.out_of_band.isolated));
    "out_of_band.switches" Count "fabrics.out_of_band.switches[0].count" "out-of-band switches" => |d| int(d.networks.out_of_band.switches);
    "out_of_band.ports" Count "fabrics.out_of_band.switches[0].count" "out-of-band ports" => |d| int(d.networks.ports);
    "out_of_band.ports_needed" Count "fabrics.out_of_band" "management ports to wire, storage apart" => |d| int(d.networks.ports_needed);
    "out_of_band.uplinks" Count "fabrics.out_of_band.uplinks" "uplinks per out-of-band switch" => |d| wide(d.design.fabrics.out_of_band.uplinks);
    "management.total" Count "orchestration.servers" "management servers, fabric managers apart" => |d| {
        let groups = d.design.orchestration.servers.iter().filter(|g| !is_manager(g.role));
        count(groups.map(|g| u64::from(g.count)).sum())
    };
    "management.head" Count "orchestration.servers" "cluster manager head nodes" => |d| count(servers(d, Role::Head));
    "management.login" Count "orchestration.servers" "scheduler login nodes" => |d| count(servers(d, Role::Login));
    "management.kubernetes_admin" Count "orchestration.servers" "Kubernetes nodes for administration" => |d| count(servers(d, Role::KubernetesAdmin));
    "management.kubernetes_user" Count "orchestration.servers" "Kubernetes nodes for users' services" => |d| count(servers(d, Role::KubernetesUser));
    "management.cores" Count "orchestration.servers" "fewest cores of a management server" => |d| weakest(d, |s| s.cores.known());
    "management.memory" Size "orchestration.servers" "least memory of a management server" => |d| weakest(d, |s| s.memory.known().map(Bytes::get));
    "management.nvme" Size "orchestration.servers" "least NVMe of a management server" => |d| weakest(d, |s| s.nvme.known().map(Bytes::get));
    "management.multi_tenant" Truth "orchestration.multi_tenant" "tenants that do not trust one another share the cluster" => |d| Some(Scalar::Bool(d.design.orchestration.multi_tenant));
    "ufm.compute" Count "orchestration.servers" "fabric managers of the compute fabric" => |d| count(servers(d, Role::FabricManagerCompute));
    "ufm.storage" Count "orchestration.servers" "fabric managers of the storage fabric" => |d| count(servers(d, Role::FabricManagerStorage));
    "rack.load" Power "compute.groups[0].nodes_per_rack" "load of a full compute rack" => |d| base(d.racks.load);
    "rack.supply" Power "site.rack_power" "power that a compute rack can be given" => |d| base(d.racks.supply);
    "rack.peak" Power "compute.groups[0].nodes_per_rack" "short peak of a full compute rack" => |d| base(d.racks.peak);
    "rack.peak_supply" Power "site.rack_peak" "short peak that a compute rack's supply rides through" => |d| base(d.design.site.rack_peak);
    "rack.pdus" Count "site.pdus_per_rack" "PDUs per compute rack" => |d| wide(d.design.site.pdus_per_rack);
    "rack.height" Height "compute.groups[0].rack" "height of a compute rack" => |d| base(d.main_rack()?.height.known());
    "rack.width" Length "compute.groups[0].rack" "width of a compute rack" => |d| base(d.main_rack()?.width.known());
    "rack.depth" Length "compute.groups[0].rack" "depth of a compute rack" => |d| base(d.main_rack()?.depth.known());
    "rack.liquid" Truth "compute.groups[0].rack" "liquid is brought to the nodes" => |d| truth(&d.main_rack()?.liquid);
    "rack.leak_detection" Truth "compute.groups[0].rack" "leaks are detected in each tray and rack" => |d| truth(&d.main_rack()?.leak_detection);
    "racks.total" Count "site.support_racks" "racks, support racks where stated" => |d| count(d.racks.total());
    "racks.support" Count "site.support_racks" "racks for switches, storage and management" => |d| int(d.racks.support);
    "power.it" Power "compute" "provisioned IT power of parts with a known rating" => |d| base(Some(d.power.it()));
    "site.it_power" Power "site.it_power" "IT power that the site provides" => |d| base(d.design.site.it_power);
    "site.availability" Count "site.availability" "availability class of the building" => |d| d.design.site.availability.map(|class| Scalar::Int(class as u64 + 1));
    "site.bms" Truth "site.bms" "connected to the building management system" => |d| d.design.site.bms.map(Scalar::Bool);
    "edge.links" Count "fabrics.edge.links" "links to the customer's network" => |d| wide(d.design.fabrics.edge.links);
    "edge.rate" BitRate "fabrics.edge.rate" "rate of a link to the customer's network" => |d| base(d.design.fabrics.edge.rate);
    "edge.bgp" Truth "fabrics.edge.bgp" "edge routed by BGP" => |d| d.design.fabrics.edge.bgp.map(Scalar::Bool);
}
