//! Text that is SQL, wherever a request can bring text: it is stored and found as text.

use zizhi_hub::store::{Redeemed, Route};

use crate::common::org;
use crate::engine::{Engine, ROOM, TERM, enrol, message, redemption, voucher};

crate::on_both! {
    takes_sql_in_a_request_for_text
}

const HOSTILE: [&str; 6] = [
    "'; DROP TABLE vouchers; --",
    "' OR '1'='1",
    "\" OR 1=1 --",
    "v') ON CONFLICT DO UPDATE SET amount = 9; --",
    "$1",
    "?1\\'; SELECT pg_sleep(60)",
];

async fn takes_sql_in_a_request_for_text(store: &Engine) {
    enrol(&**store, &[1, 2, 3]).await;
    voucher(&**store, "v", 100).await;
    for text in HOSTILE {
        assert!(store.voucher(text).await.unwrap().is_none(), "{text}: no voucher is called so");
        voucher(&**store, text, 7).await;
        let known = store.voucher(text).await.unwrap().expect("it is here");
        assert_eq!((known.fund, known.amount, known.spent), (org(1), 7, 0), "{text}: as it was entered");
        let sent = message(text, 2, 3, text.as_bytes());
        store.deliver(&sent, &Route::Here, ROOM).await.unwrap();
        assert!(store.message(org(2), text).await.unwrap().is_none(), "{text}: not for its sender");
        assert!(store.message(org(3), text).await.unwrap().is_some(), "{text}: for its recipient");
        let new = redemption(text, 3, text, 7);
        assert!(matches!(store.redeem(&new, TERM).await.unwrap(), Redeemed::New(_)), "{text}: as a key");
    }
    let untouched = store.voucher("v").await.unwrap().expect("the table is there");
    assert_eq!((untouched.amount, untouched.spent), (100, 0), "and no other row changed");
    assert!(
        matches!(store.redeem(&redemption("v", 3, "a", 100), TERM).await.unwrap(), Redeemed::New(_)),
        "it works on"
    );
}
