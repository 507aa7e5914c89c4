//! Comma-separated values as spreadsheets take them: RFC 4180, a byte order mark so that the
//! encoding is known, and no cell that a spreadsheet would run as a formula.

use plumbline_engine::load::csv_cell;

/// Writes rows of cells; the first row is the head.
pub fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| csv_cell(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::csv;

    fn line(cells: &[&str]) -> String {
        let text = csv([cells.iter().map(|&cell| cell.to_owned()).collect()]);
        text.trim_start_matches('\u{feff}')
            .trim_end_matches("\r\n")
            .to_owned()
    }

    #[test]
    fn begins_with_a_byte_order_mark_and_ends_lines_by_rfc_4180() {
        assert_eq!(
            csv([vec!["a".to_owned()], vec!["1".to_owned()]]),
            "\u{feff}a\r\n1\r\n"
        );
    }

    #[test]
    fn quotes_what_would_break_a_cell() {
        assert_eq!(
            line(&["a,b", "say \"x\"", "two\nlines"]),
            "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\""
        );
    }

    #[test]
    fn disarms_formulas_and_leaves_numbers() {
        assert_eq!(
            line(&["=1+1", "@SUM(A1)", "+cmd", "-2+3", "-2.5"]),
            "'=1+1,'@SUM(A1),'+cmd,'-2+3,-2.5"
        );
        assert_eq!(
            line(&["=HYPERLINK(\"x\",\"y\")"]),
            "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""
        );
    }
}
