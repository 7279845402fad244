//! One module for each table, or for a table and its parts: the rows, what [`Reader`](crate::Reader)
//! tells of them and what [`Writer`](crate::Writer) does with them.

pub mod activity;
pub mod case;
pub mod case_event;
pub mod case_version;
pub mod change_notice;
pub mod credential;
pub(crate) mod credential_search;
pub mod decision;
pub mod device_list;
pub mod draft;
pub mod firm;
pub mod hub;
pub mod inbox;
pub mod inbox_identity;
pub mod judgement;
pub mod original;
pub mod outbox;
pub mod profile;
pub mod redemption;
pub mod request;
pub mod sent;
pub mod setting;
pub mod settlement;
pub mod signing_key;
pub mod standing;
pub mod status_list;
pub(crate) mod subject;
pub mod trust_seen;
pub mod unsaved;
pub mod voucher;
