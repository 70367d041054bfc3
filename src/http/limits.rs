//! What a server allows its callers.

use std::num::NonZeroUsize;
use std::time::Duration;

/// Limits of a server; each is a key `limits.http.…` of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpLimits {
    /// Connections at once; more wait until one ends.
    pub connections: usize,
    /// Connections of one network at once; more are told to come back. A known proxy may have all.
    pub connections_per_client: usize,
    /// How long a connection may last, so that slow readers do not hold all of them for ever.
    pub connection_timeout: Duration,
    /// How long a caller may take to send the head of a request.
    pub header_timeout: Duration,
    /// The most headers of a request.
    pub headers: usize,
    /// The most bytes of a request's head, with its address.
    pub header_bytes: usize,
    /// How long a caller may read nothing of an answer.
    pub write_timeout: Duration,
    /// How long the work of a request may run.
    pub query_timeout: Duration,
    /// Interactive works that run at once; `None`: two for each core.
    pub interactive_permits: Option<usize>,
    /// Analytic works that run at once; `None`: all cores but one.
    pub analytic_permits: Option<usize>,
    /// Works of each kind that wait for a permit.
    pub queue_length: usize,
    /// Works of each kind and of one client that wait for a permit.
    pub queue_length_per_client: usize,
    /// How long interactive work waits for a permit: a person waits less long than a program.
    pub interactive_queue_timeout: Duration,
    /// How long analytic work waits for a permit.
    pub analytic_queue_timeout: Duration,
    /// How long running requests may take to end after a stop.
    pub shutdown_grace: Duration,
    /// The largest form that `baoku review` takes, in bytes.
    pub form_bytes: usize,
    /// How long a form may take to arrive.
    pub form_timeout: Duration,
    /// Answers of fewer bytes are not compressed.
    pub compression_threshold: usize,
}

impl Default for HttpLimits {
    fn default() -> Self {
        Self {
            connections: 512,
            connections_per_client: 128,
            connection_timeout: Duration::from_secs(600),
            header_timeout: Duration::from_secs(15),
            headers: 64,
            header_bytes: 64 * 1024,
            write_timeout: Duration::from_secs(30),
            query_timeout: Duration::from_secs(20),
            interactive_permits: None,
            analytic_permits: None,
            queue_length: 64,
            queue_length_per_client: 32,
            interactive_queue_timeout: Duration::from_secs(5),
            analytic_queue_timeout: Duration::from_secs(10),
            shutdown_grace: Duration::from_secs(10),
            form_bytes: 32 * 1024,
            form_timeout: Duration::from_secs(15),
            compression_threshold: 1024,
        }
    }
}

/// Interactive works that run at once for each core, unless the limits say otherwise.
const INTERACTIVE_PER_CORE: usize = 2;

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, NonZeroUsize::get)
}

impl HttpLimits {
    /// Permits for interactive work on this machine.
    pub(super) fn interactive(&self) -> usize {
        self.interactive_permits.unwrap_or_else(|| cores() * INTERACTIVE_PER_CORE)
    }

    /// Permits for analytic work on this machine: it leaves a core to those who read, where there are several.
    pub(super) fn analytic(&self) -> usize {
        self.analytic_permits.unwrap_or_else(|| (cores() - 1).max(1))
    }
}
