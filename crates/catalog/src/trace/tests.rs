use super::*;
use proptest::prelude::*;

fn objective(id: &str, requirement: &str) -> Procedure {
    Procedure {
        id: id.into(),
        label: id.into(),
        requirement: requirement.into(),
        kind: ProcedureKind::Objective,
    }
}

fn implementation(id: &str, requirement: &str) -> Implementation {
    Implementation { id: id.into(), requirement: requirement.into() }
}

fn result(id: &str, procedure: &str, evidence: &[&str]) -> TestResult {
    let evidence = evidence.iter().map(|e| (*e).to_owned()).collect();
    TestResult { id: id.into(), procedure: procedure.into(), evidence }
}

#[test]
fn every_gap_has_its_row() {
    let requirements = ["a-1_smt.a", "a-1_smt.b", "a-2"].map(str::to_owned);
    let matrix = matrix(Sources {
        requirements: &requirements,
        implementations: &[
            implementation("i1", "a-1"),
            implementation("i2", "a-1_smt.b"),
            implementation("i3", "z-9"),
        ],
        procedures: &[
            objective("o1", "a-1_smt.a"),
            objective("o2", "a-1_smt.b"),
            objective("o3", "a-1_smt.b"),
            objective("all", "a-1"),
        ],
        results: &[
            result("r1", "o1", &["e1"]),
            result("r2", "o2", &[]),
            result("r3", "all", &["e1", "e9"]),
            result("r4", "gone", &[]),
        ],
        evidence: &["e1", "e2"].map(str::to_owned).into(),
    });
    let rows: Vec<String> = matrix
        .rows
        .iter()
        .map(|r| {
            let gaps: Vec<String> = r.gaps.iter().map(ToString::to_string).collect();
            let column = |c: &Option<String>| c.clone().unwrap_or_else(|| "-".into());
            format!(
                "{} {} {} {} {}",
                r.requirement,
                r.implementations.join("+"),
                column(&r.procedure),
                column(&r.result),
                gaps.join(", ")
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "a-1_smt.a i1 o1 r1 ",
            "a-1_smt.a i1 all r3 evidence e9 is missing",
            "a-1_smt.b i2+i1 o2 r2 no evidence",
            "a-1_smt.b i2+i1 o3 - no result",
            "a-1_smt.b i2+i1 all r3 evidence e9 is missing",
            "a-2  - - no implementation, no test procedure",
        ]
    );
    assert_eq!(matrix.stray_implementations, ["i3"]);
    assert_eq!(matrix.stray_results, ["r4"]);
    assert_eq!(matrix.unused_evidence, ["e2"]);
    assert!(matrix.closed().is_empty());
}

proptest! {
    /// Nothing disappears: every requirement has a row, everything handed in is in a row or a stray, and a
    /// row without gap has all five columns.
    #[test]
    fn nothing_disappears(
        requirements in prop::collection::btree_set("[ab]-[12](_smt\\.[ab])?", 1..6),
        implementations in prop::collection::vec("[abz]-[12](_smt\\.[ab])?", 0..6),
        procedures in prop::collection::vec("[abz]-[12](_smt\\.[ab])?", 0..6),
        results in prop::collection::vec((0usize..8, prop::collection::vec(0usize..4, 0..3)), 0..8),
        evidence in prop::collection::btree_set("e[0-3]", 0..4),
    ) {
        let requirements: Vec<String> = requirements.into_iter().collect();
        let numbered = |list: &[String], letter: &str| -> Vec<(String, String)> {
            list.iter().enumerate().map(|(n, r)| (format!("{letter}{n}"), r.clone())).collect()
        };
        let implementations: Vec<Implementation> =
            numbered(&implementations, "i").iter().map(|(id, r)| implementation(id, r)).collect();
        let procedures: Vec<Procedure> =
            numbered(&procedures, "p").iter().map(|(id, r)| objective(id, r)).collect();
        let results: Vec<TestResult> = results
            .iter()
            .enumerate()
            .map(|(n, (p, e))| TestResult {
                id: format!("r{n}"),
                procedure: format!("p{p}"),
                evidence: e.iter().map(|e| format!("e{e}")).collect(),
            })
            .collect();
        let matrix = matrix(Sources {
            requirements: &requirements,
            implementations: &implementations,
            procedures: &procedures,
            results: &results,
            evidence: &evidence,
        });
        for requirement in &requirements {
            prop_assert!(matrix.rows.iter().any(|r| r.requirement == *requirement));
        }
        for i in &implementations {
            let used = matrix.rows.iter().any(|r| r.implementations.contains(&i.id));
            prop_assert!(used != matrix.stray_implementations.contains(&i.id));
        }
        for r in &results {
            let used = matrix.rows.iter().any(|row| row.result.as_ref() == Some(&r.id));
            prop_assert!(used != matrix.stray_results.contains(&r.id));
        }
        for e in &evidence {
            let used = matrix.rows.iter().any(|row| row.evidence.contains(e));
            prop_assert!(used != matrix.unused_evidence.contains(e));
        }
        for row in matrix.rows.iter().filter(|r| r.gaps.is_empty()) {
            let whole = !row.implementations.is_empty() && row.procedure.is_some() && row.result.is_some();
            prop_assert!(whole && !row.evidence.is_empty());
        }
    }
}
