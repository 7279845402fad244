import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // Tauri reads this address from tauri.conf.json; another port would leave the window empty.
  // A test reads the guides.
  server: { port: 5173, strictPort: true, fs: { allow: [".", "../docs/guide"] } },
  build: {
    target: "safari16",
    chunkSizeWarningLimit: 1500,
    cssCodeSplit: false,
    // What the first screen needs is read at once, in few files; every page that is read later keeps its own.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "libraries", test: /node_modules/, tags: ["$initial"], priority: 1 },
            { name: "first", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    // Wherever the machine stands, the window tells the time of Shanghai: here it stands a day's turn away.
    env: { TZ: "America/New_York" },
    // Vitest keeps one processor free for who edits meanwhile: on two that is half of them.
    maxWorkers: "100%",
    hookTimeout: 60_000,
    testTimeout: 60_000,
  },
});
