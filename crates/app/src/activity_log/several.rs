//! Rows of the log that are about no one thing: how many there were and from which number to which, which file, which
//! edition of the trust data, which setting from what to what. What a row of an earlier program does not say is left
//! out.

use serde_json::Value;
use zizhi_model::{Text, civil};
use zizhi_store::{Activity, Credential};

use super::names;
use super::settings_words::settings;
use super::told::{Teller, count, ids, said};
use crate::failure::{Failure, told};
use crate::register_changes;
use crate::verify_view::type_name;

impl Teller<'_> {
    /// What a row says of the things that it is about; nothing for a row about one thing that has a name.
    pub(super) fn several(&mut self, entry: &Activity) -> Result<Option<Text>, Failure> {
        Ok(match entry.action.as_str() {
            "credentials.issued" => self.issued(entry)?,
            "credentials.status_set" | "hold.imported" | "hold.moved" => self.listed(&ids(entry))?,
            "credentials.recovered" => join([self.listed(&ids(entry))?, firms(entry)]),
            "roster.imported" => join([file(entry), roster(entry)]),
            "case.continued" => {
                let case = self.named(&entry.object_kind, &entry.object_id)?;
                join([case, continued(entry)])
            }
            "cases.rejudged" => rejudged(entry),
            "trust.imported" => {
                let from = self.named(&entry.object_kind, &entry.object_id)?;
                join([from, edition(entry), file(entry)])
            }
            "cases.trust_noted" => edition(entry),
            "trust.time_seen" => seen(entry),
            "setting.changed" => settings(entry),
            "profile.corrected" => renamed(entry),
            "firm.changed" => {
                let firm = self.named(&entry.object_kind, &entry.object_id)?;
                join([firm, fields(entry)])
            }
            "backup.restored" => restored(entry),
            "backup.drilled" => join([backup_of(entry), file(entry)]),
            "restore.looked_back" => backup_of(entry),
            "status_list.exported" => join([lists(entry), files(entry)]),
            "status_list.signed" => lists(entry),
            "status_list.settled" => settled(entry),
            "issuer_record.exported" => file(entry),
            _ => None,
        })
    }

    /// A batch: its type, the numbers of the first and the last one, and how many firms got none.
    fn issued(&mut self, entry: &Activity) -> Result<Option<Text>, Failure> {
        let Some(kind) = said(entry, "type").map(type_name) else { return Ok(None) };
        let (first, last) = (self.kept(said(entry, "first"))?, self.kept(said(entry, "last"))?);
        let which = match (first, last, count(entry, "issued")) {
            (Some(only), _, Some(1)) => {
                let name = names::credential(only);
                told(format!("{} {}", kind.zh, name.zh), format!("{} {}", kind.en(), name.en()))
            }
            (Some(first), Some(last), Some(issued)) => match (first.number, last.number) {
                (Some(from), Some(to)) => {
                    told(format!("{} {from} 至 {to}", kind.zh), format!("{} {from} to {to}", kind.en()))
                }
                _ => told(
                    format!("{} {} 等 {issued} 家", kind.zh, first.subject_name),
                    format!("{} {} and {} more", kind.en(), first.subject_name, issued.saturating_sub(1)),
                ),
            },
            _ => kind,
        };
        let none = some(entry, "refused")
            .map(|none| told(format!("另有 {none} 家没有签发"), format!("{none} firms got none")));
        Ok(join([Some(which), none]))
    }

    /// The first credential by its name, and how many there are.
    fn listed(&mut self, ids: &[String]) -> Result<Option<Text>, Failure> {
        let Some(first) = ids.first() else { return Ok(None) };
        let named = self.named("credential", first)?;
        let count = ids.len();
        if count == 1 {
            return Ok(named);
        }
        Ok(named.map(|first| {
            told(format!("{} 等 {count} 份", first.zh), format!("{} and {} more", first.en(), count - 1))
        }))
    }

    fn kept(&self, id: Option<&str>) -> Result<Option<Credential>, Failure> {
        Ok(id.map(|id| self.reader.credential(id)).transpose()?.flatten())
    }
}

/// What a row says, in the parts that it has.
pub(super) fn join(parts: impl IntoIterator<Item = Option<Text>>) -> Option<Text> {
    let parts: Vec<Text> = parts.into_iter().flatten().collect();
    let zh: Vec<&str> = parts.iter().map(|part| part.zh.as_ref()).collect();
    let en: Vec<&str> = parts.iter().map(Text::en).collect();
    (!parts.is_empty()).then(|| told(zh.join("；"), en.join("; ")))
}

/// The organisation's own name, from what to what.
fn renamed(entry: &Activity) -> Option<Text> {
    let name = |at| entry.summary.pointer(at).and_then(Value::as_str);
    let (from, to) = (name("/name/0")?, name("/name/1")?);
    Some(told(format!("{from} → {to}"), format!("{from} → {to}")))
}

/// What was changed of a firm. A row of an earlier program does not say.
fn fields(entry: &Activity) -> Option<Text> {
    let changed = entry.summary.get("fields")?.as_object()?;
    join(changed.iter().map(|(name, values)| register_changes::words(name, values)))
}

/// A count that is worth telling.
fn some(entry: &Activity, name: &str) -> Option<u64> {
    count(entry, name).filter(|count| *count > 0)
}

fn firms(entry: &Activity) -> Option<Text> {
    let firms = some(entry, "firms")?;
    Some(told(format!("名册新增企业 {firms} 家"), format!("{firms} firms added to the register")))
}

fn roster(entry: &Activity) -> Option<Text> {
    let (new, changed) = (count(entry, "new")?, count(entry, "changed")?);
    let refused = some(entry, "refused")
        .map(|rows| told(format!("没有导入 {rows} 行"), format!("{rows} rows left out")));
    let done = told(
        format!("新增企业 {new} 家，修改 {changed} 家"),
        format!("{new} firms added, {changed} changed"),
    );
    join([Some(done), refused])
}

/// Which version a case got, and from which case of its own if it was one.
fn continued(entry: &Activity) -> Option<Text> {
    let version = count(entry, "version")?;
    let from = said(entry, "from").map(|from| told(format!("原为 {from}"), format!("before {from}")));
    join([Some(told(format!("第 {version} 版档案"), format!("version {version} of the dossier"))), from])
}

fn rejudged(entry: &Activity) -> Option<Text> {
    let (all, moved) = (count(entry, "rejudged")?, count(entry, "moved")?);
    Some(told(format!("办件 {all} 件，结论变动 {moved} 件"), format!("{all} cases, {moved} verdicts moved")))
}

/// Which edition of the trust data.
fn edition(entry: &Activity) -> Option<Text> {
    let (snapshot, root) = (count(entry, "snapshot")?, count(entry, "root")?);
    let edition = told(
        format!("信任数据第 {snapshot} 版（根第 {root} 版）"),
        format!("trust data, edition {snapshot} (root {root})"),
    );
    let lists = said(entry, "lists").and_then(|at| civil::parse_time(at).ok()).map(|at| {
        told(
            format!("吊销名单截至{}", civil::time_zh(at)),
            format!("status lists as of {}", civil::time_en(at)),
        )
    });
    join([Some(edition), lists])
}

/// Up to when trust data was signed.
fn seen(entry: &Activity) -> Option<Text> {
    let at = civil::parse_time(said(entry, "newest")?).ok()?;
    Some(told(civil::time_zh(at), civil::time_en(at)))
}

fn file(entry: &Activity) -> Option<Text> {
    let name = said(entry, "file")?;
    Some(told(format!("文件 {name}"), format!("file {name}")))
}

fn files(entry: &Activity) -> Option<Text> {
    let names = entry.summary.get("files").and_then(Value::as_array)?;
    let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
    let told = told(format!("文件 {}", names.join("、")), format!("files {}", names.join(", ")));
    (!names.is_empty()).then_some(told)
}

fn lists(entry: &Activity) -> Option<Text> {
    let count = entry.summary.get("lists").and_then(Value::as_array)?.len();
    Some(told(format!("吊销名单 {count} 份"), format!("status lists: {count}")))
}

/// By what lists were settled: a list that was signed then, or what somebody stated.
fn settled(entry: &Activity) -> Option<Text> {
    let signed = entry.summary.pointer("/lists/0/iat").and_then(Value::as_i64);
    let signed = signed.and_then(civil::from_numeric_date).map(|at| {
        told(format!("按{}签署的名单", civil::time_zh(at)), format!("by the list of {}", civil::time_en(at)))
    });
    let changed = entry.summary.get("changed").and_then(Value::as_array).map(|changed| {
        let count = changed.len();
        told(format!("有变动的凭证 {count} 份"), format!("credentials that changed: {count}"))
    });
    join([lists(entry), signed, changed])
}

fn restored(entry: &Activity) -> Option<Text> {
    join([
        backup_of(entry),
        file(entry),
        said(entry, "kept").map(|kept| {
            told(format!("原数据库保留为 {kept}"), format!("the database that was there is kept as {kept}"))
        }),
        some(entry, "credentials").map(|count| {
            told(format!("从原数据库取回凭证 {count} 份"), format!("credentials taken over from it: {count}"))
        }),
        some(entry, "changed").map(|count| {
            told(
                format!("从原数据库取回状态变动 {count} 份"),
                format!("changes of status taken over from it: {count}"),
            )
        }),
        some(entry, "unsettled").map(|count| {
            told(format!("待核对的吊销名单 {count} 份"), format!("status lists to be settled: {count}"))
        }),
    ])
}

/// When a backup was made.
fn backup_of(entry: &Activity) -> Option<Text> {
    let made = civil::parse_time(said(entry, "made")?).ok()?;
    Some(told(format!("{}的备份", civil::time_zh(made)), format!("the backup of {}", civil::time_en(made))))
}
