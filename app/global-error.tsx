'use client';

import './globals.css';

type GlobalErrorProps = { readonly reset: () => void };

export default function GlobalError({ reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body className="min-h-dvh">
        <title>Something went wrong · Gatehouse</title>
        <main className="mx-auto flex min-h-dvh max-w-card flex-col justify-center gap-4 px-4">
          <h1 className="font-semibold text-lg">Something went wrong on our side</h1>
          <p className="text-muted">
            Nothing was changed that you were not told about. Try again in a moment.
          </p>
          <button
            type="button"
            onClick={reset}
            className="control self-start rounded-md bg-accent px-4 font-medium text-on-accent"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
