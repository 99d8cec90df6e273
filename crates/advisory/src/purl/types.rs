//! What single types of package URLs want: letter case, forbidden and needed parts.

use super::Purl;
use crate::key;

/// Puts namespace, name and version into the form of the type.
pub(super) fn normalise(purl: &mut Purl) {
    match purl.kind.as_str() {
        "alpm" | "apk" | "bitbucket" | "brew" | "composer" | "deb" | "github" | "gitlab" | "hex"
        | "luarocks" | "vscode-extension" => {
            lower(&mut purl.namespace);
            purl.name.make_ascii_lowercase();
        }
        "bitnami" | "oci" | "pub" => purl.name.make_ascii_lowercase(),
        "qpkg" | "rpm" => lower(&mut purl.namespace),
        "huggingface" => lower(&mut purl.version),
        "pypi" => purl.name = purl.name.to_ascii_lowercase().replace('_', "-"),
        // Databricks does not look at case, Azure does.
        "mlflow" if purl.qualifier("repository_url").is_some_and(|url| url.contains("databricks")) => {
            purl.name.make_ascii_lowercase();
        }
        "git" => normalise_git(purl),
        _ => {}
    }
}

fn lower(text: &mut Option<String>) {
    if let Some(text) = text {
        text.make_ascii_lowercase();
    }
}

/// The namespace is the host; all that follows is the name of the repository.
fn normalise_git(purl: &mut Purl) {
    let full = purl.full_name();
    let Some((host, path)) = full.split_once('/') else { return };
    let host = host.to_ascii_lowercase();
    let without_case = ["github", "github.com", "bitbucket", "bitbucket.org"].contains(&host.as_str());
    purl.name = if without_case { path.to_ascii_lowercase() } else { path.to_owned() };
    purl.namespace = Some(host);
}

/// The first rule of its type that a package URL breaks.
pub(super) fn fault(purl: &Purl) -> Option<&'static str> {
    let needs_namespace = matches!(purl.kind.as_str(), "swift" | "vscode-extension");
    if needs_namespace && purl.namespace.is_none() {
        return Some("it needs a namespace");
    }
    if matches!(purl.kind.as_str(), "otp" | "vcpkg" | "julia" | "cran" | "opam") && purl.namespace.is_some() {
        return Some("it takes no namespace");
    }
    match purl.kind.as_str() {
        "cpan" if purl.name.contains("::") => Some("the name is that of a module, not of a distribution"),
        "julia" if purl.qualifier("uuid").is_none() => Some("it needs the qualifier `uuid`"),
        "chrome-extension" => {
            let name = purl.name.len() == 32 && purl.name.bytes().all(|byte| matches!(byte, b'a'..=b'p'));
            let parts: Vec<&str> = purl.version().unwrap_or("0").split('.').collect();
            let version = parts.len() <= 4 && parts.iter().all(|part| key::is_number(part));
            match (name, version) {
                (false, _) => Some("the name is not 32 letters from a to p"),
                (_, false) => Some("the version is not one to four numbers"),
                _ => None,
            }
        }
        _ => None,
    }
}
