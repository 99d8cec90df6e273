//! The tokens' contrast (WCAG 2.2 §1.4.3 and §1.4.11) and whether severities can be told apart by people who
//! see fewer colours (Machado, Oliveira and Fernandes 2009, full deficiency; distance in OKLab).

use std::collections::BTreeMap;

const STYLE: &str = include_str!("../../assets/style.css");

type Colour = [f64; 3];

#[derive(Clone, Copy)]
struct Token {
    light: Colour,
    dark: Colour,
}

/// Reads `--name: light-dark(#rrggbb, #rrggbb);`.
fn tokens() -> BTreeMap<&'static str, Token> {
    STYLE
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
            Some((name, Token { light: colour(light)?, dark: colour(dark)? }))
        })
        .collect()
}

/// Linear red, green and blue of `#rrggbb`; `None` for colours with transparency.
fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some([channel(0)?, channel(2)?, channel(4)?])
}

fn contrast(a: Colour, b: Colour) -> f64 {
    let luminance = |c: Colour| 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn assert_contrast(pairs: &[(&str, &str)], least: f64) {
    let tokens = tokens();
    for (front, back) in pairs {
        let (front_token, back_token) = (tokens[front], tokens[back]);
        for (theme, a, b) in
            [("light", front_token.light, back_token.light), ("dark", front_token.dark, back_token.dark)]
        {
            let ratio = contrast(a, b);
            assert!(ratio >= least, "{front} on {back}, {theme}: {ratio:.2} < {least}");
        }
    }
}

#[test]
fn text_can_be_read_on_every_ground() {
    let mut pairs = vec![("on-accent", "accent")];
    for ground in ["paper", "ground", "raised", "hover", "chosen", "mark"] {
        for text in ["ink", "muted", "accent", "problem"] {
            if ground != "mark" || text == "ink" || text == "muted" {
                pairs.push((text, ground));
            }
        }
    }
    assert_contrast(&pairs, 4.5);
}

#[test]
fn shapes_and_edges_of_inputs_can_be_seen() {
    let mut pairs = Vec::new();
    for ground in ["paper", "hover", "chosen"] {
        for shape in ["critical", "high", "medium", "low", "none", "line-strong"] {
            pairs.push((shape, ground));
        }
    }
    assert_contrast(&pairs, 3.0);
}

#[test]
fn severities_can_be_told_apart_with_fewer_colours() {
    const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
        ("common", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        ),
    ];
    let tokens = tokens();
    let severities = ["critical", "high", "medium", "low", "none"];
    for (sight, matrix) in SIGHTS {
        for (index, a) in severities.iter().enumerate() {
            for b in &severities[index + 1..] {
                for (theme, from, to) in
                    [("light", tokens[a].light, tokens[b].light), ("dark", tokens[a].dark, tokens[b].dark)]
                {
                    let distance = distance(seen(from, &matrix), seen(to, &matrix));
                    assert!(distance >= 0.1, "{a} and {b}, {theme}, {sight}: {distance:.3}");
                }
            }
        }
    }
}

fn seen(colour: Colour, matrix: &[[f64; 3]; 3]) -> Colour {
    matrix.map(|row| row.iter().zip(colour).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0))
}

fn distance(a: Colour, b: Colour) -> f64 {
    oklab(a).iter().zip(oklab(b)).map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt()
}

fn oklab([r, g, b]: Colour) -> Colour {
    let l = (0.412_221_47 * r + 0.536_332_54 * g + 0.051_445_99 * b).cbrt();
    let m = (0.211_903_50 * r + 0.680_699_55 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_84 * g + 0.629_978_70 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_79 * m - 0.004_072_05 * s,
        1.977_998_50 * l - 2.428_592_21 * m + 0.450_593_71 * s,
        0.025_904_04 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}
