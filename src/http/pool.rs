//! Turns for blocking work: so many at once, a queue of stated length, and among those who wait the client goes first that
//! has the fewest running.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// What a pool allows.
#[derive(Clone, Copy, Debug)]
pub(super) struct PoolLimits {
    /// Works that run at once.
    pub(super) running: usize,
    /// Works that wait for a turn, and how many of them may be of one client.
    pub(super) waiting: usize,
    pub(super) waiting_each: usize,
    /// How long they wait.
    pub(super) wait: Duration,
}

/// Turns for one kind of work.
pub(super) struct WorkPool {
    room: PoolLimits,
    line: Mutex<WaitQueue>,
}

#[derive(Default)]
struct WaitQueue {
    running: usize,
    by_client: HashMap<IpAddr, usize>,
    waiting: VecDeque<(IpAddr, oneshot::Sender<PoolPermit>)>,
}

impl WaitQueue {
    fn begin(&mut self, client: IpAddr) {
        self.running += 1;
        *self.by_client.entry(client).or_default() += 1;
    }

    fn end(&mut self, client: IpAddr) {
        self.running -= 1;
        if let Some(running) = self.by_client.get_mut(&client) {
            *running -= 1;
            if *running == 0 {
                self.by_client.remove(&client);
            }
        }
    }

    /// Who comes next: of the client with the fewest running, the first who still waits.
    fn next(&mut self) -> Option<(IpAddr, oneshot::Sender<PoolPermit>)> {
        self.waiting.retain(|(_, waits)| !waits.is_closed());
        let running = |client: &IpAddr| self.by_client.get(client).copied().unwrap_or(0);
        let (at, _) = self.waiting.iter().enumerate().min_by_key(|(at, (client, _))| (running(client), *at))?;
        self.waiting.remove(at)
    }
}

/// A turn; it ends when it is dropped.
pub(super) struct PoolPermit {
    pool: Arc<WorkPool>,
    client: IpAddr,
}

impl WorkPool {
    pub(super) fn new(room: PoolLimits) -> Arc<Self> {
        Arc::new(Self { room, line: Mutex::default() })
    }

    fn line(&self) -> MutexGuard<'_, WaitQueue> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A turn for a client; `None` where the queue is full, or after a wait in it.
    pub(super) async fn turn(self: &Arc<Self>, client: IpAddr) -> Option<PoolPermit> {
        let waits = {
            let mut line = self.line();
            if line.running < self.room.running {
                line.begin(client);
                return Some(PoolPermit { pool: Arc::clone(self), client });
            }
            line.waiting.retain(|(_, waits)| !waits.is_closed());
            let own = line.waiting.iter().filter(|(other, _)| *other == client).count();
            if line.waiting.len() >= self.room.waiting || own >= self.room.waiting_each {
                return None;
            }
            let (give, waits) = oneshot::channel();
            line.waiting.push_back((client, give));
            waits
        };
        tokio::time::timeout(self.room.wait, waits).await.ok()?.ok()
    }

    /// Gives the turns that are free to those who wait.
    fn hand_over(self: &Arc<Self>) {
        loop {
            let next = {
                let mut line = self.line();
                let next = if line.running < self.room.running { line.next() } else { None };
                next.inspect(|(client, _)| line.begin(*client))
            };
            let Some((client, give)) = next else { return };
            // Who has gone meanwhile gives the turn back by dropping it.
            drop(give.send(PoolPermit { pool: Arc::clone(self), client }));
        }
    }
}

impl Drop for PoolPermit {
    fn drop(&mut self) {
        self.pool.line().end(self.client);
        self.pool.hand_over();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn client(n: u8) -> IpAddr {
        Ipv4Addr::new(10, 0, 0, n).into()
    }

    #[tokio::test]
    async fn turns_are_shared_fairly_and_the_queue_is_bounded() {
        let room = PoolLimits { running: 2, waiting: 3, waiting_each: 2, wait: Duration::from_millis(50) };
        let pool = WorkPool::new(room);
        let (one, two) = (pool.turn(client(1)).await.unwrap(), pool.turn(client(1)).await.unwrap());
        let wait = |n| {
            let pool = Arc::clone(&pool);
            tokio::spawn(async move { pool.turn(client(n)).await.map(|turn| (n, turn)) })
        };
        let same = [wait(1), wait(1)];
        tokio::task::yield_now().await;
        assert!(pool.turn(client(1)).await.is_none(), "a third of one client waits");
        let other = wait(2);
        tokio::task::yield_now().await;
        assert!(pool.turn(client(3)).await.is_none(), "the queue has no end");
        drop(one);
        let (n, _turn) = other.await.unwrap().expect("a turn for who has none");
        assert_eq!(n, 2);
        for waits in same {
            assert!(waits.await.unwrap().is_none(), "nobody waits for ever");
        }
        drop(two);
        assert!(pool.turn(client(1)).await.is_some(), "those who have gone keep no turn");
    }
}
