//! The written form of what the standard library brings.

use super::{Outline, Read, Reading, Tree, Write};
use crate::table::Table;

impl Write for bool {
    fn write(&self) -> Outline {
        Outline::Bool(*self)
    }
}
impl Read for bool {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        value.as_bool().unwrap_or_else(|| {
            at.expected("true or false", value);
            false
        })
    }
}

impl Write for f64 {
    fn write(&self) -> Outline {
        Outline::Num(*self)
    }
}
impl Read for f64 {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        value.as_f64().unwrap_or_else(|| {
            at.expected("a number", value);
            0.0
        })
    }
}

macro_rules! whole {
    ($($name:ident),+) => {
        $(impl Write for $name {
            fn write(&self) -> Outline {
                Outline::Int(*self as u64)
            }
        }
        impl Read for $name {
            fn read(value: &Tree, at: &mut Reading) -> Self {
                whole(value, $name::MAX as u64, at) as $name
            }
        })+
    };
}
whole!(u8, u32, u64, usize);

fn whole(value: &Tree, most: u64, at: &mut Reading) -> u64 {
    value.as_u64().filter(|n| *n <= most).unwrap_or_else(|| {
        at.expected(&format!("a whole number from 0 to {most}"), value);
        0
    })
}

impl Write for str {
    fn write(&self) -> Outline {
        Outline::Text(self.to_owned())
    }
}
impl Write for String {
    fn write(&self) -> Outline {
        self.as_str().write()
    }
}
impl Read for String {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        let text = value.as_str().unwrap_or_else(|| {
            at.expected("text", value);
            ""
        });
        text.to_owned()
    }
}

impl Write for Tree {
    fn write(&self) -> Outline {
        match self {
            Tree::Null => Outline::Null,
            Tree::Bool(b) => Outline::Bool(*b),
            Tree::Number(n) => match n.as_u64() {
                Some(whole) => Outline::Int(whole),
                None => Outline::Num(n.as_f64().unwrap_or(f64::NAN)),
            },
            Tree::String(text) => text.write(),
            Tree::Array(list) => list.write(),
            Tree::Object(map) => Outline::Map(
                map.iter()
                    .map(|(key, value)| (key.clone(), value.write()))
                    .collect(),
            ),
        }
    }
}
impl Read for Tree {
    fn read(value: &Tree, _: &mut Reading) -> Self {
        value.clone()
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self) -> Outline {
        (**self).write()
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self) -> Outline {
        self.as_ref().map_or(Outline::Null, T::write)
    }
}
impl<T: Read> Read for Option<T> {
    const OPTIONAL: bool = true;
    fn read(value: &Tree, at: &mut Reading) -> Self {
        (!value.is_null()).then(|| T::read(value, at))
    }
}

impl<T: Write> Write for [T] {
    fn write(&self) -> Outline {
        Outline::List(self.iter().map(T::write).collect())
    }
}
impl<T: Write> Write for Vec<T> {
    fn write(&self) -> Outline {
        self.as_slice().write()
    }
}
impl<T: Read> Read for Vec<T> {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        let Some(list) = value.as_array() else {
            at.expected("a list", value);
            return Vec::new();
        };
        let entries = list.iter().enumerate();
        entries
            .map(|(index, entry)| at.entry(index, entry))
            .collect()
    }
}

impl<T: Write> Write for Table<T> {
    fn write(&self) -> Outline {
        Outline::Map(
            self.iter()
                .map(|(key, value)| (key.clone(), value.write()))
                .collect(),
        )
    }
}
impl<T: Read> Read for Table<T> {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        let Some(map) = value.as_object() else {
            at.expected("a map", value);
            return Table::new();
        };
        map.iter()
            .map(|(key, value)| (key.clone(), at.value(key, value)))
            .collect()
    }
}

impl<A: Write, B: Write> Write for (A, B) {
    fn write(&self) -> Outline {
        Outline::List(vec![self.0.write(), self.1.write()])
    }
}
impl<A: Read, B: Read> Read for (A, B) {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        let content = at.tuple(value, 2);
        (at.item(content, 0), at.item(content, 1))
    }
}

impl<A: Write, B: Write, C: Write> Write for (A, B, C) {
    fn write(&self) -> Outline {
        Outline::List(vec![self.0.write(), self.1.write(), self.2.write()])
    }
}
impl<A: Read, B: Read, C: Read> Read for (A, B, C) {
    fn read(value: &Tree, at: &mut Reading) -> Self {
        let content = at.tuple(value, 3);
        (
            at.item(content, 0),
            at.item(content, 1),
            at.item(content, 2),
        )
    }
}
