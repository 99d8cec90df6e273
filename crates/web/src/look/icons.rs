//! Icons: 16-unit line drawings in the colour of the text around them.
//!
//! Our own drawings. An icon never stands alone: the control that carries it has a word or a label.

use maud::{Markup, html};

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Add.
    Add,
    /// Bell: watch.
    Bell,
    /// Ledger book: record.
    Book,
    /// Tick.
    Check,
    /// Chevron pointing down.
    ChevronDown,
    /// Chevron pointing right.
    ChevronRight,
    /// Clipboard: copy.
    Copy,
    /// Cross: close, remove.
    Cross,
    /// A component that is somebody else's service.
    Cloud,
    /// A place where data rests.
    Database,
    /// A device.
    Device,
    /// Arrow into a tray: export, download.
    Download,
    /// Funnel.
    Filter,
    /// Question mark in a circle: guide.
    Help,
    /// A server.
    Host,
    /// A network.
    Network,
    /// Open in full.
    Open,
    /// A person.
    Person,
    /// Magnifier.
    Search,
    /// A boundary with a thing in it: systems.
    Shield,
    /// Software.
    Software,
    /// Sun and moon: theme.
    Theme,
    /// Calendar page: today.
    Today,
    /// Tree of units: programme.
    Tree,
    /// Arrow out of a tray: import, upload.
    Upload,
    /// Triangle: attention.
    Warning,
}

impl Icon {
    /// Every icon.
    pub const ALL: [Self; 26] = [
        Self::Add,
        Self::Bell,
        Self::Book,
        Self::Check,
        Self::ChevronDown,
        Self::ChevronRight,
        Self::Copy,
        Self::Cross,
        Self::Cloud,
        Self::Database,
        Self::Device,
        Self::Download,
        Self::Filter,
        Self::Help,
        Self::Host,
        Self::Network,
        Self::Open,
        Self::Person,
        Self::Search,
        Self::Shield,
        Self::Software,
        Self::Theme,
        Self::Today,
        Self::Tree,
        Self::Upload,
        Self::Warning,
    ];

    /// The path of the drawing on a 16 × 16 grid, stroked 1.5 wide.
    pub fn path(self) -> &'static str {
        match self {
            Self::Add => "M8 3.5v9M3.5 8h9",
            Self::Bell => "M4 11V7.5a4 4 0 0 1 8 0V11l1 1H3zM6.5 14h3",
            Self::Book => "M3 3.5h4.2L8 4.3l.8-.8H13v9H8.8l-.8.8-.8-.8H3zM8 4.3v9",
            Self::Check => "M3.5 8.5l3 3 6-7",
            Self::ChevronDown => "M4.5 6.5L8 10l3.5-3.5",
            Self::ChevronRight => "M6.5 4.5L10 8l-3.5 3.5",
            Self::Copy => "M6 5.5h7v8H6zM10 5.5v-3H3v8h3",
            Self::Cross => "M4.5 4.5l7 7M11.5 4.5l-7 7",
            Self::Cloud => "M5 12.5a3 3 0 0 1-.3-6 3.6 3.6 0 0 1 6.9.8A2.6 2.6 0 0 1 11.5 12.5z",
            Self::Database => {
                "M3 4.2C3 3 5.2 2.5 8 2.5s5 .5 5 1.7v7.6c0 1.2-2.2 1.7-5 1.7s-5-.5-5-1.7zM3 4.2c0 1.2 2.2 1.7 5 1.7s5-.5 5-1.7M3 8c0 1.2 2.2 1.7 5 1.7s5-.5 5-1.7"
            }
            Self::Device => "M4.5 2.5h7v11h-7zM7.2 11.5h1.6",
            Self::Download => "M8 2.5v7M5 7l3 3 3-3M3 13h10",
            Self::Filter => "M2.5 4h11M4.5 8h7M6.5 12h3",
            Self::Help => {
                "M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM6.2 6.3c.2-2.4 3.8-2.2 3.6 0-.1 1.3-1.8 1.4-1.8 2.7M8 11.3h.01"
            }
            Self::Host => "M3 2.5h10v4.5H3zM3 9h10v4.5H3zM5.2 4.8h.01M5.2 11.3h.01",
            Self::Network => "M6 2.5h4v3H6zM2.5 10.5h4v3h-4zM9.5 10.5h4v3h-4zM8 5.5V8M4.5 10.5V8h7v2.5",
            Self::Open => "M9.5 3H13v3.5M13 3L7.5 8.5M11 9.5V13H3V5h3.5",
            Self::Person => {
                "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8zM3 13.5c.4-2.6 2.4-3.7 5-3.7s4.6 1.1 5 3.7"
            }
            Self::Search => "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3l3.2 3.2",
            Self::Shield => "M8 2l5 1.8v3.7c0 3.2-2 5.3-5 6.5-3-1.2-5-3.3-5-6.5V3.8z",
            Self::Software => "M2.5 3h11v10h-11zM2.5 6h11M5 8.5l1.5 1.3L5 11M8.5 11h2.5",
            Self::Theme => "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11M10 4v8M12 5.2v5.6",
            Self::Today => "M3 3.5h10v10H3zM3 6.5h10M5.5 2v3M10.5 2v3M6 10l1.5 1.5L10 8.8",
            Self::Tree => "M6 2.5h4v3H6zM2.5 10.5h3.5v3H2.5zM10 10.5h3.5v3H10zM8 5.5V8M4.2 10.5V8h7.6v2.5",
            Self::Upload => "M8 10V3M5 5.5l3-3 3 3M3 13h10",
            Self::Warning => "M8 2.5l6 11H2zM8 6.5v3M8 11.5h.01",
        }
    }
}

/// The icon as SVG, hidden from screen readers.
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg.icon viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
            path d=(icon.path()) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Icon;

    #[test]
    fn every_icon_starts_with_a_move_and_stays_on_the_grid() {
        for icon in Icon::ALL {
            assert!(icon.path().starts_with('M'), "{icon:?}");
            let numbers = icon.path().split(|c: char| !(c.is_ascii_digit() || c == '.'));
            for number in numbers.filter_map(|text| text.parse::<f64>().ok()) {
                assert!(number <= 16.0, "{icon:?}: {number}");
            }
        }
    }
}
