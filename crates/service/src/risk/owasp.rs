//! The OWASP Risk Rating derived from money: likelihood and impact from 0 to 9, and the severity of both.
//!
//! The methodology averages factors that people score; here both scores follow from the scenario's figures, on logarithmic
//! scales that anybody can see, so that the rating cannot differ from the money. What the factors ask about (threat agent,
//! ease of exploit, detection) is in the scenario's rate, steps and controls.

/// A level of likelihood or impact: scores below 3, below 6, and from 6 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwaspLevel {
    /// 0 to below 3.
    Low,
    /// 3 to below 6.
    Medium,
    /// 6 to 9.
    High,
}

impl OwaspLevel {
    /// From the lowest to the highest.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// As the methodology writes it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
        }
    }

    /// The level of a score.
    pub fn of(score: f64) -> Self {
        match score {
            score if score >= 6.0 => Self::High,
            score if score >= 3.0 => Self::Medium,
            _ => Self::Low,
        }
    }
}

/// Overall severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwaspSeverity {
    /// To be noted.
    Note,
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

impl OwaspSeverity {
    /// As the methodology writes it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
            Self::Critical => "Critical",
        }
    }
}

/// The severity of a likelihood and an impact (OWASP Risk Rating Methodology, step 4).
pub fn owasp_severity(likelihood: OwaspLevel, impact: OwaspLevel) -> OwaspSeverity {
    use OwaspSeverity::{Critical, High, Low, Medium, Note};
    let row = match impact {
        OwaspLevel::Low => [Note, Low, Medium],
        OwaspLevel::Medium => [Low, Medium, High],
        OwaspLevel::High => [Medium, High, Critical],
    };
    row[likelihood as usize]
}

/// A scenario's rating.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct OwaspRating {
    /// Likelihood, 0 to 9.
    pub likelihood: f64,
    /// Impact, 0 to 9.
    pub impact: f64,
    /// Severity of both.
    pub severity: OwaspSeverity,
}

/// Losses a year that score 3 and 6: once in ten years, and once a year.
pub const OWASP_LIKELIHOOD: (f64, f64) = (0.1, 1.0);

impl OwaspRating {
    /// The rating of losses a year that cost `each`; `bounds` are the costs at which impact becomes moderate and high.
    pub(super) fn of(events: f64, each: f64, bounds: (f64, f64)) -> Self {
        let (likelihood, impact) = (score(events, OWASP_LIKELIHOOD), score(each, bounds));
        let severity = owasp_severity(OwaspLevel::of(likelihood), OwaspLevel::of(impact));
        Self { likelihood, impact, severity }
    }
}

/// A score that grows with the logarithm: 3 at the first bound, 6 at the second, never below 0 or above 9.
fn score(value: f64, (three, six): (f64, f64)) -> f64 {
    // Bounds themselves score 3 and 6 to the bit, so that levels change where they say.
    if value <= 0.0 {
        0.0
    } else if value == three {
        3.0
    } else if value == six {
        6.0
    } else {
        let score = 3.0 + 3.0 * f64::ln(value / three) / f64::ln(six / three);
        let (from, to) = if value < three {
            (0.0, 3.0 - 1e-9)
        } else if value < six {
            (3.0, 6.0 - 1e-9)
        } else {
            (6.0, 9.0)
        };
        score.clamp(from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_is_that_of_the_methodology() {
        use OwaspLevel::{High, Low, Medium};
        assert_eq!(owasp_severity(Low, Low), OwaspSeverity::Note);
        assert_eq!(owasp_severity(High, Low), OwaspSeverity::Medium);
        assert_eq!(owasp_severity(Low, High), OwaspSeverity::Medium);
        assert_eq!(owasp_severity(Medium, Medium), OwaspSeverity::Medium);
        assert_eq!(owasp_severity(High, High), OwaspSeverity::Critical);
    }

    #[test]
    fn scores_follow_the_logarithm_between_their_bounds() {
        let scored = |events: f64| OwaspRating::of(events, 0.0, (1.0, 10.0)).likelihood;
        assert_eq!(
            (scored(0.0), scored(0.1), scored(1.0), scored(10.0), scored(1e9)),
            (0.0, 3.0, 6.0, 9.0, 9.0)
        );
        assert!((scored(0.1f64.sqrt()) - 4.5).abs() < 1e-12);
        assert_eq!(scored(0.001), 0.0);
    }

    proptest! {
        #[test]
        fn more_never_scores_less(a in 0.0..1e4f64, b in 0.0..1e4f64, low in 1.0..1e3f64, times in 1.1..100.0f64) {
            let bounds = (low, low * times);
            let (less, more) = (a.min(b), a.max(b));
            prop_assert!(score(less, bounds) <= score(more, bounds));
            prop_assert_eq!(OwaspLevel::of(score(less, bounds)) >= OwaspLevel::Medium, less >= bounds.0);
            prop_assert_eq!(OwaspLevel::of(score(less, bounds)) == OwaspLevel::High, less >= bounds.1);
        }
    }
}
