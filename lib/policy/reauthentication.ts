import { type Instant, type Milliseconds, minutes } from './time';

/** What a session remembers of the last time its person proved who they are. */
export type ReauthenticationFacts = {
  readonly createdAt: Instant;
  readonly reauthenticatedAt: Instant;
  readonly reauthenticationBeganAt: Instant;
  readonly reauthenticationStrength: number;
  readonly reauthenticationAddress: string | null;
  /** The client's address of this request. */
  readonly address: string | null;
  /** Strength of the strongest bound factor; 0 without one. */
  readonly strongestFactor: number;
  readonly now: Instant;
};

/**
 * What an act asks for. `recent`: the sign-in itself counts while it is recent. `strongest`: the strongest bound factor or a
 * backup code, given since the sign-in. `operator`: recent, and of strength 3.
 */
export type ReauthenticationNeed = 'recent' | 'strongest' | 'operator';

/** A proof holds this long, slides with use, and at most for the longer time in all (spec 3.2). */
export const reauthenticationHolds = minutes(10);
export const reauthenticationHoldsAtMost = minutes(30);
export const operatorStrength = 3;
/** A session and its first proof are written in one statement, milliseconds apart; nobody types a password within this time. */
const afterSignIn: Milliseconds = 100;

const isRecent = (facts: ReauthenticationFacts): boolean =>
  facts.now - facts.reauthenticatedAt < reauthenticationHolds &&
  facts.now - facts.reauthenticationBeganAt < reauthenticationHoldsAtMost &&
  facts.reauthenticationAddress === facts.address;

/** Whether an act may go on without asking "Confirm it is you". */
export function isReauthenticated(facts: ReauthenticationFacts, need: ReauthenticationNeed): boolean {
  if (!isRecent(facts)) return false;
  switch (need) {
    case 'recent':
      return true;
    case 'strongest':
      return (
        facts.reauthenticationBeganAt - facts.createdAt >= afterSignIn &&
        facts.reauthenticationStrength >= facts.strongestFactor
      );
    case 'operator':
      return facts.reauthenticationStrength >= operatorStrength;
  }
}
