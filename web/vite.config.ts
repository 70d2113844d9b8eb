import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { precompress } from './build/precompress.js';

const gateway = process.env['PARTYLINE_GATEWAY'] ?? 'http://localhost:3000';

export default defineConfig({
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/pwa',
      filename: 'service-worker.ts',
      injectRegister: false,
      // The icons are in the pattern below already; a file that is named twice stops the whole installation.
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,woff2,svg,png}'],
        // Fonts of alphabets that a visitor may never need are fetched when they are.
        globIgnores: ['**/inter-{cyrillic,greek,vietnamese}*'],
      },
      manifest: {
        id: '/',
        name: 'Partyline',
        short_name: 'Partyline',
        description: "Shared inboxes for a company's phone numbers",
        start_url: '/inboxes',
        display: 'standalone',
        background_color: '#ffffff',
        theme_color: '#ffffff',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
    }),
    precompress(),
  ],
  build: {
    target: 'es2022',
    // The content security policy forbids data: fonts and scripts; small icons are not worth an exception.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/api': { target: gateway, changeOrigin: false },
      '/simulator/api': { target: gateway, changeOrigin: false },
    },
  },
});
