//! The command line's contract: keys, exit codes, files whole or not at all.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails where it stands"
)]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plumbline"))
        .args(args)
        .output()
        .expect("the program starts")
}

fn json(args: &[&str]) -> Value {
    let output = run(args);
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{args:?}: {error}: {text}"))
}

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn new_design(folder: &Path, reference: &str, size: &str) -> String {
    let path = folder
        .join(format!("{reference}-{size}.ron"))
        .display()
        .to_string();
    let output = run(&["new", reference, "--size", size, "-o", &path]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    path
}

const H100: &str = "nvidia-dgx-superpod-h100";

#[test]
fn references_lists_what_there_is() {
    let listed = json(&["references", "--json"]);
    assert_eq!(listed["schema"], 1);
    let references = listed["references"].as_array().expect("a list");
    assert!(references.len() >= 8);
    for reference in references {
        for key in [
            "id",
            "publisher",
            "title",
            "document",
            "version",
            "date",
            "sizes",
            "variants",
            "requirements",
        ] {
            assert!(!reference[key].is_null(), "{key} of {}", reference["id"]);
        }
    }
}

#[test]
fn fabric_has_the_contract_keys() {
    let counts = json(&["fabric", "--reference", H100, "--size", "4", "--json"]);
    assert_eq!(counts["variant"], "with-ufm");
    assert_eq!(
        (&counts["nodes"], &counts["accelerators"]),
        (&Value::from(127), &Value::from(1016))
    );
    let compute = &counts["fabrics"]["compute"];
    assert_eq!(
        (&compute["leaf"], &compute["spine"], &compute["core"]),
        (&32.into(), &16.into(), &Value::Null)
    );
    assert_eq!(compute["links"]["node_leaf"], 1020);
    assert_eq!(compute["links"]["leaf_spine"], 1024);
    assert_eq!(compute["links"]["spine_core"], Value::Null);
    assert_eq!(compute["oversubscription"], 1.0);
    assert!(counts["fabrics"]["storage"]["switches"].is_u64());
}

#[test]
fn any_number_of_nodes_gets_whole_units() {
    let counts = json(&[
        "fabric",
        "--reference",
        H100,
        "--nodes",
        "50",
        "--variant",
        "idealised",
        "--json",
    ]);
    assert_eq!((&counts["size"], &counts["nodes"]), (&2.into(), &50.into()));
    assert_eq!(counts["fabrics"]["compute"]["leaf"], 16);
    assert_eq!(counts["fabrics"]["compute"]["links"]["node_leaf"], 400);
}

#[test]
fn check_counts_cites_and_fails_as_asked() {
    let folder = folder("check");
    let good = new_design(&folder, H100, "4");
    assert_eq!(
        run(&["check", &good, "--fail-on", "deviation"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        run(&["check", &good, "--fail-on", "unknown"]).status.code(),
        Some(1)
    );
    let text = fs::read_to_string(&good).expect("the design");
    let bad = folder.join("bad.ron");
    fs::write(&bad, text.replace("uplinks: None", "uplinks: 16")).expect("written");
    let bad = bad.display().to_string();
    assert_eq!(
        run(&["check", &bad]).status.code(),
        Some(0),
        "a deviation is no blocker"
    );
    assert_eq!(
        run(&["check", &bad, "--fail-on", "deviation"])
            .status
            .code(),
        Some(1)
    );
    let checked = json(&["check", &bad, "--json"]);
    assert_eq!(checked["summary"]["deviation"], 1);
    let findings = checked["findings"].as_array().expect("a list");
    let finding = findings
        .iter()
        .find(|f| f["id"] == "NV-CF-01")
        .expect("the finding");
    assert_eq!(
        (&finding["severity"], &finding["status"]),
        (&"deviation".into(), &"fail".into())
    );
    assert_eq!(
        (&finding["found"], &finding["required"]),
        (&2.0.into(), &1.0.into())
    );
    assert!(finding["source"].as_str().is_some_and(|s| !s.is_empty()));
    assert!(
        finding["fixes"]
            .as_array()
            .is_some_and(|fixes| !fixes.is_empty())
    );
    assert_eq!(
        json(&["check", &bad, "--format", "sarif"])["version"],
        "2.1.0"
    );
    let junit = run(&["check", &bad, "--format", "junit", "--fail-on", "deviation"]);
    assert!(String::from_utf8_lossy(&junit.stdout).contains("failures=\"1\""));
    let md = run(&["check", &bad, "--format", "md"]);
    assert!(String::from_utf8_lossy(&md.stdout).contains("| deviation | NV-CF-01 |"));
}

#[test]
fn a_design_of_another_reference_is_checked_against_this_one() {
    let folder = folder("against");
    let design = new_design(&folder, "nvidia-dgx-superpod-b200", "4");
    let checked = json(&[
        "check",
        &design,
        "--against",
        H100,
        "--against",
        "nvidia-dgx-superpod-h200",
        "--json",
    ]);
    assert_eq!(checked["against"].as_array().map(Vec::len), Some(2));
}

#[test]
fn assess_cost_and_bom_agree() {
    let folder = folder("money");
    let design = new_design(&folder, H100, "4");
    let assessed = json(&["assess", &design, "--json"]);
    for key in [
        "schema",
        "design",
        "derived",
        "findings",
        "predictions",
        "costs",
        "defaults_used",
        "revision",
        "as_of",
    ] {
        assert!(!assessed[key].is_null(), "{key}");
    }
    let cost = json(&["cost", &design, "--json"]);
    assert_eq!(
        cost["designs"][0]["capex"],
        assessed["costs"]["designs"][0]["capex"]
    );
    let lines = cost["designs"][0]["lines"].as_array().expect("lines");
    assert!(lines.iter().any(|line| {
        line["path"]
            .as_str()
            .is_some_and(|p| p.starts_with("opex/"))
    }));
    let bom = String::from_utf8_lossy(&run(&["bom", &design]).stdout).into_owned();
    assert!(
        bom.starts_with("path,item,") && bom.contains("dgx-h100"),
        "{bom}"
    );
    assert_eq!(json(&["bom", &design, "--format", "json"])["schema"], 1);
}

#[test]
fn the_difference_of_two_designs_sums_up() {
    let folder = folder("difference");
    let a = new_design(&folder, H100, "2");
    let b = new_design(&folder, H100, "4");
    let cost = json(&["cost", &a, &b, "--years", "5", "--json"]);
    let total = |at: usize| cost["designs"][at]["tco"]["mid"].as_f64().expect("a total");
    let parts = cost["difference"].as_array().expect("lines");
    let sum: f64 = parts
        .iter()
        .filter_map(|part| part["amount"].as_f64())
        .sum();
    let share: f64 = parts.iter().filter_map(|part| part["share"].as_f64()).sum();
    assert!((sum - (total(1) - total(0))).abs() < 1.0, "{sum}");
    assert!((share - 1.0).abs() < 1e-9, "{share}");
}

#[test]
fn a_link_opens_to_the_same_design() {
    let folder = folder("link");
    let design = new_design(&folder, H100, "4");
    let link = String::from_utf8(run(&["link", &design, "--base", "https://example.org/"]).stdout)
        .expect("text");
    let link = link.trim();
    assert!(link.starts_with("https://example.org/#1."), "{link}");
    let back = folder.join("back.ron").display().to_string();
    assert!(run(&["open", link, "-o", &back]).status.success());
    assert_eq!(
        fs::read_to_string(back).ok(),
        fs::read_to_string(design).ok()
    );
}

#[test]
fn bad_calls_and_bad_input_exit_with_two_and_say_why() {
    let folder = folder("bad");
    let target = folder.join("never.ron");
    let target_text = target.display().to_string();
    let broken = folder.join("broken.ron");
    fs::write(&broken, "(schema: 1, nam: \"x\")").expect("written");
    let broken = broken.display().to_string();
    for (args, says) in [
        (
            vec![
                "new",
                "nvidia-dgx-superpod-h10",
                "--size",
                "4",
                "-o",
                &target_text,
            ],
            "nearest: \"nvidia-dgx-superpod-h100\"",
        ),
        (
            vec!["new", H100, "--size", "0", "-o", &target_text],
            "expected 1 to",
        ),
        (
            vec!["new", H100, "--size", "4", "--variant", "ufm"],
            "expected one of with-ufm, idealised",
        ),
        (vec!["new", H100], "printed sizes"),
        (
            vec![
                "fabric",
                "--reference",
                "nvidia-dgx-superpod-gb200",
                "--size",
                "17",
            ],
            "core switch",
        ),
        (vec!["check", "no-such-file.ron"], "no-such-file.ron"),
        (vec!["check", &broken], "nearest: \"name\""),
        (
            vec!["check", &broken, "--fail-on", "never"],
            "possible values",
        ),
        (vec!["open", "hello"], "not a Plumbline link"),
        (vec!["cost", &broken, "--years", "11"], "broken.ron"),
        (vec!["frobnicate"], "unrecognized subcommand"),
        (
            vec!["references", "--world", "/no/such/folder"],
            "not a folder",
        ),
    ] {
        let output = run(&args);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {message}");
        assert!(message.contains(says), "{args:?}: {message}");
        assert!(output.stdout.is_empty(), "{args:?}");
    }
    assert!(!target.exists(), "a refused call writes nothing");
}

#[test]
fn an_edited_world_is_read_and_a_broken_one_named() {
    // What an earlier run left may be a file that the references no longer have.
    let copy = folder("world");
    fs::remove_dir_all(&copy).expect("an empty place");
    copy_folder(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../references"),
        &copy,
    );
    let world = copy.display().to_string();
    let same = json(&[
        "fabric",
        "--reference",
        H100,
        "--size",
        "4",
        "--json",
        "--world",
        &world,
    ]);
    assert_eq!(same["fabrics"]["compute"]["leaf"], 32);
    fs::write(copy.join("catalogue/extra.ron"), "[Cable((id: 3))]").expect("written");
    let output = run(&["references", "--world", &world]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("catalogue/extra.ron:1:"));
    fs::remove_file(copy.join("catalogue/extra.ron")).expect("removed");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

#[test]
fn schemas_name_the_fields() {
    let schema = json(&["schema", "design"]);
    assert!(schema["properties"]["fabrics"].is_object(), "{schema}");
    assert!(json(&["schema", "reference"])["properties"]["requirements"].is_object());
}

#[test]
fn rows_of_inference_are_predicted_or_say_why_not() {
    let folder = folder("inference");
    let rows = folder.join("rows.csv");
    let text = "id,model,weight_precision,accelerator,num_accel,tp,engine,engine_version,isl,osl,concurrency,scenario,metric,value\n\
        a,Llama 3.1 70B,fp8,H100 SXM 80GB,4,4,vLLM,0.18.0,1024,1024,16,aggregated serving,tpot_ms,14\n\
        b,Llama 3.1 70B,fp8,H100 SXM 80GB,4,4,vLLM,0.18.0,1024,1024,,aggregated serving,tpot_ms,14\n";
    fs::write(&rows, text).expect("written");
    let rows = rows.display().to_string();
    let out = folder.join("out.csv").display().to_string();
    let output = run(&["predict", "inference", &rows, "-o", &out]);
    assert!(output.status.success());
    let summary = String::from_utf8_lossy(&output.stderr);
    assert!(summary.contains("2 rows, 1 predicted"), "{summary}");
    let table = fs::read_to_string(&out).expect("a table");
    assert!(table.starts_with("id,metric,predicted,low,high,status,reason\na,tpot_ms,"));
    assert!(table.contains("b,tpot_ms,,,,out_of_scope,"), "{table}");
    let document = json(&["predict", "inference", &rows, "--json"]);
    assert_eq!(document["schema"], 1);
    assert_eq!(document["rows"][0]["class"], "time per token");
}

#[test]
fn energy_of_rows_of_throughput_is_predicted() {
    let folder = folder("energy");
    let rows = folder.join("rows.csv");
    let text = "id,model,weight_precision,accelerator,num_accel,tp,engine,engine_version,isl,osl,concurrency,scenario,metric,value,outcomes\n\
        a,Llama 3.1 70B,bf16,H100 SXM 80GB,4,4,vLLM,0.11.1,200,400,128,continuous batching at max_num_seqs,output_tokens_per_s,2900,0.9 J/output token (GPU energy)\n\
        b,Llama 3.1 70B,bf16,H100 SXM 80GB,4,4,vLLM,0.11.1,200,400,128,continuous batching at max_num_seqs,tpot_ms,40,0.9 J/output token (GPU energy)\n";
    fs::write(&rows, text).expect("written");
    let document = json(&["predict", "energy", &rows.display().to_string(), "--json"]);
    let [told, other] = [&document["rows"][0], &document["rows"][1]];
    assert_eq!(told["class"], "energy per token");
    assert_eq!(told["metric"], "joules_per_token");
    let joules = told["predicted"].as_f64().expect("a figure");
    assert!((0.6..1.4).contains(&joules), "{joules}");
    assert_eq!(other["status"], "out_of_scope");
}
