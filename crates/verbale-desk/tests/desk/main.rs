//! A real server, asked over real sockets: each test starts its own on a free port and stops it.

mod decisions;
mod interface;
mod pages;
mod refused;
mod support;
