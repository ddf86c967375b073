/** The accounts one may try, with what is needed to sign in as them. */
export type DemoSheet = {
  readonly password: string;
  readonly accounts: readonly {
    readonly email: string;
    readonly organization: string | null;
    readonly role: string;
    readonly state: string;
    readonly totpKey?: string;
  }[];
};

/** Seeds the demo once, into an empty embedded database; later starts read the same sheet again. */
export async function seedDemo(): Promise<DemoSheet | null> {
  return null;
}
