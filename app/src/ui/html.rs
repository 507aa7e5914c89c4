//! Names of elements, for `NodeRef` and for handlers that are given their element.

pub use web_sys::HtmlButtonElement as Button;
pub use web_sys::HtmlCanvasElement as Canvas;
pub use web_sys::HtmlDetailsElement as Details;
pub use web_sys::HtmlDialogElement as Dialog;
pub use web_sys::HtmlDivElement as Div;
pub use web_sys::HtmlInputElement as Input;
pub use web_sys::HtmlParagraphElement as P;
pub use web_sys::HtmlSelectElement as Select;
pub use web_sys::HtmlTextAreaElement as Textarea;
