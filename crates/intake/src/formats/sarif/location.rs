//! Paths and targets: artifact indices, base URIs, repositories.

use super::model::{ArtifactLocation, Run};
use crate::formats::cyclonedx::percent_decoded;
use crate::text;
use std::collections::BTreeMap;

/// The longest chain of base ids followed.
const CHAIN: usize = 10;

/// The artifacts and base URIs of a run.
pub(super) struct Locations {
    artifacts: Vec<ArtifactLocation>,
    bases: BTreeMap<String, ArtifactLocation>,
    /// Absolute URIs of the folders that paths may be relative to, each with a slash at its end.
    roots: Vec<String>,
}

impl Locations {
    pub(super) fn of(run: &Run<'_>) -> Self {
        let folders = run.invocations.iter().map(|invocation| &invocation.folder);
        let uris = run.bases.values().chain(folders).filter_map(|location| location.uri.as_deref());
        let roots = uris.filter(|uri| is_absolute(uri)).map(|uri| format!("{}/", uri.trim_end_matches('/')));
        Self {
            roots: roots.take(100).collect(),
            artifacts: run.artifacts.iter().map(|artifact| artifact.location.clone()).collect(),
            bases: run.bases.clone(),
        }
    }

    /// The path of an artifact, relative to the target where that can be told. `None` when it has none.
    pub(super) fn path(&self, location: &ArtifactLocation) -> Option<String> {
        let indexed = || location.index.filter(|i| *i >= 0.0).and_then(|i| self.artifacts.get(i as usize));
        let location = if location.uri.is_some() { location } else { indexed()? };
        let mut path = location.uri.clone()?;
        let mut base = location.base.as_deref();
        for _ in 0..CHAIN {
            let Some(found) = base.filter(|_| !is_absolute(&path)).and_then(|id| self.bases.get(id)) else {
                break;
            };
            let Some(uri) = found.uri.as_deref().filter(|uri| !is_absolute(uri)) else { break };
            path = format!("{}/{path}", uri.trim_end_matches('/'));
            base = found.base.as_deref();
        }
        if is_absolute(&path) {
            let inside = self.roots.iter().filter_map(|root| path.strip_prefix(root.as_str()));
            path = inside.min_by_key(|rest| rest.len()).map_or_else(|| path.clone(), str::to_owned);
        }
        let path = tidy(&path);
        (!path.is_empty()).then_some(path)
    }
}

/// What a run looked at.
pub(super) fn target(run: &Run<'_>) -> String {
    let repository = run.provenance.iter().filter_map(|p| p.repository.as_deref()).map(repository);
    let root = ["%SRCROOT%", "SRCROOT", "PROJECTROOT", "ROOTPATH", "REPO_ROOT"]
        .iter()
        .find_map(|name| run.bases.get(*name))
        .or_else(|| (run.bases.len() == 1).then(|| run.bases.values().next()).flatten());
    let folder = root.and_then(|root| root.uri.as_deref()).filter(|uri| is_absolute(uri)).map(folder);
    let automation = run.automation.id.as_deref().map(|id| id.rsplit_once('/').map_or(id, |(name, _)| name));
    let named = repository.chain(folder).chain(automation.map(str::to_owned));
    named
        .map(|name| text::line(&name, 300))
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "source".to_owned())
}

/// `https://user:token@host/org/repo.git` → `host/org/repo`. What stands before `@` may be a secret.
fn repository(uri: &str) -> String {
    let bare = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    let bare = bare.split(['?', '#']).next().unwrap_or_default();
    let bare = bare.rsplit_once('@').map_or(bare, |(_, rest)| rest);
    bare.trim_end_matches('/').trim_end_matches(".git").replacen(':', "/", usize::from(!uri.contains("://")))
}

/// The last folder of an absolute URI.
fn folder(uri: &str) -> String {
    let last = uri.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    percent_decoded(if last.ends_with(':') { "" } else { last })
}

fn is_absolute(uri: &str) -> bool {
    let scheme = uri.split_once(':').map(|(scheme, _)| scheme);
    uri.starts_with('/')
        || scheme.is_some_and(|s| {
            s.len() > 1 && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        })
}

/// A path for people: no `file://`, no escapes, forward slashes, no `./`, no user name and password.
fn tidy(path: &str) -> String {
    let local = path.strip_prefix("file://");
    let path = match (local, path.split_once("://")) {
        (Some(local), _) => percent_decoded(local),
        (None, Some((scheme, rest))) => {
            let host = rest.split('/').next().unwrap_or_default();
            let from = host.rfind('@').map_or(0, |at| at + 1);
            return text::line(&format!("{scheme}://{}", &rest[from..]), 1000);
        }
        (None, None) => percent_decoded(path),
    };
    let path = path.replace('\\', "/");
    let drive = path.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    let mut path = drive.unwrap_or(&path);
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    text::line(path, 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(uri: &str, base: Option<&str>) -> ArtifactLocation {
        ArtifactLocation { uri: Some(uri.to_owned()), base: base.map(str::to_owned), index: None }
    }

    #[test]
    fn paths_are_resolved_and_tidied() {
        let bases = [
            ("SRC".to_owned(), at("file:///home/ci/app/", None)),
            ("LIB".to_owned(), at("lib/", Some("SRC"))),
            ("LOOP".to_owned(), at("x/", Some("LOOP"))),
        ];
        let locations = Locations {
            artifacts: vec![at("src/indexed.c", Some("SRC"))],
            bases: bases.into_iter().collect(),
            roots: vec!["file:///home/ci/app/".to_owned()],
        };
        let path = |uri: &str, base| locations.path(&at(uri, base)).unwrap();
        assert_eq!(path("./a%20b.c", None), "a b.c");
        assert_eq!(path("deep/c.c", Some("LIB")), "lib/deep/c.c");
        assert_eq!(path("file:///home/ci/app/src/main.c", None), "src/main.c");
        assert_eq!(path("file:///C:/work/x.cs", None), "C:/work/x.cs");
        assert_eq!(path("win\\dir\\y.cs", None), "win/dir/y.cs");
        assert_eq!(path("https://me:secret@host/x", None), "https://host/x");
        assert!(path("z", Some("LOOP")).ends_with("x/z"));
        let indexed = ArtifactLocation { index: Some(0.0), ..ArtifactLocation::default() };
        assert_eq!(locations.path(&indexed).unwrap(), "src/indexed.c");
        let beyond = ArtifactLocation { index: Some(7.0), ..ArtifactLocation::default() };
        assert_eq!(locations.path(&beyond), None);
    }

    #[test]
    fn repositories_lose_scheme_and_credentials() {
        assert_eq!(repository("https://me:token@git.example/org/app.git"), "git.example/org/app");
        assert_eq!(repository("git@git.example:org/app.git"), "git.example/org/app");
        assert_eq!(folder("file:///home/ci/my%20app/"), "my app");
        assert_eq!(folder("file:///"), "");
    }
}
