// The empty window that the program's own is measured against: built apart, never part of the product.

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const at = (path: string) => decodeURIComponent(new URL(path, import.meta.url).pathname);

export default defineConfig({
  root: at("."),
  plugins: [react()],
  build: {
    target: "safari16",
    outDir: at("../../dist-empty"),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
  },
});
