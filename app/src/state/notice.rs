//! A message on the page that stays until it is answered or put away.

/// What a notice says and offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// In one line.
    pub title: String,
    /// What it means and what can be done.
    pub text: String,
    /// Something went wrong; otherwise it is for information.
    pub trouble: bool,
    /// What it offers besides being put away.
    pub action: Option<NoticeAction>,
}

/// What a notice offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeAction {
    /// Back to the designs that were open before a link was.
    OwnDesigns,
}
