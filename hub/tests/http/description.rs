//! What the hub says of itself (`/openapi.json`), against what it does and against docs/hub.md.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use zizhi_sync::api::Code;

use crate::world::{World, ask, world};

const METHODS: [&str; 5] = ["GET", "HEAD", "PUT", "POST", "PATCH"];

/// What the page names without a method.
const BY_PATH_ALONE: [&str; 3] = ["/health", "/metrics", "/ready"];

/// A method, a path, and what is said of both.
type Operation = (&'static str, String, Value);

async fn described(world: &World) -> (Value, Vec<Operation>) {
    let answer = world.send(&ask("GET", "/openapi.json")).await;
    answer.is(200);
    let whole: Value = serde_json::from_slice(&answer.bytes).expect("JSON");
    let mut found = Vec::new();
    for (path, item) in whole["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let method = METHODS.iter().find(|known| known.eq_ignore_ascii_case(method)).expect("a method");
            found.push((*method, path.clone(), operation.clone()));
        }
    }
    (whole, found)
}

/// A path with every name in `open` and `close` replaced by `by`.
fn filled(path: &str, open: char, close: char, by: &str) -> String {
    let mut pieces = path.split(open);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |whole, piece| whole + by + piece.split_once(close).map_or("", |(_, rest)| rest))
}

#[tokio::test]
async fn describes_the_routes_of_the_page_and_no_other() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/hub.md");
    let page = fs::read_to_string(page).expect("the page");
    let (built, _) = page.split_once("\n## 8.").expect("what is not HTTP");
    let routes = built.split('`').skip(1).step_by(2).filter_map(|quoted| {
        let mut words = quoted.split_whitespace();
        let method = words.next().filter(|word| METHODS.contains(word))?;
        let path = words.next()?.replace('…', "/v1/vouchers/<id>").replace("//", "/");
        Some(format!("{method} {}", filled(&path, '<', '>', "*")))
    });
    let routes: BTreeSet<String> = routes.collect();
    let (_, operations) = described(&world()).await;
    let said = operations.iter().filter(|(_, path, _)| !BY_PATH_ALONE.contains(&path.as_str()));
    let said: BTreeSet<String> =
        said.map(|(method, path, _)| format!("{method} {}", filled(path, '{', '}', "*"))).collect();
    assert_eq!(said, routes, "the description on the left, docs/hub.md on the right");
}

#[tokio::test]
async fn asks_for_a_signature_where_it_says_so_and_nowhere_else() {
    let world = world();
    for (method, path, operation) in described(&world).await.1 {
        let answer = world.send(&ask(method, filled(&path, '{', '}', "x"))).await;
        let refused = answer.status.as_u16() == Code::AuthMissing.status();
        assert_eq!(refused, operation["security"].is_array(), "{method} {path}");
        let status = answer.status.as_str();
        assert!(operation["responses"][status].is_object(), "{method} {path}: {status} is described");
    }
}

#[tokio::test]
async fn describes_every_code_and_refers_to_nothing_that_is_missing() {
    let (whole, operations) = described(&world()).await;
    assert_eq!(whole["openapi"], "3.1.0", "the version");
    let mut said = BTreeSet::new();
    for (_, _, operation) in &operations {
        for response in operation["responses"].as_object().expect("responses").values() {
            let codes = &response["content"]["application/problem+json"]["schema"]["allOf"][1];
            let codes = codes["properties"]["code"]["enum"].as_array();
            said.extend(codes.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        }
    }
    // No operation is refused for its method: what is described is what there is.
    let all = Code::ALL.iter().filter(|code| **code != Code::RequestMethod);
    let all: BTreeSet<String> = all.map(ToString::to_string).collect();
    assert_eq!(said, all, "the codes of some operation");
    let text = whole.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(whole.pointer(reference).is_some(), "{reference} is there");
    }
    let ids: BTreeSet<&str> = operations.iter().filter_map(|(.., it)| it["operationId"].as_str()).collect();
    assert_eq!(ids.len(), operations.len(), "no two operations have one name");
}
