//! Random designs: a reference at a random size, then random edits of every kind. Seeded, so
//! that native and WASM see the same ones.

use plumbline_engine::design::{Design, Edit, apply, to_tree};
use plumbline_engine::reference::{World, instantiate};
use serde_json::{Value, json};

/// SplitMix64: small, seeded, the same everywhere.
pub struct Random(u64);

impl Random {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 if `limit` is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.bits() % limit.max(1) as u64) as usize
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }
}

/// A random design of the world, after up to `edits` random edits.
pub fn random_design(world: &World, random: &mut Random, edits: usize) -> Design {
    let references: Vec<_> = world.references.values().collect();
    let units = 1 + random.below(20) as u32;
    let made = random.pick(&references).and_then(|reference| {
        let variant = random
            .pick(&reference.variants)
            .map(|variant| variant.id.clone());
        instantiate(reference, units, None, variant.as_deref()).ok()
    });
    let mut design = made.unwrap_or_default();
    for _ in 0..edits {
        let edit = random_edit(&design, world, random);
        if let Ok((next, _)) = apply(&design, &edit) {
            design = next;
        }
    }
    design
}

/// An edit of a random kind; it may be one that is refused.
pub fn random_edit(design: &Design, world: &World, random: &mut Random) -> Edit {
    match random.below(12) {
        0 => override_field(world, random),
        1 => quote(random),
        2 => waiver(design, random),
        3 => list_edit(design, random),
        4 => service(world, random),
        _ => leaf_edit(design, world, random),
    }
}

fn override_field(world: &World, random: &mut Random) -> Edit {
    let parts = world.catalogue.list();
    let Some(part) = random.pick(&parts) else {
        return Edit::set("name", "no catalogue");
    };
    let tree = world.catalogue.to_json(&part.id).unwrap_or(Value::Null);
    let fields: Vec<String> = tree
        .as_object()
        .map(|map| map.keys().cloned().collect())
        .unwrap_or_default();
    let field = random
        .pick(&fields)
        .cloned()
        .unwrap_or_else(|| "ports".into());
    let written = tree
        .get(&field)
        .and_then(|f| f.as_object())
        .and_then(|f| f.values().next())
        .and_then(|f| f.get(0));
    let value = written.map_or_else(|| json!("no such field"), |old| mutate(old, random));
    let path = format!("overrides.{}.{field}", part.id);
    if random.below(4) == 0 {
        Edit::Remove { path }
    } else {
        Edit::Set { path, value }
    }
}

/// A model that is served by a plan in which any field may be stated.
fn service(world: &World, random: &mut Random) -> Edit {
    let fields = [
        (
            "traffic",
            json!(["azure-conversation", "azure-coding", "kimi-conversation"]),
        ),
        (
            "engine",
            json!(["vllm-recent", "sglang-recent", "tensorrt-llm-1.x", "tgi"]),
        ),
        ("format", json!(["Half", "Fp8", "Int4", "Nvfp4", "Mxfp4"])),
        ("tp", json!([1, 2, 4, 8, 3])),
        ("pp", json!([1, 2, 8])),
        ("groups", json!([1, 8, 64])),
        ("cached", json!([0.0, 0.4, 1.0])),
        (
            "requests",
            json!(["40 requests/s", "0.1 requests/s", "1e5 requests/s"]),
        ),
        ("first", json!(["2 s", "1 ms"])),
        ("each", json!(["50 ms", "15 ms", "1 us"])),
        ("percentile", json!([0.5, 0.99])),
        ("spare", json!([0, 3])),
        ("language", json!(["arabic", "hindi"])),
        ("wide", json!([true, false])),
        (
            "lifetime",
            json!([{ "age": "1 y", "decline": 0.5 }, { "decline": 1.0 }]),
        ),
        (
            "sizing",
            json!([{ "growth": 0.5, "availability": 0.999, "yearly": "3 M$" }, { "speed": "40 tokens/s", "it_power": "1 MW" },
                { "hours": "1 2 3", "prompts": "100 5\n200 7", "adapters": 40 }]),
        ),
        (
            "disaggregation",
            json!([{ "mode": "Search" }, { "mode": "Yes", "prefill": { "units": 2 } }]),
        ),
        (
            "prefixes",
            json!([{ "reuse": "kimi-conversation", "window": "600 s", "routing": "Random" }, { "reuse": "none" }]),
        ),
        (
            "drafting",
            json!([{ "drafter": "mtp", "drafted": 2 }, { "drafter": "eagle-3", "accepted": 1.0 }]),
        ),
        ("easy", json!([{ "model": "llama-3.1-8b", "share": 0.5 }])),
    ];
    let mut plan = json!({ "prompt": 1 + random.below(20_000), "output": 1 + random.below(2_000) });
    for (field, values) in fields {
        let values = values.as_array().cloned().unwrap_or_default();
        if random.below(3) == 0 {
            plan[field] = random.pick(&values).cloned().unwrap_or_default();
        }
    }
    let model = any_key(&world.models, random);
    let value = json!({ "name": "Served", "class": "Inference", "model": model, "serving": plan });
    Edit::set(format!("workloads[{}]", random.below(2)), value)
}

fn quote(random: &mut Random) -> Edit {
    let lines = [
        "capex/compute/dgx-h100",
        "opex/energy",
        "capex/network/qm9700",
        "opex/staff",
    ];
    let line = random.pick(&lines).copied().unwrap_or_default();
    let price = 1 + random.below(500_000);
    match random.below(3) {
        0 => Edit::set(format!("quotes.{line}.price"), format!("{price} $")),
        1 => Edit::set(
            format!("quotes.{line}.note"),
            "quoted by \"a vendor\", 2026-10 · ü 漢",
        ),
        _ => Edit::Remove {
            path: format!("quotes.{line}"),
        },
    }
}

fn waiver(design: &Design, random: &mut Random) -> Edit {
    let path = format!("waivers[{}]", random.below(design.waivers.len() + 1));
    let value = json!({
        "id": format!("NV-CF-{:02}", random.below(15)), "subject": "fabrics.compute.uplinks",
        "reason": "accepted\nfor a pilot", "date": "2026-11-24",
    });
    if random.below(3) == 0 {
        Edit::Remove { path }
    } else {
        Edit::Insert { path, value }
    }
}

/// Lists of the design that may grow and shrink.
const LISTS: [&str; 7] = [
    "compute.groups",
    "workloads",
    "models",
    "orchestration.servers",
    "orchestration.schedulers",
    "fabrics.storage.switches",
    "fabrics.in_band.switches",
];

fn list_edit(design: &Design, random: &mut Random) -> Edit {
    let list = random.pick(&LISTS).copied().unwrap_or_default();
    let length = match list {
        "compute.groups" => design.compute.groups.len(),
        "workloads" => design.workloads.len(),
        "models" => design.models.len(),
        "orchestration.servers" => design.orchestration.servers.len(),
        "orchestration.schedulers" => design.orchestration.schedulers.len(),
        "fabrics.storage.switches" => design.fabrics.storage.switches.len(),
        _ => design.fabrics.in_band.switches.len(),
    };
    let path = format!("{list}[{}]", random.below(length + 1));
    let value = if list.ends_with("schedulers") {
        json!("Slurm")
    } else {
        json!({})
    };
    if random.below(3) == 0 {
        Edit::Remove { path }
    } else {
        Edit::Insert { path, value }
    }
}

fn leaf_edit(design: &Design, world: &World, random: &mut Random) -> Edit {
    let tree = to_tree(design);
    let mut leaves = Vec::new();
    collect(&tree, String::new(), &mut leaves);
    let Some((path, old)) = random.pick(&leaves).cloned() else {
        return Edit::set("name", "empty");
    };
    let value = match (path.as_str(), random.below(6)) {
        (p, 0..=2) if p.ends_with(".leaf") || p.ends_with(".spine") => {
            any_key(&world.catalogue.switches, random)
        }
        (p, 0..=2) if p.ends_with("groups[0].part") => any_key(&world.catalogue.nodes, random),
        ("site.cooling", _) => any_key(&world.constants.cooling, random),
        ("site.region", _) => any_key(&world.sites, random),
        ("workloads[0].model", _) => any_key(&world.models, random),
        (_, 5) => Value::Null,
        _ => mutate(&old, random),
    };
    Edit::Set { path, value }
}

fn any_key<T>(map: &plumbline_engine::table::Table<T>, random: &mut Random) -> Value {
    let keys: Vec<&String> = map.keys().collect();
    random
        .pick(&keys)
        .map_or(Value::Null, |key| Value::from(key.as_str()))
}

/// Paths of all leaves but the schema version.
fn collect(value: &Value, path: String, leaves: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(map) => {
            for (key, entry) in map {
                let below = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                collect(entry, below, leaves);
            }
        }
        Value::Array(list) => {
            for (at, entry) in list.iter().enumerate() {
                collect(entry, format!("{path}[{at}]"), leaves);
            }
        }
        _ if path == "schema" => {}
        leaf => leaves.push((path, leaf.clone())),
    }
}

/// Another value of the same kind: numbers grow, shrink or vanish, truth flips, the number of
/// a quantity changes under its unit.
fn mutate(old: &Value, random: &mut Random) -> Value {
    match old {
        Value::Bool(b) => Value::Bool(!b),
        Value::Number(n) if n.is_u64() => {
            let n = n.as_u64().unwrap_or(0);
            let choices = [0, 1, n / 2, n + 1, n * 2, n.saturating_sub(1), 7];
            random.pick(&choices).copied().unwrap_or(0).into()
        }
        Value::Number(n) => {
            (n.as_f64().unwrap_or(1.0) * (0.1 + random.below(30) as f64 / 10.0)).into()
        }
        Value::String(text) => match text.split_once(' ') {
            Some((number, unit)) if number.parse::<f64>().is_ok() => {
                let number = number.parse::<f64>().unwrap_or(1.0) * (random.below(40) as f64 / 7.0);
                format!("{number} {unit}").into()
            }
            _ => format!("{text}{}", random.below(10)).into(),
        },
        Value::Null => match random.below(4) {
            0 => json!(random.below(70)),
            1 => json!("35 kW"),
            2 => json!(0.5),
            _ => json!(true),
        },
        other => other.clone(),
    }
}

/// FNV-1a of the whole assessment in its JSON form.
pub fn assessment_hash(design: &Design, world: &World) -> u64 {
    let assessment = plumbline_engine::assess(design, world);
    let json = plumbline_engine::report::assess_json(design, world, &assessment).to_string();
    json.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// One hash over the assessments of `count` random designs.
pub fn hash_of_random_assessments(world: &World, count: u64) -> u64 {
    (0..count).fold(0, |hash: u64, seed| {
        let mut random = Random::new(seed);
        let design = random_design(world, &mut random, 12);
        hash.rotate_left(7) ^ assessment_hash(&design, world)
    })
}
