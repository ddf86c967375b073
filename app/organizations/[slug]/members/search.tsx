import { Search } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';

type SearchFormProps = {
  readonly action: string;
  readonly search: string | undefined;
  /** Filters that a search keeps. */
  readonly kept: Readonly<Record<string, string | undefined>>;
  readonly label: string;
};

/** A search by address, so that it can be linked to, gone back to, and needs no JavaScript. */
export function SearchForm({ action, search, kept, label }: SearchFormProps) {
  return (
    <search className="w-full sm:w-80">
      <form action={action} method="get" className="flex gap-2">
        {Object.entries(kept).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <Input
          type="search"
          name="search"
          aria-label={label}
          placeholder={label}
          defaultValue={search}
          maxLength={100}
        />
        <Button type="submit" icon={<Search aria-hidden />}>
          <span className="max-sm:sr-only">Search</span>
        </Button>
      </form>
    </search>
  );
}
