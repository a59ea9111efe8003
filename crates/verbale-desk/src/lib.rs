//! The pages and the HTTP interface over a store.
//!
//! One process, one store, loopback by default. Every page is made on the server and can be read without script; script
//! adds dropping files, sorting, keys and decisions. Nothing is fetched from anywhere else.

mod answer;
mod assets;
mod desk;
mod dossiers;
mod error;
mod forms;
mod guard;
mod intake;
mod listen;
mod made;
mod openapi;
mod pages;
mod paging;
mod pipe;
mod problem;
mod review;
mod router;
mod routes;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use verbale_engine::Engine;

pub use error::DeskError;

use crate::desk::Desk;
use crate::guard::Gate;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The store; it need not exist.
    pub store: PathBuf,
    /// Address to listen on.
    pub bind: IpAddr,
    /// Port; 0 takes a free one.
    pub port: u16,
    /// Token that writing asks for; `None` makes a fresh one, on loopback only.
    pub token: Option<String>,
    /// Whether nothing can be written.
    pub read_only: bool,
    /// How long the head of a request, and then its body, may take to come in.
    pub patience: Duration,
    /// How long a page of a pair may take before its beginning is sent ahead of it.
    pub beginning: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            store: PathBuf::from("verbale.db"),
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            token: None,
            read_only: false,
            patience: Duration::from_secs(30),
            beginning: Duration::from_millis(80),
        }
    }
}

/// Where the pages are, once they are.
#[derive(Debug, Clone)]
pub struct Address {
    /// Where the server listens.
    pub socket: SocketAddr,
    /// The token for writing; `None` if nothing can be written.
    pub token: Option<String>,
}

/// Serves until `stop` is done; requests that are being answered then are finished. `ready` is called once, when requests
/// are answered.
pub fn serve(
    engine: Engine,
    settings: Settings,
    ready: impl FnOnce(&Address),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), DeskError> {
    if !settings.bind.is_loopback() && settings.token.is_none() {
        return Err(DeskError::NoToken {
            bind: settings.bind,
        });
    }
    let token = match (settings.read_only, settings.token.clone()) {
        (true, _) => None,
        (false, Some(token)) => Some(token),
        (false, None) => Some(guard::fresh_token()?),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(DeskError::Runtime)?;
    runtime.block_on(async {
        let wanted = SocketAddr::new(settings.bind, settings.port);
        let failed = |cause| DeskError::Bind { wanted, cause };
        let listener = TcpListener::bind(wanted).await.map_err(failed)?;
        let socket = listener.local_addr().map_err(failed)?;
        let gate = Gate::new(socket, token.clone());
        let desk = Desk::new(engine, gate, &settings)?;
        let desk = Arc::new(desk);
        let router = router::router(desk.clone());
        ready(&Address { socket, token });
        tokio::spawn(router::make_ahead(desk));
        listen::listen(listener, router, settings.patience, stop).await;
        Ok(())
    })
}

/// Done when the process is asked to stop (Ctrl-C).
pub async fn interrupted() {
    // Without a signal handler the process ends at once, which the store survives as well.
    let _ = tokio::signal::ctrl_c().await;
}
