//! A window with nothing but the library of the interface in it: the limit for the program's own start and memory.

fn main() {
    let built =
        tauri::Builder::default().run(tauri::generate_context!("src-tauri/examples/empty/tauri.conf.json"));
    assert!(built.is_ok(), "the empty window did not open: {built:?}");
}
