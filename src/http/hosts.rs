//! Under which names a server is asked. A page of another site can have a browser ask this machine under a name of its own
//! (DNS rebinding): a server that listens on this machine alone answers under addresses and under names it knows.

use super::error::Failure;
use crate::messages::ServerFault;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The hosts that requests may name.
#[derive(Clone, Debug)]
pub struct Hosts {
    /// Names beside all addresses; `None` for any.
    names: Option<Vec<String>>,
}

/// Stands for any name.
const ANY: &str = "*";

impl Hosts {
    /// For a server that listens on `taken`, as `address` says, and is known under some names more. Where others than this
    /// machine reach it and no name is given, any is good.
    pub fn new<'a>(taken: Option<SocketAddr>, address: &str, more: impl IntoIterator<Item = &'a str>) -> Self {
        let more: Vec<String> = more.into_iter().map(str::to_ascii_lowercase).collect();
        if more.iter().any(|name| name == ANY)
            || (more.is_empty() && !taken.is_some_and(|taken| taken.ip().is_loopback()))
        {
            return Self { names: None };
        }
        let own = ["localhost".to_owned(), name_of(address).to_ascii_lowercase()];
        Self { names: Some(own.into_iter().chain(more).collect()) }
    }

    fn admits(&self, host: &str) -> bool {
        let name = name_of(host).to_ascii_lowercase();
        let is_address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        is_address || self.names.as_ref().is_none_or(|names| names.contains(&name))
    }
}

/// A host without its port.
fn name_of(host: &str) -> &str {
    let is_port = |port: &str| port.bytes().all(|b| b.is_ascii_digit());
    let name =
        host.rsplit_once(':').filter(|(name, port)| is_port(port) && (!name.contains(':') || name.ends_with(']')));
    name.map_or(host, |(name, _)| name).trim_end_matches('.')
}

/// The host that a request names; `None` where it names none or several.
fn requested_host<'a>(headers: &'a HeaderMap, of_address: Option<&'a str>) -> Option<&'a str> {
    let mut given = headers.get_all(header::HOST).iter();
    let (first, second) = (given.next(), given.next());
    let host = first.filter(|_| second.is_none())?.to_str().ok()?;
    Some(of_address.unwrap_or(host))
}

/// Answers under a known host alone.
pub(super) async fn check(State(hosts): State<Arc<Hosts>>, request: Request, next: Next) -> Response {
    let of_address = request.uri().authority().map(|authority| authority.as_str());
    let host = requested_host(request.headers(), of_address);
    let old = request.version() < Version::HTTP_11 && !request.headers().contains_key(header::HOST);
    match host {
        None if old => next.run(request).await,
        Some(host) if hosts.admits(host) => next.run(request).await,
        None => Failure::from(ServerFault::NoHost).into_response(),
        Some(_) => Failure::from(ServerFault::OtherHost).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(taken: &str, more: &[&str]) -> Hosts {
        Hosts::new(taken.parse().ok(), taken, more.iter().copied())
    }

    #[test]
    fn names_of_other_sites_are_refused_on_this_machine() {
        let here = hosts("127.0.0.1:8080", &[]);
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080", "192.168.1.5", "localhost."] {
            assert!(here.admits(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "evil.example:8080", "", "127.0.0.1.evil.example"] {
            assert!(!here.admits(host), "{host}");
        }
        assert!(hosts("127.0.0.1:1", &["Baoku.example.org"]).admits("baoku.example.org:443"));
        assert!(!hosts("127.0.0.1:1", &["baoku.example.org"]).admits("evil.example"));
        assert!(hosts("127.0.0.1:1", &["*"]).admits("evil.example"));
        assert!(hosts("0.0.0.0:1", &[]).admits("any.example"));
        assert!(!hosts("0.0.0.0:1", &["baoku.example.org"]).admits("evil.example"));
    }
}
