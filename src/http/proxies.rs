//! Proxies that stand before the server: who asks is told by `X-Forwarded-For`, which only they are believed.

use axum::http::HeaderMap;
use std::net::IpAddr;

/// The header in which a proxy appends the address that it was asked by.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Addresses of proxies.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Vec<IpAddr>);

impl Proxies {
    /// These addresses.
    pub fn new(addresses: Vec<IpAddr>) -> Self {
        Self(addresses)
    }

    /// Whether connections of an address are those of many callers.
    pub(super) fn has(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }

    /// Who asks: the last address of the header that is no proxy, where the connection comes from one; else its own.
    pub(super) fn client(&self, connection: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.has(connection) {
            return connection;
        }
        let values: Vec<&[u8]> = headers.get_all(FORWARDED_FOR).iter().map(|value| value.as_bytes()).collect();
        // What stands before an address that cannot be read was not written by a proxy that is known.
        let named = values.iter().rev().flat_map(|value| value.rsplit(|byte| *byte == b','));
        let named = named.map_while(|name| address(std::str::from_utf8(name).ok()?.trim()));
        let mut last = connection;
        for address in named {
            last = address;
            if !self.has(address) {
                break;
            }
        }
        last
    }
}

/// What limits by address count: of IPv6 the network of 64 bits, because one caller has all addresses of it.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        four => four,
    }
}

/// An address with or without its port.
fn address(text: &str) -> Option<IpAddr> {
    let socket = || text.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip());
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse::<IpAddr>().ok().or_else(socket).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn one_network_counts_as_one_caller() {
        let of = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!([of("2001:db8:1:2:3::9"), of("2001:db8:1:2::1")], ["2001:db8:1:2::", "2001:db8:1:2::"]);
        assert_eq!([of("192.0.2.7"), of("::ffff:192.0.2.7")], ["192.0.2.7", "192.0.2.7"]);
    }

    #[test]
    fn a_header_of_a_stranger_is_not_believed() {
        let proxies = Proxies::new(vec!["10.0.0.1".parse().unwrap(), "127.0.0.1".parse().unwrap()]);
        let asked = |connection: &str, rows: &[&'static str]| {
            let mut headers = HeaderMap::new();
            rows.iter().for_each(|row| _ = headers.append(FORWARDED_FOR, HeaderValue::from_static(row)));
            proxies.client(connection.parse().unwrap(), &headers).to_string()
        };
        assert_eq!(asked("192.0.2.7", &["198.51.100.1"]), "192.0.2.7");
        assert_eq!(asked("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(asked("127.0.0.1", &["203.0.113.9, 198.51.100.1, 10.0.0.1"]), "198.51.100.1");
        assert_eq!(asked("127.0.0.1", &["203.0.113.9", "[2001:db8::1]:443"]), "2001:db8::1");
        assert_eq!(asked("::ffff:127.0.0.1", &["198.51.100.1:80"]), "198.51.100.1");
        assert_eq!(asked("127.0.0.1", &["198.51.100.1, what is this"]), "127.0.0.1");
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED_FOR, HeaderValue::from_bytes(b"\xE5, 198.51.100.1").unwrap());
        assert_eq!(proxies.client("127.0.0.1".parse().unwrap(), &headers).to_string(), "198.51.100.1");
        assert_eq!(asked("127.0.0.1", &[]), "127.0.0.1");
    }
}
