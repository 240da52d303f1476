//! The sealed export: a line in clear, a sealed line for each organisation and patient, and a line that
//! authenticates all before it.

use std::io::{BufRead, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::passphrase::{Derivation, Keys};
use super::row::Raw;
use crate::error::{Error, Result};

/// The name of the format, which begins the file.
pub(super) const FORMAT: &str = "im1-linkage-register";
const VERSION: u32 = 1;
const NONCE: usize = 24;
/// The longest line that is read.
pub(super) const LONGEST_LINE: usize = 1 << 20;

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Header {
    format: String,
    version: u32,
    exported_at: Timestamp,
    sealing: String,
    key: Derivation,
}

/// A line between.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    sealed: String,
}

/// The last line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trailer {
    organisations: u64,
    patients: u64,
    hmac: String,
}

/// Writes a sealed export.
pub(super) struct Writer {
    keys: Keys,
    mac: Hmac<Sha256>,
    line: u64,
}

impl Writer {
    /// Writes the first line.
    pub(super) fn begin(to: &mut impl Write, passphrase: &SecretString, now: Timestamp) -> Result<Self> {
        let key = Derivation::new()?;
        let keys = key.keys(passphrase)?;
        let header = Header {
            format: FORMAT.into(),
            version: VERSION,
            exported_at: now,
            sealing: "xchacha20poly1305".into(),
            key,
        };
        let mut writer = Self { mac: mac(&keys), keys, line: 0 };
        writer.put(to, &header)?;
        Ok(writer)
    }

    /// Writes a row.
    pub(super) fn row(&mut self, to: &mut impl Write, raw: &Raw) -> Result<()> {
        let plain = Zeroizing::new(serde_json::to_vec(raw).map_err(|_| Error::internal("a row has no JSON form"))?);
        let mut nonce = [0_u8; NONCE];
        getrandom::fill(&mut nonce)
            .map_err(|error| Error::internal(format!("the system gives no randomness: {error}")))?;
        let payload = Payload { msg: &plain, aad: &place(self.line + 1) };
        let sealed = cipher(&self.keys)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::internal("a row is too long to seal"))?;
        let sealed = BASE64.encode([nonce.as_slice(), &sealed].concat());
        self.put(to, &Line { sealed })
    }

    /// Writes the last line.
    pub(super) fn finish(self, to: &mut impl Write, organisations: u64, patients: u64) -> Result<()> {
        let mut mac = self.mac;
        mac.update(&counts(organisations, patients));
        let hmac = BASE64.encode(mac.finalize().into_bytes());
        let text = json(&Trailer { organisations, patients, hmac })?;
        to.write_all(text.as_bytes()).map_err(|_| super::target::unwritable())
    }

    fn put(&mut self, to: &mut impl Write, value: &impl Serialize) -> Result<()> {
        let text = json(value)?;
        self.mac.update(text.as_bytes());
        self.line += 1;
        to.write_all(text.as_bytes()).map_err(|_| super::target::unwritable())
    }
}

/// Reads a sealed export that was found to be whole.
pub(super) struct Reader {
    keys: Keys,
    /// The number of the last line that was read.
    pub(super) line: u64,
    lines: u64,
}

impl Reader {
    /// Reads the whole file once: who was given the wrong passphrase or half a file is told before anything is done.
    pub(super) fn verified(mut from: impl BufRead, passphrase: Option<&SecretString>) -> Result<Self> {
        let damaged = || Error::input("path", "names a sealed export that is damaged, cut short or was altered");
        let passphrase = passphrase.ok_or_else(|| Error::input("passphrase", "is required for a sealed export"))?;
        let first = next_line(&mut from)?.ok_or_else(damaged)?;
        let header: Header = serde_json::from_str(&first).map_err(|_| damaged())?;
        if header.format != FORMAT || header.version != VERSION || header.sealing != "xchacha20poly1305" {
            return Err(Error::input("path", "names a sealed export of a kind that this version cannot open"));
        }
        let keys = header.key.keys(passphrase)?;
        let mut mac = mac(&keys);
        let mut lines = 0;
        let mut pending = first;
        while let Some(next) = next_line(&mut from)? {
            mac.update(pending.as_bytes());
            lines += 1;
            pending = next;
        }
        let trailer: Trailer = serde_json::from_str(&pending).map_err(|_| damaged())?;
        mac.update(&counts(trailer.organisations, trailer.patients));
        let hmac = BASE64.decode(trailer.hmac).map_err(|_| damaged())?;
        if mac.verify_slice(&hmac).is_err() {
            let problem = "does not open this export, or the export is damaged or was altered";
            return Err(Error::input("passphrase", problem));
        }
        if trailer.organisations + trailer.patients != lines - 1 {
            return Err(damaged());
        }
        Ok(Self { keys, line: 0, lines })
    }

    /// The next row, or `None` after the last.
    pub(super) fn row(&mut self, from: &mut impl BufRead) -> Result<Option<Raw>> {
        let damaged = || Error::input("path", "names a sealed export that changed while it was read");
        if self.line == 0 {
            next_line(from)?.ok_or_else(damaged)?;
            self.line = 1;
        }
        if self.line == self.lines {
            return Ok(None);
        }
        let text = next_line(from)?.ok_or_else(damaged)?;
        self.line += 1;
        let line: Line = serde_json::from_str(&text).map_err(|_| damaged())?;
        let sealed = BASE64.decode(line.sealed).map_err(|_| damaged())?;
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| damaged())?;
        let payload = Payload { msg: sealed, aad: &place(self.line) };
        let plain = cipher(&self.keys).decrypt(&XNonce::from(nonce), payload).map_err(|_| damaged())?;
        let plain = Zeroizing::new(plain);
        serde_json::from_slice(&plain).map(Some).map_err(|_| damaged())
    }
}

/// A line with its end, if there is one more.
pub(super) fn next_line(from: &mut impl BufRead) -> Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = std::io::Read::take(&mut *from, LONGEST_LINE as u64 + 1)
        .read_until(b'\n', &mut bytes)
        .map_err(|_| super::source::unreadable())?;
    if read > LONGEST_LINE {
        return Err(Error::input("path", "names a file with a line of more than 1 MiB"));
    }
    match (read, String::from_utf8(bytes)) {
        (0, _) => Ok(None),
        (_, Ok(text)) => Ok(Some(text)),
        (_, Err(_)) => Err(Error::input("path", "names a file that is not UTF-8")),
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string(value).map_err(|_| Error::internal("a line of an export has no JSON form"))?;
    Ok(text + "\n")
}

fn mac(keys: &Keys) -> Hmac<Sha256> {
    Hmac::new_from_slice(keys.authentication.as_slice()).expect("HMAC takes keys of any length")
}

fn cipher(keys: &Keys) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(keys.sealing.as_slice().try_into().expect("keys have 32 bytes"))
}

/// What the seal of a line is bound to, so that lines cannot change places.
fn place(line: u64) -> Vec<u8> {
    format!("{FORMAT}/{VERSION}/{line}").into_bytes()
}

fn counts(organisations: u64, patients: u64) -> Vec<u8> {
    [organisations.to_be_bytes(), patients.to_be_bytes()].concat()
}
