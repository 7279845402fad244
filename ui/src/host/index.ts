export { tauriHost as host } from "./tauri";
export type { Answer, Host, Opened, Refusal } from "./types";
