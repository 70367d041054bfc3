//! What a server sent.

use serde_json::Value;
use std::io::{Read, Write};

/// An answer, from its status to its last byte.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status and headers.
    pub head: String,
    bytes: Vec<u8>,
}

impl Answer {
    /// What the server at HOST:PORT answers to a request, which must end the connection.
    pub fn of(address: &str, request: &str) -> Self {
        let mut stream = std::net::TcpStream::connect(address).expect("a connection");
        stream.write_all(request.as_bytes()).expect("writing");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("reading");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an end of the head");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("UTF-8");
        Self { head, bytes: bytes.split_off(end + 4) }
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status")
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The body as it was sent.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The same answer, its body put together of the chunks that were sent.
    pub fn unchunked(&self) -> Self {
        let (mut bytes, mut rest) = (Vec::new(), self.bytes.as_slice());
        while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
            let size = std::str::from_utf8(&rest[..end]).expect("a size");
            let size = usize::from_str_radix(size, 16).expect("a size");
            bytes.extend_from_slice(&rest[end + 2..end + 2 + size]);
            rest = &rest[end + 2 + size + 2..];
            if size == 0 {
                break;
            }
        }
        Self { head: self.head.clone(), bytes }
    }

    /// The body as text.
    pub fn body(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {} {}", self.head, self.body()))
    }
}

/// A text as a part of an address.
pub fn encoded(text: &str) -> String {
    let part =
        |byte: u8| if byte.is_ascii_alphanumeric() { (byte as char).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(part).collect()
}
