//! The few things that the finish step has to know about the form of a program.

use crate::Outcome;

const CUSTOM: u8 = 0;
const TABLES: u8 = 4;
const EXPORTS: u8 = 7;
/// The kind of an export that is a table.
const TABLE: u8 = 1;

/// A section: its kind, where it starts and ends with its header, and where its content starts.
struct Section {
    kind: u8,
    start: usize,
    content: usize,
    end: usize,
}

/// An exported table: its name, what its elements are, and where its number stands.
struct TableExport {
    name: Vec<u8>,
    element: u8,
    at: usize,
}

/// The program without the names of its functions, which only a debugger reads.
pub(crate) fn without_names(program: &[u8]) -> Outcome<Vec<u8>> {
    let mut kept = program
        .get(..8)
        .ok_or("a program of under 8 bytes")?
        .to_vec();
    for section in sections(program)? {
        let mut reader = Reader {
            program,
            at: section.content,
        };
        if section.kind != CUSTOM || !matches!(reader.name()?, b"name" | b"producers") {
            kept.extend_from_slice(&program[section.start..section.end]);
        }
    }
    Ok(kept)
}

/// Points the table exports of `after` to tables of the kind that they had in `before`.
///
/// Binaryen up to 108, the version in Debian 12, writes number 0 for every exported table.
/// wasm-bindgen exports the second one, and the program would stop at its first step.
pub(crate) fn keep_table_exports(before: &[u8], mut after: Vec<u8>) -> Outcome<Vec<u8>> {
    let tables = tables(&after)?;
    let wanted = table_exports(before)?;
    let found = table_exports(&after)?;
    for want in wanted {
        let at = found
            .iter()
            .find(|export| export.name == want.name)
            .ok_or("lost a table export")?;
        if at.element == want.element {
            continue;
        }
        let mut fitting = (0..)
            .zip(&tables)
            .filter(|(_, element)| **element == want.element);
        let (Some((number, _)), None) = (fitting.next(), fitting.next()) else {
            return Err("mixed up its tables".to_owned());
        };
        // Both numbers are below 128 and so one byte long: there are hardly ever three tables.
        if number > 127 || after[at.at] > 127 {
            return Err("has too many tables".to_owned());
        }
        after[at.at] = number;
    }
    Ok(after)
}

fn sections(program: &[u8]) -> Outcome<Vec<Section>> {
    let mut reader = Reader { program, at: 8 };
    let mut sections = Vec::new();
    while reader.at < program.len() {
        let start = reader.at;
        let kind = reader.byte()?;
        let length = reader.number()?;
        let content = reader.at;
        reader.skip(length)?;
        sections.push(Section {
            kind,
            start,
            content,
            end: reader.at,
        });
    }
    Ok(sections)
}

fn section(program: &[u8], kind: u8) -> Outcome<Option<(Reader<'_>, usize)>> {
    let found = sections(program)?
        .into_iter()
        .find(|section| section.kind == kind);
    let Some(found) = found else { return Ok(None) };
    let mut reader = Reader {
        program,
        at: found.content,
    };
    let count = reader.number()?;
    Ok(Some((reader, count)))
}

/// What the elements of each table are. Nothing of ours imports a table, so numbers start here.
fn tables(program: &[u8]) -> Outcome<Vec<u8>> {
    let Some((mut reader, count)) = section(program, TABLES)? else {
        return Ok(Vec::new());
    };
    let mut tables = Vec::new();
    for _ in 0..count {
        tables.push(reader.byte()?);
        let bounded = reader.byte()?;
        for _ in 0..=(bounded & 1) {
            reader.number()?;
        }
    }
    Ok(tables)
}

fn table_exports(program: &[u8]) -> Outcome<Vec<TableExport>> {
    let tables = tables(program)?;
    let Some((mut reader, count)) = section(program, EXPORTS)? else {
        return Ok(Vec::new());
    };
    let mut exports = Vec::new();
    for _ in 0..count {
        let name = reader.name()?.to_vec();
        let kind = reader.byte()?;
        let at = reader.at;
        let number = reader.number()?;
        if kind == TABLE {
            let element = *tables
                .get(number)
                .ok_or("an export of a table that is not there")?;
            exports.push(TableExport { name, element, at });
        }
    }
    Ok(exports)
}

struct Reader<'a> {
    program: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Outcome<u8> {
        let byte = *self.program.get(self.at).ok_or("the program ends early")?;
        self.at += 1;
        Ok(byte)
    }

    /// An unsigned number in LEB128 of at most 32 bits.
    fn number(&mut self) -> Outcome<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(number);
            }
        }
        Err("a number in the program has no end".to_owned())
    }

    fn skip(&mut self, length: usize) -> Outcome<&'a [u8]> {
        let end = self.at + length;
        let skipped = self
            .program
            .get(self.at..end)
            .ok_or("the program ends early")?;
        self.at = end;
        Ok(skipped)
    }

    fn name(&mut self) -> Outcome<&'a [u8]> {
        let length = self.number()?;
        self.skip(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program with a table of functions, one of references, an export of the table with that
    /// number, and a section of names.
    fn program(number: u8) -> Vec<u8> {
        let header = b"\0asm\x01\0\0\0".to_vec();
        let tables = vec![4, 9, 2, 0x70, 1, 3, 3, 0x6f, 0, 0x80, 8];
        let exports = [&[7, 5, 1, 1][..], b"t", &[TABLE, number]].concat();
        let names = [&[0, 6, 4][..], b"name", &[0]].concat();
        [header, tables, exports, names].concat()
    }

    #[test]
    fn a_table_export_gets_its_kind_back() {
        assert_eq!(keep_table_exports(&program(1), program(0)), Ok(program(1)));
        assert_eq!(keep_table_exports(&program(1), program(1)), Ok(program(1)));
    }

    #[test]
    fn names_go_and_the_rest_stays() {
        let whole = program(1);
        assert_eq!(without_names(&whole), Ok(whole[..whole.len() - 8].to_vec()));
    }

    #[test]
    fn a_broken_program_is_an_error() {
        let whole = program(1);
        let ends = [8, 19, 26, whole.len()];
        for end in (0..whole.len()).filter(|end| !ends.contains(end)) {
            assert!(without_names(&whole[..end]).is_err(), "{end}");
        }
    }
}
