//! What is wrong, beside the row of the form that it is about.

use crate::posted::Posted;
use crate::words::kinds;
use serde_json::Value;
use warrant_model::field::{Field, FieldType, label_of};
use warrant_model::kind::FieldProblem;

/// How the rows of a form are numbered.
pub(super) enum Numbers<'a> {
    /// As they were sent: the script leaves gaps where rows were removed.
    Sent(&'a Posted),
    /// From 0, as a page shows those of a body.
    Shown(&'a Value),
}

impl Numbers<'_> {
    /// Numbers of the rows that say something.
    fn told(&self, name: &str, fields: &[Field]) -> Vec<u32> {
        match self {
            Self::Sent(posted) => posted.rows_told(name, fields),
            Self::Shown(body) => (0..).take(body[name].as_array().map_or(0, Vec::len)).collect(),
        }
    }
}

/// The same problems, those of a row under the row's name: `steps.1`. A kind tells them of the field, by the row's
/// place (`step 2: …`); what could not be read is told of the input (`steps.1.succeeds`).
pub(super) fn placed(
    problems: &[FieldProblem],
    fields: &[Field],
    numbers: &Numbers<'_>,
) -> Vec<FieldProblem> {
    let place = |problem: &FieldProblem| {
        let name = problem.field.split('.').next().unwrap_or_default();
        let field = fields.iter().find(|field| field.name == name)?;
        let FieldType::Rows(inner) = &field.value else { return None };
        let told = numbers.told(name, inner);
        if let Some(rest) = problem.field.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')) {
            let (number, input) = rest.split_once('.')?;
            let of = kinds::within("scenario", name);
            let known = inner.iter().find(|field| field.name == input);
            let title = known.map_or_else(|| label_of(input), |field| kinds::label(&of, field).into_owned());
            return Some(FieldProblem::new(
                format!("{name}.{number}"),
                format!("{title}: {}", problem.message),
            ));
        }
        let (place, message) = problem.message.split_once(": ")?;
        let nth: usize = place.split_once(' ')?.1.parse().ok()?;
        let number = told.get(nth.checked_sub(1)?)?;
        Some(FieldProblem::new(format!("{name}.{number}"), message.to_owned()))
    };
    problems.iter().map(|problem| place(problem).unwrap_or_else(|| problem.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_model::registry::Registry;

    fn fields() -> Vec<Field> {
        Registry::standard().kind("scenario").unwrap().fields.clone()
    }

    #[test]
    fn problems_stand_beside_the_row_that_was_sent() {
        // The second row was removed, the third is blank.
        let posted = Posted::parse("steps.0.technique=T1566&steps.2.technique=&steps.3.technique=nothing");
        let problems = [
            FieldProblem::new("steps", "step 2: `nothing` is no ATT&CK technique"),
            FieldProblem::new("steps.3.succeeds", "`x` is no number"),
            FieldProblem::new("title", "is missing"),
            FieldProblem::new("steps", "give at least one"),
        ];
        let told = placed(&problems, &fields(), &Numbers::Sent(&posted));
        let told: Vec<_> = told.iter().map(|one| (one.field.as_str(), one.message.as_str())).collect();
        assert_eq!(told[0], ("steps.3", "`nothing` is no ATT&CK technique"));
        assert_eq!(told[1].0, "steps.3");
        assert!(told[1].1.ends_with(": `x` is no number"), "{told:?}");
        assert_eq!(told[2..], [("title", "is missing"), ("steps", "give at least one")]);
        let body = serde_json::json!({"steps": [{}, {}]});
        let shown = placed(&problems[..1], &fields(), &Numbers::Shown(&body));
        assert_eq!(shown[0].field, "steps.1");
    }
}
