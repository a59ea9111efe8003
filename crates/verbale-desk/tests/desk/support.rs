//! Starts a server and asks it, byte by byte, so that a test can say what no client would.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use verbale_desk::{Settings, serve};
use verbale_engine::Engine;

/// Two invented articles: one that tells of three states, and one that tries to be a page.
pub const TALKS: &str = "ZINDER, Niger, March 4. Chad and Niger signed a memorandum on grazing routes on 3 March 2024. \
    \"Niger supports Chad on the matter of Lake Chad,\" Foreign Minister Amina Sidi of Niger told reporters. \
    Mali and Niger held talks on trade in Gao.\n";
/// Markup, an address that runs script, marks that turn the direction of writing.
pub const HOSTILE: &str = "<script>document.title='owned'</script><img src=x onerror=alert(1)> Chad and Niger signed a \
    \"memorandum\" <b>on</b> javascript:alert(1) \u{202e}grazing\u{202c} routes on 5 May 2023.\n";

/// A running server.
pub struct Desk {
    pub address: SocketAddr,
    pub token: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    folder: TempDir,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// A field of the head.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (field, value) = line.split_once(": ")?;
            field.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {:.300}", self.status, self.body))
    }

    /// Asserts the status.
    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{:.500}", self.body);
        self
    }
}

impl Desk {
    /// A desk over an empty store.
    pub fn empty() -> Desk {
        Desk::with(|settings| settings)
    }

    /// A desk with other settings.
    pub fn with(change: impl FnOnce(Settings) -> Settings) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let settings = change(Settings {
            store: folder.path().join("desk.db"),
            token: Some("secret".into()),
            ..Settings::default()
        });
        let engine = Engine::load(None, Some(1)).unwrap();
        let (stop, stopped) = oneshot::channel();
        let (ready, is_ready) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let tell = |address: &verbale_desk::Address| ready.send(address.clone()).unwrap();
            let until = async { drop(stopped.await) };
            serve(engine, settings, tell, until).unwrap();
        });
        let address = is_ready.recv_timeout(Duration::from_secs(60)).unwrap();
        Desk {
            address: address.socket,
            token: address.token.unwrap_or_default(),
            stop: Some(stop),
            thread: Some(thread),
            folder,
        }
    }

    /// A desk that has read both texts.
    pub fn filled() -> Desk {
        let desk = Desk::empty();
        let progress = desk.add(json!({ "documents": [
            { "title": "talks", "text": TALKS, "published": "2024-03-04", "source": "Lake Wire" },
            { "title": "hostile <i>title</i>", "text": HOSTILE },
        ] }));
        assert_eq!(progress["outcome"]["added"], 2, "{progress}");
        desk
    }

    /// The folder of the store.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A path in that folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Sends lines of a head, and a body.
    pub fn send(&self, method: &str, path: &str, head: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let mut lines = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !head.iter().any(|(name, _)| *name == "Host") {
            lines.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in head {
            lines.push_str(&format!("{name}: {value}\r\n"));
        }
        if method == "POST" {
            lines.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        stream.write_all(format!("{lines}\r\n").as_bytes()).unwrap();
        // A server that refuses a body may close before it has read all of it.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8(answer).unwrap();
        let (head, rest) = answer.split_once("\r\n\r\n").expect("an answer has a head");
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        Answer {
            status,
            body: if chunked {
                unchunked(rest)
            } else {
                rest.into()
            },
            head: head.into(),
        }
    }

    /// Reads a page.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"")
    }

    /// Writes, with the token.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let token = format!("Bearer {}", self.token);
        let head = [
            ("Content-Type", "application/json"),
            ("Authorization", token.as_str()),
        ];
        self.send("POST", path, &head, body.to_string().as_bytes())
    }

    /// Adds texts and waits until they are read.
    pub fn add(&self, body: Value) -> Value {
        let answer = self.post("/docs", &body).is(202);
        let address = answer.field("location").unwrap().to_string();
        let began = Instant::now();
        loop {
            let progress = self.get(&address).is(200).json();
            if progress["state"] != "running" {
                return progress;
            }
            assert!(began.elapsed() < Duration::from_secs(120), "{progress}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking());
        }
    }
}

fn unchunked(mut rest: &str) -> String {
    let mut body = String::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            break;
        }
        body.push_str(&after[..size]);
        rest = &after[size + 2..];
    }
    body
}
