//! QR codes are read back by zbar, in every form a host can show.

use std::process::Command;

use base64::Engine;
use serde_json::{Value, json};

use crate::stand::{NORTHBRIDGE, Stand};

/// What zbar reads from an image file.
fn read_back(path: &std::path::Path) -> String {
    let output = Command::new("zbarimg").args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"]).arg(path).output();
    let output = output.expect("zbarimg is installed (`make tools` installs Debian's zbar-tools)");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

async fn drawn(request: Value) -> (tempfile::TempDir, Value) {
    let stand = Stand::new().await;
    let qr = stand.call("generate_qr", request).await.unwrap();
    (tempfile::tempdir().unwrap(), qr)
}

fn image_bytes(qr: &Value) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(qr["image"]["base64"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn the_image_of_the_service_and_the_one_rendered_here_say_the_address() {
    for source in ["service", "rendered"] {
        let (folder, qr) = drawn(json!({ "ukprn": NORTHBRIDGE, "source": source })).await;
        assert_eq!(qr["image"]["source"], source);
        let path = folder.path().join("qr.png");
        std::fs::write(&path, image_bytes(&qr)).unwrap();
        assert_eq!(read_back(&path), qr["url"].as_str().unwrap(), "{source}");
    }
}

#[tokio::test]
async fn the_svg_says_the_address() {
    let (folder, qr) = drawn(json!({ "ukprn": NORTHBRIDGE, "formats": ["svg"] })).await;
    let (svg, png) = (folder.path().join("qr.svg"), folder.path().join("qr.png"));
    std::fs::write(&svg, qr["svg"].as_str().unwrap()).unwrap();
    let status = Command::new("rsvg-convert").arg(&svg).arg("-o").arg(&png).status();
    assert!(status.expect("rsvg-convert is installed (`make tools` installs Debian's librsvg2-bin)").success());
    assert_eq!(read_back(&png), qr["url"].as_str().unwrap());
}

#[tokio::test]
async fn the_terminal_text_says_the_address_on_dark_and_on_light_terminals() {
    for light in [false, true] {
        let (folder, qr) = drawn(json!({ "ukprn": NORTHBRIDGE, "formats": ["text"], "lightTerminal": light })).await;
        let path = folder.path().join("qr.pgm");
        std::fs::write(&path, as_seen(qr["text"].as_str().unwrap(), light)).unwrap();
        assert_eq!(read_back(&path), qr["url"].as_str().unwrap(), "light terminal: {light}");
    }
}

#[tokio::test]
async fn the_matrix_says_the_address() {
    let (folder, qr) = drawn(json!({ "ukprn": NORTHBRIDGE, "formats": ["matrix"] })).await;
    let rows: Vec<Vec<bool>> = qr["matrix"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_str().unwrap().chars().map(|c| c == '1').collect())
        .collect();
    let path = folder.path().join("qr.pgm");
    std::fs::write(&path, picture(&rows, 4)).unwrap();
    assert_eq!(read_back(&path), qr["url"].as_str().unwrap());
}

/// The text as a terminal shows it: each character is two pixels, one above the other.
fn as_seen(text: &str, light_terminal: bool) -> Vec<u8> {
    let mut rows = Vec::new();
    for line in text.lines() {
        let ink = |upper: bool| -> Vec<bool> {
            let inked = |c: char| match c {
                '█' => true,
                '▀' => upper,
                '▄' => !upper,
                ' ' => false,
                other => panic!("{other:?} is no block character"),
            };
            // Ink is dark on a light terminal and light on a dark one.
            line.chars().map(|c| inked(c) == light_terminal).collect()
        };
        rows.push(ink(true));
        rows.push(ink(false));
    }
    picture(&rows, 0)
}

/// A greyscale picture of eight pixels per module; `true` is dark.
fn picture(rows: &[Vec<bool>], margin: usize) -> Vec<u8> {
    let (width, height) = (rows[0].len() + 2 * margin, rows.len() + 2 * margin);
    let dark = |x: usize, y: usize| {
        let inside = (margin..rows.len() + margin).contains(&y) && (margin..rows[0].len() + margin).contains(&x);
        inside && rows[y - margin][x - margin]
    };
    let mut bytes = format!("P5 {} {} 255\n", width * 8, height * 8).into_bytes();
    for y in 0..height * 8 {
        bytes.extend((0..width * 8).map(|x| if dark(x / 8, y / 8) { 0 } else { 255 }));
    }
    bytes
}
