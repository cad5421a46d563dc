//! The browser's half of SmoothSchedule: nothing but the start of the islands.

// Without a use of `app` its islands would be dropped from the WASM, and the page would stay still.
#[allow(unused_imports)]
use app::*;

/// Called by the page once the WASM has loaded: brings every island on it to life.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
