//! QR codes: checks the service's image and renders our own.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use qrcode::render::{svg, unicode};
use qrcode::{Color, EcLevel, QrCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::privacy::Sensitive;

/// The largest image of the service that is passed on.
const LARGEST: usize = 512 * 1024;
const QUIET_ZONE: usize = 4;
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A form of a QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// A raster image.
    Image,
    /// An SVG document.
    Svg,
    /// Text for a terminal.
    Text,
    /// The modules themselves.
    Matrix,
}

/// Where a raster image comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// The service, or rendered here when its image is not fit to be shown.
    #[default]
    Service,
    /// Rendered here from the address.
    Rendered,
}

/// What to draw, and how.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// The forms.
    pub formats: &'a [Format],
    /// Where the image is to come from.
    pub source: Source,
    /// Pixels per module.
    pub scale: u32,
    /// Draw the text for a light terminal.
    pub light_terminal: bool,
}

/// A QR code in the forms asked for.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// The raster image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Raster>,
    /// An SVG document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub svg: Option<Sensitive<String>>,
    /// Lines of block characters, two modules to a character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Sensitive<String>>,
    /// Rows of `1` (dark) and `0` (light), without the quiet zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matrix: Option<Sensitive<Vec<String>>>,
}

/// A raster image.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Raster {
    /// Where it comes from.
    pub source: Source,
    /// `image/png`, `image/jpeg` or `image/gif`.
    pub media_type: String,
    /// The image's bytes in base64.
    pub base64: Sensitive<String>,
    /// The same as a data URI, for an `img` element.
    pub data_uri: Sensitive<String>,
}

/// Draws the code of `url`, taking the service's image where that is wanted and fit.
///
/// # Errors
/// `PROTOCOL`-worthy problem when the address does not fit a QR code: the text says so.
pub fn draw(url: &str, service_image: Option<&str>, wish: &Wish<'_>) -> Result<Image> {
    let wants = |format| wish.formats.contains(&format) || (wish.formats.is_empty() && format == Format::Image);
    let mut drawn = Image::default();
    if wants(Format::Image) && wish.source == Source::Service {
        drawn.image = service_image.and_then(|uri| checked(uri).ok());
        if drawn.image.is_none() {
            tracing::warn!("the service's QR image is not fit to be shown; it is rendered from the address instead");
        }
    }
    let render_image = wants(Format::Image) && drawn.image.is_none();
    if !render_image && ![Format::Svg, Format::Text, Format::Matrix].into_iter().any(wants) {
        return Ok(drawn);
    }
    let code = encode(url)?;
    if render_image {
        let base64 = BASE64.encode(png(&code, wish.scale)?);
        drawn.image = Some(raster(Source::Rendered, "image/png", base64));
    }
    if wants(Format::Svg) {
        let side = (code.width() + 2 * QUIET_ZONE) as u32 * wish.scale;
        let text = code.render::<svg::Color<'_>>().min_dimensions(side, side).quiet_zone(true).build();
        drawn.svg = Some(text.into());
    }
    if wants(Format::Text) {
        use unicode::Dense1x2::{Dark, Light};
        // On a dark terminal the ink is light, so the light modules are the ones to draw.
        let (dark, light) = if wish.light_terminal { (Dark, Light) } else { (Light, Dark) };
        let text = code.render::<unicode::Dense1x2>().dark_color(dark).light_color(light).quiet_zone(true).build();
        drawn.text = Some(text.into());
    }
    if wants(Format::Matrix) {
        let rows = code.to_colors();
        let row = |row: &[Color]| row.iter().map(|module| if *module == Color::Dark { '1' } else { '0' }).collect();
        drawn.matrix = Some(rows.chunks(code.width()).map(row).collect::<Vec<String>>().into());
    }
    Ok(drawn)
}

fn encode(url: &str) -> Result<QrCode> {
    QrCode::with_error_correction_level(url, EcLevel::M)
        .or_else(|_| QrCode::with_error_correction_level(url, EcLevel::L))
        .map_err(|_| Error::Protocol {
            problem: "the address it issued does not fit a QR code".into(),
            upstream: crate::error::Upstream::default(),
        })
}

/// Accepts a raster image as a data URI; refuses SVG, which could carry a script, and what is not what it says.
///
/// # Errors
/// Why it is refused.
pub fn checked(data_uri: &str) -> Result<Raster, &'static str> {
    let rest = data_uri.strip_prefix("data:image/").ok_or("is not an image's data URI")?;
    let (kind, base64) = rest.split_once(";base64,").ok_or("is not in base64")?;
    if !matches!(kind, "png" | "jpeg" | "gif") {
        return Err("is not a PNG, JPEG or GIF image");
    }
    if base64.len() > LARGEST / 3 * 4 + 4 {
        return Err("is too large");
    }
    let bytes = BASE64.decode(base64).map_err(|_| "is not valid base64")?;
    let signature: &[u8] = match kind {
        "png" => PNG_SIGNATURE,
        "jpeg" => b"\xff\xd8\xff",
        _ => b"GIF8",
    };
    if bytes.len() > LARGEST {
        return Err("is too large");
    }
    if !bytes.starts_with(signature) {
        return Err("is not of the kind it says");
    }
    Ok(raster(Source::Service, &format!("image/{kind}"), base64.to_owned()))
}

fn raster(source: Source, media_type: &str, base64: String) -> Raster {
    Raster {
        source,
        media_type: media_type.to_owned(),
        data_uri: format!("data:{media_type};base64,{base64}").into(),
        base64: base64.into(),
    }
}

/// One bit per pixel, white quiet zone of four modules.
fn png(code: &QrCode, scale: u32) -> Result<Vec<u8>> {
    let scale = scale as usize;
    let side = (code.width() + 2 * QUIET_ZONE) * scale;
    let stride = side.div_ceil(8);
    let mut pixels = vec![0xff; stride * side];
    let dark = |x: usize, y: usize| {
        let (x, y) = (x / scale, y / scale);
        let inside = QUIET_ZONE..QUIET_ZONE + code.width();
        inside.contains(&x) && inside.contains(&y) && code[(x - QUIET_ZONE, y - QUIET_ZONE)] == Color::Dark
    };
    for y in 0..side {
        for x in (0..side).filter(|x| dark(*x, y)) {
            pixels[y * stride + x / 8] &= !(0x80 >> (x % 8));
        }
    }
    let mut bytes = Vec::new();
    let failed = |_| Error::internal("a QR code could not be written as PNG");
    let mut encoder = png::Encoder::new(&mut bytes, side as u32, side as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "openid-vc://?request_uri=http://127.0.0.1:8099/vc/2b6f0cc9-04d2-4f5e-9a7e-000000000001";
    const ALL: [Format; 4] = [Format::Image, Format::Svg, Format::Text, Format::Matrix];

    fn wish(formats: &[Format]) -> Wish<'_> {
        Wish { formats, source: Source::Service, scale: 4, light_terminal: false }
    }

    #[test]
    fn every_form_asked_for_is_drawn_and_no_other() {
        let drawn = draw(URL, None, &wish(&ALL)).unwrap();
        assert!(drawn.image.is_some() && drawn.svg.is_some() && drawn.text.is_some() && drawn.matrix.is_some());
        let default = draw(URL, None, &wish(&[])).unwrap();
        assert!(default.image.is_some() && default.svg.is_none() && default.text.is_none() && default.matrix.is_none());
        let matrix = drawn.matrix.unwrap();
        assert!(matrix.iter().all(|row| row.len() == matrix.len()));
    }

    #[test]
    fn the_services_image_is_passed_on_when_it_is_what_it_says() {
        let own = draw(URL, None, &wish(&[])).unwrap().image.unwrap();
        assert_eq!(own.source, Source::Rendered);
        let passed = draw(URL, Some(&own.data_uri), &wish(&[])).unwrap().image.unwrap();
        assert_eq!(passed.source, Source::Service);
        assert_eq!(*passed.base64, *own.base64);
    }

    #[test]
    fn an_image_that_could_do_harm_is_refused() {
        let large = format!("data:image/png;base64,{}", BASE64.encode([PNG_SIGNATURE, &vec![0; LARGEST]].concat()));
        for hostile in [
            "data:image/svg+xml;base64,PHN2Zy8+",
            "data:text/html;base64,PHA+",
            "data:image/png;base64,PHN2Zy8+",
            "data:image/png;base64,not base64!",
            "data:image/png,\u{89}PNG",
            "javascript:alert(1)",
            "",
            large.as_str(),
        ] {
            assert!(checked(hostile).is_err(), "{}", &hostile[..hostile.len().min(60)]);
            let drawn = draw(URL, Some(hostile), &wish(&[])).unwrap().image.unwrap();
            assert_eq!(drawn.source, Source::Rendered);
        }
    }

    #[test]
    fn an_address_that_fits_no_code_is_an_error() {
        assert!(matches!(draw(&"x".repeat(5000), None, &wish(&[])), Err(Error::Protocol { .. })));
    }
}
