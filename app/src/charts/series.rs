//! The lines of a cost gathered under the few headings that a chart can tell apart. The same
//! heading has the same colour everywhere.

use super::palette::{Colour, Palette};
use plumbline_engine::catalogue::Range;
use plumbline_engine::cost::{CostLine, Costs};
use plumbline_engine::quantity::Money;

/// A heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// Nodes.
    Compute,
    /// Switches, optics, cables.
    Network,
    /// Storage systems.
    Storage,
    /// Management servers, racks, PDUs.
    Other,
    /// Installation and spares.
    Installation,
    /// Electricity and colocation.
    Power,
    /// Hardware support and licences.
    Support,
    /// People.
    Staff,
    /// What is got back at the end.
    Residual,
}

impl Category {
    /// All headings, from the ground of a stack upwards.
    pub const ALL: [Category; 9] = [
        Category::Compute,
        Category::Network,
        Category::Storage,
        Category::Other,
        Category::Installation,
        Category::Power,
        Category::Support,
        Category::Staff,
        Category::Residual,
    ];

    /// The heading of a line.
    pub fn of(path: &str) -> Self {
        let mut steps = path.split('/');
        match (
            steps.next().unwrap_or_default(),
            steps.next().unwrap_or_default(),
        ) {
            ("capex", "compute") => Category::Compute,
            ("capex", "network") => Category::Network,
            ("capex", "storage") => Category::Storage,
            ("capex", "installation" | "spares") => Category::Installation,
            ("opex", "energy" | "colocation") => Category::Power,
            ("opex", "support" | "licences") => Category::Support,
            ("opex", "staff") => Category::Staff,
            ("residual", _) => Category::Residual,
            _ => Category::Other,
        }
    }

    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            Category::Compute => "Compute",
            Category::Network => "Network",
            Category::Storage => "Storage",
            Category::Other => "Management and racks",
            Category::Installation => "Installation and spares",
            Category::Power => "Power and colocation",
            Category::Support => "Support and licences",
            Category::Staff => "Staff",
            Category::Residual => "Residual value",
        }
    }

    /// Colour in charts.
    pub fn colour(self, palette: &Palette) -> Colour {
        match self {
            Category::Residual => palette.muted,
            other => palette
                .hues
                .get(other as usize)
                .copied()
                .unwrap_or(palette.muted),
        }
    }
}

/// The lines of one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathered {
    /// The heading.
    pub category: Category,
    /// Sum over the life.
    pub total: Range<Money>,
    /// By year; index 0 is the purchase.
    pub years: Vec<Range<Money>>,
}

/// The cost by heading, in the order of [`Category::ALL`]; headings without a line are left out.
pub fn categories(costs: &Costs) -> Vec<Gathered> {
    Category::ALL
        .into_iter()
        .filter_map(|category| {
            let lines: Vec<&CostLine> = costs
                .lines
                .iter()
                .filter(|line| Category::of(&line.path) == category)
                .collect();
            let known = lines.iter().any(|line| !line.years.is_empty());
            known.then(|| gather(category, &lines, costs.years as usize))
        })
        .collect()
}

fn gather(category: Category, lines: &[&CostLine], years: usize) -> Gathered {
    let sum = |amounts: &mut dyn Iterator<Item = Range<Money>>| {
        amounts.fold(Range::default(), |sum: Range<Money>, amount| {
            sum.zip(amount, |a, b| a + b)
        })
    };
    let in_year = |year: usize| {
        sum(&mut lines
            .iter()
            .filter_map(|line| line.years.get(year).copied()))
    };
    Gathered {
        category,
        total: sum(&mut lines.iter().map(|line| line.total)),
        years: (0..=years).map(in_year).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_has_its_heading() {
        for (path, category) in [
            ("capex/compute/dgx-h100", Category::Compute),
            ("capex/facility/rack-48u", Category::Other),
            ("capex/installation/freight", Category::Installation),
            ("opex/energy", Category::Power),
            ("opex/colocation", Category::Power),
            ("opex/support/network", Category::Support),
            ("opex/licences/nvaie", Category::Support),
            ("opex/staff", Category::Staff),
            ("residual/compute", Category::Residual),
            ("something/new", Category::Other),
        ] {
            assert_eq!(Category::of(path), category, "{path}");
        }
    }
}
