/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  compress: false,
  devIndicators: false,
  // `npm run check` runs tsc over the whole tree; the build does not do it a second time.
  typescript: { ignoreBuildErrors: true },
  // `npm run dev` is opened under either name of this machine.
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
}

export default config
