//! The shell: what stands around every page.

use super::Link;
use super::badge::{count, drawings};
use super::day::{self, Day};
use super::failure::said;
use super::icons::{Icon, icon};
use super::link::safe;
use super::panel::{PANEL_ID, panel_slot};
use super::script;
use super::sheet::{palette, sheet};
use crate::assets;
use crate::error::Told;
use crate::language::{self, LANGUAGES};
use crate::words::{Words, say};
use maud::{DOCTYPE, Markup, Render, html};

/// The five places of the left rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// My ranked queue.
    Today,
    /// Systems and what belongs to one.
    Systems,
    /// Units, goals, policies, obligations, people, suppliers.
    Programme,
    /// Alerts, incidents, sources, advisories.
    Watch,
    /// Evidence, ledger, reports, every kind.
    Record,
}

impl Place {
    /// All places, in order.
    pub const ALL: [Self; 5] = [Self::Today, Self::Systems, Self::Programme, Self::Watch, Self::Record];

    /// Its name.
    pub fn title(self) -> String {
        say(match self {
            Self::Today => "place-today",
            Self::Systems => "place-systems",
            Self::Programme => "place-programme",
            Self::Watch => "place-watch",
            Self::Record => "place-record",
        })
    }

    /// Its address.
    pub fn href(self) -> &'static str {
        match self {
            Self::Today => "/",
            Self::Systems => "/systems",
            Self::Programme => "/programme",
            Self::Watch => "/watch",
            Self::Record => "/record",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Today => Icon::Today,
            Self::Systems => Icon::Shield,
            Self::Programme => Icon::Tree,
            Self::Watch => Icon::Bell,
            Self::Record => Icon::Book,
        }
    }
}

/// Whether a link leads to the page it stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Here {
    /// It leads elsewhere.
    #[default]
    No,
    /// It is this page.
    Yes,
}

/// A link of the rail or of a row of tabs.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    /// Its title.
    pub title: String,
    /// Where it goes.
    pub href: String,
    /// How many things wait there; `None` shows nothing.
    pub count: Option<u64>,
    /// Whether it is this page.
    pub here: Here,
}

/// Who is signed in.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Name.
    pub name: String,
    /// Second line: role or e-mail address.
    pub about: String,
    /// Links of the menu.
    pub links: Vec<Link>,
    /// Request token of the form that signs out (posted to `/sign-out`).
    pub csrf: String,
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    #[default]
    Done,
    /// Something went wrong or needs attention.
    Problem,
}

/// A message about what just happened.
#[derive(Clone, Debug, Default)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// What was done.
    pub text: String,
    /// What went wrong.
    pub told: Option<Told>,
    /// A way on, or back.
    pub link: Option<Link>,
}

impl Flash {
    /// What went wrong: always words, so that it is told in the person's language.
    pub fn problem(told: impl Into<Told>) -> Self {
        Self { tone: Tone::Problem, told: Some(told.into()), ..Self::default() }
    }
}

/// Which language the content of a page is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spoken {
    /// English: kinds, fields, checks and what the engine says of them.
    #[default]
    English,
    /// That of the person, as the shell is.
    Chosen,
}

impl Spoken {
    /// The attribute `lang` of the content.
    pub(crate) fn lang(self) -> Option<&'static str> {
        match self {
            Self::English => language::of_english(),
            Self::Chosen => None,
        }
    }
}

/// What stands around a page.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    /// The page's title, as the window shows it.
    pub title: String,
    /// Which language its content is in.
    pub spoken: Spoken,
    /// The organisation's name, shown in the rail.
    pub organisation: String,
    /// The place the page belongs to.
    pub place: Option<Place>,
    /// Links below that place.
    pub links: Vec<Tab>,
    /// The switch that narrows everything to a unit or a system.
    pub scope: Option<Markup>,
    /// How much is new for whoever is signed in.
    pub news: usize,
    /// What was searched for.
    pub query: String,
    /// Who is signed in.
    pub account: Option<Account>,
    /// Classification or TLP marking, shown above and below.
    pub marking: Option<String>,
    /// The day the page is shown as of, where it can be chosen.
    pub day: Option<Day>,
    /// The address of the page's guide.
    pub guide: Option<String>,
    /// Messages.
    pub flashes: Vec<Flash>,
    /// Version of the program.
    pub version: String,
    /// Position of the store, such as `ledger 18,402`.
    pub position: String,
    /// What a printed page says of itself on top: whose it is and what it shows; where it came from and when.
    pub printed: [String; 2],
}

/// A whole page in the shell.
pub fn page(shell: &Shell, main: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language::current().tag) {
            (head(&shell.title, shell.spoken))
            body {
                a.skip href="#main" { (say("shell-skip")) }
                @if let Some(marking) = &shell.marking { div.marking role="note" { (marking) } }
                div.frame {
                    (rail(shell))
                    div.column {
                        (bar(shell))
                        @if let Some(day) = &shell.day { (day::mark(day)) }
                        p.printed aria-hidden="true" { @for said in &shell.printed { span { (said) } } }
                        main #main tabindex="-1" lang=[shell.spoken.lang()] {
                            (flashes(&shell.flashes))
                            (main)
                        }
                        footer.foot {
                            span { "Warrant " (shell.version) }
                            @if !shell.position.is_empty() { a href="/record/ledger" { (shell.position) } }
                            button type="button" .plain.script-only data-open="keys" { (say("keys-title")) " " kbd { "?" } }
                        }
                    }
                    (panel_slot())
                }
                (drawings())
                (sheet())
                (palette("/search"))
                (script::words())
                @if let Some(marking) = &shell.marking { div.marking.marking-foot role="note" aria-hidden="true" { (marking) } }
            }
        }
    }
}

/// A page without rail and bar: signing in, an error before that.
pub fn plain_page(title: &str, main: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language::current().tag) {
            (head(title, Spoken::Chosen))
            body.plain-page {
                main #main { (main) }
                footer.foot { (languages(None)) }
            }
        }
    }
}

/// The head of a page: its sentence and what may be done with the thing as a whole.
pub fn heading(over: &[Link], title: impl Render, lead: Markup, actions: Markup) -> Markup {
    html! {
        header.heading {
            @if !over.is_empty() {
                nav.crumbs aria-label=(say("shell-above")) { @for link in over { (link.anchor()) span aria-hidden="true" { "/" } } }
            }
            div.heading-line { h1 { (title) } div.buttons { (actions) } }
            p.lead #lead data-patch { (lead) }
        }
    }
}

/// The sentence below a title, to be put in the place of what it said before.
pub fn lead_patch(lead: Markup) -> Markup {
    html! { p.lead #lead data-patch { (lead) } }
}

/// A row of tabs.
pub fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in tabs { (tab_link(tab)) }
        }
    }
}

fn head(title: &str, spoken: Spoken) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="same-origin";
            title lang=[spoken.lang()] { (title) " · Warrant" }
            link rel="icon" href=(assets::href("icon.svg")) type="image/svg+xml";
            link rel="stylesheet" href=(assets::href("style.css"));
            script src=(assets::href("theme.js")) {}
            script type="module" src=(assets::href("app.js")) {}
        }
    }
}

fn rail(shell: &Shell) -> Markup {
    html! {
        nav.rail aria-label=(say("shell-places")) {
            a.brand href="/" {
                svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true" {
                    rect width="32" height="32" rx="7" {}
                    path d="M7 9.5l4.5 13L16 11.5l4.5 11L25 9.5" {}
                }
                span { "Warrant" @if !shell.organisation.is_empty() { small { (shell.organisation) } } }
            }
            ul.places {
                @for place in Place::ALL {
                    @let here = shell.place == Some(place);
                    li.here[here] {
                        a href=(place.href()) aria-current=[here.then_some("true")] { (icon(place.icon())) span { (place.title()) } }
                        @if here && !shell.links.is_empty() {
                            ul.sub { @for tab in &shell.links { li { (tab_link(tab)) } } }
                        }
                    }
                }
            }
        }
    }
}

fn tab_link(tab: &Tab) -> Markup {
    html! {
        a href=(safe(&tab.href)) aria-current=[(tab.here == Here::Yes).then_some("page")] {
            span { (tab.title) }
            @if let Some(number) = tab.count { (count(number)) }
        }
    }
}

fn bar(shell: &Shell) -> Markup {
    html! {
        header.bar {
            @if let Some(scope) = &shell.scope { div.scope { (scope) } }
            @if let Some(day) = &shell.day { (day::control(day)) }
            form.search action="/search" role="search" aria-label=(say("shell-search-all")) {
                (icon(Icon::Search))
                input type="search" name="q" value=(shell.query) placeholder=(say("shell-search")) aria-label=(say("shell-search")) data-opens="palette";
                kbd.script-only aria-hidden="true" { "Ctrl K" }
            }
            @if shell.account.is_some() {
                a.icon-button.news href="/news" title=(say("shell-news")) {
                    (icon(Icon::Bell)) @if shell.news > 0 { span aria-hidden="true" { @if shell.news > 99 { "99+" } @else { (shell.news) } } }
                    span.sr { (Words::of("shell-news-count").with("count", shell.news)) }
                }
            }
            @if let Some(guide) = &shell.guide {
                a.icon-button href=(safe(guide)) data-swap=(format!("#{PANEL_ID}")) title=(say("shell-guide")) { (icon(Icon::Help)) span.sr { (say("shell-guide")) } }
            }
            button.icon-button.script-only type="button" data-theme-toggle title=(say("shell-theme")) { (icon(Icon::Theme)) span.sr { (say("shell-theme")) } }
            @if let Some(account) = &shell.account {
                details.menu {
                    summary title=(account.name) { span.avatar aria-hidden="true" { (initials(&account.name)) } span.sr { (Words::of("shell-account-of").with("name", account.name.as_str())) } }
                    div.menu-body {
                        p { strong { (account.name) } br; span.muted { (account.about) } }
                        @for link in &account.links { (link.anchor()) }
                        form method="post" action="/sign-out" {
                            input type="hidden" name="_csrf" value=(account.csrf);
                            button.plain { (say("shell-sign-out")) }
                        }
                        (languages(Some(&account.csrf)))
                    }
                }
            }
        }
    }
}

/// The switch that narrows every list: what it is narrowed to, where to choose, and the way back to the whole.
pub fn scope_switch(current: &str, choose: &str, lift: Option<&str>) -> Markup {
    html! {
        a.scope-switch.narrowed[lift.is_some()] href=(safe(choose)) data-swap=(format!("#{PANEL_ID}")) title=(say("scope-title")) {
            span.sr { (say("scope-shows")) } span { (current) } (icon(Icon::ChevronDown))
        }
        @if let Some(href) = lift {
            a.icon-button href=(safe(href)) title=(say("scope-lift")) { (icon(Icon::Cross)) span.sr { (say("scope-lift")) } }
        }
    }
}

fn flashes(flashes: &[Flash]) -> Markup {
    html! {
        @for flash in flashes {
            @let problem = flash.tone == Tone::Problem;
            p.flash.problem[problem] role=(if problem { "alert" } else { "status" }) {
                (icon(if problem { Icon::Warning } else { Icon::Check }))
                span { (flash.text) @if let Some(told) = &flash.told { (said(told)) } }
                @if let Some(link) = &flash.link { (link.anchor()) }
            }
        }
    }
}

/// The other languages, each as a button in its own words.
fn languages(csrf: Option<&str>) -> Markup {
    html! {
        form.languages method="post" action="/language" {
            @if let Some(token) = csrf { input type="hidden" name="_csrf" value=(token); }
            @for other in LANGUAGES.into_iter().filter(|other| *other != language::current()) {
                button.plain name="language" value=(other.tag) lang=(other.tag) { (other.name) }
            }
        }
    }
}

fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}
