//! Tables of measured data: comma-separated values with a header, quoted as spreadsheets do.

/// A table. Every row has as many cells as the header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Csv {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Rows with the line on which each begins.
    pub rows: Vec<CsvRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvRow {
    /// Line of the file, from 1.
    pub line: usize,
    /// Cells, in the order of the header.
    pub cells: Vec<String>,
}

/// Why a text is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvError {
    /// Line, from 1.
    pub line: usize,
    /// What was found and what was expected.
    pub message: String,
}

impl Csv {
    /// Reads a table.
    ///
    /// # Errors
    /// A quote that does not end, a row of another length than the header, no header.
    pub fn read(text: &str) -> Result<Self, CsvError> {
        let mut records = records(text.trim_start_matches('\u{feff}'))?.into_iter();
        let header = records.next().ok_or(CsvError {
            line: 1,
            message: "the file is empty; a first line with the names of the columns is expected"
                .into(),
        })?;
        let rows: Vec<CsvRow> = records.collect();
        match rows
            .iter()
            .find(|row| row.cells.len() != header.cells.len())
        {
            Some(row) => Err(CsvError {
                line: row.line,
                message: format!(
                    "{} cells found, {} expected as in the header",
                    row.cells.len(),
                    header.cells.len()
                ),
            }),
            None => Ok(Self {
                header: header.cells,
                rows,
            }),
        }
    }

    /// Place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }
}

/// A cell as a table writes it: in quotes where it needs them (RFC 4180), and with a leading sign
/// of a formula disarmed for spreadsheets.
pub fn csv_cell(text: &str) -> String {
    // A negative number only looks like a formula.
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r'])
        && crate::quantity::number(text).is_none();
    let guard = if formula { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        [guard, text].concat()
    }
}

fn records(text: &str) -> Result<Vec<CsvRow>, CsvError> {
    let mut rows = Vec::new();
    let (mut line, mut start) = (1, 1);
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut any) = (false, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        line += usize::from(character == '\n');
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => {
                quoted = !quoted;
                any = true;
            }
            ',' if !quoted => {
                cells.push(core::mem::take(&mut cell));
                any = true;
            }
            '\r' if !quoted => {}
            '\n' if !quoted => {
                if any || !cell.is_empty() {
                    cells.push(core::mem::take(&mut cell));
                    rows.push(CsvRow {
                        line: start,
                        cells: core::mem::take(&mut cells),
                    });
                }
                any = false;
                start = line;
            }
            other => cell.push(other),
        }
    }
    if quoted {
        return Err(CsvError {
            line: start,
            message: "a quote opened in this row does not end".into(),
        });
    }
    if any || !cell.is_empty() {
        cells.push(cell);
        rows.push(CsvRow { line: start, cells });
    }
    Ok(rows)
}
