//! Cells of a measured row by name.

use crate::load::{Csv, CsvRow};

/// A table of measured rows.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    table: &'a Csv,
}

impl<'a> Rows<'a> {
    /// Rows of a table.
    pub fn new(table: &'a Csv) -> Self {
        Self { table }
    }

    /// Its rows.
    pub fn iter(self) -> impl Iterator<Item = Row<'a>> {
        self.table.rows.iter().map(move |row| Row {
            table: self.table,
            row,
        })
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Csv,
    row: &'a CsvRow,
}

impl<'a> Row<'a> {
    /// Line of the file.
    pub fn line(&self) -> usize {
        self.row.line
    }

    /// The text of a cell; empty where it is blank or there is no such column.
    pub fn text(&self, column: &str) -> &'a str {
        let cell = self
            .table
            .column(column)
            .and_then(|at| self.row.cells.get(at));
        cell.map_or("", |cell| cell.trim())
    }

    /// A number; `None` where the cell is blank.
    ///
    /// # Errors
    /// Says what was found where a number is expected.
    pub fn number(&self, column: &str) -> Result<Option<f64>, String> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(format!("{column}: \"{text}\" is not a number")),
        }
    }

    /// A count of at least one; `None` where the cell is blank.
    ///
    /// # Errors
    /// Says what was found where a count is expected.
    pub fn count(&self, column: &str) -> Result<Option<u32>, String> {
        match self.number(column)? {
            None => Ok(None),
            Some(number)
                if number >= 1.0 && number <= f64::from(u32::MAX) && number % 1.0 == 0.0 =>
            {
                Ok(Some(number as u32))
            }
            Some(number) => Err(format!(
                "{column}: {number} is not a whole number of at least 1"
            )),
        }
    }

    /// Whether the notes hold a text.
    pub fn notes(&self, text: &str) -> bool {
        self.text("notes").contains(text)
    }
}
