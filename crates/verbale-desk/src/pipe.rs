//! A body that is written while it is sent: what is large is never whole in memory, and a reader that is slow slows the
//! writer.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::answer::{Coming, Writer};
use crate::desk::Desk;

/// Bytes that are sent at once.
const PIECE: usize = 64 * 1024;

/// Pieces that may wait for the reader.
const WAITING: usize = 4;

/// The body that a writer writes, on a thread that may block.
pub fn body(desk: Arc<Desk>, write: Writer) -> Body {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let mut inlet = Inlet {
            sender,
            piece: Vec::new(),
        };
        let end = write(&desk, &mut inlet).and_then(|()| inlet.flush());
        if let Err(error) = end {
            // The head is sent: a body that breaks off is all that can be said. The reader may be the one who left.
            let _ = inlet.sender.blocking_send(Err(error));
        }
    });
    Body::new(Outlet(receiver))
}

/// A body whose beginning is sent at once, and the rest once the page is made.
pub fn begun(beginning: String, page: Coming, patience: Duration) -> Body {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        let length = beginning.len();
        let head = Bytes::from(beginning);
        // A reader who leaves does not stop the page: others may ask for it.
        let _ = sender.send(Ok(head.clone())).await;
        let rest = match tokio::time::timeout(patience, page).await {
            Ok(Ok(page)) if page.body.starts_with(&head) => Ok(page.body.slice(length..)),
            // The head is sent: a body that breaks off is all that can be said.
            Ok(Ok(_)) => Err(io::Error::other("the page begins otherwise")),
            Ok(Err(problem)) => Err(io::Error::other(problem.detail)),
            Err(late) => Err(late.into()),
        };
        let _ = sender.send(rest).await;
    });
    Body::new(Outlet(receiver))
}

struct Inlet {
    sender: Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Inlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.piece));
        self.sender
            .blocking_send(Ok(piece))
            .map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

struct Outlet(Receiver<io::Result<Bytes>>);

impl HttpBody for Outlet {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0
            .poll_recv(context)
            .map(|piece| piece.map(|bytes| bytes.map(Frame::data)))
    }
}
