//! Leptos' signals, memos and stored values over one type: what they hold is kept behind `Any`,
//! so that their machinery is compiled once and not for each type that a page keeps. Names,
//! methods and behaviour are Leptos'.

use leptos::prelude as reactive;
use leptos::reactive::traits::*;
use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

type Held = Box<dyn Any + Send + Sync>;
type Shared = Arc<dyn Any + Send + Sync>;

/// What can be kept: Leptos' own bounds.
pub trait Keep: Send + Sync + 'static {}
impl<T: Send + Sync + 'static> Keep for T {}

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        pub struct $name<T> {
            inner: $inner,
            kind: PhantomData<fn() -> T>,
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<T> Copy for $name<T> {}
    };
}
handle!(/** A value that views and memos follow. */ RwSignal(reactive::RwSignal<Held>));
handle!(/** A value that follows others and tells only when it is another. */ Memo(reactive::Memo<Shared>));
handle!(/** A value that nothing follows. */ StoredValue(reactive::StoredValue<Held>));

/// A handle is made with its type and keeps only that, so that this cannot fail.
fn seen<T: 'static>(held: &dyn Any) -> &T {
    match held.downcast_ref() {
        Some(value) => value,
        None => unreachable!("a handle keeps the type that it was made with"),
    }
}

fn changed<T: 'static>(held: &mut dyn Any) -> &mut T {
    match held.downcast_mut() {
        Some(value) => value,
        None => unreachable!("a handle keeps the type that it was made with"),
    }
}

impl<T: Keep> RwSignal<T> {
    /// A signal with a first value.
    pub fn new(value: T) -> Self {
        Self {
            inner: reactive::RwSignal::new(Box::new(value)),
            kind: PhantomData,
        }
    }

    /// Looks at the value and follows it.
    pub fn with<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(seen(&**self.inner.read()))
    }

    /// Looks at the value.
    pub fn with_untracked<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(seen(&**self.inner.read_untracked()))
    }

    /// Looks at the value, if it is still there.
    pub fn try_with_untracked<R>(&self, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.inner
            .try_read_untracked()
            .map(|held| look(seen(&**held)))
    }

    /// Follows the value.
    pub fn track(&self) {
        self.inner.track();
    }

    /// Changes the value and tells.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes the value and tells, if it is still there.
    pub fn try_update<R>(&self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.inner
            .try_write()
            .map(|mut held| change(changed(&mut **held)))
    }

    /// Puts another value in its place and tells.
    pub fn set(&self, value: T) {
        self.try_set(value);
    }

    /// Puts another value in its place and tells; gives it back where there is no place any more.
    pub fn try_set(&self, value: T) -> Option<T> {
        match self.inner.try_write() {
            Some(mut held) => {
                *changed(&mut **held) = value;
                None
            }
            None => Some(value),
        }
    }
}

impl<T: Keep + Clone> RwSignal<T> {
    /// The value, followed.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// The value.
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }

    /// The value, if it is still there.
    pub fn try_get_untracked(&self) -> Option<T> {
        self.try_with_untracked(T::clone)
    }
}

/// Makes the next value of a memo from the last one, and says whether it is another.
type Step = Box<dyn Fn(Option<Shared>) -> (Shared, bool) + Send + Sync>;

impl<T: Keep> Memo<T> {
    /// A memo that tells when its value is not equal to the last one.
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::new_with_compare(compute, |before, after| before != after)
    }

    /// A memo that tells when `differs` says so.
    pub fn new_with_compare(
        compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
        differs: fn(Option<&T>, Option<&T>) -> bool,
    ) -> Self {
        Self::over(Box::new(move |before| {
            let before = before.as_deref().map(|held| seen::<T>(held));
            let after = compute(before);
            let tells = differs(before, Some(&after));
            (Arc::new(after), tells)
        }))
    }

    fn over(step: Step) -> Self {
        Self {
            inner: memo(step),
            kind: PhantomData,
        }
    }

    /// Looks at the value and follows it.
    pub fn with<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(seen(&*self.inner.get()))
    }

    /// Looks at the value.
    pub fn with_untracked<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(seen(&*self.inner.get_untracked()))
    }

    /// Looks at the value, if it is still there.
    pub fn try_with_untracked<R>(&self, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.inner
            .try_get_untracked()
            .map(|held| look(seen(&*held)))
    }

    /// Follows the value.
    pub fn track(&self) {
        self.inner.track();
    }
}

impl<T: Keep + Clone> Memo<T> {
    /// The value, followed.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// The value.
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }

    /// The value, if it is still there.
    pub fn try_get_untracked(&self) -> Option<T> {
        self.try_with_untracked(T::clone)
    }
}

fn memo(step: Step) -> reactive::Memo<Shared> {
    reactive::Memo::new_owning(step)
}

impl<T: Keep> StoredValue<T> {
    /// Keeps a value.
    pub fn new(value: T) -> Self {
        Self {
            inner: reactive::StoredValue::new(Box::new(value)),
            kind: PhantomData,
        }
    }

    /// Looks at the value.
    pub fn with_value<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(seen(&**self.inner.read_value()))
    }

    /// Looks at the value, if it is still there.
    pub fn try_with_value<R>(&self, look: impl FnOnce(&T) -> R) -> Option<R> {
        self.inner.try_read_value().map(|held| look(seen(&**held)))
    }

    /// Changes the value.
    pub fn update_value(&self, change: impl FnOnce(&mut T)) {
        if let Some(mut held) = self.inner.try_write_value() {
            change(changed(&mut **held));
        }
    }

    /// Puts another value in its place.
    pub fn set_value(&self, value: T) {
        self.update_value(|held| *held = value);
    }
}

impl<T: Keep + Clone> StoredValue<T> {
    /// The value.
    pub fn get_value(&self) -> T {
        self.with_value(T::clone)
    }

    /// The value, if it is still there.
    pub fn try_get_value(&self) -> Option<T> {
        self.try_with_value(T::clone)
    }
}

/// What runs again whenever something it read has changed, beginning soon.
pub struct Effect;

impl Effect {
    /// Runs `run`; it is given nothing the first time, and from then on what it gave before. It
    /// lives as long as the owner of the moment.
    #[allow(clippy::new_ret_no_self)]
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) {
        let mut before = None;
        effect(Box::new(move || before = Some(run(before.take()))));
    }
}

fn effect(mut run: Box<dyn FnMut()>) {
    reactive::Effect::new(move |_: Option<()>| run());
}

impl<T: 'static> StoredValue<T> {
    /// Keeps a value of the browser's own, which never leaves its thread.
    pub fn new_local(value: T) -> reactive::StoredValue<T, reactive::LocalStorage> {
        reactive::StoredValue::new_local(value)
    }
}
