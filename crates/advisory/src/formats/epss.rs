//! EPSS: the daily table of predictions.

use super::{Fault, File, Format, Probe};
use crate::advisory::Prediction;
use crate::feed::{Feed, instant};

/// `cve,epss,percentile` below a comment with model and day.
pub(super) struct Epss;

impl Format for Epss {
    fn id(&self) -> &'static str {
        "epss"
    }

    fn title(&self) -> &'static str {
        "EPSS scores"
    }

    fn source(&self) -> &'static str {
        "FIRST EPSS, daily CSV"
    }

    fn recognise(&self, probe: &Probe<'_>) -> bool {
        let Some(text) = probe.plain() else { return false };
        text.lines().take(2).any(|line| line.trim().starts_with("cve,epss"))
    }

    fn read(&self, file: &File<'_>, feed: &mut Feed) -> Result<(), Fault> {
        let mut dated = false;
        for (at, line) in file.text.lines().enumerate() {
            let line = line.trim();
            if let Some(comment) = line.strip_prefix('#') {
                let day = comment.split(',').find_map(|part| part.trim().strip_prefix("score_date:"));
                if let Some(at) = day.and_then(|day| instant(&day.replace("+0000", "Z"))) {
                    feed.list("EPSS", at);
                    dated = true;
                }
                continue;
            }
            if line.is_empty() || line.starts_with("cve,") {
                continue;
            }
            let mut cells = line.split(',');
            let cve = cells.next().filter(|cve| cve.starts_with("CVE-"));
            let mut share =
                || cells.next()?.trim().parse::<f32>().ok().filter(|share| (0.0..=1.0).contains(share));
            match (cve, share(), share()) {
                (Some(cve), Some(probability), percentile) => feed.predictions.push(Prediction {
                    cve: cve.to_owned(),
                    probability,
                    percentile: percentile.unwrap_or(0.0),
                }),
                _ => {
                    feed.problem(file.name, format!("line {}", at + 1), "not a CVE id and two shares of one")
                }
            }
        }
        if !dated {
            feed.problem(file.name, "line 1", "the table does not say of which day it is");
        }
        Ok(())
    }
}
