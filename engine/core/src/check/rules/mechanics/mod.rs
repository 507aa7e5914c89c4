//! Rules on what fits into what.

mod overfull_rack;
mod unfit_card;

pub use overfull_rack::OverfullRack;
pub use unfit_card::UnfitCard;
