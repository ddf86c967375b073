import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  images: { unoptimized: true },
  serverExternalPackages: ['@node-rs/argon2', 'postgres', 'pino'],
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: '1mb' } },
};

export default config;
