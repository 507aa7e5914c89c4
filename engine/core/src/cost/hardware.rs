//! What is bought: the bill of materials with prices, spares and installation.

use super::assumptions::{percent, used};
use super::ledger::{Added, Draft, Figure, Ledger, When, weaker};
use super::types::DefaultUsed;
use crate::catalogue::{PriceBook, Range};
use crate::derive::{BillLine, Derived, bill};
use crate::quantity::Ratio;
use crate::sourced::Grade;
use crate::table::Table;

/// Sum of the hardware of one group: what shares are taken of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    /// Amount in the three cases; `None` if no price of the group is known.
    pub amount: Option<Range<f64>>,
    /// All prices of the group are known.
    pub whole: bool,
    /// Grade of the weakest price.
    pub weakest: Grade,
}

impl Base {
    /// Nothing bought.
    pub const NOTHING: Self = Self {
        amount: None,
        whole: true,
        weakest: Grade::User,
    };

    /// Nothing is bought in the group, as opposed to: nothing of it is priced.
    pub fn is_empty(&self) -> bool {
        self.amount.is_none() && self.whole
    }

    fn take(&mut self, added: Added) {
        self.join(Self {
            amount: added.amount,
            whole: added.whole && added.amount.is_some(),
            weakest: if added.amount.is_some() {
                added.weakest
            } else {
                Grade::User
            },
        });
    }

    fn join(&mut self, other: Self) {
        self.amount = match (self.amount, other.amount) {
            (Some(a), Some(b)) => Some(a.zip(b, |a, b| a + b)),
            (a, b) => a.or(b),
        };
        self.whole &= other.whole;
        self.weakest = weaker(self.weakest, other.weakest);
    }
}

/// What a share of hardware lacks where a price of it is not known. The line of that
/// hardware names the price itself.
pub(super) const UNPRICED: &str = "price of the hardware that this is a share of";

/// Hardware by group.
pub(super) type Bases = Table<Base>;

/// Adds a line for everything on the bill that is not bought with something else.
pub(super) fn hardware(derived: &Derived<'_>, ledger: &mut Ledger<'_>) -> Bases {
    let bill = bill(derived);
    let book = &derived.world.prices;
    let bought: Vec<&str> = bill.iter().map(|line| line.part.as_str()).collect();
    let mut taken = Table::new();
    let mut bases = Bases::new();
    let racks_of_nodes = carriers(book, &bill);
    for line in &bill {
        // A rack that is bought with its nodes inside is what the compute costs.
        let group = match racks_of_nodes.contains(&line.part.as_str()) {
            true => "compute",
            false => line.group,
        };
        let path = unique(&mut taken, path(group, line));
        if is_included(book, &bought, &line.part) {
            continue;
        }
        let count = line.count.map(|n| Range::exactly(n as f64));
        let price = book.parts.get(&line.part).map(Figure::priced);
        let added = ledger.add(Draft {
            label: format!("{}, {}", derived.parts.name(&line.part), line.purpose),
            subject: line.subject.clone(),
            unit: "pieces",
            when: When::Once,
            quantity: count.ok_or_else(|| line.subject.clone()),
            price: price.ok_or_else(|| format!("price of {}", line.part)),
            weakest: Grade::User,
            partial: None,
            path,
        });
        match bases.get_mut(group) {
            Some(base) => base.take(added),
            None => {
                let mut base = Base::NOTHING;
                base.take(added);
                bases.insert(group.to_owned(), base);
            }
        }
    }
    bases
}

/// Installation, once, as shares of all hardware; the design's own share replaces them all.
const INSTALLATION: [(&str, &str); 3] = [
    ("rack-and-stack", "racking, cabling and burn-in"),
    ("services", "professional services"),
    ("freight", "import, freight and insurance"),
];

/// Adds spares, where the book has a share for them, and installation.
pub(super) fn extras(
    derived: &Derived<'_>,
    bases: &Bases,
    ledger: &mut Ledger<'_>,
    defaults: &mut Vec<DefaultUsed>,
) {
    let shares = &derived.world.prices.shares;
    if let (Some(price), Some(base)) = (shares.get("spares.compute"), bases.get("compute")) {
        let path = "capex/spares/compute".to_owned();
        let label = "spare nodes, as a share of the nodes' price".to_owned();
        let subject = "compute.groups".to_owned();
        share(
            ledger,
            Draft {
                path,
                label,
                subject,
                ..Draft::sum(When::Once)
            },
            base,
            Ok(Figure::priced(price)),
        );
    }
    let mut all = Base::NOTHING;
    for base in bases.values() {
        all.join(*base);
    }
    if all.is_empty() {
        return;
    }
    let subject = || "economics.installation".to_owned();
    if let Some(stated) = derived.design.economics.installation {
        let path = "capex/installation/stated".to_owned();
        let label = "installation, as the stated share of hardware".to_owned();
        let draft = Draft {
            path,
            label,
            subject: subject(),
            ..Draft::sum(When::Once)
        };
        share(ledger, draft, &all, Ok(Figure::stated(stated.get())));
        return;
    }
    for (name, label) in INSTALLATION {
        let key = format!("installation.{name}");
        let found = shares.get(&key).map(Figure::priced::<Ratio>);
        let price = found.ok_or_else(|| format!("share {key} of the price book"));
        let path = format!("capex/installation/{name}");
        let draft = Draft {
            path,
            label: label.to_owned(),
            subject: subject(),
            ..Draft::sum(When::Once)
        };
        list_default(ledger, defaults, &draft, &price);
        share(ledger, draft, &all, price);
    }
}

/// Lists the share that a line takes by default, unless the person quotes the line.
pub(super) fn list_default(
    ledger: &Ledger<'_>,
    defaults: &mut Vec<DefaultUsed>,
    draft: &Draft,
    share: &Result<Figure, String>,
) {
    if let (Ok(figure), false) = (share, ledger.is_quoted(&draft.path)) {
        let mut default = used(&draft.subject, &figure.range, percent, &figure.origin);
        default.value = format!("{}: {}", draft.label, default.value);
        defaults.push(default);
    }
}

/// Adds a line that is a share of a base. A base without prices leaves the line unknown; a
/// base with some prices makes it partial.
pub(super) fn share(
    ledger: &mut Ledger<'_>,
    draft: Draft,
    base: &Base,
    share: Result<Figure, String>,
) {
    let price = match base.amount {
        Some(amount) => share.map(|share| share.with(amount.zip(share.range, |a, s| a * s))),
        None => Err(UNPRICED.to_owned()),
    };
    let partial = (!base.whole).then(|| UNPRICED.to_owned());
    ledger.add(Draft {
        price,
        weakest: base.weakest,
        partial,
        ..draft
    });
}

/// A part whose price is in another's costs nothing of its own, if the other is bought too.
/// The other must have a price of its own, so that two parts cannot include each other.
fn is_included(book: &PriceBook, bought: &[&str], part: &str) -> bool {
    let with = book.included.get(part);
    with.is_some_and(|with| bought.contains(&with.as_str()) && !book.included.contains_key(with))
}

/// Parts whose price holds that of nodes on the bill.
fn carriers<'b>(book: &'b PriceBook, bill: &[BillLine]) -> Vec<&'b str> {
    let nodes = bill.iter().filter(|line| line.group == "compute");
    nodes
        .filter_map(|line| book.included.get(&line.part))
        .map(String::as_str)
        .collect()
}

/// The path of a line: it follows from the line alone, so that a quote stays with its line
/// when other lines come and go.
fn path(group: &str, line: &BillLine) -> String {
    let mut path = format!("capex/{group}/");
    slug(&line.part, &mut path);
    if line.group == "network" {
        let mut steps = line.subject.split(['.', '[']).skip(1);
        let network = steps.next().unwrap_or_default();
        let place = match network {
            "compute" => steps.next().unwrap_or(network),
            _ => network,
        };
        path.push('-');
        slug(place, &mut path);
    }
    if let Some(role) = line.role {
        path.push('-');
        slug(&format!("{role:?}"), &mut path);
    }
    path
}

/// Appends a name in kebab case: no dot, bracket or slash, which separate steps of paths.
pub(super) fn slug(name: &str, into: &mut String) {
    let mut after_small = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && after_small {
            into.push('-');
        }
        after_small = c.is_ascii_lowercase();
        if c.is_ascii_alphanumeric() {
            into.push(c.to_ascii_lowercase());
        } else {
            into.push('-');
        }
    }
}

/// Numbers the second and later lines of the same path.
fn unique(taken: &mut Table<u32>, path: String) -> String {
    let Some(count) = taken.get_mut(&path) else {
        taken.insert(path.clone(), 1);
        return path;
    };
    *count = count.saturating_add(1);
    let numbered = format!("{path}-{count}");
    unique(taken, numbered)
}
