//! The comparison: what is different between two days.

mod moved;
mod picture;

use super::frame::{At, Frame, if_there, last_instant};
use super::shown::deficiencies;
use crate::error::Answer;
use crate::list::ListAddress;
use crate::look::empty::{Empty, empty};
use crate::look::panel::section;
use crate::look::when;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::time::{day, plus_days};
use warrant_service::comparison::Comparison;

/// Days back, and the word on the chip.
const PRESETS: [(i64, &str); 4] =
    [(7, "compare-week"), (30, "compare-month"), (91, "compare-quarter"), (365, "compare-year")];

/// The two days asked for.
struct Span {
    from: Date,
    /// `None`: now.
    to: Option<Date>,
}

impl Span {
    /// A month back from the later day, unless the address says another.
    fn read(address: &ListAddress, now: Timestamp) -> Self {
        let date = |name: &str| address.get(name).parse::<Date>().ok().filter(|date| *date < day(now));
        let to = date("to").or_else(|| date("as_of"));
        let later = to.map_or(now, last_instant);
        let from = date("from").unwrap_or_else(|| day(plus_days(later, -30)));
        Self { from, to: to.filter(|to| *to > from) }
    }

    fn later(&self, now: Timestamp) -> Date {
        self.to.unwrap_or(day(now))
    }
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &ListAddress::default()).await?;
    let span = Span::read(&address, frame.now);
    let to = span.to.map(last_instant);
    let found = if_there(app.service.comparison(&who.actor, &frame.id, last_instant(span.from), to).await)?;
    let main = html! {
        (choice(&frame, &span))
        @match &found {
            Some(found) => (differences(&frame, &span, found)),
            None => (empty(&absent(&frame, &span))),
        }
    };
    frame.page(&app, &who, At::Compare, (lead(&frame, &span, found.as_ref()), html! {}), main).await
}

fn lead(frame: &Frame, span: &Span, found: Option<&Comparison>) -> Markup {
    let of = |name: &'static str| {
        Words::of(name)
            .with("from", span.from)
            .with("ago", when::distance(span.from, day(frame.now)))
            .with("to", span.to.map_or_else(|| say("compare-now"), |to| to.to_string()))
    };
    let Some(found) = found else { return html! { (of("compare-lead-bare")) } };
    if found.delta.is_empty() && found.controls.is_empty() {
        let same = html! { strong { (say("compare-same")) } };
        return html! { (of("compare-lead-same").around("same", same)) };
    }
    let delta = &found.delta;
    let opened = Words::of("changed-opened-count").with("count", delta.opened.len());
    let ended = Words::of("compare-ended-count").with("count", delta.ended.len());
    let findings = Words::of("compare-findings-count")
        .with("opened", found.findings_opened.len())
        .with("closed", found.findings_closed.len());
    let controls = Words::of("compare-controls-count").with("count", found.controls.len());
    let sentence = of("system-compare-lead")
        .around("opened", html! { strong { a href="#opened" { (opened) } } })
        .around("ended", html! { strong { a href="#ended" { (ended) } } })
        .around("findings", html! { a href="#findings" { (findings) } })
        .around("controls", html! { a href="#controls" { (controls) } });
    html! { (sentence) }
}

fn choice(frame: &Frame, span: &Span) -> Markup {
    let later = span.to.map_or(frame.now, last_instant);
    let to = span.to.map(|to| to.to_string());
    let href = |days: i64| {
        let from = day(plus_days(later, -days)).to_string();
        let mut pairs = vec![("from", from.as_str())];
        pairs.extend(to.as_deref().map(|to| ("to", to)));
        frame.href("/compare", &pairs)
    };
    html! {
        div.toolbar {
            nav.facet aria-label=(say("compare-back-by")) {
                @for (days, title) in PRESETS {
                    @let chosen = day(plus_days(later, -days)) == span.from;
                    a.chip href=(href(days)) aria-current=[chosen.then_some("true")] { (say(title)) }
                }
            }
            form.buttons action=(frame.href("/compare", &[])) {
                label.muted for="from" { (say("column-from")) } input #from type="date" name="from" value=(span.from) max=(day(frame.now)) required;
                label.muted for="to" { (say("compare-to")) } input #to type="date" name="to" value=(span.later(frame.now)) max=(day(frame.now));
                button { (say("system-tab-compare")) }
            }
        }
    }
}

fn absent(frame: &Frame, span: &Span) -> Empty {
    let first = day(frame.snapshot.system.created_at);
    Empty::of("compare-not-there")
        .with("system", frame.name.as_str())
        .with("day", span.from)
        .with("first", first)
        .first(frame.href("/compare", &[("from", &first.to_string())]))
        .second(frame.href("/history", &[]))
}

fn differences(frame: &Frame, span: &Span, found: &Comparison) -> Markup {
    let (opened, ended) = (&found.delta.opened, &found.delta.ended);
    let days = (span.from, span.later(frame.now));
    html! {
        div.columns {
            (section(&say("standing-scorecard"), html! { (say("compare-higher")) }, picture::scorecard(found, days)))
            (section(&say("chart-figures"), html! {}, picture::figures(frame, found, days)))
        }
        div #opened { (section(&say("compare-opened"), html! { (opened.len()) }, deficiencies(frame, ("opened-rows", &say("compare-opened")), opened.iter(), "compare-none-opened"))) }
        div #ended { (section(&say("compare-ended"), html! { (ended.len()) }, moved::ended(frame, ended))) }
        (moved::changes("worsened", "compare-worsened", &found.delta.worsened))
        (moved::changes("eased", "compare-eased", &found.delta.eased))
        div #controls { (moved::controls(frame, &found.controls)) }
        div #findings.columns {
            (moved::findings("compare-findings-opened", &found.findings_opened))
            (moved::findings("compare-findings-closed", &found.findings_closed))
        }
    }
}
