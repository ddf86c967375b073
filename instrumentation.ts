import type { Instrumentation } from 'next';

/** Once per process, before the first request. This file is compiled for other runtimes too. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startBackground } = await import('@/lib/background');
  startBackground();
}

/** What nobody caught. The route's pattern is logged, never the address: that may hold a token. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('@/lib/io/log');
  const { routePath, routeType } = context;
  log().error({ err: error, method: request.method, routePath, routeType }, 'a request failed');
};
