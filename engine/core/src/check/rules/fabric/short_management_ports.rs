use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::FactUnit;
use crate::design::Edit;

rule! {
    /// ## What it checks
    /// The out-of-band switches have a port for every management port of nodes, switches,
    /// servers and PDUs.
    /// ## Why it matters
    /// A device without an out-of-band port cannot be powered, updated or rescued from afar; the
    /// missing switch also misses in the rack and power plan.
    /// ## Evidence
    /// Tables 7 and 8 of the DGX SuperPOD H100 architecture wire every such port.
    /// ## Example
    /// 127 nodes, 64 switches, 8 servers and 108 PDUs need 307 ports: seven switches of 48.
    /// ## How to fix
    /// Add out-of-band switches.
    /// ## Limits
    /// Storage systems are left out: documents say that their number varies.
    pub struct ShortManagementPorts;
    "FAB007" "short_management_ports" Blocker "every management port has an out-of-band port"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let networks = &on.derived.networks;
    let Some(group) = on.derived.design.fabrics.out_of_band.switches.first() else {
        return Vec::new();
    };
    let subject = "fabrics.out_of_band.switches[0].count";
    let (Some(needed), Some(ports), Some(switches)) = (
        networks.ports_needed,
        networks.ports,
        networks.out_of_band.switches,
    ) else {
        let missing = match group.part.as_str() {
            "" => "fabrics.out_of_band.switches[0].part".to_owned(),
            part => format!("management ports of {part}"),
        };
        let what = "number of out-of-band ports";
        return vec![Outcome::unknown(subject, missing, what)];
    };
    let outcome = Outcome::compared(
        subject,
        FactUnit::Count,
        ports.into(),
        "at least",
        needed.into(),
        ports >= needed,
    );
    let per_switch = (ports / switches.max(1)).max(1);
    let enough = needed.div_ceil(per_switch);
    vec![outcome.with_fix(
        format!("use {enough} out-of-band switches"),
        vec![Edit::set(subject, enough)],
    )]
}
