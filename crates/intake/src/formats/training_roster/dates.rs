//! Dates as rosters write them.

use crate::excerpt;
use jiff::civil::Date;

/// The order of day and month in dates with slashes, as the file itself shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Some date has a day above 12 first, none has it second.
    DayFirst,
    /// Some date has a day above 12 second, none has it first.
    MonthFirst,
    /// No date tells, or some contradict each other.
    Unknown,
}

impl Order {
    /// What the dates of a file show.
    pub(super) fn shown_by<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let (mut day_first, mut month_first) = (false, false);
        for (first, second, _) in cells.filter_map(slashed) {
            day_first |= first > 12;
            month_first |= second > 12;
        }
        match (day_first, month_first) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            _ => Self::Unknown,
        }
    }

    /// Reads `2026-03-05` (a time of day after it is passed over), `05.03.2026`, `5 Mar 2026`, `March 5, 2026`
    /// and dates with slashes.
    pub(super) fn date(self, text: &str) -> Result<Date, String> {
        let unreadable = || format!("{:?} is not a date; write it as 2026-03-31", excerpt::title(text));
        if text.is_empty() {
            return Err("the completion date is missing; the row is left out".to_owned());
        }
        if let Some((first, second, year)) = slashed(text) {
            let (day, month) = match self {
                _ if first > 12 || first == second => (first, second),
                _ if second > 12 => (second, first),
                Self::DayFirst => (first, second),
                Self::MonthFirst => (second, first),
                Self::Unknown => {
                    return Err(format!(
                        "{text} may be {year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}; \
                         write dates as year-month-day"
                    ));
                }
            };
            return Date::new(year, month, day).map_err(|_| unreadable());
        }
        let day = text.split(['T', ' ']).next().unwrap_or_default();
        let formats = ["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d"];
        let named = ["%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y", "%d. %B %Y"];
        let dates =
            formats.iter().map(|format| (format, day)).chain(named.iter().map(|format| (format, text)));
        let mut dates = dates.filter_map(|(format, text)| Date::strptime(format, text).ok());
        dates.next().filter(|date| (1980..=2200).contains(&date.year())).ok_or_else(unreadable)
    }
}

/// The numbers of a date such as 3/14/2026, without a time of day after it.
fn slashed(text: &str) -> Option<(i8, i8, i16)> {
    let mut parts = text.split_whitespace().next()?.split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| part.parse::<i8>().ok().filter(|number| (1..=31).contains(number));
    let year = year.parse().ok().filter(|year| (1980..=2200).contains(year))?;
    parts.next().is_none().then_some((short(first)?, short(second)?, year))
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn unambiguous_dates_are_read_in_many_spellings() {
        for text in [
            "2026-03-05",
            "2026-03-05T10:00:00Z",
            "2026-03-05 10:00",
            "05.03.2026",
            "5.3.2026",
            "2026/03/05",
            "5 Mar 2026",
            "05-Mar-2026",
            "Mar 5, 2026",
            "March 5, 2026",
            "20260305",
        ] {
            assert_eq!(
                Order::Unknown.date(text).map(|date| date.to_string()),
                Ok("2026-03-05".into()),
                "{text}"
            );
        }
        for (text, expected) in
            [("3/14/2026", "2026-03-14"), ("14/3/2026", "2026-03-14"), ("5/5/2026", "2026-05-05")]
        {
            assert_eq!(Order::Unknown.date(text).map(|date| date.to_string()), Ok(expected.into()));
        }
    }

    #[test]
    fn ambiguous_dates_follow_the_file_or_are_refused() {
        assert_eq!(Order::shown_by(["3/4/2026", "3/14/2026"].into_iter()), Order::MonthFirst);
        assert_eq!(Order::shown_by(["3/4/2026", "14/3/2026"].into_iter()), Order::DayFirst);
        assert_eq!(Order::shown_by(["3/14/2026", "14/3/2026"].into_iter()), Order::Unknown);
        assert_eq!(Order::MonthFirst.date("3/4/2026").map(|date| date.to_string()), Ok("2026-03-04".into()));
        assert_eq!(Order::DayFirst.date("3/4/2026").map(|date| date.to_string()), Ok("2026-04-03".into()));
        assert!(Order::Unknown.date("3/4/2026").unwrap_err().contains("year-month-day"));
        for text in ["", "soon", "3/4/26", "2026-02-30", "31/2/2026", "13/13/2026", "0001-01-01"] {
            assert!(Order::Unknown.date(text).is_err(), "{text}");
        }
    }
}
