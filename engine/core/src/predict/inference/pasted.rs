//! Tables that people paste: lengths of requests with their counts, and load by hour. A fault says
//! where it is, what was found there and what was expected.

use crate::written::quoted;

/// Lengths of requests as they were counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lengths {
    /// Requests.
    pub requests: f64,
    /// Mean tokens.
    pub mean: f64,
    /// Coefficient of variation of the tokens.
    pub variation: f64,
}

impl Lengths {
    /// Reads lines of tokens and, behind them, how many requests have so many; one number stands for one
    /// request. Numbers are parted by spaces, commas, semicolons or tabs. A first line without a
    /// number names columns; where one of them is `column`, each line is a request and that column
    /// its tokens.
    ///
    /// # Errors
    /// Line and column of what cannot be read, what was found and what was expected.
    pub fn read(text: &str, column: &str) -> Result<Self, String> {
        let mut lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .peekable();
        let mut of = None;
        if let Some((at, head)) = lines.peek() {
            let names = columns(head);
            // A name has no figure in front; a mistyped first line is a fault rather than a name.
            let figures = |cell: &Cell<'_>| cell.text.starts_with(|c: char| c.is_ascii_digit());
            if !cells(head).iter().any(figures) {
                of = names
                    .iter()
                    .position(|cell| cell.text.eq_ignore_ascii_case(column));
                if of.is_none() && names.len() > 2 {
                    return Err(fault(
                        *at,
                        names.first(),
                        &format!(
                            "a column {} among the names, or two columns: tokens, requests",
                            quoted(column)
                        ),
                    ));
                }
                lines.next();
            }
        }
        let mut sums = [0.0_f64; 3];
        for (at, line) in lines {
            let (tokens, count) = match of {
                Some(of) => {
                    let cells = columns(line);
                    (positive(at, cells.get(of), "tokens of a request")?, 1.0)
                }
                None => {
                    let cells = cells(line);
                    let count = match cells.get(1) {
                        Some(cell) => number(at, Some(cell), "a number of requests")?,
                        None => 1.0,
                    };
                    if let Some(more) = cells.get(2) {
                        return Err(fault(
                            at,
                            Some(more),
                            "the end of the line: tokens, requests",
                        ));
                    }
                    (positive(at, cells.first(), "a number of tokens")?, count)
                }
            };
            sums[0] += count;
            sums[1] += count * tokens;
            sums[2] += count * tokens * tokens;
        }
        let [requests, tokens, squares] = sums;
        if requests <= 0.0 || !squares.is_finite() {
            return Err("found no requests, expected lines of tokens and requests".into());
        }
        let mean = tokens / requests;
        let variance = (squares / requests - mean * mean).max(0.0);
        Ok(Self {
            requests,
            mean,
            variation: libm::sqrt(variance) / mean,
        })
    }
}

/// Reads the load of 24 or 168 hours; at least one is above zero.
///
/// # Errors
/// Line and column of what cannot be read, or how many numbers were found.
pub(super) fn hours(text: &str) -> Result<Vec<f64>, String> {
    let mut all = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for cell in cells(line) {
            all.push(number(at, Some(&cell), "the load of an hour")?);
        }
    }
    let count = all.len();
    if count != DAY && count != WEEK {
        let nearest = if count < (DAY + WEEK) / 2 { DAY } else { WEEK };
        return Err(format!(
            "found {count} numbers, expected {DAY} (a day) or {WEEK} (a week from Monday on); nearest is {nearest}"
        ));
    }
    match all.iter().any(|load| *load > 0.0) {
        true => Ok(all),
        false => Err("found only zeros, expected the load of at least one hour".into()),
    }
}

/// Hours of a day.
pub(super) const DAY: usize = 24;
/// Hours of a week.
pub(super) const WEEK: usize = 7 * DAY;

/// A piece of a line, with its place counted from one.
struct Cell<'t> {
    column: usize,
    text: &'t str,
}

/// Pieces that hold something, whatever parts them.
fn cells(line: &str) -> Vec<Cell<'_>> {
    let parts = split(line, |c| c.is_whitespace() || c == ',' || c == ';');
    parts
        .into_iter()
        .filter(|cell| !cell.text.is_empty())
        .collect()
}

/// Columns of a table of values parted by commas, semicolons or tabs; one may be empty.
fn columns(line: &str) -> Vec<Cell<'_>> {
    split(line, |c| c == ',' || c == ';' || c == '\t')
}

fn split(line: &str, parts: impl Fn(char) -> bool) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    let (mut start, mut column, mut next) = (0, 1, 1);
    let mut push = |start: usize, end: usize, column: usize| {
        let text = line.get(start..end).unwrap_or_default();
        let inner = text.trim_start();
        let blanks = text.chars().count() - inner.chars().count();
        cells.push(Cell {
            column: column + blanks,
            text: inner.trim_end().trim_matches('"'),
        });
    };
    for (at, letter) in line.char_indices() {
        if parts(letter) {
            push(start, at, column);
            start = at + letter.len_utf8();
            column = next + 1;
        }
        next += 1;
    }
    push(start, line.len(), column);
    cells
}

fn number(line: usize, cell: Option<&Cell<'_>>, expected: &str) -> Result<f64, String> {
    let value = cell.and_then(|cell| cell.text.parse::<f64>().ok());
    let value = value.filter(|value| value.is_finite() && *value >= 0.0);
    value.ok_or_else(|| fault(line, cell, expected))
}

fn positive(line: usize, cell: Option<&Cell<'_>>, expected: &str) -> Result<f64, String> {
    let value = number(line, cell, expected)?;
    match value > 0.0 {
        true => Ok(value),
        false => Err(fault(line, cell, &format!("{expected} above zero"))),
    }
}

fn fault(line: usize, cell: Option<&Cell<'_>>, expected: &str) -> String {
    let (column, found) = cell.map_or((1, "nothing".to_owned()), |cell| {
        let found = match cell.text {
            "" => "nothing".to_owned(),
            text => quoted(text),
        };
        (cell.column, found)
    });
    format!(
        "line {}, column {column}: found {found}, expected {expected}",
        line + 1
    )
}
