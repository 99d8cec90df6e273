//! What the page gives the script to say: it holds no words of its own, so that it speaks the page's language.

use crate::words::say;
use maud::{Markup, html};

/// The place where the script speaks to those who listen, with its words by the names it knows.
pub(super) fn words() -> Markup {
    html! {
        div #live.sr role="status" aria-live="polite"
            data-no-answer=(say("script-no-answer")) data-no-rows=(say("script-no-rows"))
            data-all-assessed=(say("script-all-assessed")) data-leave=(say("script-leave"))
            data-no-cell=(say("script-no-cell")) data-copied=(say("script-copied"))
            data-not-copied=(say("script-not-copied")) data-light=(say("script-light")) data-dark=(say("script-dark"))
            data-received=(say("script-received")) data-not-imported=(say("script-not-imported"))
            data-cut-off=(say("script-cut-off")) data-no-progress=(say("script-no-progress")) {}
    }
}
