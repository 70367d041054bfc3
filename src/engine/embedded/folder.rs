//! The folder of an index: what it holds, as far as its marker tells.

use super::schema::FORMAT;
use super::stored;
use crate::engine::EngineError;
use std::path::Path;

/// Names the format beside tantivy's own files.
const MARKER: &str = "baoku-index.json";

#[derive(serde::Deserialize)]
struct Marker {
    format: serde_json::Value,
}

pub(super) fn io_error(folder: &Path) -> impl Fn(std::io::Error) -> EngineError {
    move |source| EngineError::Io { folder: folder.to_owned(), source }
}

/// What a folder holds, as far as the marker tells.
pub(super) fn check_marker(folder: &Path) -> Result<bool, EngineError> {
    let text = match std::fs::read_to_string(folder.join(MARKER)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let foreign = folder.join("meta.json").try_exists().map_err(io_error(folder))?;
            return if foreign { Err(EngineError::Foreign(folder.to_owned())) } else { Ok(false) };
        }
        Err(error) => return Err(io_error(folder)(error)),
    };
    let found =
        serde_json::from_str::<Marker>(&text).map_or_else(|_| "unknown".into(), |marker| marker.format.to_string());
    if found == FORMAT.to_string() {
        return Ok(true);
    }
    Err(EngineError::Version { folder: folder.to_owned(), found, wanted: FORMAT })
}

pub(super) fn write_marker(folder: &Path) -> Result<(), EngineError> {
    let text = format!("{{\"format\":{FORMAT}}}");
    let draft = folder.join(format!("{MARKER}.{}", std::process::id()));
    std::fs::write(&draft, text).map_err(io_error(folder))?;
    std::fs::rename(&draft, folder.join(MARKER)).map_err(io_error(folder))
}

/// Removes the files of an index, and nothing else. The marker goes last: a folder that was cleared in part is still
/// known as an index of baoku.
pub(super) fn clear_folder(folder: &Path) -> Result<(), EngineError> {
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io_error(folder))? {
        names.push(entry.map_err(io_error(folder))?.file_name().to_string_lossy().into_owned());
    }
    let is_segment = |name: &String| {
        let stem = name.split('.').next().unwrap_or_default();
        stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let ours = names.iter().filter(|name| is_segment(name) || stored::is_dictionary(name)).map(String::as_str);
    let own = ["meta.json", ".managed.json"].into_iter().chain(ours).chain([MARKER]);
    for name in own.filter(|name| names.iter().any(|present| present == name)) {
        std::fs::remove_file(folder.join(name)).map_err(io_error(folder))?;
    }
    Ok(())
}
