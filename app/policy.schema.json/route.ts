import { publishedSchema } from '@/lib/organization/policies/transfer';

/** The published schema of an exported policy, derived from the registry. */
export function GET() {
  return Response.json(publishedSchema(), {
    headers: { 'content-type': 'application/schema+json', 'cache-control': 'no-store' },
  });
}
