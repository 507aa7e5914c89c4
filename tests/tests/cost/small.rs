//! A small world made by hand, with round figures, so that results can be computed on paper.

use plumbline_engine::catalogue::*;
use plumbline_engine::design::*;
use plumbline_engine::quantity::*;
use plumbline_engine::reference::World;
use plumbline_engine::sourced::{Grade, Origin, Sourced};
use plumbline_engine::table::Table;

/// A published figure.
fn known<T>(value: T) -> Sourced<T> {
    Sourced {
        value: Some(value),
        grade: Grade::Primary,
        source: "paper".into(),
        section: "made up".into(),
    }
}

fn unknown<T>() -> Sourced<T> {
    Sourced::unknown("not needed here")
}

/// A price from an analyst, with its ends.
pub fn price<Q: Quantity>(low: f64, mid: f64, high: f64) -> Price<Q> {
    Price {
        range: Range { low, mid, high }.map(Q::from_base),
        kind: PriceKind::Analyst,
        date: "2026-01-01".into(),
        origin: Origin {
            grade: Grade::Secondary,
            source: "paper".into(),
            section: "made up".into(),
        },
    }
}

fn one<Q: Quantity>(value: f64) -> Price<Q> {
    price(value, value, value)
}

fn map<V>(entries: Vec<(&str, V)>) -> Table<V> {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// One node of eight accelerators of 1 PFLOPS at 10 kW; one switch of 64 ports at 1 kW.
pub fn world() -> World {
    let mut world = World::default();
    world.catalogue.insert(Part::Accelerator(accelerator()));
    world.catalogue.insert(Part::Node(node()));
    world.catalogue.insert(Part::Switch(switch()));
    world.models = map(vec![(
        "model",
        ModelArchitecture {
            id: "model".into(),
            name: "Model".into(),
            also: Vec::new(),
            parameters: known(Parameters::new(1e9)),
            active: known(Parameters::new(1e9)),
            shape: unknown(),
        },
    )]);
    world.sites = map(vec![(
        "here",
        SiteData {
            id: "here".into(),
            name: "Here".into(),
            electricity: price(0.05e-3, 0.1e-3, 0.2e-3),
            colocation: price(0.15, 0.2, 0.25),
            pue: price(1.1, 1.25, 1.5),
            carbon: unknown(),
        },
    )]);
    let constants = &mut world.constants;
    constants.ratios = map(vec![
        ("utilisation", known(Ratio::new(0.5))),
        ("training-flops-per-parameter-token", known(Ratio::new(6.0))),
    ]);
    let share = |low, mid, high| known(Range { low, mid, high }.map(Ratio::new));
    constants.utilisation = map(vec![
        ("training-air", share(0.7, 0.8, 0.9)),
        ("training-nvl72", share(0.7, 0.8, 0.9)),
        ("inference-batch", share(0.5, 0.6, 0.7)),
        ("inference-decode", share(0.3, 0.4, 0.5)),
        ("idle", share(0.1, 0.2, 0.3)),
    ]);
    world.prices = book();
    world
}

fn book() -> PriceBook {
    PriceBook {
        tokens: Table::default(),
        name: "Made up".into(),
        currency: "USD".into(),
        date: "2026-01-01".into(),
        parts: map(vec![
            ("node", price(200e3, 300e3, 400e3)),
            ("switch", price(30e3, 40e3, 50e3)),
        ]),
        included: Table::new(),
        shares: map(vec![
            ("support.compute", price(0.03, 0.04, 0.06)),
            ("support.network", price(0.05, 0.08, 0.1)),
            ("support.storage", price(0.05, 0.08, 0.1)),
            ("installation.rack-and-stack", price(0.01, 0.02, 0.04)),
            ("installation.services", price(0.01, 0.03, 0.06)),
            ("installation.freight", price(0.005, 0.015, 0.03)),
        ]),
        licences: map(vec![("suite", one(4500.0))]),
        people: map(vec![("engineer-year", price(180e3, 250e3, 400e3))]),
        staff: map(vec![
            ("first-1000-accelerators", price(2.0, 4.0, 6.0)),
            ("per-further-1000", price(0.5, 1.0, 2.0)),
        ]),
        rent: map(vec![("acc/reserved-1y", price(2.0, 3.0, 4.0))]),
        residual: map(vec![(
            "acc",
            vec![price(0.5, 0.6, 0.7), price(0.25, 0.36, 0.49)],
        )]),
        discount: map(vec![("enterprise", price(0.06, 0.1, 0.15))]),
    }
}

/// Two nodes on one leaf, a training run and a stream of tokens.
pub fn design() -> Design {
    let mut design = Design {
        name: "Small".into(),
        ..Design::default()
    };
    design.compute.groups = vec![NodeGroup {
        name: "Nodes".into(),
        part: "node".into(),
        nodes: 2,
        rack: String::new(),
        nodes_per_rack: 2,
    }];
    design.fabrics.compute = ComputeFabric {
        topology: Topology::SharedLeaf,
        leaf: "switch".into(),
        spine: "switch".into(),
        unit_nodes: 2,
        rails: 1,
        spines: Some(1),
        ..ComputeFabric::default()
    };
    design.site.region = "here".into();
    design.orchestration.licence = "suite".into();
    design.workloads = vec![
        Workload {
            name: "Run".into(),
            model: "model".into(),
            tokens: Some(Tokens::new(1.2e12)),
            mfu: Some(Ratio::new(0.4)),
            ..Workload::default()
        },
        Workload {
            name: "Tokens".into(),
            class: WorkloadClass::Inference,
            throughput: Some(TokensPerSec::new(1000.0)),
            ..Workload::default()
        },
    ];
    design
}

fn accelerator() -> Accelerator {
    Accelerator {
        id: "acc".into(),
        vendor: "Paper".into(),
        name: "Accelerator".into(),
        fp64: unknown(),
        bf16: known(FlopsPerSec::new(1e15)),
        fp8: unknown(),
        fp4: unknown(),
        bf16_sparse: unknown(),
        fp8_sparse: unknown(),
        fp4_sparse: unknown(),
        memory_label: unknown(),
        memory: unknown(),
        memory_bandwidth: unknown(),
        scale_up: unknown(),
        scale_up_domain: unknown(),
        power_max: unknown(),
        form: Sourced::default(),
    }
}

fn ports(count: u32) -> Ports {
    Ports {
        count: known(count),
        rate: known(BitsPerSec::new(400e9)),
        per_cage: known(1),
        nic: None,
    }
}

fn node() -> Node {
    Node {
        id: "node".into(),
        vendor: "Paper".into(),
        name: "Node".into(),
        accelerator: "acc".into(),
        accelerators: known(8),
        cpu: unknown(),
        memory: unknown(),
        local_nvme: unknown(),
        compute_ports: ports(8),
        storage_ports: ports(0),
        in_band_ports: ports(0),
        management_ports: known(0),
        height: unknown(),
        mass: unknown(),
        power_max: known(Watts::new(10e3)),
        power_peak: unknown(),
        power_supplies: PowerSupplies {
            installed: unknown(),
            needed: unknown(),
            rating: unknown(),
        },
        supply: Supply::Ac,
        cooling: Cooling::Air,
        liquid_share: unknown(),
        air_flow: unknown(),
        cpus: Sourced::default(),
        ns_adapters: Sourced::default(),
        power_typical: Sourced::default(),
        generation: Sourced::default(),
        withdrawn: Sourced::default(),
        nic_slot: Sourced::default(),
        nic_lanes: Sourced::default(),
    }
}

fn switch() -> Switch {
    Switch {
        id: "switch".into(),
        vendor: "Paper".into(),
        name: "Switch".into(),
        family: String::new(),
        technology: Technology::InfiniBand,
        ports: known(64),
        port_rate: known(BitsPerSec::new(400e9)),
        per_cage: known(1),
        max_split: known(1),
        managed: unknown(),
        sharp: unknown(),
        adaptive_routing: unknown(),
        congestion_control: unknown(),
        management_ports: known(0),
        uplink_ports: known(0),
        height: unknown(),
        mass: unknown(),
        power_typical: unknown(),
        power_max: known(Watts::new(1e3)),
        uplink_rate: Sourced::default(),
    }
}
