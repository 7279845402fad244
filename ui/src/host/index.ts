export { tauriHost } from "./tauri";
export {
  type Answered,
  type Asked,
  type DropListener,
  type FileKind,
  type Host,
  Refused,
  refusalOf,
  type Word,
} from "./types";
