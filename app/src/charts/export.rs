//! Files made in the page: a blob, an address for it, and a click on a link that saves it.

use super::surface::{DrawError, Surface};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, Url};

/// Saves a chart as a picture, with its title and subtitle above it.
pub fn save_png(
    name: &str,
    chart: &HtmlCanvasElement,
    surface: &Surface,
    title: &str,
    subtitle: &str,
) -> Result<(), DrawError> {
    let refused = |_| DrawError::Refused("the picture could not be made".into());
    let (wide, high) = (f64::from(chart.width()), f64::from(chart.height()));
    let scale = wide / surface.width;
    let head = 52.0 * scale;
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(DrawError::NoContext)?;
    let picture: HtmlCanvasElement = document
        .create_element("canvas")
        .map_err(refused)?
        .dyn_into()
        .map_err(|_| DrawError::NoContext)?;
    picture.set_width(chart.width());
    picture.set_height((high + head) as u32);
    let context = picture
        .get_context("2d")
        .ok()
        .flatten()
        .ok_or(DrawError::NoContext)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| DrawError::NoContext)?;
    let palette = surface.palette;
    context.set_fill_style_str(&palette.surface.css());
    context.fill_rect(0.0, 0.0, wide, high + head);
    context.set_fill_style_str(&palette.ink.css());
    context.set_font(&format!("bold {}px system-ui, sans-serif", 15.0 * scale));
    context
        .fill_text(title, 8.0 * scale, 20.0 * scale)
        .map_err(refused)?;
    context.set_fill_style_str(&palette.muted.css());
    context.set_font(&format!("{}px system-ui, sans-serif", 12.0 * scale));
    context
        .fill_text(subtitle, 8.0 * scale, 40.0 * scale)
        .map_err(refused)?;
    context
        .draw_image_with_html_canvas_element(chart, 0.0, head)
        .map_err(refused)?;
    let name = name.to_owned();
    let finished = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>() {
            // A browser that refuses to save says so itself.
            let _ = save(&name, &blob);
        }
    });
    picture.to_blob(finished.unchecked_ref()).map_err(refused)
}

fn save(name: &str, blob: &Blob) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The click has started the download, which holds the blob by itself.
    Url::revoke_object_url(&address).ok()
}
