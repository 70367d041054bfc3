//! Why a run, an index or a folder cannot be used, in Chinese beside the English of the errors themselves.

use super::bilingual::{Bilingual, both};
use crate::corpus::RootError;
use crate::engine::EngineError;
use crate::ingest::{IngestError, UpgradeError};

/// Why a run was not begun or not ended.
pub fn ingest_error(error: &IngestError) -> Bilingual {
    let zh = match error {
        IngestError::Engine(error) => engine_error(error).zh,
        IngestError::EmptyRoot { name, folder, files } => format!(
            "{folder}：里面没有文件，而索引里有 {name} 的 {files} 个文件；什么也没有改。确实都没有了，请加 --allow-empty 再运行"
        ),
        IngestError::FilesLost { name, folder, gone, files } => format!(
            "{folder}：索引里 {name} 的 {files} 个文件，有 {gone} 个不见了或变空了；什么也没有改。请看文件夹是否完整；确实没有了，请加 --withdraw-missing 再运行"
        ),
        IngestError::CorrectionsLost { files, known, .. } => format!(
            "索引里有 {files} 个文件的文章由 {known} 订正或撤下，这次找不到这些订正；什么也没有改。请用 --corrections 指明文件或把它放回；要取消这些订正，请加 --forget-corrections 再运行"
        ),
        IngestError::Stated(error) => format!("{error}；什么也没有改"),
        IngestError::SameName(name) => format!("有两个文件夹都叫 {name}；请以 NAME=DIR 给其中一个另起名字"),
        IngestError::OtherFolder { name, folder, known } => {
            format!("索引里的 {name} 是 {known}，那个文件夹还在；请以 NAME=DIR 给 {folder} 另起名字")
        }
        IngestError::BadCorrection { id, value, what } => {
            let what = match *what {
                "region" => "地区",
                "topic" => "主题",
                other => other,
            };
            format!("对 {id} 的订正：没有 {value} 这个{what}；什么也没有改")
        }
        IngestError::LeftBehind(name) => {
            format!("索引里还有 {name} 的文件，重建也要重读它们；请把它的文件夹也给出，或另用一个 --index 文件夹")
        }
    };
    both(error.to_string(), zh)
}

/// Why an index cannot be used.
pub fn engine_error(error: &EngineError) -> Bilingual {
    let zh = match error {
        EngineError::Missing(folder) => format!("{} 里没有索引；请先运行 baoku ingest DIR", folder.display()),
        EngineError::Locked(folder) => format!("另一个程序正在写 {} 里的索引，请等它结束", folder.display()),
        EngineError::Foreign(folder) => {
            format!("{} 里的文件不是报库的索引；请用 --index 另选文件夹", folder.display())
        }
        EngineError::Dictionary(folder) => {
            format!("{} 里的索引是用另一部词典建的；请运行 baoku ingest --rebuild DIR", folder.display())
        }
        EngineError::Changing => "索引一直在变，请再试一次".to_owned(),
        EngineError::Damaged(what) => {
            format!("索引已损坏：{what}；baoku ingest --rebuild DIR 重建，读得出的都带上")
        }
        EngineError::Stopped => "已停止：时间到了，或没有人在等结果".to_owned(),
        EngineError::Version { folder, found, program, wanted, .. } => format!(
            "{} 里的索引是格式 {found}，由 {program} 写成，本程序读格式 {wanted}；旧的请运行 baoku upgrade，太旧的请运行 baoku ingest --rebuild DIR，更新的请用写它的程序",
            folder.display()
        ),
        EngineError::Io { .. } | EngineError::Failed { .. } | EngineError::Record(_) => {
            format!("索引不能用：{error}")
        }
    };
    both(error.to_string(), zh)
}

/// Why an index was not upgraded.
pub fn upgrade_error(error: &UpgradeError) -> Bilingual {
    let zh = match error {
        UpgradeError::Engine(error) => engine_error(error).zh,
        UpgradeError::Differs { .. } => "新索引与旧索引所存的不一样，旧索引没有动；请连同索引报告".to_owned(),
    };
    both(error.to_string(), zh)
}

/// Why a folder cannot be read.
pub fn root_error(error: &RootError) -> Bilingual {
    let zh = match error {
        RootError::Missing(folder) => format!("{folder}：没有这个文件夹"),
        RootError::NotAFolder(file) => format!("{file}：不是文件夹；请给出文件所在的文件夹"),
        RootError::Unreadable { path, source } => format!("{path}：不能读取：{source}"),
        RootError::NoName(folder) => format!("{folder}：文件夹没有名字；请以 NAME={folder} 给一个"),
    };
    both(error.to_string(), zh)
}
