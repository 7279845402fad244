//! Takes a credential or an attachment out of a draft.

use crate::draft::DraftFolder;
use crate::failure::{Failure, told};

/// Takes out what stands in the draft as `named`: the file in the draft, or the name of an attachment. Gives
/// the file, which is gone from the draft's folder; the original that it was copied from stays.
///
/// # Errors
/// `DRAFT-NAME` if nothing is called so, or more than one thing is; `IO-WRITE`.
pub fn remove(folder: &mut DraftFolder, named: &str) -> Result<String, Failure> {
    let draft = &folder.draft;
    let credentials = draft.credentials.iter().map(|entry| (entry.file.as_str(), entry.file.as_str()));
    let attachments = draft.attachments.iter().map(|entry| (entry.file.as_str(), entry.name.as_str()));
    let there: Vec<(&str, &str)> = credentials.chain(attachments).collect();
    let by_file = there.iter().find(|(file, _)| *file == named);
    let mut by_name = there.iter().filter(|(_, name)| *name == named);
    let file = match (by_file, by_name.next(), by_name.next()) {
        (Some((file, _)), ..) | (None, Some((file, _)), None) => (*file).to_owned(),
        (None, None, _) => return Err(unclear(named, false, &there)),
        (None, Some(_), Some(_)) => return Err(unclear(named, true, &there)),
    };
    folder.draft.credentials.retain(|entry| entry.file != file);
    folder.draft.attachments.retain(|entry| entry.file != file);
    // First the list: a file that it does not name is no part of the draft.
    folder.save()?;
    let path = folder.path(&file);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::unwritable(&path, error)),
        _ => Ok(file),
    }
}

fn unclear(named: &str, several: bool, there: &[(&str, &str)]) -> Failure {
    let line = |(file, name): &(&str, &str)| {
        if file == name { (*file).to_owned() } else { format!("{file} ({name})") }
    };
    let list: Vec<String> = there.iter().map(line).collect();
    let list = if list.is_empty() { "—".to_owned() } else { list.join(", ") };
    let fact = if several {
        told(
            format!("草稿里不止一项叫做“{named}”，没有移除。"),
            format!("more than one thing in the draft is called {named:?}; nothing was taken out"),
        )
    } else {
        told(
            format!("草稿里没有“{named}”，没有移除。"),
            format!("nothing in the draft is called {named:?}; nothing was taken out"),
        )
    };
    Failure::input(
        "DRAFT-NAME",
        fact,
        told(format!("请写其中一个文件：{list}"), format!("name one of these files: {list}")),
    )
}
