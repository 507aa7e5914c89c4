//! How long an answer takes. Targets: 1 ms for the 4-SU H100 design, 5 ms at 64 SU.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::predict::predict;
use plumbline_engine::reference::{World, instantiate};
use plumbline_engine::{assess, load, world};

fn main() {
    divan::main();
}

fn h100(world: &World, units: u32) -> Design {
    let reference = world
        .references
        .get("nvidia-dgx-superpod-h100")
        .expect("a shipped reference");
    instantiate(reference, units, None, None).expect("a buildable size")
}

/// A design that breaks much, so that findings and their suggestions are made.
fn broken(world: &World) -> Design {
    let edits = [
        Edit::set("overrides.qm9700.ports", 48),
        Edit::set("site.rack_power", "20 kW"),
        Edit::set("fabrics.compute.uplinks", 8),
        Edit::set("storage.units", 1),
        Edit::set("orchestration.servers[0].count", 1),
    ];
    apply_all(&h100(world, 64), &edits)
        .expect("edits that fit")
        .0
}

#[divan::bench(args = [1, 4, 64])]
fn assess_h100(bencher: divan::Bencher<'_, '_>, units: u32) {
    let world = world();
    let design = h100(&world, units);
    bencher.bench_local(|| assess(&design, &world));
}

#[divan::bench]
fn assess_broken_64(bencher: divan::Bencher<'_, '_>) {
    let world = world();
    let design = broken(&world);
    bencher.bench_local(|| assess(&design, &world));
}

/// The part of it that predicts.
#[divan::bench]
fn predict_h100_64(bencher: divan::Bencher<'_, '_>) {
    let world = world();
    let design = h100(&world, 64);
    let derived = derive(&design, &world);
    bencher.bench_local(|| predict(&derived));
}

#[divan::bench]
fn one_edit(bencher: divan::Bencher<'_, '_>) {
    let world = world();
    let design = h100(&world, 64);
    let edits = [Edit::set("site.rack_power", "20 kW")];
    bencher.bench_local(|| apply_all(&design, &edits));
}

#[divan::bench]
fn link_out(bencher: divan::Bencher<'_, '_>) {
    let world = world();
    let design = h100(&world, 4);
    bencher.bench_local(|| load::to_link(std::slice::from_ref(&design)));
}

#[divan::bench]
fn read_the_world(bencher: divan::Bencher<'_, '_>) {
    bencher.bench_local(world);
}
