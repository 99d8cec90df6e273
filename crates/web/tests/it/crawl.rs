//! Following every link of the site, a few of each shape: pages differ by shape, not by identifier.

use crate::hygiene::tags;
use crate::plain::{Client, Reply};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Pages visited of each shape.
const OF_EACH: usize = 3;

/// A page found.
pub(crate) struct Found {
    /// Path and query.
    pub(crate) path: String,
    /// Whether it is the first of its shape.
    pub(crate) is_first: bool,
    pub(crate) reply: Reply,
}

/// Follows links from these addresses until there are no more, or there are `most` pages. Every page answers
/// with 200, or leads on; `dead` says which addresses may lead nowhere.
pub(crate) async fn crawl(
    client: &Client,
    start: &[String],
    most: usize,
    dead: impl Fn(&str) -> bool,
) -> Vec<Found> {
    let mut waiting: VecDeque<(String, String)> =
        start.iter().map(|path| (path.clone(), "the start".to_owned())).collect();
    let mut seen: BTreeSet<String> = start.iter().cloned().collect();
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::new();
    while let Some((path, from)) = waiting.pop_front() {
        if found.len() == most {
            break;
        }
        let shape = shapes.entry(shape(&path)).or_default();
        *shape += 1;
        if *shape > OF_EACH {
            continue;
        }
        let is_first = *shape == 1;
        let reply = client.get(&path).await;
        let redirected = reply.status == 303 && reply.header("location").starts_with('/');
        let whole = reply.status == 200 || redirected || (reply.status == 404 && dead(&path));
        assert!(whole, "{path}, linked from {from}: {}", reply.status);
        let mut links = vec![reply.header("location").to_owned()];
        if reply.is_html() {
            let html = reply.text();
            let tags = tags(&html);
            let anchors = tags.iter().filter(|tag| tag.name == "a");
            links.extend(anchors.filter_map(|tag| tag.get("href")).map(|href| href.replace("&amp;", "&")));
        }
        for link in links {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            let link = if link.starts_with('?') { format!("{}{link}", bare(&path)) } else { link };
            if link.starts_with('/') && seen.insert(link.clone()) {
                waiting.push_back((link, path.clone()));
            }
        }
        found.push(Found { path, is_first, reply });
    }
    found
}

fn bare(path: &str) -> &str {
    path.split('?').next().unwrap_or(path)
}

/// An address with identifiers and values taken out.
pub(crate) fn shape(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let is_id = |part: &str| {
        part.contains('_') && part.len() > 30 || part.len() >= 32 || part.bytes().any(|b| b.is_ascii_digit())
    };
    let parts: Vec<_> = path.split('/').map(|part| if is_id(part) { "*" } else { part }).collect();
    let names: BTreeSet<_> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{}?{}", parts.join("/"), names.into_iter().collect::<Vec<_>>().join("&"))
}

#[test]
fn shapes_leave_out_identifiers() {
    let id = "system_0198c0ffee00700080000000000000aa";
    assert_eq!(shape(&format!("/systems/{id}/controls/ac-2?b=1&a=2")), "/systems/*/controls/*?a&b");
    assert_eq!(shape("/records/poam_item/new"), "/records/poam_item/new?");
}
