use crate::check::rule::rule;
use crate::check::{On, Outcome};
use crate::derive::FactUnit;
use crate::design::Edit;
use crate::quantity::{Celsius, Quantity};
use crate::scalar::Scalar;

rule! {
    /// ## What it checks
    /// The air that enters the nodes is no hotter than they allow at the height of the site.
    /// ## Why it matters
    /// Thin air carries less heat, so that makers lower the allowed inlet with height. A node
    /// above it throttles first and is out of its warranty.
    /// ## Evidence
    /// The limits are the requirement's: `t_max` at sea level, `metres_per_degree`, and where the
    /// document gives them `t_min` and `from`, the height from which the allowance falls.
    /// ## Example
    /// 35 °C at sea level less one degree for each 305 m: 30 °C at 1,525 m.
    /// ## How to fix
    /// Supply colder air, or choose nodes for that height.
    /// ## Limits
    /// Temperature only; humidity and its rate of change are not looked at. Speaks only where a
    /// requirement gives it limits.
    pub struct HotInlet;
    "COO003" "hot_inlet" Advice "air enters the nodes no hotter than they allow at this height"
    check
}

fn check(on: &On<'_>) -> Vec<Outcome> {
    let figure = |name: &str, unit: FactUnit| {
        let limit = on.limit(name).and_then(|limit| unit.read(limit));
        limit.and_then(|limit| limit.as_f64())
    };
    let Some(highest) = figure("t_max", FactUnit::Temperature) else {
        return Vec::new();
    };
    let subject = "site.inlet_temperature";
    let site = &on.derived.design.site;
    let Some(inlet) = site.inlet_temperature else {
        return vec![Outcome::unknown(subject, subject, "inlet temperature")];
    };
    let show = |celsius: f64| Celsius::new(celsius).pretty();
    let compared = |limit: f64, must: &str, holds: bool, why: String| {
        let (found, required) = (Scalar::Num(inlet.get()), Scalar::Num(limit));
        let unit = FactUnit::Temperature;
        let mut outcome = Outcome::compared(subject, unit, found, must, required, holds);
        outcome.message += &why;
        outcome.with_fix(
            format!("supply air of {}", show(limit)),
            vec![Edit::set(subject, Celsius::new(limit).to_string())],
        )
    };
    let lowest = figure("t_min", FactUnit::Temperature);
    if let Some(lowest) = lowest.filter(|lowest| inlet.get() < *lowest) {
        return vec![compared(lowest, "at least", false, String::new())];
    }
    let per_degree = figure("metres_per_degree", FactUnit::Length).filter(|m| *m > 0.0);
    let from = figure("from", FactUnit::Length).unwrap_or(0.0);
    let Some(per_degree) = per_degree else {
        let holds = inlet.get() <= highest;
        return vec![compared(highest, "at most", holds, String::new())];
    };
    let altitude = match site.altitude {
        Some(altitude) => altitude.get(),
        // Too hot at sea level is too hot anywhere.
        None if inlet.get() > highest => 0.0,
        None => {
            let altitude = "site.altitude";
            return vec![Outcome::unknown(subject, altitude, "height of the site")];
        }
    };
    let allowed = highest - (altitude - from).max(0.0) / per_degree;
    let why = match allowed < highest {
        true => format!(
            " at {}: {} less one degree for each {}",
            FactUnit::Length.show(&Scalar::Num(altitude)),
            show(highest),
            FactUnit::Length.show(&Scalar::Num(per_degree)),
        ),
        false => String::new(),
    };
    let holds = inlet.get() <= allowed + 1e-9;
    vec![compared(allowed, "at most", holds, why)]
}
