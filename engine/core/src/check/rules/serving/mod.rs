//! Rules on services: limits of latency, traffic, room for the model.

mod crowded_cluster;
mod missed_limit;
mod short_of_replicas;

pub use crowded_cluster::CrowdedCluster;
pub use missed_limit::MissedLimit;
pub use short_of_replicas::ShortOfReplicas;

use crate::check::On;
use crate::design::Workload;
use crate::predict::inference::Service;

/// Workloads with their path and predicted service, those that have one.
fn services<'a>(on: &'a On<'a>) -> impl Iterator<Item = (&'a str, &'a Workload, &'a Service)> {
    let workloads = &on.derived.design.workloads;
    let pairs = on.predictions.workloads.iter().zip(workloads);
    pairs.filter_map(|(prediction, workload)| {
        let service = prediction.service.as_ref()?;
        Some((prediction.subject.as_str(), workload, service))
    })
}
