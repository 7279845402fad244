//! Where this person's data are, and what came with the program.

use std::path::PathBuf;

use tauri::{App, Manager as _};
use zizhi_app::trust_data::TrustData;
use zizhi_desk::Place;

/// The folder that was named, else the one that the command line uses as well.
pub fn of(app: &App, named: Option<PathBuf>) -> tauri::Result<Place> {
    let named = named.or_else(|| std::env::var_os("ZIZHI_DATA").map(PathBuf::from));
    let data = match TrustData::of(named.as_deref()) {
        Ok(usual) => usual.folder().to_owned(),
        Err(_) => app.path().app_data_dir()?,
    };
    Ok(Place { data, resources: app.path().resource_dir().ok() })
}
