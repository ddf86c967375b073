import { TextField } from '@/components/text-field';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';

/** A plain form that fetches a file, so it works without JavaScript. */
export function EvidenceCard({ slug, domain }: { readonly slug: string; readonly domain: string }) {
  return (
    <Card
      title="Evidence report"
      description="One signed file for an auditor: the versions that applied on these days, how each person of the domain stands now, and the head of the audit log."
    >
      <form
        method="get"
        action={`/organizations/${slug}/policies/evidence`}
        className="flex flex-wrap items-end gap-4"
        aria-label="Evidence report"
      >
        <input type="hidden" name="domain" value={domain} />
        <TextField name="from" label="From" type="date" optional />
        <TextField name="to" label="To" type="date" optional />
        <Button type="submit">Download</Button>
      </form>
    </Card>
  );
}
