//! Draws QR codes as PNG images in data URIs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use png::{BitDepth, ColorType, Encoder};
use qrcode::{Color, EcLevel, QrCode};

/// The side of one module, in pixels.
const MODULE: usize = 6;

/// The quiet zone around the code, in modules.
const MARGIN: usize = 4;

/// Draws `text` as a PNG in a data URI.
pub(super) fn data_uri(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let image = draw(&code)?;
    Some(format!("data:image/png;base64,{}", STANDARD.encode(image)))
}

/// Writes a black and white PNG with one bit for each pixel; a set bit is white.
fn draw(code: &QrCode) -> Option<Vec<u8>> {
    let width = code.width();
    let side = (width + 2 * MARGIN) * MODULE;
    let stride = side.div_ceil(8);
    let mut pixels = vec![0xff; stride * side];
    let colours = code.to_colors();
    for (index, _) in colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
        let (left, top) = ((index % width + MARGIN) * MODULE, (index / width + MARGIN) * MODULE);
        for y in top..top + MODULE {
            for x in left..left + MODULE {
                pixels[y * stride + x / 8] &= !(0x80 >> (x % 8));
            }
        }
    }
    let mut image = Vec::new();
    let size = u32::try_from(side).ok()?;
    let mut encoder = Encoder::new(&mut image, size, size);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(image)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_becomes_a_png_that_shows_its_modules() {
        let code = QrCode::with_error_correction_level("openid-vc://x", EcLevel::M).unwrap();
        let image = draw(&code).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&image)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let stride = info.line_size;
        let at = |x: usize, y: usize| {
            let (x, y) = ((x + MARGIN) * MODULE + MODULE / 2, (y + MARGIN) * MODULE + MODULE / 2);
            pixels[y * stride + x / 8] & (0x80 >> (x % 8)) == 0
        };
        for y in 0..code.width() {
            for x in 0..code.width() {
                assert_eq!(at(x, y), code[(x, y)] == Color::Dark, "{x},{y}");
            }
        }
    }

    #[test]
    fn text_beyond_what_a_code_can_hold_gives_no_code() {
        assert_eq!(data_uri(&"x".repeat(5000)), None);
    }
}
