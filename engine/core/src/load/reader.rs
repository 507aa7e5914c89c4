//! Reads RON and JSON into one tree, with the position of every value.
//!
//! The `ron` crate reads into types only: each type costs the page's first load a reader of
//! its own, and it stops at the first fault. Everything is read into the tree in which edits
//! and links work anyway, so that this small reader is all that a file adds. It reads the RON
//! that Plumbline writes and people edit: structs, variants, tuples, maps, lists, text, numbers,
//! words, `None`, `Some(..)`, comments. A variant with content becomes a map of one entry.

use super::LoadError;
use crate::written::TreeFault;
use crate::written::quoted;
use serde_json::{Map, Number, Value};

/// Deepest nesting that is read; a design needs six.
const MAX_DEPTH: usize = 48;

/// A tree and where each value of it starts (line and column from 1), by path.
#[derive(Debug)]
pub(super) struct Document {
    pub tree: Value,
    positions: Positions,
}

impl Document {
    /// A fault at a path of the document.
    pub fn fault(&self, fault: TreeFault) -> LoadError {
        // What is said of an entry that is not there is said of what would hold it.
        let mut known = std::iter::successors(Some(fault.path.as_str()), |path| match path {
            &"" => None,
            path => Some(path.rfind(['.', '[']).map_or("", |end| &path[..end])),
        });
        let of = |path: &str| self.positions.iter().rfind(|(own, _)| own == path);
        let (line, column) = known.find_map(of).map_or((0, 0), |(_, place)| *place);
        LoadError {
            line,
            column,
            path: fault.path,
            message: fault.message,
            nearest: fault.nearest,
            ..LoadError::default()
        }
    }
}

/// Reads a document with the position of every value.
pub(super) fn read(text: &str) -> Result<Document, LoadError> {
    let mut positions = Vec::new();
    let tree = tree(text, Some(&mut positions))?;
    Ok(Document { tree, positions })
}

/// Reads a document that a program wrote, whose positions nobody will ask for.
pub(super) fn read_tree(text: &str) -> Result<Value, LoadError> {
    tree(text, None)
}

/// In the order of reading; searched once, when there is a fault to place.
type Positions = Vec<(String, (usize, usize))>;

fn tree(text: &str, positions: Option<&mut Positions>) -> Result<Value, LoadError> {
    let mut reader = Reader {
        rest: text,
        line: 1,
        column: 1,
        path: String::new(),
        positions,
    };
    let tree = reader.value(0)?;
    reader.space()?;
    if !reader.rest.is_empty() {
        return Err(reader.fault("the end of the document"));
    }
    Ok(tree)
}

struct Reader<'t, 'p> {
    rest: &'t str,
    line: usize,
    column: usize,
    path: String,
    positions: Option<&'p mut Positions>,
}

impl Reader<'_, '_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\n' => (self.line, self.column) = (self.line + 1, 1),
            _ => self.column += 1,
        }
        Some(c)
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest.starts_with(text);
        if found {
            for _ in text.chars() {
                self.next();
            }
        }
        found
    }

    /// What stands here instead of what was expected.
    fn fault(&self, expected: &str) -> LoadError {
        let token: String = self
            .rest
            .chars()
            .take_while(|c| !c.is_whitespace() && *c != ',')
            .take(40)
            .collect();
        let found = match (token.is_empty(), self.peek()) {
            (_, None) => "the end of the text".to_owned(),
            (true, Some(c)) => format!("`{c}`"),
            (false, _) => format!("`{token}`"),
        };
        LoadError {
            line: self.line,
            column: self.column,
            path: self.path.clone(),
            message: format!("found {found}, expected {expected}"),
            ..LoadError::default()
        }
    }

    /// Skips white space and comments.
    fn space(&mut self) -> Result<(), LoadError> {
        loop {
            if self.peek().is_some_and(char::is_whitespace) {
                self.next();
            } else if self.eat("//") {
                while self.peek().is_some_and(|c| c != '\n') {
                    self.next();
                }
            } else if self.eat("/*") {
                while !self.eat("*/") {
                    self.next()
                        .ok_or_else(|| self.fault("the end of a comment, `*/`"))?;
                }
            } else {
                return Ok(());
            }
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, LoadError> {
        self.space()?;
        if depth > MAX_DEPTH {
            return Err(LoadError {
                line: self.line,
                column: self.column,
                message: format!(
                    "found nesting deeper than {MAX_DEPTH}, expected a design or data"
                ),
                ..LoadError::default()
            });
        }
        if let Some(positions) = &mut self.positions {
            positions.push((self.path.clone(), (self.line, self.column)));
        }
        match self.peek() {
            Some('(') => self.brackets(depth),
            Some('{') => {
                self.next();
                self.block(depth, '}', true)
            }
            Some('[') => self.list(depth),
            Some('"') => self.text().map(Value::String),
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => self.number(),
            Some(c) if c.is_ascii_alphabetic() || c == '_' => self.word(depth),
            _ => Err(self.fault("a value")),
        }
    }

    /// `( name: value, ... )`, or `( value, ... )`: of one value that value, of several a
    /// list. The first has the path of the whole, which is how types read them.
    fn brackets(&mut self, depth: usize) -> Result<Value, LoadError> {
        self.next();
        self.space()?;
        if self.named() {
            return self.block(depth, ')', false);
        }
        let mut list = Vec::new();
        loop {
            let length = self.path.len();
            if !list.is_empty() {
                self.path.push_str(&format!("[{}]", list.len()));
            }
            list.push(self.value(depth + 1)?);
            self.separator(')')?;
            self.path.truncate(length);
            self.space()?;
            if self.peek() == Some(')') {
                self.next();
                return Ok(match list.len() {
                    1 => list.remove(0),
                    _ => Value::Array(list),
                });
            }
        }
    }

    /// Whether a field's name and a colon follow, or nothing.
    fn named(&self) -> bool {
        let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let rest = self.rest.trim_start_matches(name);
        match self.peek() {
            Some(')') => true,
            Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                let next = rest.trim_start();
                // A word and anything else than what may follow a value is a field gone wrong.
                !next.starts_with([',', ')', '('])
            }
            _ => false,
        }
    }

    fn block(&mut self, depth: usize, close: char, in_quotes: bool) -> Result<Value, LoadError> {
        let mut map = Map::new();
        loop {
            self.space()?;
            if self.peek() == Some(close) {
                self.next();
                return Ok(Value::Object(map));
            }
            let key = match self.peek() {
                Some('"') if in_quotes => self.text()?,
                Some(c) if c.is_ascii_alphabetic() || c == '_' => self.name(),
                _ => {
                    return Err(self.fault(if in_quotes {
                        "a key in quotes"
                    } else {
                        "a field name"
                    }));
                }
            };
            self.space()?;
            if self.peek() != Some(':') {
                return Err(self.fault(&format!("`:` after {}", quoted(&key))));
            }
            self.next();
            let length = self.path.len();
            if !self.path.is_empty() {
                self.path.push('.');
            }
            self.path.push_str(&key);
            let value = self.value(depth + 1)?;
            if map.contains_key(&key) {
                return Err(self.fault(&format!("{} only once", quoted(&key))));
            }
            map.insert(key, value);
            self.separator(close)?;
            self.path.truncate(length);
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, LoadError> {
        self.next();
        let mut list = Vec::new();
        loop {
            self.space()?;
            if self.peek() == Some(']') {
                self.next();
                return Ok(Value::Array(list));
            }
            let length = self.path.len();
            self.path.push_str(&format!("[{}]", list.len()));
            list.push(self.value(depth + 1)?);
            self.separator(']')?;
            self.path.truncate(length);
        }
    }

    /// A comma, or the closing bracket, which stays.
    fn separator(&mut self, close: char) -> Result<(), LoadError> {
        self.space()?;
        match self.peek() {
            Some(',') => {
                self.next();
            }
            Some(c) if c == close => {}
            _ => return Err(self.fault(&format!("`,` or `{close}`"))),
        }
        Ok(())
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self
            .peek()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        {
            name.push(c);
            self.next();
        }
        name
    }

    /// `true`, `None`, `Some(value)`, a variant, or a struct with its name.
    fn word(&mut self, depth: usize) -> Result<Value, LoadError> {
        let before = self.fault("a finite number");
        let word = self.name();
        match word.as_str() {
            "true" => return Ok(Value::Bool(true)),
            "false" => return Ok(Value::Bool(false)),
            "None" | "null" => return Ok(Value::Null),
            "NaN" | "inf" | "infinity" => return Err(before),
            _ => {}
        }
        self.space()?;
        match (word.as_str(), self.peek()) {
            ("Some", Some('(')) => {
                self.next();
                let value = self.value(depth + 1)?;
                self.space()?;
                match self.next() {
                    Some(')') => Ok(value),
                    _ => Err(self.fault("`)` after the value of `Some`")),
                }
            }
            (_, Some('(')) => {
                let content = self.brackets(depth)?;
                let mut map = Map::new();
                map.insert(word, content);
                Ok(Value::Object(map))
            }
            _ => Ok(Value::String(word)),
        }
    }

    fn number(&mut self) -> Result<Value, LoadError> {
        let before = self.fault("a finite number");
        let mut text = String::new();
        while let Some(c) = self
            .peek()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '_'))
        {
            self.next();
            text.extend((c != '_').then_some(c));
        }
        if let Ok(whole) = text.parse::<u64>() {
            return Ok(whole.into());
        }
        let number = crate::quantity::number(&text).and_then(Number::from_f64);
        number.map(Value::Number).ok_or(before)
    }

    fn text(&mut self) -> Result<String, LoadError> {
        let start = self.fault("a text that ends with `\"`");
        self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err(start),
                Some('"') => return Ok(text),
                Some('\\') => {
                    let escaped = self.escape()?;
                    text.push(escaped);
                }
                Some(c) => text.push(c),
            }
        }
    }

    fn escape(&mut self) -> Result<char, LoadError> {
        let before = self.fault("an escape that RON or JSON knows");
        Ok(match self.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('0') => '\0',
            Some(c @ ('"' | '\\' | '/' | '\'')) => c,
            Some('x') => self.code(2).and_then(char::from_u32).ok_or(before)?,
            Some('u') if self.eat("{") => {
                let digits: String = self
                    .rest
                    .chars()
                    .take_while(char::is_ascii_hexdigit)
                    .collect();
                let code = self.code(digits.len());
                let closed = self.eat("}");
                code.filter(|_| closed)
                    .and_then(char::from_u32)
                    .ok_or(before)?
            }
            Some('u') => {
                let first = self.code(4).ok_or(before.clone())?;
                // JSON writes what lies beyond 16 bits as a pair of surrogates.
                let second = (0xD800..0xDC00).contains(&first) && self.eat("\\u");
                let code = match second {
                    true => {
                        let low = self.code(4).filter(|low| (0xDC00..0xE000).contains(low));
                        low.map(|low| 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))
                    }
                    false => Some(first),
                };
                code.and_then(char::from_u32).ok_or(before)?
            }
            _ => return Err(before),
        })
    }

    fn code(&mut self, digits: usize) -> Option<u32> {
        let hex = self
            .rest
            .get(..digits)
            .filter(|_| (1..=6).contains(&digits))?
            .to_owned();
        let code = u32::from_str_radix(&hex, 16).ok()?;
        self.eat(&hex).then_some(code)
    }
}
