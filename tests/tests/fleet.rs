//! Services beside one another on one cluster, and backwards from budgets.

#![expect(clippy::expect_used, reason = "a helper of tests fails as a test does")]

use plumbline_engine::catalogue::Range;
use plumbline_engine::check::{Status, fixes};
use plumbline_engine::cost::{Bound, Budget, budgets, lent_worth};
use plumbline_engine::derive::derive;
use plumbline_engine::design::{Design, Edit, apply_all};
use plumbline_engine::predict::inference::*;
use plumbline_engine::reference::instantiate;
use plumbline_engine::{Assessment, assess};
use plumbline_tests::world;
use serde_json::{Value, json};

const H100: &str = "nvidia-dgx-superpod-h100";

/// A service of a model: its traffic, and this besides.
fn service(model: &str, rate: f64, more: Value) -> Value {
    let mut plan = json!({
        "traffic": "azure-conversation", "each": "50 ms", "requests": format!("{rate} requests/s"),
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        plan[field] = value.clone();
    }
    json!({ "name": model, "class": "Inference", "model": model, "serving": plan })
}

fn design(workloads: Vec<Value>) -> Design {
    let reference = world().references.get(H100).expect("a reference");
    let design = instantiate(reference, 1, None, None).expect("a design");
    let edit = Edit::set("workloads", Value::from(workloads));
    apply_all(&design, &[edit]).expect("an edit").0
}

fn assessed(workloads: Vec<Value>) -> (Design, Assessment) {
    let design = design(workloads);
    let assessment = assess(&design, world());
    (design, assessment)
}

fn fleet_of(workloads: Vec<Value>) -> Fleet {
    assessed(workloads).1.predictions.fleet.expect("a fleet")
}

fn near(found: f64, expected: f64) {
    let by = 1e-9 * expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= by,
        "{found}, expected {expected}"
    );
}

#[test]
fn a_fleet_is_the_sum_of_its_services() {
    let one = fleet_of(vec![service("llama-3.1-70b", 40.0, json!({}))]);
    let two = fleet_of(vec![service("llama-3.1-8b", 300.0, json!({}))]);
    let both = fleet_of(vec![
        service("llama-3.1-70b", 40.0, json!({})),
        service("llama-3.1-8b", 300.0, json!({})),
    ]);
    near(
        both.accelerators.mid,
        one.accelerators.mid + two.accelerators.mid,
    );
    near(
        both.accelerators.low,
        one.accelerators.low + two.accelerators.low,
    );
    near(both.exact.mid, one.exact.mid + two.exact.mid);
    near(
        both.rounding.mid,
        1.0 - both.exact.mid / both.accelerators.mid,
    );
    assert!(both.rounding.low <= both.rounding.mid && both.rounding.mid <= both.rounding.high);
    assert_eq!(both.there, 248.0);
    assert!(
        assess(&design(Vec::new()), world())
            .predictions
            .fleet
            .is_none()
    );
}

/// Many models with next to no load: rounding tends to all but the load by the number of models.
#[test]
fn idle_models_take_a_replica_each() {
    let idle = |count: usize| {
        fleet_of(vec![
            service(
                "llama-3.1-8b",
                0.05,
                json!({ "tp": 1, "pp": 1 })
            );
            count
        ])
    };
    let (four, eight) = (idle(4), idle(8));
    assert_eq!((four.accelerators.mid, eight.accelerators.mid), (4.0, 8.0));
    let member = &four.members[0];
    near(four.rounding.mid, 1.0 - member.exact.mid);
    assert!(four.rounding.mid > 0.99);
    // They share what is on call: less than one each.
    assert!(eight.standby.shared < eight.standby.own);
    assert_eq!(eight.standby.own, 8.0);
}

/// A layout that yields most is no use to a demand that a smaller replica meets.
#[test]
fn a_small_demand_takes_smaller_replicas() {
    let of = |rate: f64| {
        fleet_of(vec![service(
            "llama-3.1-70b",
            rate,
            json!({ "format": "Half" }),
        )])
        .members
        .remove(0)
    };
    let few = of(0.1);
    let (layout, count) = few.leaner.expect("a smaller replica");
    assert_eq!(count, layout.instance());
    assert!(
        count < few.accelerators.mid,
        "{count} {:?}",
        few.accelerators
    );
    // Where replicas are many, what yields most takes the fewest but for rounding.
    let many = of(2000.0);
    assert!(
        many.leaner
            .is_none_or(|(_, count)| count > 0.97 * many.exact.mid)
    );
}

/// Spares for starts: each service its own root, together the root of the sum.
#[test]
fn shared_spares_grow_with_the_root() {
    let busy = |count: usize| {
        let services = vec![service("llama-3.1-8b", 200.0, json!({ "tp": 1, "pp": 1 })); count];
        fleet_of(services).standby
    };
    let (one, four) = (busy(1), busy(4));
    assert_eq!(one.own, one.shared);
    assert_eq!(four.own, 4.0 * one.own);
    assert!(four.shared <= 2.0 * one.shared && four.shared >= one.shared);
}

/// An 8 B model on slices of an H100: seven of a seventh, and 3g.40gb strands one of seven.
#[test]
fn a_small_model_is_served_on_slices() {
    let fleet = fleet_of(vec![
        service("llama-3.1-8b", 0.5, json!({ "format": "Fp8" })),
        service("llama-3.1-70b", 1.0, json!({})),
    ]);
    let sliced = fleet.members[0].sliced.as_ref().expect("a slice");
    assert!(sliced.accelerators.mid < fleet.members[0].accelerators.mid);
    assert!(sliced.slices.low <= sliced.slices.mid && sliced.slices.mid <= sliced.slices.high);
    assert!(fleet.members[1].sliced.is_none(), "70 B fit on no slice");
    let slicing = world().inference.slices.get("h100-sxm").expect("slices");
    let half = slicing.profiles.iter().find(|one| one.name == "3g.40gb");
    let half = half.expect("a profile");
    let used = half.most.known().expect("a count") * half.compute;
    near(
        f64::from(slicing.compute.known().expect("a count") - used) / 7.0,
        1.0 / 7.0,
    );
    // A slice is no faster than the whole.
    let whole = assess(
        &design(vec![service(
            "llama-3.1-8b",
            0.5,
            json!({ "format": "Fp8", "tp": 1, "pp": 1 }),
        )]),
        world(),
    );
    let each = whole.predictions.workloads[0]
        .sizing
        .as_ref()
        .expect("a sizing")
        .each;
    assert!(
        sliced.each.mid * sliced.most <= each.mid * 1.05,
        "{} {}",
        sliced.each.mid,
        each.mid
    );
}

/// Adapters slow passes by what is published and take memory; both are said.
#[test]
fn adapters_cost_memory_and_rate() {
    let with = |count: u32| {
        let plan = json!({ "tp": 4, "pp": 1, "sizing": { "adapters": count, "adapter": "42 MB" } });
        assessed(vec![service("llama-3.1-70b", 40.0, plan)])
            .1
            .predictions
    };
    let (bare, forty) = (with(0), with(40));
    let rate = |of: &plumbline_engine::predict::Predictions| {
        of.workloads[0]
            .service
            .as_ref()
            .expect("a service")
            .requests
    };
    near(rate(&bare).mid / rate(&forty).mid, 1.12);
    near(rate(&bare).low / rate(&forty).low, 1.20);
    assert!(bare.fleet.expect("a fleet").members[0].adapters.is_none());
    let adapters = forty.fleet.expect("a fleet").members[0]
        .adapters
        .expect("adapters");
    near(adapters.bytes, 40.0 * 42e6);
    assert!(0.0 < adapters.of_room && adapters.of_room < 0.1);
}

/// Weights over the slower of storage and hosts, then the engine; ending the last replica pays only where
/// requests are further apart.
#[test]
fn starts_are_weighed_against_gaps() {
    let fleet = fleet_of(vec![
        service("llama-3.1-8b", 0.0005, json!({})),
        service("llama-3.1-70b", 40.0, json!({})),
    ]);
    let [small, large] = &fleet.members[..] else {
        unreachable!("two services")
    };
    assert!(large.warm.mid > small.warm.mid && small.warm.low >= 20.0);
    near(large.cold.mid - large.warm.mid, 600.0);
    assert_eq!((small.to_zero, large.to_zero), (Fit::Yes, Fit::No));
    // A curve's quietest hour meets its share to nine digits.
    assert!((small.gap * 0.0005 * 0.29 - 1.0).abs() < 1e-6);
}

/// Each by itself fits, all together do not: the finding, and a fix that holds.
#[test]
fn services_that_do_not_fit_together_are_found() {
    let services = vec![service("llama-3.1-70b", 400.0, json!({})); 3];
    let (design, assessment) = assessed(services.clone());
    let fleet = assessment.predictions.fleet.as_ref().expect("a fleet");
    assert!(
        fleet
            .members
            .iter()
            .all(|member| member.accelerators.mid <= fleet.there)
    );
    assert!(
        fleet.accelerators.mid > fleet.there,
        "{:?}",
        fleet.accelerators
    );
    let of = |design: &Design| {
        let findings = assess(design, world()).findings;
        findings
            .into_iter()
            .find(|finding| finding.id == "INF003")
            .expect("a finding")
    };
    let finding = of(&design);
    assert_eq!(finding.status, Status::Fail, "{}", finding.message);
    let against = [world().references.get(H100).expect("a reference")];
    for fix in fixes(&design, world(), &against, &finding) {
        let fixed = apply_all(&design, &fix.edits).expect("edits").0;
        assert_eq!(of(&fixed).status, Status::Pass);
    }
    let few = self::design(services.into_iter().take(1).collect());
    assert!(
        assess(&few, world())
            .findings
            .iter()
            .all(|finding| finding.id != "INF003")
    );
}

/// A service whose datum is missing is named, and the others stand.
#[test]
fn what_is_not_counted_is_named() {
    let mut unread = service("llama-3.1-70b", 1.0, json!({}));
    unread["serving"]["requests"] = Value::Null;
    let fleet = fleet_of(vec![service("llama-3.1-8b", 5.0, json!({})), unread]);
    assert_eq!(
        fleet.left_out,
        [("workloads[1]".to_owned(), "serving.requests".to_owned())]
    );
    assert_eq!(fleet.members.len(), 1);
}

fn all_budgets(sizing: Value) -> (Vec<Budget>, Assessment) {
    let (design, assessment) = assessed(vec![service(
        "llama-3.1-70b",
        40.0,
        json!({ "tp": 8, "pp": 1, "sizing": sizing }),
    )]);
    let derived = derive(&design, world());
    let found = budgets(
        &derived,
        &design.workloads[0],
        &assessment.predictions.workloads[0],
        &assessment.costs,
    );
    (found, assessment)
}

fn is_ordered(range: Range<f64>) -> bool {
    range.low <= range.mid && range.mid <= range.high
}

/// The design as it is, and limits that are just what it takes, serve the same.
#[test]
fn budgets_of_the_design_serve_what_the_design_does() {
    let (own, assessment) = all_budgets(json!({}));
    let [own] = &own[..] else {
        unreachable!("no limit is stated")
    };
    assert_eq!((own.bound, own.limit), (Bound::Design, 248.0));
    let served = own.served.expect("served");
    let service = assessment.predictions.workloads[0]
        .service
        .as_ref()
        .expect("a service");
    near(served.requests.mid, service.requests.mid);
    near(served.tokens.mid, service.requests.mid * 211.0);
    near(served.at_once.mid, 31.0 * service.met.running);
    // 20 requests a user and day, spread as the load is.
    let users = served.users.expect("a profile").mid;
    assert!((users / (service.requests.mid * 0.61 * 86_400.0 / 20.0) - 1.0).abs() < 1e-6);
    let it = assessment.costs.provisioned.get();
    let capex = assessment.costs.capex;
    let hour = assessment
        .costs
        .per_accelerator_hour
        .expect("a price")
        .mid
        .get();
    let yearly = hour * assessment.costs.utilisation.get() * 8760.0 * 248.0;
    let (all, _) = all_budgets(json!({
        "it_power": format!("{} W", it * 1.000_001),
        "facility_power": format!("{} W", it * 2.0),
        "capex": format!("{} $", capex.mid.get() * 1.000_001),
        "yearly": format!("{} $", yearly * 1.000_001),
        "per_user": 10.0,
    }));
    let bounds: Vec<Bound> = all.iter().map(|budget| budget.bound).collect();
    assert_eq!(
        bounds,
        [
            Bound::Design,
            Bound::ItPower,
            Bound::FacilityPower,
            Bound::Capex,
            Bound::Yearly
        ]
    );
    for budget in &all[1..] {
        let (nodes, served) = (budget.nodes.expect("nodes"), budget.served.expect("served"));
        if budget.bound != Bound::FacilityPower {
            assert_eq!(nodes.mid, 31.0, "{:?}", budget.bound);
            near(served.requests.mid, service.requests.mid);
        }
        let ranges = [
            nodes,
            served.requests,
            served.tokens,
            served.at_once,
            served.users.expect("users"),
        ];
        assert!(ranges.into_iter().all(is_ordered), "{budget:?}");
        assert_eq!(budget.missing, None);
    }
    let doubled = all[0].served.expect("served").users.expect("users").mid;
    near(doubled, 2.0 * users);
    // Availability takes spares off what is served.
    let (kept, _) = all_budgets(json!({ "availability": 0.999 }));
    let kept = kept[0].served.expect("served");
    assert!(kept.requests.mid < served.requests.mid && kept.spare.mid >= 1.0);
}

#[test]
fn free_nights_are_worth_what_installed_hours_cost() {
    let (_, assessment) = all_budgets(json!({}));
    let sizing = assessment.predictions.workloads[0]
        .sizing
        .as_ref()
        .expect("a sizing");
    let (own, rent) = lent_worth(&assessment.costs, sizing);
    let hour = assessment
        .costs
        .per_accelerator_hour
        .expect("a price")
        .mid
        .get();
    let hour = hour * assessment.costs.utilisation.get();
    let own = own.expect("a price");
    near(
        own.mid.get(),
        hour * sizing.free.accelerator_hours.mid * 365.0,
    );
    assert!(own.low <= own.mid && own.mid <= own.high && rent.is_some());
}

/// A speed that no load gives is a missed limit, with a fix that holds.
#[test]
fn a_speed_that_cannot_be_held_is_found() {
    let (design, assessment) = assessed(vec![service(
        "llama-3.1-70b",
        40.0,
        json!({ "each": null, "sizing": { "speed": "5000 tokens/s" } }),
    )]);
    let finding = |of: &Assessment| {
        let mut all = of.findings.clone().into_iter();
        all.find(|finding| finding.id == "INF001")
            .expect("a finding")
    };
    let failed = finding(&assessment);
    assert_eq!(
        (failed.status, failed.subject.as_str()),
        (Status::Fail, "workloads[0].serving.sizing.speed")
    );
    let against = [world().references.get(H100).expect("a reference")];
    let fixes = fixes(&design, world(), &against, &failed);
    assert!(!fixes.is_empty());
    for fix in fixes {
        let fixed = apply_all(&design, &fix.edits).expect("edits").0;
        assert_eq!(finding(&assess(&fixed, world())).status, Status::Pass);
    }
}
