//! Share links, in and out. The engine packs and unpacks; this puts them into the address bar.

mod dialog;

pub use dialog::{share_content, share_dialog};

use crate::later::{self, Refused};
use crate::shell::dom;
use crate::state::{
    Needs, Notice, NoticeAction, Page, Section, Workbench, drop_stashed, stash, stashed,
};
use crate::ui::*;
use plumbline_engine::design::Design;
use plumbline_engine::load::LinkError;

/// The page that a link leads to.
const FIRST: Page = Page::Design(Section::Workload);

/// Whether a fragment is meant as a link: anything that is neither a page nor empty.
pub fn looks_like_link(fragment: &str) -> bool {
    let body = fragment.trim_start_matches('#');
    !body.is_empty() && !body.starts_with('/') && body.contains('.')
}

/// Opens the link of the address bar as soon as the code for it is here, or says on the page why
/// it cannot be opened.
pub fn open_when_possible(workbench: Workbench) {
    Effect::new(move |_| {
        let Some(link) = workbench.link.get() else {
            return;
        };
        let here = workbench.supply.has(&Needs::link());
        let Some(read) = later::read_now(&link).filter(|_| here) else {
            return;
        };
        workbench.link.set(None);
        match read {
            Ok(designs) => open(workbench, designs),
            Err(why) => {
                workbench.notice.set(Some(refusal(&why)));
                dom::replace_fragment(&workbench.page.get_untracked().fragment());
            }
        }
    });
}

/// Opens designs that came by a link. The person's own are put aside, not lost.
pub fn open(workbench: Workbench, designs: Vec<Design>) {
    let kept = stash();
    let notice = arrival(designs.len(), kept);
    workbench.open_all(designs, 0);
    workbench.notice.set(Some(notice));
    dom::replace_fragment(&FIRST.fragment());
    workbench.page.set(FIRST);
}

/// What is said when a link has been opened.
fn arrival(count: usize, kept: bool) -> Notice {
    let title = match count {
        1 => "This design came by a link".to_owned(),
        count => [&count.to_string(), " designs came by a link"].concat(),
    };
    let text = match kept {
        true => {
            "Everything of it is here, in your own browser. The designs that you had open are put aside and kept."
        }
        false => "Everything of it is here, in your own browser; change what you like.",
    };
    let action = kept.then_some(NoticeAction::OwnDesigns);
    Notice {
        title,
        text: text.into(),
        trouble: false,
        action,
    }
}

/// What is said when a link cannot be opened: at which stage, and that nothing is lost.
pub fn refusal(why: &Refused) -> Notice {
    let advice = match why {
        Refused::Lost(_) => "Check the connection, then open the link again.",
        Refused::Link(LinkError::Newer(_)) => {
            "Reload the page to get the newest version, then open the link again."
        }
        Refused::Link(LinkError::Foreign) => "Check that the whole address was copied.",
        _ => "Ask for the link again, or for the design as a file.",
    };
    Notice {
        title: "The link could not be opened".into(),
        text: [
            &sentence(&why.to_string()),
            ". ",
            advice,
            " Your own designs are open as they were.",
        ]
        .concat(),
        trouble: true,
        action: None,
    }
}

/// The engine's messages begin small, so that they can stand within others.
fn sentence(message: &str) -> String {
    let mut message = message.to_owned();
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    message
}

/// Back to the designs that were open before the link.
pub fn back_to_own(workbench: Workbench) {
    if let Some((designs, active)) = stashed().into_iter().next() {
        workbench.open_all(designs, active);
        drop_stashed(0);
    }
    workbench.notice.set(None);
}

/// The address of these designs; `None` while the code for it is not here.
pub fn address(designs: &[Design]) -> Option<Result<String, LinkError>> {
    let link = later::write(designs)?;
    Some(link.map(|fragment| [&dom::address(), "#", &fragment].concat()))
}
