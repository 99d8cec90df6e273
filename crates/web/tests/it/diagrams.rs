//! The boundary diagram: always the same drawing, whatever is thrown at it.
//!
//! The golden drawing is `diagram.svg` beside this file; set `WARRANT_UPDATE` to write it anew, and look at it.

use super::page;
use warrant_model::kinds::ComponentType;
use warrant_web::look::diagram::{Concern, Diagram, Flow, Node, diagram};

#[test]
fn the_drawing_is_the_golden_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/diagram.svg");
    let html = diagram(&page::diagram_golden()).into_string();
    let start = html.find("<svg").unwrap();
    let end = html.find("</svg>").unwrap() + "</svg>".len();
    let drawn = html[start..end].replace("><", ">\n<") + "\n";
    if std::env::var_os("WARRANT_UPDATE").is_some() {
        std::fs::write(path, &drawn).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    assert!(golden == drawn, "the drawing changed; look at it, then set WARRANT_UPDATE=1");
}

#[test]
fn unprotected_flows_say_so_in_words_and_lost_ends_are_listed() {
    let html = diagram(&page::diagram_golden()).into_string();
    assert_eq!(html.matches("<g class=\"flow unprotected\">").count(), 2);
    assert_eq!(html.matches(">unprotected</text>").count(), 2);
    assert!(html.contains("SMTP"), "the flow to nowhere is in the list");
    assert_eq!(html.matches("<g class=\"zone\">").count(), 4);
}

#[test]
fn a_zone_holds_its_components_and_no_others() {
    let html = diagram(&page::diagram_golden()).into_string();
    let zones = rectangles(&html, "<g class=\"zone\">");
    let data = &zones[2];
    let inside = |x: f64, y: f64| data.0 <= x && x <= data.0 + data.2 && data.1 <= y && y <= data.1 + data.3;
    let at = |name: &str| {
        let before = &html[..html.find(&format!(": {name}")).unwrap()];
        let place = before.rsplit_once("translate(").unwrap().1;
        let (x, y) = place.split_once(')').unwrap().0.split_once(' ').unwrap();
        (x.parse::<f64>().unwrap(), y.parse::<f64>().unwrap())
    };
    for (name, expected) in [
        ("Customer database", true),
        ("Backup store", true),
        ("Portal application", false),
        ("Customers", false),
    ] {
        let (x, y) = at(name);
        assert_eq!(inside(x, y), expected, "{name}");
    }
}

fn rectangles(html: &str, before: &str) -> Vec<(f64, f64, f64, f64)> {
    let number = |text: &str, name: &str| {
        text.split_once(&format!(" {name}=\"")).unwrap().1.split('"').next().unwrap().parse().unwrap()
    };
    html.split(before)
        .skip(1)
        .map(|part| part.split_once("<rect").unwrap().1)
        .map(|rect| (number(rect, "x"), number(rect, "y"), number(rect, "width"), number(rect, "height")))
        .collect()
}

/// Cycles, self-loops, parallel flows, doubled and hostile ids: nothing may panic, and no number may be missing.
#[test]
fn any_graph_is_drawn_with_finite_numbers() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let zones = ["", "zone0", "node1", "DMZ", "\"><script>"];
    let types = [
        ComponentType::Software,
        ComponentType::ExternalActor,
        ComponentType::DataStore,
        ComponentType::Network,
    ];
    for _ in 0..60 {
        let count = 1 + next(14);
        let nodes: Vec<Node> = (0..count)
            .map(|_| Node {
                id: format!("node{}", next(count)),
                title: "x".repeat(next(60)),
                component_type: types[next(types.len())],
                zone: Some(zones[next(zones.len())].to_owned()),
                ..Node::default()
            })
            .collect();
        let flows = (0..next(24)).map(|_| Flow {
            from: format!("node{}", next(count)),
            to: format!("node{}", next(count)),
            label: "y".repeat(next(40)),
            concern: [Concern::Nothing, Concern::Unknown, Concern::Unprotected][next(3)],
            ..Flow::default()
        });
        let view = Diagram { title: "Any".to_owned(), flows: flows.collect(), nodes };
        let html = diagram(&view).into_string();
        assert!(html.contains("<svg") && !html.contains("NaN") && !html.contains("inf "), "{view:?}");
        assert_eq!(html, diagram(&view).into_string(), "the same input gives the same drawing");
    }
}

#[test]
fn too_many_components_become_a_list() {
    let nodes = (0..200).map(|n| Node { id: n.to_string(), ..Node::default() }).collect();
    let html = diagram(&Diagram { title: "Large".to_owned(), nodes, flows: vec![] }).into_string();
    assert!(html.contains("too many to draw") && !html.contains("svg class=\"boundary"));
}

#[test]
fn the_largest_diagram_is_drawn() {
    let nodes = (0..120).map(|n| Node {
        id: n.to_string(),
        title: format!("Component {n}"),
        zone: Some(format!("Zone {}", n % 12)),
        ..Node::default()
    });
    let flows = (0..240).map(|n| Flow {
        from: (n * 7 % 120).to_string(),
        to: (n * 31 % 120).to_string(),
        label: "HTTPS".to_owned(),
        ..Flow::default()
    });
    let view = Diagram { title: "Full".to_owned(), nodes: nodes.collect(), flows: flows.collect() };
    let html = diagram(&view).into_string();
    assert_eq!(html.matches("class=\"node-name\"").count(), 120);
    assert_eq!(html.matches("class=\"arrow\"").count(), 240);
}
