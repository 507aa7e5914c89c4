//! Scratch.
use plumbline_core::load::Csv;
use plumbline_core::predict::measured::Rows;
use plumbline_tests::evidence::{cases, fitted, unseen, with};

fn main() {
    let text = std::fs::read_to_string("references/measured/training.csv").unwrap();
    let table = Csv::read(&text).unwrap();
    let world = plumbline_engine::world();
    let (cases, _) = cases(&world, &table);
    let constants = fitted(&world, &cases, &|_| true);
    let c = with(&constants.iter().map(|c| c.log).collect::<Vec<_>>());
    let folds = unseen(&world, &cases, &|case| case.fold.to_string());
    let rows: std::collections::BTreeMap<String, _> = Rows::new(&table)
        .iter()
        .map(|r| (r.text("id").to_owned(), r))
        .collect();
    let mut order: Vec<_> = cases.iter().zip(folds).collect();
    order.sort_by(|a, b| a.0.class.cmp(b.0.class).then(a.1.total_cmp(&b.1)));
    for (case, e) in order {
        let r = rows.get(&case.id).unwrap();
        let t = |n: &str| r.text(n).to_owned();
        let reading = &case.row.readings[0];
        let s = case.row.step(&c, reading);
        let tot = s.total();
        let parts: Vec<String> = s
            .parts()
            .iter()
            .filter(|p| p.1 / tot > 0.004)
            .map(|p| {
                format!(
                    "{}={:.0}",
                    &p.0.replace("memory ", "mem").replace("parallel ", "")[..8.min(p.0.len() - 1)]
                        .replace(' ', ""),
                    100.0 * p.1 / tot
                )
            })
            .collect();
        let mut job = reading.job(&case.row.shape);
        job.layout.micro_batch = reading.micro_batches[0]; job.layout.vp = reading.chunks[0];
        let m = plumbline_core::predict::training::memory(&job);
        if m.total() > job.machine.memory { println!("MEM\t{}\t{:.1}\t{}\t{}\t{}\ttot {:.0} of {:.0} w{:.0} g{:.0} o{:.0} a{:.0} l{:.0} r{:.0} {:?} t{}p{}v{}c{}e{}d{}m{} {:?}", case.id, 100.0*e, t("model"), case.accelerator, t("recompute"), m.total()/1e9, job.machine.memory/1e9, m.weights/1e9, m.gradients/1e9, m.optimizer/1e9, m.activations/1e9, m.logits/1e9, m.reserve/1e9, job.layout.sharding, job.layout.tp, job.layout.pp, job.layout.vp, job.layout.cp, job.layout.ep, job.layout.dp, job.layout.micro_batch, job.layout.recompute); }
        println!(
            "{}\t{:+.1}\t{}\t{}\t{}\t{}x{}\t{}\tt{}p{}v{}c{}e{}d{}m{}\tgb{}\ts{}\t{}\t{}\t{}\t{}={}\tstep {:.4}\t{}\t{}",
            case.class,
            100.0 * e,
            case.id,
            world.training.doubtful.contains_key(&case.id),
            t("model"),
            t("num_accel"),
            t("accelerator")
                .replace("NVIDIA ", "")
                .replace("-SXM5-80GB", ""),
            t("precision"),
            t("tp"),
            t("pp"),
            t("vp"),
            t("cp"),
            t("ep"),
            t("dp"),
            t("micro_batch"),
            t("global_batch"),
            t("seq_len"),
            t("recompute"),
            t("software"),
            t("network"),
            t("metric"),
            t("value"),
            tot,
            parts.join(" "),
            t("notes").chars().take(110).collect::<String>()
        );
    }
}
