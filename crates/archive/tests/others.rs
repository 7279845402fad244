//! What others write is read here, and what is written here others read.

#![expect(clippy::panic, clippy::unwrap_used, reason = "helpers of tests stop at the first surprise")]

use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use zip::write::SimpleFileOptions;
use zizhi_archive::{Archive, Bounds, Method, Writer, is_safe_path};

const BOUNDS: Bounds = Bounds { file_bytes: 1 << 24, entry_bytes: 1 << 22, entries: 500, ratio: 200 };

/// The 40 000 bytes of `attachments/big` in every file of `by-others`.
fn big() -> Vec<u8> {
    (0..40_000_u32).map(|index| ((index * 31) ^ (index >> 7)) as u8).collect()
}

fn contents() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("mimetype", b"application/vnd.zizhitong.dossier+zip".to_vec()),
        ("manifest.jwt", b"a.b.c".to_vec()),
        ("attachments/big", big()),
    ]
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/zip/by-others")
}

fn assert_holds(path: &Path) {
    let mut archive = Archive::open(File::open(path).unwrap(), &BOUNDS)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let files = archive.entries().iter().filter(|entry| !entry.directory).count();
    assert_eq!(files, contents().len(), "{}", path.display());
    for (name, content) in contents() {
        let index = archive.find(name).unwrap_or_else(|| panic!("{}: no {name}", path.display()));
        assert!(archive.read(index, 1 << 22).unwrap() == content, "{}: {name}", path.display());
    }
}

fn ours(method: Method) -> Vec<u8> {
    let mut writer = Writer::new(Cursor::new(Vec::new())).unwrap();
    for (index, (name, content)) in contents().into_iter().enumerate() {
        // Both ways of adding have to give archives that others read.
        if index % 2 == 0 {
            writer.add(name, method, &mut content.as_slice()).unwrap();
        } else {
            writer.add_bytes(name, method, &content).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

fn python() -> Command {
    Command::new(std::env::var_os("ZIZHI_INTEROP_PYTHON").unwrap_or_else(|| "python3".into()))
}

#[test]
fn reads_what_ten_other_writers_made() {
    let mut read = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "zip") {
            assert_holds(&path);
            read += 1;
        }
    }
    assert_eq!(read, 12, "every committed file was read");
}

#[test]
fn reads_what_the_zip_crate_writes() {
    for method in [zip::CompressionMethod::Stored, zip::CompressionMethod::Deflated] {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in contents() {
            writer.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(&content).unwrap();
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), writer.finish().unwrap().into_inner()).unwrap();
        assert_holds(file.path());
    }
}

#[test]
fn the_zip_crate_reads_what_is_written_here() {
    for method in [Method::Stored, Method::Deflate] {
        let mut archive = zip::ZipArchive::new(Cursor::new(ours(method))).unwrap();
        assert_eq!(archive.len(), contents().len());
        for (index, (name, content)) in contents().into_iter().enumerate() {
            let mut file = archive.by_index(index).unwrap();
            assert_eq!(file.name().unwrap(), name);
            let mut found = Vec::new();
            file.read_to_end(&mut found).unwrap();
            assert!(found == content, "{name}");
        }
    }
}

const READ_BY_PYTHON: &str = r#"
import sys, zipfile
big = bytes(((i * 31) ^ (i >> 7)) & 255 for i in range(40000))
for path in sys.argv[1:]:
    with zipfile.ZipFile(path) as z:
        assert z.testzip() is None
        assert z.namelist() == ["mimetype", "manifest.jwt", "attachments/big"], z.namelist()
        assert z.read("attachments/big") == big
        assert all(i.date_time == (1980, 1, 1, 0, 0, 0) for i in z.infolist())
"#;

#[test]
fn python_reads_what_is_written_here() {
    let folder = tempfile::tempdir().unwrap();
    let paths = [Method::Stored, Method::Deflate].map(|method| {
        let path = folder.path().join(format!("{method:?}.zip"));
        std::fs::write(&path, ours(method)).unwrap();
        path
    });
    let output = python().arg("-c").arg(READ_BY_PYTHON).args(paths).output().expect("python3 starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

const WRITTEN_BY_PYTHON: &str = r#"
import io, random, sys, zipfile
big = bytes(((i * 31) ^ (i >> 7)) & 255 for i in range(40000))
class Pipe(io.RawIOBase):
    def __init__(self, inner): self.inner = inner
    def writable(self): return True
    def seekable(self): return False
    def write(self, data): return self.inner.write(data)
for number in range(40):
    r = random.Random(number)
    with open(f"{sys.argv[1]}/{number}.zip", "wb") as f:
        with zipfile.ZipFile(Pipe(f) if number % 2 else f, "w") as z:
            for name, data in [("mimetype", b"application/vnd.zizhitong.dossier+zip"), ("manifest.jwt", b"a.b.c"), ("attachments/big", big)]:
                z.writestr(name, data, compress_type=r.choice([0, 8]), compresslevel=r.choice([1, 6, 9]))
"#;

#[test]
fn reads_what_python_writes_with_and_without_seeking() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        python().arg("-c").arg(WRITTEN_BY_PYTHON).arg(folder.path()).output().expect("python3 starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for number in 0..40 {
        assert_holds(&folder.path().join(format!("{number}.zip")));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert!(ours(Method::Deflate) == ours(Method::Deflate));
    let path = folder().join("../written-here/stored.zip");
    if std::env::var_os("ZIZHI_BLESS").is_some() {
        std::fs::write(&path, ours(Method::Stored)).unwrap();
    }
    let committed = std::fs::read(path).unwrap();
    assert!(ours(Method::Stored) == committed, "the form of an archive never changes silently");
}

#[test]
fn the_writer_refuses_what_the_reader_would() {
    for name in ["../a", "a:b", "/a", "folder/", "", "NUL"] {
        assert!(
            Writer::new(Cursor::new(Vec::new())).unwrap().add_bytes(name, Method::Stored, b"").is_err(),
            "{name}"
        );
    }
    let mut writer = Writer::new(Cursor::new(Vec::new())).unwrap();
    writer.add_bytes("a", Method::Stored, b"").unwrap();
    assert!(writer.add_bytes("A", Method::Stored, b"").is_err(), "one name twice, letter case aside");
}

#[test]
fn safe_names_are_safe_everywhere() {
    for name in [
        "mimetype",
        "credentials/001.sdjwt",
        "metadata/1.root.json",
        "资质/营业执照.pdf",
        "a b",
        "console.txt",
        "com",
        "com10",
    ] {
        assert!(is_safe_path(name), "{name}");
    }
    for name in ["con", "Con.txt", "COM¹", "lpt9.x.y", "aux .txt", "a/nul/b", "a\u{85}", "CONIN$"] {
        assert!(!is_safe_path(name), "{name}");
    }
}
