//! Bytes of any kind: nothing panics, and what is written is read.

use proptest::prelude::*;
use zizhi_sync::api::{Cursor, REQUEST_BYTES, SyncRequest, read};
use zizhi_sync::devices::first;
use zizhi_sync::envelope::{Envelope, open_bytes, seal_bytes, size_class};
use zizhi_sync::http_signature::{Request, Unverified, body};
use zizhi_sync::{Digest, HubId, Id, Token};

use crate::support::{envelope, inbox, key, limits, other_firm};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        let _ = zizhi_sync::Unverified::<Envelope>::parse(&text, &limits());
        let _ = first(&text, &limits());
        let _ = read::<SyncRequest>(text.as_bytes(), REQUEST_BYTES, &limits());
        let _ = (Id::parse(&text), HubId::parse(&text), Token::parse(&text), Digest::parse(&text));
        let _ = text.parse::<Cursor>();
    }

    #[test]
    fn any_fields_are_read_or_refused(input in "zizhi=[\\(\\)\"a-z@;= 0-9:]{0,120}", signature in "zizhi=.{0,60}") {
        let fields = [("signature-input", input.as_str()), ("signature", signature.as_str())];
        let request = Request { method: "GET", target_uri: "https://hub.example/", fields: &fields, body: None };
        prop_assert!(Unverified::read(&request).is_err(), "no such text is a signature");
    }

    #[test]
    fn any_file_is_opened_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(open_bytes(&[inbox().0], &bytes, &limits()).is_err(), "no such file was sealed to this key");
        let _ = body(&bytes);
    }

    #[test]
    fn any_body_comes_back(content in proptest::collection::vec(any::<u8>(), 1..5000)) {
        let (identity, recipient) = inbox();
        let message = seal_bytes(&envelope(&content), &key(1), &[recipient], &content).unwrap();
        let read = open_bytes(&[identity], &message, &limits()).unwrap();
        prop_assert_eq!(read.verify(key(1).public(), &other_firm()).unwrap().into_body(), content);
    }

    #[test]
    fn a_cursor_is_read_as_written(epoch in 0..=i64::MAX as u64, seq in 0..=i64::MAX as u64) {
        let cursor = Cursor { epoch, seq };
        prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }

    #[test]
    fn a_class_holds_what_it_is_the_class_of(length in 0_u64..1 << 40) {
        let class = size_class(length);
        prop_assert!(class >= length && class.is_multiple_of(1024) && size_class(class) == class);
    }
}
