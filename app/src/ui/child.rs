//! What can stand in a view.

use super::*;

/// A view of any kind: the type that pages and widgets give and take.
pub enum AnyView {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// What a template made: an element or a fragment.
    Node(web_sys::Node),
    /// Several, one after the other.
    Several(Vec<AnyView>),
    /// Made again whenever what it read changes.
    Moving(Box<dyn FnMut() -> AnyView>),
    /// A list in which what stays the same keeps its elements.
    Keyed(keyed::Rows),
}

/// What can be a view.
pub trait IntoAny {
    /// As a view.
    fn into_any(self) -> AnyView;
}

/// Many views as one.
pub trait CollectView {
    /// All, in order.
    fn collect_view(self) -> AnyView;
}

impl<I: IntoIterator<Item: IntoAny>> CollectView for I {
    fn collect_view(self) -> AnyView {
        AnyView::Several(self.into_iter().map(IntoAny::into_any).collect())
    }
}

impl IntoAny for AnyView {
    fn into_any(self) -> AnyView {
        self
    }
}
impl IntoAny for () {
    fn into_any(self) -> AnyView {
        AnyView::Empty
    }
}
impl IntoAny for String {
    fn into_any(self) -> AnyView {
        AnyView::Text(self)
    }
}
impl IntoAny for &str {
    fn into_any(self) -> AnyView {
        AnyView::Text(self.to_owned())
    }
}
impl IntoAny for &String {
    fn into_any(self) -> AnyView {
        AnyView::Text(self.clone())
    }
}
impl<T: IntoAny> IntoAny for Option<T> {
    fn into_any(self) -> AnyView {
        self.map_or(AnyView::Empty, T::into_any)
    }
}
impl<T: IntoAny> IntoAny for Vec<T> {
    fn into_any(self) -> AnyView {
        self.collect_view()
    }
}
impl<T: IntoAny, const N: usize> IntoAny for [T; N] {
    fn into_any(self) -> AnyView {
        self.collect_view()
    }
}

impl<F, T> IntoAny for F
where
    F: FnMut() -> T + 'static,
    T: IntoAny,
{
    fn into_any(mut self) -> AnyView {
        AnyView::Moving(Box::new(move || self().into_any()))
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {
        $(impl IntoAny for $number {
            fn into_any(self) -> AnyView { AnyView::Text(self.to_string()) }
        })+
    };
}
numbers!(u32, u64, usize);

macro_rules! signals {
    ($($signal:ident),+) => {
        $(impl<T: IntoAny + Clone + Keep> IntoAny for $signal<T> {
            fn into_any(self) -> AnyView { AnyView::Moving(Box::new(move || self.get().into_any())) }
        })+
    };
}
signals!(RwSignal, Memo, Signal, ReadSignal);
