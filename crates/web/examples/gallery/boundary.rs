//! A boundary with its data flows, as the gallery shows it.

use super::Text;
use warrant_model::kinds::ComponentType;
use warrant_web::look::diagram::{Concern, Diagram, Flow, Node};

/// The diagram used by the gallery and by the golden test.
pub(super) fn diagram_sample(x: &Text<'_>) -> Diagram {
    let node = |id: &str, title: &str, component_type, zone: Option<&str>, note: &str| Node {
        sort: None,
        id: x.t(id),
        title: x.t(title),
        component_type,
        zone: zone.map(|z| x.t(z)),
        note: x.t(note),
        href: x.h("/components"),
    };
    let flow = |from: &str, to: &str, label: &str, information: &str, concern| Flow {
        from: x.t(from),
        to: x.t(to),
        label: x.t(label),
        information: x.t(information),
        concern,
        href: x.h("/flows"),
    };
    Diagram {
        title: x.t("Boundary of Customer Portal"),
        nodes: vec![
            node("customer", "Customers", ComponentType::ExternalActor, None, ""),
            node("staff", "Service desk", ComponentType::ExternalActor, None, ""),
            node("web", "Web front", ComponentType::Host, Some("DMZ"), "nginx 1.26"),
            node("gateway", "Partner gateway", ComponentType::Software, Some("DMZ"), "envoy 1.31"),
            node("app", "Portal application", ComponentType::Software, Some("Application zone"), "4.12.0"),
            node(
                "mq",
                "Message broker",
                ComponentType::Software,
                Some("Application zone"),
                "activemq 5.15.9",
            ),
            node("db", "Customer database", ComponentType::DataStore, Some("Data zone"), "PostgreSQL 16"),
            node("backup", "Backup store", ComponentType::DataStore, Some("Data zone"), ""),
            node("payments", "Payment provider", ComponentType::Service, None, "PCI DSS 4.0"),
            node("meters", "Meter network", ComponentType::Network, Some("Field"), "LoRaWAN"),
            node("meter", "Handheld reader", ComponentType::Device, Some("Field"), ""),
        ],
        flows: vec![
            flow("customer", "web", "HTTPS", "Orders", Concern::Nothing),
            flow("staff", "web", "HTTPS", "Customer records", Concern::Nothing),
            flow("web", "app", "HTTP/2", "Customer records", Concern::Nothing),
            flow("app", "db", "PostgreSQL", "Customer records", Concern::Unprotected),
            flow("db", "backup", "rsync", "Customer records", Concern::Unknown),
            flow("app", "mq", "AMQP", "Orders", Concern::Unknown),
            flow("mq", "gateway", "AMQPS", "Payments", Concern::Nothing),
            flow("gateway", "payments", "HTTPS, mutual TLS", "Payments", Concern::Nothing),
            flow("meter", "meters", "LoRa", "Readings", Concern::Nothing),
            flow("meters", "app", "MQTT", "Readings", Concern::Unprotected),
            flow("app", "nowhere", "SMTP", "Notices", Concern::Nothing),
        ],
    }
}

/// The golden test's drawing.
#[allow(dead_code, reason = "the example does not use what the test does")]
pub(crate) fn diagram_golden() -> Diagram {
    diagram_sample(&Text(""))
}
