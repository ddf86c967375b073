import { redirect } from 'next/navigation';
import { requireDesk } from './access';

export default async function Desk() {
  await requireDesk();
  redirect('/dev/outbox');
}
