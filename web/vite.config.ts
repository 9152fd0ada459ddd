import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  base: './',
  plugins: [svelte()],
  build: {
    outDir: '../src/mitral/web/static',
    emptyOutDir: true,
    // One script: a page exported to one file cannot load a second one from disk.
    rolldownOptions: { output: { codeSplitting: false } },
    modulePreload: false,
    target: 'es2022',
    // What others wrote goes out with its licences; that of the typeface is in public/licenses.
    license: { fileName: 'licenses/script.txt' },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000' } },
  test: { include: ['src/**/*.test.ts'] },
})
