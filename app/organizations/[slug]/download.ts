import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { extendReauthentication } from '@/lib/account/reauthentication';
import { type Membership, type Role, requireMembership } from '@/lib/session/current';

/** Who asks, and for what. */
type Asked = Membership & {
  readonly query: URLSearchParams;
  readonly address: string | null;
  readonly userAgent: string | null;
};

/** What leaves as a file; lines are made while they leave, so that their number does not matter. */
type File = {
  readonly name: string;
  readonly type: 'application/json' | 'application/x-ndjson' | 'text/csv';
  readonly content: string | AsyncGenerator<string>;
};

type Place = { readonly params: Promise<{ readonly slug: string }> };

function streamed(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
}

/**
 * A route that hands out what an organization keeps. A file leaves the house with everything in it, so it asks who is there: with
 * an old proof the way leads through "Confirm it is you" and back. `make` answers null where there is nothing to hand out.
 */
export const download =
  (role: Role, make: (asked: Asked) => Promise<File | null>) =>
  async (request: Request, { params }: Place): Promise<Response> => {
    const { session, membership } = await requireMembership((await params).slug, role);
    const { pathname, search, searchParams: query } = new URL(request.url);
    if (!(await extendReauthentication(session, 'recent')))
      redirect(`/confirm?return_to=${encodeURIComponent(pathname + search)}`);
    const userAgent = request.headers.get('user-agent');
    const file = await make({ session, membership, query, address: session.address, userAgent });
    if (file === null) return notFound();
    const { name, type, content } = file;
    return new Response(typeof content === 'string' ? content : streamed(content), {
      headers: {
        'content-type': `${type}; charset=utf-8`,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    });
  };
