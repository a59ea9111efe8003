//! Why the desk cannot be opened.

use std::net::{IpAddr, SocketAddr};

/// An error before or while serving.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// Others could write.
    #[error(
        "--bind {bind}: others can reach this address; name a token with --token that they must know to write, or leave --bind out"
    )]
    NoToken {
        /// The address asked for.
        bind: IpAddr,
    },
    /// The port is taken, or not ours to take.
    #[error(
        "{wanted}: cannot listen there: {cause}; take another port, or --port 0 for a free one"
    )]
    Bind {
        /// The address asked for.
        wanted: SocketAddr,
        /// The system's own words.
        cause: std::io::Error,
    },
    /// The system gives no randomness for a token.
    #[error("no fresh token can be made: {0}; name one with --token")]
    Token(getrandom::Error),
    /// The system gives no threads or sockets.
    #[error("the server stopped: {0}")]
    Runtime(std::io::Error),
    /// The store or the coder.
    #[error(transparent)]
    Engine(#[from] verbale_engine::Error),
}
