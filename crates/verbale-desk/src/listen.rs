//! Connections: each is answered on its own, and one whose request does not come in is not waited for.

use std::future::Future;
use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::forms;

/// How long answers that have begun may take once the server is asked to stop.
const LAST: Duration = Duration::from_secs(10);

/// How long nothing is accepted when the system has no more sockets to give.
const BREATH: Duration = Duration::from_millis(50);

/// Answers until `stop` is done; what is being answered then is finished. The head of a request has to come in within
/// `patience`, and a connection that is kept open asks again within it.
pub async fn listen(
    listener: TcpListener,
    router: Router,
    patience: Duration,
    stop: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience);
    let open = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            // The client has left again, or there are too many connections: those that are open go on.
            Err(error) if is_of_the_client(&error) => continue,
            Err(_) => {
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        // Answers are small and whole: waiting to fill a packet would only delay them.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let request = forms::take_form(request.map(Body::new));
            router.clone().oneshot(request)
        });
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A client that leaves, or sends what is no HTTP, ends its own connection only.
            let _ = connection.await;
        });
    }
    let _ = tokio::time::timeout(LAST, open.shutdown()).await;
}

fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}
