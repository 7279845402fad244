//! Stands between SQLite and the system's files: everything is passed through, and what reaches a file of the
//! recorded folder is noted once it was done.
//!
//! It is SQLite's default from [`install`] on, so that the database under test knows nothing of it. It is a
//! copy of the usual one with two functions of its own, and each recorded file has a copy of the usual table
//! of functions with four of its own. The shared memory of the log's index goes past it: what is left of that
//! after a power cut is thrown away by whoever opens the database next.
#![expect(
    unsafe_code,
    reason = "SQLite reaches files through C functions and raw pointers, and no other way"
)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;
use std::ptr;
use std::slice;
use std::sync::OnceLock;

use rusqlite::ffi::{self, sqlite3_file, sqlite3_io_methods, sqlite3_vfs};

use crate::record::{Event, Synchronous, note, recorded_name, synchronous};

/// The kinds of files that must outlive a power cut.
const KINDS: c_int = ffi::SQLITE_OPEN_MAIN_DB | JOURNALS;
/// SQLite for Unix syncs the folder together with the first sync of one of these.
const JOURNALS: c_int = ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL;

/// The address of the system's own functions, and where in a file's memory there is room behind its own.
struct Usual {
    vfs: usize,
    behind: usize,
}

static USUAL: OnceLock<Usual> = OnceLock::new();

/// Stands behind the system's own data in the memory that SQLite gives to an open file.
#[repr(C)]
struct Behind {
    usual: *const sqlite3_io_methods,
    ours: sqlite3_io_methods,
}

/// Makes the shim the one that every connection uses from now on.
pub fn install() {
    USUAL.get_or_init(|| {
        // SAFETY: no arguments but the null that asks for the default; the answer lives as long as the process.
        let vfs = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
        assert!(!vfs.is_null(), "SQLite knows the system's files");
        // SAFETY: not null, and nobody writes to it but registration, which this process does here alone.
        let mut ours = unsafe { *vfs };
        let behind = usize::try_from(ours.szOsFile).unwrap().next_multiple_of(align_of::<Behind>());
        ours.szOsFile = c_int::try_from(behind + size_of::<Behind>()).unwrap();
        ours.zName = c"recording".as_ptr();
        ours.pNext = ptr::null_mut();
        ours.xOpen = Some(open);
        ours.xDelete = Some(delete);
        // SAFETY: the table is never freed, and every function in it is the usual one or keeps its contract.
        let done = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(ours)), 1) };
        assert_eq!(done, ffi::SQLITE_OK, "the shim is registered");
        Usual { vfs: vfs as usize, behind }
    });
}

fn usual() -> *mut sqlite3_vfs {
    USUAL.get().unwrap().vfs as *mut sqlite3_vfs
}

/// What stands behind a file.
///
/// # Safety
/// `file` lies in memory that SQLite allotted by the shim's `szOsFile`.
unsafe fn behind(file: *mut sqlite3_file) -> *mut Behind {
    // SAFETY: `szOsFile` has room for it at this place, and SQLite's memory is aligned to 8 bytes.
    unsafe { file.byte_add(USUAL.get().unwrap().behind).cast() }
}

/// The usual functions of a recorded file.
///
/// # Safety
/// `file` was opened by [`open`], which put something behind it, and is not closed yet.
unsafe fn methods<'f>(file: *mut sqlite3_file) -> &'f sqlite3_io_methods {
    // SAFETY: as the caller says; the usual table is static.
    unsafe { &*(*behind(file)).usual }
}

/// A path as SQLite hands it over.
///
/// # Safety
/// `path` is null or a string that ends in a zero byte and outlives the call.
unsafe fn path<'p>(path: *const c_char) -> Option<&'p Path> {
    // SAFETY: as the caller says.
    (!path.is_null()).then(|| Path::new(unsafe { CStr::from_ptr(path) }.to_str().unwrap()))
}

fn length(number: impl TryInto<usize>) -> usize {
    number.try_into().ok().unwrap()
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    granted: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives null for a temporary file, or a path that stays until the file is closed.
    let recorded = unsafe { path(name) }.filter(|_| flags & KINDS != 0);
    let recorded = recorded.and_then(|path| Some((recorded_name(path)?, !path.exists())));
    // SAFETY: the arguments are passed on as they came, with the table that the function is of.
    let done = unsafe { (*usual()).xOpen.unwrap()(usual(), name, file, flags, granted) };
    if done == ffi::SQLITE_OK
        && let Some((name, fresh)) = recorded
    {
        // SAFETY: the file is open, so its table is set and static; the memory behind it is ours.
        unsafe {
            let usual = (*file).pMethods;
            let mut ours = *usual;
            ours.xWrite = Some(write);
            ours.xTruncate = Some(truncate);
            ours.xSync = Some(sync);
            ours.xFileControl = Some(control);
            behind(file).write(Behind { usual, ours });
            (*file).pMethods = &raw const (*behind(file)).ours;
        }
        let syncs_folder = flags & ffi::SQLITE_OPEN_CREATE != 0 && flags & JOURNALS != 0;
        note(Event::Opened { handle: file as usize, name, fresh, syncs_folder });
    }
    done
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: the arguments are passed on as they came, with the table that the function is of.
    let done = unsafe { (*usual()).xDelete.unwrap()(usual(), name, sync_folder) };
    // SAFETY: SQLite gives a path that outlives the call.
    let name = unsafe { path(name) }.and_then(recorded_name).filter(|_| done == ffi::SQLITE_OK);
    if let Some(name) = name {
        note(Event::Deleted { name, syncs_folder: sync_folder != 0 });
    }
    done
}

unsafe extern "C" fn write(file: *mut sqlite3_file, bytes: *const c_void, count: c_int, at: i64) -> c_int {
    // SAFETY: SQLite calls this for files of `open` alone; the arguments are passed on as they came.
    let done = unsafe { methods(file).xWrite.unwrap()(file, bytes, count, at) };
    if done == ffi::SQLITE_OK {
        // SAFETY: there are so many bytes, or the usual function could not have written them.
        let bytes = unsafe { slice::from_raw_parts(bytes.cast::<u8>(), length(count)) }.to_vec();
        note(Event::Written { handle: file as usize, at: length(at), bytes });
    }
    done
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, to: i64) -> c_int {
    // SAFETY: SQLite calls this for files of `open` alone; the arguments are passed on as they came.
    let done = unsafe { methods(file).xTruncate.unwrap()(file, to) };
    if done == ffi::SQLITE_OK {
        note(Event::Truncated { handle: file as usize, length: length(to) });
    }
    done
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: SQLite calls this for files of `open` alone; the arguments are passed on as they came.
    let done = unsafe { methods(file).xSync.unwrap()(file, flags) };
    if done == ffi::SQLITE_OK {
        note(Event::Synced { handle: file as usize });
    }
    done
}

/// SQLite shows every `PRAGMA` here before it acts on it. That is how the control comes by a database that is
/// the program's in everything but this: where the program says `FULL`, SQLite reads `1`, its number for NORMAL.
unsafe extern "C" fn control(file: *mut sqlite3_file, what: c_int, argument: *mut c_void) -> c_int {
    if what == ffi::SQLITE_FCNTL_PRAGMA && synchronous() == Synchronous::Normal {
        // SAFETY: with this code the argument is an array of an answer, a name and a value or null; both are
        // strings that SQLite made for this statement, and the new value is shorter than the old.
        unsafe {
            let [_, name, value] = *argument.cast::<[*mut c_char; 3]>();
            if !value.is_null() && CStr::from_ptr(name) == c"synchronous" && CStr::from_ptr(value) == c"FULL"
            {
                value.copy_from_nonoverlapping(c"1".as_ptr(), 2);
            }
        }
    }
    // SAFETY: SQLite calls this for files of `open` alone; the arguments are passed on as they came.
    unsafe { methods(file).xFileControl.unwrap()(file, what, argument) }
}
