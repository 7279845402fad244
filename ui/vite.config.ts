import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // Tauri reads this address from tauri.conf.json; another port would leave the window empty.
  server: { port: 5173, strictPort: true },
  build: { target: "safari16", chunkSizeWarningLimit: 1500 },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    // The machine's clock decides how an instant is shown; here it stands in Shanghai.
    env: { TZ: "Asia/Shanghai" },
    testTimeout: 60_000,
  },
});
