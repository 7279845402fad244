//! What a container of the hub is started with. No engine for containers runs where the tests do: the files are read
//! by a parser that others wrote, and compared with the program.
//!
//! Run with the feature `interop` as `schemathesis.rs` is.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const READ: &str = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)";

fn packaging(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging").join(name)
}

#[test]
fn names_services_volumes_and_networks_that_are_there() {
    let python = std::env::var("ZIZHI_INTEROP_PYTHON").expect("set by `cargo xtask test`");
    let read = Command::new(python).args(["-c", READ]).arg(packaging("compose.yaml")).output();
    let read = read.expect("Python runs");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let whole: Value = serde_json::from_slice(&read.stdout).expect("JSON");
    let services = whole["services"].as_object().expect("services");
    assert_eq!(services.keys().collect::<Vec<_>>(), ["hub", "postgres"], "two services");
    for (name, service) in services {
        for network in service["networks"].as_array().expect("networks") {
            assert!(whole["networks"].get(network.as_str().expect("a name")).is_some(), "{name}: {network}");
        }
        for volume in service["volumes"].as_array().expect("volumes") {
            let (from, _) = volume.as_str().expect("text").split_once(':').expect("two places");
            let there = match from.strip_prefix("./") {
                Some(file) => packaging(file).is_file(),
                None => whole["volumes"].get(from).is_some(),
            };
            assert!(there, "{name}: {from}");
        }
    }
    let hub = &services["hub"];
    assert!(hub["depends_on"]["postgres"]["condition"] == "service_healthy", "after its database");
    assert_eq!(hub["ports"][0], "127.0.0.1:8443:8443", "nobody reaches it past the proxy");
    assert_eq!(services["postgres"].get("ports"), None, "nor its database");
    let container = packaging("compose.yaml").parent().expect("a folder").join("Containerfile");
    let container = std::fs::read_to_string(container).expect("the file");
    let help = Command::new(env!("CARGO_BIN_EXE_zizhi-hub")).args(["serve", "--help"]).output();
    let help = String::from_utf8(help.expect("it runs").stdout).expect("text");
    for variable in ["ZIZHI_HUB_DATA", "ZIZHI_HUB_LISTEN"] {
        assert!(container.contains(variable) && help.contains(variable), "{variable}");
    }
}
