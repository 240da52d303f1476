//! Proves that the second port opens only to those who show a certificate of the sandbox's authority.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;
mod soap;

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use learnerlink_sandbox::{ClientCertificate, PfxEncryption, Sandbox, TlsMode};
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy};
use reqwest::tls::Version;
use reqwest::{Certificate, Client, ClientBuilder, Identity};
use soap::{ACTION, events, find, post, text};

const PASSWORD: &str = "p&ss wörd";
const ENCRYPTIONS: [PfxEncryption; 3] = [PfxEncryption::Modern, PfxEncryption::TripleDes, PfxEncryption::Rc2];

fn sandbox() -> Sandbox {
    Sandbox::builder().mutual_tls(0).start().unwrap()
}

fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der))
}

/// Unpacks a PKCS#12 file.
fn identity(pfx: &[u8]) -> Identity {
    let store = KeyStore::from_pkcs12(pfx, PASSWORD, Pkcs12ImportPolicy::Strict).unwrap();
    let (_, chain) = store.private_key_chain().unwrap();
    let certificates: String =
        chain.certs().iter().map(|certificate| pem("CERTIFICATE", certificate.as_der())).collect();
    Identity::from_pem((pem("PRIVATE KEY", chain.key().as_der()) + &certificates).as_bytes()).unwrap()
}

fn builder(sandbox: &Sandbox) -> ClientBuilder {
    client::http();
    let root = Certificate::from_pem(sandbox.root_pem().unwrap().as_bytes()).unwrap();
    Client::builder().tls_certs_only([root])
}

fn with(sandbox: &Sandbox, certificate: ClientCertificate) -> Client {
    let pfx = sandbox.client_pfx(certificate, PfxEncryption::Modern, PASSWORD).unwrap();
    builder(sandbox).identity(identity(&pfx)).build().unwrap()
}

#[tokio::test]
async fn both_services_answer_at_the_root_to_a_client_with_a_certificate() {
    let sandbox = sandbox();
    let base = sandbox.mutual_tls_url().unwrap();
    assert!(base.starts_with("https://127.0.0.1:") && base != sandbox.url());
    let http = with(&sandbox, ClientCertificate::Valid);
    let search = find(["Quillfeather", "Tamsin", "1998-04-12", "2", "LS11 5QT"]);
    let (status, xml) = post(&http, &base, "LearnerService", "\"\"", &search).await;
    assert_eq!((status, text(&xml, "ResponseCode").as_str()), (200, "WSRC0004"));
    let (status, xml) =
        post(&http, &base, "LearnerServiceR9", ACTION, &events("3000000010", "Oakhollow", "Bram")).await;
    assert_eq!((status, text(&xml, "ResponseCode").as_str()), (200, "WSRC0004"));
    let received: Vec<_> = sandbox.requests().into_iter().map(|request| (request.path, request.endpoint)).collect();
    let expected = [
        ("/LearnerService.svc".to_owned(), "lrs/LearnerService.svc".to_owned()),
        ("/LearnerServiceR9.svc".to_owned(), "lrs/LearnerServiceR9.svc".to_owned()),
    ];
    assert_eq!(received, expected);
    assert_eq!(http.get(format!("{base}/LearnerService.svc")).send().await.unwrap().status(), 405);
    for path in ["/", "/_sandbox/health", "/lrs/LearnerService.svc", "/learner-records/health"] {
        assert_eq!(http.get(format!("{base}{path}")).send().await.unwrap().status(), 404, "{path}");
    }
}

#[tokio::test]
async fn the_linkage_suppliers_answer_to_a_client_with_a_certificate() {
    let sandbox = sandbox();
    let base = sandbox.mutual_tls_url().unwrap();
    let http = with(&sandbox, ClientCertificate::Valid);
    let url = format!("{base}/linkage/header/patient/linkage");
    let answer = http.get(&url).header("NhsNumber", "9990123403").header("OdsCode", "A12345").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let health = http.get(format!("{base}/linkage/native/im1/linkage/v1/health")).send().await.unwrap();
    assert_eq!(health.status(), 200);
    assert_eq!(sandbox.requests_to("linkage/header").len(), 1);
    assert_eq!(http.get(format!("{base}/_sandbox/linkage/patients")).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn every_encryption_and_both_versions_of_tls_lead_in() {
    let sandbox = sandbox();
    let url = format!("{}/LearnerService.svc", sandbox.mutual_tls_url().unwrap());
    for encryption in ENCRYPTIONS {
        for version in [Version::TLS_1_2, Version::TLS_1_3] {
            let pfx = sandbox.client_pfx(ClientCertificate::Valid, encryption, PASSWORD).unwrap();
            let http = builder(&sandbox).identity(identity(&pfx)).tls_version_min(version).tls_version_max(version);
            let answer = http.build().unwrap().get(&url).send().await.unwrap();
            assert_eq!(answer.status(), 405, "{encryption:?} {version:?}");
        }
    }
}

#[tokio::test]
async fn without_a_certificate_of_the_authority_nothing_is_heard() {
    let sandbox = sandbox();
    let url = format!("{}/LearnerService.svc", sandbox.mutual_tls_url().unwrap());
    for version in [Version::TLS_1_2, Version::TLS_1_3] {
        let anonymous = builder(&sandbox).tls_version_min(version).tls_version_max(version).build().unwrap();
        assert!(anonymous.get(&url).send().await.is_err(), "{version:?}");
    }
    for certificate in [ClientCertificate::Expired, ClientCertificate::Foreign] {
        assert!(with(&sandbox, certificate).get(&url).send().await.is_err(), "{certificate:?}");
    }
    let plain = url.replace("https", "http");
    assert!(client::http().get(plain).send().await.is_err());
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn the_kind_of_the_servers_certificate_can_be_chosen() {
    for (mode, leads_in) in
        [(TlsMode::Valid, true), (TlsMode::Expired, false), (TlsMode::WrongHost, false), (TlsMode::SelfSigned, false)]
    {
        let sandbox = Sandbox::builder().tls(mode).mutual_tls(0).start().unwrap();
        let url = format!("{}/LearnerService.svc", sandbox.mutual_tls_url().unwrap());
        assert_eq!(with(&sandbox, ClientCertificate::Valid).get(&url).send().await.is_ok(), leads_in, "{mode:?}");
    }
}

#[test]
fn an_identity_can_be_without_a_key_and_needs_its_password() {
    let sandbox = sandbox();
    let pfx = sandbox.client_pfx(ClientCertificate::WithoutKey, PfxEncryption::Modern, PASSWORD).unwrap();
    let store = KeyStore::from_pkcs12(&pfx, PASSWORD, Pkcs12ImportPolicy::Raw).unwrap();
    let certificates = store.entries().filter(|(_, entry)| matches!(entry, KeyStoreEntry::Certificate(_))).count();
    assert_eq!((store.private_key_chain().is_none(), certificates), (true, 2));
    for encryption in ENCRYPTIONS {
        let pfx = sandbox.client_pfx(ClientCertificate::Valid, encryption, PASSWORD).unwrap();
        assert!(KeyStore::from_pkcs12(&pfx, "wrong", Pkcs12ImportPolicy::Strict).is_err(), "{encryption:?}");
    }
    assert!(Sandbox::start().client_pfx(ClientCertificate::Valid, PfxEncryption::Modern, "x").is_none());
}

#[test]
fn openssl_reads_what_was_written_and_names_the_encryption() {
    let sandbox = sandbox();
    for (encryption, named) in [
        (PfxEncryption::Modern, "PBES2, PBKDF2, AES-256-CBC"),
        (PfxEncryption::TripleDes, "pbeWithSHA1And3-KeyTripleDES-CBC"),
        (PfxEncryption::Rc2, "pbeWithSHA1And40BitRC2-CBC"),
    ] {
        let pfx = sandbox.client_pfx(ClientCertificate::Valid, encryption, "sandbox").unwrap();
        let mut openssl = Command::new("openssl")
            .args(["pkcs12", "-info", "-legacy", "-nodes", "-passin", "pass:sandbox"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("openssl is installed");
        openssl.stdin.take().unwrap().write_all(&pfx).unwrap();
        let output = openssl.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && told.contains(named), "{told}");
        let content = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(content.matches("BEGIN CERTIFICATE").count(), 2, "{content}");
        assert!(content.contains("BEGIN PRIVATE KEY"), "{content}");
    }
}

#[tokio::test]
async fn the_control_interface_hands_out_identities() {
    let sandbox = sandbox();
    let get = async |query: &str| {
        client::http().get(format!("{}/_sandbox/client.pfx{query}", sandbox.url())).send().await.unwrap()
    };
    let answer = get("").await;
    assert_eq!(answer.headers()["content-type"], "application/x-pkcs12");
    let pfx = answer.bytes().await.unwrap();
    assert!(KeyStore::from_pkcs12(&pfx, "sandbox", Pkcs12ImportPolicy::Strict).unwrap().private_key_chain().is_some());
    let pfx = get("?certificate=expired&encryption=triple-des&password=x").await.bytes().await.unwrap();
    assert!(KeyStore::from_pkcs12(&pfx, "x", Pkcs12ImportPolicy::Strict).is_ok());
    assert_eq!(
        (get("?certificate=x").await.status(), get("?encryption=x").await.status()),
        (400.try_into().unwrap(), 400.try_into().unwrap())
    );
    let plain = Sandbox::start();
    let answer = client::http().get(format!("{}/_sandbox/client.pfx", plain.url())).send().await.unwrap();
    assert_eq!(answer.status(), 404);
}

#[test]
fn dropping_frees_both_ports() {
    let sandbox = sandbox();
    let url = sandbox.mutual_tls_url().unwrap();
    let port: u16 = url.rsplit(':').next().unwrap().parse().unwrap();
    assert!(Sandbox::builder().mutual_tls(port).start().unwrap_err().to_string().contains(&port.to_string()));
    drop(sandbox);
    std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
}
