//! Sealed files: the public `age` tool opens ours, we open its, and nothing half-read counts.
#![cfg(test)]

mod support;

use std::io::{self, Read, Write};

use support::run;
use zizhi_crypto::sealed::{SealedError, decrypt, encrypt, generate_identity, is_recipient, recipient_of};

fn seal(recipients: &[&str], content: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::new();
    let size = encrypt(recipients, content, &mut sealed).expect("sealed");
    assert_eq!(size, content.len() as u64, "the size that is told");
    sealed
}

fn unseal(identities: &[&str], sealed: &[u8]) -> Result<Vec<u8>, SealedError> {
    let mut content = Vec::new();
    let size = decrypt(identities, sealed, &mut content)?;
    assert_eq!(size, content.len() as u64, "the size that is told");
    Ok(content)
}

fn content(size: usize) -> Vec<u8> {
    (0..size).map(|at| (at % 251) as u8).collect()
}

/// Around the ends of age's chunks of 64 KiB.
const SIZES: [usize; 7] = [0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_000];

#[test]
fn what_is_sealed_can_be_unsealed() {
    let (secret, recipient) = generate_identity();
    assert!(secret.starts_with("AGE-SECRET-KEY-1"), "the form of the tool");
    assert!(recipient.starts_with("age1"), "the form of the tool");
    assert_eq!(recipient_of(&secret).expect("an identity"), recipient);
    for size in SIZES {
        let sealed = seal(&[&recipient], &content(size));
        assert_eq!(unseal(&[&secret], &sealed).expect("unsealed"), content(size), "{size} bytes");
    }
}

#[test]
fn the_age_tool_opens_our_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let (secret, recipient) = generate_identity();
    let identity = folder.path().join("identity");
    std::fs::write(&identity, format!("{}\n", *secret)).expect("written");
    for size in SIZES {
        let sealed = seal(&[&recipient], &content(size));
        let ran = run("age", &["--decrypt", "--identity", identity.to_str().expect("a path")], &sealed);
        assert!(ran.success, "{size} bytes: {}", ran.stderr);
        assert_eq!(ran.stdout, content(size), "{size} bytes");
    }
}

#[test]
fn we_open_files_of_the_age_tool() {
    let made = run("age-keygen", &[], b"");
    let secret = String::from_utf8(made.stdout).expect("text");
    let secret = secret.lines().find(|line| !line.starts_with('#')).expect("an identity");
    let recipient = recipient_of(secret).expect("an identity of the tool");
    assert!(made.stderr.contains(&recipient), "the recipient that the tool names: {}", made.stderr);
    let (_, other) = generate_identity();
    for size in SIZES {
        let ran =
            run("age", &["--encrypt", "--recipient", &other, "--recipient", &recipient], &content(size));
        assert!(ran.success, "{size} bytes: {}", ran.stderr);
        assert_eq!(unseal(&[secret], &ran.stdout).expect("unsealed"), content(size), "{size} bytes");
    }
}

#[test]
fn each_of_several_recipients_opens_alone() {
    let people: Vec<_> = (0..5).map(|_| generate_identity()).collect();
    let recipients: Vec<&str> = people.iter().map(|(_, recipient)| recipient.as_str()).collect();
    let sealed = seal(&recipients, b"content");
    let (stranger, _) = generate_identity();
    for (secret, _) in &people {
        assert_eq!(unseal(&[secret], &sealed).expect("one of them"), b"content");
        assert_eq!(unseal(&[&stranger, secret], &sealed).expect("after a key that does not fit"), b"content");
    }
}

#[test]
fn somebody_elses_file_is_said_to_be_somebody_elses() {
    let (_, recipient) = generate_identity();
    let (stranger, _) = generate_identity();
    let sealed = seal(&[&recipient], b"content");
    let error = unseal(&[&stranger], &sealed).expect_err("another recipient");
    assert!(matches!(error, SealedError::OtherRecipient), "{error}");
}

#[test]
fn a_truncated_file_is_never_ok() {
    let (secret, recipient) = generate_identity();
    let sealed = seal(&[&recipient], &content(200_000));
    // Every cut in the header and around the ends of the chunks.
    let payload = sealed.len() - 200_000 - 4 * 16;
    let chunk = 65_536 + 16;
    let mut cuts: Vec<usize> = (0..payload + 32).collect();
    cuts.extend((1..4).flat_map(|count| payload + count * chunk - 20..payload + count * chunk + 20));
    cuts.extend(sealed.len() - 40..sealed.len());
    cuts.retain(|cut| *cut < sealed.len());
    for cut in cuts {
        let error = unseal(&[&secret], &sealed[..cut]).expect_err("cut");
        assert!(matches!(error, SealedError::Damaged | SealedError::Format), "cut at {cut}: {error}");
    }
}

#[test]
fn age_does_write_out_the_beginning_of_a_truncated_file() {
    // Why the documentation says to use the output only after Ok.
    let (secret, recipient) = generate_identity();
    let sealed = seal(&[&recipient], &content(200_000));
    let mut output = Vec::new();
    let error = decrypt(&[secret.as_str()], &sealed[..150_000], &mut output).expect_err("cut");
    assert!(matches!(error, SealedError::Damaged), "{error}");
    assert_eq!(output, content(131_072), "two chunks came out before");
}

#[test]
fn no_bit_can_be_altered() {
    let (secret, recipient) = generate_identity();
    let sealed = seal(&[&recipient], b"content");
    for at in 0..sealed.len() {
        for bit in 0..8 {
            let mut altered = sealed.clone();
            altered[at] ^= 1 << bit;
            unseal(&[&secret], &altered).expect_err("altered");
        }
    }
    let longer = [&sealed[..], b"more"].concat();
    assert!(matches!(unseal(&[&secret], &longer), Err(SealedError::Damaged)), "bytes after the end");
    let twice = [&sealed[..], &sealed].concat();
    assert!(matches!(unseal(&[&secret], &twice), Err(SealedError::Damaged)), "one file after another");
}

/// A stream without end that counts what is taken from it.
struct Endless<'a> {
    start: &'a [u8],
    repeat: &'a [u8],
    taken: usize,
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = match self.start.get(self.taken) {
                Some(byte) => *byte,
                None => self.repeat[(self.taken - self.start.len()) % self.repeat.len()],
            };
            self.taken += 1;
        }
        Ok(buffer.len())
    }
}

#[test]
fn a_header_without_end_is_given_up() {
    let (secret, _) = generate_identity();
    let start = b"age-encryption.org/v1\n";
    let stanza = b"-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";
    for repeat in [&b"A"[..], b"\n", b"-> a b c\n", stanza, b"\n---"] {
        let mut input = Endless { start, repeat, taken: 0 };
        let error = decrypt(&[secret.as_str()], &mut input, io::sink()).expect_err("no end");
        assert!(matches!(error, SealedError::Header), "{error}");
        assert!(input.taken <= 64 * 1024, "{} bytes taken", input.taken);
    }
    let mut input = Endless { start: b"", repeat: b"PK", taken: 0 };
    let error = decrypt(&[secret.as_str()], &mut input, io::sink()).expect_err("no age file");
    assert!(matches!(error, SealedError::Format), "{error}");
    assert!(input.taken <= 1024, "{} bytes taken", input.taken);
}

#[test]
fn what_is_no_age_file_is_named() {
    let (secret, recipient) = generate_identity();
    let format = |bytes: &[u8], why: &str| {
        let error = unseal(&[&secret], bytes).expect_err(why);
        assert!(matches!(error, SealedError::Format), "{why}: {error}");
    };
    format(b"", "nothing");
    format(b"PK\x03\x04", "a ZIP");
    format(b"age-encryption.org/v1", "a first line that does not end");
    format(b"age-encryption.org/v2\n-> X25519 a\n\n--- a\n", "another version");
    format(b"-----BEGIN AGE ENCRYPTED FILE-----\n", "armour");
    let passphrase = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAA";
    let error = unseal(&[&secret], passphrase).expect_err("sealed with a passphrase");
    assert!(matches!(error, SealedError::OtherRecipient), "{error}");

    assert!(is_recipient(&recipient), "one of ours");
    for bad in ["", "age1", "age1qqq", secret.as_str(), &recipient[..60]] {
        assert!(!is_recipient(bad), "{bad}");
        let error = encrypt(&[recipient.as_str(), bad], &b""[..], io::sink()).expect_err(bad);
        assert!(matches!(error, SealedError::Recipient(1)), "{bad}: {error}");
        if bad != secret.as_str() {
            let error = decrypt(&[bad], &b""[..], io::sink()).expect_err(bad);
            assert!(matches!(error, SealedError::Identity(0)), "{bad}: {error}");
        }
    }
    let nobody: [&str; 0] = [];
    assert!(matches!(encrypt(&nobody, &b""[..], io::sink()), Err(SealedError::Count)), "no recipient");
    assert!(matches!(decrypt(&nobody, &b""[..], io::sink()), Err(SealedError::Count)), "no identity");
    let many = vec![recipient.as_str(); 257];
    assert!(matches!(encrypt(&many, &b""[..], io::sink()), Err(SealedError::Count)), "too many recipients");
    let most = seal(&many[..256], b"content");
    assert_eq!(unseal(&[&secret], &most).expect("the most that we write, we read"), b"content");
}

#[test]
fn a_failing_disk_is_not_a_damaged_file() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    struct Unplugged;
    impl Read for Unplugged {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::NotConnected))
        }
    }
    let (secret, recipient) = generate_identity();
    let sealed = seal(&[&recipient], &content(200_000));
    let error = decrypt(&[secret.as_str()], &sealed[..], Full).expect_err("a full disk");
    assert!(matches!(&error, SealedError::Io(io) if io.kind() == io::ErrorKind::StorageFull), "{error}");
    let error = encrypt(&[recipient.as_str()], &b"content"[..], Full).expect_err("a full disk");
    assert!(matches!(error, SealedError::Io(_)), "{error}");
    let error = encrypt(&[recipient.as_str()], Unplugged, io::sink()).expect_err("an unplugged stick");
    assert!(matches!(error, SealedError::Io(_)), "{error}");
    for at in [0, 100, 100_000] {
        let error =
            decrypt(&[secret.as_str()], sealed[..at].chain(Unplugged), io::sink()).expect_err("unplugged");
        assert!(matches!(&error, SealedError::Io(io) if io.kind() == io::ErrorKind::NotConnected), "{error}");
    }
}
