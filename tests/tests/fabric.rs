//! The fabric generator against the published tables (by number alone, without the
//! references), against a fabric wired port by port, and against conservation laws.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::derive::{FabricCounts, FabricRequest, generate};
use plumbline_engine::design::{Joining, Topology};
use plumbline_tests::wiring::{wire, wire_peers, wire_scheduled};
use proptest::prelude::*;

/// A DGX SuperPOD with 8-adapter nodes.
fn pod(units: u64, unit_nodes: u64, given_up: u64, radix: u64) -> FabricRequest {
    FabricRequest {
        topology: Topology::RailOptimised,
        units,
        nodes: units * unit_nodes - given_up,
        unit_nodes,
        ports_per_node: 8,
        rails: 8,
        rails_per_leaf: 1,
        joining: Joining::Spread,
        peer_links: None,
        uplink_ratio: None,
        fabric_ports: 0,
        fabric_per_cage: 1,
        fabric_port_links: 1.0,
        spine_steps: Vec::new(),
        planes: 1,
        radix: [radix; 3],
        per_cage: [2; 3],
        node_per_cage: 2,
        leaf_nodes: None,
        uplinks: None,
        spines: None,
        cores: None,
        tiers: None,
        whole_units: true,
        ufm_links: 4 * given_up,
    }
}

fn trays(units: u64, radix: u64, topology: Topology, leaf_nodes: Option<u64>) -> FabricRequest {
    FabricRequest {
        topology,
        ports_per_node: 4,
        rails: 4,
        leaf_nodes,
        ..pod(units, 144, 0, radix)
    }
}

type Row = (u64, u64, u64, u64, u64, u64);

fn row(c: &FabricCounts) -> Row {
    let or_zero = |n: Option<u64>| n.unwrap_or(0);
    (
        c.leaf,
        or_zero(c.spine),
        or_zero(c.core),
        c.node_leaf,
        or_zero(c.leaf_spine),
        or_zero(c.spine_core),
    )
}

#[test]
fn every_visible_row_of_the_published_tables() {
    let planes = |units| FabricRequest {
        planes: 2,
        radix: [128; 3],
        ..pod(units, 64, 0, 128)
    };
    let gb200 = |units| trays(units, 64, Topology::RailPerUnit, Some(18));
    let gb300 = |units| trays(units, 144, Topology::RailOptimised, None);
    let cases: Vec<(FabricRequest, Row)> = vec![
        (pod(4, 32, 0, 64), (32, 16, 0, 1024, 1024, 0)),
        (pod(16, 32, 0, 64), (128, 128, 64, 4096, 4096, 4096)),
        (pod(64, 32, 0, 64), (512, 512, 256, 16384, 16384, 16384)),
        (pod(1, 32, 1, 64), (8, 4, 0, 252, 256, 0)),
        (pod(2, 32, 1, 64), (16, 8, 0, 508, 512, 0)),
        (pod(4, 32, 1, 64), (32, 16, 0, 1020, 1024, 0)),
        (planes(1), (16, 8, 0, 512, 512, 0)),
        (planes(4), (64, 32, 0, 2048, 2048, 0)),
        (planes(16), (256, 128, 0, 8192, 8192, 0)),
        (pod(1, 72, 0, 144), (8, 4, 0, 576, 576, 0)),
        (pod(2, 72, 0, 144), (16, 8, 0, 1152, 1152, 0)),
        (pod(4, 72, 0, 144), (32, 18, 0, 2304, 2304, 0)),
        (pod(16, 72, 0, 144), (128, 72, 0, 9216, 9216, 0)),
        (pod(18, 72, 0, 144), (144, 72, 0, 10368, 10368, 0)),
        (gb200(1), (32, 24, 0, 576, 576, 0)),
        (gb200(4), (128, 96, 36, 2304, 2304, 2304)),
        (gb200(16), (512, 384, 144, 9216, 9216, 9216)),
        (gb300(2), (16, 8, 0, 1152, 1152, 0)),
    ];
    for (request, expected) in cases {
        let counts = generate(&request).expect("a published size can be built");
        assert_eq!(row(&counts), expected, "{request:?}");
        assert_eq!(counts.oversubscription, 1.0, "{request:?}");
        assert_eq!(counts.ufm_without_port, 0, "{request:?}");
    }
}

/// Rows of other publishers, by number alone.
#[test]
fn joined_ratio_and_scheduled_fabrics_equal_their_published_rows() {
    let pair = |nodes, ports, radix| FabricRequest {
        joining: Joining::Peers,
        rails: ports,
        ports_per_node: ports,
        rails_per_leaf: ports / 2,
        ..pod(1, nodes, 0, radix)
    };
    // Two switches without spines: leaves, links to nodes, links between them.
    for (nodes, leaf, down, peer) in [(4, 2, 32, 16), (8, 2, 64, 32)] {
        let counts = generate(&pair(nodes, 8, 64)).expect("published");
        assert_eq!((counts.leaf, counts.spine), (leaf, None));
        assert_eq!((counts.node_leaf, counts.peer_links), (down, Some(peer)));
    }
    let full = generate(&pair(9, 8, 64)).expect_err("a pair of 64 ports joins 8 nodes");
    assert_eq!(full.field, "joining");
    // 16 % more uplink than downlink: leaves, nodes on each.
    let ratio = |topology, nodes, leaf_nodes| FabricRequest {
        topology,
        uplink_ratio: Some(1.16),
        leaf_nodes,
        ..pod(1, nodes, 0, 128)
    };
    let shared = Topology::SharedLeaf;
    for (topology, nodes, leaf, on_leaf) in [
        (shared, 259, 37, 7),
        (shared, 518, 74, 7),
        (shared, 756, 108, 7),
        (Topology::RailOptimised, 513, 72, 57),
    ] {
        let counts = generate(&ratio(topology, nodes, None)).expect("published");
        assert_eq!((counts.leaf, counts.nodes_on_leaf), (leaf, on_leaf));
        assert!(counts.oversubscription <= 1.0 / 1.16 + 1e-9);
    }
    // Scheduled: leaves and spines, in steps where the document has steps.
    let cells = |topology, units, unit_nodes, leaf_nodes, steps: &[(u64, u64)]| FabricRequest {
        joining: Joining::Scheduled,
        topology,
        leaf_nodes: Some(leaf_nodes),
        radix: [36, 128, 128],
        fabric_ports: 20,
        fabric_port_links: 2.0,
        spine_steps: steps.to_vec(),
        ..pod(units, unit_nodes, 0, 64)
    };
    let steps = [(6, 1), (12, 2), (32, 5), (64, 10), (256, 40)];
    for (nodes, leaf, spine) in [(64, 16, 5), (128, 32, 5), (256, 64, 10), (1024, 256, 40)] {
        let counts = generate(&cells(shared, 1, nodes, 4, &steps)).expect("published");
        assert_eq!((counts.leaf, counts.spine), (leaf, Some(spine)));
        assert!((counts.oversubscription - 0.8).abs() < 1e-9);
    }
    for (units, leaf, spine) in [
        (2, 16, 3),
        (3, 24, 4),
        (8, 64, 10),
        (16, 128, 20),
        (32, 256, 40),
    ] {
        let counts =
            generate(&cells(Topology::RailOptimised, units, 36, 36, &[])).expect("published");
        assert_eq!((counts.leaf, counts.spine), (leaf, Some(spine)));
        assert!((counts.oversubscription - 0.9).abs() < 1e-9);
    }
    let wide = generate(&cells(shared, 1, 1028, 4, &steps)).expect_err("257 leaves");
    assert_eq!(wide.field, "spine_steps");
}

#[test]
fn cages_and_fibres_of_the_four_unit_bill() {
    let counts = generate(&pod(4, 32, 1, 64)).expect("published size");
    assert_eq!(counts.cages_switch, 1536, "48 switches with 32 cages each");
    assert_eq!(counts.cages_node, 508, "4 cages on each of 127 nodes");
    assert_eq!(counts.cages_ufm, 4);
    assert_eq!(counts.fibre_runs, 1016 + 4 + 1024);
}

#[test]
fn a_twin_plane_link_is_two_fibres() {
    let request = FabricRequest {
        planes: 2,
        node_per_cage: 1,
        ..pod(1, 64, 0, 128)
    };
    let counts = generate(&request).expect("published size");
    assert_eq!(counts.node_leaf, 512);
    assert_eq!(counts.fibre_runs, 2 * (512 + 512));
    assert_eq!(counts.cages_node, 512);
}

#[test]
fn a_full_pod_has_no_port_for_the_fabric_manager() {
    let full = FabricRequest {
        nodes: 128,
        ufm_links: 4,
        ..pod(4, 32, 0, 64)
    };
    assert_eq!(generate(&full).expect("buildable").ufm_without_port, 4);
}

#[test]
fn empty_places_keep_the_fabric_of_the_unit() {
    let full = generate(&pod(4, 32, 1, 64)).expect("buildable");
    let sparse = generate(&FabricRequest {
        nodes: 100,
        ..pod(4, 32, 1, 64)
    })
    .expect("buildable");
    assert_eq!(
        (sparse.leaf, sparse.spine, sparse.leaf_spine),
        (full.leaf, full.spine, full.leaf_spine)
    );
    assert_eq!(sparse.node_leaf, 100 * 8 + 4);
}

#[test]
fn impossible_requests_say_why() {
    let reason = |request: FabricRequest| generate(&request).expect_err("impossible").reason;
    assert!(
        reason(FabricRequest {
            uplinks: Some(64),
            ..pod(1, 32, 0, 64)
        })
        .contains("64 ports")
    );
    assert!(
        reason(FabricRequest {
            tiers: Some(2),
            ..pod(9, 32, 0, 64)
        })
        .contains("use three tiers")
    );
    assert!(
        reason(FabricRequest {
            tiers: Some(4),
            ..pod(1, 32, 0, 64)
        })
        .contains("4 switch tiers")
    );
    assert!(reason(trays(17, 64, Topology::RailPerUnit, Some(18))).contains("core switch"));
    assert!(
        reason(FabricRequest {
            nodes: 33,
            ..pod(1, 32, 0, 64)
        })
        .contains("do not fit")
    );
    assert!(
        reason(FabricRequest {
            planes: 0,
            ..pod(1, 32, 0, 64)
        })
        .contains("planes is 0")
    );
}

fn requests() -> impl Strategy<Value = FabricRequest> {
    let radix = prop_oneof![Just(36_u64), Just(48), Just(64), Just(128), 4_u64..96];
    let topology = prop_oneof![
        Just(Topology::RailOptimised),
        Just(Topology::RailPerUnit),
        Just(Topology::SharedLeaf)
    ];
    let shape = (1_u64..24, 1_u64..40, 1_u64..9, radix, topology);
    (shape, proptest::option::of(1_u64..40), 0_u64..40).prop_map(
        |((units, unit_nodes, rails, radix, topology), uplinks, missing)| FabricRequest {
            topology,
            nodes: (units * unit_nodes).saturating_sub(missing).max(1),
            ports_per_node: rails,
            rails,
            uplinks,
            ..pod(units, unit_nodes, 0, radix)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn counts_equal_those_of_a_fabric_wired_port_by_port(request in requests()) {
        let wired = wire(&request);
        match (generate(&request), wired) {
            (Ok(counts), Some(wired)) => {
                let built = (wired.leaf, wired.spine, wired.core, wired.node_leaf, wired.leaf_spine, wired.spine_core);
                prop_assert_eq!(row(&counts), built);
            }
            (Err(_), None) => {}
            (generated, wired) => prop_assert!(false, "generated {:?}, wired {:?}", generated, wired),
        }
    }

    #[test]
    fn joined_leaves_equal_those_wired_port_by_port(
        request in requests(), peers in 1_u64..40, shared in 1_u64..4,
    ) {
        let request = FabricRequest {
            joining: Joining::Peers, peer_links: Some(peers), rails_per_leaf: shared,
            topology: Topology::RailOptimised, uplinks: None, ..request
        };
        if let Ok(counts) = generate(&request) {
            let (leaf, cables) = wire_peers(&request).expect("what is generated can be wired");
            prop_assert_eq!(counts.leaf, leaf);
            prop_assert_eq!(counts.spine, None);
            prop_assert!(leaf <= 2);
            prop_assert_eq!(counts.peer_links, Some(cables));
            prop_assert!(counts.used_ports[0] <= request.radix[0]);
        }
    }

    #[test]
    fn a_scheduled_fabric_equals_one_wired_port_by_port(request in requests(), up in 1_u64..40) {
        let request = FabricRequest {
            joining: Joining::Scheduled, fabric_ports: up, fabric_port_links: 2.0, uplinks: None, ..request
        };
        if let Ok(counts) = generate(&request) {
            let (leaf, spine) = wire_scheduled(&request).expect("what is generated can be wired");
            prop_assert_eq!((counts.leaf, counts.spine), (leaf, Some(spine)));
            prop_assert_eq!(counts.leaf_spine, Some(leaf * up));
            prop_assert!(counts.used_ports[1] <= request.radix[1]);
        }
    }

    #[test]
    fn ports_are_conserved_and_never_over_radix(request in requests()) {
        if let Ok(counts) = generate(&request) {
            for (used, radix) in counts.used_ports.iter().zip(request.radix) {
                prop_assert!(*used <= radix, "{counts:?}");
            }
            let up = counts.leaf * counts.uplinks_per_leaf;
            prop_assert_eq!(counts.leaf_spine.unwrap_or(0), up);
            prop_assert_eq!(counts.ports, request.radix);
            prop_assert_eq!(counts.node_leaf, request.nodes * request.ports_per_node);
            let links = counts.node_leaf + counts.leaf_spine.unwrap_or(0) + counts.spine_core.unwrap_or(0);
            prop_assert_eq!(counts.fibre_runs, links * request.planes);
            let ends = counts.node_leaf + 2 * (links - counts.node_leaf);
            prop_assert!(counts.cages_switch * 2 >= ends, "a cage holds two links");
        }
    }

    #[test]
    fn more_nodes_never_need_fewer_switches(request in requests(), more in 1_u64..50) {
        let bigger = FabricRequest {
            nodes: request.nodes + more,
            units: (request.nodes + more).div_ceil(request.unit_nodes).max(request.units),
            ..request.clone()
        };
        if let (Ok(small), Ok(big)) = (generate(&request), generate(&bigger)) {
            prop_assert!(big.leaf >= small.leaf);
            prop_assert!(big.node_leaf > small.node_leaf);
        }
    }

    #[test]
    fn any_numbers_at_all_are_answered(
        a in any::<u64>(), b in any::<u64>(), c in any::<u64>(), d in any::<u64>(), e in any::<u64>(),
        f in proptest::option::of(any::<u64>()), g in proptest::option::of(any::<u64>()),
        h in proptest::option::of(any::<u64>()),
    ) {
        let small = |x: u64| x % 2048;
        for wide in [true, false] {
            let n = |x: u64| if wide { x } else { small(x) };
            let request = FabricRequest {
                units: n(a), nodes: n(b), unit_nodes: n(c), ports_per_node: n(d), rails: n(e),
                planes: n(a) % 4, uplinks: f.map(n), spines: g.map(n), cores: h.map(n),
                leaf_nodes: g.map(n), ufm_links: n(d) % 9, ..pod(1, 32, 0, 64)
            };
            let _ = generate(&request);
        }
    }
}

/// Once a loop without end: more manager links than leaves of the last unit.
#[test]
fn manager_links_may_outnumber_the_leaves_of_a_unit() {
    let request = FabricRequest {
        nodes: 30,
        ufm_links: 12,
        ..pod(1, 32, 0, 64)
    };
    assert_eq!(generate(&request).expect("buildable").ufm_without_port, 0);
    let request = FabricRequest {
        nodes: 30,
        ufm_links: 20,
        ..pod(1, 32, 0, 64)
    };
    assert_eq!(generate(&request).expect("buildable").ufm_without_port, 4);
}
