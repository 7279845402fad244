//! Blobs in a bucket of S3, or of a store that speaks the same.

use std::io;
use std::path::Path as FilePath;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use object_store::ClientConfigKey;
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreExt as _, PutPayload};
use zizhi_sync::HubId;

use super::carrier::Carrier;
use super::{Blobs, is_name};

/// Blobs as objects `<prefix>/<hub>/<name>` of one bucket: a hub removes what it does not know, and another hub's are
/// not to be among it.
#[derive(Debug, Clone)]
pub struct Bucket {
    store: Arc<AmazonS3>,
    prefix: Path,
}

impl Bucket {
    /// Uses `s3://bucket` or `s3://bucket/prefix`. Keys, region and address are those of the environment
    /// (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`, `AWS_ALLOW_HTTP`), the
    /// authorities that its certificate is checked by those of `AWS_CA_BUNDLE` (PEM) or the public ones. Nothing is
    /// asked yet.
    ///
    /// # Errors
    /// `InvalidInput` for another address, or one without TLS that was not permitted; what the file system says of
    /// `AWS_CA_BUNDLE`.
    pub fn open(place: &str, hub: &HubId) -> io::Result<Self> {
        let roots = std::env::var_os("AWS_CA_BUNDLE");
        let carrier = Carrier::new(roots.as_deref().map(FilePath::new))?;
        Self::with(AmazonS3Builder::from_env().with_http_connector(carrier), place, hub)
    }

    /// The same with keys, region and address given here: for tests.
    ///
    /// # Errors
    /// `InvalidInput` for another address.
    pub fn at(place: &str, hub: &HubId, endpoint: &str, key: &str, secret: &str) -> io::Result<Self> {
        let builder = AmazonS3Builder::new()
            .with_http_connector(Carrier::new(None)?)
            .with_endpoint(endpoint)
            .with_allow_http(true)
            .with_region("us-east-1")
            .with_access_key_id(key)
            .with_secret_access_key(secret);
        Self::with(builder, place, hub)
    }

    fn with(builder: AmazonS3Builder, place: &str, hub: &HubId) -> io::Result<Self> {
        let invalid = || io::Error::new(io::ErrorKind::InvalidInput, "not s3://bucket or s3://bucket/prefix");
        let place = place.strip_prefix("s3://").ok_or_else(invalid)?.trim_end_matches('/');
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        if bucket.is_empty() {
            return Err(invalid());
        }
        let prefix = Path::parse(prefix).map_err(|_| invalid())?.join(hub.as_str());
        if is_open(&builder) {
            let told = "the address of the store is without TLS; AWS_ALLOW_HTTP=true permits it";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, told));
        }
        let store = builder.with_bucket_name(bucket).build().map_err(failed)?;
        Ok(Self { store: Arc::new(store), prefix })
    }

    fn path(&self, name: &str) -> io::Result<Path> {
        if !is_name(name) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        Ok(self.prefix.clone().join(name))
    }
}

/// What the store's builder takes for yes.
const YES: [&str; 5] = ["1", "true", "on", "yes", "y"];

/// Whether the line to the store would be without TLS, and nobody permitted that: a carrier of one's own has to ask.
fn is_open(builder: &AmazonS3Builder) -> bool {
    let set = |key| builder.get_config_value(&key).unwrap_or_default().to_ascii_lowercase();
    let allowed = set(AmazonS3ConfigKey::Client(ClientConfigKey::AllowHttp));
    let permitted = YES.contains(&allowed.as_str());
    let addresses = [AmazonS3ConfigKey::S3Endpoint, AmazonS3ConfigKey::Endpoint];
    !permitted && addresses.map(set).iter().any(|address| address.starts_with("http://"))
}

#[async_trait]
impl Blobs for Bucket {
    async fn put(&self, name: &str, bytes: Vec<u8>) -> io::Result<()> {
        // Whoever tries again after an answer that was lost writes the same bytes under the same name.
        self.store.put(&self.path(name)?, PutPayload::from(bytes)).await.map(drop).map_err(failed)
    }

    async fn get(&self, name: &str, offset: u64, len: u64) -> io::Result<Vec<u8>> {
        let end = offset.checked_add(len).ok_or(io::ErrorKind::InvalidInput)?;
        let bytes = self.store.get_range(&self.path(name)?, offset..end).await.map_err(failed)?;
        if bytes.len() as u64 != len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(bytes.into())
    }

    async fn remove(&self, name: &str) -> io::Result<()> {
        match self.store.delete(&self.path(name)?).await {
            Err(Error::NotFound { .. }) => Ok(()),
            other => other.map_err(failed),
        }
    }

    async fn written_before(&self, time: i64) -> io::Result<Vec<String>> {
        let found = self.store.list(Some(&self.prefix)).try_filter_map(|object| async move {
            let name = object.location.filename().filter(|name| is_name(name)).map(str::to_owned);
            Ok(name.filter(|_| object.last_modified.timestamp() < time))
        });
        found.try_collect().await.map_err(failed)
    }
}

fn failed(error: Error) -> io::Error {
    let kind = match &error {
        Error::NotFound { .. } => io::ErrorKind::NotFound,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => io::ErrorKind::PermissionDenied,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}
