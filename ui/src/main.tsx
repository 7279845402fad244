import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { host } from "./host";
import "./style.css";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App host={host} />
    </StrictMode>,
  );
}
