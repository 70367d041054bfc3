//! Sockets: the accept loop with its limits, and an orderly end.

use super::proxies::{Proxies, network};
use super::stall_timeout::StallTimeout;
use super::{ClientAddress, HttpLimits};
use crate::messages::Bilingual;
use axum::Router;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another program listens there.
    #[error("{0} is in use by another program; give another address with --listen, such as 127.0.0.1:8081")]
    InUse(String),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; give an address as HOST:PORT with --listen")]
    Listen {
        /// The address.
        address: String,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// Others than this machine could reach the address.
    #[error(
        "{0} can be reached from other machines, and labels are taken from this one only; give --listen 127.0.0.1:PORT"
    )]
    NotLoopback(String),
    /// The runtime failed.
    #[error("the server cannot run: {0}")]
    Runtime(#[from] std::io::Error),
}

impl ServeError {
    /// The error in both languages.
    pub fn told(&self) -> Bilingual {
        let zh = match self {
            Self::InUse(address) => format!("{address} 已被别的程序占用；请用 --listen 另给地址，如 127.0.0.1:8081"),
            Self::Listen { address, source } => {
                format!("不能监听 {address}：{source}；请用 --listen 给出 HOST:PORT 这样的地址")
            }
            Self::NotLoopback(address) => {
                format!("{address} 从别的机器也能访问，而标注只接受本机；请用 --listen 127.0.0.1:PORT")
            }
            Self::Runtime(error) => format!("服务不能运行：{error}"),
        };
        Bilingual { en: self.to_string(), zh }
    }
}

/// Takes an address, before anything slow is begun.
///
/// # Errors
/// [`ServeError::InUse`] or [`ServeError::Listen`].
pub fn bind(address: &str) -> Result<std::net::TcpListener, ServeError> {
    let listener = std::net::TcpListener::bind(address).map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::InUse(address.to_owned()),
        _ => ServeError::Listen { address: address.to_owned(), source },
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Takes an address that only this machine can reach, and gives it as it was taken.
///
/// # Errors
/// [`ServeError::NotLoopback`], and as of [`bind`].
pub fn bind_loopback(address: &str) -> Result<(std::net::TcpListener, SocketAddr), ServeError> {
    let failed = |source| ServeError::Listen { address: address.to_owned(), source };
    // A name is looked up once: what it means must not change between the check and the use.
    let found: Vec<SocketAddr> = address.to_socket_addrs().map_err(failed)?.collect();
    let is_here = |found: &&SocketAddr| found.ip().is_loopback();
    let first = found.first().filter(|_| found.iter().all(|one| is_here(&one)));
    let listener = bind(&first.ok_or_else(|| ServeError::NotLoopback(address.to_owned()))?.to_string())?;
    let taken = listener.local_addr()?;
    Ok((listener, taken))
}

/// Serves until the process is told to stop (Ctrl-C or SIGTERM), then lets running requests end.
///
/// # Errors
/// [`ServeError::Runtime`].
pub fn serve(
    listener: std::net::TcpListener,
    router: Router,
    proxies: Proxies,
    limits: &HttpLimits,
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let listener = TcpListener::from_std(listener)?;
        accept(listener, router, Arc::new(proxies), limits, stop()).await;
        Ok(())
    });
    // A search that does not end must not keep the process.
    runtime.shutdown_timeout(limits.shutdown_grace);
    served
}

async fn stop() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

/// Connections by address.
#[derive(Default)]
struct ConnectionCounts(Mutex<HashMap<IpAddr, usize>>);

impl ConnectionCounts {
    fn counts(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one more connection of an address, unless it has enough.
    fn place(self: &Arc<Self>, address: IpAddr, most: usize) -> Option<ConnectionSlot> {
        let mut counts = self.counts();
        let count = counts.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(ConnectionSlot { addresses: Arc::clone(self), address })
    }
}

/// The place of a connection; it is free again when this is dropped.
struct ConnectionSlot {
    addresses: Arc<ConnectionCounts>,
    address: IpAddr,
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let mut counts = self.addresses.counts();
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// What an address with too many connections is told, if it can be told at once.
const TOO_MANY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

fn refuse(stream: &TcpStream) {
    let _ = stream.try_write(TOO_MANY);
}

async fn accept(
    listener: TcpListener,
    router: Router,
    proxies: Arc<Proxies>,
    limits: &HttpLimits,
    stop: impl Future<Output = ()>,
) {
    let (write_timeout, connection_timeout) = (limits.write_timeout, limits.connection_timeout);
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_headers(limits.headers)
        .max_buf_size(limits.header_bytes);
    let connections = Arc::new(Semaphore::new(limits.connections));
    let addresses: Arc<ConnectionCounts> = Arc::default();
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let next = async {
            let permit = connections.clone().acquire_owned().await.ok()?;
            Some((permit, listener.accept().await))
        };
        let (permit, stream, client) = tokio::select! {
            next = next => match next {
                Some((permit, Ok((stream, address)))) => (permit, stream, address.ip()),
                // Out of file descriptors, or a caller that is gone already: go on a little later.
                Some((_, Err(_))) => { tokio::time::sleep(Duration::from_millis(50)).await; continue }
                None => break,
            },
            () = &mut stop => break,
        };
        let most = if proxies.has(client) { limits.connections } else { limits.connections_per_client };
        let Some(place) = addresses.place(network(client), most) else {
            refuse(&stream);
            continue;
        };
        let routes = TowerToHyperService::new(router.clone());
        let proxies = Arc::clone(&proxies);
        let answer = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
            let client = ClientAddress(network(proxies.client(client, request.headers())));
            request.extensions_mut().insert(client);
            routes.call(request)
        });
        let connection = http.serve_connection(TokioIo::new(StallTimeout::new(stream, write_timeout)), answer);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _ = tokio::time::timeout(connection_timeout, connection).await;
            drop((permit, place));
        });
    }
    let _ = tokio::time::timeout(limits.shutdown_grace, graceful.shutdown()).await;
}
