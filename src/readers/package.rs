//! Parts of a zip package of XML (DOCX, OFD): their text, and the paths by which they name each other.

use super::{FileHead, ReadFault, SourceFile};
use crate::corpus::{ZipLimits, ZipPackage, ZipPackageError, decode};

/// What is said of a package that cannot be read.
fn fault(error: &ZipPackageError) -> ReadFault {
    ReadFault::Broken(error.to_string())
}

/// Opens a file as a package.
///
/// # Errors
/// [`ReadFault::Broken`].
pub(super) fn open<'a>(file: &SourceFile<'a>) -> Result<ZipPackage<'a>, ReadFault> {
    ZipPackage::open(file.bytes, ZipLimits::default()).map_err(|error| fault(&error))
}

/// The text of a part.
///
/// # Errors
/// [`ReadFault`] where it cannot be unpacked or decoded.
pub(super) fn part_text(package: &mut ZipPackage, name: &str) -> Result<String, ReadFault> {
    let bytes = package.part(name).map_err(|error| fault(&error))?;
    let declared = FileHead::read(&bytes).declared();
    Ok(decode(bytes, declared.as_deref())?.text)
}

/// The path of a part that another part names: from the folder of that one, or from the root where it begins with `/`.
pub(super) fn resolved(from: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        path.extend(from.split('/').filter(|step| !step.is_empty()));
        path.pop();
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_from_the_folder_of_a_part() {
        assert_eq!(resolved("word/document.xml", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word/document.xml", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolved("Doc_0/Document.xml", "./Pages/../Tpls/x.xml"), "Doc_0/Tpls/x.xml");
        assert_eq!(resolved("OFD.xml", "..\\..\\etc/passwd"), "etc/passwd");
    }
}
