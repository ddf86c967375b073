import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { type Column, DataTable } from '@/components/ui/data-table';
import { FilterChips } from '@/components/ui/filter-chips';
import { changedSettings } from '@/lib/policy/policy';
import {
  type Gap,
  presetNames,
  presetOver,
  presets,
  type ReportName,
  reportNames,
  reportOf,
} from '@/lib/policy/presets';
import { PoliciesHeader } from '../header';
import { policyPath } from '../texts';
import { type PolicyView, policyView } from '../view';
import { PresetForm } from './form';
import { ImportCard } from './import-card';

export const metadata: Metadata = { title: 'Presets' };

const reports = Object.keys(reportNames) as readonly ReportName[];

export default async function PresetsPage(props: PageProps<'/organizations/[slug]/policies/presets'>) {
  const query = await props.searchParams;
  const view = await policyView(props.params, query);
  const report = reports.find((name) => name === query.report) ?? 'nist';
  return (
    <>
      <PoliciesHeader slug={view.slug} domain={view.about.domain} domains={view.screen.domains} />
      <PresetList view={view} />
      <GapReport view={view} report={report} />
      <ImportCard view={view} />
    </>
  );
}

function PresetList({ view }: { readonly view: PolicyView }) {
  const { screen, about, isOwner } = view;
  return (
    <Card title="Presets" description="A preset fills a draft. Nothing is saved before you have reviewed it.">
      <ul className="-my-4 divide-y divide-line">
        {presetNames.map((name) => {
          const preset = presets[name];
          const count = changedSettings(screen.newest.body, presetOver(name, screen.newest.body)).length;
          const words = count === 1 ? '1 setting' : `${count} settings`;
          return (
            <li key={name} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 py-4">
              <div className="flex min-w-0 grow basis-64 flex-col gap-1 sm:max-w-sm">
                <h3 className="font-medium">{preset.label}</h3>
                <p className="text-muted text-xs">{preset.help}</p>
                {preset.exceptions.map(({ asks }) => (
                  <p key={asks} className="text-muted text-xs">
                    {asks}
                  </p>
                ))}
              </div>
              {count === 0 && <Badge tone="ok">As saved</Badge>}
              {count > 0 && !isOwner && <span className="text-muted text-xs">Differs in {words}</span>}
              {count > 0 && isOwner && screen.policy.isClaimed && (
                <PresetForm about={about} preset={name} label={preset.label} count={words} />
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

const columns: readonly Column<Gap>[] = [
  { key: 'setting', header: 'Setting', cell: (gap) => gap.label, lead: true },
  { key: 'asks', header: 'What it asks', cell: (gap) => `${gap.asks} (${gap.clause})` },
  { key: 'value', header: 'In force', cell: (gap) => gap.value },
  {
    key: 'met',
    header: 'Met',
    cell: (gap) => <Badge tone={gap.met ? 'ok' : 'warn'}>{gap.met ? 'Met' : 'Not met'}</Badge>,
  },
];

function GapReport({ view, report }: { readonly view: PolicyView; readonly report: ReportName }) {
  const { screen, slug, about } = view;
  const gaps = reportOf(screen.inForce.values, report);
  const open = gaps.filter((gap) => !gap.met).length;
  return (
    <Card
      id="report"
      flush
      title="Gap report"
      description={`${reportNames[report]} against what is in force for a new account of ${about.domain}: ${gaps.length - open} of ${gaps.length} met.`}
    >
      <div className="flex flex-col gap-2">
        <div className="px-4 sm:px-5">
          <FilterChips
            label="Standard"
            chips={reports.map((name) => ({
              href: `${policyPath(slug, about.domain, '/presets')}&report=${name}`,
              label: reportNames[name],
              current: name === report,
            }))}
          />
        </div>
        <DataTable
          caption={`Gap report: ${reportNames[report]}`}
          columns={columns}
          rows={gaps}
          rowKey={(gap) => `${gap.name}-${gap.clause}-${gap.asks}`}
        />
      </div>
    </Card>
  );
}
