//! PKCS#12 files of every kind, good and bad; see `tests/fixtures/pfx/README.md`.

use super::*;

const PASSWORD: &str = "Or&chard <Gäte>1";
const NOW: &str = "2027-01-01T00:00:00Z";

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/pfx/", $name, ".pfx")).as_slice()
    };
}

fn problem(file: &[u8], password: &str) -> Problem {
    Identity::open(file, password).expect_err("the file is not usable")
}

#[test]
fn modern_and_legacy_encryptions_give_the_same_identity_with_its_chain() {
    let opened = [fixture!("modern"), fixture!("legacy-rc2"), fixture!("legacy-3des")]
        .map(|file| Identity::open(file, PASSWORD).unwrap());
    for identity in &opened {
        // Leaf and intermediate; the root is the service's own.
        assert_eq!(identity.0.certified.cert.len(), 2);
        assert_eq!(identity.fingerprint(), opened[0].fingerprint());
        identity.check(NOW.parse().unwrap()).unwrap();
    }
    let other = Identity::open(fixture!("no-password"), "").unwrap();
    assert_ne!(other.fingerprint(), opened[0].fingerprint());
    assert!(Identity::open(fixture!("no-mac"), PASSWORD).is_ok());
}

#[test]
fn every_defect_has_its_own_name() {
    let modern = fixture!("modern");
    for (file, password, expected) in [
        (modern, "wrong", Problem::WrongPassword),
        (modern, "", Problem::WrongPassword),
        (fixture!("legacy-rc2"), "wrong", Problem::WrongPassword),
        (fixture!("legacy-3des"), "or&chard <Gäte>1", Problem::WrongPassword),
        (fixture!("no-password"), "x", Problem::WrongPassword),
        (fixture!("no-key"), PASSWORD, Problem::NoPrivateKey),
        (fixture!("no-certificate"), PASSWORD, Problem::NoCertificate),
        (&modern[..modern.len() / 2], PASSWORD, Problem::Damaged),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", PASSWORD, Problem::NotPkcs12),
        (b"{}", PASSWORD, Problem::NotPkcs12),
        (b"", PASSWORD, Problem::NotPkcs12),
        (&[0x30], PASSWORD, Problem::NotPkcs12),
        (&[0x30, 0x03, 0x02, 0x01, 0x01], PASSWORD, Problem::NotPkcs12),
    ] {
        assert_eq!(problem(file, password), expected, "{} bytes", file.len());
    }
    assert!(matches!(problem(fixture!("no-mac"), "wrong"), Problem::WrongPassword | Problem::Damaged));
}

#[test]
fn a_file_cut_or_changed_anywhere_is_refused_without_a_panic() {
    let file = fixture!("no-certificate");
    for end in 0..file.len() {
        assert!(Identity::open(&file[..end], PASSWORD).is_err());
    }
    for at in 0..file.len() {
        let mut changed = file.to_vec();
        changed[at] ^= 0x55;
        assert!(Identity::open(&changed, PASSWORD).is_err());
    }
}

#[test]
fn a_certificate_is_valid_between_its_two_dates_only() {
    let identity = Identity::open(fixture!("modern"), PASSWORD).unwrap();
    assert_eq!(identity.check("2020-01-01T00:00:00Z".parse().unwrap()), Err(Problem::NotYetValid));
    assert_eq!(identity.check("2199-01-01T00:00:00Z".parse().unwrap()), Err(Problem::Expired));
}

#[test]
fn debug_shows_neither_key_nor_certificate() {
    let shown = format!("{:?}", Identity::open(fixture!("modern"), PASSWORD).unwrap());
    assert!(shown.len() < 200 && !shown.contains("college"), "{shown}");
}
