use super::node_rating;
use crate::catalogue::Supply;
use crate::check::rule::{firm, rule};
use crate::check::{On, Outcome, Severity};
use crate::derive::FactUnit;
use crate::quantity::Quantity;
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// The section of the rack's busbar that carries most stays within its current.
    /// ## Why it matters
    /// At 50 V a dense rack draws thousands of amperes. A busbar is rated per section, and a
    /// section above its current overheats its joints long before a shelf notices.
    /// ## Evidence
    /// Current is load over voltage. Where shelves at both ends feed the bar, the worst section
    /// carries half of it.
    /// ## Example
    /// 120 kW at 50 V are 2,400 A. A bar of 1,400 A carries that only if it is fed from both
    /// ends, with 1,200 A each.
    /// ## How to fix
    /// Place shelves at both ends of the bar, put fewer nodes into the rack, or raise the voltage.
    /// ## Limits
    /// Nodes are taken as spread evenly along the bar. Where it is not known from how many ends
    /// the bar is fed, and only that decides, the finding is unknown. Says nothing of racks whose
    /// maker states no current, unless a requirement asks.
    pub struct BusbarSection;
    "PWR005" "busbar_section" Advice "the busbar section that carries most stays within its current"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let subject = "compute.groups[0].rack";
    let Some(rack) = on.derived.main_rack() else {
        return Vec::new();
    };
    let limit = rack.busbar_current.known();
    if on.demand.is_none() && (limit.is_none() || rack.supply == Supply::Ac) {
        return Vec::new();
    }
    let unknown = |datum: String, what: &str| vec![Outcome::unknown(subject, datum, what)];
    let Some(limit) = limit else {
        let datum = format!("{}: busbar_current", rack.id);
        return unknown(datum, "current that a busbar section may carry");
    };
    let Some(voltage) = rack.busbar_voltage.known().filter(|v| v.get() > 0.0) else {
        let datum = format!("{}: busbar_voltage", rack.id);
        return unknown(datum, "voltage of the busbar");
    };
    let Some(load) = on.derived.racks.load else {
        return unknown(node_rating(on), "rack load");
    };
    let whole = load.get() / voltage.get();
    let ends = rack.busbar_ends.known();
    let within = |current: f64| current <= limit.get() * (1.0 + 1e-9);
    let show = |current: f64| FactUnit::Current.show(&Scalar::Num(current));
    if ends.is_none() && !within(whole) && within(whole / 2.0) {
        let datum = format!("{}: busbar_ends", rack.id);
        let mut outcome = Outcome::unknown(subject, datum, "from how many ends the busbar is fed");
        outcome.message += &format!(
            ", for {} at one end are too much for {} and half of it is not",
            show(whole),
            show(limit.get())
        );
        return vec![outcome];
    }
    // Without knowing better, all current passes one section.
    let both = ends.is_some_and(|ends| ends > 1);
    let section = if both { whole / 2.0 } else { whole };
    let fed = match both {
        true => format!(", half of {} as the bar is fed from two ends", show(whole)),
        false => String::new(),
    };
    let (found, required) = (Scalar::Num(section), Scalar::Num(limit.get()));
    let message = format!(
        "found {} in a busbar section ({} at {}{fed}), required at most {}",
        show(section),
        load.pretty(),
        voltage.pretty(),
        show(limit.get())
    );
    let outcome = Outcome {
        message,
        ..Outcome::compared(
            subject,
            FactUnit::Current,
            found,
            "at most",
            required,
            within(section),
        )
    }
    .by(rack.busbar_current.origin());
    let mut grades = vec![rack.busbar_current.grade, rack.busbar_voltage.grade];
    if ends.is_some() {
        grades.push(rack.busbar_ends.grade);
    }
    vec![match firm(&grades) {
        true => outcome.at(Severity::Blocker),
        false => outcome,
    }]
}
