//! Values of attributes, properties, classes and styles, still or moving.

use super::*;

/// A value as the browser takes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain {
    /// Not there.
    Nothing,
    /// A text.
    Text(String),
    /// A truth: an attribute that is there or not.
    Truth(bool),
}

/// A value that stands still, or one that follows signals.
pub enum Value {
    /// Still.
    Still(Plain),
    /// Computed again whenever what it read changes.
    Moving(Box<dyn Fn() -> Plain>),
}

/// What can be the value of an attribute, property, class or style.
pub trait IntoValue {
    /// As a value.
    fn into_value(self) -> Value;
}

/// What can be a value that stands still.
pub trait IntoPlain {
    /// As a plain value.
    fn into_plain(self) -> Plain;
}

impl IntoPlain for String {
    fn into_plain(self) -> Plain {
        Plain::Text(self)
    }
}
impl IntoPlain for &str {
    fn into_plain(self) -> Plain {
        Plain::Text(self.to_owned())
    }
}
impl IntoPlain for &String {
    fn into_plain(self) -> Plain {
        Plain::Text(self.clone())
    }
}
impl IntoPlain for bool {
    fn into_plain(self) -> Plain {
        Plain::Truth(self)
    }
}
impl<T: IntoPlain> IntoPlain for Option<T> {
    fn into_plain(self) -> Plain {
        self.map_or(Plain::Nothing, T::into_plain)
    }
}

macro_rules! still {
    ($($kind:ty),+ $(,)?) => {
        $(impl IntoValue for $kind {
            fn into_value(self) -> Value { Value::Still(self.into_plain()) }
        })+
    };
}
still!(String, &str, &String, bool);

impl<T: IntoPlain> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        Value::Still(self.into_plain())
    }
}

impl<F, T> IntoValue for F
where
    F: Fn() -> T + 'static,
    T: IntoPlain,
{
    fn into_value(self) -> Value {
        Value::Moving(Box::new(move || self().into_plain()))
    }
}

macro_rules! moving {
    ($($signal:ident),+) => {
        $(impl<T: IntoPlain + Clone + Keep> IntoValue for $signal<T> {
            fn into_value(self) -> Value { Value::Moving(Box::new(move || self.get().into_plain())) }
        })+
    };
}
moving!(RwSignal, Memo, Signal, ReadSignal);
