//! What a year of one system may cost: the part of its page that is about money.

use super::{by_scenario, curve, lead, left_out, scenarios, shown, tolerated};
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::chart::exceedance;
use crate::look::empty::{Empty, empty};
use crate::look::panel::section;
use crate::look::table::table;
use crate::words::say;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_service::risk::RiskView;

/// The sentence, what can be done, and the content, of a system's scenarios at the day that is shown.
pub(in crate::pages) fn of_system(
    list: &ListAddress,
    system: &str,
    view: &RiskView,
    as_of: Option<Date>,
) -> (Markup, Markup, Markup) {
    let only = format!("system={}", encoded(system));
    let add = format!("/risk/editor?{only}");
    let actions = html! {
        @if as_of.is_none() {
            @if view.report.is_some() {
                a.button href=(format!("/risk/moved?{only}")) { (say("risk-moved")) }
                a.button href=(format!("/risk/register?{only}")) { (say("risk-register")) }
            }
            a.button.primary href=(add) { (say("risk-add")) }
        }
    };
    let Some(report) = &view.report else {
        let none = Empty::of("system-risk-none").first_if(as_of.is_none().then_some(add)).second("/risk");
        let main = html! { (empty(&none)) (left_out(&view.left_out)) };
        return (html! { (say("system-risk-not-priced")) }, actions, main);
    };
    let mut grid = scenarios::table(list, view, &[]);
    grid.action = list.path.clone();
    grid.keep = list.keep(&["q", "page"]);
    // Every row is of this system.
    grid.columns.remove(1);
    grid.rows.iter_mut().for_each(|row| drop(row.cells.remove(1)));
    let export = |name: &str, ending: &str| Link::new(name, format!("/risk.{ending}?{only}"));
    grid.exports =
        if as_of.is_none() { vec![export("CSV", "csv"), export("XLSX", "xlsx")] } else { Vec::new() };
    let sentence = html! {
        (lead(view, report, &[]))
        @if as_of.is_some() { " " (say("register-as-of")) }
    };
    let main = html! {
        div.columns.pair {
            div { (exceedance(&curve(&say("risk-curve"), report))) }
            div { (by_scenario(view, report)) }
        }
        (section(&say("risk-scenarios"), html! { (view.scenarios.len()) }, table(&grid)))
        (section(&say("risk-bad-years"), html! {}, tolerated::bad_years(report)))
        (left_out(&view.left_out))
        (shown::provenance(view, report))
    };
    (sentence, actions, main)
}
