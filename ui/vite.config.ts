import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  // Tauri reads this address from tauri.conf.json; another port would leave the window empty.
  server: { port: 5173, strictPort: true },
  build: { target: "safari16", chunkSizeWarningLimit: 1500 },
});
