//! What holds a release back: `content/ship.toml`, or a store's own.

use crate::ServiceError;
use std::path::Path;
use warrant_advisory::ship::Policy;

/// A store's own file.
const OWN: &str = "ship.toml";

/// Reads the store's own file, or takes the one that comes with the program.
pub(crate) fn load(data: &Path) -> Result<Policy, ServiceError> {
    let path = data.join(OWN);
    let (name, text) = match std::fs::read_to_string(&path) {
        Ok(text) => (path.display().to_string(), text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            ("content/ship.toml".to_owned(), include_str!("../../../../content/ship.toml").to_owned())
        }
        Err(error) => return Err(ServiceError::Refused(format!("{}: {error}", path.display()))),
    };
    Policy::parse(&text)
        .map_err(|error| ServiceError::Refused(format!("{name}: {error}; mend it or take it away")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_can_be_read_and_limits_the_age_of_advisories() {
        assert!(load(Path::new("/nowhere")).unwrap().max_age_days.is_some());
    }
}
