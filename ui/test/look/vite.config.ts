// The interface on a host that is not there, for looking at it: built apart, never part of the product.

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const at = (path: string) => decodeURIComponent(new URL(path, import.meta.url).pathname);

export default defineConfig({
  root: at("."),
  plugins: [react()],
  build: {
    target: "safari16",
    outDir: at("../../dist-look"),
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
  },
});
