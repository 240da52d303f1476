//! A plugin and the supplier it calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use learnerlink::operations::Operation;
use learnerlink::{Clock, Error, Plugin, config::Config};
use serde_json::{Value, json};

use crate::support::{Reply, Request, Server, answer};

pub const PROFILE: &str = "10099901";
pub const ODS: &str = "A12345";
pub const NUMBER: &str = "9990123403";
pub const SURNAME: &str = "Quillfeather & Söhne";
pub const BORN: &str = "1984-03-12";
pub const ACCOUNT: &str = "4071836250";
pub const KEY: &str = "K7CDX4RTMN9PQ3WHJV";
pub const IDENTITY: &str = "identity.t0ken";
pub const EMAIL: &str = "w.quill@example.test";
pub const TRACE: &str = "trace-0001";

pub const RETRIEVE: &str = "retrieve_linkage_key";
pub const CREATE: &str = "create_linkage_key";
pub const COMPOSED: &str = "retrieve_or_create_linkage_key";

/// What must be in no error and no line of the log.
const SECRETS: [&str; 10] =
    [NUMBER, "999 012", "Quillfeather", BORN, "19840312", ACCOUNT, KEY, "t0ken", "w.quill", "s3c+ret"];

/// Lines of the log that were looked at and told of a request.
static LINES: AtomicUsize = AtomicUsize::new(0);

pub struct Stand {
    pub plugin: Arc<Plugin>,
    pub server: Server,
}

impl Stand {
    /// A plugin whose supplier speaks `wire` and answers as the script says; tokens are given out beside it.
    pub async fn new(wire: &str, script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(wire, json!({}), script).await
    }

    /// The same with other members of the supplier; `null` takes one out.
    pub async fn with(
        wire: &str,
        supplier: Value,
        script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::on(Clock::system(), wire, supplier, script).await
    }

    /// The same on a clock that the test moves.
    pub async fn on(
        clock: Clock,
        wire: &str,
        supplier: Value,
        script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let calls = AtomicUsize::new(0);
        let server = Server::start(move |_, request| match request.target.as_str() {
            "/oauth/token" => token(),
            _ => script(calls.fetch_add(1, Ordering::SeqCst), request),
        })
        .await;
        let base = server.url("");
        let base = base.as_str().trim_end_matches('/');
        let mut section = json!({ "wire": wire, "url": format!("{base}/gp"), "profile": PROFILE });
        let more = match wire {
            "native" => {
                json!({ "tokenUrl": format!("{base}/oauth/token"), "scope": "linkage.retrieve linkage.create" })
            }
            "emis" => json!({ "applicationId": "app-id" }),
            "tpp" => json!({ "providerId": "provider & id" }),
            _ => json!({}),
        };
        for members in [more, supplier] {
            section.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        }
        section.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        let config = json!({
            "store": ":memory:",
            "linkage": { "suppliers": { "gp": section } },
            "retry": { "maxAttempts": 2, "firstWaitMs": 10 },
            "log": { "level": "trace" },
            "profiles": { PROFILE: {
                "displayName": "Northbridge Surgery",
                "linkage": { "clientId": "link-client", "clientSecret": "s3c+ret/=link" },
            } },
        });
        let plugin = Plugin::open_with(Config::read(&config.to_string()).unwrap(), clock).await.unwrap();
        Self { plugin, server }
    }

    pub async fn call(&self, operation: &str, request: Value) -> Result<Value, Error> {
        let result = call(&self.plugin, operation, request).await;
        check_log();
        if let Ok(done) = &result {
            let outcomes = Operation::find(operation).unwrap().outcomes;
            assert!(outcomes.iter().any(|(name, _)| done["outcome"] == *name), "{operation} {}", done["outcome"]);
        }
        result
    }

    /// The response of a call that must succeed.
    pub async fn done(&self, operation: &str, request: Value) -> Value {
        self.call(operation, request).await.unwrap_or_else(|error| panic!("{error} {:?}", error.upstream()))
    }

    /// The error object of a call that must fail; it must not tell whom the call was about.
    pub async fn failure(&self, operation: &str, request: Value) -> Value {
        let error = match self.call(operation, request).await {
            Ok(done) => panic!("the call succeeds with {}", done["outcome"]),
            Err(error) => error,
        };
        let shown = error.to_json(operation, "linkage");
        let all = format!("{shown} {error:?}");
        for secret in SECRETS {
            assert!(!all.contains(secret), "{secret} is in {all}");
        }
        shown
    }

    /// The requests that the supplier itself was sent.
    pub fn asked(&self) -> Vec<Request> {
        self.server.requests().into_iter().filter(|request| request.target != "/oauth/token").collect()
    }
}

pub async fn call(plugin: &Arc<Plugin>, operation: &str, request: Value) -> Result<Value, Error> {
    let answer = plugin.call(operation, &request.to_string()).await?;
    Ok(serde_json::from_str(&answer.json).unwrap())
}

/// Looks at the lines that were logged by whichever test.
fn check_log() {
    while let Some(line) = learnerlink::log::next(Duration::ZERO) {
        for secret in SECRETS {
            assert!(!line.contains(secret), "{secret} is in {line}");
        }
        LINES.fetch_add(usize::from(line.contains("\"endpoint\"")), Ordering::SeqCst);
    }
}

pub fn lines() -> usize {
    LINES.load(Ordering::SeqCst)
}

fn token() -> Reply {
    json(200, &json!({ "access_token": "bearer-t0ken", "token_type": "Bearer", "expires_in": 3600 }))
}

pub fn json(status: u16, body: &Value) -> Reply {
    answer(status, &[("Content-Type", "application/json")], body.to_string())
}

/// A request with everything that any supplier wants.
pub fn request(operation: &str) -> Value {
    let mut request = json!({
        "odsCode": "a12345", "nhsNumber": "999 012 3403", "surname": SURNAME, "dateOfBirth": BORN, "supplier": "gp",
        "identityToken": IDENTITY, "traceId": TRACE,
    });
    if operation != RETRIEVE {
        request["emailAddress"] = json!(EMAIL);
    }
    request
}

/// The request with other members; `null` takes one out.
pub fn changed(mut request: Value, changes: Value) -> Value {
    let members = request.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    request
}

/// Takes the answers of a supplier that answers everything alike, for both functions: an outcome, or an error's code
/// and the supplier's.
pub async fn both(wire: &str, reply: Reply) -> [String; 2] {
    [told(wire, RETRIEVE, reply.clone()).await, told(wire, CREATE, reply).await]
}

/// The same for one function.
pub async fn told(wire: &str, operation: &str, reply: Reply) -> String {
    let stand = Stand::new(wire, move |_, _| reply.clone()).await;
    tell(&stand, operation, request(operation)).await
}

pub async fn tell(stand: &Stand, operation: &str, request: Value) -> String {
    match stand.call(operation, request).await {
        Ok(done) => {
            let fields = ["accountId", "linkageKey", "odsCode", "surname", "dateOfBirth"];
            let there = fields.iter().filter(|field| done.get(**field).is_some()).count();
            assert_eq!(there, if done["outcome"] == "ok" { 5 } else { 0 }, "{done}");
            let word = done["outcome"].as_str().unwrap();
            match (&done["detail"]["reason"], &done["reason"]) {
                (Value::String(why), _) | (Value::Null, Value::String(why)) => format!("{word} {why}"),
                _ => word.to_owned(),
            }
        }
        Err(error) => {
            let shown = error.to_json(operation, "linkage");
            let all = format!("{shown} {error:?}");
            for secret in SECRETS {
                assert!(!all.contains(secret), "{secret} is in {all}");
            }
            let code = shown["code"].as_str().unwrap();
            match &shown["upstream"]["code"] {
                Value::String(own) => format!("{code} {own}"),
                _ => code.to_owned(),
            }
        }
    }
}

/// The five outputs, as a response has them.
pub fn outputs(done: &Value) -> [&str; 5] {
    ["accountId", "linkageKey", "odsCode", "surname", "dateOfBirth"].map(|name| done[name].as_str().unwrap_or_default())
}

pub const ALL: [&str; 5] = [ACCOUNT, KEY, ODS, SURNAME, BORN];
