//! A document as a tree that still knows what RON tells apart: fields from maps, words
//! (variants) from text. Both written forms are made from it.

use super::quoted;
use serde_json::{Map, Value};

/// A node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(u64),
    /// Any other number.
    Num(f64),
    /// Text.
    Text(String),
    /// The name of a variant.
    Word(&'static str),
    /// A list.
    List(Vec<Outline>),
    /// The fields of a struct.
    Fields(Vec<(&'static str, Outline)>),
    /// The entries of a map.
    Map(Vec<(String, Outline)>),
    /// A variant with content.
    Variant(&'static str, Vec<Outline>),
}

impl Outline {
    /// As JSON, in the form that [`super::Read`] reads back.
    pub fn into_json(self) -> Value {
        match self {
            Outline::Null => Value::Null,
            Outline::Bool(b) => b.into(),
            Outline::Int(n) => n.into(),
            Outline::Num(x) => x.into(),
            Outline::Text(text) => text.into(),
            Outline::Word(word) => word.into(),
            Outline::List(list) => list.into_iter().map(Outline::into_json).collect(),
            Outline::Fields(fields) => {
                object(&mut fields.into_iter().map(|(k, v)| (k.to_owned(), v)))
            }
            Outline::Map(map) => object(&mut map.into_iter()),
            Outline::Variant(name, mut content) => {
                let content = match (content.len(), content.pop()) {
                    (1, Some(one)) => one.into_json(),
                    (_, last) => content
                        .into_iter()
                        .chain(last)
                        .map(Outline::into_json)
                        .collect(),
                };
                let mut map = Map::new();
                map.insert(name.to_owned(), content);
                Value::Object(map)
            }
        }
    }

    /// As JSON text with fields in their own order, which a sorted tree would lose: compact
    /// for links and data, indented for people.
    pub fn to_json_text(&self, indented: bool) -> String {
        let mut out = String::new();
        self.write_json(indented.then_some(0), &mut out);
        out
    }

    fn write_json(&self, depth: Option<usize>, out: &mut String) {
        let deeper = depth.map(|depth| depth + 1);
        let colon = if depth.is_some() { "\": " } else { "\":" };
        match self {
            Outline::Null => out.push_str("null"),
            Outline::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Outline::Int(n) => out.push_str(&n.to_string()),
            // JSON has no word for what is not finite.
            Outline::Num(x) if !x.is_finite() => out.push_str("null"),
            Outline::Num(x) => out.push_str(&format!("{x:?}")),
            Outline::Text(text) => json_text(text, out),
            Outline::Word(word) => json_text(word, out),
            Outline::List(list) => joined(out, depth, ['[', ']'], list, |item, out| {
                item.write_json(deeper, out);
            }),
            Outline::Fields(fields) => {
                joined(out, depth, ['{', '}'], fields, |(name, value), out| {
                    out.push('"');
                    out.push_str(name);
                    out.push_str(colon);
                    value.write_json(deeper, out);
                })
            }
            Outline::Map(map) => joined(out, depth, ['{', '}'], map, |(key, value), out| {
                json_text(key, out);
                out.push_str(colon.trim_start_matches('"'));
                value.write_json(deeper, out);
            }),
            Outline::Variant(name, content) => {
                let entry = [(name, content)];
                joined(out, depth, ['{', '}'], &entry, |(name, content), out| {
                    json_text(name, out);
                    out.push_str(colon.trim_start_matches('"'));
                    match content.as_slice() {
                        [one] => one.write_json(deeper, out),
                        several => joined(out, deeper, ['[', ']'], several, |item, out| {
                            item.write_json(deeper.map(|depth| depth + 1), out);
                        }),
                    }
                });
            }
        }
    }

    /// As RON, indented, for people.
    pub fn to_ron(&self) -> String {
        let mut out = String::new();
        self.write_ron(0, &mut out);
        out
    }

    fn write_ron(&self, depth: usize, out: &mut String) {
        match self {
            Outline::Null => out.push_str("None"),
            Outline::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Outline::Int(n) => out.push_str(&n.to_string()),
            Outline::Num(x) => out.push_str(&format!("{x:?}")),
            Outline::Text(text) => out.push_str(&quoted(text)),
            Outline::Word(word) => out.push_str(word),
            Outline::List(list) => {
                block(out, depth, ['[', ']'], list, |item, out| {
                    item.write_ron(depth + 1, out);
                });
            }
            Outline::Fields(fields) => {
                block(out, depth, ['(', ')'], fields, |(name, value), out| {
                    out.push_str(name);
                    out.push_str(": ");
                    value.write_ron(depth + 1, out);
                });
            }
            Outline::Map(map) => {
                block(out, depth, ['{', '}'], map, |(key, value), out| {
                    out.push_str(&format!("{}: ", quoted(key)));
                    value.write_ron(depth + 1, out);
                });
            }
            Outline::Variant(name, content) => {
                out.push_str(name);
                block(out, depth, ['(', ')'], content, |item, out| {
                    item.write_ron(depth + 1, out);
                });
            }
        }
    }
}

/// Items between brackets with commas between them; on lines of their own where `depth` says
/// how far to indent.
fn joined<T>(
    out: &mut String,
    depth: Option<usize>,
    brackets: [char; 2],
    items: &[T],
    write: impl Fn(&T, &mut String),
) {
    out.push(brackets[0]);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        if let Some(depth) = depth {
            line(out, depth + 1);
        }
        write(item, out);
    }
    if let Some(depth) = depth.filter(|_| !items.is_empty()) {
        line(out, depth);
    }
    out.push(brackets[1]);
}

/// One entry after the other: to build a map of all at once brings a sort with it for each kind
/// of list.
fn object(entries: &mut dyn Iterator<Item = (String, Outline)>) -> Value {
    let mut map = Map::new();
    entries.for_each(|(key, value)| drop(map.insert(key, value.into_json())));
    Value::Object(map)
}

fn json_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("    ");
    }
}

/// Items between brackets, each on a line of its own with a comma behind it.
fn block<T>(
    out: &mut String,
    depth: usize,
    brackets: [char; 2],
    items: &[T],
    write: impl Fn(&T, &mut String),
) {
    out.push(brackets[0]);
    for item in items {
        line(out, depth + 1);
        write(item, out);
        out.push(',');
    }
    if !items.is_empty() {
        line(out, depth);
    }
    out.push(brackets[1]);
}
