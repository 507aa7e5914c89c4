//! What makes a chart draw again although its data is the same: another width, another pixel
//! ratio, another theme, and paper.

use crate::ui::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    HtmlElement, MediaQueryList, MutationObserver, MutationObserverInit, ResizeObserver,
};

/// Keeps watch until it is dropped.
pub(super) struct Watch {
    size: ResizeObserver,
    theme: MutationObserver,
    scheme: Option<MediaQueryList>,
    on_look: Closure<dyn FnMut()>,
    on_print: Closure<dyn FnMut()>,
    on_screen: Closure<dyn FnMut()>,
    _on_size: Closure<dyn FnMut()>,
}

impl Watch {
    /// Writes the width of `place` into `width` and raises `look` when the colours or the pixel
    /// ratio changed. `None` where the browser lacks an observer.
    pub fn start(place: &HtmlElement, width: RwSignal<f64>, look: RwSignal<u32>) -> Option<Self> {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;
        let raise = move || {
            // A handler may fire once more after the chart has gone.
            let _ = look.try_update(|look| *look = look.wrapping_add(1));
        };
        let on_size = {
            let place = place.clone();
            Closure::<dyn FnMut()>::new(move || {
                let now = f64::from(place.client_width());
                if width
                    .try_get_untracked()
                    .is_some_and(|before| before != now)
                {
                    width.set(now);
                }
            })
        };
        let on_look = Closure::<dyn FnMut()>::new(raise);
        // Paper is white whatever the screen is: the chart is drawn light just before.
        let on_print = lit(place.clone(), Some("light"), raise);
        let on_screen = lit(place.clone(), None, raise);
        let size = ResizeObserver::new(on_size.as_ref().unchecked_ref()).ok()?;
        size.observe(place);
        let theme = MutationObserver::new(on_look.as_ref().unchecked_ref()).ok()?;
        let attributes = MutationObserverInit::new();
        attributes.set_attributes(true);
        attributes.set_attribute_filter(&js_sys::Array::of1(&JsValue::from_str("data-theme")));
        theme.observe_with_options(&root, &attributes).ok()?;
        let scheme = window
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten();
        if let Some(scheme) = &scheme {
            scheme
                .add_event_listener_with_callback("change", on_look.as_ref().unchecked_ref())
                .ok()?;
        }
        window
            .add_event_listener_with_callback("resize", on_look.as_ref().unchecked_ref())
            .ok()?;
        window
            .add_event_listener_with_callback("beforeprint", on_print.as_ref().unchecked_ref())
            .ok()?;
        window
            .add_event_listener_with_callback("afterprint", on_screen.as_ref().unchecked_ref())
            .ok()?;
        Some(Self {
            size,
            theme,
            scheme,
            on_look,
            on_print,
            on_screen,
            _on_size: on_size,
        })
    }
}

fn lit(
    place: HtmlElement,
    scheme: Option<&'static str>,
    raise: impl Fn() + 'static,
) -> Closure<dyn FnMut()> {
    Closure::new(move || {
        // Where a browser refuses the property, the chart prints as it stands on the screen.
        let _ = match scheme {
            Some(scheme) => place.style().set_property("color-scheme", scheme),
            None => place.style().remove_property("color-scheme").map(|_| ()),
        };
        raise();
    })
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.size.disconnect();
        self.theme.disconnect();
        let on_look = self.on_look.as_ref().unchecked_ref();
        if let Some(scheme) = &self.scheme {
            // What is not there any more need not be removed.
            let _ = scheme.remove_event_listener_with_callback("change", on_look);
        }
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback("resize", on_look);
            let _ = window.remove_event_listener_with_callback(
                "beforeprint",
                self.on_print.as_ref().unchecked_ref(),
            );
            let _ = window.remove_event_listener_with_callback(
                "afterprint",
                self.on_screen.as_ref().unchecked_ref(),
            );
        }
    }
}
