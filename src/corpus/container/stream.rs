//! A stream of which the first bytes were looked at.

use super::kind::HEAD;
use std::io::{Cursor, Read};

/// A stream with its first bytes before it again.
pub(super) type Peeked<'a> = std::io::Chain<Cursor<Vec<u8>>, Box<dyn Read + 'a>>;

/// Looks at the first bytes of a stream: gives them, and the whole stream.
///
/// # Errors
/// Those of the stream.
pub(super) fn peek<'a>(mut stream: Box<dyn Read + 'a>) -> std::io::Result<(Vec<u8>, Peeked<'a>)> {
    let mut head = Vec::with_capacity(HEAD);
    stream.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Cursor::new(head).chain(stream)))
}
