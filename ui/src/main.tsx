import { createRoot } from "react-dom/client";
import { App } from "./App";
import { tauriHost } from "./host";
import "./style/index.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App host={tauriHost} />);
