//! Small controls, each with its keyboard and its ARIA. They are plain functions that give an
//! erased view: a control is compiled once, however many pages use it.

mod area_field;
mod beside_table;
mod changes_table;
mod count_field;
mod data_table;
mod dialog;
mod entry;
mod field;
mod figure;
mod filter_choice;
mod part_field;
mod price_note;
mod quantity_field;
mod repair;
mod select_field;
mod severity_mark;
mod source_note;
mod text_field;
mod toggle_field;
mod waiting;

pub use area_field::area_field;
pub use beside_table::{Line, NOT_STATED, Side, beside_table, figure};
pub use changes_table::changes_table;
pub use count_field::count_field;
pub use data_table::{Cell, Column, Row, SortKey, data_table, long_table};
pub use dialog::dialog;
pub use field::{Field, plain, provide_template, reason};
pub use figure::{Figure, figures_of, override_value, words};
pub use filter_choice::filter_choice;
pub use part_field::{part_field, part_figures, part_name};
pub use price_note::price_note;
pub use quantity_field::{quantity_field, share_field};
pub use repair::repair;
pub use select_field::{Choice, select_field, yes_no_field};
pub use severity_mark::{Mark, mark, mark_with};
pub use source_note::{Note, Notes, note_host, originator_link, provide_notes, source_note};
pub use text_field::text_field;
pub use toggle_field::toggle_field;
pub use waiting::waiting;
