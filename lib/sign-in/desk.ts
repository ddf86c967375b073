import 'server-only';
import { settings } from '@/lib/io/env';

/** Whether the development desk plays the mailbox, so that pages which sent something can lead to it. */
export const isDeskOn = (): boolean => settings().desk;
