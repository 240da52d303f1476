//! A learner with a browser: the address in the code leads to a page, and what is clicked there ends the wait.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::stand::{NORTHBRIDGE, ORLA, Stand, within};

const LIMIT: Duration = Duration::from_secs(60);

/// A headless Chromium, driven over the WebDriver protocol.
struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: tempfile::TempDir,
    /// Kept, so that the driver can go on writing.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Browser {
    fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("chromedriver is installed (`make tools` installs Debian's chromium and chromium-driver)");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .filter(|line| line.contains("successfully"))
            .find_map(|line| line.split("on port ").nth(1)?.trim_end_matches('.').parse().ok())
            .expect("chromedriver says on which port it listens");
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Self { driver, port, session: String::new(), _profile: profile, _output: lines };
        let folder = format!("--user-data-dir={}", browser._profile.path().display());
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &folder,
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": { "args": arguments } } } });
        let session = browser.ask("POST", "/session", &wanted);
        browser.session = format!("/session/{}", session["sessionId"].as_str().unwrap());
        // A click may return before the page it leads to is there.
        browser.post("/timeouts", json!({ "implicit": 20_000 }));
        browser
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let length = body.len();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
        // The driver keeps the connection open, so the answer ends where its length says.
        let mut reader = BufReader::new(stream);
        let (mut line, mut length) = (String::from("status"), 0);
        while !line.trim().is_empty() {
            line.clear();
            reader.read_line(&mut line).unwrap();
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let value: Value = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("chromedriver answered {answer}"));
        assert!(value["value"].get("error").is_none(), "{path}: {}", value["value"]["message"]);
        value["value"].clone()
    }

    fn post(&self, path: &str, body: Value) -> Value {
        self.ask("POST", &format!("{}{path}", self.session), &body)
    }

    fn open(&self, address: &str) {
        self.post("/url", json!({ "url": address }));
    }

    fn element(&self, selector: &str) -> String {
        let found = self.post("/element", json!({ "using": "css selector", "value": selector }));
        let (_, id) = found.as_object().unwrap().iter().next().unwrap();
        format!("/element/{}", id.as_str().unwrap())
    }

    fn click(&self, selector: &str) {
        self.post(&format!("{}/click", self.element(selector)), json!({}));
    }

    fn text(&self, selector: &str) -> String {
        let path = format!("{}{}/text", self.session, self.element(selector));
        self.ask("GET", &path, &Value::Null).as_str().unwrap().to_owned()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                self.ask("DELETE", &self.session, &Value::Null)
            }));
        }
        // With the group goes whatever of the browser is left.
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.driver.id())]).status();
        let _ = self.driver.wait();
    }
}

/// The plain address behind the code's deep link, as a phone with a camera would open it.
fn scanned(url: &str) -> String {
    let link = url::Url::parse(url).unwrap();
    link.query_pairs().find(|(name, _)| name == "request_uri").expect("the link names its request").1.into_owned()
}

/// Waits for a learner who chooses themselves on the page and then clicks `button`.
async fn decided(button: &'static str) -> (Value, String) {
    let stand = Arc::new(Stand::new().await);
    let qr = stand.call("generate_qr", json!({ "ukprn": NORTHBRIDGE })).await.unwrap();
    let address = scanned(qr["url"].as_str().unwrap());
    let waiting = {
        let (stand, id) = (Arc::clone(&stand), qr["correlationId"].clone());
        tokio::spawn(
            async move { stand.call("poll_learner_data", json!({ "correlationId": id, "waitMs": 60_000 })).await },
        )
    };
    let page = tokio::task::spawn_blocking(move || {
        let browser = Browser::start();
        browser.open(&address);
        browser.click(&format!("select#learner option[value='{ORLA}']"));
        browser.click(button);
        browser.text("#outcome")
    });
    let page = within(LIMIT, page).await.unwrap();
    (within(LIMIT, waiting).await.unwrap().unwrap(), page)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_learner_who_approves_on_the_page_ends_the_wait_with_their_record() {
    let (done, page) = decided("button#approve").await;
    assert_eq!((&done["outcome"], &done["record"]["uln"]), (&json!("shared"), &json!(ORLA)));
    assert!(!page.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_learner_who_declines_on_the_page_ends_the_wait_without() {
    let (done, page) = decided("button#decline").await;
    assert_eq!(done["outcome"], "declinedOrExpired");
    assert!(done.get("record").is_none() && !page.is_empty());
}
