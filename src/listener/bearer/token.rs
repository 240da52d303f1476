//! A token in its parts, of which nothing is believed yet.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

/// How a token may be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::listener) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
}

impl Algorithm {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
        }
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crit: Option<serde::de::IgnoredAny>,
}

/// What a token says.
#[derive(Deserialize)]
pub(super) struct Claims {
    pub(super) exp: f64,
    #[serde(default)]
    pub(super) nbf: Option<f64>,
    #[serde(default)]
    pub(super) iss: Option<String>,
    #[serde(default)]
    pub(super) aud: Several,
    #[serde(default)]
    pub(super) sub: Option<String>,
    #[serde(default)]
    pub(super) client_id: Option<String>,
    #[serde(default)]
    pub(super) authorities: Vec<String>,
    #[serde(default)]
    pub(super) scope: Several,
    #[serde(default)]
    pub(super) cnf: Option<Confirmation>,
}

/// Whom a token is bound to.
#[derive(Deserialize)]
pub(super) struct Confirmation {
    #[serde(default, rename = "x5t#S256")]
    pub(super) certificate: Option<String>,
}

/// One text, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Several {
    One(String),
    Many(Vec<String>),
}

impl Default for Several {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl Several {
    pub(super) fn has(&self, wanted: &str) -> bool {
        match self {
            Self::One(text) => text == wanted,
            Self::Many(texts) => texts.iter().any(|text| text == wanted),
        }
    }

    /// The words of all texts.
    pub(super) fn words(&self) -> Vec<String> {
        let words = |text: &String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        match self {
            Self::One(text) => words(text),
            Self::Many(texts) => texts.iter().flat_map(words).collect(),
        }
    }
}

pub(super) struct Parsed<'t> {
    pub(super) algorithm: Algorithm,
    pub(super) key_id: Option<String>,
    pub(super) claims: Claims,
    pub(super) signed: &'t [u8],
    pub(super) signature: Vec<u8>,
}

impl<'t> Parsed<'t> {
    pub(super) fn read(token: &'t str, accepted: &[Algorithm]) -> Option<Self> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        // A token must not choose how it is checked, nor ask for what is not done here.
        let algorithm = *accepted.iter().find(|algorithm| algorithm.name() == header.alg)?;
        if header.crit.is_some() {
            return None;
        }
        Some(Self {
            algorithm,
            key_id: header.kid,
            claims: serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?,
            signed: signed.as_bytes(),
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }
}
