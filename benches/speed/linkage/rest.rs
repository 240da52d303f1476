//! Through the native REST interface, over mutual TLS with a token that is bound to the certificate.

use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use learnerlink::Plugin;
use learnerlink::runtime::Runtime;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use reqwest::{Certificate, Client, Identity, StatusCode};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;

use super::{CALLERS, VAULT_KEY, create_request, file, import, nhs_numbers, retrieve_request};
use crate::child::Talking;
use crate::gateway::{answer_memory, tell};
use crate::measure::{Case, interleaved};
use crate::report::{Goal, Row};
use crate::store::folder;
use crate::{Effort, Outcome};

const KNOWN: usize = 500;
const ISSUER: &str = "https://login.example.test/";
const AUDIENCE: &str = "https://practice.example.test/";

/// Requests per second by number of connections, and the memory of the process that serves.
pub fn rows(effort: &Effort) -> Outcome {
    let rounds = effort.rounds.min(3);
    let each = |connections: usize| match (connections, effort.quick) {
        (1, quick) => {
            if quick {
                60
            } else {
                500
            }
        }
        (16, quick) => {
            if quick {
                20
            } else {
                150
            }
        }
        (_, quick) => {
            if quick {
                10
            } else {
                50
            }
        }
    };
    let new = rounds * CALLERS.iter().map(|connections| connections * each(*connections)).sum::<usize>();
    let folder = folder()?;
    let caller = Caller::new()?;
    let (config, csv) = (folder.path().join("config.json"), folder.path().join("register.csv"));
    std::fs::write(&config, caller.config(&folder.path().join("register.db")).to_string())?;
    std::fs::write(&csv, file(KNOWN, new))?;
    let text = |path: &Path| path.to_str().map(str::to_owned).ok_or("the folder's name is not UTF-8");
    let mut serving = Talking::start(&["linkage", &text(&config)?, &text(&csv)?])?;
    let asking = Arc::new(Asking {
        url: format!("{}/im1/linkage/v1", serving.line()?),
        token: caller.token,
        client: caller.client,
        numbers: nhs_numbers().take(KNOWN + new).collect(),
        retrieved: AtomicUsize::new(0),
        created: AtomicUsize::new(KNOWN),
        refused: AtomicUsize::new(0),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut cases: Vec<Case<'_>> = Vec::new();
    for connections in CALLERS {
        for work in [Work::Retrieve, Work::Create] {
            let (runtime, asking, each) = (&runtime, &asking, each(connections));
            cases.push(Box::new(move || runtime.block_on(rate(asking, work, connections, each))));
        }
    }
    let results = interleaved(rounds, cases);
    let mut rows = Vec::new();
    for (function, first) in [("retrieve", 0), ("create", 1)] {
        for (turn, connections) in CALLERS.into_iter().enumerate() {
            let what = format!("linkage keys, {function} through REST, {connections} connections");
            rows.push(Row::value(&what, "requests/s", results[2 * turn + first].median(), Goal::None));
        }
    }
    let refused = asking.refused.load(Ordering::Relaxed) as f64;
    // The limit lies a hundred times above what is sent.
    let what = "linkage keys through REST: requests refused although within the limit";
    rows.push(Row::value(what, "", refused, Goal::Exactly(0.0)));
    serving.say("memory")?;
    let memory: f64 = serving.line()?.parse()?;
    rows.push(Row::value("linkage keys through REST: memory resident after all that", "MiB", memory, Goal::None));
    Ok(rows)
}

#[derive(Clone, Copy)]
enum Work {
    Retrieve,
    Create,
}

/// What is asked, and where.
struct Asking {
    url: String,
    token: String,
    client: Client,
    numbers: Vec<String>,
    retrieved: AtomicUsize,
    created: AtomicUsize,
    /// Requests that were told to come later, and did at once.
    refused: AtomicUsize,
}

impl Asking {
    async fn ask(&self, work: Work) {
        let (path, header, body) = match work {
            Work::Retrieve => {
                let at = self.retrieved.fetch_add(1, Ordering::Relaxed) % KNOWN;
                ("retrieve", "TransactionId", retrieve_request(&self.numbers[at]))
            }
            Work::Create => {
                let at = self.created.fetch_add(1, Ordering::Relaxed);
                ("create", "CorrelationID", create_request(&self.numbers[at]))
            }
        };
        loop {
            let request = self.client.post(format!("{}/{path}", self.url)).bearer_auth(&self.token).json(&body);
            let request = request.header(header, uuid::Uuid::new_v4().to_string());
            let answer = request.send().await.expect("the listener answers");
            let status = answer.status();
            let text = answer.text().await.expect("the answer is complete");
            if status != StatusCode::TOO_MANY_REQUESTS {
                assert!(status.is_success(), "{status}: {text}");
                return;
            }
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Requests per second over so many connections, which are there before the time runs.
async fn rate(asking: &Arc<Asking>, work: Work, connections: usize, each: usize) -> f64 {
    together(asking, Work::Retrieve, connections, 1).await;
    let began = Instant::now();
    together(asking, work, connections, each).await;
    (connections * each) as f64 / began.elapsed().as_secs_f64()
}

async fn together(asking: &Arc<Asking>, work: Work, connections: usize, each: usize) {
    let mut callers = JoinSet::new();
    for _ in 0..connections {
        let asking = Arc::clone(asking);
        callers.spawn(async move {
            for _ in 0..each {
                asking.ask(work).await;
            }
        });
    }
    while let Some(ended) = callers.join_next().await {
        ended.expect("no caller panics");
    }
}

/// A caller who is let in, and the listener's half of that.
struct Caller {
    client: Client,
    token: String,
    listener: Value,
}

impl Caller {
    fn new() -> Result<Self, Box<dyn Error>> {
        let authority_key = KeyPair::generate()?;
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&authority_key)?.pem();
        let authority = Issuer::new(params, authority_key);
        let issue = |name: &str| -> Result<(rcgen::Certificate, String), Box<dyn Error>> {
            let key = KeyPair::generate()?;
            let certificate = CertificateParams::new(vec![name.to_owned()])?.signed_by(&key, &authority)?;
            Ok((certificate, key.serialize_pem()))
        };
        let (server, server_key) = issue("127.0.0.1")?;
        let (own, own_key) = issue("caller.example.test")?;
        let random = SystemRandom::new();
        let signing = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)
            .and_then(|key| {
                EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), &random)
                    .map_err(|_| ring::error::Unspecified)
            })
            .map_err(|_| "no key could be made")?;
        let point = signing.public_key().as_ref();
        let key_set = json!({ "keys": [
            { "kty": "EC", "crv": "P-256", "kid": "ec", "use": "sig",
              "x": BASE64.encode(&point[1..33]), "y": BASE64.encode(&point[33..]) },
        ] });
        let now = jiff::Timestamp::now().as_second();
        let claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": "bench", "scope": "linkage.retrieve linkage.create",
            "exp": now + 3600, "nbf": now, "cnf": { "x5t#S256": BASE64.encode(Sha256::digest(own.der())) },
        });
        let header = json!({ "alg": "ES256", "kid": "ec", "typ": "JWT" });
        let signed = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims.to_string()));
        let signature = signing.sign(&random, signed.as_bytes()).map_err(|_| "the token could not be signed")?;
        let client = Client::builder()
            .no_proxy()
            .tcp_nodelay(true)
            .tls_certs_only([Certificate::from_pem(root.as_bytes())?])
            .identity(Identity::from_pem(format!("{}{own_key}", own.pem()).as_bytes())?)
            .build()?;
        let listener = json!({
            "address": "127.0.0.1:0",
            // Else the limit is what is measured.
            "requestsPerMinute": 60_000_000,
            "tls": { "certificate": server.pem(), "key": server_key, "clientAuthorities": [root] },
            "linkage": {
                "allow": ["dns:caller.example.test"],
                "jwksUrl": served(key_set.to_string())?,
                "issuer": ISSUER,
                "audience": AUDIENCE,
                "requestsPerMinute": 60_000_000,
            },
        });
        Ok(Self { client, token: format!("{signed}.{}", BASE64.encode(signature.as_ref())), listener })
    }

    /// The configuration of a listener that lets this caller in.
    fn config(&self, store: &Path) -> Value {
        json!({ "store": store, "vaultKey": VAULT_KEY, "listener": self.listener })
    }
}

/// Serves one document for as long as this program runs; answers with its address.
fn served(document: String) -> std::io::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let url = format!("http://{}/jwks.json", listener.local_addr()?);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let length = document.len();
            // The request is short enough to come in one piece.
            let _ = stream.read(&mut [0; 4096]);
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{document}"
            );
        }
    });
    Ok(url)
}

/// The listener over a register, until its input ends; tells its memory when asked.
pub fn in_child(arguments: &[String]) -> Result<Value, Box<dyn Error>> {
    let [config, csv] = arguments else { return Err("configuration and register are needed".into()) };
    let runtime = Runtime::shared()?;
    let plugin = runtime.handle().block_on(Plugin::open(&std::fs::read_to_string(config)?))?;
    import(&runtime, &plugin, Path::new(csv))?;
    let started = runtime.handle().block_on(plugin.call("start_listener", "{}"))?;
    let started: Value = serde_json::from_str(&started.json)?;
    tell(started["address"].as_str().ok_or("no address")?)?;
    answer_memory()?;
    plugin.close();
    Ok(Value::Null)
}
