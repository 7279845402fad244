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
    let mut meant = there.iter().filter(|(file, name)| *file == named || *name == named);
    let (Some((file, _)), None) = (meant.next(), meant.next()) else {
        return Err(unclear(named, &there));
    };
    let file = (*file).to_owned();
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

fn unclear(named: &str, there: &[(&str, &str)]) -> Failure {
    let list: Vec<&str> = there.iter().map(|(file, _)| *file).collect();
    let list = if list.is_empty() { "—".to_owned() } else { list.join(" ") };
    Failure::input(
        "DRAFT-NAME",
        told(
            format!("草稿里没有，或不止一项叫做“{named}”，没有移除。"),
            format!(
                "nothing in the draft, or more than one thing, is called {named:?}; nothing was taken out"
            ),
        ),
        told(format!("请写其中一项：{list}"), format!("name one of these: {list}")),
    )
}
