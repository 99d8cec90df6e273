use super::TrainingRoster;
use crate::formats::testing::{example_holds, facts, read};
use crate::{Confidence, ReadError, Reader, Sniff};
use warrant_model::fact::{Fact, TrainingFact};

fn trainings(bytes: &[u8]) -> Vec<TrainingFact> {
    let all = facts(&TrainingRoster, bytes).into_iter();
    all.filter_map(|fact| if let Fact::Training(training) = fact { Some(training) } else { None }).collect()
}

#[test]
fn the_example_holds() {
    example_holds(&TrainingRoster);
}

#[test]
fn completions_are_read_and_the_unfinished_are_only_named() {
    let bytes = TrainingRoster.example().bytes;
    let (reading, _) = read(&TrainingRoster, bytes).unwrap();
    assert_eq!(reading.targets, ["ada@example.org", "ben@example.org", "cy@example.org"]);
    let all = trainings(bytes);
    assert_eq!((all[0].email.as_str(), all[0].course.as_str()), ("ada@example.org", "Security awareness"));
    assert_eq!(all[0].expires.unwrap().to_string(), "2027-01-15");
    assert_eq!((all[0].score, all[0].passed), (Some(92.0), true));
    assert_eq!((all[1].completed.to_string().as_str(), all[1].score), ("2026-01-16", Some(85.0)));
    assert!(!all[2].passed);
}

#[test]
fn headers_are_known_by_their_synonyms_in_any_order() {
    let rosters = [
        "Completion Date,Training,Mail\n2026-01-15,T,a@b.example\n",
        "\u{feff}module\tcompleted\te-mail\nT\t15.01.2026\ta@b.example\n",
        "Export of 1 March\n\nE-Mail Address,Course Title,Completed On,Extra\nA <A@b.example>,T,1/15/2026,\"x\ny\"\n",
    ];
    for roster in rosters {
        let sniff = Sniff::of(roster.as_bytes());
        assert_eq!(TrainingRoster.recognise(&sniff), Confidence::Likely, "{roster}");
        let all = trainings(roster.as_bytes());
        assert_eq!((all.len(), all[0].email.as_str()), (1, "a@b.example"), "{roster}");
        assert_eq!(all[0].completed.to_string(), "2026-01-15");
    }
    for other in ["email,name\na@b.example,x\n", "course,completed\n", "just text"] {
        assert_eq!(TrainingRoster.recognise(&Sniff::of(other.as_bytes())), Confidence::No, "{other}");
    }
}

#[test]
fn ambiguous_dates_need_a_hint_from_the_file() {
    let head = "email,course,completed\n";
    let silent = format!("{head}a@b.example,T,3/4/2026\n");
    let (_, gathered) = read(&TrainingRoster, silent.as_bytes()).unwrap();
    assert_eq!((gathered.facts.len(), gathered.problems[0].0.line), (0, 2));
    assert!(gathered.problems[0].1.contains("year-month-day"));
    let telling = format!("{head}a@b.example,T,3/4/2026\na@b.example,U,3/14/2026\n");
    assert_eq!(trainings(telling.as_bytes())[0].completed.to_string(), "2026-03-04");
}

#[test]
fn bad_rows_are_problems_with_their_line_and_the_rest_is_read() {
    let roster = "email,course,completed,status,score\nnobody,T,2026-01-01,,\na@b.example,,2026-01-01,,\n\
        a@b.example,T,soon,,\na@b.example,T,2026-01-01,perhaps,\na@b.example,T,2026-01-01,,lots\n";
    let (_, gathered) = read(&TrainingRoster, roster.as_bytes()).unwrap();
    let lines: Vec<u32> = gathered.problems.iter().map(|(place, _)| place.line).collect();
    assert_eq!((lines, gathered.facts.len()), (vec![2, 3, 4, 5, 6], 1));
}

#[test]
fn a_header_alone_is_empty() {
    assert!(matches!(read(&TrainingRoster, b"email,course,completed\n"), Err(ReadError::Empty { .. })));
}

#[test]
fn latin1_and_utf16_rosters_are_read() {
    let latin = b"email;course;completed\nm@b.example;\xdcbung;2026-01-15\n";
    assert_eq!(trainings(latin)[0].course, "Übung");
    let text = "\u{feff}email;course;completed\nm@b.example;Übung;2026-01-15\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(trainings(&utf16)[0].course, "Übung");
    assert_eq!(crate::recognise(&utf16).unwrap().id(), "training-roster");
}

#[test]
fn a_workbook_is_recognised_by_its_headers_and_gives_dates() {
    let text = |words: &str| format!("<c t=\"inlineStr\"><is><t>{words}</t></is></c>");
    let row = |cells: [String; 4]| format!("<row>{}</row>", cells.concat());
    let head = row(["Mail", "Module", "Completed", "Score"].map(text));
    let number = |style: u32, value: &str| format!("<c s=\"{style}\"><v>{value}</v></c>");
    let body = row([text("a@b.example"), text("Backups"), number(1, "46086"), number(0, "0.85")]);
    let bytes = crate::table::tests::workbook(&format!("{head}{body}"));
    assert_eq!(crate::recognise(&bytes).unwrap().id(), "training-roster");
    let (_, gathered) = read(&TrainingRoster, &bytes).unwrap();
    let (place, Fact::Training(training)) = &gathered.facts[0] else { panic!("{:?}", gathered.facts) };
    assert_eq!((place.line, place.pointer.as_str()), (2, "One!2"));
    assert_eq!((training.completed.to_string().as_str(), training.score), ("2026-03-05", Some(85.0)));
    let other = crate::table::tests::workbook(&row(["a", "b", "c", "d"].map(text)));
    assert_eq!(TrainingRoster.recognise(&Sniff::of(&other)), Confidence::No);
}
