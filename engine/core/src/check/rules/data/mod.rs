//! Rules on the data of the design itself.

mod missing_datum;
mod unfit_override;
mod unknown_part;

pub use missing_datum::MissingDatum;
pub use unfit_override::UnfitOverride;
pub use unknown_part::UnknownPart;
